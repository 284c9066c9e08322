"""A line of YAML as a press officer sees it: a key, a text; and how to write it safely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.kit.source.nodes import Node, ScalarNode
from moip_press.report.diagnostics import Diagnostic, Edit, Message, Related, Span
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from moip_press.kit.source.decoding import SourceText

# what other programs put where a space was typed: no-break spaces and their kin
NO_BREAK = "\xa0\u2007\u202f"
# a word that could be the name of a field, to tell one from running text
FIELD = re.compile(r"[ ]*(?:-[ ]+)*(?P<name>[a-z][a-z_]*)[ ]*:(?=[ \t]|$)")
# such a word with its colon, and no space after it
GLUED = re.compile(
    r"(?P<name>[a-z][a-z_]*)(?P<colon>:)(?=[^\s/:]|[\xa0\u2007\u202f])(?<!\bmailto:)(?<!\btel:)(?<!\bpage:)"
)
QUOTE = N_("Put the text between quotation marks: {example}")
BLOCK = N_("Put the whole text between quotation marks, or below “|” on indented lines.")

_ENTRY = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'#&*!|>%@`\[\]{},].*?)[ ]*:(?:[ \t]+|$))?
    (?P<value>.*?)[ \t]*$""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"(?:^|[ \t]+)#(?=[ \t#!]|$).*$")
_SHOWN = 60


def fault(
    code: str,
    span: Span,
    message: str,
    hint: str | Message | None,
    *,
    fix: Iterable[Edit] | None = None,
    related: Iterable[Related] = (),
    lacks: tuple[str | int, ...] = (),
    **values: object,
) -> Diagnostic:
    """Return an error whose message and hint are sentences with the same named values."""
    said = Message(hint, values) if isinstance(hint, str) else hint
    sentence = Message(message, values)
    return Diagnostic.error(code, span, sentence, said, fix=fix, related=related, lacks=lacks)


def quoted(text: str) -> str:
    """Return the text as a YAML scalar between quotation marks, on one line."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shortened(text: str) -> str:
    """Return the text, cut with an ellipsis where it is too long for a hint."""
    if len(text) <= _SHOWN:
        return text
    head = text[: _SHOWN - 1]
    return head[: head.rfind(" ")].rstrip() + "…" if " " in head[_SHOWN // 2 :] else head + "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line taken apart: indentation, `- `, key, and the value up to a comment."""

    source: SourceText
    start: int
    indent: int
    dashes: str
    key: str | None
    value: str
    value_start: int

    @property
    def value_end(self) -> int:
        """The offset at which the value ends, before a comment."""
        return self.value_start + len(self.value)

    @property
    def column(self) -> int:
        """The column, from 0, of the key or `-`: a text that goes on is indented further."""
        return self.indent + (len(self.dashes) if self.key is not None else 0)

    def written(self, text: str) -> str:
        """Return the entry with a text between quotation marks as its value, as one types it."""
        value = quoted(shortened(text))
        if self.key is not None:
            return f"{self.key}: {value}"
        return f"- {value}" if self.dashes else value

    def quote_hint(self, text: str | None = None) -> Message:
        """Return the hint to put the value, or `text`, between quotation marks."""
        return Message.of(QUOTE, example=self.written(self.value if text is None else text))

    def quote_edits(self, text: str | None = None) -> tuple[Edit, ...] | None:
        """Return the edit that does so, None where the text goes on in the next line."""
        if not self.value or self.goes_on():
            return None
        span = self.source.span(self.value_start, self.value_end)
        return (Edit(span, quoted(self.value if text is None else text)),)

    def goes_on(self) -> bool:
        """Return whether the line below could still belong to the value."""
        lines, below = self.source.lines, self.source.row(self.start) + 1
        while below < len(lines) and not lines[below].strip():
            below += 1
        line = lines[below] if below < len(lines) else ""
        return len(line) - len(line.lstrip(" ")) > self.column and not line.lstrip().startswith("#")


def entry_at(source: SourceText, offset: int, *, flow: bool = False) -> Entry:
    """Return the line of an offset as an entry; in `flow`, its part between commas, brackets."""
    line, start = source.line_at(offset), source.line_start(offset)
    if flow:
        left = max(line.rfind(sign, 0, offset - start) for sign in "[{,") + 1
        line = line[left : _flow_end(line, offset - start)]
        start += left
    found = _ENTRY.match(line)
    assert found is not None  # noqa: S101 -- the pattern matches every line
    value, value_start = found["value"], start + found.start("value")
    if flow:
        return Entry(source, start - left, 0, "", found["key"], value, value_start)
    indent, value = len(found["indent"]), _COMMENT.sub("", value)
    return Entry(source, start, indent, found["dashes"], found["key"], value, value_start)


def _flow_end(line: str, column: int) -> int:
    """Return where the item around a column ends: at its comma or its closing bracket."""
    depth = 0
    for end in range(column, len(line)):
        depth += (line[end] in "[{") - (line[end] in "]}")
        if depth < 0 or (depth == 0 and line[end] == ","):
            return end
    return len(line)


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
    def character(self) -> str:
        """The character at the place of the problem, empty at the end of the file."""
        return self.source.text[self.offset : self.offset + 1]

    @property
    def begins(self) -> int:
        """Where what could not be read begins."""
        return self.offset if self.context_offset is None else self.context_offset

    @property
    def scalar(self) -> ScalarNode | None:
        """The node read last, if it is a text."""
        return self.last if isinstance(self.last, ScalarNode) else None

    def entry(self, offset: int) -> Entry:
        """Return the entry around an offset."""
        return entry_at(self.source, offset, flow=self.flow)

    def directly_after(self, end: int) -> bool:
        """Return whether only spaces and tabs are between `end` and the problem."""
        return end <= self.offset and not self.source.text[end : self.offset].strip(" \t")

    def on_one_line(self, start: int) -> bool:
        """Return whether an offset is on the line of the problem."""
        return self.source.row(start) == self.source.row(self.offset)
