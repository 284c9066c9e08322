"""The rows of a workbook or text table as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from moip_press.exchange.columns.column import Column, heading_key
from moip_press.exchange.columns.column_spellings import BOOKKEEPING
from moip_press.exchange.columns.kit_rows import KIT_PROPERTY, from_memory
from moip_press.exchange.columns.record_sheets import KINDS, own_columns
from moip_press.exchange.incoming.batch import Batch, Incoming
from moip_press.exchange.incoming.import_job import LISTED, ImportJob, listed
from moip_press.exchange.incoming.openagenda import read_agenda
from moip_press.exchange.incoming.openagenda_exports import agenda_of_table
from moip_press.exchange.incoming.session_rows import of_foreign_rows, of_our_rows
from moip_press.exchange.incoming.table_headings import (
    Headings,
    find_headings,
    heading_words,
    nearest_column,
    words_of_heading,
)
from moip_press.exchange.incoming.table_layouts import laid_out
from moip_press.exchange.incoming.table_rows import Rows
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_
from moip_press.system.tables.grid import HIDDEN, Refused, Row, Sheet, Workbook, blank

UNKNOWN = NP_(
    "The heading {names} is not known: its column is not read.",
    "{count} headings are not known, and their columns not read: {names}.",
)


def read_table(book: Workbook, stem: str, job: ImportJob) -> Batch:
    """Return the records of all sheets whose headings are known.

    Raises `Refused` where there are none.
    """
    mapped = _mapped_by_kit(job)
    ours = KIT_PROPERTY in book.properties
    agenda = None if ours else agenda_of_table(book, mapped)
    if agenda is not None:
        return read_agenda(agenda, job)
    found = _headed(book, mapped, job, ours=ours)
    if not ours and any(head.ours for _, head in found):
        ours, found = True, _headed(book, mapped, job, ours=True)
    if not found:
        raise _no_headings(book)
    if not ours:
        _warn_of_sheets(book, found, job)
    for name, count in () if ours else book.aside.items():
        for _ in range(count):
            place = book.sheets[0].place(Row(1, ()), 0)
            job.leave(job.catalogue.gettext(name), place, told=name == HIDDEN)
    records: list[Incoming] = []
    base = from_memory(row.cells for row in book.memory)
    keys: dict[tuple[str, str], str] = {}
    for sheet, head in found:
        records += Rows(sheet, head, job, keys, ours=ours and head.ours).records()
        _warn_of_columns(sheet, head, job)
    told = of_our_rows(records, job, base) if ours else of_foreign_rows(records, job)
    named = book.properties.get(KIT_PROPERTY) or PurePath(job.kit.folder.resolve()).name
    source = f"kit:{named}" if ours else f"table:{stem}"
    # what a contributor was given may be a part of the kit, so that what is not there says nothing
    return job.batch(source, told, complete=not (ours or book.partial))


def _headed(
    book: Workbook, mapped: Mapping[str, Column], job: ImportJob, *, ours: bool
) -> list[tuple[Sheet, Headings]]:
    """Return the sheets of which records can come: events need a column for their titles."""
    found = []
    for sheet in book.sheets:
        read = sheet
        head = _titled(find_headings(read, mapped, ours=ours))
        if head is None and not ours and (laid := laid_out(sheet, job)) is not None:
            read, head = laid, _titled(find_headings(laid, mapped, ours=False))
        if head is not None:
            found.append((read, head))
    return found


def _titled(head: Headings | None) -> Headings | None:
    """Return headings of which records can come: those of events need one for titles."""
    if head is not None and head.kind.kind == "event" and head.column("title") is None:
        return None
    return head


def _no_headings(book: Workbook) -> Refused:
    row = next((sheet.rows[0] for sheet in book.sheets if sheet.rows), None)
    if row is None:
        return Refused("M105", N_("The table is empty."))
    return Refused(
        "M105",
        Message.of(
            N_("No row has headings that are known, a title among them; the first row is: {words}"),
            words=", ".join(filter(None, map(heading_words, row.cells[:LISTED]))) or "–",
        ),
        N_("Give the columns headings, such as Titre, Date, Organisateur, Description."),
    )


def _warn_of_sheets(book: Workbook, found: list[tuple[Sheet, Headings]], job: ImportJob) -> None:
    """Report which sheets with content were not read."""
    read_sheets = {sheet.name for sheet, _ in found}
    for sheet in book.sheets:
        if sheet.rows and sheet.name not in read_sheets:
            job.warn(
                "M304",
                sheet.place(sheet.rows[0], 0),
                N_("This sheet has no headings that are known: it is not read."),
                N_("If it holds events, give its columns headings."),
            )


def _warn_of_columns(sheet: Sheet, head: Headings, job: ImportJob) -> None:
    """Report which columns were not read: those of no field, and those of a field twice."""
    filled = {
        n
        for row in sheet.rows
        for n, c in enumerate(row.cells)
        if row.line > head.row.line and not blank(c)
    }
    unknown = [
        (number, text)
        for number, text in head.unknown
        if number in filled and heading_key(words_of_heading(text)) not in BOOKKEEPING
    ]
    if unknown:
        number, _ = unknown[0]
        names = listed([text for _, text in unknown], LISTED)
        job.warn(
            "M301",
            sheet.place(head.row, number),
            Message.counted(UNKNOWN, len(unknown), names=names),
            _offer(head, unknown),
        )
    for number, column in head.doubled:
        if number not in filled or column.path == "id":  # programs have several keys
            continue
        job.warn(
            "M302",
            sheet.place(head.row, number),
            Message.of(
                N_("“{heading}” says the same as another column ({meaning}): it is not read."),
                heading=heading_words(head.row.cell(number)),
                meaning=Message(column.heading),
            ),
            N_("Remove one of both, or say in “imports” of kit.yaml which one is meant."),
        )


def _offer(head: Headings, unknown: Sequence[tuple[int, str]]) -> Message:
    """Return the hint that says what an unknown heading may mean."""
    for _, text in unknown:
        near = nearest_column(head, text)
        if near is not None:
            return Message.of(
                N_("Is “{heading}” the field {path}? Then say so in kit.yaml: {example}"),
                heading=text,
                path=near.path,
                example=f'imports: {{columns: {{"{text}": {near.path}}}}}',
            )
    return Message.of(
        N_("Where one of them is a field of the kit, say so in kit.yaml: {example}"),
        example=f'imports: {{columns: {{"{unknown[0][1]}": text}}}}',
    )


def _mapped_by_kit(job: ImportJob) -> dict[str, Column]:
    """Return the columns of headings that the kit maps; reports fields that do not exist."""
    own = own_columns(job.kit)
    fields = {**KINDS["event"].by_path, **{column.path: column for column in own}}
    given = job.kit.edition.imports.columns if job.kit.named else {}
    found = {heading_key(name): column for column in own for name in (column.heading, column.path)}
    for heading, path in given.items():
        if path.strip() in fields:
            found[heading_key(heading)] = fields[path.strip()]
            continue
        span = job.kit.source.span(("imports", "columns", heading))
        message = Message.of(N_("“{path}” is no field of an event."), path=path)
        known = ", ".join(name for name, column in fields.items() if column.written)
        hint = Message.of(N_("Write one of these: {words}."), words=known)
        job.found.append(Diagnostic.warning("M303", span, message, hint))
    return found
