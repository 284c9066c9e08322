"""What an import would change, as values: records, and the fields of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from moip_press.exchange.columns.kit_rows import KitRow
from moip_press.exchange.incoming.batch import Incoming, LeftOut, Value
from moip_press.report.diagnostics import Report


class Nature(StrEnum):
    """Why a change is proposed."""

    NEW = "new"
    """A record that the kit does not have."""
    DOUBTFUL = "doubtful"
    """A record that could be one of the kit, or several: nobody but the team can say."""
    CHANGED = "changed"
    """The source has changed since the last import, and the team has not."""
    FILLED = "filled"
    """The kit has no value yet."""
    DIFFERENT = "different"
    """The two differ, and nobody knows which of them changed: it is the first import."""
    REREAD = "reread"
    """The source says what it said at the last import, and is read better today."""
    CONFLICT = "conflict"
    """Both have changed since the last import."""
    GONE = "gone"
    """The record has left the source."""
    MISSING = "missing"
    """As ``GONE``, with most of the others: it may be another file that was imported."""
    AGAIN = "again"
    """A record that the team took out, and that has changed at the source since."""
    BACK = "back"
    """A record that had left the source, and was cancelled for that, is there again."""


TAKEN = frozenset({Nature.NEW, Nature.CHANGED, Nature.FILLED, Nature.GONE, Nature.BACK})
"""What is done unless somebody says otherwise."""

TITLES = ("title", "name", "organisation", "question", "label", "value")


@dataclass(frozen=True)
class Change:
    """A value of the kit and the one that would take its place; either may be empty.

    ``base`` is the value at the last import. Of a new record, ``path`` is empty.
    """

    path: str
    nature: Nature
    ours: Value | None = None
    theirs: Value | None = None
    base: Value | None = None

    @property
    def taken(self) -> bool:
        """Whether it is done unless somebody says otherwise."""
        return self.nature in TAKEN


@dataclass(frozen=True)
class Item:
    """A record that something would change of, and its changes.

    ``row`` is what it is in the kit, none if it is new; ``incoming`` what it is at the source,
    none where it is gone. ``candidates`` are the records of the kit that a doubtful one could be.
    ``uid`` is the key by which it is remembered, empty where it is not.
    ``kept`` are the fields that the team edited and the source did not, ``unread`` those whose
    new value no kit can hold.
    """

    source: str
    kind: str
    uid: str
    row: KitRow | None
    incoming: Incoming | None
    changes: tuple[Change, ...] = ()
    candidates: tuple[KitRow, ...] = ()
    kept: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    within: KitRow | None = None
    """The event that a session is of."""

    @property
    def title(self) -> str:
        """What the record is called: in the kit, else at the source; a session by its event."""
        if self.within:
            found = self.row or self.incoming
            when = found.values.get("when") if found else None
            return " – ".join(filter(None, (title_of(self.within.values), str(when or ""))))
        known = title_of(self.row.values) if self.row else ""
        coming = title_of(self.incoming.values) if self.incoming else ""
        return known or coming or self.uid

    @property
    def section(self) -> str | None:
        """The section in which it stands, or will."""
        if self.within:
            return self.within.section
        return self.row.section if self.row else self.incoming.section if self.incoming else None

    def key(self, change: Change) -> str:
        """Return the name of a change: with another value on either side it has another name."""
        parts = [self.source, self.kind, self.uid, self.row.uid if self.row else "", change.path]
        values: list[object] = [change.ours, change.theirs]
        if not self.row and self.incoming:
            sessions = [dict(sorted(each.values.items())) for each in self.incoming.sessions]
            values = [self.section, dict(sorted(self.incoming.values.items()))]
            values += [self.within.uid] if self.within else []
            values += [sessions] if sessions else []
        text = json.dumps([*parts, change.nature, *values], ensure_ascii=False)
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:20]


def title_of(values: Mapping[str, Value]) -> str:
    """Return what a record with such values is called; nothing where it has no name."""
    return next((str(values[name]) for name in TITLES if values.get(name)), "")


class Decision(StrEnum):
    """What somebody decided of a change."""

    YES = "yes"
    """It is done."""
    NO = "no"
    """It is not, and is not proposed again before the source changes."""
    LATER = "later"
    """It is not, and is proposed again by the next import."""


@dataclass(frozen=True)
class Proposal:
    """What the files of one import would change, in the order of the kit.

    ``rest`` are the records of the sources that would change nothing: they are remembered too.
    ``left`` are the values of the sources that go nowhere.
    """

    items: tuple[Item, ...]
    rest: tuple[Item, ...] = ()
    report: Report = field(default_factory=Report)
    left: tuple[LeftOut, ...] = ()

    @cached_property
    def changes(self) -> Mapping[str, tuple[Item, Change]]:
        """Every change by its name."""
        return {item.key(change): (item, change) for item in self.items for change in item.changes}

    def usual(self) -> dict[str, Decision]:
        """Return what is decided where nobody decides: conflicts and first differences wait."""
        return {
            key: Decision.YES if change.taken else Decision.LATER
            for key, (_, change) in self.changes.items()
        }

    def number(self, *natures: Nature) -> int:
        """Return how many changes are of these natures."""
        return sum(change.nature in natures for _, change in self.changes.values())
