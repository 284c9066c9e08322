"""Who gets an answer from the studio: its own window on this computer, and nobody else."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from moip_press.studio.access import COOKIE, MOST_BODY, SECRET, TOKEN, Keys
from moip_press.studio.address import Address
from moip_press.studio.answers import place_read, place_text
from moip_press.studio.app import VIEWS, application
from moip_press.studio.helper import Remote, Stopped
from moip_press.studio.spoken import Spoken
from moip_press.studio.told import Laid
from moip_press.studio.workshop import Workshop
from moip_press.system.cache import Cache

ROOT = Path(__file__).parents[2]
PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def client(tmp_path: Path, keys: Keys) -> Iterator[TestClient]:
    kit = copytree(ROOT / "tests" / "kits" / "heard", tmp_path / "kit")
    workshop = Workshop(kit, tmp_path / "out", Cache(), tmp_path / "state", Spoken("en"))
    app = application(workshop, keys, PORT)
    yield TestClient(app, base_url=ORIGIN + keys.home, follow_redirects=False)
    workshop.close()


@pytest.fixture
def opened(client: TestClient, keys: Keys) -> TestClient:
    client.get("/", params={"token": keys.token()})
    client.headers["origin"] = ORIGIN
    return client


def test_a_token_opens_the_window_once(client: TestClient, keys: Keys) -> None:
    token = keys.token()
    first = client.get("/", params={"token": token})
    assert (first.status_code, first.headers["location"]) == (303, f"{keys.home}/")
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    client.cookies.clear()
    assert client.get("/", params={"token": token}).status_code == 403


def test_a_window_that_is_loaded_again_stays_open(client: TestClient, keys: Keys) -> None:
    token = keys.token()
    client.get("/", params={"token": token})
    assert client.get("/", params={"token": token}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/form", "/news", "/document.pdf", "/assets/studio.js"])
def test_without_a_cookie_nothing_is_answered(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 403
    assert answer.text.startswith("Open the studio")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},  # a name that leads here: DNS rebinding
        {"host": f"evil.example:{PORT}"},
        {"host": "127.0.0.1"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"cookie": f"{COOKIE}=guess"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_get_no_answer(opened: TestClient, headers: dict[str, str]) -> None:
    assert opened.get("/outline").status_code == 200
    assert opened.get("/outline", headers=headers).status_code == 403
    assert opened.post("/undo", json={}, headers=headers).status_code == 403


def test_a_change_without_an_origin_is_refused(opened: TestClient) -> None:
    del opened.headers["origin"]
    assert opened.post("/undo", json={}).status_code == 403


def test_a_form_of_another_kind_is_refused(opened: TestClient) -> None:
    assert opened.post("/undo", content=b"{}").status_code == 415
    assert opened.post("/undo", content=b"[" * 100_000, headers=_json()).status_code == 400
    assert opened.post("/undo", content=b"[]", headers=_json()).status_code == 400


def _json() -> dict[str, str]:
    return {"content-type": "application/json"}


def test_a_body_that_never_ends_is_not_read(opened: TestClient) -> None:
    more = (b"x" * 1_000_000 for _ in range(MOST_BODY // 1_000_000 + 2))
    assert opened.post("/upload?name=x.png", content=more).status_code == 413


def test_a_body_that_is_announced_as_too_large_is_not_read_at_all(opened: TestClient) -> None:
    read = []

    def body() -> Iterator[bytes]:
        read.append(1)
        yield b"x"

    announced = {"content-length": str(2 * 10**9)}
    answer = opened.post("/upload?name=x.png", content=body(), headers=announced)
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"
    assert "60 MB at most" in answer.json()["fault"]


def test_only_what_is_a_picture_is_taken_in(opened: TestClient, tmp_path: Path) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    assert opened.post("/upload?name=no.png", content=b"<script>").status_code == 422
    assert not list(tmp_path.glob("kit/**/no*"))
    taken = opened.post("/upload?name=Un dessin.svg", content=drawing)
    assert taken.json() == {"file": "images/un-dessin.svg"}
    assert (tmp_path / "kit/images/un-dessin.svg").read_bytes() == drawing


def test_another_port_of_this_computer_is_not_shown_the_cookie(
    client: TestClient, keys: Keys, tmp_path: Path
) -> None:
    given = client.get("/", params={"token": keys.token()}).headers["set-cookie"]
    assert f"Path={keys.home}/;" in given  # which no page of another port can guess
    assert len(keys.home) > 20
    assert client.get(f"{ORIGIN}/").status_code == 403  # although the cookie is there
    assert client.get(f"{ORIGIN}/outline", headers={"cookie": given}).status_code == 403
    of_kit = Address.of(tmp_path / "kit", tmp_path / "state")
    of_another = Address.of(tmp_path / "another", tmp_path / "state")
    assert of_kit.keys().home == of_kit.keys().home  # a window is found again after a restart
    assert of_kit.keys().home != of_another.keys().home
    kept = list((tmp_path / "state" / "studio").iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    kept[0].write_bytes(b"")  # a full disk: nobody can guess the path even then
    assert of_kit.keys().home != of_kit.keys().home


def test_pages_may_load_nothing_from_elsewhere(opened: TestClient) -> None:
    for path in ("/", "/absent", "/outline"):
        headers = opened.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/form?file=../../kit.yaml&at=",
        "/form?file=/etc/passwd&at=",
        "/yaml?file=images/..%2f..%2fkit.yaml&at=",
        "/made/../kit.yaml",
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/export/exe",
        "/page/x.png?width=99999999999",
    ],
)
def test_no_file_but_the_kits_is_served(opened: TestClient, path: str) -> None:
    assert opened.get(path).status_code in {404, 400}


HOSTILE = (
    *("", "..", "../secret.yaml", "/etc/passwd", "link.yaml", "images/secret.yaml", "kit.yaml\0"),
    *("a\nb", "events.0", "events.99999999", "events." + "9" * 4400, "\ud800", "é" * 300, "-1"),
    *("1e309", "events.0.title.0", "{{7*7}}", "kit.yaml/../../secret.yaml", "." * 300),
)
WAITED_FOR = ("/news", "/jobs/")  # what never ends, and jobs, which have tests of their own


@pytest.mark.long
def test_no_address_breaks_or_leads_out_of_the_kit_whatever_it_is_asked(
    opened: TestClient, tmp_path: Path
) -> None:
    (tmp_path / "secret.yaml").write_text("type: article\ntitle: Geheim\n", encoding="utf-8")
    (tmp_path / "kit" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    shop = Workshop(tmp_path / "kit", tmp_path, Cache(), tmp_path, Spoken("en"))
    routes = [route for views in VIEWS for route in views(shop).routes()]
    shop.close()
    fair = {"file": "lectures.yaml", "at": "events.0", "known": "", "field": "title", "seen": ""}
    names = (
        *fair,
        "text",
        "to",
        "kind",
        "part",
        "key",
        "name",
        "days",
        "words",
        "number",
        "document",
    )
    asked = 0
    for route in routes:
        if not isinstance(route, Route) or route.path.startswith(WAITED_FOR):
            continue
        for text in HOSTILE:
            for given in (dict.fromkeys(names, text), {**fair, "at": text}, {"file": text}):
                if "POST" in (route.methods or ()):
                    answer = opened.post(route.path, content=json.dumps(given), headers=_json())
                else:
                    answer = opened.get(
                        route.path, params=urlencode(given, errors="replace")[:60_000]
                    )
                asked += 1
                assert answer.status_code < 500, (route.path, given)
                assert "Geheim" not in answer.text, (route.path, given)
    assert asked > 1000
    assert (tmp_path / "secret.yaml").read_text(encoding="utf-8").endswith("Geheim\n")


def test_words_of_a_kit_are_no_markup(opened: TestClient, tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    path = tmp_path / "kit" / "kit.yaml"
    text = path.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    path.write_text(text.replace(title, f"title: '{hostile}'"), encoding="utf-8")
    for view in ("/", "/outline", "/form?file=kit.yaml&at=", "/yaml?file=kit.yaml&at="):
        answer = opened.get(view)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "alert(1)" in answer.text


def test_a_second_start_gets_a_token_by_the_secret_alone(client: TestClient, keys: Keys) -> None:
    token = ORIGIN + TOKEN
    assert client.post(token).status_code == 403
    assert client.post(token, headers={SECRET: "guess"}).status_code == 403
    given = client.post(token, headers={SECRET: keys.secret}).json()
    assert client.get(ORIGIN + given["opens"]).status_code == 303


def test_port_and_secret_can_be_read_by_the_user_alone(tmp_path: Path, keys: Keys) -> None:
    noted = Address.of(tmp_path / "kit", tmp_path / "state")
    noted.note(PORT, keys)
    assert stat.S_IMODE(noted.path.stat().st_mode) == 0o600
    assert noted.asked() is None  # nobody listens there


def test_a_field_that_is_saved_stands_in_the_file(opened: TestClient, tmp_path: Path) -> None:
    given = {"file": "kit.yaml", "at": "", "known": "", "field": "version", "seen": "", "text": "7"}
    form = opened.get("/form?file=kit.yaml&at=").text
    assert 'data-field="version"' in form
    assert opened.post("/save", json=given).json()["at"] == ""
    assert "version: 7" in (tmp_path / "kit" / "kit.yaml").read_text(encoding="utf-8")
    assert opened.post("/save", json={**given, "seen": "5", "text": "8"}).status_code == 409
    assert opened.post("/undo", json={}).json() == {"file": "kit.yaml"}
    assert "version: 7" not in (tmp_path / "kit" / "kit.yaml").read_text(encoding="utf-8")


def test_a_proofreading_that_stopped_is_not_taken_for_a_kit_without_faults(
    tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(_room: Remote, method: str, *_given: object) -> Laid:
        if method == "read":
            raise Stopped
        return Laid({})

    monkeypatch.setattr(Remote, "call", call)
    kit = copytree(ROOT / "tests" / "kits" / "heard", tmp_path / "kit")
    workshop = Workshop(kit, tmp_path / "out", Cache(), tmp_path / "state", Spoken("en"))
    with TestClient(application(workshop, keys, PORT), base_url=ORIGIN + keys.home) as client:
        client.get("/", params={"token": keys.token()})
        for _ in range(100):
            if workshop.state.unread:
                break
            time.sleep(0.05)
        said = client.get("/findings").text
    assert "could not be proofread" in said
    assert "Nothing is wrong" not in said


def test_a_process_that_stopped_is_not_taken_for_an_answer(
    opened: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(_room: Remote, _method: str, *_given: object) -> None:
        raise Stopped

    monkeypatch.setattr(Remote, "call", call)
    for path in ("/marks", "/search?words=fair", "/target?page=0&left=1&top=1", "/document.pdf"):
        answer = opened.get(path)
        assert (answer.status_code, answer.json()["fault"][-10:]) == (503, "Try again."), path


def test_a_date_is_read_while_it_is_typed(opened: TestClient) -> None:
    read = opened.get("/reading", params={"text": "16 novembre, 9:30-12:30"}).json()
    assert read["words"].startswith("mercredi 16 ")
    assert opened.get("/reading", params={"text": "32 novembre"}).json()["fault"]


def test_paths_come_back_from_addresses() -> None:
    for at in ((), ("events", 3), ("body", 0, "labs", 12, "name")):
        assert place_read(place_text(at)) == at


def test_what_another_port_opens_begins_anew_as_the_studios_own(
    client: TestClient, keys: Keys
) -> None:
    led = {"sec-fetch-site": "same-site"}
    first = client.get("/", params={"token": keys.token()}, headers=led)
    assert first.status_code == 200
    assert "url=/" in first.text
    assert "set-cookie" in first.headers
    assert client.get("/", headers=led).status_code == 403
    assert client.get("/", headers={"sec-fetch-site": "same-origin"}).status_code == 200
