"""Time zones: which one the people of a kit, or of a place, live by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from moip_press.exchange.export.zone import zone_of
from moip_press.kit.model.kit import Kit

OF_LANGUAGE = {"fr": "Europe/Paris", "en": "Europe/London"}


def zone(name: object) -> tzinfo | None:
    """Return a time zone by its name in the tz database; None where there is none."""
    if not isinstance(name, str) or not name or len(name) > 100:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of_kit(kit: Kit) -> tzinfo:
    """Return the zone in which a kit tells its hours."""
    told = zone_of(kit.edition) if kit.named else None
    return told or ZoneInfo(OF_LANGUAGE[kit.edition.language if kit.named else "fr"])


def zone_of_country(code: object) -> str | None:
    """Return the name of the one time zone of a country, or of a territory overseas."""
    known = get_global("territory_zones").get(str(code or "").strip().upper()[:2], [])
    return known[0] if len(known) == 1 else None


def first_zone(names: Iterable[object], otherwise: tzinfo) -> tzinfo:
    """Return the first of several time zones that there is."""
    return next((found for name in names if (found := zone(name)) is not None), otherwise)
