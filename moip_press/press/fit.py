"""How tall a section opens and how far its events stand apart, so that its pages are full.

A kit may fix either. Left to itself, a section takes the tallest opener, and then the
widest spacing, that adds no page to what the smallest ones need. A long section is left as
it is: its pages are full but for the last, and each trial would lay all of them out. Sections and
press releases are set tight where that keeps a few lines from a page of their own. An article that
leaves much of its last page free is set wider, where that adds no page. The picture of a section
takes its whole page where the last page has room for the events that stood below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from moip_press.kit.model.looks import USUAL_PAGE, PageFormat
from moip_press.kit.model.parts import Programme
from moip_press.press.compose import Fit, opener_for, opener_heights

OPENERS = ("page", "half", "band")
SPACINGS = ("widest", "wide", "normal", "tight")
SMALLEST = Fit("band", "normal")
MOST_PAGES = 6  # of a section that is tried with other openers and spacings
MOSTLY_EMPTY = 120.0  # millimetres free on the last page of a section or a press release
LOOSE = 30.0  # millimetres free on the last page of an article that is set wider
SHORT = 70.0  # millimetres free on the page of an article that is set in larger type
PICTURES = (
    190.0,
    170.0,
    150.0,
    130.0,
    112.0,
    96.0,
    80.0,
)  # millimetres that a section's picture is high on A4
LOWER_PICTURES = (54.0, 44.0)  # where the least one leaves no room for the first event
WITHOUT_EVENT = 70.0  # millimetres of A4 free on the page of a section's picture
BELOW_PICTURE = 4.0  # millimetres of A4 free on a page that a picture fills
MUCH = 90.0  # millimetres free on the last page of a section whose first event goes to it
PANEL = 36.0  # millimetres free on the last page of a section that ends in a panel
GAPS = {"tight": 6.5, "normal": 13.0, "wide": 19.5, "widest": 26.0}


@dataclass(frozen=True)
class Measure:
    """What was laid out: its pages, and the millimetres free below its last line.

    ``first`` is what its first page leaves free.
    """

    count: int
    free: float
    first: float = 0.0


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
    base = now = measure(fit)
    if base.count > MOST_PAGES:
        return fit
    tight = Fit(fit.opener, "tight")
    if section.spacing == "auto" and (less := _saved(base, tight, measure)):
        fit, base, now = tight, less, less
    for candidate in _lower(section, page, fit, now):
        measured = measure(candidate)
        if measured.first < base.first and measured.count <= base.count:
            base, fit, now = measured, candidate, measured
            break
    for further in (_taller, _alone, _higher, _wider, _closed):
        for candidate in further(section, page, fit, now):
            measured = measure(candidate)
            if measured.count == base.count:
                fit, now = candidate, measured
                break
    return fit


def of_release(measure: Callable[[Fit], Measure]) -> Fit:
    """Return the fit for a press release: tight where that saves a last page of a few lines."""
    normal, tight = Fit(spacing="normal"), Fit(spacing="tight")
    return tight if _saved(measure(normal), tight, measure) else normal


def of_editorial(measure: Callable[[Fit], Measure]) -> Fit:
    """Return the fit for an editorial: tight where that saves a page, else that of an article."""
    tight = Fit(spacing="tight")
    return tight if _saved(measure(SMALLEST), tight, measure) else of_article(measure)


def of_article(measure: Callable[[Fit], Measure]) -> Fit:
    """Return the fit for an article whose last page is not full: the widest that adds no page.

    It is in larger type where it is short.
    """
    base = measure(SMALLEST)
    is_short = base.count == 1 and base.free > SHORT
    wider = ("large", "widest", "wide") if is_short else ("widest", "wide")
    for spacing in wider if base.free > LOOSE else ():
        candidate = Fit(spacing=spacing)
        if measure(candidate).count == base.count:
            return candidate
    return SMALLEST


def _saved(base: Measure, tight: Fit, measure: Callable[[Fit], Measure]) -> Measure | None:
    """Return what is laid out tight where that saves a page of a few lines."""
    less = measure(tight) if base.count > 1 and base.free > MOSTLY_EMPTY else base
    return less if less.count < base.count else None


def _taller(section: Programme, page: PageFormat, fit: Fit, now: Measure) -> Iterator[Fit]:
    if section.opener == "auto":
        heights = opener_heights(page)
        for opener in OPENERS:
            taller = heights[opener] - heights[fit.opener]
            if 0 < taller <= now.free and opener_for(section.events, opener, page).kind == opener:
                yield Fit(opener, fit.spacing)


def _lower(section: Programme, page: PageFormat, fit: Fit, now: Measure) -> Iterator[Fit]:
    """Yield lower pictures, with which the first event may stand on the page of the opener."""
    if section.image and fit.opener != "page" and _without_event(page, now):
        for height in LOWER_PICTURES:
            yield replace(fit, picture=height)


def _alone(section: Programme, _page: PageFormat, fit: Fit, now: Measure) -> Iterator[Fit]:
    """Yield pictures that fill the page of the opener, where there is room on the last page."""
    if section.image and fit.opener != "page" and now.count > 1 and now.free > MUCH:
        for height in PICTURES:
            if height > fit.picture:
                yield replace(fit, picture=height)


def _higher(section: Programme, page: PageFormat, fit: Fit, now: Measure) -> Iterator[Fit]:
    """Yield higher pictures that send nothing to the next page; alone, one fills its own."""
    if section.image and fit.opener != "page":
        room = now.first * USUAL_PAGE.height / page.height
        whole = fit.picture + room - BELOW_PICTURE if _without_event(page, now) else 0.0
        for height in sorted({*PICTURES, min(whole, PICTURES[0])}, reverse=True):
            if 0 < height - fit.picture <= room:
                yield replace(fit, picture=height)


def _without_event(page: PageFormat, now: Measure) -> bool:
    return now.first > WITHOUT_EVENT * page.height / USUAL_PAGE.height


def _wider(section: Programme, _page: PageFormat, fit: Fit, _now: Measure) -> Iterator[Fit]:
    if section.spacing == "auto" and fit.spacing != "tight":
        for spacing in SPACINGS:
            if GAPS[spacing] > GAPS[fit.spacing]:
                yield replace(fit, spacing=spacing)


def _closed(_section: Programme, _page: PageFormat, fit: Fit, now: Measure) -> Iterator[Fit]:
    if now.free > PANEL:
        yield replace(fit, panel=True)
