"""The site in the studio: made, shown in a frame that reaches nothing else, out of date or not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from moip_press.studio.access import SHOWN, Keys
from moip_press.studio.app import application
from moip_press.studio.jobs.site_work import Made, make
from moip_press.studio.spoken import Spoken
from moip_press.studio.work import Progress
from moip_press.studio.workshop import Workshop
from moip_press.system.cache import Cache

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
PATIENCE = 120  # seconds, on a computer that does other things too
FRAMED = {"origin": "null", "sec-fetch-site": "cross-site"}
"""What a browser says of itself for a page in a sandboxed frame."""


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def client(
    fair: Path, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    async def idle(_self: Workshop) -> None: ...

    monkeypatch.setattr(Workshop, "work", idle)
    monkeypatch.setattr(Workshop, "look", lambda _self, _loop: None)
    cache = Cache(tmp_path / "cache")
    shop = Workshop(fair, tmp_path / "out", cache, tmp_path / "state", Spoken("en"))
    with TestClient(application(shop, keys, PORT), base_url=ORIGIN + keys.home) as opened:
        opened.get("/", params={"token": keys.token()})
        opened.headers["origin"] = ORIGIN
        yield opened


def made(fair: Path, out: Path, *, embargoed: bool = False) -> Made:
    """Make the site here, without a process of its own."""
    return make(Progress(out / "told"), fair, out, None, "en", embargoed=embargoed)


def asked(client: TestClient, **given: str) -> str:
    """Have the studio make the site, and return the page of the job."""
    assert client.post("/jobs/site/start", json=given).json() == {"job": "site"}
    until = time.monotonic() + PATIENCE
    while not client.get("/jobs/site/state").json()["done"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    return client.get("/jobs/site").text


def test_the_site_is_made_and_is_out_of_date_once_the_kit_has_changed(
    client: TestClient, fair: Path, tmp_path: Path
) -> None:
    assert "<iframe" not in client.get("/jobs/site").text
    assert not made(fair, tmp_path / "out").faults
    page = client.get("/jobs/site").text
    assert "<iframe" in page
    assert "It offers no PDF" in page
    assert client.get("/jobs/site/standing").json() == {"outdated": False}
    manifest = fair / "kit.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(f"{text}# changed\n", encoding="utf-8")
    assert client.get("/jobs/site/standing").json() == {"outdated": True}
    manifest.write_text(text, encoding="utf-8")
    assert client.get("/jobs/site/standing").json() == {"outdated": False}
    (fair / "templates" / "site").mkdir(parents=True)
    (fair / "templates" / "site" / "front.html").write_text("", encoding="utf-8")
    assert client.get("/jobs/site/standing").json() == {"outdated": True}


def test_an_embargoed_site_is_made_only_where_that_is_meant(
    client: TestClient, fair: Path, tmp_path: Path
) -> None:
    manifest = fair / "kit.yaml"
    embargo = "embargo: 2099-01-01 08:00\n"
    manifest.write_text(manifest.read_text(encoding="utf-8") + embargo, encoding="utf-8")
    assert made(fair, tmp_path / "out").held_back
    assert "<iframe" not in client.get("/jobs/site").text
    page = asked(client, embargoed="yes")
    assert "<iframe" in page
    assert "is no secret" not in page


def test_what_the_kit_brings_reaches_nothing_of_the_studio(
    client: TestClient, keys: Keys, fair: Path, tmp_path: Path
) -> None:
    made(fair, tmp_path / "out")
    (tmp_path / "out" / "secret.html").write_text("secret", encoding="utf-8")
    client.cookies.clear()
    shown = f"{ORIGIN}{SHOWN}{keys.shown}/"
    front = client.get(f"{shown}index.html", headers=FRAMED)
    assert front.status_code == 200
    assert front.headers["content-security-policy"].startswith("sandbox allow-scripts ")
    assert "allow-same-origin" not in front.headers["content-security-policy"]
    assert client.get(shown, headers=FRAMED).text == front.text
    assert client.get(f"{shown}assets/site.css", headers=FRAMED).is_success
    refused = [
        client.get(f"{ORIGIN}{SHOWN}{'x' * 43}/index.html", headers=FRAMED),
        client.get("/outline", headers=FRAMED),
        client.get("/jobs/site", headers=FRAMED),
        client.post(f"{shown}index.html", headers=FRAMED),
    ]
    assert [each.status_code for each in refused] == [403] * 4
    for name in ("%2e%2e/secret.html", "..%2fsecret.html", "a/%2e%2e/%2e%2e/secret.html", "x.py"):
        assert client.get(f"{shown}{name}", headers=FRAMED).status_code in {403, 404}


@pytest.mark.long
def test_the_site_stands_in_a_frame_without_an_origin(page: Page) -> None:
    page.goto(page.url.partition("?")[0] + "jobs/site")
    page.get_by_role("button", name="Faire le site").click()
    frame = page.frame_locator("#preview")
    expect(frame.locator("h1")).to_be_visible(timeout=PATIENCE * 1000)
    inside = page.frames[1]
    assert inside.evaluate("self.origin") == "null"
    assert inside.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source')
    page.get_by_role("button", name="Téléphone").click()
    assert inside.evaluate("innerWidth") <= 360
