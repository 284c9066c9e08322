"""Which words on the pages of the new version are new: what change bars stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from moip_press.editions.comparison.changes import Change, Fact, Marks
from moip_press.editions.comparison.document import Record, strings
from moip_press.text.difference import canonical, key

WORDS = frozenset({"text", "notes"})
"""The fields of an event whose lines are marked alone, where nothing else of it has changed."""
KIT = "kit"
"""The owner of what stands in kit.yaml: contacts, boilerplate, partners."""


def marks(changes: Iterable[Change], held: Iterable[tuple[str, Record | None, Record]]) -> Marks:
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
    for text in value if isinstance(value, tuple) else (value,):
        yield from text.split("\n") if isinstance(text, str) else ()


def _keys(found: Record) -> frozenset[str]:
    said = {name: value for name, value in found.items() if name != "events"}
    return frozenset(key(line) for text in strings(said) for line in text.split("\n"))
