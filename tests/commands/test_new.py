"""`moip-press new`: a kit that builds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from moip_press import cli
from moip_press.kit import samples, starter
from moip_press.kit.model.kit import blanks
from moip_press.kit.model.kit_files import read_kit

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


def test_an_editor_shows_a_new_kit_in_the_language_of_who_began_it(here: Path) -> None:
    for language, words in (("fr", "Le dossier lui-même."), ("en", "The kit itself.")):
        assert cli.run(["new", language, "--language", language]) == 0
        assert words in (here / language / ".schemas" / "kit.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_words_of_a_new_kit_are_blanks_until_they_are_replaced(
    here: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert cli.run(["new", "kit", "--language", language, "-q"]) == 0
    kit = read_kit(here / "kit").kit
    assert kit is not None
    assert kit.edition.status == "draft"
    own = samples.SAMPLES[language]
    assert cli.run(["check", "kit", "--language", language]) == 0
    listed = capsys.readouterr().err
    named = ("tagline", "website", "publisher", "person", "introduction", "event")
    for name in named:
        assert f"- {own[name]} (kit/" in listed
    assert len(blanks(kit)) == len(named) + 2  # the logo and the editorial

    for path in (here / "kit").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("pending: yes", "pending: no")
        for number, words in enumerate(own.values()):
            fitting = words if words[:1].isdigit() or "://" in words or "@" in words else "Mots"
            text = text.replace(words, fitting.replace("0", str(number)).replace("your", "own"))
        path.write_text(text.replace("votre-site", "ville"), encoding="utf-8")
    done = read_kit(here / "kit").kit
    assert done is not None
    assert blanks(done) == ()  # “to be confirmed” is what its date is, and no blank


def test_a_final_kit_is_released_without_blanks(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    assert cli.run(["new", "kit", "--language", "fr", "-q"]) == 0
    assert cli.run(["release", "kit", "--version", "1", "-q"]) == 0  # a draft
    main = here / "kit" / "kit.yaml"
    main.write_text(
        main.read_text().replace("status: draft\n", "").replace("version: 1", "version: 2")
    )
    capsys.readouterr()
    assert cli.run(["release", "kit"]) == 1
    said = capsys.readouterr().err
    assert "un kit définitif n’a plus de blancs" in said
    assert "- Un premier événement (kit/programme.yaml:9)" in said
    assert not (here / "kit" / "releases" / "v2").exists()
    assert cli.run(["release", "kit", "--with-blanks", "-q"]) == 0
    assert (here / "kit" / "releases" / "v2").exists()


LIKE = [(like, language) for like in samples.LIKES for language in ("fr", "en")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sample_word_stands_in_a_new_kit(here: Path, language: str) -> None:
    held = set()
    for like in samples.LIKES:
        assert cli.run(["new", like, "--like", like, "--language", language, "-q"]) == 0
        kit = read_kit(here / like).kit
        assert kit is not None
        held |= {str(placed.value) for placed in kit.values() if isinstance(placed.value, str)}
    assert set(samples.SAMPLES[language].values()) <= held


def test_there_is_a_folder_of_files_for_each_kit_in_each_language() -> None:
    for language in ("fr", "en"):
        folders = [path.name for path in (starter.FOLDER / language).iterdir()]
        assert sorted(folders) == sorted(samples.LIKES)


@pytest.mark.long
@pytest.mark.parametrize(("like", "language"), LIKE)
def test_a_kit_like_another_builds_and_passes_check_with_blanks_alone(
    here: Path, capsys: pytest.CaptureFixture[str], like: str, language: str
) -> None:
    assert cli.run(["new", "data/2031", "--like", like, "--language", language]) == 0
    assert cli.run(["build", "data/2031", "--language", "en"]) == 0
    said = capsys.readouterr().err
    assert "warning" not in said
    assert cli.run(["check", "data/2031", "--language", "en"]) == 0
    assert "No errors and no warnings" in capsys.readouterr().out
    kit = read_kit(here / "data" / "2031").kit
    assert kit is not None
    assert len(blanks(kit)) > 4


def test_a_press_release_begins_alone(here: Path) -> None:
    assert cli.run(["new", "data/annonce", "--like", "communique", "--language", "fr"]) == 0
    assert cli.run(["build", "data/annonce"]) == 0
    texts = pages(here / "output" / "annonce" / "dossier.pdf")
    assert len(texts) == 1
    assert "COMMUNIQUÉ DE PRESSE" in texts[0]
    assert "La nouvelle, en une phrase" in texts[0].replace("\N{NO-BREAK SPACE}", " ")


def test_like_and_from_exclude_each_other(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "data/2031"]) == 0
    assert cli.run(["new", "2032", "--from", "data/2031", "--like", "season"]) == 2
    assert "--like" in capsys.readouterr().err
    assert not (here / "data" / "2032").exists()
