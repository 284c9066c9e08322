"""When and where each event and session is held, and which of them are so at one time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from moip_press.kit.model.sessions import Place, Session
from moip_press.kit.when import When
from moip_press.proofread.dates.days_of_rest import takes_place
from moip_press.proofread.passages import Loc, PlacedEvent
from moip_press.text.folding import fold_in_place

LONG = 31
"""Days beyond which an event is no appointment that another could clash with."""
DAY = 24 * 60


@dataclass(frozen=True, eq=False)
class Held:
    """An event, or a session of it, as it is held at one place.

    ``when`` are its dates; ``when_loc`` and ``place_loc`` say where in the event these are written.
    """

    placed: PlacedEvent
    when: tuple[When, ...]
    place: Place | None
    room: str | None = None
    when_loc: Loc = ("when",)
    place_loc: Loc = ("place",)

    @property
    def of_one_day(self) -> bool:
        """Whether it is held on a single day."""
        return len(self.when) == 1 and len(self.when[0].days) == 1


class Meeting(NamedTuple):
    """What is held from one minute to another of a day: its number among others, its title."""

    start: int
    end: int
    number: int
    title: str
    held: Held


class Clash(NamedTuple):
    """Two that are held at a time, and others of the same key that clash with one of them."""

    first: Held
    second: Held
    others: tuple[Held, ...]


def held_in(placed: PlacedEvent) -> Iterator[Held]:
    """Yield an event at its date, or each of its sessions at its own, as things stand."""
    event = placed.event
    if not takes_place(event):
        if event.status == "postponed" and event.postponed_to and not event.sessions:
            yield Held(placed, (event.postponed_to,), event.place, None, ("postponed_to",))
        return
    for number, session in enumerate(event.sessions):
        if session.held:
            yield _of_session(placed, number, session)
    if not event.sessions:
        yield Held(placed, event.when.several or (event.when,), event.place)


def _of_session(placed: PlacedEvent, number: int, session: Session) -> Held:
    loc = ("sessions", number)
    own = "room" if session.room else "place" if session.place else None
    when = "postponed_to" if session.status == "postponed" else "when"
    return Held(
        placed,
        (session.held,) if session.held else (),
        session.place or placed.event.place,
        session.room,
        (*loc, when),
        (*loc, own) if own else ("place",),
    )


def clash_in(held: Sequence[Held], differ: Callable[[Meeting, Meeting], bool]) -> Clash | None:
    """Return the first that another overlaps, and the others; those of the first come first."""
    days: dict[date, list[Meeting]] = {}
    for number, each in enumerate(held if len(held) > 1 else ()):
        for day, meeting in _meetings(each, number):
            days.setdefault(day, []).append(meeting)
    pairs = {
        (min(pair), max(pair))
        for meetings in days.values()
        for pair in _neighbours(meetings, differ)
    }
    if not pairs:
        return None
    first = min(pairs)[0]
    own = {other for one, other in pairs if one == first}
    rest = {number for pair in pairs for number in pair} - own - {first}
    second, *others = (*sorted(own), *sorted(rest))
    return Clash(held[first], held[second], tuple(held[number] for number in others))


def _neighbours(
    meetings: Iterable[Meeting], differ: Callable[[Meeting, Meeting], bool]
) -> Iterator[tuple[int, int]]:
    """Yield each meeting that begins while another is under way, with the longest such.

    Where one has no end, the other must be under way.
    """
    longest, *others = sorted(meetings, key=lambda meeting: meeting[:3])
    for meeting in others:
        meet = meeting.start < longest.end or meeting.start == longest.start
        if meet and meeting.number != longest.number and differ(longest, meeting):
            yield longest.number, meeting.number
        if meeting.end > longest.end:
            longest = meeting


def _meetings(held: Held, number: int) -> Iterator[tuple[date, Meeting]]:
    title = fold_in_place(held.placed.event.title)
    for when in held.when:
        for slot in when.slots if len(when.days) <= LONG else ():
            start = slot.start.hour * 60 + slot.start.minute
            end = start if slot.end is None else slot.end.hour * 60 + slot.end.minute
            if slot.end is not None and end <= start:
                end += DAY
            if not slot.onwards:
                yield from ((day, Meeting(start, end, number, title, held)) for day in when.days)
