"""What a comparison finds: changes, each with the facts that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from moip_press.editions.comparison.document import Document
from moip_press.kit.when import When


@dataclass(frozen=True)
class Sessions:
    """Sessions of an event: when each is held, its status, and what else is said of it."""

    each: tuple[tuple[When, str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.each)


Value = str | When | bool | tuple[str, ...] | Sessions | None

KINDS = (
    "cancelled",
    "postponed",
    "confirmed",
    "unconfirmed",
    "moved",
    "added",
    "removed",
    "place",
    "organiser",
    "retitled",
    "section",
    "text",
    "contact",
    "editorial",
    "kit",
)
"""What a change can be, the most important to a reader first."""

Act = str  # "added", "removed" or "changed"


@dataclass(frozen=True)
class Fact:
    """One thing that differs: the field, what it was, what it is."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Change:
    """One record that differs, under the kind that matters most to a reader.

    ``record`` says what it is: "event", "contact", "editorial", "lab"… ``id`` is that in the new
    version, or the old one's where it is gone; ``section`` and ``part`` are title and id of the
    part that it stands in.
    ``facts`` begin with the one that gives the kind; of a record that was added or removed, they
    tell what it is.
    """

    kind: str
    act: Act
    record: str
    title: str
    id: str = ""
    section: str = ""
    part: str = ""
    facts: tuple[Fact, ...] = ()
    when: When | None = None
    """When an event takes place, in the new version, or in the old one where it is gone."""
    holders: Value = None
    """Who holds an event: their names, or the line that is printed instead."""

    def fact(self, name: str) -> Fact | None:
        """Return the fact of a field, if it differs."""
        return next((fact for fact in self.facts if fact.field == name), None)


@dataclass(frozen=True)
class Marks:
    """What is new on the pages, by the id of the record that holds it.

    ``whole`` are records that are new or changed all over; ``lines`` the texts that are new in
    the others, as ``wording.key`` writes them.
    """

    whole: frozenset[str] = frozenset()
    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """All changes from one version to another, in the order of importance."""

    old: Document
    new: Document
    changes: tuple[Change, ...] = ()
    marks: Marks = Marks()
    partial: bool = False
    """Whether only what a handout holds was compared."""

    def __bool__(self) -> bool:
        return bool(self.changes)

    def groups(self) -> Mapping[str, tuple[Change, ...]]:
        """Return the changes by kind, without kinds that have none."""
        found = {kind: tuple(c for c in self.changes if c.kind == kind) for kind in KINDS}
        return {kind: changes for kind, changes in found.items() if changes}
