"""The time zone in which a kit's hours are told."""

from __future__ import annotations

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
