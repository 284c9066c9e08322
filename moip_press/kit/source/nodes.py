"""What a YAML file holds: texts, lists and mappings, and where each character of a text is.

Positions follow libyaml's scanner (yaml_parser_scan_plain_scalar, _flow_scalar, _block_scalar);
what is traced is compared with the value libyaml gave, so that a map is exact or absent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from moip_press.report.diagnostics import LINE_BREAK, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moip_press.kit.source.decoding import SourceText
    from moip_press.report.diagnostics import Span

_WHITE = re.compile(r"[ \t\r\n]+")
_HEADER = re.compile(r"[|>](?P<signs>[-+0-9]*)[^\r\n]*(?P<end>\r\n|\r|\n|\Z)")
_HEXADECIMAL = {"x": 2, "u": 4, "U": 8}
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85",
    "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip

# what could end a plain text, begin a comment or open something else
_PLAIN_RISK = re.compile(r"[:#,\[\]{}]")
_FIRST_RISK = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~.]|null|\s")
_INDENTED = re.compile("[ \t]")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")

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
        """Return the whole node as it is in the file, with quotation marks or `|`."""
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


# --- where the characters of a text are -----------------------------------------------------


@dataclass(slots=True)
class Trace:
    """A value's characters, each with the offsets in the file it was written at."""

    characters: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def add(self, character: str, start: int, end: int) -> None:
        """Append one character of the value."""
        self.characters.append(character)
        self.starts.append(start)
        self.ends.append(end)

    @property
    def value(self) -> str:
        """Return the text that was traced."""
        return "".join(self.characters)


@lru_cache(maxsize=32)
def trace(node: ScalarNode) -> Trace | None:
    """Return the trace of a scalar, None where the file's text does not account for its value.

    It is kept for a while: a text with many findings is asked for as many places in a row.
    """
    text = node.source.text
    if node.style is Style.PLAIN:
        found = _flow(text, node.start, node.end, node.style)
    elif node.style in (Style.SINGLE, Style.DOUBLE):
        found = _flow(text, node.start + 1, node.end - 1, node.style)
    else:
        return _block(text, node)
    return found if found.value == node.value else None


def value_offsets(node: ScalarNode, start: int, end: int) -> tuple[int, int]:
    """Return where the characters [start, end) of a scalar's value begin and end in the file.

    Equal `start` and `end` give the empty place before that character. The whole scalar
    where its value is not written in the file (null, an empty text).
    """
    size = len(node.value)
    start = max(0, min(start, size))
    end = max(start, min(end, size))
    text = node.source.text
    inside = node.start + (node.style in (Style.SINGLE, Style.DOUBLE))
    if text[inside : node.end - (inside - node.start)] == node.value:
        return inside + start, inside + end
    found = trace(node)
    if found is None or not size:
        return node.start, node.end
    if start == end:
        place = found.starts[start] if start < size else found.ends[-1]
        return place, place
    return found.starts[start], found.ends[end - 1]


def _breaks(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    return [found.span() for found in LINE_BREAK.finditer(text, start, stop)]


def _flow(text: str, position: int, stop: int, style: Style) -> Trace:
    found = Trace()
    while position < stop:
        character = text[position]
        if white := _WHITE.match(text, position, stop):
            _fold(text, *white.span(), found)
            position = white.end()
        elif style is Style.DOUBLE and character == "\\":
            position = _escape(text, position, stop, found)
        else:
            doubled = style is Style.SINGLE and character == "'"
            found.add(character, position, position + 1 + doubled)
            position += 1 + doubled
    return found


def _fold(text: str, start: int, stop: int, found: Trace) -> None:
    """Trace whitespace between words: one line break is a space, n + 1 are n line breaks."""
    breaks = _breaks(text, start, stop)
    if not breaks:
        for position in range(start, stop):
            found.add(text[position], position, position + 1)
    elif len(breaks) == 1:
        found.add(" ", start, stop)
    else:
        for place in breaks[1:]:
            found.add("\n", *place)


def _escape(text: str, start: int, stop: int, found: Trace) -> int:
    letter = text[start + 1]
    if letter in "\r\n":
        white = _WHITE.match(text, start + 1, stop)
        end = white.end() if white else stop
        for place in _breaks(text, start + 1, end)[1:]:
            found.add("\n", *place)
        return end
    end = start + 2 + _HEXADECIMAL.get(letter, 0)
    if letter in _HEXADECIMAL:
        found.add(chr(int(text[start + 2 : end], 16)), start, end)
    else:
        found.add(_NAMED[letter], start, end)
    return end


def _block(text: str, node: ScalarNode) -> Trace | None:
    header = _HEADER.match(text, node.start)
    if header is None:
        return None
    stop = _block_end(text, node.end)
    for indent in _indents(text, header.end(), node):
        found = _block_at(text, (header.end(), stop), indent, node.style, header["signs"])
        if found.value == node.value:
            return found
    return None


def _block_end(text: str, end: int) -> int:
    """Return where the empty lines after a block end."""
    white = _WHITE.match(text, end)
    if white is None or white.end() == len(text):
        return len(text) if white else end
    return max((place[1] for place in _breaks(text, end, white.end())), default=end)


def _indents(text: str, start: int, node: ScalarNode) -> Iterator[int]:
    """Return how far the block may be indented: what its first line lost, else any depth."""
    raw = re.compile(r"^( *)[^ \r\n]", re.MULTILINE).search(text, start, node.end)
    kept = re.compile(r"^( *)[^ \n]", re.MULTILINE).search(node.value)
    if raw and kept:
        yield len(raw[1]) - len(kept[1])
    yield from range(1, 1000)


def _block_at(text: str, place: tuple[int, int], indent: int, style: Style, signs: str) -> Trace:
    """Trace a block scalar as if it were indented by `indent`."""
    found = Trace()
    position, stop = place
    last: tuple[int, int] | None = None
    last_blank = False
    position, empty = _empty_lines(text, position, stop, indent)
    while position < stop:
        blank = text[position] in " \t"
        if style is Style.FOLDED and last and not last_blank and not blank:
            if not empty:
                found.add(" ", last[0], position)
        elif last:
            found.add("\n", *last)
        for line_end in empty:
            found.add("\n", *line_end)
        last_blank = blank
        end = LINE_BREAK.search(text, position, stop)
        for offset in range(position, end.start() if end else stop):
            found.add(text[offset], offset, offset + 1)
        last = end.span() if end else None
        position, empty = _empty_lines(text, end.end() if end else stop, stop, indent)
    if "-" not in signs and last:
        found.add("\n", *last)
    if "+" in signs:
        for line_end in empty:
            found.add("\n", *line_end)
    return found


def _empty_lines(
    text: str, position: int, stop: int, indent: int
) -> tuple[int, list[tuple[int, int]]]:
    """Return where the next line's indentation ends, and the line breaks before it."""
    passed: list[tuple[int, int]] = []
    while True:
        column = 0
        while column < indent and position < stop and text[position] == " ":
            position, column = position + 1, column + 1
        end = LINE_BREAK.match(text, position, stop)
        if end is None:
            return (stop if column < indent else position), passed
        passed.append(end.span())
        position = end.end()


def splice(node: ScalarNode, start: int, end: int, text: str) -> Edit | None:
    """Return the edit that puts `text` in the place of the characters [start, end) of a value.

    None where it could change more than that: across line breaks of the file, or where the
    text would need other quotation marks than the scalar has.
    """
    value = node.value
    if not value or not 0 <= start <= end <= len(value) or trace(node) is None:
        return None
    if _UNWRITABLE.search(text) or not _keeps_lines(value, start, end, text):
        return None
    first, last = value_offsets(node, start, end)
    if LINE_BREAK.search(node.source.text, first, last):
        return None
    if (
        node.style is Style.FOLDED
        and _INDENTED.match(value, start)
        and value[:start][-1:] in ("", "\n")
    ):
        return None  # a line that begins with a space is not joined to the one above
    if node.style is Style.SINGLE:
        text = text.replace("'", "''")
    elif node.style is Style.DOUBLE:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    elif node.style is Style.PLAIN:
        new = value[:start] + text + value[end:]
        if _PLAIN_RISK.search(text) or new != new.strip() or not new:
            return None
        if start == 0 and _FIRST_RISK.match(new):
            return None
    return Edit(node.source.span(first, last), text)


def _keeps_lines(value: str, start: int, end: int, text: str) -> bool:
    """Return whether no line of the file gains or loses whitespace at its ends, or all its words.

    Between folded lines it is not certain where a place is.
    """
    before, after = value[:start], value[end:]
    if start == end and not after[:1].strip():
        return False
    at_start = start == 0 or before[-1] in " \n"
    at_end = end == len(value) or after[0] in " \n"
    if not (at_start or at_end):
        return True
    return bool(text) and text == text.strip() and bool((before + text + after).strip())
