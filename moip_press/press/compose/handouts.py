"""The pages that a handout adds to those of the dossier, as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moip_press.kit.model.fields import Prose
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.kit.model.records import Logo
from moip_press.kit.selection import Entry
from moip_press.kit.when import date_in_words, period_in_words
from moip_press.press.compose.calendar import standing, strip
from moip_press.press.compose.chapters import Composed, Composer
from moip_press.press.compose.contents import contents
from moip_press.press.compose.excerpts import Excerpt
from moip_press.press.compose.gathering import agenda, by_date, groups

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
            "strip": strip(kit.edition.period.value, [entry.event for entry in by_date(entries)]),
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
