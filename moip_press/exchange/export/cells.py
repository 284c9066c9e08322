"""The rows of a sheet as the texts of their cells."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.exchange.columns import Column, Form, Row, Sheet, Value, to_cell
from moip_press.exchange.export.programme import Exported
from moip_press.kit.source.editing import unwrapped


def rows_of(exported: Exported, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row, in the order of the sheet's columns."""
    for row in exported.rows[sheet.kind]:
        yield tuple(_cells(exported, sheet, row))


def _cells(exported: Exported, sheet: Sheet, row: Row) -> Iterator[str]:
    own = {"id": row.uid, "section": row.section or ""}
    for column in sheet.written:
        value = row.values.get(column.path)
        if column.path in own:
            yield own[column.path]
        elif value is None:
            yield ""
        else:
            yield to_cell(column, _flowing(column, value), exported.catalogue)


def _flowing(column: Column, value: Value) -> Value:
    """Return Markdown with a line a paragraph: the cell breaks lines where it is wide."""
    if column.form is Form.PROSE and isinstance(value, str):
        return unwrapped(value)
    if column.form is Form.PROSES and isinstance(value, tuple):
        return tuple(map(unwrapped, value))
    return value


def heading_of(exported: Exported, column: Column) -> str:
    """Return the heading of a column; that of the title says what has to be known first.

    In brackets, which count for nothing when headings are read.
    """
    heading = exported.catalogue.gettext(column.heading)
    if column.path != "title" or not exported.reserves:
        return heading
    return f"{heading} ({', '.join(exported.reserves)})"
