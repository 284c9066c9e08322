"""The pictures of a kit as journalists look for them: what they show, where, and by what right.

A file that is shown several times is one picture: what one place does not say of it, another may.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from moip_press.kit.model.edition import CoverPage, Edition
from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.parts import Part
from moip_press.kit.model.records import Event, Logo, Partner
from moip_press.kit.named_pictures import Pictured, pictured
from moip_press.proofread.accessibility import CREDITED
from moip_press.proofread.rights import SAID
from moip_press.text.prose import plain_text


@dataclass(frozen=True)
class Shown:
    """Where a picture is shown: the part, the event if it is one's, what that is called.

    ``id`` is the nearest id that references can name: of the event, the lab, the block, the part.
    """

    id: str
    title: str
    part: Part | None = None
    event: Event | None = None


@dataclass(frozen=True)
class Picture:
    """A picture of a kit. Texts are as a reader sees them, empty where the kit says nothing.

    ``name`` says what it shows and is that of its files, without their ending. ``until`` is the
    last day of its rights, and ``ended`` tells whether that is past. ``on_dark`` is a logo that is
    made for dark grounds.
    """

    file: str
    name: str
    is_logo: bool
    is_drawing: bool
    shown: tuple[Shown, ...]
    caption: str
    alt: str
    credit: str
    rights: str
    until: datetime.date | None
    consent: str
    ended: bool
    on_dark: bool
    placed: Placed

    @property
    def title(self) -> str:
        """What it shows, in the fewest words: its caption, its alternative, what it belongs to."""
        return self.caption or self.alt or self.shown[0].title


def pictures(kit: Kit, today: datetime.date) -> tuple[Picture, ...]:
    """Return every picture that a kit names, in the order of its pages; logos of partners last.

    Decorations are left out: they say nothing. Names are unique, and stay as they are while the
    pictures before do.
    """
    by_file: dict[str, list[Pictured]] = {}
    for each in pictured(kit):
        if not each.is_decorative:
            by_file.setdefault(each.file, []).append(each)
    names: set[str] = set()
    return tuple(_picture(kit, uses, today, names) for uses in by_file.values())


def _picture(kit: Kit, uses: list[Pictured], today: datetime.date, names: set[str]) -> Picture:
    first, images = uses[0], [each.image for each in uses]
    said = {
        name: next(filter(None, (getattr(image, name, None) for image in images)), "")
        for name in ("alt", "credit", "rights", "consent", "caption")
    }
    caption = plain_text(said["caption"])
    ends = [image.until for image in images if image.until]
    places = [_shown(kit, each) for each in uses]
    shown = tuple({place.id: place for place in reversed(places)}.values())[::-1]
    is_logo = isinstance(first.image, Logo)
    if not is_logo:
        said["credit"] = said["credit"] or _of_all(kit.edition, CREDITED)
        said["rights"] = said["rights"] or _of_all(kit.edition, SAID)
    name = _free(names, (caption or said["alt"] or shown[0].title, shown[0].title))
    names.add(name)
    return Picture(
        file=first.file,
        name=name,
        is_logo=is_logo,
        is_drawing=not first.is_photograph,
        shown=shown,
        caption=caption,
        alt=said["alt"],
        credit=said["credit"],
        rights=said["rights"],
        until=min(ends, default=None),
        consent=said["consent"],
        ended=any(end < today for end in ends),
        on_dark=any(isinstance(image, Logo) and image.on == "dark" for image in images),
        placed=first.placed,
    )


def _of_all(edition: Edition, words: re.Pattern[str]) -> str:
    """Return what the credits of a kit say for all of its pictures, where they have such words."""
    written = edition.credits or ""
    return plain_text(written) if words.search(written) else ""


def _shown(kit: Kit, each: Pictured) -> Shown:
    part = each.part.part if each.part else None
    event = next((holder for holder in each.holders if isinstance(holder, Event)), None)
    return Shown(_id(each, part), _title(kit, each.holders), part, event)


def _id(each: Pictured, part: Part | None) -> str:
    if isinstance(each.owner, Partner):
        return "partners"
    if isinstance(each.owner, CoverPage | Edition | Looks) or part is None:
        return "cover"
    found = (getattr(holder, "id", None) for holder in each.holders)
    return next(filter(None, found), part.id)


def _title(kit: Kit, holders: Iterable[Any]) -> str:
    """Return the name or title of the nearest record that has one, else that of the kit."""
    found = (
        getattr(holder, name, None)
        for holder in holders
        for name in ("name", "title")
        if not isinstance(holder, Edition | Looks)
    )
    return str(next(filter(None, found), kit.edition.title))


def _free(names: set[str], words: tuple[str, str]) -> str:
    """Return a name made of the first words; if it is taken, with the second; else a number."""
    return next(name for name in _names(words) if name not in names)


def _names(words: tuple[str, str]) -> Iterator[str]:
    name = slug(words[0])
    yield name
    if words[0] != words[1]:
        yield f"{name}-{slug(words[1])}"
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
