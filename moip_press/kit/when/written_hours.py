"""The times of a text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING

from moip_press.kit.when import date_faults as faults
from moip_press.kit.when.moments import Slot

if TYPE_CHECKING:
    from moip_press.kit.when.cursor import Cursor


@dataclass(frozen=True, slots=True)
class WrittenHour:
    """A time as written: `half` is am or pm, `unit` what tells the number from a day."""

    hour: int
    minute: int
    place: tuple[int, int]
    unit: str = ""
    half: str = ""


def read_hours(cursor: Cursor) -> tuple[Slot, ...] | None:
    """Return the times that come next, in order, and move past them; None where there are none.

    All day is no times at all: an empty tuple.
    """
    if cursor.eat(cursor.words.all_day):
        return ()
    slots: list[Slot] = []
    end = cursor.at
    while (slot := _slot(cursor)) is not None:
        slots.append(slot)
        end = cursor.at
        if not cursor.eat(cursor.words.hours_listed):
            break
    cursor.back(end)
    return tuple(slots) or None


def _slot(cursor: Cursor) -> Slot | None:
    words, start = cursor.words, cursor.at
    between = cursor.eat(words.hours_between)
    onwards = not between and cursor.eat(words.hours_onwards)
    bounded = between or (not onwards and cursor.eat(words.hours_start))
    if not (onwards or bounded) and not cursor.eat(words.at):
        _refuse_until(cursor)
    first = _hour(cursor)
    before = cursor.at
    if first is not None and cursor.eat(words.between_and if between else words.hours_to):
        last = _hour(cursor)
        if last is not None and last.unit:
            return _bounded(cursor, first, last, cursor.place(start))
    cursor.back(before)
    onwards = onwards or (not bounded and cursor.eat(words.open_end))
    if first is None or not first.unit or bounded:
        cursor.back(start)
        return None
    return Slot(_time(cursor, first), None, onwards=onwards)


def _refuse_until(cursor: Cursor) -> None:
    start = cursor.at
    if cursor.eat(cursor.words.hours_until):
        hour = _hour(cursor)
        if hour is not None and hour.unit:
            raise faults.start_missing(cursor, cursor.place(start))
    cursor.back(start)


def _hour(cursor: Cursor) -> WrittenHour | None:
    """Read 9 h, 9h30, 9:30, 9 heures, 9.30, 9 pm, noon; or 9, that a later unit may explain."""
    first = cursor.at
    for named, hour in ((cursor.words.midday, 12), (cursor.words.midnight, 24)):
        if cursor.eat(named):
            return WrittenHour(hour, 0, cursor.place(first), "named")
    number = cursor.number(1, 2)
    if number is None:
        return None
    minute, unit = _minute(cursor)
    half = _half(cursor)
    if half and unit == "h":
        raise faults.no_such_hour(cursor, cursor.place(first))
    return WrittenHour(number, minute, cursor.place(first), half or unit, half)


def _minute(cursor: Cursor) -> tuple[int, str]:
    """Return the minutes, and the unit that the hour is written with."""
    before = cursor.at
    if cursor.word(cursor.words.hour_units):
        minute = cursor.number(2)
        if minute is not None:
            cursor.word(cursor.words.minute_units)
        return minute or 0, "h"
    if cursor.sign(":" if cursor.language == "fr" else ":.", glued=True):
        minute = cursor.number(2, glued=True)
        if minute is not None:
            _no_seconds(cursor)
            cursor.word(cursor.words.hour_units)
            return minute, ":"
    cursor.back(before)
    return 0, ""


def _no_seconds(cursor: Cursor) -> None:
    """Move past the seconds of 18:00:00, which say nothing."""
    before = cursor.at
    if not (cursor.sign(":", glued=True) and cursor.number(2, glued=True) == 0):
        cursor.back(before)


def _half(cursor: Cursor) -> str:
    if cursor.language != "en":
        return ""
    before, token = cursor.at, cursor.token()
    if token is not None and cursor.word({"am", "pm"}):
        return token.text
    if token is not None and cursor.word({"a", "p"}) and cursor.sign(".") and cursor.word({"m"}):
        if not cursor.done():
            cursor.sign(".", glued=True)
        return token.text + "m"
    cursor.back(before)
    return ""


def _bounded(
    cursor: Cursor, first: WrittenHour, last: WrittenHour, place: tuple[int, int]
) -> Slot | None:
    """Return the times from one hour to another; an hour without unit takes the other's."""
    shared = last.half and not first.half and first.unit in ("", ":") and first.hour <= 12
    if shared:
        first = replace(first, half=last.half)
    elif not first.unit and last.unit != "h":
        return None
    start, end = _time(cursor, first), _time(cursor, last, ends=True)
    if start == end:
        raise faults.same_hour(cursor, place)
    if end < start and end != time(0) and (shared or _by_halves(cursor, first, last)):
        raise faults.half_of_day(cursor, place)
    return Slot(start, end)


def _by_halves(cursor: Cursor, first: WrittenHour, last: WrittenHour) -> bool:
    """Tell whether 9:30 to 5:30 was written by somebody who thinks of am and pm."""
    bare = not first.half and not last.half and "named" not in (first.unit, last.unit)
    return cursor.language == "en" and bare and max(first.hour, last.hour) <= 12


def _time(cursor: Cursor, written: WrittenHour, *, ends: bool = False) -> time:
    hour, minute = written.hour, written.minute
    wrong_half = bool(written.half) and not 1 <= hour <= 12
    midnight = hour == 24 and minute == 0 and (ends or written.unit == "named")
    if wrong_half or minute > 59 or (hour > 23 and not midnight):
        raise faults.no_such_hour(cursor, written.place)
    if written.half:
        hour = hour % 12 + (12 if written.half == "pm" else 0)
    return time(hour % 24, minute)
