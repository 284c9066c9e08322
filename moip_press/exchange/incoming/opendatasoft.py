"""The flat form that Opendatasoft gives to the events of OpenAgenda, made into theirs again.

`title_fr` is `title.fr`, `location_city` is `location.city`, `firstdate_begin` is
`firstTiming.begin`; lists and choices stand as JSON in a text. Both of its APIs are known: the
first wraps each event in `fields`, the second has it plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from moip_press.exchange.incoming.entries import Document, Entry

LOCALISED = re.compile(
    r"(title|description|longdescription|conditions|keywords|daterange)_([a-z]{2})"
)
NAMES = {
    "longdescription": "longDescription",
    "daterange": "dateRange",
    "canonicalurl": "canonicalUrl",
    "attendancemode": "attendanceMode",
    "onlineaccesslink": "onlineAccessLink",
    "originagenda": "originAgenda",
    "postalcode": "postalCode",
    "countrycode": "countryCode",
}
GROUPS = {
    "location": "location",
    "originagenda": "originAgenda",
    "contributor": "contributor",
    "age": "age",
    "firstdate": "firstTiming",
    "lastdate": "lastTiming",
    "nextdate": "nextTiming",
}
AS_JSON = frozenset({"timings", "status", "attendancemode", "registration", "state", "keywords"})
MARKS = frozenset({"title_fr", "title_en", "firstdate_begin", "location_name", "canonicalurl"})


def unfolded(document: Document) -> Document:
    """Return a document whose events all have the form of OpenAgenda's own API."""
    return replace(document, entries=tuple(map(_unfolded, document.entries)))


def _unfolded(entry: Entry) -> Entry:
    value: Mapping[str, Any] = entry.value
    for wrapper in ("record", "fields", "properties", "event"):
        inner = value.get(wrapper)
        if isinstance(inner, dict) and "title" not in value:
            value = inner
    if "title" in value or not MARKS & value.keys():
        return replace(entry, value=value)
    return replace(entry, value=_nested(value))


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    event: dict[str, Any] = {}
    for key, raw in flat.items():
        value = _json(raw) if key in AS_JSON or key.startswith("keywords_") else raw
        localised = LOCALISED.fullmatch(key)
        group, _, name = key.partition("_")
        if value in (None, ""):
            continue
        if localised:
            _into(event, NAMES.get(localised[1], localised[1]), localised[2], value)
        elif name and group in GROUPS:
            _into(event, GROUPS[group], NAMES.get(name, name), value)
        else:
            event[NAMES.get(key, key)] = value
    return event


def _into(event: dict[str, Any], group: str, name: str, value: object) -> None:
    inner = event.setdefault(group, {})
    if isinstance(inner, dict):
        inner[name] = value


def _json(value: object) -> object:
    """Return what a text says as JSON; the text itself where it is none."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
