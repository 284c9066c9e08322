"""The pages that handouts add to those of the dossier: gathered events, head, contacts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moip_press.kit import when
from moip_press.kit.model.fields import Prose
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.kit.model.records import Event, Logo
from moip_press.kit.model.sessions import Place, days_in
from moip_press.kit.selection import Entry
from moip_press.kit.when import When, date_in_words, period_in_words
from moip_press.press.compose.calendar import same_days, standing, strip
from moip_press.press.compose.chapters import Composed, Composer, Excerpt, contents
from moip_press.report.messages import Catalogue
from moip_press.text.folding import fold

FRANCE = "FR"


@dataclass(frozen=True)
class Item:
    """An event in a group: its section's colour, and whether its days are those before it.

    ``also`` are the days of sessions that the handout does not hold.
    """

    event: Event
    colour: int
    same_day: bool
    heading: str
    also: When | None = None


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
    return tuple(sorted(entries, key=lambda entry: entry.printed.moment))


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
    event, language = entry.printed, kit.edition.language
    moment = event.moment
    first = moment.start
    if by in ("week", "day") and not moment.known:
        return catalogue.gettext("Date to be confirmed")
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
    same = same_days([entry.printed for entry in entries])
    return tuple(
        Item(entry.printed, colour(entry), again, heading, entry.also)
        for entry, again in zip(entries, same, strict=True)
    )


def agenda(kit: Kit, entries: Iterable[Entry], colour: Colour) -> tuple[AgendaDay, ...]:
    """Return the days on which something is on, each with what begins or is on that day.

    A range of days, and what has no end, stands on its first day and says how long it goes
    on; what takes place on several single days stands on each.
    """
    days: dict[datetime.date, list[Row]] = {}
    for entry in by_date(entries):
        for day, row in _rows(kit, entry, colour):
            days.setdefault(day, []).append(row)
    return tuple(_agenda_day(day, days[day], kit.edition.language) for day in sorted(days))


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
    )


def _rows(kit: Kit, entry: Entry, colour: Colour) -> Iterator[tuple[datetime.date, Row]]:
    """Yield the rows of an event, each with its day: one, or one for each session."""
    event = entry.printed
    if event.sessions or event.when.several:
        for day, sessions in days_in(event.each_session()).items():
            for session in sessions:
                moment = session.held or session.when
                yield day, _row(kit, entry, colour, moment, session.place)
        return
    moment = event.moment
    row = _row(kit, entry, colour, moment, event.place)
    for day in moment.days if moment.kind == "days" else (moment.start,):
        yield day, row


def _row(kit: Kit, entry: Entry, colour: Colour, moment: When, place: Place | None) -> Row:
    event, language = entry.printed, kit.edition.language
    where = [place.venue, place.address, place.town] if place else []
    return Row(
        event,
        colour(entry),
        when.face(moment, language).times,
        when.in_words(moment, language) if moment.kind in ("range", "open") or moment.month else "",
        str(event.organisers_line or when.enumeration(event.organisers, language))
        if event.organisers or event.organisers_line
        else "",
        ", ".join(str(part) for part in where if part),
    )


GATHERED = "handout--events"
CONTACTS = "handout--contacts"
ABOUT = "handout--about"
AGENDA = "day"
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """What the first and the last page of one handout say."""

    title: str
    contacts: tuple[str, ...] = ()
    foreword: Prose | None = None
    logo: Logo | None = None


@dataclass(frozen=True)
class Gathering:
    """Events of all sections, and what their headings name; see ``gathering.groups``."""

    title: str
    entries: tuple[Entry, ...]
    by: str | None
    spacing: str


class HandoutComposer:
    """Composes what handouts add to the chapters of one kit.

    ``numbers`` are the pages of all anchors in the dossier.
    """

    def __init__(self, composer: Composer, numbers: Mapping[str, int]) -> None:
        self._composer = composer
        self._kit = composer.kit
        self._beyond = Excerpt(NOTHING, numbers)

    def band(self) -> str:
        """Return the strip for the head of a page; it is the same on all handouts."""
        return self._page("band", self._heading(), over=True)

    def first(self, sheet: Sheet, numbers: Mapping[str, int], excerpt: Excerpt) -> Composed:
        """Return the page that opens a handout."""
        values = {"title": sheet.title, "foreword": sheet.foreword, "partner": sheet.logo}
        said = self._values("first", {**self._heading(), **values})
        return self._composer.document("handout/first.html", said, numbers, excerpt)

    def last(self, sheet: Sheet, *, foot: bool, about: bool, unnumbered: bool = False) -> str:
        """Return the page that ends a handout, or what stands at the ``foot`` of another.

        ``about`` is false where the boilerplate stands in the handout anyway. Empty where
        there is nothing to print.
        """
        edition = self._kit.edition
        whom = {"part": Contacts(contacts=sheet.contacts), "id": CONTACTS, "heading": "h2"}
        values: dict[str, Any] = {
            "contacts": whom if edition.contacts else None,
            "about": {"part": AboutPart(), "id": ABOUT} if about and edition.about else None,
        }
        if not any(values.values()):
            return ""
        values["entries"] = [] if foot else self._entries()
        values["running_title"] = self._composer.catalogue.gettext("Press contacts")
        return self._page("foot" if foot else "last", values, over=foot, unnumbered=unnumbered)

    def gathered(
        self, gathering: Gathering, numbers: Mapping[str, int], excerpt: Excerpt
    ) -> Composed:
        """Return events of all sections under headings; ``by`` day, as an agenda."""
        kit, entries = self._kit, gathering.entries
        values: dict[str, Any] = {
            "id": GATHERED,
            "title": gathering.title,
            "running_title": gathering.title,
            "spacing": gathering.spacing,
            "count": len(standing(entry.event for entry in entries)),
            "strip": strip(kit.edition.period.value, [entry.printed for entry in by_date(entries)]),
        }
        form = "agenda" if gathering.by == AGENDA else "gathered"
        if form == "agenda":
            values["days"] = agenda(kit, entries, self._colour)
        else:
            catalogue = self._composer.catalogue
            values["groups"] = groups(kit, entries, gathering.by, self._colour, catalogue)
        said = self._values(form, values)
        return self._composer.document(f"handout/{form}.html", said, numbers, excerpt)

    def _page(
        self, form: str, values: Mapping[str, Any], *, over: bool = False, unnumbered: bool = False
    ) -> str:
        said = {**values, "over": over, "unnumbered": unnumbered}
        template = "last" if form == "foot" else form
        return self._composer.document(
            f"handout/{template}.html", self._values(form, said), {}, self._beyond
        ).html

    @staticmethod
    def _values(form: str, values: Mapping[str, Any]) -> dict[str, Any]:
        usual = {"form": form, "colour": 1, "over": False, "unnumbered": False, "running_title": ""}
        return {**usual, **values}

    def _heading(self) -> dict[str, str]:
        """Return which edition a handout is of, and of which day, or else period."""
        edition, catalogue = self._kit.edition, self._composer.catalogue
        number = edition.edition
        period = edition.period
        issue = (
            date_in_words(edition.date_of_issue, edition.language)
            if edition.date_of_issue
            else period_in_words(period.start, period.end, edition.language)
        )
        said = catalogue.ngettext("Edition {count}", "Edition {count}", number or 0)
        return {
            "edition": said.format(count=number) if number else "",
            "issue": ", ".join(str(s) for s in (edition.place_of_issue, issue) if s)
            if edition.date_of_issue
            else issue,
        }

    def _entries(self) -> list[Any]:
        found = contents(self._kit, self._composer.anchors)
        return [entry for each in found for entry in (each.entries or (each,)) if entry.anchor]

    def _colour(self, entry: Entry) -> int:
        return self._composer.colour_of(entry.section)
