"""The index: names in alphabetical order, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moip_press.kit.geography import POSTCODE
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Event, Person
from moip_press.kit.selection import Entry
from moip_press.text.collation import collation_key
from moip_press.text.folding import fold
from moip_press.text.person_names import inverted

DIGITS = "0\N{EN DASH}9"


@dataclass(frozen=True)
class IndexEntry:
    """A name and the ids of what it is found in; ``letter`` where it is the first with it."""

    name: str
    letter: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class IndexList:
    """The names of one kind, such as the organisers."""

    kind: str
    entries: tuple[IndexEntry, ...]


def index_list(kit: Kit, entries: Iterable[Entry], kind: str) -> IndexList:
    """Return the names of a kind that are in the events; of people, also those of other parts.

    Names that differ only in capitals or accents are one, written as they are first.
    """
    found: dict[str, tuple[str, dict[str, None]]] = {}
    chosen = list(entries)
    named = [(name, entry.event.id) for entry in chosen for name in _names(entry.event, kind)]
    if kind == "person":
        named += _people(kit)
    for name, where in named:
        found.setdefault(fold(name), (name, {}))[1][where] = None
    return IndexList(kind, tuple(_lettered(found.values())))


def _lettered(found: Iterable[tuple[str, dict[str, None]]]) -> Iterator[IndexEntry]:
    """Yield names in their order, each letter with the first that begins with it."""
    last = ""
    for name, ids in sorted(found, key=lambda each: collation_key(each[0])):
        letter = fold(name)[:1].upper()
        letter = letter if letter.isalpha() else DIGITS
        yield IndexEntry(name, letter if letter != last else "", tuple(ids))
        last = letter


def _names(event: Event, kind: str) -> Iterator[str]:
    """Yield what an event has of a kind, people under their surnames."""
    match kind:
        case "person":
            yield from (inverted(str(speaker).split(",")[0]) for speaker in event.speakers)
        case "organiser":
            yield from (str(name) for name in event.organisers)
        case "place":
            places = [event.place, *(session.place for session in event.sessions)]
            yield from (_without_postcode(place.in_words) for place in places if place)
        case _:
            if value := getattr(event, kind):
                yield str(value)


def _without_postcode(place: str) -> str:
    """Return the words of a place as one looks for it: under the letter of its town."""
    return " ".join(POSTCODE.sub("", place).split())


def _people(kit: Kit) -> Iterator[tuple[str, str]]:
    """Yield the people of the parts, such as who signs or answers, with the nearest id."""
    for placed in kit.parts():
        ids = {loc[:-1]: name for name, loc in placed.ids}
        for value in placed.values():
            if isinstance(value.value, Person):
                near = (
                    ids[value.loc[:end]]
                    for end in range(len(value.loc), -1, -1)
                    if value.loc[:end] in ids
                )
                yield inverted(str(value.value.name)), next(near, placed.part.id)


def page_ranges(pages: Iterable[tuple[int, str]]) -> tuple[tuple[str, str], ...]:
    """Return pages as an index prints them, "12–14" and "18", each with the first one's anchor."""
    runs: list[list[tuple[int, str]]] = []
    for page, anchor in sorted({page: (page, anchor) for page, anchor in pages}.values()):
        if runs and page == runs[-1][-1][0] + 1:
            runs[-1].append((page, anchor))
        else:
            runs.append([(page, anchor)])
    return tuple(
        (str(run[0][0]) if len(run) == 1 else f"{run[0][0]}\N{EN DASH}{run[-1][0]}", run[0][1])
        for run in runs
    )
