"""How a file is written, to write on in its style, and where its records and items end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from moip_press.kit.editing.wrapping import runs
from moip_press.kit.source import ListNode, Loc, MapNode, Node, ScalarNode, Source, Style
from moip_press.kit.source.decoding import SourceText
from moip_press.report.diagnostics import LINE_BREAK

STEP = 2  # columns that a level is indented by, where the file does not tell
BLOCKS = (Style.LITERAL, Style.FOLDED)
SPREAD = 0.9  # of the lines of wrapped texts are no wider than the file's width
HEADER = re.compile(r"(?P<style>[|>])(?P<signs>[-+0-9]*)")
_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_MARKS = {Style.SINGLE: "'", Style.DOUBLE: '"'}
_V = TypeVar("_V", bound=Hashable)


class CannotSplice(Exception):
    """An operation that this file leaves no room for."""


def is_flow(node: Node) -> bool:
    """Return whether a list or mapping is written between brackets."""
    first = node.source.text[node.start : node.start + 1]
    return not isinstance(node, ScalarNode) and first in ("[", "{")


@dataclass(frozen=True)
class Habits:
    """The habits of one file; looked for when they are asked for."""

    source: Source

    @cached_property
    def newline(self) -> str:
        """The line break of the file."""
        found = LINE_BREAK.search(self.source.text)
        return found[0] if found else "\n"

    @cached_property
    def _values(self) -> Sequence[tuple[str, int, Node]]:
        """Every value: what leads to it (``events.title``), the column of its key, and itself."""
        root = self.source.root
        return [] if root is None else [*_walk(root)]

    @cached_property
    def _scalars(self) -> Sequence[tuple[str, int, ScalarNode]]:
        return [(p, c, node) for p, c, node in self._values if isinstance(node, ScalarNode)]

    @cached_property
    def _styles(self) -> dict[str, Style]:
        return _most_common(
            (path, node.style) for path, _, node in self._scalars if not node.is_null
        )

    @cached_property
    def _quotes(self) -> dict[str, str]:
        marks = [(path, _MARKS[n.style]) for path, _, n in self._scalars if n.style in _MARKS]
        return _most_common([*marks, *(("", mark) for _, mark in marks)])

    @cached_property
    def brackets(self) -> dict[str, bool]:
        """Whether the lists or fields below a path are mostly written between brackets."""
        return _most_common(
            (path, is_flow(node))
            for path, _, node in self._values
            if not isinstance(node, ScalarNode) and node.end > node.start
        )

    @cached_property
    def quotes_keys(self) -> bool:
        """Whether the names of fields are written between quotation marks, as in JSON."""
        root = self.source.root
        return isinstance(root, MapNode) and all(k.style is Style.DOUBLE for k, _ in root.entries)

    def style(self, path: str) -> Style:
        """Return the style in which the texts below a path are mostly written."""
        return self._styles.get(path, Style.DOUBLE if self.quotes_keys else Style.PLAIN)

    def quote(self, path: str) -> str:
        """Return the quotation mark that is used where one is needed: below a path, or anywhere."""
        return self._quotes.get(path) or self._quotes.get("", '"')

    @cached_property
    def step(self) -> int:
        """How far a text below ``|`` is indented under its key."""
        steps: list[int] = []
        for _, column, node in self._scalars:
            if node.style in BLOCKS:
                lines = (line for line in block_lines(node) if line.strip())
                steps.append(min(map(indent_of, lines), default=0) - column)
        return _likely(steps, 1)

    @cached_property
    def dash(self) -> int:
        """How far the hyphens of a list are indented under its key."""
        return _likely(
            (
                self.source.source.column(node.start) - column
                for _, column, node in self._values
                if isinstance(node, ListNode) and node.items and not is_flow(node)
            ),
            0,
        )

    @cached_property
    def width(self) -> int | None:
        """The column at which texts are broken; None where they are not."""
        widths: list[int] = []
        for _, _, node in self._scalars:
            if node.style in BLOCKS and "\n" in node.value.strip():
                for run in runs("\n".join(block_lines(node))):
                    widths += map(len, run.lines[:-1])
        return sorted(widths)[int(len(widths) * SPREAD)] if widths else None


def _most_common(pairs: Iterable[tuple[str, _V]]) -> dict[str, _V]:
    """Return what mostly goes with each path."""
    found: defaultdict[str, Counter[_V]] = defaultdict(Counter)
    for path, value in pairs:
        found[path][value] += 1
    return {path: counts.most_common(1)[0][0] for path, counts in found.items()}


def _likely(steps: Iterable[int], least: int) -> int:
    """Return the commonest indentation that is one."""
    counted = Counter(steps).most_common()
    return next((step for step, _ in counted if least <= step < 10), STEP)


def _walk(root: Node) -> Iterator[tuple[str, int, Node]]:
    stack = [("", 0, root)]
    while stack:
        key, column, node = stack.pop()
        yield key, column, node
        if isinstance(node, MapNode):
            column = node.source.column(node.entries[0][0].start) if node.entries else 0
            stack += [
                (below(key, name.value), column, value) for name, value in reversed(node.entries)
            ]
        elif isinstance(node, ListNode):
            inner = node.source.column(node.start)
            stack += [(key, inner, item) for item in reversed(node.items)]


def below(path: str, name: str) -> str:
    """Return what leads to a field of a record: the indices of lists do not count."""
    return f"{path}.{name}" if path else name


def path_of(loc: Loc) -> str:
    """Return what leads to the value at a path, as ``below`` does."""
    return ".".join(step for step in loc if isinstance(step, str))


def indent_of(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def block_lines(node: ScalarNode) -> list[str]:
    """Return the lines of a text below ``|`` or ``>`` as they are in the file."""
    text = node.source.text[node.start : node.end]
    return LINE_BREAK.split(text)[1:]


def end_of(*nodes: Node) -> int:
    """Return where nodes end in the file, with the empty lines that belong to them."""
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
    """Return where an item ends, with the comments right below it that are indented further."""
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


def learned_order(records: Sequence[MapNode], known: Sequence[str]) -> list[str]:
    """Return the names of fields in the order in which records have them.

    A field that none of them has comes after all that it follows in ``known``.
    """
    order = _order_of(Counter(tuple(key.value for key, _ in r.entries) for r in records), known)
    place = -1
    for name in known:
        if name in order:
            place = max(place, order.index(name))
        else:
            place += 1
            order.insert(place, name)
    return order


def _order_of(shapes: Counter[tuple[str, ...]], known: Sequence[str]) -> list[str]:
    """Return the names of lists of names, none before one that mostly comes before it."""
    before: Counter[tuple[str, str]] = Counter()
    for names, count in shapes.items():
        for place, name in enumerate(names):
            for later in names[place + 1 :]:
                before[name, later] += count
    seen = dict.fromkeys(name for shape in shapes for name in shape)
    left = [name for name in dict.fromkeys([*known, *seen]) if name in seen]
    order: list[str] = []
    while left:
        free = (n for n in left if not any(before[o, n] > before[n, o] for o in left))
        name = next(free, left[0])
        order.append(name)
        left.remove(name)
    return order
