"""Sessions in the data of a PDF and in comparisons; data of earlier versions is read for good."""

from __future__ import annotations

from pathlib import Path

from moip_press.editions.comparison.change_formats import concise
from moip_press.editions.comparison.changes import Changes
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document
from moip_press.report.messages import Catalogue
from tests.editions.versions import HARBOUR, described

WRITTEN = Path(__file__).parent / "written"
KIT = """\
title: Saison
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: {name: Ville}
chapters: [a.yaml]
"""
EVENT = """\
type: programme
title: La saison
events:
  - title: Le Malade imaginaire
    sessions:
      - when: 3 novembre, 20:30
      - when: 4 novembre, 20:30
      - {when: "5 novembre, 20:30", place: {venue: Salle des fêtes}}
"""


def saved(folder: Path, events: str) -> Document:
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "a.yaml").write_text(events, encoding="utf-8")
    return described(folder)


def compared(folder: Path, old: str, new: str) -> Changes:
    return compare(saved(folder / "old", old), saved(folder / "new", new))


def said(changes: Changes) -> str:
    plain = concise(changes, Catalogue("fr")).replace("\u00a0", " ").replace("\u202f", " ")
    return plain.strip()


def test_data_of_the_first_version_is_that_of_today() -> None:
    old = Document.from_json((WRITTEN / "harbour-1.json").read_bytes())
    assert compare(old, described(HARBOUR)).changes == ()


def test_a_session_that_moves_is_a_change_of_that_session(tmp_path: Path) -> None:
    changes = compared(tmp_path, EVENT, EVENT.replace("4 novembre, 20:30", "8 novembre, 15:00"))
    assert [change.kind for change in changes.changes] == ["moved"]
    assert "8 novembre, à 15 h (avant : 4 novembre, à 20 h 30)" in said(changes)
    assert "3 novembre" not in said(changes)


def test_a_session_that_is_full_is_told_with_its_state(tmp_path: Path) -> None:
    new = EVENT.replace("when: 3 novembre, 20:30", "{when: '3 novembre, 20:30', status: full}")
    changes = compared(tmp_path, EVENT, new)
    assert [change.kind for change in changes.changes] == ["place"]
    assert "3 novembre, à 20 h 30 (complet)" in said(changes)


def test_one_date_that_becomes_two_sessions_is_told(tmp_path: Path) -> None:
    one = EVENT[: EVENT.index("    sessions:")] + "    when: 3 novembre, 20:30\n"
    changes = compared(tmp_path, one, EVENT)
    assert [change.kind for change in changes.changes] == ["moved"]
    assert "5 novembre, à 20 h 30 (Salle des fêtes)" in said(changes)


def test_dates_that_come_again_are_compared_by_their_days(tmp_path: Path) -> None:
    one = EVENT[: EVENT.index("    sessions:")] + "    when: tous les mardis de novembre\n"
    same = one.replace("tous les mardis de novembre", "3, 10, 17 et 24 novembre")
    assert compared(tmp_path, one, same).changes == ()
