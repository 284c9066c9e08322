"""The left column of an event: its date set as type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from moip_press.kit.when.names import base_language
from moip_press.kit.when.words import (
    date_in_words,
    day_in_words,
    hour_in_words,
    month_in_words,
    slot_in_words,
    stretches,
    weekday_in_words,
)

if TYPE_CHECKING:
    from datetime import date

    from moip_press.kit.when.moments import Slot, When

PREFIXES = {"fr": "à partir du", "en": "from"}
JOINERS = {"fr": "et", "en": "and"}
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
    times = tuple(_slot(slot, base) for slot in when.slots)
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


def _slot(slot: Slot, language: str) -> str:
    start = hour_in_words(slot.start, language)
    if slot.end is not None:
        end = hour_in_words(slot.end, language)
        return f"{start} – {end}" if language == "fr" else f"{start} to {end}"
    return slot_in_words(slot, language) if slot.onwards else start
