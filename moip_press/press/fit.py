"""How tall a section opens and how far its events stand apart, so that its pages are full.

A kit may fix either. Left to itself, a section takes the tallest opener, and then the
widest spacing, that adds no page to what the smallest ones need. A long section is left as
it is: its pages are full but for the last, and each trial would lay all of them out. Sections and
press releases are set tight where that keeps a few lines from a page of their own. An article that
leaves much of its last page free is set wider, where that adds no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from moip_press.kit.model.looks import USUAL_PAGE, PageFormat
from moip_press.kit.model.parts import Programme
from moip_press.press.compose import Fit, opener_heights, opener_of

OPENERS = ("page", "half", "band")
SPACINGS = ("widest", "wide", "normal", "tight")
SMALLEST = Fit("band", "normal")
MOST_PAGES = 6  # of a section that is tried with other openers and spacings
MOSTLY_EMPTY = 120.0  # millimetres free on the last page of a section or a press release
LOOSE = 30.0  # millimetres free on the last page of an article that is set wider
GAPS = {"tight": 6.5, "normal": 13.0, "wide": 19.5, "widest": 26.0}


@dataclass(frozen=True)
class Measure:
    """A laid-out section or release: its pages, and the millimetres free below its last line."""

    count: int
    free: float


def first(section: Programme) -> Fit:
    """Return the fit that is tried first: the smallest that the kit leaves open."""
    return Fit(
        SMALLEST.opener if section.opener == "auto" else section.opener,
        SMALLEST.spacing if section.spacing == "auto" else section.spacing,
    )


def best(
    section: Programme, measure: Callable[[Fit], Measure], page: PageFormat = USUAL_PAGE
) -> Fit:
    """Return the fit for ``section`` on such pages; ``measure`` lays it out with one.

    Only fits that can still change anything are measured, so that a section whose kit
    fixes both is never laid out for this.
    """
    fit = first(section)
    if "auto" not in (section.opener, section.spacing):
        return fit
    base = measure(fit)
    if base.count > MOST_PAGES:
        return fit
    tight = Fit(fit.opener, "tight")
    if section.spacing == "auto" and _saves_a_page(base, tight, measure):
        return tight
    for candidate in _taller(section, page, fit, base.free):
        if measure(candidate).count == base.count:
            fit = candidate
            break
    for candidate in _wider(section, fit):
        if measure(candidate).count == base.count:
            return candidate
    return fit


def of_release(measure: Callable[[Fit], Measure]) -> Fit:
    """Return the fit for a press release: tight where that saves a last page of a few lines."""
    normal, tight = Fit(spacing="normal"), Fit(spacing="tight")
    return tight if _saves_a_page(measure(normal), tight, measure) else normal


def of_article(measure: Callable[[Fit], Measure]) -> Fit:
    """Return the fit for an article whose last page is not full: the widest that adds no page."""
    base = measure(SMALLEST)
    for spacing in ("widest", "wide") if base.free > LOOSE else ():
        wider = Fit(spacing=spacing)
        if measure(wider).count == base.count:
            return wider
    return SMALLEST


def _saves_a_page(base: Measure, tight: Fit, measure: Callable[[Fit], Measure]) -> bool:
    return base.count > 1 and base.free > MOSTLY_EMPTY and measure(tight).count < base.count


def _taller(section: Programme, page: PageFormat, fit: Fit, free: float) -> Iterator[Fit]:
    if section.opener == "auto":
        heights, count = opener_heights(page), len(section.events)
        for opener in OPENERS:
            taller = heights[opener] - heights[fit.opener]
            if 0 < taller <= free and opener_of(count, opener, page).kind == opener:
                yield Fit(opener, fit.spacing)


def _wider(section: Programme, fit: Fit) -> Iterator[Fit]:
    if section.spacing == "auto":
        for spacing in SPACINGS:
            if GAPS[spacing] > GAPS[fit.spacing]:
                yield Fit(fit.opener, spacing)
