"""A season: many kits in one go, each as if it were built alone; one that fails stops no other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from moip_press.kit.season import read_season, season_of
from moip_press.press import journey
from moip_press.press.outcome import Order, Request
from moip_press.press.season import building, reports, worker
from moip_press.press.season.parcels import Answer, Parcel, Places, Unasked, digest, gathered
from moip_press.system.enforcement import OverLimit
from moip_press.system.limits import Limits
from moip_press.system.processes import Died, Helper
from tests.calling import Run, call

ROOT = Path(__file__).parents[2]
KIT = """\
title: Semaine du numérique, {name}
period: 1 au 30 novembre 2026
publisher: {{name: Ville de Saint-Exemple}}
{more}
chapters: [contacts, mot.yaml]
"""
CONTACTS = "contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]"
WORD = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue à toutes et à tous.
handout: yes
"""


def kit(folder: Path, more: str = CONTACTS) -> Path:
    folder.mkdir(parents=True)
    text = KIT.format(name=folder.name, more=more)
    (folder / "kit.yaml").write_text(text, encoding="utf-8")
    (folder / "mot.yaml").write_text(WORD, encoding="utf-8")
    return folder


@pytest.fixture
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two kits below ``data/regions``, and a season.yaml that names them."""
    monkeypatch.chdir(tmp_path)
    for name in ("bretagne", "corse"):
        kit(tmp_path / "data/regions" / name)
    folder = Path("data/regions")
    say(folder, "name: Régions 2026\nkits: [bretagne, corse]\n")
    return folder


def say(folder: Path, text: str) -> None:
    (folder / "season.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    given = ("--language", "en", "--cache-dir", tmp_path / "cache")
    return lambda *words: call(capsys, "season", *words, *given)


def alone(folder: Path, output: Path) -> bytes:
    assert journey.build(folder, output).ok
    return (output / "dossier.pdf").read_bytes()


def states(out: str) -> dict[str, str]:
    return {line.split()[0]: line.split("  ")[-1].strip() for line in out.splitlines()[1:]}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_each_kit_has_the_bytes_that_it_has_alone(
    regions: Path, run: Run, workers: str, tmp_path: Path
) -> None:
    code, out, err = run("data/regions", "--workers", workers)
    assert code == 0
    assert states(out) == {"bretagne": "made", "corse": "made"}
    assert err.startswith("output/Régions 2026: 2 kits, 2 documents, 4 pages, ")
    for name in ("bretagne", "corse"):
        made = Path(f"output/Régions 2026/{name}/dossier.pdf").read_bytes()
        assert made == alone(regions / name, tmp_path / name)


PROGRAMME = """\
type: programme
title: Rendez-vous
events:
"""
EVENT = """\
- title: Visite {number}
  when: {day} novembre 2026, 10 h
  place: Saint-Exemple
  organisers: Atelier {number}
"""


@pytest.fixture
def sheets(regions: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kit with five organisers; whoever works makes two handouts at a time."""
    monkeypatch.setattr(building, "SHARE", 2)
    monkeypatch.setattr(building, "MOST", 2)
    folder = regions / "bretagne"
    events = "".join(EVENT.format(number=number, day=number + 1) for number in range(1, 6))
    (folder / "visites.yaml").write_text(PROGRAMME + events, encoding="utf-8")
    text = (folder / "kit.yaml").read_text(encoding="utf-8").replace("mot.yaml", "visites.yaml")
    (folder / "kit.yaml").write_text(text, encoding="utf-8")
    return folder


def test_many_handouts_of_a_kit_are_shared_out_and_have_the_bytes_that_they_have_alone(
    sheets: Path, run: Run, tmp_path: Path
) -> None:
    say(sheets.parent, "name: Régions 2026\nkits: [bretagne]\nby: organiser\n")
    code, _, err = run("data/regions", "--workers", "2")
    assert code == 0, err
    order = Order(handouts=Request(by="organiser"))
    assert journey.build(sheets, tmp_path / "alone", order=order).ok
    there, here = tmp_path / "alone", Path("output/Régions 2026/bretagne")
    made = sorted(path.relative_to(there) for path in there.rglob("*.pdf"))
    assert len(made) == 6
    assert made == sorted(path.relative_to(here) for path in here.rglob("*.pdf"))
    for name in (*made, Path("manifest.json")):
        assert (here / name).read_bytes() == (there / name).read_bytes()
    assert set(states(run("data/regions", "--workers", "2")[1]).values()) == {"up to date"}


@pytest.mark.parametrize("state", ["altered", "lost"])
def test_handouts_of_which_a_share_does_not_come_are_not_published(
    sheets: Path, run: Run, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    make = worker.make

    def made(parcel: bytes, contents: Sequence[worker.Sent]) -> bytes:
        first, _ = Parcel.of(parcel).share or (0, 0)
        if first and state == "lost":
            raise Died
        if first:  # somebody works on the kit meanwhile
            (sheets / "mot.yaml").write_text(WORD.replace("toutes", "tous"), encoding="utf-8")
        return make(parcel, contents)

    monkeypatch.setattr(worker, "make", made)
    monkeypatch.setattr(building, "PAUSE", 0.0)
    text = (sheets / "kit.yaml").read_text(encoding="utf-8")
    (sheets / "kit.yaml").write_text(text.replace("contacts,", "contacts, mot.yaml,"), "utf-8")
    code, out, err = run(str(sheets), "--by", "organiser", "--workers", "2")
    assert code == 1
    assert states(out) == {"bretagne": "failed"}
    assert not list(Path("output").rglob("*.pdf"))
    why = "have changed meanwhile" if state == "altered" else "was lost 3 times"
    assert err.count(why) == 1


def test_what_is_up_to_date_is_not_made_again(regions: Path, run: Run) -> None:
    run("data/regions", "--workers", "1")
    (regions / "corse/mot.yaml").write_text(WORD.replace("toutes", "chacune"), encoding="utf-8")
    Path("output/Régions 2026/bretagne/dossier.pdf").unlink()
    code, out, _ = run("data/regions", "--workers", "1")
    assert code == 0
    assert states(out) == {"bretagne": "up to date", "corse": "made"}
    assert Path("output/Régions 2026/bretagne/dossier.pdf").exists()


def test_a_kit_with_faults_keeps_no_other_one_back(regions: Path, run: Run) -> None:
    with (regions / "bretagne/kit.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: blue\n")
    code, out, err = run("data/regions", "--workers", "1")
    assert code == 1
    assert states(out) == {"bretagne": "has faults", "corse": "made"}
    assert "data/regions/bretagne/kit.yaml:6:1: error[S101]" in err
    assert not Path("output/Régions 2026/bretagne").exists()


def test_the_report_is_a_table_json_and_a_page(regions: Path, run: Run) -> None:
    with (regions / "bretagne/kit.yaml").open("a", encoding="utf-8") as file:
        file.write("<b>: x\n")
    code, out, err = run("data/regions", "--workers", "1", "--format", "json", "--all")
    said = json.loads(out)
    assert (code, "error[" in err) == (1, False)
    assert said == json.loads(Path("output/Régions 2026/season.json").read_text("utf-8"))
    assert said["summary"] | {"seconds": 0} == {
        "kits": 2,
        **{state: int(state in {"made", "faults"}) for state in reports.STATES},
        "documents": 2,
        "pages": 3,
        "seconds": 0,
        "errors": 1,
        "warnings": 0,
    }
    assert [each["path"] for each in said["kits"][1]["documents"]] == [
        "corse/dossier.pdf",
        "corse/handouts/le-mot-de-la-maire.pdf",
    ]
    assert said["diagnostics"][0]["file"] == "data/regions/bretagne/kit.yaml"
    page = Path("output/Régions 2026/season.html").read_text("utf-8")
    assert '<a href="corse/dossier.pdf">corse</a>' in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


@pytest.mark.usefixtures("regions")
def test_somebody_elses_report_is_not_written_over(run: Run) -> None:
    Path("output/Régions 2026").mkdir(parents=True)
    Path("output/Régions 2026/season.html").write_text("mine", encoding="utf-8")
    code, _, err = run("data/regions", "--workers", "1")
    assert code == 0
    assert "is no report of a season, and stays" in err
    assert Path("output/Régions 2026/season.html").read_text(encoding="utf-8") == "mine"
    assert not Path("output/Régions 2026/season.json").exists()


def test_folders_make_a_season_of_their_own(regions: Path, run: Run) -> None:
    (regions / "season.yaml").unlink()
    code, _, _ = run("data/regions/bretagne", "data/regions/corse", "--workers", "1", "-q")
    assert code == 0
    assert Path("output/regions/corse/dossier.pdf").exists()
    code, _, _ = run("data/regions", "--name", "Automne", "--workers", "1", "-q", "-o", "here")
    assert code == 0
    assert Path("here/bretagne/dossier.pdf").exists()


def test_a_folder_without_kits_is_refused(regions: Path, run: Run) -> None:
    (regions / "empty").mkdir()
    code, _, err = run("data/regions/bretagne", "data/regions/empty")
    assert code == 2
    assert "“data/regions/empty” is no season and no kit" in err


# --- what the kits share --------------------------------------------------------------------


@pytest.fixture
def sharing(regions: Path) -> Path:
    """A season whose kits have its theme, and its contacts where they have none."""
    kit(regions / "réunion", more="")
    (regions / "charte").mkdir()
    (regions / "charte/theme.yaml").write_text("page: A5\n", encoding="utf-8")
    (regions / "bretagne/theme.yaml").write_text("page: Letter\n", encoding="utf-8")
    shared = "contacts:\n  - {id: commune, name: Sacha Petit, email: commune@example.org}\n"
    say(regions, f"kits: [bretagne, réunion]\ntheme: charte\n{shared}")
    return regions


def test_a_kit_has_the_theme_and_contacts_of_the_season_where_it_has_none(
    sharing: Path, run: Run, tmp_path: Path
) -> None:
    code, _, err = run("data/regions", "--workers", "1")
    assert code == 0, err
    other = kit(tmp_path / "réunion", more="")
    (other / "theme.yaml").write_text("page: A5\n", encoding="utf-8")
    with (other / "kit.yaml").open("a", encoding="utf-8") as file:
        said = {"id": "commune", "name": "Sacha Petit", "email": "commune@example.org"}
        file.write(f"contacts:\n- {json.dumps(said)}\n")
    made = Path("output/regions/réunion/dossier.pdf").read_bytes()
    assert made == alone(other, tmp_path / "alone")
    made = Path("output/regions/bretagne/dossier.pdf").read_bytes()
    assert made == alone(sharing / "bretagne", tmp_path / "own")


def test_a_change_of_what_is_shared_makes_the_kits_again(sharing: Path, run: Run) -> None:
    run("data/regions", "--workers", "1")
    (sharing / "charte/theme.yaml").write_text("page: A4\n", encoding="utf-8")
    _, out, _ = run("data/regions", "--workers", "1")
    assert states(out) == {"bretagne": "made", "réunion": "made"}
    _, out, _ = run("data/regions", "--workers", "1")
    assert states(out) == {"bretagne": "up to date", "réunion": "up to date"}


def test_faults_in_what_is_shared_are_said_where_they_stand(sharing: Path, run: Run) -> None:
    (sharing / "charte/theme.yaml").write_text("page: A9\n", encoding="utf-8")
    (sharing / "réunion/mot.yaml").write_text("type: editorial\n", encoding="utf-8")
    code, _, err = run("data/regions", "--workers", "1", "--format", "concise")
    assert code == 1
    assert err.count("data/regions/charte/theme.yaml:1:7: error[") == 1
    assert "data/regions/réunion/mot.yaml:1:1: error[S102]" in err


def test_contacts_that_cannot_be_added_are_said(sharing: Path, run: Run) -> None:
    (sharing / "réunion/kit.yaml").write_text(
        '{title: A, period: novembre 2026, publisher: {name: Ville}, chapters: ["mot.yaml"]}',
        encoding="utf-8",
    )
    code, _, err = run("data/regions", "--workers", "1")
    assert code == 1
    assert "The contacts of the season cannot be added to" in err


# --- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kits: [bretagne, ../regions/corse]", "1:18 X101"),
        ("kits: [bretagne, /etc]", "1:18 X101"),
        ("kits: [bretagne, linked]", "1:18 X101"),
        ("kits: [bretagne, corsica]", "1:18 S106"),
        ("kits: [bretagne, corse, bretagne]", "1:25 R129"),
        ("kits: [bretagne, ./bretagne]", "1:18 R129"),
        ("kits: [bretagne, twin]", "1:18 R129"),
        ("kits: [bretagne, bretagne/inner]", "1:18 R129"),
        ("kits: [bretagne, season.html]", "1:18 R129"),
        ("kits: [bretagne]\nname: ../../etc", "2:7 S104"),
        ("kits: [bretagne]\nname: .cache", "2:7 S104"),
        ('kits: [bretagne]\nname: "a\\u202eb"', "2:7 S104"),
        ("kits: [bretagne]\ntheme: ../..", "2:8 X101"),
        ("kits: [bretagne]\ntheme: .", "2:8 S106"),
        ("kits: [bretagne]\ntheme: bretagne", "2:8 S106"),
        ("kits: [bretagne]\ntheme: nothing", "2:8 S106"),
        ("kits: []", "1:7 S105"),
        ("kits: [bretagne]\nkit: corse", "2:1 S101"),
        ("kits: [bretagne]\ncontacts: [{id: a, name: A B, email: no}]", "2:38 L104"),
        ("- bretagne", "1:1 S103"),
    ],
)
def test_what_is_wrong_with_a_season_is_said_before_work_begins(
    regions: Path, run: Run, text: str, expected: str, tmp_path: Path
) -> None:
    kit(tmp_path / "elsewhere")
    (regions / "linked").symlink_to(tmp_path / "elsewhere")
    (regions / "twin").symlink_to("bretagne")
    kit(regions / "bretagne/inner")
    kit(regions / "season.html")
    say(regions, text)
    read = read_season(regions / "season.yaml")
    found = [
        f"{each.span.start.line}:{each.span.start.column} {each.code}"
        for each in read.report.diagnostics
    ]
    assert found == [expected]
    code, _, err = run("data/regions")
    assert (code, expected.split()[1] in err) == (1, True)
    assert not Path("output").exists()


def test_kits_that_differ_in_capitals_only_would_be_one_folder(regions: Path) -> None:
    kit(regions / "BRETAGNE")
    read = season_of([regions / "bretagne", regions / "BRETAGNE"])
    assert [each.code for each in read.report.diagnostics] == ["R129"]


# --- check ----------------------------------------------------------------------------------


def test_what_several_kits_have_in_common_is_said_once(
    regions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, person in (("bretagne", "Alix Martin"), ("corse", "Alyx Martin")):
        text = (regions / name / "kit.yaml").read_text("utf-8")
        text = text.replace("Alix Martin", person)
        (regions / name / "kit.yaml").write_text(text, encoding="utf-8")
        (regions / name / "mot.yaml").write_text(
            WORD.replace("tous.", "tous...."), encoding="utf-8"
        )
    code = cli.run(["check", "data/regions", "--format", "json", "--language", "en", "--strict"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert code == 1
    told = {each["code"]: each for each in found}
    assert len(told) == len(found)
    assert [each["file"] for each in told["T211"]["related"]] == ["data/regions/corse/mot.yaml"]
    assert told["N201"]["message"] == (
        "Kits spell one name in two ways: “Alyx Martin” and “Alix Martin”."
    )
    assert {each["file"] for each in told["N201"]["related"]} == {"data/regions/bretagne/kit.yaml"}


# --- workers --------------------------------------------------------------------------------


def parcel(folder: Path, **more: Any) -> tuple[Parcel, list[bytes | str], Places]:
    season = season_of([folder]).season
    assert season
    files, places = gathered(folder, season.shared, Path("output"))
    named = tuple((name, digest(content)) for name, content in files.items())
    sent: list[bytes | str] = [
        each if isinstance(each, bytes) else each.read_bytes() for each in files.values()
    ]
    return Parcel(folder.as_posix(), False, "2026-10-01", files=named, **more), sent, places


def forged(answer: bytes, **changes: Any) -> bytes:
    length = 8 + int.from_bytes(answer[:8], "big")
    said = json.loads(answer[8:length])
    for path, value in changes.items():
        *steps, last = path.split("__")
        below = said
        for step in steps:
            below = below[int(step)] if step.isdigit() else below[step]
        below[last] = value
    head = json.dumps(said).encode()
    return len(head).to_bytes(8, "big") + head + answer[length:]


def test_a_worker_that_answers_something_else_is_not_believed(regions: Path) -> None:
    asked, sent, places = parcel(regions / "bretagne")
    other, other_sent, _ = parcel(regions / "corse")
    answer = worker.make_here(asked.text, sent)

    def read(packed: bytes) -> Any:
        return Answer.of(packed, asked).build(asked, Path("out"), places)

    assert read(answer).ok
    evil = answer[:-200] + b"x" * 200
    for packed in (
        worker.make_here(other.text, other_sent),
        evil,
        answer[:-1],
        answer + b"x",
        b"",
        b"\xff" * 400,
        forged(answer, build__outputs__0__name="../../dossier.pdf"),
        forged(answer, build__outputs__0__name="/tmp/dossier.pdf"),  # noqa: S108
        forged(answer, build__outputs__0__name="dossier.exe"),
        forged(answer, build__outputs=[]),
        forged(answer, build__inputs={"kit.yaml": "0" * 64}),
        forged(answer, build__report=[{"code": 1}]),
        forged(answer, sizes=[-1]),
        forged(answer, sizes="all"),
        forged(answer, days=["2026-01-01"]),
    ):
        with pytest.raises(Unasked):
            read(packed)


def test_a_worker_lays_no_file_outside_its_folder(regions: Path, tmp_path: Path) -> None:
    for name in ("../evil", "/tmp/evil", "a/../../evil"):  # noqa: S108
        with pytest.raises(ValueError, match="evil"):
            worker.write_files({name: b"x"}, tmp_path / "place")
    assert not list(tmp_path.glob("**/evil"))
    asked, sent, _ = parcel(regions / "bretagne")
    said = Answer.of(worker.make_here(asked.text, [b"other", *sent[1:]]), asked).said
    assert said["message"]["id"].startswith("Its files have changed meanwhile")


def test_links_out_of_a_kit_are_not_sent(regions: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (regions / "bretagne/secret.yaml").symlink_to(tmp_path / "secret")
    os.mkfifo(regions / "bretagne/pipe.yaml")
    asked, _, _ = parcel(regions / "bretagne")
    assert [name for name, _ in asked.files] == ["kit.yaml", "mot.yaml"]


class Killed:
    """A crew whose helpers die at their first so many kits."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, deaths: int) -> None:
        self.deaths, ask = deaths, Helper.ask

        def dies(helper: Helper, question: bytes) -> bytes:
            if self.deaths:
                self.deaths -= 1
                helper._process = helper._started()
                os.kill(helper._process.pid, signal.SIGKILL)
            return ask(helper, question)

        monkeypatch.setattr(Helper, "ask", dies)


@pytest.mark.long
@pytest.mark.usefixtures("regions")
@pytest.mark.parametrize(("deaths", "state"), [(2, "made"), (6, "failed")])
def test_a_lost_workers_kit_is_tried_twice_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, deaths: int, state: str
) -> None:
    Killed(monkeypatch, deaths)
    code, out, err = run("data/regions", "--workers", "2")
    assert code == (0 if state == "made" else 1)
    assert set(states(out).values()) == {state}
    assert err.count("Its worker was lost 3 times: it is not tried again.") == (2 if code else 0)


def test_a_helper_over_its_limit_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "endless.py").write_text(
        "def answer(question):\n    while question: pass\n    return b'done'\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    helper = Helper("endless", Limits(seconds=1, memory=0))
    assert helper.ask(b"") == b"done"
    with pytest.raises(OverLimit):
        helper.ask(b"x")
    assert helper.ask(b"") == b"done"
    helper.stop()


def test_a_full_disk_is_said(regions: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def full(_files: object, place: Path) -> None:
        raise OSError(28, os.strerror(28), str(place))

    say(regions, f"kits: [bretagne]\n{CONTACTS}\n")
    monkeypatch.setattr(worker, "write_files", full)
    code, _, err = run("data/regions", "--workers", "1")
    assert code == 1
    assert "The disk of whoever worked on it is full" in err


@pytest.mark.long
@pytest.mark.usefixtures("regions")
def test_helpers_end_with_the_command() -> None:
    command = [sys.executable, "-m", "moip_press", "season", "data/regions", "--workers", "2"]
    ran = subprocess.Popen(
        [*command, "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while not children(ran.pid) and time.monotonic() < end:
        time.sleep(0.05)
    helpers = children(ran.pid)
    assert helpers
    ran.send_signal(signal.SIGINT)
    _, err = ran.communicate(timeout=60)
    assert ran.returncode == 130, err
    assert b"Traceback" not in err
    end = time.monotonic() + 20  # one that was just being started ends as soon as it reads
    while any(map(alive, helpers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(alive, helpers))


def alive(process: int) -> bool:
    return Path(f"/proc/{process}/stat").exists()


def children(process: int) -> Sequence[int]:
    """Return the processes that any thread of a process has started."""
    found: list[int] = []
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # the thread has ended
            found += map(int, file.read_text(encoding="ascii").split())
    return found
