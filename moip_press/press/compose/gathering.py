"""The pages that handouts add to those of the dossier: gathered events, head, contacts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moip_press.kit import press_contacts, when
from moip_press.kit.model.fields import Prose
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.kit.model.records import Event, Logo
from moip_press.kit.model.sessions import Place, days_in
from moip_press.kit.selection import Entry, Left
from moip_press.kit.when import When, date_in_words, period_in_words
from moip_press.press.compose.calendar import same_days, standing, strip
from moip_press.press.compose.chapters import Composed, Composer, Excerpt, contents
from moip_press.press.compose.moved import moved_to
from moip_press.report.messages import Catalogue
from moip_press.text.collation import collation_key

FRANCE = "FR"
ALPHABETIC = ("region", "organiser", "theme")
"""What groups of events are in order of their names by."""


@dataclass(frozen=True)
class Item:
    """An event in a group: its section's colour, and whether its days are those before it.

    ``also`` are the days of sessions that the handout does not hold. At the date that it ``left``,
    ``to`` says where it was moved to.
    """

    event: Event
    colour: int
    same_day: bool
    heading: str
    also: When | None = None
    left: When | None = None
    to: str = ""


@dataclass(frozen=True)
class Group:
    """Events under a heading, or under none."""

    title: str | None
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Row:
    """An event in an agenda; ``until`` says how long it goes on after the day.

    ``old`` is the date that it had before it was moved; at that date, ``to`` says the new one.
    """

    event: Event
    colour: int
    times: tuple[str, ...]
    until: str
    organisers: str
    place: str
    old: When | None = None
    to: str = ""


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
    kit: Kit,
    entries: Iterable[Entry],
    by: str | None,
    colour: Colour,
    catalogue: Catalogue,
    left: Iterable[Left] = (),
) -> tuple[Group, ...]:
    """Return the events under headings, each group and all groups in order of date.

    Without ``by``, the headings are weeks, or the days of a single one. What has no region
    or theme comes last. One group alone has no heading. The dates that events ``left`` stand
    among the others.
    """
    ordered = _placed(entries, left)
    found = _grouped(kit, ordered, by or "week", catalogue)
    if by is None and len(found) == 1:
        found = _grouped(kit, ordered, "day", catalogue)
    names = sorted(found, key=collation_key) if by in ALPHABETIC else list(found)
    last = _rest(kit, by or "", catalogue)
    names = [name for name in names if name != last] + [name for name in names if name == last]
    alone = len(names) == 1 and by is None
    heading = "h2" if alone else "h3"
    return tuple(
        Group(None if alone else name, _items(found[name], colour, heading, catalogue))
        for name in names
    )


Placed = tuple[When, Entry, Left | None]
"""An event at its date, or at one that it left."""


def _placed(entries: Iterable[Entry], left: Iterable[Left]) -> list[Placed]:
    """Return events and the dates that were left, in order of date."""
    placed: list[Placed] = [(entry.printed.moment, entry, None) for entry in entries]
    placed += [(each.old, each.entry, each) for each in left]
    return sorted(placed, key=lambda each: each[0])


def _grouped(
    kit: Kit, ordered: Iterable[Placed], by: str, catalogue: Catalogue
) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for placed in ordered:
        found.setdefault(_heading(kit, placed, by, catalogue), []).append(placed)
    return found


def _heading(kit: Kit, placed: Placed, by: str, catalogue: Catalogue) -> str:
    moment, entry, _ = placed
    event, language = entry.printed, kit.edition.language
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


def _items(
    placed: Sequence[Placed], colour: Colour, heading: str, catalogue: Catalogue
) -> tuple[Item, ...]:
    same = same_days([entry.printed for _, entry, _ in placed])
    return tuple(
        Item(entry.printed, colour(entry), again, heading, entry.also)
        if left is None
        else Item(
            entry.printed,
            colour(entry),
            same_day=False,
            heading=heading,
            left=left.old,
            to=moved_to(left.new, catalogue),
        )
        for (_, entry, left), again in zip(placed, same, strict=True)
    )


def agenda(
    kit: Kit, entries: Iterable[Entry], colour: Colour, left: Iterable[Left] = ()
) -> tuple[AgendaDay, ...]:
    """Return the days on which something is on, each with what begins or is on that day.

    A range of days, and what has no end, stands on its first day and says how long it goes
    on; what takes place on several single days stands on each. What ``left`` a day for another
    is named on it.
    """
    found = [each for entry in by_date(entries) for each in _rows(kit, entry, colour)]
    found += [each for old in left for each in _left_rows(kit, old, colour)]
    days: dict[datetime.date, list[Row]] = {}
    for day, _, row in sorted(found, key=lambda each: (each[0], hour(each[1]))):
        days.setdefault(day, []).append(row)
    return tuple(_agenda_day(day, days[day], kit.edition.language) for day in sorted(days))


def hour(moment: When) -> datetime.time:
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
    )


def _rows(kit: Kit, entry: Entry, colour: Colour) -> Iterator[tuple[datetime.date, When, Row]]:
    """Yield the rows of an event, each with its day: one, or one for each session."""
    event = entry.printed
    if event.sessions or event.when.several:
        for day, sessions in days_in(event.each_session()).items():
            for session in sessions:
                moment = session.held or session.when
                row = _row(kit, entry, colour, moment, session.place)
                moved = session.when if session.status == "postponed" else None
                yield day, moment, replace(row, old=moved)
        return
    moment = event.moment
    row = _row(kit, entry, colour, moment, event.place)
    row = replace(row, old=event.when if event.status == "postponed" else None)
    for day in moment.days if moment.kind == "days" else (moment.start,):
        yield day, moment, row


def _left_rows(kit: Kit, left: Left, colour: Colour) -> Iterator[tuple[datetime.date, When, Row]]:
    """Yield a row for each day that was left."""
    row = _row(kit, left.entry, colour, left.old, None)
    to = moved_to(left.new, Catalogue(kit.edition.language))
    for day in left.old.days if left.old.kind == "days" else (left.old.start,):
        yield day, left.old, replace(row, until="", organisers="", to=to)


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
    left: tuple[Left, ...] = ()
    contacts: tuple[str, ...] = ()


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
        values["foot_line"] = self._foot(sheet.contacts)
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
        values["foot_line"] = self._foot(sheet.contacts)
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
            "foot_line": self._foot(gathering.contacts),
            "count": len(standing(entry.event for entry in entries)),
            "strip": strip(kit.edition.period.value, [entry.printed for entry in by_date(entries)]),
        }
        form = "agenda" if gathering.by == AGENDA else "gathered"
        if form == "agenda":
            values["days"] = agenda(kit, entries, self._colour, gathering.left)
        else:
            catalogue = self._composer.catalogue
            values["groups"] = groups(
                kit, entries, gathering.by, self._colour, catalogue, gathering.left
            )
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

    def _foot(self, contacts: tuple[str, ...]) -> str:
        return self._composer.foot_line(press_contacts.named(self._kit.edition, contacts))

    def _entries(self) -> list[Any]:
        found = contents(self._kit, self._composer.anchors)
        return [entry for each in found for entry in (each.entries or (each,)) if entry.anchor]

    def _colour(self, entry: Entry) -> int:
        return self._composer.colour_of(entry.section)
