"""Decisions as new files: the YAML of the kit with the changes, and ``imports.json``."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from moip_press.exchange.changes.field_values import (
    APART,
    WITH_ID,
    FieldValues,
    as_record,
    in_yaml,
    is_default,
    written_values,
)
from moip_press.exchange.changes.proposal import Change, Decision, Item, Proposal
from moip_press.exchange.changes.provenance import Outcome, Provenance, provenance_after
from moip_press.exchange.changes.session_edits import SessionEdits, named, new_record
from moip_press.exchange.columns.kit_rows import KitRow, rows_of
from moip_press.exchange.incoming.batch import Incoming
from moip_press.kit import editing
from moip_press.kit.editing import Drop, Insert, Operation, Orders, Put
from moip_press.kit.model import edition, parts, records, sessions
from moip_press.kit.model.fields import free_name, slug
from moip_press.kit.model.kit import Kit, ids
from moip_press.kit.source import Loc, Source
from moip_press.kit.when import When
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_

YES_WORDS = {True: "yes", False: "no"}
OUI_WORDS = {True: "oui", False: "non"}
LISTS = {"event": "events", "exchange": "exchanges", "block": "body"}
"""Where records of a kind stand in what holds them; others in ``labs`` or ``items``."""
_WHOLE: Mapping[str, type[BaseModel]] = {
    "kit": edition.Edition,
    "editorial": parts.Editorial,
    "interview": parts.Interview,
    "article": parts.Article,
    "programme": parts.Programme,
}
_PARTS: Mapping[str, type[BaseModel]] = {
    "events": records.Event,
    "sessions": sessions.Session,
    "place": sessions.Place,
    "contacts": records.Contact,
    "labs": records.Lab,
    "exchanges": records.Exchange,
    "items": records.Card,
    "author": records.Person,
    "person": records.Person,
    "portrait": records.Image,
    "image": records.Image,
    "logo": records.Logo,
}
"""The records that stand below a field, whose fields go in the order of the model."""


@dataclass(frozen=True)
class Written:
    """What is to be written: the new text of each file by its name, and ``imports.json``.

    ``done`` are the names of the changes that are made, ``faults`` says which cannot be.
    ``imports`` is None where nothing is to be remembered that is not yet. ``files`` has for each
    file how many new records it gets, and how many of its values change.
    """

    texts: Mapping[str, str]
    done: frozenset[str]
    faults: tuple[Diagnostic, ...] = ()
    imports: str | None = None
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def apply_decisions(
    kit: Kit, proposal: Proposal, decisions: Mapping[str, Decision], known: Provenance
) -> Written:
    """Return the files after the changes that are decided. Nothing is written yet."""
    plan = Plan(kit)
    for key, (item, change) in proposal.changes.items():
        if decisions.get(key) is Decision.YES:
            plan.add(key, item, change)
    plan.add_sessions()
    edited = {
        name: editing.edit(source, plan.operations(name), _orders(source, kit))
        for name, source in plan.sources.items()
    }
    refused = {id(each) for done in edited.values() for each in done.refused}
    spoilt = plan.twice | {
        key for key, some in plan.of.items() if any(id(each) in refused for each in some)
    }
    texts = {
        name: done.text for name, done in edited.items() if done.text != plan.sources[name].text
    }
    done = frozenset(plan.of) - spoilt
    text = provenance_after(
        proposal, Outcome(decisions, done, plan.ids, plan.sessions_of), known
    ).text()
    return Written(
        texts,
        done,
        tuple(_refused(item) for key, (item, _) in proposal.changes.items() if key in spoilt),
        text if text != known.text() else None,
        plan.counted(done),
    )


@dataclass(frozen=True)
class RecordList:
    """A list of a file, and how many records it has; their dates, None where out of order."""

    source: Source
    loc: Loc
    count: int
    dates: Sequence[When] | None = None


class Plan:
    """The operations on each file, and the ids of new records.

    ``of`` has the operations of each change, ``files`` the file of each, and whether it is a new
    record; ``twice`` the changes of a field that another change has already: two files, and
    somebody ticked both.
    """

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.values = FieldValues.of(kit)
        self.sources: dict[str, Source] = {}
        self.of: dict[str, list[Operation]] = {}
        self.ids: dict[str, str] = {}
        self.sessions_of: dict[str, Sequence[tuple[str, Incoming]]] = {}
        self.files: dict[str, tuple[str, bool]] = {}
        self.twice: set[str] = set()
        self._undated: dict[str, list[Operation]] = defaultdict(list)
        self._dated: dict[str, list[tuple[When, Operation]]] = defaultdict(list)
        self._rows = {(row.kind, row.uid): row for row in rows_of(kit)}
        self._taken = {name for placed in kit.parts() for name, _ in ids(placed.part)}
        self._taken |= {row.uid for row in self._rows.values()}
        self._named: set[tuple[str, Loc]] = set()
        self._used: set[tuple[str, str, str]] = set()
        self._words: dict[str, dict[bool, str]] = {}
        self._lists: dict[tuple[str, str], RecordList] = {}
        self._sessions: dict[str, SessionEdits] = {}

    def counted(self, done: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return how many new records and changed values each file gets."""
        found: dict[str, tuple[int, int]] = {}
        for key, (name, new) in self.files.items():
            if key in done:
                made, changed = found.get(name, (0, 0))
                found[name] = (made + new, changed + (not new))
        return dict(sorted(found.items()))

    def operations(self, name: str) -> list[Operation]:
        """Return the operations on a file; records that go to one place are in order of date."""
        dated = sorted(self._dated[name], key=lambda each: each[0])
        return [*self._undated[name], *(operation for _, operation in dated)]

    def add(self, key: str, item: Item, change: Change) -> None:
        """Plan one change."""
        if item.within is not None:
            source = item.within.source
            words = self._yes_words(source)
            edits = SessionEdits(item.within, self.values, words)
            self._sessions.setdefault(item.within.uid, edits).add(key, item, change)
            self.sources[source.name] = source
            self.files[key] = (source.name, item.row is None)
            return
        if item.row is None:
            self._add_new(key, item)
            return
        place = (item.kind, item.row.uid, change.path)
        if place in self._used:
            self.twice.add(key)
            return
        self._used.add(place)
        source = item.row.source
        self.of[key] = self._changed(item.kind, item.row, change)
        self.sources[source.name] = source
        self.files[key] = (source.name, False)
        self._undated[source.name] += self.of[key]

    def add_sessions(self) -> None:
        """Plan what was decided on sessions, those of an event together."""
        for edits in self._sessions.values():
            row = edits.event
            waiting = self._undated[row.source.name]
            moved = [
                each for each in waiting if isinstance(each, Put) and each.loc == (*row.loc, "when")
            ]
            when = moved[0].value if moved and edits.becomes_several else None
            made: dict[int, Operation] = {}
            for key, operations in edits.operations(when):
                self.of[key] = operations
                made |= {id(each): each for each in operations}
            if when is not None:
                waiting.remove(moved[0])
                whole = list(made.values())
                self.of |= {key: whole for key, some in self.of.items() if moved[0] in some}
            waiting += made.values()
            for key, session in edits.new:
                name, _ = next(iter(named([session], self.values)), ("", session))
                self.ids[key] = f"{row.uid}.{name}"

    def _changed(self, kind: str, row: KitRow, change: Change) -> list[Operation]:
        """Return what changes a field of a record of the kit."""
        loc = (*row.loc, *change.path.split("."))
        operations = self._keep_id(row, change)
        node = row.source.node(loc)
        if change.theirs is None and node is None:
            return operations
        if node is not None and (
            change.theirs is None
            or (is_default(kind, change.path, change.theirs) and not _noted(row.source, node.end))
        ):
            return [*operations, Drop(loc)]
        assert change.theirs is not None  # noqa: S101 -- an empty value has no node here
        value = in_yaml(kind, change.path, change.theirs, self._yes_words(row.source))
        return [*operations, Put(loc, value)]

    def _keep_id(self, row: KitRow, change: Change) -> list[Operation]:
        """Return what writes down an id that is made from the title, before the title changes."""
        made_of = "name" if row.kind == "lab" else "title"
        place = (row.source.name, row.loc)
        has_id = "id" in type(row.record).model_fields and "/" not in row.uid
        written = row.source.node((*row.loc, "id")) is not None
        if change.path != made_of or written or not has_id or place in self._named:
            return []
        self._named.add(place)
        return [Put((*row.loc, "id"), row.uid)]

    def _add_new(self, key: str, item: Item) -> None:
        """Plan a new record: at its date where the others of its list stand in order, else last."""
        assert item.incoming is not None  # noqa: S101 -- what is new came from somewhere
        place = self._list_for(item)
        words = self._yes_words(place.source)
        record: dict[str, Any] = {}
        if item.kind in WITH_ID:
            record["id"] = self.ids[key] = self._free_id(item)
        values = written_values(item.kind, item.incoming.values)
        told = {path: value for path, value in values.items() if path not in APART}
        record |= as_record(item.kind, told, words)
        when = self.values.meaning(item.incoming.values.get("when", ""))
        if sessions := item.incoming.sessions:
            record["sessions"] = [new_record(each, words) for each in sessions]
            self.sessions_of[key] = named(sessions, self.values)
            dates = [self.values.meaning(each.values.get("when", "")) for each in sessions]
            when = min((each for each in dates if isinstance(each, When)), default=when)
        file = place.source.name
        if isinstance(when, When):
            at = place.count if place.dates is None else bisect_right(place.dates, when)
            operation = Insert(place.loc, at, record)
            self._dated[file].append((when, operation))
        else:
            operation = Insert(place.loc, place.count, record)
            self._undated[file].append(operation)
        self.of[key] = [operation]
        self.files[key] = (file, True)
        self.sources[file] = place.source

    def _free_id(self, item: Item) -> str:
        """Return an id for a new record that nothing in the kit has."""
        name = free_name(slug(item.title), self._taken)
        self._taken.add(name)
        return name

    def _list_for(self, item: Item) -> RecordList:
        """Return the list that a new record goes into."""
        key = (item.kind, item.section or "")
        if key not in self._lists:
            self._lists[key] = self._find_list(item)
        return self._lists[key]

    def _find_list(self, item: Item) -> RecordList:
        if item.kind == "contact":
            return _list_at(self.kit.source, ("contacts",))
        owner = next(
            row
            for kind in ("section", "interview", "article", "block")
            if (row := self._rows.get((kind, item.section or "")))
        )
        holds = "labs" if owner.record.type in ("labs", "directory") else "items"
        events = owner.record.events if item.kind == "event" else ()
        return _list_at(owner.source, (*owner.loc, LISTS.get(item.kind, holds)), events)

    def _yes_words(self, source: Source) -> dict[bool, str]:
        """Return the words for yes and no in the language that a file uses."""
        if source.name not in self._words:
            french = ": oui" in source.text or ": non\n" in source.text
            self._words[source.name] = OUI_WORDS if french else YES_WORDS
        return self._words[source.name]


def _list_at(source: Source, loc: Loc, events: Sequence[Any] = ()) -> RecordList:
    """Return the list at a place of a file."""
    dates = [event.when for event in events]
    ordered = all(not later < earlier for earlier, later in pairwise(dates))
    size = len(getattr(source.node(loc), "items", ()))
    return RecordList(source, loc, size, dates if ordered else None)


def _noted(source: Source, end: int) -> bool:
    """Tell whether a comment follows a value on its line: it would be removed with the line."""
    return "#" in source.text[end : source.source.line_end(end)]


def _orders(source: Source, kit: Kit) -> Orders:
    """Return what tells the order of the fields of records of a file."""
    root: Any = source.plain()
    kind = "kit" if source.name == kit.source.name else str(root.get("type", ""))
    whole = _WHOLE.get(kind, parts.Part)

    def order(loc: Loc) -> Sequence[str]:
        names = [step for step in loc if isinstance(step, str)]
        known = _PARTS.get(names[-1]) if names else whole
        return list(known.model_fields) if known else ()

    return order


def _refused(item: Item) -> Diagnostic:
    place = item.incoming.place("") if item.incoming else None
    at = item.row.source.span(item.row.loc) if item.row else Span.of_file("")
    return Diagnostic.error(
        "M507",
        place.span if place and not item.row else at,
        Message.of(
            N_("“{title}” cannot be changed here without changing more than that."),
            title=item.title,
        ),
        Message(N_("Change it by hand in this file.")),
    )
