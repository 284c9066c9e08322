"""The benchmark compares like with like, and the documentation says what it measured."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.layout import Layout
from tests.bench import inputs, kits, measures, plain, programs, table
from tests.bench.folder import Folder
from tests.bench.kits import Change
from tests.bench.measuring import Session
from tests.bench.processes import Conversation, Failed, Run, answer, run
from tests.bench.results import Results
from tests.bench.targets import TARGETS
from tests.bench.traits import Contents, count, traits
from tests.reading import Pdf

ROOT = Path(__file__).parent.parent
HARBOUR = ROOT / "tests" / "kits" / "harbour"
SMALL = {
    "kit.yaml": """\
title: Week of Boats
period: {start: 2022-05-02, end: 2022-05-08}
language: en
publisher: {name: The Harbour}
chapters: [cover, contents, boats.yaml]
""",
    "boats.yaml": """\
type: programme
title: All boats
events:
  - title: Rowing
    when: 3 May
    text: Boats are rowed round the island.
  - id: sails
    title: Sailing
    organisers: [The Club]
    when: 4 May
    text: |
      Under sail, see p. {page:all-boats}.
""",
}


def _read(folder: Path) -> Kit:
    found = read_kit(folder)
    assert found.kit is not None
    assert found.report.ok
    return found.kit


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A kit of two events."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Folder:
    """What the programs are given of it."""
    made = Folder(tmp_path / "bench")
    inputs.write(small, made, (2,))
    return made


@pytest.fixture(scope="module")
def folder_2021(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """What the programs are given of the kit of 2021."""
    made = Folder(tmp_path_factory.mktemp("bench"))
    inputs.write(ROOT / "data" / "2021", made, ())
    return made


def _plain(folder: Folder) -> Pdf:
    programs.weasyprint(folder.plain(1), folder.made("plain"))
    return Pdf(folder.made("plain"))


@pytest.mark.long
def test_the_plain_build_has_the_pages_and_the_words_of_the_dossier(
    build_2021: journey.Build, folder_2021: Folder
) -> None:
    assert build_2021.dossier
    ours, plain_one = Pdf(build_2021.dossier.path), _plain(folder_2021)
    assert len(plain_one) == len(ours) == 24
    assert not count(ours) - count(plain_one)
    # without our gaps, a day goes on at the top of one more page
    assert set(count(plain_one) - count(ours)) <= {"novembre", "suite"}
    # titles break elsewhere there: WeasyPrint makes no lines of even length
    assert [plain_one.head(page).split()[:6] for page in range(1, 25)] == [
        ours.head(page).split()[:6] for page in range(1, 25)
    ]
    assert [plain_one.folio(page) for page in range(1, 25)] == [
        ours.folio(page) for page in range(1, 25)
    ]


@pytest.mark.long
def test_so_it_has_with_the_theme_and_the_pictures_of_another_kit(tmp_path: Path) -> None:
    made, folder = journey.build(HARBOUR, tmp_path / "ours"), Folder(tmp_path / "plain")
    inputs.write(HARBOUR, folder, ())
    assert made.dossier
    ours, plain_one = Pdf(made.dossier.path), _plain(folder)
    assert len(plain_one) == len(ours)
    assert count(plain_one) == count(ours)
    assert len(plain_one.pictures) > 0
    assert str(tmp_path) not in folder.plain(1).read_text()


def test_its_page_numbers_are_left_to_the_program(small: Path) -> None:
    kit = _read(small)
    html = plain.dossier(Layout(kit, Theme(small), lambda *_: None).composer, {})
    assert html.count('data-page="#all-boats--all-boats"') == 2
    assert not plain.MARK.search(html)


def test_a_larger_kit_has_each_event_as_often_as_asked(folder: Folder) -> None:
    events = _read(folder.kit(2)).events()
    assert [str(event.title) for event in events] == [
        "Rowing",
        "Sailing",
        "Rowing (2)",
        "Sailing (2)",
    ]
    assert len({event.id for event in events}) == 4
    assert folder.plain(2).read_text().count('class="event') == 4


def test_each_change_is_another_one_in_one_event(folder: Folder) -> None:
    change = Change.read(folder.change)
    found = []
    for number in (1, 2):
        change.make(folder.kit(1), number)
        found.append([str(event.text) for event in _read(folder.kit(1)).events()])
    (rowing, first), (same, second) = found
    assert rowing == same
    assert first != second
    assert first.replace("001", "002") == second


def test_a_kit_without_a_text_cannot_be_changed(small: Path) -> None:
    (small / "boats.yaml").write_text("type: programme\ntitle: All boats\nevents: []\n")
    with pytest.raises(LookupError):
        kits.change(_read(small))


@pytest.mark.long
def test_a_round_measures_each_case_and_says_what_was_left_out(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def absent(_: measures.Bench) -> Run:
        raise programs.Missing("apt-get install nothing")

    chosen = {name: measures.CASES[name] for name in ("plain", "cold", "unchanged", "python")}
    monkeypatch.setattr(measures, "CASES", chosen)
    monkeypatch.setattr(measures, "peers", lambda: [("chromium", absent)])
    said: list[str] = []
    session = Session(folder, yaml.safe_load(folder.plan.read_text()), said.append)
    session.rounds(1)
    session.end()
    assert {name: len(runs) for name, runs in session.runs.items()} == {
        "plain": 1,
        "cold": 1,
        "unchanged": 1,
        "python": 3,
    }
    assert session.skipped == {"chromium": "apt-get install nothing"}
    assert session.pages() == {"cold": 3}
    assert any("round 1/1  cold: " in line for line in said)
    held = session.traits()
    assert {name: found["pages"] for name, found in held.items()} == {"dossier": 3, "plain": 3}
    assert all(found["numbers"] == 1 for found in held.values())
    _are_told(session, held, tmp_path)


def _are_told(session: Session, held: dict[str, dict[str, object]], folder: Path) -> None:
    results = Results(
        date="2022-05-01",
        machine={"cpu": "x", "cores": 2, "memory": 2**30, "system": "y", "python": "3"},
        versions={},
        kit=session.kit,
        runs=dict(session.runs),
        traits=held,
        skipped=session.skipped,
    )
    results.write(folder / "results.json")
    told = table.markdown(Results.read(folder / "results.json"))
    assert told == table.markdown(results)
    assert "| Chromium | – | – | – | not measured: apt-get install nothing |" in told
    assert "| a new process, one event changed | – | – | – | 0.33 | not measured |" in told


def test_a_process_that_fails_is_told_by_its_last_words() -> None:
    with pytest.raises(Failed, match="no such kit"):
        run([sys.executable, "-c", "import sys; sys.exit('no such kit')"])


@pytest.mark.long
def test_typst_has_the_same_words_and_right_page_numbers(
    build_2021: journey.Build, folder_2021: Folder
) -> None:
    pytest.importorskip("typst")
    assert build_2021.dossier
    pdf = folder_2021.made("typst")
    programs.typst(folder_2021.typst, pdf)
    kit = _read(folder_2021.kit(1))
    words = count(Pdf(build_2021.dossier.path))
    found = traits(Pdf(pdf), Contents(tuple(inputs.contents_lines(kit)), 4), words)
    assert found.words > 0.99
    assert found.numbers == 1
    assert found.claims == ("PDF/UA-1", "PDF/A-3")


def test_the_readme_says_what_was_measured() -> None:
    results = Results.read(ROOT / table.SHOWN)
    pages = table.pages(results)
    assert len(pages) == 2
    for page, (place, written) in pages.items():
        shown = place.search((ROOT / page).read_text(encoding="utf-8"))
        assert shown
        assert shown[0] == written
    assert (ROOT / table.CHART).is_file()
    assert len([target for target in TARGETS if target.most is not None]) == 17


def test_the_stages_of_a_build_are_told_apart_and_make_up_the_whole(
    small: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.bench.stages", "cold", str(small)]
    said = answer([*command, str(tmp_path / "out"), str(tmp_path / "cache")])
    took = json.loads(said)
    told_apart = {"start, and loading of modules", "painting", "verifying the PDF", "all else"}
    assert told_apart < set(took)
    assert len(took) >= 14
    assert all(seconds >= 0 for seconds in took.values())
    kit = {"title": "Boats", "events": 2, "pages": 3}
    told = table.stages(
        Results("2022-05-02", {}, {}, kit, {"plain": [Run(2.0, 1.0)]}, stages={"cold": took})
    )
    assert f"**{sum(took.values()):.2f}**" in told
    assert "layout: shaping and breaking lines (Pango)" in told


def test_the_critical_path_on_more_cores_is_measured(small: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench.paths", "4", str(small)]
    said = answer([*command, str(tmp_path / "out"), str(tmp_path / "cache")])
    assert json.loads(said)["seconds"] > 0


@pytest.mark.long
def test_how_long_a_window_of_the_studio_waits_is_measured(small: Path, tmp_path: Path) -> None:
    folders = [str(folder) for folder in (small, tmp_path / "out", tmp_path / "cache")]
    studio = Conversation([sys.executable, "-m", "tests.bench.studio", *folders])
    before = (small / "boats.yaml").read_text()
    assert all(json.loads(studio.ask(line))["seconds"] > 0 for line in ("open", "type", "type"))
    studio.end()
    assert "Under sail, see" in before
    assert "Under2 sail, see" in (small / "boats.yaml").read_text()


def test_what_was_measured_names_no_machine_and_no_folder_of_it() -> None:
    kept = (ROOT / table.SHOWN).read_text(encoding="utf-8")
    assert str(ROOT) not in kept
    assert str(Path.home()) not in kept
    assert platform.node() not in kept or not platform.node()


def test_the_benchmark_tells_its_options() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert "--skip-large" in told.stdout
