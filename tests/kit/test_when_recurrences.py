"""Dates that come again are read from the words, printed in words, and written back in them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moip_press.kit.when import (
    Period,
    Recurrence,
    Slot,
    When,
    WhenError,
    face,
    in_words,
    parse_when,
    write_when,
)
from moip_press.kit.when.moments import in_turn

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
TUESDAYS = (3, 10, 17, 24)

READ = [
    ("fr", "tous les mardis de novembre, 18:00", TUESDAYS, "tous les mardis de novembre"),
    ("fr", "chaque mardi", TUESDAYS, "tous les mardis de novembre"),
    ("fr", "les mardis 18 h", TUESDAYS, "tous les mardis de novembre"),
    ("fr", "le mardi du 3 au 28 novembre", TUESDAYS, "tous les mardis du 3 au 28 novembre"),
    (
        "fr",
        "du 3 au 28 novembre (tous les mardis)",
        TUESDAYS,
        "tous les mardis du 3 au 28 novembre",
    ),
    ("fr", "Du 3 au 28 novembre : chaque mardi", TUESDAYS, "tous les mardis du 3 au 28 novembre"),
    ("fr", "tous les mardis à partir du 10 novembre", (10, 17, 24), None),
    ("fr", "tous les mardis jusqu’au 20 novembre", (3, 10, 17), None),
    (
        "fr",
        "tous les mardis de novembre sauf le 10",
        (3, 17, 24),
        "tous les mardis de novembre sauf le 10",
    ),
    ("fr", "un mardi sur deux du 3 au 28 novembre", (3, 17), None),
    (
        "fr",
        "mardis et jeudis du 3 au 12 novembre",
        (3, 5, 10, 12),
        "tous les mardis et jeudis du 3 au 12 novembre",
    ),
    (
        "fr",
        "du lundi au vendredi, du 2 au 10 novembre",
        (2, 3, 4, 5, 6, 9, 10),
        "du lundi au vendredi, du 2 au 10 novembre",
    ),
    (
        "fr",
        "tous les jours du 1er au 10 novembre sauf le lundi",
        (1, 3, 4, 5, 6, 7, 8, 10),
        "tous les jours du 1er au 10 novembre sauf le lundi",
    ),
    (
        "fr",
        "chaque jour du 3 au 8 novembre, excepté du 4 au 6",
        (3, 7, 8),
        "tous les jours du 3 au 8 novembre sauf les 4, 5 et 6",
    ),
    ("fr", "tous les week-ends de novembre", (1, 7, 8, 14, 15, 21, 22, 28, 29), None),
    ("fr", "du 3 au 6 novembre sauf le 5", (3, 4, 6), "les 3, 4 et 6 novembre"),
    ("fr", "les mardis 3 et 10 novembre", (3, 10), "les 3 et 10 novembre"),
    ("fr", "le mardi 3 novembre", (3,), "3 novembre"),
    ("en", "every Tuesday in November, 6pm", TUESDAYS, "every Tuesday in November"),
    ("en", "Tuesdays, 3 to 28 November", TUESDAYS, "every Tuesday from 3 to 28 November"),
    ("en", "from 3 to 28 November, every Tuesday at 6pm", TUESDAYS, None),
    ("en", "every Tuesday except the 10th and 17th", (3, 24), None),
    ("en", "every other Tuesday", (3, 17), "every other Tuesday in November"),
    ("en", "daily except Mondays, 1 to 8 November", (1, 3, 4, 5, 6, 7, 8), None),
    ("fr", "tous les jours sauf le lundi, du 1er au 4 novembre", (1, 3, 4), None),
    ("fr", "tous les mardis sauf le 10, du 3 au 20 novembre, 18 h", (3, 17), None),
    (
        "en",
        "1 to 8 November, daily except Mondays",
        (1, 3, 4, 5, 6, 7, 8),
        "every day from 1 to 8 November except Mondays",
    ),
    ("en", "Monday to Friday, 2 to 10 November", (2, 3, 4, 5, 6, 9, 10), None),
]


@pytest.mark.parametrize(("language", "text", "days", "words"), READ)
def test_the_days_are_read_from_the_words(
    language: str, text: str, days: tuple[int, ...], words: str | None
) -> None:
    when = parse_when(text, language, NOVEMBER)
    assert tuple(day.day for day in when.days) == days
    assert words is None or in_words(when, language) == words


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "tous les lundis du 3 au 7 novembre", "tous les lundis"),
        ("fr", "tous les mardis de novembre sauf le 31", "31"),
        ("fr", "tous les jours de novembre et décembre sauf le 15", "15"),
        ("fr", "tous les mardis à partir du 3 décembre", "à partir du 3 décembre"),
        ("fr", "tous les premiers mardis", "tous les"),
        ("fr", "lundi et mardi 3 novembre", "3"),
        ("fr", "mardi", "mardi"),
        ("en", "every first Tuesday", "every"),
    ],
)
def test_what_names_no_days_is_refused_at_its_words(language: str, text: str, words: str) -> None:
    with pytest.raises(WhenError) as refusal:
        parse_when(text, language, NOVEMBER)
    assert text[refusal.value.start : refusal.value.end] == words


def test_every_tuesday_of_a_kit_without_period_is_refused() -> None:
    with pytest.raises(WhenError):
        parse_when("tous les mardis", "fr", None)
    assert len(parse_when("tous les mardis de novembre 2026", "fr", None).days) == len(TUESDAYS)


def test_the_days_count_whatever_the_words() -> None:
    again = parse_when("tous les mardis de novembre", "fr", NOVEMBER)
    assert again == parse_when("3, 10, 17 et 24 novembre", "fr", NOVEMBER)
    assert again.recurrence is not None


def test_beside_an_event_stands_which_days_between_which_without_which() -> None:
    found = face(parse_when("tous les mardis de novembre sauf le 10, 18 h", "fr", NOVEMBER), "fr")
    assert (found.prefix, found.form) == ("tous les", "stack")
    assert found.numerals == ("mardis", "de novembre", "sauf le 10")
    assert found.times == ("18 h",)


DAYS = st.dates(date(2026, 9, 1), date(2027, 2, 28))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["fr", "en"]),
    DAYS,
    st.integers(6, 90),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(0, 90), max_size=3),
)
def test_what_comes_again_is_written_back_in_its_words(
    language: str, first: date, length: int, weekdays: set[int], holes: set[int]
) -> None:
    last = first + timedelta(days=length)
    bare = Recurrence(tuple(sorted(weekdays)), first, last)
    without = tuple(sorted({bare.days[hole] for hole in holes if hole < len(bare.days) - 1}))
    again = Recurrence(bare.weekdays, first, last, 1, without)
    when = When("days" if len(again.days) > 1 else "day", again.days, (), (), again)
    written = write_when(when, language, Period(first, last))
    assert written is not None
    read = parse_when(written, language, Period(first, last))
    assert read == when
    assert in_words(read, language) == in_words(when, language)


IN_TURN = [
    ("fr", "3 novembre, 20:30; 8 novembre, 15:00", "3 novembre, à 20 h 30; 8 novembre, à 15 h", 2),
    (
        "fr",
        "4 novembre de 9 h à 12 h et 5 novembre de 14 h à 17 h",
        "4 novembre, de 9 h à 12 h; 5 novembre, de 14 h à 17 h",
        2,
    ),
    ("fr", "3 et 5 novembre, 20:30 ; 10 novembre", None, 3),
    ("fr", "tous les mardis de novembre, 18:00; 8 novembre, 15:00", None, 5),
    ("fr", "3 novembre 20:30\n8 novembre 15:00", None, 2),
    ("en", "4 November, 9am to noon; 5 November, 2pm", None, 2),
    ("fr", "3 novembre, 20:30; 8 novembre, 20:30", "les 3 et 8 novembre", 1),
    ("fr", "3 novembre, 9:00 ; 3 novembre, 14:00", "3 novembre", 1),
]


@pytest.mark.parametrize(("language", "text", "words", "count"), IN_TURN)
def test_days_may_have_each_their_own_times(
    language: str, text: str, words: str | None, count: int
) -> None:
    when = parse_when(text, language, NOVEMBER)
    assert words is None or in_words(when, language) == words
    assert len(when.each()) == count
    written = write_when(when, language, NOVEMBER)
    assert written is not None
    assert parse_when(written, language, NOVEMBER) == when
    assert not when.several or {each.slots for each in when.each()} != {()}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["fr", "en"]),
    st.dictionaries(st.integers(1, 30), st.sets(st.integers(8, 22), max_size=2), min_size=1),
)
def test_times_that_differ_from_day_to_day_are_written_back(
    language: str, days: dict[int, set[int]]
) -> None:
    when = in_turn(
        When("day", (date(2026, 11, day),), tuple(Slot(time(hour)) for hour in hours))
        for day, hours in days.items()
    )
    written = write_when(when, language, NOVEMBER)
    assert written is not None
    assert parse_when(written, language, NOVEMBER) == when
