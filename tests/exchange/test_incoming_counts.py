"""Nothing is lost: every value of a source is in a field, in a note, or told as left out."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.batch import Batch
from moip_press.report.messages import Catalogue
from tests.exchange.importing import imported

FRENCH = Catalogue("fr")
DATED = frozenset({"when", "when.start_date", "when.end_date"})
OURS = frozenset(
    {"section", "language"}
)  # a word that is none of these is an error, which tells it


def words_of(value: Any) -> Iterator[str]:
    """Yield the texts within a value."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from words_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words_of(inner)
    else:
        yield str(value)


def told(batch: Batch) -> str:
    """Return all that is imported, and all that is told of the rest."""
    pieces = [text for record in batch.records for text in words_of(dict(record.values))]
    pieces += [FRENCH.say(found.message) for found in batch.report.diagnostics]
    pieces += [FRENCH.say(each.message) for f in batch.report.diagnostics for each in f.related]
    return "\n".join(pieces)


def lost(batch: Batch, source: Any) -> list[str]:
    """Return the marks of a source that are neither imported nor told, by value or by name."""
    said, left = told(batch), "\n".join(each.name for each in batch.left)
    return [
        mark
        for mark in re.findall(r"\bqz\w+\b", "\n".join(words_of(source)))
        if mark not in said and mark[2:].partition("x")[2].replace("x", ".") not in left
    ]


# --- tables ---------------------------------------------------------------------------------


def row(**more: str) -> dict[str, str]:
    """Return a row with a mark below every heading of an event that is known, and unknown ones."""
    found = {"Titre": "qz0", "Date": "17 novembre 2021"}
    for number, column in enumerate(KINDS["event"].columns, 1):
        if column.path not in DATED | OURS | {"title", "id"}:
            found[FRENCH.gettext(column.heading)] = f"qz{number}"
    return found | {"Parking": "qzaxParking", "Truc.Bidule": "qzbxTruc.Bidule"} | more


def as_csv(cells: Mapping[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([cells.keys(), [*cells.values(), "qzcxcolonne"]])
    return text.getvalue().encode()


def as_xlsx(cells: Mapping[str, str]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(list(cells))
    book.active.append([*cells.values(), "qzcxcolonne"])
    book.save(file)
    return file.getvalue()


def as_ods(cells: Mapping[str, str]) -> bytes:
    """Return a spreadsheet of LibreOffice, as small as it may be."""

    def line(texts: list[str]) -> str:
        cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        return f"<table:table-row>{''.join(map(cell.format, map(escape, texts)))}</table:table-row>"

    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="Feuille1">'
        f"{line(list(cells))}{line([*cells.values(), 'qzcxcolonne'])}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file.getvalue()


def as_json(cells: Mapping[str, str]) -> bytes:
    return json.dumps({"records": [{"recordid": "a", "fields": dict(cells)}]}).encode()


@pytest.mark.parametrize(
    ("name", "made"),
    [("t.csv", as_csv), ("t.xlsx", as_xlsx), ("t.ods", as_ods), ("t.json", as_json)],
)
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"Premier jour": "17/11/2021 14:00", "Date": "du 16 au 18 qz90"},
        {"Premier jour": "17/11/2021", "Date": "mardi qz91", "Horaires": "14h"},
        {"Premier jour": "17/11/2021", "Dernier jour": "18/11/2021", "Date": "20 novembre 2021"},
        {"Horaires": "14h-16h", "Début à": "15h", "Fin à": "17h45"},
        {"Fin à": "17h45"},
        {"Durée": "3 jours qz92"},
        {"Lien": "https://x.example/qz93 et https://x.example/qz94"},
        {"Inscription": "au 01 02 03 04 05 ou https://x.example/qz95, avant le qz96"},
        {"Description": "<p>qz97 <b>qz98</b><br>qz99 &amp; qz100</p>"},
        {"Tarif": "5", "Devise": "qz101"},
    ],
    ids=str,
)
def test_every_cell_is_imported_or_told(
    tmp_path: Path, name: str, made: Callable[[Mapping[str, str]], bytes], more: dict[str, str]
) -> None:
    cells = row(**more)
    batch = imported(tmp_path, made(cells), name)
    assert len(batch.records) == 1, told(batch)
    assert lost(batch, [*cells.values(), *([] if name == "t.json" else ["qzcxcolonne"])]) == []


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Horaires": "14h-16h", "Fin à": "17h45"}, ["14:00-16:00", "17:45"]),
        ({"Début à": "9h", "Durée": "1h30"}, ["9:00", "1h30"]),
        ({"Début à": "9h", "Durée": "01:30"}, ["9:00", "1 h 30"]),
        ({"Tarif": "5.50", "Devise": "EUR"}, ["5,50 €"]),
        ({"Tarif": "0"}, ["gratuit"]),
        ({"Tarif normal": "8", "Tarif réduit": "5"}, ["Tarif normal : 8, Tarif réduit : 5"]),
        ({"Tarif (1) {ttc}": "8", "Tarif {ht}": "5", "Tarif": "x"}, ["x"]),
        ({"Tarif [{ttc}]": "8", "Prix": "{5}"}, ["Tarif [{ttc}] : 8, Prix : {5}"]),
        ({"Gratuit": "oui"}, ["gratuit"]),
        ({"Gratuit": "non"}, ["Gratuit : non"]),
        ({"Jauge": "20 places"}, ["20"]),
        ({"Jauge": "une vingtaine"}, ["Capacité : une vingtaine"]),
        ({"Langues parlées": "français et anglais"}, ["fr", "en"]),
        ({"Langues parlées": "français, elfique"}, ["Langues parlées : français, elfique"]),
        ({"Accessibilité": "PMR, boucle magnétique"}, ["PMR", "boucle magnétique"]),
        ({"Accessibilité": "par la cour"}, ["Accessibilité : par la cour"]),
        ({"Code postal": "56100", "Ville": "Lorient"}, ["56100 Lorient"]),
        ({"Code postal": "56100", "Adresse": "3 quai X"}, ["3 quai X, 56100"]),
        ({"Salle": "Amphi", "Lieu": "Fac"}, ["Fac, Amphi"]),
        ({"Résumé": "Court.", "Description": "Long."}, ["Court.\n\nLong."]),
        ({"Inscription": "Sur place"}, ["Inscription : Sur place"]),
    ],
    ids=str,
)
def test_what_others_keep_apart_is_put_together(
    tmp_path: Path, cells: dict[str, str], words: list[str]
) -> None:
    table = {"Titre": "A", "Date": "17 novembre", **cells}
    content = f"{';'.join(table)}\n{';'.join(table.values())}\n"
    batch = imported(tmp_path, content, "t.csv")
    (record,) = batch.records
    said = list(words_of(dict(record.values)))
    for wanted in words:
        assert any(wanted in each for each in said), said


# --- agendas, schedules, calendars ------------------------------------------------------------

AGENDA = {
    "events": [
        {
            "uid": 1,
            "title": {"fr": "qz1", "en": "qz2xtitle.en"},
            "description": {"fr": "qz3"},
            "longDescription": {"fr": "qz4 ![x](qz5ximages)", "de": "qz6xlongDescription.de"},
            "conditions": {"fr": "qz7", "en": "qz8xconditions.en"},
            "keywords": {"fr": ["qz9", "qz10"], "en": ["qz11xkeywords.en"]},
            "thematique": [{"label": {"fr": "qz12"}}],
            "public": ["qz13"],
            "location": {
                "name": "qz14",
                "address": "qz15, 35000 qz16",
                "city": "qz16",
                "postalCode": "35000",
                "region": "qz17",
                "phone": "qz18xlocation.phone",
                "access": {"fr": "qz19xlocation.access"},
            },
            "registration": [
                {"type": "link", "value": "https://x.example/qz20"},
                {"type": "phone", "value": "qz21"},
                {"type": "email", "value": "qz22@x.example"},
            ],
            "onlineAccessLink": "https://x.example/qz23",
            "canonicalUrl": "https://x.example/qz24",
            "image": {"filename": "qz25ximage"},
            "imageCredits": "qz26ximageCredits",
            "contributor": {"organization": "qz27", "role": "qz28xcontributor.role"},
            "organisateur": "qz29",
            "age": {"min": 8, "max": 12},
            "truc": {"machin": "qz30xtruc"},
            "timings": [{"begin": "2021-11-17T14:00:00+01:00", "end": "2021-11-17T16:00:00+01:00"}],
        }
    ]
}
SCHEDULE = {
    "schedule": {
        "conference": {
            "days": [
                {
                    "date": "2021-11-17",
                    "rooms": {
                        "qz1": [
                            {
                                "guid": "a",
                                "date": "2021-11-17T09:30:00+01:00",
                                "start": "09:30",
                                "duration": "01:00",
                                "title": "qz2",
                                "subtitle": "qz3xsubtitle",
                                "track": "qz4",
                                "type": "qz5xtype",
                                "abstract": "qz6",
                                "description": "qz7",
                                "persons": [{"public_name": "qz8", "biography": "qz9xbiography"}],
                                "links": [{"url": "https://x.example/qz10xlinks", "title": "qz11"}],
                                "url": "https://x.example/qz12",
                            }
                        ]
                    },
                }
            ]
        }
    }
}
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Organization",
            "@id": "#o",
            "name": "qz1",
            "url": "https://x.example/qz2xorganizer.url",
        },
        {
            "@type": "MusicEvent",
            "name": "qz3",
            "description": "<p>qz4</p>",
            "startDate": "2021-11-17T09:30:00+01:00",
            "endDate": "2021-11-17T12:00:00+01:00",
            "doorTime": "qz5xdoorTime",
            "eventStatus": "https://schema.org/EventPostponed",
            "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
            "location": [
                {
                    "@type": "Place",
                    "name": "qz6",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "qz7",
                        "postalCode": "35000",
                        "addressLocality": "qz8",
                        "addressCountry": "qz9xlocation.address.addressCountry",
                    },
                },
                {"@type": "VirtualLocation", "url": "https://x.example/qz10"},
            ],
            "organizer": {"@id": "#o"},
            "performer": [{"@type": "Person", "name": "qz11"}, {"@type": "Person", "name": "qz12"}],
            "offers": {"price": "5", "priceCurrency": "EUR", "url": "https://x.example/qz13"},
            "image": ["https://x.example/qz14ximage"],
            "url": "https://x.example/qz15",
            "keywords": ["qz16", "qz17"],
            "audience": {"@type": "Audience", "audienceType": "qz18"},
        },
    ],
}
PAGE = (
    '<!doctype html><html><script type="application/ld+json">'
    f"{json.dumps(LINKED)}</script><p>…</p></html>"
)
NESTED = {
    "result": {
        "count": 2,
        "records": [
            {
                "nom": f"qz1{n}",
                "dateDebut": "2021-11-17",
                "lieu": {"nom": f"qz2{n}", "adresse": f"qz3{n}", "ville": f"qz4{n}"},
                "contact": {"tel": f"qz5{n}xcontact.tel"},
                "organisateurs": [{"nom": f"qz6{n}"}, {"nom": f"qz7{n}"}],
                "titres": {"fr": f"qz8{n}xtitres", "en": f"qz9{n}xtitres"},
            }
            for n in "ab"
        ],
    }
}
ENTRY = {
    "SUMMARY": "qz1",
    "DESCRIPTION": "qz2",
    "X-ALT-DESC": "<p>qz3xX-ALT-DESC</p>",
    "LOCATION": "qz4\\, 2 rue qz5\\, 35000 qz6\\, https://x.example/qz7",
    "URL": "https://x.example/qz8",
    "CATEGORIES": "qz9,qz10",
    "ORGANIZER;CN=qz11": "mailto:qz12xORGANIZER@x.example",
    "CONTACT": "qz13",
    "COMMENT": "qz14xCOMMENT",
    "ATTACH": "https://x.example/qz15xATTACH",
    "ATTENDEE;CN=qz16xATTENDEE": "mailto:qz17xATTENDEE@x.example",
    "RESOURCES": "qz18xRESOURCES",
    "X-TRUC": "qz19xX-TRUC",
    "CONFERENCE;VALUE=URI": "https://x.example/qz20",
    "STATUS": "qz21xSTATUS",
    "RELATED-TO": "qz22xRELATED-TO",
}
CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:2\r\nSUMMARY:qz30\r\nEND:VTODO",
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20211117T090000Z",
        *(f"{name}:{value}" for name, value in ENTRY.items()),
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    ]
)


@pytest.mark.parametrize(
    ("name", "content", "source"),
    [
        ("oa.json", AGENDA, AGENDA),
        ("schedule.json", SCHEDULE, SCHEDULE),
        ("ld.json", LINKED, LINKED),
        (
            "page.html",
            PAGE,
            LINKED,
        ),
        ("nested.json", NESTED, NESTED),
        ("c.ics", CALENDAR, [*ENTRY, *ENTRY.values()]),
    ],
)
def test_every_value_of_a_record_is_imported_or_told(
    tmp_path: Path, name: str, content: Any, source: Any
) -> None:
    batch = imported(tmp_path, content, name)
    assert batch.records, told(batch)
    assert lost(batch, source) == []


def test_tasks_beside_events_are_told(tmp_path: Path) -> None:
    batch = imported(tmp_path, CALENDAR, "c.ics")
    assert "VTODO" in told(batch)
