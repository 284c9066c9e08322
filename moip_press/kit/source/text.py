"""A file's characters and the lines they stand on."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from moip_press.report.diagnostics import LINE_BREAK, Position, Span, lines_of


@dataclass(frozen=True)
class SourceText:
    """The decoded text of a file, without byte order mark; offsets count characters."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Return the offset of the first character of each line."""
        return (0, *(found.end() for found in LINE_BREAK.finditer(self.text)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return the lines without their ends; a final line end opens no further line."""
        lines = lines_of(self.text)
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    def row(self, offset: int) -> int:
        """Return the line of an offset, counted from 0."""
        return bisect_right(self.line_starts, offset) - 1

    def column(self, offset: int) -> int:
        """Return the column of an offset, counted from 0."""
        return offset - self.line_starts[self.row(offset)]

    def position(self, offset: int) -> Position:
        """Return line and column of an offset, counted from 1."""
        row = self.row(offset)
        return Position(row + 1, offset - self.line_starts[row] + 1)

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters [start, end); what reaches beyond the file is cut."""
        end = min(max(start, end), len(self.text))
        return Span(self.name, self.position(min(start, end)), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position of this file."""
        return self.line_starts[position.line - 1] + position.column - 1

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line of `offset` ends, before its line end."""
        found = LINE_BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line_at(self, offset: int) -> str:
        """Return the whole line of an offset, without its line end."""
        return self.text[self.line_starts[self.row(offset)] : self.line_end(offset)]
