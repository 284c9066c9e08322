"""Dates as a form shows and writes them, in the language of the kit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from moip_press.kit.when import (
    Period,
    Slot,
    When,
    WhenError,
    in_words,
    parse_when,
    times_in_words,
    weekday_in_words,
)

MOST_DAYS = 200  # that a calendar holds
DAY = datetime.timedelta(days=1)


def in_full(when: When, language: str) -> str:
    """Return a date as it is read: "mardi 16 novembre, de 9 h 30 à 12 h 30"."""
    words = in_words(when, language)
    if when.kind == "day" and not when.several:
        words = f"{weekday_in_words(when.days[0], language)} {words}"
    return ", ".join(filter(None, (words, times_in_words(when, language))))


def written(
    days: Sequence[datetime.date], hours: tuple[str, str], language: str, period: Period | None
) -> str:
    """Return days and hours as a kit has them: "16 novembre, 9:30-12:30"; empty for no days.

    Three days or more that follow each other are one range. Raises ``ValueError`` for what are no
    hours.
    """
    days, (start, end) = sorted(set(days)), hours
    if not days:
        return ""
    clock = datetime.time.fromisoformat
    slots = (Slot(clock(start), clock(end) if end else None),) if start else ()
    follow = len(days) > 2 and days[-1] - days[0] == (len(days) - 1) * DAY
    when = When("range" if follow else "days" if len(days) > 1 else "day", tuple(days), slots)
    for text in _spellings(when, language):
        try:
            if parse_when(text, language, period) == when:
                return text
        except WhenError:
            continue
    said = f" {start}" + (f"/{end}" if end else "") if start else ""
    return ", ".join(f"{day.isoformat()}{said}" for day in days)


def _spellings(when: When, language: str) -> Iterator[str]:
    """Yield what a date could be written as, the shortest first."""
    hours = "".join(f", {each.start:%-H:%M}" for each in when.slots)
    hours += "".join(f"-{each.end:%-H:%M}" for each in when.slots if each.end)
    for year in (False, True):
        words = in_words(when, language, year=year)
        for article in ("les ", "du "):
            if language.startswith("fr") and words.startswith(article):
                yield words.removeprefix(article) + hours
        yield words + hours
