"""A French name of a field is told with the English one, and corrected where that is free."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press import cli
from moip_press.kit.model import french_keys
from moip_press.kit.model.edition import Edition, Glossary
from moip_press.kit.model.kit_files import PART_MODELS, read_kit
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.model_errors import _fields, _records_in

KIT = """\
titre: Semaine
période: {début: 2026-11-01, fin: 2026-11-30}
éditeur: {nom: Ville}
contacts: [{identifiant: presse, nom: Alix Martin, courriel: presse@ville.fr}]
chapitres: [programme.yaml]
"""
PROGRAMME = """\
type: programme
titre: Le programme
évènements:
  - titre: Portes ouvertes
    date: 16 novembre
    lieu: {salle: La Halle, ville: Rennes}
    Organisateur: Ifremer
    descriptif: Venez.
    mots_rien: x
"""


def write(folder: Path, programme: str = PROGRAMME) -> Path:
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(programme, encoding="utf-8")
    return folder


def test_french_names_are_told_in_english_and_corrected(tmp_path: Path) -> None:
    assert cli.run(["check", str(write(tmp_path)), "--fix", "-q"]) == 1
    left = read_kit(tmp_path)
    assert [(each.code, each.span.start.line) for each in left.report.diagnostics] == [("S101", 9)]
    text = (tmp_path / "programme.yaml").read_text(encoding="utf-8")
    assert "    when: 16 novembre\n    place: {venue: La Halle, town: Rennes}\n" in text
    assert "    organisers: Ifremer\n    text: Venez.\n" in text


@pytest.mark.parametrize("first", ["title: Autre", "intitulé: Autre"])
def test_a_name_that_is_taken_is_not_given_twice(tmp_path: Path, first: str) -> None:
    programme = PROGRAMME.replace("  - titre:", f"  - {first}\n    titre:")
    assert cli.run(["check", str(write(tmp_path, programme)), "--fix", "-q"]) == 1
    codes = [each.code for each in read_kit(tmp_path).report.diagnostics]
    assert codes == ["S101", "S101"]  # the one that is taken, and “mots_rien”


@pytest.mark.parametrize(
    ("field", "word", "meant"),
    [
        ("status", "annulé", "cancelled"),
        ("status", "reportée", "postponed"),
        ("status", "À confirmer", "draft"),
        ("sessions: [{when: 3 novembre, status", "complet", "full"),
    ],
)
def test_french_words_for_a_status_are_told_in_english(
    tmp_path: Path, field: str, word: str, meant: str
) -> None:
    (tmp_path / "kit.yaml").write_text(
        "title: T\nperiod: novembre 2026\npublisher: V\nchapters: [a.yaml]\n", encoding="utf-8"
    )
    when, end = ("", "}]") if "sessions" in field else ("when: 3 novembre\n    ", "")
    (tmp_path / "a.yaml").write_text(
        f"type: programme\ntitle: A\nevents:\n  - title: B\n    {when}{field}: {word}{end}\n",
        encoding="utf-8",
    )
    (found,) = read_kit(tmp_path).report.diagnostics
    assert (found.code, found.hint.values) == ("S104", {"suggestion": meant})  # type: ignore[union-attr]


def test_every_name_that_is_meant_is_a_field() -> None:
    waiting, known = [Edition, Glossary, Looks, *PART_MODELS], set[str]()
    seen = set(waiting)
    while waiting:
        model = waiting.pop()
        known.update(_fields([model]))
        below = {m for f in model.model_fields.values() for m in _records_in(f.annotation)}
        waiting += below - seen
        seen |= below
    meant = {name for names in french_keys.MEANT.values() for name in names}
    assert len(meant) > 80
    assert meant - known == set()
