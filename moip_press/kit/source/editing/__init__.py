"""A source file changed where it is meant to be, and nowhere else.

Comments, order, quotation marks and line breaks stay; what is new is written as its neighbours
are. What was made is read again before anybody sees it: an operation after which the file would
not hold exactly what it is meant to is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from moip_press.kit.source import Loc, ScalarNode, Source, parse_yaml
from moip_press.kit.source.editing.habits import CannotSplice, Habits
from moip_press.kit.source.editing.operations import (
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
from moip_press.kit.source.editing.record_splices import Orders, Splice
from moip_press.kit.source.editing.splicing import Splicer
from moip_press.kit.source.editing.wrapping import unwrapped

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
