"""A kit with several periods: its cover, calendar and strips, and what is outside of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from moip_press.editions.next_edition import begin
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.when import Period
from moip_press.press import journey
from moip_press.press.compose.calendar import strips
from moip_press.proofread.review import review
from tests.keeping import KEPT
from tests.reading import Pdf

NOVEMBER, LATER = "{name: Métropole, start: 2026-11-01, end: 2026-11-30}", "2026-11-08"
KIT = f"""\
title: Mois de la mer
periods:
  - {NOVEMBER}
  - {{name: Outre-mer, start: {LATER}, end: 2026-12-12, regions: [Guadeloupe, La Réunion]}}
publisher: Association
contacts: [{{id: presse, name: Alix Martin, email: presse@example.org}}]
chapters: [cover, programme.yaml, edito.yaml]
"""
PROGRAMME = """\
type: programme
title: Le programme
events:
  - {title: Ouverture, when: 3 novembre, region: Bretagne}
  - {title: Trop tôt, when: 4 novembre, region: Guadeloupe}
  - {title: À temps, when: 9 novembre, region: La Réunion}
  - {title: Partout, when: 10 novembre}
  - {title: Trop tard, when: 5 décembre, region: Bretagne}
  - {title: Encore à temps, when: 12 décembre, region: guadeloupe}
"""
EDITO = """\
type: editorial
title: Bienvenue
author: Léa Martin
body: |
  Le Mois de la mer se déroule du 1er au 30 novembre.

  Outre-mer, le Mois de la mer se tient du 8 novembre au 12 décembre.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kit = tmp_path_factory.mktemp("periods")
    for name, text in (("kit", KIT), ("programme", PROGRAMME), ("edito", EDITO)):
        (kit / f"{name}.yaml").write_text(text, encoding="utf-8")
    return kit


@pytest.fixture(scope="module")
def pdf(folder: Path) -> Pdf:
    build = journey.build(folder, folder / "output", cache=KEPT)
    assert build.dossier is not None, build.report.diagnostics
    return Pdf(build.dossier.path)


def test_an_event_is_checked_against_the_period_of_its_region(folder: Path) -> None:
    found = review(folder, date(2026, 9, 1), KEPT).report.diagnostics
    outside = {each.span.start.line for each in found if each.code == "D202"}
    lines = PROGRAMME.split("\n")
    assert {lines[number - 1].split(",")[0].rpartition(": ")[2] for number in outside} == {
        "Trop tôt",
        "Trop tard",
    }
    assert not [each for each in found if each.code == "D201"]


def test_days_without_a_year_are_read_within_all_periods(folder: Path) -> None:
    kit = read_kit(folder).kit
    assert kit is not None
    assert kit.edition.period.value == Period(date(2026, 11, 1), date(2026, 12, 12))
    assert kit.events()[-1].when.start == date(2026, 12, 12)


def test_the_cover_names_each_period(pdf: Pdf) -> None:
    text = pdf.page(1).replace("\u00a0", " ")
    assert "Métropole : du 1er au 30 novembre 2026" in text
    assert "Outre-mer : du 8 novembre au 12 décembre 2026" in text


def test_a_section_has_a_strip_for_each_period_in_which_it_has_events(folder: Path) -> None:
    kit = read_kit(folder).kit
    assert kit is not None
    found = strips(kit.edition, kit.events())
    assert [(each.name, len(each.days)) for each in found] == [("Métropole", 30), ("Outre-mer", 35)]
    assert sum(day.count for day in found[1].days) == 2


def test_the_strips_stand_one_below_the_other(pdf: Pdf) -> None:
    page = pdf.pages_with("Le programme")[1]
    assert "Métropole 1 2 3" in pdf.page(page)
    assert "Outre-mer 8 9 10" in pdf.page(page)
    _, above, *_ = pdf.spot(page, "Métropole")
    _, below, *_ = pdf.spot(page, "Outre-mer")
    assert above - below > 10


def test_the_next_edition_moves_every_period(folder: Path) -> None:
    read = read_kit(folder)
    assert read.kit is not None
    text = begin(read.kit, read.sources.values(), "2027").files["kit.yaml"].decode()
    assert "start: 2027-11-08, end: 2027-12-12" in text
    assert "start: 2027-11-01, end: 2027-11-30" in text
