"""The pages of a site, in the order of its plan: what stands on each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from moip_press.editions.comparison.changes import Changes
from moip_press.kit import issue, press_contacts, selection
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import (
    Article,
    Communique,
    Custom,
    Editorial,
    Interview,
    Part,
    Programme,
)
from moip_press.kit.selection import Entry
from moip_press.media.pictures import Picture
from moip_press.press.compose.agenda import AgendaDay, Row, agenda, by_date
from moip_press.press.compose.calendar import standing
from moip_press.press.compose.changes import ChangeGroup, change_groups
from moip_press.report.messages import N_
from moip_press.text.typography import plain
from moip_press.web.addresses import Target
from moip_press.web.people import Voice
from moip_press.web.site import maps, opening
from moip_press.web.site.composer import SiteComposer, as_markup
from moip_press.web.site.images import Images
from moip_press.web.site.page import Page, shortened, words_of
from moip_press.web.site.pictures import offered
from moip_press.web.site.plan import CARD, GROUPED, READ, Gathered, Plan
from moip_press.web.site.programme import days_in_words, facets, filters, months
from moip_press.web.site.shown import Download, MonthTable, Offered

KINDS: Mapping[type[Part], str] = {
    Editorial: N_("Editorial"),
    Interview: N_("Interview"),
    Article: N_("Article"),
    Communique: N_("Press release"),
    Custom: N_("Article"),
}
GROUPS = {"region": N_("Region"), "organiser": N_("Organiser"), "theme": N_("Theme")}


class Site:
    """All pages of one kit's site. ``kit`` is as it is printed."""

    def __init__(
        self,
        kit: Kit,
        theme: Theme,
        images: Images,
        downloads: Mapping[str, Sequence[Download]],
        pictures: Sequence[Picture],
        changes: Changes | None = None,
        address: str = "",
    ) -> None:
        self.kit = kit
        self.plan = Plan(kit)
        self.images = images
        self.composer = SiteComposer(kit, theme, self.plan, images)
        self.downloads = downloads
        self.changes = changes
        self.address = address
        self._taken = pictures
        self._say = self.composer.catalogue.gettext

    # --- what stands on several pages -----------------------------------------------------------

    @cached_property
    def colours(self) -> Mapping[str, int]:
        """The colour number of each section."""
        return {section.id: self.composer.colour_of(section) for section in self.kit.sections()}

    @cached_property
    def days(self) -> tuple[AgendaDay, ...]:
        """The days of the programme."""
        left = selection.left_dates(self.kit, ())
        return agenda(self.kit, by_date(self.plan.entries), self._colour, left)

    def _rows(self, entries: Iterable[Entry]) -> list[Row]:
        """Return events by date."""
        days = agenda(self.kit, by_date(entries), self._colour)
        return [row for day in days for row in day.items]

    def _colour(self, entry: Entry) -> int:
        return self.colours[entry.section.id]

    @cached_property
    def months(self) -> tuple[MonthTable, ...]:
        """The months of the programme."""
        return months(self.kit, self.days)

    @cached_property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """The words and paths of the menu."""
        pages = self.plan.pages
        found = []
        if self.plan.entries:
            found.append((self._say(N_("Programme")), pages["agenda"]))
        if self.has_map:
            found.append((self._say(N_("Map")), pages["map"]))
        if self.pictures:
            found.append((self._say(N_("Pictures")), pages["pictures"]))
        alone = len(self.kit.edition.contacts) == 1
        found.append((self._say(N_("Contact") if alone else N_("Contacts")), pages["contacts"]))
        if self.changes:
            found.append((self._say(N_("What has changed")), pages["changes"]))
        found.append((self._say(N_("Search")), pages["contents"]))
        return tuple(found)

    @cached_property
    def pictures(self) -> tuple[Offered, ...]:
        """The pictures of the kit that can be taken."""
        return tuple(offered(self._taken, self.images))

    @cached_property
    def regions(self) -> Mapping[str, Gathered]:
        """The regions of the map, by the codes of their areas."""
        return maps.by_code(self.plan.gathered["region"])

    @property
    def has_map(self) -> bool:
        """Whether regions of France have events."""
        return len(self.regions) > 1

    def base(self, path: str) -> str:
        """Return the address of a page, empty where it is not known."""
        return self.address + path if self.address else ""

    # --- the pages ------------------------------------------------------------------------------

    def pages(self) -> Iterator[Page]:
        """Yield all pages, the front page first."""
        yield self._front()
        if self.plan.entries:
            yield self._agenda()
        yield from map(self._part, self.plan.read)
        yield from map(self._section, self.kit.sections())
        yield from map(self._event, self.plan.entries)
        yield from map(self._lab, self.labs)
        yield from map(self._person, self.plan.voices)
        yield from (self._gathered(each) for key in GROUPED for each in self.plan.gathered[key])
        if self.has_map:
            yield self._map()
        if self.pictures:
            yield self._pictures()
        yield self._contacts()
        if self.changes:
            yield self._changes()
        yield self._whole()
        yield self._named("accessibility", self._say(N_("Accessibility")))

    def _named(
        self, name: str, title: str, values: Mapping[str, Any] | None = None, **more: Any
    ) -> Page:
        """Return a page that is the only one of its kind: its template has its name."""
        return Page(self.plan.pages[name], f"{name}.html", title, values or {}, **more)

    def _front(self) -> Page:
        edition = self.kit.edition
        lead, source = opening.lead(self.plan)
        values = {
            "lead": lead,
            "lead_from": source,
            "figures": opening.figures(self.plan, len(self.labs), self.composer.catalogue),
            "months": self.months,
            "sections": [self._card(section) for section in self.kit.sections()],
            "reads": [self._read_card(part) for part in self.plan.read],
            "groups": self._groups(),
            "pictures": self.pictures[:4],
            "files": self.downloads.get("", ()),
        }
        said = edition.subject or edition.claim or edition.tagline or ""
        cover = next((t for t in self.composer.pieces if t.id == "cover"), None)
        node = self.composer.piece(cover, self.base("")).json_ld if cover else None
        return self._named(
            "front",
            str(edition.title),
            values,
            description=shortened(words_of(lead or said)),
            nodes=(node,) if node else (),
        )

    @cached_property
    def labs(self) -> tuple[Target, ...]:
        """The labs that have a page."""
        return tuple(target for target in self.composer.pieces if target.kind == "lab")

    @cached_property
    def speakers(self) -> tuple[Mapping[str, str], ...]:
        """Who can be quoted on behalf of the whole kit, with the page of their words."""
        found: list[Mapping[str, str]] = []
        for part in self.plan.read:
            if isinstance(part, Editorial | Interview):
                person = part.author if isinstance(part, Editorial) else part.person
                found.append({"name": person.name, "role": person.role or "", **self._read(part)})
        return tuple(found)

    def _read(self, part: Part) -> dict[str, str]:
        """Return the path and the kind of a part that is read, as links name it."""
        return {"path": self.plan.of("part", part.id), "kind": self._say(KINDS[type(part)])}

    def _card(self, section: Programme) -> dict[str, Any]:
        return {
            "title": str(section.contents_title or section.title),
            "path": self.plan.of("section", section.id),
            "colour": self.colours[section.id],
            "count": len(standing(section.events)),
            "pending": section.pending,
        }

    def _read_card(self, part: Part) -> dict[str, Any]:
        who = ""
        if isinstance(part, Editorial):
            who = part.author.name
        elif isinstance(part, Interview):
            who = part.person.name
        return {
            "title": self.composer.title_of_part(part),
            "who": who,
            **self._read(part),
        }

    def _groups(self) -> list[dict[str, Any]]:
        return [
            {
                "key": key,
                "label": self._say(GROUPS[key]),
                "items": [
                    {
                        "name": each.name,
                        "path": self.plan.of(key, each.id),
                        "count": each.count,
                    }
                    for each in self.plan.gathered[key]
                ],
            }
            for key in GROUPED
            if len(self.plan.gathered[key]) > 1
        ]

    def _counted(self, events: int) -> str:
        words = self.composer.catalogue.ngettext("{count} event", "{count} events", events)
        return words.format(count=events)

    def _agenda(self) -> Page:
        entries = self.plan.entries
        values = {
            "months": self.months,
            "days": days_in_words(self.days, self.kit.edition.language),
            "filters": filters(self.kit, entries, self.composer.catalogue),
            "facets": facets(self.kit, entries),
            "files": self.downloads.get("programme", ()),
        }
        title = self._say(N_("Programme"))
        description = f"{self.kit.edition.title}: {self._counted(len(standing(self.kit.events())))}"
        return self._named(
            "agenda", title, values, description=plain(description, self.kit.edition.language)
        )

    def _part(self, part: Part) -> Page:
        edition = self.kit.edition
        values = {
            "contacts": press_contacts.of_part(edition, part) or edition.contacts,
            "pictures": self._pictures_of(part.id),
            "embargo": issue.embargo_words(issue.of_parts(edition, [part])),
        }
        return self._of_piece(Target("part", part.id), "part.html", values, "article")

    def _section(self, section: Programme) -> Page:
        edition = self.kit.edition
        values = {
            "piece": None,  # search finds the events, not what a section lists of them
            "part": section,
            "colour": self.colours[section.id],
            "count": len(standing(section.events)),
            "rows": self._rows(e for e in self.plan.entries if e.section is section),
            "speakers": self.speakers,
            "contacts": press_contacts.of_part(edition, section) or edition.contacts,
            "pictures": self._pictures_of(section.id),
        }
        target = Target("section", section.id)
        return self._of_piece(target, "section.html", values, parents=(self._programme,))

    @property
    def _programme(self) -> tuple[str, str]:
        return self._say(N_("Programme")), self.plan.pages["agenda"]

    def _event(self, entry: Entry) -> Page:
        event, section, edition = entry.event, entry.section, self.kit.edition
        above = (
            self._programme,
            (str(section.contents_title or section.title), self.plan.of("section", section.id)),
        )
        values = {
            "event": event,
            "colour": self.colours[section.id],
            "links": self._links_of(event.id),
            "speakers": self.speakers,
            "pictures": self._pictures_of(event.id),
            "contacts": press_contacts.of_sections(edition, [section.id])
            or press_contacts.of_regions(edition, [event.region] if event.region else ())
            or edition.contacts,
        }
        target = Target("event", event.id, section.id)
        return self._of_piece(target, "event.html", values, "article", above)

    @cached_property
    def _gathered_of(self) -> Mapping[str, list[Gathered]]:
        found: dict[str, list[Gathered]] = {}
        for key in GROUPED:
            for each in self.plan.gathered[key]:
                for entry in each.entries:
                    found.setdefault(entry.event.id, []).append(each)
        return found

    def _links_of(self, event: str) -> list[dict[str, str]]:
        return [
            {
                "label": self._say(GROUPS[each.key]),
                "name": each.name,
                "path": self.plan.of(each.key, each.id),
            }
            for each in self._gathered_of.get(event, ())
        ]

    def _lab(self, target: Target) -> Page:
        above = (self.composer.title_of(target.within), self.plan.of("part", target.within))
        return self._of_piece(target, "part.html", {}, parents=(above,))

    def _person(self, voice: Voice) -> Page:
        return self._of_piece(Target("person", voice.id), "part.html", {}, "profile")

    def _of_piece(
        self,
        target: Target,
        template: str,
        values: Mapping[str, Any],
        kind: str = "website",
        parents: tuple[tuple[str, str], ...] = (),
    ) -> Page:
        """Return the page of a record: its piece, whom to ask about it and what is offered."""
        path = self.plan.to(target) or ""
        piece = self.composer.piece(target, self.base(path))
        node = piece.json_ld
        if node and target.kind == "event" and self.address:
            node = {"image": [self.address + CARD], **node}
        usual = {
            "piece": as_markup(piece),
            "contacts": self.kit.edition.contacts,
            "files": self.downloads.get(f"{target.kind}/{target.id}", ()),
        }
        return Page(
            path,
            template,
            piece.title,
            {**usual, **values},
            shortened(words_of(piece.html).removeprefix(piece.title).strip()),
            kind,
            parents,
            (node,) if node else (),
            (piece.kind, piece.id),
        )

    def _gathered(self, group: Gathered) -> Page:
        path = self.plan.of(group.key, group.id)
        entries = by_date(group.entries)
        pieces = [
            {
                "html": self.composer.among(Target("event", e.event.id, e.section.id), 2),
                "colour": self.colours[e.section.id],
                "path": self.plan.of("event", e.event.id),
                "title": str(e.event.title),
            }
            for e in entries
        ]
        own = (
            press_contacts.of_regions(self.kit.edition, [group.name])
            if group.key == "region"
            else ()
        )
        said = self._counted(group.count)
        values = {
            "label": self._say(GROUPS[group.key]),
            "count": said,
            "pieces": pieces,
            "rows": self._rows(entries),
            "speakers": self.speakers,
            "pictures": [
                each
                for each in self.pictures
                if not {e.event.id for e in entries}.isdisjoint(each.events)
            ],
            "contacts": own or self.kit.edition.contacts,
            "files": self.downloads.get(f"{group.key}/{group.id}", ()),
        }
        description = f"{self.kit.edition.title}: {group.name}, {said}"
        return Page(
            path,
            "gathered.html",
            self.composer.plain(group.name),
            values,
            self.composer.plain(description),
            parents=(self._programme,),
            record=(group.key, group.id),
        )

    def _map(self) -> Page:
        shown = {e.event.id for each in self.regions.values() for e in each.entries}
        values = {
            "map": maps.drawn(self.regions, self.plan, self.kit.edition.language),
            "rest": len(self.plan.entries) - len(shown),
            "groups": [group for group in self._groups() if group["key"] == "region"],
        }
        title = self._say(N_("The events by region"))
        return self._named("map", title, values, parents=(self._programme,))

    def _pictures_of(self, name: str) -> tuple[Offered, ...]:
        return tuple(each for each in self.pictures if name in (*each.parts, *each.events))

    def _pictures(self) -> Page:
        values = {"pictures": self.pictures, "files": self.downloads.get("pictures", ())}
        return self._named("pictures", self._say(N_("Pictures")), values)

    def _contacts(self) -> Page:
        values = {
            "about": self.kit.edition.about,
            "partners": self.kit.edition.partners,
            "files": self.downloads.get("", ()),
        }
        heading = press_contacts.heading(self.kit.edition.contacts)
        return self._named("contacts", self._say(heading), values)

    @cached_property
    def change_groups(self) -> tuple[ChangeGroup, ...]:
        """What has changed, under its headings; the anchors are ids of records."""
        if not self.changes:
            return ()
        known = {name: name for name in self.composer.targets}
        return tuple(change_groups(self.changes, self.composer.catalogue, known, self.colours))

    def _changes(self) -> Page:
        paths = {
            name: path
            for name, target in self.composer.targets.items()
            if (path := self.plan.to(target))
        }
        values = {"change_groups": self.change_groups, "paths": paths}
        return self._named("changes", self._say(N_("What has changed")), values)

    def _whole(self) -> Page:
        pieces: list[dict[str, Any]] = []
        for placed in self.kit.parts():
            part = placed.part
            if isinstance(part, Programme):
                events = [
                    self.composer.within(Target("event", e.id, part.id), 3) for e in part.events
                ]
                html = self.composer.within(Target("section", part.id), 2)
                pieces.append({"html": html, "colour": self.colours[part.id], "events": events})
            elif isinstance(part, READ):
                html = self.composer.within(Target("part", part.id), 2)
                pieces.append({"html": html, "colour": 1, "events": []})
        title = self._say(N_("The whole press kit on one page"))
        return self._named("whole", title, {"pieces": pieces}, listed=False)
