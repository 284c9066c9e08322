"""One file of another program, of whatever kind, as a batch of records."""

from __future__ import annotations

import re
from pathlib import Path

from moip_press.exchange.incoming.batch import LARGEST_FILE, Batch, Refused
from moip_press.exchange.incoming.csv_tables import decode_text, read_csv
from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.exchange.incoming.json_records import read_json_records
from moip_press.exchange.incoming.openagenda import read_agenda
from moip_press.kit.model.kit import Kit
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held, reason
from moip_press.system.files import read_file
from moip_press.system.limits import READING

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
PACKAGE = "EncryptedPackage".encode("utf-16-le")
SPLIT_CHARACTER = re.compile(rb"\r?\n([ \t])([\x80-\xbf]{1,3})")
"""Where a calendar's line is folded inside a character, as RFC 5545 lets programs do."""
OWN = re.compile(
    r'\ABEGIN:VCALENDAR\s.{0,200}?^PRODID:-//moip-press//|\A\{\s*"format": "moip-press/',
    re.DOTALL | re.MULTILINE,
)
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx"})
CALENDARS = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
JSON_NAMES = frozenset({".json", ".txt", ".geojson"})
TEXT_NAMES = frozenset({".csv", ".tsv", ".txt", ".tab", ""})
SAVE_AS_XLSX = N_("Save it as .xlsx (Excel workbook), and import that file.")


def read_batch(path: Path, kit: Kit, *, name: str | None = None) -> Batch:
    """Return the records of a file, in the words of a kit. Raises ``OSError``.

    `name` is what diagnostics call the file; without it, its path. What is not what it claims to
    be, or asks for more time and memory than it may, is refused whole.
    """
    name = name or path.as_posix()
    try:
        return held(READING, _read, path, kit, name)
    except (OverLimit, Broken) as error:
        return _refused(path, name, _costly(path, error))
    except MemoryError:  # the computer has less than the limit
        return _refused(path, name, _costly(path, Broken("Python", "memory")))


def _read(path: Path, kit: Kit, name: str) -> Batch:
    try:
        return _of_any_kind(_data(path), path, ImportJob(kit, name))
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
    sentence = reason(error) or N_("The file is damaged: it cannot be read.")
    return Refused("M104", sentence, N_("Save it anew in the program that it is from."))


def _data(path: Path) -> bytes:
    data = read_file(path, LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused(
            "M104",
            Message.of(N_("The file is larger than {limit} MB."), limit=LARGEST_FILE // 1_000_000),
            N_("Split it, or leave pictures out of it."),
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("M105", N_("The file is empty."))
    return data


def _of_any_kind(data: bytes, path: Path, job: ImportJob) -> Batch:
    """Read a file by what it holds; its name only has to agree.

    What a kind alone needs, and is slow to import, is imported where it is read.
    """
    ending = path.suffix.lower()
    _refuse_binary(data)
    if data.startswith(ZIP):
        from moip_press.exchange.incoming.xlsx import read_workbook  # noqa: PLC0415

        _agree(ending, WORKBOOKS, N_("an Excel workbook"))
        book = read_workbook(data, job.file)
    else:
        text = decode_text(SPLIT_CHARACTER.sub(rb"\2\r\n\1", data))
        start = text[:2000].lstrip("\ufeff \t\r\n")
        _refuse_text(start)
        if start[:15].upper() == "BEGIN:VCALENDAR":
            from moip_press.exchange.incoming.icalendar_files import read_calendar  # noqa: PLC0415

            _agree(ending, CALENDARS | {".txt"}, N_("a calendar"))
            return read_calendar(text, path.stem, job)
        if start[:1] in ("{", "[") and ending not in {".csv", ".tsv"}:
            _agree(ending, JSON_NAMES, N_("JSON"))
            return read_agenda(read_json_records(text.lstrip("\ufeff"), job.file), job)
        _agree(ending, TEXT_NAMES, N_("a text"))
        book = read_csv(data, job.file)
    from moip_press.exchange.incoming.table_import import read_table  # noqa: PLC0415

    return read_table(book, path.stem, job)


def _refuse_binary(data: bytes) -> None:
    if data.startswith(OLE) and PACKAGE in data:
        raise Refused(
            "M101",
            N_("The workbook is protected by a password."),
            N_("Open it, take the password away, and import it again."),
        )
    if data.startswith(OLE):
        sentence = N_("This is a file of an old version of Office (.xls), which cannot be read.")
        raise Refused("M101", sentence, SAVE_AS_XLSX)
    if data.startswith(PDF):
        raise Refused("M101", N_("This is a PDF, which cannot be imported."))


def _refuse_text(start: str) -> None:
    if OWN.search(start):  # it says less than the kit, in words
        raise Refused(
            "M101",
            N_("This file was exported from a kit for its readers: it does not come back."),
            N_("Export a workbook (xlsx) or a table (csv) instead: what is edited there does."),
        )
    if start.startswith("<"):
        raise Refused("M101", N_("This is a web page or XML, not a table."), SAVE_AS_XLSX)


def _agree(ending: str, endings: frozenset[str], holds: str) -> None:
    """Refuse a file that is named for something else than it holds."""
    if ending and ending not in endings:
        sentence = N_("The file is named {ending}, but holds {content}.")
        raise Refused(
            "M101",
            Message.of(sentence, ending=ending, content=Message(holds)),
            N_("Check that it is the right file; if so, rename it."),
        )
