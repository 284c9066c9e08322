"""Several sessions of one event in the files of other programs: each keeps what is its own."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from moip_press.exchange.changes.proposal import Nature
from moip_press.exchange.incoming.batch import Batch
from moip_press.kit.model.kit import Kit
from moip_press.press import journey
from tests.exchange.exporting import ROOT, kit_of, written
from tests.exchange.importing import codes, imported
from tests.exchange.test_session_tables import copied, found_in, looked_at, taken_over
from tests.keeping import KEPT
from tests.reading import Pdf

HOURS = ((10, 0), (14, 30), (16, 0), (20, 30))
FIRST = datetime.date(2021, 11, 1)


def timings(count: int) -> list[dict[str, str]]:
    """Return time slots, several a day, no two days alike in their hours."""
    found = []
    for number in range(count):
        day = FIRST + datetime.timedelta(days=number // 2 + number // 6 % 2)
        hour, minute = HOURS[(number * 3 + number // 7) % 4]
        found.append((day, hour, minute + number % 3 * 5))
    return [
        {
            "begin": f"{day}T{hour:02}:{minute:02}:00+01:00",
            "end": f"{day}T{hour + 1:02}:{minute:02}:00+01:00",
        }
        for day, hour, minute in sorted(set(found))
    ]


def agenda(*slots: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "total": len(slots),
        "events": [
            {
                "uid": number,
                "title": {"fr": f"Visite du chantier {number}"},
                "description": {"fr": "Une visite avec le chef de chantier."},
                "location": {
                    "name": "Le Lieu unique",
                    "city": "Nantes",
                    "region": "Pays de la Loire",
                },
                "originAgenda": {"uid": 7, "title": "Agenda"},
                "timings": some,
            }
            for number, some in enumerate(slots, 1)
        ],
    }


def moments(kit: Kit) -> set[tuple[str, str]]:
    """Return when the visits of a kit begin and end, as its JSON says it."""
    document = json.loads(written(kit, "json"))
    return {
        (f"{day}T{slot['start'][:5]}", f"{day}T{slot['end'][:5]}")
        for event in document["events"]
        if event["title"].startswith("Visite du chantier")
        for session in event["sessions"]
        for day in session["when"]["days"]
        for slot in session["when"]["times"]
    }


def test_fifty_three_timings_an_event_come_in_and_go_out_again(tmp_path: Path) -> None:
    kit = copied(ROOT / "data" / "2021", tmp_path)
    slots = timings(60)[:53]
    assert len(slots) == 53
    path = tmp_path / "agenda.json"
    path.write_text(json.dumps(agenda(slots, slots[:7])), encoding="utf-8")
    looked = looked_at(kit, path, section="labs")
    assert {found.code for found in looked.report.diagnostics} <= {"M409"}
    taken_over(looked)
    assert looked_at(kit, path, section="labs").proposal.items == ()
    made = kit_of(kit)
    visits = [event for event in made.events() if event.title.startswith("Visite du chantier")]
    assert [event.session_count for event in visits] == [53, 7]
    begins = {(each["begin"][:16], each["end"][:16]) for each in slots}
    assert moments(made) == begins
    calendar = written(made, "ics").decode().replace("\r\n ", "")
    for begin, _ in begins:
        assert f":{begin.replace('-', '').replace(':', '')}00" in calendar
    linked = written(made, "jsonld").decode()
    assert all(begin in linked for begin, _ in begins)
    for form in ("xlsx", "csv"):
        table = tmp_path / f"programme.{form}"
        table.write_bytes(written(made, form))
        assert looked_at(kit, table).proposal.items == ()


@pytest.mark.long
def test_fifty_three_timings_print(tmp_path: Path) -> None:
    kit = copied(ROOT / "data" / "2021", tmp_path)
    path = tmp_path / "agenda.json"
    slots = timings(60)[:53]
    path.write_text(json.dumps(agenda(slots)), encoding="utf-8")
    taken_over(looked_at(kit, path, section="labs"))
    build = journey.build(kit, tmp_path / "out", cache=KEPT)
    assert build.report.ok
    assert build.dossier is not None
    lines = Pdf(build.dossier.path).text.replace("\u202f", " ").replace("\u00a0", " ").split("\n")
    dated = [line for line in lines if line.startswith("les ") and " novembre, de " in line]
    for each in slots:
        begin = datetime.datetime.fromisoformat(each["begin"])
        hour = f", de {begin:%-H} h{f' {begin:%M}' if begin.minute else ''} à"
        days = [line.replace(",", "").split() for line in dated if hour in line]
        assert any(f"{begin:%-d}{'er' if begin.day == 1 else ''}" in line for line in days), begin


def test_a_timing_that_has_moved_is_a_change_of_that_session(tmp_path: Path) -> None:
    kit = copied(ROOT / "data" / "2021", tmp_path)
    slots = timings(40)[:20]
    path = tmp_path / "agenda.json"
    path.write_text(json.dumps(agenda(slots)), encoding="utf-8")
    taken_over(looked_at(kit, path, section="labs"))
    moved = {key: at.replace("2021-11-0", "2021-11-2") for key, at in slots[3].items()}
    path.write_text(json.dumps(agenda([*slots[:3], moved, *slots[4:]])), encoding="utf-8")
    found = found_in(looked_at(kit, path, section="labs"))
    assert [(path, nature) for (_, path), nature in found.items()] == [("when", Nature.CHANGED)]
    path.write_text(json.dumps(agenda(slots[:-1])), encoding="utf-8")
    found = found_in(looked_at(kit, path, section="labs"))
    assert [(path, nature) for (_, path), nature in found.items()] == [("status", Nature.GONE)]


TALK = {"title": "Ouvrir ses données", "abstract": "Par où commencer.", "duration": "01:00"}
PRETALX = {
    "schedule": {
        "conference": {
            "days": [
                {
                    "date": "2021-11-16",
                    "rooms": {
                        "Amphi": [{**TALK, "date": "2021-11-16T10:00:00+01:00"}],
                        "Salle 2": [{**TALK, "date": "2021-11-16T14:00:00+01:00"}],
                    },
                }
            ]
        }
    }
}
EVENT = {"@type": "TheaterEvent", "name": "Tartuffe", "description": "De Molière."}
PARTS = [
    {
        "@type": "TheaterEvent",
        "startDate": "2021-11-16T20:30",
        "location": {"@type": "Place", "name": "Grande salle"},
    },
    {
        "@type": "TheaterEvent",
        "startDate": "2021-11-17T15:00",
        "location": {"@type": "Place", "name": "Petite salle"},
        "eventStatus": "https://schema.org/EventCancelled",
    },
]
SCHEMA_ORG = {
    "@context": "https://schema.org",
    **EVENT,
    "startDate": "2021-11-16",
    "endDate": "2021-11-17",
    "subEvent": PARTS,
}
TOLD = "SUMMARY:Tartuffe\r\nDESCRIPTION:De Molière.\r\n"
ENTRY = f"BEGIN:VEVENT\r\nUID:{{uid}}\r\n{TOLD}{{more}}END:VEVENT\r\n"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    + ENTRY.format(uid=1, more="DTSTART:20211116T203000\r\nLOCATION:Grande salle\r\n")
    + ENTRY.format(
        uid=2, more="DTSTART:20211117T150000\r\nLOCATION:Petite salle\r\nSTATUS:CANCELLED\r\n"
    )
    + "END:VCALENDAR\r\n"
)


def sessions(batch: Batch) -> list[dict[str, Any]]:
    (event,) = batch.records
    return [dict(session.values) for session in event.sessions]


def test_a_talk_that_is_held_twice_keeps_the_room_of_each(tmp_path: Path) -> None:
    batch = imported(tmp_path, PRETALX, "schedule.json")
    assert sessions(batch) == [
        {"when": "16 novembre, 10:00-11:00", "room": "Amphi"},
        {"when": "16 novembre, 14:00-15:00", "room": "Salle 2"},
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [(SCHEMA_ORG, "page.jsonld"), (CALENDAR, "saison.ics")],
    ids=["schema.org", "iCalendar"],
)
def test_the_parts_of_one_event_keep_their_places_and_what_became_of_them(
    tmp_path: Path, content: object, name: str
) -> None:
    batch = imported(tmp_path, content, name)
    assert [code for code in codes(batch) if code != "M409"] == []
    found = sessions(batch)
    assert [(each["when"], each["place.venue"]) for each in found] == [
        ("16 novembre, 20:30", "Grande salle"),
        ("17 novembre, 15:00", "Petite salle"),
    ]
    assert [each.get("status", "confirmed") for each in found] == ["confirmed", "cancelled"]


def test_parts_with_names_of_their_own_are_events(tmp_path: Path) -> None:
    parts = [{**part, "name": f"Acte {n}"} for n, part in enumerate(PARTS)]
    batch = imported(tmp_path, {**SCHEMA_ORG, "subEvent": parts}, "page.jsonld")
    assert [record.values["title"] for record in batch.records] == ["Tartuffe", "Acte 0", "Acte 1"]
