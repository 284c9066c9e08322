"""YAML files as text values that know their place in the file: the first stage.

Scalars stay text: nothing is read as a number, a date or a yes/no. What cannot be read, or
would be read otherwise than it was meant, is a diagnostic of family Y.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from moip_press.kit.source.composing import compose
from moip_press.kit.source.decoding import (
    SourceText,
    decode,
    odd_characters,
    too_large,
)
from moip_press.kit.source.nodes import (
    ListNode,
    MapNode,
    Node,
    Plain,
    ScalarNode,
    Style,
    plain,
    splice,
    value_offsets,
)
from moip_press.report.diagnostics import Diagnostic, Edit, Severity, Span
from moip_press.system.files import read_file
from moip_press.system.limits import YAML

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ListNode",
    "Loc",
    "MapNode",
    "Node",
    "Plain",
    "ScalarNode",
    "Source",
    "Style",
    "parse_yaml",
    "read_yaml",
]

Loc: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """What was read from one file.

    `meant` is what it says where that is written more plainly than the model has it.
    `root` is None where the file could not be parsed or is empty; `diagnostics` then holds
    exactly one error, which says why. A file with warnings is read like any other.
    """

    source: SourceText
    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()
    meant: Plain = None

    @property
    def name(self) -> str:
        """Return how the file is called in diagnostics."""
        return self.source.name

    @property
    def unreadable(self) -> bool:
        """Return whether something in the file cannot be read: warnings do not count."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    @property
    def text(self) -> str:
        """Return the decoded text, without byte order mark, its line breaks as in the file."""
        return self.source.text

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines without their line breaks."""
        return self.source.lines

    def plain(self, node: Node | None = None) -> Plain:
        """Return the root, or one node, as text, list and dict; null is None."""
        return self._plain if node is None else plain(node)

    @cached_property
    def _plain(self) -> Plain:
        return plain(self.root) if self.meant is None else self.meant

    def node(self, loc: Loc) -> Node | None:
        """Return the node at a path of keys and indices, None where there is none."""
        *_, (node, rest) = self._walk(loc)
        return node if rest == 0 else None

    def holds(self, loc: Loc) -> bool:
        """Return whether a key is written at a path, with a value or without."""
        above = self.node(loc[:-1])
        return isinstance(above, MapNode) and above.entry(str(loc[-1])) is not None

    def span(self, loc: Loc = (), *, key: bool = False) -> Span:
        """Return the place of the node at a path, or of its key (of a list item: the item).

        Where the path leads further than the file, the first line of the deepest node there
        is; the top of the file where there is nothing at all.
        """
        steps = self._walk(loc)
        node, rest = steps[-1]
        if node is None:
            return Span.of_file(self.name)
        if rest:
            return node.head
        parent = steps[-2][0] if len(steps) > 1 else None
        if key and isinstance(parent, MapNode):
            entry = parent.entry(str(loc[-1]))
            return entry[0].span if entry else node.head
        return node.span

    def value_span(self, loc: Loc, start: int, end: int) -> Span:
        """Return the place of the characters [start, end) of the text at a path.

        Exact in every style of scalar. As `span` where there is no text at that path.
        """
        node = self.node(loc)
        if not isinstance(node, ScalarNode):
            return self.span(loc)
        return self.source.span(*value_offsets(node, start, end))

    def replace(self, loc: Loc, start: int, end: int, text: str) -> Edit | None:
        """Return the edit that puts `text` in the place of [start, end) of the text at a path.

        None where that cannot be done without changing anything else.
        """
        node = self.node(loc)
        return splice(node, start, end, text) if isinstance(node, ScalarNode) else None

    def remove_lines(self, loc: Loc, start: int, end: int) -> Edit | None:
        """Return the edit that takes away the lines of the characters [start, end) of a text.

        None where the text does not keep its lines, or something else stands on them.
        """
        node = self.node(loc)
        if not isinstance(node, ScalarNode) or node.style is not Style.LITERAL:
            return None
        first, last = value_offsets(node, start, end)
        line = self.source.line_start(first)
        stop = min(self.source.line_end(last) + 1, len(self.text))
        alone = self.text[line:first].isspace() and not self.text[last:stop].strip()
        return Edit(self.source.span(line, stop), "") if alone else None

    def _walk(self, loc: Loc) -> list[tuple[Node | None, int]]:
        """Return the nodes along a path as far as they exist, each with the steps left.

        Where one value is ``meant`` to be a list or a record, a step into it leads to itself.
        """
        node, meant = self.root, self.meant is not None
        steps = [(node, len(loc))]
        for number, step in enumerate(loc, start=1):
            match node:
                case ListNode() if isinstance(step, int) and 0 <= step < len(node.items):
                    node = node.items[step]
                case MapNode() if entry := node.entry(str(step)):
                    node = entry[1]
                case MapNode() if meant and step == 0:
                    pass
                case ScalarNode() if meant:
                    pass
                case _:
                    break
            steps.append((node, len(loc) - number))
        return steps


def read_yaml(path: Path, name: str) -> Source:
    """Return the file at `path`, called `name` in diagnostics; OSError where it cannot be read."""
    return parse_yaml(read_file(path, YAML.bytes + 1), name)


def parse_yaml(data: bytes, name: str) -> Source:
    """Return the bytes of a YAML file, called `name` in diagnostics. Raises nothing."""
    if len(data) > YAML.bytes:
        return Source(SourceText(name, ""), None, (too_large(name),))
    text, fault = decode(data, name)
    if fault:
        return Source(text, None, (fault,))
    root, diagnostics = compose(text)
    if root is None:
        return Source(text, None, diagnostics)
    return Source(text, root, (*diagnostics, *odd_characters(text)))
