"""Tables as OpenAgenda and Opendatasoft export them: CSV and XLSX, by names or by labels."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.exchange.importing import codes, imported, only

SLOTS = [
    {"begin": f"2021-11-{day:02}T09:00:00+00:00", "end": f"2021-11-{day:02}T11:00:00+00:00"}
    for day in (8, 9, 10)
]
OPENDATASOFT = {
    "uid": "12345",
    "slug": "atelier",
    "canonicalurl": "https://openagenda.com/mois-innovation/events/atelier",
    "title_fr": "Atelier",
    "description_fr": "Court",
    "longdescription_fr": "<p>Un <strong>long</strong> texte</p>",
    "conditions_fr": "Gratuit",
    "keywords_fr": "innovation;labs",
    "updatedat": "2021-10-01T08:00:00+00:00",
    "daterange_fr": "8 - 10 novembre",
    "firstdate_begin": "2021-11-08T09:00:00+00:00",
    "firstdate_end": "2021-11-08T11:00:00+00:00",
    "lastdate_begin": "2021-11-10T09:00:00+00:00",
    "lastdate_end": "2021-11-10T11:00:00+00:00",
    "timings": json.dumps(SLOTS),
    "location_name": "Hôtel de Ville",
    "location_address": "1 place de la Mairie 35000 Rennes",
    "location_city": "Rennes",
    "location_region": "Bretagne",
    "location_countrycode": "FR",
    "attendancemode": json.dumps({"id": 1, "label": {"fr": "Sur place"}}),
    "onlineaccesslink": "",
    "status": json.dumps({"id": 6, "label": {"fr": "Annulé"}}),
    "originagenda_title": "Mois de l'innovation",
    "contributor_organization": "Ville de Rennes",
    "registration": json.dumps([{"type": "link", "value": "https://x.example/i"}]),
    "links": "[]",
}
LABELS = {
    "Identifiant": "12345",
    "URL canonique": "https://openagenda.com/mois-innovation/events/atelier",
    "Titre": "Atelier",
    "Description": "Court",
    "Description longue": "<p>Un <strong>long</strong> texte</p>",
    "Détail des conditions": "Gratuit",
    "Mots clés": "innovation;labs",
    "Résumé horaires": "8 - 10 novembre",
    "Première date - Début": "2021-11-08T09:00:00+00:00",
    "Première date - Fin": "2021-11-08T11:00:00+00:00",
    "Horaires détaillés": json.dumps(SLOTS),
    "Nom du lieu": "Hôtel de Ville",
    "Adresse": "1 place de la Mairie 35000 Rennes",
    "Ville": "Rennes",
    "Région": "Bretagne",
    "Mode de participation": '{"id": 1}',
    "Statut": "6",
    "Organisation contributrice": "Ville de Rennes",
    "Lien d'inscription": "https://x.example/i",
}
SPREADSHEET = {
    "Identifiant": "12345",
    "Titre - FR": "Atelier",
    "Titre - EN": "Workshop",
    "Description courte - FR": "Court",
    "Description longue - FR": "Un **long** texte",
    "Conditions de participation - FR": "Gratuit",
    "Mots clés - FR": "innovation | labs",
    "Horaires ISO": " | ".join(f"{slot['begin']} -> {slot['end']}" for slot in SLOTS),
    "Horaires détaillés - FR": "",
    "Résumé horaires - FR": "8 - 10 novembre",
    "Inscription": "https://x.example/i, 0299000000",
    "Lieu: Nom": "Hôtel de Ville",
    "Lieu: Adresse": "1 place de la Mairie, 35000 Rennes",
    "Lieu: Ville": "Rennes",
    "Lieu: Région": "Bretagne",
    "Mode de participation": "Sur place",
    "Statut": "Publié",
    "État": "Annulé",
    "Permalien": "https://openagenda.com/mois-innovation/events/atelier",
    "Organisateur": "Ville de Rennes",
}
VALUES = {
    "title": "Atelier",
    "text": "Court\n\nUn **long** texte",
    "notes": ("Gratuit",),
    "when": "8 au 10 novembre, 10:00-12:00",
    "status": "cancelled",
    "online": False,
    "place.venue": "Hôtel de Ville",
    "place.address": "1 place de la Mairie",
    "place.town": "35000 Rennes",
    "region": "Bretagne",
    "theme": "innovation",
    "link": "https://openagenda.com/mois-innovation/events/atelier",
    "registration": "https://x.example/i",
    "organisers": ("Ville de Rennes",),
}


def as_csv(row: Mapping[str, Any], delimiter: str = ";") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, row.keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(row)
    return "\ufeff" + text.getvalue()


def as_xlsx(row: Mapping[str, Any]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("row", [OPENDATASOFT, LABELS, SPREADSHEET])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_of_an_agenda_has_the_events_that_its_json_has(
    tmp_path: Path, row: Mapping[str, Any], form: str
) -> None:
    content = as_csv(row) if form == "csv" else as_xlsx(row)
    batch = imported(tmp_path, content, f"evenements.{form}")
    record = only(batch, *(["title.en"] if row is SPREADSHEET else []))
    assert (batch.source, record.uid, record.section) == (
        "openagenda:mois-innovation",
        "12345",
        "labs",
    )
    others = {"notes": ("Gratuit", "Inscription : 0299000000")} if row is SPREADSHEET else {}
    assert dict(record.values) == VALUES | others


def test_its_times_in_words_are_read_where_there_are_no_others(tmp_path: Path) -> None:
    told = "mardi 16 novembre 2021 - 09:30 ⤏ 12:00, 14:30 ⤏ 22:00"
    row = {**SPREADSHEET, "Horaires ISO": "", "Horaires détaillés - FR": told}
    record = only(imported(tmp_path, as_csv(row, ","), "agenda.csv"), "title.en")
    assert record.values["when"] == "16 novembre, 9:30-12:00, 14:30-22:00"


def test_what_is_wrong_stands_at_its_cell(tmp_path: Path) -> None:
    row = {**OPENDATASOFT, "timings": "", "firstdate_begin": "", "lastdate_begin": ""}
    row |= {"daterange_fr": "", "firstdate_end": "", "lastdate_end": ""}
    batch = imported(tmp_path, as_xlsx(row), "agenda.xlsx")
    (found,) = batch.report.diagnostics
    assert (found.code, found.span.start.line) == ("M202", 2)
    assert batch.records == ()
    wrong = as_xlsx({**OPENDATASOFT, "timings": '[{"begin": "demain"}]'})
    batch = imported(tmp_path, wrong, "agenda.xlsx")
    assert codes(batch) == ["M202", "M402"]
    columns = {found.span.start.column for found in batch.report.diagnostics}
    assert columns == {list(OPENDATASOFT).index("timings") + 1}


def test_a_map_of_opendatasoft_has_its_events_too(tmp_path: Path) -> None:
    fields = {**OPENDATASOFT, "keywords_fr": ["innovation", "labs"]}
    feature = {"type": "Feature", "geometry": None, "properties": fields}
    document = {"type": "FeatureCollection", "features": [feature]}
    record = only(imported(tmp_path, document, "agenda.geojson"))
    assert dict(record.values) == VALUES
