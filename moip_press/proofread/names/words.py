"""The small words that hold a name together."""

from __future__ import annotations

ARTICLES = frozenset(("d", "de", "des", "du", "l", "la", "le", "les", "of", "the"))
SMALL = ARTICLES | {"a", "au", "aux", "en", "et", "pour", "sur", "and", "for", "in", "on"}
