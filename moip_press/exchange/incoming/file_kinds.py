"""One file of another program, of whatever kind, as a batch of records."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from moip_press.exchange.columns.kit_rows import MEMORY_SHEET
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.import_job import LISTED, ImportJob, listed
from moip_press.exchange.incoming.json_records import JsonDocument, read_json_records
from moip_press.exchange.incoming.json_tables import linked_data_of_page, table_of_json
from moip_press.exchange.incoming.openagenda import is_agenda, read_agenda
from moip_press.exchange.incoming.table_headings import find_headings
from moip_press.kit.model.kit import Kit
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held
from moip_press.system.limits import READING
from moip_press.system.tables.csv_tables import decode_text, read_csv
from moip_press.system.tables.grid import Refused, Sheet, Workbook
from moip_press.system.tables.opening import (
    EXPORT_AS,
    TEXT_NAMES,
    WORKBOOKS,
    ZIP,
    agree,
    content,
    costly,
    refuse_binary,
)

SPLIT_CHARACTER = re.compile(rb"\r?\n([ \t])([\x80-\xbf]{1,3})")
"""Where a calendar's line is folded inside a character, as RFC 5545 lets programs do."""
OWN = re.compile(
    r'\ABEGIN:VCALENDAR\s.{0,200}?^PRODID:-//moip-press//|\A\{\s*"format": "moip-press/',
    re.DOTALL | re.MULTILINE,
)
CALENDARS = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
JSON_NAMES = frozenset({".json", ".txt", ".geojson", ".jsonld"})
TEXTS = (
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?<schedule\b", re.IGNORECASE),
        N_("This is a schedule of pretalx or frab in XML."),
        N_("Export it as JSON (schedule.json), and import that."),
    ),
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE),
        N_("This is a news feed (RSS or Atom), whose entries have no dates of events."),
        EXPORT_AS,
    ),
    (
        re.compile(r"(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE),
        N_("This is a web page that says nothing of its events to programs (schema.org)."),
        N_("Look on the page for a calendar (.ics) or an export, and import that."),
    ),
    (re.compile("<"), N_("This is XML of a kind that is not read."), EXPORT_AS),
    (
        re.compile("BEGIN:VCARD", re.IGNORECASE),
        N_("These are contacts (.vcf), not events."),
        N_("Write them into “contacts” of kit.yaml."),
    ),
)
"""What other texts begin with, what they are, and the way out."""


def read_batch(path: Path, kit: Kit, *, name: str | None = None, day: date | None = None) -> Batch:
    """Return the records of a file, in the words of a kit. Raises ``OSError``.

    `name` is what diagnostics call the file; without it, its path. `day` is the one of rows that
    have hours only. What is not what it claims to
    be, or asks for more time and memory than it may, is refused whole.
    """
    name = name or path.as_posix()
    try:
        return held(READING, _read, path, kit, name, day)
    except (OverLimit, Broken) as error:
        return _refused(path, name, _costly(path, error))
    except MemoryError:  # the computer has less than the limit
        return _refused(path, name, _costly(path, Broken("Python", "memory")))


def _read(path: Path, kit: Kit, name: str, day: date | None) -> Batch:
    try:
        return _of_any_kind(content(path), path, ImportJob(kit, name, day))
    except Refused as refusal:
        return _refused(path, name, refusal)


def _refused(path: Path, name: str, refusal: Refused) -> Batch:
    return Batch(f"file:{path.stem}", (), Report((refusal.diagnostic(name),)), refused=True)


def _costly(path: Path, error: OverLimit | Broken) -> Refused:
    """Return the refusal of a file that takes too much, or that a library breaks down on."""
    if isinstance(error, OverLimit) and path.suffix.lower() in CALENDARS:
        return Refused(
            "M104",
            N_("The calendar has rules that repeat too often to be worked out."),
            N_("Leave the repeated entries out, or give them an end."),
        )
    return costly(error)


def _of_any_kind(data: bytes, path: Path, job: ImportJob) -> Batch:
    """Read a file by what it holds; its name only has to agree.

    What a kind alone needs, and is slow to import, is imported where it is read.
    """
    ending = path.suffix.lower()
    refuse_binary(data)
    if data.startswith(ZIP):
        from moip_press.system.tables.xlsx import read_workbook  # noqa: PLC0415

        book = read_workbook(data, job.file, MEMORY_SHEET)
        agree(ending, WORKBOOKS, N_("a workbook"))
        return _of_table(book, path, job)
    text = decode_text(SPLIT_CHARACTER.sub(rb"\2\r\n\1", data)).lstrip("\ufeff")
    start = text[:2000].lstrip(" \t\r\n")
    if start[:15].upper() == "BEGIN:VCALENDAR":
        from moip_press.exchange.incoming.icalendar_files import read_calendar  # noqa: PLC0415

        _refuse_text(start)
        agree(ending, CALENDARS | {".txt"}, N_("a calendar"))
        return read_calendar(text, path.stem, job)
    document = None
    if start[:1] in ("{", "[") and ending not in {".csv", ".tsv"}:
        _refuse_text(start)
        agree(ending, JSON_NAMES, N_("JSON"))
        document = read_json_records(text, job.file)
        if is_agenda(document):
            return read_agenda(document, job)
    elif start.startswith("<"):
        document = linked_data_of_page(text, job.file)
    if document is not None:
        return _of_json(document, path, job)
    _refuse_text(start)
    agree(ending, TEXT_NAMES, N_("a text"))
    return _of_table(read_csv(data, job.file, _known), path, job)


def _known(sheet: Sheet) -> int:
    """Return how many headings of a table are known."""
    head = find_headings(sheet, {}, ours=False)
    return len(head.columns) if head else 0


def _of_table(book: Workbook, path: Path, job: ImportJob) -> Batch:
    from moip_press.exchange.incoming.table_import import read_table  # noqa: PLC0415

    return read_table(book, path.stem, job)


def _of_json(document: JsonDocument, path: Path, job: ImportJob) -> Batch:
    """Read JSON by the names of its fields."""
    book = table_of_json(document, job)
    for place in document.wrongs:
        job.error("M201", place, N_("This is no event."))
    try:
        return _of_table(book, path, job)
    except Refused as refusal:
        if refusal.code != "M105":
            raise
        names = [str(cell) for cell in book.sheets[0].rows[0].cells]
        sentence = N_("This JSON has no events that can be recognised: its records have {names}.")
        said = listed(names, LISTED) if names else Message(N_("no fields"))
        raise Refused("M106", Message.of(sentence, names=said), EXPORT_AS) from refusal


def _refuse_text(start: str) -> None:
    if OWN.search(start):  # it says less than the kit, in words
        raise Refused(
            "M101",
            N_("This file was exported from a kit for its readers: it does not come back."),
            N_("Export a workbook (xlsx) or a table (csv) instead: what is edited there does."),
        )
    for mark, sentence, hint in TEXTS:
        if mark.match(start):
            raise Refused("M106", sentence, hint)
