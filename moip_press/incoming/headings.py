"""Which row of a sheet has its headings, and which field of a record each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from moip_press import columns
from moip_press.columns import Column, heading_key
from moip_press.columns.headings import said_as
from moip_press.incoming.grid import Content, Row, Sheet

SEARCHED = 40
"""Rows from the top among which the headings are looked for."""

NEAR = 80
LIKENESS_OF_OURS = 0.75
"""Which part of the headings must be ours for a table to be one that we exported."""


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet: the kind of its rows, and its columns by their number from 0.

    `ours` where we exported the table: then its cells hold Markdown and ids. `unknown` are the
    headings of no field, `doubled` those of a field that another column holds already.
    """

    kind: columns.Sheet
    row: Row
    columns: Mapping[int, Column]
    ours: bool
    unknown: tuple[tuple[int, str], ...]
    doubled: tuple[tuple[int, Column], ...]

    def column(self, path: str) -> int | None:
        """Return the number of the column of a field; None where there is none."""
        return self._numbers.get(path)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {column.path: n for n, column in [*self.columns.items()][::-1]}


def find(sheet: Sheet, mapping: Mapping[str, Column], *, ours: bool) -> Headings | None:
    """Return the headings of a sheet; None where no row has any that are known.

    They are looked for below title rows and remarks. `mapping` has the columns of headings that
    the kit maps, as `heading_key` gives them. Where a file is not `ours`, its rows are events.
    """
    kinds = columns.SHEETS if ours else (columns.KINDS["event"],)
    best: Headings | None = None
    for row in sheet.rows[:SEARCHED]:
        for kind in kinds:
            found = _read(row, kind, mapping)
            if found is not None and (best is None or _better(found, best, sheet.name)):
                best = found
    return best


def _better(found: Headings, best: Headings, title: str) -> bool:
    return _worth(found, title) > _worth(best, title)


def _worth(found: Headings, title: str) -> tuple[bool, bool, int]:
    """Return what headings are compared by; of equal ones the first row counts."""
    named = heading_key(title) in said_as(found.kind.title) if title else False
    return named, found.ours, len(found.columns)


def _read(row: Row, kind: columns.Sheet, mapping: Mapping[str, Column]) -> Headings | None:
    """Return a row read as headings; None where it cannot be that."""
    texts = [(n, words(cell)) for n, cell in enumerate(row.cells)]
    headed = [(n, text) for n, text in texts if text]
    found, doubled = _assigned(kind, headed, mapping)
    if len(found) < min(2, len(headed)) or len(found) * 4 < len(headed):
        return None
    taken = found.keys() | {n for n, _ in doubled}
    unknown = tuple((n, text) for n, text in headed if n not in taken)
    ours = _is_ours(headed, found)
    return Headings(kind, row, found, ours, unknown, tuple(doubled))


def words(content: Content) -> str:
    """Return the words of a heading; empty where the cell holds anything else."""
    if not isinstance(content, str) or len(content) > 300:
        return ""
    return " ".join(content.split())


def _assigned(
    kind: columns.Sheet, headed: Sequence[tuple[int, str]], mapping: Mapping[str, Column]
) -> tuple[dict[int, Column], list[tuple[int, Column]]]:
    """Return the columns of headings: those of the kit first, then ours, then other people's."""
    found: dict[int, Column] = {}
    doubled: list[tuple[int, Column]] = []
    named = [[_mapped(text, mapping), _ours(kind, text), _theirs(kind, text)] for _, text in headed]
    used: set[str] = set()
    for level in range(3):
        for (number, _), choices in zip(headed, named, strict=True):
            column = choices[level]
            if column is None or number in found:
                continue
            if column.path not in used:
                used.add(column.path)
                found[number] = column
            elif not any(choices[level + 1 :]):
                doubled.append((number, column))
    doubled = [(number, column) for number, column in doubled if number not in found]
    return dict(sorted(found.items())), doubled


def _mapped(text: str, mapping: Mapping[str, Column]) -> Column | None:
    return mapping.get(heading_key(text))


def _ours(kind: columns.Sheet, text: str) -> Column | None:
    key, path = heading_key(text), text.strip().casefold()
    for column in kind.columns:
        if path == column.path or (key and key in said_as(column.heading)):
            return column
    return None


def _theirs(kind: columns.Sheet, text: str) -> Column | None:
    key = heading_key(text)
    return next((column for column in kind.columns if key and key in column.synonyms), None)


def _is_ours(headed: Sequence[tuple[int, str]], found: Mapping[int, Column]) -> bool:
    """Tell whether we wrote the headings: with the column of ids, nearly all word for word."""
    exact = [n for n, text in headed if n in found and _word_for_word(text, found[n])]
    has_id = any(found[n].path == "id" for n in exact)
    return has_id and len(exact) >= max(3, LIKENESS_OF_OURS * len(headed))


def _word_for_word(text: str, column: Column) -> bool:
    return heading_key(text) in said_as(column.heading)


def nearest(kind: columns.Sheet, heading: str, free: Iterable[Column]) -> Column | None:
    """Return the column that an unknown heading may mean, to offer it, never to take it."""
    unused = {column.path for column in free}
    names = {
        name: column
        for column in kind.columns
        if column.path in unused
        for name in (*said_as(column.heading), *column.synonyms)
        if len(name) > 2
    }
    found = process.extractOne(
        heading_key(heading), list(names), scorer=fuzz.WRatio, score_cutoff=NEAR
    )
    return names[found[0]] if found else None
