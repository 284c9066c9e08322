"""Each kit in findings/ breaks a rule of the proofreader, and has its exact report beside it.

A folder is named after the rule: `D204-event-on-a-holiday`. ``pytest --rewrite-expected`` writes
the reports anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.proofread.rules import all_rules
from moip_press.report.diagnostics import Severity

BY_CODE = {rule.code: rule for rule in all_rules()}
FINDINGS = Path(__file__).parent / "findings"
KITS = sorted(path.name for path in FINDINGS.iterdir() if path.is_dir())


@pytest.fixture
def kit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the kit, in the current folder."""
    folder = tmp_path / "kits" / name
    shutil.copytree(FINDINGS / name, folder, ignore=shutil.ignore_patterns("expected.*"))
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("LANGUAGE", "C")
    return folder


Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], kept: Path) -> Check:
    def call(*words: str) -> tuple[int, str, str]:
        code = cli.run(["check", *words, "--cache-dir", str(kept)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return call


def test_there_are_kits_with_findings() -> None:
    assert KITS


def test_every_warning_has_a_kit_that_breaks_it() -> None:
    codes = {name.split("-")[0] for name in KITS}
    # what is found while pages are made is shown in the tests of the pages, and what is found
    # while a file is imported in those of imports
    told = {
        rule.code
        for rule in BY_CODE.values()
        if rule.severity is Severity.WARNING and rule.code[1] != "1"
    }
    wanted = {code for code in told if not code.startswith(("P", "M"))}
    assert wanted
    assert wanted - codes == set()


@pytest.mark.parametrize("name", KITS)
def test_a_kit_is_told_what_its_readers_would_stumble_over(
    kit: Path, name: str, check: Check, rewrite_expected: bool
) -> None:
    code, report, _ = check(name, "--language", "fr", "--format", "full")
    assert code == 0
    _, document, _ = check(name, "--language", "fr", "--format", "json")
    assert_expected(FINDINGS / name / "expected.fr.txt", report, rewrite_expected)
    assert_expected(FINDINGS / name / "expected.json", document, rewrite_expected)
    found = json.loads(document)["diagnostics"]
    codes = {each["code"] for each in found}
    # a waiver that has run out shows again what it was for
    excused = codes - {"S302"} if name.startswith("S302") else set()
    assert codes - excused == {name.split("-", maxsplit=1)[0]}
    assert kit.is_dir()


def assert_expected(path: Path, found: str, rewrite: bool) -> None:
    if rewrite:
        path.write_text(found, encoding="utf-8", newline="")
    assert found == path.read_bytes().decode()


@pytest.mark.parametrize("name", KITS)
def test_every_finding_is_a_warning_of_a_known_rule(name: str) -> None:
    document = json.loads((FINDINGS / name / "expected.json").read_text(encoding="utf-8"))
    found = document["diagnostics"]
    assert found
    for each in found:
        assert each["severity"] == "warning"
        assert each["hint"], each["message"]
        assert BY_CODE[each["code"]].severity is Severity.WARNING
        if each["fix"]:
            assert BY_CODE[each["code"]].fixable


@pytest.mark.parametrize("name", KITS)
def test_every_finding_can_be_said_in_english(kit: Path, name: str, check: Check) -> None:
    code, report, _ = check(name, "--language", "en", "--format", "concise")
    assert code == 0
    assert report
    assert "avertissement" not in report
    assert kit.is_dir()


@pytest.mark.parametrize("name", KITS)
def test_what_is_safe_is_fixed_once_and_for_all(kit: Path, name: str, check: Check) -> None:
    expected = json.loads((FINDINGS / name / "expected.json").read_text(encoding="utf-8"))
    fixable = [each for each in expected["diagnostics"] if each["fix"]]
    before = files(kit)
    _, out, _ = check(name, "--fix", "--format", "json")
    once = files(kit)
    _, again, _ = check(name, "--fix", "--format", "json")
    assert files(kit) == once
    assert out == again
    assert (once != before) == bool(fixable)
    left = json.loads(out)["diagnostics"]
    assert len(left) <= len(expected["diagnostics"]) - bool(fixable)
    assert not [each for each in left if each["fix"]]


def files(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("name", KITS)
def test_strict_makes_a_warning_fail(kit: Path, name: str, check: Check) -> None:
    code, _, _ = check(name, "--strict", "--format", "concise")
    assert code == 1
    assert kit.is_dir()
