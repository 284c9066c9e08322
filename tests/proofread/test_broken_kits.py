"""Each kit in tests/proofread/broken/ has something wrong, and its exact report beside it.

``pytest --rewrite-expected`` writes the reports anew.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from moip_press import cli

BROKEN = Path(__file__).parent / "broken"
KITS = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
KNOWN = {
    "binary-file",
    "colon-in-text",
    "corrupt-picture",
    "day-that-does-not-exist",
    "emoji",
    "five-faults-in-three-files",
    "missing-picture",
    "template-that-breaks-out",
    "text-cut-at-hash",
    "unknown-field",
    "unknown-page-reference",
    "windows-1252",
}
# Links to a file outside the kit: not every archive of the tests would keep them.
SYMLINKS = {"picture-by-symlink": "dehors.png"}


@pytest.fixture
def kit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the broken kit, in the current folder."""
    folder = tmp_path / "kits" / name
    shutil.copytree(BROKEN / name, folder, ignore=shutil.ignore_patterns("expected.*"))
    if name in SYMLINKS:
        (tmp_path / "outside.png").write_bytes(b"not for this kit")
        (folder / SYMLINKS[name]).symlink_to(tmp_path / "outside.png")
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("LANGUAGE", "C")
    return folder


def test_there_are_broken_kits() -> None:
    assert set(KITS) >= KNOWN
    assert len(KITS) > 80
    assert set(KITS) >= SYMLINKS.keys()


@pytest.mark.parametrize("name", KITS)
def test_a_broken_kit_is_told_what_is_wrong(
    kit: Path,
    name: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rewrite_expected: bool,
) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "dossier.pdf").write_bytes(b"the last good PDF")
    before = files(kit)

    def build(*options: str) -> tuple[str, str]:
        code = cli.run(["build", name, "-o", str(output), "--language", "fr", *options])
        out, err = capsys.readouterr()
        assert code == 1
        assert "Traceback" not in err
        return out, err

    nothing, report = build()
    document, _ = build("--format", "json")
    assert nothing == ""

    assert files(kit) == before
    assert files(output) == {Path("dossier.pdf"): b"the last good PDF"}
    assert_expected(BROKEN / name / "expected.fr.txt", report, rewrite_expected)
    assert_expected(BROKEN / name / "expected.json", document, rewrite_expected)


def files(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def assert_expected(path: Path, found: str, rewrite: bool) -> None:
    if rewrite:
        path.write_text(found, encoding="utf-8", newline="")
    assert found == path.read_bytes().decode()


@pytest.mark.parametrize("name", KITS)
def test_every_fault_says_where_it_is_and_what_to_do(name: str) -> None:
    document = json.loads((BROKEN / name / "expected.json").read_text(encoding="utf-8"))
    found = document["diagnostics"]
    places = [(each["file"], each["line"], each["column"]) for each in found]
    assert document["version"] == 1
    assert document["summary"]["errors"] == len(found) > 0
    assert places == sorted(places)
    for each in found:
        file = BROKEN / each["file"]
        assert each["severity"] == "error"
        assert each["hint"], each["message"]
        assert each["message"].endswith(".") or each["message"].endswith("?")
        assert (each["end_line"], each["end_column"]) >= (each["line"], each["column"])
        assert file.is_file()
        assert each["line"] <= len(file.read_bytes().splitlines()) + 1


@pytest.mark.long
@pytest.mark.parametrize("name", KITS)
def test_every_fault_can_be_said_in_english(
    kit: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["build", name, "-o", str(tmp_path / "output"), "--language", "en"])
    err = capsys.readouterr().err
    assert code == 1
    assert "error[" in err
    assert "erreur" not in err
    assert err.endswith("\n\nNothing was written.\n")
    assert not (tmp_path / "output").exists()
    assert kit.is_dir()


def test_independent_faults_of_all_files_are_told_in_one_run() -> None:
    path = BROKEN / "five-faults-in-three-files" / "expected.json"
    found = json.loads(path.read_text(encoding="utf-8"))["diagnostics"]
    assert [each["code"] for each in found] == ["S104", "S106", "D101", "S101", "Y113"]
    assert len({each["file"] for each in found}) == 3


def test_a_file_that_does_not_parse_leaves_the_others_to_be_checked() -> None:
    path = BROKEN / "picture-missing-beside-a-file-that-does-not-parse" / "expected.json"
    found = json.loads(path.read_text(encoding="utf-8"))["diagnostics"]
    assert [each["code"] for each in found] == ["I101", "Y113"]
