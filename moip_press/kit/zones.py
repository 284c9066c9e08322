"""In which time zone the hours of a kit and of its events are."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from babel.core import get_global

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.records import Event
from moip_press.text.folding import letters

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


def country_at(edition: Edition, event: Event | None = None) -> str | None:
    """Return the country of an event, else of the kit: two letters, None where nobody can tell.

    Without one of its own, a kit's country is where the clocks are that its hours are said to be
    of.
    """
    if edition.country:
        return edition.country.upper()
    zone = zone_at(edition, event) if event else zone_of(edition)
    found: str | None = get_global("zone_territories").get(zone.key) if zone else None
    return found


OVERSEAS = {
    "guadeloupe": "America/Guadeloupe",
    "guyane": "America/Cayenne",
    "reunion": "Indian/Reunion",
    "martinique": "America/Martinique",
    "mayotte": "Indian/Mayotte",
    "nouvelle caledonie": "Pacific/Noumea",
    "polynesie": "Pacific/Tahiti",
    "saint barthelemy": "America/St_Barthelemy",
    "saint martin": "America/Marigot",
    "saint pierre et miquelon": "America/Miquelon",
    "wallis et futuna": "Pacific/Wallis",
}
"""The time zones of French regions whose clocks are not those of Paris, by their folded names."""


def zone_at(edition: Edition, event: Event) -> ZoneInfo | None:
    """Return the time zone of an event's hours: its own, else its region's, else the kit's."""
    if event.timezone:
        return ZoneInfo(event.timezone)
    if event.region and (edition.country or "FR").upper() == "FR":
        region = re.sub(r"[\W_]+", " ", letters(event.region))
        for name, zone in OVERSEAS.items():
            if name in region:
                return ZoneInfo(zone)
    return zone_of(edition)
