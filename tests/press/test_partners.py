"""Partners: in groups of the kit's own titles, their logos as heavy to the eye as each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.compose.partner_logos import PartnerLogos
from moip_press.system.cache import Cache
from tests.keeping import KEPT
from tests.reading import Pdf, one_line

KIT = """\
title: Semaine de la lecture
language: fr
period: {start: 2023-03-06, end: 2023-03-12}
publisher: {name: Ville de Saint-Exemple}
partners:
  - {name: La Région, group: Organisateurs, logo: {file: square.png, alt: La Région}}
  - {name: Le Mécène, group: Avec le soutien de, logo: {file: wide.png, alt: Le Mécène}}
  - {name: La Ville, group: Organisateurs, logo: {file: framed.png, alt: La Ville}}
  - {name: Sans groupe, logo: {file: light.png, alt: Sans groupe}}
chapters: [mot.yaml, partners]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit with four logos: a square, a wide one, one with margins, one of thin lines."""
    found = tmp_path_factory.mktemp("partners") / "kit"
    found.mkdir()
    (found / "kit.yaml").write_text(KIT, encoding="utf-8")
    (found / "mot.yaml").write_text(
        "type: article\ntitle: Un mot\nintroduction: Avant tout.\n", encoding="utf-8"
    )
    Image.new("RGB", (400, 400), "navy").save(found / "square.png")
    Image.new("RGB", (800, 200), "navy").save(found / "wide.png")
    framed = Image.new("RGB", (500, 500), "white")
    framed.paste("navy", (50, 50, 450, 450))
    framed.save(found / "framed.png")
    light = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(light).rectangle((0, 0, 399, 399), outline="navy", width=20)
    light.save(found / "light.png")
    return found


@pytest.fixture(scope="module")
def logos(folder: Path) -> PartnerLogos:
    kit = read_kit(folder).kit
    assert kit is not None
    return PartnerLogos(kit, Theme(folder), Cache())


def width(logos: PartnerLogos, file: str) -> float:
    found = logos.width(file, 48, 22)
    assert found is not None
    return found


def test_logos_of_any_shape_have_the_same_area(logos: PartnerLogos) -> None:
    square, wide = width(logos, "square.png"), width(logos, "wide.png")
    assert square**2 == pytest.approx(wide * wide / 4, rel=0.03)


def test_margins_round_a_logo_do_not_make_it_smaller(logos: PartnerLogos) -> None:
    shown = width(logos, "framed.png") * 400 / 500
    assert shown == pytest.approx(min(width(logos, "square.png"), 22 * 0.8), rel=0.05)


def test_a_logo_of_thin_lines_stands_larger_than_a_solid_one(logos: PartnerLogos) -> None:
    assert width(logos, "light.png") > width(logos, "square.png") * 1.1


def test_no_logo_is_larger_than_its_place(logos: PartnerLogos) -> None:
    assert width(logos, "wide.png") <= 48
    assert width(logos, "light.png") <= 22
    assert logos.width("elsewhere.png", 48, 22) is None


def test_groups_have_their_titles_and_those_without_come_first(folder: Path) -> None:
    made = journey.build(folder, folder.parent / "output", cache=KEPT)
    assert made.dossier is not None, made.report
    text = one_line(Pdf(made.dossier.path).pages[-1])
    places = [
        text.find(words)
        for words in (
            "Sans groupe",
            "Organisateurs",
            "La Région",
            "La Ville",
            "Avec le soutien de",
            "Le Mécène",
        )
    ]
    assert -1 not in places
    assert places == sorted(places)
