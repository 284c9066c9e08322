"""JSON of other programs as a table, whose headings are the names of its fields.

The schedules of pretalx and frab, events of schema.org (JSON-LD) in a file or web page, and
whatever lists records with names that a column could have. A field within another is headed by
both names, such as ``location.city``; a list has a line for each of its values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from moip_press.exchange.incoming.cell_moments import length_of
from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.exchange.incoming.json_records import JsonDocument, JsonRecord
from moip_press.system.limits import JSON, fits
from moip_press.system.tables.grid import Content, Place, Row, Sheet, Workbook

WRAPPERS = ("record", "fields", "properties", "attributes", "event", "item", "node")
"""What holds the fields of a record, and is no name of theirs."""

NAMES = ("name", "title", "label", "public_name", "full_public_name", "nom", "titre", "fr")
"""The fields that say what a value is called that is a record itself, the likeliest first."""

TOTALS = ("nhits", "total", "total_count", "count")
LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2})?")
DEEPEST = 6
MOST_COLUMNS = 400
MOST_DAYS = 366
MOST_SCRIPTS = 1_000

Flat = dict[str, Content]


def table_of_json(document: JsonDocument, job: ImportJob) -> Workbook:
    """Return the records of a document as the one sheet of a table."""
    found = list(_schedule(document, job)) or list(_linked_data(document, job))
    if not found:
        entries = _records(document)
        found = [replace(entry, value=_flat(entry.value, job.language)) for entry in entries]
    every = list(dict.fromkeys(name for entry in found for name in entry.value))
    names = every[:MOST_COLUMNS]
    for name in every[MOST_COLUMNS:]:
        job.leave(name, Place(job.file, path=name))
    rows = [Row(0, tuple(names), places=tuple(Place(job.file, path=name) for name in names))]
    for number, entry in enumerate(found, 1):
        places = tuple(_within(entry.place, name) for name in names)
        cells = tuple(entry.value.get(name) for name in names)
        rows.append(Row(number, cells, places=places))
    counted = (document.about.get(name) for name in TOTALS)
    partial = any(isinstance(total, int) and total > len(found) for total in counted)
    return Workbook((Sheet(job.file, "", tuple(rows)),), partial=partial)


def _records(document: JsonDocument) -> Sequence[JsonRecord]:
    """Return the records of a document: those of its longest list, where it is one alone."""
    if document.listed:
        return document.entries
    best: list[JsonRecord] = []
    nodes = [(entry.place, entry.value) for entry in document.entries]
    for place, node in nodes:
        for name, value in node.items():
            inner = _within(place, name)
            if isinstance(value, Mapping) and inner.path.count(".") < DEEPEST:
                nodes.append((inner, value))
            elif isinstance(value, list) and len(value) > len(best):
                listed = [(n, each) for n, each in enumerate(value) if isinstance(each, Mapping)]
                best = [
                    JsonRecord(each, replace(inner, path=f"{inner.path}[{n}]"))
                    for n, each in listed
                ]
    return best if len(best) > 1 or not _looks_alone(document) else document.entries


def _looks_alone(document: JsonDocument) -> bool:
    """Return whether a document has a record's own values beside its lists."""
    values = (value for entry in document.entries for value in entry.value.values())
    return any(isinstance(value, str | int | float) for value in values)


def _within(place: Place, name: str) -> Place:
    return replace(place, path=f"{place.path}.{name}" if place.path else name)


# --- any record -----------------------------------------------------------------------------


def _flat(value: Mapping[str, Any], language: str, before: str = "", depth: int = 0) -> Flat:
    """Return the values of a record by name, those within others too."""
    flat: Flat = {}
    for name, inner in value.items():
        if before and name.startswith("@"):
            continue  # what linked data is, not what it says
        path = before if name in WRAPPERS and isinstance(inner, Mapping) else f"{before}{name}"
        said = _in_language(inner, language) if isinstance(inner, Mapping) else inner
        if isinstance(said, Mapping) and depth < DEEPEST:
            start = path if path.endswith(".") or not path else f"{path}."
            flat |= _flat(said, language, start, depth + 1)
        elif isinstance(said, list):
            for within, text in _listed(said, language, depth):
                flat[".".join(filter(None, (path, within)))] = text
        else:
            flat[path.rstrip(".")] = _content(said)
    return flat


def _in_language(value: Mapping[str, Any], language: str) -> Any:
    """Return a text of several languages in the one asked for, where that is all of it."""
    if not value or not all(LANGUAGE.fullmatch(tag) for tag in value):
        return value
    tag = language if value.get(language) else next(iter(value))
    others = {other: text for other, text in value.items() if other != tag and text}
    return {"": value[tag], **others} if others else value[tag]


def _listed(values: Iterable[Any], language: str, depth: int) -> Iterator[tuple[str, Content]]:
    """Yield the values of a list, a line each; of records, what they are called, then the rest."""
    lines: dict[str, list[str]] = {}
    for value in values:
        flat = _flat(value, language, "", depth + 1) if isinstance(value, Mapping) else {"": value}
        called = next((name for name in NAMES if flat.get(name)), None)
        for name, text in flat.items():
            if text not in (None, ""):
                lines.setdefault("" if name == called else name, []).append(str(text))
    for name, texts in lines.items():
        yield name, "\n".join(texts)


def _content(value: Any) -> Content:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return json.dumps(value, ensure_ascii=False)


# --- pretalx and frab -----------------------------------------------------------------------


def _schedule(document: JsonDocument, job: ImportJob) -> Iterator[JsonRecord]:
    """Yield the talks of a schedule, by days and rooms."""
    for entry in document.entries:
        conference = _at(entry.value, "schedule", "conference") or _at(entry.value, "conference")
        days = _at(conference, "days")
        for number, day in enumerate(days if isinstance(days, list) else []):
            rooms = _at(day, "rooms")
            for room, talks in rooms.items() if isinstance(rooms, Mapping) else ():
                for place, talk in enumerate(talks if isinstance(talks, list) else []):
                    path = f"days[{number}].rooms[{room}][{place}]"
                    flat = _flat(talk, job.language) if isinstance(talk, Mapping) else {}
                    flat = _with_end({"date": _at(day, "date"), "room": room} | flat)
                    yield JsonRecord(flat, replace(entry.place, path=path))


def _with_end(talk: Flat) -> Flat:
    """Return a talk with its end in place of how long it lasts."""
    try:
        begin = datetime.fromisoformat(str(talk["date"]))
    except ValueError:
        return talk
    length = length_of(talk.get("duration"))
    if length is not None and "T" in str(talk["date"]):
        talk = {**talk, "end": (begin + length).isoformat()}
        del talk["duration"]
    return talk


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


# --- schema.org -----------------------------------------------------------------------------

SERIES = "EventSeries"
EVENTS = frozenset({SERIES, "Festival", "Hackathon", "CourseInstance"})
"""Kinds of events whose name does not end so, and series of them."""

VOCABULARY = re.compile(r"https?://schema\.org/(\w+)\Z")
CONTEXT = frozenset({"@context", "@type", "subEvent", "superEvent"})
DAILY = frozenset({None, "", "P1D"})


def _linked_data(document: JsonDocument, job: ImportJob) -> Iterator[JsonRecord]:
    """Yield the events of linked data, wherever in it they stand."""
    nodes = [(entry.place, entry.value) for entry in document.entries]
    known: dict[object, Mapping[str, Any]] = {}
    events: list[tuple[Place, Mapping[str, Any]]] = []
    for place, node in nodes:  # those within a node are added behind
        if len(node) > 1 and isinstance(node.get("@id"), str):
            known.setdefault(node["@id"], node)
        if _types(node) & EVENTS or any(each.endswith("Event") for each in _types(node)):
            events.append((place, node))
        for name, value in node.items():
            within = (each for each in _many(value) if isinstance(each, Mapping))
            nodes += [(_within(place, name), each) for each in within]
    single = [(place, node) for place, node in events if SERIES not in _types(node)]
    for place, node in _apart(events, known) if single else events:
        yield JsonRecord(_flat(_plain(node, known), job.language), place)


OF_ONE = ("startDate", "endDate", "doorTime", "eventSchedule", "subEvent", "@id", "@type")
"""What an event that others are part of says of these and of none of them alone."""


def _apart(
    events: Sequence[tuple[Place, Mapping[str, Any]]], known: Mapping[object, Mapping[str, Any]]
) -> list[tuple[Place, Mapping[str, Any]]]:
    """Return events; in place of one whose parts have no other name these, which are its sessions.

    Each has what the event says for all of them. Series are none.
    """
    found = {id(node): (at, node) for at, node in events if SERIES not in _types(node)}
    for place, node in events:
        name, listed = node.get("name"), node.get("subEvent")
        parts = [each for each in _many(listed) if isinstance(each, Mapping)]
        parts = [known.get(each.get("@id"), each) if len(each) == 1 else each for each in parts]
        if not parts or any(each.get("name", name) != name for each in parts):
            continue
        shared = {field: value for field, value in node.items() if field not in OF_ONE}
        found.pop(id(node), None)
        for number, each in enumerate(parts):
            at, _ = found.get(id(each), (_within(place, f"subEvent[{number}]"), each))
            found[id(each)] = at, {**shared, **each}
    return list(found.values())


def _types(node: Mapping[str, Any]) -> set[str]:
    return {re.split("[/:#]", str(name))[-1] for name in _many(node.get("@type")) if name}


def _many(value: Any) -> list[Any]:
    """Return a list, or the one value that stands in its place."""
    return value if isinstance(value, list) else [value]


def _plain(node: Mapping[str, Any], known: Mapping[object, Mapping[str, Any]]) -> dict[str, Any]:
    """Return an event without what is only of linked data: references, types, addresses of words.

    A place online is no place, entry that is free has a price, and days that each have their hours
    are a timetable.
    """
    event: dict[str, Any] = {}
    for name, value in node.items():
        if name not in CONTEXT:
            plain = [_resolved(each, known) for each in _many(value)]
            event[name] = plain if isinstance(value, list) else plain[0]
    places = _many(event.get("location"))
    online = [p for p in places if isinstance(p, Mapping) and "VirtualLocation" in _types(p)]
    if online:
        event["online"] = online[0].get("url") or "yes"
        event["location"] = next((place for place in places if place not in online), None)
    if event.get("isAccessibleForFree") is True and "offers" not in event:
        event["price"] = "0"
    if moments := list(_moments(_many(event.get("eventSchedule")))):
        event["timetable"] = "; ".join(moments)
        for name in ("eventSchedule", "startDate", "endDate"):
            event.pop(name, None)
    return event


def _resolved(value: Any, known: Mapping[object, Mapping[str, Any]]) -> Any:
    if isinstance(value, Mapping):
        found = known.get(value.get("@id"), value) if len(value) == 1 else value
        return {n: _resolved(v, {}) for n, v in found.items() if n != "@id"}
    return VOCABULARY.sub(r"\1", value) if isinstance(value, str) else value


def _moments(schedule: Iterable[Any]) -> Iterator[str]:
    """Yield the moments of days that each have their hours; none where one does not come daily."""
    for each in schedule:
        if not isinstance(each, Mapping) or each.get("repeatFrequency") not in DAILY:
            return
        begin, end = (str(each.get(name) or "") for name in ("startTime", "endTime"))
        try:
            first = date.fromisoformat(str(each.get("startDate"))[:10])
            last = date.fromisoformat(str(each.get("endDate") or first)[:10])
        except ValueError:
            return
        for number in range(min((last - first).days, MOST_DAYS) + 1 if begin else 0):
            day = first + timedelta(days=number)
            night = day + timedelta(days=1) if end and end <= begin else day
            yield f"{day}T{begin[:5]}" + (f" {night}T{end[:5]}" if end else "")


# --- web pages ------------------------------------------------------------------------------


class _Scripts(HTMLParser):
    """Collects the linked data of a web page, with the lines in which it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, list[str]]] = []
        self.within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self.within:
            self.found.append((self.getpos()[0], []))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 -- scripts hold no elements
        self.within = False

    def handle_data(self, data: str) -> None:
        if self.within:
            self.found[-1][1].append(data)


def linked_data_of_page(text: str, name: str) -> JsonDocument | None:
    """Return the linked data that stands in a web page; None where it has none."""
    page = _Scripts()
    page.feed(text)
    page.close()
    entries = []
    for line, pieces in page.found[:MOST_SCRIPTS]:
        try:
            value = json.loads("".join(pieces))
        except (ValueError, RecursionError):
            continue
        if fits(value, JSON.depth):
            nodes = _many(value)
            place = Place(name, line=line)
            entries += [JsonRecord(node, place) for node in nodes if isinstance(node, Mapping)]
    return JsonDocument(tuple(entries), {}, listed=False) if entries else None
