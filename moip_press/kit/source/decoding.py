"""Bytes to characters and their lines, and the characters that no text should contain.

| code | cause |
| --- | --- |
| Y101 | not UTF-8: Windows-1252 or another 8-bit encoding |
| Y102 | UTF-16 or UTF-32 |
| Y103 | not a text file |
| Y104 | too large |
| Y106 | invisible control character |
| Y107 | U+FFFD, what is left of a lost character (warning) |
| Y108 | U+2028, U+2029 or U+0085, a line break to YAML but not to editors (warning) |
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from moip_press.report.diagnostics import (
    LINE_BREAK,
    Diagnostic,
    Edit,
    Message,
    Position,
    Span,
    lines_of,
)
from moip_press.report.messages import N_, NP_
from moip_press.system.limits import YAML

# UTF-32 before UTF-16: its mark begins with the other's
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# YAML's printable characters, less the noncharacters `composing` puts to its own use; a byte order
# mark within a text is no matter, but before a field it would be part of its name
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
    "|\ufeff(?=(?:- +)?[\\w.-]{1,60}:(?:\\s|\\Z))"
)
_ODD = re.compile("(?P<lost>\ufffd+)|[\u2028\u2029\x85]+")
_MULTIBYTE = re.compile(rb"[\xc3\xc5][\x80-\xbf]|\xe2[\x80-\xbf]{2}")
_SAVE_AS_UTF_8 = Message(
    N_("Save the file again with the encoding UTF-8 (in the editor's “Save as” dialog).")
)


@dataclass(frozen=True)
class SourceText:
    """The decoded text of a file, without byte order mark; offsets count characters."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of the first character of each line."""
        return (0, *(found.end() for found in LINE_BREAK.finditer(self.text)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their breaks; a final line break opens no further line."""
        lines = lines_of(self.text)
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    def row(self, offset: int) -> int:
        """Return the line of an offset, counted from 0."""
        return bisect_right(self.line_starts, offset) - 1

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of `offset` begins."""
        return self.line_starts[self.row(offset)]

    def line_end(self, offset: int) -> int:
        """Return the offset at which the line of `offset` ends, before its line break."""
        found = LINE_BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def line_at(self, offset: int) -> str:
        """Return the whole line of an offset, without its line break."""
        return self.text[self.line_start(offset) : self.line_end(offset)]

    def words_end(self, offset: int) -> int:
        """Return where the line of `offset` ends, without the whitespace at its end."""
        return offset + len(self.text[offset : self.line_end(offset)].rstrip())

    def column(self, offset: int) -> int:
        """Return the column of an offset, counted from 0."""
        return offset - self.line_start(offset)

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


def too_large(name: str) -> Diagnostic:
    """Return the diagnostic of a file above the size limit."""
    message = N_("The file is larger than {limit} MB, the most that is read.")
    return Diagnostic.error(
        "Y104",
        Span.of_file(name),
        Message.of(message, limit=YAML.bytes // 1_000_000),
        Message(N_("Split it into several files, one for each part.")),
    )


def decode(data: bytes, name: str) -> tuple[SourceText, Diagnostic | None]:
    """Return the text of a file, as far as it can be shown, and what is wrong with its bytes."""
    nothing, place = SourceText(name, ""), Span.of_file(name)
    if wide := _wide(data):
        said = Message.of(N_("The file is saved as {encoding}, not as UTF-8."), encoding=wide)
        return nothing, Diagnostic.error("Y102", place, said, _SAVE_AS_UTF_8)
    if b"\0" in data:
        said = Message(N_("This is not a text file."))
        hint = Message(
            N_("A data file is plain text in YAML; check that this is the file you meant.")
        )
        return nothing, Diagnostic.error("Y103", place, said, hint)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = SourceText(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _undecodable(data, error.start, name)
    found = _FORBIDDEN.search(text.text)
    return text, found and control_character(text, found[0], *found.span())


def _wide(data: bytes) -> str | None:
    """Return the encoding of a file whose characters take more than a byte each."""
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            return encoding
    # Latin text in UTF-16 without a mark: every second byte is zero
    sample = data[:1000]
    zeros, others = sorted((sample[0::2].count(0), sample[1::2].count(0)), reverse=True)
    return "UTF-16" if len(sample) >= 4 and others == 0 and zeros > len(sample) * 0.4 else None


def _undecodable(data: bytes, place: int, name: str) -> tuple[SourceText, Diagnostic]:
    """Return the text as well as it can be shown, and what its first wrong byte is."""
    character = data[place : place + 1].decode("cp1252", errors="ignore")
    start = len(data[:place].decode("utf-8"))
    if character.isalpha() and not _MULTIBYTE.search(data):
        text = SourceText(name, data.decode("cp1252", errors="replace"))
        message = Message.of(
            N_("The file is saved as Windows-1252, not as UTF-8: “{character}” stands here."),
            character=character,
        )
        hint = _SAVE_AS_UTF_8
    else:
        text = SourceText(name, data.decode("utf-8", errors="replace"))
        message = Message(N_("This character is damaged: it is not written in UTF-8."))
        hint = Message(N_("Type it again and save the file with the encoding UTF-8."))
    return text, Diagnostic.error("Y101", text.span(start, start + 1), message, hint)


def control_character(text: SourceText, character: str, start: int, end: int) -> Diagnostic:
    """Return the diagnostic of a character that no text may contain, written in [start, end)."""
    message = N_("An invisible control character (U+{number}) stands here.")
    return Diagnostic.error(
        "Y106",
        text.span(start, end),
        Message.of(message, number=f"{ord(character):04X}"),
        Message(N_("Delete it; it was probably pasted along with the text.")),
        fix=[Edit(text.span(start, end), "")],
    )


def odd_characters(text: SourceText) -> list[Diagnostic]:
    """Return warnings about characters that are readable but hardly meant."""
    return [
        (_lost if found["lost"] else _line_separator)(text, *found.span())
        for found in _ODD.finditer(text.text)
    ]


def _lost(text: SourceText, start: int, end: int) -> Diagnostic:
    messages = NP_(
        "A character was lost here: “\ufffd” stands in its place.",
        "{count} characters were lost here: “\ufffd” stands in their place.",
    )
    hint = Message(N_("Type the text again as it should read."))
    message = Message.counted(messages, end - start)
    return Diagnostic.warning("Y107", text.span(start, end), message, hint)


def _line_separator(text: SourceText, start: int, end: int) -> Diagnostic:
    message = N_("An invisible line separator (U+{number}) stands here.")
    return Diagnostic.warning(
        "Y108",
        text.span(start, end),
        Message.of(message, number=f"{ord(text.text[start]):04X}"),
        Message(N_("Replace it with a space, or with a line end in a text on several lines.")),
        fix=[Edit(text.span(start, end), " ")],
    )
