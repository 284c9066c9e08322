"""Repeated entries beside recurring-ical-events, on all calendars that it is tested with itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.when import parse_when

CALENDARS = Path(recurring_ical_events.__file__).parent / "test" / "calendars"
FILES = sorted(CALENDARS.glob("*.ics"))
OTHERWISE = {
    # the library leaves the series out, or turns it round; here one day is read, or it is told
    "bad_rrule_missing_until_event",
    "end_before_start_event",
    "issue_132_swapped_start_and_end",
    # it is confidential
    "issue_179_example",
}
PARIS = ZoneInfo("Europe/Paris")
KIT = """\
title: Essai
period: {{start: {first}, end: {last}}}
language: fr
publisher: {{name: Ville}}
chapters: [p.yaml]
"""
MOST_PERIODS = 3
Found = dict[tuple[str, date], frozenset[time]]


def clock(moment: Any, zone: ZoneInfo = PARIS) -> datetime:
    """Return a moment as clocks show it where it is, one in UTC as they do in a zone."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 -- as clocks show it
    in_utc = moment.tzinfo in (UTC, ZoneInfo("UTC"))
    return (moment.astimezone(zone) if in_utc else moment).replace(tzinfo=None)


def held(event: Any, zone: ZoneInfo) -> Iterator[tuple[date, time | None]]:
    """Yield the days of an entry; up to midnight or the small hours it is of the day before."""
    begin, end = clock(event["DTSTART"].dt, zone), clock(event["DTEND"].dt, zone)
    timed = isinstance(event["DTSTART"].dt, datetime)
    short = timed and end - begin < timedelta(days=1)
    last = (end - timedelta(microseconds=1)).date() if end > begin and not short else begin.date()
    for number in range((last - begin.date()).days + 1):
        hour = begin.time().replace(second=0, microsecond=0)
        yield begin.date() + timedelta(days=number), hour if short else None


def expected(text: bytes, first: date, last: date) -> Found:
    """Return the days and hours of each title, as the library says."""
    found: dict[tuple[str, date], set[time]] = defaultdict(set)
    calendars: list[Any] = list(Calendar.from_ical(text, multiple=True))
    for calendar in calendars:
        named = str(calendar.get("X-WR-TIMEZONE", "UTC"))
        zone = ZoneInfo(named) if named not in ("UTC", "Etc/UTC") else PARIS
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in query.between(first - timedelta(days=1), last + timedelta(days=2)):
            title = " ".join(str(event.get("SUMMARY", "")).split())
            if title and str(event.get("STATUS", "")).upper() != "CANCELLED":
                for day, hour in held(event, zone):
                    if first <= day <= last:
                        found[title, day] |= {hour} if hour else set()
    return {key: frozenset(hours) for key, hours in found.items()}


def imported(folder: Path, path: Path, first: date, last: date) -> dict[Any, Any]:
    """Return the days and hours of each title in a kit of this period; None where in a note."""
    (folder / "kit.yaml").write_text(KIT.format(first=first, last=last), encoding="utf-8")
    (folder / "p.yaml").write_text("type: programme\ntitle: P\nevents: []\n", encoding="utf-8")
    kit = read_kit(folder).kit
    assert kit is not None
    found: dict[tuple[str, date], set[time] | None] = {}
    for record in read_batch(path, kit).records:
        for session in record.sessions or (record,):
            if session.values.get("status", record.values.get("status")) == "cancelled":
                continue
            when = parse_when(str(session.values["when"]), "fr", kit.edition.period.value)
            for each in when.each():
                starts = {slot.start for slot in each.slots}
                for day in (day for day in each.days if first <= day <= last):
                    key = (str(record.values["title"]), day)
                    known = found.get(key, set())
                    noted = record.values.get("notes")
                    found[key] = None if known is None or noted else known | starts
    return found


def periods(text: bytes) -> list[date]:
    """Return the first days of the months in which entries of a calendar begin."""
    calendars: list[Any] = list(Calendar.from_ical(text, multiple=True))
    begins = sorted(
        clock(event["DTSTART"].dt).date()
        for calendar in calendars
        for event in calendar.walk("VEVENT")
        if "DTSTART" in event
    )
    return list(dict.fromkeys(day.replace(day=1) for day in begins))[:MOST_PERIODS]


def same(said: Mapping[Any, Any], wanted: Found) -> bool:
    return said.keys() == wanted.keys() and all(
        hours is None or frozenset(hours) == wanted[key] for key, hours in said.items()
    )


def test_the_library_comes_with_its_calendars() -> None:
    assert len(FILES) > 80
    assert {path.stem for path in FILES} >= OTHERWISE


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_event_is_on_the_days_that_the_library_says(tmp_path: Path, path: Path) -> None:
    text = path.read_bytes()
    for first in periods(text):
        last = first + timedelta(days=59)
        said, wanted = imported(tmp_path, path, first, last), expected(text, first, last)
        assert same(said, wanted) is (path.stem not in OTHERWISE), (first, said, wanted)
