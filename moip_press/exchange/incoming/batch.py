"""What a file of another program comes down to: records in the words of a kit, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from moip_press.report.diagnostics import Diagnostic, Message, Position, Report, Span
from moip_press.report.messages import N_
from moip_press.system.limits import TABLE

LARGEST_FILE = TABLE.bytes
"""Bytes of a file that is read."""

MOST_ROWS = TABLE.items
"""Rows with content, or records, of a file that is read."""

Sentence = Message | str
"""A sentence for a user: a message, or the id of one without values."""

Value = str | bool | tuple["Value", ...] | Mapping[str, "Value"]
"""A plain value as it would stand in YAML: a text, yes or no, a list, or a small record."""


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


@dataclass(frozen=True)
class Incoming:
    """One record of an imported file.

    `kind` is that of a sheet (`exchange.columns`): "event", "contact", "lab"… `uid` is the
    source's own key, None where it has none. `section` is the id of the programme section that
    it says it belongs to. `values` has a plain value for each field that the source speaks of,
    by its path in YAML ("title", "place.town"); an empty text says that the source has the field
    and that it is empty. `places` has the place of each of them, and that of the record as "".
    `base` has the values that a workbook of ours was exported with. `digest` changes with whatever
    the source says of the record.
    """

    kind: str
    uid: str | None
    section: str | None
    values: Mapping[str, Value]
    places: Mapping[str, Place] = field(default_factory=dict)
    base: Mapping[str, Value] | None = None
    digest: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))
        object.__setattr__(self, "places", MappingProxyType(dict(self.places)))

    def __reduce__(self) -> tuple[object, ...]:
        plain = (dict(self.values), dict(self.places))
        return (type(self), (self.kind, self.uid, self.section, *plain, self.base, self.digest))

    def place(self, path: str) -> Place | None:
        """Return the place of a value, else that of the record."""
        return self.places.get(path) or self.places.get("")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Values of one name that a file has and that go nowhere: how many, and the first of them.

    `told` where a finding of its own names them, or they say nothing to readers: keys and stamps.
    """

    name: str
    count: int
    place: Place
    told: bool = False


@dataclass(frozen=True)
class Batch:
    """What was read of one file.

    `source` is what it is known by from one import to the next. `report` has the diagnostics
    of family M: an error is a record that is not in `records`. A file that is not what it
    claims to be is `refused`: it has no records, and one error that says why. Where it is not
    `complete`, what is absent may still be there at the source. Every value of the file is in
    `records`, in `report` or in `left`.
    """

    source: str
    records: tuple[Incoming, ...]
    report: Report = field(default_factory=Report)
    complete: bool = False
    refused: bool = False
    left: tuple[LeftOut, ...] = ()


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
