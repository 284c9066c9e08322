"""The date of a table's row, from the cells that hold it: days, first and last day, times.

Whatever these cells say ends in the date, in a remark beside it, or in a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from moip_press.exchange.columns.column import YES_NO, from_cell
from moip_press.exchange.incoming.cell_moments import (
    MIDNIGHT,
    NARROW_SPACES,
    NO_HOUR,
    Notation,
    UnreadableTime,
    moments_in,
    time_slots,
    weekdays_in,
)
from moip_press.exchange.incoming.event_dates import (
    END_OF_DAY,
    LONGEST,
    Occurrence,
    occurrence,
    of_when,
)
from moip_press.kit.when import Period, Slot, When, WhenError, parse_event_when, parse_when
from moip_press.kit.when.moments import days_between
from moip_press.report.diagnostics import Message, lines_of
from moip_press.report.messages import N_
from moip_press.system.tables.grid import Content, Fault, Sentence, as_message, blank, text_of

DAYS, FIRST, LAST = "when", "when.start_date", "when.end_date"
TIMES, START, END = "when.times", "when.start_time", "when.end_time"
WEEKDAY, ALL_DAY = "when.weekday", "when.all_day"
DATE_PATHS = (DAYS, FIRST, LAST, TIMES, START, END, WEEKDAY, ALL_DAY)
TIME_BESIDE = {DAYS: START, FIRST: START, LAST: END}
MIDNIGHT_OF_DAY = re.compile(r"[\s,à-]+24(?::00|\s?h(?:\s?00)?)\s*\Z")
SMALL_HOURS = time(6)
"""Up to here an end is of the evening before."""

UNTIL = re.compile(r"(?:jusqu['’]à|jusque|à|until|till|to)\s+", re.IGNORECASE)
HOURS_SAID, DAYS_SAID = N_("Times"), N_("Dates")
SAID = {DAYS: DAYS_SAID, FIRST: DAYS_SAID, LAST: DAYS_SAID}
"""What a remark is called that holds the words of a cell; of others, that they are times."""
SEPARATORS = (r"\n", r";", r"\bpuis\b|\bthen\b", r"\s+et\s+|\s+and\s+|\n|;", r",")
LONGEST_TEXT = 2_000


class ImpossibleDate(Exception):
    """A row whose date cannot be read; `path` is the column to blame."""

    def __init__(self, path: str, message: Sentence, hint: Message | None = None) -> None:
        self.path = path
        self.message = as_message(message)
        self.hint = hint or Message(N_("Write for example 2021-11-16, and import the file again."))
        super().__init__(self.message.id)


@dataclass(frozen=True)
class Doubt:
    """What may not be meant, or was left out, in the cell of a column."""

    code: str
    path: str
    message: Message
    cause: Message | None = None


@dataclass(frozen=True)
class CellDate:
    """What the cells of a row say.

    `when` is the one date that they are; where they are dates that each have their own times,
    these are the `occurrences`. `remarks` have the words that are no date, each with what it is
    called and its column.
    """

    when: When | None
    occurrences: tuple[Occurrence, ...]
    doubts: tuple[Doubt, ...] = ()
    path: str = DAYS
    remarks: tuple[tuple[str, str, str], ...] = ()


def date_of_cells(
    cells: Mapping[str, Content], notation: Notation, day: When | None = None
) -> CellDate:
    """Return what a row's cells say of its date, by the path of their column.

    `day` is the one that stands above the row, for a row that has none. Raises `ImpossibleDate`
    where there is no date, or none that can be known without doubt.
    """
    filled = {path: cell for path, cell in cells.items() if not blank(cell)}
    for path, cell in filled.items():
        if isinstance(cell, Fault):
            raise ImpossibleDate(path, fault_message(cell))
    return _Cells(filled, notation, day).read()


def fault_message(cell: Fault) -> Message:
    """Return what is wrong with a cell that holds an error."""
    if cell.code:
        return Message.of(N_("The cell holds an error: {code}."), code=cell.code)
    return Message(N_("The cell holds a formula that was saved without its value."))


MISSING = N_("The date is missing.")
Read = When | tuple[Occurrence, ...]
"""A date, or several that each have their own times."""


class _Cells:
    """Reads the cells of one row.

    They are moved to the column that they belong to first, and taken out one by one: those that
    are left at the end go into a remark.
    """

    def __init__(self, cells: dict[str, Content], notation: Notation, day: When | None) -> None:
        self.cells = cells
        self.notation = notation
        self.day = day
        self.doubts: list[Doubt] = []
        self.weekdays: tuple[int, ...] = ()
        self.until_midnight = False
        """Whether the end is said to be 0:00, which is the end of the day before."""

    def read(self) -> CellDate:
        self._sort_out()
        path = next((each for each in (DAYS, FIRST) if each in self.cells), DAYS)
        found = self._timetable() or self._days()
        if isinstance(found, When):
            found = self._with_times(found)
            self._look_at_weekdays(found, path)
        occurrences = () if isinstance(found, When) else found
        remarks = self._remarks()
        when = found if isinstance(found, When) else None
        return CellDate(when, occurrences, tuple(self.doubts), path, remarks)

    # which cell is what

    def _sort_out(self) -> None:
        """Move what stands in a column that it is not of: a weekday, a time beside its day."""
        weekday = self.cells.pop(WEEKDAY, None)
        if weekday is not None and not self._is_weekday(weekday):
            self.cells.setdefault(DAYS, weekday)
        if self._is_weekday(self.cells.get(DAYS)):
            del self.cells[DAYS]
        if from_cell(YES_NO, text_of(self.cells.pop(ALL_DAY, None))) is True:
            for path in (TIMES, START, END):  # what programs write there says no more
                self.cells.pop(path, None)
        for path, beside in TIME_BESIDE.items():
            self._part_moment(path, beside)
        if isinstance(self.cells.get(DAYS), str) and (self.day or FIRST in self.cells):
            self._move_hours()

    def _is_weekday(self, cell: Content) -> bool:
        """Return whether a cell says nothing but a weekday, which is kept to be compared."""
        if not isinstance(cell, str):
            return False
        found = weekdays_in(cell, self.notation.language)
        self.weekdays = found or self.weekdays
        return bool(found)

    def _part_moment(self, path: str, beside: str) -> None:
        """Take apart a cell that holds a day and a time; move one that holds a time alone."""
        cell = self.cells.get(path)
        moment = self.notation.moment(cell)
        if moment is not None:
            self.cells[path] = moment.date()
            if moment.time() != NO_HOUR:
                self.cells.setdefault(beside, moment.time())
            elif path == LAST:
                self.until_midnight = ":" in str(cell)
        elif isinstance(cell, time | timedelta) or self._is_time(path, cell):
            self.cells.setdefault(beside, self.cells.pop(path))

    def _is_time(self, path: str, cell: Content) -> bool:
        """Return whether a day's cell has its time: "Début: 14 h" where "Date" has the day."""
        dated = DAYS in self.cells or self.day is not None
        return path != DAYS and dated and isinstance(cell, str) and self._reads_as_hours(cell)

    def _reads_as_hours(self, text: str) -> bool:
        try:
            return bool(time_slots(text, self.notation.language))
        except UnreadableTime:
            return False

    def _move_hours(self) -> None:
        """Move "9 h - 12 h" from the column of days, where another cell has the day."""
        if self._reads_as_hours(str(self.cells[DAYS])):
            self.cells.setdefault(TIMES, self.cells.pop(DAYS))

    # days

    def _timetable(self) -> tuple[Occurrence, ...]:
        """Return what moments say that one cell lists; such a cell says all."""
        for path in (TIMES, DAYS):
            cell = self.cells.get(path)
            found = list(moments_in(cell)) if isinstance(cell, str) else []
            both = [tuple(map(self.notation.moment, pair)) for pair in found]
            try:
                read = tuple(occurrence(begin, end) for begin, end in both if begin)
            except ValueError:
                continue
            if read and len(read) == len(both):
                for each in (path, FIRST, LAST):
                    self.cells.pop(each, None)
                return read
        return ()

    def _days(self) -> Read:
        """Return the days that the cells agree on. Raises `ImpossibleDate`."""
        first, last = self._end_of_span(FIRST), self._end_of_span(LAST)
        span = self._ranged(first, last) if isinstance(first, When) else None
        around = span or (self.day and self._ranged(self.day, last))
        if DAYS not in self.cells:
            found = around or first
            if not found:
                raise self._missing()
            return found
        try:
            said = self._written_days(DAYS, span)
        except ImpossibleDate:
            if around is None:
                raise
            return around  # its words stay in a remark
        if span is not None:
            return self._agreed(said, span)
        del self.cells[DAYS]
        return self._ranged(said, last) if isinstance(said, When) else said

    def _missing(self) -> ImpossibleDate:
        hours = next((path for path in (TIMES, START, END) if path in self.cells), None)
        if hours is None:
            sentence = N_("The weekday alone is no date.") if self.weekdays else MISSING
            return ImpossibleDate(DAYS, sentence)
        day = self.notation.period.start if self.notation.period else date(2021, 11, 16)
        hint = N_("Where all are of one day, add it: --date {day}; else add a column Date.")
        said = Message.of(hint, day=day.isoformat())
        return ImpossibleDate(hours, N_("It has hours, but no day."), said)

    def _end_of_span(self, path: str) -> Read | None:
        """Return the first or last day; the hours beside it go to their own column."""
        if path not in self.cells:
            return None
        cell = self.cells[path]
        if path == LAST and isinstance(cell, str) and MIDNIGHT_OF_DAY.search(cell):
            self.cells[path] = MIDNIGHT_OF_DAY.sub("", cell)
            self.cells.setdefault(END, NO_HOUR)
        try:
            found = self._written_days(path, None)
        except ImpossibleDate:
            if path == FIRST and DAYS in self.cells:
                return None  # its words stay in a remark
            raise
        cell = self.cells.pop(path)
        if not isinstance(found, When) or len(found.slots) > 1:
            return found
        hour = found.slots[0].start if found.slots else NO_HOUR
        if path == LAST and hour == NO_HOUR:
            midnight = bool(found.slots or (isinstance(cell, str) and MIDNIGHT.search(cell)))
            self.until_midnight = self.until_midnight or midnight
        elif found.slots:
            if found.slots[0].end is not None:
                return found
            self.cells.setdefault(TIME_BESIDE[path], hour)
        return replace(found, slots=())

    def _agreed(self, said: Read, span: When) -> Read:
        """Return what days in words and days from a first to a last one come to.

        Words without a year have that of the others, and may be more exact.
        """
        days = said.days if isinstance(said, When) else tuple(d for e in said for d in e.days)
        begins_so = len(span.days) == 1 and days[:1] == span.days
        cell = self.cells.pop(DAYS)
        if not days or not (begins_so or set(days) <= set(span.days)):
            sentence = N_(
                "“{text}” differs from the first and last day, {day}: these are imported."
            )
            text, day = text_of(cell), span.start.isoformat()
            cause = Message(N_("The dates in words differ from the first and last days."))
            self.doubts.append(Doubt("M206", DAYS, Message.of(sentence, text=text, day=day), cause))
            return span
        if isinstance(said, When) and len(days) == 1 < len(span.days):
            return replace(span, slots=said.slots)
        return said

    def _written_days(self, path: str, span: When | None) -> Read:
        """Return what a cell says. Raises `ImpossibleDate`."""
        cell = self.cells[path]
        if isinstance(cell, date):
            return When("day", (cell,))
        if not isinstance(cell, str):
            raise ImpossibleDate(path, Message.of(N_("“{text}” is not a date."), text=cell))
        text = self.notation.unambiguous(NARROW_SPACES.sub(" ", cell).strip())
        if len(text) > LONGEST_TEXT:
            raise ImpossibleDate(path, N_("This is too long to be a date."))
        period = Period(span.days[0], span.days[-1]) if span else self.notation.period
        return self._written(text, path, period)

    def _written(self, text: str, path: str, period: Period | None) -> Read:
        """Return a text as one date, else as several that each have their own times."""
        wrong: WhenError | None = None
        for language in self.notation.languages(text):
            for spelling in _spellings(text):
                try:
                    return parse_event_when(spelling, language, period)
                except WhenError as error:
                    wrong = wrong or error
        several = self._several(text, period)
        if several or wrong is None:
            return several
        raise ImpossibleDate(path, wrong.message, wrong.hint)

    def _several(self, text: str, period: Period | None) -> tuple[Occurrence, ...]:
        for separator in SEPARATORS:
            pieces = [p.strip(" ,;") for p in re.split(separator, text) if p.strip(" ,;")]
            found = [when for piece in pieces for when in self._piece(piece, period)]
            if len(pieces) > 1 and len(found) == len(pieces) and any(w.slots for w in found):
                return tuple(map(of_when, found))
        return ()

    def _piece(self, piece: str, period: Period | None) -> Iterator[When]:
        """Yield the date that a piece of a text is, if it is one with an end."""
        for language in self.notation.languages(piece):
            try:
                when = parse_when(piece, language, period)
            except WhenError:
                continue
            if when.kind != "open":
                yield when
            return

    def _ranged(self, first: When, last: Read | None) -> When:
        """Return the days from a first day to a last one, which may be the same."""
        if not isinstance(last, When) or last.days == first.days or first.kind in ("days", "range"):
            return first
        if not (first.known and last.known):
            return first
        begin, end = first.days[0], last.days[-1]
        wrong = N_("The last day comes before the first one.") if end < begin else ""
        if (end - begin).days > LONGEST:
            wrong = N_("It lasts for years.")
        if wrong:
            raise ImpossibleDate(LAST, wrong, Message(N_("Check both dates.")))
        return When("range", days_between(begin, end), first.slots, first.weekdays_written)

    def _look_at_weekdays(self, when: When, path: str) -> None:
        """Doubt a day that is another weekday than the one that is written."""
        wrong = [each.day for each in when.wrong_weekdays]
        if self.weekdays and not any(day.weekday() in self.weekdays for day in when.days):
            wrong.append(when.start)
        for day in wrong[:1]:
            said = N_("The weekday that is written does not fit {day}.")
            self.doubts.append(Doubt("M406", path, Message.of(said, day=day.isoformat())))

    # times

    def _with_times(self, when: When) -> When:
        """Return the days with their times: those in words, else from a start to an end."""
        if not when.known:
            return when
        listed = when.slots or self._slots(TIMES)
        starts = self._slots(START, most=1)
        if len(listed) == 1 and listed[0].end is None and not starts:
            starts, listed = listed, ()
        elif len(starts) == 1 and starts[0].end is not None and not listed:
            starts, listed = (), starts
        if listed:
            self._compared(START, starts, [slot.start for slot in listed])
            self._compared(END, self._slots(END, most=1), [slot.end for slot in listed])
            return replace(when, slots=listed)
        if not starts:
            if self.cells.get(END) == END_OF_DAY:
                del self.cells[END]  # from midnight to midnight: all day
            return when
        start = starts[0].start
        ends = self._slots(END, most=1)
        if ends:
            return self._until(when, start, ends[0].end or ends[0].start)
        if self.until_midnight and len(when.days) > 1:
            return self._until(when, start, NO_HOUR)
        return replace(when, slots=starts)

    def _until(self, when: When, start: time, end: time) -> When:
        """Return days with a start and an end; an end in the small hours is of the evening."""
        if start == end:
            return replace(when, slots=(Slot(start),))
        if (start, end) == (NO_HOUR, END_OF_DAY):
            return replace(when, slots=())
        days = when.days
        over = end < start and when.kind == "range"
        if over and (end <= SMALL_HOURS or len(days) == 2):
            days = days[:-1]
        return replace(_of_days(days, when), slots=(Slot(start, end),))

    def _compared(self, path: str, said: Sequence[Slot], known: Sequence[time | None]) -> None:
        """Put times into a remark that others, which are read, do not say too."""
        if said and said[0].start not in known:
            self.cells[path] = said[0].start

    def _slots(self, path: str, *, most: int | None = None) -> tuple[Slot, ...]:
        """Return the times of a column; those that cannot be read stay in their cell."""
        cell = self.cells.get(path)
        if path == END and isinstance(cell, str):
            cell = UNTIL.sub("", cell.strip(), count=1)
        try:
            found = time_slots(cell, self.notation.language)
        except UnreadableTime:
            return ()
        if most and len(found) > most:
            return ()
        self.cells.pop(path, None)
        return found

    # what is left

    def _remarks(self) -> tuple[tuple[str, str, str], ...]:
        """Return the words of cells that are no part of the date, each with what it is called."""
        texts = {path: " ".join(_words(self.cells[path]).split()) for path in self.cells}
        if START in texts and END in texts:
            texts[START] += f" – {texts.pop(END)}"
        elif END in texts:
            texts[END] = f"… – {texts[END]}"
        for path, text in texts.items():
            sentence = N_("“{text}” cannot be read as a part of the date: it stands in a note.")
            cause = Message(N_("What cannot be read as a part of the date stands in a note."))
            said = Message.of(sentence, text=text[:60])
            self.doubts.append(Doubt("M410", path, said, cause))
        return tuple((SAID.get(path, HOURS_SAID), text, path) for path, text in texts.items())


def _of_days(days: tuple[date, ...], when: When) -> When:
    """Return a date of the same sort with fewer days."""
    return when if days == when.days else When("range" if len(days) > 1 else "day", days)


def _words(cell: Content) -> str:
    return f"{cell.hour}:{cell.minute:02}" if isinstance(cell, time) else text_of(cell)


def _spellings(text: str) -> Iterable[str]:
    """Return a text with its lines as words that follow each other, and as a list."""
    lines = [line.strip(" ,;") for line in lines_of(text) if line.strip(" ,;")]
    return dict.fromkeys([" ".join(lines), ", ".join(lines)])
