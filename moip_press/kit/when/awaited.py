"""Dates that are still to be confirmed: "à confirmer", "date à préciser", "fin novembre 2026"."""

from __future__ import annotations

from datetime import date, timedelta

from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.moments import PARTS, Part, Period, When, WhenError
from moip_press.kit.when.parsing import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, parse_when
from moip_press.kit.when.written_days import read_month, read_year

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
