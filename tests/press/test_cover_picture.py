"""A picture on the cover: where it stands, who took it, and a title that is read on any of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from moip_press.press import journey
from moip_press.press.outcome import Build
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts
from tests.reading import A4, Pdf, one_line

TITLE = "Les rencontres nationales de la transformation publique dans les territoires ruraux"
KIT = """\
title: TITLE
kind: Dossier de presse
language: fr
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple, authority: [Ministère, de l'exemple]}
claim: Plus de 350 événements dans toute la France
cover:
  picture: {file: images/port.png, alt: Le port à l'aube, credit: Odile Marchetti}
  kind: KIND
chapters: [cover, programme.yaml, credits]
"""
LONG = """\
subtitle: Un mois pour comprendre, essayer et partager dans tous les départements
tagline: Les agents publics vous donnent rendez-vous !
embargo: 2 novembre 2021 à 6 h
version: 3
logo: {words: [Saint, Exemple]}
"""
EVENTS = "type: programme\ntitle: Le programme\nevents: [{title: Bal, when: 2 novembre}]\n"


def built(folder: Path, kind: str, colour: str, kit: str = KIT, title: str = "Le mois") -> Build:
    (folder / "images").mkdir(parents=True)
    Image.new("RGB", (1400, 1900), colour).save(folder / "images" / "port.png")
    words = kit.replace("TITLE", title).replace("KIND", kind)
    (folder / "kit.yaml").write_text(words, encoding="utf-8")
    (folder / "programme.yaml").write_text(EVENTS, encoding="utf-8")
    return journey.build(folder, folder.parent / "output", cache=KEPT)


def read(build: Build) -> Pdf:
    assert build.dossier is not None, build.report
    return Pdf(build.dossier.path)


@pytest.mark.parametrize("kind", ["half", "full"])
def test_it_takes_the_place_of_the_calendar_and_names_who_took_it(
    tmp_path: Path, kind: str
) -> None:
    made = built(tmp_path / "kit", kind, "white")
    assert made.report.diagnostics == ()
    pdf = read(made)
    cover = one_line(pdf.pages[0])
    assert "Le port à l'aube" in pdf.pictures
    assert "© Odile Marchetti" in cover.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 rendez-vous présenté dans ce dossier" in cover.replace("\N{NO-BREAK SPACE}", " ")
    assert "lu ma me" not in cover
    assert "Odile Marchetti" in one_line(pdf.pages[-1])  # the credits


@pytest.mark.parametrize("kind", ["half", "full"])
@pytest.mark.parametrize("colour", ["white", "black", "#ff8a70"])
def test_long_titles_stand_on_the_ground_of_the_cover_whatever_the_picture(
    tmp_path: Path, kind: str, colour: str
) -> None:
    made = built(tmp_path / "kit", kind, colour, KIT + LONG, TITLE)
    assert made.report.diagnostics == ()
    pdf = read(made)
    for words in ("Les rencontres", "Un mois pour", "Les agents publics", "350 événements"):
        left, bottom, right, top = pdf.spot(1, words)
        for x, y in ((left - 2, top + 1), (right + 2, bottom - 1)):
            assert pdf.colour(1, x, A4[1] - y) == "#0b1f4d", words


def test_without_words_for_listeners_it_is_an_error(tmp_path: Path) -> None:
    made = built(tmp_path / "kit", "half", "white", KIT.replace("alt: Le port à l'aube, ", ""))
    assert [each.code for each in made.report.diagnostics] == ["I104"]


def test_a_picture_that_is_awaited_is_a_visible_blank(tmp_path: Path) -> None:
    kit = KIT.replace("file: images/port.png", "pending: yes")
    text = one_line(read(built(tmp_path / "kit", "full", "white", kit)).pages[0])
    assert "Image à venir" in text


@pytest.mark.long
@pytest.mark.parametrize("kind", ["half", "full"])
def test_verapdf_accepts_it(tmp_path: Path, kind: str) -> None:
    said = verdicts([read(built(tmp_path / "kit", kind, "white", KIT + LONG, TITLE)).path])
    assert len(said) == len(FLAVOURS)
    assert {each.outcome for each in said.values()} == {"pass"}, said
