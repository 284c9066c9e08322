"""Two versions of a kit become the changes from one to the other. Reads and writes no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from moip_press.editions.comparison.changes import KINDS, Change, Changes, Fact, Marks
from moip_press.editions.comparison.counterparts import Matches, match
from moip_press.editions.comparison.document import (
    NOTHING,
    Document,
    Record,
    Standing,
    items,
    strings,
    text,
)
from moip_press.editions.comparison.record_differences import (
    EDITORIAL,
    NOWHERE,
    Section,
    event_added,
    event_change,
    event_face,
    event_removed,
    kit_changes,
    list_changes,
    record_changes,
    record_face,
    whole_record,
)
from moip_press.kit.matching import Face
from moip_press.text.difference import canonical, key

FURNITURE = frozenset({"cover", "contents", "contacts", "about", "partners", "credits", "changes"})
"""Parts that hold nothing of their own: what they print is compared with the kit."""
WORDS_OF_EVENT = 4
"""An event that a part holds says as much of it as so many words of its text."""
WORDS = frozenset({"text", "notes"})
"""The fields of an event whose lines are marked alone, where nothing else of it has changed."""
KIT = "kit"
"""The owner of what stands in kit.yaml: contacts, boilerplate, partners."""


def compare(old: Document, new: Document) -> Changes:
    """Return what a reader of ``old`` finds changed in ``new``.

    Where one of the two is a handout and the other is not, only what it holds is compared.
    """
    partial = (old.handout is None) != (new.handout is None)
    before, after = _scoped(old, new) if partial else (old, new)
    comparison = _Comparison(before, after)
    found = sorted(comparison.changes(), key=lambda change: KINDS.index(change.kind))
    return Changes(old, new, tuple(found), _marks(found, comparison.held()), partial)


class _Comparison:
    """Two versions, matched once: events first, then the parts that hold them."""

    def __init__(self, old: Document, new: Document) -> None:
        self.old, self.new = old, new
        self.before, self.after = old.events(), new.events()
        self.events = match(
            [each.record for each in self.before],
            [each.record for each in self.after],
            event_face,
        )
        self.parts = self._parts()
        self._keys = dict(self.parts.pairs)

    def changes(self) -> Iterator[Change]:
        """Yield all changes, each kind in the order of print."""
        yield from self._of_events()
        yield from list_changes(
            items(self.old.kit, "contacts"),
            items(self.new.kit, "contacts"),
            "contact",
            "contact",
            NOWHERE,
        )
        yield from self._of_parts()
        yield from kit_changes(self.old, self.new)

    def held(self) -> Iterator[tuple[str, Record | None, Record]]:
        """Yield what the new version holds beside events: its owner, the old one, the new one."""
        origin = {other: self.old.parts[one] for one, other in self.parts.pairs}
        for place, part in enumerate(self.new.parts):
            yield text(part, "id"), origin.get(place), part
        yield KIT, self.old.kit, self.new.kit

    def _of_events(self) -> Iterator[Change]:
        for one, other in self.events.pairs:
            old, new = self.before[one], self.after[other]
            change = event_change(
                old.record,
                new.record,
                self._section(old, new=False),
                self._section(new, new=True),
            )
            if change:
                yield change
        for place in self.events.new:
            yield event_added(self.after[place].record, self._section(self.after[place], new=True))
        for place in self.events.gone:
            old = self.before[place]
            yield event_removed(old.record, self._section(old, new=False))

    def _section(self, event: Standing, *, new: bool) -> Section:
        if event.section < 0:
            return NOWHERE
        part = (self.new if new else self.old).parts[event.section]
        known = event.section if new else self._keys.get(event.section)
        key = f"gone {event.section}" if known is None else str(known)
        return Section(key, text(part, "title"), text(part, "id"))

    def _of_parts(self) -> Iterator[Change]:
        for one, other in self.parts.pairs:
            old, new = self.old.parts[one], self.new.parts[other]
            yield from record_changes(old, new, _sort(new), EDITORIAL, _standing(new))
        for place in self.parts.new:
            yield from self._whole(self.new.parts[place], "added")
        for place in self.parts.gone:
            yield from self._whole(self.old.parts[place], "removed")

    def _whole(self, part: Record, act: str) -> Iterator[Change]:
        if text(part, "type") not in FURNITURE:
            yield whole_record(_head(part), act, _sort(part), EDITORIAL, _standing(part, own=True))

    def _parts(self) -> Matches:
        """Return which part is which: by id, title, text and the events that it holds."""
        held: dict[int, list[str]] = defaultdict(list)
        same = dict(self.events.pairs)
        olds, news = (
            (self.old, self.before, same),
            (self.new, self.after, {n: n for n in same.values()}),
        )
        for document, events, numbers in (olds, news):
            for place, event in enumerate(events):
                if event.section >= 0:
                    word = f"event {numbers[place]}" if place in numbers else ""
                    held[id(document.parts[event.section])] += [word] * WORDS_OF_EVENT

        def face(part: Record) -> Face:
            found = record_face(_head(part), "part")
            return replace(found, words=tuple(sorted(held[id(part)])) or found.words)

        return match(self.old.parts, self.new.parts, face)


def _head(part: Record) -> Record:
    """Return a part without its events."""
    return {name: value for name, value in part.items() if name != "events"} if part else NOTHING


def _standing(part: Record, *, own: bool = False) -> Section:
    """Return where the records of a part stand; a part that is itself a change stands nowhere."""
    return Section("", "" if own else text(part, "title"), text(part, "id"))


def _sort(part: Record) -> str:
    """Return what a part is to a reader: an editorial, an interview, a section."""
    found = text(part, "type")
    return "section" if found == "programme" else found or "part"


def _scoped(old: Document, new: Document) -> tuple[Document, Document]:
    """Return both versions, the one that is no handout cut down to what the other one holds."""
    if new.handout is not None:
        return _cut(old, new), new
    return old, _cut(new, old)


def _cut(whole: Document, held: Document) -> Document:
    found = match(held.parts, whole.parts, lambda part: record_face(_title(part), "part"))
    parts = tuple(whole.parts[place] for _, place in found.pairs)
    known = {text(contact, "id") for contact in items(held.kit, "contacts")}
    kit = {name: value for name, value in whole.kit.items() if name in held.kit}
    kit["contacts"] = [c for c in items(whole.kit, "contacts") if text(c, "id") in known]
    gathered = _gathered(whole, held)
    return replace(whole, kit=kit, parts=parts, handout={"events": gathered} if gathered else None)


def _gathered(whole: Document, held: Document) -> list[Record]:
    """Return the events that the handout gathers, as they are in the whole kit."""
    wanted = items(held.handout or {}, "events")
    known = [each.record for each in whole.events()]
    return [known[place] for _, place in match(wanted, known, event_face).pairs] if wanted else []


def _title(part: Record) -> Record:
    return {name: part[name] for name in ("id", "type", "title") if name in part}


def _marks(changes: Iterable[Change], held: Iterable[tuple[str, Record | None, Record]]) -> Marks:
    """Return what is new; ``held`` gives each part of the new version, its id and the old one."""
    whole: set[str] = set()
    lines: dict[str, frozenset[str]] = {}
    for change in changes:
        if change.record == "event" and change.act != "removed":
            found = _new_lines(change)
            if found:
                lines[change.id] = found
            else:
                whole.add(change.id)
    for owner, old, new in held:
        said = _keys(new) - (_keys(old) if old else frozenset())
        if said:
            lines[owner] = said
    return Marks(frozenset(whole), MappingProxyType(lines))


def _new_lines(change: Change) -> frozenset[str]:
    """Return the lines that are new in an event of which only words have changed, else none."""
    if change.act != "changed" or any(fact.field not in WORDS for fact in change.facts):
        return frozenset()
    found = [frozenset(_lines_of(fact)) for fact in change.facts]
    return frozenset().union(*found) if all(found) else frozenset()


def _lines_of(fact: Fact) -> Iterator[str]:
    before = {canonical(line) for line in _lines(fact.old)}
    for line in _lines(fact.new):
        if canonical(line) not in before:
            yield key(line)


def _lines(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, tuple) else (value,):
        yield from each.split("\n") if isinstance(each, str) else ()


def _keys(found: Record) -> frozenset[str]:
    said = {name: value for name, value in found.items() if name != "events"}
    return frozenset(key(line) for text in strings(said) for line in text.split("\n"))
