"""What other programs read of a site: a feed of its changes, and the list of its pages.

The feed is Atom (RFC 4287): an entry for each version that was released, and for this one. Its ids
are tags (RFC 4151) of the kit's website and year, which no new address changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as Xml

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 20  # entries of a feed


@dataclass(frozen=True)
class News:
    """A version of the kit: its name for good, its title, its day, and what has changed in it."""

    id: str
    title: str
    day: datetime.date
    lines: tuple[str, ...] = ()


def atom(
    news: Sequence[News], title: str, author: str, language: str, namespace: str, address: str
) -> bytes:
    """Return the feed, the newest first. ``address`` is that of the site, empty if not known."""
    year, _, host = namespace.partition(".")
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(root, "id", f"tag:{host},{year}:feed")
    _text(root, "title", title)
    _text(root, "updated", _moment(max(each.day for each in news)))
    _text(Xml.SubElement(root, "author"), "name", author)
    Xml.SubElement(root, "link", {"rel": "alternate", "href": address or "index.html"})
    if address:
        Xml.SubElement(root, "link", {"rel": "self", "href": f"{address}feed.xml"})
    for each in news[:MOST]:
        entry = Xml.SubElement(root, "entry")
        _text(entry, "id", f"tag:{host},{year}:{each.id}")
        _text(entry, "title", each.title)
        _text(entry, "updated", _moment(each.day))
        Xml.SubElement(entry, "link", {"rel": "alternate", "href": address or "index.html"})
        if each.lines:
            listed = "".join(f"<li>{escape(line)}</li>" for line in each.lines)
            content = _text(entry, "content", f"<ul>{listed}</ul>")
            content.set("type", "html")
    return _written(root)


def sitemap(addresses: Iterable[str]) -> bytes:
    """Return the list of pages that search engines read; addresses are whole."""
    root = Xml.Element("urlset", {"xmlns": SITEMAP})
    for address in addresses:
        _text(Xml.SubElement(root, "url"), "loc", address)
    return _written(root)


def _text(parent: Xml.Element, name: str, words: str) -> Xml.Element:
    element = Xml.SubElement(parent, name)
    element.text = words
    return element


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _written(root: Xml.Element) -> bytes:
    Xml.indent(root, "")
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
