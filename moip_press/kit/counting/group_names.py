"""What the parts are called that a number is told apart by: regions, weeks, days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from moip_press.kit import when
from moip_press.kit.counting.counted import Share
from moip_press.kit.model.kit import Kit
from moip_press.kit.selection import week_of
from moip_press.report.messages import N_, Catalogue

TIMES = ("day", "week", "month")
WEEK_OF = N_("Week of {day}")
NOT_SAID = N_("Not said")


def group_name(kit: Kit, by: str, name: str | None) -> str:
    """Return the name of a part as it is printed: "Semaine du 5 octobre", "Bretagne"."""
    language = kit.edition.language
    catalogue = Catalogue(language)
    if name is None:
        return catalogue.gettext(NOT_SAID)
    if by not in TIMES:
        return name
    first = _first_day(by, name)
    month = when.month_in_words(first, language)
    if by == "month":
        years = kit.edition.period.start.year != kit.edition.period.end.year
        return f"{month} {first.year}" if years else month
    day = _day(first, month, language)
    return catalogue.gettext(WEEK_OF).format(day=day) if by == "week" else day


def _day(day: datetime.date, month: str, language: str) -> str:
    numeral = when.day_in_words(day, language)
    return f"{numeral} {month}"


def _first_day(by: str, name: str) -> datetime.date:
    if by == "week":
        year, _, week = name.partition("-W")
        return datetime.date.fromisocalendar(int(year), int(week), 1)
    return datetime.date.fromisoformat(name if by == "day" else f"{name}-01")


def without_gaps(by: str, shares: Sequence[Share]) -> tuple[Share, ...]:
    """Return the shares of days, weeks or months, with those between them that have none."""
    known = {each.name: each for each in shares if each.name is not None}
    if not known:
        return tuple(shares)
    names = sorted(known)
    between = _steps(by, _first_day(by, names[0]), _first_day(by, names[-1]))
    rest = (each for each in shares if each.name is None)
    return (*(known.get(name, Share(name, Decimal())) for name in between), *rest)


def _steps(by: str, first: datetime.date, last: datetime.date) -> Iterator[str]:
    day = first
    while day <= last:
        if by == "month":
            yield f"{day:%Y-%m}"
            day = (day + datetime.timedelta(days=32)).replace(day=1)
        else:
            yield day.isoformat() if by == "day" else week_of(day)
            day += datetime.timedelta(days=1 if by == "day" else 7)
