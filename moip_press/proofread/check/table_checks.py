"""Tables have rows, all as long as their columns; what is to be added up is numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from moip_press.kit.model.blocks import TableBlock
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.table_cells import NONE as NO_NUMBER
from moip_press.kit.model.table_cells import (
    amount,
    amounts,
    cells_of,
    columns_of,
    laid_out,
)
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.error(
        "S173 table-without-rows",
        N_("A table has no rows, or has them twice."),
        N_("Its rows are typed below “rows”, or stand in the file that “from” names."),
        "- type: table\n  columns: [Poste, Montant]{++\n  rows:\n    - [Salles, 120]++}",
    ),
    Rule.error(
        "S174 row-of-another-length",
        N_("A row of a table has more or fewer cells than the table has columns."),
        N_("One cell too many or too few, and all that follow stand under the wrong heading."),
        "- type: table\n  columns: [Poste, Montant]\n  rows:\n    - [Salles{++, 120++}]",
    ),
    Rule.error(
        "S175 sum-of-words",
        N_("A column of a table is to be added up, and holds something else than numbers."),
        N_("The sum would leave out what cannot be read as a number."),
        "- type: table\n  columns: [Poste, {title: Montant, sum: yes}]\n  rows:\n"
        "    - [Salles, 120]\n    - [Presse, {~~environ 30~>30~~}]",
    ),
    Rule.warning(
        "S176 table-too-wide",
        N_("A table is wider than the page, even in small type."),
        N_("Its longest words are broken within; fewer columns, or shorter words, make it fit."),
        "- type: table\n  columns: [Région, Établissements, Représentations{--, Participations,"
        " Subventions, Accompagnements, Investissements, Renouvellements, Fonctionnements,"
        " Remboursements--}]\n  rows:\n    - [Bretagne, 2, 12{--, 3, 4, 5, 6, 7, 8, 9--}]",
    ),
)


def tables_are_whole(kit: Kit) -> Iterator[Diagnostic]:
    """A table has rows of one length, and what it adds up is numbers."""
    for placed in kit.values():
        if isinstance(placed.value, TableBlock):
            found = list(_rows(placed)) or list(_sums(placed, kit.edition.language))
            yield from found or _width(placed, kit)


def _rows(placed: Placed) -> Iterator[Diagnostic]:
    table: TableBlock = placed.value
    typed = "rows" in table.model_fields_set and bool(table.rows)
    if typed and table.from_:
        span = placed.source.span((*placed.loc, "from"), key=True)
        message = N_("The rows of this table stand here, and in a file too.")
        yield Diagnostic.error("S173", span, message, N_("Keep “rows” or “from”, not both."))
        return
    if not table.rows and not table.from_:
        message = N_("This table has no rows.")
        hint = N_("Write them below “rows”, a list of cells each, or name their file: “from: …”.")
        yield Diagnostic.error("S173", placed.source.span((*placed.loc, "type")), message, hint)
        return
    if not typed:
        return
    width = len(table.columns) or Counter(map(len, table.rows)).most_common(1)[0][0]
    for number, row in enumerate(table.rows):
        if len(row) != width:
            yield _odd_row(placed, number, len(row), width)


def _odd_row(placed: Placed, number: int, cells: int, width: int) -> Diagnostic:
    place = (*placed.loc, "rows", number)
    node = placed.source.node(place)
    span = node.head if node else placed.source.span(place)
    message = N_("This row has {cells} cells, and the table {width} columns.")
    hint = N_('Write a cell for each column; "" leaves one empty.')
    return Diagnostic.error("S174", span, message, hint, cells=cells, width=width)


def _sums(placed: Placed, language: str) -> Iterator[Diagnostic]:
    """Yield the columns that are to be added up, and cannot be."""
    table: TableBlock = placed.value
    numbers = 0
    for number, column in enumerate(columns_of(table)):
        cells = cells_of(table, number)
        heads = number == 0 and table.row_heads
        found = None if heads else amounts(cells, language)
        numbers += found is not None
        if column.sum and found is None:
            row = next((n for n, cell in enumerate(cells) if not _is_number(cell, language)), 0)
            typed = "rows" in table.model_fields_set
            place = (*placed.loc, *(("rows", row, number) if typed else ("columns", number)))
            message = N_("“{cell}” is not a number like the others, so this column has no sum.")
            hint = N_("Write numbers alone, with one unit for all, or an empty cell.")
            span = placed.source.span(place)
            cell = cells[row] if cells else ""
            yield Diagnostic.error("S175", span, message, hint, cell=cell)
    if table.sums and not numbers and not any(column.sum for column in table.columns):
        span = placed.source.span((*placed.loc, "sums"))
        message = N_("There is no column of numbers in this table to add up.")
        hint = N_("Write numbers alone in a column, with one unit for all, or leave out “sums”.")
        yield Diagnostic.error("S175", span, message, hint)


def _is_number(cell: str, language: str) -> bool:
    return amount(cell, language) is not None or NO_NUMBER.fullmatch(cell) is not None


def _width(placed: Placed, kit: Kit) -> Iterator[Diagnostic]:
    if laid_out(placed.value, kit.edition.language, "", kit.looks.room).width == "broken":
        message = N_("This table is wider than the page: words in its cells will be broken.")
        hint = N_("Make two tables of it, leave out a column, or shorten its longest words.")
        span = placed.source.span((*placed.loc, "type"))
        yield Diagnostic.warning("S176", span, message, hint)
