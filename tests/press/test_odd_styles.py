"""Styles that nobody means: each is set, or refused with its file; none ends the program."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from moip_press.pdf.typeset import boxes, pages
from moip_press.press import journey
from moip_press.report.diagnostics import Severity
from tests.suites import mostly_long

KIT = """title: Une semaine
period: {start: 2022-09-24, end: 2022-10-02}
publisher: {name: La Maison}
chapters: [words.yaml]
limits: {seconds: 20, memory: 1000}
"""
TEXT = """type: article
title: Des mots
body:
  - {type: text, title: Un titre, text: Simples *mots*.}
  - {type: directory, labs: [{name: A, region: B}]}
"""
REFUSED = {
    "@page {\n  size: A4;\n  margin: 200mm;\n}": 3,
    "p { top: 0 }\np { letter-spacing: 1e9px }": 2,
    "p { top: 0 }\n\np { font-size: 1e300px }\n": 3,
    "a { top: 0 }\nhtml { position: running(x) }": 2,
    f"/* a */\n{'p {' * 400}": 2,
    f"b {{ top: 0 }}\n{':is(' * 300}p{')' * 300} {{ top: 0 }}": 2,
}
SELECTORS = ("p", "*", "html", "body", "article", "@page", "td", "h1", "p::before", "::marker")
PROPERTIES = (
    *("width", "height", "margin", "padding", "font-size", "line-height", "letter-spacing"),
    *("columns", "column-gap", "text-indent", "border-width", "top", "transform", "tab-size"),
    *("display", "float", "position", "content", "background", "flex", "grid-row", "size"),
    *("orphans", "opacity", "counter-increment", "quotes", "border-radius", "word-spacing"),
)
VALUES = (
    *("0", "-1", "1e9px", "1e300px", "-1e9px", "1e-300px", "calc(1px / 0)", "calc(NaN * 1px)"),
    *("calc(infinity * 1px)", "100%", "-100%", "999999999", "none", "table-cell", "footnote"),
    *("running(x)", "contents", "scale(0)", "counter(x)", "'a' 'b'", "open-quote", "var(--x)"),
    *("a -99999999999", "linear-gradient(red 0, red 0)", "url(kit.css)", "url()", "min()", "1/0"),
)


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    (folder / "styles").mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "words.yaml").write_text(TEXT, encoding="utf-8")
    return folder


def built(kit: Path, css: str) -> journey.Build:
    (kit / "styles" / "kit.css").write_text(css, encoding="utf-8")
    return journey.build(kit, kit.parent / "output")


@pytest.mark.parametrize("css", mostly_long(REFUSED, list(REFUSED)[:1]))
def test_a_style_that_cannot_be_followed_is_named_with_its_line(kit: Path, css: str) -> None:
    made = built(kit, css)
    assert made.dossier is None
    (found,) = [one for one in made.report.diagnostics if one.severity is Severity.ERROR]
    assert found.code == "P110"
    assert found.hint
    assert found.span.file.endswith("styles/kit.css")
    assert found.span.start.line == REFUSED[css]


def odd(dice: random.Random) -> str:
    rules = []
    for _ in range(dice.randint(1, 3)):
        said = [f"{dice.choice(PROPERTIES)}: {dice.choice(VALUES)}" for _ in range(3)]
        rules.append(f"{dice.choice(SELECTORS)} {{ {'; '.join(said)} }}")
    return "\n".join(rules)


@pytest.mark.long
def test_odd_styles_are_set_or_refused(kit: Path) -> None:
    dice = random.Random(20221102)  # noqa: S311 -- no secret
    (kit / "kit.yaml").write_text(KIT.replace("20,", "2,"), encoding="utf-8")
    for _ in range(12):
        made = built(kit, odd(dice))
        assert (made.dossier is None) == (made.report.errors > 0)


def test_a_fault_of_ours_is_none_of_the_kit(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = compile("def broken(*_):\n    return 1 / 0", boxes.__file__, "exec")
    space: dict[str, object] = {}
    exec(code, space)  # noqa: S102 -- a bug in a file of ours
    monkeypatch.setattr(pages, "sheets", space["broken"])
    with pytest.raises(ZeroDivisionError):
        built(kit, "")
