"""Days and times in words, in plain text: typography raises ordinals and keeps words together.

French: *Lexique des règles typographiques en usage à l'Imprimerie nationale* (dates, heures):
"1er novembre" but "2 novembre", "14 h 30", "9 h". English: the GOV.UK style guide (dates,
times): "1 November", "25 to 27 November", "9:30am to 12:30pm", "midday", "midnight".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from moip_press.kit.when.names import base_language, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from moip_press.kit.when.moments import Slot, When

RUN = 3
"""From this many days on, days in a row within a list are said as a range."""

AND = {"fr": " et ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, of a list of days."""

    first: date
    last: date


def day_in_words(day: date, language: str) -> str:
    """Return the number of a day: "1er", "2"."""
    return "1er" if base_language(language) == "fr" and day.day == 1 else str(day.day)


def month_in_words(day: date, language: str) -> str:
    """Return the month of a day: "novembre", "November"."""
    return names(base_language(language)).months[day.month - 1]


def weekday_in_words(day: date, language: str, *, short: bool = False) -> str:
    """Return the weekday of a day: "jeudi", or "jeu." where `short`."""
    known = names(base_language(language))
    return (known.short_weekdays if short else known.weekdays)[day.weekday()]


def date_in_words(day: date, language: str, *, year: bool = True) -> str:
    """Return a day in words: "26 octobre 2021"."""
    words = f"{day_in_words(day, language)} {month_in_words(day, language)}"
    return f"{words} {day.year}" if year else words


def enumeration(words: Sequence[str], language: str) -> str:
    """Return words as a list: "a, b et c"."""
    *most, last = words
    return ", ".join(most) + AND[base_language(language)] + last if most else last


def in_words(when: When, language: str, *, year: bool = False) -> str:
    """Return the days in words: "1er novembre", "les 4 et 5 novembre", "du 25 au 27 novembre".

    `year` adds the year, once where all days are of one. Times are in `times_in_words`.
    """
    base = base_language(language)
    if when.kind == "day":
        return date_in_words(when.start, base, year=year)
    if when.kind == "open":
        prefix = "à partir du" if base == "fr" else "from"
        return f"{prefix} {date_in_words(when.start, base, year=year)}"
    if when.kind == "range":
        return _range_in_words(when.days[0], when.days[-1], base, year=year)
    return _list_in_words(when.days, base, year=year)


def period_in_words(start: date, end: date, language: str, *, capital: bool = False) -> str:
    """Return a period with its year: "du 1er au 30 novembre 2021", "1 to 30 November 2021"."""
    base = base_language(language)
    if start == end:
        words = ("le " if base == "fr" else "") + date_in_words(start, base)
    else:
        words = _range_in_words(start, end, base, year=True)
    return words[:1].upper() + words[1:] if capital else words


def _range_in_words(first: date, last: date, language: str, *, year: bool) -> str:
    if (first.year, first.month) == (last.year, last.month):
        start = day_in_words(first, language)
    else:
        start = date_in_words(first, language, year=year and first.year != last.year)
    end = date_in_words(last, language, year=year)
    return f"du {start} au {end}" if language == "fr" else f"{start} to {end}"


def stretches(days: Iterable[date]) -> tuple[Stretch, ...]:
    """Return the days of a list, those in a row as one where there are three or more."""
    rows: list[list[date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == timedelta(days=1) and day.month == rows[-1][-1].month:
            rows[-1].append(day)
        else:
            rows.append([day])
    if len(rows) == 1:
        return tuple(Stretch(day, day) for day in rows[0])
    return tuple(
        stretch
        for row in rows
        for stretch in (
            [Stretch(row[0], row[-1])] if len(row) >= RUN else [Stretch(day, day) for day in row]
        )
    )


def _list_in_words(days: Sequence[date], language: str, *, year: bool) -> str:
    found = stretches(days)
    months = [list(group) for _, group in groupby(found, lambda s: (s.first.year, s.first.month))]
    one_year = days[0].year == days[-1].year
    singles = all(len(month) == 1 and month[0].first == month[0].last for month in months)
    parts = [
        _month_of_list(month, language, year=year and not one_year, article=not singles)
        for month in months
    ]
    words = enumeration(parts, language)
    words = f"les {words}" if singles and language == "fr" else words
    return f"{words} {days[-1].year}" if year and one_year else words


def _month_of_list(month: Sequence[Stretch], language: str, *, year: bool, article: bool) -> str:
    """Return the days of one month: "les 5 et 19 novembre", "du 2 au 5 et le 8 novembre"."""
    pieces: list[str] = []
    for single, group in groupby(month, lambda stretch: stretch.first == stretch.last):
        days = list(group)
        if single:
            pieces += _singles(days, language, article=article)
        else:
            pieces += [_stretch_in_words(stretch, language) for stretch in days]
    words = f"{enumeration(pieces, language)} {month_in_words(month[0].first, language)}"
    return f"{words} {month[0].first.year}" if year else words


def _singles(days: Sequence[Stretch], language: str, *, article: bool) -> list[str]:
    numbers = [day_in_words(day.first, language) for day in days]
    if language != "fr":
        return numbers
    if not article:
        return [enumeration(numbers, language)]
    return [("les " if len(numbers) > 1 else "le ") + enumeration(numbers, language)]


def _stretch_in_words(stretch: Stretch, language: str) -> str:
    first, last = (day_in_words(day, language) for day in (stretch.first, stretch.last))
    return f"du {first} au {last}" if language == "fr" else f"{first} to {last}"


def hour_in_words(hour: time, language: str) -> str:
    """Return a time: "9 h", "14 h 30", "minuit"; "9am", "2:30pm", "midday", "midnight"."""
    if base_language(language) == "fr":
        if hour == time(0):
            return "minuit"
        return f"{hour.hour} h {hour.minute:02}" if hour.minute else f"{hour.hour} h"
    if hour in (time(0), time(12)):
        return "midday" if hour.hour else "midnight"
    minutes = f":{hour.minute:02}" if hour.minute else ""
    return f"{(hour.hour - 1) % 12 + 1}{minutes}{'am' if hour.hour < 12 else 'pm'}"


def slot_in_words(slot: Slot, language: str) -> str:
    """Return times: "de 9 h 30 à 12 h 30", "à 14 h", "à partir de 18 h"; "9:30am to 12:30pm"."""
    start = hour_in_words(slot.start, language)
    french = base_language(language) == "fr"
    if slot.end is not None:
        end = hour_in_words(slot.end, language)
        return f"de {start} à {end}" if french else f"{start} to {end}"
    if slot.onwards:
        return f"à partir de {start}" if french else f"from {start}"
    return f"à {start}" if french else start


def times_in_words(when: When, language: str) -> str:
    """Return all times of an event in words; empty where it is all day."""
    if not when.slots:
        return ""
    return enumeration([slot_in_words(slot, language) for slot in when.slots], language)
