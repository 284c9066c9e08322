"""The days of a text as they are written, before months and years are filled in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from moip_press.kit.when import date_faults as faults

if TYPE_CHECKING:
    from moip_press.kit.when.cursor import Cursor

LAST = -1
"""The day of a month that stands for its last."""

MERIDIEMS = frozenset({"am", "pm"})
ORDINALS = frozenset({"er", "st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written; `place` are the offsets of its day, and of its month where it follows.

    `end` is the offset after all that belongs to it: its year too.
    `weekday` is a number from Monday, 0, with its offsets, and whether it was a plural.
    """

    day: int
    month: int | None
    year: int | None
    place: tuple[int, int]
    weekday: tuple[int, int, int] | None = None
    plural: bool = False
    end: int = 0
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class WrittenSpan:
    """A day, or the days from `first` to `last`."""

    first: WrittenDay
    last: WrittenDay | None = None

    @property
    def ends(self) -> WrittenDay:
        """The day it ends on."""
        return self.last or self.first


@dataclass(frozen=True, slots=True)
class WrittenDays:
    """All days of a text; `place` are the offsets of the whole."""

    spans: tuple[WrittenSpan, ...]
    form: Literal["listed", "open", "until"]
    place: tuple[int, int]


def read_days(cursor: Cursor) -> WrittenDays | None:
    """Return the days that come next and move past them; None where there are none."""
    first = cursor.at
    for read in (_open, _until, _whole_month, _listed):
        found = read(cursor)
        if found is not None:
            return WrittenDays(*found, cursor.place(first))
        cursor.back(first)
    return None


Found = tuple[tuple[WrittenSpan, ...], Literal["listed", "open", "until"]]


def _open(cursor: Cursor) -> Found | None:
    started = cursor.eat(cursor.words.open_start)
    first = read_day(cursor)
    if first is None:
        return None
    before = cursor.at
    if cursor.eat(cursor.words.range_to) and started:
        last = read_day(cursor, carried=_carried(first))
        if last is not None and last.month is not None:
            return (WrittenSpan(first, last),), "listed"
    cursor.back(before)
    ended = cursor.eat(cursor.words.open_end)
    if first.month is None or not (started or ended):
        return None
    return (WrittenSpan(first),), "open"


def _until(cursor: Cursor) -> Found | None:
    if not cursor.eat(cursor.words.until):
        return None
    last = read_day(cursor)
    return None if last is None or last.month is None else ((WrittenSpan(last),), "until")


def _whole_month(cursor: Cursor) -> Found | None:
    if not cursor.eat(cursor.words.whole_month):
        return None
    first = cursor.at
    month = read_month(cursor)
    if month is None:
        return None
    year = read_year(cursor)
    place = cursor.place(first)
    days = (WrittenDay(number, month, year, place) for number in (1, LAST))
    return (WrittenSpan(*days),), "listed"


def _listed(cursor: Cursor) -> Found | None:
    """Read a list, up to the last day whose month is known: "18 novembre, 18 h" has one day."""
    spans: list[WrittenSpan] = []
    known, end = 0, cursor.at
    carried: WrittenDay | None = None
    adjacent = False
    while (span := read_span(cursor, carried)) is not None:
        if adjacent and not _adjacent(spans[-1], span):
            break
        spans.append(span)
        carried = _next_carried(span.ends, carried)
        if span.ends.month is not None:
            known, end = len(spans), cursor.at
        separator = cursor.find(cursor.words.listed)
        if separator is None:
            break
        adjacent = separator == ("/",)
    cursor.back(end)
    return (tuple(spans[:known]), "listed") if known else None


def _adjacent(before: WrittenSpan, span: WrittenSpan) -> bool:
    """Tell whether "4/5 novembre" can only be two days."""
    bare = before.last is None and span.last is None and before.first.month is None
    return bare and span.first.day == before.first.day + 1


def _next_carried(day: WrittenDay, carried: WrittenDay | None) -> WrittenDay | None:
    """Return what a bare day after this one takes over: month (English), plural weekday."""
    kept = day if day.month_first or day.plural else None
    return kept or carried


def _carried(day: WrittenDay) -> WrittenDay | None:
    return day if day.month_first else None


def read_span(cursor: Cursor, carried: WrittenDay | None) -> WrittenSpan | None:
    """Return the day or the range of days that comes next and move past it; its month may lack."""
    start = cursor.at
    between = cursor.eat(cursor.words.between)
    ranged = between or cursor.eat(cursor.words.range_start)
    cursor.eat(cursor.words.article)
    first = read_day(cursor, carried)
    if first is None:
        cursor.back(start)
        return None
    before = cursor.at
    words = cursor.words
    joined = cursor.eat(words.between_and if between else words.range_to) or _iso_solidus(
        cursor, first
    )
    if joined:
        cursor.eat(words.article)
        last = read_day(cursor, carried or _carried(first))
        if last is not None and (last.month is not None or first.month is None):
            return WrittenSpan(first, last)
    if ranged or (joined and (first.month is None or first.month_first)):
        cursor.back(start)
        return None
    cursor.back(before)
    return WrittenSpan(first)


def _iso_solidus(cursor: Cursor, first: WrittenDay) -> bool:
    """Move past the "/" of an ISO 8601 interval."""
    following = cursor.token(1)
    if first.year is None or following is None or len(following.text) != 4:
        return False
    return cursor.sign("/")


def read_day(cursor: Cursor, carried: WrittenDay | None = None) -> WrittenDay | None:
    """Return the day that comes next and move past it; None where there is none.

    A day may take over from the one `carried` its month (November 16 and 17) or its weekday
    (les jeudis 4 et 11).
    """
    start = cursor.at
    weekday, plural = _weekday(cursor)
    cursor.eat(cursor.words.article)
    for read in (_iso, _numeric, _month_first, _day_first):
        before = cursor.at
        found = read(cursor)
        if found is not None:
            break
        cursor.back(before)
    else:
        cursor.back(start)
        return None
    if weekday is None and carried is not None and carried.plural and carried.weekday:
        weekday = carried.weekday
    if found.month is None and carried is not None and carried.month_first:
        found = replace(
            found, month=carried.month, year=found.year or read_year(cursor), month_first=True
        )
    end = cursor.tokens[cursor.at - 1].end
    return replace(found, weekday=weekday, plural=plural, end=end)


def _weekday(cursor: Cursor) -> tuple[tuple[int, int, int] | None, bool]:
    token = cursor.token()
    if token is None or not cursor.word(cursor.names.weekday_numbers):
        return None, False
    cursor.sign(".", glued=True)
    cursor.sign(",")
    number = cursor.names.weekday_numbers[token.text]
    return (number, token.start, token.end), token.text in cursor.names.plural_weekdays


def _iso(cursor: Cursor) -> WrittenDay | None:
    """Read an ISO 8601 date, with the "T" before its time."""
    first = cursor.at
    year = cursor.number(4)
    month = cursor.number(2, glued=True) if cursor.sign("-", glued=True) else None
    day = cursor.number(2, glued=True) if cursor.sign("-", glued=True) else None
    if year is None or month is None or day is None:
        return None
    place = cursor.place(first)
    following = cursor.token(1)
    if following is not None and following.kind == "number" and following.glued:
        cursor.word({"t"})
    return WrittenDay(day, month, year, place)


def _numeric(cursor: Cursor) -> WrittenDay | None:
    """Read 18/11/2021, 18.11.2021, 18-11-2021, 18/11/21 or 18/11."""
    first = cursor.at
    one, sign = cursor.number(1, 2), cursor.token()
    if one is None or sign is None or not cursor.sign("/.-", glued=True):
        return None
    two = cursor.number(1, 2, glued=True)
    if two is None:
        return None
    before = cursor.at
    year = None
    if cursor.sign(sign.text, glued=True):
        year = cursor.number(4, glued=True) if sign.text == "-" else cursor.number(2, 4, glued=True)
    if year is None:
        cursor.back(before)
        if sign.text != "/" or _of_hours(cursor) or read_month(cursor) is not None:
            return None
    place = cursor.place(first)
    day, month = _order(cursor, one, two, place)
    return WrittenDay(day, month, year + 2000 if year is not None and year < 100 else year, place)


def _order(cursor: Cursor, one: int, two: int, place: tuple[int, int]) -> tuple[int, int]:
    """Return day and month: French dates have one order, English ones two."""
    if cursor.language == "fr" or one == two or one > 12:
        return one, two
    if two > 12:
        return two, one
    raise faults.two_readings(cursor, place)


def _month_first(cursor: Cursor) -> WrittenDay | None:
    """Read November 16, November 16th, 2021."""
    first = cursor.at
    month = read_month(cursor) if cursor.language == "en" else None
    day = cursor.number(1, 2) if month is not None else None
    if day is None or _of_hours(cursor):
        return None
    _ordinal(cursor, day)
    place = cursor.place(first)
    return WrittenDay(day, month, read_year(cursor), place, month_first=True)


def _day_first(cursor: Cursor) -> WrittenDay | None:
    """Read 18, 18 novembre, 1er novembre 2021, 16th of November."""
    first = cursor.at
    day = cursor.number(1, 2)
    if day is None or _of_hours(cursor):
        return None
    _ordinal(cursor, day)
    end = cursor.at
    cursor.eat(cursor.words.of)
    month = read_month(cursor)
    if month is None:
        cursor.back(end)
        return WrittenDay(day, None, None, cursor.place(first))
    place = cursor.place(first)
    return WrittenDay(day, month, read_year(cursor), place)


def _ordinal(cursor: Cursor, day: int) -> None:
    """Move past the ending of 1er, 1ᵉʳ, 1^er, 1^{er}, 16th."""
    before = cursor.at
    raised = cursor.sign("^")
    braced = raised and cursor.sign("{")
    endings = {"er"} if cursor.language == "fr" and day == 1 else ORDINALS - {"er"}
    if not (cursor.word(endings) and (not braced or cursor.sign("}"))):
        cursor.back(before)


def read_month(cursor: Cursor) -> int | None:
    """Return the month that comes next, from 1, and move past it; None where there is none."""
    token = cursor.token()
    if token is None or not cursor.word(cursor.names.month_numbers):
        return None
    if not cursor.done():
        cursor.sign(".", glued=True)
    return cursor.names.month_numbers[token.text]


def read_year(cursor: Cursor) -> int | None:
    """Return the year that comes next and move past it; None where it is an hour, or none."""
    before = cursor.at
    cursor.sign(",")
    year = cursor.number(4)
    if year is None or _of_hours(cursor) or _of_iso(cursor):
        cursor.back(before)
        return None
    return year


def _of_iso(cursor: Cursor) -> bool:
    sign, number = cursor.token(), cursor.token(1)
    if sign is None or number is None or sign.text != "-" or number.kind != "number":
        return False
    return sign.glued and number.glued and len(number.text) == 2


def _of_hours(cursor: Cursor) -> bool:
    """Tell whether the number just read is an hour: 9 h, 9:30, 9.30, 9 pm, 12 noon."""
    token, following = cursor.token(), cursor.token(1)
    if token is None:
        return False
    if token.kind == "word":
        named = (token.text,) in (*cursor.words.midday, *cursor.words.midnight)
        dotted = token.text in ("a", "p") and following is not None and following.text == "."
        return named or dotted or token.text in cursor.words.hour_units | MERIDIEMS
    return token.text in (":", ".") and bool(
        following and following.glued and following.kind == "number"
    )
