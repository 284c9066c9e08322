"""Charts whose numbers stand in a file of the kit: ``from: figures.csv``, as those of tables do."""

from __future__ import annotations

from pathlib import Path

from moip_press.kit.model.blocks import MOST_ROWS, MOST_SERIES, ChartBlock, Column, TableBlock
from moip_press.kit.model.chart_rows import UNKNOWN, ChartRow, amount_in
from moip_press.kit.model.fields import Cell, Text
from moip_press.kit.model.parts import Article, Part
from moip_press.kit.model.table_files import TableFile
from moip_press.kit.source import Source
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_


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
