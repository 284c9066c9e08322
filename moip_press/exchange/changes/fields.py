"""When two values of a field say the same, and how each stands in YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from moip_press.exchange.columns import KINDS, Column, Form, normal
from moip_press.exchange.incoming import Value
from moip_press.kit.matching import Face
from moip_press.kit.source import editing
from moip_press.kit.source.editing import Passage, unwrapped
from moip_press.kit.when import Period, When, WhenError, parse_when
from moip_press.text.difference import as_read

DATES = ("when", "postponed_to")
NAMES = {
    "contact": ("name", "organisation"),
    "lab": ("name",),
    "directory": ("name",),
    "exchange": ("question",),
    "item": ("title", "label"),
}
"""The fields that name a record, the first that it has; of other kinds it is the title."""
APART = ("id", "section")
"""What tells which record is meant, and is no field to be changed."""

_EMPTY = (None, "", ())
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


@dataclass(frozen=True)
class Fields:
    """Compares and writes the values of one kind of record.

    ``language`` and ``period`` are those of the kit: dates are read with them.
    """

    kind: str
    language: str
    period: Period | None
    read: dict[str, When | WhenError] = field(default_factory=dict)

    def column(self, path: str) -> Column:
        """Return the column of a field; one of plain text where the tables have none."""
        return KINDS[self.kind].by_path.get(path) or Column(path, path)

    def tidy(self, path: str, value: Any) -> Value | None:
        """Return a value in the one form in which values are kept; none where it is empty."""
        return normal(self.column(path), _clean(value))

    def same(self, path: str, one: Any, other: Any) -> bool:
        """Tell whether two values say the same: an empty one stands for what it is by default."""
        if one == other or (one in _EMPTY and other in _EMPTY):
            return True
        column = self.column(path)
        first, second = self._whole(column, one), self._whole(column, other)
        if first == second or first is None or second is None:
            return first == second
        if path in DATES:
            return self.meaning(first) == self.meaning(second)
        return _bare(column.form, first) == _bare(column.form, second)

    def _whole(self, column: Column, value: Any) -> Value | None:
        plain = normal(column, value)
        return column.default if plain is None else plain

    def meaning(self, value: Value) -> object:
        """Return what a date means, or its words where they cannot be read."""
        text = str(value)
        return text if self.fault(text) else self.read[text]

    def face(self, values: Mapping[str, Value]) -> Face:
        """Return what a record with such values is recognised by."""
        title = (str(values[n]) for n in NAMES.get(self.kind, ("title",)) if values.get(n))
        who = values.get("organisers") or values.get("organisers_line") or values.get("email") or ()
        when = self.meaning(values["when"]) if values.get("when") else None
        paths = ("text",) if self.kind == "event" else values
        texts = (values[p] for p in paths if self.column(p).form is Form.PROSE and values.get(p))
        return Face.of(
            self.kind,
            next(title, ""),
            holders=map(str, who if isinstance(who, tuple) else (who,)),
            when=when if isinstance(when, When) else None,
            texts=map(str, texts),
        )

    def fault(self, text: str) -> WhenError | None:
        """Return why a date cannot be read; each date is read once."""
        if text not in self.read:
            try:
                self.read[text] = parse_when(text, self.language, self.period)
            except WhenError as error:
                self.read[text] = error
        found = self.read[text]
        return found if isinstance(found, WhenError) else None

    def is_default(self, path: str, value: Value | None) -> bool:
        """Tell whether a value is what the field is where it is absent."""
        return value is None or value == self.column(path).default

    def written(self, path: str, value: Value, yes: Mapping[bool, str]) -> editing.Value:
        """Return a value as it goes into YAML; ``yes`` has the words for yes and no."""
        if isinstance(value, bool):
            return yes[value]
        prose = self.column(path).form in (Form.PROSE, Form.PROSES)
        if isinstance(value, str):
            return Passage(value) if prose else value
        if isinstance(value, Mapping):
            return {name: self.written(f"{path}.{name}", item, yes) for name, item in value.items()}
        return [Passage(str(item)) if prose else str(item) for item in value]


def _clean(value: Any) -> Any:
    """Return a value without the signs that no file of a kit may hold."""
    if isinstance(value, str):
        if value.isprintable():  # none of these signs is
            return value
        return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", value))
    return tuple(map(_clean, value)) if isinstance(value, Sequence) else value


def _bare(form: Form, value: Value) -> object:
    """Return a value without what readers do not see."""
    if isinstance(value, str):
        text = unwrapped(value) if form in (Form.PROSE, Form.PROSES) else value
        return tuple(map(as_read, text.split("\n")))  # paragraphs are seen
    return tuple(_bare(form, item) for item in value) if isinstance(value, tuple) else value


def at(record: Any, path: str) -> Any:
    """Return what stands at the path of a field in a plain record; None where nothing does."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record
