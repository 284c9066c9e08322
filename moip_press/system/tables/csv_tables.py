"""Text tables as cells: CSV with any delimiter, in any of the encodings that programs write."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.tables.grid import (
    ERRORS,
    MOST_ROWS,
    Content,
    Fault,
    Refused,
    Row,
    Sheet,
    Workbook,
)

DELIMITERS = (";", "\t", ",", "|")
SAMPLE = 1_000_000
MOST_LOOKED_AT = 60
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
MOST_COLUMNS = 500
Known = Callable[[Sheet], int]


def none_known(sheet: Sheet) -> int:  # noqa: ARG001 -- a Known
    """Return how many headings are known where none are."""
    return 0


def read_csv(data: bytes, name: str, known: Known = none_known) -> Workbook:
    """Return the one sheet of a text table; raises `Refused` where it cannot be one.

    `known` counts the headings of its first rows that the reader knows.
    """
    text = decode_text(data)
    delimiter, start = _delimiter(text, name, known)
    rows: list[Row] = []
    for row in _rows(text, delimiter, start):
        if not row.empty:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Refused(
                "M104",
                N_("The file has too many rows."),
                Message.of(N_("At most {count} rows are read."), count=MOST_ROWS),
            )
    return Workbook((Sheet(name, "", tuple(rows)),))


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16 with its mark, UTF-8, or Windows-1252.

    A file full of NUL is refused: it is no text.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide(data):
        return data.decode(wide, errors="replace")
    if data.count(0) * 10 > len(data):
        raise Refused(
            "M101",
            N_("This is neither a table nor a calendar: its content is not text."),
            N_("Export it anew as .xlsx, .csv, .json or .ics."),
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide(data: bytes) -> str | None:
    """Return the encoding of Latin text in UTF-16 without a mark: every second byte is zero."""
    even, odd = data[0:2000:2], data[1:2000:2]
    if len(data) < 4 or len(data) % 2:
        return None
    if odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.8 * len(even) and not odd.count(0) else None


def _delimiter(text: str, name: str, known: Known) -> tuple[str, int]:
    """Return the character between cells, and the offset at which the table begins."""
    said = SEPARATOR_LINE.match(text)
    if said is not None:
        return said[1], said.end()
    sample = text[:SAMPLE]
    return max(DELIMITERS, key=lambda each: _sense(sample, each, name, known)), 0


def _sense(sample: str, delimiter: str, name: str, known: Known) -> tuple[int, float, int]:
    """Return what sense a text makes with a delimiter.

    First count the headings that are known; then the share of rows that are as wide as most, since
    commas within sentences make rows of any width; then that width.
    """
    rows = [row for row in _rows(sample, delimiter, 0, strict=False) if not row.empty]
    widths = Counter(len(row.cells) for row in rows)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < 2:
        return (0, 0, 0)
    head = Sheet(name, "", tuple(rows[:MOST_LOOKED_AT]))
    return (known(head), alike / len(rows), width)


def _rows(text: str, delimiter: str, start: int, *, strict: bool = True) -> Iterator[Row]:
    """Yield the rows. A cell in quotes may hold delimiters and line ends; `""` is a quote.

    What follows the closing quote belongs to the cell, as other programs have it.
    """
    sign = re.escape(delimiter)
    cell = re.compile(
        rf'(?:"(?P<quoted>(?:[^"]++|"")*+)"|(?!"))(?P<plain>[^{sign}\r\n]*)'
        rf"(?P<end>{sign}|\r\n|[\r\n]|\Z)"
    )
    at, begins, line = start, start, 1 + text.count("\n", 0, start)
    first_line = line
    cells: list[Content] = []
    starts: list[tuple[int, int]] = []
    while at < len(text) or cells:
        starts.append((line, at - begins + 1))
        found = cell.match(text, at)
        if found is None:
            if strict:
                raise _unclosed(*starts[-1])
            return
        value = (found["quoted"] or "").replace('""', '"') + found["plain"]
        cells.append(Fault(value) if ERRORS.fullmatch(value) else value)
        if inner := text.count("\n", at, found.start("end")):
            line += inner
            begins = text.rfind("\n", at, found.start("end")) + 1
        at = found.end()
        if found["end"] == delimiter:
            if len(cells) > MOST_COLUMNS:
                raise Refused("M104", N_("The file has too many columns."))
            continue
        yield Row(first_line, tuple(cells), tuple(starts))
        cells, starts = [], []
        line, begins = line + 1, at
        first_line = line


def _unclosed(line: int, column: int) -> Refused:
    return Refused(
        "M102",
        Message.of(N_("The quotation mark opened in line {line} is never closed."), line=line),
        N_("Close it, or remove it, and import the file again."),
        line=line,
        column=column,
    )
