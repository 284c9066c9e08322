"""The cells of a table as they are printed: which columns are numbers, how, and their sums.

A column is one of numbers where all that stands in it is a number, with one unit, or says that
there is none. Its numbers have the same decimals, so that they stand under one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from moip_press.kit.model.blocks import Column, TableBlock
from moip_press.kit.model.looks import USUAL_ROOM, Room

SPACES = "\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_AFFIXES = rf"(?P<before>[£$€]?)[{SPACES}]?(?P<sign>[-−–+]?)[{SPACES}]?"
_UNIT = rf"(?P<after>[{SPACES}]?[^\d{SPACES}.,'’-][^\d]{{0,15}})?"
NUMBERS = {
    "fr": re.compile(
        rf"{_AFFIXES}(?P<whole>\d{{1,15}}|\d{{1,3}}(?:[{SPACES}'’]\d{{3}}){{1,4}}"
        rf"|\d{{1,3}}(?:\.\d{{3}}){{2,4}}|\d{{1,3}}(?:\.\d{{3}}){{1,4}}(?=,))"
        rf"(?:[.,](?P<part>\d{{1,9}}))?{_UNIT}"
    ),
    "en": re.compile(
        rf"{_AFFIXES}(?P<whole>\d{{1,15}}|\d{{1,3}}(?:[{SPACES},'’]\d{{3}}){{1,4}})"
        rf"(?:\.(?P<part>\d{{1,9}}))?{_UNIT}"
    ),
}
NONE = re.compile(r"(?:[-–—*…]|n\.?\s?[drcas]\.?|n/?a|s\.?\s?o\.?)?", re.IGNORECASE)
"""What stands where there is no number."""
SEPARATORS = {"fr": ("\N{NARROW NO-BREAK SPACE}", ","), "en": (",", ".")}
"""Of each language, what parts thousands and what stands before the decimals."""
PRECISION = 60  # digits of a sum, more than any can have
YEARS = range(1900, 2101)
GROUPED_FROM = 5
"""The digits of a number from which thousands are parted, in a column where one has as many."""
SHARE = "%"
LETTER, LETTER_SMALL, PADDING = 1.64, 1.38, 4.0  # millimetres of a letter, and between columns
WORD_END = re.compile(r"[\s-]")
USUAL_CELL = 14  # letters below which a cell of words would be broken badly


@dataclass(frozen=True)
class Amount:
    """A number as it was typed: its value, its decimals, and what stands before and after it."""

    value: Decimal
    decimals: int
    before: str
    after: str
    grouped: bool
    plus: bool = False


@dataclass(frozen=True)
class Heading:
    """The heading of a column."""

    title: str
    unit: str
    is_number: bool


@dataclass(frozen=True)
class Line:
    """A row as it is printed."""

    cells: tuple[str, ...]
    is_sum: bool = False


@dataclass(frozen=True)
class Laid:
    """A table as it is printed: its headings, its rows, its sums last.

    `width` is how it stands: "" in the column of text, "wide" over the page, "small" in small
    type too, "broken" where even so its words do not fit.
    """

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    width: str

    @property
    def headed(self) -> bool:
        """Whether any column has a heading."""
        return any(each.title or each.unit for each in self.headings)


def amount(cell: str, language: str) -> Amount | None:
    """Return the number that a cell is; ``None`` where it is none: a word, a telephone number."""
    found = NUMBERS[language].fullmatch(cell.strip())
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    if len(whole) > 1 and whole.startswith("0"):  # a postcode, a number of a list
        return None
    part = found["part"] or ""
    value = Decimal(f"{whole}.{part}" if part else whole)
    negative = found["sign"] not in ("", "+")
    return Amount(
        -value if negative else value,
        len(part),
        found["before"],
        (found["after"] or "").strip(),
        len(whole) < len(found["whole"]),
        found["sign"] == "+",
    )


def amounts(cells: Iterable[str], language: str) -> tuple[Amount | None, ...] | None:
    """Return the numbers of a column, ``None`` for cells without; ``None`` for one of words."""
    found = [(cell, amount(cell, language)) for cell in cells]
    known = [each for _, each in found if each]
    alike = len({(each.before, each.after) for each in known}) == 1
    if not alike or any(each is None and not NONE.fullmatch(cell) for cell, each in found):
        return None
    return tuple(each for _, each in found)


def laid_out(table: TableBlock, language: str, total: str, room: Room = USUAL_ROOM) -> Laid:
    """Return a table as it is printed; ``total`` is what the row of sums is called."""
    with localcontext(prec=PRECISION):
        columns = [
            _column(table, number, column, language)
            for number, column in enumerate(columns_of(table))
        ]
        grouped = any(each.large for each in columns)
        printed = [each.printed(language, grouped=grouped) for each in columns]
    lines = [Line(tuple(cells)) for cells in zip(*(cells for cells, _ in printed), strict=True)]
    if any(each.added for each in columns):
        sums = [added for _, added in printed]
        sums[0] = sums[0] or table.sums_title or total
        lines.append(Line(tuple(sums), is_sum=True))
    headings = tuple(
        Heading(each.column.title or "", each.column.unit or "", each.found is not None)
        for each in columns
    )
    return Laid(headings, tuple(lines), _width(headings, lines, room))


def columns_of(table: TableBlock) -> tuple[Column, ...]:
    """Return the columns of a table: of one without headings, as many as its rows have."""
    widest = max(map(len, table.rows), default=0)
    return (*table.columns, *[Column()] * (widest - len(table.columns)))


def cells_of(table: TableBlock, number: int) -> tuple[str, ...]:
    """Return the cells of a column, counted from 0."""
    return tuple(row[number] if number < len(row) else "" for row in table.rows)


def _is_summed(
    table: TableBlock, number: int, column: Column, found: Sequence[Amount | None]
) -> bool:
    """Return whether a column is added up; one of shares or years only where it says so."""
    if column.sum is not None:
        return column.sum
    if _are_years(found):
        return False
    shares = any(each and each.after == SHARE for each in found) or column.unit == SHARE
    return table.sums and not shares and not (number == 0 and table.row_heads)


def _are_years(found: Iterable[Amount | None]) -> bool:
    """Return whether numbers look like years, whose thousands are never parted."""
    return all(
        each.value in YEARS and not (each.decimals or each.before or each.after)
        for each in found
        if each
    )


def _column(table: TableBlock, number: int, column: Column, language: str) -> _Column:
    """Return a column; that which names the rows is none of numbers."""
    cells = cells_of(table, number)
    found = None if number == 0 and table.row_heads else amounts(cells, language)
    if found is None:
        return _Column(column, cells)
    known = [each for each in found if each]
    added = None
    if _is_summed(table, number, column, found):
        total = sum((each.value for each in known), Decimal(0))
        added = Amount(total, 0, known[0].before, known[0].after, grouped=False)
    return _Column(column, cells, found, added)


@dataclass(frozen=True)
class _Column:
    """A column of a table as it is read: of numbers, what each cell is, and their sum."""

    column: Column
    cells: tuple[str, ...]
    found: tuple[Amount | None, ...] | None = None
    added: Amount | None = None

    @property
    def known(self) -> list[Amount]:
        """Its numbers, and their sum."""
        return [each for each in (*(self.found or ()), self.added) if each]

    @property
    def large(self) -> bool:
        """Whether one of its numbers has so many digits that thousands are parted."""
        return not _are_years(self.found or ()) and any(
            each.grouped or len(str(abs(int(each.value)))) >= GROUPED_FROM for each in self.known
        )

    def printed(self, language: str, *, grouped: bool) -> tuple[list[str], str]:
        """Return its cells as they are printed, and their sum, which may be none."""
        if self.found is None:
            return list(self.cells), ""
        typed, asked = max(each.decimals for each in self.known), self.column.decimals
        grouped = grouped and not _are_years(self.found or ())

        def said(each: Amount) -> str:
            return written(each, language, typed if asked is None else asked, grouped=grouped)

        cells = [said(e) if e else cell for e, cell in zip(self.found, self.cells, strict=True)]
        return cells, said(self.added) if self.added else ""


def written(number: Amount, language: str, decimals: int, *, grouped: bool) -> str:
    """Return a number as the language writes it: 1 234,5 in French, 1,234.5 in English."""
    thousands, point = SEPARATORS[language]
    value = abs(number.value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{value:,f}" if grouped else f"{value:f}"
    whole, _, part = text.partition(".")
    whole = whole.replace(",", thousands)
    sign = "\N{MINUS SIGN}" if number.value < 0 and value else "+" if number.plus else ""
    unit = f"\N{NO-BREAK SPACE}{number.after}" if number.after else ""
    if language == "en" and number.after == SHARE:
        unit = SHARE
    return f"{sign}{number.before}{whole}{point if part else ''}{part}{unit}"


def _width(headings: Sequence[Heading], lines: Sequence[Line], room: Room) -> str:
    """Return how much room a table needs, by the longest word of each column."""
    least = usual = 0
    for number, heading in enumerate(headings):
        cells = [line.cells[number] for line in lines]
        words = WORD_END.split(f"{heading.title} {heading.unit}")
        whole = cells if heading.is_number else [w for cell in cells for w in WORD_END.split(cell)]
        longest = max(map(len, (*words, *whole)), default=0)
        least += longest
        usual += max(longest, min(USUAL_CELL, max(map(len, cells), default=0)))
    gaps = PADDING * len(headings)
    if usual * LETTER + gaps <= room.column:
        return ""
    if usual * LETTER + gaps <= room.page:
        return "wide"
    return "small" if least * LETTER_SMALL + gaps <= room.page else "broken"
