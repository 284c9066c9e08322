"""The rows of a workbook or text table as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from moip_press.exchange import columns
from moip_press.exchange.columns import KIT_PROPERTY, Column, heading_key
from moip_press.exchange.incoming.batch import Batch, Incoming, Refused
from moip_press.exchange.incoming.grid import Sheet, Workbook
from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.exchange.incoming.openagenda import read_agenda
from moip_press.exchange.incoming.openagenda_exports import agenda_of_table
from moip_press.exchange.incoming.table_headings import (
    Headings,
    find_headings,
    heading_words,
    nearest_column,
)
from moip_press.exchange.incoming.table_rows import Rows
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_, NP_

LISTED = 12


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
    found = _headed(book, mapped, ours=ours)
    if not ours and any(head.ours for _, head in found):
        ours, found = True, _headed(book, mapped, ours=True)
    if not found:
        raise _no_headings(book)
    if not ours:
        _warn_of_sheets(book, found, job)
    records: list[Incoming] = []
    base = columns.from_memory(row.cells for row in book.memory)
    keys: dict[tuple[str, str], str] = {}
    for sheet, head in found:
        _warn_of_columns(sheet, head, job)
        read = Rows(sheet, head, job, keys, ours=ours and head.ours).records()
        records += (replace(each, base=base.get((each.kind, each.uid or ""))) for each in read)
    named = book.properties.get(KIT_PROPERTY) or PurePath(job.kit.folder.resolve()).name
    source = f"kit:{named}" if ours else f"table:{stem}"
    # what a contributor was given may be a part of the kit, so that what is not there says nothing
    complete = not ours and job.report.ok
    return Batch(source, tuple(records), job.report, complete=complete)


def _headed(
    book: Workbook, mapped: Mapping[str, Column], *, ours: bool
) -> list[tuple[Sheet, Headings]]:
    """Return the sheets of which records can come: events need a column for their titles."""
    heads = [(sheet, find_headings(sheet, mapped, ours=ours)) for sheet in book.sheets]
    return [
        (sheet, head)
        for sheet, head in heads
        if head is not None and (head.kind.kind != "event" or head.column("title") is not None)
    ]


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
    if head.unknown:
        number, _ = head.unknown[0]
        names = _listed([text for _, text in head.unknown[:LISTED]])
        job.warn(
            "M301",
            sheet.place(head.row, number),
            Message.counted(UNKNOWN, len(head.unknown), names=names),
            _offer(head),
        )
    for number, column in head.doubled:
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


def _listed(names: Sequence[str]) -> Message:
    """Return names between quotation marks, separated by commas."""
    first = Message.of(N_("“{name}”"), name=names[0])
    if len(names) == 1:
        return first
    return Message.of(N_("{first}, {rest}"), first=first, rest=_listed(names[1:]))


def _offer(head: Headings) -> Message:
    """Return the hint that says what an unknown heading may mean."""
    for _, text in head.unknown:
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
        example=f'imports: {{columns: {{"{head.unknown[0][1]}": text}}}}',
    )


def _mapped_by_kit(job: ImportJob) -> dict[str, Column]:
    """Return the columns of headings that the kit maps; reports fields that do not exist."""
    fields = columns.KINDS["event"].by_path
    given = job.kit.edition.imports.columns if job.kit.named else {}
    found: dict[str, Column] = {}
    for heading, path in given.items():
        if path.strip() in fields:
            found[heading_key(heading)] = fields[path.strip()]
            continue
        span = job.kit.source.span(("imports", "columns", heading))
        message = Message.of(N_("“{path}” is no field of an event."), path=path)
        known = ", ".join(name for name in fields if not name.startswith("when."))
        hint = Message.of(N_("Write one of these: {words}."), words=known)
        job.found.append(Diagnostic.warning("M303", span, message, hint))
    return found
