"""What is written by hand is never replaced or left behind, whatever a file beside it claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.editions import releases
from moip_press.system import atomic

KIT = """\
title: Une semaine
period: {start: 2022-09-24, end: 2022-10-02}
language: fr
publisher: {name: La Maison}
chapters: [cover, programme.yaml]
"""
PROGRAMME = "type: programme\ntitle: Rendez-vous\nevents:\n  - {title: A, when: 24 septembre}\n"


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["kit.yaml", "programme.yaml"])
@pytest.mark.parametrize("words", [("export", "csv"), ("export", "json")])
def test_an_export_never_replaces_a_source(kit: Path, words: tuple[str, ...], name: str) -> None:
    before = (kit / name).read_bytes()
    assert cli.run([*words, str(kit), "-o", str(kit / name)]) == 2
    assert (kit / name).read_bytes() == before
    assert cli.run([*words, str(kit), "-o", str(kit / "mine.csv")]) == 0


def test_a_comparison_replaces_neither_of_the_two(kit: Path, tmp_path: Path) -> None:
    assert cli.run(["build", str(kit), "-o", str(tmp_path), "-q", "--no-cache"]) == 0
    pdf = tmp_path / "dossier.pdf"
    before = pdf.read_bytes()
    assert cli.run(["compare", str(pdf), str(kit), "-o", str(pdf)]) == 2
    assert cli.run(["compare", str(pdf), str(kit), "-o", str(kit / "programme.yaml")]) == 2
    assert pdf.read_bytes() == before
    assert (kit / "programme.yaml").read_text(encoding="utf-8") == PROGRAMME


@pytest.mark.parametrize("folder", ["templates", "styles"])
def test_a_theme_is_released_whatever_lies_in_it(kit: Path, folder: str) -> None:
    (kit / folder).mkdir()
    (kit / folder / "own.txt").write_text("own", encoding="utf-8")
    for content in ("{}", json.dumps({"version": 1, "tools": {}, "outputs": []})):
        (kit / folder / "manifest.json").write_text(content, encoding="utf-8")
        assert f"{folder}/own.txt" in releases.kit_files(kit)


def test_what_was_built_within_a_kit_is_no_part_of_it(kit: Path) -> None:
    for name, content in (("built", {"version": 1, "tools": {}, "outputs": []}), ("own", {})):
        (kit / name).mkdir()
        (kit / name / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    found = releases.kit_files(kit)
    assert "own/manifest.json" in found
    assert "built/manifest.json" not in found


def test_a_manifest_that_claims_others_files_removes_none(kit: Path, tmp_path: Path) -> None:
    assert cli.run(["handouts", str(kit), "-o", str(tmp_path), "-q", "--no-cache"]) == 0
    manifest = tmp_path / "manifest.json"
    claims = json.loads(manifest.read_text(encoding="utf-8"))
    entry = claims["outputs"][0]
    mine = tmp_path / "notes.txt"
    mine.write_text("mine", encoding="utf-8")
    digest = "3fd30542fe3f61b14bd4a4b2dc0b6fb30fa6f63ebce52dd1778aaa8c4dc02cff"
    claims["outputs"] += [
        {**entry, "path": "notes.txt", "sha256": digest},
        {**entry, "path": "a\0b/x.pdf", "sha256": "x"},
    ]
    claims["tools"] = [[1, "a"], ["b", "c"]]
    manifest.write_text(json.dumps(claims), encoding="utf-8")
    assert cli.run(["handouts", str(kit), "-o", str(tmp_path), "-q", "--no-cache"]) == 0
    assert mine.read_text(encoding="utf-8") == "mine"


def test_only_our_own_temporary_files_are_cleared(tmp_path: Path) -> None:
    draft = tmp_path / ".programme.yaml.draft.tmp"
    draft.write_text("mine", encoding="utf-8")
    atomic.write(tmp_path / "programme.yaml", b"new")
    assert draft.read_text(encoding="utf-8") == "mine"


def test_a_version_of_any_length_is_listed(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = kit / "releases" / "v1"
    folder.mkdir(parents=True)
    record = {"release": {"version": "9" * 5000, "released_on": "2022-09-01"}, "files": {}}
    (folder / "release.json").write_text(json.dumps(record), encoding="utf-8")
    assert cli.run(["release", "--list", str(kit)]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
