"""Workbooks as cells. The only user of openpyxl for reading."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from moip_press.exchange.columns import MEMORY_SHEET as MEMORY
from moip_press.exchange.columns import unescaped
from moip_press.exchange.incoming.batch import MOST_ROWS, Refused
from moip_press.exchange.incoming.grid import ERRORS, Content, Fault, Row, Sheet, Workbook, blank
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, foreign

MOST_MEMBERS = 2_000
MOST_UNZIPPED = 300_000_000
"""Bytes that all parts may have when unpacked."""

STEEPEST = 300
"""How many times a part may be larger than it is packed, where it is larger than `HARMLESS`."""

HARMLESS = 10_000_000
PIECE = 1 << 20


def zip_parts(data: bytes) -> frozenset[str]:
    """Return the names of the parts of a ZIP file. Raises `Refused` where it is none, or a bomb.

    The sizes that it declares are looked at first, then each part is unpacked once and counted,
    piece by piece, since what is declared may be a lie.
    """
    try:
        with foreign("zipfile"), zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _weigh_declared(members, len(data))
            left = MOST_UNZIPPED
            for member in members:
                left -= _weigh(archive, member, left)
            return frozenset(member.filename for member in members)
    except Broken as error:
        raise damaged_workbook() from error


def damaged_workbook() -> Refused:
    """Return the refusal of a file that cannot be opened."""
    return Refused(
        "M101",
        Message(N_("The workbook is damaged: it cannot be opened.")),
        Message(N_("Open it in your spreadsheet program and save it anew as .xlsx.")),
    )


def zip_bomb() -> Refused:
    """Return the refusal of a file that would unpack to something enormous."""
    return Refused(
        "M103",
        Message(
            N_("The workbook unpacks to far more than its size lets expect: it is not opened.")
        ),
        Message(N_("Copy the rows that you need into a new workbook.")),
    )


def _weigh_declared(members: list[zipfile.ZipInfo], size: int) -> None:
    declared = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or declared > MOST_UNZIPPED or packed > size:
        raise zip_bomb()


def _weigh(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a part has when unpacked."""
    size = 0
    steep = max(HARMLESS, STEEPEST * member.compress_size)
    with archive.open(member) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > min(most, steep):
                raise zip_bomb()
    return size


LAST_ROW = 1_048_576  # of a sheet, in Excel: openpyxl would make all rows up to one beyond
MOST_COLUMNS = 200
MOST_SHEETS = 100
MOST_MERGES = 20_000
MOST_FILLED = 200_000
"""Cells of merged ones that get the value of the first."""

COUNTED_FROM = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MANIFEST, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
OTHER_ZIPS = (
    ("content.xml", N_("This is a file of LibreOffice or OpenOffice, not an Excel workbook.")),
    ("word/document.xml", N_("This is a Word document, not an Excel workbook.")),
    ("ppt/presentation.xml", N_("This is a PowerPoint file, not an Excel workbook.")),
    ("xl/workbook.bin", N_("This is a binary workbook (.xlsb), which cannot be read.")),
    ("Index/Document.iwa", N_("This is a file of Apple Numbers, not an Excel workbook.")),
)
SAVE_AS = N_("Save it as .xlsx (Excel workbook), and import that file.")


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that are shown as one: rows and columns from 1, ends included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


def read_workbook(data: bytes, name: str) -> Workbook:
    """Return the visible sheets of a workbook; raises `Refused` where it is none.

    Formulas have the values that the program saved with them. A cell that is merged downwards has
    its value in each of its rows; rows and columns that are hidden are read as the others are,
    since a filter that somebody left on hides rows too.
    """
    _refuse_others(zip_parts(data))
    try:
        with warnings.catch_warnings(), foreign("openpyxl"):
            # about drop-downs, styles and headers, which are not read
            warnings.simplefilter("ignore")
            return _workbook(data, name)
    except Broken as error:
        raise damaged_workbook() from error


def _refuse_others(parts: frozenset[str]) -> None:
    if MANIFEST in parts and "xl/workbook.bin" not in parts and "word/document.xml" not in parts:
        return
    for part, sentence in OTHER_ZIPS:
        if part in parts:
            raise Refused("M101", Message(sentence), Message(SAVE_AS))
    sentence = N_("This is a ZIP archive, not an Excel workbook.")
    raise Refused("M101", Message(sentence), Message(SAVE_AS))


def _workbook(data: bytes, name: str) -> Workbook:
    values, formulas = _opened(data, data_only=True), None
    try:
        sheets = []
        for title, target in _targets(values):
            sheet = values.wb[title]
            raw = values.archive.read(target)
            rows = _rows(sheet)
            if FORMULA.search(raw):
                formulas = formulas or _opened(data, data_only=False)
                rows = _without_value(rows, formulas.wb[title])
            rows = _unmerged(rows, _merges(raw))
            epoch = COUNTED_FROM[values.wb.epoch == CALENDAR_MAC_1904]
            sheets.append(Sheet(name, title, tuple(r for r in rows if not r.empty), epoch))
        memory = tuple(row for sheet in sheets if sheet.name == MEMORY for row in sheet.rows)
        seen = tuple(sheet for sheet in sheets if sheet.name != MEMORY)
        return Workbook(seen, _properties(values.wb), memory=memory)
    finally:
        for opened in (values, formulas):
            if opened is not None:
                opened.archive.close()


def _opened(data: bytes, *, data_only: bool) -> Any:
    reader = ExcelReader(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    reader.read()
    return reader


def _targets(reader: Any) -> list[tuple[str, str]]:
    """Return the visible sheets of cells, and our own memory: titles and names of parts."""
    found = [
        (sheet.name, rel.target)
        for sheet, rel in reader.parser.find_sheets()
        if ((sheet.state or "visible") == "visible" or sheet.name == MEMORY)
        and rel.target in reader.valid_files
        and isinstance(reader.wb[sheet.name], ReadOnlyWorksheet)
    ]
    return found[:MOST_SHEETS]


def _properties(book: Any) -> dict[str, str]:
    custom = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}
    return {"creator": str(book.properties.creator or ""), **custom}


def _rows(sheet: Any) -> list[Row]:
    """Return the rows with anything in them."""
    rows: list[Row] = []
    for line, cells in enumerate(_values(sheet), 1):
        if cells.count(None) < len(cells):
            rows.append(Row(line, _trimmed(cells)))
        if len(rows) > MOST_ROWS:
            raise Refused(
                "M104",
                Message.of(N_("The sheet “{sheet}” has too many rows."), sheet=sheet.title),
                Message.of(N_("At most {count} rows are read."), count=MOST_ROWS),
            )
    return rows


def _values(sheet: Any) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # what is said there may be wrong
    return iter(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True))


def _trimmed(cells: tuple[object, ...]) -> tuple[Content, ...]:
    """Return the cells up to the last one with content."""
    last = len(cells)
    while last and cells[last - 1] in (None, ""):
        last -= 1
    return tuple(_content(value) for value in cells[:last])


def _content(value: object) -> Content:
    if isinstance(value, str):
        return Fault(value) if ERRORS.fullmatch(value) else unescaped(value)
    if value is None or isinstance(value, bool | int | float | datetime | date | time | timedelta):
        return value
    return str(value)


def _without_value(rows: list[Row], sheet: Any) -> list[Row]:
    """Return the rows with a fault where a formula was saved without its value."""
    known = {row.line: row for row in rows}
    for line, cells in enumerate(_values(sheet), 1):
        if cells.count(None) == len(cells):
            continue
        formulas = [column for column, value in enumerate(cells) if _is_formula(value)]
        row = known.get(line, Row(line, ()))
        lacking = [column for column in formulas if row.cell(column) is None]
        if lacking:
            padded = list(row.cells) + [None] * (max(lacking) + 1 - len(row.cells))
            for column in lacking:
                padded[column] = Fault("")
            known[line] = replace(row, cells=tuple(padded))
    return [known[line] for line in sorted(known)]


def _is_formula(value: object) -> bool:
    if isinstance(value, str):
        return value.startswith("=") and len(value) > 1
    return type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def _merges(raw: bytes) -> list[Merge]:
    start = max(0, raw.rfind(b"sheetData>"))
    found = []
    for match in MERGED.finditer(raw, start):
        bounds = range_boundaries(match[1].decode("ascii"))
        found.append(Merge(*(int(bound or 1) for bound in bounds)))
        if len(found) == MOST_MERGES:
            break
    return found


def _unmerged(rows: list[Row], merges: list[Merge]) -> list[Row]:
    """Return the rows with the value of a merged cell in each row that it covers."""
    known = {row.line: list(row.cells) for row in rows}
    lines = sorted(known)
    left = MOST_FILLED
    for merge in merges:
        column = merge.first_column - 1
        top = known.get(merge.first_row, [])
        value = top[column] if column < len(top) else None
        if blank(value):
            continue
        covered = lines[bisect_right(lines, merge.first_row) : bisect_right(lines, merge.last_row)]
        for line in covered[:left]:
            cells = known[line]
            cells += [None] * (column + 1 - len(cells))
            cells[column] = value
        left = max(0, left - len(covered))
    return [Row(line, tuple(known[line])) for line in sorted(known)]
