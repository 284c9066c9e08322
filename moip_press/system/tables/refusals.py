"""Where a cell of a table stands, and why a file is not read."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.report.diagnostics import Diagnostic, Message, Position, Span
from moip_press.report.messages import N_
from moip_press.system.limits import TABLE

LARGEST_FILE = TABLE.bytes
"""Bytes of a file that is read."""

MOST_ROWS = TABLE.items
"""Rows with content, or records, of a file that is read."""

Sentence = Message | str
"""A sentence for a user: a message, or the id of one without values."""


def as_message(sentence: Sentence) -> Message:
    """Return a sentence as a message."""
    return Message(sentence) if isinstance(sentence, str) else sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in a file that was imported.

    `line` and `column` count from 1: row and column of a sheet, line and character of a text.
    `sheet` is empty where the file has no sheets; `path` leads to the value in JSON, such as
    ``events[3].title.fr``.
    """

    file: str
    sheet: str = ""
    line: int = 1
    column: int = 1
    path: str = ""

    @property
    def span(self) -> Span:
        """The place as a diagnostic has it: row and column of a sheet, else line and character."""
        at = Position(self.line, self.column)
        return Span(self.file, at, at)

    @property
    def cell(self) -> str:
        """The name of a cell, such as C12."""
        letters, left = "", self.column
        while left > 0:
            left, rest = divmod(left - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{letters}{self.line}"

    @property
    def name(self) -> Message:
        """What the place is called in a sentence."""
        if self.sheet:
            return Message.of(N_("sheet “{sheet}”, cell {cell}"), sheet=self.sheet, cell=self.cell)
        if self.path:
            return Message.of(N_("entry {path}"), path=self.path)
        return Message.of(N_("line {line}"), line=self.line)

    def naming(self, message: Message) -> Message:
        """Return a message that names the cell or entry that it is about.

        Of a text file the line says enough.
        """
        if not (self.sheet or self.path):
            return message
        return Message.of(N_("{place}: {fault}"), place=self.name, fault=message)


class Refused(Exception):
    """A file that is not read at all; `message` and `hint` are untranslated."""

    def __init__(
        self,
        code: str,
        message: Sentence,
        hint: Sentence | None = None,
        *,
        line: int = 1,
        column: int = 1,
    ) -> None:
        self.message = as_message(message)
        self.hint = None if hint is None else as_message(hint)
        super().__init__(self.message.id)
        self.code = code
        self.line = line
        self.column = column

    def diagnostic(self, name: str) -> Diagnostic:
        """Return the error for the file that is known as `name`."""
        span = Place(name, line=self.line, column=self.column).span
        return Diagnostic.error(self.code, span, self.message, self.hint)
