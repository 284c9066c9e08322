"""Where the parts of a record or list begin and end in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from moip_press.kit.source.decoding import SourceText
from moip_press.kit.source.editing.habits import BLOCKS, indent_of, is_flow
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode

HEADER = re.compile(r"(?P<style>[|>])(?P<signs>[-+0-9]*)")
_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")


class CannotSplice(Exception):
    """An operation that this file leaves no room for."""


def end_of(*nodes: Node) -> int:
    """Return where what stands in a file for nodes ends, empty lines that count with it."""
    end, last, rows = max(node.end for node in nodes), nodes[-1], nodes[-1].source
    while not isinstance(last, ScalarNode):
        children = last.items if isinstance(last, ListNode) else [v for _, v in last.entries]
        if not children or is_flow(last):
            return end
        if isinstance(last, MapNode):
            end = max(end, last.entries[-1][0].end)
        last = children[-1]
    header = HEADER.match(rows.text, last.start) if last.style in BLOCKS else None
    if header and "+" in header["signs"]:
        line_end = rows.line_end(end)
        following = _EMPTY_LINES.match(rows.text, line_end)
        if following and following.end() > line_end:
            return following.end() - 1
    return end


def end_of_item(item: Node, column: int) -> int:
    """Return where an item ends, with the comments right below it that stand deeper."""
    rows = item.source
    end = end_of(item)
    row = rows.row(end) + 1
    while row < len(rows.lines):
        line = rows.lines[row]
        if not line.lstrip(" ").startswith("#") or indent_of(line) <= column:
            break
        end = rows.line_starts[row] + len(line)
        row += 1
    return end


def dash_of(item: Node) -> int:
    """Return the offset of the hyphen before an item. Raises ``CannotSplice``."""
    rows = item.source
    row = rows.row(item.start)
    start, end = rows.line_starts[row], item.start
    while True:
        part = rows.text[start:end].rstrip(" \t")
        if part.endswith("-"):
            return start + len(part) - 1
        if not row or part.strip():
            raise CannotSplice
        row -= 1
        start, end = rows.line_starts[row], _before_comment(rows, rows.line_starts[row])


def _before_comment(rows: SourceText, start: int) -> int:
    end = rows.line_end(start)
    return start + rows.text[start:end].find("#") if "#" in rows.text[start:end] else end


def blank_lines(node: ListNode) -> int:
    """Return how many empty lines mostly part the items of a list."""
    counts: dict[int, int] = {}
    rows = node.source
    for item, following in zip(node.items, node.items[1:], strict=False):
        above, below = rows.row(end_of(item)), rows.row(dash_of(following))
        empty = 0
        while above + 1 + empty < below and not rows.lines[above + 1 + empty].strip():
            empty += 1
        counts[empty] = counts.get(empty, 0) + 1
    several = any(isinstance(item, MapNode) and not is_flow(item) for item in node.items)
    return max(counts, key=lambda n: counts[n]) if counts else int(several)


def gap_in_brackets(text: str, ends: Sequence[int], starts: Sequence[int]) -> str:
    """Return what parts the values of brackets: a comma, and a space or a new line."""
    if len(ends) > 1:
        between = text[ends[0] : starts[1]]
        if "#" not in between and "\n" in between:
            return "," + between[between.index(",") + 1 :]
    return ", "
