"""The timings of an event: moments with their offset, as days and times of the event's zone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from moip_press.exchange.incoming.batch import Place
from moip_press.exchange.incoming.desk import Desk, Draft, quoted
from moip_press.kit.when import (
    Period,
    Slot,
    When,
    WhenError,
    in_words,
    parse_when,
    times_in_words,
    write_when,
)
from moip_press.kit.when.moments import days_between
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, Catalogue

LONGEST = 3 * 366
MOST_RUNS = 6
"""Runs of days that are all told, in and out of the kit's period."""

MOST_GROUPS = 4
"""Different times that a note lists."""

BETWEEN = {"fr": " ; ", "en": "; "}
DAY = timedelta(days=1)
END_OF_DAY = time(23, 59)
SHORTEST_RANGE = 3

Slots = frozenset[Slot]


@dataclass(frozen=True)
class Occurrence:
    """Days, and the times of each of them; no times are all day, or times that nobody said."""

    days: tuple[date, ...]
    slots: Slots = frozenset()
    cut: bool = False
    """Whether it goes on over several days from one hour to another, which no date can say."""


@dataclass(frozen=True)
class Timetable:
    """What can be said of occurrences: a date, a note with the times of each day, and warnings."""

    when: When
    note: str | None = None
    doubts: tuple[Message, ...] = ()


def occurrence(begin: datetime, end: datetime | None) -> Occurrence:
    """Return the days and times from one moment to another, both of one time zone.

    Up to midnight, or to an hour of the night, it is of the day on which it begins; from midnight
    to midnight it is all day. Raises ``ValueError`` where it ends before it begins, or after years.
    """
    start = _minute(begin)
    if end is None:
        return Occurrence((begin.date(),), frozenset({Slot(start)}))
    begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
    if end < begin or (end - begin).days > LONGEST:
        raise ValueError("an end before the beginning")
    finish = _minute(end)
    whole = start == time(0) and finish in (time(0), END_OF_DAY) and end > begin
    last = end.date() - DAY if finish == time(0) and end.date() > begin.date() else end.date()
    if whole:
        return Occurrence(days_between(begin.date(), last))
    if end - begin >= DAY:
        return Occurrence(days_between(begin.date(), last), cut=True)
    slot = Slot(start) if start == finish else Slot(start, finish)
    return Occurrence((begin.date(),), frozenset({slot}))


def whole_days(first: date, last: date) -> Occurrence:
    """Return the days from one to another. Raises ``ValueError`` where they are none, or years."""
    if last < first or (last - first).days > LONGEST:
        raise ValueError("an end before the beginning")
    return Occurrence(days_between(first, last))


def _minute(moment: datetime) -> time:
    return time(moment.hour, moment.minute)


def of_when(when: When) -> Occurrence:
    """Return the days and times of a date that was read."""
    return Occurrence(when.days, frozenset(when.slots))


def timetable(occurrences: Iterable[Occurrence], language: str, period: Period | None) -> Timetable:
    """Return the nearest true date for occurrences, of which there must be one at least.

    Where they are many, scattered over more than the period of the kit, those outside it are left
    out and told of.
    """
    occurrences = list(occurrences)
    doubts: list[Message] = []
    by_day = _by_day(occurrences)
    kept = _near(sorted(by_day), period)
    if len(kept) < len(by_day):
        count = len(by_day) - len(kept)
        doubts.append(Message.counted(OUTSIDE, count))
    groups = _groups({day: by_day[day] for day in kept})
    if any(each.cut for each in occurrences):
        doubts.append(Message(N_("It lasts several days without a break: its hours are left out.")))
    if len(groups) == 1:
        return Timetable(_when(kept, next(iter(groups))), None, tuple(doubts))
    note = _note(groups, language) if len(groups) <= MOST_GROUPS else None
    doubts.append(Message(IN_A_NOTE if note else LEFT_OUT))
    return Timetable(_when(kept, frozenset()), note, tuple(doubts))


OUTSIDE = NP_(
    "{count} of its days, outside the period of the kit, is left out.",
    "{count} of its days, outside the period of the kit, are left out.",
)
IN_A_NOTE = N_("Its times differ from day to day: they stand in a note below the text.")
LEFT_OUT = N_("Its times differ from day to day, too much for a note: they are left out.")


def _by_day(occurrences: Iterable[Occurrence]) -> dict[date, Slots]:
    """Return the times of each day; a day with times has them, whatever else is said of it."""
    by_day: defaultdict[date, Slots] = defaultdict(frozenset)
    for each in occurrences:
        for day in each.days:
            by_day[day] |= each.slots
    return dict(by_day)


def _near(days: list[date], period: Period | None) -> tuple[date, ...]:
    """Return the days to tell: all, or those of runs that touch the period where there are many."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    if period is not None and len(runs) > MOST_RUNS:
        touching = [run for run in runs if run[0] <= period.end and run[-1] >= period.start]
        runs = touching or runs
    return tuple(day for run in runs for day in run)


def _groups(by_day: Mapping[date, Slots]) -> dict[Slots, tuple[date, ...]]:
    groups: defaultdict[Slots, list[date]] = defaultdict(list)
    for day, slots in by_day.items():
        groups[slots].append(day)
    return {slots: tuple(days) for slots, days in groups.items()}


def _when(days: tuple[date, ...], slots: Slots) -> When:
    ordered = tuple(sorted(slots, key=lambda slot: slot.key))
    if len(days) == 1:
        return When("day", days, ordered)
    in_a_row = days == days_between(days[0], days[-1])
    return When("range" if in_a_row and len(days) >= SHORTEST_RANGE else "days", days, ordered)


def _note(groups: Mapping[Slots, tuple[date, ...]], language: str) -> str:
    """Return the times of each day as a line of a kit, in its language."""
    said = []
    for slots, days in groups.items():
        when = _when(days, slots)
        times = times_in_words(when, language)
        words = in_words(_when(days, frozenset()), language)
        said.append(f"{words}, {times}" if times else words)
    catalogue = Catalogue(language)
    note = catalogue.say(Message.of(N_("Times: {times}."), times=BETWEEN[language].join(said)))
    return note.replace("\u00a0", " ")  # typography puts them in print; a kit is typed without


def put_timetable(
    draft: Draft, occurrences: Sequence[Occurrence], desk: Desk, place: Place
) -> bool:
    """Give a record the nearest true date for all that it occurs on; tell whether it has one."""
    found = timetable(occurrences, desk.language, desk.period)
    for doubt in found.doubts:
        desk.warn("M403", place, named(draft, doubt))
    if found.note:
        draft.add_note(found.note, place)
    return put_when(draft, found.when, desk, place)


def put_when(draft: Draft, when: When, desk: Desk, place: Place, path: str = "when") -> bool:
    """Give a record a date; tell whether there are words for it."""
    written = write_when(when, desk.language, desk.period)
    if written is None:
        desk.error(
            "M202",
            place,
            named(draft, Message(N_("Its days are too many for one date."))),
            Message(N_("Make several events of it, or leave days out.")),
        )
        return False
    draft.put(path, written, place)
    if path == "when" and desk.period is not None and not when.meets(desk.period):
        desk.warn(
            "M404",
            place,
            named(
                draft,
                Message.of(N_("“{when}” is not in the period of the kit."), when=written),
            ),
            Message(N_("Check the year; the event is imported with the date as it is.")),
        )
    return True


def named(draft: Draft, message: Message) -> Message:
    """Return a message that says which record it is about."""
    title = draft.text("title") or draft.text("name")
    if not title:
        return message
    return Message.of(N_("“{title}”: {fault}"), title=quoted(title), fault=message)


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


def occurrences_of_timings(event: Mapping[str, Any], zone: tzinfo, desk: Desk) -> Found:
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
