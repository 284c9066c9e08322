"""A table as a file holds it: sheets, rows and cells, before anybody knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from moip_press.report.diagnostics import Diagnostic, Message, Position, Span
from moip_press.report.messages import N_
from moip_press.system.limits import TABLE

LARGEST_FILE = TABLE.bytes
"""Bytes of a file that is read."""

MOST_ROWS = TABLE.items
"""Rows with content, or records, of a file that is read."""

Sentence = Message | str
"""A sentence for a user: a message, or the id of one without values."""


def as_message(sentence: Sentence) -> Message:
    """Return a sentence as a message."""
    return Message(sentence) if isinstance(sentence, str) else sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in a file that was imported.

    `line` and `column` count from 1: row and column of a sheet, line and character of a text.
    `sheet` is empty where the file has no sheets; `path` leads to the value in JSON, such as
    ``events[3].title.fr``.
    """

    file: str
    sheet: str = ""
    line: int = 1
    column: int = 1
    path: str = ""

    @property
    def span(self) -> Span:
        """The place as a diagnostic has it: row and column of a sheet, else line and character."""
        at = Position(self.line, self.column)
        return Span(self.file, at, at)

    @property
    def cell(self) -> str:
        """The name of a cell, such as C12."""
        letters, left = "", self.column
        while left > 0:
            left, rest = divmod(left - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.line}"

    @property
    def name(self) -> Message:
        """What the place is called in a sentence."""
        if self.sheet:
            return Message.of(N_("sheet “{sheet}”, cell {cell}"), sheet=self.sheet, cell=self.cell)
        if self.path:
            return Message.of(N_("entry {path}"), path=self.path)
        return Message.of(N_("line {line}"), line=self.line)

    def naming(self, message: Message) -> Message:
        """Return a message that names the cell or entry that it is about.

        Of a text file the line says enough.
        """
        if not (self.sheet or self.path):
            return message
        return Message.of(N_("{place}: {fault}"), place=self.name, fault=message)


class Refused(Exception):
    """A file that is not read at all; `message` and `hint` are untranslated."""

    def __init__(
        self,
        code: str,
        message: Sentence,
        hint: Sentence | None = None,
        *,
        line: int = 1,
        column: int = 1,
    ) -> None:
        self.message = as_message(message)
        self.hint = None if hint is None else as_message(hint)
        super().__init__(self.message.id)
        self.code = code
        self.line = line
        self.column = column

    def diagnostic(self, name: str) -> Diagnostic:
        """Return the error for the file that is known as `name`."""
        span = Place(name, line=self.line, column=self.column).span
        return Diagnostic.error(self.code, span, self.message, self.hint)


MOST_COLUMNS = 200
ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!)")
"""What a spreadsheet program writes in place of a value that it could not work out."""

Scalar = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds no value but an error: `code` as the program shows it, such as #REF!.

    An empty code is a formula that was saved without its value.
    """

    code: str


class Linked(str):
    """A text that leads to an address: `url`."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, text: str, url: str) -> Self:
        """Return the text with its address."""
        made = super().__new__(cls, text)
        made.url = url
        return made


class Repeated(str):
    """The text of a merged cell, in a row below the first of those that it covers."""

    __slots__ = ()


Content = Scalar | Fault | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `line` counts from 1. Of a text file, `starts` has line and character of each cell.

    Where its cells were put together from elsewhere, `places` says where each is from.
    """

    line: int
    cells: tuple[Content, ...]
    starts: tuple[tuple[int, int], ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def empty(self) -> bool:
        """True where no cell has content."""
        return all(blank(cell) for cell in self.cells)

    @property
    def alone(self) -> str:
        """The text of the one cell with content, or of several that say the same; else empty."""
        filled = {text_of(cell).strip() for cell in self.cells if not blank(cell)}
        return filled.pop() if len(filled) == 1 else ""

    def cell(self, column: int) -> Content:
        """Return the content of a column, counted from 0; None past the end."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet and its rows that are not empty. `name` is empty for a text file.

    A `grid` was hours by days, and is a list now.
    """

    file: str
    name: str
    rows: tuple[Row, ...]
    epoch: date = date(1899, 12, 30)
    """The day that dates written as numbers are counted from."""
    grid: bool = False

    def place(self, row: Row, column: int) -> Place:
        """Return the place of a cell, its column counted from 0."""
        if row.places:
            return row.places[min(column, len(row.places) - 1)]
        if row.starts:
            line, start = row.starts[min(column, len(row.starts) - 1)]
            return Place(self.file, line=line, column=start)
        return Place(self.file, self.name, row.line, column + 1)


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file; `properties` are what its maker wrote about it, by name.

    `memory` is what a workbook of ours remembers of the kit (`exchange.columns.kit_rows`). Where it
    is `partial`, its source has more. `aside` counts what is not read: comments, hidden sheets.
    """

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    memory: tuple[Row, ...] = ()
    partial: bool = False
    aside: Mapping[str, int] = field(default_factory=dict)


COMMENTS, HIDDEN = N_("comments on cells"), N_("hidden sheets")


def blank(content: Content) -> bool:
    """Return whether a cell is empty, but for spaces."""
    return content is None or (isinstance(content, str) and not content.strip())


def text_of(content: Content) -> str:
    """Return the content of a cell as its text: whole numbers without a point, dates as in ISO."""
    match content:
        case None:
            return ""
        case bool():
            return "yes" if content else "no"
        case float() if content.is_integer() and abs(content) < 1e15:
            return str(int(content))
        case datetime() if content.time() != time(0):
            return f"{content:%Y-%m-%d %H:%M}"
        case date():
            return content.isoformat()[:10]
        case time():
            return f"{content:%H:%M}"
    return str(content)
