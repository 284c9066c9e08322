"""The libraries of calendars (iCalendar, RFC 5545), kept within bounds.

The only user of icalendar and recurring-ical-events: parses what programs break, takes out what
cannot be read, and works out the days of repeated entries, some of which repeat for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.prop import vBroken

from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.report.diagnostics import lines_of
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, foreign, limited
from moip_press.system.limits import CALENDAR, Limits
from moip_press.system.tables.grid import Place

CONTENT = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:;[A-Za-z0-9-]+=|:)")
ONCE = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "ORGANIZER"})
ENTRIES = frozenset({"VTODO", "VJOURNAL"})
"""What a calendar may say to readers besides events."""

UNFOLD = re.compile(r"\r\n[ \t]")
RULE = re.compile(r"^RRULE[;:](.*)$", re.IGNORECASE | re.MULTILINE)
YEARLY = re.compile(r"(?:^|;)FREQ=YEARLY(?:;|$)", re.IGNORECASE)
NO_INTERVAL = re.compile(r"(?:^|;)INTERVAL=(?!0*[1-9]\d{0,3}(?:;|$))", re.IGNORECASE)
SEVERAL_TIMES = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=[^;]*,", re.IGNORECASE)
MOST_ZONE_LINES = 2_000
"""Lines of the rules of a time zone: Europe/Paris since 1900 has some 700."""

PER_DAY = {"HOURLY": 24, "DAILY": 1, "WEEKLY": 1 / 7, "MONTHLY": 1 / 30, "YEARLY": 1 / 365}
"""How often a rule repeats; those of each minute or second are never worked out."""

MOST_STEPS = 20_000
"""How many times a rule may repeat from its beginning to the end of the period."""

MOST_TIMES = 24
"""How many times a day a rule may repeat."""

MOST_DATES = 2_000
"""Dates that are listed one by one."""

MOST_FOUND = 100_000
"""How many times a rule may repeat in all."""

EACH = Limits(seconds=2, memory=500)
"""What one entry may take: a rule that never comes true is looked for until the year 9999."""


def parse_calendars(text: str) -> list[Calendar]:
    """Return the calendars of a text that `mended` gave. Raises ``Broken``."""
    marks = (line.partition(":")[0].upper() for line in text.split("\r\n"))
    steps = ({"BEGIN": 1, "END": -1}.get(mark, 0) for mark in marks)
    if max(accumulate(steps), default=0) > CALENDAR.depth:
        raise Broken("icalendar", "deep")
    # OSError: the name of a time zone that is a folder of them
    with foreign("icalendar", OSError):
        return list(Calendar.from_ical(text, multiple=True))


Line = tuple[int, str]
"""A line of a file with its number there."""


def mended(text: str, job: ImportJob) -> tuple[str, tuple[int, ...]]:
    """Return a calendar of nothing but events that can be read, and the lines where these begin.

    Programs that do not fold texts as they should break them in the middle of a description: what
    is no line is the rest of the one before. What is no event is taken out, so that a fault in it
    spoils nothing, and so are time zones that cannot be worked out: they are found by their names.
    """
    lines: list[Line] = []
    broken = 0
    for number, line in enumerate(lines_of(text.lstrip("\ufeff")), 1):
        if not line.strip():
            continue
        if line[0] in " \t" or CONTENT.match(line):
            lines.append((number, line))
        elif lines:
            lines.append((number, " \\n" + line.replace("\\", "\\\\")))
            broken = broken or number
    if broken:
        job.warn(
            "M402",
            Place(job.file, line=broken),
            N_("This line is broken: it is read as the rest of the text before it."),
        )
    kept = list(_events_only(lines, job))
    begins = tuple(number for number, line in kept if line.strip().upper() == "BEGIN:VEVENT")
    return "\r\n".join(line for _, line in kept) + "\r\n", begins


def _events_only(lines: Iterable[Line], job: ImportJob) -> Iterator[Line]:
    """Yield the lines of events, and of time zones that can be used."""
    block: list[Line] = []
    name = ""
    for number, line in lines:
        mark, _, what = line.strip().upper().partition(":")
        if not name and mark == "BEGIN" and what not in ("VCALENDAR", "VEVENT"):
            name = what
        if name:
            block.append((number, line))
        else:
            yield number, line
        if (mark, what) == ("END", "VCALENDAR") and name:  # what began has no end
            yield block.pop()
        elif name and (mark, what) != ("END", name):
            continue
        if name == "VTIMEZONE":
            yield from block if _is_usable([each for _, each in block]) else ()
        elif name:
            job.leave(name, Place(job.file, line=block[0][0]), told=name not in ENTRIES)
        block, name = [], ""


def _is_usable(zone: list[str]) -> bool:
    """Return whether a time zone says when clocks change, and that they do so once a year."""
    marks = ("BEGIN:STANDARD", "BEGIN:DAYLIGHT")
    if len(zone) > MOST_ZONE_LINES or not any(line.strip().upper() in marks for line in zone):
        return False
    rules = RULE.findall(UNFOLD.sub("", "\r\n".join(zone)).replace("\r", ""))
    return all(
        YEARLY.search(rule) and not NO_INTERVAL.search(rule) and not SEVERAL_TIMES.search(rule)
        for rule in rules
    )


def without_broken(event: Any) -> frozenset[str]:
    """Take out of an entry what cannot be read, and return the names of it.

    Of what can be there but once the first is kept.
    """
    broken = set()
    for name, value in list(event.items()):
        values = value if isinstance(value, list) else [value]
        kept = [each for each in values if not isinstance(each, vBroken)]
        if len(kept) < len(values):
            broken.add(name)
        kept = kept[:1] if name in ONCE else kept
        if len(kept) < len(values):
            del event[name]
            for each in kept:
                event.add(name, each)
    return frozenset(broken)


def listed(component: Any, name: str) -> list[Any]:
    """Return the values of a property."""
    value = component.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def first_text(component: Any, name: str) -> str:
    """Return the text of a property, the first where there are several."""
    return next((str(value) for value in listed(component, name)), "")


def first_moment(event: Any, name: str) -> Any:
    """Return the date, moment or length of time of a property; None where it has none."""
    return next((getattr(value, "dt", None) for value in listed(event, name)), None)


def repeats(event: Event) -> bool:
    """Return whether an entry is on more than the day that it begins on."""
    return any(event.get(name) is not None for name in ("RRULE", "RDATE"))


def is_bearable(event: Event, last: date) -> bool:
    """Return whether a rule can be worked out up to a day: some repeat for ever, each second."""
    dates = [value for name in ("RDATE", "EXDATE") for value in listed(event, name)]
    rules = listed(event, "RRULE")
    return (
        sum(len(getattr(each, "dts", ())) for each in dates) <= MOST_DATES
        and len(rules) <= 2
        and all(_is_bearable(rule, event, last) for rule in rules)
    )


def _is_bearable(rule: Any, event: Any, last: date) -> bool:
    if not isinstance(rule, dict):
        return False  # it is broken
    frequency = str(_first(rule.get("FREQ"), "")).upper()
    interval = _first(rule.get("INTERVAL"), 1)
    # dateutil never gets on by steps of nothing
    sound = isinstance(interval, int) and 1 <= interval <= MOST_STEPS
    if not sound or frequency not in PER_DAY:
        return False
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(1, len(rule.get(name) or ()))
    begins = event["DTSTART"].dt
    first = begins.date() if isinstance(begins, datetime) else begins
    steps = max(0, (last - first).days) * PER_DAY[frequency] / interval
    return times <= MOST_TIMES and steps <= MOST_STEPS and times * steps <= MOST_FOUND


def _first(values: Any, otherwise: Any) -> Any:
    return values[0] if isinstance(values, list) and values else otherwise


def occurrences(events: Sequence[Event], first: date, last: date) -> list[Event]:
    """Return what one entry, with its exceptions, comes to from a day to another, both included.

    Each has its own beginning and end. Raises ``Broken`` where the rule makes no sense, or cannot
    be worked out in time; ``OverLimit`` where the time of the whole file is over.
    """
    begin = datetime.combine(first, time(0)) - timedelta(days=1)
    end = datetime.combine(last, time(0)) + timedelta(days=2)
    try:
        with limited(EACH), foreign("recurring-ical-events"):
            calendar = Calendar()
            for event in events:
                _until_the_end(event)
                calendar.add_component(event)
            return list(recurring_ical_events.of(calendar).between(begin, end))
    except OverLimit as error:
        if error.limit not in (EACH.seconds, EACH.memory):
            raise
        raise Broken("recurring-ical-events", "deep") from None


def _until_the_end(event: Any) -> None:
    """Have a rule that ends on a day include that day, whatever the hours of the entry."""
    begins = event["DTSTART"].dt
    for rule in listed(event, "RRULE"):
        last = _first(rule.get("UNTIL"), None) if isinstance(rule, dict) else None
        if isinstance(begins, datetime) and isinstance(last, date) and type(last) is date:
            end = datetime.combine(last, time(23, 59, 59), begins.tzinfo)
            rule["UNTIL"] = [end.astimezone(UTC) if begins.tzinfo else end]
