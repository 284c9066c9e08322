"""How dates are written in a table: which number is the day, and whose clock is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from moip_press.exchange.incoming.grid import Content
from moip_press.kit.when import Period

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


@dataclass(frozen=True)
class Manner:
    """How dates are written in a file.

    `epoch` is the day that dates in numbers are counted from. `day_first` tells whether 9/11/2021
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
        """Return a text with dates in digits told in the one way that nobody misreads."""
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
