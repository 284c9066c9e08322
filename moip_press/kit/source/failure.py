"""Where the parser gave up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.kit.source.entries import Entry, entry_at, flow_entry_at
from moip_press.kit.source.nodes import Node, ScalarNode

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText
    from moip_press.report.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the parser gave up: what it said, and how far it had come.

    `known` are the traps met before; `last` is the node read last.
    """

    source: SourceText
    problem: str
    context: str
    offset: int
    context_offset: int | None
    last: Node | None
    flow: bool
    known: tuple[Diagnostic, ...]

    @property
    def sign(self) -> str:
        """Return the character at the place of the problem, empty at the end of the file."""
        return self.source.text[self.offset : self.offset + 1]

    @property
    def begins(self) -> int:
        """Return where what could not be read begins."""
        return self.offset if self.context_offset is None else self.context_offset

    @property
    def scalar(self) -> ScalarNode | None:
        """Return the node read last, if it is a text."""
        return self.last if isinstance(self.last, ScalarNode) else None

    def entry(self, offset: int) -> Entry:
        """Return the entry around an offset."""
        return (flow_entry_at if self.flow else entry_at)(self.source, offset)

    def directly_after(self, end: int) -> bool:
        """Return whether only blanks stand between `end` and the problem."""
        between = self.source.text[end : self.offset]
        return end <= self.offset and not between.strip(" \t")
