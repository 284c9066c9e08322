"""The pictures of the studio in the documentation: its window as a press team sees it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.documented import DOCS
from tests.studio.conftest import CHROMIUM, PATIENCE, studio

ROOT = DOCS.parent
FOLDER = DOCS / "images" / "studio"
SIZE = {"width": 1280, "height": 800}


def _form(page: Page) -> None:
    page.locator("#search").fill("l'usager")
    page.locator("#entries a:visible", has_text="L'USAGER").first.click()
    page.locator(".spot").first.wait_for(timeout=PATIENCE)
    page.locator("#search").fill("")
    page.mouse.move(640, 400)
    page.locator("[data-field=text] textarea").focus()


def _calendar(page: Page) -> None:
    page.locator("[data-field=when] .calendar summary").click()
    page.locator("[data-field=when] [data-day='2021-11-16']").focus()


def _findings(page: Page) -> None:
    page.locator("#tab-findings").click()
    page.wait_for_timeout(1500)  # all of them are there
    fix = page.locator("#shown .finding", has=page.locator("ins")).first
    fix.locator("details summary").last.click()
    fix.evaluate("each => each.scrollIntoView({ block: 'start' })")


SHOWN: dict[str, Callable[[Page], None]] = {
    "fiche": _form,
    "calendrier": _calendar,
    "constats": _findings,
}
"""What is done one after another, and what a picture of it is called."""


def drawn() -> Iterator[tuple[str, Image.Image]]:
    """Yield each picture and its name."""
    with tempfile.TemporaryDirectory() as name:
        kit = copytree(ROOT / "data" / "2021", Path(name) / "2021")
        with studio(kit, Path(name)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_context(viewport=SIZE, locale="fr-FR").new_page()  # type: ignore[arg-type]
            page.goto(address)
            page.locator("#count:not(:empty)").wait_for(timeout=PATIENCE)
            for picture, do in SHOWN.items():
                do(page)
                page.wait_for_timeout(2000)  # pages are drawn sharp
                yield picture, Image.open(io.BytesIO(page.screenshot()))


def main(asked: list[str]) -> None:
    """Draw the pictures whose names are ``asked`` for, or all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in drawn() if not asked or SHOWN.keys() & asked else ():
        if not asked or name in asked:
            picture.convert("RGB").save(FOLDER / f"{name}.webp", quality=75, method=6)


if __name__ == "__main__":
    main([])
