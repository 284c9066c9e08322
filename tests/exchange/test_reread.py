"""What an earlier version of ours imported, and what is read better today."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from moip_press.exchange import kit_import
from moip_press.exchange.changes.apply_decisions import apply_decisions
from moip_press.exchange.changes.proposal import Nature
from moip_press.exchange.kit_import import Intake
from tests.exchange.importing import ROOT

EARLIER = ROOT / "earlier"
"""A kit and its four sources, as the first version of `imports.json` was written for them."""
SOURCES = ("agenda.json", "calendrier.ics", "nuits.xlsx", "tableau.csv")
REREAD = {
    ("webinaire", "when"): "17 novembre, 10:00-11:30",
    ("webinaire", "place.town"): "35000 Rennes",
    ("atelier-du-lundi", "when"): "2, 9 et 23 novembre, 9:00-10:00",
    ("relier-un-carnet", "age"): "de 8 à 12 ans",
    ("relier-un-carnet", "notes"): ("Gratuit sur inscription", "Inscription : 0102030405"),
    ("relier-un-carnet", "place.town"): "56100 Lorient",
    ("le-bal", "place.town"): "29000 Quimper",
    ("nuit-du-conte", "when"): "16 novembre, 20:00-1:00",
    ("nuit-du-conte", "text"): "Des *histoires* & du thé.",
    ("atelier-de-reliure", "when"): "17 novembre, 14:00-16:30",
    ("atelier-de-reliure", "place.town"): "56100 Lorient",
    ("atelier-de-reliure", "price"): "5 euros",
    ("atelier-de-reliure", "text"): ("Pliez, cousez\u00a0: un carnet **en une heure** & un café."),
    ("nuit-des-lanternes", "when"): "18 novembre, 20:30-1:00",
    ("nuit-des-lanternes", "place.town"): "56100 Lorient",
    ("nuit-des-lanternes", "price"): "Gratuit",
    ("nuit-des-lanternes", "notes"): ("Inscription : Sur place ou https://example.org/nuit",),
    ("bibliobus", "place.town"): "29000 Quimper",
    ("bibliobus", "notes"): ("Horaires : Jeudis 10h-12h",),
    ("visite-du-phare", "when"): "21 novembre, 10:00-11:00",
    ("visite-du-phare", "place.town"): "29000 Quimper",
    ("visite-du-phare", "price"): "3 euros",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EARLIER, tmp_path / "earlier")
    return tmp_path / "earlier"


def read(folder: Path) -> Intake:
    return kit_import.compare_files(folder / "kit", [folder / name for name in SOURCES], None)


def natures(found: Intake) -> Counter[Nature]:
    return Counter(change.nature for _, change in found.proposal.changes.values())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1, old
    path.write_bytes(text.replace(old, new).encode())


def test_what_is_only_read_better_is_shown_as_such_and_waits(folder: Path) -> None:
    found = read(folder)
    changes = {
        (item.row.uid, change.path): change
        for item, change in found.proposal.changes.values()
        if item.row
    }
    assert {key: change.theirs for key, change in changes.items()} == REREAD
    assert set(natures(found)) == {Nature.REREAD}
    assert not any(change.taken for change in changes.values())


def test_it_is_shown_until_somebody_decides(folder: Path) -> None:
    for _ in range(2):
        found = read(folder)
        made, report = kit_import.new_files(found, None)
        assert report.ok
        assert made.done == frozenset()
        kit_import.write_files(found, made)
        assert natures(found) == {Nature.REREAD: len(REREAD)}
    assert json.loads((folder / "kit" / "imports.json").read_text())["version"] == 2


def test_what_the_source_changed_since_is_a_change(folder: Path) -> None:
    edit(folder / "tableau.csv", "Une visite guidée.", "Deux visites, et un goûter.")
    edit(folder / "tableau.csv", "05/11/2026;26/11/2026", "06/11/2026;27/11/2026")
    edit(folder / "calendrier.ics", "On parle de carnets.", "On parle de tout.")
    found = read(folder)
    changed = {
        (item.row.uid, change.path)
        for item, change in found.proposal.changes.values()
        if change.nature is Nature.CHANGED and item.row
    }
    assert changed == {("visite-du-phare", "text"), ("bibliobus", "when"), ("webinaire", "text")}
    assert natures(found)[Nature.REREAD] == len(REREAD)


def test_what_the_team_edited_stays_in_silence(folder: Path) -> None:
    edit(folder / "kit" / "programme.yaml", "when: 21 novembre, 10:00", "when: 22 novembre, 9:00")
    found = read(folder)
    assert natures(found) == {Nature.REREAD: len(REREAD) - 1}


def test_a_value_that_waits_as_a_change_never_passes_for_better_reading(folder: Path) -> None:
    found = read(folder)
    made, _ = kit_import.new_files(found, None)
    kit_import.write_files(found, made)
    edit(folder / "tableau.csv", "Une visite guidée.", "Deux visites.")
    for _ in range(2):
        found = read(folder)
        assert natures(found)[Nature.CHANGED] > 0
        assert found.kit is not None
        undecided = apply_decisions(found.kit, found.proposal, {}, found.known)
        kit_import.write_files(found, undecided)
