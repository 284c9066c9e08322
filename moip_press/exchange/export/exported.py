"""What is exported: a kit, the chosen events, the moment that stands for now; its rows as text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from moip_press.exchange.columns.column import Column, RecordSheet, Value, flowing, to_cell
from moip_press.exchange.columns.kit_rows import KitRow, rows_of
from moip_press.exchange.columns.record_sheets import IN_EVENTS, KINDS, own_columns
from moip_press.kit.issue import reserves, version_words
from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit import Kit
from moip_press.kit.selection import Entry
from moip_press.report.diagnostics import Message
from moip_press.report.messages import Catalogue

OF_ROWS = frozenset(IN_EVENTS.values())
"""The columns of a table of events that a session has values of its own for."""
OF_SESSIONS = frozenset(path for path in OF_ROWS if path.startswith("sessions."))
"""Those that only sessions have."""


class CannotExport(Exception):
    """A kit that no file of this format can hold; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


@dataclass(frozen=True)
class Exported:
    """The events of a kit that an export holds.

    ``whole`` tells that none was left out by a selection. ``moment`` is the one that was asked
    for in place of a clock, in UTC.
    """

    kit: Kit
    entries: tuple[Entry, ...]
    whole: bool = True
    moment: datetime.datetime | None = None

    @cached_property
    def public(self) -> tuple[Entry, ...]:
        """The events that others may see: of a kit that is final, those that are no drafts."""
        if self.draft:
            return self.entries
        return tuple(entry for entry in self.entries if entry.event.status != "draft")

    @cached_property
    def dated(self) -> tuple[Entry, ...]:
        """The public events but those whose date is to be confirmed: no calendar can hold these."""
        return tuple(entry for entry in self.public if entry.event.when.known)

    @cached_property
    def rows(self) -> Mapping[str, Sequence[KitRow]]:
        """The records of the kit by their kind; of events, those that were chosen."""
        chosen = {entry.event.id for entry in self.entries}
        found: dict[str, list[KitRow]] = {kind: [] for kind in KINDS}
        for row in rows_of(self.kit):
            event = {"event": row.uid, "session": row.section}.get(row.kind)
            if event is None or event in chosen:
                found[row.kind].append(row)
        return found

    @cached_property
    def sessions(self) -> Mapping[str, Sequence[KitRow]]:
        """The sessions that are written in events, by the ids of these."""
        found: dict[str, list[KitRow]] = {}
        for row in self.rows["session"]:
            found.setdefault(row.section or "", []).append(row)
        return found

    def columns(self, sheet: RecordSheet) -> tuple[Column, ...]:
        """Return the columns of a sheet: of events those that the kit has a use for."""
        if sheet.kind != "event":
            return sheet.written
        used = (c for c in sheet.written if self.sessions or c.path not in OF_SESSIONS)
        choices = KINDS["session"].by_path["status"].choices if self.sessions else None
        known = (replace(c, choices=choices) if choices and c.path == "status" else c for c in used)
        return (*known, *own_columns(self.kit))

    @property
    def draft(self) -> bool:
        """Whether the kit is not released yet."""
        return self.kit.edition.status == "draft"

    @cached_property
    def catalogue(self) -> Catalogue:
        """What is said in the language of the kit."""
        return Catalogue(self.kit.edition.language)

    @cached_property
    def stamp(self) -> datetime.datetime:
        """The moment of the export: as asked for, else the day of issue, else the first day.

        No clock: the same kit gives the same bytes.
        """
        if self.moment:
            return self.moment
        day = self.kit.edition.date_of_issue or self.kit.edition.period.start
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC)

    @cached_property
    def reserves(self) -> tuple[str, ...]:
        """What a reader has to know first: that there is an embargo, that it is a draft."""
        return reserves(self.kit.edition)

    @cached_property
    def title(self) -> str:
        """The title of the kit with its version, behind what a reader has to know first."""
        edition = self.kit.edition
        said = (*self.reserves, str(edition.title), version_words(edition))
        return " – ".join(filter(None, said))

    @cached_property
    def namespace(self) -> str:
        """The name under which ids are unique in the world: ``2021.www.example.org``.

        It stays the same where the folder of the kit is called otherwise.
        """
        edition = self.kit.edition
        host = urlsplit(edition.website or "").hostname or slug(edition.title)
        return f"{edition.period.start.year}.{host}"


def cells_of(exported: Exported, sheet: RecordSheet) -> Iterator[tuple[str, ...]]:
    """Yield the texts of the cells of each row, in the order of the columns.

    An event that has a list of sessions has a row for each, with what it says itself repeated: so
    the table can be sorted and filtered.
    """
    columns = exported.columns(sheet)
    for row in exported.rows[sheet.kind]:
        sessions = exported.sessions.get(row.uid, ()) if sheet.kind == "event" else ()
        own = tuple(_cell(exported, column, row, row.values) for column in columns)
        if not sessions:
            yield own
        for session in sessions:
            values = {IN_EVENTS[path]: at for path, at in session.values.items()}
            values["sessions.id"] = session.name
            yield tuple(
                _cell(exported, column, row, values) if column.path in OF_ROWS else cell
                for column, cell in zip(columns, own, strict=True)
            )


def _cell(exported: Exported, column: Column, row: KitRow, values: Mapping[str, Value]) -> str:
    if column.path == "id":
        return row.uid
    if column.path == "section":
        return row.section or ""
    value = values.get(column.path)
    return "" if value is None else to_cell(column, flowing(column, value), exported.catalogue)


def heading_of(exported: Exported, column: Column) -> str:
    """Return the heading of a column; that of the title also says what has to be known first.

    In brackets, which do not count when headings are read.
    """
    heading = exported.catalogue.gettext(column.heading)
    if column.path != "title" or not exported.reserves:
        return heading
    return f"{heading} ({', '.join(exported.reserves)})"
