"""A table's file, of whatever kind, as a workbook: what it holds decides, its name must agree."""

from __future__ import annotations

from pathlib import Path

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, held, reason
from moip_press.system.files import read_file
from moip_press.system.limits import READING
from moip_press.system.tables.csv_tables import read_csv
from moip_press.system.tables.grid import LARGEST_FILE, Refused, Workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PACKAGE = "EncryptedPackage".encode("utf-16-le")
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".ods", ".ots"})
TEXT_NAMES = frozenset({".csv", ".tsv", ".txt", ".tab", ""})
SAVE_AS_XLSX = N_("Save it as .xlsx (Excel workbook), and import that file.")
COPY_TABLE = N_("Copy its table into a spreadsheet, and import that (.xlsx, .ods).")
EXPORT_AS = N_("Export the events as a table (.xlsx, .csv) or a calendar (.ics), and import that.")
BINARIES = (
    (
        OLE,
        N_("This is a file of an old version of Office (.xls), which cannot be read."),
        SAVE_AS_XLSX,
    ),
    (b"%PDF", N_("This is a PDF, which cannot be imported."), COPY_TABLE),
    (b"{\\rtf", N_("This is a text document (.rtf), which cannot be imported."), COPY_TABLE),
    (b"\x89PNG", N_("This is a picture, which cannot be imported."), COPY_TABLE),
    (b"\xff\xd8\xff", N_("This is a picture, which cannot be imported."), COPY_TABLE),
    (b"\x1f\x8b", N_("This is a packed file (.gz)."), N_("Unpack it, and import what it holds.")),
    (b"SQLite format 3", N_("This is a database, which cannot be imported."), EXPORT_AS),
    (b"\x00\x01\x00\x00Standard", N_("This is a database, which cannot be imported."), EXPORT_AS),
)
"""What other files begin with, what they are, and the way out."""


def read_tables(path: Path, name: str) -> Workbook:
    """Return the sheets of a table's file; raises ``Refused``, and ``OSError`` where none is there.

    What asks for more time and memory than it may is refused too.
    """
    try:
        return held(READING, _read, path, name)
    except (OverLimit, Broken) as error:
        raise costly(error) from error
    except MemoryError as error:  # the computer has less than the limit
        raise costly(Broken("Python", "memory")) from error


def _read(path: Path, name: str) -> Workbook:
    data, ending = content(path), path.suffix.lower()
    refuse_binary(data)
    if data.startswith(ZIP):
        from moip_press.system.tables.xlsx import read_workbook  # noqa: PLC0415 -- slow to import

        agree(ending, WORKBOOKS, N_("a workbook"))
        return read_workbook(data, name)
    agree(ending, TEXT_NAMES, N_("a text"))
    return read_csv(data, name)


def costly(error: OverLimit | Broken) -> Refused:
    """Return the refusal of a file that takes too much, or that a library breaks down on."""
    sentence = reason(error) or N_("The file is damaged: it cannot be read.")
    return Refused("M104", sentence, N_("Save it anew in the program that it is from."))


def content(path: Path) -> bytes:
    """Return what a file holds; raises ``Refused`` where it is empty or too large."""
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


def refuse_binary(data: bytes) -> None:
    """Raise ``Refused`` for files of other programs that are no table."""
    if data.startswith(OLE) and PACKAGE in data:
        raise Refused(
            "M101",
            N_("The workbook is protected by a password."),
            N_("Open it, take the password away, and import it again."),
        )
    for start, sentence, hint in BINARIES:
        if data.startswith(start):
            raise Refused("M101", sentence, hint)


def agree(ending: str, endings: frozenset[str], holds: str) -> None:
    """Refuse a file that is named for something else than it holds."""
    if ending and ending not in endings:
        sentence = N_("The file is named {ending}, but holds {content}.")
        raise Refused(
            "M101",
            Message.of(sentence, ending=ending, content=Message(holds)),
            N_("Check that it is the right file; if so, rename it."),
        )
