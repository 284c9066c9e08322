"""Periods as people write them: that of a kit, and dates that are still to be confirmed.

"du 1er au 30 novembre 2021", "novembre 2021"; "à confirmer", "fin novembre 2026".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from moip_press.kit.when import date_faults as faults
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.moments import PARTS, Part, Period, When, WhenError, days_between
from moip_press.kit.when.parsing import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, parse_when, resolve
from moip_press.kit.when.recurrences import WrittenDates, read_months
from moip_press.kit.when.vocabulary import VOCABULARIES, Phrase, phrases
from moip_press.kit.when.written_days import WrittenDays, read_month, read_year

MONTH = re.compile(r"[^\W\d_]{3}")
BEFORE_MONTHS: Mapping[str, tuple[Phrase, ...]] = {
    "fr": phrases("de", "d'", "mois de", "mois d'", "du mois de", "du mois d'", "le mois de"),
    "en": phrases("from", "the month of", "month of"),
}


def parse_period(text: str, language: str) -> Period:
    """Return the first and the last day, whose year is written, in the language or another.

    Raises WhenError where the text says anything else than one stretch of days or months.
    """
    try:
        return _period(text, language)
    except WhenError:
        # figures alone may mean another day in another language
        for other in VOCABULARIES.keys() - {language} if MONTH.search(text) else ():
            with suppress(WhenError):
                return _period(text, other)
        raise


def _period(text: str, language: str) -> Period:
    cursor = Cursor(text[:LONGEST_TEXT], language)
    months = _months(cursor) if len(text) <= LONGEST_TEXT else None
    when = months or parse_when(text, language)
    days = when.days
    whole = days and days == days_between(days[0], days[-1])
    if not whole or when.kind == "open" or when.slots or when.several or when.recurrence:
        raise faults.no_period(cursor)
    return Period(days[0], days[-1])


def _months(cursor: Cursor) -> When | None:
    """Return the days of "novembre 2021", "d'octobre 2021 à mars 2022", "2021"."""
    year = read_year(cursor)
    if year is not None and cursor.done() and FIRST_YEAR <= year <= LAST_YEAR:
        return When("range", Period(date(year, 1, 1), date(year, 12, 31)).days)
    cursor.back(0)
    if not cursor.eat(cursor.words.whole_month):
        cursor.eat(BEFORE_MONTHS[cursor.language])
    first = cursor.at
    span = read_months(cursor)
    if span is None or not cursor.done():
        return None
    days = WrittenDays((span,), "listed", cursor.place(first))
    return resolve(cursor, WrittenDates(days), (), None)


HALF_A_MONTH = timedelta(days=15)


def parse_event_when(text: str, language: str, period: Period | None = None) -> When:
    """Return when an event takes place, which may be awaited: else as ``parse_when``.

    Raises WhenError where the text says neither a date nor that it is to come.
    """
    try:
        return parse_when(text, language, period)
    except WhenError:
        awaited = read_awaited(text, language, period)
        if awaited is None:
            raise
        return awaited


def read_awaited(text: str, language: str, period: Period | None) -> When | None:
    """Return a date that is to come, with the month where only that is known; else None."""
    cursor = Cursor(text[:LONGEST_TEXT], language)
    said = _to_come(cursor)
    cursor.sign(",:(-")
    part, month, year = _month(cursor)
    cursor.sign(",:(-")
    said = _to_come(cursor) or said
    cursor.sign(")")
    if not cursor.done() or len(text) > LONGEST_TEXT or not (said or month):
        return None
    if month is None:
        return When("awaited", ())
    if year is None:
        return When("awaited", (), month=_within(month, period), part=part)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return When("awaited", (), month=date(year, month, 1), part=part)


def _to_come(cursor: Cursor) -> bool:
    """Read "date à confirmer", "TBC"; "date" alone says nothing."""
    start = cursor.at
    cursor.eat(cursor.words.date)
    if cursor.eat(cursor.words.awaited):
        return True
    cursor.back(start)
    return False


def _month(cursor: Cursor) -> tuple[Part, int | None, int | None]:
    """Read "novembre", "fin novembre 2026": the part, the month, the year."""
    start = cursor.at
    known = cursor.words.part_of_month
    part = next((each for each in PARTS if cursor.eat(known[each])), PARTS[-1])
    month = read_month(cursor)
    if month is None:
        cursor.back(start)
        return part, None, None
    return part, month, read_year(cursor)


def _within(month: int, period: Period | None) -> date | None:
    """Return the first day of a month in the year that brings it into the period, or nearest."""
    if period is None:
        return None
    middle = period.start + (period.end - period.start) / 2
    years = range(period.start.year - 1, period.end.year + 2)
    months = (date(year, month, 1) for year in years)
    return min(months, key=lambda day: abs(day + HALF_A_MONTH - middle))
