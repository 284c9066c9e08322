"""Files with traits of real ones, that were once read wrongly or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.exchange import kit_import
from moip_press.exchange.changes.proposal import Nature
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.model.kit_files import read_kit
from tests.exchange.importing import ROOT, codes, kit, values

CASES = ROOT / "cases"


def read(name: str) -> Batch:
    return read_batch(CASES / name, kit("month"), name=name)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        (
            "datetimes.csv",
            {"when": ["17 novembre, 14:00-16:30", "18 novembre, 20:30-1:00"]},
            [],
        ),
        (
            "html.csv",
            {
                "text": [
                    "Pliez, cousez\u00a0: un carnet **en une heure** & un café.",
                    "On entre par la cour\\\npuis on monte.",
                ]
            },
            [],
        ),
        ("year.csv", {"when": ["9 au 13 novembre 2025"]}, ["M404"]),
        ("wordy.csv", {"when": [f"{n} novembre" for n in range(11, 15)]}, []),
        ("utc.ics", {"when": ["17 novembre, 10:00-11:30"]}, []),
        ("characters.csv", {"text": ["Chacun·e repart avec son carnet."]}, []),
        (
            "day-rows.xlsx",
            {
                "when": [
                    "16 novembre, 9:30-12:00",
                    "16 novembre, 14:00-16:00",
                    "17 novembre, 10:00-11:00",
                ]
            },
            [],
        ),
        (
            "day-sheets.xlsx",
            {"when": ["16 novembre, 9:30-12:00", "17 novembre, 10:00-11:00"]},
            [],
        ),
        *(
            (
                name,
                {
                    "title": ["Atelier", "Café", "Visite", "Balade"],
                    "when": [
                        "16 novembre, 9:00",
                        "17 novembre, 9:00",
                        "16 novembre, 14:00",
                        "17 novembre, 14:00",
                    ],
                },
                [],
            )
            for name in ("grid.xlsx", "grid.ods")
        ),
        (
            "night.xlsx",
            {
                "when": ["16 novembre, 20:00-1:00", "16 novembre, 9:00-12:00"],
                "text": ["Texte\u00a0: **gras**", None],
            },
            [],
        ),
        (
            "hours-in-prose.csv",
            {
                "when": ["5 au 26 novembre", "14 au 15 novembre", "18 novembre"],
                "notes": [
                    ("Horaires : Jeudis 10h-12h",),
                    ("Horaires : Sam. 13h-19h / Dim. 10h-19h",),
                    ("Horaires : 14h ou 16h",),
                ],
            },
            ["M410"],
        ),
        (
            "pretalx.json",
            {
                "title": ["Relier un carnet"],
                "when": ["17 novembre, 9:30-10:30"],
                "place.venue": ["Salle A"],
                "text": ["Court.\n\nLong."],
                "speakers": [("Zoé Brume",)],
            },
            [],
        ),
        (
            "schema-org.json",
            {
                "when": ["17 novembre, 9:30-12:00"],
                "place.venue": ["Médiathèque"],
                "place.town": ["Lorient"],
            },
            [],
        ),
        (
            "opendatasoft.json",
            {
                "title": ["Relier un carnet"],
                "when": ["17 novembre"],
                "place.town": ["Lorient"],
                "place.address": ["3 quai des Brumes"],
                "link": ["https://example.org"],
            },
            [],
        ),
        (
            "opendatasoft-2018.json",
            {
                "when": ["17 novembre, 9:30-12:00"],
                "place.venue": ["Médiathèque"],
                "place.address": ["3 quai des Brumes"],
            },
            [],
        ),
        (
            "camel-case.csv",
            {
                "title": ["Relier un carnet"],
                "when": ["17 novembre"],
                "status": ["confirmed"],
                "organisers": [("Ville de Lorient",)],
            },
            [],
        ),
        (
            "toulouse.csv",
            {
                "title": ["Relier un carnet"],
                "place.venue": ["Médiathèque"],
                "text": ["On plie puis on coud."],
                "registration": ["https://example.org"],
                "price": ["5 euros"],
            },
            [],
        ),
        ("bad-freebusy.ics", {"when": ["17 novembre, 10:00-11:30"]}, []),
        ("interval-0.ics", {"when": ["5 novembre, 10:00"]}, ["M403"]),
        (
            "renamed.ics",
            {
                "title": ["Atelier du lundi", "Atelier du lundi, séance spéciale"],
                "when": ["2, 9 et 23 novembre, 10:00-11:00", "17 novembre, 14:00-15:00"],
            },
            [],
        ),
        (
            "range.ics",
            {
                "title": ["Atelier du lundi", "Atelier du mardi"],
                "when": ["2 et 9 novembre, 10:00-11:00", "17 et 24 novembre, 14:00-15:00"],
            },
            [],
        ),
    ],
)
def test_a_file_is_read_as_it_is_meant(
    name: str, fields: dict[str, list[Any]], told: list[str]
) -> None:
    batch = read(name)
    for path, wanted in fields.items():
        assert [found.get(path) for found in values(batch)] == wanted
    assert codes(batch) == told
    assert [each.name for each in batch.left if not each.told] == []


def test_events_that_only_have_other_titles_are_not_new() -> None:
    found = kit_import.compare_files(CASES / "retitled-kit", [CASES / "retitled.csv"], None)
    assert [change.nature for _, change in found.proposal.changes.values()] == [
        Nature.DIFFERENT,
        Nature.DOUBTFUL,
    ]
    assert not any(change.taken for _, change in found.proposal.changes.values())


def test_what_is_imported_can_be_read_by_the_kit(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    folder.mkdir()
    for file in (ROOT / "earlier" / "kit").glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    files = [path for path in sorted(CASES.iterdir()) if path.is_file() and "2018" not in path.name]
    found = kit_import.compare_files(folder, files, None)
    assert found.readable
    made, report = kit_import.new_files(found, None)
    assert report.errors == 0
    kit_import.write_files(found, made)
    again = read_kit(folder)
    assert again.report.ok
    assert again.kit is not None
    days = [event.when.start for event in again.kit.events()]
    assert len(days) > 30
    assert days[12:] == sorted(days[12:])  # after those of the kit, which are in no order
