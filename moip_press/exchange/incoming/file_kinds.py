"""One file of another program, whatever it is, as a batch of records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from moip_press.exchange.incoming.batch import LARGEST_FILE, Batch, Refused
from moip_press.exchange.incoming.csv_tables import decode_text, read_csv
from moip_press.exchange.incoming.desk import Desk
from moip_press.exchange.incoming.grid import Workbook
from moip_press.exchange.incoming.json_records import read_json_records
from moip_press.exchange.incoming.openagenda import read_agenda
from moip_press.kit.model.kit import Kit
from moip_press.report.diagnostics import Diagnostic, Message, Report
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held, reason
from moip_press.system.files import read_file
from moip_press.system.limits import READING

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
PACKAGE = "EncryptedPackage".encode("utf-16-le")
SPLIT_SIGN = re.compile(rb"\r?\n([ \t])([\x80-\xbf]{1,3})")
"""Where a calendar's line is folded in the middle of a sign, as RFC 5545 lets programs do."""
OWN = re.compile(
    r'\ABEGIN:VCALENDAR\s.{0,200}?^PRODID:-//moip-press//|\A\{\s*"format": "moip-press/',
    re.DOTALL | re.MULTILINE,
)
CALENDARS = frozenset({".ics", ".ical", ".ifb", ".icalendar"})
TEXT_NAMES = frozenset({".csv", ".tsv", ".txt", ".tab", ""})
SAVE_AS_XLSX = N_("Save it as .xlsx (Excel workbook), and import that file.")


def read_batch(
    path: Path,
    kit: Kit,
    mapping: Mapping[str, str] | None = None,
    *,
    section: str | None = None,
    name: str | None = None,
) -> Batch:
    """Return the records of a file, in the words of a kit. Raises ``OSError``.

    `mapping` names the fields of headings that we do not know, besides those of the kit itself.
    `section` is where all its records belong, whatever they say. `name` is what diagnostics call
    the file; without it, its path. What is not what it claims to be, or asks for more time and
    memory than it may, is refused whole.
    """
    name = name or path.as_posix()
    try:
        return held(READING, _read, path, kit, dict(mapping or {}), section, name)
    except (OverLimit, Broken) as error:
        return refused_batch(path.stem, _endless(path, error).diagnostic(name))


def _read(
    path: Path, kit: Kit, mapping: Mapping[str, str], section: str | None, name: str
) -> Batch:
    try:
        data = _data(path)
        return _batch(data, path, Desk.of(kit, name, section), mapping)
    except Refused as refusal:
        return refused_batch(path.stem, refusal.diagnostic(name))


def _endless(path: Path, error: OverLimit | Broken) -> Refused:
    """Return the refusal of a file that takes too much, or that a library breaks down on."""
    if isinstance(error, OverLimit) and path.suffix.lower() in CALENDARS:
        return Refused(
            "M104",
            Message(N_("The calendar has rules that repeat too often to be worked out.")),
            Message(N_("Leave the repeated entries out, or give them an end.")),
        )
    sentence = reason(error) or Message(N_("The file is damaged: it cannot be read."))
    return Refused("M104", sentence, Message(N_("Save it anew in the program that it is from.")))


def refused_batch(stem: str, diagnostic: Diagnostic) -> Batch:
    """Return the batch of a file that is not read."""
    return Batch(f"file:{stem}", (), Report((diagnostic,)), refused=True)


def _data(path: Path) -> bytes:
    data = read_file(path, LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Refused(
            "M104",
            Message.of(N_("The file is larger than {limit} MB."), limit=LARGEST_FILE // 1_000_000),
            Message(N_("Split it, or leave pictures out of it.")),
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused("M105", Message(N_("The file is empty.")))
    return data


def _batch(data: bytes, path: Path, desk: Desk, mapping: Mapping[str, str]) -> Batch:
    """Read a file by what it holds; its name only has to agree."""
    ending = path.suffix.lower()
    if data.startswith(ZIP):
        _agree(ending, {".xlsx", ".xlsm", ".xltx"}, N_("an Excel workbook"))
        return _table(_workbook(data, desk.file), path, desk, mapping)
    if data.startswith(OLE):
        raise _old_workbook(data)
    if data.startswith(PDF):
        raise Refused("M101", Message(N_("This is a PDF, which cannot be imported.")))
    text = decode_text(SPLIT_SIGN.sub(rb"\2\r\n\1", data))
    start = text[:2000].lstrip("\ufeff \t\r\n")
    if OWN.search(start):
        raise _for_others()
    if start[:15].upper() == "BEGIN:VCALENDAR":
        _agree(ending, CALENDARS | {".txt"}, N_("a calendar"))
        return _calendar(text, path, desk)
    if start[:1] in ("{", "[") and ending not in {".csv", ".tsv"}:
        _agree(ending, {".json", ".txt", ".geojson"}, N_("JSON"))
        return read_agenda(read_json_records(text.lstrip("\ufeff"), desk.file), desk)
    if start[:1] == "<":
        raise _web_page()
    _agree(ending, TEXT_NAMES, N_("a text"))
    return _table(read_csv(data, desk.file), path, desk, mapping)


def _workbook(data: bytes, name: str) -> Workbook:
    # openpyxl is slow to import, and most files are none of its own
    from moip_press.exchange.incoming.xlsx import read_workbook  # noqa: PLC0415

    return read_workbook(data, name)


def _calendar(text: str, path: Path, desk: Desk) -> Batch:
    from moip_press.exchange.incoming.icalendar_files import read_calendar  # noqa: PLC0415

    return read_calendar(text, path.stem, desk)


def _table(book: Workbook, path: Path, desk: Desk, mapping: Mapping[str, str]) -> Batch:
    from moip_press.exchange.incoming.table_import import read_table  # noqa: PLC0415

    return read_table(book, path.stem, desk, mapping)


def _agree(ending: str, endings: set[str] | frozenset[str], holds: str) -> None:
    """Refuse a file that is named for something else than it holds."""
    if ending and ending not in endings:
        raise Refused(
            "M101",
            Message.of(
                N_("The file is named {ending}, but holds {content}."),
                ending=ending,
                content=Message(holds),
            ),
            Message(N_("Check that it is the right file; if so, rename it.")),
        )


def _old_workbook(data: bytes) -> Refused:
    if PACKAGE in data:
        return Refused(
            "M101",
            Message(N_("The workbook is protected by a password.")),
            Message(N_("Open it, take the password away, and import it again.")),
        )
    return Refused(
        "M101",
        Message(N_("This is a file of an old version of Office (.xls), which cannot be read.")),
        Message(SAVE_AS_XLSX),
    )


def _for_others() -> Refused:
    """Return the refusal of what we exported for readers: it says less than the kit, in words."""
    return Refused(
        "M101",
        Message(N_("This file was exported from a kit for its readers: it does not come back.")),
        Message(
            N_("Export a workbook (xlsx) or a table (csv) instead: what is edited there does.")
        ),
    )


def _web_page() -> Refused:
    return Refused(
        "M101",
        Message(N_("This is a web page or XML, not a table.")),
        Message(SAVE_AS_XLSX),
    )
