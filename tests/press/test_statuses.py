"""Events that are cancelled, postponed or drafts: on pages, in data, and where they are counted."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pypdf
import pytest

from moip_press.press import journey
from moip_press.press.outcome import Build, Order, Request
from moip_press.proofread.review import review
from moip_press.report.diagnostics import Diagnostic
from tests.keeping import KEPT
from tests.reading import Pdf

KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
handouts: [{title: Agenda, id: agenda, by: day}]
chapters: [cover, programme.yaml]
"""
EVENTS = """\
type: programme
id: programme
title: Programme
opener: half
events:
  - {title: Ferme, id: ferme, when: 2 novembre}
  - {title: Incertain, id: incertain, when: 3 novembre, status: draft, text: Un secret.}
  - title: Avancé
    id: avance
    when: 4 et 5 novembre, 14:00
    status: postponed
    postponed_to: 18 novembre, 9:30
  - {title: Suspendu, id: suspendu, when: 9 novembre, status: postponed}
  - {title: Perdu, id: perdu, when: 12 novembre, status: cancelled}
  - {title: Dernier, id: dernier, when: 30 novembre}
"""


def written(folder: Path, kit: str = KIT, events: str = EVENTS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "kit.yaml").write_text(kit, encoding="utf-8")
    (folder / "programme.yaml").write_text(events, encoding="utf-8")
    return folder


def built(folder: Path) -> Build:
    made = journey.build(
        folder, folder.parent / "output", cache=KEPT, order=Order(handouts=Request())
    )
    assert made.ok, made.report
    return made


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return built(written(tmp_path_factory.mktemp("statuses") / "kit"))


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return built(written(tmp_path_factory.mktemp("drafts") / "kit", KIT + "status: draft\n"))


def pdf_of(made: Build, name: str = "dossier") -> Pdf:
    assert made.dossier is not None
    paths = {"dossier": made.dossier.path} | {each.path.stem: each.path for each in made.handouts}
    return Pdf(paths[name])


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_cancelled_event_stays_in_its_place(final: Build) -> None:
    text = flat(pdf_of(final).text)
    assert "Perdu · ANNULÉ" in text
    assert "ANNULÉ Perdu" in text
    assert text.rindex("Suspendu") < text.rindex("Perdu") < text.rindex("Dernier")


def test_a_postponed_event_shows_its_old_date_and_its_new_one(final: Build) -> None:
    """What is struck through is copied and read aloud in words that say what it was."""
    text = flat(pdf_of(final).page(2))
    assert "les 4 et 5 novembre, à 14 h reporté au jeudi 18 novembre 9 h 30 REPORTÉ Avancé" in text
    assert "18 novembre Avancé · REPORTÉ (initialement les 4 et 5 novembre)" in text


def test_an_event_without_a_new_date_says_that_it_is_to_come(final: Build) -> None:
    text = flat(pdf_of(final).page(2))
    assert "reporté, nouvelle date à venir REPORTÉ Suspendu" in text
    assert "9 novembre Suspendu · REPORTÉ (nouvelle date à venir)" in text


def test_the_agenda_has_them_on_the_day_that_holds_now(final: Build) -> None:
    text = flat(pdf_of(final, "agenda").text)
    assert "18 novembre 9 h 30 REPORTÉ Avancé (initialement les 4 et 5 novembre)" in text
    assert "ANNULÉ Perdu" in text
    assert "REPORTÉ Suspendu (nouvelle date à venir)" in text


def test_the_calendar_has_a_dot_where_a_day_is_known(final: Build) -> None:
    dots = {link.anchor for link in pdf_of(final).links if link.page == 1}
    assert dots == {f"programme--{name}" for name in ("ferme", "avance", "dernier")}


def test_a_draft_event_is_nowhere_in_a_final_kit(final: Build) -> None:
    assert "4 rendez-vous" in flat(pdf_of(final).page(1))
    for name in ("dossier", "programme", "agenda"):
        pdf = pdf_of(final, name)
        assert "Incertain" not in pdf.text
        data = pypdf.PdfReader(pdf.path).attachments["data.json"][0].decode()
        assert "Ferme" in data
        assert "Incertain" not in data
        assert "secret" not in data
    assert [each.events for each in final.handouts] == [5, 5]


def test_a_draft_event_is_printed_in_a_draft(draft: Build) -> None:
    assert "5 rendez-vous" in flat(pdf_of(draft).page(1))
    for name in ("dossier", "programme", "agenda"):
        pdf = pdf_of(draft, name)
        assert "Incertain" in pdf.text
        told = json.loads(pypdf.PdfReader(pdf.path).attachments["data.json"][0])
        assert "Incertain" in json.dumps(told)
        assert told["kit"]["status"] == "draft"


def found(folder: Path) -> list[Diagnostic]:
    made = review(folder, datetime.date(2021, 10, 1), KEPT)
    return list(made.faults.diagnostics)


def test_drafts_that_are_left_out_are_told(tmp_path: Path) -> None:
    (left,) = found(written(tmp_path / "kit"))
    assert left.code == "S111"
    assert left.message.count == 1
    assert left.span.start.line == 7


def test_nothing_is_told_of_drafts_in_a_draft(tmp_path: Path) -> None:
    assert found(written(tmp_path / "kit", KIT + "status: draft\n")) == []


def test_a_reference_to_a_draft_is_an_error_where_it_is_not_printed(tmp_path: Path) -> None:
    events = EVENTS.replace("id: dernier,", 'id: dernier, text: "Voir p. {page:incertain}.",')
    reference, left = sorted(found(written(tmp_path / "kit", KIT, events)), key=lambda d: d.code)
    assert (reference.code, left.code) == ("R107", "S111")
    assert reference.span.start.line == 15
    assert found(written(tmp_path / "kit", KIT + "status: draft\n", events)) == []


def test_a_draft_may_refer_to_anything(tmp_path: Path) -> None:
    events = EVENTS.replace("Un secret.", '"Voir p. {page:avance}."')
    assert [each.code for each in found(written(tmp_path / "kit", KIT, events))] == ["S111"]


def test_a_new_date_without_its_status_is_told(tmp_path: Path) -> None:
    events = EVENTS.replace("    status: postponed\n", "")
    codes = sorted(each.code for each in found(written(tmp_path / "kit", KIT, events)))
    assert codes == ["S111", "S112"]


def test_places_in_files_stay_right_behind_a_draft(tmp_path: Path) -> None:
    """What pages are found guilty of is told of the event itself, not of the one before it."""
    long = "mot " * 3000
    events = EVENTS.replace("id: dernier,", f"id: dernier, text: {long.strip()},")
    made = journey.build(written(tmp_path / "kit", KIT, events), tmp_path / "output", cache=KEPT)
    (torn,) = [each for each in made.report.diagnostics if each.code == "P202"]
    assert torn.span.start.line == 15
