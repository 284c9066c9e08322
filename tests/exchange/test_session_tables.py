"""Sessions in tables: a row each on the way out, and one event again on the way back."""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from moip_press.exchange import kit_import
from moip_press.exchange.changes.apply_decisions import apply_decisions
from moip_press.exchange.changes.change_listing import full
from moip_press.exchange.changes.proposal import Decision, Nature
from moip_press.kit.model.kit import Kit
from moip_press.report.messages import Catalogue
from tests.exchange.exporting import ROOT, kit_of, known_export, known_kit, written
from tests.exchange.importing import codes, imported

SEASON = ROOT / "data" / "examples" / "season"
FESTIVAL = ROOT / "data" / "examples" / "festival"
KITS = sorted(
    path.parent
    for place in ("data", "data/examples", "tests/kits")
    for path in (ROOT / place).glob("*/kit.yaml")
)
Rows = list[list[str]]
Changed = dict[tuple[str, str], Nature]
WHEN, STATUS, VENUE, PRICE = "Date and time", "Status", "Venue", "Price"
NOTE, NAME, TITLE = "Note on the session", "Session identifier", "Title"
COME = "To come"


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to / "kit")
    return to / "kit"


def rows_of(kit: Kit) -> Rows:
    text = written(kit, "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text[:60] else ","))


def changed(kit: Path, edit: Callable[[Rows], None]) -> Path:
    """Return a table of a kit that somebody has edited."""
    rows = rows_of(kit_of(kit))
    edit(rows)
    path = kit.parent / "back.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def looked_at(kit: Path, *files: Path, section: str | None = None) -> kit_import.Intake:
    return kit_import.compare_files(kit, files, section)


def found_in(looked: kit_import.Intake) -> Changed:
    return {
        (item.title, change.path): change.nature
        for item in looked.proposal.items
        for change in item.changes
    }


def taken_over(looked: kit_import.Intake, *natures: Nature) -> None:
    """Write all changes, or those of some natures, into the kit."""
    assert looked.kit is not None
    decisions = {
        key: Decision.YES
        for key, (_, change) in looked.proposal.changes.items()
        if not natures or change.nature in natures
    }
    made = apply_decisions(looked.kit, looked.proposal, decisions, looked.known)
    assert made.faults == ()
    kit_import.write_files(looked, made)


def row(rows: Rows, title: str, when: str) -> list[str]:
    head = rows[0]
    (found,) = (r for r in rows if r[head.index(TITLE)] == title and r[head.index(WHEN)] == when)
    return found


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_no_kit_that_comes_back_as_it_went_out_changes(
    folder: Path, form: str, tmp_path: Path
) -> None:
    kit = known_kit(folder)
    path = tmp_path / f"programme.{form}"
    path.write_bytes(known_export(folder, form))
    back = looked_at(folder, path)
    events = kit.events()
    assert back.report.diagnostics == ()
    assert back.proposal.items == ()
    assert len([item for item in back.proposal.rest if item.kind == "event"]) == len(events)
    sessions = [item for item in back.proposal.rest if item.kind == "session"]
    assert len(sessions) == sum(len(event.own_sessions()) for event in events if event.sessions)


def test_the_examples_have_sessions() -> None:
    assert {SEASON, FESTIVAL} <= set(KITS)
    for folder in (SEASON, FESTIVAL):
        assert any(event.sessions for event in known_kit(folder).events())


def test_a_table_has_a_row_a_session_with_its_own_date_and_what_its_event_says() -> None:
    rows = rows_of(known_kit(SEASON))
    head = rows[0]
    ledger = [dict(zip(head, r, strict=True)) for r in rows if r[2] == "The Lighthouse Ledger"]
    assert [each[WHEN] for each in ledger[:3]] == [
        "15 January, 7:30pm",
        "16 January, 7:30pm",
        "21 January, 7:30pm",
    ]
    assert len({each[NAME] for each in ledger}) == len(ledger) == 8
    assert {each[VENUE] for each in ledger} == {"The Playhouse"}
    assert {each["Organisers"] for each in ledger} == {"Harrow Lane Theatre"}
    assert [each[NOTE] for each in ledger][5:7] == ["captioned", "followed by a talk"]


def test_a_kit_without_sessions_has_no_columns_for_them() -> None:
    assert "Identifiant de la séance" not in rows_of(known_kit(ROOT / "data" / "2021"))[0]


def test_a_session_that_is_moved_cancelled_or_new_is_a_change_of_that_session(
    tmp_path: Path,
) -> None:
    kit = copied(SEASON, tmp_path)
    title = "The Lighthouse Ledger"

    def edit(rows: Rows) -> None:
        head = rows[0]
        row(rows, title, "16 January, 7:30pm")[head.index(WHEN)] = "17 January, 7:30pm"
        row(rows, title, "23 January, 7:30pm")[head.index(STATUS)] = "cancelled"
        new = list(row(rows, title, "30 January, 2:30pm"))
        new[head.index(NAME)], new[head.index(PRICE)] = "", "£5"
        new[head.index(WHEN)] = "31 January, 7:30pm"
        rows.append(new)

    path = changed(kit, edit)
    looked = looked_at(kit, path)
    assert found_in(looked) == {
        (f"{title} – 16 January, 7:30pm", "when"): Nature.DIFFERENT,
        (f"{title} – 23 January, 7:30pm", "status"): Nature.FILLED,
        (f"{title} – 31 January, 7:30pm", ""): Nature.NEW,
    }
    taken_over(looked)
    text = (kit / "plays.yaml").read_text(encoding="utf-8")
    assert text.startswith((SEASON / "plays.yaml").read_text(encoding="utf-8")[:900])
    assert (
        """\
    sessions:
      - when: 15, 21 and 22 January, 7:30pm
      - when: 17 January, 7:30pm
        id: 20270116t1930
      - when: 23 January, 7:30pm
        status: cancelled
      - {when: "23 January, 2:30pm", note: captioned}
      - {when: "28 January, 7:30pm", note: followed by a talk}
      - {when: "30 January, 2:30pm", note: "audio described, touch tour at 1pm"}
      - when: 31 January, 7:30pm
        price: £5
        note: audio described, touch tour at 1pm
"""
        in text
    )
    assert looked_at(kit, path).proposal.items == ()


def test_what_changes_alike_in_all_sessions_is_a_change_of_the_event(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        for each in rows:
            if each[2] == "Make a Noise!":
                each[rows[0].index(VENUE)] = "The Playhouse"

    looked = looked_at(kit, changed(kit, edit))
    assert found_in(looked) == {("Make a Noise!", "place.venue"): Nature.DIFFERENT}
    taken_over(looked)
    before = (SEASON / "families.yaml").read_text(encoding="utf-8")
    after = (kit / "families.yaml").read_text(encoding="utf-8")
    head, _, tail = before.partition("Make a Noise!")
    assert after == head + "Make a Noise!" + tail.replace("The Shed", "The Playhouse", 1)


def test_one_session_elsewhere_gets_a_whole_place_of_its_own(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        row(rows, "Bodies of Water", "27 February, 2:30pm")[rows[0].index(VENUE)] = "The Shed"

    looked = looked_at(kit, changed(kit, edit))
    taken_over(looked)
    assert (
        '{when: "27 February, 2:30pm", place: {venue: The Shed, town: Eastmere}, note: audio'
        in (kit / "music-and-dance.yaml").read_text(encoding="utf-8")
    )


def test_an_event_with_one_date_gets_a_list_where_it_gets_a_second_session(tmp_path: Path) -> None:
    kit = copied(ROOT / "tests" / "kits" / "exported", tmp_path)

    def edit(rows: Rows) -> None:
        (first,) = (each for each in rows if each[0] == "annule")
        new = list(first)
        new[rows[0].index("Date et heure")] = "30 mars, 20 h"
        new[rows[0].index("Statut")] = ""
        rows.append(new)

    path = changed(kit, edit)
    looked = looked_at(kit, path)
    assert list(found_in(looked).values()) == [Nature.NEW]
    taken_over(looked)
    (event,) = (each for each in kit_of(kit).events() if each.id == "annule")
    assert [each.status for each in event.sessions] == ["cancelled", "confirmed"]
    assert event.status == "confirmed"
    assert looked_at(kit, path).proposal.items == ()


def test_a_workbook_remembers_sessions_so_that_edits_of_the_team_stay(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)
    path = tmp_path / "back.xlsx"
    path.write_bytes(known_export(SEASON, "xlsx"))
    book = openpyxl.load_workbook(path)
    page = book["Events"]
    head = [cell.value for cell in page[1]]
    for cells in page.iter_rows(min_row=2):
        if cells[head.index(WHEN)].value == "28 January, 7:30pm":
            cells[head.index(WHEN)].value = "29 January, 7:30pm"
    book.save(path)
    text = (kit / "plays.yaml").read_text(encoding="utf-8")
    (kit / "plays.yaml").write_text(
        text.replace("note: captioned", "note: with captions"), encoding="utf-8"
    )
    looked = looked_at(kit, path)
    assert found_in(looked) == {
        ("The Lighthouse Ledger – 28 January, 7:30pm", "when"): Nature.CHANGED
    }


EDGES = """
  - title: Pièce annulée
    place: Mairie
    status: cancelled
    sessions: [3 mars 20 h, "4 mars, 20:30"]
  - title: Pièce reportée
    status: postponed
    postponed_to: 20 mars
    sessions:
      - {when: 3 mars, online: yes}
      - {when: "5 et 6 mars, 18:00", room: A}
  - title: Pièce en projet
    status: draft
    price: 5 €
    online: yes
    sessions:
      - when: du 3 au 5 mars
      - {when: à confirmer, id: plus-tard}
      - {when: mars}
      - {when: "7 mars, 20:00", status: full, price: 7 €, place: Salle des fêtes}
      - {when: "8 mars, 20:00", status: postponed, postponed_to: "9 mars", note: "=SOMME(1)"}
      - {when: "10, 11 mars, 20:00", id: serie, language: en}
      - {when: "12 mars, 20:00"}
      - {when: "12 mars, 20:00", place: {town: Brest}}
      - {when: "tous les mardis de mars, 9:00"}
"""


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    kit = copied(ROOT / "tests" / "kits" / "exported", tmp_path)
    with (kit / "programme.yaml").open("a", encoding="utf-8") as file:
        file.write(EDGES)
    return kit


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_whatever_is_written_of_sessions_comes_back(edges: Path, form: str) -> None:
    path = edges.parent / f"programme.{form}"
    path.write_bytes(written(kit_of(edges), form))
    looked = looked_at(edges, path)
    assert looked.report.diagnostics == ()
    assert looked.proposal.items == ()


def test_a_session_written_as_a_date_alone_and_one_of_a_named_list_change_exactly(
    edges: Path,
) -> None:
    def edit(rows: Rows) -> None:
        when, note = rows[0].index("Date et heure"), rows[0].index("Remarque sur la séance")
        for each in rows:
            if each[when] in ("4 mars, 20:30", "10 mars 2026, 20:00"):
                each[note] = "avec un bar"

    path = changed(edges, edit)
    taken_over(looked_at(edges, path))
    text = (edges / "programme.yaml").read_text(encoding="utf-8")
    assert '    sessions: [3 mars 20 h, {when: "4 mars, 20:30", note: "avec un bar"}]\n' in text
    assert '      - {when: "11 mars 2026, 20:00", id: serie-2, language: en}\n' in text
    assert looked_at(edges, path).proposal.items == ()


def test_rows_that_contradict_each_other_on_their_event_are_reported(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        age = rows[0].index("Age")
        row(rows, "Make a Noise!", "20 March, 2pm to 4pm")[age] = "from 7 years"
        row(rows, "Make a Noise!", "27 March, 2pm to 4pm")[age] = "from 8 years"

    looked = looked_at(kit, changed(kit, edit))
    assert [found.code for found in looked.report.diagnostics] == ["M210"]
    assert found_in(looked) == {("Make a Noise!", "age"): Nature.DIFFERENT}


def test_one_row_of_several_may_change_what_the_event_says(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        changed_row = row(rows, "A Winter Map", "19 March, 7:45pm")
        for heading, text in (("Description", "Another text."), ("Notes", "A note."), (COME, "x")):
            changed_row[rows[0].index(heading)] = text

    looked = looked_at(kit, changed(kit, edit))
    assert looked.report.diagnostics == ()
    assert found_in(looked) == {
        ("A Winter Map", "text"): Nature.DIFFERENT,
        ("A Winter Map", "notes"): Nature.FILLED,
        ("A Winter Map", "pending"): Nature.FILLED,
    }


def test_a_session_that_is_named_twice_is_said_where_its_name_stands(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        again = list(row(rows, "Salt and Iron", "19 February, 7:45pm"))
        again[rows[0].index(WHEN)] = "27 February, 7:45pm"
        rows.append(again)

    path = changed(kit, edit)
    (found,) = looked_at(kit, path).report.diagnostics
    assert found.code == "M205"
    assert "20270219t1945" in Catalogue("en").say(found.message)
    line = path.read_text(encoding="utf-8-sig").split("\n")[found.span.start.line - 1]
    assert line[found.span.start.column - 1 :].startswith("20270219t1945")


def test_a_row_of_a_session_without_the_key_of_its_event_is_a_new_event(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        copy = list(row(rows, "Salt and Iron", "19 February, 7:45pm"))
        copy[0], copy[rows[0].index("Room of the session")] = "", "Bar"
        rows.append(copy)

    looked = looked_at(kit, changed(kit, edit))
    (item,) = looked.proposal.items
    assert item.row is None
    assert item.incoming is not None
    assert [session.values["room"] for session in item.incoming.sessions] == ["Bar"]


def test_a_room_of_an_event_with_one_date_is_named_as_left_out(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        rows_of_it = [cells for cells in rows if cells[0] == "strings-in-the-round"]
        rows_of_it[0][rows[0].index("Room of the session")] = "Studio 3"

    looked = looked_at(kit, changed(kit, edit))
    assert [found.code for found in looked.report.diagnostics] == ["M409"]
    assert looked.proposal.items == ()


def test_a_session_with_another_name_is_the_one_of_its_date(tmp_path: Path) -> None:
    kit = copied(SEASON, tmp_path)

    def edit(rows: Rows) -> None:
        named = row(rows, "Salt and Iron", "19 February, 7:45pm")
        named[rows[0].index(NAME)] = "20270318t1945"

    assert looked_at(kit, changed(kit, edit)).proposal.items == ()


# --- tables of others -----------------------------------------------------------------------

THEATRE = "Titre;Date;Heure;Lieu;Salle;Tarif;Statut;Rubrique;Description\n"


def performances(*rows: Sequence[str]) -> str:
    lines = (f"{t};{d};{h};{v};{r};12 €;{s};labs;Une pièce.\n" for t, d, h, v, r, s in rows)
    return THEATRE + "".join(lines)


TARTUFFE = (
    ("Tartuffe", "3 novembre", "20:30", "Théâtre", "Grande salle", ""),
    ("Tartuffe", "4 novembre", "20:30", "Théâtre", "Petite salle", "complet"),
    ("Phèdre", "5 novembre", "19:00", "Théâtre", "", ""),
    ("Tartuffe", "6 novembre", "15:00", "Théâtre", "Grande salle", "annulé"),
)


def test_performances_of_one_title_are_one_event_with_sessions(tmp_path: Path) -> None:
    batch = imported(tmp_path, performances(*TARTUFFE))
    assert codes(batch) == []
    tartuffe, phedre = batch.records
    assert dict(tartuffe.values) == {
        "title": "Tartuffe",
        "price": "12 €",
        "text": "Une pièce.",
        "place.venue": "Théâtre",
    }
    assert [dict(each.values) for each in tartuffe.sessions] == [
        {"when": "3 novembre, 20:30", "room": "Grande salle"},
        {"when": "4 novembre, 20:30", "room": "Petite salle", "status": "full"},
        {"when": "6 novembre, 15:00", "room": "Grande salle", "status": "cancelled"},
    ]
    assert phedre.sessions == ()
    assert phedre.values["place.venue"] == "Théâtre"


def test_rows_of_one_title_with_other_texts_stay_apart_and_that_is_said(tmp_path: Path) -> None:
    table = "Titre;Date;Description\nAtelier;3 novembre;Du bois.\nAtelier;4 novembre;Du fer.\n"
    batch = imported(tmp_path, table)
    assert codes(batch) == ["M211"]
    assert [record.values["when"] for record in batch.records] == ["3 novembre", "4 novembre"]


def test_the_next_table_of_a_theatre_changes_sessions_one_by_one(tmp_path: Path) -> None:
    kit = copied(ROOT / "data" / "2021", tmp_path)
    path = tmp_path / "saison.csv"
    path.write_text(performances(*TARTUFFE), encoding="utf-8")
    taken_over(looked_at(kit, path))
    assert looked_at(kit, path).proposal.items == ()
    moved = list(TARTUFFE)
    moved[0] = ("Tartuffe", "10 novembre", "20:30", "Théâtre", "Grande salle", "")
    path.write_text(performances(*moved), encoding="utf-8")
    looked = looked_at(kit, path)
    assert found_in(looked) == {("Tartuffe – 3 novembre, 20:30", "when"): Nature.CHANGED}
    taken_over(looked)
    (event,) = (each for each in kit_of(kit).events() if each.title == "Tartuffe")
    assert [str(each.id) for each in event.sessions][:1] == ["20211103t2030"]
    path.write_text(performances(moved[0], moved[2], moved[3]), encoding="utf-8")
    assert found_in(looked_at(kit, path)) == {
        ("Tartuffe – 4 novembre, 20:30", "status"): Nature.GONE
    }


def season(events: int) -> str:
    """Return a season of fifty performances a title, a row each."""
    rows = ["Titre;Date;Lieu;Rubrique;Organisateur;Description"]
    for title, day, hour in product(range(events), range(1, 26), (14, 20)):
        date, place = f"2021-11-{day:02} {hour}:00", f"Salle {day % 3}"
        told = f"Compagnie {title};Le spectacle de {title * 7} choses."
        rows.append(f"Spectacle {title} du soir;{date};{place};etat;{told}")
    return "\n".join(rows) + "\n"


@pytest.mark.long
def test_four_times_the_performances_take_no_more_than_six_times_as_long(tmp_path: Path) -> None:
    took: list[float] = []
    for events in (25, 100):
        kit = copied(ROOT / "data" / "2021", tmp_path / str(events))
        path = tmp_path / "saison.csv"
        path.write_text(season(events), encoding="utf-8")
        begin = time.process_time()
        looked = looked_at(kit, path)
        taken_over(looked)
        assert looked_at(kit, path).proposal.items == ()
        took.append(time.process_time() - begin)
        assert len(looked.proposal.items) == events
        shown = full(looked.proposal, Catalogue("fr"), tmp_path, color=False)
        assert len(shown.splitlines()) < 8 * events + 10
        assert shown.count("Séances (50)") == events
    assert took[1] < 6 * took[0], took


ZONES = """\
type: programme
title: Programme
id: programme
events:
  - title: Débat
    id: debat
    when: 3 novembre, 18:00
    timezone: Indian/Reunion
  - title: Tournée
    id: tournee
    sessions:
      - {id: brest, when: "4 novembre, 20:00"}
      - {id: papeete, when: "5 novembre, 20:00", timezone: Pacific/Tahiti}
"""
ZONE = "Fuseau horaire"


def test_a_time_zone_has_a_column_and_comes_back(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "kit.yaml").write_text(
        "title: Essai\nperiod: {start: 2026-11-01, end: 2026-11-30}\npublisher: Association\n"
        "chapters: [programme.yaml]\n",
        encoding="utf-8",
    )
    (kit / "programme.yaml").write_text(ZONES, encoding="utf-8")
    rows = rows_of(kit_of(kit))
    column = rows[0].index(ZONE)
    assert [each[column] for each in rows[1:]] == ["Indian/Reunion", "", "Pacific/Tahiti"]
    same = looked_at(kit, changed(kit, lambda _: None))
    assert same.report.diagnostics == ()
    assert same.proposal.items == ()

    def moved(rows: Rows) -> None:
        rows[1][column], rows[2][column] = "Indian/Mayotte", "America/Cayenne"

    taken_over(looked_at(kit, changed(kit, moved)))
    debate, tour = kit_of(kit).events()
    assert debate.timezone == "Indian/Mayotte"
    assert [each.timezone for each in tour.sessions] == ["America/Cayenne", "Pacific/Tahiti"]
