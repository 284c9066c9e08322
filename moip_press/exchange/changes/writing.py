"""Decisions as new files: the YAML of the kit with the changes, and ``imports.json``."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from moip_press.exchange.changes.fields import APART, Fields
from moip_press.exchange.changes.proposal import Change, Decision, Item, Proposal
from moip_press.exchange.changes.provenance import Provenance
from moip_press.exchange.changes.remembering import Outcome, remembered
from moip_press.exchange.columns import Row, rows
from moip_press.kit.model import edition, parts, records
from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit import Kit, ids
from moip_press.kit.source import Loc, Source, editing
from moip_press.kit.source.editing import Drop, Insert, Operation, Orders, Put
from moip_press.kit.when import When
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_

YES_WORDS = {True: "yes", False: "no"}
OUI_WORDS = {True: "oui", False: "non"}
ID_FIELD = {"event": "id", "contact": "id", "lab": "id"}
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
    "place": records.Place,
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
    ``imports`` is None where nothing is to be remembered that is not yet.
    """

    texts: Mapping[str, str]
    done: frozenset[str]
    faults: tuple[Diagnostic, ...] = ()
    imports: str | None = None


def write(
    kit: Kit, proposal: Proposal, decisions: Mapping[str, Decision], known: Provenance
) -> Written:
    """Return the files after the changes that are decided. Nothing is written yet."""
    plan = Plan(kit)
    for key, (item, change) in proposal.changes.items():
        if decisions.get(key) is Decision.YES:
            plan.add(key, item, change)
    edited = {
        name: editing.edit(
            plan.sources[name], plan.in_order(operations), _orders(plan.sources[name], kit)
        )
        for name, operations in plan.operations.items()
    }
    refused = {id(each) for done in edited.values() for each in done.refused}
    spoilt = plan.twice | {
        key for key, some in plan.of.items() if any(id(each) in refused for each in some)
    }
    texts = {
        name: done.text for name, done in edited.items() if done.text != plan.sources[name].text
    }
    faults = tuple(_refused(proposal.changes[key][0]) for key in spoilt)
    done = frozenset(plan.of) - spoilt
    after = remembered(proposal, Outcome(decisions, done, plan.ids), known)
    text = after.text()
    return Written(texts, done, faults, text if text != known.text() else None)


@dataclass
class Plan:
    """The operations on each file, and the ids of new records."""

    kit: Kit
    sources: dict[str, Source] = field(default_factory=dict)
    operations: dict[str, list[Operation]] = field(default_factory=lambda: defaultdict(list))
    of: dict[str, list[Operation]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.homes = {(row.kind, row.uid): row for row in rows(self.kit)}
        self.taken = {name for placed in self.kit.parts() for name, _ in ids(placed.part)}
        self.taken |= {row.uid for row in self.homes.values()}
        self.named: set[tuple[str, Loc]] = set()
        self.fields: dict[str, Fields] = {}
        self.words: dict[str, dict[bool, str]] = {}
        self.lists: dict[tuple[str, str], Home] = {}
        self.used: set[tuple[str, str, str]] = set()
        self.twice: set[str] = set()
        self.dated: dict[int, When] = {}

    def add(self, key: str, item: Item, change: Change) -> None:
        """Plan one change."""
        operations = self._existing(item, item.row, change) if item.row else [self._new(key, item)]
        place = (item.kind, item.row.uid, change.path) if item.row else (item.kind, "", key)
        if place in self.used:  # two files, and both were ticked
            self.twice.add(key)
            return
        self.used.add(place)
        source = item.row.source if item.row else self._home(item).source
        self.of[key] = operations
        self.sources[source.name] = source
        self.operations[source.name] += operations

    def _existing(self, item: Item, row: Row, change: Change) -> list[Operation]:
        loc = (*row.loc, *change.path.split("."))
        operations = self._keep_id(row, change)
        fields, node = self._fields(item.kind), row.source.node(loc)
        empty = change.theirs is None or (
            fields.is_default(change.path, change.theirs) and not _noted(row.source, loc)
        )
        if change.theirs is None and node is None:
            return operations
        if empty and node is not None:
            return [*operations, Drop(loc)]
        assert change.theirs is not None  # noqa: S101 -- an empty value has no node here
        value = fields.written(change.path, change.theirs, self._words(row.source))
        return [*operations, Put(loc, value)]

    def _keep_id(self, row: Row, change: Change) -> list[Operation]:
        """Return what writes down an id that is made of a title, where the title changes."""
        made_of = {"event": "title", "lab": "name", "contact": ""}.get(row.kind, "title")
        place = (row.source.name, row.loc)
        written = row.source.node((*row.loc, "id")) is not None
        has_id = "id" in type(row.record).model_fields
        if change.path != made_of or written or not has_id or place in self.named:
            return []
        if "/" in row.uid:
            return []
        self.named.add(place)
        return [Put((*row.loc, "id"), row.uid)]

    def _new(self, key: str, item: Item) -> Operation:
        assert item.incoming is not None  # noqa: S101 -- what is new came from somewhere
        home, fields = self._home(item), self._fields(item.kind)
        words = self._words(home.source)
        record: dict[str, Any] = {}
        if item.kind in ID_FIELD:
            record["id"] = self.ids[key] = self._free_id(item)
        for path, value in item.incoming.values.items():
            if path in APART or value in ("", ()) or fields.is_default(path, value):
                continue
            *above, name = path.split(".")
            inner = record
            for step in above:
                inner = inner.setdefault(step, {})
            inner[name] = fields.written(path, value, words)
        when = fields.meaning(str(item.incoming.values.get("when", "")))
        if not home.dates or not isinstance(when, When):
            return Insert(home.loc, home.count, record)
        operation = Insert(home.loc, bisect_right(home.dates, when), record)
        self.dated[id(operation)] = when
        return operation

    def in_order(self, operations: Sequence[Operation]) -> list[Operation]:
        """Return operations, records that go to one place by their date."""
        dated = [each for each in operations if id(each) in self.dated]
        others = [each for each in operations if id(each) not in self.dated]
        return [*others, *sorted(dated, key=lambda each: self.dated[id(each)])]

    def _free_id(self, item: Item) -> str:
        """Return an id for a new record that nothing in the kit bears."""
        made = slug(item.title)
        name = next(n for n in _numbered(made) if n not in self.taken)
        self.taken.add(name)
        return name

    def _home(self, item: Item) -> Home:
        """Return the list that a new record goes into."""
        if item.kind == "contact":
            return self._list(self.kit.source, ("contacts",))
        owner = next(
            row
            for kind in ("section", "interview", "article", "block")
            if (row := self.homes.get((kind, item.section or "")))
        )
        holds = "labs" if owner.record.type in ("labs", "directory") else "items"
        name = LISTS.get(item.kind, holds)
        key = (item.kind, item.section or "")
        if key not in self.lists:
            events = owner.record.events if item.kind == "event" else ()
            self.lists[key] = self._list(owner.source, (*owner.loc, name), events)
        return self.lists[key]

    def _list(self, source: Source, loc: Loc, records: Sequence[Any] = ()) -> Home:
        node = source.node(loc)
        return Home(source, loc, len(getattr(node, "items", ())), _dates(records))

    def _fields(self, kind: str) -> Fields:
        period = self.kit.edition.period.value
        return self.fields.setdefault(kind, Fields(kind, self.kit.edition.language, period))

    def _words(self, source: Source) -> dict[bool, str]:
        """Return the words for yes and no that a file uses."""
        if source.name not in self.words:
            french = ": oui" in source.text or ": non\n" in source.text
            self.words[source.name] = OUI_WORDS if french else YES_WORDS
        return self.words[source.name]


@dataclass(frozen=True)
class Home:
    """A list of a file, and how many records it has; their dates where these are in order."""

    source: Source
    loc: Loc
    count: int
    dates: Sequence[When] = ()


def _dates(events: Sequence[Any]) -> Sequence[When]:
    """Return the dates of events that stand in their order; none of others, or of one alone."""
    dates = [event.when for event in events]
    ordered = all(not later < earlier for earlier, later in pairwise(dates))
    return dates if len(dates) > 1 and ordered else ()


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _noted(source: Source, loc: Loc) -> bool:
    """Tell whether a comment stands behind a value, which would go with its line."""
    node = source.node(loc)
    if node is None:
        return False
    return "#" in source.text[node.end : source.source.line_end(node.end)]


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
