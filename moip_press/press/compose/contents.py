"""What the table of contents lists: the chapters after it, and the groups they form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from moip_press.kit.model.kit import Chapter, Kit
from moip_press.kit.model.parts import (
    AboutPart,
    Contacts,
    Contents,
    Cover,
    Credits,
    Partners,
    Programme,
)

COLOURS = 6  # of sections, in turn
FURNITURE = (Cover, Contents, Contacts, AboutPart, Partners, Credits)


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
    """Tell whether the chapter is the last one of its group."""
    after = kit.chapters[number + 1 : number + 2]
    return not after or after[0].opens_group or not after[0].group


def _listed(
    kit: Kit, chapter: Chapter, anchors: Mapping[str, str], *, usual: bool
) -> Iterator[Entry]:
    sections = kit.sections()
    for part in (placed.part for placed in chapter.parts):
        title = part.contents_title or part.title
        expected = usual and not isinstance(part, FURNITURE)
        if title and (expected if part.listed is None else part.listed):
            colour = sections.index(part) % COLOURS + 1 if isinstance(part, Programme) else 1
            yield Entry(title, anchors[part.id], colour)
