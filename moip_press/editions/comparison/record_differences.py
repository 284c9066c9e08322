"""What differs between two events, two texts of a kit, or two kits, as readers see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.editions.comparison.changes import KINDS, Change, Fact, Sessions, Value
from moip_press.editions.comparison.counterparts import match
from moip_press.editions.comparison.document import (
    NOTHING,
    Document,
    Record,
    day,
    items,
    moment,
    record,
    strings,
    text,
    texts,
)
from moip_press.kit.matching import Face
from moip_press.kit.model.fields import slug
from moip_press.kit.when import When
from moip_press.kit.when.moments import days_between
from moip_press.text.difference import canonical, cut, same

EDITORIAL = "editorial"
"""The kind of change of all records that are neither events nor contacts."""

# The kind of change that a field stands for; see ``KINDS``.
KIND_OF = {
    "status": "confirmed",
    "postponed_to": "postponed",
    "when": "moved",
    "sessions": "moved",
    "particulars": "place",
    "section": "section",
    "title": "retitled",
    "organisers": "organiser",
    "place": "place",
    "online": "place",
    "timezone": "place",
    "audience": "place",
    "age": "place",
    "price": "place",
    "duration": "place",
    "capacity": "place",
    "languages": "place",
    "speakers": "text",
    "access": "place",
    "fields": "text",
    "registration": "place",
    "link": "place",
    "text": "text",
    "notes": "text",
    "links": "text",
}
STATES = {"cancelled": "cancelled", "postponed": "postponed", "draft": "unconfirmed"}
"""The kind of change that a new status stands for; others confirm the event."""
SAID_OF_SESSION = ("room", "price", "booking", "language", "timezone", "note")
"""What may differ between sessions beside their dates and places."""
TOLD = ("when", "organisers", "place", "online", "status")
"""What is shown of an event that was added or removed."""
JOINED = re.compile(r"\s+(?:et|and)\s+")
"""What joins the last of several names: a line “A, B et C” says no more than the three names."""


@dataclass(frozen=True)
class Section:
    """A section as far as its events need to know it: who it is in both versions, its title."""

    key: str
    title: str
    id: str = ""


NOWHERE = Section("", "")


def event_face(event: Record) -> Face:
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


def event_change(old: Record, new: Record, before: Section, after: Section) -> Change | None:
    """Return the change from one event to the other, ``None`` where a reader sees none."""
    facts = list(_event_facts(old, new, before, after))
    if not facts:
        return None
    facts.sort(key=lambda fact: KINDS.index(_kind(fact)))
    return _event_change(new, after, "changed", _kind(facts[0]), tuple(facts))


def event_added(event: Record, section: Section) -> Change:
    """Return the change of an event that is new; one that never takes place is cancelled."""
    kind = "cancelled" if text(event, "status") == "cancelled" else "added"
    return _event_change(event, section, "added", kind, tuple(_facts_of_whole(event, new=True)))


def event_removed(event: Record, section: Section) -> Change:
    """Return the change of an event that is gone."""
    return _event_change(
        event, section, "removed", "removed", tuple(_facts_of_whole(event, new=False))
    )


def _event_change(
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
        event_value(event, "organisers"),
    )


def _kind(fact: Fact) -> str:
    if fact.field == "status":
        return STATES.get(fact.new, "confirmed") if isinstance(fact.new, str) else "confirmed"
    return KIND_OF[fact.field]


def _facts_of_whole(event: Record, *, new: bool) -> Iterator[Fact]:
    for name in TOLD:
        value = event_value(event, name)
        if value and (name, value) != ("status", "confirmed"):
            yield Fact(name, None, value) if new else Fact(name, value, None)


def _event_facts(old: Record, new: Record, before: Section, after: Section) -> Iterator[Fact]:
    if before.key != after.key:
        yield Fact("section", before.title, after.title)
    if old == new:
        return
    many = items(old, "sessions") or items(new, "sessions")
    for name in KIND_OF:
        if name == "when" and many:
            yield from _session_facts(old, new)
            continue
        one, other = event_value(old, name), event_value(new, name)
        if not alike(one, other):
            yield Fact(name, one, other)


def _session_facts(old: Record, new: Record) -> Iterator[Fact]:
    """Yield the sessions that differ, as one fact: their dates, or else what is said of them."""
    before, after = (_sessions(event) for event in (old, new))
    gone = Sessions(tuple(each for each in before if each not in after))
    come = Sessions(tuple(each for each in after if each not in before))
    if gone or come:
        dates = [sorted(when for when, *_ in each) for each in (before, after)]
        yield Fact("sessions" if dates[0] != dates[1] else "particulars", gone, come)


def _sessions(event: Record) -> tuple[tuple[When, str, str], ...]:
    """Return the sessions of an event; of one without a list, its only one."""
    found = []
    for each in items(event, "sessions") or [event]:
        own = each is not event
        place = event_value(each, "place") if own else None
        words = [place if isinstance(place, str) else ""]
        words += [text(each, name) for name in SAID_OF_SESSION] if own else []
        when = moment(record(each, "postponed_to")) or moment(record(each, "when"))
        if when:
            status = text(each, "status") if own else ""
            found.append((when, status or "confirmed", ", ".join(filter(None, words))))
    return tuple(found)


def event_value(event: Record, name: str) -> Value:
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
        case "links" | "speakers" | "access" | "languages":
            return texts(event, name) or None
        case "fields":
            own = record(event, "fields")
            return tuple(f"{key}: {text(own, key)}" for key in own) or None
        case "status":
            return text(event, "status") or "confirmed"
        case _:
            return text(event, name) or None


def alike(old: Value, new: Value) -> bool:
    """Tell whether two values read the same."""
    if old == new:
        return True
    if isinstance(old, When | bool | Sessions) or isinstance(new, When | bool | Sessions):
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


LISTS = {
    "body": "block",
    "items": "item",
    "exchanges": "exchange",
    "labs": "lab",
    "rows": "entry",
    "closing_links": "link",
    "contacts": "contact",
    "partners": "partner",
    "people": "person",
    "images": "picture",
}
"""The lists of records that a record may hold, and what each record in them is."""
ITEM_OF = {"key-figures": "figure", "cards": "card", "missions": "mission", "faq": "exchange"}
NAMES = ("title", "name", "question", "label", "organisation", "email", "telephone", "value")
"""What a record is called by, the first that it has."""
APART = {"id", "type", "events", "language", "columns"}
"""What is compared elsewhere, or not printed."""


def _name_of(found: Record) -> str:
    """Return what a record is called, or else how its text begins."""
    names = (text(found, name) for name in NAMES)
    return next(filter(None, names), "") or cut(next(strings(dict(found)), ""), 8)


def record_face(found: Record, sort: str) -> Face:
    """Return what a record is known by."""
    title, own = next(filter(None, (text(found, name) for name in NAMES)), ""), text(found, "id")
    return Face.of(
        f"{sort} {text(found, 'type')}",
        title,
        texts=strings(dict(found)),
        id=own,
        given=bool(own) and own != slug(title),
    )


def list_changes(
    old: Sequence[Record], new: Sequence[Record], sort: str, kind: str, section: Section
) -> Iterator[Change]:
    """Yield the changes of records in a list: changed, added, removed, in the order of print."""
    found = match(old, new, lambda record: record_face(record, sort))
    for one, other in found.pairs:
        yield from record_changes(old[one], new[other], sort, kind, section)
    for place in found.new:
        yield whole_record(new[place], "added", sort, kind, section)
    for place in found.gone:
        yield whole_record(old[place], "removed", sort, kind, section)


def record_changes(
    old: Record, new: Record, sort: str, kind: str, section: Section
) -> Iterator[Change]:
    """Yield the change of one record, then those of the records that it holds."""
    if old == new:
        return
    facts = tuple(record_facts(old, new))
    if facts:
        yield Change(
            kind, "changed", sort, _name_of(new), text(new, "id"), section.title, section.id, facts
        )
    for name in LISTS:
        if name in old or name in new:
            yield from list_changes(
                items(old, name), items(new, name), _sort_in(new, name), kind, section
            )


def _sort_in(holder: Record, name: str) -> str:
    """Return what the records of a list are: a figure, a card, a line of a table."""
    kind = text(holder, "type")
    if name == "labs" and kind == "directory":
        return "entry"
    return ITEM_OF.get(kind, LISTS[name]) if name == "items" else LISTS[name]


def whole_record(found: Record, act: str, sort: str, kind: str, section: Section) -> Change:
    """Return the change of a record that was added or removed, with its first words."""
    title = _name_of(found)
    said = cut(" ".join(line for line in strings(dict(found)) if line != title))
    fact = Fact("text", None, said) if act == "added" else Fact("text", said, None)
    own, facts = text(found, "id"), (fact,) if said else ()
    return Change(kind, act, sort, title, own, section.title, section.id, facts)


def record_facts(old: Record, new: Record) -> Iterator[Fact]:
    """Yield the texts that differ, those of a record within the record too."""
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if name in APART or (name in LISTS and not isinstance(other or one, str)):
            continue
        if isinstance(one, dict) or isinstance(other, dict):
            below = (value if isinstance(value, dict) else NOTHING for value in (one, other))
            yield from (fact for fact in record_facts(*below) if fact.field != "links")
            continue
        before, after = (_record_value(found, name) for found in (old, new))
        if not alike(before, after):
            yield Fact(name, before, after)


def _record_value(found: Record, name: str) -> str | tuple[str, ...] | None:
    if name == "cells":  # their order counts
        return " | ".join(texts(found, name))
    return text(found, name) or texts(found, name) or None


KIT_FIELDS = (
    "title",
    "version",
    "date_of_issue",
    "embargo",
    "status",
    "period",
    "periods",
    "subtitle",
    "tagline",
    "claim",
    "hashtag",
    "kind",
    "language",
    "publisher",
    "website",
    "place_of_issue",
    "closing",
    "credits",
)
LONGEST = 4000


def kit_changes(old: Document, new: Document) -> Iterator[Change]:
    """Yield the changes of the partners, the boilerplate and the kit itself."""
    before, after = old.kit, new.kit
    partners = items(before, "partners"), items(after, "partners")
    yield from list_changes(*partners, "partner", EDITORIAL, NOWHERE)
    yield from _about(record(before, "about"), record(after, "about"))
    pairs = [(name, kit_value(before, name), kit_value(after, name)) for name in KIT_FIELDS]
    facts = tuple(Fact(name, one, other) for name, one, other in pairs if not alike(one, other))
    if facts:
        yield Change("kit", "changed", "kit", new.title, facts=facts)


def _about(old: Record, new: Record) -> Iterator[Change]:
    if old and new:
        yield from record_changes(old, new, "about", EDITORIAL, NOWHERE)
    elif old or new:
        yield whole_record(new or old, "added" if new else "removed", "about", EDITORIAL, NOWHERE)


def kit_value(kit: Record, name: str) -> Value:
    """Return what is printed of a kit under a name, ``None`` where nothing is."""
    if name == "period":
        return _period(record(kit, name))
    if name == "periods":
        found = items(kit, name)
        named = (f"{_name_of(p)} ({text(p, 'start')} – {text(p, 'end')})" for p in found)
        return tuple(named) or None
    if name == "embargo":
        return moment(record(kit, name)) or text(kit, name) or None
    if name == "status":
        return "draft" if text(kit, name) == "draft" else None
    if name == "publisher":
        return text(record(kit, name), "name") or None
    written = text(kit, name)
    issued = day(written) if name == "date_of_issue" else None
    return When("day", (issued,)) if issued else written or None


def _period(found: Record) -> Value:
    start, end = day(text(found, "start")), day(text(found, "end"))
    if not start or not end or not 0 <= (end - start).days < LONGEST:
        return None
    return When("range", days_between(start, end)) if start < end else When("day", (start,))
