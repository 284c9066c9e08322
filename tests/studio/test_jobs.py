"""The jobs of the studio: what is taken in, made, compared and released, and who may not."""

from __future__ import annotations

import asyncio
import io
import operator
import os
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from starlette.testclient import TestClient

from moip_press.exchange.changes.provenance import Provenance, read_provenance
from moip_press.kit.model.kit_files import read_kit
from moip_press.studio.access import MOST_BODY, Keys
from moip_press.studio.app import application
from moip_press.studio.running import Jobs
from moip_press.studio.spoken import Spoken
from moip_press.studio.workshop import Workshop
from moip_press.system.cache import Cache
from moip_press.system.scratch import PREFIX

ROOT = Path(__file__).parents[2]
PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
PATIENCE = 120  # seconds, on a computer that does other things too
TABLE = """Titre;Date;Ville
Nuit de la lecture;9 mars 2023, 20:00;Brest
Atelier;9 mars 2023;Quimper
Sans date;le trente-deux mars;Brest
"""
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    return copytree(ROOT / "tests" / "kits" / "heard", tmp_path / "kit")


@pytest.fixture
def shop(kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    async def idle(_self: Workshop) -> None: ...

    monkeypatch.setattr(Workshop, "work", idle)
    monkeypatch.setattr(Workshop, "look", lambda _self, _loop: None)
    cache = Cache(tmp_path / "cache")
    return Workshop(kit, tmp_path / "out", cache, tmp_path / "state", Spoken("en"))


@pytest.fixture
def client(shop: Workshop) -> Iterator[TestClient]:
    keys = Keys()
    with TestClient(application(shop, keys, PORT), base_url=ORIGIN + keys.home) as opened:
        opened.get("/outline", params={"token": keys.token()})
        opened.get("/", params={"token": keys.token()})
        opened.headers["origin"] = ORIGIN
        yield opened


def texts(kit: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(kit.glob("*.yaml"))}


def waited(client: TestClient, kind: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        state: dict[str, Any] = client.get(f"/jobs/{kind}/state").json()
        if state["done"]:
            return state
        time.sleep(0.1)
    raise AssertionError(kind)


def read(client: TestClient, name: str, content: bytes) -> str:
    """Send a file, have it read, and return the page with what it would change."""
    assert client.post("/jobs/import/upload", params={"name": name}, content=content).is_success
    assert client.post("/jobs/import/read", json={}).json() == {"job": "import"}
    waited(client, "import")
    return client.get("/jobs/import").text


def ticked(page: str) -> list[str]:
    boxes = [each.split(">")[0] for each in page.split('<input type="checkbox" name="')[1:]]
    return [box[:20] for box in boxes if 'value="yes" checked' in box]


def test_what_is_ticked_is_written_and_one_undo_takes_all_of_it_back(
    client: TestClient, kit: Path
) -> None:
    before = texts(kit)
    page = read(client, "Retours de mars.csv", TABLE.encode())
    assert "Nuit de la lecture" in page
    assert "trente" in page
    keys = ticked(page)
    assert keys
    refused = client.post("/jobs/import/apply", json={"yes": keys, "no": [], "skip": ""})
    assert refused.status_code == 422
    assert texts(kit) == before
    done = client.post("/jobs/import/apply", json={"yes": keys, "no": [], "skip": "yes"})
    assert done.json() == {"reload": True}
    assert "Nuit de la lecture" in (kit / "lectures.yaml").read_text(encoding="utf-8")
    assert "can be undone" in client.get("/jobs/import").text
    assert list(read_provenance(kit).entries())
    assert client.post("/undo", json={}).is_success
    assert texts(kit) == before
    assert read_provenance(kit) == Provenance()
    assert client.post("/redo", json={}).is_success
    assert "Nuit de la lecture" in (kit / "lectures.yaml").read_text(encoding="utf-8")
    assert list(read_provenance(kit).entries())


def test_what_could_be_a_double_stands_beside_it_unticked(client: TestClient) -> None:
    page = read(client, "prog.csv", TABLE.replace("Atelier;9 mars", "Ateliers;9 mars").encode())
    assert "Nuit de la lecture" in page
    doubtful = [each for each in page.split("<fieldset") if "Ateliers" in each]
    for each in doubtful:
        if "beside" in each:
            assert "checked" not in each


def test_changes_of_a_kit_that_changed_meanwhile_are_not_written(
    client: TestClient, kit: Path
) -> None:
    page = read(client, "prog.csv", TABLE.replace("Sans date", "Atelier").encode())
    keys = ticked(page)
    assert keys
    gone = {"yes": [*keys[:1], "0" * 20], "no": [], "skip": "yes"}
    before = texts(kit)
    assert client.post("/jobs/import/apply", json=gone).status_code == 409
    assert texts(kit) == before


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.csv", "..\\..\\x.csv", "/etc/x.csv", ".csv", "a\0b.csv"]
)
def test_a_file_that_is_sent_stays_in_the_studios_own_folder(
    client: TestClient, shop: Workshop, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*"))
    client.post("/jobs/import/upload", params={"name": name}, content=b"Titre\nx\n")
    assert set(tmp_path.rglob("*")) == before
    kept = list((shop.jobs.folder / "import").glob("*"))
    assert all(path.resolve().parent == (shop.jobs.folder / "import").resolve() for path in kept)
    assert len(kept) == 1 or not kept


def test_a_file_that_cannot_be_kept_whole_is_said_and_not_read(client: TestClient) -> None:
    name = f"{'é' * 100}.{'é' * 100}"  # more bytes than a disk takes
    answer = client.post("/jobs/import/upload", params={"name": name}, content=b"Titre\nx\n")
    assert answer.status_code == 507
    assert "too long" in answer.json()["fault"]
    assert client.post("/jobs/import/read", json={}).status_code == 422


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", b"<Types/>")
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(400):
                sheet.write(b"\0" * 1_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bombe.xlsx", bomb()),
        ("non.xlsx", b"MZ" + b"\0" * 100),
        ("non.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("non.json", b"[" * 200_000),
        ("non.ics", b"BEGIN:VCARD\nEND:VCARD\n"),
    ],
)
def test_what_is_not_what_it_claims_is_said_to_be(
    client: TestClient, name: str, content: bytes
) -> None:
    page = read(client, name, content)
    assert "This cannot be imported." in page
    assert '<li class="error">' in page
    assert "Traceback" not in page


def test_words_of_a_foreign_file_are_no_markup(client: TestClient) -> None:
    table = f"Titre;Date;{HOSTILE}\n{HOSTILE};9 mars 2023;x\n"
    page = read(client, f"{HOSTILE}.csv", table.encode())
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "alert(1)" in page


def test_a_job_that_is_stopped_says_so(client: TestClient) -> None:
    client.post("/jobs/import/upload", params={"name": "prog.csv"}, content=TABLE.encode())
    client.post("/jobs/import/read", json={})
    client.post("/jobs/import/cancel", json={})
    assert waited(client, "import")["failure"].startswith("Stopped")


def test_handouts_are_chosen_by_ticking_and_shown_before_they_are_made(client: TestClient) -> None:
    asked = {"what": "chosen", "by": "", "section": ["les-lectures"], "own": "text=poets"}
    assert client.post("/jobs/make/choose", json=asked).is_success
    page = client.get("/jobs/make").text
    assert "1 handout would be made" in page
    assert "An Evening with Poets" in page
    assert 'name="own" value="text=poets"' in page  # nothing of what was chosen is lost
    assert 'value="les-lectures" checked' in page
    asked = {"what": "chosen", "own": f"{HOSTILE}=1"}
    assert client.post("/jobs/make/choose", json=asked).is_success
    page = client.get("/jobs/make").text
    assert "There is no key" in page or "is not a condition" in page
    assert "<script>alert" not in page
    assert client.post("/jobs/make/choose", json={"by": "../x"}).status_code == 400
    assert client.post("/jobs/make/choose", json={"what": "chosen"}).status_code == 422


def test_handouts_that_would_be_made_are_those_of_the_kit_as_it_is(
    client: TestClient, kit: Path
) -> None:
    assert "An Evening with Poets" in client.get("/jobs/make").text
    path = kit / "lectures.yaml"
    text = path.read_text(encoding="utf-8").replace("An Evening with Poets", "A Night of Prose")
    path.write_text(text, encoding="utf-8")
    assert "A Night of Prose" in client.get("/jobs/make").text


def test_days_and_places_are_offered_in_words(client: TestClient, kit: Path) -> None:
    path = kit / "lectures.yaml"
    text = path.read_text(encoding="utf-8")
    assert "  - title:" in text
    more = (
        "  - {title: One, when: 9 mars, place: {venue: Library, town: Brest}}\n"
        "  - {title: Two, when: 10 mars, place: {venue: Town hall, town: Brest}}\n"
    )
    path.write_text(text.replace("events:\n", f"events:\n{more}", 1), encoding="utf-8")
    page = client.get("/jobs/make").text
    assert "Thursday 9 March" in page
    assert 'name="place[]"' in page
    assert "Town hall, Brest" in page
    asked = {"what": "chosen", "day": ["2023-03-09"], "place": ["Library, Brest"]}
    assert client.post("/jobs/make/choose", json=asked).is_success
    assert "<li>One</li></ul>" in client.get("/jobs/make").text


def test_what_is_wrong_is_named_as_the_kit_names_it_and_leads_to_its_form(
    client: TestClient, kit: Path
) -> None:
    path = kit / "lectures.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("events:\n", "events:\n  - title: Ball\n", 1), encoding="utf-8")
    page = client.get("/jobs/release").text
    assert "lectures.yaml:" not in page
    assert "– Ball</a>" in page
    assert "/#file=lectures.yaml&amp;at=events.0&amp;field=" in page


def test_a_window_speaks_its_users_language(shop: Workshop) -> None:
    shop.catalogue = Spoken("fr", fixed=True)
    keys = Keys()
    with TestClient(application(shop, keys, PORT), base_url=ORIGIN + keys.home) as opened:
        opened.get("/", params={"token": keys.token()})
        page = opened.get("/jobs/import").text
        assert f'data-largest="{MOST_BODY}"' in page
        page = opened.get("/jobs/release").text
        assert '<option value="draft"' in page
        assert ">brouillon</option>" in page
        asked = {"what": "chosen", "own": "thème=rien"}
        opened.post("/jobs/make/choose", json=asked, headers={"origin": ORIGIN})
        page = opened.get("/jobs/make").text
    assert "thème=rien\u00a0»" in page
    assert "theme:" not in page  # how a file is written is nothing for a window


@pytest.mark.long
def test_handouts_are_made_and_downloaded_together(client: TestClient) -> None:
    assert client.get("/jobs/make/all.zip").status_code == 404
    client.post("/jobs/make/choose", json={"what": "both"})
    client.post("/jobs/make/start", json={})
    assert not waited(client, "make")["failure"]
    assert "3 PDFs made" in client.get("/jobs/make").text
    with zipfile.ZipFile(io.BytesIO(client.get("/jobs/make/all.zip").content)) as file:
        names = file.namelist()
    assert names[0] == "dossier.pdf"
    assert len(names) == 3
    assert client.get(f"/made/{names[1]}").content.startswith(b"%PDF")
    assert client.get(f"/jobs/make/page/{names[1]}?page=1").content.startswith(b"\x89PNG")
    assert client.get(f"/jobs/make/page/{names[1]}?page=99").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/made/x/../../kit/kit.yaml",
        "/jobs/make/page/..%2f..%2fkit%2fkit.yaml",
        "/jobs/release/1/..%2f..%2fkit.yaml",
        "/jobs/release/..%2f..%2f/kit.yaml",
        "/jobs/compare/page/..%2fold",
        "/jobs/nothing/state",
        "/export/..%2fcsv",
        "/listing/__init__.py",
    ],
)
def test_no_other_file_is_given(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_validated_is_noted_with_its_day(client: TestClient, kit: Path) -> None:
    before = texts(kit)
    event = {"file": "lectures.yaml", "at": "events.0", "by": "Alix Martin"}
    assert client.post("/jobs/release/validate", json=event).json() == {"reload": True}
    read_again = read_kit(kit)
    assert read_again.report.ok
    assert "by: Alix Martin" in (kit / "lectures.yaml").read_text(encoding="utf-8")
    assert "validated by Alix Martin" in client.get("/jobs/release").text
    undone = {**event, "undone": True}
    assert client.post("/jobs/release/validate", json=undone).is_success
    assert texts(kit) == before
    for file in ("../x.yaml", "/etc/passwd", "releases/x.yaml"):
        answer = client.post("/jobs/release/validate", json={**event, "file": file})
        assert answer.status_code == 404


@pytest.mark.long
def test_a_release_is_kept_and_compared_page_by_page(client: TestClient, kit: Path) -> None:
    assert client.post("/jobs/release/start", json={"version": "1"}).is_success
    assert not waited(client, "release")["failure"]
    page = client.get("/jobs/release").text
    assert "Version 1 is kept." in page
    assert client.get("/jobs/release/1/kit-v1.pdf").content.startswith(b"%PDF")
    path = kit / "lectures.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Ouverture", "title: Fermeture"),
        encoding="utf-8",
    )
    assert client.post("/jobs/release/start", json={"version": "1"}).is_success
    waited(client, "release")
    assert "was released already" in client.get("/jobs/release").text
    assert client.post("/jobs/compare/start", json={"old": "release:1"}).is_success
    assert not waited(client, "compare")["failure"]
    assert "Fermeture" in client.get("/jobs/compare").text
    assert client.get("/jobs/compare/page/old?page=1").content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "asked",
    [
        {"old": "release:../../x"},
        {"old": "/etc/passwd"},
        {"old": "file"},
        {"old": "revision", "revision": "--upload-pack=x"},
        {"old": "revision", "revision": "a b"},
    ],
)
def test_only_versions_that_are_there_are_compared(
    client: TestClient, asked: dict[str, str]
) -> None:
    assert client.post("/jobs/compare/start", json=asked).status_code == 422


def test_only_a_pdf_is_taken_for_a_version(client: TestClient) -> None:
    assert client.post("/jobs/compare/upload", content=b"MZ").status_code == 422
    assert client.post("/jobs/compare/upload", content=b"%PDF-1.7 nothing").is_success
    client.post("/jobs/compare/start", json={"old": "file"})
    waited(client, "compare")
    assert "cannot be compared" in client.get("/jobs/compare").text


def test_colours_are_written_and_taken_back(client: TestClient, kit: Path) -> None:
    def put(name: str, value: str) -> int:
        asked = {"name": name, "value": value}
        return client.post("/jobs/theme/set", json=asked).status_code

    assert put("colours.ground", "#123456") == 200
    assert put("cover", "plain") == 200
    assert client.post("/jobs/theme/sections", json={"colours": ["#AA0000", "#0a0"]}).is_success
    read_again = read_kit(kit)
    assert read_again.report.ok
    assert read_again.kit is not None
    assert read_again.kit.looks.colours.ground == "#123456"
    assert [each.base for each in read_again.kit.looks.colours.sections] == ["#aa0000", "#00aa00"]
    page = client.get("/jobs/theme").text
    assert "#123456" in page
    assert put("colours.ground", "") == 200
    assert "#123456" not in (kit / "theme.yaml").read_text(encoding="utf-8")
    client.post("/undo", json={})
    assert "#123456" in (kit / "theme.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("colours.ground", "red; } body { display: none", 422),
        ("colours.ground", "url(http://x)", 422),
        ("colours.other", "#123456", 400),
        ("fonts.sans", "../../x.ttf", 400),
        ("cover", "<script>", 400),
        ("chapters", "x", 400),
    ],
)
def test_no_other_look_is_chosen(
    client: TestClient, kit: Path, name: str, value: str, status: int
) -> None:
    before = texts(kit)
    answer = client.post("/jobs/theme/set", json={"name": name, "value": value})
    assert answer.status_code == status
    assert texts(kit) == before


def test_only_fonts_are_taken_for_fonts(client: TestClient, kit: Path) -> None:
    font = (ROOT / "styles" / "fonts" / "SourceSans3-Regular.ttf").read_bytes()

    def sent(name: str, content: bytes, role: str = "sans") -> int:
        asked = {"name": name, "role": role}
        return client.post("/jobs/theme/font", params=asked, content=content).status_code

    assert sent("x.ttf", b"not a font") == 422
    assert sent("x.php", font) == 422
    assert sent("x.ttf", font, "../x") == 400
    assert sent("../../Ma police.ttf", font) == 200
    assert (kit / "fonts" / "ma-police.ttf").read_bytes() == font
    assert "fonts/ma-police.ttf" in (kit / "theme.yaml").read_text(encoding="utf-8")


def test_a_hostile_kit_is_no_markup_on_the_pages_of_jobs(client: TestClient, kit: Path) -> None:
    for name, field in (("kit.yaml", "title"), ("lectures.yaml", "title")):
        path = kit / name
        text = path.read_text(encoding="utf-8")
        line = next(each for each in text.splitlines() if each.startswith(f"{field}:"))
        path.write_text(text.replace(line, f"{field}: '{HOSTILE}'", 1), encoding="utf-8")
    for page in ("import", "make", "export", "theme", "compare", "release"):
        answer = client.get(f"/jobs/{page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


def test_a_job_that_meets_a_bug_says_so_and_blames_no_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def failure() -> str:
        jobs = Jobs(Spoken("en"))
        job = jobs.start("odd", operator.neg)
        assert job.running is not None
        await job.running
        jobs.close()
        return job.failure

    with ThreadPoolExecutor() as beside:  # where tests of windows leave this thread to their loop
        said = beside.submit(asyncio.run, failure()).result()
    assert said.startswith("The program itself failed: TypeError: bad operand")
    assert "TypeError: bad operand" in capsys.readouterr().err


def test_what_a_studio_that_was_killed_left_behind_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}killed__"
    (left / "import").mkdir(parents=True)
    (left / "import" / "retours.csv").write_text("embargo", encoding="utf-8")
    os.utime(left, (0, 0))
    first = Jobs(Spoken("en"))
    assert not left.exists()
    second = Jobs(Spoken("en"))
    assert first.folder.is_dir()  # that of a studio that runs
    first.close()
    second.close()
    assert list(tmp_path.iterdir()) == []
