"""Dates in words, with what programs read of them: ``<time datetime="2021-11-16T18:00">``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from moip_press.kit import when
from moip_press.kit.when import When
from moip_press.kit.when.date_words import stretches

NUMBER = re.compile(r"(?<!\d)\d{1,2}(?:er|st|nd|rd|th)?(?!\d)")


def timed(moment: When, language: str, words: str) -> Markup:
    """Return the words of a date, its days and maybe its hours, as HTML.

    A single day is one ``<time>`` with its hour; of several, each day that the words name is one.
    Where the words name others than these, such as exceptions, they stay plain.
    """
    if moment.kind == "day" and len(moment.slots) <= 1:
        hour = f"T{moment.slots[0].start:%H:%M}" if moment.slots else ""
        return _time(f"{moment.start.isoformat()}{hour}", words)
    named = tuple(_named(moment)) if moment.known else ()
    if not named or len(named) != len(NUMBER.findall(when.in_words(moment, language))):
        return escape(words)
    return Markup("").join(_marked(words, named, language))


def _named(moment: When) -> Iterator[datetime.date]:
    """Yield the days that the words of a date name, in their order."""
    if moment.several or moment.recurrence:
        return
    if moment.kind in ("day", "open"):
        yield moment.start
    elif moment.kind == "range":
        yield from (moment.days[0], moment.days[-1])
    elif moment.kind == "days":
        for stretch in stretches(moment.days):
            yield stretch.first
            if stretch.last != stretch.first:
                yield stretch.last


def _marked(words: str, days: Sequence[datetime.date], language: str) -> Iterator[Markup]:
    done = 0
    found = list(NUMBER.finditer(words))[: len(days)]
    for number, day in zip(found, days, strict=False):
        month = re.compile(rf"\s+{re.escape(when.month_in_words(day, language))}(?:\s+\d{{4}})?")
        follows = month.match(words, number.end())
        end = follows.end() if follows else number.end()
        yield escape(words[done : number.start()])
        yield _time(day.isoformat(), words[number.start() : end])
        done = end
    yield escape(words[done:])


def _time(machine: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, words)
