"""`moip-press new`: a kit that builds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from moip_press import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pages(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


@pytest.mark.parametrize(
    ("language", "blank", "contents"),
    [("fr", "Texte à venir", "Sommaire"), ("en", "Text to come", "Contents")],
)
def test_a_new_kit_builds_at_once_and_shows_its_blanks(
    here: Path, capsys: pytest.CaptureFixture[str], language: str, blank: str, contents: str
) -> None:
    assert cli.run(["new", "data/2031", "--language", language]) == 0
    assert cli.run(["build"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "3" in said.err
    texts = pages(here / "output" / "2031" / "dossier.pdf")
    assert len(texts) == 4
    assert contents in texts[2]
    assert blank in texts[1]
    assert blank in texts[3]
    assert "2031" in texts[0]


def test_a_new_kit_never_overwrites_one_that_is_there(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "data/2031"]) == 0
    (here / "data" / "2031" / "kit.yaml").write_text("title: mine\n", encoding="utf-8")
    assert cli.run(["new", "data/2031"]) == 2
    assert "data/2031" in capsys.readouterr().err
    assert (here / "data" / "2031" / "kit.yaml").read_text(encoding="utf-8") == "title: mine\n"


def test_the_title_of_a_new_kit_may_hold_any_sign(here: Path) -> None:
    assert cli.run(["new", "data/Été #1: « oui »", "-q"]) == 0
    assert cli.run(["build", "data/Été #1: « oui »", "-q"]) == 0
    assert "Été #1" in pages(here / "output" / "Été #1: « oui »" / "dossier.pdf")[0]


def test_a_new_kit_names_its_own_schemas(here: Path) -> None:
    assert cli.run(["new", "kit", "-q"]) == 0
    first = (here / "kit" / "kit.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=.schemas/kit.json"
    assert (here / "kit" / ".schemas" / "kit.json").is_file()
    assert (here / "kit" / ".schemas" / "part.json").is_file()
