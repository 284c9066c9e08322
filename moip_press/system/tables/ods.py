"""Spreadsheets of LibreOffice and OpenOffice (OpenDocument 1.3) as cells.

Not python-calamine: it loses cells with errors, long durations, links, and what is merged.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from moip_press.report.messages import N_
from moip_press.system.enforcement import foreign
from moip_press.system.tables.grid import (
    COMMENTS,
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
)

CONTENT = "content.xml"
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
TIME = re.compile(r"-?PT([0-9]{1,4})H([0-9]{1,2})M[0-9.,]{1,20}S")
DAY = timedelta(days=1)
MOST_SPACES = 1_000
MOST_CELLS = 2_000_000
"""Cells of a table: a file of a few bytes may repeat one as often as it likes."""

MOST_REPEATED = 2_000_000
NOT_SAID = frozenset({f"{OFFICE}annotation", f"{TEXT}note"})
"""What stands in a cell and is none of its words."""


def read_ods(archive: zipfile.ZipFile, name: str) -> Workbook:
    """Return the visible sheets of a spreadsheet. Raises ``Broken`` and `Refused`."""
    aside: Counter[str] = Counter()
    with foreign("defusedxml", DefusedXmlException, ElementTree.ParseError):
        sheets = tuple(_sheets(io.BytesIO(archive.read(CONTENT)), name, aside))
    return Workbook(sheets, aside=aside)


def _sheets(stream: io.BytesIO, name: str, aside: Counter[str]) -> Iterator[Sheet]:
    """Yield the sheets; each row is forgotten once it is read, since they may be many."""
    hidden: set[str] = set()
    reader: _Table | None = None
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        starts = event == "start"
        if element.tag == f"{TABLE}table" and starts:
            style, called = (element.get(f"{TABLE}{each}", "") for each in ("style-name", "name"))
            reader = reader or _Table(called, hidden=style in hidden)
        elif element.tag == f"{TABLE}table-row" and not starts and reader is not None:
            reader.row(element)
            element.clear()
        elif element.tag == f"{TABLE}table" and reader is not None:
            if not reader.hidden:
                yield Sheet(name, reader.name, tuple(reader.rows))
            aside[HIDDEN] += reader.hidden
            reader = None
        elif element.tag == f"{OFFICE}annotation":
            aside[COMMENTS] += not starts
        elif element.tag == f"{STYLE}style" and not starts:
            shown = element.find(f"{STYLE}table-properties")
            if shown is not None and shown.get(f"{TABLE}display") == "false":
                hidden.add(element.get(f"{STYLE}name", ""))


class _Table:
    """The rows of a table, as far as they are read."""

    def __init__(self, name: str, *, hidden: bool) -> None:
        self.name = name
        self.hidden = hidden
        self.rows: list[Row] = []
        self.line = 0
        self.filled = 0
        self.covering: dict[int, tuple[int, Content]] = {}
        """By their column: until which line a merged cell reaches down, and what it holds."""

    def row(self, element: Element) -> None:
        """Add a row, as often as the file says."""
        times = _number(element, "number-rows-repeated")
        self.line += 1
        row = Row(self.line, tuple(self._cells(element)))
        for line in range(self.line, self.line + (times if not row.empty else 0)):
            self.filled += len(row.cells)
            if len(self.rows) == MOST_ROWS or self.filled > MOST_CELLS:
                raise Refused("M104", N_("The file has too many rows."))
            self.rows.append(Row(line, row.cells))
        self.line += times - 1

    def _cells(self, row: Element) -> list[Content]:
        cells: list[Content] = []
        for cell in row:
            if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            content = _content(cell)
            for _ in range(min(_number(cell, "number-columns-repeated"), MOST_COLUMNS)):
                cells.append(self._covered(len(cells), content))
            if (down := _number(cell, "number-rows-spanned")) > 1:
                self.covering[len(cells) - 1] = (self.line + down - 1, content)
            if len(cells) >= MOST_COLUMNS:
                break
        while cells and cells[-1] is None:
            cells.pop()
        return cells

    def _covered(self, column: int, content: Content) -> Content:
        last, above = self.covering.get(column, (0, None))
        if content is None and self.line <= last:
            return Repeated(above) if isinstance(above, str) else above
        return content


def _number(element: Element, name: str, *, of: str = TABLE) -> int:
    said = element.get(f"{of}{name}", "1")
    return min(int(said), MOST_REPEATED) if re.fullmatch("[0-9]{1,12}", said) else 1


def _content(cell: Element) -> Content:
    kind = cell.get(f"{OFFICE}value-type")
    words = _words(cell)
    if cell.get(f"{CALC}value-type") == "error":
        return Fault(words)
    try:
        if kind == "date":
            moment = datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
            return moment if "T" in cell.get(f"{OFFICE}date-value", "") else moment.date()
        if kind == "time":
            return _time(cell.get(f"{OFFICE}time-value", ""), words)
        if kind == "boolean":
            return cell.get(f"{OFFICE}boolean-value") == "true"
        if kind == "float":
            return float(cell.get(f"{OFFICE}value", ""))
    except ValueError:
        return words or None
    return words or None  # a price or a share as it is shown


def _time(said: str, words: str) -> Content:
    """Return an hour, or a length of a day and more, as a workbook has it."""
    found = TIME.fullmatch(said)
    if found is None:
        return words or None
    length = timedelta(hours=int(found[1]), minutes=int(found[2]))
    return length if length >= DAY else time(int(found[1]), int(found[2]))


def _words(cell: Element) -> str:
    """Return the words of a cell, a line for each paragraph, with the address that they lead to."""
    links: list[str] = []
    paragraphs = [piece for piece in cell if piece.tag == f"{TEXT}p"]
    text = "\n".join("".join(_pieces(piece, links)) for piece in paragraphs)
    return Linked(text, links[0]) if len(links) == 1 else text


def _pieces(element: Element, links: list[str]) -> Iterator[str]:
    """Yield the text within an element: spaces and line ends have elements of their own."""
    if element.tag == f"{TEXT}s":
        yield " " * min(_number(element, "c", of=TEXT), MOST_SPACES)
    elif element.tag in BREAKS:
        yield BREAKS[element.tag]
    elif element.tag not in NOT_SAID:
        if element.tag == f"{TEXT}a" and (url := element.get(LINK)):
            links.append(url)
        yield element.text or ""
        for inner in element:
            yield from _pieces(inner, links)
            yield inner.tail or ""
