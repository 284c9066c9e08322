"""The date of a table's row, from the cells that tell it: days, first and last day, times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TypeVar

from moip_press.exchange.incoming import hours
from moip_press.exchange.incoming.grid import Content, Fault, blank
from moip_press.exchange.incoming.manner import NO_HOUR, Manner
from moip_press.exchange.incoming.timetable import LONGEST, Occurrence, of_when
from moip_press.kit.when import Slot, When, WhenError, parse_when
from moip_press.kit.when.moments import days_between
from moip_press.report.diagnostics import Message, lines_of
from moip_press.report.messages import N_

DAYS, FIRST, LAST = "when", "when.start_date", "when.end_date"
TIMES, START, END = "when.times", "when.start_time", "when.end_time"
PATHS = (DAYS, FIRST, LAST, TIMES, START, END)
TIME_BESIDE = {DAYS: START, FIRST: START, LAST: END}
SEPARATORS = (r"\n", r";", r"\bpuis\b|\bthen\b", r"\s+et\s+|\s+and\s+|\n|;", r",")
LONGEST_TEXT = 2_000
Read = TypeVar("Read")


class Impossible(Exception):
    """A row whose date cannot be read; `path` is the column to blame."""

    def __init__(self, path: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.id)
        self.path = path
        self.message = message
        self.hint = hint or Message(N_("Write for example 2021-11-16, and import the file again."))


@dataclass(frozen=True)
class Doubt:
    """What may not be meant, or was left out, in the cell of a column."""

    code: str
    path: str
    message: Message


@dataclass(frozen=True)
class Told:
    """What the cells of a row say.

    `when` is the one date that they are; where they tell of dates that each have their own times,
    these are the `occurrences`.
    """

    when: When | None
    occurrences: tuple[Occurrence, ...]
    doubts: tuple[Doubt, ...] = ()
    path: str = DAYS


def told(cells: Mapping[str, Content], manner: Manner) -> Told:
    """Return what a row's cells say of its date, by the path of their column.

    Raises `Impossible` where there is no date, or none that can be known without doubt.
    """
    filled = {path: cell for path, cell in cells.items() if not blank(cell)}
    for path, cell in filled.items():
        if isinstance(cell, Fault):
            raise Impossible(path, fault(cell))
    return _Cells(filled, manner).read()


def fault(cell: Fault) -> Message:
    """Return what is wrong with a cell that holds an error."""
    if cell.code:
        return Message.of(N_("The cell holds an error: {code}."), code=cell.code)
    return Message(N_("The cell holds a formula that was saved without its value."))


class _Cells:
    """Reads the cells of one row, which are moved to the column that they belong to first."""

    def __init__(self, cells: dict[str, Content], manner: Manner) -> None:
        self.cells = cells
        self.manner = manner
        self.doubts: list[Doubt] = []

    def read(self) -> Told:
        for path in TIME_BESIDE:
            self._part_moment(path)
        path = DAYS if DAYS in self.cells else FIRST
        first = self._days(path)
        if first is None:
            raise Impossible(DAYS, Message(N_("The date is missing.")))
        if not isinstance(first, When):
            return Told(None, first, tuple(self.doubts), path)
        when = self._ranged(first, self._last(path))
        if not when.slots:
            when = replace(when, slots=self._slots())
        for wrong in when.wrong_weekdays[:1]:
            said = N_("The weekday that is written does not fit {day}.")
            doubt = Message.of(said, day=wrong.day.isoformat())
            self.doubts.append(Doubt("M406", path, doubt))
        return Told(when, (of_when(when),), tuple(self.doubts), path)

    def _part_moment(self, path: str) -> None:
        """Take apart a cell that holds a day and a time; move one that holds a time alone."""
        cell, beside = self.cells.get(path), TIME_BESIDE[path]
        moment = self.manner.moment(cell)
        if moment is not None:
            self.cells[path] = moment.date()
            if moment.time() != NO_HOUR:
                self.cells.setdefault(beside, moment.time())
        elif isinstance(cell, time | timedelta) or self._is_time_of(path, cell):
            self.cells.setdefault(beside, self.cells.pop(path))

    def _is_time_of(self, path: str, cell: Content) -> bool:
        """Tell whether a cell for a day has its time, as "Début: 14 h" where "Date" has the day."""
        elsewhere = path != DAYS and DAYS in self.cells
        return elsewhere and isinstance(cell, str) and self._is_time(cell)

    def _is_time(self, text: str) -> bool:
        try:
            return bool(hours.slots(text, self.manner.language))
        except hours.Unreadable:
            return False

    # days

    def _days(self, path: str) -> When | tuple[Occurrence, ...] | None:
        cell = self.cells.get(path)
        if cell is None or isinstance(cell, time | timedelta | Fault):
            return None
        if isinstance(cell, date):
            return When("day", (cell,))
        if not isinstance(cell, str):
            raise Impossible(path, Message.of(N_("“{text}” is not a date."), text=cell))
        text = self.manner.unambiguous(cell.strip())
        if len(text) > LONGEST_TEXT:
            raise Impossible(path, Message(N_("This is too long to be a date.")))
        return self._written(text, path)

    def _written(self, text: str, path: str) -> When | tuple[Occurrence, ...]:
        """Return a text as one date, else as several that each have their own times."""
        wrong: WhenError | None = None
        for language in self.manner.languages(text):
            for spelling in _spellings(text):
                try:
                    return parse_when(spelling, language, self.manner.period)
                except WhenError as error:
                    wrong = wrong or error
        several = self._several(text)
        if several or wrong is None:
            return several
        raise Impossible(path, wrong.message, wrong.hint)

    def _several(self, text: str) -> tuple[Occurrence, ...]:
        for separator in SEPARATORS:
            pieces = [p.strip(" ,;") for p in re.split(separator, text) if p.strip(" ,;")]
            found = [when for piece in pieces for when in self._piece(piece)]
            if len(pieces) > 1 and len(found) == len(pieces) and any(w.slots for w in found):
                return tuple(map(of_when, found))
        return ()

    def _piece(self, piece: str) -> Iterator[When]:
        """Yield the date that a piece of a text is, if it is one with an end."""
        for language in self.manner.languages(piece):
            try:
                when = parse_when(piece, language, self.manner.period)
            except WhenError:
                continue
            if when.kind != "open":
                yield when
            return

    def _last(self, path: str) -> When | None:
        """Return the last day, from its own cell, or from the first day's where days lead."""
        found = self._days(LAST)
        return found if isinstance(found, When) and path in (DAYS, FIRST) else None

    def _ranged(self, first: When, last: When | None) -> When:
        """Return the days from a first day to a last one, which may be the same."""
        if last is None or last.days == first.days or first.kind in ("days", "range"):
            return first
        if last.days[-1] < first.days[0]:
            said = Message(N_("The last day comes before the first one."))
            raise Impossible(LAST, said, Message(N_("Check both dates.")))
        if (last.days[-1] - first.days[0]).days > LONGEST:
            raise Impossible(
                LAST, Message(N_("It lasts for years.")), Message(N_("Check both dates."))
            )
        days = days_between(first.days[0], last.days[-1])
        return When("range", days, first.slots, first.weekdays_written)

    # times

    def _slots(self) -> tuple[Slot, ...]:
        listed = self._read(hours.slots, TIMES) or ()
        start, end = self._read(hours.single, START), self._read(hours.single, END)
        if len(listed) == 1 and start is None:
            start = listed[0]
        if start is None or len(listed) > 1 or (listed and listed[0].end is not None):
            return listed
        if end is None or start.end is not None or end.start == start.start:
            return (start,)
        return (Slot(start.start, end.end or end.start),)

    def _read(self, read: Callable[[Content, str], Read], path: str) -> Read | None:
        cell = self.cells.get(path)
        if cell is None:
            return None
        try:
            return read(cell, self.manner.language)
        except hours.Unreadable:
            said = N_("The times “{text}” cannot be read: they are left out.")
            message = Message.of(said, text=" ".join(str(cell).split())[:60])
            self.doubts.append(Doubt("M402", path, message))
            return None


def _spellings(text: str) -> Iterable[str]:
    """Return a text with its lines as words that follow each other, and as a list."""
    lines = [line.strip(" ,;") for line in lines_of(text) if line.strip(" ,;")]
    return dict.fromkeys([" ".join(lines), ", ".join(lines)])
