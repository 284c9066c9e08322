"""Numbers that a kit computes: what is counted, what is left out, what is only partly known."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from moip_press.kit.computed_figures import filled
from moip_press.kit.counting import count, grouped, number_in
from moip_press.kit.geography import area_of, department_of, france
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.sessions import Place
from moip_press.kit.questions import Question
from moip_press.text.numbers import number_in_words

KIT = """\
title: Archipels
period: {start: 2026-10-02, end: 2026-11-18}
publisher: Association
fields: {surface: Surface}
partners: [Un, Deux]
chapters: [figures.yaml, programme.yaml]
"""
FIGURES = """\
type: article
title: En bref
body:
  - type: key-figures
    items:
      - {value: "7", label: sept}
      - {sum: surface, label: mètres carrés}
  - type: directory
    labs:
      - {name: La Fabrique, region: Bretagne}
      - {name: Le Lab}
"""
PROGRAMME = """\
type: programme
title: Le programme
events:
  - title: Un
    when: 3 et 4 octobre
    region: Bretagne
    theme: Arts et sciences
    organisers: [Port, Mairie]
    place: {venue: Halle, town: 29200 Brest}
    capacity: 40
    fields: {surface: 1 200 m²}
  - title: Deux
    when: "10 octobre, 14:00"
    region: bretagne
    organisers: [port]
    place: {venue: Halle, town: 35000 Rennes}
    capacity: 5
    fields: {surface: "12,5"}
  - {title: Trois, when: 12 novembre, region: La Réunion, speakers: ["Ada, physicienne", Léa]}
  - {title: Quatre, when: 4 octobre, region: Bretagne, capacity: 900, status: cancelled}
  - title: Cinq
    sessions: [5 octobre, 6 octobre, 5 novembre]
    organisers: [Musée]
    fields: {surface: entre 10 et 20}
"""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    folder = tmp_path_factory.mktemp("counted")
    texts = {"kit": KIT, "figures": FIGURES, "programme": PROGRAMME}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    read = read_kit(folder)
    assert read.kit is not None, read.report
    assert read.report.ok, read.report
    return read.kit


@pytest.mark.parametrize(
    ("asked", "value", "known", "all_"),
    [
        ("events", 4, 4, 4),
        ("événements", 4, 4, 4),
        ("events where region=Bretagne", 2, 3, 4),
        ("events where region!=Bretagne", 2, 2, 2),
        ("events where region=Bretagne, La Réunion", 3, 3, 4),
        ('events where theme="Arts et sciences" and region=Bretagne', 1, 1, 4),
        ("events où theme=Arts et sciences et region=Bretagne", 1, 1, 4),
        ("events where status=cancelled", 1, 1, 1),
        ("events where day=4 octobre", 1, 1, 1),
        ("sessions", 6, 4, 4),
        ("sessions where week=2026-W41", 3, 2, 2),
        ("organisers", 3, 3, 4),
        ("places", 2, 2, 4),
        ("towns where region=Bretagne", 2, 2, 4),
        ("regions", 2, 3, 4),
        ("speakers", 2, 1, 4),
        ("days", 7, 4, 4),
        ("sections", 1, 4, 4),
        ("labs", 2, 2, 2),
        ("labs where region=Bretagne", 1, 1, 2),
        ("partners", 2, 2, 2),
    ],
)
def test_it_is_counted_as_asked(kit: Kit, asked: str, value: int, known: int, all_: int) -> None:
    question = Question.parse(asked)
    assert not question.faults
    found = count(kit, question)
    assert (found.value, found.known, found.asked) == (Decimal(value), known, all_)


def test_fields_add_up_where_they_hold_one_number(kit: Kit) -> None:
    seats = count(kit, Question.parse("capacity"), summed=True)
    assert (seats.value, seats.known, seats.asked) == (Decimal(45), 2, 4)
    surface = count(kit, Question.parse("surface where region=Bretagne"), summed=True)
    assert surface.value == Decimal("1212.5")


@pytest.mark.parametrize(
    ("asked", "shares"),
    [
        ("events by region", [("Bretagne", 2), ("La Réunion", 1), (None, 1)]),
        ("events by organiser", [("Port", 2), ("Mairie", 1), ("Musée", 1), (None, 1)]),
        ("events par département", [("Finistère", 1), ("Ille-et-Vilaine", 1), (None, 2)]),
        ("events by month", [("2026-10", 3), ("2026-11", 2)]),
        ("events by week where region=Bretagne", [("2026-W40", 1), ("2026-W41", 1)]),
    ],
)
def test_numbers_are_told_apart(kit: Kit, asked: str, shares: list[tuple[str, int]]) -> None:
    found = grouped(kit, Question.parse(asked))
    assert [(each.name, int(each.value)) for each in found] == shares


def test_the_printed_kit_has_the_numbers_and_keeps_what_is_written(kit: Kit) -> None:
    body = next(filled(kit).parts()).part.body  # type: ignore[attr-defined]
    seven, surface = body[0].items
    assert (seven.value, surface.value, surface.partial) == ("7", "1\u202f212,5", True)
    assert "value" not in surface.model_fields_set
    assert next(kit.parts()).part.body[0].items[1].value is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 200 m²", 1200), ("12,50 €", 12.5), ("1.200", 1200), ("environ 40", 40), ("0", 0)],
)
def test_a_number_is_read_as_people_write_it(text: str, value: float) -> None:
    assert number_in(text) == Decimal(str(value))


@pytest.mark.parametrize("text", ["", "gratuit", "de 8 à 25 €", "1 2 3"])
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert number_in(text) is None


def test_numbers_are_written_as_the_language_does() -> None:
    assert number_in_words(Decimal("1234567.5"), "fr") == "1\u202f234\u202f567,5"
    assert number_in_words(Decimal("1234567.5"), "en") == "1,234,567.5"


@pytest.mark.parametrize(
    ("unit", "french", "english"),
    [
        ("%", "\u221212,5\u00a0%", "\u221212.5%"),
        ("€", "\u221212,5\u00a0€", "\u2212€12.5"),
        ("km", "\u221212,5\u00a0km", "\u221212.5\u00a0km"),
        ("visites", "\u221212,5", "\u221212.5"),
    ],
)
def test_the_sign_of_a_unit_stands_where_the_language_has_it(
    unit: str, french: str, english: str
) -> None:
    assert number_in_words(-12.5, "fr", unit) == french
    assert number_in_words(-12.5, "en", unit) == english


def test_what_is_rounded_to_nothing_has_no_sign() -> None:
    assert number_in_words(-0.0001, "fr") == "0"


def test_a_department_is_told_by_the_postcode() -> None:
    towns = {
        "35000 Rennes": "Ille-et-Vilaine",
        "20200 Bastia": "Haute-Corse",
        "97400 Saint-Denis": "La Réunion",
        "75 011 Paris": "Paris",
        "97133 Gustavia": "Saint-Barthélemy",
        "Rennes": None,
        "99000 Nulle part": None,
    }
    assert {town: department_of(Place.model_validate({"town": town})) for town in towns} == towns


def test_every_region_and_department_of_the_mainland_has_an_outline() -> None:
    drawn = [area for area in france().regions.values() if area.path]
    assert len(drawn) == 13
    assert sum(bool(area.path) for area in france().departments.values()) == 96
    assert {area_of(name, "region") for name in ("Bretagne", "BRETAGNE", "bretagne")} == {
        france().regions["53"]
    }


def test_the_licence_of_the_outlines_stands_beside_them() -> None:
    readme = Path(__file__).parents[2] / "moip_press" / "kit" / "geography" / "README.md"
    assert "CC BY 4.0" in readme.read_text(encoding="utf-8")
