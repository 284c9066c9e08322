"""The programme as plain data for other programs: a table in CSV, the fields of events in JSON.

CSV is UTF-8 with a byte order mark, without which Excel takes it for another encoding; a semicolon
between cells in French, a comma in English, as Excel reads them there. No cell is a formula.

In JSON, names of fields are those of the kit's files; a text is as it is written (Markdown), and
a date both in words and as ISO 8601. Fields without a value are left out, and so is every field
that ``EVENT`` does not name.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable
from typing import Any

from moip_press.editions.attached_data import when_written
from moip_press.exchange.columns.column import guarded
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.export.event_facts import when_of
from moip_press.exchange.export.exported import Exported, cells_of, heading_of
from moip_press.kit.issue import embargo_words
from moip_press.kit.model.sessions import Place
from moip_press.kit.selection import Entry
from moip_press.kit.when import When
from moip_press.kit.zones import zone_of

DELIMITER = {"fr": ";", "en": ","}
BYTE_ORDER_MARK = "\ufeff"
FORMAT = "moip-press/programme"
VERSION = 1
EVENT = (
    "id",
    "title",
    "organisers",
    "organisers_line",
    "language",
    "when",
    "text",
    "notes",
    "link",
    "place",
    "online",
    "region",
    "theme",
    "registration",
    "timezone",
    "audience",
    "age",
    "price",
    "duration",
    "capacity",
    "languages",
    "speakers",
    "access",
    "fields",
    "status",
    "postponed_to",
    "pending",
)


def csv_table(exported: Exported) -> bytes:
    """Return all chosen events, drafts too, a row each, below a row of headings."""
    sheet = KINDS["event"]
    headings = [heading_of(exported, column) for column in exported.columns(sheet)]
    return csv_of(headings, cells_of(exported, sheet), exported.kit.edition.language)


def csv_of(headings: Iterable[str], rows: Iterable[Iterable[str]], language: str) -> bytes:
    """Return a table below its headings, as Excel reads it in a language."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=DELIMITER[language])
    writer.writerow(headings)
    writer.writerows(map(guarded, cells) for cells in rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def json_programme(exported: Exported) -> bytes:
    """Return the events that others may see, in the order of the dossier."""
    held = {entry.section.id for entry in exported.public}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "kit": _kit(exported),
        "sections": [
            {"id": section.id, "title": section.title}
            for section in exported.kit.sections()
            if section.id in held
        ],
        "events": [_event(entry, exported.kit.edition.language) for entry in exported.public],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _kit(exported: Exported) -> dict[str, Any]:
    edition = exported.kit.edition
    zone = zone_of(edition)
    embargo = edition.embargo
    said = {
        "title": edition.title,
        "language": edition.language,
        "period": {
            "start": edition.period.start.isoformat(),
            "end": edition.period.end.isoformat(),
        },
        "periods": [
            {"name": each.name, "start": each.start.isoformat(), "end": each.end.isoformat()}
            for each in edition.periods
        ],
        "timezone": zone and zone.key,
        "publisher": edition.publisher.name,
        "website": edition.website,
        "version": edition.version,
        "date_of_issue": edition.date_of_issue and edition.date_of_issue.isoformat(),
        "status": edition.status,
        "embargo": embargo and {"words": embargo_words(edition), "until": _moment(embargo)},
    }
    return {name: value for name, value in said.items() if value}


def _moment(moment: When) -> str:
    """Return the day, with its hour where it has one."""
    if not moment.slots:
        return moment.start.isoformat()
    at = datetime.datetime.combine(moment.start, moment.slots[0].start)
    return at.isoformat(timespec="minutes")


def _event(entry: Entry, language: str) -> dict[str, Any]:
    event = entry.event
    fields = {"section": entry.section.id} | {name: getattr(event, name) for name in EVENT}
    written = _written(fields.items(), language)
    if event.sessions:
        written["sessions"] = [_written(each, language) for each in event.each_session()]
    return written


def _written(fields: Iterable[tuple[str, Any]], language: str) -> dict[str, Any]:
    """Return fields as plain data, without those that say nothing."""
    written = ((name, _value(value, language)) for name, value in fields)
    return {name: value for name, value in written if value or name == "status"}


def _value(value: Any, language: str) -> Any:
    match value:
        case When():
            # in words and as ISO 8601; a range as its first and last day
            return {"words": when_of(value, language), **when_written(value)}
        case Place():
            return {name: at for name, at in value if at}
        case tuple():
            return [str(item) for item in value]
        case _:
            return value
