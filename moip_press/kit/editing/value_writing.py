"""Values as YAML: a text in the style asked for where that can hold it, else in the next best."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from moip_press.kit.editing.habits import (
    BLOCKS,
    HEADER,
    CannotSplice,
    Habits,
    below,
    block_lines,
    indent_of,
)
from moip_press.kit.editing.operations import Passage, Value
from moip_press.kit.editing.wrapping import Run, runs, wrapped
from moip_press.kit.source import ScalarNode, Style
from moip_press.report.diagnostics import LINE_BREAK

LONG = 100  # characters that a list or fields between brackets on one line may have
NARROW = 40  # columns that a text has at least, however deep it is indented

_FIRST = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`~.\s\xa0\u2007\u202f]|<<")
_RISK = re.compile(r":(?=\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW_RISK = re.compile(r"[,\[\]{}]|:|#")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_ESCAPED = re.compile(rf'{_CONTROL.pattern}|["\\]')
_NAMED = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_WORD = re.compile(r"null|Null|NULL|~")


def inline(text: str, style: Style, quote: str, *, flow: bool) -> str:
    """Return a text on one line: as ``style`` if it can be, else between quotation marks."""
    if style is Style.PLAIN and _is_plain(text, flow=flow):
        return text
    mark = {Style.SINGLE: "'", Style.DOUBLE: '"'}.get(style, quote)
    other = '"' if mark == "'" else "'"
    if _CONTROL.search(text):
        mark = '"'
    elif mark in text and other not in text:
        mark = other
    if mark == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return _NAMED.get(found[0]) or (f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}")


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip() or _FIRST.match(text) or _RISK.search(text):
        return False
    return not _WORD.fullmatch(text) and not (flow and _FLOW_RISK.search(text))


@dataclass(frozen=True)
class Writer:
    """Writes values in the style of a file."""

    habits: Habits

    def after_key(self, path: str, value: Value, column: int) -> list[str]:
        """Return what follows a key in ``column``.

        First comes the rest of its line, then the lines below it with their indentation.
        """
        if isinstance(value, str):
            return self.text(path, value, column)
        if self.in_brackets(path, value):
            return [" " + self.flow(path, value)]
        if isinstance(value, Mapping):
            inner = column + self.habits.step
            return ["", *indented(self.fields(path, value, inner), inner)]
        inner = column + self.habits.dash
        items = [line for item in value for line in self.item(path, item, inner)]
        return ["", *indented(items, inner)]

    def text(self, path: str, text: str, column: int) -> list[str]:
        """Return a text after its path, on one line or below a ``|``."""
        style = self.habits.style(path)
        if not self._below(text, style, column):
            style = Style.PLAIN if style in BLOCKS else style
            return [" " + inline(text, style, self.habits.quote(path), flow=False)]
        depth = column + self.habits.step
        folds = style is Style.FOLDED and can_fold(text)
        lines = (fold if folds else wrapped)(text, self.room(text, depth))
        indicator = str(self.habits.step) if lines[0].startswith(" ") else ""
        return [(" >" if folds else " |") + indicator, *indented(lines, depth)]

    def _below(self, text: str, style: Style, column: int) -> bool:
        """Return whether a text is written below its key."""
        if "\n" in text.strip("\n"):
            return True
        if not isinstance(text, Passage):
            return False
        width = self.habits.width or LONG
        return style in BLOCKS or column + len(text) > width

    def room(self, text: str, depth: int) -> int | None:
        """Return how wide the lines of a text may be; None where they stay as they are."""
        width = self.habits.width
        if width is None or not isinstance(text, Passage):
            return None
        return max(width - depth, NARROW)

    def in_brackets(self, path: str, value: Value) -> bool:
        """Return whether a list or fields are written between brackets."""
        if not value:
            return True
        items = value.values() if isinstance(value, Mapping) else value
        usual = self.habits.brackets.get(path)
        if usual is False or any(map(_is_deep, items)):
            return False
        return bool(usual) or len(self.flow(path, value)) <= LONG

    def name(self, name: str) -> str:
        """Return the name of a field as it is written."""
        return f'"{name}"' if self.habits.quotes_keys else name

    def flow(self, path: str, value: Value) -> str:
        """Return a value between brackets, on one line."""
        if isinstance(value, str):
            style = self.habits.style(path)
            style = Style.PLAIN if style in BLOCKS else style
            return inline(value, style, self.habits.quote(path), flow=True)
        if isinstance(value, Mapping):
            entries = (
                f"{self.name(name)}: {self.flow(below(path, name), item)}"
                for name, item in value.items()
            )
            return "{" + ", ".join(entries) + "}"
        return "[" + ", ".join(self.flow(path, item) for item in value) + "]"

    def fields(self, path: str, value: Mapping[str, Value], column: int) -> list[str]:
        """Return the lines of fields, one below the other in ``column``.

        Their indentation is what they have more than ``column``.
        """
        lines: list[str] = []
        for name, item in value.items():
            first, *rest = self.after_key(below(path, name), item, column)
            lines += [f"{self.name(name)}:{first}", *(line[column:] for line in rest)]
        return lines

    def item(self, path: str, value: Value, column: int, gap: str = " ") -> list[str]:
        """Return one item of a list: ``- `` and what it holds, indented as in ``fields``."""
        inner = column + 1 + len(gap)
        hang = " " * (1 + len(gap))
        if isinstance(value, str):
            first, *rest = self.text(path, value, inner - self.habits.step)
            return ["-" + gap + first[1:], *(line[column:] for line in rest)]
        if isinstance(value, Mapping) and value:
            first, *rest = self.fields(path, value, inner)
            return ["-" + gap + first, *(hang + line if line else "" for line in rest)]
        return ["-" + gap + self.flow(path, value)]


def indented(lines: Sequence[str], depth: int) -> list[str]:
    """Return lines of a text indented, the empty ones left empty."""
    return [" " * depth + line if line else "" for line in lines]


def can_fold(text: str) -> bool:
    """Return whether a text can be written below ``>``: no line begins or ends with a space."""
    return not re.search(r"(?m)^[ \t]|[ \t]$", text)


def fold(text: str, width: int | None, before: Sequence[str] = ()) -> list[str]:
    """Return the lines of a text below ``>``, where a line break is written as an empty line.

    Paragraphs of the lines ``before`` that have the same words are kept.
    """
    known: dict[str, Run] = {}
    if not any(line.startswith((" ", "\t")) for line in before):
        groups = (
            Run(tuple(lines))
            for words, lines in groupby(before, lambda line: bool(line.strip()))
            if words
        )
        known = {run.whole: run for run in groups}
    lines: list[str] = []
    for number, line in enumerate(text.strip("\n").split("\n")):
        lines += [""] if number else []
        if line:
            lines += known[line].lines if line in known else wrapped(line, width)
    return lines


def reblocked(node: ScalarNode, text: str, writer: Writer) -> list[tuple[int, int, str]]:
    """Return what changes: where it begins and ends, and the new characters.

    Raises ``CannotSplice`` where the text cannot be written there.
    """
    source, lines = node.source.text, block_lines(node)
    header, first = HEADER.match(source, node.start), LINE_BREAK.search(source, node.start)
    if header is None or first is None or not any(map(str.strip, lines)):
        raise CannotSplice
    depth = _depth(node, lines)
    room = writer.room(text, depth)
    old = [line[depth:] for line in lines]
    folds = node.style is Style.FOLDED and can_fold(text)
    new = fold(text, room, old) if folds else wrapped(text, room, runs("\n".join(old)))
    if new[0].startswith(" ") and not re.search("[1-9]", header["signs"]):
        raise CannotSplice
    body = writer.habits.newline.join(indented(new, depth))
    splices = [(first.end(), node.end, body)]
    if node.style is Style.FOLDED and not folds:
        splices.append((header.start("style"), header.end("style"), "|"))
    return splices


def _depth(node: ScalarNode, lines: Sequence[str]) -> int:
    """Return how far a text below ``|`` is indented: what its first line lost."""
    raw = next(line for line in lines if line.strip())
    kept = next((line for line in node.value.split("\n") if line.strip()), raw)
    return max(0, indent_of(raw) - indent_of(kept))


def _is_deep(item: Value) -> bool:
    """Return whether an item is more than a text on one line."""
    if not isinstance(item, str) or "\n" in item:
        return True
    return isinstance(item, Passage) and len(item) > LONG
