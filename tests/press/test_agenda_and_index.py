"""The agenda and the index of a dossier, as their readers meet them."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.sessions import Place
from moip_press.kit.selection import choose
from moip_press.press import journey
from moip_press.press.compose.index import index_list, page_ranges
from moip_press.proofread.review import review
from moip_press.text.person_names import inverted
from tests.keeping import KEPT
from tests.press.handouts import Workshop
from tests.reading import Pdf

KIT = """\
title: Festival des idées
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: {name: Ville de Brest}
chapters:
  - cover
  - contents
  - agenda
  - edito.yaml
  - programme.yaml
  - saison.yaml
  - regions.yaml
  - index.yaml
"""
EDITORIAL = """\
type: editorial
title: Édito
author: {name: Amélie de Montchalin}
body: Bienvenue.
"""
PROGRAMME = "type: programme\ntitle: Programme\nopener: band\nevents:\n" + "".join(
    f"  - title: Atelier {number}\n    when: {2 + number // 40} novembre, {8 + number % 12}:00\n"
    f"    region: {('Occitanie', 'Bretagne')[number % 2]}\n    organisers: [Écolab]\n"
    for number in range(60)
)
SEASON = """\
type: programme
title: Saison
events:
  - title: La pièce
    place: {venue: Théâtre, town: Brest}
    organisers: [Eau vive, écolab]
    speakers: ["Ousmane Traoré, comédien", "Compagnie du Port"]
    sessions:
      - "3 novembre, 20:30"
      - {when: "12 novembre, 20:30", place: {venue: Halle, town: Quimper}, room: Petite salle}
      - {when: "14 novembre, 20:30", status: postponed, postponed_to: "15 novembre, 18:00"}
      - {when: "16 novembre, 20:30", status: cancelled}
  - {title: Fin ouverte, when: à confirmer}
"""
REGIONS = """\
type: agenda
id: regions
title: De région en région
by: region
handout: yes
select: {section: programme}
"""
INDEX = """\
type: index
by: [person, organiser, place]
columns: 3
"""


def written(folder: Path, **files: str) -> Path:
    names = {
        "kit": KIT,
        "edito": EDITORIAL,
        "programme": PROGRAMME,
        "saison": SEASON,
        "regions": REGIONS,
        "index": INDEX,
    }
    for name, text in (names | files).items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("agenda"))


@pytest.fixture(scope="module")
def pdf(folder: Path) -> Pdf:
    build = journey.build(folder, folder / "output", cache=KEPT)
    assert build.dossier is not None, build.report
    assert build.report.ok
    return Pdf(build.dossier.path)


def flat(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def pages_of(pdf: Pdf, first: str) -> list[int]:
    """The pages from that of a bookmark to the next bookmark of its level."""
    reader = pypdf.PdfReader(pdf.path)
    tops = [each for each in reader.outline if not isinstance(each, list)]
    starts = [
        (str(each.title), (reader.get_destination_page_number(each) or 0) + 1) for each in tops
    ]
    number = next(n for n, (title, _) in enumerate(starts) if title == first)
    end = starts[number + 1][1] if number + 1 < len(starts) else len(pdf) + 1
    return list(range(starts[number][1], end))


def test_each_session_stands_on_its_day_with_hour_place_and_page(pdf: Pdf) -> None:
    text = flat(" ".join(pdf.page(page) for page in pages_of(pdf, "Agenda")))
    page = pages_of(pdf, "Saison")[0]
    first, second, third = (
        "20 h 30 La pièce · Eau vive et écolab · Théâtre, Brest",
        "20 h 30 La pièce · Eau vive et écolab · Halle, Quimper · Petite salle",
        "18 h REPORTÉ La pièce (initialement 14 novembre)",
    )
    assert text.index(first) < text.index(second) < text.index(third)
    assert f"La pièce · reporté au 15 novembre, voir p. {page}" in text
    assert f"{second} {page}" in text
    assert "lundi 16 novembre 20 h 30 ANNULÉ La pièce" in text
    assert "Date à confirmer Fin ouverte" in text


def test_the_numbers_of_the_agenda_are_true(pdf: Pdf) -> None:
    text = flat(" ".join(pdf.page(page) for page in pages_of(pdf, "Agenda")))
    section = pages_of(pdf, "Programme")
    for number in (0, 23, 59):
        (page,) = [page for page in section if re.search(rf"Atelier {number}\b", pdf.page(page))]
        assert f"Atelier {number} · Écolab {page}" in text


def test_a_day_that_goes_on_is_named_at_the_top_of_the_next_page(pdf: Pdf) -> None:
    first, *others = pages_of(pdf, "Agenda")
    assert others
    assert "(suite)" not in pdf.page(first)
    assert any("novembre (suite)" in pdf.head(page) for page in others)


def test_headings_of_the_agenda_are_bookmarks_and_its_lines_links(pdf: Pdf) -> None:
    reader = pypdf.PdfReader(pdf.path)
    outline: list[Any] = reader.outline
    titles = [None if isinstance(each, list) else str(each.title) for each in outline]
    below = outline[titles.index("Agenda") + 1]
    assert str(below[0].title) == "lundi 2 novembre"
    links = reader.pages[pages_of(pdf, "Agenda")[0] - 1]["/Annots"]
    assert len(links) >= 20  # type: ignore[arg-type]


def test_an_agenda_by_region_holds_what_is_selected(pdf: Pdf) -> None:
    pages = pages_of(pdf, "De région en région")
    text = flat(" ".join(pdf.page(page) for page in pages))
    assert text.index("Bretagne") < text.index("Occitanie")
    assert "La pièce" not in text
    assert "2 novembre, 8 h Atelier 0 · Écolab" in text


def test_the_index_merges_pages_and_spellings_and_sorts_as_the_language_does(pdf: Pdf) -> None:
    text = flat(" ".join(pdf.page(page) for page in pages_of(pdf, "Index")))
    section, season = pages_of(pdf, "Programme"), pages_of(pdf, "Saison")[0]
    assert section[-1] + 1 == season
    people = text[text.index("Personnes") : text.index("Organisateurs")]
    for name in ("Compagnie du Port", "Montchalin, Amélie de", "Traoré, Ousmane"):
        assert name in people
    organisers = text[text.index("Organisateurs") : text.index("Lieux")]
    assert "Eau vive" in organisers
    assert f"Écolab {section[0]}\u2013{season}" in organisers
    assert organisers.index("Eau vive") < organisers.index("Écolab")
    assert f"Halle, Quimper {season}" in text
    assert f"Théâtre, Brest {season}" in text


def test_the_contents_name_them_without_a_title_of_their_own(pdf: Pdf) -> None:
    contents = flat(pdf.page(2))
    assert f"Agenda {pages_of(pdf, 'Agenda')[0]}" in contents
    assert f"Index {pages_of(pdf, 'Index')[0]}" in contents


@pytest.mark.long
def test_an_agenda_can_be_a_handout(folder: Path, tmp_path: Path) -> None:
    (found,) = Workshop.of(folder, tmp_path).make(sections=("regions",)).values()
    assert "Atelier 59" in found.text


def test_pages_in_a_row_are_merged() -> None:
    pages = [(12, "a"), (14, "c"), (13, "b"), (18, "d"), (12, "e"), (21, "f"), (22, "g")]
    assert [text for text, _ in page_ranges(pages)] == ["12\u201314", "18", "21\u201322"]
    assert page_ranges([]) == ()


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Alix Martin", "Martin, Alix"),
        ("Jean-Pierre Le Goff", "Le Goff, Jean-Pierre"),
        ("Amélie de Montchalin", "Montchalin, Amélie de"),
        ("Jean d’Ormesson", "Ormesson, Jean d’"),
        ("Anne Marie Durand", "Durand, Anne Marie"),
        ("John F. Kennedy", "Kennedy, John F."),
        ("Vincent Van Gogh", "Van Gogh, Vincent"),
        ("Jean DUPONT", "DUPONT, Jean"),
        ("Mme Claire Lévêque", "Lévêque, Claire"),
        ("Orelsan", "Orelsan"),
        ("Compagnie du Port", "Compagnie du Port"),
        ("l'équipe du musée", "l'équipe du musée"),
    ],
)
def test_people_are_listed_under_their_surnames(name: str, listed: str) -> None:
    assert inverted(name) == listed


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"regions": REGIONS.replace("programme}", "programe}")}, "R125"),
        ({"regions": REGIONS.replace("section: programme", "theme: mer")}, "R126"),
        ({"regions": REGIONS.replace("by: region", "by: moon")}, "S104"),
        ({"index": INDEX.replace("place", "theme")}, "S102"),
        ({"index": INDEX.replace("columns: 3", "columns: 9")}, ""),
    ],
)
def test_what_cannot_be_listed_is_said(tmp_path: Path, files: dict[str, str], code: str) -> None:
    folder = written(tmp_path, **files)
    read = read_kit(folder)
    report = read.report
    if report.ok:
        report = review(folder, datetime.date(2026, 9, 1), KEPT).report
    errors = [found for found in report.diagnostics if found.severity.value == "error"]
    assert len(errors) == 1
    assert not code or errors[0].code == code


def test_a_place_is_looked_for_by_its_town_not_by_its_postcode() -> None:
    kit = read_kit(Path(__file__).parents[2] / "data" / "examples" / "festival").kit
    assert kit is not None
    entries = choose(kit, ()).entries
    entry = next(each for each in entries if each.event.place and not each.event.sessions)
    place = Place.model_validate({"town": "35000 Rennes"})
    moved = replace(entry, event=entry.event.model_copy(update={"place": place}))
    (line,) = index_list(kit, [moved], "place").entries
    assert (line.name, line.letter) == ("Rennes", "R")
