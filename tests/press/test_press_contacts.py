"""Contacts who answer for regions or sections: on which pages and handouts they stand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pypdf
import pytest

from moip_press.kit.conditions import Selection
from moip_press.press import journey
from moip_press.press.compose.chapters import in_lines
from moip_press.press.outcome import Build, Order, Request
from moip_press.proofread.review import review
from tests.keeping import KEPT
from tests.reading import Pdf, one_line

KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
  - {id: ouest, name: Yann Kerber, email: ouest@example.org, regions: [bretagne]}
  - {id: nord, name: Zoé Lille, email: nord@example.org, regions: [Hauts-de-France]}
  - {id: labs, name: Camille Labo, email: labs@example.org, sections: [labs]}
chapters: [cover, contacts, labs.yaml, ateliers.yaml]
"""
LABS = """\
type: programme
id: labs
title: Les laboratoires
events:
  - {title: Visite, when: 2 novembre, region: Bretagne}
  - {title: Débat, when: 3 novembre}
"""
ATELIERS = """\
type: programme
id: ateliers
title: Les ateliers
events:
  - {title: Tricot, when: 4 novembre, region: Bretagne}
  - {title: Poterie, when: 5 novembre, region: Hauts-de-France}
  - {title: Forge, when: 6 novembre, region: Normandie}
"""
NAMES = {"presse": "Alix Martin", "ouest": "Yann Kerber", "nord": "Zoé Lille"}
NAMES["labs"] = "Camille Labo"


def written(folder: Path, kit: str = KIT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "kit.yaml").write_text(kit, encoding="utf-8")
    (folder / "labs.yaml").write_text(LABS, encoding="utf-8")
    (folder / "ateliers.yaml").write_text(ATELIERS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("contacts") / "kit")


def handouts(folder: Path, request: Request) -> dict[str, Pdf]:
    order = Order(dossier=False, handouts=request)
    made = journey.build(folder, folder.parent / "output", cache=KEPT, order=order)
    assert made.ok, made.report
    return {each.path.stem: Pdf(each.path) for each in made.handouts}


def told(pdf: Pdf) -> set[str]:
    """Return the ids of the contacts that are printed anywhere, and in the data."""
    printed = {name for name, words in NAMES.items() if words in one_line(pdf.text)}
    ((content,),) = pypdf.PdfReader(pdf.path).attachments.values()
    data = {each["id"] for each in json.loads(content)["kit"]["contacts"]}
    assert data == printed
    return printed


def test_a_handout_of_a_region_prints_those_who_answer_for_it(folder: Path) -> None:
    made = handouts(folder, Request(by="region"))
    assert told(made["region-bretagne"]) == {"ouest"}
    assert told(made["region-hauts-de-france"]) == {"nord"}
    assert told(made["region-normandie"]) == set(NAMES)
    assert told(made["region-lieu-a-preciser"]) == {"labs"}  # all of it is theirs


def test_a_selection_of_regions_prints_those_who_answer_for_all_of_it(folder: Path) -> None:
    both = Selection.parse(("region=Bretagne,Hauts-de-France",))
    (made,) = handouts(folder, Request(select=both)).values()
    assert told(made) == {"ouest", "nord"}
    wider = Selection.parse(("region=Bretagne,Normandie",))
    (made,) = handouts(folder, Request(select=wider)).values()
    assert told(made) == set(NAMES)


def test_the_handout_of_a_section_prints_those_who_answer_for_it(folder: Path) -> None:
    made = handouts(folder, Request())
    assert told(made["labs"]) == {"labs"}
    assert told(made["ateliers"]) == set(NAMES)


def test_a_handout_that_names_its_contacts_keeps_them(tmp_path: Path) -> None:
    own = "handouts: [{title: Ouest, select: {region: Bretagne}, contacts: [nord]}]\n"
    made = handouts(written(tmp_path / "kit", KIT + own), Request())
    assert told(made["ouest"]) == {"nord"}


def test_the_foot_of_a_section_names_its_contact_in_the_dossier(folder: Path) -> None:
    made: Build = journey.build(folder, folder.parent / "output", cache=KEPT)
    assert made.dossier is not None
    feet = [page for page in Pdf(made.dossier.path).pages if "Contact presse :" in page]
    assert len(feet) == 3
    assert [any(f"Contact presse : {NAMES[n]}" in page for page in feet) for n in NAMES] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sections: [labs]", "sections: [lab]", "R102"),
        ("regions: [bretagne]", "regions: [bretange]", "R127"),
        ("id: nord", "id: labs", "R101"),
    ],
)
def test_what_they_answer_for_is_in_the_kit(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in KIT
    found = review(written(tmp_path / "kit", KIT.replace(old, new)), date(2021, 10, 1), KEPT)
    assert code in [each.code for each in found.report.diagnostics]


def test_a_contact_may_have_the_id_of_a_part(folder: Path) -> None:
    """The contact “labs” and the section “labs” do not clash."""
    found = review(folder, date(2021, 10, 1), KEPT)
    assert "R101" not in [each.code for each in found.report.diagnostics]


def test_no_line_at_the_foot_of_a_page_of_a5_begins_or_ends_with_a_dot() -> None:
    facts = [
        "Contact presse : Solène Kermarrec",
        "presse@archipels.example",
        "02 99 00 41 52",
        "V1",
    ]
    assert in_lines(facts, 62) == [" · ".join(facts[:2]), " · ".join(facts[2:])]
    assert in_lines(facts, 20) == [*facts[:2], " · ".join(facts[2:])]
    assert in_lines([], 62) == []
