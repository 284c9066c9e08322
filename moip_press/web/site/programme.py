"""The events of a site as they are looked for: by day, and by what can be said of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from moip_press.kit import selection, when
from moip_press.kit.model.kit import Kit
from moip_press.kit.selection import Entry
from moip_press.press.compose.agenda import AgendaDay, Row
from moip_press.report.messages import N_, Catalogue
from moip_press.text.collation import collation_key
from moip_press.text.folding import fold
from moip_press.web.site.shown import Cell, Choice, DayList, Filter, MonthTable

DOTS = 8  # events of a day that are drawn; of more, their number is written
ONE_DAY = datetime.timedelta(days=1)
FILTERS: Mapping[str, str] = {
    "section": N_("Section"),
    "region": N_("Region"),
    "organiser": N_("Organiser"),
    "theme": N_("Theme"),
    "audience": N_("Audience"),
    "price": N_("Price"),
}
"""By what the programme can be filtered, with what stands above each choice."""
NONE = "-"  # the value of events without a region


def filters(kit: Kit, entries: Sequence[Entry], catalogue: Catalogue) -> tuple[Filter, ...]:
    """Return the filters that tell events apart: what all say, or none, is no choice."""
    found = []
    for name, label in FILTERS.items():
        words: dict[str, str] = {}
        counts: dict[str, int] = {}
        for entry in entries:
            for said in selection.said_of(kit, entry, name):
                key = fold(said)
                words.setdefault(key, _words(entry, name, said))
                counts[key] = counts.get(key, 0) + 1
        if len(counts) < 2:
            continue
        order = list(counts)
        if name != "section":
            order.sort(key=lambda key: collation_key(words[key]))
        choices = [Choice(key, words[key], counts[key]) for key in order]
        without = sum(not selection.said_of(kit, entry, name) for entry in entries)
        if name == "region" and without:
            choices.append(Choice(NONE, catalogue.gettext(N_("No region")), without))
        found.append(Filter(name, catalogue.gettext(label), tuple(choices)))
    return tuple(found)


def _words(entry: Entry, name: str, said: str) -> str:
    return str(entry.section.contents_title or entry.section.title) if name == "section" else said


def facets(kit: Kit, entries: Sequence[Entry]) -> dict[str, dict[str, str]]:
    """Return, for each event by its id, what filters compare: values between bars."""
    return {
        entry.event.id: {
            name: "|".join(map(fold, said)) or NONE
            for name in FILTERS
            if (said := selection.said_of(kit, entry, name)) or name == "region"
        }
        for entry in entries
    }


# --- the calendar -------------------------------------------------------------------------------


def months(kit: Kit, days: Sequence[AgendaDay]) -> tuple[MonthTable, ...]:
    """Return the months of the period, with the events that begin or are on each day."""
    period, language = kit.edition.period.value, kit.edition.language
    known = {day.date: day for day in days if day.date}
    inside = frozenset(period.days) | known.keys()
    if not known:
        return ()
    first = {(period.start.year, period.start.month)}
    found = sorted({(day.year, day.month) for day in known} | first)
    return tuple(_month(year, month, known, inside, language) for year, month in found)


def _month(
    year: int,
    month: int,
    known: Mapping[datetime.date, AgendaDay],
    inside: frozenset[datetime.date],
    language: str,
) -> MonthTable:
    first = datetime.date(year, month, 1)
    monday = first - first.weekday() * ONE_DAY
    week = [monday + n * ONE_DAY for n in range(7)]
    named = tuple(
        (when.weekday_in_words(day, language, short=True), when.weekday_in_words(day, language))
        for day in week
    )
    title = f"{when.month_in_words(first, language)} {year}"
    cells = list(_cells(first, known, inside, language))
    cells = [Cell()] * first.weekday() + cells
    cells += [Cell()] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
    return MonthTable(title[:1].upper() + title[1:], named, weeks)


def _cells(
    first: datetime.date,
    known: Mapping[datetime.date, AgendaDay],
    inside: frozenset[datetime.date],
    language: str,
) -> Iterator[Cell]:
    day = first
    while day.month == first.month:
        rows = _held(known[day]) if day in known else ()
        words = f"{when.weekday_in_words(day, language)} {when.date_in_words(day, language)}"
        yield Cell(
            day.day,
            day.isoformat(),
            words,
            len(rows),
            tuple(row.colour for row in rows[:DOTS]),
            max(len(rows) - DOTS, 0),
            day not in inside,
        )
        day += ONE_DAY


def _held(day: AgendaDay) -> tuple[Row, ...]:
    """Return a row for each event that takes place on a day, as the month of the cover has discs.

    None for what was cancelled, left the day or waits for a new date.
    """
    held = (row for row in day.items if not row.to and row.state not in ("cancelled", "postponed"))
    return tuple({row.event.id: row for row in held}.values())


def days_in_words(days: Sequence[AgendaDay], language: str) -> tuple[DayList, ...]:
    """Return the days of an agenda as a site lists them."""
    return tuple(
        DayList(day.date.isoformat(), _day(day.date, language), day.items)
        if day.date
        else DayList("", day.month, day.items)
        for day in days
    )


def _day(day: datetime.date, language: str) -> str:
    words = f"{when.weekday_in_words(day, language)} {when.date_in_words(day, language)}"
    return words[:1].upper() + words[1:]
