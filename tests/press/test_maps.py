"""Maps of France: tones, dots, boxes overseas, the credit, and what a listener hears."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from moip_press.kit.computed_figures import filled, spots_of
from moip_press.kit.geography import france
from moip_press.kit.model.blocks import CountedMap
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.parts import Article
from moip_press.kit.model.records import Event
from moip_press.press import journey
from moip_press.press.compose.maps import DrawnMap, classes, drawn
from moip_press.press.compose.views import View
from moip_press.proofread.review import review
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf.listening import aloud
from tests.press.test_figures import built
from tests.reading import A4, Pdf


def of_france(numbers: dict[str, float], language: str = "fr", **fields: Any) -> DrawnMap:
    rows = [View({"label": label, "value": value}) for label, value in numbers.items()]
    usual = {"region": None, "by": "region", "kind": "colour", "unit": None, "spots": ()}
    return drawn({**usual, "rows": rows, **fields}, language)


def test_the_larger_a_number_the_darker_its_region() -> None:
    made = of_france({"Bretagne": 9, "Corse": 1, "Grand Est": 4, "La Réunion": 4})
    tones = {shape.name: shape.tone for shape in made.shapes}
    assert 0 < tones["Corse"] < tones["Grand Est"] == tones["La Réunion"] < tones["Bretagne"] == 1
    assert tones["Normandie"] == 0
    assert made.empty
    assert [key.words for key in made.keys] == ["1", "4", "9"]


def test_many_numbers_have_five_tones_and_equal_ones_the_same() -> None:
    found = classes([1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8, 30, 90])
    assert len(found) <= 5
    assert found[0][0] == 1
    assert found[-1][1] == 90
    assert all(last < first for (_, last), (first, _) in pairwise(found))


def test_each_overseas_region_has_a_box_with_its_name() -> None:
    made = of_france({"Polynésie française": 2})
    boxes = [shape for shape in made.shapes if not shape.path]
    names = [label.words for label in made.labels if label.kind == "name"]
    assert names == [box.name for box in boxes]
    assert len(names) == 6
    assert names[-1] == "Polynésie française"
    assert all(0 <= box.left <= box.left + box.width <= made.width for box in boxes)
    assert all(box.top + box.height < made.height for box in boxes)


def test_one_region_is_drawn_alone_and_large_by_its_departments() -> None:
    made = of_france({"Finistère": 3, "35": 5}, region="Bretagne", kind="colour")
    tones = {shape.name: shape.tone for shape in made.shapes}
    assert tones.keys() == {"Côtes-d'Armor", "Finistère", "Ille-et-Vilaine", "Morbihan"}
    assert 0 < tones["Finistère"] < tones["Ille-et-Vilaine"] == 1
    assert {label.words for label in made.labels} == {"3", "5"}
    assert all(5 < label.left < 95 and 5 < label.top < 95 for label in made.labels)
    assert made.width < france().size[0] / 3
    assert (made.left, made.top) != (0, 0)


def test_the_map_of_a_region_counts_its_own_events(tmp_path: Path) -> None:
    body = [{"type": "map", "region": "Bretagne", "kind": "dots"}]
    (tmp_path / "kit.yaml").write_text(
        "title: Essai\nperiod: {start: 2026-10-01, end: 2026-10-30}\npublisher: Association\n"
        "chapters: [a.yaml, b.yaml]\n",
        encoding="utf-8",
    )
    part = {"type": "article", "title": "Cartes", "body": body}
    (tmp_path / "a.yaml").write_text(json.dumps(part), encoding="utf-8")
    towns = ("29200 Brest", "35000 Rennes", "75001 Paris")
    events = [{"title": t, "when": "3 octobre", "place": {"town": t}} for t in towns]
    programme = {"type": "programme", "title": "Programme", "events": events}
    (tmp_path / "b.yaml").write_text(json.dumps(programme), encoding="utf-8")
    kit = read_kit(tmp_path).kit
    assert kit is not None
    article = next(p.part for p in filled(kit).parts() if isinstance(p.part, Article))
    block = article.body[0]
    assert isinstance(block, CountedMap)
    assert {department for department, _ in block.spots} == {"29", "35"}
    assert block.unplaced == 0
    for name, words in (("Bretange", "Bretagne"), ("Mayotte", "Mayotte")):
        part["body"] = [{"type": "map", "region": name}]
        (tmp_path / "a.yaml").write_text(json.dumps(part), encoding="utf-8")
        said = review(tmp_path, date(2026, 9, 1), KEPT).report.diagnostics
        (found,) = (each for each in said if each.severity == "error")
        assert found.code == "S164"
        assert words in str((found.message.values, found.hint))


def test_dots_do_not_lie_over_each_other() -> None:
    spots = (("", "53"),) * 30 + (("974", "04"),) * 5
    dots = of_france({}, kind="dots", spots=spots).dots
    assert len(dots) == 35
    gaps = [
        ((a - c) ** 2 + (b - d) ** 2) ** 0.5
        for number, (a, b) in enumerate(dots)
        for c, d in dots[:number]
    ]
    assert min(gaps) > 76


@pytest.mark.parametrize(
    ("given", "spots"),
    [
        ({"place": {"town": "29200 Brest"}}, (("29", "53"),)),
        ({"place": {"town": "Brest"}, "region": "Bretagne"}, (("", "53"),)),
        ({"region": "La Réunion"}, (("974", "04"),)),
        ({"region": "Finistère"}, (("29", "53"),)),
        ({"region": "Bretange"}, (("", ""),)),
        ({}, (("", ""),)),
    ],
)
def test_a_place_is_found_by_postcode_then_region(
    given: dict[str, Any], spots: tuple[tuple[str, str], ...]
) -> None:
    event = Event.model_validate({"title": "Un", "when": "3 octobre 2026", **given})
    assert spots_of(event) == spots


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    rows = [{"label": "Finistère", "value": 12.5}, {"label": "75", "value": 3}]
    body = [
        {"type": "map", "title": "En colonne", "source": "Relevé"},
        {"type": "map", "title": "En points", "kind": "dots"},
        {"type": "map", "title": "En pleine page", "width": "full", "sum": "capacity"},
        {"type": "map", "title": "Départements", "by": "department", "rows": rows, "unit": "%"},
    ]
    build = built(tmp_path_factory.mktemp("maps"), "En cartes", body)
    assert build.dossier is not None, build.report.diagnostics
    return Pdf(build.dossier.path)


def test_every_map_has_its_credit_and_what_it_does_not_show(pdf: Pdf) -> None:
    text = " ".join(pdf.pages).replace("\ufffe", "-").replace("\n", " ").replace("\u00a0", " ")
    assert text.count("svg-maps (Victor Cazanave), CC BY 4.0") == 4
    assert "Sans lieu sur la carte : 2 événements" in text
    assert "Guadeloupe" in text


def test_a_map_is_heard_with_its_numbers_or_their_table(pdf: Pdf) -> None:
    heard = re.sub("[\u00a0\u202f]", " ", "\n".join(aloud(pdf.path)))
    assert "Carte de France : Bretagne : 3 ; Normandie : 2 ; La Réunion : 1" in heard
    assert "Carte de France : Finistère : 12,5 % ; Paris : 3 %" in heard
    assert "Carte de France : les nombres sont dans le tableau." in heard
    assert "row: Bretagne (of the row) | 3 000" in heard


def test_a_full_map_is_as_wide_as_the_page_and_one_in_a_column_is_not(pdf: Pdf) -> None:
    column, full = pdf.pages_with("En colonne")[-1], pdf.pages_with("En pleine page")[-1]
    assert pdf.spot(column, "Mayotte")[2] < A4[0] * 0.85
    assert pdf.spot(full, "Guadeloupe")[0] < pdf.spot(column, "Guadeloupe")[0] - 50


def test_paris_and_its_neighbours_are_drawn_large_enough_for_their_numbers() -> None:
    rows = {"Paris": 8.5, "92": 22.0, "94": 3.0}
    drawn = of_france(rows, by="department", unit="%")
    assert [shape.name for shape in drawn.enlarged] == [
        "Paris",
        "Hauts-de-Seine",
        "Seine-Saint-Denis",
        "Val-de-Marne",
    ]
    assert {"8,5", "22", "3", "Paris et"} <= {label.words for label in drawn.labels}
    in_english = of_france(rows, "en", by="department", unit="%")
    assert {"8.5", "22", "3", "Paris and its"} <= {label.words for label in in_english.labels}
    assert not of_france({"Bretagne": 3.0}).enlarged


@pytest.mark.long
def test_pages_with_maps_conform(pdf: Pdf) -> None:
    said = verdicts([pdf.path])
    assert said == {(pdf.path, flavour): Verdict("pass", ()) for flavour in FLAVOURS}


def test_two_maps_by_region_stand_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text(
        "title: Essai\nperiod: {start: 2026-10-01, end: 2026-10-30}\npublisher: Association\n"
        "chapters: [a.yaml]\n",
        encoding="utf-8",
    )
    rows = "rows: [{label: Bretagne, value: 12}]"
    (tmp_path / "a.yaml").write_text(
        "type: article\ntitle: Cartes\nbody:\n"
        f"  - {{type: map, title: Avant, {rows}}}\n  - {{type: map, title: Après, {rows}}}\n",
        encoding="utf-8",
    )
    build = journey.build(tmp_path, tmp_path / "out", cache=KEPT)
    assert build.dossier is not None, build.report
    assert len(Pdf(build.dossier.path)) == 1
