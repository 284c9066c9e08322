"""Dates that come again: "tous les mardis de novembre sauf le 11", "every day, 3 to 28 November".

Which days of the week, between which days, without which: read from a text, and said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from moip_press.kit.when import date_faults as faults
from moip_press.kit.when.moments import EVERY_DAY, WEEKEND, WORKING_DAYS, Recurrence
from moip_press.kit.when.written_days import (
    LAST,
    WrittenDay,
    WrittenDays,
    WrittenSpan,
    read_days,
    read_month,
    read_span,
    read_year,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moip_press.kit.when.cursor import Cursor


@dataclass(frozen=True, slots=True)
class WrittenRecurrence:
    """Days that come again, as written: weekdays in order, from Monday, 0; every how many weeks.

    `place` are the offsets of the words.
    """

    weekdays: tuple[int, ...]
    every: int
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class WrittenExceptions:
    """Days that are left out, as written; `place` are the offsets of the words."""

    spans: tuple[WrittenSpan, ...]
    weekdays: tuple[int, ...]
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class WrittenDates:
    """The days of a text: those written (None is the whole period), which again, which not."""

    days: WrittenDays | None
    recurrence: WrittenRecurrence | None = None
    without: WrittenExceptions | None = None


def read_dates(cursor: Cursor) -> WrittenDates | None:
    """Return the days that come next and move past them; None where there are none."""
    start = cursor.at
    days = read_days(cursor)
    if days is None or _goes_on(cursor) or (bounded(days) and days.spans[0].first.plural):
        cursor.back(start)
        again = _recurring(cursor)
        if again is not None:
            return again
        cursor.back(start)
        days = read_days(cursor)
    if days is None:
        return None
    return WrittenDates(days, None, _exceptions(cursor) if bounded(days) else None)


def bounded(days: WrittenDays) -> bool:
    """Return whether days are all those between a first and a last."""
    return days.form != "listed" or (len(days.spans) == 1 and days.spans[0].last is not None)


def _goes_on(cursor: Cursor) -> bool:
    """Return whether words of a recurrence follow: "du 3 au 28 novembre, tous les mardis"."""
    before = cursor.at
    cursor.sign(",:(")
    found = _weekdays(cursor) is not None
    cursor.back(before)
    return found


def _recurring(cursor: Cursor) -> WrittenDates | None:
    """Read weekdays and the days between which they come again, in either order."""
    start = cursor.at
    again = _weekdays(cursor)
    if again is not None:
        days = _within(cursor)
        without = _exceptions(cursor)
        return WrittenDates(days or _within(cursor), again, without)
    days = _within(cursor)
    enclosed = cursor.sign(",:(")
    again = _weekdays(cursor) if days is not None else None
    if again is None:
        cursor.back(start)
        return None
    without = _exceptions(cursor)
    if enclosed:
        cursor.sign(")")
    return WrittenDates(days, again, without)


def _within(cursor: Cursor) -> WrittenDays | None:
    """Read the days between which something comes again: a range or whole months."""
    start = cursor.at
    cursor.sign(",")
    first = cursor.at
    if cursor.eat(cursor.words.within_month):
        span = read_months(cursor)
        if span is not None:
            return WrittenDays((span,), "listed", cursor.place(first))
    cursor.back(first)
    days = read_days(cursor)
    if days is None or not bounded(days):
        cursor.back(start)
        return None
    return days


def read_months(cursor: Cursor) -> WrittenSpan | None:
    """Read "novembre", "novembre et décembre", "septembre à décembre 2026"."""
    start = cursor.at
    first = read_month(cursor)
    if first is None:
        return None
    year = read_year(cursor)
    before = cursor.at
    last = first
    if cursor.eat(cursor.words.range_to):
        last = read_month(cursor) or 0
    elif cursor.eat(cursor.words.listed):
        last = read_month(cursor) or 0
        last = last if last == first % 12 + 1 else 0
    if not last or last == first:
        cursor.back(before)
        last = first
    ending = read_year(cursor) if last != first else year
    place = cursor.place(start)
    return WrittenSpan(WrittenDay(1, first, year, place), WrittenDay(LAST, last, ending, place))


def _weekdays(cursor: Cursor) -> WrittenRecurrence | None:
    start = cursor.at
    words = cursor.words
    one = cursor.eat(words.one_of)
    other = not one and cursor.eat(words.every_other)
    again = one or other or cursor.eat(words.repeated)
    weekdays = _named_days(cursor, certain=again)
    alternate = other or (one and cursor.eat(words.out_of_two))
    if weekdays is None or (one and not alternate) or (alternate and len(weekdays) > 1):
        cursor.back(start)
        return None
    return WrittenRecurrence(weekdays, 2 if alternate else 1, cursor.place(start))


def _named_days(cursor: Cursor, *, certain: bool) -> tuple[int, ...] | None:
    """Read "jours", "week-ends", "mardis et jeudis", "du lundi au vendredi".

    A single weekday alone names a day, and is none of these, unless `certain`.
    """
    words = cursor.words
    start = cursor.at
    for phrases, days in (
        (words.every_day, EVERY_DAY),
        (words.working_days, WORKING_DAYS),
    ):
        if cursor.eat(phrases):
            return days
    article = cursor.eat(words.article)
    if certain and cursor.eat(words.day):
        return EVERY_DAY
    if (certain or article) and cursor.eat(words.weekend):
        return WEEKEND
    cursor.back(start)
    if span := _weekday_span(cursor):
        return span
    cursor.back(start)
    return _weekday_list(cursor, certain=certain)


def _weekday_span(cursor: Cursor) -> tuple[int, ...] | None:
    cursor.eat(cursor.words.range_start)
    first = _weekday(cursor)
    if first is None or not cursor.eat(cursor.words.range_to):
        return None
    cursor.eat(cursor.words.article)
    last = _weekday(cursor)
    if last is None or last[0] == first[0]:
        return None
    count = (last[0] - first[0]) % 7 + 1
    return tuple(sorted((first[0] + number) % 7 for number in range(count)))


def _weekday_list(cursor: Cursor, *, certain: bool) -> tuple[int, ...] | None:
    found: set[int] = set()
    french = cursor.language == "fr"
    end = cursor.at
    while True:
        article = cursor.eat(cursor.words.article)
        cursor.eat(cursor.words.repeated)
        weekday = _weekday(cursor)
        if weekday is None:
            break
        number, plural = weekday
        found.add(number)
        certain = certain or plural or (article and french)
        end = cursor.at
        if not cursor.eat(cursor.words.listed):
            break
    cursor.back(end)
    return tuple(sorted(found)) if found and (certain or len(found) > 1) else None


def _weekday(cursor: Cursor) -> tuple[int, bool] | None:
    """Read the name of a weekday that no number follows; return it, and whether in the plural."""
    token = cursor.token()
    if token is None or not cursor.word(cursor.names.weekday_numbers):
        return None
    following = cursor.token()
    if following is not None and following.kind == "number" and following.text.isdigit():
        after = cursor.token(1)
        hour = after is not None and (after.text in cursor.words.hour_units or after.text in ":.")
        if not hour and token.text not in cursor.names.plural_weekdays:
            return None
    number = cursor.names.weekday_numbers[token.text]
    return number, token.text in cursor.names.plural_weekdays


def _exceptions(cursor: Cursor) -> WrittenExceptions | None:
    """Read "sauf le lundi", "except the 10th and 17th", "sauf le dimanche et le 1er"."""
    start = cursor.at
    enclosed = cursor.sign(",(")
    if not cursor.eat(cursor.words.without):
        cursor.back(start)
        return None
    first = cursor.at
    weekdays = _named_days(cursor, certain=True) or ()
    if weekdays and _number_follows(cursor):
        weekdays = ()
        cursor.back(first)
    end, joiner = cursor.at, cursor.find(cursor.words.listed) if weekdays else None
    spans: list[WrittenSpan] = []
    while (joiner or not (weekdays or spans)) and (span := read_span(cursor, None)) is not None:
        if span.last and joiner == (",",):
            break  # "sauf le 10, du 3 au 28 novembre"
        spans.append(span)
        end = cursor.at
        joiner = cursor.find(cursor.words.listed)
    cursor.back(end)
    if not (weekdays or spans):
        return None
    if enclosed:
        cursor.sign(")")
    return WrittenExceptions(tuple(spans), weekdays, cursor.place(start))


def _number_follows(cursor: Cursor) -> bool:
    token = cursor.token()
    return token is not None and token.kind == "number"


def recurring(cursor: Cursor, written: WrittenDates, within: Sequence[date]) -> Recurrence:
    """Return the days that come again within days in a row; WhenError where none is left."""
    again, without = written.recurrence, written.without
    weekdays = again.weekdays if again else EVERY_DAY
    if without:
        weekdays = tuple(day for day in weekdays if day not in without.weekdays)
    spans = without.spans if without else ()
    left_out = {day for span in spans for day in _left_out(cursor, span, within)}
    found = Recurrence(
        weekdays,
        within[0],
        within[-1],
        again.every if again else 1,
        tuple(sorted(left_out)),
    )
    if not found.days:
        place = again.place if again else without.place if without else (0, len(cursor.text))
        raise faults.none_left(cursor, place)
    return found


def _left_out(cursor: Cursor, span: WrittenSpan, within: Sequence[date]) -> list[date]:
    last = _exception(cursor, span.ends, within, None)
    first = _exception(cursor, span.first, within, last) if span.last else last
    return [day for day in within if first <= day <= last]


def _exception(
    cursor: Cursor, day: WrittenDay, within: Sequence[date], before: date | None
) -> date:
    """Return the one day that is meant; of a range's first day, the nearest before its last."""
    found = [
        each
        for each in within
        if each.day == day.day
        and day.month in (None, each.month)
        and day.year in (None, each.year)
        and (before is None or each <= before)
    ]
    if len(found) == 1 or (found and before is not None):
        return found[-1]
    place = day.place[0], day.end or day.place[1]
    raise faults.not_among(cursor, place) if not found else faults.month_doubtful(cursor, place)
