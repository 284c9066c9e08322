"""Chapters outside the dossier: what they refer to may not be in the same document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

LINK = re.compile(r'<a\b([^>]*?)\s+href="#([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Excerpt:
    """What is in a document that holds a part of the dossier only.

    ``inside`` are the anchors that it has; ``numbers`` the pages of all in the dossier.
    """

    inside: frozenset[str]
    numbers: Mapping[str, int]

    def detached(self, html: str) -> str:
        """Return ``html`` with every link to what is not inside made plain text."""

        def plain(link: re.Match[str]) -> str:
            before, anchor, after, words = link.groups()
            return link[0] if anchor in self.inside else f"<span{before}{after}>{words}</span>"

        return LINK.sub(plain, html)
