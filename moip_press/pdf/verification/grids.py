"""The cells of tables: each row as long as the others, each cell with its head (7.2, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.pdf.verification.examined import Examined
from moip_press.pdf.verification.findings import READING, Finding, Findings, check, found, rule
from moip_press.pdf.verification.nesting import ROWS, below
from moip_press.pdf.verification.opened import Element
from moip_press.pdf.verification.values import array, name, number, text
from moip_press.report.messages import N_

CELLS = frozenset(("TH", "TD"))
MOST_CELLS = 200_000
"""How large a table is that is looked at."""


@dataclass(frozen=True)
class Cell:
    """A cell: how many rows and columns it takes, what it names, and what names it."""

    is_head: bool
    rows: int
    columns: int
    scope: str
    mark: str
    heads: frozenset[str]


def _cell(pdf: Examined, element: Element) -> Cell:
    return Cell(
        element.standard == "TH",
        max(number(pdf.attribute(element, "Table", "/RowSpan")) or 1, 1),
        max(number(pdf.attribute(element, "Table", "/ColSpan")) or 1, 1),
        name(pdf.attribute(element, "Table", "/Scope")),
        text(element.values.get("/ID")),
        frozenset(text(each) for each in array(pdf.attribute(element, "Table", "/Headers"))),
    )


def _rows(pdf: Examined, table: Element) -> list[list[Cell]]:
    """Return the cells of a table, row by row."""
    rows: list[Element] = []
    for part in below(table):
        rows += [part] if part.standard == "TR" else below(part) if part.standard in ROWS else []
    return [[_cell(pdf, e) for e in below(row) if e.standard in CELLS]
            for row in rows if row.standard == "TR"]  # fmt: skip


def _is_regular(rows: list[list[Cell]]) -> bool:
    """Return whether cells fill a rectangle, each place once."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            if len(taken) + cell.rows * cell.columns > MOST_CELLS:
                return True  # nobody knows
            places = {(row + y, column + x) for y in range(cell.rows) for x in range(cell.columns)}
            if places & taken:
                return False
            taken |= places
    height = max((row for row, _ in taken), default=-1) + 1
    width = max((column for _, column in taken), default=-1) + 1
    return len(taken) == max(height, len(rows) if taken else 0) * width


@check(
    rule(
        "I323 irregular-table-of-pdf",
        N_("A table in a PDF has gaps, or cells whose heads nobody can tell."),
        N_("A screen reader says the head of each cell: it must know which one that is."),
        "PDF/UA-1 (ISO 14289-1), 7.2, 7.5; RGAA 4.1, 13.3",
    ),
    READING,
)
def regular(pdf: Examined) -> Findings:
    """Cells fill their table, and have heads."""
    for element in pdf.elements:
        if element.standard == "Table":
            yield from _told(element, _rows(pdf, element))


def _told(table: Element, rows: list[list[Cell]]) -> Iterator[Finding]:
    if not _is_regular(rows):
        yield found(N_("The rows of a table are not of the same length."), (table.page,))
        return
    cells = [cell for row in rows for cell in row]
    heads = [cell for cell in cells if cell.is_head]
    if all(head.scope for head in heads):
        return
    marks = frozenset(head.mark for head in heads) - {""}
    if not all(cell.heads and cell.heads <= marks for cell in cells if not cell.is_head):
        message = N_("The heading cells of a table do not say if they are of a row or a column.")
        yield found(message, (table.page,))


CHECKS = (regular,)
