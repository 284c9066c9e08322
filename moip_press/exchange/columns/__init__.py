"""What tables hold: one kind of row for each kind of record, and for each its columns.

The one place that knows what a column is called, in French and English, and how a value of
the kit stands in a cell, so that what is exported is read back exactly. A value is a plain
one, as it would stand in YAML: a text, several texts (a tuple), or yes and no (a bool).
"""

from moip_press.exchange.columns.cell_text import (
    escaped,
    flowing,
    from_cell,
    guarded,
    normal,
    to_cell,
)
from moip_press.exchange.columns.column import (
    YES_NO,
    Column,
    Form,
    Sheet,
    Value,
    heading_key,
    named,
    said_as,
)
from moip_press.exchange.columns.column_spellings import BOOKKEEPING
from moip_press.exchange.columns.kit_rows import (
    KIT_PROPERTY,
    MEMORY_SHEET,
    PLACE,
    Row,
    from_memory,
    rows_of,
    to_memory,
)
from moip_press.exchange.columns.record_sheets import (
    IN_EVENTS,
    KINDS,
    OWN_FIELD,
    SHEETS,
    own_columns,
)

__all__ = [
    "BOOKKEEPING",
    "IN_EVENTS",
    "KINDS",
    "KIT_PROPERTY",
    "MEMORY_SHEET",
    "OWN_FIELD",
    "PLACE",
    "SHEETS",
    "YES_NO",
    "Column",
    "Form",
    "Row",
    "Sheet",
    "Value",
    "escaped",
    "flowing",
    "from_cell",
    "from_memory",
    "guarded",
    "heading_key",
    "named",
    "normal",
    "own_columns",
    "rows_of",
    "said_as",
    "to_cell",
    "to_memory",
]
