"""Each kit in findings/ breaks a rule of the proofreader, and has its exact report beside it.

A folder is named after the rule: `D204-event-on-a-holiday`. ``pytest --rewrite-expected`` writes
the reports anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from moip_press.proofread.rules import all_rules
from moip_press.report.diagnostics import Severity
from tests.calling import Run, call
from tests.suites import mostly_long

BY_CODE = {rule.code: rule for rule in all_rules()}
FINDINGS = Path(__file__).parent / "findings"
KITS = sorted(path.name for path in FINDINGS.iterdir() if path.is_dir())
FIXABLE = [
    name
    for name in KITS
    if " := " in (FINDINGS / name / "expected.fr.txt").read_text(encoding="utf-8")
]
LEFT_ALONE = [name for name in KITS if name not in FIXABLE]


@pytest.fixture
def kit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the kit, in the current folder."""
    folder = tmp_path / "kits" / name
    shutil.copytree(FINDINGS / name, folder, ignore=shutil.ignore_patterns("expected.*"))
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("LANGUAGE", "C")
    return folder


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], kept: Path) -> Run:
    return lambda *words: call(capsys, "check", *words, "--cache-dir", kept)


def test_there_are_kits_with_findings() -> None:
    assert KITS


def test_every_warning_has_a_kit_that_breaks_it() -> None:
    codes = {name.split("-")[0] for name in KITS}
    # what is found while pages are made is shown in the tests of the pages, and what is found
    # while a file is imported in those of imports; of finished PDFs, in those of `verify`
    told = {
        rule.code
        for rule in BY_CODE.values()
        if rule.severity is Severity.WARNING and rule.code[1] != "1"
    }
    wanted = {code for code in told if not code.startswith(("P", "M", "I3"))}
    assert wanted
    assert wanted - codes == set()


@pytest.mark.parametrize("name", KITS)
def test_a_kit_is_told_what_its_readers_would_stumble_over(
    kit: Path, name: str, check: Run, rewrite_expected: bool
) -> None:
    code, report, _ = check(name, "--language", "fr", "--format", "full")
    assert code == 0
    found = document(check, name)
    told = report + "".join(f"{line}\n" for each in found for line in fixes(each))
    expected = FINDINGS / name / "expected.fr.txt"
    if rewrite_expected:
        expected.write_text(told, encoding="utf-8", newline="")
    assert told == expected.read_bytes().decode()
    codes = {each["code"] for each in found}
    # a waiver that has run out shows again what it was for
    excused = codes - {"S302"} if name.startswith("S302") else set()
    assert codes - excused == {name.split("-", maxsplit=1)[0]}
    for each in found:
        rule = BY_CODE[each["code"]]
        assert each["severity"] == rule.severity == Severity.WARNING
        assert each["hint"], each["message"]
        assert rule.fixable or not each["fix"]
    code, said, _ = check(name, "--language", "en", "--format", "concise", "--strict")
    assert code == 1
    assert len(said.splitlines()) >= len(found)
    assert "avertissement" not in said
    assert kit.is_dir()


def document(check: Run, name: str, *options: str) -> list[dict[str, Any]]:
    _, out, _ = check(name, "--format", "json", *options)
    found: list[dict[str, Any]] = json.loads(out)["diagnostics"]
    return found


def fixes(found: dict[str, Any]) -> Iterator[str]:
    """Yield what a report does not show: the edits that would correct a finding."""
    for edit in found["fix"] or ():
        (first, start), (last, end) = (edit[name].values() for name in ("start", "end"))
        yield f"{found['code']} {edit['file']}:{first}:{start}-{last}:{end} := {edit['text']!r}"


@pytest.mark.parametrize("name", mostly_long(KITS, [*FIXABLE, *LEFT_ALONE[:3]]))
def test_what_is_safe_is_fixed_once_and_for_all(kit: Path, name: str, check: Run) -> None:
    before = files(kit)
    found = document(check, name)
    left = document(check, name, "--fix")
    once = files(kit)
    assert document(check, name, "--fix") == left
    assert files(kit) == once
    fixable = any(each["fix"] for each in found)
    assert (once != before) == fixable
    assert len(left) <= len(found) - fixable
    assert not [each for each in left if each["fix"]]


def files(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
