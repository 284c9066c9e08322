"""Decisions on sessions as changes of the list ``sessions:`` of their event.

A day that stands among others in one entry (“3, 5 et 7 novembre”) leaves it where it changes alone;
an event with one date gets a list where it gets a second session.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from moip_press.exchange.changes.field_values import (
    FieldValues,
    as_record,
    is_default,
    written_values,
)
from moip_press.exchange.changes.proposal import Change, Item
from moip_press.exchange.columns.kit_rows import PLACE, KitRow
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.kit import editing
from moip_press.kit.editing import Drop, Insert, Operation, Put
from moip_press.kit.model.records import Event
from moip_press.kit.model.sessions import Session, names, of_one_day
from moip_press.kit.source import Loc, MapNode
from moip_press.kit.when import When, write_when
from moip_press.kit.when.moments import on_days

KIND = "session"
MOVED_INTO = ("status", "postponed_to")
"""What an event with one date says of it, and says of that session alone once it has others."""

Record = dict[str, Any]


@dataclass
class SessionEdits:
    """What is decided on the sessions of one event: changes of those it has, and new ones."""

    event: KitRow
    values: FieldValues
    yes: Mapping[bool, str]
    changes: dict[Loc, dict[str, tuple[KitRow, list[tuple[str, Change]]]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    new: list[tuple[str, Incoming]] = field(default_factory=list)

    def add(self, key: str, item: Item, change: Change) -> None:
        """Note a decision."""
        if item.row is None:
            assert item.incoming is not None  # noqa: S101 -- what is new came from somewhere
            self.new.append((key, item.incoming))
        else:
            some = self.changes[item.row.loc].setdefault(item.row.uid, (item.row, []))
            some[1].append((key, change))

    # --- as operations --------------------------------------------------------------------

    def operations(
        self, when: editing.Value | None = None
    ) -> Iterator[tuple[str, list[Operation]]]:
        """Yield each decision with what makes it; ``when`` is the new date of the event itself."""
        for loc, sessions in self.changes.items():
            yield from self._changed(loc, list(sessions.values()))
        if self.new and self._listed:
            dates = [each.when for each in self._event.sessions]
            ordered = all(not later < earlier for earlier, later in pairwise(dates))
            for key, session in sorted(self.new, key=lambda each: self._date(each[1])):
                at = bisect_right(dates, self._date(session)) if ordered else len(dates)
                yield key, [Insert((*self.event.loc, "sessions"), at, self._record(session))]
        elif self.new:
            made = list(self._become_several(when))
            yield from ((key, made) for key, _ in self.new)

    @property
    def _event(self) -> Event:
        event: Event = self.event.record
        return event

    @property
    def _listed(self) -> bool:
        return self.event.source.node((*self.event.loc, "sessions")) is not None

    @property
    def becomes_several(self) -> bool:
        """Whether an event with one date gets others."""
        return bool(self.new) and not self._listed

    def _date(self, session: Incoming) -> When:
        found = self.values.meaning(session.values.get("when", ""))
        return found if isinstance(found, When) else When("awaited", ())

    def _record(self, session: Incoming) -> Record:
        return new_record(session, self.yes)

    def _become_several(self, when: editing.Value | None) -> Iterator[Operation]:
        """Yield what makes a list of the one date of an event, with the new sessions."""
        loc, plain = self.event.loc, self.event.plain
        first: Record = {"when": when or str(plain.get("when", ""))}
        yield Drop((*loc, "when"))
        if self.event.values.get("status") in ("cancelled", "postponed"):
            for name in MOVED_INTO:
                if name in plain:
                    first[name] = str(plain[name])
                    yield Drop((*loc, name))
        dated = [(self._event.when, first)]
        dated += [(self._date(session), self._record(session)) for _, session in self.new]
        dated.sort(key=lambda each: each[0])
        yield Put((*loc, "sessions"), [record for _, record in dated])

    # --- sessions of one entry --------------------------------------------------------------

    def _changed(
        self, loc: Loc, sessions: Sequence[tuple[KitRow, list[tuple[str, Change]]]]
    ) -> Iterator[tuple[str, list[Operation]]]:
        """Yield what changes one entry of the list, in which several days may stand."""
        entry = self._event.sessions[int(loc[-1])]
        days = len(of_one_day(entry))
        said = [{c.path: c.theirs for _, c in changes} for _, changes in sessions]
        alike = len(sessions) == days and all(each == said[0] for each in said)
        if days == 1 or (alike and "when" not in said[0]):
            made = list(self._of_fields(sessions[0][0], dict(said[0])))
            for _, each in sessions:
                yield from ((key, made) for key, _ in each)
            return
        made = list(self._split(loc, entry, sessions))
        yield from ((key, made) for _, changes in sessions for key, _ in changes)

    def _of_fields(self, row: KitRow, values: dict[str, Value | None]) -> Iterator[Operation]:
        """Yield what changes fields of an entry, or the entry as a whole where it is one text."""
        record = self._after(row, values)
        if not isinstance(row.source.node(row.loc), MapNode):
            yield Put(row.loc, record["when"] if record.keys() == {"when"} else record)
            return
        before = row.plain
        for name in record.keys() | before.keys():
            if name not in record:
                yield Drop((*row.loc, name))
            elif name == "place" and isinstance(row.source.node((*row.loc, name)), MapNode):
                place, held = record[name], before[name]
                yield from (
                    Put((*row.loc, name, n), at) for n, at in place.items() if held.get(n) != at
                )
                yield from (Drop((*row.loc, name, n)) for n in held if n not in place)
            elif record[name] != before.get(name):
                yield Put((*row.loc, name), record[name])

    def _after(self, row: KitRow, values: dict[str, Value | None]) -> Record:
        """Return an entry with its changes; one that gets a place of its own gets it as a whole.

        What it is known by is written down where its date changes: it is made from that.
        """
        own: dict[str, Value | None] = dict(row.own)
        if any(path in PLACE for path in values):
            own |= {path: row.values[path] for path in PLACE if path in row.values}
        own |= values
        known = row.name if "when" in values or row.plain.get("id") else None
        kept = {p: v for p, v in own.items() if v is not None and not is_default(KIND, p, v)}
        rest = {name: at for name, at in row.plain.items() if name not in OF_TABLES}
        return {**({"id": known} if known else {}), **rest, **as_record(KIND, kept, self.yes)}

    def _split(
        self, loc: Loc, entry: Session, sessions: Sequence[tuple[KitRow, list[tuple[str, Change]]]]
    ) -> Iterator[Operation]:
        """Yield what takes days out of an entry that lists several, an entry each."""
        changed = {row.said: row for row, _ in sessions}
        days = of_one_day(entry)
        places = [n for n, each in enumerate(days) if self._words(each.when) not in changed]
        left = [days[number].when.start for number in places]
        apart = [self._after(row, {c.path: c.theirs for _, c in some}) for row, some in sessions]
        node = sessions[0][0].source.node(loc)
        if left:
            words = self._words(on_days(left, entry.when.slots))
            yield Put((*loc, "when") if isinstance(node, MapNode) else loc, words)
            if entry.id and places[0]:  # the name of the first of them, as it was
                yield Put((*loc, "id"), f"{entry.id}-{places[0] + 1}")
        else:
            yield Put(loc, apart.pop(0))
        at = int(loc[-1]) + 1
        yield from (Insert(loc[:-1], at, record) for record in apart)

    def _words(self, when: When) -> str:
        return write_when(when, self.values.language, self.values.period) or ""


OF_TABLES = frozenset(
    ("id", "when", "place", "room", "online", "price", "booking", "status", "postponed_to", "note")
) | {"language", "timezone"}
"""The fields of a session that tables have; any other stays as it is written."""


def new_record(session: Incoming, yes: Mapping[bool, str]) -> Record:
    """Return a new session as it is written."""
    return as_record(KIND, written_values(KIND, session.values), yes)


def named(sessions: Sequence[Incoming], values: FieldValues) -> list[tuple[str, Incoming]]:
    """Return new sessions of an event with the names that they get, a day each."""
    found: list[tuple[Session, Incoming]] = []
    for session in sessions:
        when = values.meaning(session.values.get("when", ""))
        for each in of_one_day(Session.at(when)) if isinstance(when, When) else ():
            words = write_when(each.when, values.language, values.period) or ""
            said = {**session.values, "when": words}
            found.append((each, session if each.when == when else replace(session, values=said)))
    made = names([session for session, _ in found])
    return [(name, session) for name, (_, session) in zip(made, found, strict=True)]
