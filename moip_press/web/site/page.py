"""A page of a site before its HTML is composed, and what is said of it in a line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from moip_press.text.folding import fold

TAGS = re.compile(r"<[^<>]+>")
BLANKS = re.compile(r"\s+")
SHORT = 160  # characters of a description: what search engines show


@dataclass(frozen=True)
class Page:
    """A page of the site: where it stands, its template and what that sees.

    ``description`` is plain text; ``parents`` are the titles and paths of what it lies below;
    ``record`` is what it is a page of, the kind and the id.
    """

    path: str
    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    kind: str = "website"
    parents: tuple[tuple[str, str], ...] = ()
    nodes: tuple[Mapping[str, Any], ...] = ()
    record: tuple[str, str] | None = None
    listed: bool = True
    """Whether search finds it, and the contents of the site name it."""

    @property
    def like(self) -> str:
        """A digest of what its record says but for its title: of one that has another, the same."""
        piece = words_of(str(self.values.get("piece") or ""))
        words = fold(piece.replace(self.title, " "))
        return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def words_of(html: str) -> str:
    """Return the words of a piece of HTML on one line."""
    return BLANKS.sub(" ", unescape(TAGS.sub(" ", html))).strip()


def shortened(text: str) -> str:
    """Return the first words of a text, as many as a description has."""
    if len(text) <= SHORT:
        return text
    return text[:SHORT].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"
