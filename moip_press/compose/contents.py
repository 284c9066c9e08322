"""What the table of contents lists: the chapters after it, and the groups they form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from moip_press.model.kit import Kit
from moip_press.model.parts import (
    AboutPart,
    Contacts,
    Contents,
    Cover,
    Credits,
    Partners,
    Programme,
)

FURNITURE = (Cover, Contents, Contacts, AboutPart, Partners, Credits)


@dataclass(frozen=True)
class Entry:
    """One line of the contents; ``anchor`` is ``None`` for the heading of a group."""

    title: str
    anchor: str | None
    level: int
    colour: int


def contents(kit: Kit, anchors: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the entries in the order of the dossier.

    What stands before or beside the contents page is not listed, nor what has no title;
    ``listed`` on a part overrides both.
    """
    entries: list[Entry] = []
    sections = kit.sections()
    heading: str | None = None
    beyond = not any(isinstance(placed.part, Contents) for placed in kit.parts())
    for chapter in kit.chapters:
        here = any(isinstance(placed.part, Contents) for placed in chapter.parts)
        if chapter.opens_group or not chapter.group:
            heading = chapter.group
        for part in (placed.part for placed in chapter.parts):
            usual = beyond and not here and not isinstance(part, FURNITURE)
            title = part.contents_title or part.title
            if title and (usual if part.listed is None else part.listed):
                if heading:
                    entries.append(Entry(heading, None, 1, 1))
                    heading = None
                colour = sections.index(part) % 6 + 1 if isinstance(part, Programme) else 1
                entries.append(Entry(title, anchors[part.id], 2 if chapter.group else 1, colour))
        beyond = beyond or here
    return tuple(entries)
