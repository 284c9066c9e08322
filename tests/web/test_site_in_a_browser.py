"""A site in a browser: what checkers find on its pages, what it weighs, what its scripts do."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from moip_press.system.cache import Cache
from moip_press.web.site.building import build
from moip_press.web.site.files import Wanted
from tests.oracle.web_pages import invalid, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.long]

ROOT = Path(__file__).parents[2]
KITS = ("2021", "examples/festival", "examples/season", "examples/report")
NOW = datetime.datetime(2027, 6, 1, tzinfo=datetime.UTC)
FIRST_PAGE = 150_000  # bytes of the first page, its style, scripts and fonts, without pictures
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module", params=KITS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("site")
    made = build(ROOT / "data" / request.param, output, "web/", Wanted(NOW, output), Cache())
    assert made.failure is None
    return output / "web"


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 10
    return found


def of_each_kind(site: Path) -> list[Path]:
    """Return a page of each folder, and all of the first one."""
    first = {page.parent: page for page in reversed(pages(site))}
    return [*site.glob("*.html"), *(page for folder, page in first.items() if folder != site)]


def test_the_nu_html_checker_finds_nothing(site: Path) -> None:
    assert invalid(pages(site)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(site: Path, browser: Browser, scheme: Scheme) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found: list[str] = []
    for file in pages(site):
        page.goto(file.as_uri())
        found += [f"{file.name}: {words}" for words in violations(page)]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways_or_asks_for_anything_from_elsewhere(
    site: Path, browser: Browser, width: int
) -> None:
    page, asked, said = browser.new_page(viewport={"width": width, "height": 900}), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for file in of_each_kind(site):
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, file.name
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []


def test_the_first_page_weighs_little(site: Path, browser: Browser) -> None:
    page, asked = browser.new_page(), set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto((site / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.close()
    files = [site / url.removeprefix(f"{site.as_uri()}/") for url in asked]
    assert any(file.suffix == ".woff2" for file in files)
    weight = sum(file.stat().st_size for file in files if file.parent.name != "images")
    assert weight < FIRST_PAGE


@pytest.fixture
def programme(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    kit = Path(shutil.copytree(ROOT / "data" / "examples" / "festival", tmp_path / "festival"))
    build(kit, tmp_path, "web/", Wanted(NOW, tmp_path), Cache())
    page = browser.new_page()
    page.goto((tmp_path / "web" / "programme.html").as_uri())
    yield page
    page.close()


def test_the_programme_is_filtered_by_region_and_by_words_without_accents(programme: Page) -> None:
    everything = programme.locator(".row:visible").count()
    programme.get_by_label("Région").select_option("bretagne")
    status = programme.locator(".found")
    assert "9" in status.inner_text()
    assert 0 < programme.locator(".row:visible").count() < everything
    programme.get_by_label("Région").select_option("")
    programme.get_by_label("Mots").fill("maregraphes")
    assert programme.locator(".row:visible").first.inner_text().find("marégraphe") > 0
    programme.get_by_role("button", name="Tout afficher").click()
    programme.wait_for_timeout(100)
    assert programme.locator(".row:visible").count() == everything
