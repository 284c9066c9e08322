"""What all tests share: the dossier of 2021, and the flag that writes expectations anew."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from moip_press.press import journey
from tests.keeping import KEPT
from tests.oracle.web_pages import CHROMIUM
from tests.pictured import pictured

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-expected",
        action="store_true",
        help="write expected reports and pages anew, to be looked at before they are kept",
    )


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what lasts as long as the tests: thousands of items."""
    gc.freeze()


@pytest.fixture
def rewrite_expected(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-expected"))


@pytest.fixture(autouse=True)
def users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept in the cache folder of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(KEPT.folder))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers, once for all tests of a process: it bears no second one beside it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- where there is a browser

    with sync_playwright() as driving:
        yield driving


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium, once for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here")
    driving: Playwright = request.getfixturevalue("playwright")
    yield (opened := driving.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]))
    opened.close()


@pytest.fixture(scope="session")
def kept() -> Path:
    """The cache folder of the whole run."""
    assert KEPT.folder is not None
    return KEPT.folder


@pytest.fixture(scope="session")
def build_2021(tmp_path_factory: pytest.TempPathFactory) -> journey.Build:
    """The dossier of 2021, built once for all tests that read it."""
    return journey.build(ROOT / "data" / "2021", tmp_path_factory.mktemp("2021"), cache=KEPT)


@pytest.fixture(scope="session")
def build_heard(tmp_path_factory: pytest.TempPathFactory) -> journey.Build:
    """The dossier of a small kit that holds something of everything."""
    return journey.build(
        ROOT / "tests" / "kits" / "heard", tmp_path_factory.mktemp("heard"), cache=KEPT
    )


@pytest.fixture(scope="session")
def build_pictured(tmp_path_factory: pytest.TempPathFactory) -> journey.Build:
    """The dossier of a small kit with pictures of all kinds."""
    folder = tmp_path_factory.mktemp("pictured")
    return journey.build(pictured(folder / "kit"), folder / "out", cache=KEPT)
