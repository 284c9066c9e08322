"""Reading dates as people write them, wholly or not at all."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from moip_press.kit.when import faults
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.days import WrittenDays, read_day, read_days
from moip_press.kit.when.hours import read_hours
from moip_press.kit.when.years import resolve

if TYPE_CHECKING:
    from datetime import date

    from moip_press.kit.when.moments import Period, Slot, When

LONGEST_TEXT = 1000
REMEMBERED = 4096
"""Of so many texts what they mean is kept: the same hours come up on the same days."""
BEFORE_HOURS = frozenset(",;:-|")

Written = tuple[WrittenDays, tuple["Slot", ...]]


def parse_when(text: str, language: str, period: Period | None = None) -> When:
    """Return when an event takes place, from a text in `fr` or `en`, or in ISO 8601.

    Days come with or without a year; the year that is missing is the one that brings them
    into the period, or nearest to it. Every word of the text has to be understood: raises
    WhenError, with the offsets of what is not, where there is any doubt.
    """
    return _read(text, language, period)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str, language: str, period: Period | None) -> When:
    cursor = Cursor(text[:LONGEST_TEXT], language)
    if not cursor.tokens:
        raise faults.nothing(cursor)
    written = (
        None if len(text) > LONGEST_TEXT else _days_then_hours(cursor) or _hours_then_days(cursor)
    )
    if written is None:
        _refuse_hours_within(cursor)
        raise faults.not_understood(cursor)
    return resolve(cursor, *written, period)


def parse_date(text: str, language: str) -> date:
    """Return a single day with its year; raises WhenError where the text is anything else."""
    cursor = Cursor(text[:LONGEST_TEXT], language)
    when = parse_when(text, language)
    if when.kind != "day" or when.slots:
        raise faults.not_one_day(cursor)
    return when.start


def _days_then_hours(cursor: Cursor) -> Written | None:
    cursor.back(0)
    days = read_days(cursor)
    if days is None:
        return None
    if cursor.done():
        return days, ()
    cursor.sign(BEFORE_HOURS)
    enclosed = cursor.sign("(")
    slots = read_hours(cursor)
    if slots is None or (enclosed and not cursor.sign(")")):
        return None
    if cursor.done():
        return days, slots
    _refuse_more_days(cursor)
    return None


def _refuse_more_days(cursor: Cursor) -> None:
    start = cursor.at
    cursor.eat(cursor.words.listed)
    first = cursor.at
    if read_days(cursor) is not None:
        raise faults.different_hours(cursor, cursor.place(first))
    cursor.back(start)


def _refuse_hours_within(cursor: Cursor) -> None:
    """Refuse "du 25 novembre 9 h au 27 novembre 17 h" for what it is."""
    cursor.back(0)
    far = cursor.far
    cursor.eat(cursor.words.range_start)
    if read_day(cursor) is not None:
        cursor.sign(BEFORE_HOURS)
        first = cursor.at
        if read_hours(cursor) and cursor.eat(cursor.words.range_to) and read_day(cursor):
            raise faults.different_hours(cursor, cursor.place(first, len(cursor.tokens)))
    cursor.far = far


def _hours_then_days(cursor: Cursor) -> Written | None:
    cursor.back(0)
    slots = read_hours(cursor)
    if slots is None:
        return None
    cursor.sign(",")
    days = read_days(cursor)
    return (days, slots) if days is not None and cursor.done() else None
