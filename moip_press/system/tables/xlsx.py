"""Workbooks as cells: of Excel and, by `ods`, of LibreOffice. The only user of openpyxl to read.

Not python-calamine: it loses error cells, formulas without a value and the properties of a file.
"""

from __future__ import annotations

import html
import io
import re
import warnings
import zipfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, foreign
from moip_press.system.tables.grid import (
    COMMENTS,
    ERRORS,
    HIDDEN,
    MOST_COLUMNS,
    MOST_ROWS,
    Content,
    Fault,
    Linked,
    Refused,
    Repeated,
    Row,
    Sheet,
    Workbook,
    blank,
)
from moip_press.system.tables.ods import CONTENT, SPREADSHEET, read_ods

MOST_MEMBERS = 2_000
MOST_UNZIPPED = 300_000_000
"""Bytes that all parts may have when unpacked."""

STEEPEST = 300
"""How many times a part may be larger than it is packed, where it is larger than `HARMLESS`."""

HARMLESS = 10_000_000
PIECE = 1 << 20
HEAD = 1000
LAST_ROW = 1_048_576  # of a sheet, in Excel: openpyxl would make all rows up to one beyond
MOST_SHEETS = 100
MOST_MERGES = 20_000
MOST_FILLED = 200_000
"""Cells of merged ones that get the value of the first."""

COUNTED_FROM = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)
COMMENTS_PART = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
COMMENT = re.compile(rb"<(?:\w+:)?comment\s")
LINK_FORMULA = re.compile(
    r'=HYPERLINK\("([^"]{1,2000})"(?:[,;] ?"([^"]{0,500})")?\)', re.IGNORECASE
)
HYPERLINK = re.compile(rb'<(?:\w+:)?hyperlink\s[^>]*?ref="[A-Z]{1,3}[0-9]{1,7}"[^>]*>')
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(rb'(?:\w+:)?(\w+)="([^"]{0,2000})"')
MOST_LINKS = 20_000
# Excel's own way to write a character by its number
CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MANIFEST = "[Content_Types].xml"
OTHER_ZIPS = (
    ("content.xml", N_("This is a file of LibreOffice or OpenOffice, and no spreadsheet.")),
    ("word/document.xml", N_("This is a Word document, not an Excel workbook.")),
    ("ppt/presentation.xml", N_("This is a PowerPoint file, not an Excel workbook.")),
    ("xl/workbook.bin", N_("This is a binary workbook (.xlsb), which cannot be read.")),
    ("Index/Document.iwa", N_("This is a file of Apple Numbers, not an Excel workbook.")),
)
SAVE_AS = N_("Save it as .xlsx (Excel workbook), and import that file.")


class Merge(NamedTuple):
    """Cells that are shown as one: rows and columns from 1, ends included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


def read_workbook(data: bytes, name: str, memory: str = "") -> Workbook:
    """Return the visible sheets of a workbook; raises `Refused` where it is none.

    Formulas have the values that the program saved with them. A cell that is merged downwards has
    its value in each of its rows; rows and columns that are hidden are read as the others are,
    since a filter that somebody left on hides rows too. `memory` is the name of the hidden sheet
    in which a workbook of ours remembers what it held.
    """
    try:
        with foreign("zipfile"), zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, len(data))
            parts = frozenset(archive.namelist())
            if CONTENT in parts and archive.read("mimetype").strip() == SPREADSHEET:
                return read_ods(archive, name)
            _refuse_others(parts)
        with warnings.catch_warnings(), foreign("openpyxl"):
            # about drop-downs, styles and headers, which are not read
            warnings.simplefilter("ignore")
            return _workbook(data, name, memory)
    except Broken as error:
        raise Refused(
            "M101",
            N_("The workbook is damaged: it cannot be opened."),
            N_("Open it in your spreadsheet program and save it anew as .xlsx."),
        ) from error


def _refuse_bombs(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse a file that unpacks to something enormous.

    The sizes that it declares are looked at first, then each part is unpacked once and counted,
    piece by piece, since what is declared may be a lie.
    """
    members = archive.infolist()
    declared = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    left = MOST_UNZIPPED
    bomb = Refused(
        "M103",
        N_("The workbook unpacks to far more than its size lets expect: it is not opened."),
        N_("Copy the rows that you need into a new workbook."),
    )
    if len(members) > MOST_MEMBERS or declared > left or packed > size:
        raise bomb
    for member in members:
        most = min(left, max(HARMLESS, STEEPEST * member.compress_size))
        unpacked = 0
        with archive.open(member) as stream:
            while piece := stream.read(PIECE):
                # openpyxl reads with lxml where that is installed, and passes over entities
                if (
                    not unpacked
                    and b"<!DOCTYPE" in piece[:HEAD]
                    and member.filename.endswith("xml")
                ):
                    raise Broken("openpyxl", "damaged")
                unpacked += len(piece)
                if unpacked > most:
                    raise bomb
        left -= unpacked


def _refuse_others(parts: frozenset[str]) -> None:
    if MANIFEST in parts and "xl/workbook.bin" not in parts and "word/document.xml" not in parts:
        return
    archive = N_("This is a ZIP archive, not an Excel workbook.")
    sentence = next((sentence for part, sentence in OTHER_ZIPS if part in parts), archive)
    raise Refused("M101", sentence, SAVE_AS)


def _workbook(data: bytes, name: str, hidden: str) -> Workbook:
    book, formulas = _opened(data, values=True), None
    epoch = COUNTED_FROM[book.epoch == CALENDAR_MAC_1904]
    sheets: list[Sheet] = []
    memory: tuple[Row, ...] = ()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = (part for part in archive.namelist() if COMMENTS_PART.fullmatch(part))
        aside = Counter({COMMENTS: sum(len(COMMENT.findall(archive.read(part))) for part in parts)})
        for number, sheet in enumerate(book.worksheets[:MOST_SHEETS]):
            if sheet.sheet_state not in (None, "visible") and sheet.title != hidden:
                aside[HIDDEN] += 1
                continue
            # openpyxl does not read merges row by row
            raw = archive.read(sheet._worksheet_path)  # noqa: SLF001
            rows = _linked(_rows(sheet), raw, archive, sheet._worksheet_path)  # noqa: SLF001
            if FORMULA.search(raw):
                formulas = formulas or _opened(data, values=False)
                rows = _without_value(rows, formulas.worksheets[number])
            rows = _unmerged(rows, _merges(raw))
            filled = tuple(row for row in rows if not row.empty)
            if hidden and sheet.title == hidden:
                memory = filled
            else:
                sheets.append(Sheet(name, sheet.title, filled, epoch))
    properties = {prop.name: str(prop.value) for prop in book.custom_doc_props.props}
    return Workbook(tuple(sheets), properties, memory, aside=aside)


def _opened(data: bytes, *, values: bool) -> Any:
    """Return a workbook with the values that its formulas were saved with, or the formulas."""
    file = io.BytesIO(data)
    return openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _rows(sheet: Any) -> list[Row]:
    """Return the rows with anything in them."""
    rows: list[Row] = []
    for line, cells in _filled(sheet):
        last = max(n for n, cell in enumerate(cells) if cell is not None)
        rows.append(Row(line, tuple(map(_content, cells[: last + 1]))))
        if len(rows) > MOST_ROWS:
            raise Refused(
                "M104",
                Message.of(N_("The sheet “{sheet}” has too many rows."), sheet=sheet.title),
                Message.of(N_("At most {count} rows are read."), count=MOST_ROWS),
            )
    return rows


def _filled(sheet: Any) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Yield the rows with anything in them, with their numbers."""
    sheet.reset_dimensions()  # what is said there may be wrong
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    return ((n, cells) for n, cells in enumerate(rows, 1) if cells.count(None) < len(cells))


def _content(value: object) -> Content:
    if isinstance(value, str):
        return Fault(value) if ERRORS.fullmatch(value) else unescaped(value)
    if value is None or isinstance(value, bool | int | float | datetime | date | time | timedelta):
        return value
    return str(value)


def unescaped(text: str) -> str:
    """Return the text that a workbook's file means, a character for each ``_x000D_``."""
    return CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)


def _without_value(rows: list[Row], sheet: Any) -> list[Row]:
    """Return the rows with a fault where a formula was saved without its value."""
    known = {row.line: row for row in rows}
    for line, cells in _filled(sheet):
        row = known.get(line, Row(line, ()))
        if any(isinstance(cell, str) and "HYPERLINK(" in cell for cell in cells):
            row = known[line] = _with_links(row, cells)
        lacking = [n for n, value in enumerate(cells) if _is_formula(value) and row.cell(n) is None]
        if lacking:
            padded = [*row.cells, *[None] * (lacking[-1] + 1 - len(row.cells))]
            for column in lacking:
                padded[column] = Fault("")
            known[line] = Row(line, tuple(padded))
    return [known[line] for line in sorted(known)]


def _linked(rows: list[Row], raw: bytes, archive: zipfile.ZipFile, path: str) -> list[Row]:
    """Return the rows with the addresses that their cells lead to, which openpyxl leaves out."""
    folder, _, file = path.rpartition("/")
    related = f"{folder}/_rels/{file}.rels"
    found = list(islice(HYPERLINK.finditer(raw), MOST_LINKS))
    if not found or related not in archive.namelist():
        return rows
    targets = {}
    for each in islice(RELATION.finditer(archive.read(related)), MOST_LINKS):
        attributes = dict(ATTRIBUTE.findall(each[0]))
        targets[attributes.get(b"Id")] = attributes.get(b"Target", b"")
    cells = {row.line: list(row.cells) for row in rows}
    for each in found:
        attributes = dict(ATTRIBUTE.findall(each[0]))
        url = html.unescape(targets.get(attributes.get(b"id"), b"").decode(errors="replace"))
        column, line, _, _ = range_boundaries(attributes[b"ref"].decode("ascii", "replace"))
        row = cells.get(line or 0, [])
        text = row[column - 1] if column and column <= len(row) else None
        if url and column and isinstance(text, str):
            row[column - 1] = Linked(text, url)
    return [Row(row.line, tuple(cells[row.line])) for row in rows]


def _with_links(row: Row, formulas: Sequence[object]) -> Row:
    """Return a row with the addresses that its formulas lead to, and their words."""
    cells = [*row.cells, *[None] * (len(formulas) - len(row.cells))]
    for column, formula in enumerate(formulas):
        found = LINK_FORMULA.match(formula) if isinstance(formula, str) else None
        if found is not None:
            words = row.cell(column) or found[2] or found[1]
            cells[column] = Linked(str(words), found[1])
    return Row(row.line, tuple(cells))


def _is_formula(value: object) -> bool:
    if isinstance(value, str):
        return value.startswith("=") and len(value) > 1
    return type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def _merges(raw: bytes) -> Iterator[Merge]:
    start = max(0, raw.rfind(b"sheetData>"))
    for match in islice(MERGED.finditer(raw, start), MOST_MERGES):
        yield Merge(*(int(bound or 1) for bound in range_boundaries(match[1].decode("ascii"))))


def _unmerged(rows: list[Row], merges: Iterable[Merge]) -> list[Row]:
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
            cells[column] = Repeated(value) if isinstance(value, str) else value
        left = max(0, left - len(covered))
    return [Row(line, tuple(known[line])) for line in lines]
