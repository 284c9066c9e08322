"""What a chapter is composed of: the month, the strip, the contents, colours and references."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.looks import USUAL_PAGE
from moip_press.kit.model.records import Event
from moip_press.kit.when import Period
from moip_press.press.compose import Composer, Fit
from moip_press.press.compose.calendar import (
    HEIGHT,
    MOST_STRIP_DAYS,
    MOST_WEEKS,
    Calendar,
    Day,
    Dot,
    Mark,
    arrangements,
    calendar,
    month_height,
    strip,
)
from moip_press.press.compose.contents import Entry, contents

START = datetime.date(2021, 11, 1)  # a Monday
ONE_DAY = datetime.timedelta(days=1)
NEAR = 0.002  # millimetres: what rounding may take


def period(days: int, start: datetime.date = START) -> Period:
    return Period(start, start + ONE_DAY * (days - 1))


def event(when: str, within: Period, title: str = "Event") -> Event:
    context = {"language": "en", "period": within}
    return Event.model_validate({"title": title, "when": when}, context=context)


def marks(whens: Iterable[str], within: Period) -> list[Mark]:
    return [Mark(event(when, within), 1, f"e{n}") for n, when in enumerate(whens)]


def drawn(within: Period, whens: Iterable[str]) -> Calendar:
    month = calendar(within, marks(whens, within))
    assert month is not None
    return month


def cell(month: Calendar, date: datetime.date) -> Day:
    return next(day for day in month.days if day.date == date)


def centre(dot: Dot) -> tuple[float, float]:
    return dot.x + dot.size / 2, dot.y + dot.size / 2


def assert_apart(dots: Sequence[Dot]) -> None:
    for number, one in enumerate(dots):
        for other in dots[number + 1 :]:
            assert math.dist(centre(one), centre(other)) >= one.size - NEAR


def assert_inside(month: Calendar, dot: Dot) -> None:
    """A disc lies in the cell of the day whose cell its middle is in, and in no other."""
    x, y = centre(dot)
    homes = [
        day
        for day in month.days
        if day.x <= x <= day.x + month.cell_width and day.y <= y <= day.y + month.cell_height
    ]
    assert len(homes) == 1, dot
    home = homes[0]
    assert home.date in dot.mark.event.when.days
    assert home.x - NEAR <= dot.x
    assert dot.x + dot.size <= home.x + month.cell_width + NEAR
    assert home.y - NEAR <= dot.y
    assert dot.y + dot.size <= home.y + month.cell_height + NEAR


@pytest.mark.parametrize("count", range(41))
def test_packed_discs_do_not_overlap_and_stand_round_their_middle(count: int) -> None:
    places = next(arrangements(count), ())
    assert len(places) == count
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            assert math.dist(one, other) >= 1 / 1.14 - 1e-3, "the pitch no longer keeps them apart"
    if count:
        across, down = zip(*places, strict=True)
        assert abs(min(across) + max(across)) < 1.01
        assert abs(min(down) + max(down)) < 0.01


@pytest.mark.parametrize("days", [3, 7, 30, 31, 61, 98])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 8, 11, 12, 17, 23, 30, 40])
def test_the_discs_of_a_day_neither_touch_nor_leave_their_cell(days: int, count: int) -> None:
    within = period(days)
    busy = within.start + ONE_DAY * (days // 2)
    month = drawn(within, [busy.isoformat()] * count)
    assert len(month.dots) == count
    assert_apart(month.dots)
    for dot in month.dots:
        assert_inside(month, dot)


@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("days", [3, 14, 45, 92])
def test_ranges_and_single_days_keep_clear_of_each_other(days: int, first: int) -> None:
    within = period(days, START + ONE_DAY * first)
    day = [(within.start + ONE_DAY * number).isoformat() for number in range(days)]
    whens = [
        *day,
        day[1],
        day[1],
        f"{day[0]}/{day[2]}",
        f"{day[1]}/{day[-1]}",
        f"from {_said(day[1])}",
    ]
    month = drawn(within, whens)
    assert len(month.dots) == len(whens)
    assert_apart(month.dots)
    for dot in month.dots:
        assert_inside(month, dot)


def _said(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {date:%B} {date.year}"


@pytest.mark.parametrize("days", [3, 10, 30, 61, 90, 98])
def test_the_month_fits_its_frame(days: int) -> None:
    month = drawn(period(days), ["2021-11-02"])
    assert len(month.days) == days
    assert month.cell_width * 7 == pytest.approx(USUAL_PAGE.text_width, abs=0.01)
    assert month.height <= HEIGHT + 0.01
    for day in month.days:
        assert 0 <= day.x <= USUAL_PAGE.text_width - month.cell_width + 0.01
        assert 0 <= day.y <= month.height - month.cell_height + 0.01


def test_a_week_runs_from_monday_to_sunday() -> None:
    within = period(10, datetime.date(2021, 11, 4))
    month = drawn(within, ["2021-11-04"])
    assert [day.weekday() for day in month.weekdays] == list(range(7))
    assert cell(month, datetime.date(2021, 11, 4)).x == pytest.approx(
        3 * month.cell_width, abs=0.01
    )
    assert cell(month, datetime.date(2021, 11, 8)).x == 0
    assert cell(month, datetime.date(2021, 11, 8)).y == pytest.approx(month.cell_height, abs=0.01)


def test_a_period_of_more_weeks_than_a_page_can_show_is_not_drawn() -> None:
    assert calendar(period(7 * MOST_WEEKS), []) is not None
    assert calendar(period(7 * MOST_WEEKS + 1), []) is None
    assert calendar(period(7 * MOST_WEEKS, START + ONE_DAY), []) is None


def test_of_several_months_each_is_named_once_and_begins_with_a_heavier_rule() -> None:
    month = drawn(period(70, datetime.date(2021, 12, 15)), [])
    named = [day.date.isoformat() for day in month.days if day.names_month]
    assert named == ["2021-12-15", "2022-01-01", "2022-02-01"]
    heavy = [(day.date.month, day.date.day) for day in month.days if day.in_new_month]
    assert heavy == [(month, day) for month in (1, 2) for day in range(1, 8)]
    alone = drawn(period(30), [])
    assert not any(day.names_month or day.in_new_month for day in alone.days)


def test_many_weeks_take_what_short_words_leave_free_and_few_do_not() -> None:
    usual, low = (month_height(USUAL_PAGE, words=words, weeks=13) for words in (0.0, -12.0))
    assert low == usual + 12
    assert month_height(USUAL_PAGE, words=-12.0, weeks=5) == usual
    small = replace(USUAL_PAGE, height=210.0)
    assert month_height(small, words=-12.0, weeks=13) == month_height(small, weeks=13)


def test_an_empty_day_is_its_number_alone() -> None:
    month = drawn(period(30), [])
    assert month.dots == ()
    assert len(month.days) == 30
    assert month.lines == ()


def test_a_range_over_weeks_has_one_disc_and_a_line_in_each_week() -> None:
    within = period(30)
    month = drawn(within, ["2021-11-05/2021-11-16"])
    assert len(month.dots) == 1
    assert len(month.lines) == 3
    friday, sunday = (cell(month, datetime.date(2021, 11, day)) for day in (5, 7))
    assert friday.x < month.lines[0].x < friday.x + month.cell_width
    assert month.lines[0].x + month.lines[0].width <= sunday.x + month.cell_width
    last = cell(month, datetime.date(2021, 11, 16))
    end = month.lines[2].x + month.lines[2].width
    assert last.x < end <= last.x + month.cell_width
    tops = [line.y for line in month.lines]
    assert tops == sorted(set(tops))


def test_ranges_on_the_same_days_have_lines_of_their_own() -> None:
    month = drawn(period(30), ["2021-11-09/2021-11-11", "2021-11-10/2021-11-12"])
    one, other = month.lines
    assert abs(one.y - other.y) >= month.dots[0].size
    assert_apart(month.dots)


def test_what_has_no_end_is_a_disc_on_its_first_day() -> None:
    month = drawn(period(30), ["from 8 November", "from 25 October"])
    assert month.lines == ()
    assert [day.date.day for day in month.days if day.dots] == [1, 8]


def test_the_month_is_lower_above_a_long_legend() -> None:
    usual, long = (calendar(period(30), [], legend=height) for height in (18.0, 40.0))
    assert usual is not None
    assert long is not None
    assert usual.height - long.height == pytest.approx(22)


def test_days_outside_the_period_are_not_drawn() -> None:
    month = drawn(period(7), ["7 and 9 November", "6 to 20 November", "20 November"])
    assert len(month.dots) == 2
    for line in month.lines:
        assert line.x + line.width <= USUAL_PAGE.text_width


def test_an_event_on_several_days_has_a_disc_on_each() -> None:
    month = drawn(period(30), ["5, 19 and 26 November"])
    assert len(month.dots) == 3
    assert month.lines == ()


def test_the_discs_are_the_larger_the_fewer_there_are() -> None:
    few = drawn(period(30), ["2021-11-03"])
    many = drawn(period(30), ["2021-11-03"] * 30)
    assert few.dots[0].size > many.dots[0].size
    assert len({dot.size for dot in many.dots}) == 1


def test_a_strip_counts_the_events_of_each_day() -> None:
    within = period(30)
    events = [
        event(when, within)
        for when in (
            "3 November",
            "3 November",
            "2 to 4 November",
            "from 8 November",
            "5 and 9 November",
        )
    ]
    counts = {day.date.day: day.count for day in strip(within, events)}
    busy = {day: count for day, count in counts.items() if count}
    assert len(counts) == 30
    assert busy == {2: 1, 3: 3, 4: 1, 5: 1, 8: 1, 9: 1}


def test_a_period_too_long_for_a_line_has_no_strip() -> None:
    assert len(strip(period(MOST_STRIP_DAYS), [])) == MOST_STRIP_DAYS
    assert strip(period(MOST_STRIP_DAYS + 1), []) == ()


MANIFEST = """title: A Week
language: en
period: {start: 2022-09-24, end: 2022-10-02}
publisher: {name: House}
chapters:
"""
ARTICLE = "type: article\ntitle: Article {name}\nid: {name}\n{more}"
SECTION = "type: programme\ntitle: Section {name}\nid: {name}\n{more}"

Make = Callable[..., Kit]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return what makes a kit: its chapters as YAML, and its files by name."""

    def kit(chapters: str, **files: str) -> Kit:
        (tmp_path / "kit.yaml").write_text(MANIFEST + chapters, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        read = read_kit(tmp_path)
        assert read.kit, [fault.message for fault in read.report.diagnostics]
        return read.kit

    return kit


def article(name: str, more: str = "") -> str:
    return ARTICLE.format(name=name, more=more)


def section(name: str, more: str = "") -> str:
    return SECTION.format(name=name, more=more)


def listed(kit: Kit) -> list[tuple[str, int]]:
    return [
        line
        for entry in contents(kit, kit.anchors())
        for line in ((entry.title, 1), *((inner.title, 2) for inner in entry.entries))
    ]


def test_the_contents_list_what_stands_after_them(make: Make) -> None:
    kit = make(
        "  - cover\n  - before.yaml\n  - [contents, beside.yaml]\n  - after.yaml\n"
        "  - [contacts, last.yaml]\n",
        **{name: article(name) for name in ("before", "beside", "after", "last")},
    )
    assert listed(kit) == [("Article after", 1), ("Article last", 1)]


def test_without_a_contents_page_everything_could_be_listed(make: Make) -> None:
    kit = make("  - cover\n  - one.yaml\n  - credits\n", one=article("one"))
    assert listed(kit) == [("Article one", 1)]


def test_a_part_may_say_whether_it_is_listed(make: Make) -> None:
    kit = make(
        "  - before.yaml\n  - contents\n  - after.yaml\n  - other.yaml\n",
        before=article("before", "listed: yes\n"),
        after=article("after", "listed: no\n"),
        other=article("other"),
    )
    assert listed(kit) == [("Article before", 1), ("Article other", 1)]


def test_the_contents_print_the_title_made_for_them(make: Make) -> None:
    kit = make("  - contents\n  - one.yaml\n", one=article("one", "contents_title: Shorter\n"))
    assert listed(kit) == [("Shorter", 1)]


def test_a_group_has_a_heading_over_its_chapters(make: Make) -> None:
    kit = make(
        "  - contents\n  - title: Programme\n    chapters: [one.yaml, [two.yaml, three.yaml]]\n"
        "  - four.yaml\n",
        **{name: section(name) for name in ("one", "two", "three", "four")},
    )
    assert listed(kit) == [
        ("Programme", 1),
        ("Section one", 2),
        ("Section two", 2),
        ("Section three", 2),
        ("Section four", 1),
    ]
    heading = contents(kit, kit.anchors())[0]
    assert heading.anchor is None


@pytest.mark.parametrize(
    ("chapters", "listing"),
    [
        ("  - title: Programme\n    chapters: [one.yaml]\n  - contents\n", ""),
        ("  - contents\n  - title: Programme\n    chapters: [one.yaml]\n", "listed: no\n"),
    ],
    ids=["before-the-contents", "not-listed"],
)
def test_a_group_without_listed_chapters_has_no_heading(
    make: Make, chapters: str, listing: str
) -> None:
    assert listed(make(chapters, one=section("one", listing))) == []


def test_sections_take_the_six_colours_in_turn(make: Make) -> None:
    names = [f"s{number}" for number in range(8)]
    kit = make(
        "  - contents\n  - essay.yaml\n" + "".join(f"  - {name}.yaml\n" for name in names),
        essay=article("essay"),
        **{name: section(name) for name in names},
    )
    entries = contents(kit, kit.anchors())
    assert [entry.colour for entry in entries] == [1, 1, 2, 3, 4, 5, 6, 1, 2]
    composer = Composer(kit, Theme(kit.folder))
    for entry, chapter in zip(entries, kit.chapters[1:], strict=True):
        assert f"colour-{entry.colour}" in composer.chapter(chapter, {}).html


def test_an_entry_leads_to_an_id_with_its_chapter_s_name(make: Make) -> None:
    kit = make("  - contents\n  - [one.yaml, two.yaml]\n", one=article("one"), two=article("two"))
    assert contents(kit, kit.anchors()) == (
        Entry("Article one", "one--one"),
        Entry("Article two", "one--two"),
    )


def test_a_chapter_tells_which_page_numbers_it_prints(make: Make) -> None:
    kit = make(
        "  - contents\n  - one.yaml\n  - two.yaml\n",
        one=article("one", 'introduction: "See page {page:two}, or [there](#two)."\n'),
        two=article("two"),
    )
    composer = Composer(kit, Theme(kit.folder))
    first, one, two = (composer.chapter(chapter, {"two--two": 9}) for chapter in kit.chapters)
    assert first.numbers == {"one--one", "two--two"}
    assert one.numbers == {"two--two"}
    assert two.numbers == frozenset()
    assert re.search(r"page.9", one.html)
    assert 'href="#two--two"' in one.html


EVENTS = """events:
  - {title: One, when: 25 September}
  - {title: Two, when: "25 September, 2pm"}
  - {title: Three, when: 26 September}
  - {title: Four, when: 25 to 26 September}
"""


def test_an_event_on_the_day_of_the_one_before_is_marked(make: Make) -> None:
    kit = make("  - part.yaml\n", part=section("part", EVENTS))
    html = Composer(kit, Theme(kit.folder)).chapter(kit.chapters[0], {}).html
    found = re.findall(r'<section class="event( same-day)?[^"]*" id="part--(\w+)"', html)
    assert [(bool(same), name) for same, name in found] == [
        (False, "one"),
        (True, "two"),
        (False, "three"),
        (False, "four"),
    ]


@pytest.mark.parametrize("opener", ["band", "half", "page"])
def test_a_tall_opener_has_an_agenda_of_links_to_its_events(make: Make, opener: str) -> None:
    kit = make("  - part.yaml\n", part=section("part", EVENTS))
    composer = Composer(kit, Theme(kit.folder))
    html = composer.chapter(kit.chapters[0], {}, {"part": Fit(opener, "normal")}).html
    links = re.findall(r'href="#(part--\w+)"', html)
    by_date = ("one", "two", "four", "three")
    assert links == ([] if opener == "band" else [f"part--{name}" for name in by_date])
    days = re.findall(r'<p class="date">([^<]+)</p>', html.replace("\N{NO-BREAK SPACE}", " "))
    expected = ["25 September", "25 to 26 September", "26 September"]
    assert days == ([] if opener == "band" else expected)
    lower = {"page": "half"}  # four events would leave it empty
    assert f"opener-{lower.get(opener, opener)}" in html


def test_titles_are_text_and_never_markup(make: Make) -> None:
    kit = make("  - one.yaml\n", one="type: article\nid: one\ntitle: 'A <b> & {{ 7 * 7 }}'\n")
    html = Composer(kit, Theme(kit.folder)).chapter(kit.chapters[0], {}).html
    assert "A &lt;b&gt; &amp; {{ 7 * 7 }}" in html
    assert "<b>" not in html


def test_what_is_drawn_for_one_document_is_not_kept_for_the_next() -> None:
    kit = read_kit(Path("data/2021")).kit
    assert kit is not None
    composer, chapters = Composer(kit, Theme(kit.folder)), kit.chapters
    first = [composer.chapter(chapter, {}).html for chapter in chapters]
    known = len(composer._known)
    assert known > 100
    again = [composer.chapter(chapter, {}).html for chapter in chapters]
    assert again == first
    assert len(composer._known) == known
