"""The timings of an event: moments with their offset, as days and times of the event's zone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from moip_press.exchange.incoming.desk import Desk, quoted
from moip_press.exchange.incoming.timetable import Occurrence, occurrence, of_when
from moip_press.kit.when import WhenError, parse_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

MOST_TIMINGS = 5_000
PAIRS = (("firstTiming", "lastTiming"), ("nextTiming", "nextTiming"))
YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Wrong:
    """A timing that cannot be read: the path to it below the event, and why."""

    path: tuple[str, ...]
    message: Message


@dataclass(frozen=True)
class Found:
    """What an event occurs on, and what of it cannot be read."""

    all: tuple[Occurrence, ...]
    wrongs: tuple[Wrong, ...] = ()


def occurrences(event: Mapping[str, Any], zone: tzinfo, desk: Desk) -> Found:
    """Return what an event occurs on; without timings, the first and last of them, or words."""
    timings = event.get("timings")
    if isinstance(timings, str):
        timings = _parsed(timings)
    if isinstance(timings, list) and timings:
        return _all(timings[:MOST_TIMINGS], zone)
    for first, last in PAIRS:
        both = [event[key] for key in (first, last) if isinstance(event.get(key), dict)]
        if both:
            return _all(both, zone)
    return _in_words(event.get("dateRange"), desk)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _all(timings: list[Any], zone: tzinfo) -> Found:
    found: list[Occurrence] = []
    wrongs: list[Wrong] = []
    for number, timing in enumerate(timings):
        path = (f"timings[{number}]",)
        read = _timing(timing, zone)
        if isinstance(read, Occurrence):
            found.append(read)
        else:
            wrongs.append(Wrong(path, read))
    return Found(tuple(found), tuple(wrongs))


def _timing(timing: object, zone: tzinfo) -> Occurrence | Message:
    if not isinstance(timing, dict):
        return Message(N_("This is no time slot."))
    begin, end = _moment(timing.get("begin"), zone), _moment(timing.get("end"), zone)
    if begin is None:
        said = quoted(str(timing.get("begin") or ""))
        return Message.of(N_("“{text}” is no beginning of a time slot."), text=said)
    try:
        return occurrence(begin, end)
    except ValueError:
        said = quoted(f"{timing.get('begin')} – {timing.get('end')}")
        return Message.of(N_("“{text}” ends before it begins, or lasts for years."), text=said)


def _moment(text: object, zone: tzinfo) -> datetime | None:
    """Return a moment in the clocks of a zone; one without an offset is of these clocks."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def _in_words(value: object, desk: Desk) -> Found:
    """Return the days of a date range that is told in words."""
    told = value.values() if isinstance(value, dict) else [value]
    for text in told:
        for language in (desk.language, "fr", "en"):
            if isinstance(text, str):
                try:
                    return Found((of_when(parse_when(text, language, desk.period)),))
                except WhenError:
                    continue
    return Found(())
