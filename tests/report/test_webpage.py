"""Pages for a browser: whole in one file, loading nothing, in letters that they bring along."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from markupsafe import Markup

from moip_press.report import webpage
from moip_press.report.messages import LOCALE, Catalogue
from moip_press.report.webpage import Webpage

BODY = Markup("""<section><h2>Les labs</h2>
<ul class="entries"><li class="entry" data-kind="new" data-section="labs">Café</li>
<li class="entry" data-kind="gone" data-section="etat">Thé</li></ul></section>""")
PAGE = Webpage(
    "Ce qui change",
    Markup("<h1>Ce qui change</h1>"),
    BODY,
    kinds={"new": "nouveau", "gone": "parti & <b>fini</b>"},
    sections={"labs": "Les labs", "etat": "L’État"},
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.written(Catalogue("fr"))


def test_a_page_allows_its_own_style_and_script_and_nothing_else(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    allowed = dict(rule.split(" ", 1) for rule in unescape(policy).split("; "))
    assert allowed.pop("default-src") == allowed.pop("base-uri") == "'none'"
    assert allowed.pop("form-action") == "'none'"
    assert allowed.pop("font-src") == "data:"
    for name in ("style", "script"):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert allowed.pop(f"{name}-src") == f"'sha256-{digest}'"
    assert allowed == {}


def test_a_page_names_no_address(page: str) -> None:
    assert not re.search(r"\s(?:src|href|srcset|action)=|@import|https?:", page)
    assert set(re.findall(r"url\((\w+:[\w/]+)", page)) == {"data:font/woff2"}


def test_what_is_filtered_by_can_be_chosen_by_name(page: str) -> None:
    assert set(re.findall(r'data-kind="(\w+)"', page)) <= set(PAGE.kinds)
    for name, choices in (("kind", PAGE.kinds), ("section", PAGE.sections)):
        select = page.partition(f'<select name="{name}"')[2].partition("</select>")[0]
        found = dict(re.findall(r'<option value="(\w+)">([^\n]*)</option>', select))
        assert {key: unescape(words) for key, words in found.items()} == choices
    # each control stands in its label
    assert len(re.findall(r"<label>[^<]+ <(?:input|select)", page)) == 3
    assert "<b>" not in page


def test_without_a_script_nothing_is_shown_that_needs_one(page: str) -> None:
    assert re.search(r'<form class="tools"[^>]* hidden>', page)


def test_a_page_of_one_section_offers_no_choice_of_sections() -> None:
    alone = Webpage("x", Markup(), BODY, kinds={"new": "nouveau"}, sections={"labs": "Les labs"})
    assert "<select" not in alone.written(Catalogue("fr"))
    assert "<form" not in Webpage("x", Markup(), BODY).written(Catalogue("fr"))


@pytest.mark.parametrize("weight", webpage.WEIGHTS)
def test_the_fonts_hold_every_letter_of_the_messages(weight: int) -> None:
    font = TTFont(webpage.HERE / f"sans-{weight}.woff2")
    held = set(map(chr, font.getBestCmap()))
    words = (LOCALE / "fr" / "LC_MESSAGES" / "moip_press.po").read_text(encoding="utf-8")
    used = {sign for sign in words if sign.isalpha()}
    assert len(used) > 50
    assert {sign for sign in used if sign < "\u0250"} <= held
    assert {*"«»“”‘’…–—→·€\u00a0\u202f"} <= held
    # the licence reserves the name of the original
    assert "Source" not in str(font["name"].getDebugName(1))
    assert "Open Font License" in str(font["name"].getDebugName(13))


@pytest.mark.long
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: `apt-get install chromium` tries pages")
def test_a_browser_runs_the_script_that_the_page_allows(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    shown = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    form = shown.partition('<form class="tools"')[2].partition("</form>")[0]
    assert "hidden" not in form.partition(">")[0]
    assert "Changements affichés\u00a0: 2 sur 2" in form.replace("&nbsp;", "\u00a0")
