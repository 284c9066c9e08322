"""Three values of each field: at the last import, as it comes now, and in the kit.

What the team edited is kept, what the source changed is proposed, and where both did, nothing is
decided. A record that has left its source is proposed as cancelled; none is ever taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from moip_press.exchange.changes.field_values import APART, FieldValues, tidy
from moip_press.exchange.changes.proposal import Change, Item, Nature, Proposal, title_of
from moip_press.exchange.changes.provenance import OWN, TABLE, Entry, Provenance
from moip_press.exchange.changes.session_merge import KIND as SESSION
from moip_press.exchange.changes.session_merge import EventSessions, for_all
from moip_press.exchange.columns.kit_rows import KitRow, rows_of
from moip_press.exchange.incoming.batch import Batch, Incoming, LeftOut, Value
from moip_press.exchange.incoming.import_job import Fields, quoted
from moip_press.kit.matching import match
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Programme
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Span
from moip_press.report.messages import N_

IN_SECTIONS = "event"
CALENDAR = "ics:"
OWNERS = ("article", "interview", "block")
"""What records that are no events stand in."""
WHOLE_PARTS = frozenset({"editorial", "interview", "article", "section"})

Found = tuple[Incoming, "KitRow | None", tuple[KitRow, ...]]
"""A record with the row that it is, or the rows that it could be, or neither."""


def propose(kit: Kit, batches: Iterable[Batch], known: Provenance, section: str | None) -> Proposal:
    """Return what the batches would change in a kit, of which ``known`` was imported before.

    ``section`` is the section for new events that name none.
    """
    merge = Merge(kit, known, section)
    for batch in batches:
        merge.batch(batch)
    place = {row.uid: number for number, row in enumerate(merge.rows)}

    def order(item: Item) -> int:
        found = item.row or item.within
        return place[found.uid] if found else len(place)

    items = sorted((item for item in merge.items if item.changes), key=order)
    rest = tuple(item for item in merge.items if not item.changes)
    return Proposal(tuple(items), rest, Report.of(merge.faults), tuple(merge.left))


@dataclass
class Merge:
    """Merges batches one by one; in each, a record of the kit is matched once.

    ``wanted`` are the values that earlier batches want for fields of the kit.
    """

    kit: Kit
    known: Provenance
    section: str | None
    items: list[Item] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    wanted: dict[tuple[str, str, str], Value | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values = FieldValues.of(self.kit)
        self.rows = list(rows_of(self.kit))
        self.by_id = {(row.kind, row.uid): row for row in self.rows}
        self.free = dict(self.by_id)
        self.whole = False
        self.sessions: dict[str, list[KitRow]] = defaultdict(list)
        for row in self.rows:
            if row.kind == SESSION:
                self.sessions[row.section or ""].append(row)
        self.sessions_known: dict[tuple[str, str], dict[str, Entry]] = defaultdict(dict)
        for source, key, entry in self.known.entries():
            if entry.kind == SESSION:
                event = entry.id.partition(".")[0]
                self.sessions_known[source, event][key] = entry
        self.programmes = {row.uid for row in self.rows if isinstance(row.record, Programme)}
        self.others = {row.uid for row in self.rows if row.kind in OWNERS}
        sections = [part.id for part in self.kit.sections()]
        self.usual_section = self.section or (sections[0] if len(sections) == 1 else None)
        self.last: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for source, _, entry in self.known.entries():
            self.last[entry.kind, entry.id].append((source, entry))

    # --- one file -------------------------------------------------------------------------

    def batch(self, batch: Batch) -> None:
        """Merge the records of one file."""
        self.faults += batch.report.diagnostics
        self.left += batch.left
        self.free = dict(self.by_id)
        self.whole = batch.complete and batch.report.ok
        found = list(self._found(batch))
        seen = {record.uid or (row.uid if row else "") for record, row, _ in found}
        for record, row, could in found:
            if not could:
                self._merged(batch.source, record, row)
        for record, _, could in found:
            if could:
                self._doubtful(batch.source, record, could)
        if self.whole:  # a row that cannot be read is not gone
            self._gone(batch.source, seen)

    def _found(self, batch: Batch) -> Iterator[Found]:
        """Yield the records of a file: those known by their keys, then those known by likeness."""
        waiting: dict[str, list[Incoming]] = defaultdict(list)
        for record in map(_tidied, self._once(batch.records)):
            row = self._known_row(batch.source, record)
            if row is None:
                waiting[record.kind].append(record)
            else:
                self.free.pop((row.kind, row.uid), None)
                yield record, row, ()
        for kind, some in waiting.items():
            yield from self._likened(kind, some)

    def _once(self, records: Iterable[Incoming]) -> Iterator[Incoming]:
        """Yield records; of those with the same key, the first."""
        seen: dict[tuple[str, str], Incoming] = {}
        for record in records:
            first = seen.setdefault((record.kind, record.uid), record) if record.uid else record
            if first is record:
                yield record
            else:
                self.faults.append(_twice(first, record))

    def _known_row(self, source: str, record: Incoming) -> KitRow | None:
        """Return the row that a record was at the last import, or the one with its id."""
        entry = self.known.of(source).get(record.uid or "")
        if entry:
            ids = [entry.id]
        else:
            ids = [str(record.values.get("id", ""))]
            if source.startswith((OWN, TABLE)) or record.kind != IN_SECTIONS:
                ids.insert(0, record.uid or "")
        return next((row for name in ids if (row := self.free.get((record.kind, name)))), None)

    def _likened(self, kind: str, records: Sequence[Incoming]) -> Iterator[Found]:
        """Yield records with what they are or could be.

        A row is recognised by its values now, and by those of the last import.
        """
        rows = [row for row in self.free.values() if row.kind == kind]
        face = partial(self.values.face, kind)
        faces = [
            [face(row.values, days=self.values.all_days(self.sessions.get(row.uid, ())))]
            + [face(entry.values) for _, entry in self.last.get((kind, row.uid), ())]
            for row in rows
        ]
        found = match(
            faces, [face(r.values, days=self.values.all_days(r.sessions)) for r in records]
        )
        pairs = {after: rows[before] for before, after in found.pairs}
        for number, record in enumerate(records):
            could = tuple(rows[before] for before in found.doubts.get(number, ()))
            for row in could or filter(None, [pairs.get(number)]):
                self.free.pop((kind, row.uid), None)  # nor is it gone from the source
            yield record, None if could else pairs.get(number), could

    # --- one record -----------------------------------------------------------------------

    def _merged(self, source: str, record: Incoming, row: KitRow | None) -> None:
        if row is None:
            self._new(source, record)
            return
        uid = record.uid or row.uid
        entry = None if source.startswith(OWN) else self._last_of(source, uid, row)
        base = entry.values if entry else record.base
        sessions = self._sessions(source, record, row) if row.kind == IN_SECTIONS else None
        items: list[Item] = []
        alike: list[Change] = []
        if sessions and not sessions.idle:
            items, own = list(sessions.items(self._compared)), sessions.own
            items, alike = for_all(items, sessions.ours) if own else (items, [])
            record = sessions.event()
        changes, kept = self._compared(source, record, row, entry, base)
        changes += alike
        if entry and entry.gone:
            changes = _back(row, record, changes)
        self.items.append(
            Item(source, record.kind, uid, row, record, tuple(changes), kept=tuple(kept))
        )
        self.items += items

    def _sessions(self, source: str, record: Incoming, row: KitRow) -> EventSessions:
        ours = self.sessions.get(row.uid, ())
        known = self.sessions_known.get((source, row.uid), {})
        whole = self.whole and not source.startswith(OWN)
        return EventSessions(source, row, ours, record, known, whole, self.values)

    def _compared(
        self,
        source: str,
        record: Incoming,
        row: KitRow,
        entry: Entry | None,
        base: Mapping[str, Value] | None,
    ) -> tuple[list[Change], list[str]]:
        """Return the changes of a record, and the fields that the team edited."""
        changes: list[Change] = []
        kept: list[str] = []
        for path, theirs in record.values.items():
            ours = row.values.get(path)
            if path in APART or self.values.same(row.kind, path, ours, theirs):
                continue
            if entry and self._read_better(source, entry, record, path):
                change = self._reread(row, entry, path, theirs)
            else:
                change = self._change(row.kind, path, ours, theirs, base)
            if change is None:
                kept.append(path)
            elif change := self._first(row, change):
                changes.append(change)
        return changes, kept

    def _first(self, row: KitRow, change: Change) -> Change | None:
        """Return a change; none if an earlier file wants it too, a conflict if it wants another."""
        key = (row.kind, row.uid, change.path)
        if key not in self.wanted:
            self.wanted[key] = change.theirs
            return change
        if self.values.same(row.kind, change.path, self.wanted[key], change.theirs):
            return None
        return replace(change, nature=Nature.CONFLICT)

    def _last_of(self, source: str, uid: str, row: KitRow) -> Entry | None:
        """Return a row's last import: from this source, else from another of its kind."""
        entry = self.known.of(source).get(uid)
        if entry is not None:
            return entry
        if source.startswith(TABLE):
            others = [each for name, each in self.last[row.kind, row.uid] if name.startswith(TABLE)]
        else:
            others = [each for each in self._elsewhere(source, uid) if each.id == row.uid]
        return others[0] if len(others) == 1 else None

    def _elsewhere(self, source: str, uid: str) -> list[Entry]:
        """Return what has a key in other sources of a kind: a file may come under another name.

        An agenda is called after the one that most of its events are from, and that may change.
        """
        kind = source.partition(":")[0] + ":"
        named = (entries for name, entries in self.known.sources.items() if name.startswith(kind))
        return [entries[uid] for entries in named if uid and uid in entries]

    def _change(
        self,
        kind: str,
        path: str,
        ours: Value | None,
        theirs: Value,
        base: Mapping[str, Value] | None,
    ) -> Change | None:
        """Return what would change of a field whose values differ."""
        wanted = theirs if theirs not in ("", ()) else None
        if base is None or path not in base:
            if wanted is None:
                return None  # the source leaves a field empty that the team has filled
            nature = Nature.FILLED if ours is None else Nature.DIFFERENT
            return Change(path, nature, ours, wanted)
        if self.values.same(kind, path, base[path], theirs):
            return None
        changed = self.values.same(kind, path, base[path], ours)
        nature = Nature.CHANGED if changed else Nature.CONFLICT
        return Change(path, nature, ours, wanted, base[path] or None)

    def _read_better(self, source: str, entry: Entry, record: Incoming, path: str) -> bool:
        """Return whether the source says what it said at the last import.

        What earlier versions remember has no digest: there the values themselves must tell.
        """
        if entry.digest:
            return entry.digest == record.digest
        before = entry.values.get(path)
        return before is None or self.values.read_better(
            record.kind, path, before, record.values[path], in_utc=source.startswith(CALENDAR)
        )

    def _reread(self, row: KitRow, entry: Entry, path: str, theirs: Value) -> Change | None:
        """Return a change for a value that is only read better; none where the team edited it."""
        ours, before = row.values.get(path), entry.values.get(path)
        if not self.values.same(row.kind, path, before, ours):
            return None
        return Change(path, Nature.REREAD, ours, theirs or None, before or None)

    def _new(self, source: str, record: Incoming) -> None:
        """Propose a record that the kit does not have, or not any more."""
        uid = "" if source.startswith(OWN) else record.uid or ""
        entry = self.known.of(source).get(uid) if uid else None
        if any(self._says_the_same(source, record, each) for each in self._elsewhere(source, uid)):
            return  # the team took it out, or did not want it
        usual = self.usual_section if record.kind == IN_SECTIONS else None
        section = record.section or usual
        found = self._with_section(replace(record, section=section))
        if isinstance(found, Diagnostic):
            self.faults.append(found)
            return
        change = Change("", Nature.AGAIN if entry else Nature.NEW)
        self.items.append(Item(source, record.kind, uid, None, found, (change,)))

    def _doubtful(self, source: str, record: Incoming, could: tuple[KitRow, ...]) -> None:
        """Propose a record that the kit may have already, for the team to decide."""
        uid = "" if source.startswith(OWN) else record.uid or ""
        known = filter(None, [self.known.of(source).get(uid), *self._elsewhere(source, uid)])
        if any(self._says_the_same(source, record, each) for each in known):
            return  # the team did not want it
        self.faults.append(_could_be(record, could))
        section = record.section or could[0].section
        found = self._with_section(replace(record, section=section))
        if isinstance(found, Incoming):
            change = Change("", Nature.DOUBTFUL)
            self.items.append(Item(source, record.kind, uid, None, found, (change,), could))

    def _says_the_same(self, source: str, record: Incoming, entry: Entry) -> bool:
        return all(
            self.values.same(record.kind, path, value, entry.values.get(path))
            or self._read_better(source, entry, record, path)
            for path, value in record.values.items()
            if path not in APART
        )

    def _with_section(self, record: Incoming) -> Incoming | Diagnostic:
        """Return a new record that a section can take; else why it cannot be added."""
        if record.kind in WHOLE_PARTS:
            return _no_new_part(record)
        owners = self.programmes if record.kind == IN_SECTIONS else self.others
        if record.kind == "contact" or record.section in owners:
            return record
        return _no_section(record, sorted(owners))

    # --- what has left the source ---------------------------------------------------------

    def _gone(self, source: str, seen: set[str]) -> None:
        """Propose as cancelled what the source had and has no more."""
        entries = {u: e for u, e in self.known.of(source).items() if e.kind == IN_SECTIONS and e.id}
        gone = {uid: entry for uid, entry in entries.items() if uid not in seen}
        # a source that has lost most of what it had is likely another file of the same name
        nature = Nature.GONE if len(gone) * 2 <= len(entries) else Nature.MISSING
        for uid, entry in gone.items():
            row = self.free.get((IN_SECTIONS, entry.id))
            status = row.values.get("status") if row else None
            if row is None or entry.gone or status == "cancelled":
                continue
            change = Change("status", nature, status, "cancelled", entry.values.get("status"))
            self.items.append(Item(source, IN_SECTIONS, uid, row, None, (change,)))


def _tidied(record: Incoming) -> Incoming:
    values = {path: tidy(record.kind, path, value) for path, value in record.values.items()}
    sessions = tuple(map(_tidied, record.sessions))
    told: dict[str, Value] = {path: "" if at is None else at for path, at in values.items()}
    digest = record.digest
    if record.kind == SESSION and not digest:
        digest = Fields(told).digest()
    return replace(record, values=told, sessions=sessions, digest=digest)


def _back(row: KitRow, record: Incoming, changes: list[Change]) -> list[Change]:
    """Return the changes of a record that was cancelled since it had left its source."""
    status = record.values.get("status") or "confirmed"
    if row.values.get("status") != "cancelled" or status == "cancelled":
        return changes
    others = [change for change in changes if change.path != "status"]
    return [Change("status", Nature.BACK, "cancelled", status), *others]


def _span(record: Incoming, path: str = "title") -> Span:
    place = record.place(path)
    return place.span if place else Span.of_file("")


def _twice(first: Incoming, record: Incoming) -> Diagnostic:
    return Diagnostic.error(
        "M205",
        _span(record),
        Message.of(
            N_("“{uid}” is the key of another record of this file already."), uid=record.uid
        ),
        Message(N_("Give each record a key of its own, or leave it empty in new ones.")),
        related=[Related(_span(first), Message(N_("The first one is here.")))],
    )


def _could_be(record: Incoming, rows: Sequence[KitRow]) -> Diagnostic:
    return Diagnostic.warning(
        "M503",
        _span(record),
        Message.of(
            N_("“{title}” could be “{other}”, which the kit has: it is left out until you decide."),
            title=quoted(title_of(record.values) or record.uid or ""),
            other=quoted(title_of(rows[0].values) or rows[0].uid),
        ),
        Message.of(
            N_("If it is, put its identifier, {id}, into the row; else tick it in a --report."),
            id=rows[0].uid,
        ),
        related=[
            Related(row.source.span(row.loc), Message(N_("It could be this one."))) for row in rows
        ],
    )


def _no_section(record: Incoming, known: Sequence[str]) -> Diagnostic:
    names = ", ".join(known[:20])
    if record.section:
        message = Message.of(N_("There is no section “{name}” in the kit."), name=record.section)
    else:
        title = quoted(str(record.values.get("title", record.uid or "")))
        message = Message.of(
            N_("“{title}” is new, and does not say in which section it goes."), title=title
        )
    place = record.place("section")
    hint = N_("Fill in its column “section”, or add --section. Possible: {names}.")
    if place and (place.path or place.file.lower().endswith(".ics")):
        hint = N_("Add --section and one of these: {names}.")
    return Diagnostic.error(
        "M504",
        _span(record, "section"),
        place.naming(message) if place and place.sheet else message,
        Message.of(hint, names=names),
    )


def _no_new_part(record: Incoming) -> Diagnostic:
    return Diagnostic.error(
        "M505",
        _span(record),
        Message(N_("A new chapter cannot be begun from a table.")),
        Message(N_("Write a file for it in the kit and name it in kit.yaml, then export again.")),
    )
