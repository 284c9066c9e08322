"""The rows of a workbook or text table as records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from moip_press.exchange import columns
from moip_press.exchange.columns import KIT_PROPERTY, Column, heading_key
from moip_press.exchange.incoming.batch import Batch, Incoming, Refused
from moip_press.exchange.incoming.desk import Desk
from moip_press.exchange.incoming.grid import Sheet, Workbook
from moip_press.exchange.incoming.openagenda import read_agenda
from moip_press.exchange.incoming.openagenda_exports import agenda_of_table
from moip_press.exchange.incoming.table_headings import (
    Headings,
    find_headings,
    heading_words,
    nearest_column,
)
from moip_press.exchange.incoming.table_rows import Rows
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_, NP_

LISTED = 12


def read_table(book: Workbook, stem: str, desk: Desk, mapping: Mapping[str, str]) -> Batch:
    """Return the records of all sheets whose headings are known.

    Raises `Refused` where there are none. `mapping` has fields by the headings that mean them.
    """
    mapped = _mapped(desk, mapping)
    ours = KIT_PROPERTY in book.properties
    agenda = None if ours else agenda_of_table(book, mapped)
    if agenda is not None:
        return read_agenda(agenda, desk)
    found = _headed(book, mapped, ours=ours)
    if not ours and any(head.ours for _, head in found):
        ours, found = True, _headed(book, mapped, ours=True)
    if not found:
        raise _no_headings(book)
    if not ours:
        _tell_unread(book, found, desk)
    base = columns.from_memory(row.cells for row in book.memory)
    records = tuple(
        replace(record, base=base.get((record.kind, record.uid or "")))
        for record in _records(found, desk, ours=ours)
    )
    named = PurePath(desk.kit.folder.resolve()).name
    source = f"kit:{book.properties.get(KIT_PROPERTY) or named}" if ours else f"table:{stem}"
    # what a contributor was given may be a part of the kit, so that what is not there says nothing
    return Batch(source, records, desk.report, complete=not ours and desk.report.ok)


def _headed(
    book: Workbook, mapped: Mapping[str, Column], *, ours: bool
) -> list[tuple[Sheet, Headings]]:
    heads = ((sheet, find_headings(sheet, mapped, ours=ours)) for sheet in book.sheets)
    return [(sheet, head) for sheet, head in heads if head is not None and _usable(head)]


def _usable(head: Headings) -> bool:
    """Tell whether records can come of it: an event needs a column for its title."""
    return head.kind.kind != "event" or head.column("title") is not None


def _records(found: list[tuple[Sheet, Headings]], desk: Desk, *, ours: bool) -> Iterator[Incoming]:
    seen: dict[tuple[str, str], str] = {}
    for sheet, head in found:
        _tell_headings(sheet, head, desk)
        yield from Rows(sheet, head, desk, seen, ours=ours and head.ours).records()


def _no_headings(book: Workbook) -> Refused:
    rows = [row for sheet in book.sheets for row in sheet.rows[:1]]
    if not rows:
        return Refused("M105", Message(N_("The table is empty.")))
    first = ", ".join(filter(None, map(heading_words, rows[0].cells[:LISTED])))
    return Refused(
        "M105",
        Message.of(
            N_("No row has headings that are known, a title among them; the first row is: {words}"),
            words=first or "–",
        ),
        Message(N_("Give the columns headings, such as Titre, Date, Organisateur, Description.")),
    )


def _tell_unread(book: Workbook, found: list[tuple[Sheet, Headings]], desk: Desk) -> None:
    """Say which sheets with content were not read."""
    read_sheets = {sheet.name for sheet, _ in found}
    for sheet in book.sheets:
        if sheet.rows and sheet.name not in read_sheets:
            desk.warn(
                "M304",
                sheet.place(sheet.rows[0], 0),
                Message(N_("This sheet has no headings that are known: it is not read.")),
                Message(N_("If it holds events, give its columns headings.")),
            )


def _tell_headings(sheet: Sheet, head: Headings, desk: Desk) -> None:
    """Say which columns were not read: those of no field, and those of a field twice."""
    if head.unknown:
        number, _ = head.unknown[0]
        names = _listed([text for _, text in head.unknown[:LISTED]])
        desk.warn(
            "M301",
            sheet.place(head.row, number),
            Message.counted(UNKNOWN, len(head.unknown), names=names),
            _offer(head),
        )
    for number, column in head.doubled:
        desk.warn(
            "M302",
            sheet.place(head.row, number),
            Message.of(
                N_("“{heading}” says the same as another column ({meaning}): it is not read."),
                heading=heading_words(head.row.cell(number)),
                meaning=Message(column.heading),
            ),
            Message(N_("Remove one of both, or say in “imports” of kit.yaml which one is meant.")),
        )


def _listed(names: Sequence[str]) -> Message:
    """Return names between quotation marks, parted by commas."""
    first = Message.of(N_("“{name}”"), name=names[0])
    if len(names) == 1:
        return first
    return Message.of(N_("{first}, {rest}"), first=first, rest=_listed(names[1:]))


UNKNOWN = NP_(
    "The heading {names} is not known: its column is not read.",
    "{count} headings are not known, and their columns not read: {names}.",
)


def _offer(head: Headings) -> Message:
    """Return the hint that says what an unknown heading may mean."""
    used = {column.path for column in head.columns.values()}
    free = [column for column in head.kind.columns if column.path not in used]
    for _, text in head.unknown:
        near = nearest_column(head.kind, text, free)
        if near is not None:
            return Message.of(
                N_("Is “{heading}” the field {path}? Then say so in kit.yaml: {example}"),
                heading=text,
                path=near.path,
                example=f'imports: {{columns: {{"{text}": {near.path}}}}}',
            )
    return Message.of(
        N_("Where one of them is a field of the kit, say so in kit.yaml: {example}"),
        example=f'imports: {{columns: {{"{head.unknown[0][1]}": text}}}}',
    )


def _mapped(desk: Desk, mapping: Mapping[str, str]) -> dict[str, Column]:
    """Return the columns of headings that the kit maps; a field that there is not is told."""
    fields = columns.KINDS["event"].by_path
    given = dict(desk.kit.edition.imports.columns) if desk.kit.named else {}
    found: dict[str, Column] = {}
    for heading, path in {**given, **mapping}.items():
        column = fields.get(path.strip())
        if column is not None:
            found[heading_key(heading)] = column
        else:
            source = desk.kit.source
            own = heading in given
            span = (
                source.span(("imports", "columns", heading)) if own else Span.of_file(source.name)
            )
            message = Message.of(N_("“{path}” is no field of an event."), path=path)
            known = ", ".join(name for name in fields if not name.startswith("when."))
            hint = Message.of(N_("Write one of these: {words}."), words=known)
            desk.found.append(Diagnostic.warning("M303", span, message, hint))
    return found
