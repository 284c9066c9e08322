"""What the documentation shows is what the program does, and its links lead somewhere."""

from __future__ import annotations

import datetime
import posixpath
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from moip_press import cli
from moip_press.kit.model.edition import Edition
from moip_press.proofread import review
from moip_press.proofread.rules import all_rules
from moip_press.report.messages import Catalogue
from tests.documented import (
    DOCS,
    ROOT,
    Block,
    Page,
    generated,
    same,
    session,
    typed,
    written,
)
from tests.excerpts import PART, add_pictures, placed, values_of
from tests.keeping import KEPT

PAGES, GENERATED = written(), generated()
TOP = [
    Page(name, (ROOT / name).read_text(encoding="utf-8"))
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")
]
RUN = [page for page in [*TOP, *PAGES] if any(not block.not_run for block in page.blocks)]
# what lays out pages several times
LONG = {f"fr/{name}.md" for name in ("saison", "theme", "verbes/build", "verbes/compare")}
LONG |= {f"fr/verbes/{name}.md" for name in ("handouts", "release", "season")}
SHOWN_ONLY = {"text"}
LOCALES = {"fr": "fr_FR.UTF-8", "en": "en_GB.UTF-8"}


def test_there_is_a_site_to_test() -> None:
    assert len(PAGES) >= 25
    assert len(RUN) >= 15
    assert {page.name for page in RUN} >= LONG
    assert len(GENERATED) > 2 * len(all_rules())
    blocks = [block for page in PAGES for block in page.blocks if not block.not_run]
    kinds = {block.kind for block in blocks}
    assert {"console", "yaml"} <= kinds
    assert len([block for block in blocks if block.kind == "console"]) >= 30
    assert len([block for block in blocks if block.kind == "yaml"]) >= 20


# --- the README and CONTRIBUTING ---------------------------------------------------------


def test_the_readme_is_one_page() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert 20 < len(lines) <= 120
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize(("page", "least"), [("CONTRIBUTING.md", 30), ("ARCHITECTURE.md", 150)])
def test_the_files_that_engineers_are_sent_to_exist(page: str, least: int) -> None:
    """A name may leave out the folders that it stands in, as the text around it says them."""
    text = next(each.text for each in TOP if each.name == page)
    named = set(re.findall(r"`([\w/.<>-]+(?:/|\.(?:py|html|css|js|md|toml|txt|po)))`", text))
    assert len(named) >= least
    tops = ("moip_press", "templates", "styles", "data", "docs", "tests")
    paths = [*ROOT.iterdir(), *(path for top in tops for path in (ROOT / top).rglob("*"))]
    there = "\n".join(f"/{path.relative_to(ROOT).as_posix()}/" for path in paths)
    patterns = {name: re.sub("<.+?>", r"[^/\n]*", name.rstrip("/")) for name in sorted(named)}
    assert [
        name for name, it in patterns.items() if not re.search(f"/{it}/$", there, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("language", LOCALES)
def test_each_option_of_a_verb_stands_on_a_page(language: str) -> None:
    pages = {page.name: page.text for page in PAGES if page.language == language}
    missing = []
    for verb in cli.VERBS:
        module = import_module(f"moip_press.commands.{cli.MODULES.get(verb, verb)}")
        if language == "fr":
            text = pages[f"fr/verbes/{verb}.md"] + pages["fr/verbes/index.md"]
        else:
            text = "".join(pages.values())
        options = [
            name
            for param in module.command(Catalogue(language)).params
            for name in (*param.opts, *param.secondary_opts)
            if name.startswith("--")
        ]
        missing += [(verb, it) for it in options if not re.search(rf"{it}(?![\w-])", text)]
    assert missing == []


# --- what pages show is run --------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a page is read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.long
@pytest.mark.parametrize(
    "page",
    [pytest.param(each, marks=[pytest.mark.long] if each.name in LONG else []) for each in RUN],
    ids=lambda page: page.name,
)
def test_a_page_does_what_it_shows(
    page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch, rewrite_expected: bool
) -> None:
    monkeypatch.setenv("LC_ALL", LOCALES[page.language])
    begin(page, folder)
    done = [(block, shown(block, folder)) for block in page.blocks if not block.not_run]
    wrong = [(block, text) for block, text in done if text != block.text]
    if rewrite_expected and wrong:
        (DOCS / page.name if page in PAGES else ROOT / page.name).write_text(
            page.rewritten(wrong), encoding="utf-8"
        )
        pytest.fail(f"{page.name} was written anew: look at it, and run this again")
    assert [f"line {block.line}:\n{text}" for block, text in wrong] == []


def begin(page: Page, folder: Path) -> None:
    """Lay out what the reader of a page has."""
    if page.start == "2021":
        shutil.copytree(ROOT / "data" / "2021", folder / "data" / "2021")
    elif page.start == "new":
        assert cli.run(["new", "data/2022", "-q", "--language", page.language]) == 0
    else:
        assert page.start == "nothing"


def shown(block: Block, folder: Path) -> str:
    """Do what a block shows; return what it should show: its own text where it is right."""
    if block.title:
        (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
        (folder / block.title).write_text(block.text, encoding="utf-8")
        add_pictures(block.text, folder / Path(*Path(block.title).parts[:2]))
    elif block.kind == "yaml":
        assert errors_of(block.text, folder / f"excerpt-{block.line}") == [], block.text
    elif block.kind == "console":
        return ran(block)
    else:
        assert block.kind in SHOWN_ONLY, f"line {block.line}: say why this is not run"
    return block.text


def ran(block: Block) -> str:
    """Type what a block shows, and return it with what was printed where that is not the same."""
    commands = session(block.text)
    assert commands
    text = ""
    for number, (command, expected) in enumerate(commands, 1):
        code, printed = typed(command)
        ends_with = block.ends_with if number == len(commands) else 0
        assert code == ends_with, f"{command} (line {block.line}): {code}\n{printed}"
        text += f"$ {command}\n{expected if same(expected, printed) else printed}"
    return text


# --- excerpts of kits --------------------------------------------------------------------

TODAY = datetime.date(2022, 10, 1)
KIT: dict[str, Any] = {
    "title": "Semaine du numérique",
    "period": {"start": "2022-11-01", "end": "2022-11-30"},
    "website": "https://www.example.org",
    "publisher": {"name": "Ville de Saint-Exemple"},
    "contacts": [{"id": "presse", "name": "Alix Martin", "email": "presse@example.org"}],
    "chapters": ["contents", "programme.yaml", "labs.yaml"],
}
# what excerpts count, choose and name
LABS = """\
type: programme
title: Labs
id: labs
events:
  - {title: Journée des labs, when: 3 novembre, region: Normandie}
"""
VISIT = """\
  - id: visite
    title: Visite du laboratoire
    when: 16 novembre
    region: Bretagne
    theme: Numérique
    capacity: 40
    organisers: [Ville de Saint-Exemple]
    speakers: ["Alix Martin, directrice"]
"""
EVENT = {"title": "Portes ouvertes", "when": "16 novembre"}


def test_the_page_on_kits_names_every_field_of_kit_yaml() -> None:
    page = next(each.text for each in PAGES if each.name == "fr/kit.md")
    missing = {name for name in Edition.model_fields if not re.search(rf"\b{name}\b", page)}
    assert missing == set()


def errors_of(excerpt: str, folder: Path) -> list[str]:
    """Return the errors of a kit that holds an excerpt, completed as a reader would."""
    folder.mkdir()
    files = {"programme.yaml": f"type: programme\ntitle: Le programme\nevents: [{EVENT}]\n"}
    files["glossary.yaml"] = "terms: [{preferred: Lab, explanation: Une équipe.}]\n"
    files["labs.yaml"] = LABS if "id: visite" in excerpt else LABS + VISIT
    name, text = placed(excerpt)
    kit = KIT
    if name == "kit.yaml":
        said = {*values_of(excerpt)} | ({"period"} if "periods:" in excerpt else set())
        kit = {name: given for name, given in KIT.items() if name not in said}
    own = "" if kit is KIT else excerpt
    files["programme.yaml" if name == PART else name] = text
    files["kit.yaml"] = (yaml.safe_dump(kit, allow_unicode=True) if kit else "") + own
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        add_pictures(text, folder)
    found = review.review(folder, TODAY, KEPT).report
    errors = [each for each in found.diagnostics if each.severity == "error"]
    return [f"{each.code}: {each.message}" for each in errors]


# --- links -------------------------------------------------------------------------------


def test_links_lead_to_pages_and_headings() -> None:
    pages = {page.name: page for page in [*PAGES, *GENERATED]}
    inside = [(page, link) for page in pages.values() for link in page.links if not outside(link)]
    assert len(inside) > 300
    wrong = []
    for page, link in inside:
        path, _, anchor = link.partition("#")
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path))
        target = pages.get(name) if path else page
        if target is None:
            found = not anchor and not name.endswith(".md") and (DOCS / name).is_file()
        else:
            found = not anchor or anchor in target.anchors
        if not found:
            wrong.append(f"{page.name}: {link}")
    assert wrong == []


def test_links_of_the_pages_at_the_top_lead_to_files() -> None:
    links = [(page.name, link) for page in TOP for link in page.links if not outside(link)]
    assert len(links) > 10
    made = {f"docs/{page.name}" for page in GENERATED}
    wrong = [
        f"{name}: {link}"
        for name, link in links
        if "#" in link or not ((ROOT / link).exists() or link in made)
    ]
    assert wrong == []


def outside(link: str) -> bool:
    return re.match(r"[a-z]+:", link) is not None


def test_the_navigation_names_every_page_once() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))["project"]
    named = list(names(site["nav"]))
    assert len(set(named)) == len(named) > 25
    made = {"fr/codes/index.md", "en/codes/index.md"}
    assert {page.name for page in PAGES} == set(named) - made


def names(nav: Any) -> Iterator[str]:
    """Yield the pages that a navigation names."""
    if isinstance(nav, str):
        yield nav
    for each in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from names(each)


# --- the site ----------------------------------------------------------------------------


@pytest.mark.skipif(find_spec("zensical") is None, reason="`make docs` installs what builds it")
def test_the_site_is_built_and_asks_nobody(tmp_path: Path) -> None:
    for name in ("docs", "zensical.toml"):
        kind = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        kind(ROOT / name, tmp_path / name)
    for page in GENERATED:
        (tmp_path / "docs" / page.name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / page.name).write_text(page.text, encoding="utf-8")
    command = (sys.executable, "-m", "zensical", "build", "--strict", "--clean")
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    site = tmp_path / "output" / "docs"
    pages = {path.relative_to(site).with_suffix(".md").as_posix() for path in site.rglob("*.html")}
    assert {page.name for page in [*PAGES, *GENERATED]} <= pages
    asked = [
        f"{path.name}: {address}"
        for path in site.rglob("*.html")
        for address in re.findall(
            r'<(?:script|link|img|iframe)[^>]* (?:src|href)="?(https?://[^" >]+)',
            path.read_text(encoding="utf-8"),
        )
    ]
    assert asked == []
    french = (site / "index.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in french
