"""`moip-press release`: what was published is kept with the kit as it was, under its version."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.editions import releases
from moip_press.press import releasing
from tests.reading import Pdf, one_line

KIT = """\
# The kit of a small town.
title: Semaine du numérique
language: fr
version: 1  # as sent to the printer
date_of_issue: 2021-10-26
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [cover, [contents, contacts], programme.yaml]
"""
PROGRAMME = """\
type: programme
id: programme
title: Programme
events:
  - {title: Visite, when: 16 novembre, validated: {by: Alix Martin, on: 2021-10-20}}
  - {title: Atelier, when: 17 novembre}
"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "fr")
    folder = tmp_path / "data" / "2021"
    (folder / "styles").mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (folder / "styles" / "kit.css").write_text(".event { color: #000 }\n", encoding="utf-8")
    return folder


def run(*words: str) -> int:
    return cli.run(["release", *words])


def below(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def changed(kit: Path, old: str, new: str, name: str = "kit.yaml") -> None:
    text = (kit / name).read_text(encoding="utf-8")
    assert old in text
    (kit / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_release_keeps_the_pdfs_and_the_kit_as_it_was(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    kept = kit / "releases" / "v1"
    assert below(kept) == {
        "2021-v1.pdf",
        "handouts/2021-programme-v1.pdf",
        "kit/kit.yaml",
        "kit/programme.yaml",
        "kit/styles/kit.css",
        "release.json",
    }
    assert (kept / "kit" / "kit.yaml").read_text(encoding="utf-8") == KIT
    assert "Version 1, 26 octobre 2021" in Pdf(kept / "2021-v1.pdf").page(2)
    record = json.loads((kept / "release.json").read_text(encoding="utf-8"))
    assert record["release"] == {"version": "1", "date": "2021-10-26", "status": "final"}
    for name, sum_ in record["files"].items():
        assert hashlib.sha256((kept / name).read_bytes()).hexdigest() == sum_
    said = capsys.readouterr()
    assert said.out == ""
    assert "version: 2" in said.err
    assert "élément" in said.err


def test_the_names_of_files_bear_the_embargo_and_the_draft(kit: Path) -> None:
    changed(kit, "version: 1 ", "status: draft\nembargo: 2 novembre 2021 à 6 h\nversion: 2.1 ")
    assert run() == 0
    names = below(kit / "releases" / "v2.1")
    assert "2021-v2.1-brouillon-sous-embargo-2021-11-02-06h00.pdf" in names
    assert "handouts/2021-programme-v2.1-brouillon-sous-embargo-2021-11-02-06h00.pdf" in names


def test_the_same_version_is_kept_once(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    before = {name: (kit / name).stat().st_mtime_ns for name in below(kit)}
    capsys.readouterr()
    assert run() == 0
    assert "déjà" in capsys.readouterr().err
    assert {name: (kit / name).stat().st_mtime_ns for name in below(kit)} == before


def test_a_version_is_never_overwritten(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    changed(kit, "Atelier", "Grand atelier", "programme.yaml")
    before = below(kit)
    capsys.readouterr()
    assert run() == 1
    assert below(kit) == before
    assert "version: 2" in capsys.readouterr().err
    assert run("--version", "2") == 0
    assert [each.version for each in releases.releases(kit)] == ["1", "2"]
    text = (kit / "kit.yaml").read_text(encoding="utf-8")
    assert text == KIT.replace("version: 1 ", "version: 2 ")


def test_a_kit_without_a_version_is_told_how_to_get_one(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(kit, "version: 1  # as sent to the printer\n", "")
    assert run() == 1
    assert "version: 1" in capsys.readouterr().err
    assert not (kit / "releases").exists()
    assert run("--version", "1") == 0
    assert "\nversion: 1\nperiod:" in (kit / "kit.yaml").read_text(encoding="utf-8")


def test_a_kit_with_faults_is_not_released(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(kit, "16 novembre", "31 novembre", "programme.yaml")
    before = {name: (kit / name).read_bytes() for name in below(kit)}
    assert run("--version", "7") == 1
    assert "D101" in capsys.readouterr().err
    assert {name: (kit / name).read_bytes() for name in below(kit)} == before


def test_a_release_that_is_stopped_leaves_nothing_behind(
    kit: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    before = {name: (kit / name).read_bytes() for name in below(kit)}
    assert run("--version", "2") == 3
    assert {name: (kit / name).read_bytes() for name in below(kit)} == before
    assert not (kit / "releases").exists()
    assert "disque" in capsys.readouterr().err


def test_links_out_of_the_kit_and_hidden_files_are_not_kept(kit: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (kit / "notes.txt").symlink_to(tmp_path / "secret.txt")
    (kit / "outside").symlink_to(tmp_path)
    (kit / ".git").mkdir()
    (kit / ".git" / "config").write_text("secret", encoding="utf-8")
    assert run() == 0
    kept = kit / "releases" / "v1"
    assert "kit/kit.yaml" in below(kept)
    assert not [name for name in below(kept) if "notes" in name or "secret" in name]
    assert not [name for name in below(kept) if ".git" in name or "outside" in name]


def test_releases_are_no_part_of_the_kit(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not among its inputs, nor what is found below data/, nor what a hint suggests."""
    assert run() == 0
    assert cli.run(["build", "-q"]) == 0
    manifest = json.loads(Path("output/2021/manifest.json").read_text(encoding="utf-8"))
    assert not [name for name in manifest["outputs"][0]["inputs"] if "releases" in name]
    changed(kit, "programme.yaml]", "programm.yaml]")
    (kit / "programme.yaml").unlink()
    capsys.readouterr()
    assert cli.run(["build"]) == 1
    assert "releases" not in capsys.readouterr().err


def test_a_release_is_found_by_its_kit_and_version(kit: Path, tmp_path: Path) -> None:
    assert run() == 0
    for name in ("2021@v1", "2021@1", "data/2021@v1", f"{kit}@v1"):
        found = releases.find(name, tmp_path)
        assert found is not None, name
        assert found.kit == found.folder / "kit"
        assert found.dossier is not None
        assert found.dossier.name == "2021-v1.pdf"
    for name in ("2021", "2021@", "2021@v2", "2020@v1", "@v1"):
        assert releases.find(name, tmp_path) is None, name


def test_a_released_kit_builds_as_it_did(kit: Path) -> None:
    assert run() == 0
    kept = kit / "releases" / "v1"
    assert cli.run(["build", str(kept / "kit"), "-o", "again", "-q", "--no-cache"]) == 0
    assert Path("again/dossier.pdf").read_bytes() == (kept / "2021-v1.pdf").read_bytes()


def test_nothing_is_released_into_a_folder_outside_the_kit(
    kit: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (kit / "releases").symlink_to(outside)
    assert run() == 1
    assert "releases" in capsys.readouterr().err
    assert list(outside.iterdir()) == []


def test_the_versions_are_listed_the_oldest_first(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--list") == 0
    assert capsys.readouterr().out == ""
    for version in ("2", "10"):
        source = kit / "releases" / f"v{version}"
        source.mkdir(parents=True)
        shutil.copy(kit / "kit.yaml", source / "kit.yaml")
        record = {
            "version": 1,
            "release": {"version": version, "embargo": "2021-11-02T06:00"},
            "released_on": "2021-10-26",
            "files": {f"2021-v{version}.pdf": "0"},
        }
        (source / "release.json").write_text(json.dumps(record), encoding="utf-8")
    assert run("--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "10"]
    assert "data/2021/releases/v10/2021-v10.pdf" in lines[1]
    assert "Sous embargo jusqu’au 2 novembre 2021 à 6 h" in lines[1].replace("\xa0", " ")


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"release": 3}', '{"release": {"version": "1"}}']
)
def test_a_record_that_cannot_be_read_is_no_release(kit: Path, text: str) -> None:
    folder = kit / "releases" / "v1"
    folder.mkdir(parents=True)
    (folder / "release.json").write_text(text, encoding="utf-8")
    assert releases.releases(kit) == ()


@pytest.mark.parametrize(
    ("version", "after"),
    [("1", "2"), ("v9", "v10"), ("2.9", "2.10"), ("Bon à tirer", "Bon à tirer 2")],
)
def test_the_next_version_is_proposed(version: str, after: str) -> None:
    assert releasing.following(version) == after


@pytest.mark.usefixtures("kit")
def test_what_is_not_validated_is_listed_and_printed_on_a_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--checklist") == 0
    said = capsys.readouterr().out
    assert "3 éléments sur 4" in said
    assert "- Atelier (data/2021/programme.yaml:6)" in said
    assert "Alix Martin" in said
    assert "Visite" not in said
    pdf = Pdf(Path("output/2021/validation.pdf"))
    pdf_bytes = Path("output/2021/validation.pdf").read_bytes()
    assert run("--checklist", "-o", "signing") == 0
    assert Path("signing/validation.pdf").read_bytes() == pdf_bytes
    assert len(pdf) == 1
    for words in ("Reste à valider", "17 novembre · Atelier", "Alix Martin", "Signature"):
        assert words in pdf.page(1)
    assert "Visite" not in pdf.text


@pytest.mark.usefixtures("kit")
def test_the_list_to_sign_marks_what_is_cancelled_and_postponed(kit: Path) -> None:
    more = (
        "  - {title: Bal, id: bal, when: 3 novembre, status: cancelled}\n"
        "  - {title: Quiz, id: quiz, when: 4 novembre, status: postponed,"
        " postponed_to: 9 novembre}\n"
        "  - {title: Jeu, id: jeu, when: 5 novembre, status: postponed}\n"
    )
    changed(kit, "events:\n", f"events:\n{more}", "programme.yaml")
    assert run("--checklist") == 0
    page = one_line(Pdf(Path("output/2021/validation.pdf")).page(1))
    assert "3 novembre · Bal · ANNULÉ" in page
    assert "9 novembre · Quiz · REPORTÉ (initialement 4 novembre)" in page
    assert "5 novembre · Jeu · REPORTÉ (nouvelle date à venir)" in page


@pytest.mark.long
def test_350_events_to_sign_can_be_read(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = "".join(
        f"  - {{title: Rencontre {n} autour de l’innovation, id: r{n}, when: 3 novembre}}\n"
        for n in range(350)
    )
    changed(kit, "events:\n", f"events:\n{more}", "programme.yaml")
    assert run("--checklist") == 0
    assert "353 éléments sur 354" in capsys.readouterr().out
    pdf = Pdf(Path("output/2021/validation.pdf"))
    text = one_line(pdf.text)
    assert all(f"Rencontre {n} " in text for n in range(350))
    assert len(pdf) < 6
    assert "Signature" in pdf.page(len(pdf))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("templates/validation.html", "{{ kit.model_dump() }}", "S202"),
        ("styles/kit.css", "@page { margin: 200mm }", "P110"),
    ],
)
def test_a_theme_that_spoils_the_page_to_sign_is_a_fault(
    kit: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, code: str
) -> None:
    (kit / name).parent.mkdir(exist_ok=True)
    (kit / name).write_text(content, encoding="utf-8")
    assert run("--checklist") == 1
    said = capsys.readouterr().err
    assert f"[{code}]" in said
    assert name in said
    assert not (kit.parents[1] / "output" / "2021" / "validation.pdf").exists()
