"""Flat JSON and tables that OpenAgenda and Opendatasoft export, as events of OpenAgenda's API.

In the JSON of Opendatasoft `title_fr` is `title.fr`, `location_city` is `location.city`,
`firstdate_begin` is `firstTiming.begin`; lists and choices are JSON in a text. Of its APIs the
first wraps each event in `fields`, the second does not.

The headings of tables are either such names or labels ("Titre - FR", "Lieu: Nom"); a cell holds a
choice by its number or its words, and time slots as JSON, as moments ("… -> … | …"), or in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import Any

from moip_press.exchange.columns.column import heading_key, named
from moip_press.exchange.incoming.json_records import JsonDocument, JsonRecord
from moip_press.kit.when import WhenError, parse_when
from moip_press.system.tables.grid import Content, Place, Row, Sheet, Workbook, blank, text_of

CAMELS = (
    *("longDescription", "dateRange", "canonicalUrl", "attendanceMode", "onlineAccessLink"),
    *("originAgenda", "postalCode", "countryCode", "createdAt", "updatedAt"),
)
FLAT_NAMES = {name.lower(): name for name in CAMELS}
LOCALISED = re.compile(
    r"(title|description|longdescription|conditions|keywords|daterange)_([a-z]{2})"
)
GROUPS = {
    "location": "location",
    "originagenda": "originAgenda",
    "contributor": "contributor",
    "age": "age",
    "firstdate": "firstTiming",
    "lastdate": "lastTiming",
    "nextdate": "nextTiming",
}
FLAT_MARKS = frozenset({"title_fr", "title_en", "firstdate_begin", "location_name", "canonicalurl"})

SEARCHED = 10
"""Rows from the top among which the headings are looked for."""

LEAST = 4
"""Headings of events that a table of theirs has at least."""

LANGUAGES = frozenset({"fr", "en", "de", "es", "it", "nl", "pt", "br", "oc", "eu", "ca", "co"})
MANY_TONGUED = frozenset({"title", "description", "longDescription", "conditions", "keywords"})
NAMES = {
    "uid": "uid; identifiant",
    "slug": "slug",
    "createdAt": "createdat; created at; créé le; date de création",
    "updatedAt": "updatedat; updated at; mis à jour le; date de mise à jour; dernière mise à jour",
    "canonicalUrl": "canonicalurl; canonical url; url canonique; permalien; permalink",
    "title": "title; titre",
    "description": "description; description courte; short description",
    "longDescription": "longdescription; long description; description longue",
    "conditions": "conditions; détail des conditions; conditions de participation",
    "keywords": "keywords; mots clés",
    "timings": "timings; horaires iso; timings iso; iso",
    "timingsInWords": "horaires détaillés; detailed timings; horaires",
    "dateRange": "daterange; date range; résumé horaires; résumé des horaires",
    "firstTiming.begin": "firstdate begin; firsttiming begin; première date début",
    "firstTiming.end": "firstdate end; firsttiming end; première date fin",
    "lastTiming.begin": "lastdate begin; lasttiming begin; dernière date début",
    "lastTiming.end": "lastdate end; lasttiming end; dernière date fin",
    "timezone": "timezone; fuseau horaire",
    "location.name": "location name; lieu nom; nom du lieu",
    "location.address": "location address; lieu adresse; adresse",
    "location.city": "location city; lieu ville; ville",
    "location.postalCode": "location postalcode; lieu code postal; code postal",
    "location.region": "location region; lieu région; région",
    "location.countryCode": "location countrycode; lieu code pays; code pays",
    "location.timezone": "location timezone",
    "attendanceMode": "attendancemode; attendance mode; mode de participation",
    "onlineAccessLink": "onlineaccesslink; online access link; lien d'accès; lien d'accès en ligne",
    "status": "status; statut",
    "state": "state; état",
    "registration": "registration; inscription; outils d'inscription; lien d'inscription",
    "originAgenda.title": "originagenda title; agenda d'origine; origine de l'agenda",
    "originAgenda.uid": "originagenda uid",
    "contributor.organization": (
        "contributor organization; contributor organisation; organisation contributrice; "
        "organisation du contributeur"
    ),
}
PATHS = {name: path for path, names in NAMES.items() for name in named(names)}
MARKS = frozenset(
    {"timings", "firstTiming.begin", "dateRange", "canonicalUrl", "originAgenda.title"}
)
"""What tables of other people do not have; two of them are asked for."""


CHOICES = {
    "status": {
        1: "programmé, scheduled",
        2: "reprogrammé, rescheduled",
        3: "déplacé en ligne, moved online",
        4: "reporté, postponed",
        5: "complet, full",
        6: "annulé, cancelled, canceled",
    },
    "state": {
        2: "publié, published",
        1: "prêt à publier, contrôlé, ready to publish, controlled",
        0: "à modérer, à contrôler, to moderate, to be controlled",
        -1: "refusé, refused",
    },
    "attendanceMode": {
        1: "sur place, hors ligne, on site, offline",
        2: "en ligne, online",
        3: "mixte, hybride, mixed, hybrid",
    },
}
NUMBERS = {
    path: {
        heading_key(word, singular=False): number
        for number, words in choices.items()
        for word in words.split(",")
    }
    for path, choices in CHOICES.items()
}
"""The numbers of choices by their words, as these are compared."""

ARROW = re.compile(r"\s*(?:-+>|[→⤏➔⇢])\s*")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
DAY_AND_TIMES = re.compile(r"(?P<day>.*\S)\s+-\s+(?P<times>\d{1,2}:\d{2}\s*[⤏→-].*)")


def unfolded(document: JsonDocument) -> JsonDocument:
    """Return a document whose events all have the form of OpenAgenda's own API."""
    return replace(document, entries=tuple(map(_unfolded, document.entries)))


def _unfolded(entry: JsonRecord) -> JsonRecord:
    flat: Mapping[str, Any] = entry.value
    for wrapper in ("record", "fields", "properties", "event"):
        inner = flat.get(wrapper)
        if isinstance(inner, dict) and "title" not in flat:
            flat = inner
    if "title" in flat or not FLAT_MARKS & flat.keys():
        return replace(entry, value=flat)
    event: dict[str, Any] = {}
    for key, raw in flat.items():
        value = of_json(raw)
        if value in (None, "", [], {}):
            continue
        group, _, name = key.partition("_")
        if localised := LOCALISED.fullmatch(key):
            _put(event, FLAT_NAMES.get(localised[1], localised[1]), localised[2], value)
        elif name and group in GROUPS:
            _put(event, GROUPS[group], FLAT_NAMES.get(name, name), value)
        else:
            event[FLAT_NAMES.get(key, key)] = value
    return replace(entry, value=event)


def _put(event: dict[str, Any], path: str, name: str, value: object) -> None:
    """Give a field its value, or a part of it, unless it has one."""
    if not name:
        event.setdefault(path, value)
    elif isinstance(inner := event.setdefault(path, {}), dict):
        inner.setdefault(name, value)


def of_json(value: object) -> object:
    """Return what a text says as JSON; the value itself where it is none."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def agenda_of_table(book: Workbook, mapped: Mapping[str, object]) -> JsonDocument | None:
    """Return a table's events; None where it is no table of theirs.

    Where the kit itself says what a heading means (`mapped`), it is read as any other table.
    """
    entries: list[JsonRecord] = []
    for sheet in book.sheets:
        head = next(filter(_is_head, sheet.rows[:SEARCHED]), None)
        if head is None or any(_key(cell) in mapped for cell in head.cells):
            continue
        fields = [(column, *_field(cell)) for column, cell in enumerate(head.cells)]
        below = (row for row in sheet.rows if row.line > head.line and not row.empty)
        entries += (_entry(sheet, row, fields) for row in below)
    return JsonDocument(tuple(entries), {}, listed=True) if entries else None


def _is_head(row: Row) -> bool:
    fields = set(map(_field, row.cells))
    paths = {path for path, _ in fields}
    marks = len(paths & MARKS) + any(path == "title" and language for path, language in fields)
    return "title" in paths and marks >= 2 and len(paths & NAMES.keys()) >= LEAST


def _key(cell: Content) -> str:
    return heading_key(cell) if isinstance(cell, str) else ""


def _field(cell: Content) -> tuple[str, str]:
    """Return the path of the field that a heading names, and its language, if it says one.

    The fields that an agenda has added are known by their own name.
    """
    words = _key(cell).split()
    language = words.pop() if len(words) > 1 and words[-1] in LANGUAGES else ""
    return PATHS.get(" ".join(words), "-".join(words)), language


def _entry(sheet: Sheet, row: Row, fields: Sequence[tuple[int, str, str]]) -> JsonRecord:
    event: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for column, path, language in fields:
        content = row.cell(column)
        if not path or blank(content):
            continue
        places.setdefault(path, sheet.place(row, column))
        name = language if path in MANY_TONGUED else ""
        group, _, part = path.partition(".")
        _put(event, group, part or name, _value(path, content))
    words = event.pop("timingsInWords", None)
    if "timings" not in event and words:
        event["timings"] = words
    _by_word(event)
    event.setdefault("title", "")
    return JsonRecord(event, sheet.place(row, 0), places)


def _value(path: str, content: Content) -> object:
    if isinstance(content, datetime):
        return content.isoformat()
    if isinstance(content, date):
        return f"{content.isoformat()}T00:00:00"
    text = text_of(content)
    value = of_json(text)
    if isinstance(value, dict):
        return value.get("timings", value)
    if path in ("timings", "timingsInWords") and isinstance(value, str):
        return list(_slots(text)) or list(_in_words(text))
    return value


def _by_word(event: dict[str, Any]) -> None:
    """Put numbers in place of the words of choices.

    The column of one choice may have the label of the other: then its words tell which it is.
    """
    for path in NUMBERS:
        said = event.get(path)
        if isinstance(said, str) and not said.strip().lstrip("-").isdigit():
            del event[path]
            for field, numbers in NUMBERS.items():
                number = numbers.get(heading_key(said, singular=False))
                if number is not None:
                    event.setdefault(field, number)


def _slots(text: str) -> Iterator[dict[str, str]]:
    """Yield time slots that are written as moments."""
    for piece in re.split(r"[|;\n]", text):
        ends = [end.strip() for end in ARROW.split(piece)]
        if MOMENT.fullmatch(ends[0]):
            yield dict(zip(("begin", "end"), ends, strict=False))


def _in_words(text: str) -> Iterator[dict[str, str]]:
    """Yield time slots in words: "jeudi 16 mars 2017 - 09:30 ⤏ 12:00 | …"."""
    for found in filter(None, map(DAY_AND_TIMES.fullmatch, map(str.strip, text.split("|")))):
        said = f"{found['day']}, {ARROW.sub('-', found['times'])}"
        for language in ("fr", "en"):
            try:
                when = parse_when(said, language)
            except WhenError:
                continue
            for day, slot in product(when.days, when.slots):
                moments = {"begin": datetime.combine(day, slot.start)}
                if slot.end is not None:
                    moments["end"] = datetime.combine(day, slot.end)
                yield {name: moment.isoformat() for name, moment in moments.items()}
            break
