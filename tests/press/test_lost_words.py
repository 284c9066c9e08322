"""Words that do not arrive on a page stop a final kit, and are marked in a draft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from tests.reading import Pdf

KIT = """title: Une semaine de lectures
period: {start: 2022-09-24, end: 2022-10-02}
publisher: {name: La Maison}
contacts:
  - {id: presse, name: Odile Marchetti, organisation: Service de presse, email: presse@example.org}
chapters: [words.yaml, section.yaml]
"""
WORDS = """type: article
title: Des mots
body:
  - type: text
    title: Le plan
    text: |
      La salle de lecture est ouverte à toutes et à tous.
  - type: text
    id: adresse
    title: L'adresse
    text: Rue des Bouleaux.
"""
SECTION = """type: programme
title: Les lectures
events:
  - {title: Poèmes à voix haute, when: 25 septembre, text: Venez nombreux.}
"""
TOO_WIDE = ".block.text:first-of-type p { margin-left: 130mm; white-space: nowrap }"


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kit"
    (folder / "styles").mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "words.yaml").write_text(WORDS, encoding="utf-8")
    (folder / "section.yaml").write_text(SECTION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "C")
    return folder


def styled(kit: Path, css: str, *, draft: bool = False) -> None:
    (kit / "styles" / "kit.css").write_text(css, encoding="utf-8")
    if draft:
        (kit / "kit.yaml").write_text(f"status: draft\n{KIT}", encoding="utf-8")


def told(
    capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[tuple[str, str, str, str]]]:
    """Run a verb; return its code, and of each finding what, how bad, where and in which words."""
    code = cli.run([*words, "--language", "fr", "--format", "json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["diagnostics"]
    return code, [
        (
            each["code"],
            each["severity"],
            f"{each['file']}:{each['line']}:{each['column']}",
            each["message"],
        )
        for each in found
    ]


LOST = (
    "kit/words.yaml:7:19",
    "«\u00a0lecture est ouverte à toutes et à tous.\u00a0» sort de la feuille, page 1.",
)


@pytest.mark.parametrize("verb", [("build",), ("check", "--layout", "--select-rules", "P")])
def test_a_final_kit_that_loses_words_is_refused_at_their_place(
    kit: Path, verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    styled(kit, TOO_WIDE)
    assert told(capsys, *verb, "kit") == (1, [("P111", "error", *LOST)])
    assert list(kit.parent.rglob("*.pdf")) == []


def test_a_draft_is_built_and_marked_each_time(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    styled(kit, TOO_WIDE, draft=True)
    lost = ("P111", "warning", *LOST)
    assert told(capsys, "build", "kit", "-o", "first") == (0, [lost])
    page = Pdf(Path("first/dossier.pdf")).page(1)
    assert "Mots perdus : lecture est ouverte à toutes et à tous." in page
    assert told(capsys, "build", "kit", "-o", "first") == (0, [lost]), "nothing has changed"
    (kit / "section.yaml").write_text(SECTION.replace("nombreux", "tous"), encoding="utf-8")
    assert told(capsys, "build", "kit", "-o", "first") == (0, [lost]), "the page was kept"
    again = Path("first/dossier.pdf").read_bytes()
    assert told(capsys, "build", "kit", "-o", "second", "--no-cache") == (0, [lost])
    assert Path("second/dossier.pdf").read_bytes() == again


def test_a_handout_that_loses_words_is_not_made(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    styled(kit, ".handout-gathered .event h2 { height: 2mm; overflow: hidden }")
    code, found = told(capsys, "handouts", "kit", "--by", "week")
    where = "handouts/week-2022-w38.pdf"
    said = "«\u00a0Poèmes à voix haute\u00a0» est coupé par le bord de son cadre"
    assert code == 1
    assert found == [("P111", "error", "kit/section.yaml:4:13", f"{said}, page 1 de {where}.")]


def test_hidden_words_are_told_of_and_can_be_waived(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    styled(kit, "#des-mots--adresse { display: none }")
    code, found = told(capsys, "build", "kit")
    assert code == 0
    assert [each[:3] for each in found] == [("P112", "warning", "kit/words.yaml:11:11")]
    assert found[0][3] == ("Un style masque «\u00a0L’adresse Rue des Bouleaux.\u00a0», page 1.")
    waiver = "waivers:\n  - {rule: P112, reason: C'est voulu.}\n"
    (kit / "kit.yaml").write_text(KIT + waiver, encoding="utf-8")
    assert told(capsys, "build", "kit") == (0, [])
    assert told(capsys, "check", "kit", "--select-rules", "S") == (0, [])


def test_what_is_shortened_stands_elsewhere(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    short = "{ white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 50mm }"
    styled(kit, f"@page {{ @top-left {short} @bottom-left {short} }}")
    title = "Des mots, et des mots encore, que personne ne lit jamais jusqu'au bout"
    (kit / "words.yaml").write_text(WORDS.replace("Des mots", title), encoding="utf-8")
    _, found = told(capsys, "build", "kit")
    assert {each[0] for each in found} == {"P111"}
    assert {each[2] for each in found} == {"kit/kit.yaml:5:55"}
    assert "presse@example.org\u00a0» cède la place à «\u00a0…\u00a0», page 1" in found[0][3]
    printed = KIT.replace("section.yaml]", "section.yaml, contacts]")
    (kit / "kit.yaml").write_text(printed, encoding="utf-8")
    assert told(capsys, "build", "kit") == (0, [])


# --- our own theme, with texts as long as nobody writes them -------------------------------------

WORD = "anticonstitutionnellement" * 8
LINE = (
    "Rencontres de la lecture publique et des médiathèques, avec leurs partenaires universitaires"
)
FIGURES = "".join(f'\n      - {{value: 1 250 000 0{n:02} €, label: "{LINE}"}}' for n in range(40))
EVENTS = "".join(f"\n  - {{title: Lecture {n}, when: {n % 28 + 1} septembre}}" for n in range(45))
LONG: dict[str, dict[str, str]] = {
    "forty figures": {
        "words.yaml": f"type: article\ntitle: {WORD}\nbody:\n"
        f"  - type: key-figures\n    items:{FIGURES}\n"
    },
    "a section with a long title": {
        "section.yaml": f"type: programme\ntitle: {LINE}, {LINE}\nopener: band\nkicker: {LINE}\n"
        f"events:\n  - {{title: {WORD}, organisers: [{WORD}], when: 25 septembre}}\n"
    },
    "many events on a page that opens": {
        "section.yaml": f"type: programme\ntitle: Les lectures\nopener: page\nevents:{EVENTS}\n"
    },
    "words that do not break, on the cover and at the end": {
        "kit.yaml": f"title: {WORD}\nperiod: {{start: 2022-09-24, end: 2022-10-02}}\n"
        f"publisher: {{name: Ville, authority: [{WORD}], motto: [{WORD}]}}\n"
        f"about: {{title: {WORD}, website: https://www.example.org, website_label: {WORD}}}\n"
        "chapters: [cover, words.yaml, section.yaml, about]\n"
    },
}


@pytest.mark.long
@pytest.mark.parametrize("name", LONG)
def test_no_word_is_lost_however_long_the_texts(
    kit: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, text in LONG[name].items():
        (kit / file).write_text(text, encoding="utf-8")
    code, found = told(capsys, "build", "kit")
    assert (code, [each for each in found if each[0] in ("P111", "P112")]) == (0, [])
