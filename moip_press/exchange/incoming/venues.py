"""A place told in one line, as its venue, address and town."""

from __future__ import annotations

import re

from moip_press.exchange.incoming import addresses
from moip_press.exchange.incoming.desk import Desk, Draft
from moip_press.exchange.incoming.records import Place

REMOTE = re.compile(
    r"(?:en ligne|online|à distance|(?:en )?distanciel|(?:en )?visio(?:conférence)?|virtual|virtuel"
    r"|web(?:inaire|inar|ex)|zoom|google meet|jitsi"
    r"|(?:réunion\s+)?(?:microsoft\s+)?teams\b.{0,40})\W*",
    re.IGNORECASE,
)
COUNTRY = re.compile(r"[,\s]+(?:France|United Kingdom|Royaume-Uni|UK)\s*$", re.IGNORECASE)
TOWN = re.compile(r"(?P<code>[0-9]{5})\s+(?P<town>[^\d,;]{2,60})$")
BRITISH = re.compile(r"(?P<town>[^\d,;]{2,60}?)\s+[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}$")


def put_location(draft: Draft, text: str, desk: Desk, place: Place) -> None:
    """Give a record the place that a text tells; words for "online", and links, make it that."""
    text = desk.clean(text, place).strip()
    link = addresses.WEB.search(text)
    if link or REMOTE.fullmatch(text):
        draft.put("online", True, place)  # noqa: FBT003 -- the value of a field
    if link:
        draft.put("link", addresses.web(link[0]), place)
        text = text.replace(link[0], "").strip(" ,;-–|\n")
    if not text or REMOTE.fullmatch(text):
        return
    venue, address, town = parts(" ".join(re.sub(r"\n+", ", ", text).split()))
    draft.put("place.venue", desk.line(venue, place), place)
    draft.put("place.address", desk.line(address, place), place)
    draft.put("place.town", desk.line(town, place), place)


def parts(text: str) -> tuple[str, str, str]:
    """Return venue, address and town of a line such as "Mairie, 2 rue X, 35000 Rennes, France".

    Where no town can be told by its code, all of it is the venue.
    """
    bare = COUNTRY.sub("", text)
    found = TOWN.search(bare) or BRITISH.search(bare)
    if found is None:
        return text, "", ""
    rest = bare[: found.start()].strip(" ,;-–")
    venue, _, address = rest.partition(", ")
    if not address and re.match(r"[0-9]", venue):
        venue, address = "", venue
    return venue, address.strip(" ,"), found["town"].strip()
