"""Why a whole file is not read: one sentence, and what to do about it."""

from __future__ import annotations

from moip_press.exchange.incoming.records import Place
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.system.limits import TABLE

LARGEST_FILE = TABLE.bytes
"""Bytes of a file that is read."""

MOST_ROWS = TABLE.items
"""Rows with content, or records, of a file that is read."""


class Refused(Exception):
    """A file that is not read at all; `message` and `hint` are untranslated."""

    def __init__(
        self,
        code: str,
        message: Message,
        hint: Message | None = None,
        *,
        line: int = 1,
        column: int = 1,
    ) -> None:
        super().__init__(message.id)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column

    def diagnostic(self, name: str) -> Diagnostic:
        """Return the error for the file that is known as `name`."""
        place = Place(name, line=self.line, column=self.column)
        return Diagnostic.error(self.code, place.span, self.message, self.hint)
