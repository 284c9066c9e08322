"""What search engines read of a piece: its event, article, person or body as schema.org has them.

Events are those of ``moip-press export jsonld``, with the addresses that they have on the web.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from moip_press.exchange.export.exported import Exported
from moip_press.exchange.export.schema_org import CONTEXT, campaign, event_node, filled
from moip_press.kit import selection
from moip_press.kit.model.kit import Kit, walk
from moip_press.kit.model.parts import Article, Communique, Cover, Editorial, Interview, Part
from moip_press.kit.model.records import Event, Image, Lab
from moip_press.kit.selection import Entry
from moip_press.text import prose
from moip_press.web.addresses import Links, Target
from moip_press.web.illustrations import Pictures
from moip_press.web.people import Voice

Node = Mapping[str, Any]
ARTICLES = (Article, Communique, Editorial, Interview)
SHORT = 300  # characters of a description


def script(node: Node | Sequence[Node]) -> Markup:
    """Return the element that holds nodes in a page, none for no nodes."""
    if not node:
        return Markup()
    graph = node if isinstance(node, Mapping) else {"@graph": list(node)}
    # on one line: with indents, Python has no quick encoder
    text = json.dumps({"@context": CONTEXT, **graph}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">\n{text}\n</script>\n')  # noqa: S704 -- no text can end it


@dataclass(frozen=True)
class Describer:
    """Describes the records of one kit."""

    kit: Kit

    @cached_property
    def _exported(self) -> Exported:
        return Exported(self.kit, selection.entries(self.kit))

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return {entry.event.id: entry for entry in self._exported.dated}

    def node(
        self, target: Target, title: str, value: Any, links: Links, pictures: Pictures, base: str
    ) -> Node | None:
        """Return the node of a record; None where schema.org has nothing that it is.

        Addresses that stay relative, without a ``base``, are left out.
        """
        address = _absolute(base, links(target) or "")
        images = [_absolute(base, src) for src in _sources(value, pictures)]
        found: Node | None = None
        match value:
            case Event() if value.id in self._entries:
                found = event_node(self._exported, self._entries[value.id])
            case Cover():
                found = campaign(self._exported)
            case Article() | Communique() | Editorial() | Interview():
                found = self._article(title, value)
            case Voice():
                found = {"@type": "Person", "name": value.name, "jobTitle": value.role}
            case Lab():
                url = value.link
                found = {"@type": "Organization", "name": value.name, "sameAs": url}
                found = {**found, "description": value.tagline}
        if found is None:
            return None
        own = {"url": address} if address else {}
        return filled({**found, **own, "image": [image for image in images if image]})

    def _article(self, title: str, part: Article | Communique | Editorial | Interview) -> Node:
        edition = self.kit.edition
        release = isinstance(part, Communique)
        issued = (part.date_of_issue if isinstance(part, Communique) else None) or (
            edition.date_of_issue
        )
        publisher = filled(
            {"@type": "Organization", "name": edition.publisher.name, "url": edition.website}
        )
        match part:
            case Editorial():
                author: Node = filled(
                    {"@type": "Person", "name": part.author.name, "jobTitle": part.author.role}
                )
            case _:
                author = publisher
        return {
            "@type": "NewsArticle" if release else "Article",
            "headline": title,
            "description": _description(part),
            "datePublished": issued and issued.isoformat(),
            "author": author,
            "publisher": publisher,
            "inLanguage": edition.language,
        }


def _description(part: Part) -> str:
    """Return the first lines of an article, as plain text."""
    first = next(
        (
            words
            for name in ("lead", "introduction", "body")
            if isinstance(words := getattr(part, name, None), str) and words
        ),
        "",
    )
    words = prose.plain_text(first, resolve=lambda _: "…").split("\n", 1)[0]
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


def _sources(value: Any, pictures: Pictures) -> Iterator[str]:
    """Yield the addresses of the pictures of a record."""
    match value:
        case Event():
            images = [value.image]
        case Voice():
            images = [value.portrait]
        case Part():
            found = (placed.value for placed in walk(value, None, ()))  # type: ignore[arg-type]
            images = [image for image in found if isinstance(image, Image)]
        case _:
            images = []
    for image in images:
        if image and image.file and not image.pending and (shown := pictures(image.file)):
            yield shown.src


def _absolute(base: str, address: str) -> str:
    whole = urljoin(base, address) if address else ""
    return whole if urlsplit(whole).scheme in ("http", "https") else ""
