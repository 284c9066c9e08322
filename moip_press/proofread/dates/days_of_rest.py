"""Events of one day on a weekend or a public holiday, when offices and venues are shut (D204).

The only user of the library `holidays`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.metadata import version

from moip_press.kit.model.records import Event
from moip_press.kit.when import date_in_words, weekday_in_words
from moip_press.proofread.dates.mentions import period_of
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.system.cache import Cache
from moip_press.text.folding import fold_in_place

SATURDAY, SUNDAY = 5, 6
USUAL = 3
USUAL_SHARE = 1 / 4
"""From so many events, and so great a share of them, a weekend is a day like others in a kit."""
LONG_WEEKEND = 3
"""Days."""
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


OPEN_TO_ALL = {
    "fr": re.compile(
        r"(?<!\w)(?:expo|expositions?|portes?[ -]ouvertes?|journees? (?:europeennes? )?du "
        r"patrimoine|festivals?|visites?|visite-\w+|marches?|salon|salons|foires?|vernissages?|finissages?|"
        r"(?:forum|rentree) des (?:associations|sports))(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:exhibitions?|open (?:days?|house|doors)|heritage (?:days?|open days)|"
        r"festivals?|tours?|guided \w+|markets?|fairs?|visits?|private view|closing party)(?!\w)"
    ),
}
"""Exhibitions, open days and the like: they last, and weekends are when people come."""

LEISURE = {
    "fr": re.compile(
        r"(?<!\w)(?:fetes?|nuits?|nocturnes?|concerts?|spectacles?|balades?|randonnees?|courses?|"
        r"tournois?|matchs?|brocantes?|vide-greniers?|bals?|projections?|cine-?\w*|cinema|"
        r"theatre|carnaval|parade|feux? d'artifice|commemorations?|ceremonies?|hackathons?|"
        r"marathons?|chasses?|jeux? de piste|rallyes?|familles?|enfants?|dimanches?|samedis?|"
        r"week-?ends?|ferie|messe|trail|regates?|kermesse|degustations?|animations?|contes?|"
        r"braderies?|gouters?|bourses? aux|lectures?|dictees?|repair[ -]cafe|ludotheque|"
        r"escape game|11 novembre|14 juillet|1er mai|8 mai|armistice|toussaint|noel)(?!\w)"
    ),
    "en": re.compile(
        r"(?<!\w)(?:nights?|concerts?|shows?|walks?|hikes?|races?|tournaments?|match|matches|"
        r"screenings?|cinema|theatre|carnival|parades?|fireworks?|commemorations?|ceremony|"
        r"hackathons?|marathons?|treasure hunts?|famil(?:y|ies)|children|kids|sundays?|"
        r"saturdays?|weekends?|bank holiday|church|service|regattas?|fete|tastings?|party|"
        r"storytelling|christmas|trips?|sail(?:s|ing)?|harvest|armistice|remembrance)(?!\w)"
    ),
}
"""What takes place in people's free time, or tells that its day is known to be one of rest."""

LASTING = re.compile(r"(?<!\w)(?:expositions?|expo|exhibitions?|installation|residences?)(?!\w)")


def takes_place(event: Event) -> bool:
    """Return whether an event takes place on the day that it names."""
    return event.status not in ("cancelled", "postponed")


def is_lasting(event: Event) -> bool:
    """Return whether an event may well begin before the period or end after it."""
    return LASTING.search(fold_in_place(event.title)) is not None


def is_open_to_all(event: Event, language: str) -> bool:
    """Return whether an event is an exhibition, an open day or the like."""
    if OPEN_TO_ALL[language].search(fold_in_place(event.title)):
        return True
    first = re.split(r"[.!?]\s", fold_in_place(event.text or ""), maxsplit=1)[0]
    return re.search(r"portes?[ -]ouvertes?|exposition|open day|exhibition", first) is not None


def words_of(event: Event) -> str:
    """Return all that is said of an event, folded."""
    return fold_in_place(
        " ".join([event.title, event.text or "", *event.notes, event.audience or ""])
    )


def is_weekend(day: date) -> bool:
    """Return whether a day is a Saturday or a Sunday."""
    return day.weekday() in (SATURDAY, SUNDAY)


def day_with_weekday(day: date, language: str) -> str:
    """Return a day in words with its weekday, such as "samedi 6 novembre"."""
    return f"{weekday_in_words(day, language)} {date_in_words(day, language, year=False)}"


def events_on_days_of_rest(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events of one day on a day of rest: one finding each."""
    language = proof.language
    single = [
        each for each in proof.events if each.event.when.kind == "day" and takes_place(each.event)
    ]
    country = str(proof.kit.edition.country or COUNTRIES[language]).upper()
    years = (placed.event.when.start.year for placed in single)
    calendar = HolidayCalendar(country, language, years, proof.cache)
    # who expects people on weekends expects them on holidays
    if _are_weekends_usual(proof.events) or _is_for_free_time(proof):
        return
    for placed in single:
        event, day = placed.event, placed.event.when.start
        holiday = calendar.holiday(day, calendar.region_of(event))
        unusual = is_weekend(day) and not event.when.weekdays_written
        meant = event.online or is_open_to_all(event, language)
        if (holiday or unusual) and not (meant or LEISURE[language].search(words_of(event))):
            yield _on_holiday(placed, holiday) if holiday else _on_weekend(placed, language)


def _are_weekends_usual(placed: Iterable[PlacedEvent]) -> bool:
    """Return whether people come at weekends: the kit tells that, not the single event.

    An event online proves nothing, nor one whose weekday is written, as is the exception's.
    """
    short = [e.event.when for e in placed if takes_place(e.event) and _is_short(e.event)]
    weekends = sum(all(map(is_weekend, when.days)) for when in short)
    return weekends >= max(USUAL, USUAL_SHARE * len(short))


def _is_short(event: Event) -> bool:
    told_apart = event.online or event.when.weekdays_written or event.when.kind == "open"
    return not told_apart and len(event.when.days) <= LONG_WEEKEND


def _is_for_free_time(proof: Proof) -> bool:
    """Return whether the whole kit is about days of rest: a festival, a weekend."""
    days = period_of(proof).days[:8]
    if len(days) <= 4 and any(is_weekend(day) for day in days):
        return True
    title = fold_in_place(proof.kit.edition.title)
    return any(kind[proof.language].search(title) for kind in (LEISURE, OPEN_TO_ALL))


def _on_holiday(placed: PlacedEvent, holiday: str) -> Diagnostic:
    message = N_("“{title}” is on a public holiday: {name}.")
    return finding(
        "D204",
        placed.span("when"),
        message,
        N_("Check the day; if it is right, waive this with your reason in kit.yaml."),
        title=placed.event.title,
        name=holiday,
    )


def _on_weekend(placed: PlacedEvent, language: str) -> Diagnostic:
    day = placed.event.when.start
    saturday = day.weekday() == SATURDAY
    sentence = N_("“{title}” is on a Saturday.") if saturday else N_("“{title}” is on a Sunday.")
    hint = N_("Check the day; if it is right, write “{date}”.")
    return finding(
        "D204",
        placed.span("when"),
        sentence,
        hint,
        title=placed.event.title,
        date=day_with_weekday(day, language),
    )


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

    def holiday(self, day: date, region: str | None) -> str | None:
        """Return the name of the holiday that a day is in a region (its code; None: anywhere)."""
        if region not in self.known:
            self.known[region] = self._holidays(region)
        return self.known[region].get(day.isoformat())

    def region_of(self, event: Event) -> str | None:
        """Return the code of the region that the event's own fields name, None where they do not.

        The venue does not count: it may be called after another place.
        """
        place = event.place
        named = [event.region, *((place.town, place.address) if place else ())]
        for words in (fold_in_place(name) for name in named if name):
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
        found = self._from_library(region)
        self.cache.write(name, json.dumps(found).encode())
        return found

    def _from_library(self, region: str | None) -> Mapping[str, str]:
        # slow to import, and needed only where nothing is kept
        import holidays  # noqa: PLC0415

        language = LANGUAGES[self.language]
        try:
            known = holidays.country_holidays(
                self.country, subdiv=region, years=self.years, language=language
            )
        except NotImplementedError:  # a country that the library does not have
            return {}
        return {day.isoformat(): name for day, name in sorted(known.items())}
