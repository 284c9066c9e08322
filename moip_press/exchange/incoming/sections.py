"""To which section of the programme a record says it belongs."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from moip_press.exchange.columns import heading_key
from moip_press.kit.model.kit import Kit

NEAR = 75
"""How alike two titles are, of 100, for one to be offered in place of the other."""


class Sections:
    """The sections of a kit, found by their id or one of their titles."""

    def __init__(self, kit: Kit, chosen: str | None = None) -> None:
        sections = kit.sections()
        self.chosen = chosen
        self.ids = tuple(section.id for section in sections)
        self.titles = {section.id: str(section.title) for section in sections}
        self._known: dict[str, str] = {}
        for section in sections:
            for name in (section.contents_title, section.title, section.id):
                if name:
                    self._known[heading_key(name)] = section.id

    @property
    def usual(self) -> str | None:
        """The section of what says nothing of its own: the one chosen, or the only one."""
        return self.chosen or (self.ids[0] if len(self.ids) == 1 else None)

    def find(self, name: str) -> str | None:
        """Return the id of the section of this id or title, in any spelling."""
        return self._known.get(heading_key(name)) if name.strip() else None

    def first(self, names: Iterable[str]) -> str | None:
        """Return the first section that one of these names, such as keywords, names."""
        return next((found for name in names if (found := self.find(name))), None)

    def nearest(self, name: str) -> str | None:
        """Return the title of the section that may be meant, to offer it, never to take it."""
        key = heading_key(name)
        found = process.extractOne(key, list(self._known), scorer=fuzz.WRatio, score_cutoff=NEAR)
        return self.titles[self._known[found[0]]] if found else None
