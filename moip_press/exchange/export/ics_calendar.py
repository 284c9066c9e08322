"""The programme as a calendar (RFC 5545), for the calendar programs of others.

A session is an entry with a UID of its own. A date on several separate days is several entries:
programs that do not know `RDATE` show them all. Entries keep their `UID` when an event moves; at
the old date, a cancelled entry says where to.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar

from moip_press.exchange import OLD_DATE
from moip_press.exchange.export import event_facts
from moip_press.exchange.export.event_facts import ONE_DAY, DayRun, day_runs
from moip_press.exchange.export.exported import Exported
from moip_press.kit.issue import number
from moip_press.kit.model.records import Event
from moip_press.kit.selection import Entry
from moip_press.kit.zones import zone_at, zone_of

END = b"END:VCALENDAR\r\n"
LARGEST_NUMBER = 2**31
LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
STATUSES = {"confirmed": "CONFIRMED", "draft": "TENTATIVE", "cancelled": "CANCELLED"}


def ics_calendar(exported: Exported) -> bytes:
    """Return the events that others may see as a calendar."""
    return Calendars(exported).of(exported.dated)


class Calendars:
    """Writes many calendars of one kit: what stands in several of them is written once."""

    def __init__(self, exported: Exported) -> None:
        self._exported = exported
        self._head: bytes = _frame(exported).to_ical(sorted=False).removesuffix(END)
        self._zones: dict[str, bytes] = {}
        self._entries: dict[str, tuple[bytes, tuple[ZoneInfo, ...]]] = {}

    def of(self, entries: Iterable[Entry]) -> bytes:
        """Return the calendar of these events; their dates must be known."""
        written = [self._written(entry) for entry in entries]
        usual = zone_of(self._exported.kit.edition)
        held = (zone for _, zones in written for zone in zones)
        used = {zone.key: zone for zone in (usual, *held) if zone}
        rules = (self._rules(zone) for zone in used.values())
        return b"".join([self._head, *rules, *(content for content, _ in written), END])

    def _rules(self, zone: ZoneInfo) -> bytes:
        if zone.key not in self._zones:
            made = rules_of(zone, *_years(self._exported))
            self._zones[zone.key] = made.to_ical(sorted=False)
        return self._zones[zone.key]

    def _written(self, entry: Entry) -> tuple[bytes, tuple[ZoneInfo, ...]]:
        name, edition = entry.event.id, self._exported.kit.edition
        if name not in self._entries:
            made: list[icalendar.Event] = []
            used: list[ZoneInfo] = []
            for each in (replace(entry, event=event) for event in entry.event.apart()):
                zone = zone_at(edition, each.event)
                used += [zone] if zone else []
                made += _entries(self._exported, each, zone)
                made += _old_dates(self._exported, each, zone)
            content = b"".join(each.to_ical(sorted=False) for each in made)
            self._entries[name] = content, tuple(used)
        return self._entries[name]


def _frame(exported: Exported) -> icalendar.Calendar:
    """Return a calendar without zones and events."""
    edition, zone = exported.kit.edition, zone_of(exported.kit.edition)
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//moip-press//{_text(edition.title)}//{edition.language.upper()}")
    made.add("calscale", "GREGORIAN")
    for name in ("name", "x-wr-calname"):
        made.add(name, _text(exported.title))
    if reserves := "\n".join(exported.reserves):
        for name in ("description", "x-wr-caldesc"):
            made.add(name, _text(reserves))
    if zone:
        made.add("x-wr-timezone", zone.key)
    return made


def rules_of(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """Return what tells a calendar program the zone's hours from one year to another.

    RFC 5545: each rule begins at the hour that clocks showed until then; ``from_tzinfo`` of
    icalendar 7 gives the hour that they show from then on.
    """
    made = icalendar.Timezone()
    made.add("tzid", zone.key)
    for moment, before in _clock_changes(zone, first, last):
        local = moment.astimezone(zone)
        rule = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
        rule.add("dtstart", (moment + before).replace(tzinfo=None))
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", _offset(moment, zone))
        rule.add("tzname", local.tzname())
        made.add_component(rule)
    return made


def _clock_changes(
    zone: ZoneInfo, first: int, last: int
) -> Iterator[tuple[datetime.datetime, datetime.timedelta]]:
    """Yield when clocks change from one year to another, and their offset from UTC until then.

    The first one is the beginning of the first year.
    """
    day = datetime.datetime(first, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(last + 1, 1, 2, tzinfo=datetime.UTC)
    yield day, _offset(day, zone)
    while day < end:
        before = _offset(day, zone)
        if before != _offset(day + ONE_DAY, zone):
            yield _first_second(day, zone), before
        day += ONE_DAY


def _first_second(day: datetime.datetime, zone: ZoneInfo) -> datetime.datetime:
    """Return the first second of a day on which clocks differ from those at its beginning."""
    before, second = _offset(day, zone), datetime.timedelta(seconds=1)
    seconds = range(24 * 60 * 60)
    found = bisect_left(seconds, 1, key=lambda n: int(_offset(day + n * second, zone) != before))
    return day + found * second


def _offset(moment: datetime.datetime, zone: ZoneInfo) -> datetime.timedelta:
    return moment.astimezone(zone).utcoffset() or datetime.timedelta()


def _years(exported: Exported) -> tuple[int, int]:
    """Return the first and the last year in which there are events."""
    period = exported.kit.edition.period.value
    times = [entry.event.moment for entry in exported.dated]
    first = min([period.start, *(when.start for when in times)])
    last = max([period.end, *(when.days[-1] for when in times)])
    return first.year, last.year


def _entries(exported: Exported, entry: Entry, zone: ZoneInfo | None) -> Iterator[icalendar.Event]:
    """Yield the entries of an event; the second is called ``id.2``, which no id can be."""
    times = day_runs(entry.event.moment, exported.kit.edition.period.value)
    for n, run in enumerate(times, 1):
        name = entry.event.id if n == 1 else f"{entry.event.id}.{n}"
        made = icalendar.Event()
        made.add("uid", f"{name}@{exported.namespace}")
        made.add("dtstamp", exported.stamp)
        for field, value in (*_times(run, zone), *_properties(exported, entry)):
            made.add(field, value)
        yield made


def _old_dates(
    exported: Exported, entry: Entry, zone: ZoneInfo | None
) -> Iterator[icalendar.Event]:
    """Yield the dates that an event was moved from, each referring to it."""
    event, name = entry.event, exported.namespace
    for old, new in event.moves():
        to = event_facts.when_of(new, exported.kit.edition.language)
        for n, run in enumerate(day_runs(old, exported.kit.edition.period.value), 1):
            made = icalendar.Event()
            made.add("uid", f"{event.id}.moved.{n}@{name}")
            made.add("dtstamp", exported.stamp)
            for field, value in _times(run, zone):
                made.add(field, value)
            made.add("summary", _text(event_facts.moved_to(exported, event, to)))
            made.add("status", "CANCELLED")
            made.add("related-to", f"{event.id}@{name}")
            made.add(OLD_DATE, "1")
            made.add("transp", "TRANSPARENT")
            yield made


def _times(run: DayRun, zone: ZoneInfo | None) -> Iterator[tuple[str, object]]:
    """Yield when an entry begins and ends, and on how many days."""
    if run.slot is None:
        yield "dtstart", run.first
        yield "dtend", run.last + ONE_DAY
        return
    yield "dtstart", run.begins(zone)
    if end := run.ends(zone):
        yield "dtend", end
    if run.days > 1:
        yield "rrule", {"freq": "daily", "count": run.days}


def _properties(exported: Exported, entry: Entry) -> Iterator[tuple[str, object]]:
    """Yield the properties that all entries of an event have."""
    event, edition = entry.event, exported.kit.edition
    yield "summary", _text(event_facts.title_of(exported, event))
    yield "status", _status(event)
    revision = int((number(edition.version or "") or "0").split(".")[0])
    if 0 < revision < LARGEST_NUMBER:
        yield "sequence", revision
    online = exported.catalogue.gettext("Online") if event.online else ""
    if where := ", ".join(filter(None, (event_facts.place_of(event), online))):
        yield "location", _text(where)
    if link := event.link or edition.fallback_link:
        yield "url", CONTROL.sub("", link)
    yield "categories", [_text(entry.section.contents_title or entry.section.title)]
    if words := event_facts.description_of(exported, event):
        yield "description", _text(words)
    if not event_facts.takes_place(event):
        yield "transp", "TRANSPARENT"


def _status(event: Event) -> str:
    if event.status == "postponed":
        return "CONFIRMED" if event.postponed_to else "CANCELLED"
    return STATUSES[event.status]


def _text(text: str) -> icalendar.vText:
    """Return a text without characters that no calendar program reads."""
    return icalendar.vText(CONTROL.sub("", LINE_END.sub("\n", text)))
