"""An event is held once or many times; what it says once holds for all its sessions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.records import Event
from moip_press.kit.when import Period

NOVEMBER = {"language": "fr", "period": Period(date(2026, 11, 1), date(2026, 11, 30))}


def event(**fields: Any) -> Event:
    return Event.model_validate({"title": "Le Malade imaginaire", **fields}, context=NOVEMBER)


def days(found: Event) -> list[int]:
    return [day.day for day in found.when.days]


def test_its_days_are_those_of_all_sessions_that_are_held() -> None:
    found = event(
        sessions=[
            {"when": "3 et 5 novembre, 20:30"},
            {"when": "8 novembre, 15:00", "status": "full"},
            {"when": "9 novembre, 20:30", "status": "cancelled"},
            {"when": "10 novembre", "status": "postponed", "postponed_to": "22 novembre"},
            {"when": "11 novembre", "status": "postponed"},
        ]
    )
    assert days(found) == [3, 5, 8, 22]
    assert found.when.slots == ()
    assert found.session_count == 5  # two on the first line, and all but the cancelled one
    assert (found.span.kind, found.span.days[0].day, found.span.days[-1].day) == ("range", 3, 22)


def test_what_the_event_says_once_holds_for_a_session_that_says_nothing() -> None:
    found = event(
        place={"venue": "Grand Théâtre"},
        price="12 €",
        registration="https://www.example.org/r",
        sessions=[{"when": "3 novembre, 20:30"}, {"when": "4 novembre, 20:30", "price": "5 €"}],
    )
    first, second = found.each_session()
    assert first.place is not None
    assert (first.place.venue, first.price) == ("Grand Théâtre", "12 €")
    assert (second.price, second.booking) == ("5 €", "https://www.example.org/r")


def test_sessions_that_differ_in_their_days_alone_are_one_line() -> None:
    hall = {"venue": "Salle des fêtes"}
    found = event(
        sessions=[
            {"when": "5 novembre, 20:30"},
            {"when": "3 novembre, 20:30"},
            {"when": "6 novembre, 20:30", "place": hall},
            {"when": "7 novembre, 20:30", "status": "cancelled"},
            {"when": "8 novembre, 20:30", "status": "cancelled"},
        ]
    )
    lines = [[day.day for day in line.when.days] for line in found.session_lines]
    assert lines == [[3, 5], [6], [7], [8]]


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("16 novembre", 1),
        ("4 et 5 novembre", 1),
        ("du 25 au 27 novembre", 1),
        ("tous les mardis de novembre, 18:00", 4),
        ("chaque jour du 3 au 8 novembre sauf le 5", 5),
        ("22 novembre, 20:00 et 21:30", 2),
        ("21 et 22 novembre, 20:00-23:30", 2),
        ("du 21 au 23 novembre, 18:30", 3),
        ("du 3 au 28 novembre, 10:00-18:00", 1),
        ("à partir du 8 novembre, 10:00", 1),
        ("tous les mardis de novembre, 18:00 et 20:00", 8),
        ("3 novembre, 20:30 ; 8 novembre, 15:00 et 18:00", 3),
        ("à confirmer", 1),
    ],
)
def test_a_session_is_a_day_and_hour_at_which_it_begins(when: str, count: int) -> None:
    assert event(when=when).session_count == count


def test_hours_and_days_of_a_line_of_sessions_are_sessions_each() -> None:
    lines = ["22 novembre, 20:00 et 21:30", "24 au 26 novembre, 18:30", "27 et 28 novembre"]
    assert event(sessions=[{"when": line} for line in lines]).session_count == 2 + 3 + 2


def test_a_cancelled_event_is_cancelled_in_all_its_sessions() -> None:
    found = event(status="cancelled", sessions=[{"when": "3 novembre"}, {"when": "4 novembre"}])
    assert {session.status for session in found.each_session()} == {"cancelled"}


def written(folder: Path, *events: str) -> list[Event]:
    (folder / "kit.yaml").write_text(
        "title: Saison\nperiod: {start: 2026-11-01, end: 2026-11-30}\n"
        "publisher: {name: Ville}\nchapters: [a.yaml]\n",
        encoding="utf-8",
    )
    (folder / "a.yaml").write_text(
        "type: programme\ntitle: A\nevents:\n" + "".join(f"  - {{{each}}}\n" for each in events),
        encoding="utf-8",
    )
    read = read_kit(folder)
    assert read.report.ok, read.report
    assert read.kit is not None
    return list(read.kit.events())


def test_events_of_one_title_are_told_apart_by_day_then_town_then_number(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "title: Portes ouvertes, when: 16 novembre",
        "title: Portes ouvertes, when: 17 novembre",
        "title: Portes ouvertes, when: 17 novembre, place: {town: Brest}",
        "title: Portes ouvertes, when: 17 novembre, place: {town: Brest}",
        "title: Autre, id: portes-ouvertes-2026-11-18, when: 18 novembre",
        "title: Portes ouvertes, when: 18 novembre",
    )
    assert [each.id for each in found] == [
        "portes-ouvertes",
        "portes-ouvertes-2026-11-17",
        "portes-ouvertes-2026-11-17-brest",
        "portes-ouvertes-2026-11-17-brest-2",
        "portes-ouvertes-2026-11-18",
        "portes-ouvertes-2026-11-18-2",
    ]


@pytest.mark.parametrize(
    ("fields", "code", "line"),
    [
        ("title: A, when: 3 novembre, sessions: [{when: 4 novembre}]", "S141", 4),
        ("title: A", "S102", 4),
        ("title: A, sessions: []", "S102", 4),
        ("title: A, sessions: [{when: 31 novembre}]", "D101", 4),
        ("title: A, sessions: [{when: 3 novembre, status: sold}]", "S104", 4),
    ],
)
def test_a_fault_is_reported_where_it_stands(
    tmp_path: Path, fields: str, code: str, line: int
) -> None:
    written(tmp_path, "title: A, when: 3 novembre")
    (tmp_path / "a.yaml").write_text(
        f"type: programme\ntitle: A\nevents:\n  - {{{fields}}}\n", encoding="utf-8"
    )
    (found,) = read_kit(tmp_path).report.diagnostics
    assert (found.code, found.span.start.line) == (code, line)


@pytest.mark.parametrize(
    ("line", "code", "own"),
    [
        ("status: full", "S104", "status: full"),
        ("status: complet", "S104", "status: full"),
        ("room: Salle 2", "S101", "room: …"),
    ],
)
def test_what_only_a_session_can_say_is_told_to_be_said_there(
    tmp_path: Path, line: str, code: str, own: str
) -> None:
    (tmp_path / "kit.yaml").write_text(
        "title: T\nperiod: novembre 2026\npublisher: V\nchapters: [a.yaml]\n", encoding="utf-8"
    )
    (tmp_path / "a.yaml").write_text(
        f"type: programme\ntitle: A\nevents:\n  - title: B\n    when: 3 novembre\n    {line}\n",
        encoding="utf-8",
    )
    (found,) = read_kit(tmp_path).report.diagnostics
    assert found.code == code
    assert found.hint is not None
    assert found.hint.id.format(**found.hint.values).endswith(f"“sessions: [{{when: …, {own}}}]”.")
