"""A report in one of its forms: for people, for editors, for programs, for GitHub."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

from moip_press.report.diagnostics import Message, Severity, lines_of
from moip_press.report.messages import N_, NP_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from moip_press.report.diagnostics import Diagnostic, Position, Report, Span
    from moip_press.report.messages import Catalogue

WIDTH = 76
_LEAD = 30
_SNAP = 12
_REACH = 4 * WIDTH  # characters on each side of a place that are looked at
_TAB = "    "
_SHOWN = 6
"""Related places that people are shown; programs get all."""
_NUMBERED = 20
"""Lines that are named of the places that are not shown."""
_JOINERS = "\u200c\u200d"

_NAMES = {Severity.ERROR: Message(N_("error")), Severity.WARNING: Message(N_("warning"))}
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
_BOLD, _GUTTER, _HELP_COLOUR = "1", "34", "1;36"
HELP, _NOTE = Message(N_("help:")), Message(N_("note:"))


class Format(StrEnum):
    """The forms a report is rendered in."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


def render(
    report: Report,
    format: Format | str,  # noqa: A002 -- the option's name
    catalogue: Catalogue,
    sources: Callable[[str], str | None],
    cwd: PurePath,
    *,
    color: bool = False,
) -> str:
    """Return the report as text, which ends with a line end unless it is empty.

    `sources` gives the text of a file by its name in the spans, None where it cannot be
    shown; `full` asks it for the lines it quotes. Absolute names below `cwd` are shown from
    there. `full` ends with a sentence that counts; `color` is for `full` and `concise`.
    """
    writer = _Writer(catalogue, sources, cwd, color=color)
    match Format(format):
        case Format.FULL:
            return writer.full(report)
        case Format.CONCISE:
            return _lines(writer.heading(found) for found in report.diagnostics)
        case Format.JSON:
            return json.dumps(writer.document(report), ensure_ascii=False, indent=2) + "\n"
        case Format.GITHUB:
            return _lines(writer.command(found) for found in report.diagnostics)


def summary(report: Report) -> Message:
    """Return the sentence that says how many errors and warnings there are."""
    errors = Message.counted(NP_("{count} error", "{count} errors"), report.errors)
    warnings = Message.counted(NP_("{count} warning", "{count} warnings"), report.warnings)
    if report.errors and report.warnings:
        return Message.of(N_("{errors} and {warnings}."), errors=errors, warnings=warnings)
    if not report.errors and not report.warnings:
        return Message(N_("No errors and no warnings."))
    return Message.of(N_("{findings}."), findings=errors if report.errors else warnings)


def printable(text: str) -> str:
    """Return a text as a terminal can show it: nothing in it moves the cursor."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_width, text))


def seen_from(cwd: PurePath, file: str) -> str:
    """Return the name of a file as seen from a folder, where it lies below it."""
    path, here = PurePosixPath(file), PurePosixPath(cwd.as_posix())
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


class _Writer:
    def __init__(
        self,
        catalogue: Catalogue,
        sources: Callable[[str], str | None],
        cwd: PurePath,
        *,
        color: bool,
    ) -> None:
        self.catalogue = catalogue
        self.sources = sources
        self.cwd = cwd
        self.color = color
        self.texts: dict[str, list[str]] = {}

    def say(self, message: Message) -> str:
        return printable(self.catalogue.say(message))

    def style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def path(self, file: str) -> str:
        return printable(seen_from(self.cwd, file))

    def place(self, span: Span) -> str:
        return f"{self.path(span.file)}:{span.start.line}:{span.start.column}"

    def lines(self, file: str) -> list[str]:
        if file not in self.texts:
            self.texts[file] = lines_of(self.sources(file) or "")
        return self.texts[file]

    def heading(self, found: Diagnostic) -> str:
        place = self.style(f"{self.place(found.span)}:", _BOLD)
        name = self.say(_NAMES[found.severity])
        kind = self.style(f"{name}[{found.code}]", _COLOURS[found.severity])
        return f"{place} {kind} {self.say(found.message)}"

    def full(self, report: Report) -> str:
        blocks = [
            "".join(f"{line.rstrip()}\n" for line in self.block(each))
            for each in report.diagnostics
        ]
        return "\n".join([*blocks, self.say(summary(report)) + "\n"])

    def block(self, found: Diagnostic) -> Iterator[str]:
        """Yield the heading, the line it is about, related places and the hint."""
        spans = [found.span, *(related.span for related in found.related[:_SHOWN])]
        margin = max(len(str(span.end.line)) for span in spans)
        bar = self.style(" " * margin + " =", _GUTTER) + " "
        note = self.say(_NOTE)
        yield self.heading(found)
        yield from self.quote(found.span, margin, "^", _COLOURS[found.severity])
        for related in found.related[:_SHOWN]:
            place = self.place(related.span)
            yield f"{bar}{self.style(note, _BOLD)} {place}: {self.say(related.message)}"
            yield from self.quote(related.span, margin, "-", _GUTTER)
        if more := found.related[_SHOWN:]:
            words = NP_("{count} more place: line {lines}.", "{count} more places: lines {lines}.")
            lines = ", ".join(str(each.span.start.line) for each in more[:_NUMBERED])
            lines += ", …" if more[_NUMBERED:] else ""
            said = self.say(Message.counted(words, len(more), lines=lines))
            yield f"{bar}{self.style(note, _BOLD)} {said}"
        if found.hint:
            yield f"{bar}{self.style(self.say(HELP), _HELP_COLOUR)} {self.say(found.hint)}"

    def quote(self, span: Span, margin: int, mark: str, colour: str) -> Iterator[str]:
        """Yield the first and the last line of a span with what it covers underlined."""
        lines = self.lines(span.file)
        is_whole_file = span == type(span).of_file(span.file)
        if span.end.line > len(lines) or is_whole_file or lines == [""]:
            return
        edge = self.style(" " * margin + " |", _GUTTER)
        yield edge
        for number in sorted({span.start.line, span.end.line}):
            excerpt = _excerpt(lines[number - 1], *_columns(lines[number - 1], span, number))
            if number > span.start.line + 1:
                yield self.style(" " * margin + " …", _GUTTER)
            start = self.style(f"{number:>{margin}} |", _GUTTER)
            yield f"{start} {excerpt.text}".rstrip() if excerpt.text else start
            under = self.style(mark * excerpt.width, colour)
            yield f"{edge} {' ' * excerpt.indent}{under}"

    def document(self, report: Report) -> dict[str, object]:
        return {
            "version": 1,
            "summary": {"errors": report.errors, "warnings": report.warnings},
            "diagnostics": [self.record(found) for found in report.diagnostics],
        }

    def record(self, found: Diagnostic) -> dict[str, object]:
        return {
            "code": found.code,
            "severity": found.severity.value,
            "message": self.catalogue.say(found.message),
            "hint": self.catalogue.say(found.hint) if found.hint else None,
            "file": seen_from(self.cwd, found.span.file),
            "line": found.span.start.line,
            "column": found.span.start.column,
            "end_line": found.span.end.line,
            "end_column": found.span.end.column,
            "related": [
                {
                    "file": seen_from(self.cwd, related.span.file),
                    **_point(related.span.start),
                    "message": self.catalogue.say(related.message),
                }
                for related in found.related
            ],
            "fix": None
            if found.fix is None or not found.safe
            else [
                {
                    "file": seen_from(self.cwd, edit.span.file),
                    "start": _point(edit.span.start),
                    "end": _point(edit.span.end),
                    "text": edit.text,
                }
                for edit in found.fix
            ],
        }

    def command(self, found: Diagnostic) -> str:
        """Return the workflow command that makes GitHub show the diagnostic at its line."""
        start, end = found.span.start, found.span.end
        properties = {
            "file": self.path(found.span.file),
            "line": start.line,
            "col": start.column,
            "endLine": end.line,
            "endColumn": end.column,
            "title": found.code,
        }
        hint = f"\n{self.say(found.hint)}" if found.hint else ""
        return workflow_command(found.severity.value, properties, self.say(found.message) + hint)


def workflow_command(kind: str, properties: Mapping[str, object], words: str) -> str:
    """Return the line that makes GitHub show ``words`` at a place, escaped as GitHub asks."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    listed = ",".join(
        f"{name}={escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{kind} {listed}::{escaped(words)}"


def _point(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _columns(line: str, span: Span, number: int) -> tuple[int, int]:
    """Return which characters of a line, counted from 0, a span covers."""
    here = number == span.start.line
    start = span.start.column - 1 if here else len(line) - len(line.lstrip())
    end = span.end.column - 1 if number == span.end.line else len(line.rstrip())
    return start, max(start, end)


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A line as it is shown; `indent` and `width` of its underline in columns of a terminal."""

    text: str
    indent: int
    width: int


def _excerpt(line: str, start: int, end: int) -> _Excerpt:
    # a line can be a whole text long, and be quoted for each of its findings
    first = max(0, min(start, len(line)) - _REACH)
    near, far = line[first : first + 2 * _REACH], len(line) - first
    start, end = start - first, end - first
    shown = [_shown(character) for character in near]
    widths = [_width(each) for each in shown]
    left, right = (0, len(shown)) if sum(widths) <= WIDTH else _window(near, widths, start, end)
    before = "…" if first + left else ""
    after = "…" if right < far else ""
    under = sum(widths[start : min(end, right)])
    return _Excerpt(
        before + "".join(shown[left:right]) + after,
        len(before) + sum(widths[left:start]) + max(0, start - len(shown)),
        max(1, under),
    )


def _window(line: str, widths: list[int], start: int, end: int) -> tuple[int, int]:
    """Return which part of a long line to show: what is marked and the words around it."""
    left = min(start, len(widths))
    lead = 0
    while left > 0 and lead + widths[left - 1] <= _LEAD:
        left -= 1
        lead += widths[left]
    right = left
    room = WIDTH
    while right < len(widths) and widths[right] <= room:
        room -= widths[right]
        right += 1
    while left > 0 and widths[left - 1] <= room:
        left -= 1
        room -= widths[left]
    if left and 0 <= (space := line.find(" ", left, left + _SNAP)) < start:
        left = space + 1
    least = end if end < right else start + 1
    if right < len(widths) and (space := line.rfind(" ", right - _SNAP, right)) >= least:
        right = space
    return left, right


@lru_cache(maxsize=4096)  # the same few characters, for each of thousands of findings
def _shown(character: str) -> str:
    """Return a character as it can be shown: nothing that moves a terminal's cursor."""
    if character == "\t":
        return _TAB
    if character in "\r\n":
        return " "
    category = unicodedata.category(character)
    hidden = category in ("Cc", "Zl", "Zp", "Cn", "Cs") or (
        category == "Cf" and character not in _JOINERS
    )
    return "\ufffd" if hidden else character


@lru_cache(maxsize=4096)
def _width(shown: str) -> int:
    if len(shown) > 1:
        return len(shown)
    if unicodedata.category(shown) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(shown) in ("W", "F") else 1
