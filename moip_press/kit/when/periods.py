"""The period of a kit as people write it: "du 1er au 30 novembre 2021", "novembre 2021"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from moip_press.kit.when import date_faults as faults
from moip_press.kit.when.cursor import Cursor
from moip_press.kit.when.moments import Period, When, WhenError, days_between
from moip_press.kit.when.parsing import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, parse_when, resolve
from moip_press.kit.when.recurrences import WrittenDates, read_months
from moip_press.kit.when.tokens import Phrase, phrases
from moip_press.kit.when.vocabulary import VOCABULARIES
from moip_press.kit.when.written_days import WrittenDays, read_year

MONTH = re.compile(r"[^\W\d_]{3}")
BEFORE_MONTHS: Mapping[str, tuple[Phrase, ...]] = {
    "fr": phrases("de", "d'", "mois de", "mois d'", "du mois de", "du mois d'", "le mois de"),
    "en": phrases("from", "the month of", "month of"),
}


def parse_period(text: str, language: str) -> Period:
    """Return the first and the last day, whose year is written, in the language or another.

    Raises WhenError where the text says anything else than one stretch of days or months.
    """
    try:
        return _period(text, language)
    except WhenError:
        # figures alone may mean another day in another language
        for other in VOCABULARIES.keys() - {language} if MONTH.search(text) else ():
            with suppress(WhenError):
                return _period(text, other)
        raise


def _period(text: str, language: str) -> Period:
    cursor = Cursor(text[:LONGEST_TEXT], language)
    months = _months(cursor) if len(text) <= LONGEST_TEXT else None
    when = months or parse_when(text, language)
    days = when.days
    whole = days and days == days_between(days[0], days[-1])
    if not whole or when.kind == "open" or when.slots or when.several or when.recurrence:
        raise faults.no_period(cursor)
    return Period(days[0], days[-1])


def _months(cursor: Cursor) -> When | None:
    """Return the days of "novembre 2021", "d'octobre 2021 à mars 2022", "2021"."""
    year = read_year(cursor)
    if year is not None and cursor.done() and FIRST_YEAR <= year <= LAST_YEAR:
        return When("range", Period(date(year, 1, 1), date(year, 12, 31)).days)
    cursor.back(0)
    if not cursor.eat(cursor.words.whole_month):
        cursor.eat(BEFORE_MONTHS[cursor.language])
    first = cursor.at
    span = read_months(cursor)
    if span is None or not cursor.done():
        return None
    days = WrittenDays((span,), "listed", cursor.place(first))
    return resolve(cursor, WrittenDates(days), (), None)
