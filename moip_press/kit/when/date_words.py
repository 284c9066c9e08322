"""Days and times in words, as printed in a line and beside an event.

All of it is plain text: typography raises ordinals and keeps words together.

French: *Lexique des règles typographiques en usage à l'Imprimerie nationale* (dates, heures):
"1er novembre" but "2 novembre", "14 h 30", "9 h". English: the GOV.UK style guide (dates,
times): "1 November", "25 to 27 November", "9:30am to 12:30pm", "midday", "midnight".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from moip_press.kit.when.moments import (
    EVERY_DAY,
    WEEKEND,
    WORKING_DAYS,
    When,
    days_between,
)
from moip_press.kit.when.vocabulary import base_language, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from moip_press.kit.when.moments import Part, Recurrence, Slot


RUN = 3
"""From this many days on, days in a row within a list are said as a range."""

AND = {"fr": " et ", "en": " and "}
TO_COME = {"fr": ("date", "à confirmer"), "en": ("date", "to be confirmed")}
PARTS: dict[str, dict[Part, str]] = {
    "fr": {"": "en ", "early": "début ", "mid": "mi-", "late": "fin "},
    "en": {"": "in ", "early": "early ", "mid": "mid-", "late": "late "},
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, of a list of days."""

    first: date
    last: date


def day_in_words(day: date, language: str) -> str:
    """Return the number of a day: "1er", "2"."""
    return "1er" if base_language(language) == "fr" and day.day == 1 else str(day.day)


def month_in_words(day: date, language: str, *, short: bool = False) -> str:
    """Return the month of a day: "novembre", "November", or "nov.", "Nov" where `short`."""
    known = names(base_language(language))
    return (known.short_months if short else known.months)[day.month - 1]


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
    if not when.known:
        month = _month_in_words(when, base, year=year)
        return ", ".join(filter(None, (month, " ".join(TO_COME[base]))))
    if when.several:
        said = ((in_words(one, base, year=year), times_in_words(one, base)) for one in when.several)
        return "; ".join(", ".join(filter(None, words)) for words in said)
    if when.recurrence:
        which, *more = _recurrence_in_words(when.recurrence, base, year=year)
        comma = "," if which.startswith("du ") else ""
        return " ".join(filter(None, (which + comma, *more)))
    if when.kind == "day":
        return date_in_words(when.start, base, year=year)
    if when.kind == "open":
        prefix = "à partir du" if base == "fr" else "from"
        return f"{prefix} {date_in_words(when.start, base, year=year)}"
    if when.kind == "range":
        return _range_in_words(when.days[0], when.days[-1], base, year=year)
    return _list_in_words(when.days, base, year=year)


def _month_in_words(when: When, language: str, *, year: bool) -> str:
    """Return the month of a date that is awaited: "fin novembre", "mid-November 2026"."""
    if when.month is None:
        return ""
    month, before = month_in_words(when.month, language), PARTS[language][when.part]
    return f"{before}{month} {when.month.year}" if year else before + month


def _recurrence_in_words(again: Recurrence, language: str, *, year: bool) -> tuple[str, str, str]:
    """Return which days come again, between which, and without which."""
    bounds = _within(again, language, year=year)
    return _which_days(again, language), bounds, _left_out(again, language)


def _which_days(again: Recurrence, language: str) -> str:
    """Return which days: "tous les mardis", "du lundi au vendredi", "every other Tuesday"."""
    french = language == "fr"
    weekdays = EVERY_DAY if len(again.weekdays) == len(EVERY_DAY) - 1 else again.weekdays
    known = [names(language).weekdays[day] for day in weekdays]
    if weekdays == EVERY_DAY:
        return "tous les jours" if french else "every day"
    if weekdays == WORKING_DAYS:
        return f"du {known[0]} au {known[-1]}" if french else f"{known[0]} to {known[-1]}"
    if weekdays == WEEKEND:
        return "tous les week-ends" if french else "every weekend"
    if again.every > 1:
        return f"un {known[0]} sur deux" if french else f"every other {known[0]}"
    if french:
        return "tous les " + enumeration([f"{name}s" for name in known], language)
    return "every " + enumeration(known, language)


def _within(again: Recurrence, language: str, *, year: bool) -> str:
    """Return the days between which others come again: "de novembre", "du 3 au 28 novembre"."""
    first, last = again.first, again.last
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        words = _range_in_words(first, last, language, year=year)
        return f"from {words}" if language == "en" else words
    months = names(language).months
    one = (first.year, first.month) == (last.year, last.month)
    words = months[last.month - 1]
    if not one:
        words = f"{months[first.month - 1]} {'à' if language == 'fr' else 'to'} {words}"
    if language == "en":
        preposition = "in " if one else "from "
    elif again.weekdays == WORKING_DAYS and one:
        preposition = "en "
    else:
        preposition = "d'" if words[0] in "ao" else "de "
    return f"{preposition}{words} {last.year}" if year else preposition + words


def _left_out(again: Recurrence, language: str) -> str:
    """Return what is left out: "sauf le lundi et le 15", "except Mondays"; empty where nothing."""
    french = language == "fr"
    missing = [day for day in EVERY_DAY if day not in again.weekdays]
    name = names(language).weekdays[missing[0]] if len(missing) == 1 else ""
    words = [f"le {name}" if french else f"{name}s"] if name else []
    one_month = (again.first.year, again.first.month) == (again.last.year, again.last.month)
    written = day_in_words if one_month else partial(date_in_words, year=False)
    days = [written(day, language) for day in again.without]
    if days:
        article = ("le " if len(days) == 1 else "les ") if french else ""
        words.append(article + enumeration(days, language))
    return f"{'sauf' if french else 'except'} {enumeration(words, language)}" if words else ""


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
            pieces += [stretch_in_words(stretch, language) for stretch in days]
    words = f"{enumeration(pieces, language)} {month_in_words(month[0].first, language)}"
    return f"{words} {month[0].first.year}" if year else words


def _singles(days: Sequence[Stretch], language: str, *, article: bool) -> list[str]:
    numbers = [day_in_words(day.first, language) for day in days]
    if language != "fr":
        return numbers
    if not article:
        return [enumeration(numbers, language)]
    return [("les " if len(numbers) > 1 else "le ") + enumeration(numbers, language)]


def stretch_in_words(stretch: Stretch, language: str) -> str:
    """Return days in a row of one month: "du 2 au 5", "2 to 5"; the month follows."""
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


PREFIXES = {"fr": "à partir du", "en": "from"}
JOINERS = {"fr": "et", "en": "and"}
EVERY = {"fr": ("tous les ", "un "), "en": ("every other ", "every ")}
RANGES = {"fr": ("du", "au"), "en": ("", "to")}


@dataclass(frozen=True, slots=True)
class Face:
    """What a template prints, each field as it is, those that are empty not at all.

    `prefix` stands above the first numeral ("à partir du"), `joiner` before the last ("et",
    "au"). `form` says how to set the numerals: "one" ("3"), "pair" ("4", "5"), "range"
    ("25–27") or "stack" (a line for each day: "5 novembre"; `month` is empty).
    `times` has a line for each slot.
    """

    prefix: str
    numerals: tuple[str, ...]
    joiner: str
    weekday: str
    month: str
    times: tuple[str, ...]
    form: Literal["one", "pair", "range", "stack"]


def face(when: When, language: str) -> Face:
    """Return the face of a date in plain text; typography is up to the template."""
    base = base_language(language)
    if not when.known:
        date, awaited = TO_COME[base]
        month = _month_in_words(when, base, year=False).removeprefix(PARTS[base][""])
        prefix, numeral = (f"{date} {awaited}", month) if month else (date, awaited)
        return Face(prefix, (numeral,), "", "", "", (), "stack")
    times = tuple(_slot_beside(slot, base) for slot in when.slots)
    if when.several and len(when.days) > 2:
        return face(When("range", days_between(when.days[0], when.days[-1])), language)
    if when.recurrence:
        which, *more = _recurrence_in_words(when.recurrence, base, year=False)
        prefix = next((p for p in EVERY[base] if which.startswith(p)), "")
        lines = tuple(filter(None, (which.removeprefix(prefix), *more)))
        return Face(prefix.rstrip(), lines, "", "", "", times, "stack")
    first, last = when.days[0], when.days[-1]
    month = month_in_words(first, base)
    if len(when.days) == 1:
        prefix = PREFIXES[base] if when.kind == "open" else ""
        weekday = weekday_in_words(first, base)
        return Face(prefix, (day_in_words(first, base),), "", weekday, month, times, "one")
    one_month = (first.year, first.month) == (last.year, last.month)
    if when.kind == "range" and one_month:
        weekday = _short_weekdays(first, last, " – ", base)
        return Face("", (_dashed(first, last, base),), "", weekday, month, times, "range")
    if len(when.days) == 2 and one_month:
        weekday = _short_weekdays(first, last, f" {JOINERS[base]} ", base)
        numerals = day_in_words(first, base), day_in_words(last, base)
        return Face("", numerals, JOINERS[base], weekday, month, times, "pair")
    return _stack(when, base, times)


def _stack(when: When, language: str, times: tuple[str, ...]) -> Face:
    if when.kind == "range":
        prefix, joiner = RANGES[language]
        ends = (when.days[0], when.days[-1])
        numerals = tuple(date_in_words(day, language, year=False) for day in ends)
        return Face(prefix, numerals, joiner, "", "", times, "stack")
    joiner = JOINERS[language] if len(when.days) == 2 else ""
    numerals = tuple(
        f"{_dashed(stretch.first, stretch.last, language)} "
        f"{month_in_words(stretch.first, language)}"
        for stretch in stretches(when.days)
    )
    return Face("", numerals, joiner, "", "", times, "stack")


def _dashed(first: date, last: date, language: str) -> str:
    start = day_in_words(first, language)
    return start if first == last else f"{start}–{day_in_words(last, language)}"


def _short_weekdays(first: date, last: date, joiner: str, language: str) -> str:
    return joiner.join(weekday_in_words(day, language, short=True) for day in (first, last))


def _slot_beside(slot: Slot, language: str) -> str:
    start = hour_in_words(slot.start, language)
    if slot.end is not None:
        end = hour_in_words(slot.end, language)
        return f"{start} – {end}" if language == "fr" else f"{start} to {end}"
    return slot_in_words(slot, language) if slot.onwards else start
