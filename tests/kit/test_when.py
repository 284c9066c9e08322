"""A reader writes a date as usual; it is read wholly, or refused at the word in the way."""

from __future__ import annotations

import pickle
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moip_press.kit.when import (
    Face,
    Period,
    Slot,
    When,
    WhenError,
    date_in_words,
    face,
    in_words,
    parse_date,
    parse_when,
    period_in_words,
    times_in_words,
)
from moip_press.report.messages import Catalogue

NOVEMBER = Period(date(2021, 11, 1), date(2021, 11, 30))


def nov(*days: int) -> tuple[date, ...]:
    return tuple(date(2021, 11, day) for day in days)


def day(number: int, *slots: Slot) -> When:
    return When("day", nov(number), slots)


def at(start: str, end: str | None = None, *, onwards: bool = False) -> Slot:
    ends = None if end is None else time.fromisoformat(end)
    return Slot(time.fromisoformat(start), ends, onwards)


RANGE_2_5 = When("range", nov(2, 3, 4, 5))
PAIR = When("days", nov(4, 5))
THREE = When("days", nov(5, 19, 26))
OPEN_8 = When("open", nov(8))
ACROSS = When("range", tuple(date(2021, 10, 28) + timedelta(days=n) for n in range(7)))
TWO_MONTHS = When("days", (date(2021, 11, 30), date(2021, 12, 1)))
EVENING = at("18:00", "20:00")
MORNING = at("09:30", "12:30")
HOURS_9_12, HOURS_14_17 = at("09:00", "12:00"), at("14:00", "17:00")

FRENCH = [
    ("1er novembre", day(1)),
    ("1ᵉʳ novembre 2021", day(1)),
    ("1^er novembre", day(1)),
    ("1^{er} novembre 2021", day(1)),
    ("1ER NOVEMBRE", day(1)),
    ("le 1 novembre", day(1)),
    ("18 novembre", day(18)),
    ("18 Novembre 2021.", day(18)),
    ("18 nov. 2021", day(18)),
    ("18\u00a0novembre\u202f2021", day(18)),
    ("jeudi 18 novembre", day(18)),
    ("Jeu. 18 nov.", day(18)),
    ("2021-11-18", day(18)),
    ("18/11/2021", day(18)),
    ("18/11/21", day(18)),
    ("18/11", day(18)),
    ("18.11.2021", day(18)),
    ("18-11-2021", day(18)),
    ("7 décembre", When("day", (date(2021, 12, 7),))),
    ("7 DECEMBRE", When("day", (date(2021, 12, 7),))),
    ("7 de\u0301cembre", When("day", (date(2021, 12, 7),))),
    ("28 octobre", When("day", (date(2021, 10, 28),))),
    ("4 et 5 novembre", PAIR),
    ("les 4 et 5 novembre 2021", PAIR),
    ("4 & 5 novembre", PAIR),
    ("4/5 novembre", PAIR),
    ("le 4 novembre et le 5 novembre", PAIR),
    ("jeudi 4 et vendredi 5 novembre", PAIR),
    ("5, 19 et 26 novembre", THREE),
    ("5, 19, 26 novembre", THREE),
    ("les vendredis 5, 19 et 26 novembre", THREE),
    ("26, 5 et 19 novembre", THREE),
    ("30 novembre et 1er décembre", TWO_MONTHS),
    ("les 30 novembre et 1er décembre 2021", TWO_MONTHS),
    ("2 au 5 novembre", RANGE_2_5),
    ("du 2 au 5 novembre", RANGE_2_5),
    ("Du mardi 2 au vendredi 5 novembre 2021", RANGE_2_5),
    ("2-5 novembre", RANGE_2_5),
    ("2 – 5 novembre", RANGE_2_5),
    ("2 → 5 novembre", RANGE_2_5),
    ("du 2/11 au 5/11", RANGE_2_5),
    ("2-5/11", RANGE_2_5),
    ("entre le 2 et le 5 novembre", RANGE_2_5),
    ("à partir du 2 jusqu'au 5 novembre", RANGE_2_5),
    ("2021-11-02/2021-11-05", RANGE_2_5),
    ("2021-11-02 au 2021-11-05", RANGE_2_5),
    ("du 28 octobre au 3 novembre", ACROSS),
    ("28 octobre - 3 novembre 2021", ACROSS),
    ("du 2 au 4 et le 8 novembre", When("days", nov(2, 3, 4, 8))),
    ("du 2 au 2 novembre", day(2)),
    ("tout le mois de novembre", When("range", NOVEMBER.days)),
    ("à partir du 8 novembre", OPEN_8),
    ("A partir du 8 novembre", OPEN_8),
    ("à compter du lundi 8 novembre", OPEN_8),
    ("dès le 8 novembre", OPEN_8),
    ("jusqu’au 5 novembre", When("range", nov(1, 2, 3, 4, 5))),
    ("jusqu'au 1er novembre", day(1)),
    ("3 novembre 2021, de 09:30 à 12:30", day(3, MORNING)),
    ("3 novembre 2021 de 09:30 à 12:30", day(3, MORNING)),
    ("3 novembre, 9h30-12h30", day(3, MORNING)),
    ("3 novembre (9 h 30 – 12 h 30)", day(3, MORNING)),
    ("3 novembre : de 9 H 30 à 12 H 30", day(3, MORNING)),
    ("3 novembre, entre 9 h 30 et 12 h 30", day(3, MORNING)),
    ("de 9h30 à 12h30, le 3 novembre", day(3, MORNING)),
    ("3 novembre, 9 heures 30 à 12 heures 30", day(3, MORNING)),
    ("3 novembre, 9h30min à 12h30min", day(3, MORNING)),
    ("17 novembre 2021, 19h00 à 21h30", day(17, at("19:00", "21:30"))),
    ("18 novembre, 18:00-20:00", day(18, EVENING)),
    ("18 novembre, 18-20 h", day(18, EVENING)),
    ("18 novembre de 18 à 20h", day(18, EVENING)),
    ("2021-11-18 18:00/20:00", day(18, EVENING)),
    ("2021-11-18T18:00/20:00", day(18, EVENING)),
    ("18 novembre, 18:00:00-20:00:00", day(18, EVENING)),
    ("18 novembre à 14 h", day(18, at("14:00"))),
    ("18 novembre – 14 h", day(18, at("14:00"))),
    ("18 novembre, dès 14 h", day(18, at("14:00", onwards=True))),
    ("à partir de 14 h le 18 novembre", day(18, at("14:00", onwards=True))),
    ("18 novembre, de 10 h à midi", day(18, at("10:00", "12:00"))),
    ("18 novembre, de 22 h à minuit", day(18, at("22:00", "00:00"))),
    ("18 novembre, 22h-24h", day(18, at("22:00", "00:00"))),
    ("18 novembre, de 22 h à 2 h", day(18, at("22:00", "02:00"))),
    ("18 novembre, 9h-12h et 14h-17h", day(18, HOURS_9_12, HOURS_14_17)),
    ("18 novembre, de 14 h à 17 h puis de 9 h à 12 h", day(18, HOURS_9_12, HOURS_14_17)),
    ("18 novembre, 9h-12h / 14h-17h", day(18, HOURS_9_12, HOURS_14_17)),
    ("18 novembre, à 10 h, 11 h et 12 h", day(18, at("10:00"), at("11:00"), at("12:00"))),
    ("4 et 5 novembre, de 9 h 30 à 12 h 30", When("days", nov(4, 5), (MORNING,))),
    ("du 2 au 5 novembre, 18:00-20:00", When("range", nov(2, 3, 4, 5), (EVENING,))),
    ("à partir du 8 novembre à 14 h", When("open", nov(8), (at("14:00"),))),
    ("18 novembre, toute la journée", day(18)),
    ("28 octobre 2021 - 03 novembre 2021", ACROSS),
    ("18 novembre, 2021-11-19", When("days", nov(18, 19))),
]

ENGLISH = [
    ("16 November", day(16)),
    ("the 16th of November", day(16)),
    ("on 16 November 2021", day(16)),
    ("16 Nov 2021", day(16)),
    ("November 16", day(16)),
    ("Nov. 16, 2021", day(16)),
    ("Tuesday, November 16th, 2021", day(16)),
    ("Tues 16 November", day(16)),
    ("2021-11-16", day(16)),
    ("16/11/2021", day(16)),
    ("11/16/2021", day(16)),
    ("11/11/2021", day(11)),
    ("4 and 5 November", PAIR),
    ("November 4 and 5", PAIR),
    ("Thursday 4 & Friday 5 November", PAIR),
    ("5, 19, and 26 November", THREE),
    ("November 5, 19 and 26, 2021", THREE),
    ("30 November and 1 December", TWO_MONTHS),
    ("2 to 5 November", RANGE_2_5),
    ("2–5 November", RANGE_2_5),
    ("November 2-5, 2021", RANGE_2_5),
    ("from 2 to 5 November", RANGE_2_5),
    ("from November 2 to November 5", RANGE_2_5),
    ("2 November until 5 November", RANGE_2_5),
    ("between 2 and 5 November", RANGE_2_5),
    ("October 28 to November 3, 2021", ACROSS),
    ("from 8 November", OPEN_8),
    ("8 November onwards", OPEN_8),
    ("starting 8 November", OPEN_8),
    ("until 5 November", When("range", nov(1, 2, 3, 4, 5))),
    ("throughout November", When("range", NOVEMBER.days)),
    ("16 November, 6:00 pm–8:00 pm", day(16, EVENING)),
    ("16 November, 6pm to 8pm", day(16, EVENING)),
    ("16 November, 6-8pm", day(16, EVENING)),
    ("November 16, 6-8 p.m.", day(16, EVENING)),
    ("16 November, 6 p.m. to 8 p.m.", day(16, EVENING)),
    ("16 November, 18:00–20:00", day(16, EVENING)),
    ("16 November, 6:00 to 8:00 pm", day(16, EVENING)),
    ("16 November, between 6pm and 8pm", day(16, EVENING)),
    ("6pm to 8pm on 16 November", day(16, EVENING)),
    ("16 November, 9.30 am to 12.30 pm", day(16, MORNING)),
    ("16 November at 2pm", day(16, at("14:00"))),
    ("16 November, noon", day(16, at("12:00"))),
    ("noon on 16 November", day(16, at("12:00"))),
    ("16 November, 12 noon to 2pm", day(16, at("12:00", "14:00"))),
    ("16 November, 12am", day(16, at("00:00"))),
    ("16 November, 10pm to midnight", day(16, at("22:00", "00:00"))),
    ("16 November, from 6pm", day(16, at("18:00", onwards=True))),
    ("16 November, 6pm onwards", day(16, at("18:00", onwards=True))),
    ("16 November, all day", day(16)),
]

CASES = [("fr", *case) for case in FRENCH] + [("en", *case) for case in ENGLISH]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_what_people_write_is_read(language: str, text: str, expected: When) -> None:
    assert parse_when(text, language, NOVEMBER) == expected


def test_the_dates_of_2021_are_all_read() -> None:
    printed = [
        "2 au 5 novembre",
        "4 et 5 novembre",
        "25 au 27 novembre",
        "26 novembre de 10:00 à 11:30",
        "A partir du 29 novembre",
    ]
    assert [parse_when(text, "fr", NOVEMBER).kind for text in printed] == [
        "range",
        "days",
        "range",
        "day",
        "open",
    ]


REFUSED = [
    ("fr", "31 novembre", "31 novembre"),
    ("fr", "5, 31 et 26 novembre", "31"),
    ("fr", "du 28 au 31 novembre 2021, 9 h", "31 novembre"),
    ("fr", "29 février 2021", "29 février"),
    ("fr", "0 novembre", "0 novembre"),
    ("fr", "2021-02-30", "2021-02-30"),
    ("fr", "13/13/2021", "13/13/2021"),
    ("fr", "du 27 au 25 novembre", "27 au 25 novembre"),
    ("fr", "du 5 décembre au 3 novembre", "5 décembre au 3 novembre"),
    ("fr", "4, 4 et 5 novembre", "4"),
    ("fr", "du 2 au 5 et le 4 novembre", "4 novembre"),
    ("fr", "18 novembre 1021", "18 novembre 1021"),
    ("fr", "du 1er janvier 2020 au 1er janvier 2029", "1er janvier 2020 au 1er janvier 2029"),
    ("fr", "18 novembre à 25 h", "25 h"),
    ("fr", "18 novembre, 14 h 75", "14 h 75"),
    ("fr", "18 novembre, de 14 h à 14 h", "de 14 h à 14 h"),
    ("fr", "18 novembre jusqu'à 18 h", "jusqu'à 18 h"),
    ("fr", "18 novembre de 9 h", "18 novembre de 9 h"),
    ("fr", "du 18 novembre", "du 18 novembre"),
    ("fr", "le 16", "le 16"),
    ("fr", "à 14 h", "à 14 h"),
    ("fr", "18 novmbre", "novmbre"),
    ("fr", "16 November", "November"),
    ("fr", "18 novembre à 14 h à Paris", "Paris"),
    ("fr", "18 novembre 18 novembre", "novembre"),
    ("fr", "novembre 2021", "novembre"),
    ("fr", "en novembre", "en"),
    ("fr", "mi-novembre", "mi-"),
    ("fr", "8 ou 9 novembre", "ou"),
    ("fr", "date à confirmer", "date"),
    ("fr", "tous les premiers jeudis de novembre", "tous les"),
    ("fr", "18 novembre matin", "matin"),
    ("fr", "du 25 novembre 9 h au 27 novembre 17 h", "9 h au 27 novembre 17 h"),
    ("fr", "", ""),
    ("fr", " \u00a0", " \u00a0"),
    ("fr", "½", "½"),
    ("fr", "18 novembre,", "18 novembre,"),
    ("en", "11/12/2021", "11/12/2021"),
    ("en", "November 31", "November 31"),
    ("en", "16 Novembre", "Novembre"),
    ("en", "16 November, 14:00 pm", "14:00 pm"),
    ("en", "16 November, 11 to 1pm", "11 to 1pm"),
    ("en", "16 November, 9:30 to 5:30", "9:30 to 5:30"),
    ("en", "16 November, 6-8", "16 November, 6-8"),
    ("en", "4 November and 5", "4 November and 5"),
    ("en", "every first Thursday", "every"),
    ("en", "16 November, 6pm till late", "late"),
]


@pytest.mark.parametrize(("language", "text", "words"), REFUSED)
def test_what_leaves_a_doubt_is_refused_at_the_words_in_the_way(
    language: str, text: str, words: str
) -> None:
    with pytest.raises(WhenError) as refusal:
        parse_when(text, language, NOVEMBER)
    assert text[refusal.value.start : refusal.value.end] == words
    assert Catalogue("en").say(refusal.value.message)


def said(text: str, language: str = "fr", period: Period | None = NOVEMBER) -> tuple[str, str]:
    with pytest.raises(WhenError) as refusal:
        parse_when(text, language, period)
    say, hint = Catalogue("en").say, refusal.value.hint
    return say(refusal.value.message), say(hint) if hint else ""


def test_a_day_that_its_month_has_not_is_explained() -> None:
    sentence = "“31 novembre” does not exist: novembre has 30 days."
    assert said("31 novembre")[0] == sentence
    assert said("29 février")[0] == "“29 février” does not exist: février 2022 has 28 days."
    assert said("31/02/2021")[0] == "“31/02/2021” does not exist: février has 28 days."


def test_a_slip_of_the_pen_gets_a_suggestion() -> None:
    assert said("18 novmbre")[1] == "Did you mean “novembre”?"
    assert said("jeudy 18 novembre")[1] == "Did you mean “jeudi”?"
    assert "18 novembre, de 9 h 30" in said("n'importe quoi")[1]


def test_a_day_without_a_year_needs_a_period() -> None:
    assert said("18 novembre", period=None) == (
        "The year of “18 novembre” is missing.",
        "Write the year too.",
    )
    assert parse_when("18 novembre 2021", "fr") == day(18)


def test_until_needs_a_beginning() -> None:
    assert said("jusqu'au 5 novembre 2021", period=None)[1] == "Write the beginning too."


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("10 janvier", (date(2021, 11, 1), date(2022, 2, 28)), date(2022, 1, 10)),
        ("10 novembre", (date(2021, 11, 1), date(2022, 2, 28)), date(2021, 11, 10)),
        ("7 décembre", (date(2021, 11, 1), date(2021, 11, 30)), date(2021, 12, 7)),
        ("28 octobre", (date(2021, 11, 1), date(2021, 11, 30)), date(2021, 10, 28)),
        ("20 décembre", (date(2022, 1, 1), date(2022, 1, 31)), date(2021, 12, 20)),
        ("29 février", (date(2024, 3, 1), date(2024, 3, 31)), date(2024, 2, 29)),
        ("du 1er mars au 30 novembre", (date(2021, 11, 1), date(2021, 11, 30)), date(2021, 3, 1)),
        ("du 20 décembre au 5 janvier", (date(2022, 1, 1), date(2022, 1, 31)), date(2021, 12, 20)),
        ("du 20 décembre au 5 janvier 2022", None, date(2021, 12, 20)),
        ("20 décembre 2021 et 5 janvier", None, date(2021, 12, 20)),
    ],
)
def test_the_year_is_the_one_nearest_to_the_period(
    text: str, period: tuple[date, date] | None, expected: date
) -> None:
    found = parse_when(text, "fr", Period(*period) if period else None)
    assert found.start == expected


def test_a_year_that_two_could_be_is_asked_for() -> None:
    long = Period(date(2021, 11, 1), date(2022, 11, 30))
    assert said("10 novembre", period=long)[0] == "“10 novembre” may be of two different years."


def test_the_weekday_written_is_kept_and_does_not_count() -> None:
    text = "du mardi 2 au jeudi 5 novembre"
    found = parse_when(text, "fr", NOVEMBER)
    assert found == RANGE_2_5
    assert hash(found) == hash(RANGE_2_5)
    assert [each.weekday for each in found.weekdays_written] == [1, 3]
    [wrong] = found.wrong_weekdays
    assert (wrong.day, wrong.weekday, text[wrong.start : wrong.end]) == (nov(5)[0], 3, "jeudi")
    assert RANGE_2_5.weekdays_written == ()


@pytest.mark.parametrize(
    ("language", "text", "weekday"),
    [
        ("fr", "merc. 17 novembre", 2),
        ("fr", "vend. 19 novembre", 4),
        ("en", "Tues 16 November", 1),
        ("en", "Weds 17 November", 2),
        ("en", "Thur 18 November", 3),
        ("en", "Thurs 18 November", 3),
    ],
)
def test_weekdays_are_abbreviated_as_people_do(language: str, text: str, weekday: int) -> None:
    found = parse_when(text, language, NOVEMBER)
    assert [each.weekday for each in found.weekdays_written] == [weekday]


def test_a_single_day_is_read_as_a_date() -> None:
    assert parse_date("26 octobre 2021", "fr") == date(2021, 10, 26)
    assert parse_date("October 26, 2021", "en") == date(2021, 10, 26)
    for text in ("26 octobre", "25 et 26 octobre 2021", "26 octobre 2021, 9 h", "demain"):
        with pytest.raises(WhenError):
            parse_date(text, "fr")


def test_a_long_text_is_refused_at_once() -> None:
    for text in ("4, " * 100_000, "du " * 100_000, "1" * 300_000, "9 h, " * 100_000, "(" * 300_000):
        with pytest.raises(WhenError):
            parse_when(text, "fr", NOVEMBER)


@given(st.text("0123456789 hàaudetsnovmbrei,-/:'().–er", max_size=40))
@settings(max_examples=300, deadline=None, database=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    for language in ("fr", "en"):
        try:
            parse_when(text, language, NOVEMBER)
        except WhenError as refusal:
            place = range(len(text) + 1)
            assert refusal.start in place and refusal.end in place  # noqa: PT017, PT018


IN_WORDS = [
    (day(1), "1er novembre", "1 November"),
    (day(2), "2 novembre", "2 November"),
    (PAIR, "les 4 et 5 novembre", "4 and 5 November"),
    (THREE, "les 5, 19 et 26 novembre", "5, 19 and 26 November"),
    (TWO_MONTHS, "les 30 novembre et 1er décembre", "30 November and 1 December"),
    (RANGE_2_5, "du 2 au 5 novembre", "2 to 5 November"),
    (ACROSS, "du 28 octobre au 3 novembre", "28 October to 3 November"),
    (OPEN_8, "à partir du 8 novembre", "from 8 November"),
    (
        When("days", nov(2, 3, 4, 5, 8)),
        "du 2 au 5 et le 8 novembre",
        "2 to 5 and 8 November",
    ),
    (
        When("days", (*nov(5, 19), date(2021, 12, 3))),
        "les 5 et 19 novembre et le 3 décembre",
        "5 and 19 November and 3 December",
    ),
]


@pytest.mark.parametrize(("value", "french", "english"), IN_WORDS)
def test_days_are_said_in_words(value: When, french: str, english: str) -> None:
    assert in_words(value, "fr") == french
    assert in_words(value, "en") == english
    assert in_words(value, "fr", year=True) == f"{french} 2021"
    assert in_words(value, "en", year=True) == f"{english} 2021"


@pytest.mark.parametrize(
    ("slots", "french", "english"),
    [
        ((), "", ""),
        ((MORNING,), "de 9 h 30 à 12 h 30", "9:30am to 12:30pm"),
        ((at("14:00"),), "à 14 h", "2pm"),
        ((at("09:05"),), "à 9 h 05", "9:05am"),
        ((at("18:00", onwards=True),), "à partir de 18 h", "from 6pm"),
        ((at("10:00", "12:00"),), "de 10 h à 12 h", "10am to midday"),
        ((at("22:00", "00:00"),), "de 22 h à minuit", "10pm to midnight"),
        (
            (HOURS_9_12, HOURS_14_17),
            "de 9 h à 12 h et de 14 h à 17 h",
            "9am to midday and 2pm to 5pm",
        ),
    ],
)
def test_times_are_said_in_words(slots: tuple[Slot, ...], french: str, english: str) -> None:
    assert times_in_words(day(3, *slots), "fr") == french
    assert times_in_words(day(3, *slots), "en") == english


def test_periods_and_dates_are_said_with_their_year() -> None:
    start, end = NOVEMBER.start, NOVEMBER.end
    assert period_in_words(start, end, "fr", capital=True) == "Du 1er au 30 novembre 2021"
    assert period_in_words(start, end, "fr") == "du 1er au 30 novembre 2021"
    assert period_in_words(start, end, "en") == "1 to 30 November 2021"
    assert period_in_words(start, start, "fr", capital=True) == "Le 1er novembre 2021"
    across = date(2021, 12, 28), date(2022, 1, 3)
    assert period_in_words(*across, "fr") == "du 28 décembre 2021 au 3 janvier 2022"
    assert period_in_words(*across, "en") == "28 December 2021 to 3 January 2022"
    assert date_in_words(date(2021, 10, 26), "fr") == "26 octobre 2021"
    assert date_in_words(date(2021, 10, 26), "en-GB") == "26 October 2021"


near = st.dates(date(2021, 7, 1), date(2022, 3, 31))
times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
slot_values = st.one_of(
    st.builds(Slot, times, st.none(), st.booleans()),
    st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Slot(*pair)),
)


@st.composite
def whens(draw: st.DrawFn) -> When:
    kind = draw(st.sampled_from(["day", "days", "range", "open"]))
    slots = tuple(draw(st.lists(slot_values, max_size=3)))
    first = draw(near)
    if kind == "days":
        days = draw(st.lists(near, min_size=2, max_size=12, unique=True))
        return When("days", tuple(sorted(days)), slots)
    if kind == "range":
        length = draw(st.integers(1, 150))
        return When("range", tuple(first + timedelta(days=n) for n in range(length + 1)), slots)
    return When("day" if kind == "day" else "open", (first,), slots)


@given(whens(), st.sampled_from(["fr", "en"]))
@settings(max_examples=300, deadline=None, database=None)
def test_what_is_printed_is_read_back(value: When, language: str) -> None:
    days, hours = in_words(value, language, year=True), times_in_words(value, language)
    assert parse_when(f"{days}, {hours}" if hours else days, language) == value


@given(st.lists(near, min_size=2, max_size=5, unique=True), st.sampled_from(["fr", "en"]))
@settings(max_examples=100, deadline=None, database=None)
def test_what_is_printed_without_a_year_is_read_back_within_the_period(
    days: list[date], language: str
) -> None:
    days.sort()
    period = Period(days[0], days[-1])
    for value in (When("days", tuple(days)), When("day", (days[0],)), When("open", (days[-1],))):
        if (days[-1] - days[0]).days < 150:
            assert parse_when(in_words(value, language), language, period) == value


def test_events_are_sorted_by_day_then_time_all_day_first() -> None:
    ordered = [
        day(1),
        day(1, at("09:00")),
        day(1, HOURS_9_12),
        day(1, HOURS_9_12, HOURS_14_17),
        day(1, at("10:00")),
        RANGE_2_5,
        day(8),
        OPEN_8,
    ]
    shuffled = ordered[::-1]
    assert sorted(shuffled) == ordered


@given(st.lists(whens(), max_size=8))
@settings(max_examples=50, deadline=None, database=None)
def test_the_order_of_events_is_total(values: list[When]) -> None:
    backwards = values[::-1]
    assert sorted(values) == sorted(backwards)
    for one in values:
        for other in values:
            assert (one < other) + (other < one) + (one == other) == 1


def test_values_are_immutable_and_survive_a_cache() -> None:
    with pytest.raises(AttributeError):
        OPEN_8.kind = "day"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(ACROSS)) == ACROSS  # noqa: S301
    assert len({parse_when("4 et 5 novembre", "fr", NOVEMBER), PAIR}) == 1


@pytest.mark.parametrize(
    ("kind", "days"),
    [("day", ()), ("day", nov(1, 2)), ("days", nov(1)), ("range", nov(1, 3)), ("days", nov(2, 1))],
)
def test_days_that_are_no_kind_cannot_be_built(kind: str, days: tuple[date, ...]) -> None:
    with pytest.raises(ValueError, match=r"day|range"):
        When(kind, days)  # type: ignore[arg-type]


def test_an_event_meets_a_period_or_does_not() -> None:
    assert ACROSS.meets(NOVEMBER)
    assert not When("day", (date(2021, 12, 7),)).meets(NOVEMBER)
    assert OPEN_8.meets(NOVEMBER)
    assert When("open", (date(2021, 10, 1),)).meets(NOVEMBER)
    assert When("open", nov(30)).meets(NOVEMBER)
    assert not When("open", (date(2021, 12, 1),)).meets(NOVEMBER)
    assert OPEN_8.end is None
    assert len(NOVEMBER.days) == 30


FACES = [
    (
        day(3, MORNING),
        "fr",
        Face("", ("3",), "", "mercredi", "novembre", ("9 h 30 – 12 h 30",), "one"),
    ),
    (day(1), "fr", Face("", ("1er",), "", "lundi", "novembre", (), "one")),
    (
        day(3, MORNING),
        "en",
        Face("", ("3",), "", "Wednesday", "November", ("9:30am to 12:30pm",), "one"),
    ),
    (PAIR, "fr", Face("", ("4", "5"), "et", "jeu. et ven.", "novembre", (), "pair")),
    (
        When("range", nov(25, 26, 27)),
        "fr",
        Face("", ("25–27",), "", "jeu. – sam.", "novembre", (), "range"),
    ),
    (OPEN_8, "fr", Face("à partir du", ("8",), "", "lundi", "novembre", (), "one")),
    (
        THREE,
        "fr",
        Face("", ("5 novembre", "19 novembre", "26 novembre"), "", "", "", (), "stack"),
    ),
    (ACROSS, "fr", Face("du", ("28 octobre", "3 novembre"), "au", "", "", (), "stack")),
    (ACROSS, "en", Face("", ("28 October", "3 November"), "to", "", "", (), "stack")),
    (TWO_MONTHS, "fr", Face("", ("30 novembre", "1er décembre"), "et", "", "", (), "stack")),
    (
        When("days", nov(2, 3, 4, 8), (at("18:00", onwards=True), at("14:00"))),
        "fr",
        Face("", ("2–4 novembre", "8 novembre"), "", "", "", ("14 h", "à partir de 18 h"), "stack"),
    ),
]


@pytest.mark.parametrize(("value", "language", "expected"), FACES)
def test_the_left_column_shows_the_date_as_type(value: When, language: str, expected: Face) -> None:
    assert face(value, language) == expected


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2 novembre et 3 mai 2022", date(2021, 11, 2)),
        ("2 octobre et 3 mai 2022", date(2022, 10, 2)),
        ("2 novembre 2021 et 3 mai", date(2021, 11, 2)),
    ],
)
def test_half_a_year_back_is_another_year(text: str, first: date) -> None:
    found = parse_when(text, "fr", None).days
    assert set(found) == {first, date(2022, 5, 3)}


def test_a_date_lasts_three_years_at_most() -> None:
    begin = date(2021, 1, 1)
    found = parse_when("du 1er janvier 2021 au 4 janvier 2024", "fr", None)
    assert (found.days[0], found.days[-1]) == (begin, begin + timedelta(days=3 * 366))
    with pytest.raises(WhenError):
        parse_when("du 1er janvier 2021 au 5 janvier 2024", "fr", None)
