"""The days and times of an event as values, however they were written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import total_ordering
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from moip_press.report.diagnostics import Message

Kind = Literal["day", "days", "range", "open", "awaited"]
KINDS: tuple[Kind, ...] = ("day", "days", "range", "open", "awaited")
Part = Literal["", "early", "mid", "late"]
"""The part of a month, where only that is known of a date."""
PARTS: tuple[Part, ...] = ("early", "mid", "late", "")


class WhenError(ValueError):
    """A text that cannot be read as a date without doubt.

    `message` and `hint` are untranslated; `start` and `end` are the offsets, in the text
    that was read, of the words that stand in the way.
    """

    def __init__(self, message: Message, start: int, end: int, hint: Message | None = None) -> None:
        super().__init__(message.id)
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.message, self.start, self.end, self.hint)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return the days from `first` to `last`, both included; none where `last` is earlier."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days that a kit is about, from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period, in order."""
        return days_between(self.start, self.end)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return iter(self.days)


@dataclass(frozen=True, slots=True)
class Slot:
    """Times on a day: from `start` to `end`, to the next day where `end` is not later.

    Without `end`: at `start`, or from `start` on where `onwards`.
    """

    start: time
    end: time | None = None
    onwards: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and (self.onwards or self.end == self.start):
            raise ValueError("a slot has either an end later than its start or none")

    @property
    def key(self) -> tuple[time, bool, time, bool]:
        """What slots are sorted by: start, then end."""
        return self.start, self.end is not None, self.end or time.min, self.onwards


@dataclass(frozen=True, slots=True)
class WrittenWeekday:
    """A weekday that was written with a day: `weekday` counts from Monday, 0.

    `start` and `end` are its offsets in the text.
    """

    day: date
    weekday: int
    start: int
    end: int

    @property
    def right(self) -> bool:
        """True where the day is this weekday."""
        return self.day.weekday() == self.weekday


EVERY_DAY, WORKING_DAYS, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
"""Weekdays, from Monday, 0."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How days come again: each a session of its own, such as every Tuesday of November.

    `weekdays` count from Monday, 0, in order; `every` 2 is every other week, from the first day
    that fits on; `without` are days from `first` to `last` that are left out.
    """

    weekdays: tuple[int, ...]
    first: date
    last: date
    every: int = 1
    without: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days, in order."""
        fitting = [d for d in days_between(self.first, self.last) if d.weekday() in self.weekdays]
        return tuple(day for day in fitting[:: self.every] if day not in self.without)


@total_ordering
@dataclass(frozen=True, slots=True)
class When:
    """When an event takes place.

    `days` in order, each once: of a range all its days, of an open-ended event the first.
    Without `slots` it is all day (or its times are not known); they hold for every day.
    `recurrence` says how the days come again, where each is a session of its own. Where the times
    differ from day to day, `several` are the dates with theirs, and `slots` are empty.
    A date that is `awaited` has no days; its `month`, from the first day on, may be known, and the
    `part` of it.
    Equal values mean the same days and times; the way they were written does not count.
    Sorted by first day, then time, all day first; what is awaited comes last.
    """

    kind: Kind
    days: tuple[date, ...]
    slots: tuple[Slot, ...] = ()
    weekdays_written: tuple[WrittenWeekday, ...] = field(default=(), compare=False)
    recurrence: Recurrence | None = field(default=None, compare=False)
    month: date | None = None
    part: Part = ""
    several: tuple[When, ...] = ()

    def __post_init__(self) -> None:
        if self.kind == "awaited":
            if self.days or self.slots:
                raise ValueError("a date that is awaited has neither days nor times")
            return
        if not self.days or list(self.days) != sorted(set(self.days)):
            raise ValueError("the days of an event are in order, each once")
        if (len(self.days) == 1) != (self.kind in ("day", "open")):
            raise ValueError(f"{len(self.days)} days cannot be of kind {self.kind}")
        if self.kind == "range" and self.days != days_between(self.days[0], self.days[-1]):
            raise ValueError("a range has all days from its first to its last")
        object.__setattr__(self, "slots", tuple(sorted(set(self.slots), key=lambda s: s.key)))

    @property
    def known(self) -> bool:
        """False where the date is still to be confirmed."""
        return self.kind != "awaited"

    @property
    def start(self) -> date:
        """The first day; of a date that is awaited the last of all, which nothing prints."""
        return self.days[0] if self.known else date.max

    @property
    def end(self) -> date | None:
        """The last day; None where it is open-ended or awaited."""
        return self.days[-1] if self.kind not in ("open", "awaited") else None

    @property
    def all_day(self) -> bool:
        """True where no times are given."""
        return not self.slots

    @property
    def wrong_weekdays(self) -> tuple[WrittenWeekday, ...]:
        """The weekdays that were written with a day that is another one."""
        return tuple(written for written in self.weekdays_written if not written.right)

    @property
    def starts(self) -> int:
        """How many sessions it is: each day and hour at which something begins is one.

        Days without hours are one, and so are hours of opening over a range of days, such as
        "du 3 au 28 novembre, 10:00-18:00"; days that come again are one each.
        """
        if self.several or self.recurrence:
            return sum(len(each.slots) or 1 for each in self.each())
        if self.kind == "range":
            hours = sum(slot.end is None and not slot.onwards for slot in self.slots)
            opened = hours < len(self.slots)
            return hours * len(self.days) + opened or 1
        return len(self.slots) * len(self.days) or 1

    def each(self) -> tuple[When, ...]:
        """Return its days: one each where they come again or have other times, or itself."""
        if self.several:
            return tuple(day for when in self.several for day in when.apart())
        return self.apart() if self.recurrence else (self,)

    def apart(self) -> tuple[When, ...]:
        """Return a date for each of its days."""
        return tuple(When("day", (day,), self.slots) for day in self.days)

    def meets(self, period: Period) -> bool:
        """Tell whether a day of the event lies in the period, or may do so."""
        if not self.known:
            month = self.month
            return month is None or any(day.replace(day=1) == month for day in period)
        if self.kind == "open":
            return self.start <= period.end
        return any(day in period for day in self.days)

    @property
    def _key(self) -> tuple[object, ...]:
        slots = tuple(slot.key for slot in (self.several or (self,))[0].slots)
        month = self.month or date.max
        return self.start, slots, KINDS.index(self.kind), self.days, month, PARTS.index(self.part)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        return self._key < other._key


SHORTEST_RANGE = 3
"""From this many days in a row on, days are a range."""


def on_days(days: Sequence[date], slots: Iterable[Slot] = ()) -> When:
    """Return the date that has just these days, in order, with these times on each."""
    if len(days) == 1:
        return When("day", tuple(days), tuple(slots))
    in_a_row = tuple(days) == days_between(days[0], days[-1]) and len(days) >= SHORTEST_RANGE
    return When("range" if in_a_row else "days", tuple(days), tuple(slots))


def in_turn(dates: Iterable[When]) -> When:
    """Return dates that are held in turn as one: with the times of each day."""
    found = sorted(dates)
    times: dict[date, frozenset[Slot]] = {}
    for when in found:
        for day in when.days:
            times[day] = times.get(day, frozenset()) | frozenset(when.slots)
    groups: dict[frozenset[Slot], list[date]] = {}
    for day in sorted(times):
        groups.setdefault(times[day], []).append(day)
    several = tuple(on_days(days, slots) for slots, days in groups.items())
    weekdays = tuple(written for when in found for written in when.weekdays_written)
    if len(several) == 1:
        return replace(several[0], weekdays_written=weekdays)
    days = tuple(sorted(times))
    kind: Kind = "days" if len(days) > 1 else "day"
    return When(kind, days, (), weekdays, several=several)
