"""The records of a kit as rows, each with its place in the kit's files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from moip_press.exchange.columns.column import Column, Value, normal
from moip_press.exchange.columns.record_sheets import BLOCKS, IN_EVENTS, KINDS, OWN_FIELD
from moip_press.kit.model.blocks import (
    CardsBlock,
    DirectoryBlock,
    KeyFiguresBlock,
    LabsBlock,
    MissionsBlock,
)
from moip_press.kit.model.edition import Edition
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Article, Editorial, Interview, Programme
from moip_press.kit.model.records import Event
from moip_press.kit.model.sessions import names, of_one_day
from moip_press.kit.source import Loc, Source
from moip_press.kit.when import write_when


@dataclass(frozen=True)
class KitRow:
    """A record: its kind, the key by which it is found again, and where it stands.

    ``uid`` is the record's id where it has one, else its place: ``deux-questions/2`` is the
    second question there. ``section`` is the ``uid`` of what it stands in, none for contacts
    and parts.
    """

    kind: str
    uid: str
    section: str | None
    source: Source
    loc: Loc
    record: Any
    said: str = ""
    """The date of a session that stands among others in a list of days."""

    @property
    def plain(self) -> Mapping[str, Any]:
        """The record as the file has it."""
        return self._plain(self.loc)

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """What the file holds, by the path of its column; what is absent is not in it.

        A session also has what its event says for all.
        """
        if self.kind != "session":
            return _values(self.kind, self.plain)
        return _with_shared(self.own, _values("event", self._plain(self.loc[:-2])))

    @cached_property
    def own(self) -> Mapping[str, Value]:
        """What the file holds of a record itself."""
        found = _values(self.kind, self.plain)
        return found | {"when": self.said} if self.said else found

    @property
    def name(self) -> str:
        """The name of a session within its event, without that of the event."""
        return self.uid.removeprefix(f"{self.section}.")

    def _plain(self, loc: Loc) -> Mapping[str, Any]:
        plain: Any = self.source.plain()
        for step in loc:
            plain = plain[step]
        return cast("Mapping[str, Any]", plain)


def _values(kind: str, plain: Mapping[str, Any]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for column in KINDS[kind].columns:
        value = _at(plain, column.path)
        if column.path == "columns" and not isinstance(value, list):
            continue  # of a text: in how many it is set
        if value is not None and (known := normal(column, value)) is not None:
            found[column.path] = known
    own = plain.get("fields") if kind == "event" else None
    for name, value in own.items() if isinstance(own, dict) else ():
        path = f"{OWN_FIELD}{name}"
        if (known := normal(Column(path, path), value)) is not None:
            found[path] = known
    return found


PLACE = ("place.venue", "place.address", "place.town")
"""The fields of a place, which a session has as a whole: its own, or that of its event."""
CERTAIN = ("cancelled", "postponed")
"""What holds for all sessions where an event says it."""


def _with_shared(own: Mapping[str, Value], event: Mapping[str, Value]) -> dict[str, Value]:
    """Return what a session says together with what its event says for all its sessions."""
    shared = ["online", "price", "booking", "timezone"]
    shared += () if own.keys() & set(PLACE) else PLACE
    from_event = {path: event[at] for path in shared if (at := IN_EVENTS[path]) in event}
    found = from_event | {path: value for path, value in own.items() if value is not False}
    status = event.get("status")
    if status in CERTAIN or (status == "draft" and own.get("status", "confirmed") == "confirmed"):
        found["status"] = status
        found.pop("postponed_to", None)
        found |= {path: event[path] for path in ("postponed_to",) if path in event}
    return found


def rows_of(kit: Kit) -> Iterator[KitRow]:
    """Yield the records of a kit, in its order."""
    for number, contact in enumerate(kit.edition.contacts):
        loc: Loc = ("contacts", number)
        yield KitRow("contact", contact.id, None, kit.source, loc, contact)
    for placed in kit.parts():
        if placed.own_file:
            yield from _of_part(placed, kit.edition)


def _of_part(placed: PlacedPart, edition: Edition) -> Iterator[KitRow]:
    part, source = placed.part, placed.source
    match part:
        case Programme():
            yield KitRow("section", part.id, None, source, (), part)
            for number, event in enumerate(part.events):
                loc = placed.in_file(("events", number))
                yield from _of_event(event, part.id, source, loc, edition)
        case Editorial():
            yield KitRow("editorial", part.id, None, source, (), part)
        case Interview():
            yield KitRow("interview", part.id, None, source, (), part)
            for number, exchange in enumerate(part.exchanges):
                uid, loc = f"{part.id}/{number + 1}", ("exchanges", number)
                yield KitRow("exchange", uid, part.id, source, loc, exchange)
        case Article():
            yield KitRow("article", part.id, None, source, (), part)
            for number, block in enumerate(part.body):
                if isinstance(block, BLOCKS):
                    yield from _of_block(part, source, number)


def _of_event(
    event: Event, section: str, source: Source, loc: Loc, edition: Edition
) -> Iterator[KitRow]:
    """Yield an event, then its sessions, a day each, where it has a list of them.

    Several sessions stand in one place of the file where that lists their days.
    """
    yield KitRow("event", event.id, section, source, loc, event)
    named = iter(names(event.own_sessions()) if event.sessions else ())
    for number, written in enumerate(event.sessions):
        apart = of_one_day(written)
        for session in apart:
            uid, place = f"{event.id}.{next(named)}", (*loc, "sessions", number)
            period = edition.period.value
            words = write_when(session.when, edition.language, period) if len(apart) > 1 else None
            yield KitRow("session", uid, event.id, source, place, session, words or "")


def _of_block(part: Article, source: Source, number: int) -> Iterator[KitRow]:
    block, loc = part.body[number], ("body", number)
    uid = block.id or f"{part.id}/{number + 1}"
    yield KitRow("block", uid, part.id, source, loc, block)
    match block:
        case LabsBlock():
            for index, lab in enumerate(block.labs):
                yield KitRow("lab", lab.id, uid, source, (*loc, "labs", index), lab)
        case DirectoryBlock():
            for index, entry in enumerate(block.labs):
                place = (*loc, "labs", index)
                yield KitRow("directory", f"{uid}/{index + 1}", uid, source, place, entry)
        case KeyFiguresBlock() | CardsBlock() | MissionsBlock():
            items: tuple[Any, ...] = block.items
            for index, item in enumerate(items):
                place = (*loc, "items", index)
                yield KitRow("item", f"{uid}/{index + 1}", uid, source, place, item)


def _at(plain: Any, path: str) -> Any:
    """Return what stands at a path of a mapping; none where nothing does."""
    for name in path.split("."):
        plain = plain.get(name) if isinstance(plain, dict) else None
    return plain


# --- what a workbook remembers --------------------------------------------------------------

KIT_PROPERTY = "moip-press-kit"
"""The property of a workbook that names the kit it was exported from."""
MEMORY_SHEET = "moip-press"
"""The name of the sheet, in every language."""
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
CELL = 32_000  # characters, a few less than a cell can hold


def to_memory(row: KitRow) -> tuple[str, ...]:
    """Return the cells of the row that remembers a record."""
    text = ENCODER.encode(dict(row.values))
    pieces = (text[start : start + CELL] for start in range(0, len(text), CELL))
    return (row.kind, row.uid, *pieces)


def from_memory(
    cells: Iterable[Iterable[object]],
) -> Mapping[tuple[str, str], Mapping[str, Value]]:
    """Return what the rows of such a sheet remember, by kind and key: of each field.

    What was empty is an empty text. What somebody has made unreadable is forgotten.
    """
    found: dict[tuple[str, str], Mapping[str, Value]] = {}
    for row in cells:
        kind, uid, *pieces = (*(str(cell) for cell in row if cell is not None), "", "")
        try:
            values: Any = json.loads("".join(pieces))
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            columns = KINDS[kind].written if kind in KINDS else ()
            empty: dict[str, Value] = dict.fromkeys((column.path for column in columns), "")
            found[kind, uid] = empty | {str(path): _value(at) for path, at in values.items()}
    return found


def _value(value: object) -> Value:
    if isinstance(value, str | bool):
        return value
    return tuple(map(str, value)) if isinstance(value, list) else ""
