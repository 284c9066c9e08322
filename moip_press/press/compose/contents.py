"""The table of contents: what is listed in it, under which titles and in which colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moip_press.kit.model.kit import Chapter, Kit
from moip_press.kit.model.parts import (
    AboutPart,
    Agenda,
    BackCover,
    Contacts,
    Contents,
    Cover,
    Credits,
    Index,
    Part,
    Partners,
    Programme,
)
from moip_press.report.messages import N_, Catalogue

COLOURS = 6  # of sections, in turn, where the theme has none of its own
SHAPES = 4  # of their dots on the cover: disc, square, ring, frame
FURNITURE = (Cover, Contents, Contacts, AboutPart, Partners, Credits, BackCover)
"""Parts that the contents leave out, unless they say otherwise."""
TITLES: dict[type[Part], str] = {Agenda: N_("Agenda"), Index: N_("Index")}
"""What parts are called in the contents that need no title of their own."""


@dataclass(frozen=True)
class Entry:
    """One line of the contents, or a group: a heading without anchor, over its ``entries``."""

    title: str
    anchor: str | None = None
    colour: int = 1
    entries: tuple[Entry, ...] = ()


def contents(kit: Kit, anchors: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the entries in the order of the dossier.

    What stands before or beside the contents page is not listed, nor what has no title;
    ``listed`` on a part overrides both.
    """
    entries: list[Entry] = []
    group: list[Entry] = []
    beyond = not any(isinstance(placed.part, Contents) for placed in kit.parts())
    for number, chapter in enumerate(kit.chapters):
        here = any(isinstance(placed.part, Contents) for placed in chapter.parts)
        listed = tuple(_listed(kit, chapter, anchors, usual=beyond and not here))
        if chapter.group:
            group.extend(listed)
        else:
            entries.extend(listed)
        if group and _closes_group(kit, number):
            entries.append(Entry(str(chapter.group), entries=tuple(group)))
            group = []
        beyond = beyond or here
    return tuple(entries)


def _closes_group(kit: Kit, number: int) -> bool:
    """Return whether the chapter is the last one of its group."""
    after = kit.chapters[number + 1 : number + 2]
    return not after or after[0].opens_group or not after[0].group


def _listed(
    kit: Kit, chapter: Chapter, anchors: Mapping[str, str], *, usual: bool
) -> Iterator[Entry]:
    for part in (placed.part for placed in chapter.parts):
        title = part.contents_title or part.title or usual_title(part, kit.edition.language)
        expected = usual and not isinstance(part, FURNITURE)
        if title and (expected if part.listed is None else part.listed):
            colour = section_colour(kit, part) if isinstance(part, Programme) else 1
            yield Entry(title, anchors[part.id], colour)


def usual_title(part: Part, language: str) -> str | None:
    """Return what a part is called that needs no title of its own."""
    title = TITLES.get(type(part))
    return Catalogue(language).gettext(title) if title else None


def section_colour(kit: Kit, section: Programme) -> int:
    """Return the colour number of a section, from 1, by its order in the dossier."""
    return kit.section_places[section.id] % _colours(kit) + 1


def section_shape(kit: Kit, section: Programme) -> int:
    """Return the number of a section's shape on the cover, from 1.

    It is the next one each time that the colours begin again.
    """
    return kit.section_places[section.id] // _colours(kit) % SHAPES + 1


def _colours(kit: Kit) -> int:
    return len(kit.looks.colours.sections) or COLOURS
