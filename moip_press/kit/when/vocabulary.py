"""The words of a date: its tokens, and the names of months and weekdays from the Unicode CLDR.

The only user of Babel here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from moip_press.kit.when.moments import Part
from moip_press.text.folding import letters

PATTERN = re.compile(
    r"(?P<number>[0-9]+)"
    r"|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)"
    r"|(?P<space>[\s\u200b\u2060\ufeff]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)

# Every dash and arrow means "to", every apostrophe is one.
SIGNS = dict.fromkeys("-‐‑‒–—−→", "-") | dict.fromkeys("'’‘ʼ′", "'")


class Token(NamedTuple):
    """A word (folded), a number or a sign at `text[start:end]`; `glued` to the one before."""

    kind: Literal["word", "number", "sign"]
    text: str
    start: int
    end: int
    glued: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; spaces of any kind only separate them."""
    found: list[Token] = []
    for match in PATTERN.finditer(text):
        kind, word, (start, end) = match.lastgroup, match[0], match.span()
        glued = bool(found) and found[-1].end == start
        if kind == "number":
            found.append(Token("number", word, start, end, glued))
        elif kind == "word":
            found.append(Token("word", letters(word), start, end, glued))
        elif kind == "sign":
            found.append(Token("sign", SIGNS.get(word, word), start, end, glued))
    return tuple(found)


Phrase = tuple[str, ...]


def phrases(*written: str) -> tuple[Phrase, ...]:
    """Return phrases as sequences of token texts, the longest first."""
    found = {tuple(token.text for token in tokens(phrase)) for phrase in written}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


# The language of what is neither French nor English.
DEFAULT = "en"
LOCALES = {"fr": "fr", "en": "en_GB"}

# Abbreviations that people write and CLDR does not list.
MORE_MONTHS = {
    "fr": {"jan": 1, "fev": 2, "sep": 9},
    "en": {"sep": 9},
}
MORE_WEEKDAYS = {
    "fr": {"merc": 2, "vend": 4},
    "en": {"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
}


@lru_cache(maxsize=64)
def base_language(language: str) -> str:
    """Return `fr` or `en`: the language whose words are used for `fr-CA`, `en_GB`, `nl`."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in LOCALES else DEFAULT


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language; months and weekdays count from 0, Monday first."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    month_numbers: Mapping[str, int]
    weekday_numbers: Mapping[str, int]
    plural_weekdays: frozenset[str]


@cache
def names(language: str) -> Names:
    """Return the names of `fr` or `en`; the numbers are found by folded name, months from 1."""
    # Babel is slow to import, and most commands read no date.
    from babel import Locale  # noqa: PLC0415

    locale = Locale.parse(LOCALES[language])
    months, short_months = (locale.months["format"][width] for width in ("wide", "abbreviated"))
    weekdays, short_weekdays = (locale.days["format"][w] for w in ("wide", "abbreviated"))
    plurals = {letters(weekdays[day]) + "s": day for day in range(7)}
    return Names(
        months=tuple(months[number] for number in range(1, 13)),
        short_months=tuple(short_months[number] for number in range(1, 13)),
        weekdays=tuple(weekdays[day] for day in range(7)),
        short_weekdays=tuple(short_weekdays[day] for day in range(7)),
        month_numbers=_numbers(months) | _numbers(short_months) | MORE_MONTHS[language],
        weekday_numbers=_numbers(weekdays)
        | _numbers(short_weekdays)
        | MORE_WEEKDAYS[language]
        | plurals,
        plural_weekdays=frozenset(plurals),
    )


def _numbers(by_number: Mapping[int, str]) -> dict[str, int]:
    return {letters(name).rstrip("."): number for number, name in by_number.items()}


Phrases = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The phrases of one language; see the tables below for what each is for."""

    article: Phrases
    of: Phrases
    range_start: Phrases
    range_to: Phrases
    between: Phrases
    between_and: Phrases
    open_start: Phrases
    open_end: Phrases
    until: Phrases
    listed: Phrases
    whole_month: Phrases
    at: Phrases
    hours_start: Phrases
    hours_to: Phrases
    hours_between: Phrases
    hours_onwards: Phrases
    hours_until: Phrases
    hours_listed: Phrases
    all_day: Phrases
    midday: Phrases
    midnight: Phrases
    hour_units: frozenset[str]
    minute_units: frozenset[str]
    repeated: Phrases
    one_of: Phrases
    out_of_two: Phrases
    every_other: Phrases
    every_day: Phrases
    day: Phrases
    weekend: Phrases
    working_days: Phrases
    within_month: Phrases
    without: Phrases
    unreadable_rhythm: Phrases
    vague: Phrases
    part_of_day: Phrases
    date: Phrases
    awaited: Phrases
    part_of_month: Mapping[Part, Phrases]
    example: str
    example_list: str
    example_again: str
    example_awaited: str


FRENCH_TO_BE = "confirmer préciser définir venir déterminer fixer annoncer communiquer"
ENGLISH_TO_BE = "confirmed announced determined decided defined specified advised"

FRENCH = Vocabulary(
    article=phrases("le", "les", "ce"),
    of=(),
    range_start=phrases("du", "de", "de le"),
    range_to=phrases("au", "à", "jusqu'au", "jusqu'à", "-"),
    between=phrases("entre le", "entre"),
    between_and=phrases("et le", "et"),
    open_start=phrases(
        "à partir du", "à partir de", "à partir", "à compter du", "dès le", "depuis le"
    ),
    open_end=(),
    until=phrases("jusqu'au"),
    listed=phrases(",", "et", ", et", "&", "+", ";", "puis", ", puis", "ainsi que", "/"),
    whole_month=phrases(
        "tout le mois de",
        "tout le mois d'",
        "tout au long du mois de",
        "tout",
        "tout au long du mois d'",
        "pendant tout le mois de",
        "pendant tout le mois d'",
    ),
    at=phrases("à"),
    hours_start=phrases("de"),
    hours_to=phrases("à", "-", "/", "jusqu'à"),
    hours_between=phrases("entre"),
    hours_onwards=phrases("à partir de", "dès", "à compter de"),
    hours_until=phrases("jusqu'à"),
    hours_listed=phrases(",", "et", ", et", "puis", ", puis", "&", "+", ";", "/"),
    all_day=phrases("toute la journée", "journée entière", "la journée", "journée"),
    midday=phrases("midi"),
    midnight=phrases("minuit"),
    hour_units=frozenset({"h", "heure", "heures", "hs", "hrs"}),
    minute_units=frozenset({"min", "mn", "minutes", "m"}),
    repeated=phrases("chaque", "tous les", "toutes les"),
    one_of=phrases("un", "une"),
    out_of_two=phrases("sur deux", "sur 2"),
    every_other=(),
    every_day=phrases("quotidiennement", "7 jours sur 7", "7j/7"),
    day=phrases("jours", "jour"),
    weekend=phrases("week-end", "week-ends", "weekend", "weekends", "fin de semaine"),
    working_days=phrases("en semaine"),
    within_month=phrases(
        "de",
        "d'",
        "en",
        "du mois de",
        "du mois d'",
        "au mois de",
        "au mois d'",
        "pendant le mois de",
        "pendant le mois d'",
        "durant le mois de",
    ),
    without=phrases("sauf", "excepté", "hormis", "hors", "à l'exception de", "à l'exception du"),
    unreadable_rhythm=phrases("quotidien", "hebdomadaire", "mensuel", "chaque", "tous les"),
    vague=phrases(
        "mi-",
        "mi",
        "début",
        "fin",
        "courant",
        "vers",
        "environ",
        "autour",
        "à confirmer",
        "à définir",
        "à préciser",
        "à venir",
        "prochainement",
        "bientôt",
        "date",
        "dates",
        "ou",
        "en",
        "mois",
    ),
    part_of_day=phrases(
        "matin",
        "matinée",
        "après-midi",
        "soir",
        "soirée",
        "nuit",
        "demi-journée",
        "petit déjeuner",
        "déjeuner",
    ),
    date=phrases(
        *("date", "la date", "dates", "les dates", "date et heure", "dates et heures"),
        *("date et horaire", "date et horaires", "dates et horaires"),
    ),
    awaited=phrases(
        *(f"à {each}" for each in FRENCH_TO_BE.split()),
        *(f"restant à {each}" for each in FRENCH_TO_BE.split()),
        *("en attente", "non communiquée", "non communiqué", "non fixée", "non définie"),
        *("pas encore connue", "pas encore fixée", "nc", "tbc", "tba", "tbd"),
    ),
    part_of_month={
        "early": phrases("début"),
        "mid": phrases("mi-", "mi", "à la mi-"),
        "late": phrases("fin"),
        "": phrases("en", "courant", "au mois de", "au mois d'", "dans le courant de"),
    },
    example="18 novembre, de 9 h 30 à 12 h",
    example_list="4, 11 et 18 novembre",
    example_again="tous les mardis de novembre",
    example_awaited="à confirmer",
)

ENGLISH = Vocabulary(
    article=phrases("the", "on", "on the"),
    of=phrases("of"),
    range_start=phrases("from", "from the"),
    range_to=phrases("to", "until", "till", "through", "up to", "-"),
    between=phrases("between", "between the"),
    between_and=phrases("and", "and the"),
    open_start=phrases("from", "starting", "starting on", "starting from", "as of", "since"),
    open_end=phrases("onwards", "onward", "and after"),
    until=phrases("until", "till", "up to"),
    listed=phrases(",", "and", ", and", "&", "+", ";", "then", ", then", "/"),
    whole_month=phrases("all", "all of", "throughout", "the whole of", "the whole month of"),
    at=phrases("at"),
    hours_start=phrases("from"),
    hours_to=phrases("to", "-", "/", "until", "till"),
    hours_between=phrases("between"),
    hours_onwards=phrases("from", "starting at"),
    hours_until=phrases("until", "till", "up to"),
    hours_listed=phrases(",", "and", ", and", "then", ", then", "&", "+", ";", "/"),
    all_day=phrases("all day", "all day long"),
    midday=phrases("noon", "midday", "12 noon", "12 midday"),
    midnight=phrases("midnight", "12 midnight"),
    hour_units=frozenset({"h", "hrs"}),
    minute_units=frozenset({"min"}),
    repeated=phrases("every", "each"),
    one_of=(),
    out_of_two=(),
    every_other=phrases("every other", "every second"),
    every_day=phrases("daily"),
    day=phrases("day"),
    weekend=phrases("weekend", "weekends", "week-end", "week-ends"),
    working_days=phrases("weekdays", "on weekdays", "every weekday"),
    within_month=phrases("in", "of", "during", "in the month of", "throughout"),
    without=phrases("except", "except on", "except for", "excluding", "but not", "but not on"),
    unreadable_rhythm=phrases("every", "each", "weekly", "monthly"),
    vague=phrases(
        "mid-",
        "mid",
        "early",
        "late",
        "end of",
        "beginning of",
        "around",
        "about",
        "circa",
        "tbc",
        "tba",
        "tbd",
        "to be confirmed",
        "to be announced",
        "soon",
        "or",
        "in",
        "month",
    ),
    part_of_day=phrases("morning", "afternoon", "evening", "night", "lunchtime"),
    date=phrases("date", "the date", "dates", "date and time", "dates and times"),
    awaited=phrases(
        *(f"to be {each}" for each in ENGLISH_TO_BE.split()),
        *("tbc", "tba", "tbd", "t.b.c.", "t.b.a.", "t.b.d.", "t.b.c", "t.b.a", "t.b.d"),
        *("not yet known", "not known yet", "not yet confirmed", "pending"),
    ),
    part_of_month={
        "early": phrases("early", "in early"),
        "mid": phrases("mid-", "mid", "in mid-", "in mid"),
        "late": phrases("late", "in late", "end of", "at the end of"),
        "": phrases("in", "during"),
    },
    example="18 November, 9:30am to midday",
    example_list="4, 11 and 18 November",
    example_again="every Tuesday in November",
    example_awaited="to be confirmed",
)

VOCABULARIES = {"fr": FRENCH, "en": ENGLISH}
