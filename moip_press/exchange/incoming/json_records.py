"""A JSON file as the records it lists, each with its place in the file."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moip_press.exchange.incoming.batch import MOST_ROWS, Place, Refused
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import JSON, fits

BLANK = re.compile(r"[ \t\r\n]*")
LISTS = ("events", "results", "records", "features", "data", "items")
"""What programs call the list of their records, the likeliest first."""

EXPORT_ANEW = N_("Export the events again as JSON, and import that file.")


@dataclass(frozen=True)
class Entry:
    """A record of a JSON file, and its place there.

    Of a record that was read from a table, `places` has the cell of each field.
    """

    value: Mapping[str, Any]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """The records of a JSON file. `about` is what stands beside their list.

    `listed` is false where the file is one record alone. `wrongs` are the places of what is in
    the list and no record.
    """

    entries: tuple[Entry, ...]
    about: Mapping[str, Any]
    listed: bool
    wrongs: tuple[Place, ...] = ()


def read_json_records(text: str, name: str) -> Document:
    """Return the records of a JSON text; raises `Refused` where it is none, or lists none."""
    try:
        return _Reader(text, name).document()
    except (ValueError, RecursionError) as error:
        offset = error.pos if isinstance(error, json.JSONDecodeError) else 0
        raise _broken(text, offset) from error


def _broken(text: str, offset: int) -> Refused:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Refused(
        "M102",
        Message.of(
            N_("The file is not whole: its JSON cannot be read from line {line} on."), line=line
        ),
        Message(EXPORT_ANEW),
        line=line,
        column=column,
    )


class _Reader:
    """Reads a list record by record, since only the offsets of whole values are known."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.decoder = json.JSONDecoder(parse_constant=lambda _name: None)
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def document(self) -> Document:
        at = self._skip(0)
        if self.text[at : at + 1] == "[":
            entries, wrongs, at = self._list(at, "")
            self._end(at)
            return Document(entries, {}, listed=True, wrongs=wrongs)
        about, lists = self._object(at)
        for key in (*LISTS, *lists):
            if key in lists:
                entries, wrongs = lists[key]
                return Document(entries, about, listed=True, wrongs=wrongs)
        return Document((Entry(about, self.place(at, "")),), {}, listed=False)

    def place(self, offset: int, path: str) -> Place:
        line = bisect_right(self.starts, offset)
        return Place(self.name, line=line, column=offset - self.starts[line - 1] + 1, path=path)

    def _skip(self, at: int) -> int:
        found = BLANK.match(self.text, at)
        return found.end() if found else at

    def _value(self, at: int) -> tuple[Any, int]:
        value, end = self.decoder.raw_decode(self.text, at)
        if not fits(value, JSON.depth):
            raise json.JSONDecodeError("nested too deeply", self.text, at)
        return value, self._skip(end)

    def _end(self, at: int) -> None:
        if at < len(self.text):
            raise json.JSONDecodeError("something follows", self.text, at)

    def _object(
        self, at: int
    ) -> tuple[dict[str, Any], dict[str, tuple[tuple[Entry, ...], tuple[Place, ...]]]]:
        """Return the values of the outermost object, and its lists of records read apart."""
        about: dict[str, Any] = {}
        lists: dict[str, tuple[tuple[Entry, ...], tuple[Place, ...]]] = {}
        at = self._expect("{", at)
        while self.text[at : at + 1] != "}":
            key, at = self._value(at)
            at = self._expect(":", at)
            if key in LISTS and self.text[at : at + 1] == "[":
                entries, wrongs, at = self._list(at, str(key))
                lists[str(key)] = (entries, wrongs)
            else:
                about[str(key)], at = self._value(at)
            if self.text[at : at + 1] != "}":
                at = self._expect(",", at)
        self._end(self._skip(at + 1))
        return about, lists

    def _expect(self, sign: str, at: int) -> int:
        if self.text[at : at + 1] != sign:
            raise json.JSONDecodeError(f"no {sign}", self.text, at)
        return self._skip(at + 1)

    def _list(self, at: int, key: str) -> tuple[tuple[Entry, ...], tuple[Place, ...], int]:
        entries: list[Entry] = []
        wrongs: list[Place] = []
        number = 0
        for value, offset, after in self._items(at):
            at = after
            if offset < 0:
                continue
            place = self.place(offset, f"{key or 'events'}[{number}]")
            number += 1
            if isinstance(value, dict):
                entries.append(Entry(value, place))
            else:
                wrongs.append(place)
            if number > MOST_ROWS:
                raise too_many()
        return tuple(entries), tuple(wrongs), at

    def _items(self, at: int) -> Iterator[tuple[Any, int, int]]:
        """Yield each item with its offset and the one after it; at last -1 and where it ends."""
        at = self._expect("[", at)
        while self.text[at : at + 1] != "]":
            offset = at
            value, at = self._value(at)
            yield value, offset, at
            if self.text[at : at + 1] != "]":
                at = self._expect(",", at)
        yield None, -1, self._skip(at + 1)


def too_many() -> Refused:
    """Return the refusal of a file with more records than are read."""
    return Refused(
        "M104",
        Message(N_("The file has too many records.")),
        Message.of(N_("At most {count} are read."), count=MOST_ROWS),
    )
