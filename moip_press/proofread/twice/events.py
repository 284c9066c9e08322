"""The same event told twice (R201): surely one, as imports would say, and a day in common."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.matching import Face, candidates, surely
from moip_press.kit.model.records import Event
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold

MOST_DAYS = 7
MOST_SHOWN = 5
HELD = frozenset({"confirmed", "draft"})


@dataclass(frozen=True, slots=True)
class Told:
    """An event and what it is compared by."""

    placed: PlacedEvent
    face: Face
    days: frozenset[datetime.date]

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.placed.event

    @classmethod
    def of(cls, placed: PlacedEvent) -> Told:
        """Return an event ready to be compared."""
        event = placed.event
        face = Face.of(
            "event",
            event.title,
            holders=event.organisers,
            when=event.when,
            texts=[event.text or ""],
        )
        return cls(placed, face, frozenset(event.when.days))

    def keys(self) -> Iterator[Hashable]:
        """Yield what it may share with another telling of the same event."""
        features = list(self.face.features())
        for day in sorted(self.days)[:MOST_DAYS]:
            yield from ((day, feature) for feature in features)


def told_twice(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each event that stands in the kit more than once."""
    told = [Told.of(placed) for placed in proof.events if placed.event.status in HELD]
    for first, *others in groups(told):
        yield _finding(first, others)


def groups(told: Sequence[Told]) -> list[list[Told]]:
    """Return the events that are the same, in the order of the kit."""
    first: dict[int, int] = {}
    for before, number in candidates(told, Told.keys):
        if number not in first and same_event(told[before], told[number]):
            first[number] = first.get(before, before)
    found: dict[int, list[Told]] = {}
    for number, root in first.items():
        found.setdefault(root, [told[root]]).append(told[number])
    return list(found.values())


def same_event(one: Told, other: Told) -> bool:
    """Tell whether two events are one: nothing about them may speak against it."""
    if not one.days & other.days or _apart(one.event, other.event):
        return False
    return surely(one.face, other.face)


def _apart(one: Event, other: Event) -> bool:
    """Tell whether two events are held at other places, at other times or for other people."""
    pairs = (
        (one.when.slots, other.when.slots),
        (one.region and fold(one.region), other.region and fold(other.region)),
        (one.audience and fold(one.audience), other.audience and fold(other.audience)),
        (_field(one, "town"), _field(other, "town")),
        (_field(one, "venue"), _field(other, "venue")),
        (_field(one, "address"), _field(other, "address")),
    )
    return any(first and second and first != second for first, second in pairs)


def _field(event: Event, name: str) -> str:
    return fold(getattr(event.place, name) or "") if event.place else ""


def _finding(first: Told, others: Sequence[Told]) -> Diagnostic:
    other = others[0]
    within = other.placed.section is first.placed.section
    twice = NP_(
        "“{title}” stands twice, in “{section}” and in “{other}”.",
        "“{title}” stands {count} times, such as in “{section}” and in “{other}”.",
    )
    here = NP_(
        "“{title}” stands twice in “{section}”.",
        "“{title}” stands {count} times in “{section}”.",
    )
    count = len(others) + 1
    message = Message(
        (here if within else twice)[0],
        {
            "title": other.event.title,
            "section": first.placed.section.title or first.placed.section.id,
            "other": other.placed.section.title or other.placed.section.id,
            "count": count,
        },
        (here if within else twice)[1],
        1 if count == 2 else count,
    )
    return finding(
        "R201",
        other.placed.span("title"),
        message,
        Message(N_("Keep one of them, or say in their titles what sets them apart.")),
        related=[_place(each) for each in (first, *others[1:MOST_SHOWN])],
    )


def _place(told: Told) -> Related:
    section = told.placed.section
    message = Message.of(N_("It stands in “{section}” too."), section=section.title or section.id)
    return Related(told.placed.span("title"), message)
