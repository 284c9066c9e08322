"""The pictures of a kit as journalists look for them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.media.pictures import Picture, pictures

KIT = """\
title: Mois du design
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
logo: {file: images/logo.svg, alt: Mois du design}
cover: {picture: {file: images/cover.jpg, alt: Le quai au matin, credit: Alix Martin}}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
partners: [{name: Port, logo: {file: images/port.png, alt: Le port, rights: marque déposée}}]
chapters: [cover, edito.yaml, article.yaml, programme.yaml, partners]
"""
EDITO = """\
type: editorial
title: Édito
author:
  name: Camille Durand
  portrait: {file: images/camille.jpg, credit: Alix Martin, until: 2021-10-01}
body: Bienvenue.
"""
ARTICLE = """\
type: article
title: Le quai
body:
  - type: figure
    image:
      file: images/quai.jpg
      caption: Le **quai** Nord
      credit: Alix Martin
      rights: CC BY 4.0
      consent: accord écrit de la personne
  - {type: figure, image: {file: images/bord.jpg, decorative: yes}}
  - {type: figure, image: {file: images/soon.jpg, pending: yes, alt: Attendue}}
  - {type: figure, title: Le soir, image: {file: images/quai2.jpg, caption: Le quai Nord}}
  - {type: figure, image: {file: images/quai3.jpg, caption: Le quai Nord}}
"""
PROGRAMME = """\
type: programme
title: Les ateliers
events:
  - title: Atelier du port
    when: 16 novembre
    text: On y vient.
    image: {file: images/quai.jpg, alt: Un quai vide, until: 2022-01-31}
  - {title: Secret, when: 17 novembre, status: draft, image: {file: images/secret.jpg}}
"""
FILES = {
    "kit.yaml": KIT,
    "edito.yaml": EDITO,
    "article.yaml": ARTICLE,
    "programme.yaml": PROGRAMME,
}
TODAY = datetime.date(2021, 10, 15)


def listed(folder: Path, **changed: str) -> tuple[Picture, ...]:
    for name, text in FILES.items():
        (folder / name).write_text(changed.get(name.partition(".")[0], text), encoding="utf-8")
    kit = read_kit(folder).kit
    assert kit
    return pictures(kit.printed(), TODAY)


@pytest.fixture
def found(tmp_path: Path) -> dict[str, Picture]:
    return {each.file.removeprefix("images/"): each for each in listed(tmp_path)}


def test_pictures_come_in_the_order_of_the_pages_without_decorations_blanks_and_drafts(
    found: dict[str, Picture],
) -> None:
    assert [*found] == [
        "logo.svg", "cover.jpg", "camille.jpg", "quai.jpg", "quai2.jpg", "quai3.jpg", "port.png",
    ]  # fmt: skip


def test_a_name_says_what_is_seen_and_is_the_name_of_no_other(found: dict[str, Picture]) -> None:
    assert [each.name for each in found.values()] == [
        "mois-du-design",
        "le-quai-au-matin",
        "camille-durand",
        "le-quai-nord",
        "le-quai-nord-le-soir",
        "le-quai-nord-le-quai",
        "le-port",
    ]


def test_a_picture_says_where_it_is_shown(found: dict[str, Picture]) -> None:
    assert [(each.id, each.title) for each in found["quai.jpg"].shown] == [
        ("le-quai", "Le quai"),
        ("atelier-du-port", "Atelier du port"),
    ]
    event = found["quai.jpg"].shown[1].event
    assert event
    assert event.title == "Atelier du port"
    assert found["cover.jpg"].shown[0].id == "cover"
    assert found["port.png"].shown[0].id == "partners"


def test_what_one_place_does_not_say_of_a_picture_another_does(found: dict[str, Picture]) -> None:
    quay = found["quai.jpg"]
    assert (quay.caption, quay.alt) == ("Le quai Nord", "Un quai vide")
    assert (quay.credit, quay.rights) == ("Alix Martin", "CC BY 4.0")
    assert quay.consent == "accord écrit de la personne"
    assert quay.until == datetime.date(2022, 1, 31)
    assert found["quai2.jpg"].credit == found["quai2.jpg"].rights == ""


def test_only_a_picture_whose_last_day_is_past_has_ended(found: dict[str, Picture]) -> None:
    assert [name for name, each in found.items() if each.ended] == ["camille.jpg"]


def test_the_credits_of_the_kit_give_the_rights_of_what_says_nothing(tmp_path: Path) -> None:
    said = listed(tmp_path, kit=KIT + "credits: Images **libres de droits** pour la presse.\n")
    of_all = "Images libres de droits pour la presse."
    assert {each.rights for each in said if not each.is_logo} == {"CC BY 4.0", of_all}
    assert {each.credit for each in said if not each.is_logo} == {"Alix Martin", of_all}
    assert {each.rights for each in said if each.is_logo} == {"", "marque déposée"}
