"""A kit that was opened before: its pages are there at once, unless anything has changed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from shutil import copytree
from threading import Event

import pytest

from moip_press.studio import workshop as module
from moip_press.studio.helper import Remote
from moip_press.studio.shown_before import ShownBefore
from moip_press.studio.spoken import Spoken
from moip_press.studio.told import DOSSIER, Laid, Page
from moip_press.studio.workshop import Workshop
from moip_press.system.cache import Cache

HEARD = Path(__file__).parents[1] / "kits" / "heard"
PAGES = (
    Page("one", 210.0, 297.0, "Cover", ("cover",)),
    Page("two", 210.0, 297.0, "A", ("a.yaml",)),
)
PDFS = {"one": (b"%PDF", 0), "two": (b"%PDF", 1), "gone": (b"%PDF-old", 0)}


@pytest.fixture
def before(tmp_path: Path) -> ShownBefore:
    kit = copytree(HEARD, tmp_path / "kit")
    return ShownBefore(kit, tmp_path / "out", Cache(tmp_path / "cache"))


def kept(before: ShownBefore) -> ShownBefore:
    before.keep(before.state_of_kit(), PAGES, PDFS)
    return before


def test_pages_come_back_where_the_kit_is_as_it_was(before: ShownBefore) -> None:
    assert before.read() is None
    found = kept(before).read()
    assert found == (PAGES, {look: PDFS[look] for look in ("one", "two")})
    path = before.kit / "lectures.yaml"
    text = path.read_bytes()
    path.write_bytes(text + b"# another\n")
    assert before.read() is None
    path.write_bytes(text)
    assert before.read() == found


def test_another_program_has_other_pages(
    before: ShownBefore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(before)
    monkeypatch.setattr("moip_press.kit.fingerprint.of_program", lambda: "another")
    assert before.read() is None


def test_what_was_damaged_is_not_shown(before: ShownBefore) -> None:
    kept(before)
    assert before.cache.folder
    (path,) = before.cache.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert before.read() is None
    before.cache.write(path.name, b"no pickle")
    assert before.read() is None


def test_a_kit_that_was_open_before_shows_its_pages_while_it_is_laid_out(
    before: ShownBefore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(before)
    laid = Event()

    def call(_remote: Remote, method: str, *_given: object) -> object:
        if method == "lay_out":
            laid.wait(60)
            return Laid({DOSSIER: PAGES[:1]}, ("one",), b"%PDF")
        return b"" if method == "sheets" else None

    monkeypatch.setattr(Remote, "call", call)
    monkeypatch.setattr(module, "QUIET", 0.05)
    shop = Workshop(before.kit, before.output, before.cache, tmp_path / "state", Spoken("en"))

    async def opened() -> tuple[object, object]:
        working = asyncio.create_task(shop.work())
        async with asyncio.timeout(60):
            while not shop.state.pages:
                await asyncio.sleep(0.01)
            shown = shop.state.pages[DOSSIER], shop.state.working
            laid.set()
            while shop.state.working or before.read() != (PAGES[:1], {"one": (b"%PDF", 0)}):
                await asyncio.sleep(0.01)
        working.cancel()
        return shown, shop.state.pages[DOSSIER]

    first, then = asyncio.run(opened())
    shop.close()
    assert first == (PAGES, True)  # they are there, and are being laid out
    assert then == PAGES[:1]
