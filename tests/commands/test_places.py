"""Where builds and releases put their files, and what they say where nothing was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press import cli
from moip_press.kit.folders import output_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "fr")
    assert cli.run(["new", "data/fds-rennes", "-q"]) == 0
    assert cli.run(["new", "alone/kit", "-q"]) == 0
    return tmp_path


@pytest.mark.parametrize(("kit", "beside"), [("data/fds-rennes", ""), ("alone/kit", "alone")])
def test_a_build_within_a_kit_writes_beside_it(here: Path, kit: str, beside: str) -> None:
    folder = here / kit
    within = {output_folder(folder, place) for place in (folder, folder / ".schemas")}
    assert within == {here / beside / "output" / folder.name}
    assert output_folder(here / "alone" / "kit", here) == here / "output" / "kit"


def test_a_kit_below_data_is_proposed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "fds-rennes"]) == 2
    assert "« data/fds-rennes »" in capsys.readouterr().err.replace("\u00a0", " ")
    assert cli.run(["build", "ailleurs"]) == 2
    assert "data/" not in capsys.readouterr().err
    assert not (here / "output").exists()


def test_a_missing_output_did_not_stay(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "alone" / "kit" / "edito.yaml").write_text("type: editorial\n", encoding="utf-8")
    for name, said in (("", "Rien n’a été écrit.\n"), ("dossier.pdf", "resté tel quel.\n")):
        if name:
            (here / "out").mkdir()
            (here / "out" / name).write_bytes(b"the last good PDF")
        assert cli.run(["build", "alone/kit", "-o", "out"]) == 1
        assert capsys.readouterr().err.endswith(said)


def test_a_release_puts_copies_elsewhere_too(here: Path) -> None:
    assert cli.run(["release", "alone/kit", "--version", "1", "-o", "envoi", "-q"]) == 0
    kept = here / "alone" / "kit" / "releases" / "v1"
    copied = {
        path.relative_to(here / "envoi"): path.read_bytes() for path in here.glob("envoi/**/*.pdf")
    }
    assert copied == {path.relative_to(kept): path.read_bytes() for path in kept.glob("**/*.pdf")}
    assert len(copied) == 2
