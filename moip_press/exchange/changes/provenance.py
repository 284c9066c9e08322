"""Where imported records came from: ``imports.json``, kept beside ``kit.yaml``.

For each source and each record there: the id that it has in the kit, and its values at the last
import. Without these nobody could tell an edit of the team from a change at the source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from moip_press.exchange.changes.field_values import APART
from moip_press.exchange.changes.proposal import Decision, Item, Nature, Proposal
from moip_press.exchange.incoming.batch import Incoming, Value
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held
from moip_press.system.files import inside, is_file, read_file
from moip_press.system.limits import IMPORTS, fits

NAME = "imports.json"
VERSION = 2
EARLIER = (1, VERSION)
"""The versions that are read: in the first, records have no digest."""
VALUES = 40  # of a record, more than any has
OWN = "kit:"
"""How the sources begin that are sheets of the kit itself: these are not remembered."""
TABLE = "table:"
"""How the sources begin that are tables of others."""


@dataclass(frozen=True)
class Entry:
    """A record of a source: what it is in the kit, and its values at the last import.

    ``id`` is empty where the team did not want it. ``gone`` where it had left the source and the
    team has decided on that. ``digest`` is that of the record as the source had it, empty where an
    earlier version wrote this.
    """

    kind: str
    id: str
    values: Mapping[str, Value]
    gone: bool = False
    digest: str = ""


@dataclass(frozen=True)
class Provenance:
    """All entries, by source and by the key that a record has there."""

    sources: Mapping[str, Mapping[str, Entry]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, source: str) -> Mapping[str, Entry]:
        """Return the entries of a source."""
        return self.sources.get(source, {})

    def entries(self) -> Iterator[tuple[str, str, Entry]]:
        """Yield every entry with its source and its key."""
        for source, entries in self.sources.items():
            for key, entry in entries.items():
                yield source, key, entry

    def text(self) -> str:
        """Return the file, a line a record: the same entries give the same bytes."""
        sources = ",\n".join(
            f" {_json(source)}: {{\n{_lines(entries)}\n }}"
            for source, entries in sorted(self.sources.items())
            if entries
        )
        return f'{{"version": {VERSION}, "sources": {{\n{sources}\n}}}}\n'


def _lines(entries: Mapping[str, Entry]) -> str:
    return ",\n".join(f"  {_json(k)}: {_json(_plain(e))}" for k, e in sorted(entries.items()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(entry: Entry) -> dict[str, Any]:
    record: dict[str, Any] = {} if entry.kind == "event" else {"kind": entry.kind}
    record |= {"id": entry.id}
    record |= {"gone": True} if entry.gone else {}
    record |= {"digest": entry.digest} if entry.digest else {}
    return {**record, "values": dict(sorted(entry.values.items()))}


# --- reading --------------------------------------------------------------------------------


class Damaged(Exception):
    """The file is there and cannot be used. ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message.id)
        self.diagnostic = diagnostic


def read_provenance(folder: Path) -> Provenance:
    """Return what is known of a kit's imports; nothing where it has no such file.

    Raises ``Damaged``, ``OSError``.
    """
    name = (folder / NAME).as_posix()
    path = inside(folder, NAME)
    if path is None:
        raise _damaged(name, N_("“{name}” leads out of the kit."))
    if not is_file(path):
        return Provenance()
    data = read_file(path, IMPORTS.bytes + 1)
    if len(data) > IMPORTS.bytes:
        raise _damaged(name, N_("“{name}” is too large to be what an import wrote."))
    try:
        return held(IMPORTS.held, _parsed, data)
    except (ValueError, TypeError, KeyError, RecursionError, OverLimit, Broken):
        raise _damaged(name, N_("“{name}” is damaged: it cannot be read.")) from None


def _damaged(name: str, sentence: str) -> Damaged:
    hint = N_(
        "Bring back the file as it was after the last import. Without it, remove it: then "
        "every difference will be shown for you to choose."
    )
    message = Message.of(sentence, name=NAME)
    return Damaged(Diagnostic.error("M501", Span.of_file(name), message, Message(hint)))


def _parsed(data: bytes) -> Provenance:
    """Return what the file holds. Raises ``ValueError``, ``TypeError``, ``KeyError``."""
    document = json.loads(data.decode("utf-8"))
    if not fits(document, IMPORTS.depth, IMPORTS.items * VALUES):
        raise ValueError
    if not isinstance(document, dict) or document.get("version") not in EARLIER:
        raise ValueError
    return Provenance(
        {
            _text(source): {_text(k): _entry(record) for k, record in _mapping(entries).items()}
            for source, entries in _mapping(document["sources"]).items()
        }
    )


def _entry(record: Any) -> Entry:
    values = {_text(name): _value(value) for name, value in _mapping(record["values"]).items()}
    kind, gone = record.get("kind", "event"), record.get("gone", False)
    if not isinstance(gone, bool):
        raise TypeError
    digest = _text(record.get("digest", ""))
    return Entry(_text(kind), _text(record["id"]), values, gone, digest)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # a lone surrogate could not be written again
    return value


def _value(value: Any) -> Value:
    if isinstance(value, bool):
        return value
    return tuple(map(_text, value)) if isinstance(value, list) else _text(value)


# --- what an import leaves behind -----------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What became of the changes: what was decided, what is made, the ids of new records."""

    decisions: Mapping[str, Decision]
    done: frozenset[str]
    ids: Mapping[str, str]
    sessions: Mapping[str, Sequence[tuple[str, Incoming]]] = field(default_factory=dict)
    """Of new events, their sessions with the names that these get."""

    def settled(self, key: str) -> bool:
        """Tell whether a change is made, or is never to be made as the source has it now."""
        return key in self.done or self.decisions.get(key) is Decision.NO


def provenance_after(proposal: Proposal, outcome: Outcome, known: Provenance) -> Provenance:
    """Return what is known of all sources after an import.

    A value counts as imported where both sides say the same, or somebody has decided. What
    waits for a decision stays as it was, so that it is proposed again.
    """
    sources = {source: dict(entries) for source, entries in known.sources.items()}
    for item in (*proposal.items, *proposal.rest):
        if item.source.startswith(OWN):
            continue
        entries = sources.setdefault(item.source, {})
        if item.row is not None:
            key, entry = item.uid, _of_row(item, item.row.uid, outcome, entries.get(item.uid))
        else:
            key, entry = _of_new(item, outcome)
        if key and entry is not None:
            entries[key] = entry
            if item.row is None and item.incoming and item.incoming.sessions:
                made = outcome.sessions.get(item.key(item.changes[0]), ())
                entries |= _of_sessions(key, entry.id, made)
    return Provenance(sources)


def _of_sessions(
    key: str, event: str, sessions: Iterable[tuple[str, Incoming]]
) -> dict[str, Entry]:
    """Return the entries of the sessions of a new event, by what is known of them at the source."""
    found: dict[str, Entry] = {}
    for name, session in sessions:
        uid = f"{event}.{name}"
        known = Entry("session", uid, _values(session), digest=session.digest)
        found[f"{key}#{session.uid or uid}"] = known
    return found


def _of_new(item: Item, outcome: Outcome) -> tuple[str, Entry | None]:
    """Return the key and entry of a new record; one that is not wanted has no id."""
    key = item.key(item.changes[0])
    assert item.incoming is not None  # noqa: S101 -- what is new came from somewhere
    entry = Entry(item.kind, "", _values(item.incoming), digest=item.incoming.digest)
    if key in outcome.done:
        made = outcome.ids.get(key, "")
        return item.uid or made, replace(entry, id=made or item.uid)
    return item.uid, entry if outcome.settled(key) else None


def _of_row(item: Item, uid: str, outcome: Outcome, old: Entry | None) -> Entry | None:
    """Return the entry of a record of the kit, whose id is ``uid``."""
    changes = {change.path: change for change in item.changes}
    settled = {path: outcome.settled(item.key(change)) for path, change in changes.items()}
    if item.incoming is None:  # gone
        return replace(old, gone=True) if old and all(settled.values()) else old
    values = dict(old.values) if old else {}
    for path, value in _values(item.incoming).items():
        change = changes.get(path)
        if path in item.unread:
            continue
        if change is None or change.nature is Nature.BACK or settled[path]:
            values[path] = value
        elif old is None and change.base is not None:
            values[path] = change.base
    open_ = {change.nature for path, change in changes.items() if not settled[path]}
    gone = bool(old and old.gone and Nature.BACK in open_)
    # a change of the source that waits must not pass for one of our reading the next time
    digest = item.incoming.digest if old is None or open_ <= {Nature.REREAD} else old.digest
    return Entry(item.kind, uid, values, gone=gone, digest=digest)


def _values(incoming: Incoming) -> dict[str, Value]:
    return {path: value for path, value in incoming.values.items() if path not in APART}
