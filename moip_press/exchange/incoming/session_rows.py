"""Rows of one event as that event with its sessions: a table has a row a session.

In a table of ours they have one key. Other people write a performance a row, with or without a
key of its own: rows are one event where title, organisers, text and all else agree that a session
cannot say for itself; where they do not, they stay apart, and a finding says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from moip_press.exchange.columns.column import flowing
from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.exchange.columns.record_sheets import IN_EVENTS, KINDS
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.exchange.incoming.import_job import Fields, ImportJob, quoted
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.tables.grid import Place
from moip_press.text.folding import fold

OF_SESSIONS: Mapping[str, str] = {at: path for path, at in IN_EVENTS.items()}
"""What a row of a table of events says of a session, and the field of a session that holds it."""
SESSION = "sessions.id"
ROOM = "sessions.room"
OF_SESSION_ALONE = tuple(p for p in OF_SESSIONS if p.startswith("sessions.") and p != SESSION)
"""What an event with one date has no field for."""
SHARED = (
    "place.venue",
    "place.address",
    "place.town",
    "online",
    "price",
    "registration",
    "timezone",
)
"""What an event says once for all its sessions."""
FULL, FULL_NOTE = "full", N_("Fully booked.")
EMPTY: tuple[Value | None, ...] = (None, "", ())


Memory = Mapping[tuple[str, str], Mapping[str, Value]]
"""What a workbook of ours remembers, by kind and key."""


def of_our_rows(records: Iterable[Incoming], job: ImportJob, base: Memory) -> Iterator[Incoming]:
    """Yield the records of tables of ours, the rows of one event as one."""
    rows = [replace(each, base=base.get((each.kind, each.uid or ""))) for each in records]
    groups: dict[str, list[Incoming]] = defaultdict(list)
    for record in rows:
        if record.kind == "event" and record.uid:
            groups[record.uid].append(record)
    in_kit = {event.id for event in job.kit.events()}
    known: Mapping[str, Mapping[str, Value]] = {}
    if any(len(group) > 1 for group in groups.values()):
        known = {row.uid: row.values for row in rows_of(job.kit) if row.kind == "event"}
    for record in rows:
        group = groups.get(record.uid or "", [])
        if record.kind != "event":
            yield record
        elif not record.uid or (len(group) < 2 and not record.values.get(SESSION)):
            yield _held_once(record, job, new=record.uid not in in_kit)
        elif record is group[0]:
            found = _one_event(group, job, record.base or known.get(record.uid or "", {}))
            based = (replace(s, base=base.get((s.kind, s.uid or ""))) for s in found.sessions)
            yield replace(found, sessions=tuple(based))


def _held_once(record: Incoming, job: ImportJob, *, new: bool) -> Incoming:
    """Return an event with one row; what it says of a session is kept where the event is new."""
    said = [path for path in OF_SESSION_ALONE if record.values.get(path)]
    if said and new:
        values = {path: at for path, at in record.values.items() if path != SESSION}
        return _one_event([replace(record, values=values)], job, {})
    for path in said:
        heading = job.catalogue.gettext(KINDS["event"].by_path[path].heading)
        job.leave(heading, record.place(path) or Place(job.file))
    return _without_sessions(record)


def _without_sessions(record: Incoming) -> Incoming:
    values = {path: at for path, at in record.values.items() if not path.startswith("sessions.")}
    return replace(record, values=values) if len(values) < len(record.values) else record


def _one_event(group: Sequence[Incoming], job: ImportJob, before: Mapping[str, Value]) -> Incoming:
    """Return the event of rows with one key; of those that say the same session, the first."""
    rows: dict[object, Incoming] = {}
    for row in group:
        named = row.values.get(SESSION)
        told = tuple(row.values.get(path, "") for path in OF_SESSIONS)
        key = named or told
        other_title = row.values.get("title") != group[0].values.get("title")
        if named and key in rows:
            _same_key(row, SESSION, job)
        elif key in rows or (not named and other_title):
            _same_key(row, "id", job)
        else:
            rows[key] = row
    first = group[0]
    values = {p: _edited(p, list(rows.values()), job, before) for p in first.values}
    values = {path: value for path, value in values.items() if path not in OF_SESSIONS}
    sessions = tuple(_session(row, str(row.values.get(SESSION) or "")) for row in rows.values())
    return replace(first, values=values, sessions=sessions)


def _edited(
    path: str, rows: Sequence[Incoming], job: ImportJob, before: Mapping[str, Value]
) -> Value:
    """Return what rows say of their event: what was edited in one of them, where they differ."""
    said = dict.fromkeys(row.values.get(path, "") for row in rows)
    held = _as_read(path, before.get(path, ""))
    edited = [value for value in said if _as_read(path, value) != held]
    if path not in OF_SESSIONS and len(edited) > 1:
        other = next(row for row in rows if row.values.get(path, "") == edited[1])
        place = other.place(path) or Place(job.file)
        column = KINDS["event"].by_path.get(path)
        said_so = N_("The rows of one event differ in “{column}”: the first of them is imported.")
        message = Message.of(said_so, column=Message(column.heading) if column else path)
        job.warn("M210", place, message, N_("Write the same in each of its rows, or in one alone."))
    return edited[0] if edited else next(iter(said))


def _as_read(path: str, value: Value) -> Value | None:
    """Return what a cell says by a value of the kit: lines run on, an empty one is the default."""
    column = KINDS["event"].by_path.get(path)
    if value in EMPTY:
        return column.default if column else None
    return flowing(column, value) if column else value


def _session(row: Incoming, name: str) -> Incoming:
    values = {OF_SESSIONS[path]: at for path, at in row.values.items() if path in OF_SESSIONS}
    values.pop("id", None)
    places = {OF_SESSIONS[path]: at for path, at in row.places.items() if path in OF_SESSIONS}
    places |= {"": row.places[""]} if "" in row.places else {}
    return Incoming("session", f"{row.uid}.{name}" if name else None, row.uid, values, places)


def _same_key(row: Incoming, path: str, job: ImportJob) -> None:
    uid = str(row.values[SESSION] if path == SESSION else row.uid)
    message = Message.of(N_("“{uid}” is the key of another row already."), uid=quoted(uid))
    place = row.place(path) or Place(job.file)
    job.error("M205", place, message, N_("Empty this cell in the row that is new."))


# --- rows of others -------------------------------------------------------------------------


def of_foreign_rows(records: Iterable[Incoming], job: ImportJob) -> Iterator[Incoming]:
    """Yield the records of other people's files, the rows of one event as one."""
    rows = list(records)
    groups: dict[str, list[Incoming]] = defaultdict(list)
    for record in rows:
        if record.kind == "event" and not record.sessions:
            groups[fold(str(record.values.get("title", "")))].append(record)
    in_kit: dict[str, int] = defaultdict(int)
    for event in job.kit.events():
        in_kit[fold(str(event.title))] += 1
    merged: dict[int, Incoming | None] = {}
    for title, group in groups.items():
        if len(group) > 1 and in_kit[title] < 2:
            merged |= _grouped(group, job)
    for record in rows:
        found = merged.get(id(record), record)
        if found is not None:
            yield found if found.sessions else _alone(found, job)


def _alone(record: Incoming, job: ImportJob) -> Incoming:
    """Return an event that is held once; that it is fully booked stands in a note."""
    record = _without_sessions(record)
    if record.values.get("status") != FULL:
        return record
    notes = record.values.get("notes", ())
    said = job.catalogue.gettext(FULL_NOTE)
    values = {**record.values, "status": "confirmed", "notes": (*notes, said)}  # type: ignore[misc]
    return replace(record, values=values)


def _grouped(group: Sequence[Incoming], job: ImportJob) -> dict[int, Incoming | None]:
    """Return what becomes of rows with one title: an event in place of the first, none of others.

    Empty where they stay apart.
    """
    held = {tuple(row.values.get(path, "") for path in OF_SESSIONS) for row in group}
    if len(held) < len(group):
        return {}  # the same row again, which is proofread elsewhere
    differing = sorted(
        path
        for path in {path for row in group for path in row.values} - OF_SESSIONS.keys()
        if path != "notes" and len({row.values.get(path, "") for row in group}) > 1
    )
    sections = {row.section for row in group}
    notes = [row.values.get("notes", ()) for row in group]
    several = any(isinstance(each, tuple) and len(each) > 1 for each in notes)
    if len(sections) > 1:
        differing.append("section")
    elif several and len(set(notes)) > 1:  # a session has one note
        differing.append("notes")
    if differing:
        _stay_apart(group, differing[0], job)
        return {}
    return {**dict.fromkeys(map(id, group)), id(group[0]): _as_one(group)}


def _stay_apart(group: Sequence[Incoming], path: str, job: ImportJob) -> None:
    column = KINDS["event"].by_path.get(path)
    job.warn(
        "M211",
        group[1].place("title") or Place(job.file),
        Message.of(
            N_("“{title}” stands in several rows that differ in “{column}”: they stay apart."),
            title=quoted(str(group[0].values["title"])),
            column=Message(column.heading) if column else path,
        ),
        N_("If they are sessions of one event, write the same there in each row."),
        cause=N_("Rows of one title differ in more than a session can: they stay apart."),
    )


def _as_one(group: Sequence[Incoming]) -> Incoming:
    """Return rows as one event; what all its sessions share, it says itself."""
    notes = {row.values.get("notes", ()) for row in group}
    plain = [_parted(row) for row in group]
    shared = _shared(plain)
    first = group[0]
    values = {path: at for path, at in first.values.items() if path not in OF_SESSIONS} | shared
    if len(notes) > 1:
        values.pop("notes", None)
    sessions = []
    for row, own in zip(group, plain, strict=True):
        kept = {p: at for p, at in own.items() if p not in shared}
        made = _session(replace(row, values=kept), "")
        note = row.values.get("notes", ())
        if len(notes) > 1 and isinstance(note, tuple) and note:
            made = replace(made, values={**made.values, "note": note[0]})
        key = row.uid if row.uid != group[-1].uid or row is group[-1] else None
        sessions.append(replace(made, uid=key, digest=row.digest))
    digest = Fields({str(n): row.digest for n, row in enumerate(group)}).digest()
    return replace(first, values=values, sessions=tuple(sessions), digest=digest)


def _parted(row: Incoming) -> dict[str, Value]:
    """Return what a row says, its room beside its building and not behind it."""
    values = dict(row.values)
    room, venue = values.get(ROOM), values.get("place.venue")
    if isinstance(room, str) and isinstance(venue, str):
        values["place.venue"] = venue.removesuffix(room).rstrip(", ")
    return {path: at for path, at in values.items() if at not in EMPTY}


def _shared(rows: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """Return what all rows say alike of their sessions; a place is alike as a whole."""
    places, others = SHARED[:3], SHARED[3:]
    alike = [path for path in others if len({row.get(path, "") for row in rows}) == 1]
    if len({tuple(row.get(path, "") for path in places) for row in rows}) == 1:
        alike += places
    if {row.get("status", "confirmed") for row in rows} == {"draft"}:
        alike.append("status")
    return {path: rows[0][path] for path in alike if path in rows[0]}
