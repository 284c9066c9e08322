"""What tables hold: one kind of row for each kind of record, and for each its columns.

The one place that knows what a column is called, in French and English, and how a value of
the kit stands in a cell, so that what is exported is read back exactly. A value is a plain
one, as it would stand in YAML: a text, several texts (a tuple), or yes and no (a bool).
"""

from moip_press.exchange.columns.cells import (
    escaped,
    from_cell,
    guarded,
    normal,
    to_cell,
    unescaped,
)
from moip_press.exchange.columns.column import Choice, Column, Form, Sheet, Value
from moip_press.exchange.columns.headings import best_sheet, heading_key, recognise
from moip_press.exchange.columns.memory import from_memory, to_memory
from moip_press.exchange.columns.rows import Row, rows
from moip_press.exchange.columns.tables import KINDS, SHEETS

__all__ = [
    "KINDS",
    "SHEETS",
    "Choice",
    "Column",
    "Form",
    "Row",
    "Sheet",
    "Value",
    "best_sheet",
    "escaped",
    "from_cell",
    "from_memory",
    "guarded",
    "heading_key",
    "normal",
    "recognise",
    "rows",
    "to_cell",
    "to_memory",
    "unescaped",
]
