"""Items of a list added, changed and taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from moip_press.kit.source import Loc
from moip_press.kit.source.editing.draft import LAST, Draft
from moip_press.kit.source.editing.habits import is_flow, path_of
from moip_press.kit.source.editing.operations import Value
from moip_press.kit.source.editing.places import (
    CannotSplice,
    blank_lines,
    dash_of,
    end_of,
    end_of_item,
    gap_in_brackets,
)
from moip_press.kit.source.editing.sameness import same
from moip_press.kit.source.editing.writing import indented
from moip_press.kit.source.nodes import ListNode, Node


class Items(Draft):
    """Makes the splices of lists."""

    def items(self, loc: Loc, node: ListNode, values: Sequence[Value]) -> None:
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
            self._whole_list(loc, node, values)
            return
        for index, value in zip(left, right, strict=False):
            self.value((*loc, index), node.items[index], value)
        if len(right) > len(left):
            self.insert(loc, node, head + len(left), right[len(left) :])
        elif len(left) > len(right):
            self._take_out(node, left[len(right) :])

    def _whole_list(self, loc: Loc, node: ListNode, values: Sequence[Value]) -> None:
        if not is_flow(node):
            raise CannotSplice
        if values:
            self.insert(loc, node, 0, values)
        else:
            self.put(node.start, node.end, "[]")

    def _take_out(self, node: ListNode, indices: Sequence[int]) -> None:
        """Take out neighbouring items of a list, which keeps others."""
        first, last = indices[0], indices[-1]
        items = node.items
        if is_flow(node):
            if first:
                self.put(items[first - 1].end, items[last].end, "")
            else:
                self.put(items[first].start, items[last + 1].start, "")
            return
        rows = self.source.source
        row = rows.row(dash_of(items[first]))
        self.take_lines(row, rows.line_end(end_of(items[last])))

    def insert(self, loc: Loc, node: ListNode, index: int, values: Sequence[Value]) -> None:
        """Add items to a list before the one that has ``index`` now, as their neighbours are."""
        if not node.items:
            self.first_items(loc, node, values)
        elif is_flow(node):
            self._insert_in_brackets(loc, node, index, values)
        else:
            self._insert_lines(loc, node, index, values)

    def _insert_in_brackets(
        self, loc: Loc, node: ListNode, index: int, values: Sequence[Value]
    ) -> None:
        written = [
            self.writer.flow(path_of(loc), self.sorted((*loc, 0), node, value)) for value in values
        ]
        if index:
            end = node.items[index - 1].end
            gap = gap_in_brackets(
                self.text, [i.end for i in node.items], [i.start for i in node.items]
            )
            self.put(end, end, "".join(gap + item for item in written), LAST)
        else:
            start = node.items[0].start
            self.put(start, start, "".join(f"{item}, " for item in written), LAST)

    def first_items(self, loc: Loc, node: Node, values: Sequence[Value]) -> None:
        """Put items into a list that has none yet: ``[]``, or nothing after the key."""
        if self.in_flow(loc) or not any(isinstance(value, Mapping) for value in values):
            self.instead(loc, node, values)
            return
        ordered = [self.sorted((*loc, 0), None, value) for value in values]
        if node.end > node.start:
            kept = self.text[node.start - 1] in " \t" and not self._commented(node.end)
            self.put(node.start - kept, node.end, "")
        column = self.key_column(loc) + self.habits.dash
        lines = self._spread(loc, ordered, column, " ", blank=1)[1:]
        self.below(node.end, lines, -2 * len(loc))

    def _commented(self, offset: int) -> bool:
        return bool(self.text[offset : self.source.source.line_end(offset)].strip())

    def _insert_lines(self, loc: Loc, node: ListNode, index: int, values: Sequence[Value]) -> None:
        rows = self.source.source
        dash = dash_of(node.items[0])
        column = rows.column(dash)
        blank = blank_lines(node)
        start = node.items[0].start
        same_line = rows.row(start) == rows.row(dash)
        gap = (
            self.text[dash + 1 : start] if same_line and "\t" not in self.text[dash:start] else " "
        )
        ordered = [self.sorted((*loc, 0), node, value) for value in values]
        brackets = all(map(is_flow, node.items))
        lines = self._spread(loc, ordered, column, gap, blank, brackets=brackets)
        if index:
            self.below(end_of_item(node.items[index - 1], column), lines, -2 * len(loc) - 1)
            return
        newline = self.habits.newline
        lines = [*lines[blank:], *[""] * blank]
        first = newline.join(lines) + newline
        self.put(dash, dash, first.lstrip(" ") + " " * column, LAST)

    def _spread(
        self,
        loc: Loc,
        values: Sequence[Value],
        column: int,
        gap: str,
        blank: int,
        *,
        brackets: bool = False,
    ) -> list[str]:
        """Return the lines of items, each after as many empty lines as part their neighbours."""
        lines: list[str] = []
        for value in values:
            lines += [""] * blank
            if brackets and isinstance(value, Mapping):
                item = [f"-{gap}{self.writer.flow(path_of(loc), value)}"]
            else:
                item = self.writer.item(path_of(loc), value, column, gap)
            lines += indented(item, column)
        return lines
