"""What an event may say beside its date and text: on its page, in its data, and to others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from moip_press.editions.comparison.comparing import compare
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from tests.editions.versions import described
from tests.exchange.exporting import kit_of, written
from tests.keeping import KEPT
from tests.press.handouts import Workshop
from tests.reading import Pdf

KIT = """\
title: Festival des sciences
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: {name: Ville de Brest}
fields: {jauge: Jauge, dossier: no}
words: {register: Réserver}
chapters: [cover, programme.yaml]
"""
EVENTS = """\
type: programme
title: Les rendez-vous
opener: band
events:
  - title: La mer en musique
    when: tous les mardis de novembre sauf le 10, 20:30
    age: dès 8 ans
    price: de 8 à 25 €
    duration: 1 h 30
    capacity: 240
    languages: [fr, breton, fsl]
    speakers: ["Anne Le Gall, océanographe", {name: Yann Kerber, role: clarinettiste}]
    access: [fauteuil roulant, hearing-loop, LSF]
    image: {file: mer.png, alt: Une vague, credit: Odile Marchetti, focus: left}
    registration: https://www.example.org/r
    fields: {jauge: debout, dossier: n° 12}
  - title: Visite
    when: 14 novembre
    page: new
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fields")
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(EVENTS, encoding="utf-8")
    Image.new("RGB", (640, 480), "navy").save(folder / "mer.png")
    return folder


@pytest.fixture(scope="module")
def pdf(folder: Path) -> Pdf:
    build = journey.build(folder, folder / "output", cache=KEPT)
    assert build.dossier is not None, build.report
    # the last page holds one event, as was asked for
    assert [each.code for each in build.report.diagnostics] == ["P203"]
    return Pdf(build.dossier.path)


def test_the_page_says_all_of_it(pdf: Pdf) -> None:
    page = " ".join(pdf.page(2).replace("\u202f", " ").replace("\u00a0", " ").split())
    for words in (
        "tous les mardis de novembre sauf le 10 20 h 30",
        "dès 8 ans · 1 h 30 en français, breton et langue des signes française 240 places",
        "de 8 à 25 € Réserver",
        "Accès en fauteuil Boucle magnétique Langue des signes",
        "Avec Anne Le Gall, océanographe ; Yann Kerber, clarinettiste",
        "Jauge debout",
        "Odile Marchetti",
    ):
        assert words in page
    assert "Visite" in pdf.page(3)
    assert "Une vague" in pdf.pictures


def test_a_field_without_a_label_is_neither_printed_nor_attached(folder: Path, pdf: Pdf) -> None:
    assert "n° 12" not in pdf.text
    told = described(folder)
    (event, _) = (event for part in told.parts for event in part.get("events", ()))
    assert event["fields"] == {"jauge": "debout"}
    assert event["speakers"] == ["Anne Le Gall, océanographe", "Yann Kerber, clarinettiste"]


def test_a_change_of_price_is_a_change_of_the_event(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text(KIT, encoding="utf-8")
    cheaper = EVENTS.replace("de 8 à 25 €", "gratuit").replace("file: mer.png", "pending: yes")
    (tmp_path / "programme.yaml").write_text(cheaper, encoding="utf-8")
    (change,) = compare(described(folder), described(tmp_path)).changes
    assert [(fact.field, fact.old, fact.new) for fact in change.facts] == [
        ("price", "de 8 à 25 €", "gratuit")
    ]


def test_others_get_it_in_their_own_form(folder: Path) -> None:
    kit = kit_of(folder)
    table = written(kit, "csv").decode("utf-8-sig")
    assert "de 8 à 25 €" in table
    assert "Anne Le Gall, océanographe" in table
    programme = json.loads(written(kit, "json"))
    assert programme["events"][0]["access"] == ["wheelchair", "hearing-loop", "sign-language"]
    offered = json.loads(written(kit, "jsonld"))["@graph"]
    (event,) = (node for node in offered if node.get("name") == "La mer en musique")
    assert event["offers"]["description"] == "de 8 à 25 €"
    assert [each["name"] for each in event["performer"]] == ["Anne Le Gall", "Yann Kerber"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("access: [ascenseur]", "S104"),
        ("speakers: [{nom: Anne}]", "S104"),
        ("image: {pending: yes, focus: middle}", "S104"),
        ("capacity: beaucoup", "S104"),
        ("languages: [fr, xx]", "S104"),
        ("language: bretton", "S104"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_place(
    tmp_path: Path, wrong: str, code: str
) -> None:
    (tmp_path / "kit.yaml").write_text(KIT, encoding="utf-8")
    events = "type: programme\ntitle: A\nevents:\n  - title: B\n    when: 3 novembre\n    "
    (tmp_path / "programme.yaml").write_text(events + wrong + "\n", encoding="utf-8")
    (found,) = read_kit(tmp_path).report.diagnostics
    assert (found.code, found.span.file.endswith("programme.yaml")) == (code, True)
    assert found.span.start.line == 6


SEASON = """\
type: programme
title: La saison
events:
  - title: Le Malade imaginaire
    place: {venue: Grand Théâtre}
    sessions:
      - when: 3 et 12 novembre, 20:30
      - {when: "13 novembre, 20:30", place: {venue: Salle des fêtes}}
  - title: Le café des savoirs
    when: tous les mardis de novembre, 18:00
"""


def test_a_handout_of_a_week_holds_its_sessions_and_names_the_days_of_the_others(
    tmp_path: Path,
) -> None:
    (tmp_path / "kit.yaml").write_text(KIT, encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(SEASON, encoding="utf-8")
    (found,) = Workshop.of(tmp_path, tmp_path).make(select=("week=2026-W46",)).values()
    text = " ".join(found.text.replace("\u202f", " ").replace("\u00a0", " ").split())
    assert "13 novembre, à 20 h 30 · Salle des fêtes" in text
    assert "aussi 3 novembre" in text
    assert "aussi les 3, 17 et 24 novembre" in text
