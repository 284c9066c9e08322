"""Each kit in pages_findings/ breaks a rule about finished pages; its report is beside it.

``check --layout`` and ``build`` say the same. ``pytest --rewrite-expected`` writes the reports
anew.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from moip_press.press import journey
from moip_press.proofread.review import ON_PAGES
from moip_press.proofread.rules import rules_of
from moip_press.report.diagnostics import Severity
from tests.calling import call

FINDINGS = Path(__file__).parent / "pages_findings"
KITS = sorted(path.name for path in FINDINGS.iterdir() if path.is_dir())


# the texts that fill the pages are no texts: the proofreader is not asked of them
ON_PAGES_ONLY = ("--select-rules", "P")


@pytest.fixture
def kit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the kit, in the current folder."""
    folder = tmp_path / "kits" / name
    shutil.copytree(FINDINGS / name, folder, ignore=shutil.ignore_patterns("expected.*"))
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("LANGUAGE", "C")
    return folder


def found(document: str) -> list[dict[str, Any]]:
    diagnostics: list[dict[str, Any]] = json.loads(document)["diagnostics"]
    return diagnostics


def test_every_rule_about_finished_pages_has_a_kit_that_breaks_it() -> None:
    assert {name.split("-")[0] for name in KITS} == ON_PAGES
    assert len(ON_PAGES) == 6
    assert {rule.severity for rule in rules_of("P") if rule.code in ON_PAGES} == {Severity.WARNING}


@pytest.mark.long
@pytest.mark.parametrize("name", KITS)
def test_check_with_layout_and_build_say_the_same_of_the_pages(
    kit: Path, name: str, capsys: pytest.CaptureFixture[str], rewrite_expected: bool
) -> None:
    words = ("check", name, "--layout", *ON_PAGES_ONLY, "--language", "fr", "--format")
    code, report, _ = call(capsys, *words, "full")
    assert code == 0
    _, document, _ = call(capsys, *words, "json")
    assert_expected(FINDINGS / name / "expected.fr.txt", report, rewrite_expected)
    assert_expected(FINDINGS / name / "expected.json", document, rewrite_expected)
    assert {each["code"] for each in found(document)} == {name.split("-", maxsplit=1)[0]}
    code, built, _ = call(capsys, "build", name, "--language", "fr", "--format", "json")
    assert code == 0
    assert built == document
    assert kit.is_dir()


def assert_expected(path: Path, text: str, rewrite: bool) -> None:
    if rewrite:
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("name", KITS)
def test_without_layout_nothing_is_said_of_the_pages(
    kit: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("check", name, *ON_PAGES_ONLY, "--format", "json", "--strict")
    code, document, _ = call(capsys, *words)
    assert code == 0
    assert found(document) == []
    assert kit.is_dir()


@pytest.mark.parametrize("name", ["P204-lone-title"])
def test_a_finding_on_a_page_can_be_waived(
    kit: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    waiver = "waivers:\n  - {rule: P204, at: la-synthese, reason: C'est voulu.}\n"
    with (kit / "kit.yaml").open("a", encoding="utf-8") as file:
        file.write(waiver)
    check = ("check", *ON_PAGES_ONLY)
    for verb in (check, (*check, "--layout"), ("build",)):
        code, document, _ = call(capsys, *verb, name, "--format", "json")
        assert code == 0
        assert found(document) == [], verb


@pytest.mark.parametrize("verb", [("check",), ("check", "--layout"), ("build",)], ids=" ".join)
def test_a_warning_of_the_build_can_be_waived_and_an_error_cannot(
    verb: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    kit = (
        "title: Semaine\nperiod: {start: 2021-11-01, end: 2021-11-30}\n"
        "publisher: {name: Ville de Saint-Exemple}\n"
        "contacts:\n  - {id: presse, name: Alix Martin, email: presse@example.org}\n"
        "waivers:\n"
        "  - {rule: S108, at: article.yaml, reason: Le texte cite du HTML.}\n"
        "  - {rule: S110, reason: Le sommaire est encore vide.}\n"
        "chapters: [article.yaml, contents]\n"
    )
    article = "type: article\ntitle: Le code\nbody:\n  - {type: text, text: 'Le <b> du code.'}\n"
    (tmp_path / "kit.yaml").write_text(kit, encoding="utf-8")
    (tmp_path / "article.yaml").write_text(article, encoding="utf-8")
    code, document, _ = call(capsys, *verb, ".", "--format", "json")
    assert (code, found(document)) == (0, [])
    wrong = kit.replace("S108", "S107").replace("S110", "L101")
    (tmp_path / "kit.yaml").write_text(wrong, encoding="utf-8")
    (tmp_path / "article.yaml").write_text(article.replace("<b>", "![a](b.png)"), encoding="utf-8")
    code, document, _ = call(capsys, *verb, ".", "--format", "json")
    assert code == 1
    assert "S107" in {each["code"] for each in found(document)}


def test_the_pages_of_2021_have_none_of_these_faults(build_2021: journey.Build) -> None:
    assert build_2021.dossier
    codes = {each.code for each in build_2021.report.diagnostics}
    assert codes & ON_PAGES == set()


@pytest.mark.parametrize("name", KITS)
def test_every_finding_on_a_page_can_be_said_in_english(
    kit: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, report, _ = call(
        capsys, "check", name, "--layout", "--language", "en", "--format", "concise"
    )
    assert "warning[P20" in report
    assert "avertissement" not in report
    assert re.search("page \\d", report, re.IGNORECASE)
    assert kit.is_dir()
