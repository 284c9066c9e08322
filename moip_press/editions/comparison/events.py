"""What differs between two events, and which change that is to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.editions.comparison.changes import KINDS, Change, Fact, Value
from moip_press.editions.comparison.document import Record, moment, record, strings, text, texts
from moip_press.kit.matching import Face
from moip_press.kit.model.fields import slug
from moip_press.kit.when import When
from moip_press.text.difference import canonical, same

# The kind of change that a field stands for; see ``KINDS``.
KIND_OF = {
    "status": "confirmed",
    "postponed_to": "postponed",
    "when": "moved",
    "section": "section",
    "title": "retitled",
    "organisers": "organiser",
    "place": "place",
    "online": "place",
    "audience": "place",
    "registration": "place",
    "link": "place",
    "text": "text",
    "notes": "text",
    "links": "text",
}
STATES = {"cancelled": "cancelled", "postponed": "postponed", "draft": "unconfirmed"}
"""The kind of change that a new status stands for; others confirm the event."""
TOLD = ("when", "organisers", "place", "online", "status")
"""What is told of an event that was added or removed."""


@dataclass(frozen=True)
class Section:
    """A section as far as its events need to know it: who it is in both versions, its title."""

    key: str
    title: str
    id: str = ""


JOINED = re.compile(r"\s+(?:et|and)\s+")
"""What joins the last of several names: a line “A, B et C” says no more than the three names."""
NOWHERE = Section("", "")


def face(event: Record) -> Face:
    """Return what an event is known by."""
    title, own = text(event, "title"), text(event, "id")
    return Face.of(
        "event",
        title,
        holders=texts(event, "organisers") or (text(event, "organisers_line"),),
        when=moment(record(event, "when")),
        texts=strings(event.get("text")),
        id=own,
        given=bool(own) and own != slug(title),
    )


def compared(old: Record, new: Record, before: Section, after: Section) -> Change | None:
    """Return the change from one event to the other, ``None`` where a reader sees none."""
    facts = list(_facts(old, new, before, after))
    if not facts:
        return None
    facts.sort(key=lambda fact: KINDS.index(_kind(fact)))
    return _change(new, after, "changed", _kind(facts[0]), tuple(facts))


def added(event: Record, section: Section) -> Change:
    """Return the change of an event that is new; one that never takes place is cancelled."""
    kind = "cancelled" if text(event, "status") == "cancelled" else "added"
    return _change(event, section, "added", kind, tuple(_told(event, new=True)))


def removed(event: Record, section: Section) -> Change:
    """Return the change of an event that is gone."""
    return _change(event, section, "removed", "removed", tuple(_told(event, new=False)))


def _change(
    event: Record, section: Section, act: str, kind: str, facts: tuple[Fact, ...]
) -> Change:
    return Change(
        kind,
        act,
        "event",
        text(event, "title"),
        text(event, "id"),
        section.title,
        section.id,
        facts,
        moment(record(event, "when")),
        value_of(event, "organisers"),
    )


def _kind(fact: Fact) -> str:
    if fact.field == "status":
        return STATES.get(fact.new, "confirmed") if isinstance(fact.new, str) else "confirmed"
    return KIND_OF[fact.field]


def _told(event: Record, *, new: bool) -> Iterator[Fact]:
    for name in TOLD:
        value = value_of(event, name)
        if value and (name, value) != ("status", "confirmed"):
            yield Fact(name, None, value) if new else Fact(name, value, None)


def _facts(old: Record, new: Record, before: Section, after: Section) -> Iterator[Fact]:
    if before.key != after.key:
        yield Fact("section", before.title, after.title)
    if old == new:
        return
    for name in KIND_OF:
        one, other = value_of(old, name), value_of(new, name)
        if not alike(one, other):
            yield Fact(name, one, other)


def value_of(event: Record, name: str) -> Value:
    """Return what is printed of an event under a name, ``None`` where nothing is."""
    match name:
        case "when" | "postponed_to":
            return moment(record(event, name))
        case "organisers":
            line = text(event, "organisers_line")
            return line or texts(event, "organisers") or None
        case "place":
            place = record(event, "place")
            known = (text(place, part) for part in ("venue", "address", "town"))
            return ", ".join(filter(None, known)) or None
        case "online":
            return event.get("online") is True
        case "notes":
            return texts(event, "notes") or None
        case "links":
            return texts(event, "links") or None
        case "status":
            return text(event, "status") or "confirmed"
        case _:
            return text(event, name) or None


def alike(old: Value, new: Value) -> bool:
    """Tell whether two values read the same."""
    if old == new:
        return True
    if isinstance(old, When | bool) or isinstance(new, When | bool):
        return False
    if isinstance(old, tuple) and isinstance(new, tuple):
        return sorted(map(canonical, old)) == sorted(map(canonical, new))
    if old and new and isinstance(old, tuple) != isinstance(new, tuple):
        return same(*(JOINED.sub(", ", _one_line(each)) for each in (old, new)))
    return same(_one_line(old), _one_line(new))


def _one_line(value: Value) -> str:
    """Return names as a line."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else ""
