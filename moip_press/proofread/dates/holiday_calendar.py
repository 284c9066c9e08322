"""Public holidays and weekends of a country or region. The only user of the library `holidays`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from moip_press.kit.model.records import Event
from moip_press.proofread.dates.sentences import flat
from moip_press.system.cache import Cache

SATURDAY, SUNDAY = 5, 6
COUNTRIES = {"fr": "FR", "en": "GB"}
LANGUAGES = {"fr": "fr", "en": "en_GB"}

# Where more days are holidays than in the rest of the country; only a place that says so counts.
PLACES: Mapping[str, Mapping[str, str]] = {
    "FR": {
        "57": r"(?<!meurthe-et-)moselle|metz|thionville|forbach|sarreguemines|sarrebourg",
        "6AE": r"alsace|bas-rhin|haut-rhin|strasbourg|colmar|mulhouse|haguenau|selestat",
        "971": r"guadeloupe|pointe-a-pitre|les abymes",
        "972": r"martinique|fort-de-france",
        "973": r"guyane|cayenne|kourou",
        "974": r"la reunion|^reunion$",
        "976": r"mayotte|mamoudzou",
        "BL": r"^saint-barthelemy$",
        "MF": r"^saint-martin$",
        "NC": r"nouvelle-caledonie|noumea",
        "PF": r"polynesie(?: francaise)?|tahiti|papeete",
        "PM": r"saint-pierre-et-miquelon",
        "WF": r"wallis-et-futuna",
    },
    "GB": {
        "ENG": r"england|london",
        "NIR": r"northern ireland|belfast",
        "SCT": r"scotland|edinburgh|glasgow|aberdeen|dundee",
        "WLS": r"wales|cardiff|swansea",
    },
}


@dataclass(frozen=True)
class Holiday:
    """A public holiday and its name in the kit's language."""

    day: date
    name: str


class HolidayCalendar:
    """The holidays of a country in the years of a kit, and what each region adds.

    They are kept from run to run, since the library is slow to import.
    """

    def __init__(self, country: str, language: str, years: Iterable[int], cache: Cache) -> None:
        self.country = country
        self.language = language
        self.years = sorted(set(years))
        self.cache = cache
        self.known: dict[str | None, Mapping[str, str]] = {}

    def holiday(self, day: date, region: str | None) -> Holiday | None:
        """Return the holiday that a day is in a region (its code; None: anywhere)."""
        if region not in self.known:
            self.known[region] = self._holidays(region)
        name = self.known[region].get(day.isoformat())
        return None if name is None else Holiday(day, name)

    def region_of(self, event: Event) -> str | None:
        """Return the code of the region that the event's own fields name, None where they do not.

        The venue does not count: it may be called after another place.
        """
        place = event.place
        named = [event.region, *((place.town, place.address) if place else ())]
        for words in (flat(name) for name in named if name):
            for code, pattern in PLACES.get(self.country, {}).items():
                if re.search(rf"(?<![\w-])(?:{pattern})(?![\w-])", words):
                    return code
        return None

    def _holidays(self, region: str | None) -> Mapping[str, str]:
        years = "-".join(map(str, self.years))
        edition = version("holidays")
        name = f"holidays-{edition}-{self.country}-{region or ''}-{self.language}-{years}.json"
        kept = self.cache.read(name)
        if kept is not None:
            known: Mapping[str, str] = json.loads(kept)
            return known
        found = _from_library(self.country, region, self.language, self.years)
        self.cache.write(name, json.dumps(found).encode())
        return found


def _from_library(
    country: str, region: str | None, language: str, years: list[int]
) -> Mapping[str, str]:
    # slow to import, and needed only where nothing is kept
    import holidays  # noqa: PLC0415

    try:
        known = holidays.country_holidays(
            country, subdiv=region, years=years, language=LANGUAGES[language]
        )
    except NotImplementedError:  # a country that the library does not have
        return {}
    return {day.isoformat(): name for day, name in sorted(known.items())}


def is_weekend(day: date) -> bool:
    """Tell whether a day is a Saturday or a Sunday."""
    return day.weekday() in (SATURDAY, SUNDAY)
