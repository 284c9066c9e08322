"""What was moved to another day stands at its new date, and its old date refers to it."""

from __future__ import annotations

from pathlib import Path

import icalendar
import pytest

from moip_press.exchange.changes.provenance import Provenance
from moip_press.exchange.changes.three_way_merge import propose
from moip_press.exchange.incoming.file_kinds import read_batch
from tests.exchange.exporting import kit_of, written
from tests.press.handouts import Workshop
from tests.reading import Pdf

KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: {name: Ville de Saint-Exemple}
chapters: [cover, programme.yaml, saison.yaml]
"""
PROGRAMME = """\
type: programme
title: Programme
order: date
opener: band
events:
  - title: Avancé
    when: 4 et 5 novembre, 14:00
    status: postponed
    postponed_to: 18 novembre, 9:30
  - {title: Allongé, when: 6 novembre, status: postponed, postponed_to: du 20 au 25 novembre}
  - {title: Suspendu, when: 9 novembre, status: postponed}
  - title: Retardé
    when: "10 novembre, 9:00"
    status: postponed
    postponed_to: "10 novembre, 11:00"
  - {title: Dernier, when: 30 novembre}
"""
SEASON = """\
type: programme
title: Saison
events:
  - title: La pièce
    sessions:
      - "3 novembre, 20:30"
      - {when: "12 novembre, 20:30", status: postponed, postponed_to: "19 novembre, 18:00"}
      - "13 novembre, 20:30"
      - {when: "24 novembre, 11:00", status: postponed, postponed_to: "24 novembre, 15:00"}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved")
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (folder / "saison.yaml").write_text(SEASON, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workshop(folder: Path) -> Workshop:
    return Workshop.of(folder, folder)


def flat(found: Pdf) -> str:
    return " ".join(found.text.replace("\u202f", " ").replace("\u00a0", " ").split())


def in_turn(text: str, *words: str) -> None:
    place = 0
    for each in words:
        assert each in text[place:], (each, text)
        place = text.index(each, place) + len(each)


def test_a_section_by_date_has_what_moved_at_both_dates(workshop: Workshop) -> None:
    (found,) = workshop.make(sections=("programme",)).values()
    text = flat(found)
    in_turn(
        text,
        "Avancé · reporté au 18 novembre, voir p. 1",
        "Allongé · reporté : du 20 au 25 novembre, voir p. 1",
        "Suspendu",
        "Retardé",
        "REPORTÉ Avancé",
        "REPORTÉ Allongé",
        "Dernier",
    )
    assert text.count("voir p.") == 2


def test_a_session_that_moved_stands_at_both_dates(workshop: Workshop) -> None:
    (found,) = workshop.make(sections=("saison",)).values()
    in_turn(
        flat(found),
        "les 3 et 13 novembre, à 20 h 30",
        "12 novembre, à 20 h 30 · reporté au 19 novembre",
        "19 novembre, à 18 h · reporté (initialement 12 novembre)",
        "24 novembre, à 15 h · reporté (initialement 24 novembre, à 11 h)",
    )


def test_an_agenda_names_it_on_both_days(workshop: Workshop) -> None:
    (found,) = workshop.make(by="day").values()
    in_turn(
        flat(found),
        "14 h Avancé · reporté au 18 novembre, voir p. 2 du dossier de presse",
        "14 h Avancé · reporté au 18 novembre",
        "Allongé · reporté : du 20 au 25 novembre",
        "11 h REPORTÉ Retardé (initialement 10 novembre, à 9 h)",
        "20 h 30 La pièce · reporté au 19 novembre, voir p. 3 du dossier de presse",
        "9 h 30 REPORTÉ Avancé (initialement les 4 et 5 novembre)",
        "18 h REPORTÉ La pièce (initialement 12 novembre)",
        "15 h REPORTÉ La pièce (initialement 24 novembre, à 11 h)",
    )


def test_the_handout_of_a_week_refers_to_where_it_moved(workshop: Workshop) -> None:
    made = {name: flat(found) for name, found in workshop.make(by="week").items()}
    first, second, third = (made[f"week-2026-w{week}"] for week in (45, 46, 47))
    assert "Avancé · reporté au 18 novembre, voir p. 2 du dossier de presse" in first
    assert "La pièce" in first
    assert "aussi les 13, 19 et 24 novembre" in first
    assert "La pièce · reporté au 19 novembre" in second
    assert "REPORTÉ Avancé" in third
    assert "reporté au 18 novembre, voir" not in third


def test_the_old_date_in_a_calendar_names_the_new_one(folder: Path, tmp_path: Path) -> None:
    kit = kit_of(folder)
    content = written(kit, "ics")
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    old = {str(e["uid"]).split("@")[0]: e for e in entries if ".moved." in str(e["uid"])}
    assert sorted(old) == [
        "allonge.moved.1",
        "avance.moved.1",
        "la-piece.20261112t2030.moved.1",
    ]
    assert str(old["avance.moved.1"]["summary"]).startswith("REPORTÉ (18 novembre 2026")
    assert str(old["avance.moved.1"]["related-to"]).startswith("avance@")
    assert old["avance.moved.1"]["status"] == "CANCELLED"
    path = tmp_path / "programme.ics"
    path.write_bytes(content)
    batch = read_batch(path, kit)
    assert not [record for record in batch.records if "REPORTÉ" in str(record)]
    assert not propose(kit, [batch], Provenance(), None).rest


def test_an_old_date_is_written_in_no_table(folder: Path) -> None:
    kit = kit_of(folder)
    assert written(kit, "csv").decode().count("Avancé") == 1
