"""A date that is to be confirmed is a value: printed as such, without a dot, sorted last."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from moip_press.editions import attached_data
from moip_press.editions.comparison.document import moment
from moip_press.exchange.export.exported import Exported
from moip_press.exchange.export.kit_export import writer
from moip_press.kit import selection
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, blanks
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.when import (
    Period,
    When,
    WhenError,
    face,
    in_words,
    parse_event_when,
    write_when,
)
from moip_press.press.compose import Composer
from moip_press.press.compose.agenda import agenda
from moip_press.press.compose.calendar import dated, goes_on, strip
from moip_press.press.compose.gathering import groups
from moip_press.proofread import dates
from moip_press.report.messages import Catalogue
from tests.exchange.importing import imported, only
from tests.proofread import proofs

NOVEMBER = Period(date(2026, 11, 2), date(2026, 11, 29))
FIRST = date(2026, 11, 1)
UNKNOWN = When("awaited", ())
MONTH = When("awaited", (), month=FIRST)
LATE = When("awaited", (), month=FIRST, part="late")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, UNKNOWN) for text in ("à confirmer", "À confirmer.", "date à préciser", "TBC")),
        *((text, UNKNOWN) for text in ("dates et horaires à définir", "en attente", "NC")),
        *((text, MONTH) for text in ("novembre", "novembre 2026", "en novembre", "nov.")),
        *((text, MONTH) for text in ("date à confirmer (novembre)", "novembre, à confirmer")),
        *((text, LATE) for text in ("fin novembre", "fin novembre 2026, date à confirmer")),
        ("mi-novembre", When("awaited", (), month=FIRST, part="mid")),
        ("début janvier", When("awaited", (), month=date(2027, 1, 1), part="early")),
    ],
)
def test_what_is_to_be_confirmed_is_read(text: str, expected: When) -> None:
    assert parse_event_when(text, "fr", NOVEMBER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, UNKNOWN) for text in ("TBC", "to be confirmed", "T.B.A.", "date to be announced")),
        *((text, MONTH) for text in ("November", "in November", "November 2026 (date tbc)")),
        *((text, LATE) for text in ("late November", "end of November, to be confirmed")),
    ],
)
def test_what_is_to_be_confirmed_is_read_in_english(text: str, expected: When) -> None:
    assert parse_event_when(text, "en", NOVEMBER) == expected


@pytest.mark.parametrize(
    "text",
    ["date", "16 novembre à confirmer", "bientôt", "2026", "novembre 9999", "à confirmer 18 h"],
)
def test_what_says_less_or_more_is_refused(text: str) -> None:
    with pytest.raises(WhenError):
        parse_event_when(text, "fr", NOVEMBER)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("value", [UNKNOWN, MONTH, LATE])
def test_what_is_written_is_read_back(value: When, language: str) -> None:
    text = write_when(value, language, NOVEMBER)
    assert text is not None
    assert parse_event_when(text, language, NOVEMBER) == value
    assert moment(attached_data.when_written(value)) == value


def test_it_is_said_in_words() -> None:
    assert in_words(UNKNOWN, "fr") == "date à confirmer"
    assert in_words(LATE, "fr", year=True) == "fin novembre 2026, date à confirmer"
    assert in_words(MONTH, "en") == "in November, date to be confirmed"
    assert face(UNKNOWN, "fr").numerals == ("à confirmer",)
    assert (face(MONTH, "fr").prefix, face(MONTH, "fr").numerals) == (
        "date à confirmer",
        ("novembre",),
    )


def test_it_comes_last() -> None:
    day = When("day", (date(2026, 11, 30),))
    assert sorted([UNKNOWN, MONTH, day, LATE]) == [day, LATE, MONTH, UNKNOWN]


KIT = """\
title: Semaine du numérique
language: fr
period: {start: 2026-11-01, end: 2026-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@ville.fr}]
chapters: [cover, programme.yaml]
"""
PROGRAMME = """\
type: programme
title: Le programme
opener: page
events:
  - {title: Sans date, when: à confirmer, text: Un texte.}
  - {title: Autre sans date, when: date à préciser, text: Un texte.}
  - {title: Fin du mois, when: fin novembre, text: Un texte.}
  - {title: Daté, when: "16 novembre, 18:00", text: Un texte.}
  - {title: Reporté, when: 17 novembre, status: postponed, postponed_to: à confirmer}
  - {title: Concert, sessions: [{when: 18 novembre}, {when: à confirmer}], text: Un texte.}
  - {title: Concert, when: à confirmer, text: Un texte.}
"""
UNDATED = ["Sans date", "Autre sans date", "Fin du mois", "Concert"]


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    (tmp_path / "kit.yaml").write_text(KIT, encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    read = read_kit(tmp_path)
    assert read.report.ok
    assert read.kit is not None
    return read.kit


def test_it_is_a_blank_only_in_a_record_that_is_one(kit: Kit, tmp_path: Path) -> None:
    assert blanks(kit) == ()
    programme = next(tmp_path.rglob("programme.yaml"))
    text = programme.read_text(encoding="utf-8")
    text = text.replace("{title: Sans date,", "{title: Sans date, pending: yes,")
    programme.write_text(
        text.replace("title: Autre sans date", "title: 'Titre : à écrire'"), "utf-8"
    )
    again = read_kit(programme.parent).kit
    assert again is not None
    listed = [blank.title for blank in blanks(again)]
    assert listed == ["Sans date", "Titre : à écrire"]


def test_it_has_no_dot_and_stands_last(kit: Kit) -> None:
    events, period = kit.events(), kit.edition.period.value
    assert [event.title for event in dated(events)] == ["Daté", "Concert"]
    assert sum(day.count for day in strip(period, events)) == 2
    assert not any(goes_on(before, event) for before, event in pairwise(events))
    entries = selection.entries(kit)
    french = Catalogue("fr")
    last = groups(kit, entries, "week", lambda _: 1, french)[-1]
    assert last.title == "Date à confirmer"
    assert [item.event.title for item in last.items] == [
        "Fin du mois",
        "Sans date",
        "Autre sans date",
        "Concert",
    ]
    days = agenda(kit, entries, lambda _: 1)
    assert [day.numeral for day in days] == ["16", "17", "18", ""]
    assert days[-1].month == "Date à confirmer"


def test_pages_say_that_it_is_to_be_confirmed(kit: Kit) -> None:
    composer = Composer(kit, Theme(kit.folder))
    html = composer.chapter(kit.chapters[1], {}).html.replace("\u00a0", " ")
    shown = re.sub(r' aria-label="[^"]*"', "", html)
    assert shown.count("à confirmer") == 5
    assert "nouvelle date à venir" in html
    assert "9999" not in html
    assert composer.chapter(kit.chapters[0], {}).html.count('href="#le-programme--') == 2


def test_ids_that_are_made_hold_no_day(kit: Kit) -> None:
    assert [event.id for event in kit.events()][-1] == "concert-2"


@pytest.mark.parametrize("form", ["ics", "jsonld"])
def test_calendars_leave_it_out(kit: Kit, form: str) -> None:
    exported = Exported(kit, selection.entries(kit))
    content = writer(form)(exported).decode()
    assert "Daté" in content
    assert not any(title in content for title in UNDATED[:3])


def test_data_hold_it_without_days(kit: Kit) -> None:
    exported = Exported(kit, selection.entries(kit))
    events = json.loads(writer("json")(exported))["events"]
    assert events[0]["when"] == {"words": "date à confirmer", "kind": "awaited", "days": []}
    assert events[2]["when"]["month"] == "2026-11"
    rows = writer("csv")(exported).decode()
    assert "fin novembre" in rows


def test_it_is_imported(tmp_path: Path) -> None:
    for text in ("à confirmer", "fin novembre"):
        record = only(imported(tmp_path, f"Titre;Date;Lieu\nAtelier;{text};Salle\n"))
        assert parse_event_when(str(record.values["when"]), "fr").kind == "awaited"


def test_the_proofreader_leaves_it_alone(tmp_path: Path) -> None:
    events = [{"title": f"Atelier {n}", "when": "à confirmer"} for n in range(3)]
    events += [{"title": f"Visite {n}", "when": f"{n} novembre"} for n in range(2, 9)]
    section = {"type": "programme", "title": "Le programme", "events": events}
    assert proofs.found(dates.FINDERS, tmp_path, section) == []
