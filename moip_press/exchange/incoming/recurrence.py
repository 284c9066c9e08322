"""The days on which a repeated entry of a calendar falls.

The only user of recurring-ical-events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Event

from moip_press.system.enforcement import Broken, OverLimit, foreign, limited
from moip_press.system.limits import Limits

DENSE = frozenset({"SECONDLY", "MINUTELY"})
PER_DAY = {"HOURLY": 24, "DAILY": 1, "WEEKLY": 1 / 7, "MONTHLY": 1 / 30, "YEARLY": 1 / 365}
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

FREQUENCY = re.compile(r"(?:^|;)FREQ=YEARLY(?:;|$)", re.IGNORECASE)
NO_INTERVAL = re.compile(r"(?:^|;)INTERVAL=(?!0*[1-9]\d{0,3}(?:;|$))", re.IGNORECASE)


def is_yearly(rule: str) -> bool:
    """Tell whether a rule, as it is written, repeats each year, or each so many years."""
    sound = FREQUENCY.search(rule) and not NO_INTERVAL.search(rule)
    return bool(sound) and not re.search(r"BY(?:HOUR|MINUTE|SECOND)=[^;]*,", rule, re.IGNORECASE)


def repeats(event: Event) -> bool:
    """Tell whether an entry is on more than the day that it begins on."""
    return any(event.get(name) is not None for name in ("RRULE", "RDATE"))


def is_bearable(event: Event, last: date) -> bool:
    """Tell whether a rule can be worked out up to a day: some repeat for ever, each second."""
    listed = sum(_length(event.get(name)) for name in ("RDATE", "EXDATE"))
    rules = event.get("RRULE")
    rules = rules if isinstance(rules, list) else [rules] if rules is not None else []
    return (
        listed <= MOST_DATES
        and len(rules) <= 2
        and all(_is_bearable(rule, event, last) for rule in rules)
    )


def _length(value: Any) -> int:
    if value is None:
        return 0
    lists = value if isinstance(value, list) else [value]
    return sum(len(getattr(each, "dts", ())) for each in lists)


def _is_bearable(rule: Any, event: Any, last: date) -> bool:
    if not isinstance(rule, dict):
        return False  # it is broken
    frequency = str(_first(rule.get("FREQ"), "")).upper()
    interval = _first(rule.get("INTERVAL"), 1)
    if frequency in DENSE or frequency not in PER_DAY:
        return False
    if not isinstance(interval, int) or not 1 <= interval <= MOST_STEPS:
        return False  # dateutil never gets on by steps of nothing
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
    rules, begins = event.get("RRULE"), event["DTSTART"].dt
    for rule in rules if isinstance(rules, list) else [rules]:
        last = _first(rule.get("UNTIL"), None) if isinstance(rule, dict) else None
        if isinstance(begins, datetime) and isinstance(last, date) and type(last) is date:
            end = datetime.combine(last, time(23, 59, 59), begins.tzinfo)
            rule["UNTIL"] = [end.astimezone(UTC) if begins.tzinfo else end]
