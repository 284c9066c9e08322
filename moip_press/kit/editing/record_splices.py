"""The splices of one file, and those that add, change and take out the fields of a record."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from moip_press.kit.editing.habits import (
    CannotSplice,
    Habits,
    below,
    dash_of,
    end_of,
    gap_in_brackets,
    is_flow,
    learned_order,
    path_of,
)
from moip_press.kit.editing.operations import Value
from moip_press.kit.editing.value_writing import Writer, indented
from moip_press.kit.source import ListNode, Loc, MapNode, Node, ScalarNode, Source
from moip_press.report.diagnostics import LINE_BREAK

Orders = Callable[[Loc], Sequence[str]]
"""The names of the fields that a record at a path may have, in their usual order."""
Entry = tuple[ScalarNode, Node]
Values = Mapping[str, Value]

FIRST, LAST = -1000, 1000


@dataclass(frozen=True, order=True)
class Splice:
    """Characters of the file and what takes their place; ``rank`` orders those at one place."""

    start: int
    rank: int
    end: int = field(compare=False)
    text: str = field(compare=False)


@dataclass(frozen=True)
class RecordSplicer(ABC):
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
        self.put(end, end, "".join(self.habits.newline + line for line in lines), rank)

    def take_lines(self, start: int, end: int) -> None:
        """Take out whole lines, from that of one offset up to the end of that of another."""
        rows = self.source.source
        row, end = rows.row(start), rows.line_end(end)
        if row:
            self.put(rows.line_end(rows.line_starts[row - 1]), end, "")
        else:
            after = LINE_BREAK.match(self.text, end)
            self.put(0, after.end() if after else end, "")

    def ordered(self, loc: Loc, value: Value, beside: Sequence[Node] = ()) -> Value:
        """Return a record for ``loc`` with its fields in the order that its neighbours have."""
        if not isinstance(value, Mapping):
            return value
        order = self._order(loc[:-1], loc, beside)
        rank = {name: place for place, name in enumerate(order)}
        return {name: value[name] for name in sorted(value, key=lambda n: rank.get(n, LAST))}

    def _order(self, key: Loc, loc: Loc, records: Sequence[Node]) -> Sequence[str]:
        if key not in self.learned:
            known = [record for record in records if isinstance(record, MapNode)]
            self.learned[key] = learned_order(known, self.orders(loc))
        return self.learned[key]

    def key_column(self, loc: Loc) -> int:
        """Return the column of the key, or of the hyphen, of a value."""
        above = self.source.node(loc[:-1])
        if isinstance(above, MapNode) and above.entries:
            return self.source.source.column(above.entries[0][0].start)
        if isinstance(above, ListNode) and above.items:
            return self.source.source.column(dash_of(above.items[0]))
        raise CannotSplice

    def in_flow(self, loc: Loc) -> bool:
        """Return whether the value at a path is between brackets of a value above it."""
        nodes = (self.source.node(loc[:length]) for length in range(len(loc)))
        return any(node is not None and is_flow(node) for node in nodes)

    # --- fields ---------------------------------------------------------------------------

    def fields(self, loc: Loc, node: MapNode, values: Values, dropped: Iterable[str] = ()) -> None:
        """Let a mapping have these fields, and no longer those that are ``dropped``."""
        gone = set(dropped)
        added: dict[str, Value] = {}
        for name, value in values.items():
            if entry := node.entry(name):
                self.value((*loc, name), entry[1], value)
            else:
                added[name] = value
        kept = [entry for entry in node.entries if entry[0].value not in gone]
        if added and not kept:
            self._renew(loc, node, added)
            return
        for place, (key, _) in enumerate(node.entries):
            if key.value in gone:
                if not kept:
                    raise CannotSplice
                self._drop(node, place)
        if added:
            self._add(loc, node, kept, added)

    def _renew(self, loc: Loc, node: MapNode, values: Values) -> None:
        """Put fields in the place of all that a mapping has."""
        path = path_of(loc)
        if is_flow(node):
            self.put(node.start, node.end, self.writer.flow(path, self.ordered(loc, values)))
            return
        if not node.entries:
            raise CannotSplice
        first = node.entries[0][0].start
        column = self.source.source.column(first)
        first_line, *rest = self.writer.fields(path, values, column)
        text = self.habits.newline.join([first_line, *indented(rest, column)])
        self.put(first, end_of(*node.entries[-1]), text)

    def _add(
        self,
        loc: Loc,
        node: MapNode,
        kept: Sequence[Entry],
        values: Values,
    ) -> None:
        """Add fields to a mapping, each where its neighbours and the model have it."""
        above = self.source.node(loc[:-1]) if loc else None
        if isinstance(above, ListNode):
            order = self._order(loc[:-1], loc, above.items)
        else:
            order = self._order(loc, loc, (node,))
        rank = {name: place for place, name in enumerate(dict.fromkeys([*order, *values]))}
        groups: dict[int, dict[str, Value]] = {}
        for name in sorted(values, key=lambda name: rank[name]):
            before = [n for n, (key, _) in enumerate(kept) if rank[key.value] < rank[name]]
            place = max(before, key=lambda n: rank[kept[n][0].value], default=-1)
            value = values[name]
            if not isinstance(value, str | Mapping):
                value = [self.ordered((*loc, name, 0), item) for item in value]
            groups.setdefault(place, {})[name] = value
        for place, chosen in groups.items():
            if not is_flow(node) and place < 0 and kept[0] is not node.entries[0]:
                raise CannotSplice
            add = self._add_in_brackets if is_flow(node) else self._add_lines
            add(loc, node, kept[place] if place >= 0 else None, chosen)

    def _add_lines(self, loc: Loc, node: MapNode, after: Entry | None, values: Values) -> None:
        start = node.entries[0][0].start
        column = self.source.source.column(start)
        lines = indented(self.writer.fields(path_of(loc), values, column), column)
        if after:
            self.below(end_of(*after), lines, -2 * len(loc) - 1)
            return
        newline = self.habits.newline
        self.put(start, start, newline.join(lines).lstrip(" ") + newline + " " * column, LAST)

    def _add_in_brackets(
        self, loc: Loc, node: MapNode, after: Entry | None, values: Values
    ) -> None:
        written = [
            f"{self.writer.name(name)}: {self.writer.flow(below(path_of(loc), name), value)}"
            for name, value in values.items()
        ]
        if not node.entries:
            self.put(node.start, node.end, "{" + ", ".join(written) + "}")
        elif after:
            end = _end(after)
            starts = [key.start for key, _ in node.entries]
            gap = gap_in_brackets(self.text, [_end(entry) for entry in node.entries], starts)
            self.put(end, end, "".join(gap + entry for entry in written), LAST)
        else:
            start = node.entries[0][0].start
            self.put(start, start, "".join(f"{entry}, " for entry in written), LAST)

    def _drop(self, node: MapNode, place: int) -> None:
        """Take a field out, with its line or its comma."""
        key, value = node.entries[place]
        following = node.entries[place + 1][0].start if place + 1 < len(node.entries) else None
        if is_flow(node):
            if following is not None:
                self.put(key.start, following, "")
            else:
                self.put(_end(node.entries[place - 1]), _end((key, value)), "")
            return
        end = end_of(key, value)
        if not self.text[self.source.source.line_start(key.start) : key.start].strip(" "):
            self.take_lines(key.start, end)
            return
        # beside the hyphen of its record: the next one moves up
        if place or following is None:
            raise CannotSplice
        if self.text[self.source.source.line_end(end) : following].strip():
            raise CannotSplice
        self.put(key.start, following, "")


def _end(entry: Entry) -> int:
    key, value = entry
    return max(key.end, value.end)
