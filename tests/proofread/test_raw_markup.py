"""Markup that is not read is named at its place, with what to do, and mended where it is certain.

``pytest --rewrite-expected`` writes the report on tests/proofread/raw_markup/ anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread import fixing
from moip_press.proofread.check.raw_markup import RULES, markup_is_set
from moip_press.report.diagnostics import Diagnostic

HERE = Path(__file__).parent / "raw_markup"
KIT = """title: Mois du livre
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville}
chapters: [programme.yaml]
"""
PROGRAMME = """type: programme
title: Le programme
events:
  - when: 2 novembre
"""


def found(folder: Path, event: str) -> tuple[list[Diagnostic], str]:
    """Return what is found in an event with these fields, and them once mended."""
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME + event, encoding="utf-8")
    read = read_kit(folder)
    assert read.kit is not None, read.report
    diagnostics = list(markup_is_set(read.kit))
    texts = fixing.fix(diagnostics, read.sources).texts
    return diagnostics, next(iter(texts.values()), PROGRAMME + event).removeprefix(PROGRAMME)


def test_each_is_named_at_its_place_with_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: Path,
    rewrite_expected: bool,
) -> None:
    shutil.copytree(HERE, tmp_path / "kit", ignore=shutil.ignore_patterns("expected.*"))
    monkeypatch.chdir(tmp_path)
    options = ("kit", "--language", "fr", "--cache-dir", str(kept))
    cli.run(["check", *options, "--format", "full"])
    report = capsys.readouterr().out
    if rewrite_expected:
        (HERE / "expected.fr.txt").write_text(report, encoding="utf-8")
    assert report == (HERE / "expected.fr.txt").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"[{rule.code}]" in report
    cli.run(["check", *options, "--fix"])
    mended = (tmp_path / "kit" / "programme.yaml").read_text(encoding="utf-8")
    assert (
        "Voir le [plan](https://www.example.org/plan), le [site](https://www.example.org)" in mended
    )
    assert "[p]:" not in mended
    assert "Entrée **libre** et" in mended
    assert "title: Portes ouvertes" in mended.replace('"', "")


PLAIN = [
    ('  title: "**Portes** ouvertes"', '  title: "Portes ouvertes"'),
    ("  title: Autour de *Samba*", "  title: Autour de Samba"),
    ("  title: Autour de _Samba_", "  title: Autour de Samba"),
    ('  title: "# Portes ouvertes"', '  title: "Portes ouvertes"'),
    ("  title: • Portes ouvertes", "  title: Portes ouvertes"),
    ("  title: Portes <b>ouvertes</b>", "  title: Portes ouvertes"),
    ("  title: Portes<br>ouvertes", "  title: Portes ouvertes"),
    ("  title: 'Portes \\*ouvertes'", "  title: 'Portes *ouvertes'"),
    ("  title: ~~Portes~~ ouvertes", None),
    ('  title: "[Portes](https://www.example.org)"', None),
    ('  title: "[Design]{lang=en}"', None),
    ("  title: Portes </i> ouvertes", None),
]


@pytest.mark.parametrize(("typed", "mended"), PLAIN)
def test_a_field_of_plain_text_takes_no_markup(
    tmp_path: Path, typed: str, mended: str | None
) -> None:
    event = f"  {typed}\n"
    diagnostics, after = found(tmp_path, event)
    assert [each.code for each in diagnostics] == ["S120"]
    assert after == (event if mended is None else f"  {mended}\n")


@pytest.mark.parametrize(
    "title",
    ["M*A*S*H", "5 * 3 * 2", "12 ans et plus", "a_b_c, #MoisDuLivre", "> 12 ans", "- 20 %", "C <3"],
)
def test_what_is_no_markup_is_left_alone(tmp_path: Path, title: str) -> None:
    assert found(tmp_path, f'    title: "{title}"\n')[0] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Au programme\n      - une visite\n      - un débat", 7),
        (">\n      Au programme :\n      • une visite\n      • un débat", 8),
        ('"Au programme\n      1. une visite\n      2. un débat"', 7),
    ],
)
def test_items_that_yaml_joins_are_named(tmp_path: Path, text: str, line: int) -> None:
    (told,), _ = found(tmp_path, f"    title: Visite\n    text: {text}\n")
    assert (told.code, told.span.start.line, told.span.end.line) == ("S117", line, line + 1)


def test_a_dash_at_the_end_of_a_joined_line_is_no_item(tmp_path: Path) -> None:
    text = ">\n      Un texte long – avec\n      – comme ici –, une incise."
    assert found(tmp_path, f"    title: Visite\n    text: {text}\n")[0] == []


def test_the_note_of_an_asterisk_is_no_list(tmp_path: Path) -> None:
    lone = '    title: Portes ouvertes\n    notes: ["* Sauf le lundi"]\n'
    assert [each.code for each in found(tmp_path, lone)[0]] == ["S122"]
    noted = lone.replace("ouvertes", "ouvertes*")
    assert found(tmp_path, noted)[0] == []


def test_the_fields_of_a_template_are_its_own_matter(tmp_path: Path) -> None:
    (tmp_path / "kit.yaml").write_text(KIT.replace("programme", "own"), encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        'type: custom\ntitle: Chiffres\ntemplate: own.html\nfields: {total: "**350**"}\n',
        encoding="utf-8",
    )
    read = read_kit(Theme(tmp_path).kit)
    assert read.kit is not None
    assert list(markup_is_set(read.kit)) == []
