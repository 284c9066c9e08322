"""The rows of a sheet as the texts of their cells."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.columns import Row, Sheet, rows, to_cell
from moip_press.export.programme import Exported


def rows_of(exported: Exported, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row, in the order of the sheet's columns."""
    chosen = {entry.event.id for entry in exported.entries}
    for row in rows(exported.kit, sheet.kind):
        if sheet.kind != "event" or exported.whole or row.uid in chosen:
            yield tuple(_cell(exported, sheet, row))


def _cell(exported: Exported, sheet: Sheet, row: Row) -> Iterator[str]:
    own = {"id": row.uid, "section": row.section or ""}
    for column in sheet.written:
        if column.path in own:
            yield own[column.path]
        else:
            yield to_cell(column, row.values.get(column.path), exported.catalogue)
