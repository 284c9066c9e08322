"""From a place in the text of a block to the place in the Markdown it was read from."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from moip_press.report.diagnostics import LINE_BREAK

if TYPE_CHECKING:
    from markdown_it.token import Token


def line_starts(markdown: str) -> list[int]:
    """Return the offset at which each line of a text starts, and its end, twice."""
    ends = [match.end() for match in LINE_BREAK.finditer(markdown)]
    return [0, *ends, len(markdown), len(markdown)]


class Place:
    """From a place in a block's text to the place in the Markdown.

    A line of a block is the end of a line of the Markdown, but for the marks of a heading.
    """

    def __init__(self, markdown: str, starts: list[int], token: Token) -> None:
        first, last = token.map or [0, 0]
        content = token.content.split("\n")
        while (
            first < last and content[0].strip() not in markdown[starts[first] : starts[first + 1]]
        ):
            first += 1  # a line of no-break spaces, which the parser takes for none
        self.lines: list[tuple[int, int]] = []
        at = 0
        for number, line in zip(
            range(first, max(last, first + len(content))), content, strict=False
        ):
            source = markdown[starts[number] : starts[number + 1]]
            self.lines.append((at, starts[number] + _offset(source, line)))
            at += len(line) + 1
        self.starts = [start for start, _ in self.lines]

    def __call__(self, place: int) -> int:
        """Return the offset in the Markdown of the sign at `place` of the block."""
        index = max(bisect_left(self.starts, place + 1) - 1, 0)
        start, source = self.lines[index]
        return source + place - start


def _offset(source: str, line: str) -> int:
    """Return where a line of a block starts in its line of the Markdown (may be negative)."""
    text = line.strip()
    if not text:
        return max(source.find(line), 0)
    indent = len(line) - len(line.lstrip())
    ended = source.rstrip()
    if not ended.endswith(text):
        ended = ended.rstrip("#").rstrip()
    if not ended.endswith(text):
        return source.find(text) - indent
    return len(ended) - len(text) - indent
