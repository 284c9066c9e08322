"""Text tables as cells: CSV with any delimiter, in any of the encodings that programs write."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from moip_press.exchange.incoming.batch import MOST_ROWS, Refused
from moip_press.exchange.incoming.grid import ERRORS, Content, Fault, Row, Sheet, Workbook
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

DELIMITERS = (";", "\t", ",", "|")
SAMPLE = 100_000
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
ENDS = re.compile(r"[\r\n]")
MOST_COLUMNS = 500


def read_csv(data: bytes, name: str) -> Workbook:
    """Return the one sheet of a text table; raises `Refused` where it cannot be one."""
    text = decode_text(data)
    delimiter, start = _delimiter(text)
    rows: list[Row] = []
    for row in _rows(text, delimiter, start):
        if not row.empty:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Refused(
                "M104",
                Message(N_("The file has too many rows.")),
                Message.of(N_("At most {count} rows are read."), count=MOST_ROWS),
            )
    return Workbook((Sheet(name, "", tuple(rows)),))


def decode_text(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16 with its mark, UTF-8, or Windows-1252.

    Signs that cannot stand in a text, NUL first of all, are left out here and there and told of
    where they stand; a file full of them is refused.
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
        raise not_a_text()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def not_a_text() -> Refused:
    """Return the refusal of a file whose bytes are no text."""
    return Refused(
        "M101",
        Message(N_("This is neither a table nor a calendar: its content is not text.")),
        Message(N_("Export it anew as .xlsx, .csv, .json or .ics.")),
    )


def _wide(data: bytes) -> str | None:
    """Return the encoding of Latin text in UTF-16 without a mark: every second byte is zero."""
    even, odd = data[0:2000:2], data[1:2000:2]
    if len(data) < 4 or len(data) % 2:
        return None
    if odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if even.count(0) > 0.8 * len(even) and not odd.count(0) else None


def _delimiter(text: str) -> tuple[str, int]:
    """Return the sign between cells, and the offset at which the table begins."""
    said = SEPARATOR_LINE.match(text)
    if said is not None:
        return said[1], said.end()
    sample = text[:SAMPLE]
    return max(DELIMITERS, key=lambda sign: _regularity(sample, sign)), 0


def _regularity(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how well a delimiter explains a text: lines of the commonest width, and that width."""
    widths = Counter(len(row.cells) for row in _rows(sample, delimiter, 0, strict=False))
    del widths[0], widths[1]
    if not widths:
        return (0, 0)
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (lines, width)


def _rows(text: str, delimiter: str, start: int, *, strict: bool = True) -> Iterator[Row]:
    """Yield the rows. A cell in quotes may hold delimiters and line ends; `""` is a quote."""
    at, end, line, begins = start, len(text), 1 + text.count("\n", 0, start), start
    plain = re.compile(f"[{re.escape(delimiter)}\r\n]")
    cells: list[Content] = []
    starts: list[tuple[int, int]] = []
    first_line = line
    while at < end or cells:
        starts.append((line, at - begins + 1))
        if text.startswith('"', at):
            value, after = _quoted(text, at, delimiter)
            if after < 0:
                if strict:
                    raise _unclosed(line, at - begins + 1)
                return
            inner = text.count("\n", at, after)
            if inner:
                line += inner
                begins = text.rfind("\n", at, after) + 1
        else:
            found = plain.search(text, at)
            after = found.start() if found else end
            value = text[at:after]
        cells.append(Fault(value) if ERRORS.fullmatch(value) else value)
        at = after
        if at < end and text[at] == delimiter:
            at += 1
            if len(cells) > MOST_COLUMNS:
                raise Refused("M104", Message(N_("The file has too many columns.")))
            continue
        yield Row(first_line, tuple(cells), tuple(starts))
        cells, starts = [], []
        if at < end:
            at += 2 if text.startswith("\r\n", at) else 1
            line, begins = line + 1, at
            first_line = line
        if at >= end:
            return


def _quoted(text: str, at: int, delimiter: str) -> tuple[str, int]:
    """Return the value of a cell in quotes, and the offset after it; -1 where it does not end.

    What stands after the closing quote belongs to the cell, as other programs have it.
    """
    pieces: list[str] = []
    here = at + 1
    while True:
        close = text.find('"', here)
        if close < 0:
            return "", -1
        pieces.append(text[here:close])
        if text.startswith('""', close):
            pieces.append('"')
            here = close + 2
            continue
        after = close + 1
        rest = re.compile(f"[{re.escape(delimiter)}\r\n]").search(text, after)
        end = rest.start() if rest else len(text)
        pieces.append(text[after:end])
        return "".join(pieces), end


def _unclosed(line: int, column: int) -> Refused:
    return Refused(
        "M102",
        Message.of(N_("The quotation mark opened in line {line} is never closed."), line=line),
        Message(N_("Close it, or remove it, and import the file again.")),
        line=line,
        column=column,
    )
