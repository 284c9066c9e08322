"""When and where an event is held: one session or many.

What an event says once, such as its place or its price, holds for each of its sessions that says
nothing of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from moip_press.kit.model.fields import (
    Id,
    LanguageTag,
    Link,
    NewDateText,
    Record,
    SessionStatus,
    Text,
    TimeZone,
    WhenText,
    YesNo,
)
from moip_press.kit.when import When


class Place(Record):
    """Where an event is held."""

    plain_field = "venue"

    venue: Text | None = None
    """The building or the room."""
    address: Text | None = None
    """The street and number."""
    town: Text | None = None
    """The town, with its postcode where you know it: 29200 Brest."""

    @property
    def in_words(self) -> str:
        """The venue and its town, as headings and indexes name them."""
        return ", ".join(str(part) for part in (self.venue, self.town) if part)


class Session(Record):
    """One of several times that an event is held."""

    plain_field = "when"

    when: WhenText
    """When it takes place, as one writes it."""
    id: Id | None = None
    """The name by which calendars know it again. Without it, made from its day and hour."""
    place: Place | None = None
    """Where it is held. Without it, where the event is."""
    room: Text | None = None
    """The room or hall, printed after the place."""
    online: YesNo = False
    """Yes if it can be followed online."""
    status: SessionStatus = "confirmed"
    """Whether it takes place as announced, and whether there are seats: full if there are none."""
    postponed_to: NewDateText = None
    """The new date of a session that is postponed."""
    price: Text | None = None
    """What it costs, where that differs from the event."""
    booking: Link | None = None
    """Where to book a seat. Without it, where one registers for the event."""
    timezone: TimeZone | None = None
    """The time zone of its hours, such as Indian/Reunion. Without it, that of the kit."""
    language: LanguageTag | None = None
    """The language that is spoken there: fr, en, fsl."""
    note: Text | None = None
    """A few words printed after it, such as with an interpreter."""

    @classmethod
    def at(cls, when: When) -> Session:
        """Return a session of which no more is known than its date."""
        return cls(when=when)

    @property
    def held(self) -> When | None:
        """When it is held as things stand; None where it is cancelled or its date is to come."""
        if self.status == "cancelled":
            return None
        held = self.postponed_to if self.status == "postponed" else self.when
        return held if held and held.known else None

    @property
    def left(self) -> bool:
        """Whether this is the line at its old date, which refers to the new one."""
        return False

    @property
    def heading(self) -> tuple[object, ...]:
        """What sessions share that differ in their days alone, so that one line can name them."""
        moment = self.postponed_to or self.when
        place = tuple(self.place.model_dump().values()) if self.place else None
        moved = self.when if self.status == "postponed" else None
        said = (self.room, self.online, self.status, self.price, self.booking, self.timezone)
        return place, moment.slots, moved, *said, self.language, self.note


def all_days(sessions: Sequence[Session]) -> When | None:
    """Return the days on which an event is held, in all its sessions, with the hours they share.

    Cancelled sessions count only where there are no others. None without sessions.
    """
    held = [each.held for each in sessions]
    written = [each.when for each in sessions]
    moments = [m for m in held if m] or [m for m in written if m.known] or written[:1]
    if len(moments) < 2:
        return moments[0] if moments else None
    days = tuple(sorted(set(chain.from_iterable(moment.days for moment in moments))))
    slots = moments[0].slots if len({moment.slots for moment in moments}) == 1 else ()
    weekdays = tuple(chain.from_iterable(moment.weekdays_written for moment in moments))
    if any(moment.kind == "open" for moment in moments):
        return When("open", days[:1], slots, weekdays)
    return When("days" if len(days) > 1 else "day", days, slots, weekdays)


class LeftDate(Session):
    """The old date of a session that was moved, as a line that refers to the new one."""

    @property
    def left(self) -> bool:
        """Whether this is the line at its old date."""
        return True


def by_heading(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """Return sessions with those that differ in their days alone as one, in order of date.

    A cancelled or postponed one stands by itself; one that was moved, at its new date, and its
    old date refers to it.
    """
    lines = [line for each in sessions for line in _lines(each)]
    found: dict[tuple[object, ...], list[Session]] = {}
    for each in sorted(lines, key=lambda line: line.when if line.left else line.held or line.when):
        alone = each.status in ("cancelled", "postponed") or each.when.kind in ("open", "awaited")
        moment = (each.when, each.left) if alone else None
        found.setdefault((*each.heading, moment), []).append(each)
    return tuple(
        group[0].model_copy(update={"when": all_days(group)}) if len(group) > 1 else group[0]
        for group in found.values()
    )


def _lines(session: Session) -> tuple[Session, ...]:
    """Return the line of a session, before it that of its old date where it was moved."""
    moved = session.status == "postponed" and session.held
    if not moved or set(session.when.days) <= set(moved.days):
        return (session,)
    return (LeftDate.model_construct(**dict(session)), session)


def names(sessions: Sequence[Session]) -> tuple[str, ...]:
    """Return the name of each session within its event: its id, else made from its day and hour.

    Of several that begin at once the later ones are numbered.
    """
    found: list[str] = []
    known = Counter[str]()
    for session in sessions:
        begins = session.when.slots[0].start.strftime("t%H%M") if session.when.slots else ""
        day = f"{session.when.start:%Y%m%d}" if session.when.known else "date"
        name = session.id or day + begins
        known[name] += 1
        found.append(f"{name}-{known[name]}" if known[name] > 1 else name)
    return tuple(found)


def of_one_day(session: Session) -> tuple[Session, ...]:
    """Return a session for each day, where several are listed: "3, 5 et 7 novembre, 20:30"."""
    if session.when.kind != "days":
        return (session,)
    moments = [When("day", (day,), session.when.slots) for day in session.when.days]
    return tuple(session.model_copy(update={"when": moment}) for moment in moments)
