"""A table as a file holds it: sheets, rows and cells, before anybody knows what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from moip_press.report.messages import N_
from moip_press.system.tables.refusals import Place

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
