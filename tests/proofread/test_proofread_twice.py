"""Events, paragraphs and names that stand twice in a kit, and those that only seem to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.kit.matching import candidates
from moip_press.proofread import twice
from tests.proofread import proofs

Told = tuple[str, str]
LONG = (
    "Rencontrez des auteurs et débattez de vos idées pour traiter votre sujet par le jeu, puis "
    "découvrez comment une école entière a changé ses cours en une seule année de travail."
)
OTHER = (
    "Une promenade au bord du fleuve mène des entrepôts aux anciens chantiers, où les derniers "
    "charpentiers de marine montrent les gestes et les outils d'un métier qui revient."
)
GAMES = "Des jeux sérieux pour apprendre à coopérer"


def found(folder: Path, *parts: dict[str, Any], **edition: Any) -> list[Told]:
    """Return the code and the words of each finding of the family."""
    result = proofs.found(twice.FINDERS, folder, *parts, **edition)
    return sorted((code, words.strip("'")[:48]) for code, words in result)


def event(title: str, text: str | None = None, **fields: Any) -> dict[str, Any]:
    told = {"text": text} if text else {}
    return {"title": title, "when": "3 novembre", **told, **fields}


def section(*events: dict[str, Any], title: str = "Le programme", **fields: Any) -> dict[str, Any]:
    for number, each in enumerate(events):
        each.setdefault("id", f"{title.lower().replace(' ', '-')}-{number}")
    return {"type": "programme", "title": title, "events": list(events), **fields}


def article(*paragraphs: str, title: str = "Le texte") -> dict[str, Any]:
    blocks = [{"type": "text", "text": text} for text in paragraphs]
    return {"type": "article", "title": title, "body": blocks}


SAME_EVENT = [
    (event(GAMES, LONG), event(GAMES.upper(), LONG)),
    (event(GAMES, organisers=["DITP"]), event(GAMES, organisers=["DITP"])),
    (event(GAMES), event(GAMES, LONG)),
    (event(GAMES, LONG, when="3 novembre, 14:00-18:00"), event(GAMES, LONG)),
    (event(GAMES, LONG, organisers=["DINUM"]), event(GAMES, LONG[:80], organisers=["Le réseau"])),
    (event(GAMES, LONG), event("Des jeux serieux pour aprendre à coopérer", LONG)),
    (event(GAMES, LONG), event("Apprendre à coopérer : des jeux sérieux", LONG)),
    (event(GAMES, LONG, when="2 au 5 novembre"), event(GAMES, LONG)),
    (event("Portes ouvertes", LONG, organisers=["Tilab"]), event("Portes ouvertes", LONG)),
    (event("Jouer pour apprendre", LONG), event("Apprendre en jouant, jouer", LONG)),
    (
        event("Hackathon de la donnée ouverte", LONG, organisers=["DITP"]),
        event("Grand hackathon de la donnée ouverte", LONG[:90], organisers=["DITP"]),
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME_EVENT)
def test_one_event_in_two_sections_is_told(
    tmp_path: Path, one: dict[str, Any], other: dict[str, Any]
) -> None:
    parts = section(dict(one), title="Une"), section(dict(other), title="Deux")
    told = [("R201", " ".join(other["title"].split())[:48])]
    assert found(tmp_path, *parts) == told
    assert found(tmp_path, section(dict(one), dict(other))) == told


TWO_EVENTS = [
    (event(GAMES, LONG), event(GAMES, LONG, when="4 novembre")),
    (event(GAMES, LONG, place={"town": "Lyon"}), event(GAMES, LONG, place={"town": "Paris"})),
    (event(GAMES, LONG, region="Bretagne"), event(GAMES, LONG, region="Normandie")),
    (event(GAMES, LONG, when="3 novembre, 9:00"), event(GAMES, LONG, when="3 novembre, 14:00")),
    (event(GAMES, LONG, audience="enfants"), event(GAMES, LONG, audience="adultes")),
    (event(GAMES, LONG, organisers=["Lyon"]), event(GAMES, OTHER, organisers=["Lille"])),
    (event(GAMES, organisers=["Ville de Lyon"]), event(GAMES, organisers=["Ville de Lille"])),
    (event(GAMES, LONG, status="cancelled"), event(GAMES, LONG)),
    (event("Portes ouvertes", organisers=["A"]), event("Portes ouvertes", organisers=["B"])),
    (event("Portes ouvertes", LONG), event("Portes ouvertes", OTHER)),
    (
        event("Atelier numéro 1 du grand design", LONG),
        event("Atelier numéro 2 du grand design", LONG),
    ),
    (
        event("Visite guidée du musée", LONG, organisers=["Le musée"]),
        event("Visite guidée du musée en famille", OTHER, organisers=["Le musée"]),
    ),
    (event("Design et école", LONG), event("Design et commande publique", OTHER)),
    (event("Visite pour les enfants du musée"), event("Visite pour les adultes du musée")),
    (event("Le design en 2021, première partie"), event("Le design en 2022, première partie")),
]


@pytest.mark.parametrize(("one", "other"), TWO_EVENTS)
def test_two_events_are_two(tmp_path: Path, one: dict[str, Any], other: dict[str, Any]) -> None:
    parts = section(dict(one), title="Une"), section(dict(other), title="Deux")
    assert [each for each in found(tmp_path, *parts) if each[0] == "R201"] == []
    assert found(tmp_path, section(dict(one), dict(other))) == []


def test_an_event_told_three_times_is_one_finding(tmp_path: Path) -> None:
    parts = (section(event(GAMES, LONG), title=title) for title in ("Une", "Deux", "Trois"))
    assert found(tmp_path, *parts) == [("R201", GAMES)]


def test_a_paragraph_that_stands_in_two_texts_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, article(OTHER, LONG), article(LONG)) == [("R202", LONG[:48])]
    assert found(tmp_path, article(LONG, f"Un mot. {OTHER}", LONG)) == [("R202", LONG[:48])]


def test_a_paragraph_copied_with_a_slip_is_told(tmp_path: Path) -> None:
    copied = LONG.replace("débattez", "debatez")
    assert found(tmp_path, article(LONG), article(copied)) == [("R202", copied[:48])]


def test_the_text_of_another_event_was_left_behind(tmp_path: Path) -> None:
    parts = section(event("Concert", LONG), event("Promenade", LONG, when="8 novembre"))
    assert found(tmp_path, parts) == [("R202", LONG[:48])]


PRACTICAL = (
    "Entrée libre dans la limite des places disponibles, sur inscription auprès de l'office de "
    "tourisme, place du marché, du mardi au samedi de 9 heures à 18 heures."
)


def test_what_is_meant_to_stand_twice_may(tmp_path: Path) -> None:
    edito = {
        "type": "editorial",
        "title": "Édito",
        "author": {"name": "Alix Martin"},
        "body": f"{OTHER}\n\n{LONG}",
        "pull_quote": LONG,
    }
    about = {"title": "Qui sommes-nous ?", "text": OTHER}
    quote = {"type": "article", "title": "Dit", "body": [{"type": "quote", "text": LONG}]}
    chapters = edito, quote
    assert found(tmp_path, *chapters, about=about, closing=LONG, credits=LONG) == []
    openings = (section(introduction=LONG, title=title) for title in ("Une", "Deux"))
    assert found(tmp_path, *openings) == []
    assert found(tmp_path, article("À bientôt parmi nous !", "À bientôt parmi nous !")) == []
    assert found(tmp_path, article(PRACTICAL), article(PRACTICAL)) == []
    notes = (event(name, notes=[LONG]) for name in ("Concert", "Promenade"))
    assert found(tmp_path, section(*notes)) == []
    quoted = article(f"> {LONG}", LONG)
    assert found(tmp_path, quoted) == []


def test_events_that_close_with_a_formula_may(tmp_path: Path) -> None:
    events = (
        event(name, f"{name} pour tous.\n\n{LONG}", when=f"{day} novembre")
        for day, name in enumerate(("Concert", "Promenade", "Goûter"), start=3)
    )
    assert found(tmp_path, section(*events)) == []


def test_a_series_has_one_text(tmp_path: Path) -> None:
    events = (event("Atelier de reliure", LONG, when=f"{day} novembre") for day in (3, 10))
    assert found(tmp_path, section(*events)) == []


FACTS = [
    ("en une seule année", "en deux mille années"),
    ("une école entière", "l'école de Nantes"),
    ("une seule année", "12 mois"),
]


@pytest.mark.parametrize(("one", "other"), FACTS)
def test_a_text_with_other_facts_is_another_text(tmp_path: Path, one: str, other: str) -> None:
    assert one in LONG
    assert found(tmp_path, article(LONG), article(LONG.replace(one, other))) == []


def test_a_list_has_each_name_once(tmp_path: Path) -> None:
    labs = [{"name": "Tilab", "region": "Bretagne"}, {"name": "Siilab"}, {"name": "Tilab"}]
    directory = {"type": "directory", "labs": [*labs, {"name": "Ti-Lab", "region": "Bretagne"}]}
    part = {"type": "article", "title": "Labs", "body": [directory]}
    program = section(event("Concert", organisers=["DITP", "DINUM", "DITP"]))
    partners = [{"name": "Ville de Lyon"}, {"name": "Ville de Lyon"}]
    assert found(tmp_path, part, program, partners=partners) == [
        ("R203", "DITP"),
        ("R203", "Ti-Lab"),
        ("R203", "Ville de Lyon"),
    ]


def test_texts_are_compared_with_few_others() -> None:
    texts = ["même titre"] * 300
    pairs = list(candidates(texts, lambda _: ["clef"]))
    assert 300 < len(pairs) < 300 * 10
    assert all(before < after for before, after in pairs)
