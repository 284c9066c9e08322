"""Where everything of a kit stands on its site: an address for each part, event, lab and person.

Addresses are made of the ids of records and of the kit's language, and of nothing that changes when
words are corrected. All are files, so that a site works from a folder as from a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from moip_press.kit import selection
from moip_press.kit.model.fields import free_name, slug
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import (
    AboutPart,
    Agenda,
    Article,
    BackCover,
    Changes,
    Communique,
    Contacts,
    Contents,
    Cover,
    Credits,
    Custom,
    Editorial,
    Index,
    Interview,
    Part,
    Partners,
    Programme,
)
from moip_press.kit.selection import Entry
from moip_press.press.compose.calendar import standing
from moip_press.text.collation import collation_key
from moip_press.text.folding import fold
from moip_press.web.addresses import Target
from moip_press.web.people import Voice, voices

FRONT = "index.html"
PAGES: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "front": FRONT,
        "agenda": "programme.html",
        "map": "carte.html",
        "pictures": "images.html",
        "contacts": "contacts.html",
        "whole": "integral.html",
        "contents": "plan.html",
        "changes": "changements.html",
        "accessibility": "accessibilite.html",
    },
    "en": {
        "front": FRONT,
        "agenda": "programme.html",
        "map": "map.html",
        "pictures": "pictures.html",
        "contacts": "contacts.html",
        "whole": "all.html",
        "contents": "contents.html",
        "changes": "changes.html",
        "accessibility": "accessibility.html",
    },
}
"""The pages that every site has, by the language of the kit."""
FOLDERS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "part": "rubriques",
        "section": "programme",
        "event": "evenements",
        "lab": "laboratoires",
        "person": "personnes",
        "region": "regions",
        "organiser": "organisateurs",
        "theme": "themes",
        "file": "telechargements",
    },
    "en": {
        "part": "pages",
        "section": "programme",
        "event": "events",
        "lab": "labs",
        "person": "people",
        "region": "regions",
        "organiser": "organisers",
        "theme": "themes",
        "file": "downloads",
    },
}
"""The folders of what a kit has several of."""
ASSETS = "assets"
CARD = f"{ASSETS}/card.png"
"""The picture that stands for the site, and for an event that has none."""
STANDING: Mapping[type[Part], str] = {
    Cover: "front",
    Contents: "contents",
    Contacts: "contacts",
    AboutPart: "contacts",
    Partners: "contacts",
    Credits: "pictures",
    BackCover: "contacts",
    Changes: "changes",
    Agenda: "agenda",
    Index: "contents",
}
"""Parts of the dossier that have no page of their own: where what they say stands on the site."""
READ = (Article, Communique, Custom, Editorial, Interview)
GROUPED = ("region", "organiser", "theme")
"""By what events are gathered on pages of their own, as handouts gather them."""


@dataclass(frozen=True)
class Gathered:
    """The events of one region, organiser or theme."""

    key: str
    name: str
    id: str
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """How many of them have not been cancelled."""
        return len(standing(entry.event for entry in self.entries))


@dataclass(frozen=True)
class Plan:
    """The addresses of a kit's site, each as a path from its front page."""

    kit: Kit
    pages: Mapping[str, str] = field(init=False)
    folders: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pages", PAGES[self.kit.edition.language])
        object.__setattr__(self, "folders", FOLDERS[self.kit.edition.language])

    def of(self, kind: str, name: str) -> str:
        """Return the address of a record: of a kind, with an id."""
        return f"{self.folders[kind]}/{name}.html"

    def to(self, target: Target) -> str | None:
        """Return where a link of a piece leads; None where it leads nowhere."""
        if target.kind == "contact":
            return f"{self.pages['contacts']}#contact-{target.id}"
        if target.kind == "block":
            within = self._parts.get(target.within)
            return f"{within}#{target.anchor}" if within else None
        if target.kind in ("part", "section"):
            return self._parts.get(target.id)
        return self.of(target.kind, target.id)

    def is_read(self, target: Target) -> bool:
        """Return whether the whole kit on one page holds a target."""
        held = target.within or target.id
        return any(part.id == held for part in (*self.read, *self.kit.sections()))

    def links(self, root: str) -> Callable[[Target], str | None]:
        """Return the links of pieces on a page from which the front page is at ``root``."""

        def address(target: Target) -> str | None:
            found = self.to(target)
            return None if found is None else root + found

        return address

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for placed in self.kit.parts():
            part = placed.part
            if isinstance(part, Programme):
                found[part.id] = self.of("section", part.id)
            elif isinstance(part, READ):
                found[part.id] = self.of("part", part.id)
            elif type(part) in STANDING:
                found[part.id] = self.pages[STANDING[type(part)]]
        return found

    @cached_property
    def read(self) -> tuple[Part, ...]:
        """The parts that have a page of their own, but for sections."""
        return tuple(each.part for each in self.kit.parts() if isinstance(each.part, READ))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Who speaks in the kit."""
        return voices(self.kit)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The events of the kit, in its order."""
        return selection.entries(self.kit)

    @cached_property
    def gathered(self) -> Mapping[str, tuple[Gathered, ...]]:
        """The regions, organisers and themes of the events, in the order of the alphabet."""
        return {key: tuple(self._gathered(key)) for key in GROUPED}

    def _gathered(self, key: str) -> Iterator[Gathered]:
        names: dict[str, str] = {}
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            for name in selection.said_of(self.kit, entry, key):
                folded = fold(name)
                names.setdefault(folded, name)
                found.setdefault(folded, []).append(entry)
        used: set[str] = set()
        for folded in sorted(found, key=lambda each: collation_key(names[each])):
            name = free_name(slug(names[folded]), used)
            used.add(name)
            yield Gathered(key, names[folded], name, tuple(found[folded]))


def root_of(path: str) -> str:
    """Return how a page at ``path`` reaches the folder of the front page: "" or "../"."""
    return "../" * path.count("/")
