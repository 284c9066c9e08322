"""What can be linked to, and how links of a piece get their addresses.

Pieces are composed with links to anchors. Where they lead is known to whoever puts a piece on a
page: another place of the same page, another page, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from moip_press.kit.model.kit import Kit, ids
from moip_press.kit.model.parts import Programme

Kind = Literal["part", "section", "event", "lab", "block", "person", "contact"]
PREFIX = "moip-"
"""How every id and class of a piece begins, so that none is one of the page around it."""
LINK = re.compile(r'<a\b([^<>]*?)\s+href="#([^"]*)"([^<>]*)>(.*?)</a>', re.DOTALL)
NOTE = re.compile(r"--(?:note|call)-\d+$")  # a note stands in the piece that refers to it


@dataclass(frozen=True)
class Target:
    """What a link leads to: a record by its kind and id.

    ``within`` is the id of the part that holds a lab, a block or an event.
    """

    kind: Kind
    id: str
    within: str = ""

    @property
    def anchor(self) -> str:
        """The id of its element, unique among all pieces of a kit."""
        return f"{PREFIX}{self.kind}-{self.id}"


Links = Callable[[Target], str | None]
"""The address of a target as it stands in ``href``; None: what would be a link is its words."""
Address = str


def within_page(target: Target) -> Address:
    """Return the address of a target on the page that holds all pieces."""
    return f"#{target.anchor}"


def targets(kit: Kit) -> Mapping[str, Target]:
    """Return what each id of the kit refers to; of equal ids, the first."""
    found: dict[str, Target] = {}
    for placed in kit.parts():
        part = placed.part
        section = isinstance(part, Programme)
        for name, loc in ids(part):
            if loc == ("id",):
                target = Target("section" if section else "part", name)
            elif section:
                target = Target("event", name, part.id)
            else:
                target = Target("lab" if "labs" in loc else "block", name, part.id)
            found.setdefault(name, target)
    return found


def addressed(html: str, by_anchor: Mapping[str, Target], links: Links) -> str:
    """Return a piece with the address of each link; one that leads nowhere is its words."""

    def link(found: re.Match[str]) -> str:
        before, anchor, after, words = found.groups()
        if NOTE.search(anchor):
            return found[0]
        target = by_anchor.get(anchor)
        address = links(target) if target else None
        if address is None:
            return f"<span{before}{after}>{words}</span>" if "class=" in before + after else words
        return f'<a{before} href="{escaped(address)}"{after}>{words}</a>'

    return LINK.sub(link, html)


def escaped(address: str) -> str:
    """Return an address as the value of an attribute."""
    return address.replace("&", "&amp;").replace('"', "%22").replace("<", "%3C")
