"""A line of YAML as a press officer sees it: a key, a text; and how to write it safely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.report.diagnostics import Edit, Message
from moip_press.report.messages import N_

if TYPE_CHECKING:
    from moip_press.kit.source.decoding import SourceText

# what other programs put where a space was typed: no-break spaces and their kin
NO_BREAK = "\xa0\u2007\u202f"

QUOTE = N_("Put the text between quotation marks: {example}")

_ENTRY = re.compile(
    r"""(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"|'[^']*'|[^\s"'#&*!|>%@`\[\]{},].*?)[ ]*:(?:[ \t]+|$))?
    (?P<value>.*?)[ \t]*$""",
    re.VERBOSE,
)
# a word that could be the name of a field, to tell one from running text
FIELD = re.compile(r"[ ]*(?:-[ ]+)*(?P<name>[a-z][a-z_]*)[ ]*:(?=[ \t]|$)")
GLUED = re.compile(
    r"(?P<name>[a-z][a-z_]*)(?P<colon>:)(?=[^\s/:]|[\xa0\u2007\u202f])(?<!\bmailto:)(?<!\btel:)(?<!\bpage:)"
)
_COMMENT = re.compile(r"[ \t]+#(?=[ \t#!]|$).*$")
_SHOWN = 60


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
        """Return the offset at which the value ends, before a comment."""
        return self.value_start + len(self.value)

    def written(self, value: str) -> str:
        """Return the entry with another value, as one would type it."""
        if self.key is not None:
            return f"{self.key}: {value}"
        return f"- {value}" if self.dashes else value

    def quote_hint(self, text: str | None = None) -> Message:
        """Tell how to put the value, or `text`, between quotation marks."""
        example = self.written(quoted(shortened(self.value if text is None else text)))
        return Message.of(QUOTE, example=example)

    def quote_edits(self, text: str | None = None) -> tuple[Edit, ...] | None:
        """Return the edit that does so, None where the text goes on in the next line."""
        if not self.value or self.goes_on():
            return None
        span = self.source.span(self.value_start, self.value_end)
        return (Edit(span, quoted(self.value if text is None else text)),)

    def goes_on(self) -> bool:
        """Return whether the line below could still belong to the value."""
        below = self.source.row(self.start) + 1
        lines = self.source.lines
        while below < len(lines) and not lines[below].strip():
            below += 1
        if below >= len(lines):
            return False
        line = lines[below]
        return len(line) - len(line.lstrip(" ")) > self.column and not line.lstrip().startswith("#")

    @property
    def column(self) -> int:
        """Return the column, from 0, of the key or `-`: a text that goes on stands deeper."""
        return self.indent + (len(self.dashes) if self.key is not None else 0)


def entry_at(source: SourceText, offset: int) -> Entry:
    """Return the line of an offset as an entry."""
    line = source.line_at(offset)
    start = source.line_starts[source.row(offset)]
    found = _ENTRY.match(line)
    assert found is not None  # noqa: S101 -- the pattern matches every line
    value = _COMMENT.sub("", found["value"])
    return Entry(
        source,
        start,
        len(found["indent"]),
        found["dashes"],
        found["key"],
        value if not _is_comment(value) else "",
        start + found.start("value"),
    )


def flow_entry_at(source: SourceText, offset: int) -> Entry:
    """Return the part between commas and brackets around an offset, as an entry."""
    line = source.line_at(offset)
    line_start = source.line_starts[source.row(offset)]
    column = offset - line_start
    left = max(line.rfind(sign, 0, column) for sign in "[{,") + 1
    part = line[left : _flow_end(line, column)]
    found = _ENTRY.match(part)
    assert found is not None  # noqa: S101 -- the pattern matches every line
    start = line_start + left + found.start("value")
    return Entry(source, line_start, 0, "", found["key"], found["value"], start)


def _flow_end(line: str, column: int) -> int:
    """Return where the item around a column ends: at its comma or its closing bracket."""
    depth = 0
    for end in range(column, len(line)):
        depth += (line[end] in "[{") - (line[end] in "]}")
        if depth < 0 or (depth == 0 and line[end] == ","):
            return end
    return len(line)


def _is_comment(value: str) -> bool:
    return re.match(r"#(?=[ \t#!]|$)", value) is not None
