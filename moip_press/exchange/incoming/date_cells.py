"""The date of a table's row, from the cells that hold it: days, first and last day, times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from moip_press.exchange.incoming.batch import Sentence, as_message
from moip_press.exchange.incoming.event_dates import LONGEST, Occurrence, of_when
from moip_press.exchange.incoming.grid import Content, Fault, blank
from moip_press.kit.when import Period, Slot, When, WhenError, parse_event_when, parse_when
from moip_press.kit.when.moments import days_between
from moip_press.report.diagnostics import Message, lines_of
from moip_press.report.messages import N_

SERIALS = range(20_000, 80_000)
"""Days since 1899 that a number in a date's cell may mean: 1954 to 2119."""

NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
MIDNIGHT = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})) 0?0:00(?::00)?\Z")
"""A day as databases export it, which says nothing of an hour."""
COMPACT = re.compile(r"(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
WORD = re.compile(r"[^\W\d_]{3}")
SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,10})?")
ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
MONTH_FIRST = frozenset({"US", "PH"})
NO_HOUR = time(0)
SEVERAL = 2
ANY_DAY = {"fr": "4 janvier 2021", "en": "4 January 2021"}
DAY = timedelta(days=1)
MINUTES = 24 * 60
BARE_HOUR = re.compile(r"[0-9]{1,2}")
DOTTED = re.compile(r"\b([0-9]{1,2})[.]([0-9]{2})\b")
NO_ANSWER = re.compile(r"[-–—/?.\s]*|n\.?/?[ac]\.?|néant|aucune?|none", re.IGNORECASE)
DAYS, FIRST, LAST = "when", "when.start_date", "when.end_date"
TIMES, START, END = "when.times", "when.start_time", "when.end_time"
DATE_PATHS = (DAYS, FIRST, LAST, TIMES, START, END)
TIME_BESIDE = {DAYS: START, FIRST: START, LAST: END}
SEPARATORS = (r"\n", r";", r"\bpuis\b|\bthen\b", r"\s+et\s+|\s+and\s+|\n|;", r",")
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class Notation:
    """How dates are written in a file.

    `epoch` is the day that dates in numbers are counted from. `day_first` says whether 9/11/2021
    is of November; None where nobody knows.
    """

    language: str
    period: Period | None
    epoch: date
    zone: tzinfo
    day_first: bool | None

    def languages(self, text: str) -> tuple[str, ...]:
        """Return the languages to read a date in, the kit's first; digits have no other."""
        others = ("fr", "en") if WORD.search(text) else ()
        return tuple(dict.fromkeys((self.language, *others)))

    def unambiguous(self, text: str) -> str:
        """Return a text with dates in digits in the one form that nobody misreads."""
        text = MIDNIGHT.sub(r"\1", text)
        if self.language == "fr" and self.day_first is not False:
            return text
        return NUMERIC.sub(self._iso, text)

    def _iso(self, found: re.Match[str]) -> str:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        order = self.day_first if self.day_first is not None else _order(found)
        if order is None and first != second:
            return found[0]
        day, month = (second, first) if order is False else (first, second)
        return f"{year + 2000 if year < 100 else year:04}-{month:02}-{day:02}"

    def moment(self, cell: Content) -> datetime | None:
        """Return the moment of a cell that holds a date and time as such, or in numbers or ISO."""
        if isinstance(cell, datetime):
            return cell.replace(tzinfo=None)
        if isinstance(cell, date):
            return datetime.combine(cell, NO_HOUR)
        if isinstance(cell, int) and COMPACT.fullmatch(str(cell)):
            cell = str(cell)
        if isinstance(cell, str):
            return self._written_moment(cell.strip())
        if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in SERIALS:
            moment = datetime.combine(self.epoch, NO_HOUR) + timedelta(days=float(cell))
            # a part of a day in decimals is a second off now and then
            return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return None

    def _written_moment(self, text: str) -> datetime | None:
        if COMPACT.fullmatch(text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]} 00:00"
        if SERIAL.fullmatch(text):
            return self.moment(float(text.replace(",", ".")))
        if not ISO_MOMENT.fullmatch(text):
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.zone)
        return moment.replace(tzinfo=None, second=0, microsecond=0)


def day_first(texts: Iterable[str], language: str, country: str | None) -> bool | None:
    """Return whether 9/11/2021 is of November: by the other dates of the file, or the country.

    In French it is, but where the file has several like 11/16/2021, as programs in American
    English write: one alone may be a slip.
    """
    found = Counter(_order(each) for text in texts for each in NUMERIC.finditer(text))
    if language == "fr":
        return found[True] > 0 or found[False] < SEVERAL
    orders = found.keys() - {None}
    if len(orders) == 1:
        return orders.pop()
    return None if country is None else country.upper() not in MONTH_FIRST


def _order(found: re.Match[str]) -> bool | None:
    """Return whether a date has its day first; None where both numbers can be months."""
    first, second = int(found[1]), int(found[3])
    if first > 12 >= second:
        return True
    return False if second > 12 >= first else None


class UnreadableTime(Exception):
    """A cell whose times cannot be read."""


def clock_time(content: Content) -> time | None:
    """Return the time of a cell that holds nothing but a time; None where it holds none.

    Raises `UnreadableTime` where it cannot be one.
    """
    if isinstance(content, bool | Fault):
        raise UnreadableTime
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
        raise UnreadableTime
    return None


def _of_minutes(minutes: float) -> time:
    whole = round(minutes)
    if not 0 <= whole <= MINUTES:
        raise UnreadableTime
    return time(whole // 60 % 24, whole % 60)


def time_slots(content: Content, language: str) -> tuple[Slot, ...]:
    """Return the times of a cell, none where it is empty. Raises `UnreadableTime`."""
    time_of_day = clock_time(content)
    if time_of_day is not None:
        return (Slot(time_of_day),)
    text = str(content or "").strip()
    if NO_ANSWER.fullmatch(text):
        return ()
    for each in _time_spellings(text, language):
        for tongue in (language, "fr", "en"):
            try:
                return parse_when(f"{ANY_DAY[tongue]}, {each}", tongue).slots
            except WhenError:
                continue
    raise UnreadableTime


def _time_spellings(text: str, language: str) -> list[str]:
    """Return a text, and how it may be meant: lines as a list, "14.30" and "14" as times."""
    lines = ", ".join(line.strip(" ;,") for line in lines_of(text) if line.strip())
    found = [lines]
    if language == "fr":
        found.append(DOTTED.sub(r"\1:\2", lines))
    if BARE_HOUR.fullmatch(lines):
        found.append(f"{lines}:00")
    return found


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


@dataclass(frozen=True)
class CellDate:
    """What the cells of a row say.

    `when` is the one date that they are; where they are dates that each have their own times,
    these are the `occurrences`.
    """

    when: When | None
    occurrences: tuple[Occurrence, ...]
    doubts: tuple[Doubt, ...] = ()
    path: str = DAYS


def date_of_cells(cells: Mapping[str, Content], notation: Notation) -> CellDate:
    """Return what a row's cells say of its date, by the path of their column.

    Raises `ImpossibleDate` where there is no date, or none that can be known without doubt.
    """
    filled = {path: cell for path, cell in cells.items() if not blank(cell)}
    for path, cell in filled.items():
        if isinstance(cell, Fault):
            raise ImpossibleDate(path, fault_message(cell))
    return _Cells(filled, notation).read()


def fault_message(cell: Fault) -> Message:
    """Return what is wrong with a cell that holds an error."""
    if cell.code:
        return Message.of(N_("The cell holds an error: {code}."), code=cell.code)
    return Message(N_("The cell holds a formula that was saved without its value."))


class _Cells:
    """Reads the cells of one row, which are moved to the column that they belong to first."""

    def __init__(self, cells: dict[str, Content], notation: Notation) -> None:
        self.cells = cells
        self.notation = notation
        self.doubts: list[Doubt] = []

    def read(self) -> CellDate:
        for path in TIME_BESIDE:
            self._part_moment(path)
        path = DAYS if DAYS in self.cells else FIRST
        first = self._days(path)
        if first is None:
            raise ImpossibleDate(DAYS, N_("The date is missing."))
        if not isinstance(first, When):
            return CellDate(None, first, tuple(self.doubts), path)
        when = self._ranged(first, self._days(LAST))
        if when.known and not when.slots:
            when = replace(when, slots=self._slots())
        for wrong in when.wrong_weekdays[:1]:
            said = N_("The weekday that is written does not fit {day}.")
            doubt = Message.of(said, day=wrong.day.isoformat())
            self.doubts.append(Doubt("M406", path, doubt))
        return CellDate(when, (), tuple(self.doubts), path)

    def _part_moment(self, path: str) -> None:
        """Take apart a cell that holds a day and a time; move one that holds a time alone."""
        cell, beside = self.cells.get(path), TIME_BESIDE[path]
        moment = self.notation.moment(cell)
        if moment is not None:
            self.cells[path] = moment.date()
            if moment.time() != NO_HOUR:
                self.cells.setdefault(beside, moment.time())
        elif isinstance(cell, time | timedelta) or self._is_time(path, cell):
            self.cells.setdefault(beside, self.cells.pop(path))

    def _is_time(self, path: str, cell: Content) -> bool:
        """Return whether a day's cell has its time: "Début: 14 h" where "Date" has the day."""
        if path == DAYS or DAYS not in self.cells or not isinstance(cell, str):
            return False
        try:
            return bool(time_slots(cell, self.notation.language))
        except UnreadableTime:
            return False

    # days

    def _days(self, path: str) -> When | tuple[Occurrence, ...] | None:
        cell = self.cells.get(path)
        if cell is None or isinstance(cell, time | timedelta | Fault):
            return None
        if isinstance(cell, date):
            return When("day", (cell,))
        if not isinstance(cell, str):
            raise ImpossibleDate(path, Message.of(N_("“{text}” is not a date."), text=cell))
        text = self.notation.unambiguous(cell.strip())
        if len(text) > LONGEST_TEXT:
            raise ImpossibleDate(path, N_("This is too long to be a date."))
        return self._written(text, path)

    def _written(self, text: str, path: str) -> When | tuple[Occurrence, ...]:
        """Return a text as one date, else as several that each have their own times."""
        wrong: WhenError | None = None
        for language in self.notation.languages(text):
            for spelling in _spellings(text):
                try:
                    return parse_event_when(spelling, language, self.notation.period)
                except WhenError as error:
                    wrong = wrong or error
        several = self._several(text)
        if several or wrong is None:
            return several
        raise ImpossibleDate(path, wrong.message, wrong.hint)

    def _several(self, text: str) -> tuple[Occurrence, ...]:
        for separator in SEPARATORS:
            pieces = [p.strip(" ,;") for p in re.split(separator, text) if p.strip(" ,;")]
            found = [when for piece in pieces for when in self._piece(piece)]
            if len(pieces) > 1 and len(found) == len(pieces) and any(w.slots for w in found):
                return tuple(map(of_when, found))
        return ()

    def _piece(self, piece: str) -> Iterator[When]:
        """Yield the date that a piece of a text is, if it is one with an end."""
        for language in self.notation.languages(piece):
            try:
                when = parse_when(piece, language, self.notation.period)
            except WhenError:
                continue
            if when.kind != "open":
                yield when
            return

    def _ranged(self, first: When, last: When | tuple[Occurrence, ...] | None) -> When:
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

    # times

    def _slots(self) -> tuple[Slot, ...]:
        listed = self._times(TIMES, most=None)
        starts, ends = self._times(START, most=1), self._times(END, most=1)
        if len(listed) == 1 and not starts:
            starts = listed
        if not starts or len(listed) > 1 or (listed and listed[0].end is not None):
            return listed
        start = starts[0]
        if not ends or start.end is not None or ends[0].start == start.start:
            return starts
        return (Slot(start.start, ends[0].end or ends[0].start),)

    def _times(self, path: str, *, most: int | None) -> tuple[Slot, ...]:
        """Return the times of a column; without those that cannot be read, which is a doubt."""
        cell = self.cells.get(path)
        try:
            found = time_slots(cell, self.notation.language)
        except UnreadableTime:
            found = None
        if found is None or (most and len(found) > most):
            said = N_("The times “{text}” cannot be read: they are left out.")
            message = Message.of(said, text=" ".join(str(cell).split())[:60])
            self.doubts.append(Doubt("M402", path, message))
            return ()
        return found


def _spellings(text: str) -> Iterable[str]:
    """Return a text with its lines as words that follow each other, and as a list."""
    lines = [line.strip(" ,;") for line in lines_of(text) if line.strip(" ,;")]
    return dict.fromkeys([" ".join(lines), ", ".join(lines)])
