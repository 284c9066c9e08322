"""The changes of one file while they are made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from moip_press.kit.source import Loc, Source
from moip_press.kit.source.editing.habits import Habits, is_flow, learned_order
from moip_press.kit.source.editing.operations import Splice, Value
from moip_press.kit.source.editing.places import CannotSplice, dash_of
from moip_press.kit.source.editing.writing import Writer
from moip_press.kit.source.nodes import ListNode, MapNode, Node
from moip_press.report.diagnostics import LINE_BREAK

Orders = Callable[[Loc], Sequence[str]]
"""The names of the fields that a record at a path may have, in their usual order."""

FIRST, LAST = -1000, 1000


@dataclass(frozen=True)
class Draft(ABC):
    """The splices of one file so far, and what they need to know of it.

    ``learned`` keeps the order of the fields of records, by the path of their list.
    """

    source: Source
    orders: Orders
    habits: Habits
    learned: dict[Loc, list[str]]
    splices: list[Splice] = field(default_factory=list)

    @abstractmethod
    def value(self, loc: Loc, node: Node, value: Value) -> None:
        """Let a node hold a value, changing what differs and nothing else."""

    @abstractmethod
    def instead(self, loc: Loc, node: Node, value: Value) -> None:
        """Put a value in the place of one of another kind or form."""

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.source.text

    @property
    def writer(self) -> Writer:
        """What writes values in the file's style."""
        return Writer(self.habits)

    def put(self, start: int, end: int, text: str, rank: int = FIRST) -> None:
        """Note a splice."""
        if self.text[start:end] != text:
            self.splices.append(Splice(start, rank, end, text))

    def below(self, offset: int, lines: Iterable[str], rank: int) -> None:
        """Note new lines after the line of an offset."""
        end = self.source.source.line_end(offset)
        text = "".join(self.habits.newline + line for line in lines)
        self.put(end, end, text, rank)

    def take_lines(self, row: int, end: int) -> None:
        """Take out whole lines, from a row up to the end of a line."""
        rows = self.source.source
        if row:
            self.put(rows.line_end(rows.line_starts[row - 1]), end, "")
        else:
            after = LINE_BREAK.match(self.text, end)
            self.put(rows.line_starts[0], after.end() if after else end, "")

    def order(self, loc: Loc, node: MapNode) -> Sequence[str]:
        """Return the names of fields in the order that the record's neighbours have."""
        above = self.source.node(loc[:-1]) if loc else None
        key = loc[:-1] if isinstance(above, ListNode) else loc
        if key not in self.learned:
            items = above.items if isinstance(above, ListNode) else (node,)
            records = [item for item in items if isinstance(item, MapNode)]
            self.learned[key] = learned_order(records, self.orders(loc))
        return self.learned[key]

    def sorted(self, loc: Loc, node: ListNode | None, value: Value) -> Value:
        """Return a record with its fields in the order that its neighbours have."""
        if not isinstance(value, Mapping):
            return value
        key = loc[:-1]
        if key not in self.learned:
            records = [item for item in node.items if isinstance(item, MapNode)] if node else []
            self.learned[key] = learned_order(records, self.orders(loc))
        rank = {name: place for place, name in enumerate(self.learned[key])}
        return {name: value[name] for name in sorted(value, key=lambda n: rank.get(n, LAST))}

    def key_column(self, loc: Loc) -> int:
        """Return the column of the key, or of the hyphen, of a value."""
        above = self.source.node(loc[:-1])
        if isinstance(above, MapNode) and above.entries:
            return self.source.source.column(above.entries[0][0].start)
        if isinstance(above, ListNode) and above.items:
            return self.source.source.column(dash_of(above.items[0]))
        raise CannotSplice

    def in_flow(self, loc: Loc) -> bool:
        """Tell whether the value at a path stands within brackets of a value above it."""
        nodes = (self.source.node(loc[:length]) for length in range(len(loc)))
        return any(node is not None and is_flow(node) for node in nodes)
