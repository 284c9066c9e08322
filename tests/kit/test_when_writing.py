"""Dates as the kit writes them: what is written reads back as the same days and hours."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moip_press.kit.when import Period, Slot, When, parse_when, write_when

NOVEMBER = Period(date(2021, 11, 1), date(2021, 11, 30))
TEXTS = {
    "fr": [
        ("le mardi 16 novembre", "16 novembre"),
        ("Lundi 1er novembre", "1er novembre"),
        ("du 9 au 13 novembre de 14 h à 16 h", "9 au 13 novembre, 14:00-16:00"),
        ("4 et 5 novembre", "4 et 5 novembre"),
        ("les jeudis 4, 11 et 18 novembre", "4, 11 et 18 novembre"),
        ("2, 3, 4 et 8 novembre", "2 au 4 et 8 novembre"),
        ("29 et 30 novembre et 3 décembre", "29, 30 novembre et 3 décembre"),
        ("29 novembre au 2 décembre", "29 novembre au 2 décembre"),
        ("20 décembre 2021 au 3 janvier 2022", "20 décembre 2021 au 3 janvier 2022"),
        ("à partir du 8 novembre", "à partir du 8 novembre"),
        ("8 novembre à partir de 18 h 30", "8 novembre, à partir de 18:30"),
        ("8 novembre, 18 h - minuit", "8 novembre, 18:00-24:00"),
        ("8 novembre, 9h-12h et 14h-17h", "8 novembre, 9:00-12:00, 14:00-17:00"),
        ("16 mars 2022", "16 mars 2022"),
    ],
    "en": [
        ("Tuesday 16 November", "16 November"),
        ("9 to 13 November, 2pm to 4pm", "9 to 13 November, 2pm to 4pm"),
        ("4, 11 and 18 November, noon", "4, 11 and 18 November, midday"),
        ("from 8 November", "from 8 November"),
        ("8 November, from 6:30pm", "8 November, from 6:30pm"),
        ("8 November, 9pm to 1am", "8 November, 9pm to 1am"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [(language, *texts) for language, both in TEXTS.items() for texts in both],
)
def test_a_date_is_written_as_in_a_kit(language: str, text: str, written: str) -> None:
    assert write_when(parse_when(text, language, NOVEMBER), language, NOVEMBER) == written


def test_without_a_period_the_year_is_written() -> None:
    assert write_when(parse_when("16 novembre 2021", "fr"), "fr") == "16 novembre 2021"


hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))
bounded = st.tuples(hours, hours).filter(lambda ends: ends[0] != ends[1])
slots = st.one_of(
    bounded.map(lambda ends: Slot(*ends)),
    hours.map(Slot),
    hours.map(lambda start: Slot(start, None, onwards=True)),
)
near = st.dates(date(2021, 9, 1), date(2022, 2, 28))


@st.composite
def whens(draw: st.DrawFn) -> When:
    kind = draw(st.sampled_from(["day", "days", "range", "open"]))
    times = tuple(draw(st.lists(slots, max_size=3)))
    first = draw(near)
    if kind == "range":
        length = draw(st.integers(1, 90))
        days = tuple(first + timedelta(days=n) for n in range(length + 1))
        return When("range", days, times)
    if kind == "days":
        found = sorted(draw(st.sets(near, min_size=2, max_size=40)))
        return When("days", tuple(found), times)
    return When("open" if kind == "open" else "day", (first,), times)


@given(st.sets(st.dates(NOVEMBER.start, NOVEMBER.end), min_size=1), st.lists(slots, max_size=2))
@settings(max_examples=150, deadline=None)
def test_days_of_the_period_are_written_without_a_year(days: set[date], times: list[Slot]) -> None:
    when = When("days" if len(days) > 1 else "day", tuple(sorted(days)), tuple(times))
    for language in ("fr", "en"):
        written = write_when(when, language, NOVEMBER)
        assert written is not None
        assert "2021" not in written
        assert parse_when(written, language, NOVEMBER) == when


@given(whens(), st.sampled_from(["fr", "en"]), st.sampled_from([NOVEMBER, None]))
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_as_the_same(
    when: When, language: str, period: Period | None
) -> None:
    written = write_when(when, language, period)
    assert written is not None
    assert parse_when(written, language, period) == when


def test_what_no_text_can_say_is_not_written() -> None:
    days = tuple(date(2021, 1, 1) + timedelta(days=3 * n) for n in range(900))
    assert write_when(When("days", days), "fr", NOVEMBER) is None
