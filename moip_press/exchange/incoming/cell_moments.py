"""What one cell of a table says: a moment, a day, a weekday, times, a length of time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from moip_press.exchange.incoming.event_dates import DAY
from moip_press.exchange.incoming.import_job import ImportJob
from moip_press.kit.when import Period, Slot, WhenError, parse_when
from moip_press.kit.when.vocabulary import names
from moip_press.report.diagnostics import lines_of
from moip_press.system.tables.grid import Content, Fault
from moip_press.text.folding import letters

SERIALS = range(20_000, 80_000)
"""Days since 1899 that a number in a date's cell may mean: 1954 to 2119."""

NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
MIDNIGHT = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})) 0?0:00(?::00)?\Z")
"""A day as databases export it, which says nothing of an hour."""
WEEKDAY_AND_DAY = re.compile(r"([^\W\d_]{2,9}\.?)\s+([0-9]{1,2})(?:er)?", re.IGNORECASE)
COMPACT = re.compile(r"(?:19|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
WORD = re.compile(r"[^\W\d_]{3}")
SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,10})?")
ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?"
    r"|\d{8}T\d{4}(?:\d{2})?(?:Z|[+-]\d{4})?"
)
BETWEEN_MOMENTS = re.compile(r"(?:[\s,→⤏➔⇢/–-]|-+>)*")
NARROW_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
NO_HOUR = time(0)
MONTH_FIRST = frozenset({"US", "PH"})
SEVERAL = 2
ANY_DAY = {"fr": "4 janvier 2021", "en": "4 January 2021"}
MINUTES = 24 * 60
BARE_HOUR = re.compile(r"[0-9]{1,2}")
DOTTED = re.compile(r"\b([0-9]{1,2})[.]([0-9]{2})\b")
NO_ANSWER = re.compile(r"[-–—/?.\s]*|n\.?/?[ac]\.?|néant|aucune?|none", re.IGNORECASE)
LENGTH = re.compile(
    r"(?:PT)?(?:(?P<hours>\d{1,2})\s*(?:h|heures?|hours?|hrs?|:))?"
    r"\s*(?:(?P<minutes>\d{1,3})\s*(?:m|mn|min|minutes?)?)?(?::00)?",
    re.IGNORECASE,
)


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
    far: set[str] = field(default_factory=set, compare=False)
    """The offsets of hours that are those of another zone, as they were met."""

    def languages(self, text: str) -> tuple[str, ...]:
        """Return the languages to read a date in, the kit's first; digits have no other."""
        others = ("fr", "en") if WORD.search(text) else ()
        return tuple(dict.fromkeys((self.language, *others)))

    def unambiguous(self, text: str) -> str:
        """Return a text with dates in digits in the one form that nobody misreads."""
        text = MIDNIGHT.sub(r"\1", self._with_month(text))
        if self.language == "fr" and self.day_first is not False:
            return text
        return NUMERIC.sub(self._iso, text)

    def _with_month(self, text: str) -> str:
        """Return "mardi 17" with its month, where the period has one such day."""
        found = WEEKDAY_AND_DAY.fullmatch(text)
        weekdays = weekdays_in(found[1], self.language) if found else ()
        if found is None or self.period is None or len(weekdays) != 1:
            return text
        fitting = [d for d in self.period if (d.day, d.weekday()) == (int(found[2]), weekdays[0])]
        return fitting[0].isoformat() if len(fitting) == 1 else text

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
        text = NARROW_SPACES.sub(" ", text)
        if COMPACT.fullmatch(text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]} 00:00"
        if SERIAL.fullmatch(text):
            return self.moment(float(text.replace(",", ".")))
        if not ISO_MOMENT.fullmatch(text):
            return None
        try:
            moment = datetime.fromisoformat(text.replace(" UTC", "Z").replace("UTC", "Z"))
        except ValueError:
            return None
        if moment.tzinfo is not None:
            moment = self._at_home(moment)
        return moment.replace(tzinfo=None, second=0, microsecond=0)

    def _at_home(self, moment: datetime) -> datetime:
        """Return a moment as clocks show it where it is held; midnight in UTC is a day alone."""
        here = moment.astimezone(self.zone)
        if moment.utcoffset() == timedelta(0):
            return moment if moment.time() == NO_HOUR else here
        if moment.utcoffset() != here.utcoffset():
            self.far.add(f"UTC{moment:%z}")
        return moment


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


def notation_of(job: ImportJob, epoch: date, texts: Iterable[str]) -> Notation:
    """Return how dates are written in a file, of which `texts` have dates."""
    country = job.kit.edition.country
    order = day_first(texts, job.language, str(country) if country else None)
    return Notation(job.language, job.period, epoch, job.zone, order)


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
                when = parse_when(f"{ANY_DAY[tongue]}, {each}", tongue)
            except WhenError:
                continue
            if when.kind == "day":  # else the text has days too
                return when.slots
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


def weekdays_in(text: str, language: str) -> tuple[int, ...]:
    """Return the weekdays, from Monday, 0, of a text that says nothing else: "Lundi", "lun."."""
    words = [word for word in re.split(r"[\s,;/&.]+", text.casefold()) if word]
    for tongue in dict.fromkeys((language, "fr", "en")):
        known = names(tongue)
        if words and len(words) <= 7:
            numbers = [known.weekday_numbers.get(letters(word)) for word in words]
            if None not in numbers:
                return tuple(number for number in numbers if number is not None)
    return ()


def moments_in(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield beginnings and ends of a text that lists moments in ISO, by turns, and nothing else."""
    for piece in re.split(r"[|;\n]", text):
        moments = [found[0] for found in ISO_MOMENT.finditer(piece)]
        if not moments or not BETWEEN_MOMENTS.fullmatch(ISO_MOMENT.sub("", piece)):
            return
        yield from zip(moments[::2], [*moments[1::2], None], strict=False)


def length_of(content: Content) -> timedelta | None:
    """Return the length of time of a cell: "01:30", "1 h 30", "90 min", PT1H30M."""
    if isinstance(content, time):
        return timedelta(hours=content.hour, minutes=content.minute)
    if isinstance(content, timedelta):
        return content
    found = LENGTH.fullmatch(content.strip()) if isinstance(content, str) else None
    if found is None or not (found["hours"] or re.search("[a-z]", found[0], re.IGNORECASE)):
        return None
    return timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
