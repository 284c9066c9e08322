"""The agenda: what is on, day by day or under other headings, a line or two each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from moip_press.kit import when
from moip_press.kit.geography import department_of
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Event
from moip_press.kit.model.sessions import Place, Session, by_heading
from moip_press.kit.selection import Entry, Left, said_of
from moip_press.kit.when import When
from moip_press.press.compose.moved import moved_to
from moip_press.report.messages import N_, Catalogue
from moip_press.text.collation import collation_key
from moip_press.text.folding import fold

# What comes last: events that have none of the things that headings name.
OTHERS, ELSEWHERE = N_("Other events"), N_("Other places")
ONLINE, UNPLACED = N_("Online"), N_("Place to be confirmed")
Colour = Callable[[Entry], int]
"""The colour number of an event's section."""


@dataclass(frozen=True)
class Row:
    """An event in an agenda; ``until`` says how long it goes on after the day.

    ``date`` is its day in words, or its days. ``old`` is the date that it had before it was moved
    to ``new``; at that date, ``to`` says the new one. Its ``state`` is that of its session.
    """

    event: Event
    colour: int
    date: str
    times: tuple[str, ...]
    until: str
    organisers: str
    place: str
    old: When | None = None
    new: When | None = None
    to: str = ""
    state: str = ""


@dataclass(frozen=True)
class AgendaGroup:
    """What stands under one heading of an agenda that does not go by day."""

    title: str
    items: tuple[Row, ...]


@dataclass(frozen=True)
class AgendaDay:
    """A day of an agenda; without ``date``, what is to be confirmed."""

    weekday: str
    numeral: str
    month: str
    items: tuple[Row, ...]
    date: datetime.date | None = None


def week_title(day: datetime.date, language: str, catalogue: Catalogue) -> str:
    """Return the name of the week of a day: "Semaine du 8 au 14 novembre 2021"."""
    monday = day - datetime.timedelta(days=day.weekday())
    days = when.period_in_words(monday, monday + datetime.timedelta(days=6), language)
    return catalogue.gettext("Week: {days}").format(days=days)


def by_date(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return events in the order in which they take place."""
    return tuple(sorted(entries, key=lambda entry: entry.printed.moment))


def rest_title(event: Event, by: str, catalogue: Catalogue) -> str:
    """Return the heading of an event that has none of the things that headings name.

    Without a region it is not everywhere: it is online, elsewhere, or nobody knows yet where.
    """
    if by not in {"region", "department", "place", "town"}:
        return catalogue.gettext(OTHERS)
    return catalogue.gettext(ONLINE if event.online else ELSEWHERE if event.place else UNPLACED)


def is_rest(title: str, catalogue: Catalogue) -> bool:
    """Return whether a heading is one of those of ``rest_title``, which come last."""
    return title in map(catalogue.gettext, (OTHERS, ELSEWHERE, ONLINE, UNPLACED))


class _Listed(NamedTuple):
    """A row and what it is sorted and grouped by; a date that is awaited is on the last of days."""

    day: datetime.date
    moment: When
    row: Row
    entry: Entry
    place: Place | None


def agenda(
    kit: Kit, entries: Iterable[Entry], colour: Colour, left: Iterable[Left] = ()
) -> tuple[AgendaDay, ...]:
    """Return the days on which something is on, each with what begins or is on that day.

    A range of days, and what has no end, stands on its first day and says how long it goes
    on; what takes place on several single days stands on each. What ``left`` a day for another
    is named on it.
    """
    days: dict[datetime.date, list[Row]] = {}
    for each in _by_day(kit, entries, colour, left):
        days.setdefault(each.day, []).append(each.row)
    return tuple(_agenda_day(day, rows, kit.edition.language) for day, rows in days.items())


def agenda_groups(
    kit: Kit, entries: Iterable[Entry], by: str, colour: Colour, left: Iterable[Left] = ()
) -> tuple[AgendaGroup, ...]:
    """Return an agenda under other headings than days, each group in order of date.

    By week, as by day; else, the sessions of an event that differ in their days alone are one row,
    and groups stand in the order of the alphabet, sections in that of the dossier. What the
    headings do not hold comes last.
    """
    catalogue = Catalogue(kit.edition.language)
    if by == "week":
        rows = _by_day(kit, entries, colour, left)
    else:
        rows = [each for entry in by_date(entries) for each in _in_lines(kit, entry, colour)]
        rows += [each for old in left for each in _left_rows(kit, old, colour, whole=True)]
        rows.sort(key=lambda each: each.moment)
    found: dict[str, list[Row]] = {}
    names: dict[str, str] = {}
    for each in rows:
        for name in _headings(kit, each, by, catalogue):
            found.setdefault(names.setdefault(fold(name), name), []).append(each.row)
    return tuple(AgendaGroup(name, tuple(found[name])) for name in _ordered(kit, found, by))


def _ordered(kit: Kit, names: Iterable[str], by: str) -> list[str]:
    """Return the headings in their order."""
    if by == "week":
        return list(names)
    if by == "section":
        titles = [str(section.title) for section in kit.sections()]
        return sorted(names, key=titles.index)
    catalogue = Catalogue(kit.edition.language)
    return sorted(names, key=lambda name: (is_rest(name, catalogue), collation_key(name)))


def _headings(kit: Kit, each: _Listed, by: str, catalogue: Catalogue) -> list[str]:
    """Return under which headings a row stands."""
    place = each.place
    found: Sequence[object] = ()
    match by:
        case "week":
            if not each.moment.known:
                return [catalogue.gettext("Date to be confirmed")]
            return [week_title(each.day, kit.edition.language, catalogue)]
        case "section":
            return [str(each.entry.section.title)]
        case "place":
            found = [place.in_words] if place else ()
        case "town":
            found = [place.town] if place else ()
        case "department":
            found = [department_of(place)] if place else ()
        case _:
            found = said_of(kit, each.entry, by)
    names = [str(name) for name in found if name]
    return names or [rest_title(each.entry.printed, by, catalogue)]


def _by_day(
    kit: Kit, entries: Iterable[Entry], colour: Colour, left: Iterable[Left]
) -> list[_Listed]:
    found = [each for entry in by_date(entries) for each in _rows(kit, entry, colour)]
    found += [each for old in left for each in _left_rows(kit, old, colour)]
    return sorted(found, key=lambda each: (each.day, _hour(each.moment)))


def _hour(moment: When) -> datetime.time:
    """Return what events of one day are sorted by: its hour, midnight where it has none."""
    return moment.slots[0].start if moment.slots else datetime.time.min


def _agenda_day(day: datetime.date, rows: Sequence[Row], language: str) -> AgendaDay:
    """Return a day with its rows; the last of all days stands for what is to be confirmed."""
    if day == datetime.date.max:
        awaited = Catalogue(language).gettext("Date to be confirmed")
        return AgendaDay("", "", awaited, tuple(rows))
    return AgendaDay(
        when.weekday_in_words(day, language),
        when.day_in_words(day, language),
        when.month_in_words(day, language),
        tuple(rows),
        day,
    )


def _rows(kit: Kit, entry: Entry, colour: Colour) -> Iterator[_Listed]:
    """Yield the rows of an event, each with its day: one, or one for each session."""
    event = entry.printed
    several = event.sessions or event.when.several
    for each in event.each_session() if several else (_whole(event),):
        moment = each.held or each.when
        days = moment.days if moment.kind in ("day", "days") else (moment.start,)
        yield from _row(kit, entry, colour, each, days)


def _in_lines(kit: Kit, entry: Entry, colour: Colour) -> Iterator[_Listed]:
    """Yield a row for each line of sessions."""
    event = entry.printed
    several = event.sessions or event.when.several
    for each in by_heading(event.each_session()) if several else (_whole(event),):
        if not each.left:
            yield from _row(kit, entry, colour, each, ((each.held or each.when).start,), whole=True)


def _whole(event: Event) -> Session:
    """Return an event that is held once as its only session."""
    certain = event.status in ("cancelled", "postponed")
    return Session.model_construct(
        when=event.when,
        place=event.place,
        status=event.status if certain else "confirmed",
        postponed_to=event.postponed_to if event.status == "postponed" else None,
    )


def _row(
    kit: Kit,
    entry: Entry,
    colour: Colour,
    session: Session,
    days: Iterable[datetime.date],
    *,
    whole: bool = False,
) -> Iterator[_Listed]:
    """Yield the rows of a session, one for each of the days; ``whole``, with all its dates."""
    event, language = entry.printed, kit.edition.language
    moment, place = session.held or session.when, session.place
    moved = session.status == "postponed" and session.postponed_to
    lasts = moment.kind in ("range", "open") or bool(moment.month)
    holders = when.enumeration(event.organisers, language) if event.organisers else ""
    names = str(event.organisers_line or holders)
    for day in days:
        row = Row(
            event,
            colour(entry),
            when.in_words(moment, language) if whole else _date(day, language),
            when.face(moment, language).times,
            when.in_words(moment, language) if lasts and not whole else "",
            names,
            " · ".join(filter(None, (", ".join(_where(place)), session.room))),
            old=session.when if moved else None,
            new=moment if moved else None,
            state="" if moved else session.status,
        )
        yield _Listed(day, moment, row, entry, place)


def _where(place: Place | None) -> list[str]:
    found = [place.venue, place.address, place.town] if place else []
    return [str(part) for part in found if part]


def _date(day: datetime.date, language: str) -> str:
    """Return a day in words, with its weekday: "mer. 18 novembre"."""
    if day == datetime.date.max:
        return ""
    weekday = when.weekday_in_words(day, language, short=True)
    return f"{weekday} {when.in_words(When('day', (day,)), language)}"


def _left_rows(kit: Kit, left: Left, colour: Colour, *, whole: bool = False) -> Iterator[_Listed]:
    """Yield a row for each day that was left."""
    old = Session.model_construct(when=left.old, place=None, status="confirmed", postponed_to=None)
    to = moved_to(left.new, Catalogue(kit.edition.language))
    days = left.old.days if left.old.kind == "days" and not whole else (left.old.start,)
    for each in _row(kit, left.entry, colour, old, days, whole=whole):
        place = left.entry.event.place
        yield each._replace(
            row=replace(each.row, until="", organisers="", to=to, state=""), place=place
        )
