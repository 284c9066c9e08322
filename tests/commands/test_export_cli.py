"""The verb “export”: what is written, where, and what is said of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.commands import export
from moip_press.exchange.export.kit_export import WRITERS
from moip_press.report.messages import Catalogue
from tests.exchange.exporting import MARCH, ROOT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "C")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copytree(MARCH, tmp_path / "data" / "ponts")
    return tmp_path


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def command(*words: str) -> tuple[int, str, str]:
        code = cli.run(["export", *words])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return command


@pytest.mark.parametrize("form", WRITERS)
def test_each_format_is_written_beside_the_dossier(here: Path, run: Run, form: str) -> None:
    code, out, err = run(form, "data/ponts", "--language", "en")
    path = here / "output" / "ponts" / f"programme.{form}"
    assert (code, out) == (0, "")
    held = 9 if form in ("xlsx", "csv") else 8
    left_out = "" if held == 9 else "1 draft event is left out: the kit is final.\n"
    assert err == f"output/ponts/{path.name}: {held} events\n{left_out}"
    assert path.stat().st_size > 1000
    (entry,) = json.loads((path.parent / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert (entry["kind"], entry["format"], entry["events"]) == ("export", form, held)
    assert entry["inputs"].keys() == {
        "kit.yaml",
        "programme.yaml",
        "cahier.yaml",
        "entretien.yaml",
    }


def test_a_selection_has_a_name_of_its_own(here: Path, run: Run) -> None:
    assert run("json", "--select", "region=ile de france")[0] == 0
    (path,) = (here / "output" / "ponts").glob("programme-*.json")
    assert path.name == "programme-region-ile-de-france.json"
    events = json.loads(path.read_text(encoding="utf-8"))["events"]
    assert [event["id"] for event in events] == ["formule"]


def test_a_file_of_any_name_can_be_written(here: Path, run: Run) -> None:
    code, out, err = run("ics", "-o", "agenda/mars.ics")
    said, left_out = err.splitlines()
    assert (code, out, said) == (0, "", "agenda/mars.ics\xa0: 8 événements")
    assert left_out.startswith("1 événement encore en brouillon n’y figure pas")
    assert (here / "agenda" / "mars.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert not (here / "output").exists()


def test_standard_output_has_the_export_and_nothing_else(run: Run) -> None:
    code, out, err = run("json", "-o", "-")
    assert (code, err) == (0, "")
    assert json.loads(out)["version"] == 1


def test_what_contributors_filled_in_is_not_written_over(here: Path, run: Run) -> None:
    run("xlsx")
    path = here / "output" / "ponts" / "programme.xlsx"
    assert run("xlsx")[0] == 0
    path.write_bytes(b"filled in")
    code, _, err = run("xlsx", "--language", "en")
    assert code == 3
    assert "was changed since it was exported" in err
    assert path.read_bytes() == b"filled in"


def test_the_entry_of_the_dossier_stays_in_the_manifest(here: Path, run: Run) -> None:
    folder = here / "output" / "ponts"
    folder.mkdir(parents=True)
    entry = {"path": "dossier.pdf", "kind": "dossier", "sha256": "0"}
    manifest = {"version": 1, "tools": {"weasyprint": "70.0"}, "outputs": [entry]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run("csv")
    kept = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert [each["path"] for each in kept["outputs"]] == ["dossier.pdf", "programme.csv"]
    assert kept["tools"] == {"weasyprint": "70.0"}
    assert kept["outputs"][1]["tools"].keys() == {"moip-press"}


def test_a_kit_with_faults_is_not_exported(here: Path, run: Run) -> None:
    programme = here / "data" / "ponts" / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("when: 30 mars", "when: 32 mars"), encoding="utf-8")
    code, _, err = run("ics", "--language", "en")
    assert code == 1
    assert "D101" in err
    assert err.endswith("Nothing was written.\n")
    assert not (here / "output").exists()


def test_two_events_of_one_id_are_not_exported(here: Path, run: Run) -> None:
    programme = here / "data" / "ponts" / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("id: nuit", "id: ouvert"), encoding="utf-8")
    code, _, err = run("xlsx", "--format", "concise")
    assert code == 1
    assert "programme.yaml" in err


def test_a_selection_that_cannot_be_read_is_2(run: Run) -> None:
    code, _, err = run("ics", "--select", "regoin=Bretagne", "--language", "en")
    assert code == 2
    assert "R122" in err
    assert run("pdf")[0] == 2
    assert run("ics", "nowhere")[0] == 2


def test_a_selection_without_events_is_1(run: Run) -> None:
    code, _, err = run("ics", "--select", "region=Corse", "--format", "concise")
    assert code == 1
    assert "R126" in err


def test_quiet_says_nothing_of_a_success(run: Run) -> None:
    assert run("csv", "-q") == (0, "", "")


def test_the_moment_that_is_asked_for_stands_in_the_calendar(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    run("ics", "-o", "a.ics")
    assert b"DTSTAMP:20260101T000000Z" in (here / "a.ics").read_bytes()


def test_a_folder_in_the_way_is_told(here: Path, run: Run) -> None:
    (here / "a.csv").mkdir()
    code, _, err = run("csv", "-o", "a.csv")
    assert code == 3
    assert "a.csv" in err


def test_nothing_heavy_is_loaded_for_an_export() -> None:
    names = ("weasyprint", "jinja2", "openpyxl", "icalendar", "hunspell", "xlsxwriter")
    code = (
        "import sys; from moip_press import cli\n"
        "cli.run(['export', 'csv', sys.argv[1], '-o', '-'])\n"
        f"print([n for n in {names} if n in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(MARCH)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "LANGUAGE": "C"},
    )
    assert ended.stderr == "[]\n"


def test_the_help_names_the_formats_in_french() -> None:
    text = str(export.command(Catalogue("fr")).help)
    assert "agendas" in text
    assert "classeur" in text


def test_a_folder_in_the_way_of_the_default_file_is_told(here: Path, run: Run) -> None:
    (here / "output" / "ponts" / "programme.csv").mkdir(parents=True)
    code, _, err = run("csv", "--language", "en")
    assert code == 3
    assert "programme.csv” could not be written" in err


def test_another_program_s_manifest_is_left_alone(here: Path, run: Run) -> None:
    manifest = here / "output" / "ponts" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("[]", encoding="utf-8")
    assert run("csv")[0] == 3
    assert manifest.read_text(encoding="utf-8") == "[]"
