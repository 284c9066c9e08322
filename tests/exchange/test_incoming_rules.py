"""The rules of what is imported: each example that is a table brings its rule about, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread.explaining import explanation
from moip_press.proofread.rules import rules_of
from moip_press.report.messages import Catalogue
from moip_press.report.rule import Rule
from tests.exchange.importing import codes

READ = ("M2", "M3", "M4")
"""What is found while a file is read; M5 is found where it meets the kit (tests/test_import.py)."""
TABLES = [
    rule
    for rule in rules_of("M")
    if rule.code.startswith(READ) and rule.wrong.startswith(("Titre;", "Identifiant;"))
]
KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
chapters: [etat.yaml, labs.yaml]
"""
SECTION = (
    "type: programme\ntitle: Section {id}\nid: {id}\nevents: [{{title: Fête, when: 2 novembre}}]\n"
)


def found(folder: Path, table: str) -> list[str]:
    """Return the codes of what is found in a table, imported into a small kit."""
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    for name in ("etat", "labs"):
        (folder / f"{name}.yaml").write_text(SECTION.format(id=name), encoding="utf-8")
    kit = read_kit(folder).kit
    assert kit is not None
    assert kit.whole
    (folder / "table.csv").write_text(table, encoding="utf-8")
    return codes(read_batch(folder / "table.csv", kit))


@pytest.mark.parametrize("rule", TABLES, ids=lambda rule: rule.code)
def test_an_example_is_found_and_what_is_right_is_not(tmp_path: Path, rule: Rule) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert found(tmp_path / "wrong", rule.wrong) == [rule.code]
    assert found(tmp_path / "right", rule.right) == []


def test_most_rules_have_such_an_example() -> None:
    assert len(TABLES) >= 12


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_explanation_speaks_of_the_file_and_of_no_waiver(language: str) -> None:
    for rule in rules_of("M"):
        text = explanation(rule, Catalogue(language))
        assert "--skip-bad" in text
        assert "waivers" not in text


def test_a_kit_maps_headings_and_is_told_of_a_field_that_there_is_not(tmp_path: Path) -> None:
    mapped = KIT + 'imports: {columns: {"Nom de code": title, Jauge: places}}\n'
    (tmp_path / "kit.yaml").write_text(mapped, encoding="utf-8")
    for name in ("etat", "labs"):
        (tmp_path / f"{name}.yaml").write_text(SECTION.format(id=name), encoding="utf-8")
    kit = read_kit(tmp_path).kit
    assert kit is not None
    (tmp_path / "t.csv").write_text("NOM DE CODE;Date\nAtelier;16 novembre\n", encoding="utf-8")
    batch = read_batch(tmp_path / "t.csv", kit)
    assert [record.values["title"] for record in batch.records] == ["Atelier"]
    (told,) = batch.report.diagnostics
    assert Catalogue("en").say(told.message) == "“places” is no field of an event."
    assert (told.code, Path(told.span.file).name, told.span.start.line) == ("M303", "kit.yaml", 5)
