"""Tables and charts whose rows stand in a file of the kit: ``from: figures.csv``, a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moip_press.kit import folders
from moip_press.kit.model.blocks import (
    MOST_ROWS,
    MOST_SERIES,
    UNKNOWN,
    ChartBlock,
    ChartRow,
    Column,
    TableBlock,
    amount_in,
)
from moip_press.kit.model.fields import Cell, Text
from moip_press.kit.model.model_errors import suggest, suggest_file
from moip_press.kit.model.parts import Article, Part
from moip_press.kit.source import Loc, Source
from moip_press.kit.source.entries import fault
from moip_press.kit.when import date_in_words
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import Rule
from moip_press.system.files import inside, is_file
from moip_press.system.tables.grid import (
    Content,
    Fault,
    Refused,
    Row,
    Sheet,
    Workbook,
    blank,
    text_of,
)
from moip_press.system.tables.opening import TEXT_NAMES, WORKBOOKS, read_tables
from moip_press.text.folding import letters

RULES: tuple[Rule, ...] = (
    Rule.error(
        "S171 unreadable-table",
        N_("The file of a table cannot be read, or has no table in it."),
        N_("Its rows would be missing: a table is read from a workbook or a text table (CSV)."),
        "- type: table\n  from: chiffres.{~~pdf~>csv~~}",
    ),
    Rule.error(
        "S172 unknown-column",
        N_("The file of a table has no column or no sheet of this name."),
        N_("A table prints the columns that it names, by their headings in the file."),
        "- type: table\n  from: chiffres.csv\n  columns: [Poste, {~~Montants~>Montant~~}]",
    ),
)
ENDINGS = frozenset(WORKBOOKS | TEXT_NAMES) - {""}
DIGITS = 15  # that a number of a workbook has; what follows is noise


@dataclass
class TableFile:
    """A table of an article that is read from a file, and what is wrong with it."""

    folder: Path
    source: Source
    loc: Loc
    block: TableBlock
    language: str
    faults: list[Diagnostic] = field(default_factory=list)

    def read(self) -> TableBlock:
        """Return the block with the rows of its file, unchanged where that has faults."""
        name = str(self.block.from_)
        path = inside(self.folder, name)
        if path is None:
            hint = N_("Copy the file into the kit's folder, and name it from there.")
            self.fault("X101", N_("“{name}” lies outside the kit."), hint)
        elif not is_file(path):
            found = folders.files(self.folder, "**/*")
            known = sorted(
                file.relative_to(self.folder).as_posix()
                for file in found
                if file.suffix.lower() in ENDINGS
            )
            meant = suggest_file(name, known) or suggest(name, known)
            self.fault("S106", N_("There is no file “{name}” in the kit."), meant)
        else:
            try:
                return self._of_workbook(read_tables(path, name))
            except Refused as refused:
                said = N_("“{name}” cannot be read. {reason}")
                hint = N_("Save the table as .xlsx or .csv in the kit, and name that file.")
                self.fault("S171", said, hint, reason=refused.message)
        return self.block

    def fault(
        self, code: str, message: str, hint: str | Message | None, *at: str | int, **values: Any
    ) -> None:
        """Note what is wrong, at a field of the block; without one, at the name of its file."""
        span = self.source.span((*self.loc, *(at or ("from",))))
        self.faults.append(fault(code, span, message, hint, name=self.block.from_, **values))

    def _of_workbook(self, book: Workbook) -> TableBlock:
        sheet = self._sheet(book.sheets)
        if sheet is None:
            return self.block
        if len(sheet.rows) < 2:
            hint = N_("Its first row has the headings; at least one row follows.")
            self.fault("S171", N_("There is no table in “{name}”."), hint)
            return self.block
        head, *rows = sheet.rows
        for row in sheet.rows:
            if not self.faults:
                self._sound(sheet, head, row)
        chosen = self._chosen(head)
        if self.faults:
            return self.block
        columns = tuple(
            column.model_copy(
                update={"title": column.title or Text.read(text_of(head.cell(place))) or None}
            )
            for column, place in chosen
        )
        cells = tuple(
            tuple(_cell(row.cell(place), self.language) for _, place in chosen) for row in rows
        )
        given = self.block.model_fields_set
        filled = self.block.model_copy(update={"columns": columns, "rows": cells})
        # what is in the file has no place in the YAML
        filled.model_fields_set.clear()
        filled.model_fields_set.update(given)
        return filled

    def _sheet(self, sheets: Sequence[Sheet]) -> Sheet | None:
        wanted = self.block.sheet
        filled = [sheet for sheet in sheets if sheet.rows]
        if wanted is not None:
            named = [sheet for sheet in sheets if letters(sheet.name) == letters(wanted)]
            if not named:
                names = [sheet.name for sheet in sheets if sheet.name]
                said = N_("“{name}” has no sheet “{sheet}”.")
                meant = suggest(wanted, names) or N_("Leave “sheet” out: it has one table.")
                self.fault("S172", said, meant, "sheet", sheet=wanted)
            return named[0] if named else None
        if not filled:
            hint = N_("Its first row has the headings; at least one row follows.")
            self.fault("S171", N_("There is no table in “{name}”."), hint)
        return filled[0] if filled else None

    def _sound(self, sheet: Sheet, head: Row, row: Row) -> None:
        """Note cells that hold an error, or stand in no column."""
        width = _width(head)
        for number, cell in enumerate(row.cells):
            place = sheet.place(row, number).name
            if isinstance(cell, Fault):
                said = N_("“{name}”, {place}: this cell holds no value but an error.")
                hint = N_("Correct the formula, and save the file with its values.")
                self.fault("S171", said, hint, place=place)
                return
            if number >= width and not blank(cell):
                said = N_("“{name}”, {place}: this cell stands in a column without a heading.")
                hint = N_("The first row has a heading for each column; leave out what is above.")
                self.fault("S171", said, hint, place=place)
                return

    def _chosen(self, head: Row) -> list[tuple[Column, int]]:
        """Return the columns to print, each with its place in the file."""
        width = _width(head)
        if not self.block.columns:
            return [(Column(), number) for number in range(width)]
        known = {letters(text_of(head.cell(n))): n for n in reversed(range(width))}
        chosen = []
        for number, column in enumerate(self.block.columns):
            wanted = column.heading or column.title or ""
            if letters(wanted) in known:
                chosen.append((column, known[letters(wanted)]))
                continue
            names = [text_of(head.cell(n)) for n in range(width)]
            said = N_("“{name}” has no column “{column}”.")
            hint = suggest(wanted, names)
            self.fault("S172", said, hint, "columns", number, column=wanted)
        return chosen


def with_rows(
    part: Part, folder: Path, source: Source, language: str
) -> tuple[Part, list[Diagnostic]]:
    """Return a part with the rows of its tables that stand in files, and what is wrong there."""
    if not isinstance(part, Article):
        return part, []
    tables = {
        number: TableFile(folder, source, ("body", number), block, language)
        for number, block in enumerate(part.body)
        if isinstance(block, TableBlock) and block.from_ and not block.rows
    }
    if not tables:
        return part, []
    body = tuple(
        tables[number].read() if number in tables else block
        for number, block in enumerate(part.body)
    )
    faults = [found for table in tables.values() for found in table.faults]
    return part.model_copy(update={"body": body}), faults


def files_of(parts: Iterable[Part]) -> list[str]:
    """Return the files that tables and charts of these parts are read from."""
    blocks = (block for part in parts if isinstance(part, Article) for block in part.body)
    known = (block for block in blocks if isinstance(block, TableBlock | ChartBlock))
    return [block.from_ for block in known if block.from_]


def _width(head: Row) -> int:
    return max((n + 1 for n, cell in enumerate(head.cells) if not blank(cell)), default=0)


def _cell(content: Content, language: str) -> Cell:
    """Return a cell as it would be typed: a number without noise, a day in words."""
    if isinstance(content, datetime.date) and not isinstance(content, datetime.datetime):
        return Cell(date_in_words(content, language))
    if isinstance(content, datetime.datetime) and content.time() == datetime.time(0):
        return Cell(date_in_words(content.date(), language))
    if isinstance(content, float) and not content.is_integer():
        said = f"{content:.{DIGITS}g}"
        return Cell(said.replace(".", "," if language == "fr" else "."))
    return Cell.read(text_of(content))


def with_chart_rows(
    part: Part, folder: Path, source: Source, language: str
) -> tuple[Part, list[Diagnostic]]:
    """Return a part with the rows of its charts that stand in files, and what is wrong there."""
    if not isinstance(part, Article):
        return part, []
    faults: list[Diagnostic] = []
    body = list(part.body)
    for number, block in enumerate(body):
        if isinstance(block, ChartBlock) and block.from_ and block.rows is None:
            asked = TableBlock.model_construct(
                type="table",
                from_=block.from_,
                sheet=block.sheet,
                columns=tuple(Column(title=name) for name in block.columns),
            )
            table = TableFile(folder, source, ("body", number), asked, language)
            body[number] = _filled(block, table)
            faults += table.faults
    return part.model_copy(update={"body": tuple(body)}) if faults or body else part, faults


def _filled(block: ChartBlock, table: TableFile) -> ChartBlock:
    """Return a chart with the rows of a file, unchanged where that has faults."""
    read = table.read()
    if table.faults:
        return block
    drawn = [n for n in range(1, len(read.columns)) if block.columns or _is_numbers(read, n, table)]
    rows = tuple(_row(row, drawn, table) for row in read.rows if row[0] or any(row[1:]))
    if not drawn and not table.faults:
        hint = N_("Its first column has the labels, those beside it the numbers.")
        table.fault("S171", N_("“{name}” has no column of numbers to draw."), hint)
    elif len(rows) > MOST_ROWS or len(drawn) > MOST_SERIES:
        hint = N_("Draw fewer: at most {rows} rows and {columns} columns, which “columns” names.")
        said = N_("“{name}” has more numbers than a chart can show.")
        table.fault("S171", said, hint, rows=MOST_ROWS, columns=MOST_SERIES)
    if table.faults:
        return block
    heads = tuple(Text(read.columns[n].title or "–") for n in drawn) if len(drawn) > 1 else ()
    given = set(block.model_fields_set)
    filled = block.model_copy(update={"rows": rows, "series": block.series or heads})
    # what is in the file has no place in the YAML
    filled.model_fields_set.intersection_update(given)
    return filled


def _is_numbers(read: TableBlock, column: int, table: TableFile) -> bool:
    """Return whether a column of a file holds numbers and nothing else."""
    cells = [row[column] for row in read.rows if row[column]]
    known = [amount_in(cell, table.language) for cell in cells]
    return any(value is not None for value in known) and all(
        value is not None or UNKNOWN.fullmatch(cell)
        for value, cell in zip(known, cells, strict=True)
    )


def _row(row: tuple[Cell, ...], drawn: list[int], table: TableFile) -> ChartRow:
    numbers = tuple(_number(row[column], table) for column in drawn)
    label = Text(row[0] or "–")
    if len(numbers) == 1:
        return ChartRow.model_construct(_fields_set=set(), label=label, value=numbers[0], values=())
    return ChartRow.model_construct(_fields_set=set(), label=label, value=None, values=numbers)


def _number(cell: Cell, table: TableFile) -> float | None:
    number = amount_in(cell, table.language)
    if number is None and cell and not UNKNOWN.fullmatch(cell) and not table.faults:
        said = N_("“{name}”: “{cell}” is not a number.")
        hint = N_("Name the columns of numbers in “columns”, after that of the labels.")
        table.fault("S171", said, hint, cell=cell)
    return number
