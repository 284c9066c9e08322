"""What a YAML file holds: texts, lists and mappings, each with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.report.diagnostics import Span

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


class Style(StrEnum):
    """How a text is written in the file."""

    PLAIN = "plain"
    SINGLE = "single"
    DOUBLE = "double"
    LITERAL = "literal"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class _Placed:
    source: SourceText = field(repr=False, compare=False)
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return the whole node as it stands in the file, with quotation marks or `|`."""
        return self.source.span(self.start, self.end)

    @property
    def head(self) -> Span:
        """Return the part of the span on the node's first line."""
        return self.source.span(self.start, min(self.end, self.source.line_end(self.start)))


@dataclass(frozen=True, slots=True)
class ScalarNode(_Placed):
    """A text. An empty value, `~` or `null` is the text "" with `is_null`."""

    value: str
    style: Style = Style.PLAIN
    is_null: bool = False


@dataclass(frozen=True, slots=True)
class ListNode(_Placed):
    """A list of nodes."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MapNode(_Placed):
    """Keys and their values in the order of the file; of equal keys, the first."""

    entries: tuple[tuple[ScalarNode, Node], ...]

    def entry(self, name: str) -> tuple[ScalarNode, Node] | None:
        """Return the key and the value of a name, or None."""
        return next((entry for entry in self.entries if entry[0].value == name), None)


Node: TypeAlias = ScalarNode | ListNode | MapNode


def plain(node: Node | None) -> Plain:
    """Return the node as text, list and dict; None for null and for no node."""
    match node:
        case ScalarNode():
            return None if node.is_null else node.value
        case ListNode():
            return [plain(item) for item in node.items]
        case MapNode():
            return {key.value: plain(value) for key, value in node.entries}
        case None:
            return None
