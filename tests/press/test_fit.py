"""How tall a section opens and how far its events stand apart: chosen within bounds, or fixed."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moip_press.kit.model.looks import USUAL_PAGE
from moip_press.kit.model.parts import Programme
from moip_press.kit.when import When
from moip_press.press import fit
from moip_press.press.compose import Fit, opener_heights
from moip_press.press.fit import GAPS, Measure, best

PAGE = USUAL_PAGE.text_height
WHEN = When("day", (datetime.date(2021, 11, 3),))
HEIGHTS = opener_heights(USUAL_PAGE)


def section(**values: object) -> Programme:
    listed = [{"title": f"Event {n}", "when": WHEN} for n in range(12)]
    part = {"type": "programme", "title": "Section", "events": listed, **values}
    return Programme.model_validate(part)


class Layout:
    """A section of so many events as a layout would measure it; remembers what it was asked."""

    def __init__(self, events: int, height: float = 30.0) -> None:
        self.events = events
        self.height = height
        self.asked: list[Fit] = []

    def needs(self, of: Fit) -> float:
        """The millimetres that the section takes."""
        gap = 0.35 * (GAPS | {"large": 32.5})[of.spacing]
        return HEIGHTS[of.opener] + self.events * (self.height + gap)

    def count(self, of: Fit) -> int:
        return max(1, -int(-self.needs(of) // PAGE))

    def __call__(self, of: Fit) -> Measure:
        self.asked.append(of)
        count = self.count(of)
        return Measure(count, count * PAGE - self.needs(of))


sections = st.builds(Layout, st.integers(0, 60), st.floats(12.0, 60.0))


@given(sections)
def test_the_fit_is_the_tallest_and_widest_that_adds_no_page(layout: Layout) -> None:
    chosen, least = best(section(), layout), layout.count(fit.SMALLEST)
    if chosen.spacing == "tight":  # a few events had a page of their own
        assert layout(fit.SMALLEST).free > fit.MOSTLY_EMPTY
        assert layout.count(chosen) < least
        return
    assert layout.count(chosen) == least
    assert GAPS[chosen.spacing] >= GAPS[fit.SMALLEST.spacing]
    if least > fit.MOST_PAGES:
        assert chosen == fit.SMALLEST
        return
    for opener in fit.OPENERS:
        if HEIGHTS[opener] > HEIGHTS[chosen.opener]:
            assert layout.count(Fit(opener, fit.SMALLEST.spacing)) > least
    for spacing in fit.SPACINGS:
        if GAPS[spacing] > GAPS[chosen.spacing]:
            assert layout.count(Fit(chosen.opener, spacing)) > least


@given(sections)
def test_few_layouts_are_tried(layout: Layout) -> None:
    best(section(), layout)
    most = 7 if layout.count(fit.SMALLEST) <= fit.MOST_PAGES else 1
    assert 1 <= len(layout.asked) <= most
    assert len(layout.asked) == len(set(layout.asked))


@pytest.mark.parametrize(("opener", "spacing"), list(itertools.product(fit.OPENERS, fit.SPACINGS)))
def test_what_a_kit_fixes_is_taken_without_a_layout(opener: str, spacing: str) -> None:
    layout = Layout(12)
    assert best(section(opener=opener, spacing=spacing), layout) == Fit(opener, spacing)
    assert layout.asked == []


@pytest.mark.parametrize("opener", fit.OPENERS)
def test_a_fixed_opener_leaves_only_the_spacing_to_try(opener: str) -> None:
    layout = Layout(5)
    assert best(section(opener=opener), layout).opener == opener
    assert {asked.opener for asked in layout.asked} == {opener}
    assert len(layout.asked) <= 4


@pytest.mark.parametrize("spacing", fit.SPACINGS)
def test_a_fixed_spacing_leaves_only_the_opener_to_try(spacing: str) -> None:
    layout = Layout(5)
    assert best(section(spacing=spacing), layout).spacing == spacing
    assert {asked.spacing for asked in layout.asked} == {spacing}
    assert len(layout.asked) <= 4


def full(pages: int) -> Callable[[Fit], Measure]:
    return lambda asked: Measure(pages if asked == fit.SMALLEST else pages + 1, 0.0)


def test_a_section_that_fills_its_pages_keeps_the_smallest_fit() -> None:
    assert best(section(), full(3)) == fit.SMALLEST


def test_an_opener_that_cannot_fit_is_not_laid_out() -> None:
    asked: list[Fit] = []

    def measure(of: Fit) -> Measure:
        asked.append(of)
        return Measure(2, HEIGHTS["half"] - HEIGHTS["band"] - 1)

    assert best(section(), measure).opener == "band"
    assert {one.opener for one in asked} == {"band"}


def test_a_section_without_events_takes_no_more_than_its_page() -> None:
    layout = Layout(0)
    assert layout.count(best(section(), layout)) == 1


@given(sections)
def test_an_article_is_as_wide_as_adds_no_page(layout: Layout) -> None:
    base, chosen = layout(fit.SMALLEST), fit.of_article(layout)
    assert layout.count(chosen) == base.count
    assert chosen == fit.SMALLEST or base.free > fit.LOOSE
    if base.free > fit.LOOSE:
        short = ["large"] if base.count == 1 and base.free > fit.SHORT else []
        tried = [*short, "widest", "wide"]
        wider = [s for s in tried if layout.count(Fit(spacing=s)) == base.count]
        assert chosen.spacing == (wider or ["normal"])[0]


@given(st.floats(0.0, 230.0))
def test_a_picture_takes_what_its_pages_leave_free(room: float) -> None:
    pictured = section(opener="band", image={"file": "images/sea.svg"})

    def measure(of: Fit) -> Measure:
        left = room - of.picture + fit.SMALLEST.picture
        return Measure(1 if left >= 0 else 2, max(left, 0.0), max(left, 0.0))

    chosen = best(pictured, measure).picture
    higher = [height for height in fit.PICTURES if height > chosen]
    assert measure(Fit(picture=chosen)).count == 1
    assert all(measure(Fit(picture=height)).count == 2 for height in higher)


def test_a_picture_is_lower_where_the_first_event_then_stands_below_it() -> None:
    pictured = section(opener="band", image={"file": "images/sea.svg"})

    def measure(of: Fit) -> Measure:
        room = 150.0 - of.picture
        return Measure(2, 20.0, room - 100 if room >= 100 else room)

    assert best(pictured, measure).picture == max(h for h in fit.LOWER_PICTURES if h <= 50)


def test_a_picture_takes_its_page_where_the_last_one_has_room_for_its_events() -> None:
    """Here the last page has room for what stood below a picture of up to 130 millimetres."""
    pictured = section(opener="band", image={"file": "images/sea.svg"})

    def measure(of: Fit) -> Measure:
        taken = 110.0 if of.picture == fit.SMALLEST.picture else 230.0
        return Measure(3, 20.0, 2.0) if of.picture > 130 else Measure(2, 230.0 - taken, 2.0)

    assert best(pictured, measure).picture == 130.0


def test_a_section_that_is_tight_may_end_in_a_panel() -> None:
    def measure(of: Fit) -> Measure:
        return Measure(3, 70.0) if of.spacing == "tight" else Measure(4, 190.0)

    chosen = best(section(opener="band"), measure)
    assert (chosen.spacing, chosen.panel) == ("tight", True)


def test_a_picture_without_an_event_below_it_fills_its_page() -> None:
    pictured = section(opener="band", image={"file": "images/sea.svg"})

    def measure(of: Fit) -> Measure:
        return Measure(2, 20.0, 155.0 - of.picture)

    assert best(pictured, measure).picture == 155.0 - fit.BELOW_PICTURE


@pytest.mark.parametrize(("free", "panel"), [(fit.PANEL + 1, True), (fit.PANEL - 1, False)])
def test_a_section_ends_in_a_panel_where_much_stays_free(free: float, *, panel: bool) -> None:
    def measure(of: Fit) -> Measure:
        smallest = of in {fit.SMALLEST, Fit(panel=True)}
        return Measure(2 if smallest else 3, free)

    assert best(section(), measure) == Fit(panel=panel)


def test_an_editorial_is_tight_where_that_saves_a_page() -> None:
    def measure(of: Fit) -> Measure:
        return Measure(1, 5.0) if of.spacing == "tight" else Measure(2, fit.MOSTLY_EMPTY + 1)

    assert fit.of_editorial(measure) == Fit(spacing="tight")
