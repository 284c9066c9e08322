"""Operations as splices: which characters of the file change, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from moip_press.kit.source import Loc
from moip_press.kit.source.editing.blocks import reblocked
from moip_press.kit.source.editing.fields import Fields
from moip_press.kit.source.editing.habits import BLOCKS, block_lines, is_flow, path_of
from moip_press.kit.source.editing.items import Items
from moip_press.kit.source.editing.operations import Value
from moip_press.kit.source.editing.places import CannotSplice
from moip_press.kit.source.editing.writing import inline
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode


class Splicer(Fields, Items):
    """Makes the splices for one file."""

    def value(self, loc: Loc, node: Node, value: Value) -> None:
        """Let a node hold a value, changing what differs and nothing else."""
        match node, value:
            case ScalarNode(), str():
                self._scalar(loc, node, value)
            case MapNode(), Mapping():
                self.fields(loc, node, value, whole=True)
            case ListNode(), Sequence() if not isinstance(value, str):
                self.items(loc, node, value)
            case _:
                self.instead(loc, node, value)

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
            self.instead(loc, node, text)
            return
        written = inline(text, style, self.habits.quote(path_of(loc)), flow=self.in_flow(loc))
        self.put(node.start, node.end, self._spaced(node, written))

    def instead(self, loc: Loc, node: Node, value: Value) -> None:
        """Put a value in the place of one of another kind or form."""
        if self.in_flow(loc):
            self.put(
                node.start, node.end, self._spaced(node, self.writer.flow(path_of(loc), value))
            )
            return
        if not isinstance(node, ScalarNode) and not (is_flow(node) or node.start == node.end):
            raise CannotSplice
        column = self.key_column(loc)
        item = isinstance(loc[-1], int) if loc else False
        column = column + 2 - self.habits.step if item else column
        first, *rest = self.writer.after_key(path_of(loc), value, column)
        word = first.removeprefix(" ")
        self.put(node.start, node.end, self._spaced(node, word) if word else "")
        self.below(node.end, rest, -2 * len(loc))

    def _spaced(self, node: Node, written: str) -> str:
        """Return a text with a space before it where it would touch the colon or hyphen."""
        before = self.text[node.start - 1 : node.start]
        return f" {written}" if node.start == node.end and before in (":", "-", ",") else written
