"""Time zones: which one the people of a kit live by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# the countries of the French and English kits that we know of; France's overseas territories have
# codes of their own (ISO 3166-1)
OF_COUNTRY = {
    "FR": "Europe/Paris",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "LU": "Europe/Luxembourg",
    "MC": "Europe/Monaco",
    "GB": "Europe/London",
    "UK": "Europe/London",
    "IE": "Europe/Dublin",
    "MT": "Europe/Malta",
    "GP": "America/Guadeloupe",
    "BL": "America/Guadeloupe",
    "MF": "America/Guadeloupe",
    "MQ": "America/Martinique",
    "GF": "America/Cayenne",
    "RE": "Indian/Reunion",
    "YT": "Indian/Mayotte",
    "PM": "America/Miquelon",
    "NC": "Pacific/Noumea",
    "PF": "Pacific/Tahiti",
    "WF": "Pacific/Wallis",
}
OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}


def zone(name: object) -> tzinfo | None:
    """Return a time zone by its name in the tz database; None where there is none."""
    if not isinstance(name, str) or not name or len(name) > 100:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(country: object, language: str) -> tzinfo:
    """Return the time zone of a country by its code; without one, of a language."""
    named = OF_COUNTRY.get(str(country or "").strip().upper())
    return ZoneInfo(named or OF_LANGUAGE[language])


def first_zone(names: Iterable[object], otherwise: tzinfo) -> tzinfo:
    """Return the first of several time zones that there is."""
    return next((found for name in names if (found := zone(name)) is not None), otherwise)
