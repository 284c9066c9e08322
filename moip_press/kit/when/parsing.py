"""Reading dates as people write them, wholly or not at all."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from moip_press.kit.when import date_faults as faults
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.moments import (
    Kind,
    Period,
    When,
    WrittenWeekday,
    days_between,
    in_turn,
)
from moip_press.kit.when.recurrences import WrittenDates, read_dates, recurring
from moip_press.kit.when.written_days import (
    LAST,
    WrittenDay,
    WrittenDays,
    WrittenSpan,
    read_day,
)
from moip_press.kit.when.written_hours import read_hours

if TYPE_CHECKING:
    from moip_press.kit.when.moments import Period, Slot, When


LONGEST_TEXT = 2000
REMEMBERED = 4096
"""Of so many texts what they mean is kept: the same hours come up on the same days."""
BEFORE_HOURS = frozenset(",;:-|")

Written = tuple[WrittenDates, tuple["Slot", ...]]


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
    if written is None and len(text) <= LONGEST_TEXT and (dates := _dates_in_turn(cursor)):
        return in_turn(resolve(cursor, days, slots, period) for days, slots in dates)
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
    days = read_dates(cursor)
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
    return None


def _dates_in_turn(cursor: Cursor) -> list[Written]:
    """Read days with their own times, one after the other: "4 novembre, 9 h ; 5 novembre, 14 h"."""
    cursor.back(0)
    found: list[Written] = []
    while (days := read_dates(cursor)) is not None:
        before = cursor.at
        cursor.sign(BEFORE_HOURS)
        slots = read_hours(cursor)
        if slots is None:
            cursor.back(before)
        found.append((days, slots or ()))
        if cursor.done():
            listed = all(not each.days or each.days.form == "listed" for each, _ in found)
            return found if listed else []
        if not cursor.eat(cursor.words.listed) and not slots:
            return []
    return []


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
    days = read_dates(cursor)
    return (days, slots) if days is not None and cursor.done() else None


FIRST_YEAR, LAST_YEAR = 1900, 2199
LEAP_YEAR = 2000
LONGEST = 3 * 366
ROLLOVER = 6
"""From this many months back on, a month is one of the next year: décembre … janvier."""


def resolve(
    cursor: Cursor, dates: WrittenDates, slots: tuple[Slot, ...], period: Period | None
) -> When:
    """Return the days of the calendar; raises WhenError where they cannot be, or be known."""
    again = dates.recurrence
    if dates.days is None:
        if period is None:
            place = again.place if again else (0, len(cursor.text))
            raise faults.period_missing(cursor, place)
        within = When("range" if period.start < period.end else "day", period.days)
    else:
        within = _resolved(cursor, dates.days, period)
    if again is None and dates.without is None:
        return replace(within, slots=slots)
    if within.kind == "open":
        within = replace(within, kind="range", days=_until_the_end(cursor, dates, within, period))
    recurrence = recurring(cursor, dates, within.days)
    kind: Kind = "days" if len(recurrence.days) > 1 else "day"
    return When(
        kind, recurrence.days, slots, within.weekdays_written, recurrence if again else None
    )


def _until_the_end(
    cursor: Cursor, dates: WrittenDates, within: When, period: Period | None
) -> tuple[date, ...]:
    """Return the days of "tous les mardis à partir du 3 novembre": up to the period's last."""
    if period is None or period.end < within.start:
        place = dates.days.place if dates.days else (0, len(cursor.text))
        raise faults.period_missing(cursor, place)
    return days_between(within.start, period.end)


def _resolved(cursor: Cursor, written: WrittenDays, period: Period | None) -> When:
    days = [day for span in written.spans for day in (span.first, span.last) if day is not None]
    _check_years(cursor, days)
    months = _months(days)
    for day, month in zip(days, months, strict=True):
        _check_month(cursor, day, month)
    years = _years(cursor, written, days, months, period)
    dates = [
        _date(cursor, day, month, year)
        for day, month, year in zip(days, months, years, strict=True)
    ]
    kind, covered = _covered(cursor, written, dates, period)
    weekdays = tuple(
        WrittenWeekday(on, *day.weekday) for day, on in zip(days, dates, strict=True) if day.weekday
    )
    return When(kind, covered, (), weekdays)


def _months(days: list[WrittenDay]) -> list[int]:
    """Return the months: a day without one has that of the next day with one."""
    months: list[int] = []
    month = 0
    for day in reversed(days):
        month = day.month if day.month is not None else month
        months.append(month)
    return months[::-1]


def _check_years(cursor: Cursor, days: list[WrittenDay]) -> None:
    for day in days:
        if day.year is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise faults.no_such_year(cursor, (day.place[0], day.end), day.year)


def _check_month(cursor: Cursor, day: WrittenDay, month: int) -> None:
    if not 1 <= month <= 12:
        raise faults.no_such_month(cursor, day.place, month)
    longest = monthrange(day.year or LEAP_YEAR, month)[1]
    if day.day != LAST and not 1 <= day.day <= longest:
        name = cursor.names.months[month - 1]
        raise faults.no_such_day(cursor, day.place, name, longest)


def _years(
    cursor: Cursor,
    written: WrittenDays,
    days: list[WrittenDay],
    months: list[int],
    period: Period | None,
) -> list[int]:
    given = [day.year for day in days]
    if any(year is not None for year in given):
        return _spread(given, months)
    if period is None:
        raise faults.year_missing(cursor, written.place)
    likely = range(period.start.year - 1, period.end.year + 2)
    rest: list[int | None] = [None] * (len(days) - 1)
    choices = [_spread([year, *rest], months) for year in likely]
    distances = [_distance(written, days, months, years, period) for years in choices]
    nearest = min(distances)
    if distances.count(nearest) > 1:
        raise faults.year_doubtful(cursor, written.place)
    return choices[distances.index(nearest)]


def _spread(given: list[int | None], months: list[int]) -> list[int]:
    """Return a year for each day: that of the next day with one, else of the one before."""
    years = list(given)
    for here in range(len(years) - 2, -1, -1):
        following = years[here + 1]
        if years[here] is None and following is not None:
            years[here] = following - (months[here] - months[here + 1] >= ROLLOVER)
    for here in range(1, len(years)):
        before = years[here - 1]
        if years[here] is None and before is not None:
            years[here] = before + (months[here - 1] - months[here] >= ROLLOVER)
    return [year for year in years if year is not None]


def _distance(
    written: WrittenDays,
    days: list[WrittenDay],
    months: list[int],
    years: list[int],
    period: Period,
) -> int:
    """Return how many days lie between the period and what is written; 0 where they meet."""
    dates = iter(
        _nearest_day(day, month, year) for day, month, year in zip(days, months, years, strict=True)
    )
    return min(
        _gap(first, next(dates) if span.last else first, period)
        for span, first in ((span, next(dates)) for span in written.spans)
    )


def _nearest_day(day: WrittenDay, month: int, year: int) -> date:
    longest = monthrange(year, month)[1]
    return date(year, month, longest if day.day == LAST else min(day.day, longest))


def _gap(first: date, last: date, period: Period) -> int:
    return max(0, (period.start - last).days, (first - period.end).days)


def _date(cursor: Cursor, day: WrittenDay, month: int, year: int) -> date:
    longest = monthrange(year, month)[1]
    if day.day > longest:
        name = f"{cursor.names.months[month - 1]} {year}"
        raise faults.no_such_day(cursor, day.place, name, longest)
    return _nearest_day(day, month, year)


def _covered(
    cursor: Cursor, written: WrittenDays, dates: list[date], period: Period | None
) -> tuple[Kind, tuple[date, ...]]:
    if written.form == "open":
        return "open", tuple(dates)
    if written.form == "until":
        if period is None:
            raise faults.start_missing(cursor, written.place)
        return _range(cursor, written.place, period.start, dates[0])
    rest = iter(dates)
    pieces = [
        _range(cursor, _place(span), next(rest), next(rest))
        if span.last
        else ("day", (next(rest),))
        for span in written.spans
    ]
    if len(pieces) == 1:
        return pieces[0]
    return "days", _once(cursor, written, [days for _, days in pieces])


def _place(span: WrittenSpan) -> tuple[int, int]:
    return span.first.place[0], span.ends.end or span.ends.place[1]


def _range(
    cursor: Cursor, place: tuple[int, int], first: date, last: date
) -> tuple[Kind, tuple[date, ...]]:
    if last < first:
        raise faults.backwards(cursor, place)
    if (last - first).days > LONGEST:
        raise faults.too_long(cursor, place)
    return ("range" if first < last else "day"), days_between(first, last)


def _once(cursor: Cursor, written: WrittenDays, pieces: list[tuple[date, ...]]) -> tuple[date, ...]:
    seen: set[date] = set()
    for span, days in zip(written.spans, pieces, strict=True):
        if not seen.isdisjoint(days):
            raise faults.listed_twice(cursor, _place(span))
        seen.update(days)
    return tuple(sorted(seen))
