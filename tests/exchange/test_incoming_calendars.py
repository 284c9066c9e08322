"""Calendars as Google, Outlook, Apple and Nextcloud write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from moip_press.exchange.incoming.file_kinds import read_batch
from tests.exchange.importing import FILES, codes, imported, kit, only, said, values


def calendar(*lines: str, head: str = "") -> str:
    """Return a calendar of one event."""
    event = "\r\n".join(["BEGIN:VEVENT", "UID:1", "SUMMARY:Atelier", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{event}\r\nEND:VCALENDAR\r\n"


def when(tmp_path: Path, *lines: str, head: str = "") -> Any:
    """Return the date of an event."""
    return only(imported(tmp_path, calendar(*lines, head=head), "c.ics")).values["when"]


# --- files as programs write them -----------------------------------------------------------


def test_google() -> None:
    batch = read_batch(FILES / "google.ics", kit(), name="google.ics")
    assert batch.source == "ics:Mois de l'innovation"
    assert batch.complete
    assert [record.uid for record in batch.records] == [
        "design-service@google.com",
        "permanence@google.com",
        "semaine@google.com",
    ]
    design, office, week = values(batch)
    assert design == {
        "title": "Design de service, en pratique",
        "text": "Un atelier pour **tous**\u00a0:\n\n- dessiner\n- essayer\n\n"
        "[Le programme](https://rennes.example/design)",
        "when": "16 novembre, 14:00-16:00",
        "place.venue": "Hôtel de Ville",
        "place.address": "1 place de la Mairie",
        "place.town": "35000 Rennes",
        "organisers": ("Ville de Rennes, mission innovation",),
        "status": "confirmed",
    }
    # every Tuesday, less one that is left out and one that is cancelled
    assert office["when"] == "2, 16 et 30 novembre, 9:00-11:00"
    # the end of days is the day after
    assert (week["when"], week["status"]) == ("9 au 13 novembre", "draft")
    assert said(batch) == ["74:1 M408 “Entretien annuel” is private: it is not imported."]


def test_outlook() -> None:
    batch = read_batch(FILES / "outlook.ics", kit())
    assert said(batch) == []
    assert batch.source == "ics:outlook"
    lab, day = batch.records
    assert lab.section == "labs"
    assert dict(lab.values) == {
        "title": "Atelier des labs",
        "text": "Bonjour à toutes et à tous,\n\nUn atelier \\* ouvert \\* à tous les agents.",
        "when": "18 novembre, 14:00-18:00",
        "online": True,
        "theme": "Design",
        "status": "confirmed",
    }
    assert day.values["when"] == "20 novembre"
    assert day.values["text"] == "Tout le **jour**."


def test_apple_with_two_calendars() -> None:
    batch = read_batch(FILES / "apple.ics", kit(), name="apple.ics")
    assert batch.source == "ics:Culture+Sciences"
    night, visit, talk = values(batch)
    assert night["when"] == "25 novembre, 20:00-1:00"
    assert night["place.venue"] == "Les Champs Libres"
    assert night["place.town"] == "35000 Rennes"
    assert night["link"] == "https://champslibres.example/nuit"
    assert visit["when"] == "27 novembre, 10:00-11:30"
    assert talk["when"] == "10 novembre, 9:00-10:00"
    assert said(batch) == [
        "33:1 M407 “Conférence à distance”: Its times are those of another zone: America/New_York."
    ]


def test_nextcloud_with_a_mark_and_broken_lines() -> None:
    batch = read_batch(FILES / "nextcloud.ics", kit(), name="nextcloud.ics")
    cafe, home, endless = values(batch)
    assert cafe["status"] == "cancelled"
    assert cafe["when"] == "2 au 4 novembre, 10:00-12:00"
    assert cafe["text"] == "Une première ligne\n\nqui est cassée ici"
    assert (cafe["online"], cafe["link"]) == (True, "https://visio.example/salle")
    assert home["when"] == "3 novembre, 10:00-12:00"
    assert endless["when"] == "4 novembre"
    assert not batch.complete
    assert said(batch) == [
        "16:1 M402 This line is broken: it is read as the rest of the text before it.",
        "26:1 M402 “Sans fin lisible”: Its end cannot be read: it is left out.",
        "32:1 M202 “Sans date”: It has no date that can be read.",
        "37:1 M201 This event has no title.",
    ]


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["DTSTART:20211116T130000Z", "DTEND:20211116T150000Z"], "16 novembre, 14:00-16:00"),
        (["DTSTART:20211116T140000", "DTEND:20211116T160000"], "16 novembre, 14:00-16:00"),
        (["DTSTART:20211116T140000", "DURATION:PT2H"], "16 novembre, 14:00-16:00"),
        (["DTSTART:20211116T140000"], "16 novembre, 14:00"),
        (["DTSTART:20211116T140000", "DTEND:20211116T140000"], "16 novembre, 14:00"),
        (["DTSTART:20211116T180000", "DTEND:20211117T000000"], "16 novembre, 18:00-24:00"),
        (["DTSTART;VALUE=DATE:20211116"], "16 novembre"),
        (["DTSTART;VALUE=DATE:20211116", "DTEND;VALUE=DATE:20211116"], "16 novembre"),
        (["DTSTART;VALUE=DATE:20211116", "DTEND;VALUE=DATE:20211118"], "16 et 17 novembre"),
        (["DTSTART;VALUE=DATE:20211116", "DURATION:P3D"], "16 au 18 novembre"),
        (["DTSTART;TZID=Europe/Paris:20211101T090000", "RRULE:FREQ=DAILY"],
         "1er au 30 novembre, 9:00"),
        (["DTSTART:20211004T090000", "RRULE:FREQ=MONTHLY;BYDAY=1MO"], "1er novembre, 9:00"),
        (["DTSTART:20211102T090000", "RRULE:FREQ=WEEKLY;UNTIL=20211117T000000"],
         "2, 9 et 16 novembre, 9:00"),
        (["DTSTART;VALUE=DATE:20211102", "RRULE:FREQ=WEEKLY;COUNT=2"], "2 et 9 novembre"),
        (["DTSTART:20211102T090000", "RDATE:20211105T090000,20211108T090000"],
         "2, 5 et 8 novembre, 9:00"),
        (["DTSTART:20211016T090000", "RRULE:FREQ=WEEKLY;COUNT=1"], "16 octobre 2021, 9:00"),
    ],
)  # fmt: skip
def test_a_date_of_a_calendar(tmp_path: Path, lines: list[str], told: str) -> None:
    batch = imported(tmp_path, calendar(*lines), "c.ics")
    assert [each["when"] for each in values(batch)] == [told]
    assert codes(batch) in ([], ["M404"])


@pytest.mark.parametrize(
    ("zone", "begins", "told"),
    [
        ("UTC", "20211116T090000Z", "16 novembre, 10:00"),
        ("Etc/GMT", "20211116T090000Z", "16 novembre, 10:00"),
        ("UTC", "20211116T090000", "16 novembre, 9:00"),
        ("Europe/Brussels", "20211116T090000Z", "16 novembre, 10:00"),
        ("Nowhere/At all", "20211116T090000Z", "16 novembre, 10:00"),
    ],
)
def test_hours_in_utc_are_those_of_the_kit(
    tmp_path: Path, zone: str, begins: str, told: str
) -> None:
    assert when(tmp_path, f"DTSTART:{begins}", head=f"X-WR-TIMEZONE:{zone}\r\n") == told


@pytest.mark.parametrize("begins", ["20211116T050000Z", "20211116T090000"])
def test_the_zone_of_a_calendar_counts_as_one_of_its_events(tmp_path: Path, begins: str) -> None:
    head = "X-WR-TIMEZONE:Indian/Reunion\r\n"
    batch = imported(tmp_path, calendar(f"DTSTART:{begins}", head=head), "c.ics")
    assert batch.records[0].values["when"] == "16 novembre, 9:00"
    (told,) = said(batch)
    assert told.endswith("M407 “Atelier”: Its times are those of another zone: Indian/Reunion.")


def test_hours_of_a_repeated_entry_stay_when_clocks_change(tmp_path: Path) -> None:
    lines = ["DTSTART;TZID=Europe/Paris:20211020T090000", "RRULE:FREQ=WEEKLY;COUNT=4"]
    assert when(tmp_path, *lines) == "3 et 10 novembre, 9:00"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8;BYMINUTE=0,10,20,30,40,50",
        "FREQ=SOMETIMES",
        "FREQ=HOURLY",
    ],
)
def test_a_rule_without_end_or_sense_is_told(tmp_path: Path, rule: str) -> None:
    start = "DTSTART:19000101T090000" if rule == "FREQ=HOURLY" else "DTSTART:20211102T090000"
    batch = imported(tmp_path, calendar(start, f"RRULE:{rule}"), "c.ics")
    assert len(batch.records) == 1
    assert codes(batch)[0] == "M403"


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:demain"],
        [],
        ["DTSTART:20211116T140000", "DTEND:20211115T140000"],
        ["DTSTART:20211116T140000", "DTEND:20991116T140000"],
    ],
)
def test_an_event_without_a_date_is_told(tmp_path: Path, lines: list[str]) -> None:
    batch = imported(tmp_path, calendar(*lines), "c.ics")
    assert batch.records == ()
    assert codes(batch) == ["M202"]


def test_an_exception_about_something_else_stands_alone(tmp_path: Path) -> None:
    text = calendar("DTSTART:20211102T090000", "RRULE:FREQ=WEEKLY;COUNT=3").replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20211109T090000\r\nDTSTART:20211109T100000\r\n"
        "SUMMARY:Séance spéciale\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )
    batch = imported(tmp_path, text, "c.ics")
    assert [(r.uid, r.values["title"]) for r in batch.records] == [
        ("1", "Atelier"),
        ("1#20211109T090000", "Séance spéciale"),
    ]


def test_the_newest_state_of_an_entry_counts(tmp_path: Path) -> None:
    old = calendar("DTSTART:20211102T090000", "SEQUENCE:1")
    new = calendar("DTSTART:20211103T090000", "SEQUENCE:2")
    batch = imported(tmp_path, new + old, "c.ics")
    assert [each["when"] for each in values(batch)] == ["3 novembre, 9:00"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("STATUS:CANCELLED", {"status": "cancelled"}),
        ("STATUS:TENTATIVE", {"status": "draft"}),
        ("URL:https://x.example/a", {"link": "https://x.example/a"}),
        ("CATEGORIES:Design,Labs", {"theme": "Design"}),
        ("LOCATION:Salle 3\\; bât. B", {"place.venue": "Salle 3; bât. B"}),
        (
            "LOCATION:12 rue X\\, 44000 Nantes",
            {"place.address": "12 rue X", "place.town": "44000 Nantes"},
        ),
        ("LOCATION:En ligne", {"online": True}),
        ("LOCATION:https://zoom.example/j/1", {"online": True, "link": "https://zoom.example/j/1"}),
        ('ORGANIZER;CN="DITP":mailto:a@b.example', {"organisers": ("DITP",)}),
        ("ORGANIZER:mailto:a@b.example", {}),
        ("DESCRIPTION:🎉 Fête", {"text": "Fête"}),
        ("GEO:abc", {}),
    ],
)
def test_a_property_is_a_field(tmp_path: Path, line: str, told: dict[str, Any]) -> None:
    found = imported(tmp_path, calendar("DTSTART:20211102T090000", line), "c.ics").records[0].values
    assert {name: found.get(name) for name in told} == told
    assert set(found) <= {"title", "when", "status", *told}


def test_a_british_place(tmp_path: Path) -> None:
    text = calendar("DTSTART:20220925T090000Z", "LOCATION:Guildhall\\, 1 High St\\, Bath BA1 5AW")
    found = only(imported(tmp_path, text, "c.ics", of="harbour")).values
    assert found["when"] == "25 September, 10am"
    assert [found[f"place.{name}"] for name in ("venue", "address", "town")] == [
        "Guildhall",
        "1 High St",
        "Bath BA1 5AW",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "M105"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\nEND:VCALENDAR\r\n", "M105"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", "M102"),
        ("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "M105"),
    ],
)
def test_a_calendar_without_events_or_an_end_is_refused(
    tmp_path: Path, text: str, code: str
) -> None:
    batch = imported(tmp_path, text, "c.ics")
    assert batch.refused
    assert codes(batch) == [code]


def test_a_line_that_is_folded_within_a_sign_is_whole(tmp_path: Path) -> None:
    title = "é" * 60
    lines = (
        calendar("DTSTART;VALUE=DATE:20211108").replace("Atelier", title).encode().split(b"\r\n")
    )
    folded = [b"\r\n ".join((line[:75], line[75:])) if line[75:] else line for line in lines]
    record = only(imported(tmp_path, b"\r\n".join(folded), "a.ics"))
    assert record.values["title"] == title


def test_a_rule_that_ends_on_a_day_includes_it(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=DAILY;UNTIL=20211105"
    begins = "DTSTART;TZID=Europe/Paris:20211102T180000"
    assert when(tmp_path, begins, rule) == "2 au 5 novembre, 18:00"


def test_the_name_of_a_zone_with_its_makers_before_it_is_read_in_silence(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    begins = "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20211102T180000"
    assert when(tmp_path, begins) == "2 novembre, 18:00"
    assert not recwarn.list


def both(*events: str) -> str:
    """Return a calendar of several events."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])


def entry(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


WEEKLY = ("UID:1", "SUMMARY:Atelier", "DTSTART:20211102T090000", "RRULE:FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize(
    ("exception", "found"),
    [
        (["STATUS:CANCELLED", "SUMMARY:Atelier"], [("Atelier", "2 et 16 novembre, 9:00")]),
        (["STATUS:CANCELLED", "SUMMARY:ANNULÉ"], [("Atelier", "2 et 16 novembre, 9:00")]),
        (
            ["LOCATION:Hall", "DTSTART:20211109T090000"],
            [("Atelier", "2 et 16 novembre, 9:00"), ("Atelier", "9 novembre, 9:00")],
        ),
        (["DTSTART:20211110T090000"], [("Atelier", "2, 10 et 16 novembre, 9:00")]),
    ],
)
def test_a_day_that_is_changed_leaves_its_series(
    tmp_path: Path, exception: list[str], found: list[tuple[str, str]]
) -> None:
    lines = ["UID:1", "RECURRENCE-ID:20211109T090000", *exception]
    if not any(line.startswith("DTSTART") for line in lines):
        lines.append("DTSTART:20211109T090000")
    batch = imported(tmp_path, both(entry(*WEEKLY), entry(*lines)), "c.ics")
    said = [(v["title"], v["when"]) for v in values(batch) if "when" in v]
    said += [("Atelier", s.values["when"]) for record in batch.records for s in record.sessions]
    assert said == found
    assert len(batch.records) == 1  # elsewhere on one day: a session of it


def test_a_series_of_which_no_day_is_left_is_told(tmp_path: Path) -> None:
    text = calendar(
        "DTSTART:20211102T090000", "RRULE:FREQ=WEEKLY;COUNT=1", "EXDATE:20211102T090000"
    )
    batch = imported(tmp_path, text, "c.ics")
    assert batch.records == ()
    assert codes(batch) == ["M411"]


def test_events_that_share_their_key_by_mistake_are_all_kept(tmp_path: Path) -> None:
    text = both(
        entry("UID:x", "SUMMARY:A", "DTSTART:20211102T090000"),
        entry("UID:x", "SUMMARY:B", "DTSTART:20211103T090000"),
    )
    batch = imported(tmp_path, text, "c.ics")
    assert [(record.uid, record.values["title"]) for record in batch.records] == [
        ("x", "A"),
        ("x#2", "B"),
    ]


@pytest.mark.parametrize(
    "part",
    [
        "BEGIN:VFREEBUSY\r\nFREEBUSY:20211102T100000Z/20211102T090000Z\r\nEND:VFREEBUSY",
        "BEGIN:VTODO\r\nDUE:demain\r\nEND:VTODO",
        "BEGIN:VJOURNAL\r\nDTSTART:hier\r\nEND:VJOURNAL",
        "BEGIN:X-NOTRE\r\nDTSTART:rien\r\nEND:X-NOTRE",
    ],
)
def test_a_fault_in_what_is_no_event_spoils_nothing(tmp_path: Path, part: str) -> None:
    text = both(part, entry("UID:1", "SUMMARY:A", "DTSTART:20211102T090000"))
    batch = imported(tmp_path, text, "c.ics")
    assert [each["when"] for each in values(batch)] == ["2 novembre, 9:00"]
    assert batch.report.ok
    alarm = "BEGIN:VALARM\r\nTRIGGER:bientôt\r\nEND:VALARM"
    text = both(entry("UID:1", "SUMMARY:A", "DTSTART:20211102T090000", alarm))
    assert len(imported(tmp_path, text, "c.ics").records) == 1


def test_a_finding_stands_at_the_line_of_its_event(tmp_path: Path) -> None:
    zone = "BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE"
    text = both(zone, "BEGIN:VTODO\r\nEND:VTODO", entry("UID:1", "DTSTART:20211102T090000"))
    batch = imported(tmp_path, text, "c.ics")
    assert "8:1 M201 This event has no title." in said(batch)
