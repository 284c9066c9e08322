"""What others read of a programme: the workbook, the table, the data, the calendar, the events."""

from __future__ import annotations

import csv
import datetime
import io
import json
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import openpyxl
import pytest
import recurring_ical_events
import yaml

from moip_press.exchange.columns.kit_rows import from_memory
from moip_press.exchange.columns.record_sheets import KINDS, SHEETS
from moip_press.exchange.export.event_facts import day_runs
from moip_press.exchange.export.ics_calendar import rules_of
from moip_press.exchange.export.kit_export import WRITERS, Wanted, export_kit
from moip_press.exchange.export.kit_workbook import kit_workbook
from moip_press.exchange.export.schema_org import _coded
from moip_press.kit.model.kit import Kit
from moip_press.kit.when import parse_when
from moip_press.kit.zones import zone_of
from moip_press.report.messages import Catalogue
from tests.exchange.exporting import (
    KITS,
    MARCH,
    ROOT,
    exported,
    kit_of,
    known_export,
    known_kit,
    written,
)

EMBARGO = "Sous embargo jusqu’au 2\xa0mars 2026 à 6\xa0h"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def march() -> Kit:
    return known_kit(MARCH)


@pytest.fixture(scope="module")
def calendar() -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(known_export(MARCH, "ics"))
    assert isinstance(found, icalendar.Calendar)
    return found


@pytest.fixture(scope="module")
def events() -> dict[str, Any]:
    graph = json.loads(known_export(MARCH, "jsonld"))["@graph"]
    return {node.get("identifier", "kit"): node for node in graph}


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(known_export(MARCH, "xlsx")))


def entry(calendar: icalendar.Calendar, uid: str) -> Any:
    found = {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}
    return found[uid]


# --- every format ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_the_same_kit_gives_the_same_bytes(folder: Path, form: str) -> None:
    assert written(kit_of(folder), form) == known_export(folder, form)


@pytest.mark.parametrize("form", ["csv", "json", "ics", "jsonld"])
def test_the_embargo_stands_in_every_export(form: str) -> None:
    text = known_export(MARCH, form).decode().replace("\r\n ", "")
    assert EMBARGO in text


def test_the_embargo_stands_on_the_first_sheet_in_the_title_and_above_the_titles(
    book: openpyxl.Workbook,
) -> None:
    assert EMBARGO in [cell.value for cell in book["Mode d’emploi"]["A"]]
    assert str(book.properties.title).startswith(EMBARGO)
    assert book["Événements"]["C1"].value == f"Titre ({EMBARGO})"


@pytest.mark.parametrize("form", ["json", "ics", "jsonld"])
def test_a_draft_event_is_shown_to_others_only_in_a_draft(march: Kit, form: str) -> None:
    assert "Le tunnel" not in known_export(MARCH, form).decode()
    draft = march.edition.model_copy(update={"status": "draft"})
    text = written(Kit(march.folder, draft, march.source, march.chapters), form).decode()
    assert "Le tunnel" in text
    assert "Version de travail" in text or json.loads(text)["kit"]["status"] == "draft"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_contributors_get_drafts_too(form: str, book: openpyxl.Workbook) -> None:
    if form == "csv":
        assert "Le tunnel" in known_export(MARCH, form).decode()
    else:
        assert "Le tunnel" in [cell.value for cell in book["Événements"]["C"]]


# --- the workbook ---------------------------------------------------------------------------


def test_the_workbook_has_a_sheet_a_kind_of_record(book: openpyxl.Workbook) -> None:
    say = Catalogue("fr").gettext
    titles = [say(sheet.title) for sheet in SHEETS if sheet.kind != "editorial"]
    assert book.sheetnames == ["Mode d’emploi", *titles, "Listes", "moip-press"]
    assert [book[name].sheet_state for name in ("Listes", "moip-press")] == ["hidden", "veryHidden"]


def test_the_workbook_says_which_kit_it_is_of(book: openpyxl.Workbook) -> None:
    untyped: Any = book
    found = {prop.name: prop.value for prop in untyped.custom_doc_props.props}
    assert found == {"moip-press-format": 1, "moip-press-kit": "exported"}


def test_ids_are_protected_and_rows_can_be_added(book: openpyxl.Workbook) -> None:
    page = book["Événements"]
    assert page.protection.sheet
    assert not page.protection.insertRows
    assert page.protection.password is None
    assert page["A2"].protection.locked
    assert not page["C2"].protection.locked
    assert not page.column_dimensions["C"].protection.locked


def test_cells_with_a_fixed_set_of_words_have_drop_downs(book: openpyxl.Workbook) -> None:
    page, lists = book["Événements"], book["Listes"]
    offered = {
        str(rule.sqref)[0]: [cell.value for (cell,) in lists[rule.formula1.split("!")[1]]]
        for rule in page.data_validations.dataValidation
    }
    heads = {str(cell.value).split(" (")[0]: str(cell.coordinate)[0] for cell in page[1]}
    assert offered[heads["Section"]] == ["ponts"]
    assert offered[heads["En ligne"]] == ["oui", "non"]
    assert offered[heads["Statut"]] == ["confirmé", "brouillon", "annulé", "reporté"]
    assert "Bretagne" in offered[heads["Région"]]
    assert len(offered[heads["Région"]]) == 18
    assert offered[heads["Thème"]] == ["Génie, civil"]


def test_headings_have_notes_and_stay_in_sight(book: openpyxl.Workbook) -> None:
    page = book["Événements"]
    assert page.freeze_panes == "D2"
    noted = [cell.column for cell in page[1] if cell.comment]
    assert len(noted) > 10


def test_no_cell_of_the_workbook_is_a_formula(book: openpyxl.Workbook) -> None:
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_paragraph_is_one_line_of_its_cell(book: openpyxl.Workbook) -> None:
    text = book["Événements"]["G2"].value
    assert text.split("\n")[0] == "- une liste qui commence sur deux lignes"
    assert text.split("\n")[-1] == "Puis un texte, coupé au milieu."


def test_a_selection_holds_no_other_sheets(march: Kit) -> None:
    some = exported(march)
    some = replace(some, entries=some.entries[:2], whole=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(kit_workbook(some)))
    assert book.sheetnames == ["Mode d’emploi", "Événements", "Listes", "moip-press"]
    assert book["Événements"].max_row == 3


def test_the_workbook_remembers_what_it_held(book: openpyxl.Workbook) -> None:
    memory = from_memory(book["moip-press"].iter_rows(values_only=True))
    values = memory["event", "formule"]
    assert values["title"] == "=1+1, ou comment compter les piles"
    assert values["organisers"] == ("Dupont, Durand ; fils", "@arche", "-Collectif Rive")
    assert values["postponed_to"] == ""
    assert values.keys() == {column.path for column in KINDS["event"].written}


def test_a_memory_that_somebody_changed_is_forgotten() -> None:
    assert from_memory([("event", "a", "{"), ("event", "b", "[1]"), (None,), ()]) == {}


def test_a_text_that_no_cell_can_hold_is_told(tmp_path: Path) -> None:
    long = kit_folder(tmp_path, {"title": "Long", "when": "24 mars", "text": "a " * 20_000})
    made = export_kit(long, Wanted("xlsx"))
    assert made.content is None
    assert made.failure is not None
    assert "32767" in Catalogue("fr").say(made.failure)
    assert export_kit(long, Wanted("csv")).content


# --- the table ------------------------------------------------------------------------------


def test_excel_reads_the_table_in_french_and_in_english() -> None:
    french = known_export(MARCH, "csv").decode()
    english = known_export(ROOT / "tests" / "kits" / "harbour", "csv").decode()
    assert french.startswith("\ufeffIdentifiant;Section;Titre")
    assert english.startswith("\ufeffIdentifier,Section,Title (Draft)")


def test_no_cell_of_the_table_is_a_formula(march: Kit) -> None:
    rows = list(
        csv.reader(
            io.StringIO(known_export(MARCH, "csv").decode("utf-8-sig"), newline=""), delimiter=";"
        )
    )
    assert len(rows) == 1 + len(march.events())
    cells = [cell for row in rows for cell in row if cell]
    assert "'=1+1, ou comment compter les piles" in cells
    assert not [cell for cell in cells if cell.lstrip()[0] in "=+-@"]


# --- the calendar ---------------------------------------------------------------------------


def test_lines_of_the_calendar_are_as_calendar_programs_read_them() -> None:
    content = known_export(MARCH, "ics")
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])


@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_the_calendar_is_read_back_day_by_day(folder: Path) -> None:
    kit = known_kit(folder)
    found = icalendar.Calendar.from_ical(known_export(folder, "ics"))
    zone = zone_of(kit.edition)
    uids = [str(event["UID"]) for event in found.walk("VEVENT")]
    assert len(uids) == len(set(uids)) >= len(exported(kit).public)
    period = kit.edition.period
    first = datetime.datetime.combine(period.start, datetime.time(), zone)
    read = recurring_ical_events.of(found).between(first, period.end + datetime.timedelta(days=2))
    told: dict[str, set[Any]] = {}
    for event in read:
        name = str(event["UID"]).partition("@")[0].partition(".")[0]
        told.setdefault(name, set()).add(event["DTSTART"].dt)
    assert told
    for entry in exported(kit).public:
        when = entry.event.postponed_to or entry.event.when
        if when.meets(period.value) and not when.all_day:
            meant = {
                datetime.datetime.combine(day, slot.start, zone)
                for day in when.days
                for slot in when.slots
                if day in period.value
            }
            assert meant <= told[entry.event.id], entry.event.id


def test_a_day_without_hours_ends_before_the_next(calendar: icalendar.Calendar) -> None:
    event = entry(calendar, "annule")
    assert event["DTSTART"].dt == datetime.date(2026, 3, 30)
    assert event["DTEND"].dt == datetime.date(2026, 3, 31)


def test_hours_of_several_days_are_those_of_each_day(calendar: icalendar.Calendar) -> None:
    event = entry(calendar, "apostrophes")
    assert event["DTSTART"].dt == datetime.datetime(2026, 3, 25, 14, tzinfo=PARIS)
    assert event["DTEND"].dt == datetime.datetime(2026, 3, 25, 16, tzinfo=PARIS)
    assert event["RRULE"] == {"FREQ": ["DAILY"], "COUNT": [3]}


def test_separate_days_are_entries_of_their_own(calendar: icalendar.Calendar) -> None:
    days = [entry(calendar, uid)["DTSTART"].dt.day for uid in ("separes", "separes.2", "separes.3")]
    assert days == [24, 26, 31]
    assert "DTEND" not in entry(calendar, "separes")


def test_a_night_ends_the_next_day_when_clocks_change(calendar: icalendar.Calendar) -> None:
    event = entry(calendar, "nuit")
    assert event["DTEND"].dt == datetime.datetime(2026, 3, 29, 2, tzinfo=PARIS)


def test_an_event_without_an_end_lasts_the_period(calendar: icalendar.Calendar) -> None:
    event = entry(calendar, "ouvert")
    assert event["DTEND"].dt == datetime.date(2026, 4, 1)
    assert "À partir du 29 mars 2026" in str(event["DESCRIPTION"])


def test_what_became_of_an_event_is_said(calendar: icalendar.Calendar) -> None:
    cancelled, moved = entry(calendar, "annule"), entry(calendar, "reporte")
    undated = entry(calendar, "sans-date")
    assert (cancelled["STATUS"], cancelled["SUMMARY"]) == ("CANCELLED", "ANNULÉ\xa0: Le bac")
    assert (moved["STATUS"], moved["SUMMARY"]) == ("CONFIRMED", "La digue")
    assert moved["DTSTART"].dt == datetime.datetime(2026, 3, 30, 9, tzinfo=PARIS)
    assert "24 mars 2026" in str(moved["DESCRIPTION"])
    assert (undated["STATUS"], undated["SUMMARY"]) == ("CANCELLED", "REPORTÉ\xa0: L'écluse")


def test_an_entry_says_where_who_and_how_to_register(calendar: icalendar.Calendar) -> None:
    event = entry(calendar, "formule")
    assert event["LOCATION"] == "Pont-Neuf; rive droite, 1 quai de l'Horloge, Paris"
    assert event["URL"] == "https://ponts.example/formule?a=1,2;b=3"
    assert event["UID"] == "formule@2026.ponts.example"
    assert event["SEQUENCE"] == 3
    words = str(event["DESCRIPTION"])
    assert words.startswith(EMBARGO)
    for said in ("Dupont, Durand ; fils, @arche et -Collectif Rive", "https://ponts.example/inscr"):
        assert said in words
    assert entry(calendar, "apostrophes")["LOCATION"] == "En ligne"


def test_the_calendar_knows_when_clocks_change(calendar: icalendar.Calendar) -> None:
    (zone,) = calendar.walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    read = zone.to_tz()
    for hour, offset in ((1, 1), (3, 2)):
        moment = datetime.datetime(2026, 3, 29, hour, tzinfo=read)
        assert moment.utcoffset() == datetime.timedelta(hours=offset)


def test_a_zone_south_of_the_equator_and_one_without_summer_are_told() -> None:
    sydney = rules_of(ZoneInfo("Australia/Sydney"), 2026, 2026).to_ical().decode()
    winter = next(rule for rule in sydney.split("BEGIN:") if "DTSTART:20260405T030000" in rule)
    assert winter.startswith("STANDARD")
    assert "TZOFFSETFROM:+1100\r\nTZOFFSETTO:+1000" in winter
    cayenne = rules_of(ZoneInfo("America/Cayenne"), 2026, 2026).to_ical().decode()
    assert cayenne.count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:-0300" in cayenne


def test_hours_are_told_in_the_zone_of_the_kit_or_of_its_country(march: Kit) -> None:
    def zone(**fields: Any) -> str | None:
        found = zone_of(march.edition.model_copy(update={"country": None, **fields}))
        return found.key if found else None

    assert zone() == "Europe/Paris"
    assert zone(country="gb") == "Europe/London"
    assert zone(country="US") is None
    assert zone(language="en") is None
    assert zone(country="FR", timezone="Indian/Reunion") == "Indian/Reunion"


def test_days_in_a_row_are_one_stretch(march: Kit) -> None:
    period = march.edition.period.value
    found = day_runs(parse_when("23, 24 et 27 mars", "fr", period), period)
    assert [(each.first.day, each.days) for each in found] == [(23, 2), (27, 1)]


# --- schema.org -----------------------------------------------------------------------------


def test_search_engines_read_a_beginning_an_end_and_a_place(events: dict[str, Any]) -> None:
    event = events["formule"]
    assert event["@type"] == "Event"
    assert event["startDate"] == "2026-03-24T09:30:00+01:00"
    assert event["endDate"] == "2026-03-24T12:30:00+01:00"
    assert event["location"] == {
        "@type": "Place",
        "name": "Pont-Neuf; rive droite",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 quai de l'Horloge",
            "addressLocality": "Paris",
            "addressRegion": "Île-de-France",
            "addressCountry": "FR",
        },
    }
    assert [each["name"] for each in event["organizer"]][1] == "@arche"
    assert event["superEvent"] == {"@id": events["kit"]["@id"]}


def test_search_engines_read_what_became_of_an_event(events: dict[str, Any]) -> None:
    status = {name: node.get("eventStatus", "").rpartition("/")[2] for name, node in events.items()}
    assert status["formule"] == "EventScheduled"
    assert status["annule"] == "EventCancelled"
    assert status["sans-date"] == "EventPostponed"
    assert status["reporte"] == "EventRescheduled"
    assert events["reporte"]["previousStartDate"] == "2026-03-24T09:00:00+01:00"
    assert events["reporte"]["startDate"] == "2026-03-30T09:00:00+02:00"


def test_search_engines_read_how_to_attend(events: dict[str, Any]) -> None:
    modes = {
        name: node.get("eventAttendanceMode", "").rpartition("/")[2]
        for name, node in events.items()
    }
    assert modes["ouvert"] == "OfflineEventAttendanceMode"
    assert modes["apostrophes"] == "OnlineEventAttendanceMode"
    assert modes["separes"] == "MixedEventAttendanceMode"
    assert modes["annule"] == ""
    online = {"@type": "VirtualLocation", "url": "https://ponts.example/direct"}
    assert events["apostrophes"]["location"] == online


def test_search_engines_read_hours_of_several_days(events: dict[str, Any]) -> None:
    (schedule,) = events["apostrophes"]["eventSchedule"]
    assert (schedule["startDate"], schedule["endDate"]) == ("2026-03-25", "2026-03-27")
    assert schedule["startTime"] == "14:00:00"
    assert schedule["scheduleTimezone"] == "Europe/Paris"
    assert events["apostrophes"]["endDate"] == "2026-03-27T16:00:00+01:00"
    assert len(events["separes"]["eventSchedule"]) == 3
    assert "endDate" not in events["ouvert"]


def test_no_text_ends_the_script_that_holds_the_events(tmp_path: Path) -> None:
    event = {"title": "</script><script>alert(1)", "when": "24 mars"}
    content = written(kit_of(kit_folder(tmp_path, event)), "jsonld").decode()
    assert "</" not in content
    assert json.loads(content)["@graph"][1]["name"] == event["title"]


# --- plain data -----------------------------------------------------------------------------


def test_the_data_has_the_fields_of_the_kit_and_dates_as_iso(march: Kit) -> None:
    document = json.loads(known_export(MARCH, "json"))
    assert document["format"] == "moip-press/programme"
    assert document["version"] == 1
    assert document["kit"]["embargo"] == {"words": EMBARGO, "until": "2026-03-02T06:00"}
    assert document["kit"]["timezone"] == "Europe/Paris"
    assert document["sections"] == [{"id": "ponts", "title": "Les ponts ouverts"}]
    first = document["events"][0]
    assert first["section"] == "ponts"
    assert first["organisers"][0] == "Dupont, Durand ; fils"
    assert first["when"] == {
        "words": "24 mars 2026, de 9 h 30 à 12 h 30",
        "kind": "day",
        "days": ["2026-03-24"],
        "times": [{"start": "09:30", "end": "12:30"}],
    }
    assert len(document["events"]) == len(march.events()) - 1


def kit_folder(folder: Path, *events: dict[str, Any]) -> Path:
    """Return the folder of a small kit with these events."""
    given = {
        "title": "Petit dossier",
        "language": "fr",
        "period": {"start": "2026-03-23", "end": "2026-03-31"},
        "publisher": {"name": "Agence"},
        "chapters": ["programme.yaml"],
    }
    part = {"type": "programme", "id": "a", "title": "A", "events": list(events)}
    for name, content in (("kit.yaml", given), ("programme.yaml", part)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


SEASON = """\
type: programme
title: La saison
events:
  - title: Le Malade imaginaire
    place: {venue: Grand Théâtre}
    registration: https://www.example.org/r
    sessions:
      - when: 3 et 4 novembre, 20:30
      - {when: "5 novembre, 20:30", place: {venue: Salle des fêtes}, status: full, id: fetes}
      - {when: "6 novembre, 20:30", status: cancelled}
  - title: Nuit créole
    region: La Réunion
    when: 14 novembre, 20:30
"""


def season(folder: Path) -> Kit:
    (folder / "kit.yaml").write_text(
        "title: Saison\nperiod: {start: 2026-11-01, end: 2026-11-30}\n"
        "publisher: {name: Ville}\nchapters: [a.yaml]\n",
        encoding="utf-8",
    )
    (folder / "a.yaml").write_text(SEASON, encoding="utf-8")
    return kit_of(folder)


def test_each_session_is_an_entry_of_the_calendar_at_its_own_hour(tmp_path: Path) -> None:
    found = icalendar.Calendar.from_ical(written(season(tmp_path), "ics")).walk("VEVENT")
    entries = {str(each["uid"]).partition("@")[0]: each for each in found}
    assert list(entries) == [
        "le-malade-imaginaire.20261103t2030",
        "le-malade-imaginaire.20261104t2030",
        "le-malade-imaginaire.fetes",
        "le-malade-imaginaire.20261106t2030",
        "nuit-creole",
    ]
    assert entries["le-malade-imaginaire.fetes"]["location"] == "Salle des fêtes"
    assert entries["le-malade-imaginaire.20261106t2030"]["status"] == "CANCELLED"
    at = entries["nuit-creole"].decoded("dtstart")
    assert (at.hour, at.utcoffset()) == (20, datetime.timedelta(hours=4))


def test_sessions_are_events_below_their_event_in_schema_org(tmp_path: Path) -> None:
    graph = json.loads(written(season(tmp_path), "jsonld"))["@graph"]
    event = next(node for node in graph if node.get("identifier") == "le-malade-imaginaire")
    assert [node["startDate"] for node in event["subEvent"]] == [
        f"2026-11-0{day}T20:30:00+01:00" for day in (3, 4, 5, 6)
    ]
    assert event["subEvent"][2]["location"]["name"] == "Salle des fêtes"
    assert "potentialAction" not in event["subEvent"][2]
    night = next(node for node in graph if node.get("identifier") == "nuit-creole")
    assert night["startDate"] == "2026-11-14T20:30:00+04:00"


def test_sessions_stand_in_plain_data(tmp_path: Path) -> None:
    events = json.loads(written(season(tmp_path), "json"))["events"]
    assert [each["status"] for each in events[0]["sessions"]] == [
        *("confirmed", "confirmed", "full", "cancelled")
    ]
    assert events[0]["sessions"][0]["when"]["words"] == "3 novembre 2026, à 20 h 30"
    assert "sessions" not in events[1]


@pytest.mark.parametrize(
    ("town", "address"),
    [
        ("56100 Lorient", {"postalCode": "56100", "addressLocality": "Lorient"}),
        ("Bath BA1 5AW", {"postalCode": "BA1 5AW", "addressLocality": "Bath"}),
        ("Lorient", {"addressLocality": "Lorient"}),
    ],
)
def test_a_town_and_its_postcode_are_two_in_schema_org(town: str, address: dict[str, str]) -> None:
    code, name = _coded(town)
    assert {k: v for k, v in (("postalCode", code), ("addressLocality", name)) if v} == address
