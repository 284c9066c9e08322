"""The tags of tables, lists and contents: which may stand in which, and the heads of cells.

PDF/UA-1, 7.2 and 7.5; ISO 32000-1, 14.8.4. Tags that only group others are looked through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from moip_press.pdf.verification.findings import READING, Examined, Finding, Findings, check, found
from moip_press.pdf.verification.opened import Element
from moip_press.pdf.verification.values import array, name, number, text
from moip_press.report.messages import N_

GROUPING = frozenset(("NonStruct", "Div", "Part"))
ROWS = frozenset(("THead", "TBody", "TFoot"))
TABLES = frozenset(("Table", "TR", "TH", "TD", *ROWS))
LISTS = frozenset(("L", "LI", "LBody"))
CONTENTS = frozenset(("TOC", "TOCI"))
# In what a tag must stand, and what alone may stand in it.
WITHIN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "TR": frozenset(("Table", *ROWS)),
        **dict.fromkeys(ROWS, frozenset(("Table",))),
        "TH": frozenset(("TR",)),
        "TD": frozenset(("TR",)),
        "LI": frozenset(("L",)),
        "LBody": frozenset(("LI",)),
        "TOCI": frozenset(("TOC",)),
    }
)
HOLDING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Table": frozenset(("TR", "Caption", *ROWS)),
        "TR": frozenset(("TH", "TD")),
        **dict.fromkeys(ROWS, frozenset(("TR",))),
        "L": frozenset(("L", "LI", "Caption")),
        "LI": frozenset(("Lbl", "LBody")),
        "TOC": frozenset(("TOC", "TOCI", "Caption")),
    }
)
REASON = N_("Screen readers find their way in it by its tags, and lose it where they are mixed up.")


def above(element: Element) -> str:
    """Return the type of the tag that an element stands in, past those that only group."""
    outer = element.above
    while outer is not None and outer.standard in GROUPING:
        outer = outer.above
    return outer.standard if outer is not None else ""


def below(element: Element) -> Iterator[Element]:
    """Yield the elements that stand in an element, past those that only group."""
    for kid in element.kids:
        if kid.standard in GROUPING:
            yield from below(kid)
        else:
            yield kid


def misplaced(pdf: Examined, family: frozenset[str]) -> Findings:
    """Yield the tags of a family that stand in the wrong place, or hold wrong ones."""
    for element in pdf.elements:
        own = element.standard
        if own in family and own in WITHIN and above(element) not in WITHIN[own]:
            message = N_("A tag “{inner}” does not stand in “{outer}”, where it belongs.")
            yield found(message, (element.page,), inner=own, outer=", ".join(sorted(WITHIN[own])))
        for kid in below(element) if own in family and own in HOLDING else ():
            if kid.standard and kid.standard not in HOLDING[own]:
                message = N_("A tag “{inner}” stands in “{outer}”, where it does not belong.")
                yield found(message, (kid.page,), inner=kid.standard, outer=own)


def captioned(pdf: Examined, kind: str, *, last: bool) -> Findings:
    """Yield the elements whose caption is neither first, nor last if it may be."""
    for element in pdf.elements:
        kinds = [kid.standard for kid in below(element) if kid.standard]
        inner = kinds[1:-1] if last else kinds[1:]
        if element.standard == kind and "Caption" in inner:
            yield found(
                N_("A caption stands in the middle of a “{kind}”."), (element.page,), kind=kind
            )


@check(
    READING,
    "I320 tables-of-pdf",
    N_("The tags of a table in a PDF do not make a table."),
    REASON,
    "PDF/UA-1 (ISO 14289-1), 7.2, 7.5",
)
def tables(pdf: Examined) -> Findings:
    """Tables hold rows, rows hold cells, and nothing else does."""
    yield from misplaced(pdf, TABLES)
    yield from captioned(pdf, "Table", last=True)
    for element in pdf.elements:
        if element.standard == "Table":
            yield from _parts(element)


def _parts(table: Element) -> Iterator[Finding]:
    """Yield what is wrong with the head, body, foot and caption of a table."""
    counts = Counter(kid.standard for kid in below(table))
    for part in ("THead", "TFoot", "Caption"):
        if counts[part] > 1:
            yield found(N_("A table has several parts “{part}”."), (table.page,), part=part)
    if (counts["THead"] or counts["TFoot"]) and not counts["TBody"]:
        yield found(N_("A table has a head or a foot, and no body."), (table.page,))


@check(
    READING,
    "I321 lists-of-pdf",
    N_("The tags of a list in a PDF do not make a list."),
    REASON,
    "PDF/UA-1 (ISO 14289-1), 7.2",
)
def lists(pdf: Examined) -> Findings:
    """Lists hold items, and items their parts."""
    yield from misplaced(pdf, LISTS)
    yield from captioned(pdf, "L", last=False)


@check(
    READING,
    "I322 contents-of-pdf",
    N_("The tags of a table of contents in a PDF do not make one."),
    REASON,
    "PDF/UA-1 (ISO 14289-1), 7.2",
)
def tables_of_contents(pdf: Examined) -> Findings:
    """Tables of contents hold entries."""
    yield from misplaced(pdf, CONTENTS)
    yield from captioned(pdf, "TOC", last=False)


# --- cells --------------------------------------------------------------------------------------

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
    READING,
    "I323 irregular-table-of-pdf",
    N_("A table in a PDF has gaps, or cells whose heads nobody can tell."),
    N_("A screen reader says the head of each cell: it must know which one that is."),
    "PDF/UA-1 (ISO 14289-1), 7.2, 7.5; RGAA 4.1, 13.3",
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
