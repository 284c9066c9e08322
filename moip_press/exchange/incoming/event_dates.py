"""Days that each have their own times, as the one date of an event.

What a calendar says beyond what a date of a kit can say is reported: nothing false is ever written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from moip_press.exchange.incoming.batch import Incoming
from moip_press.exchange.incoming.import_job import Draft, ImportJob
from moip_press.kit.when import Period, Slot, When, write_when
from moip_press.kit.when.moments import days_between, in_turn, on_days
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_
from moip_press.system.tables.grid import Place, Sentence

LONGEST = 3 * 366
MOST_RUNS = 6
"""Runs of days that are all written, in and out of the kit's period."""

DAY = timedelta(days=1)
END_OF_DAY = time(23, 59)
OUTSIDE = NP_(
    "{count} of its days, outside the period of the kit, is left out.",
    "{count} of its days, outside the period of the kit, are left out.",
)
UNBROKEN = N_("It lasts several days without a break: its hours are left out.")
MOST_GROUPS = 3
"""Times that differ from day to day, and are still read in one line."""

Slots = frozenset[Slot]


@dataclass(frozen=True)
class Occurrence:
    """Days, and the times of each of them; no times are all day, or times that nobody said."""

    days: tuple[date, ...]
    slots: Slots = frozenset()
    cut: bool = False
    """Whether it goes on over several days from one hour to another, which no date can say."""


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


def put_timetable(
    draft: Draft, occurrences: Sequence[Occurrence], job: ImportJob, place: Place
) -> bool:
    """Give a record the nearest true date for all that it occurs on; return whether it has one.

    Where days are many, scattered over more than the period of the kit, those outside it are left
    out and reported. A day with times has them, whatever else is said of it.
    """
    by_day: defaultdict[date, Slots] = defaultdict(frozenset)
    for each in occurrences:
        for day in each.days:
            by_day[day] |= each.slots
    kept = _near(sorted(by_day), job.period)
    groups: defaultdict[Slots, list[date]] = defaultdict(list)
    for day in kept:
        groups[by_day[day]].append(day)
    doubts: list[Sentence] = []
    if len(kept) < len(by_day):
        doubts.append(Message.counted(OUTSIDE, len(by_day) - len(kept)))
    if any(each.cut for each in occurrences):
        doubts.append(UNBROKEN)
    whole = in_turn(on_days(days, slots) for slots, days in groups.items())
    for doubt in doubts:
        job.warn("M403", place, doubt, of=draft)
    if len(groups) <= MOST_GROUPS and write_when(whole, job.language, job.period) is not None:
        return put_when(draft, whole, job, place)
    _put_sessions(draft, {day: by_day[day] for day in kept}, job, place)
    _look_at_period(draft, whole, job, place)
    return True


def _put_sessions(draft: Draft, times: Mapping[date, Slots], job: ImportJob, place: Place) -> None:
    """Give a record a session for each of its times, which no one date can say to be read."""
    moments: list[When] = []
    for day, slots in times.items():
        alone = [When("day", (day,), (slot,)) for slot in sorted(slots, key=lambda s: s.key)]
        moments += alone or [When("day", (day,))]
    said = (write_when(moment, job.language, job.period) for moment in moments)
    draft.sessions = tuple(
        Incoming("session", None, None, {"when": words}, {"": place}) for words in said if words
    )


def put_when(draft: Draft, when: When, job: ImportJob, place: Place, path: str = "when") -> bool:
    """Give a record a date; return whether there are words for it."""
    written = write_when(when, job.language, job.period)
    if written is None:
        job.error(
            "M202",
            place,
            N_("Its days are too many for one date."),
            N_("Make several events of it, or leave days out."),
            of=draft,
        )
        return False
    draft.put(path, written, place)
    if path == "when":
        _look_at_period(draft, when, job, place)
    return True


def _look_at_period(draft: Draft, when: When, job: ImportJob, place: Place) -> None:
    """Report an event that is not held in the period of the kit."""
    if job.period is None or when.meets(job.period):
        return
    written = write_when(when, job.language, job.period) or when.start.isoformat()
    job.warn(
        "M404",
        place,
        Message.of(N_("“{when}” is not in the period of the kit."), when=written),
        N_("Check the year; the event is imported with the date as it is."),
        of=draft,
        cause=N_("Their dates are not in the period of the kit."),
    )


def _near(days: list[date], period: Period | None) -> tuple[date, ...]:
    """Return the days to keep: all, or those of runs that touch the period where there are many."""
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
