"""The time zone in which a kit's hours are told."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from babel.core import get_global

from moip_press.kit.model.edition import Edition

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


def changes(
    zone: ZoneInfo, first: int, last: int
) -> Iterator[tuple[datetime.datetime, datetime.timedelta]]:
    """Yield when clocks change from one year to another, and their offset until then.

    The first one is the beginning of the first year.
    """
    begin = datetime.datetime(first, 1, 1, tzinfo=datetime.UTC)
    end = datetime.datetime(last + 1, 1, 2, tzinfo=datetime.UTC)
    yield begin, offset(begin, zone)
    for change in _changes(begin, end, zone):
        yield change, offset(change - datetime.timedelta(seconds=1), zone)


def _changes(
    begin: datetime.datetime, end: datetime.datetime, zone: ZoneInfo
) -> Iterator[datetime.datetime]:
    """Yield the seconds at which clocks change."""
    day = datetime.timedelta(days=1)
    while begin < end:
        if offset(begin, zone) != offset(begin + day, zone):
            yield _change(begin, begin + day, zone)
        begin += day


def _change(
    before: datetime.datetime, after: datetime.datetime, zone: ZoneInfo
) -> datetime.datetime:
    """Return the first second after a change between two moments, by halves."""
    while after - before > datetime.timedelta(seconds=1):
        middle = before + datetime.timedelta(seconds=(after - before).total_seconds() // 2)
        if offset(middle, zone) == offset(before, zone):
            before = middle
        else:
            after = middle
    return after


def offset(moment: datetime.datetime, zone: ZoneInfo) -> datetime.timedelta:
    """Return how far clocks are ahead of UTC at a moment."""
    return moment.astimezone(zone).utcoffset() or datetime.timedelta()
