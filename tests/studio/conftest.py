"""The studio in a real browser (Debian's Chromium), and the kits that tests open in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, which

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
KIT = {
    "kit.yaml": """# the kit of the fair
title: Foire de printemps
period: {start: 2026-05-01, end: 2026-05-31}
publisher: {name: Ville de Saint-Exemple}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
chapters: [cover, contents, programme.yaml]
""",
    "programme.yaml": """type: programme
title: Le programme
events:
  # the first one
  - title: Concert
    when: 4 mai
    text: |
      Une longue soirée de musique avec des trolbinettes.
  - title: Grand bal
    id: bal
    when: 5 mai, 20:00
    organisers: [Ville, Amicale]
    text: Les réponses sont données pendant la soiree.
  - title: Lecture
    when: 6 mai
    text: Des textes lus à voix haute, suivis d'un échange .
""",
}
"""A small kit, with a word that nobody knows, a missing accent and a space too many."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\w+/\?token=[\w-]+")
GOING = ("/form?", "/page/")
PATIENCE = 120_000  # milliseconds: the first layout, on a computer that does other things too


@contextmanager
def studio(
    kit: Path | None, state: Path, language: str | None = "fr", *, here: Path = ROOT
) -> Iterator[str]:
    """Start the studio as a process, of a kit or without, and give the address that opens it."""
    named = [*(["--language", language] if language else []), *([str(kit)] if kit else [])]
    scratch = state / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "moip_press", "studio", *named),
            *("--no-browser", "-o", str(state / "out"), "--cache-dir", str(state / "cache")),
        ],
        cwd=here,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(state),
            "XDG_STATE_HOME": str(state),
            "TMPDIR": str(scratch),
        },
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        assert started.stderr is not None
        try:
            line = started.stderr.readline()
            found = ADDRESS.search(line)
            assert found, line
            yield found[0]
        finally:
            started.terminate()  # so that it ends what it has started, too
            started.wait(PATIENCE / 1000)
            assert list(scratch.iterdir()) == []


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return copytree(ROOT / "tests" / "kits" / "heard", tmp_path / "kit")


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    """Return a small kit with things to correct."""
    for name, text in KIT.items():
        (tmp_path / "fair").mkdir(exist_ok=True)
        (tmp_path / "fair" / name).write_text(text, encoding="utf-8")
    return tmp_path / "fair"


def _is_fault(told: ConsoleMessage) -> bool:
    """Return whether the window has a fault; a conflict is none, nor what has just gone."""
    gone = "404" in told.text and any(part in told.location["url"] for part in GOING)
    return told.type == "error" and not gone and "409 (Conflict)" not in told.text


@contextmanager
def window(browser: Browser, kit: Path, state: Path, language: str = "fr") -> Iterator[Page]:
    """Open the studio of a kit, and wait until its pages are there; nothing may go wrong in it."""
    with studio(kit, state, language) as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if _is_fault(told) else None)
        page.goto(address)
        page.locator("figure img").first.wait_for(timeout=PATIENCE)
        expect(page.locator("#state")).to_have_class("", timeout=PATIENCE)
        yield page
        page.context.close()
        assert not wrong


@pytest.fixture
def page(browser: Browser, kit: Path, tmp_path: Path) -> Iterator[Page]:
    """Return the window of a studio."""
    with window(browser, kit, tmp_path) as opened:
        yield opened
