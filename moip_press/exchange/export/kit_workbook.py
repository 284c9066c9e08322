"""The kit as a workbook for contributors; ``moip-press import`` reads what they filled in.

The workbook says in its properties which kit it is of. Cells are text, so that neither "1-2" nor
"+33 6" becomes something else, and no text is a formula. What finds a row again is protected,
without a password; rows can be added below. XlsxWriter writes no clock into the file.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from moip_press.exchange.columns.column import NO, YES, Column, Form, RecordSheet
from moip_press.exchange.columns.kit_rows import KIT_PROPERTY, MEMORY_SHEET, to_memory
from moip_press.exchange.columns.record_sheets import SHEETS
from moip_press.exchange.export.exported import CannotExport, Exported, cells_of, heading_of
from moip_press.kit import selection
from moip_press.proofread.names.place_names import REGIONS
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold

FORMAT_PROPERTY = "moip-press-format"
VERSION = 1

GUIDE, LISTS = N_("Read me"), N_("Lists")
ALWAYS = ("event", "contact")
ROWS = 1_048_575  # the last row of a sheet, counted from 0
LONGEST = 32_767  # characters that a cell can hold
LINE_HEIGHT, TALLEST = 15, 10  # points; lines
NAMES_WIDTH, RULES_WIDTH = 24, 100  # of the columns of the first sheet
GUIDE_HEIGHTS = {"title": 33, "reserve": 21, "heading": 24, "name": 18, "words": 18, "link": 18}
A4 = 9
BLUE, GREY, HAIRLINE = "#0B1F4D", "#EDEFF4", "#C9CEDA"
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
TEXT = FONT | {"num_format": "@", "text_wrap": True, "border": 1, "border_color": HAIRLINE}
STYLES = {
    "head": FONT
    | {"bold": True, "font_color": "white", "bg_color": BLUE, "text_wrap": True}
    | {"valign": "vcenter", "border": 1, "border_color": BLUE},
    "open": TEXT | {"locked": False, "quote_prefix": True},
    "fixed": TEXT | {"bg_color": GREY, "font_color": "#55607A", "quote_prefix": True},
    "title": FONT | {"bold": True, "font_size": 20, "font_color": BLUE},
    "reserve": FONT | {"bold": True, "font_color": "#B0361C", "font_size": 13},
    "heading": FONT | {"bold": True, "font_size": 13, "font_color": BLUE},
    "name": FONT | {"bold": True},
    "words": FONT | {"text_wrap": True},
    "link": FONT | {"font_color": "#1F4FA8", "underline": 1},
}
ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "sort", "autofilter"), True
)


def kit_workbook(exported: Exported) -> bytes:
    """Return the workbook: how to use it, the events and, unless some are left out, all else."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    _properties(book, exported)
    _Writer(book, exported).write()
    book.close()
    return file.getvalue()


def _properties(book: Workbook, exported: Exported) -> None:
    edition = exported.kit.edition
    book.set_properties(
        {
            "title": exported.title,
            "author": str(edition.publisher.name),
            "comments": "\n".join(exported.reserves),
            "created": exported.stamp.replace(tzinfo=None),
        }
    )
    book.set_custom_property(FORMAT_PROPERTY, VERSION, "number")
    name = exported.kit.folder.resolve().name.encode("utf-8", "replace").decode()
    book.set_custom_property(KIT_PROPERTY, name, "text")


@dataclass
class _Writer:
    """Writes the sheets; ``lists`` are the drop-downs, a column each, in a sheet at the end."""

    book: Workbook
    exported: Exported
    lists: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.styles: dict[str, Format] = {
            name: self.book.add_format(style) for name, style in STYLES.items()
        }
        self.say = self.exported.catalogue.gettext

    def write(self) -> None:
        """Write all sheets."""
        sheets = SHEETS if self.exported.whole else SHEETS[:1]
        kept = [(sheet, list(cells_of(self.exported, sheet))) for sheet in sheets]
        kept = [(sheet, rows) for sheet, rows in kept if rows or sheet.kind in ALWAYS]
        self._first_sheet(first_sheet(self.exported, [(sheet, len(rows)) for sheet, rows in kept]))
        for sheet, rows in kept:
            self._sheet(sheet, rows)
        self._write_lists()
        self._write_memory([*(sheet.kind for sheet, _ in kept), "session"])

    def _first_sheet(self, lines: Iterable[Line]) -> None:
        page = self.book.add_worksheet(self.say(GUIDE))
        page.hide_gridlines(2)
        page.set_column(0, 0, NAMES_WIDTH)
        page.set_column(1, 1, RULES_WIDTH)
        self._printed(page)
        for number, line in enumerate(lines):
            style = self.styles[line.style]
            high = LINE_HEIGHT * _lines(line.beside, RULES_WIDTH) + 3
            page.set_row(number, max(GUIDE_HEIGHTS[line.style], high))
            if line.target:
                page.write_url(number, 0, f"internal:'{line.target}'!A1", style, line.text)
            else:
                page.write_string(number, 0, line.text, style)
            if line.beside:
                page.write_string(number, 1, line.beside, self.styles["words"])

    def _sheet(self, sheet: RecordSheet, rows: Sequence[Sequence[str]]) -> None:
        page = self.book.add_worksheet(self.say(sheet.title))
        columns = self.exported.columns(sheet)
        styles = [self.styles["fixed" if column.protected else "open"] for column in columns]
        for number, (column, style) in enumerate(zip(columns, styles, strict=True)):
            page.set_column(number, number, column.width, style)
        self._heads(page, columns)
        for number, cells in enumerate(rows, 1):
            page.set_row(number, _height(columns, cells))
            for place, (cell, style) in enumerate(zip(cells, styles, strict=True)):
                if len(cell) > LONGEST:
                    raise _too_long(columns[place], cells[0])
                if cell:  # an empty cell looks like its column
                    page.write_string(number, place, cell, style)
        for number, column in enumerate(columns):
            offered = drop_down(self.exported, sheet, column)
            if offered and offered.words:
                self._offer(page, number, column, offered)
        self._finish(page, columns, len(rows))

    def _heads(self, page: Worksheet, columns: Sequence[Column]) -> None:
        page.set_row(0, 2 * LINE_HEIGHT + 6)
        for number, column in enumerate(columns):
            page.write_string(0, number, heading_of(self.exported, column), self.styles["head"])
            if column.note:
                size = {"width": 260, "height": 20 + 18 * math.ceil(len(column.note) / 36)}
                look = {"author": "moip-press", "font_size": 10, "color": "#FFFFE1"}
                page.write_comment(0, number, self.say(column.note), {**size, **look})

    def _offer(self, page: Worksheet, number: int, column: Column, offered: DropDown) -> None:
        """Put a drop-down on a column, as far down as the sheet goes."""
        self.lists.append((self.say(column.heading), *offered.words))
        letter = xl_col_to_name(len(self.lists) - 1)
        source = f"='{self.say(LISTS)}'!${letter}$2:${letter}${len(offered.words) + 1}"
        other = (
            N_("This is not in the list; check that it is meant.")
            if offered.open
            else N_("Choose one of the words of the list.")
        )
        rule = {
            "validate": "list",
            "source": source,
            "error_type": "information" if offered.open else "stop",
            "error_title": self.say(column.heading)[:32],
            "error_message": self.say(other),
        }
        page.data_validation(1, number, ROWS, number, rule)

    def _finish(self, page: Worksheet, columns: Sequence[Column], count: int) -> None:
        """Freeze the headings, let rows be filtered, and protect what finds rows again."""
        paths = [column.path for column in columns]
        named = next((n for n, path in enumerate(paths[:3]) if path in ("title", "name")), 0)
        page.freeze_panes(1, named + 1)
        page.autofilter(0, 0, max(count, 1), len(columns) - 1)
        page.protect("", ALLOWED)
        page.ignore_errors({"number_stored_as_text": f"A2:{xl_col_to_name(len(columns))}{ROWS}"})
        page.repeat_rows(0)
        self._printed(page)

    def _printed(self, page: Worksheet) -> None:
        """Set a sheet up for A4, as wide as the paper, with embargo and draft in its header."""
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        if self.exported.reserves:
            page.set_header("&C" + " – ".join(self.exported.reserves).replace("&", "&&"))

    def _write_lists(self) -> None:
        page = self.book.add_worksheet(self.say(LISTS))
        page.hide()
        for row, words in enumerate(zip_longest(*self.lists)):
            for number, word in enumerate(words):
                if word is not None:
                    page.write_string(row, number, word)

    def _write_memory(self, kinds: Iterable[str]) -> None:
        """Write what an import compares with, into a sheet that nobody sees."""
        page = self.book.add_worksheet(MEMORY_SHEET)
        page.very_hidden()
        remembered = (row for kind in kinds for row in self.exported.rows[kind])
        for number, row in enumerate(remembered):
            for place, cell in enumerate(to_memory(row)):
                page.write_string(number, place, cell)


def _height(columns: Sequence[Column], cells: Iterable[str]) -> float:
    """Return how high a row is, in points: as its texts need, within reason."""
    lines = (_lines(cell, column.width) for cell, column in zip(cells, columns, strict=True))
    return LINE_HEIGHT * min(max(lines, default=1), TALLEST)


def _too_long(column: Column, uid: str) -> CannotExport:
    return CannotExport(
        Message.of(
            N_(
                "The field {field} of “{id}” is longer than a cell of a workbook can hold "
                "({count} characters): divide it, or export as CSV."
            ),
            field=column.path,
            id=uid,
            count=LONGEST,
        )
    )


def _lines(text: str, width: int) -> int:
    return sum(len(line) // width + 1 for line in text.split("\n")) if text else 1


# --- how it is filled in ------------------------------------------------------------------------

RULES = (
    (N_("Change"), N_("Write in the white cells; what you leave alone stays as it is.")),
    (N_("Add"), N_("Fill in the first empty row below the others. Leave its grey cells empty.")),
    (N_("Cancel"), N_("Choose “cancelled” in the column Status, and leave the row where it is.")),
    (
        N_("Grey cells"),
        N_(
            "By them each row is found again. They are protected, without a password, so that "
            "nothing happens to them by accident."
        ),
    ),
    (N_("Dates"), N_("Write them as you say them: 16 November, 9:30-12:30; 4 and 5 November.")),
    (
        N_("Texts"),
        N_(
            "Alt+Enter begins a line. An empty line parts two paragraphs; **bold**, *italic*, "
            "[words](https://…) and lines that begin with “- ” are printed as such."
        ),
    ),
    (N_("Several names"), N_("One a line, in the same cell.")),
    (
        N_("Send back"),
        N_(
            "Save as XLSX, and send the file to whoever sent it to you: “moip-press import” shows "
            "each change before anything is written."
        ),
    ),
)
OF_SESSIONS = (
    N_("Sessions"),
    N_(
        "A row is a session: what stands there of the event is the same in all its rows, and is "
        "changed in one of them. To add a session, copy a row of its event, write another date, "
        "and empty its “Session identifier”."
    ),
)
BLOCKS_OF = {
    "lab": ("labs",),
    "directory": ("directory",),
    "item": ("key-figures", "cards", "missions"),
}
CONTAINERS = {"event": "section", "block": "article", "exchange": "interview"}


@dataclass(frozen=True)
class Line:
    """A line of the first sheet: its text, and what stands beside it; ``target`` is a sheet."""

    text: str = ""
    style: str = "words"
    beside: str = ""
    target: str = ""


def first_sheet(exported: Exported, sheets: Sequence[tuple[RecordSheet, int]]) -> Iterator[Line]:
    """Yield the lines: the kit, the rules, and the sheets with their numbers of rows."""
    say = exported.catalogue.gettext
    yield Line(str(exported.kit.edition.title), "title")
    for reserve in exported.reserves:
        yield Line(reserve, "reserve")
    yield Line()
    yield Line(say(N_("How to fill in this workbook")), "heading")
    for name, rule in (*RULES[:2], *([OF_SESSIONS] if exported.sessions else []), *RULES[2:]):
        yield Line(say(name), "name", say(rule))
    yield Line()
    yield Line(say(N_("The sheets")), "heading")
    for sheet, count in sheets:
        rows = exported.catalogue.ngettext(*NP_("{count} row", "{count} rows"), count)
        beside = f"{say(sheet.note)} ({rows.format(count=count)})"
        yield Line(say(sheet.title), "link", beside, say(sheet.title))


# --- drop-downs -----------------------------------------------------------------------------


@dataclass(frozen=True)
class DropDown:
    """What a cell may hold: ``words``; others too where it is ``open``."""

    words: tuple[str, ...]
    open: bool = False


def drop_down(exported: Exported, sheet: RecordSheet, column: Column) -> DropDown | None:
    """Return the drop-down of a column; none where one writes what one likes."""
    if column.path == "section":
        return DropDown(tuple(_containers(exported, sheet.kind)))
    if column.form is Form.YES_NO:
        return DropDown(tuple(map(exported.catalogue.gettext, (YES, NO))))
    if column.choices:
        labels = (choice.label for choice in column.choices)
        return DropDown(tuple(map(exported.catalogue.gettext, labels)))
    if column.path in ("region", "theme"):
        return DropDown(tuple(_used(exported, column.path)), open=True)
    return None


def _containers(exported: Exported, kind: str) -> Iterable[str]:
    """Return what a record of a kind may stand in."""
    if kind in CONTAINERS:
        return (row.uid for row in exported.rows[CONTAINERS[kind]])
    types = BLOCKS_OF[kind]
    return (row.uid for row in exported.rows["block"] if row.record.type in types)


def _used(exported: Exported, key: str) -> Iterable[str]:
    """Return the official regions and those in use, or the themes in use, sorted."""
    known = set(selection.values_of(exported.kit, key))
    if key == "region":
        labs = (row.values.get("region") for row in exported.rows["lab"])
        known |= {str(name) for name in labs if name}
        edition = exported.kit.edition
        country = edition.country or {"fr": "FR"}.get(edition.language, "")
        known |= set(REGIONS.values() if country.upper() == "FR" else ())
    return sorted(known, key=fold)
