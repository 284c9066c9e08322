"""What others wrote comes into a kit: shown, chosen, merged, and nobody's words are lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moip_press import cli
from moip_press.kit import source
from moip_press.kit.model.kit_files import read_kit
from tests.calling import Run, call

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "tests/kits/harbour"
KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
language: fr
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [labs.yaml, etat.yaml]
"""
LABS = """\
# Les labs
type: programme
id: labs
title: Les labs
events:
  # déjà là
  - id: portes-ouvertes
    title: Portes ouvertes   # à relire
    organisers: [LaBase]
    when: 8 novembre
    text: |
      Venez découvrir le laboratoire autour d'un café, puis d'un thé, et restez pour la
      visite.
"""
ETAT = "type: programme\nid: etat\ntitle: L'État\nevents: []\n"
HEAD = "N°;Titre;Quand;Structure;Rubrique;Présentation;Ville\n"
ATELIER = "a1;Atelier des usages;16 novembre;CNFPT;etat;Un atelier pour les agents.;Lyon\n"
CAFE = "a2;Café numérique;18 novembre, 9:00;Insee;labs;Un café.;Paris\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANGUAGE", "C")
    return tmp_path


@pytest.fixture
def kit(here: Path) -> Path:
    folder = here / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "labs.yaml").write_text(LABS, encoding="utf-8")
    (folder / "etat.yaml").write_text(ETAT, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `import`: its exit code, and what it said on both streams, without no-break spaces."""

    def command(*words: str, language: str = "en") -> tuple[int, str, str]:
        code, *said = call(capsys, "import", *words, "--language", language)
        out, err = (text.replace("\xa0", " ").replace("\u202f", " ") for text in said)
        return code, out, err

    return command


def table(*rows: str, name: str = "contributions.csv") -> str:
    Path(name).write_text(HEAD + "".join(rows), encoding="utf-8")
    return name


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def plain(kit: Path, name: str) -> Any:
    found = source.read_yaml(kit / name, name)
    assert found.diagnostics == ()
    return found.plain()


def change(kit: Path, name: str, old: str, new: str) -> None:
    path = kit / name
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


def readable(kit: Path) -> bool:
    return read_kit(kit).report.ok


# --- first import --------------------------------------------------------------------------


def test_without_apply_nothing_is_written(kit: Path, run: Run) -> None:
    before = files(kit)
    code, out, err = run(table(ATELIER, CAFE), "--kit", "kit")
    assert code == 0
    assert files(kit) == before
    assert "+ Atelier des usages [etat]  contributions.csv:2" in out
    assert "2 new records." in out
    assert "Nothing is written yet" in err


def test_new_events_stand_in_their_section_written_as_their_neighbours(kit: Path, run: Run) -> None:
    code, _, err = run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert code == 0
    assert err == (
        "2 changes made in 2 files.\n"
        "  kit/etat.yaml: 1 new record\n"
        "  kit/labs.yaml: 1 new record\n"
        "Next: moip-press check kit\n"
    )
    assert (kit / "labs.yaml").read_text(encoding="utf-8") == LABS + (
        "\n  - id: cafe-numerique\n    title: Café numérique\n    organisers: [Insee]\n"
        "    when: 18 novembre, 9:00\n    text: |\n      Un café.\n    place: {town: Paris}\n"
    )
    assert (
        (kit / "etat.yaml")
        .read_text(encoding="utf-8")
        .startswith("type: programme\nid: etat\ntitle: L'État\nevents:\n  - ")
    )
    assert readable(kit)


def test_the_same_file_twice_changes_nothing_to_the_byte(kit: Path, run: Run) -> None:
    name = table(ATELIER, CAFE)
    run(name, "--kit", "kit", "--apply")
    before = files(kit)
    assert "imports.json" in before
    code, out, err = run(name, "--kit", "kit", "--apply")
    assert code == 0
    assert "Nothing changes." in out
    assert "No change was made." in err
    assert files(kit) == before


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (
            "b7;Portes Ouvertes !;9 novembre;La Base;labs;;Nantes\n",
            {"title", "when", "organisers", "place.town"},
        ),
        ("b7;Les portes ouvertes du lab;8 novembre;LaBase;labs;;\n", {"title"}),
        ("b7;Conférence des maires;8 novembre;LaBase;labs;;\n", {None}),
        ("b7;Portes ouvertes 2;8 novembre;LaBase;labs;;\n", {None}),
    ],
    ids=["the same", "retitled", "another title", "numbered"],
)
def test_an_event_that_is_there_already_is_found_by_its_likeness(
    kit: Path, run: Run, row: str, changes: set[str | None]
) -> None:
    if "ouvertes 2" in row:
        change(kit, "labs.yaml", "title: Portes ouvertes ", "title: Portes ouvertes 1 ")
    code, out, _ = run(table(row), "--kit", "kit", "--format", "json")
    found = json.loads(out)["changes"]
    assert code == 0
    assert {each["field"] for each in found} == changes
    assert {each["id"] for each in found} == {None if None in changes else "portes-ouvertes"}


def test_on_the_first_import_only_what_is_empty_is_filled(kit: Path, run: Run) -> None:
    row = "b7;Portes ouvertes;9 novembre;LaBase;labs;;Nantes\n"
    _, _, err = run(table(row), "--kit", "kit", "--apply")
    [event] = plain(kit, "labs.yaml")["events"]
    assert event["when"] == "8 novembre"
    assert event["place"] == {"town": "Nantes"}
    assert "1 change waits for you." in err


def test_two_events_that_it_could_be_are_doubtful_and_left_alone(kit: Path, run: Run) -> None:
    twin = LABS.split("events:\n")[1].replace("portes-ouvertes", "portes-2")
    (kit / "labs.yaml").write_text(LABS + twin, encoding="utf-8")
    before = files(kit)
    code, out, err = run(
        table("x;Portes ouvertes;8 novembre;LaBase;labs;;\n"), "--kit", "kit", "--apply"
    )
    assert code == 0
    assert out.startswith("? Portes ouvertes [labs]  contributions.csv:2\n")
    assert "    could be “Portes ouvertes”, kit/labs.yaml:7\n" in out
    assert "    could be “Portes ouvertes”, kit/labs.yaml:" in out.split("kit/labs.yaml:7\n")[1]
    assert "1 record that could be in the kit already." in out
    assert "1 change waits for you." in err
    assert "contributions.csv:2:" in err
    assert "warning[M503]" in err
    assert "kit/labs.yaml:7:" in err
    assert files(kit) == before


# --- what could be one of the kit ------------------------------------------------------------

TITLED = "Quand;Titre;Rubrique;Présentation\n8 novembre;Café du labo;{section};{text}\n"
SAID = "Venez découvrir le laboratoire autour d'un café, puis d'un thé, et restez pour la visite."


@pytest.fixture
def doubtful(kit: Path) -> str:
    """A file whose one event is that of the kit under another title, or another one."""
    assert kit.is_dir()
    text = TITLED.format(section="labs", text=SAID)
    Path("titres.csv").write_text(text, encoding="utf-8")
    return "titres.csv"


def test_what_could_be_in_the_kit_is_not_taken_by_itself(
    kit: Path, doubtful: str, run: Run
) -> None:
    before = files(kit)
    code, out, err = run(doubtful, "--kit", "kit", "--apply")
    assert code == 0
    assert "? Café du labo [labs]  titres.csv:2\n    could be in the kit already\n" in out
    assert "    could be “Portes ouvertes”, kit/labs.yaml:7\n" in out
    assert "“Café du labo” could be “Portes ouvertes”, which the kit has" in err
    assert "1 change waits for you." in err
    assert files(kit) == before


def test_programs_find_the_possible_double_beside_the_record(doubtful: str, run: Run) -> None:
    _, out, _ = run(doubtful, "--kit", "kit", "--format", "json")
    whole = json.loads(out)
    [found] = whole["changes"]
    [beside] = found["candidates"]
    assert (found["nature"], found["field"], found["applied"]) == ("doubtful", None, False)
    assert whole["summary"]["doubtful"] == 1
    assert found["theirs"]["title"] == "Café du labo"
    assert (beside["id"], beside["title"]) == ("portes-ouvertes", "Portes ouvertes")
    assert (beside["file"], beside["line"]) == ("kit/labs.yaml", 7)
    assert beside["values"]["when"] == "8 novembre"
    for form in ("concise", "github"):
        _, out, _ = run(doubtful, "--kit", "kit", "--format", form)
        assert "could be “Portes ouvertes”, kit/labs.yaml" in out


@pytest.mark.usefixtures("kit")
def test_the_page_shows_the_possible_double_beside_the_record(doubtful: str, run: Run) -> None:
    run(doubtful, "--kit", "kit", "--report", "liste.html")
    page = Path("liste.html").read_text(encoding="utf-8")
    head, _, body = page.partition('<table class="beside">')[2].partition("<tbody>")
    assert 'title="kit/labs.yaml:7">In the kit: “Portes ouvertes”<span>Les labs</span>' in head
    title, when, *_ = body.split("</tr>")
    assert "<td><mark>Café du labo</mark></td><td><mark>Portes ouvertes</mark></td>" in title
    assert "<td>8 novembre</td><td>8 novembre</td>" in when
    assert "> Add as a new record<" in page
    assert " checked" not in page.split("<main>")[1].split("</main>")[0]


def test_the_page_shows_texts_as_a_reader_sees_them(kit: Path, run: Run) -> None:
    """Without the marks of Markdown; what only they or a link change is said in words."""
    marked = "Venez **découvrir** le [laboratoire](https://cafe.example/carte) autour"
    change(kit, "labs.yaml", "Venez découvrir le laboratoire autour", marked)
    row = f"x;Portes ouvertes;8 novembre;LaBase;labs;{SAID};\n"
    run(table(row), "--kit", "kit", "--report", "list.html")
    page = Path("list.html").read_text(encoding="utf-8").partition("<main>")[2]
    assert "The words are the same" in page
    assert re.search(r"<del><span[^>]*>[^<]*</span>https://cafe.example/carte</del>", page)
    assert "**" not in page
    assert "](" not in page


def test_the_page_names_places_in_words(kit: Path, run: Run) -> None:
    """A file stands in a title; sections come in the order of the kit, by their names."""
    assert kit.is_dir()
    run(table(CAFE, ATELIER), "--kit", "kit", "--report", "list.html")
    page = Path("list.html").read_text(encoding="utf-8").partition("<main>")[2]
    assert re.findall("<h2>(.*?)</h2>", page) == ["Les labs", "L&#39;État"]
    shown = re.sub(r"<code>.*?</code>", "", page)
    assert not re.search(r"[\w/]+\.(?:yaml|csv)", re.sub(r'title="[^"]*"', "", shown))


def ticked(name: str, word: str) -> list[str]:
    """Decide on the first change of a workbook; return what its row said before."""
    book = openpyxl.load_workbook(name)
    sheet = book[book.sheetnames[0]]
    row = ["" if cell.value is None else str(cell.value) for cell in sheet[2]]
    sheet["A2"] = word
    book.save(name)
    return row


def test_the_workbook_shows_the_possible_double_beside_the_record(
    kit: Path, doubtful: str, run: Run
) -> None:
    run(doubtful, "--kit", "kit", "--report", "liste.xlsx")
    row = ticked("liste.xlsx", "yes")
    assert not row[0]
    assert row[4].startswith("could be “Portes ouvertes”, kit/labs.yaml:7\n")
    assert "Portes ouvertes" in row[4].split("\n", 1)[1]
    assert "Café du labo" in row[5]
    code, _, _ = run(doubtful, "--kit", "kit", "--apply", "liste.xlsx")
    assert code == 0
    assert len(plain(kit, "labs.yaml")["events"]) == 2


def test_a_double_that_is_not_wanted_is_not_proposed_again(kit: Path, run: Run) -> None:
    row = f"z1;Café du labo;8 novembre;;labs;{SAID};\n"
    name = table(row)
    run(name, "--kit", "kit", "--report", "liste.xlsx")
    ticked("liste.xlsx", "no")
    run(name, "--kit", "kit", "--apply", "liste.xlsx")
    _, out, err = run(name, "--kit", "kit", "--apply")
    assert "Nothing changes." in out
    assert "M503" not in err
    [event] = plain(kit, "labs.yaml")["events"]
    assert event["title"] == "Portes ouvertes"


def test_a_double_with_its_identifier_is_that_record(kit: Path, run: Run) -> None:
    text = "Identifiant;Quand;Titre;Rubrique\nportes-ouvertes;8 novembre;Café du labo;labs\n"
    Path("titres.csv").write_text(text, encoding="utf-8")
    _, out, _ = run("titres.csv", "--kit", "kit", "--format", "json")
    assert [(c["field"], c["nature"]) for c in json.loads(out)["changes"]] == [
        ("title", "different")
    ]
    assert kit.is_dir()


def test_a_double_needs_no_section(kit: Path, run: Run) -> None:
    text = TITLED.format(section="", text=SAID)
    Path("titres.csv").write_text(text, encoding="utf-8")
    code, _, err = run("titres.csv", "--kit", "kit")
    assert code == 0
    assert "M504" not in err
    assert kit.is_dir()


def test_what_could_still_be_there_is_not_gone(imported: Path, run: Run) -> None:
    """The source names its records anew, and changes a title."""
    renamed = (
        ATELIER.replace("a1;Atelier des usages", "b1;Rencontre")
        + CAFE
        + CAFE.replace("a2;Café numérique;18", "a3;Débat;19")
    )
    change(imported, "etat.yaml", "Un atelier pour les agents.", SAID)
    name = table(renamed.replace("Un atelier pour les agents.", SAID))
    _, out, _ = run(name, "--kit", "kit", "--apply")
    assert "could be “Atelier des usages”" in out
    assert "gone from the source" not in out
    assert "status" not in plain(imported, "etat.yaml")["events"][0]


# --- merging -------------------------------------------------------------------------------


@pytest.fixture
def imported(kit: Path, run: Run) -> Path:
    """The kit after one import of two events."""
    code, _, _ = run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert code == 0
    return kit


def test_an_edit_by_hand_is_kept_and_merged_with_one_of_another_field(
    imported: Path, run: Run
) -> None:
    change(imported, "etat.yaml", "Un atelier pour les agents.", "Un atelier, relu.")
    before = files(imported)
    code, out, _ = run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert code == 0
    assert "1 edit of yours kept" in out
    assert files(imported) == before
    run(table(ATELIER.replace("Lyon", "Dijon"), CAFE), "--kit", "kit", "--apply")
    [event] = plain(imported, "etat.yaml")["events"]
    assert event["text"] == "Un atelier, relu."
    assert event["place"] == {"town": "Dijon"}


def test_what_changed_at_the_source_alone_is_taken_over(imported: Path, run: Run) -> None:
    moved = ATELIER.replace("16 novembre", "17 novembre")
    code, out, _ = run(table(moved, CAFE), "--kit", "kit", "--apply")
    assert code == 0
    assert re.search(r"16 novembre → 17 novembre +\(moved, changed at the source\)", out)
    assert plain(imported, "etat.yaml")["events"][0]["when"] == "17 novembre"


def test_a_conflict_is_listed_with_both_values_and_never_resolved(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: 15 novembre")
    before = files(imported)
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE)
    for _ in range(2):
        code, out, err = run(name, "--kit", "kit", "--apply")
        assert code == 0
        assert "! Atelier des usages" in out
        for line in ("kit: 15 novembre", "source: 17 novembre", "last import: 16 novembre"):
            assert line in out
        assert "1 conflict" in out
        assert "1 change waits for you." in err
        assert files(imported) == before


def test_the_same_change_on_both_sides_is_none(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: le mercredi 17 novembre")
    _, out, _ = run(
        table(ATELIER.replace("16 novembre", "17 novembre"), CAFE), "--kit", "kit", "--apply"
    )
    assert "Nothing changes." in out


def test_what_has_left_the_source_is_cancelled_and_comes_back(imported: Path, run: Run) -> None:
    code, out, _ = run(table(CAFE), "--kit", "kit", "--apply")
    assert code == 0
    assert "- Atelier des usages" in out
    [event] = plain(imported, "etat.yaml")["events"]
    assert event["status"] == "cancelled"
    before = files(imported)
    _, out, _ = run(table(CAFE), "--kit", "kit", "--apply")
    assert "Nothing changes." in out
    assert files(imported) == before
    _, out, _ = run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert "at the source again" in out
    [event] = plain(imported, "etat.yaml")["events"]
    assert "status" not in event


def test_an_event_that_the_team_cancelled_stays_cancelled(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: 16 novembre\n    status: cancelled")
    before = files(imported)
    run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert files(imported) == before


def test_a_row_that_cannot_be_read_is_not_gone(imported: Path, run: Run) -> None:
    bad = ATELIER.replace("16 novembre", "31 novembre")
    code, out, _ = run(table(bad, CAFE), "--kit", "kit", "--apply", "--skip-bad")
    assert code == 0
    assert "Nothing changes." in out
    assert "status" not in plain(imported, "etat.yaml")["events"][0]


def test_an_event_that_the_team_took_out_does_not_come_back(imported: Path, run: Run) -> None:
    (imported / "etat.yaml").write_text(ETAT, encoding="utf-8")
    _, out, _ = run(table(ATELIER, CAFE), "--kit", "kit", "--apply")
    assert "Nothing changes." in out
    assert (imported / "etat.yaml").read_text(encoding="utf-8") == ETAT
    _, out, err = run(table(ATELIER.replace("16", "17"), CAFE), "--kit", "kit", "--apply")
    assert "removed from the kit, changed at the source" in out
    assert "1 change waits for you." in err
    assert (imported / "etat.yaml").read_text(encoding="utf-8") == ETAT


def test_a_field_that_the_source_does_not_have_is_left_alone(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "region: Bretagne\n    when: 16 novembre")
    run(table(ATELIER.replace("Lyon", "Dijon"), CAFE), "--kit", "kit", "--apply")
    assert plain(imported, "etat.yaml")["events"][0]["region"] == "Bretagne"


def test_an_id_stays_when_the_title_changes(kit: Path, run: Run) -> None:
    change(kit, "labs.yaml", "- id: portes-ouvertes\n    title", "- title")
    row = "b7;Portes ouvertes;8 novembre;LaBase;labs;;\n"
    run(table(row), "--kit", "kit", "--apply")
    run(table(row.replace("Portes ouvertes", "Journée du lab")), "--kit", "kit", "--apply")
    [event] = plain(kit, "labs.yaml")["events"]
    assert (event["id"], event["title"]) == ("portes-ouvertes", "Journée du lab")


def test_new_ids_are_the_only_ones_of_their_name(kit: Path, run: Run) -> None:
    rows = [f"c{n};Portes ouvertes;{n} novembre;Lab {n};labs;;\n" for n in (2, 3)]
    run(table(*rows), "--kit", "kit", "--apply")
    ids = [event["id"] for event in plain(kit, "labs.yaml")["events"]]
    assert ids == ["portes-ouvertes-2", "portes-ouvertes-3", "portes-ouvertes"]  # by their dates


def test_a_new_event_stands_at_its_date_where_the_others_do(kit: Path, run: Run) -> None:
    run(table(CAFE), "--kit", "kit", "--apply")
    rows = [CAFE.replace("a2", f"d{n}").replace("Café", f"Débat {n}") for n in (9, 1)]
    rows = [rows[0].replace("18 nov", "12 nov"), rows[1].replace("18 nov", "10 nov")]
    run(table(*rows, name="autres.csv"), "--kit", "kit", "--apply")
    days = [event["when"].split()[0] for event in plain(kit, "labs.yaml")["events"]]
    assert days == ["8", "10", "12", "18"]


def test_a_file_that_lacks_most_events_cancels_none_by_itself(imported: Path, run: Run) -> None:
    before = files(imported)
    other = "zz;Rencontre des usagers;22 novembre;Ville;etat;;\n"
    _, out, err = run(table(other), "--kit", "kit", "--apply")
    assert "gone from the source, with most of the others" in out
    assert "2 changes wait for you." in err
    assert "cancelled" not in (imported / "labs.yaml").read_text(encoding="utf-8")
    assert files(imported)["labs.yaml"] == before["labs.yaml"]


def test_two_files_that_want_different_things_are_a_conflict(imported: Path, run: Run) -> None:
    for name in ("un", "deux"):
        shutil.copy("contributions.csv", f"{name}.csv")
        run(f"{name}.csv", "--kit", "kit", "--apply")
    before = files(imported)
    first = table(ATELIER.replace("16 nov", "17 nov"), CAFE, name="un.csv")
    second = table(ATELIER.replace("16 nov", "19 nov"), CAFE, name="deux.csv")
    _, out, _ = run(first, second, "--kit", "kit", "--report", "list.html")
    assert "1 change, 1 conflict." in out
    tick(Path("list.html"), take="Atelier des usages — Date and time")
    code, _, err = run(first, second, "--kit", "kit", "--apply", "list.html")
    assert code == 1
    assert "M507" in err
    assert files(imported) == before
    code, _, _ = run(first, first.replace("un", "deux"), "--kit", "kit", "--apply")
    assert plain(imported, "etat.yaml")["events"][0]["when"] == "17 novembre"


# --- what cannot be brought in -------------------------------------------------------------


def test_bad_rows_keep_all_others_out_unless_they_are_skipped(kit: Path, run: Run) -> None:
    before = files(kit)
    name = table(ATELIER, "a3;;19 novembre;X;labs;;\n", "a4;Fin;31 novembre;X;labs;;\n")
    code, _, err = run(name, "--kit", "kit", "--apply")
    assert code == 1
    assert "M201" in err
    assert "M202" in err
    assert "Nothing was written: correct these rows, or leave them out with --skip-bad." in err
    assert files(kit) == before
    code, _, err = run(name, "--kit", "kit", "--apply", "--skip-bad")
    assert code == 0
    assert "1 change made in 1 file." in err


def test_a_new_event_without_a_section_needs_one(kit: Path, run: Run) -> None:
    name = table(ATELIER.replace("etat", ""))
    code, _, err = run(name, "--kit", "kit", "--apply")
    assert code == 1
    assert "error[M504]" in err
    assert "“Atelier des usages” is new, and does not say in which section it goes." in err
    assert "--section. Possible: etat, labs." in err
    code, _, _ = run(name, "--kit", "kit", "--apply", "--section", "etat")
    assert code == 0
    assert len(plain(kit, "etat.yaml")["events"]) == 1
    code, _, err = run(name, "--kit", "kit", "--section", "nowhere")
    assert code == 2


@pytest.mark.usefixtures("kit")
def test_an_event_of_a_calendar_has_no_column_to_fill_in(run: Run) -> None:
    entry = "BEGIN:VEVENT\nUID:1\nSUMMARY:Fête\nDTSTART:20211116T090000Z\nEND:VEVENT\n"
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{entry}END:VCALENDAR\n"
    Path("fete.ics").write_text(calendar, encoding="utf-8")
    _, _, err = run("fete.ics", "--kit", "kit")
    assert "“Fête” is new" in err
    assert "Add --section and one of these: etat, labs." in err
    assert "column" not in err


def test_the_page_of_changes_names_the_command_that_takes_it_back(kit: Path, run: Run) -> None:
    name = table(ATELIER.replace("etat", ""), "a3;Fête;le jour J;X;labs;;\n")
    run(name, "--kit", "kit", "--section", "etat", "--skip-bad", "--report", "list.html")
    command = f"moip-press import {name} --kit kit --section etat --skip-bad --apply list.html"
    assert command in Path("list.html").read_text(encoding="utf-8")
    code, _, _ = run(*command.split()[2:])
    assert code == 0
    assert plain(kit, "etat.yaml")["events"][0]["title"] == "Atelier des usages"


def test_a_file_that_is_none_of_ours_is_refused_whole(kit: Path, run: Run) -> None:
    Path("programme.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    before = files(kit)
    code, _, err = run("programme.xlsx", table(ATELIER), "--kit", "kit", "--apply", "--skip-bad")
    assert code == 1
    assert "error[M101]" in err
    assert files(kit) == before


def test_a_kit_with_faults_is_told_first(kit: Path, run: Run) -> None:
    change(kit, "labs.yaml", "organisers", "organizers")
    before = files(kit)
    code, out, err = run(table(ATELIER), "--kit", "kit", "--apply")
    assert (code, out) == (1, "")
    assert "S101" in err
    assert files(kit) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 3, "sources": {}}',
        '{"version": 1, "sources": {"a": {"b": {"id": 3, "values": {}}}}}',
        '{"version": 1, "sources": {"a": {"b": {"id": "x", "values": {"title": {}}}}}}',
        '{"version": 1, "sources": {"a": {"b": {"id": "x", "values": {"title": 1e400}}}}}',
        "[" * 200_000,
        '"\\ud800"',
    ],
)
def test_damaged_memories_are_told_and_left_as_they_are(kit: Path, run: Run, text: str) -> None:
    (kit / "imports.json").write_text(text, encoding="utf-8")
    before = files(kit)
    code, _, err = run(table(ATELIER), "--kit", "kit", "--apply")
    assert code == 1
    assert "kit/imports.json:1:1: error[M501]" in err
    assert files(kit) == before


def test_no_link_leads_what_is_written_out_of_the_kit(kit: Path, here: Path, run: Run) -> None:
    (here / "elsewhere.json").write_text('{"version": 1, "sources": {}}', encoding="utf-8")
    (kit / "imports.json").symlink_to(here / "elsewhere.json")
    code, _, err = run(table(ATELIER), "--kit", "kit", "--apply")
    assert code == 1
    assert "M501" in err
    assert (here / "elsewhere.json").read_text(encoding="utf-8") == '{"version": 1, "sources": {}}'


# --- lists to tick -------------------------------------------------------------------------


def tick(page: Path, *, take: str, value: str = "yes") -> None:
    """Tick the box of the changes whose label has these words, as the page's script does."""
    text = page.read_text(encoding="utf-8")
    new, count = re.subn(
        rf'(<input type="checkbox" name="[0-9a-f]{{20}}" value="{value}") (data-label="{take}")',
        r"\1 checked \2",
        text,
    )
    assert count
    page.write_text(new, encoding="utf-8")


def test_a_page_is_ticked_and_taken_back(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: 15 novembre")
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE.replace("Paris", "Lille"))
    code, _, err = run(name, "--kit", "kit", "--report", "list.html")
    assert code == 0
    assert "list.html" in err
    page = Path("list.html")
    assert page.read_text(encoding="utf-8").count(" checked ") == 1
    tick(page, take="Atelier des usages — Date and time")
    code, _, err = run(name, "--kit", "kit", "--apply", "list.html")
    assert code == 0
    assert "2 changes made in 2 files." in err
    assert plain(imported, "etat.yaml")["events"][0]["when"] == "17 novembre"
    assert plain(imported, "labs.yaml")["events"][1]["place"] == {"town": "Lille"}


def test_what_is_not_to_be_proposed_again_is_not(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: 15 novembre")
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE)
    run(name, "--kit", "kit", "--report", "list.html")
    tick(Path("list.html"), take="Atelier des usages — Date and time", value="no")
    run(name, "--kit", "kit", "--apply", "list.html")
    assert plain(imported, "etat.yaml")["events"][0]["when"] == "15 novembre"
    _, out, _ = run(name, "--kit", "kit")
    assert "Nothing changes." not in out or "1 edit of yours kept" in out
    assert "conflict" not in out


def test_a_workbook_is_filled_in_and_taken_back(imported: Path, run: Run) -> None:
    change(imported, "etat.yaml", "when: 16 novembre", "when: 15 novembre")
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE.replace("Paris", "Lille"))
    run(name, "--kit", "kit", "--report", "list.xlsx", language="fr")
    book = openpyxl.load_workbook("list.xlsx")
    sheet = book.active
    assert sheet is not None
    rows = {str(row[1].value): row for row in sheet.iter_rows(min_row=2)}
    assert set(rows) == {"Atelier des usages", "Café numérique"}
    assert rows["Café numérique"][0].value == "oui"
    assert rows["Atelier des usages"][0].value is None
    rows["Atelier des usages"][0].value = "x"
    rows["Café numérique"][0].value = "Non"
    book.save("list.xlsx")
    code, _, err = run(name, "--kit", "kit", "--apply", "list.xlsx")
    assert code == 0
    assert "1 change made in 1 file." in err
    assert plain(imported, "etat.yaml")["events"][0]["when"] == "17 novembre"
    assert plain(imported, "labs.yaml")["events"][1]["place"] == {"town": "Paris"}


def test_a_word_that_is_neither_yes_nor_no_is_told(imported: Path, run: Run) -> None:
    before = files(imported)
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE)
    run(name, "--kit", "kit", "--report", "list.xlsx")
    book = openpyxl.load_workbook("list.xlsx")
    assert book.active is not None
    book.active["A2"] = "peut-être"
    book.save("list.xlsx")
    code, _, err = run(name, "--kit", "kit", "--apply", "list.xlsx")
    assert code == 1
    assert "M510" in err
    assert files(imported) == before


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_a_list_from_before_the_kit_changed_is_told_and_nothing_done(
    imported: Path, run: Run, form: str
) -> None:
    name = table(ATELIER.replace("16 novembre", "17 novembre"), CAFE.replace("Paris", "Lille"))
    run(name, "--kit", "kit", "--report", f"list.{form}")
    change(imported, "etat.yaml", "when: 16 novembre", "when: 15 novembre")
    before = files(imported)
    code, _, err = run(name, "--kit", "kit", "--apply", f"list.{form}")
    assert code == 1
    assert "error[M508]" in err
    assert "“Atelier des usages — Date and time”" in err
    assert files(imported) == before
    code, _, err = run(name, "--kit", "kit", "--apply", f"list.{form}", "--skip-bad")
    assert code == 0
    assert "1 change made in 1 file." in err


@pytest.mark.parametrize("content", ["", "<html><body>Bonjour</body></html>", "PK\x03\x04x", "{}"])
def test_a_file_that_is_no_list_is_told(kit: Path, run: Run, content: str) -> None:
    before = files(kit)
    Path("list.html").write_text(content, encoding="utf-8")
    code, _, err = run(table(ATELIER), "--kit", "kit", "--apply", "list.html")
    assert code == 1
    assert re.search(r"error\[M(509|10[0-9])\]", err)
    assert files(kit) == before


@pytest.mark.usefixtures("kit")
def test_a_list_is_not_written_over_the_source(run: Run) -> None:
    code, _, _ = run(table(ATELIER), "--kit", "kit", "--report", "contributions.csv")
    assert code == 2
    code, _, _ = run("nothing.csv", "--kit", "kit")
    assert code == 2


# --- hostile words -------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://evil.example")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\x1b]0;pwned\x07\x1b[31mred",
    "</style></textarea><svg onload=alert(1)>",
    "{{ config }} {% raw %} ${x}",
    "\u202eevil\u2066",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_words_of_others_do_no_harm_anywhere(
    kit: Path, run: Run, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("hostile.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEAD.strip().split(";"))
        writer.writerow(["h1", f"{title} fin", "16 novembre", title, "etat", title, title])
    monkeypatch.setattr("moip_press.commands.importing.colours", lambda _: False)
    code, out, err = run("hostile.csv", "--kit", "kit", "--report", "list.html")
    assert code == 0
    assert not set(out + err) & set("\x1b\x07\u202e\u2066")
    run("hostile.csv", "--kit", "kit", "--report", "list.xlsx")
    page = Path("list.html").read_text(encoding="utf-8")
    assert not set(page) & set("\x1b\x07\u202e\u2066")
    assert page.count("<script") == page.count("</script") == 1
    assert not re.search(r"<(img|svg|iframe|textarea)", page)
    assert "default-src 'none'" in page
    sheet = openpyxl.load_workbook("list.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    code, _, _ = run("hostile.csv", "--kit", "kit", "--apply")
    assert code == 0
    assert readable(kit)


# --- other sources -------------------------------------------------------------------------


def agenda(*events: tuple[int, str, str]) -> str:
    """An export of OpenAgenda with events: key, title, day."""
    document = {
        "total": len(events),
        "events": [
            {
                "uid": uid,
                "title": {"fr": title},
                "timings": [{"begin": f"{day}T10:00:00+01:00", "end": f"{day}T12:00:00+01:00"}],
                "location": {"name": "Halle", "city": "Lyon", "timezone": "Europe/Paris"},
                "status": 1,
            }
            for uid, title, day in events
        ],
        "agenda": {"uid": 99, "slug": "mois"},
    }
    Path("agenda.json").write_text(json.dumps(document), encoding="utf-8")
    return "agenda.json"


def calendar(*events: tuple[str, str, str]) -> str:
    """A calendar with events: key, title, day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//FR", "X-WR-CALNAME:Mois"]
    for uid, title, day in events:
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;VALUE=DATE:{day}"]
        lines += ["DTSTAMP:20211001T000000Z", "END:VEVENT"]
    Path("mois.ics").write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return "mois.ics"


@pytest.mark.parametrize("form", ["agenda", "calendar"])
def test_events_of_other_programs_are_remembered_and_move(kit: Path, run: Run, form: str) -> None:
    make: Any = agenda if form == "agenda" else calendar
    days = ["2021-11-16", "2021-11-17", "2021-11-23"]
    days = [day if form == "agenda" else day.replace("-", "") for day in days]
    first, second = (1, "Atelier du lundi", days[0]), (2, "Visite du chantier", days[1])
    options = ("--kit", "kit", "--section", "etat", "--apply")
    code, _, err = run(make(first, second), *options)
    assert code == 0
    assert "2 changes made" in err
    before = files(kit)
    run(make(first, second), *options)
    assert files(kit) == before
    _, out, _ = run(make((1, "Atelier du lundi", days[2]), second), *options)
    assert "moved, changed at the source" in out
    assert "23 novembre" in plain(kit, "etat.yaml")["events"][0]["when"]
    assert readable(kit)


def test_an_agenda_without_an_event_cancels_it(kit: Path, run: Run) -> None:
    first, second = (1, "Atelier", "2021-11-16"), (2, "Visite du chantier", "2021-11-17")
    run(agenda(first, second), "--kit", "kit", "--section", "etat", "--apply")
    run(agenda(second), "--kit", "kit", "--section", "etat", "--apply")
    statuses = [event.get("status") for event in plain(kit, "etat.yaml")["events"]]
    assert statuses == ["cancelled", None]


def test_two_files_are_brought_in_at_once(kit: Path, run: Run) -> None:
    code, out, _ = run(
        table(ATELIER), agenda((1, "Visite", "2021-11-17")), "--kit", "kit", "--section", "labs",
        "--apply",
    )  # fmt: skip
    assert code == 0
    assert "2 new records." in out
    assert len(plain(kit, "labs.yaml")["events"]) == 2


# --- our own workbook ----------------------------------------------------------------------

MARCH = ROOT / "tests/kits/exported"
Cells = Mapping[tuple[str, int, str], str]


@pytest.fixture(scope="module")
def workbook_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], bytes]:
    """Export a kit as a workbook, each kit once."""

    @cache
    def exported(folder: Path) -> bytes:
        path = tmp_path_factory.mktemp("workbook") / "programme.xlsx"
        assert cli.run(["export", "xlsx", str(folder), "-o", str(path), "-q"]) == 0
        return path.read_bytes()

    return exported


@pytest.fixture
def sent_back(here: Path, workbook_of: Callable[[Path], bytes]) -> Callable[[Path, Cells], Path]:
    """Copy a kit, and its workbook in which somebody has filled in cells by their headings.

    Row 0 is the first empty one.
    """

    def sent(folder: Path, cells: Cells) -> Path:
        shutil.copytree(folder, here / folder.name)
        Path("programme.xlsx").write_bytes(workbook_of(folder))
        if cells:
            book = openpyxl.load_workbook("programme.xlsx")
            ends = {page.title: page.max_row + 1 for page in book}
            for (sheet, row, heading), value in cells.items():
                heads = [str(cell.value).split(" (")[0] for cell in book[sheet][1]]
                book[sheet].cell(row or ends[sheet], heads.index(heading) + 1).value = value
            book.save("programme.xlsx")
        return here / folder.name

    return sent


def test_a_workbook_that_comes_back_unchanged_changes_nothing(
    sent_back: Callable[[Path, Cells], Path], run: Run
) -> None:
    kit = sent_back(MARCH, {})
    before = files(kit)
    _, out, _ = run("programme.xlsx", "--kit", str(kit), "--apply")
    assert "Nothing changes." in out
    assert files(kit) == before


EDITS = {
    ("Événements", 3, "Titre"): ("Relu", "programme/ministere.yaml", "title: Relu"),
    ("Événements", 4, "Ville"): ("Lyon", "programme/ministere.yaml", "place: {town: Lyon}"),
    ("Contacts presse", 2, "Téléphone"): ("01 02 03 04", "kit.yaml", "telephone: 01 02 03 04"),
    ("Laboratoires", 2, "Nom"): ("Innov'Lab", "labs.yaml", "name: Innov'Lab"),
    ("Éditoriaux", 2, "Auteur"): ("A. Martin", "edito.yaml", "name: A. Martin"),
    ("Questions", 2, "Question"): ("Où ?", "deux-questions.yaml", "question: Où ?"),
    ("Articles", 2, "Titre"): ("Autre titre", "en-bref.yaml", "title: Autre titre"),
    ("Sections", 2, "Titre"): ("Nos dates", "programme/ministere.yaml", "title: Nos dates"),
}


def test_exactly_what_was_edited_in_it_is_changed(
    sent_back: Callable[[Path, Cells], Path], run: Run
) -> None:
    kit = sent_back(ROOT / "data/2021", {cell: value for cell, (value, _, _) in EDITS.items()})
    before = files(kit)
    code, _, err = run("programme.xlsx", "--kit", "2021", "--apply")
    assert code == 0
    assert "8 changes made in 6 files." in err
    after = files(kit)
    assert after.keys() == before.keys()
    for name in before:
        old, new = (text[name].decode("utf-8", "replace").splitlines() for text in (before, after))
        come = [each.strip(" -") for each in new if each not in old]
        assert sorted(come) == sorted(line for _, file, line in EDITS.values() if file == name)
        assert len([each for each in old if each not in new]) <= len(come)
    assert readable(kit)


NEW_ROWS = {
    ("Événements", "Titre"): "Nouveau rendez-vous",
    ("Événements", "Date et heure"): "20 novembre",
    ("Événements", "Section"): "labs",
    ("Contacts presse", "Nom"): "Zoé Martin",
    ("Contacts presse", "Courriel"): "zoe@example.org",
    ("Questions", "Entretien"): "deux-questions",
    ("Questions", "Question"): "Et après ?",
    ("Questions", "Réponse"): "On verra.",
    ("Laboratoires", "Bloc"): "quatre-labs",
    ("Laboratoires", "Nom"): "Un lab neuf",
    ("Blocs", "Article"): "synthese",
    ("Blocs", "Type de bloc"): "texte",
    ("Blocs", "Titre"): "Neuf",
    ("Blocs", "Texte"): "Du texte.",
}
ADDED = {
    "programme/labs.yaml": "    title: Nouveau rendez-vous\n    when: 20 novembre\n",
    "kit.yaml": "  - id: zoe-martin\n    name: Zoé Martin\n    email: zoe@example.org\n",
    "deux-questions.yaml": "\n  - question: Et après ?\n    answer: |\n      On verra.\n",
    "labs.yaml": "\n      - id: un-lab-neuf\n        name: Un lab neuf\n",
    "synthese.yaml": "\n  - type: text\n    title: Neuf\n    text: |\n      Du texte.\n",
}


def test_new_rows_stand_where_they_say_once(
    sent_back: Callable[[Path, Cells], Path], run: Run
) -> None:
    cells = {(sheet, 0, heading): value for (sheet, heading), value in NEW_ROWS.items()}
    kit = sent_back(ROOT / "data/2021", cells)
    code, _, err = run("programme.xlsx", "--kit", "2021", "--apply")
    assert code == 0, err
    for name, lines in ADDED.items():
        assert lines in (kit / name).read_text(encoding="utf-8")
    assert readable(kit)
    before = files(kit)
    _, out, _ = run("programme.xlsx", "--kit", "2021", "--apply")
    assert "Nothing changes." in out
    assert files(kit) == before


def test_a_new_chapter_is_not_begun_from_a_table(
    sent_back: Callable[[Path, Cells], Path], run: Run
) -> None:
    kit = sent_back(MARCH, {("Articles", 0, "Titre"): "Un autre article"})
    before = files(kit)
    code, _, err = run("programme.xlsx", "--kit", str(kit), "--apply")
    assert code == 1
    assert "M505" in err
    assert files(kit) == before


def test_a_table_with_our_headings_and_keys_of_others_is_remembered(kit: Path, run: Run) -> None:
    head = "Identifiant;Section;Titre;Date et heure;Organisateurs\n"
    Path("eux.csv").write_text(head + "z9;etat;Atelier;16 novembre;CNFPT\n", encoding="utf-8")
    run("eux.csv", "--kit", "kit", "--apply")
    known = json.loads((kit / "imports.json").read_text(encoding="utf-8"))
    assert known["sources"]["table:eux"]["z9"]["id"] == "atelier"


# --- kits as they are ----------------------------------------------------------------------


def test_an_english_kit_is_told_in_english_and_keeps_its_style(here: Path, run: Run) -> None:
    shutil.copytree(HARBOUR, here / "harbour")
    rows = [
        "Title,Date,Organiser,Section,Town",
        "Knots for everybody,26 September,North Quay Rowing Club,afloat,Port Maren",
        "A new boat,27 September,Maren Pilots,afloat,Port Maren",
    ]
    Path("boats.csv").write_text("\n".join(rows), encoding="utf-8")
    code, out, _ = run("boats.csv", "--kit", "harbour", "--apply")
    assert code == 0
    assert "25 September" in out
    text = (here / "harbour/programme/afloat.yaml").read_text(encoding="utf-8")
    assert text.startswith((HARBOUR / "programme/afloat.yaml").read_text(encoding="utf-8")[:900])
    assert text.index("id: knots") < text.index("id: a-new-boat") < text.index("id: cutter-trips")
    assert "    place: {town: Port Maren}\n  - id: cutter-trips" in text
    assert readable(here / "harbour")


@pytest.mark.parametrize("style", ["crlf", "bom", "no end"])
def test_files_keep_their_line_ends_and_marks(kit: Path, run: Run, style: str) -> None:
    path = kit / "labs.yaml"
    text = path.read_bytes()
    changed = {
        "crlf": text.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + text,
        "no end": text.rstrip(b"\n"),
    }[style]
    path.write_bytes(changed)
    code, _, _ = run(table(CAFE), "--kit", "kit", "--apply")
    assert code == 0
    after = path.read_bytes()
    assert after.startswith(changed)
    assert (b"\r\n" in after) == (style == "crlf")
    assert after.count(b"\n") == after.count(b"\r\n") or style != "crlf"


@pytest.mark.usefixtures("kit")
def test_messages_are_french_for_a_french_kit(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", table(ATELIER), "--kit", "kit", "--apply"]) == 0
    out, err = capsys.readouterr()
    assert "1 nouvelle fiche" in out.replace("\xa0", " ")
    assert "Titre\xa0: Atelier des usages" in out
    assert "1 changement fait dans 1 fichier." in err.replace("\xa0", " ")


def test_an_agenda_under_another_name_knows_what_came_before(kit: Path, run: Run) -> None:
    """An agenda is called after the one that most of its events are from."""

    def agenda(*origins: str, text: str) -> str:
        events = [
            {
                "uid": number,
                "title": {"fr": title},
                "description": {"fr": text},
                "timings": [{"begin": f"2021-11-{number:02}T09:00:00+01:00"}],
                "originAgenda": {"uid": origin},
            }
            for number, (origin, title) in enumerate(
                zip(origins, ("Forum", "Visite", "Débat"), strict=True), 2
            )
        ]
        Path("agenda.json").write_text(json.dumps({"events": events}), encoding="utf-8")
        return "agenda.json"

    order = ("--kit", "kit", "--section", "etat", "--apply")
    run(agenda("a", "a", "b", text="Un texte."), *order)
    change(kit, "etat.yaml", "title: Forum\n", "title: Forum, relu\n")
    code, out, _ = run(agenda("a", "b", "b", text="Un autre."), *order)
    assert code == 0
    assert out.count("changed at the source") == 3
    assert "3 changes" in out
    titles = [event["title"] for event in plain(kit, "etat.yaml")["events"]]
    assert titles == ["Forum, relu", "Visite", "Débat"]
