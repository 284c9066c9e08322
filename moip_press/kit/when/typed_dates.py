"""Dates as a kit writes them: so that they are read back as the same days and times."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from moip_press.kit.when.date_words import (
    Stretch,
    day_in_words,
    enumeration,
    hour_in_words,
    in_words,
    month_in_words,
    stretch_in_words,
    stretches,
)
from moip_press.kit.when.moments import When, WhenError
from moip_press.kit.when.parsing import LONGEST_TEXT, parse_when
from moip_press.kit.when.vocabulary import base_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, time

    from moip_press.kit.when.moments import Period, Slot

LONGEST_PERIOD = 150
"""Days of a period in which a day and month are of one year without any doubt."""

TO = {"fr": "au", "en": "to"}
ARTICLE = "du "  # printed before a French range, and not typed
FROM_DAY = {"fr": "à partir du", "en": "from"}
FROM_HOUR = {"fr": "à partir de", "en": "from"}


def write_when(when: When, language: str, period: Period | None = None) -> str | None:
    """Return a date as one writes it in a kit: "9 au 13 novembre, 14:00-16:00".

    Years are written where they cannot be known from the period. None where no text of a bearable
    length says just these days and times.
    """
    base = base_language(language)
    if not when.known:
        return in_words(when, language, year=True)
    if when.several:
        return _in_turn(when, base, period)
    texts: list[Callable[[], str]] = [
        lambda: _written_days(when, base, year=False),
        lambda: _written_days(when, base, year=True),
        lambda: _iso_days(when, base),
    ]
    if period is None or not when.meets(period):
        del texts[0]
    hours = ", ".join(_written_slot(slot, base) for slot in when.slots)
    for days in texts:
        text = f"{days()}, {hours}" if hours else days()
        if len(text) <= LONGEST_TEXT and (
            _surely(when, period) or _reads_back(text, when, base, period)
        ):
            return text
    return None


def _in_turn(when: When, language: str, period: Period | None) -> str | None:
    """Return dates with their own times; one without times comes last, or would take others'."""
    ordered = sorted(when.several, key=lambda each: (not each.slots, each))
    written = [write_when(each, language, period) for each in ordered]
    text = "; ".join(filter(None, written))
    said = None not in written and len(text) <= LONGEST_TEXT
    return text if said and _reads_back(text, when, language, period) else None


def _surely(when: When, period: Period | None) -> bool:
    """Tell whether no reading is needed to know that a text says the same: a short cut.

    So it is for days within a period that has each of them once, with times of one kind.
    """
    if period is None or (period.end - period.start).days > LONGEST_PERIOD:
        return False
    if when.recurrence:
        return False
    within = when.days[0] in period and when.days[-1] in period
    return within and (len(when.slots) <= 1 or all(slot.end for slot in when.slots))


def _reads_back(text: str, when: When, language: str, period: Period | None) -> bool:
    try:
        return parse_when(text, language, period) == when
    except WhenError:
        return False


def _written_days(when: When, language: str, *, year: bool) -> str:
    if when.recurrence is None and when.kind == "days":
        return _written_list(when.days, language, year=year)
    return in_words(when, language, year=year).removeprefix(ARTICLE)


def _written_list(days: Sequence[date], language: str, *, year: bool) -> str:
    months = groupby(stretches(days), lambda s: (s.first.year, s.first.month))
    pieces: list[str] = []
    for _, group in months:
        *most, last = group
        month = month_in_words(last.last, language)
        ending = f"{month} {last.last.year}" if year else month
        pieces += [_written_stretch(stretch, language) for stretch in most]
        pieces.append(f"{_written_stretch(last, language)} {ending}")
    return enumeration(pieces, language)


def _written_stretch(stretch: Stretch, language: str) -> str:
    if stretch.first == stretch.last:
        return day_in_words(stretch.first, language)
    return stretch_in_words(stretch, language).removeprefix(ARTICLE)


def _iso_days(when: When, language: str) -> str:
    if when.kind == "open":
        return f"{FROM_DAY[language]} {when.start.isoformat()}"
    if when.kind == "range":
        return f"{when.days[0].isoformat()} {TO[language]} {when.days[-1].isoformat()}"
    return enumeration([day.isoformat() for day in when.days], language)


def _written_slot(slot: Slot, language: str) -> str:
    start = _written_hour(slot.start, language)
    if slot.end is not None:
        end = _written_hour(slot.end, language, ends=True)
        return f"{start}-{end}" if language == "fr" else f"{start} to {end}"
    return f"{FROM_HOUR[language]} {start}" if slot.onwards else start


def _written_hour(hour: time, language: str, *, ends: bool = False) -> str:
    if language == "en":
        return hour_in_words(hour, language)
    if ends and (hour.hour, hour.minute) == (0, 0):
        return "24:00"
    return f"{hour.hour}:{hour.minute:02}"
