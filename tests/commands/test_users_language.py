"""What a user reads is in the user's language, whatever language the kit is in.

A French officer works on an English kit, an English officer on a French one: help, reports, what an
import would change and what a build says are searched for sentences of the other language.
"""

from __future__ import annotations

import gettext
import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.cli import VERBS
from moip_press.report.messages import DOMAIN, LOCALE

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
LEAST = 4  # words: a shorter piece of a sentence may be part of a text of the kit
PLACE = re.compile(r"%\(\w+\)[sd]|\{\{|\}\}|\{[^{}]*\}|\n")
KITS = {"fr": ("season", "en", "plays"), "en": ("festival", "fr", "spectacles-et-nuits")}
"""The kit that an officer of a language works on, its language and one of its sections."""
TABLES = {
    "en": "Title;Date;Place\nA new evening;3 November 2026, 18:00;Hall\nNo day;32 November;Hall\n",
    "fr": "Titre;Date;Lieu\nUne soirée;3 novembre 2026, 18 h;Halle\nSans jour;32 novembre;Halle\n",
}


@cache
def sentences() -> dict[str, frozenset[str]]:
    """The pieces of what can be said in each language, that the other one does not share."""
    with (LOCALE / "fr" / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
        known = vars(gettext.GNUTranslations(compiled))["_catalog"]
    english = {piece for key in known for piece in pieces(key[0] if type(key) is tuple else key)}
    french = {piece for text in known.values() for piece in pieces(text)}
    return {"en": frozenset(english - french), "fr": frozenset(french - english)}


def pieces(text: str) -> set[str]:
    """The words of a sentence between its placeholders, where they are many."""
    found = (" ".join(each.split()) for each in PLACE.split(text.replace("\x04", "\n")))
    return {each for each in found if len(each.split()) >= LEAST}


def strangers(told: str, language: str, *kits: Path) -> list[str]:
    """The pieces of the other language in what was told, without the texts of the kit."""
    other = "en" if language == "fr" else "fr"
    said = " ".join(re.sub(r"\n *(?:[\d=|>*-]+ +)?", "\n", told).split())
    own = " ".join(
        " ".join(path.read_text(encoding="utf-8").split())
        for kit in kits
        for path in kit.rglob("*.yaml")
    )
    return sorted(piece for piece in sentences()[other] if piece in said and piece not in own)


@pytest.fixture(params=KITS)
def officer(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language of a user, who stands beside a kit in the other one."""
    language: str = request.param
    name, *_ = KITS[language]
    shutil.copytree(EXAMPLES / name, tmp_path / "data" / "kit")
    monkeypatch.chdir(tmp_path)
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", {"fr": "fr_FR.UTF-8", "en": "en_GB.UTF-8"}[language])
    return language


def told(capsys: pytest.CaptureFixture[str], *words: str, ends: int | None = None) -> str:
    code = cli.run([*words])
    assert ends is None or code == ends
    out, err = capsys.readouterr()
    return f"{out}\n{err}"


def test_there_are_sentences_to_look_for() -> None:
    assert min(map(len, sentences().values())) > 1000
    english = "There is no kit here. Name its folder, or begin one with “moip-press new NAME”."
    assert strangers(english, "fr")
    assert not strangers(english, "en")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_in_the_language_of_the_user(
    officer: str, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, *verb.split(), "--help", ends=0)
    assert strangers(said, officer) == []
    names = {"FILE", "FOLDER", "KEY", "KIND", "NEW", "OLD", "VALUE", "WORD"}
    assert officer == "en" or not names & {*re.findall(r"\b[A-Z]{3,}\b", said)}


@pytest.mark.long
def test_reports_proposals_and_builds_are_in_the_language_of_the_user(
    officer: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kit = tmp_path / "data" / "kit"
    programme = next(path for path in kit.glob("*.yaml") if "events:" in path.read_text("utf-8"))
    text = programme.read_text("utf-8")
    programme.write_text(text.replace("when:", "whenn:", 1), encoding="utf-8")
    for words in (["check"], ["check", "--format", "full"], ["build"], ["release"]):
        assert strangers(told(capsys, *words, "data/kit", ends=1), officer, kit) == []
    programme.write_text(text, encoding="utf-8")
    _, other, section = KITS[officer]
    (tmp_path / "table.csv").write_text(TABLES[other], encoding="utf-8")
    for words in (
        ["check", "data/kit"],
        ["check", "data/kit", "--format", "full"],
        ["build", "data/kit"],
        ["handouts", "data/kit"],
        ["import", "table.csv", "--kit", "data/kit", "--section", section],
        [
            "import",
            "table.csv",
            "--kit",
            "data/kit",
            "--section",
            section,
            "--skip-bad",
            "--report",
            "page.html",
        ],
        ["compare", "data/kit", "output/kit/dossier.pdf"],
        ["export", "csv", "data/kit", "-o", "programme.csv"],
        ["verify", "output/kit/dossier.pdf"],
        ["release", "data/kit", "--checklist"],
        ["rules"],
        ["new", "data/other"],
        ["new", "data/kit"],
        ["build", "nowhere"],
        ["biuld"],
        ["compare", "--nonsense"],
    ):
        assert strangers(told(capsys, *words), officer, kit) == [], words
    assert strangers((tmp_path / "page.html").read_text("utf-8"), officer, kit) == []
    assert (tmp_path / "output" / "kit" / "dossier.pdf").is_file()
