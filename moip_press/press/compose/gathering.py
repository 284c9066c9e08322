"""Events gathered from all sections: sorted by date, under headings, or day by day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from moip_press.kit import when
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Event
from moip_press.kit.selection import Entry
from moip_press.press.compose.calendar import as_it_stands, same_days
from moip_press.report.messages import Catalogue
from moip_press.text.folding import fold

FRANCE = "FR"


@dataclass(frozen=True)
class Item:
    """An event in a group: its section's colour, and whether its days are those before it."""

    event: Event
    colour: int
    same_day: bool
    heading: str


@dataclass(frozen=True)
class Group:
    """Events under a heading, or under none."""

    title: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Row:
    """An event in an agenda; ``until`` says how long it goes on after the day."""

    event: Event
    colour: int
    times: tuple[str, ...]
    until: str
    organisers: str
    place: str


@dataclass(frozen=True)
class AgendaDay:
    """A day of an agenda."""

    weekday: str
    numeral: str
    month: str
    items: tuple[Row, ...]


Colour = Callable[[Entry], int]


def everywhere(kit: Kit, catalogue: Catalogue) -> str:
    """Return what events are called that have no region: "Partout en France"."""
    if kit.edition.language == "fr" and kit.edition.country in (None, FRANCE):
        return catalogue.gettext("Everywhere in France")
    return catalogue.gettext("Everywhere")


def week_title(day: datetime.date, language: str, catalogue: Catalogue) -> str:
    """Return the name of the week of a day: "Semaine du 8 au 14 novembre 2021"."""
    monday = day - datetime.timedelta(days=day.weekday())
    days = when.period_in_words(monday, monday + datetime.timedelta(days=6), language)
    return catalogue.gettext("Week: {days}").format(days=days)


def by_date(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return events in the order in which they take place."""
    return tuple(sorted(entries, key=lambda entry: as_it_stands(entry.event)))


def groups(
    kit: Kit, entries: Iterable[Entry], by: str | None, colour: Colour, catalogue: Catalogue
) -> tuple[Group, ...]:
    """Return the events under headings, each group and all groups in order of date.

    Without ``by``, the headings are weeks, or the days of a single one. What has no region
    or theme comes last. One group alone has no heading.
    """
    ordered = by_date(entries)
    found: dict[str, list[Entry]] = {}
    for entry in ordered:
        found.setdefault(_heading(kit, entry, by or "week", catalogue), []).append(entry)
    if by is None and len(found) == 1:
        found = {}
        for entry in ordered:
            found.setdefault(_heading(kit, entry, "day", catalogue), []).append(entry)
    names = sorted(found, key=fold) if by in ("region", "organiser", "theme") else list(found)
    last = _rest(kit, by or "", catalogue)
    names = [name for name in names if name != last] + [name for name in names if name == last]
    alone = len(names) == 1 and by is None
    heading = "h2" if alone else "h3"
    return tuple(
        Group(None if alone else name, _items(found[name], colour, heading)) for name in names
    )


def _heading(kit: Kit, entry: Entry, by: str, catalogue: Catalogue) -> str:
    event, language = entry.event, kit.edition.language
    first = as_it_stands(event).start
    match by:
        case "section":
            return str(entry.section.title)
        case "week":
            return week_title(first, language, catalogue)
        case "day":
            day = when.date_in_words(first, language)
            return f"{when.weekday_in_words(first, language)} {day}".capitalize()
        case "organiser":
            return str(event.organisers[0]) if event.organisers else _rest(kit, by, catalogue)
        case _:
            return str(getattr(event, by) or _rest(kit, by, catalogue))


def _rest(kit: Kit, by: str, catalogue: Catalogue) -> str:
    if by == "region":
        return everywhere(kit, catalogue)
    return catalogue.gettext("Other events")


def _items(entries: Sequence[Entry], colour: Colour, heading: str) -> tuple[Item, ...]:
    same = same_days([entry.event for entry in entries])
    return tuple(
        Item(entry.event, colour(entry), again, heading)
        for entry, again in zip(entries, same, strict=True)
    )


def agenda(kit: Kit, entries: Iterable[Entry], colour: Colour) -> tuple[AgendaDay, ...]:
    """Return the days on which something is on, each with what begins or is on that day.

    A range of days, and what has no end, stands on its first day and says how long it goes
    on; what takes place on several single days stands on each.
    """
    days: dict[datetime.date, list[Entry]] = {}
    for entry in by_date(entries):
        moment = as_it_stands(entry.event)
        for day in moment.days if moment.kind == "days" else (moment.start,):
            days.setdefault(day, []).append(entry)
    language = kit.edition.language
    return tuple(
        AgendaDay(
            when.weekday_in_words(day, language),
            when.day_in_words(day, language),
            when.month_in_words(day, language),
            tuple(_row(kit, entry, colour) for entry in days[day]),
        )
        for day in sorted(days)
    )


def _row(kit: Kit, entry: Entry, colour: Colour) -> Row:
    event, language = entry.event, kit.edition.language
    moment = as_it_stands(event)
    place = event.place
    where = [place.venue, place.address, place.town] if place else []
    return Row(
        event,
        colour(entry),
        when.face(moment, language).times,
        when.in_words(moment, language) if moment.kind in ("range", "open") else "",
        str(event.organisers_line or when.enumeration(event.organisers, language))
        if event.organisers or event.organisers_line
        else "",
        ", ".join(str(part) for part in where if part),
    )
