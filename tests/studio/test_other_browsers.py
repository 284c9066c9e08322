"""The studio in Firefox and in WebKit: the way that everybody goes, from a page to the PDF."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Protocol

import pytest
from playwright.sync_api import Error, Page, Playwright

from tests.oracle.webkit import DRIVER, SCREEN, webkit
from tests.studio.conftest import PATIENCE, studio

pytestmark = pytest.mark.long

FIREFOX = next(filter(None, map(which, ("firefox-esr", "firefox"))), None)


class Window(Protocol):
    """What the way needs of a browser; elements are named by selectors."""

    def open(self, address: str) -> None: ...
    def text(self, selector: str) -> str: ...
    def attribute(self, selector: str, name: str) -> str: ...
    def middle(self, selector: str) -> tuple[int, int]: ...
    def click(self, selector: str) -> None: ...
    def click_at(self, x: int, y: int) -> None: ...
    def write(self, selector: str, text: str) -> None: ...
    def downloaded(self, selector: str) -> bytes: ...


@dataclass(frozen=True)
class Firefox:
    """A window of Debian's Firefox, driven by Playwright over WebDriver BiDi."""

    page: Page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def text(self, selector: str) -> str:
        found = self.page.locator(selector).first
        return found.inner_text() if found.count() else ""

    def attribute(self, selector: str, name: str) -> str:
        found = self.page.locator(selector).first
        return (found.get_attribute(name) or "") if found.count() else ""

    def middle(self, selector: str) -> tuple[int, int]:
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None
        return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def click_at(self, x: int, y: int) -> None:
        self.page.mouse.click(x, y)

    def write(self, selector: str, text: str) -> None:
        self.click(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def downloaded(self, selector: str) -> bytes:
        with self.page.expect_download() as download:
            self.click(selector)
        return download.value.path().read_bytes()


@pytest.fixture
def firefox(playwright: Playwright) -> Iterator[Window]:
    if FIREFOX is None:
        pytest.skip("no Firefox is installed here")
    try:
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
    except Error as error:
        if "unknown command" not in str(error):
            raise
        pytest.skip("this Firefox is older than those that Playwright drives")
    yield Firefox(browser.new_page(viewport={"width": 1440, "height": 900}))
    browser.close()


@pytest.fixture
def of_webkit(tmp_path: Path) -> Iterator[Window]:
    if DRIVER is None or SCREEN is None:
        pytest.skip("WebKitWebDriver (webkit2gtk-driver) or Xvfb (xvfb) is not installed here")
    (tmp_path / "home").mkdir()
    with webkit(tmp_path / "home") as opened:
        yield opened


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("browser_name", ["firefox", "of_webkit"])
def test_from_a_click_on_a_page_to_the_pdf(
    browser_name: str, fair: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    window: Window = request.getfixturevalue(browser_name)
    programme = fair / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("échange .", "échange."), encoding="utf-8")
    before = programme.read_bytes()
    with studio(fair, tmp_path) as address:
        window.open(address)
        until(lambda: window.text("#state") == "Les pages sont à jour")
        until(lambda: window.text("#count") != "")
        window.click(".entry:has(a[data-file='programme.yaml'][data-at='']) .fold")
        window.click("#entries a[data-at='events.1']")
        until(lambda: window.text("#shown h2") == "Grand bal")
        until(lambda: window.attribute("figure .spot", "class") != "")
        time.sleep(1)  # the page has rolled to it
        point = window.middle("figure .spot")
        window.click("#entries a[data-at='events.0']")
        until(lambda: window.text("#shown h2") == "Concert")
        window.click_at(*point)
        until(lambda: window.text("#shown h2") == "Grand bal")
        shown = window.attribute("figure:has(.spot)", "data-look")
        window.write("[data-field=title] input", "Petit bal")
        until(lambda: "title: Petit bal" in programme.read_text(encoding="utf-8"))
        until(lambda: window.attribute("figure:has(.spot)", "data-look") not in ("", shown))
        window.click("#undo")
        until(lambda: programme.read_bytes() == before)
        until(lambda: window.attribute("figure:has(.spot)", "data-look") == shown)
        window.click("#tab-findings")
        until(lambda: window.text("#shown .finding ins") == "soirée")
        window.click("#shown .finding:has(ins) [data-post='/fix']")
        until(lambda: "pendant la soirée." in programme.read_text(encoding="utf-8"))
        until(lambda: window.text("#state") == "Les pages sont à jour")
        assert window.downloaded("#pdf").startswith(b"%PDF")
