"""The time zone in which a kit's hours are told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from babel.core import get_global

from moip_press.model.edition import Edition

OF_LANGUAGE = {"fr": "Europe/Paris"}


def zone_of(edition: Edition) -> ZoneInfo | None:
    """Return the kit's time zone, else that of its country or language.

    None where they have several: then hours are those of the place, wherever it is.
    """
    if edition.timezone:
        return ZoneInfo(edition.timezone)
    if edition.country:
        zones = get_global("territory_zones").get(edition.country.upper(), [])
        return ZoneInfo(zones[0]) if len(zones) == 1 else None
    name = OF_LANGUAGE.get(edition.language)
    return ZoneInfo(name) if name else None


def rules_of(zone: ZoneInfo, first: int, last: int) -> Iterator[str]:
    """Yield the lines that tell a calendar program the zone's hours from one year to another.

    RFC 5545: each rule begins at the hour that clocks showed until then.
    """
    begin = datetime.datetime(first, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(last + 1, 1, 2, tzinfo=datetime.UTC)
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.key}"
    yield from _rule(begin, zone, _offset(begin, zone))
    for change in _changes(begin, end, zone):
        yield from _rule(change, zone, _offset(change - datetime.timedelta(seconds=1), zone))
    yield "END:VTIMEZONE"


def _changes(
    begin: datetime.datetime, end: datetime.datetime, zone: ZoneInfo
) -> Iterator[datetime.datetime]:
    """Yield the seconds at which clocks change."""
    day = datetime.timedelta(days=1)
    while begin < end:
        if _offset(begin, zone) != _offset(begin + day, zone):
            yield _change(begin, begin + day, zone)
        begin += day


def _change(
    before: datetime.datetime, after: datetime.datetime, zone: ZoneInfo
) -> datetime.datetime:
    """Return the first second after a change between two moments, by halves."""
    while after - before > datetime.timedelta(seconds=1):
        middle = before + datetime.timedelta(seconds=(after - before).total_seconds() // 2)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def _offset(moment: datetime.datetime, zone: ZoneInfo) -> datetime.timedelta:
    return moment.astimezone(zone).utcoffset() or datetime.timedelta()


def _rule(moment: datetime.datetime, zone: ZoneInfo, before: datetime.timedelta) -> Iterator[str]:
    local = moment.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{(moment + before).strftime('%Y%m%dT%H%M%S')}"
    yield f"TZOFFSETFROM:{_signed(before)}"
    yield f"TZOFFSETTO:{_signed(_offset(moment, zone))}"
    yield f"TZNAME:{local.tzname()}"
    yield f"END:{kind}"


def _signed(offset: datetime.timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
