"""The programme as a calendar (RFC 5545), for the calendar programs of others.

A line is written as the standard has it: by its octets, and not by a library, since ten
thousand entries are a second's work. An event on several separate days is several entries:
programs that do not know `RDATE` show them all. Entries keep their `UID` when an event moves.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from moip_press.export import telling
from moip_press.export.occurrences import Occurrence, occurrences, present, takes_place
from moip_press.export.programme import Exported
from moip_press.export.zone import rules_of, zone_of
from moip_press.issue import number
from moip_press.model.records import Event
from moip_press.selection import Entry

OCTETS = 75  # of a line, its end not counted
LARGEST_NUMBER = 2**31
ESCAPED = re.compile(r"[\\;,\n]")
LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
STATUSES = {"confirmed": "CONFIRMED", "draft": "TENTATIVE", "cancelled": "CANCELLED"}


def calendar(exported: Exported) -> bytes:
    """Return the events that others may see as a calendar."""
    return b"".join(map(_folded, _lines(exported)))


def _lines(exported: Exported) -> Iterator[str]:
    edition, zone = exported.kit.edition, zone_of(exported.kit.edition)
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//moip-press//{_text(edition.title)}//{edition.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    for name in ("NAME", "X-WR-CALNAME"):
        yield f"{name}:{_text(exported.title)}"
    if reserves := "\n".join(exported.reserves):
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            yield f"{name}:{_text(reserves)}"
    if zone:
        yield f"X-WR-TIMEZONE:{zone.key}"
        yield from rules_of(zone, *_years(exported))
    for entry in exported.public:
        yield from _entries(exported, entry, zone)
    yield "END:VCALENDAR"


def _years(exported: Exported) -> tuple[int, int]:
    """Return the first and the last year in which there are events."""
    period = exported.kit.edition.period.value
    times = [present(entry.event) for entry in exported.public]
    first = min([period.start, *(when.start for when in times)])
    last = max([period.end, *(when.days[-1] for when in times)])
    return first.year, last.year


def _entries(exported: Exported, entry: Entry, zone: ZoneInfo | None) -> Iterator[str]:
    """Yield the entries of an event; the second is called ``id.2``, which no id can be."""
    said = tuple(_said(exported, entry))
    times = occurrences(present(entry.event), exported.kit.edition.period.value)
    for n, occurrence in enumerate(times, 1):
        name = entry.event.id if n == 1 else f"{entry.event.id}.{n}"
        yield "BEGIN:VEVENT"
        yield f"UID:{name}@{exported.namespace}"
        yield f"DTSTAMP:{exported.stamp:%Y%m%dT%H%M%SZ}"
        yield from _times(occurrence, zone)
        yield from said
        yield "END:VEVENT"


def _times(occurrence: Occurrence, zone: ZoneInfo | None) -> Iterator[str]:
    """Yield when an entry begins and ends, and on how many days."""
    if occurrence.slot is None:
        after = occurrence.last + datetime.timedelta(days=1)
        yield f"DTSTART;VALUE=DATE:{occurrence.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
        return
    place = f";TZID={zone.key}" if zone else ""
    yield f"DTSTART{place}:{occurrence.begins(zone):%Y%m%dT%H%M%S}"
    if end := occurrence.ends(zone):
        yield f"DTEND{place}:{end:%Y%m%dT%H%M%S}"
    if occurrence.days > 1:
        yield f"RRULE:FREQ=DAILY;COUNT={occurrence.days}"


def _said(exported: Exported, entry: Entry) -> Iterator[str]:
    """Yield what all entries of an event say."""
    event, edition = entry.event, exported.kit.edition
    yield f"SUMMARY:{_text(telling.title_of(exported, event))}"
    yield f"STATUS:{_status(event)}"
    revision = int((number(edition.version or "") or "0").split(".")[0])
    if 0 < revision < LARGEST_NUMBER:
        yield f"SEQUENCE:{revision}"
    if where := _where(exported, event):
        yield f"LOCATION:{_text(where)}"
    if link := event.link or edition.website:
        yield f"URL:{CONTROL.sub('', link)}"
    yield f"CATEGORIES:{_text(entry.section.contents_title or entry.section.title)}"
    if words := telling.description_of(exported, event):
        yield f"DESCRIPTION:{_text(words)}"
    if not takes_place(event):
        yield "TRANSP:TRANSPARENT"


def _where(exported: Exported, event: Event) -> str:
    online = exported.catalogue.gettext("Online") if event.online else ""
    return ", ".join(filter(None, (telling.place_of(event), online)))


def _status(event: Event) -> str:
    if event.status == "postponed":
        return "CONFIRMED" if event.postponed_to else "CANCELLED"
    return STATUSES[event.status]


def _text(text: str) -> str:
    """Return a text as RFC 5545 escapes it."""
    plain = CONTROL.sub("", LINE_END.sub("\n", text))
    return ESCAPED.sub(lambda sign: "\\n" if sign[0] == "\n" else f"\\{sign[0]}", plain)


def _folded(line: str) -> bytes:
    """Return a line and its end, cut into lines of 75 octets between two letters."""
    octets = line.encode()
    return b"\r\n ".join(_pieces(octets)) + b"\r\n"


def _pieces(octets: bytes) -> Iterable[bytes]:
    start, room = 0, OCTETS
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # within a letter
            end -= 1
        yield octets[start:end]
        start, room = end, OCTETS - 1
    yield octets[start:]
