"""Operations as splices: which characters of the file change, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from moip_press.kit.editing.habits import (
    BLOCKS,
    CannotSplice,
    blank_lines,
    block_lines,
    dash_of,
    end_of,
    end_of_item,
    gap_in_brackets,
    is_flow,
    path_of,
)
from moip_press.kit.editing.operations import Unit, Value, same
from moip_press.kit.editing.record_splices import LAST, RecordSplicer
from moip_press.kit.editing.value_writing import indented, inline, reblocked
from moip_press.kit.source import ListNode, Loc, MapNode, Node, ScalarNode


class Splicer(RecordSplicer):
    """Makes the splices for one file. Every method raises ``CannotSplice``."""

    def make(self, unit: Unit) -> None:
        """Make the splices of a unit."""
        loc, node = unit.loc, self.source.node(unit.loc)
        empty = isinstance(node, ScalarNode) and node.is_null
        match node:
            case None:
                raise CannotSplice
            case _ if unit.whole is not None:
                self.value(loc, node, unit.whole)
            case MapNode():
                self.fields(loc, node, unit.puts, unit.drops)
            case ListNode() if unit.inserts:
                for index, values in unit.inserts.items():
                    self._insert(loc, node, min(index, len(node.items)), values)
            case _ if empty and unit.inserts:
                values = [value for _, some in sorted(unit.inserts.items()) for value in some]
                self._first_items(loc, node, values)
            case _ if empty and unit.puts:
                self.value(loc, node, unit.puts)
            case _:
                raise CannotSplice

    def value(self, loc: Loc, node: Node, value: Value) -> None:
        """Let a node hold a value, changing what differs and nothing else."""
        match node, value:
            case ScalarNode(), str():
                self._scalar(loc, node, value)
            case MapNode(), Mapping():
                gone = {key.value for key, _ in node.entries} - value.keys()
                self.fields(loc, node, value, gone)
            case ListNode(), Sequence() if not isinstance(value, str):
                self._items(loc, node, value)
            case _:
                self._instead(loc, node, value)

    def _scalar(self, loc: Loc, node: ScalarNode, text: str) -> None:
        """Put a text in the place of another, in its style if it can be."""
        if node.value == text and not node.is_null:
            return
        if node.style in BLOCKS and any(map(str.strip, block_lines(node))):
            for start, end, new in reblocked(node, text, self.writer):
                self.put(start, end, new)
            return
        style = node.style if not node.is_null else self.habits.style(path_of(loc))
        if "\n" in text.strip("\n") or style in BLOCKS:
            self._instead(loc, node, text)
            return
        written = inline(text, style, self.habits.quote(path_of(loc)), flow=self.in_flow(loc))
        self._put_at(node, written)

    def _instead(self, loc: Loc, node: Node, value: Value) -> None:
        """Put a value in the place of one of another kind or form."""
        if self.in_flow(loc):
            self._put_at(node, self.writer.flow(path_of(loc), value))
            return
        if not isinstance(node, ScalarNode) and not (is_flow(node) or node.start == node.end):
            raise CannotSplice
        column = self.key_column(loc)
        if loc and isinstance(loc[-1], int):
            column += 2 - self.habits.step
        first, *rest = self.writer.after_key(path_of(loc), value, column)
        self._put_at(node, first.removeprefix(" "))
        self.below(node.end, rest, -2 * len(loc))

    def _put_at(self, node: Node, written: str) -> None:
        """Put a text in the place of a node, with a space where it touches a colon or hyphen."""
        before = self.text[node.start - 1 : node.start]
        touches = bool(written) and node.start == node.end and before in (":", "-", ",")
        self.put(node.start, node.end, f" {written}" if touches else written)

    # --- items ----------------------------------------------------------------------------

    def _items(self, loc: Loc, node: ListNode, values: Sequence[Value]) -> None:
        """Let a list hold these items: those that it has stay as they are written."""
        old = [self.source.plain(item) for item in node.items]
        least = min(len(old), len(values))
        head = tail = 0
        while head < least and same(old[head], values[head]):
            head += 1
        while tail < least - head and same(old[-1 - tail], values[-1 - tail]):
            tail += 1
        left, right = list(range(head, len(old) - tail)), list(values[head : len(values) - tail])
        if not values or not node.items:
            if not is_flow(node):
                raise CannotSplice
            if values:
                self._first_items(loc, node, values)
            else:
                self.put(node.start, node.end, "[]")
            return
        for index, value in zip(left, right, strict=False):
            self.value((*loc, index), node.items[index], value)
        if len(right) > len(left):
            self._insert(loc, node, head + len(left), right[len(left) :])
        elif len(left) > len(right):
            self._take_out(node, left[len(right)], left[-1])

    def _take_out(self, node: ListNode, first: int, last: int) -> None:
        """Take out neighbouring items of a list, which keeps others."""
        items = node.items
        if not is_flow(node):
            self.take_lines(dash_of(items[first]), end_of(items[last]))
        elif first:
            self.put(items[first - 1].end, items[last].end, "")
        else:
            self.put(items[first].start, items[last + 1].start, "")

    def _insert(self, loc: Loc, node: ListNode, index: int, values: Sequence[Value]) -> None:
        """Add items to a list before the one that has ``index`` now, as their neighbours are."""
        if not node.items:
            self._first_items(loc, node, values)
            return
        ordered = [self.ordered((*loc, 0), value, node.items) for value in values]
        if not is_flow(node):
            self._insert_lines(loc, node, index, ordered)
            return
        written = [self.writer.flow(path_of(loc), value) for value in ordered]
        if index:
            ends, starts = [i.end for i in node.items], [i.start for i in node.items]
            gap = gap_in_brackets(self.text, ends, starts)
            end = ends[index - 1]
            self.put(end, end, "".join(gap + item for item in written), LAST)
        else:
            start = node.items[0].start
            self.put(start, start, "".join(f"{item}, " for item in written), LAST)

    def _insert_lines(self, loc: Loc, node: ListNode, index: int, values: Sequence[Value]) -> None:
        rows, start, dash = self.source.source, node.items[0].start, dash_of(node.items[0])
        column, blank = rows.column(dash), blank_lines(node)
        gap = self.text[dash + 1 : start]
        if rows.row(start) != rows.row(dash) or "\t" in gap:
            gap = " "
        lines = self._item_lines(
            loc, values, column, gap, blank, flow=all(map(is_flow, node.items))
        )
        if index:
            self.below(end_of_item(node.items[index - 1], column), lines, -2 * len(loc) - 1)
            return
        newline = self.habits.newline
        first = "".join(line + newline for line in [*lines[blank:], *[""] * blank])
        self.put(dash, dash, first.lstrip(" ") + " " * column, LAST)

    def _first_items(self, loc: Loc, node: Node, values: Sequence[Value]) -> None:
        """Put items into a list that has none yet: ``[]``, or nothing after the key."""
        if self.in_flow(loc) or not any(isinstance(value, Mapping) for value in values):
            self._instead(loc, node, values)
            return
        ordered = [self.ordered((*loc, 0), value) for value in values]
        if node.end > node.start:
            comment = self.text[node.end : self.source.source.line_end(node.end)].strip()
            space = self.text[node.start - 1] in " \t" and not comment
            self.put(node.start - space, node.end, "")
        column = self.key_column(loc) + self.habits.dash
        lines = self._item_lines(loc, ordered, column, " ", blank=1, flow=False)[1:]
        self.below(node.end, lines, -2 * len(loc))

    def _item_lines(
        self, loc: Loc, values: Sequence[Value], column: int, gap: str, blank: int, *, flow: bool
    ) -> list[str]:
        """Return the lines of items, each after ``blank`` empty lines."""
        lines: list[str] = []
        for value in values:
            if flow and isinstance(value, Mapping):
                item = [f"-{gap}{self.writer.flow(path_of(loc), value)}"]
            else:
                item = self.writer.item(path_of(loc), value, column, gap)
            lines += [*[""] * blank, *indented(item, column)]
        return lines
