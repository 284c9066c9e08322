"""The names of months and weekdays, from the Unicode CLDR. The only user of Babel here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from moip_press.text.folding import letters

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
