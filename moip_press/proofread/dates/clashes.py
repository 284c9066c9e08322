"""The same room, person or link for two events or sessions at the same time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from moip_press.kit.model.records import Event, Person
from moip_press.kit.model.sessions import Place, Session
from moip_press.kit.when import When
from moip_press.proofread.dates.days_of_rest import is_open_to_all, takes_place
from moip_press.proofread.passages import Loc, PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place
from moip_press.text.person_names import is_person, looks_like_a_person

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


SHARED_LINK = 3
"""From so many events on, a link leads to a page of many, not to one event's."""
NOWHERE = re.compile(
    r"(?<!\w)(?:en ligne|a distance|visio\w*|lieux?|a confirmer|a preciser|divers|differents|"
    r"online|remote|zoom|teams|webex|various|several|tbc|to be confirmed|partout|everywhere)(?!\w)"
)

Keys = Callable[[Held], Iterator[tuple[str, Loc]]]
"""What only one can have at a time, each with the field of the event that has it."""


def same_place(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the rooms that have two events or sessions at a time."""

    def rooms(held: Held) -> Iterator[tuple[str, Loc]]:
        if room := room_of(held):
            yield room, held.place_loc

    def differ(one: Meeting, other: Meeting) -> bool:
        if one.held.placed is other.held.placed:
            return one.held.of_one_day and other.held.of_one_day
        return not _one_record_twice(one, other)

    yield from _clashes(
        proof,
        rooms,
        differ,
        "D209",
        N_("“{title}” has the same place as “{other}”, at the same time."),
        N_("Correct the place or the time, or name the rooms."),
    )


def room_of(held: Held) -> str | None:
    """Return the room, or the venue where no room is named; None where neither is sure."""
    place = held.place
    if not place or not place.venue or NOWHERE.search(fold_in_place(place.venue)):
        return None
    names = (place.venue, place.town, held.room)
    return " / ".join(fold_in_place(each or "") for each in names)


def same_person(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the people who hold two events at a time, or speak at them."""
    people = [each.value.name for each in proof.kit.values() if isinstance(each.value, Person)]
    people += [contact.name for contact in proof.kit.edition.contacts if contact.name]
    known = set(map(fold_in_place, people))

    def holders(held: Held) -> Iterator[tuple[str, Loc]]:
        event = held.placed.event
        for number, name in enumerate(map(str, event.organisers)):
            if fold_in_place(name) in known or is_person(name):
                yield fold_in_place(name), ("organisers", number)
        for number, speaker in enumerate(event.speakers):
            name = str(speaker).split(",")[0].strip()
            if fold_in_place(name) in known or looks_like_a_person(name):
                yield fold_in_place(name), ("speakers", number)

    def differ(one: Meeting, other: Meeting) -> bool:
        # what stands in one room twice is told of the room
        if one.held.placed is other.held.placed or _one_record_twice(one, other):
            return False
        room = room_of(one.held)
        return room is None or room != room_of(other.held)

    yield from _clashes(
        proof,
        holders,
        differ,
        "D210",
        N_("“{title}” is held by the same person as “{other}”, at the same time."),
        N_("Correct the person or the time."),
    )


def same_link(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the links that lead to two events at a time."""
    site = _address(proof.kit.edition.website or "")
    counts = Counter(link for placed in proof.events for link in dict(_links(placed.event)))

    def links(held: Held) -> Iterator[tuple[str, Loc]]:
        return (
            (link, field)
            for link, field in _links(held.placed.event)
            if link != site and counts[link] < SHARED_LINK
        )

    def differ(one: Meeting, other: Meeting) -> bool:
        return one.title != other.title

    yield from _clashes(
        proof,
        links,
        differ,
        "D211",
        N_("“{title}” has the same link as “{other}”, at the same time."),
        N_("Give each event its own link, or correct the time."),
    )


def _one_record_twice(one: Meeting, other: Meeting) -> bool:
    """Return whether two are one event that stands in the kit twice, which R201 reports."""
    same = one.title == other.title and (one.start, one.end) == (other.start, other.end)
    return same and room_of(one.held) == room_of(other.held)


def _links(event: Event) -> Iterator[tuple[str, Loc]]:
    """Yield the links to a page of their own, and not to a site's front door."""
    for field in ("registration", "link"):
        link = getattr(event, field) or ""
        parts = urlsplit(link)
        if parts.scheme in ("http", "https") and (parts.path.strip("/") or parts.query):
            yield _address(link), (field,)


def _address(link: str) -> str:
    parts = urlsplit(link)
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}#{parts.fragment}"


def _clashes(
    proof: Proof,
    keys: Keys,
    differ: Callable[[Meeting, Meeting], bool],
    code: str,
    sentence: str,
    hint: str,
) -> Iterator[Diagnostic]:
    """Yield one finding for each room, person or link that has two events at a time.

    ``differ`` tells which two cannot be at once.
    """
    groups: dict[str, list[tuple[Held, Loc]]] = {}
    for placed in proof.events:
        if is_open_to_all(placed.event, proof.language):
            continue
        for held in held_in(placed):
            for key, field in reversed([*keys(held)]):
                groups.setdefault(key, []).append((held, field))
    for group in groups.values():
        fields = dict(group[::-1])
        if clash := clash_in(list(dict.fromkeys(held for held, _ in group)), differ):
            yield _finding(clash, fields[clash.second], code, sentence, hint)


def _finding(clash: Clash, field: Loc, code: str, sentence: str, hint: str) -> Diagnostic:
    first, second = clash.first, clash.second
    titles = {"title": second.placed.event.title, "other": first.placed.event.title}
    message = Message(sentence, titles)
    if first.placed is second.placed:
        message = Message.of(
            N_("Two sessions of “{title}” are in the same place at the same time."),
            title=titles["title"],
        )
    return finding(
        code,
        second.placed.span(*field),
        message,
        hint,
        related=[
            Related(
                each.placed.span(*each.when_loc),
                Message.of(N_("“{title}” is then."), title=each.placed.event.title),
            )
            for each in (first, *clash.others)
        ],
    )
