"""Times of a table's cells: of the clock, as text, or as a part of a day."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from moip_press.exchange.incoming.grid import Content, Fault
from moip_press.kit.when import Slot, WhenError, parse_when
from moip_press.report.diagnostics import lines_of

ANY_DAY = {"fr": "4 janvier 2021", "en": "4 January 2021"}
DAY = timedelta(days=1)
MINUTES = 24 * 60
BARE_HOUR = re.compile(r"[0-9]{1,2}")
DOTTED = re.compile(r"\b([0-9]{1,2})[.]([0-9]{2})\b")
NO_ANSWER = re.compile(r"[-–—/?.\s]*|n\.?/?[ac]\.?|néant|aucune?|none", re.IGNORECASE)


class Unreadable(Exception):
    """A cell whose times cannot be read."""


def clock(content: Content) -> time | None:
    """Return the time of a cell that holds nothing but a time; None where it holds none.

    Raises `Unreadable` where it cannot be one.
    """
    if isinstance(content, bool | Fault):
        raise Unreadable
    if isinstance(content, datetime):
        content = content.time()
    if isinstance(content, time):
        return content.replace(second=0, microsecond=0)
    if isinstance(content, timedelta):
        return _of_minutes(content / DAY * MINUTES)
    if isinstance(content, int | float):
        if 0 <= content <= 1 and content != 1:
            return _of_minutes(content * MINUTES)
        if content == int(content) and 1 <= content <= 24:
            return time(int(content) % 24)
        raise Unreadable
    return None


def _of_minutes(minutes: float) -> time:
    whole = round(minutes)
    if not 0 <= whole <= MINUTES:
        raise Unreadable
    return time(whole // 60 % 24, whole % 60)


def slots(content: Content, language: str) -> tuple[Slot, ...]:
    """Return the times of a cell, none where it is empty. Raises `Unreadable`."""
    told = clock(content)
    if told is not None:
        return (Slot(told),)
    text = str(content or "").strip()
    if NO_ANSWER.fullmatch(text):
        return ()
    for each in _spellings(text, language):
        for tongue in (language, "fr", "en"):
            try:
                return parse_when(f"{ANY_DAY[tongue]}, {each}", tongue).slots
            except WhenError:
                continue
    raise Unreadable


def _spellings(text: str, language: str) -> list[str]:
    """Return a text, and how it may be meant: lines as a list, "14.30" and "14" as times."""
    lines = ", ".join(line.strip(" ;,") for line in lines_of(text) if line.strip())
    found = [lines]
    if language == "fr":
        found.append(DOTTED.sub(r"\1:\2", lines))
    if BARE_HOUR.fullmatch(lines):
        found.append(f"{lines}:00")
    return found


def single(content: Content, language: str) -> Slot | None:
    """Return the one time of a cell; None where it is empty. Raises `Unreadable`."""
    found = slots(content, language)
    if len(found) > 1:
        raise Unreadable
    return found[0] if found else None
