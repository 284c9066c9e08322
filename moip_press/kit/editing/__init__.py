"""A source file changed where it is meant to be, and nowhere else.

Comments, order, quotation marks and line breaks stay; what is new is written as its neighbours
are. What was made is read again before anybody sees it: an operation after which the file would
not hold exactly what it is meant to is refused.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from moip_press.kit.editing.habits import CannotSplice, Habits, dash_of, end_of_item, is_flow
from moip_press.kit.editing.operations import (
    Drop,
    Insert,
    Operation,
    Passage,
    Put,
    Unit,
    Value,
    expected,
    same,
    units,
)
from moip_press.kit.editing.record_splices import Orders, Splice
from moip_press.kit.editing.splicing import Splicer
from moip_press.kit.editing.wrapping import unwrapped
from moip_press.kit.source import ListNode, Loc, ScalarNode, Source, parse_yaml

MOST_TRIALS = 200  # readings of a file to find the operations that spoil it

__all__ = [
    "Drop",
    "Edited",
    "Insert",
    "Operation",
    "Orders",
    "Passage",
    "Put",
    "Value",
    "edit",
    "unwrapped",
]


Made = list[tuple[Unit, Sequence[Splice]]]


@dataclass(frozen=True)
class Edited:
    """The new text of a file, and the operations that it cannot take."""

    text: str
    refused: tuple[Operation, ...] = ()


def edit(source: Source, operations: Iterable[Operation], orders: Orders = lambda _: ()) -> Edited:
    """Return the file after operations, whose paths are those of the file as it is now.

    ``orders`` gives the names of the fields of a record at a path in their usual order. Texts
    are compared without their blank ends. Time grows in line with the file.
    """
    source = replace(source, meant=None)
    habits, learned = Habits(source), dict[Loc, list[str]]()
    wanted = list(operations)
    refused = [operation for operation in wanted if not _reachable(source, operation.loc)]
    made: Made = []
    for unit in units(source, (each for each in wanted if each not in refused)):
        splicer = Splicer(source, orders, habits, learned)
        try:
            splicer.make(unit)
        except CannotSplice:
            refused += unit.operations
        else:
            made.append((unit, splicer.splices))
    kept, spoilt = _sound(source, made)
    refused += (operation for unit, _ in spoilt for operation in unit.operations)
    text = _applied(source, kept) if kept else source.text
    return Edited(source.text if text is None else text, tuple(refused))


def _reachable(source: Source, loc: Loc) -> bool:
    """Return whether a path leads through records and lists alone, as far as the file goes."""
    above = (source.node(loc[:length]) for length in range(len(loc)))
    return not any(isinstance(node, ScalarNode) and source.plain(node) for node in above)


def _sound(source: Source, made: Made) -> tuple[Made, Made]:
    """Return the units that give a good file together, and the others."""
    kept: Made = []
    spoilt: Made = []
    waiting = [made] if made else []
    trials = 0
    while waiting:
        some = waiting.pop()
        trials += 1
        if trials <= MOST_TRIALS and _holds(source, kept + some):
            kept += some
        elif len(some) == 1 or trials > MOST_TRIALS:
            spoilt += some
        else:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return kept, spoilt


def _holds(source: Source, made: Made) -> bool:
    """Return whether the file then holds exactly what is meant, without a new fault."""
    text = _applied(source, made)
    if text is None:
        return False
    again = parse_yaml(text.encode(), source.name)
    if again.root is None:
        return False
    before, after = (Counter(d.code for d in s.diagnostics) for s in (source, again))
    meant = expected(source.plain(), [unit for unit, _ in made])
    return after <= before and same(again.plain(), meant)


def _applied(source: Source, made: Made) -> str | None:
    """Return the text after all splices; None where two are about the same characters."""
    splices = [splice for _, some in made for splice in some]
    parts: list[str] = []
    place = 0
    for splice in sorted(splices, key=lambda s: (s.start, s.end > s.start, s.rank)):
        if splice.start < place:
            return None
        parts += (source.text[place : splice.start], splice.text)
        place = splice.end
    return "".join([*parts, source.text[place:]])


def moved(source: Source, loc: Loc, to: int) -> str | None:
    """Return the text of the file with the item at ``loc`` as number ``to`` of its list.

    None where the list does not stand on lines of its own, or has no such number.
    """
    listed = source.node(loc[:-1])
    index = loc[-1] if loc else None
    if not isinstance(listed, ListNode) or not isinstance(index, int) or is_flow(listed):
        return None
    if not 0 <= to < len(listed.items):
        return None
    try:
        blocks, gaps, start, end = _blocks(source, listed)
    except CannotSplice:
        return None
    blocks.insert(to, blocks.pop(index))
    lines = "".join(block + gap for block, gap in zip(blocks, [*gaps, ""], strict=True))
    text = source.text[:start] + lines + source.text[end:]
    meant = copy.deepcopy(source.plain())
    items: Any = meant
    for step in loc[:-1]:
        items = items[step]
    items.insert(to, items.pop(index))
    again = parse_yaml(text.encode(), source.name)
    return text if again.root is not None and same(again.plain(), meant) else None


def _blocks(source: Source, listed: ListNode) -> tuple[list[str], list[str], int, int]:
    """Return the lines of each item, what stands between them, and where all begin and end."""
    rows, text = source.source, source.text
    dashes = [dash_of(item) for item in listed.items]
    column = rows.column(dashes[0])
    starts = [rows.line_start(dash) for dash in dashes]
    if any(text[start:dash].strip() for start, dash in zip(starts, dashes, strict=True)):
        raise CannotSplice  # the first hyphen stands beside its key, or another hyphen
    ends = [rows.line_end(end_of_item(item, column)) for item in listed.items]
    for number, start in enumerate(starts):
        least = ends[number - 1] if number else 0
        while (above := rows.row(start) - 1) >= 0 and rows.line_starts[above] > least:
            line = rows.lines[above]
            if not line.startswith(" " * column + "#"):
                break
            start = rows.line_starts[above]  # noqa: PLW2901
        starts[number] = start
    blocks = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(zip(starts, ends, strict=True))]
    return blocks, gaps, starts[0], ends[-1]
