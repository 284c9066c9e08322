"""The first page: kits that are there are opened, new ones begun, nothing else is reached."""

from __future__ import annotations

import datetime
from pathlib import Path
from shutil import copytree

import pytest
from starlette.testclient import TestClient

from moip_press.kit.model.kit_files import read_kit, read_period
from moip_press.studio.access import Keys
from moip_press.studio.spoken import Spoken
from moip_press.studio.start.app import Start, start_application
from moip_press.studio.start.kits import Kits, key_of, note_opened

ROOT = Path(__file__).parents[2]
PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
ASKED = {
    "title": "Fête de la soupe",
    "like": "festival",
    "language": "fr",
    "first": "2027-05-01",
    "last": "2027-05-09",
    "place": "0",
}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    place = tmp_path / "ici"
    copytree(ROOT / "tests" / "kits" / "heard", place / "data" / "2023")
    return place


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def client(
    tmp_path: Path, here: Path, ended: list[str], monkeypatch: pytest.MonkeyPatch
) -> TestClient:
    monkeypatch.setattr(Start, "_address", lambda _self, kit: f"opened:{kit}")
    keys = Keys()
    start = Start(Kits((here,), tmp_path / "state"), Spoken("en"), ())
    app = start_application(start, keys, PORT, lambda: ended.append("now"))
    opened = TestClient(app, base_url=ORIGIN + keys.home)
    opened.get("/", params={"token": keys.token()})
    opened.headers["origin"] = ORIGIN
    return opened


def test_kits_below_the_folder_are_offered_and_opened(client: TestClient, here: Path) -> None:
    page = client.get("/").text
    kit = here / "data" / "2023"
    assert "Semaine de la lecture" in page
    assert "du 6 au 12 mars 2023" in page
    assert key_of(kit) in page
    answer = client.post("/open", json={"key": key_of(kit)})
    assert answer.json() == {"address": f"opened:{kit}", "notes": []}


@pytest.mark.parametrize("key", ["/etc", "../..", "0" * 16, "", key_of(Path("/etc"))])
def test_no_other_folder_is_opened(client: TestClient, key: str) -> None:
    assert client.post("/open", json={"key": key}).status_code == 404


def test_a_new_kit_has_title_and_dates_and_no_faults(client: TestClient, here: Path) -> None:
    assert client.post("/new", json=ASKED).status_code == 200
    kit = here / "fete-de-la-soupe-2027"
    read = read_kit(kit)
    assert read.report.ok
    assert read.kit is not None
    assert str(read.kit.edition.title) == "Fête de la soupe"
    period = read_period(kit)[1]
    assert (period.start, period.end) == (datetime.date(2027, 5, 1), datetime.date(2027, 5, 9))
    again = client.post("/new", json=ASKED)
    assert again.status_code == 422
    assert "fete-de-la-soupe-2027" in again.json()["fault"]


@pytest.mark.parametrize("like", ["press-kit", "season", "report", "communique"])
def test_every_example_takes_title_and_dates(client: TestClient, here: Path, like: str) -> None:
    title = 'Dire : "oui" #1 {là}'
    assert client.post("/new", json={**ASKED, "like": like, "title": title}).status_code == 200
    read = read_kit(here / "dire-oui-1-la-2027")
    assert read.report.ok
    assert read.kit is not None
    assert str(read.kit.edition.title) == title


@pytest.mark.parametrize(
    "title", ["../../dehors", "/etc/dehors", "..", "a/../../dehors", "\0dehors"]
)
def test_a_title_leads_to_no_other_folder(
    client: TestClient, here: Path, tmp_path: Path, title: str
) -> None:
    client.post("/new", json={**ASKED, "title": title})
    assert {path.parent for path in tmp_path.rglob("kit.yaml")} <= set(here.rglob("*"))
    assert not list(tmp_path.glob("dehors*"))


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"place": "1"}, 400),
        ({"place": "-1"}, 400),
        ({"like": "../fr/festival"}, 400),
        ({"language": ".."}, 400),
        ({"first": "demain"}, 422),
        ({"last": "2026-01-01"}, 422),
        ({"title": " … "}, 422),
    ],
)
def test_what_cannot_be_a_kit_is_refused(
    client: TestClient, here: Path, changed: dict[str, str], status: int
) -> None:
    assert client.post("/new", json={**ASKED, **changed}).status_code == status
    assert [path.name for path in here.iterdir()] == ["data"]


def test_the_next_edition_lies_beside_the_last(client: TestClient, here: Path) -> None:
    key = key_of(here / "data" / "2023")
    answer = client.post("/follow", json={"key": key, "year": "2024"})
    assert answer.json()["address"] == f"opened:{here / 'data' / '2024'}"
    assert answer.json()["notes"]
    assert read_kit(here / "data" / "2024").report.ok
    for year in ("0000", "20244", "../x", ""):
        assert client.post("/follow", json={"key": key, "year": year}).status_code == 400


def test_kits_that_were_opened_come_first(client: TestClient, tmp_path: Path) -> None:
    elsewhere = copytree(ROOT / "tests" / "kits" / "heard", tmp_path / "ailleurs")
    note_opened(tmp_path / "state", elsewhere, datetime.datetime.now(datetime.UTC))
    page = client.get("/").text
    assert page.index(key_of(elsewhere)) < page.index("Also here")
    assert client.post("/open", json={"key": key_of(elsewhere)}).status_code == 200


def test_a_hostile_title_is_no_markup(client: TestClient, here: Path) -> None:
    kit = here / "data" / "2023" / "kit.yaml"
    text = kit.read_text(encoding="utf-8")
    kit.write_text(text.replace("Semaine", "'<script>alert(1)</script>' #", 1), encoding="utf-8")
    page = client.get("/").text
    assert "<script>alert" not in page


def test_the_studio_is_closed_from_its_page(client: TestClient, ended: list[str]) -> None:
    assert client.post("/quit", json={}).status_code == 200
    assert ended == ["now"]
