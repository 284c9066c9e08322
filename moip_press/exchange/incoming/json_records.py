"""A JSON file as the records it lists, each with its place in the file."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import JSON, fits
from moip_press.system.tables.grid import MOST_ROWS, Place, Refused

BLANK = re.compile(r"[ \t\r\n]*")
LISTS = ("events", "results", "records", "features", "data", "items")
"""What programs call the list of their records, the likeliest first."""


@dataclass(frozen=True)
class JsonRecord:
    """A record of a JSON file, and its place there.

    Of a record that was read from a table, `places` has the cell of each field.
    """

    value: Mapping[str, Any]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class JsonDocument:
    """The records of a JSON file. `about` is what stands beside their list.

    `listed` is false where the file is one record alone. `wrongs` are the places of what is in
    the list and no record.
    """

    entries: tuple[JsonRecord, ...]
    about: Mapping[str, Any]
    listed: bool
    wrongs: tuple[Place, ...] = ()


def read_json_records(text: str, name: str) -> JsonDocument:
    """Return the records of a JSON text; raises `Refused` where it is none, or lists none."""
    try:
        return _Reader(text, name).document()
    except (ValueError, RecursionError) as error:
        offset = error.pos if isinstance(error, json.JSONDecodeError) else 0
        line = text.count("\n", 0, offset) + 1
        raise Refused(
            "M102",
            Message.of(
                N_("The file is not whole: its JSON cannot be read from line {line} on."), line=line
            ),
            N_("Export the events again as JSON, and import that file."),
            line=line,
            column=offset - text.rfind("\n", 0, offset),
        ) from error


class _Reader:
    """Reads a list record by record, since only the offsets of whole values are known."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.decoder = json.JSONDecoder(parse_constant=lambda _name: None)
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def document(self) -> JsonDocument:
        at = self._skip(0)
        if self.text.startswith("[", at):
            found, at = self._list(at, "events")
        else:
            found, at = self._object(at)
        if at < len(self.text):
            raise json.JSONDecodeError("something follows", self.text, at)
        return found

    def _object(self, at: int) -> tuple[JsonDocument, int]:
        """Return the likeliest list of records in an object, else this as the one record."""
        place = self._place(at, "")
        about: dict[str, Any] = {}
        lists: dict[str, JsonDocument] = {}
        at = self._expect("{", at)
        while not self.text.startswith("}", at):
            key, at = self._value(at)
            at = self._expect(":", at)
            if key in LISTS and self.text.startswith("[", at):
                lists[key], at = self._list(at, key)
            else:
                about[str(key)], at = self._value(at)
            at = self._next("}", at)
        listed = next((replace(lists[key], about=about) for key in LISTS if key in lists), None)
        alone = JsonDocument((JsonRecord(about, place),), {}, listed=False)
        return listed or alone, self._skip(at + 1)

    def _list(self, at: int, key: str) -> tuple[JsonDocument, int]:
        entries: list[JsonRecord] = []
        wrongs: list[Place] = []
        at = self._expect("[", at)
        while not self.text.startswith("]", at):
            number = len(entries) + len(wrongs)
            if number == MOST_ROWS:
                raise Refused(
                    "M104",
                    N_("The file has too many records."),
                    Message.of(N_("At most {count} are read."), count=MOST_ROWS),
                )
            place = self._place(at, f"{key}[{number}]")
            value, at = self._value(at)
            if isinstance(value, dict):
                entries.append(JsonRecord(value, place))
            else:
                wrongs.append(place)
            at = self._next("]", at)
        return JsonDocument(tuple(entries), {}, listed=True, wrongs=tuple(wrongs)), self._skip(
            at + 1
        )

    def _place(self, offset: int, path: str) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.name, line=line, column=offset - self.starts[line - 1] + 1, path=path)

    def _value(self, at: int) -> tuple[Any, int]:
        value, end = self.decoder.raw_decode(self.text, at)
        if not fits(value, JSON.depth):
            raise json.JSONDecodeError("nested too deeply", self.text, at)
        return value, self._skip(end)

    def _next(self, closing: str, at: int) -> int:
        """Return the offset of the next item, or of the bracket that closes."""
        return at if self.text.startswith(closing, at) else self._expect(",", at)

    def _expect(self, character: str, at: int) -> int:
        if not self.text.startswith(character, at):
            raise json.JSONDecodeError(f"no {character}", self.text, at)
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        found = BLANK.match(self.text, at)
        return found.end() if found else at
