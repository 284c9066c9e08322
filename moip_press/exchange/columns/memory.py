"""What a workbook held when it was exported, so that an import can tell who changed what.

It travels in a sheet of the workbook that nobody sees: a row a record, its kind, its key, and its
values as JSON, cut where a cell can hold no more. A field that the contributor left as it was
never overwrites what the team wrote since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from moip_press.exchange.columns.column import Value
from moip_press.exchange.columns.rows import Row
from moip_press.exchange.columns.tables import KINDS

SHEET = "moip-press"
"""The name of the sheet, in every language."""
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
CELL = 32_000  # characters, a few less than a cell can hold


def to_memory(row: Row) -> tuple[str, ...]:
    """Return the cells of the row that remembers a record."""
    text = ENCODER.encode(dict(row.values))
    pieces = (text[start : start + CELL] for start in range(0, len(text), CELL))
    return (row.kind, row.uid, *pieces)


def from_memory(
    cells: Iterable[Iterable[object]],
) -> Mapping[tuple[str, str], Mapping[str, Value]]:
    """Return what the rows of such a sheet remember, by kind and key: of each field.

    What was empty is an empty text. What somebody has made unreadable is forgotten.
    """
    found: dict[tuple[str, str], Mapping[str, Value]] = {}
    for row in cells:
        kind, uid, *pieces = (*(str(cell) for cell in row if cell is not None), "", "")
        try:
            values: Any = json.loads("".join(pieces))
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            empty: dict[str, Value] = dict.fromkeys(_paths(kind), "")
            found[kind, uid] = empty | {str(path): _value(at) for path, at in values.items()}
    return found


def _paths(kind: str) -> Iterable[str]:
    return (column.path for column in KINDS[kind].written) if kind in KINDS else ()


def _value(value: object) -> Value:
    if isinstance(value, str | bool):
        return value
    return tuple(map(str, value)) if isinstance(value, list) else ""
