"""An event as the stretches of time that calendars know."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moip_press.kit.model.records import Event
from moip_press.kit.when import Period, Slot, When

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Occurrence:
    """Days in a row with the same hours on each; without hours, all day."""

    first: datetime.date
    days: int
    slot: Slot | None = None

    @property
    def last(self) -> datetime.date:
        """The last day."""
        return self.first + (self.days - 1) * ONE_DAY

    def begins(self, zone: datetime.tzinfo | None) -> datetime.datetime | datetime.date:
        """Return its beginning on the first day: a day where it has no hours."""
        if self.slot is None:
            return self.first
        return datetime.datetime.combine(self.first, self.slot.start, zone)

    def ends(self, zone: datetime.tzinfo | None) -> datetime.datetime | None:
        """Return its end on the first day; none where it is not known."""
        if self.slot is None or self.slot.end is None:
            return None
        night = ONE_DAY if self.slot.end <= self.slot.start else 0 * ONE_DAY
        return datetime.datetime.combine(self.first + night, self.slot.end, zone)


def present(event: Event) -> When:
    """Return when an event takes place as things stand."""
    return (event.status == "postponed" and event.postponed_to) or event.when


def takes_place(event: Event) -> bool:
    """Tell whether an event takes place at a time that is known."""
    return event.status != "cancelled" and not (
        event.status == "postponed" and event.postponed_to is None
    )


def occurrences(when: When, period: Period) -> tuple[Occurrence, ...]:
    """Return the stretches of an event; one without an end lasts the period."""
    days = when.days
    if when.kind == "open":
        count = max((period.end - when.start).days, 0) + 1
        days = tuple(when.start + n * ONE_DAY for n in range(count))
    slots = when.slots or (None,)
    return tuple(Occurrence(first, n, slot) for first, n in _in_a_row(days) for slot in slots)


def _in_a_row(days: Iterable[datetime.date]) -> Iterator[tuple[datetime.date, int]]:
    """Yield the first of each row of days, and how many they are."""
    first, count = None, 0
    for day in days:
        if first is not None and day == first + count * ONE_DAY:
            count += 1
            continue
        if first is not None:
            yield first, count
        first, count = day, 1
    if first is not None:
        yield first, count
