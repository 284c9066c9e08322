"""Where imported records came from: ``imports.json``, kept beside ``kit.yaml``.

For each source and each record there: the id that it has in the kit, and the values with which it
came last. Without these nobody could tell an edit of the team from a change at the source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from moip_press.exchange.incoming import Value
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held
from moip_press.system.files import inside, is_file, read_file
from moip_press.system.limits import IMPORTS, fits

NAME = "imports.json"
VERSION = 1
VALUES = 40  # of a record, more than any has


@dataclass(frozen=True)
class Entry:
    """A record of a source: what it is in the kit, and its values when it came last.

    ``id`` is empty where the team did not want it. ``gone`` where it had left the source and the
    kit was told so.
    """

    kind: str
    id: str
    values: Mapping[str, Value]
    gone: bool = False


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
    return ",\n".join(f"  {_json(k)}: {_json(_record(e))}" for k, e in sorted(entries.items()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class Damaged(Exception):
    """The file is there and cannot be used. ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message.id)
        self.diagnostic = diagnostic


def read(folder: Path) -> Provenance:
    """Return what is known of a kit's imports; nothing where it has no such file.

    Raises ``Damaged``, ``OSError``.
    """
    name = (folder / NAME).as_posix()
    path = inside(folder, NAME)
    if path is None:
        raise Damaged(_fault(name, N_("“{name}” leads out of the kit.")))
    if not is_file(path):
        return Provenance()
    data = read_file(path, IMPORTS.bytes + 1)
    if len(data) > IMPORTS.bytes:
        raise Damaged(_fault(name, N_("“{name}” is too large to be what an import wrote.")))
    try:
        return held(IMPORTS.held, _read, data)
    except (ValueError, TypeError, KeyError, RecursionError, OverLimit, Broken):
        raise Damaged(_fault(name, N_("“{name}” is damaged: it cannot be read."))) from None


def _read(data: bytes) -> Provenance:
    """Return what the file holds. Raises ``ValueError``, ``TypeError``, ``KeyError``."""
    document = json.loads(data.decode("utf-8"))
    if not fits(document, IMPORTS.depth, IMPORTS.items * VALUES):
        raise ValueError
    return _provenance(document)


def _fault(name: str, sentence: str) -> Diagnostic:
    return Diagnostic.error(
        "M501",
        Span.of_file(name),
        Message.of(sentence, name=NAME),
        Message(
            N_(
                "Bring back the file as it was after the last import. Without it, remove it: then "
                "every difference will be shown for you to choose."
            )
        ),
    )


def _provenance(document: Any) -> Provenance:
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise ValueError
    sources = {
        _text(source): {_text(key): _entry(record) for key, record in entries.items()}
        for source, entries in _mapping(document["sources"]).items()
        if _mapping(entries) is not None
    }
    return Provenance(sources)


def _entry(record: Any) -> Entry:
    values = {_text(name): _value(value) for name, value in _mapping(record["values"]).items()}
    kind, gone = record.get("kind", "event"), record.get("gone", False)
    if not isinstance(gone, bool):
        raise TypeError
    return Entry(_text(kind), _text(record["id"]), values, gone)


def _record(entry: Entry) -> dict[str, Any]:
    record: dict[str, Any] = {} if entry.kind == "event" else {"kind": entry.kind}
    record |= {"id": entry.id}
    record |= {"gone": True} if entry.gone else {}
    return {**record, "values": dict(sorted(entry.values.items()))}


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a sign cannot be written again
    return value


def _value(value: Any) -> Value:
    if isinstance(value, bool):
        return value
    return tuple(map(_text, value)) if isinstance(value, list) else _text(value)
