"""The pages that handouts add to those of the dossier: gathered events, head, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moip_press.kit import press_contacts, when
from moip_press.kit.model.fields import Prose
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.kit.model.records import Event, Logo
from moip_press.kit.selection import Entry, Left, said_of
from moip_press.kit.when import When, date_in_words, period_in_words
from moip_press.press.compose.agenda import (
    Colour,
    agenda,
    by_date,
    is_rest,
    rest_title,
    week_title,
)
from moip_press.press.compose.calendar import goes_on, standing, strip
from moip_press.press.compose.chapters import Composed, Composer, Excerpt
from moip_press.press.compose.contents import contents
from moip_press.press.compose.moved import moved_to
from moip_press.report.messages import Catalogue
from moip_press.text.collation import collation_key

FEW = 4  # events that need no headings: each says its day
IN_ORDER = (None, "section", "week", "day")
"""What groups of events are in order of date by; by others, in order of their names."""


@dataclass(frozen=True)
class Item:
    """An event in a group: its section's colour, and whether its days are those before it.

    ``within`` is the group and the day that go on where a page begins with it; ``also`` are the
    days of sessions that the handout does not hold. At the date that it ``left``, ``to`` says where
    it was moved to.
    """

    event: Event
    colour: int
    same_day: bool
    heading: str
    also: When | None = None
    left: When | None = None
    to: str = ""
    within: str = ""


@dataclass(frozen=True)
class Group:
    """Events under a heading, or under none."""

    title: str | None
    items: tuple[Item, ...]


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
    among the others; among few, only those of events whose new date is elsewhere.
    """
    events = tuple(entries)
    few = by is None and len(events) <= FEW
    whole = {entry.event.id for entry in events if few and entry.also is None}
    ordered = _placed(events, (each for each in left if each.entry.event.id not in whole))
    found = {"": ordered} if few else _grouped(kit, ordered, by or "week", catalogue)
    if by is None and len(found) == 1 and not few:
        found = _grouped(kit, ordered, "day", catalogue)
    names = sorted(found, key=collation_key) if by not in IN_ORDER else list(found)
    names.sort(key=lambda name: is_rest(name, catalogue))
    alone = len(names) == 1 and by is None
    heading = "h2" if alone else "h3"
    return tuple(
        Group(title, tuple(_items(found[name], _Under(title, by, heading), colour, catalogue)))
        for name in names
        for title in (None if alone else name,)
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
    language = kit.edition.language
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
        case _:
            named = iter(said_of(kit, entry, by))
            return next(named, None) or rest_title(entry.printed, by, catalogue)


@dataclass(frozen=True)
class _Under:
    """What events of a group stand under: its title, what groups are by, how titles are tagged."""

    title: str | None
    by: str | None
    heading: str

    def within(self, day: str) -> str:
        """Return what goes on with an event: its group, and its day unless one says both."""
        if self.by in (None, "day", "week"):
            return day or self.title or ""
        return " · ".join(filter(None, (self.title, day)))


def _items(
    placed: Sequence[Placed], under: _Under, colour: Colour, catalogue: Catalogue
) -> Iterator[Item]:
    above: Event | None = None
    for moment, entry, left in placed:
        event = entry.printed
        again = left is None and goes_on(above, event)
        above = event if left is None else None
        yield Item(
            event,
            colour(entry),
            again,
            under.heading,
            entry.also if left is None else None,
            left.old if left else None,
            moved_to(left.new, catalogue) if left else "",
            under.within(when.in_words(moment, catalogue.language) if again else ""),
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

    def band(self, *, logo: bool = False) -> str:
        """Return the strip for the head of a page, with the ``logo`` where none stands below."""
        return self._page("band", {**self._heading(), "with_logo": logo}, over=True)

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
        heading = press_contacts.heading(sheet.contacts or edition.contacts)
        values["running_title"] = self._composer.catalogue.gettext(heading)
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
            values["code"] = self._composer.code() if len(entries) == 1 else None
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
        return self._composer.foot_line(
            press_contacts.named(self._kit.edition, contacts), self._kit.edition
        )

    def _entries(self) -> list[Any]:
        found = contents(self._kit, self._composer.anchors)
        return [entry for each in found for entry in (each.entries or (each,)) if entry.anchor]

    def _colour(self, entry: Entry) -> int:
        return self._composer.colour_of(entry.section)
