"""Which signs the fonts of a theme have. The only user of fontTools."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
MARKS = ("Mn", "Me", "Mc")


def signs(fonts: Iterable[Path]) -> frozenset[str]:
    """Return the characters that at least one of the font files can draw.

    A file that is no font has no signs.
    """
    found: set[int] = set()
    for path in fonts:
        try:
            with path.open("rb") as file, TTFont(file, lazy=True) as font:
                found.update(font.getBestCmap() or ())
        except (TTLibError, OSError, AssertionError, KeyError):
            continue
    return frozenset(map(chr, found))


def missing(text: str, known: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the parts of ``text`` that no font can draw, each from its start to its end.

    Signs side by side are one part; a mark that is drawn upon the sign before it takes that
    sign along.
    """
    parts: list[tuple[int, int]] = []
    for offset, sign in enumerate(text):
        category = unicodedata.category(sign)
        if sign in known or category in INVISIBLE:
            continue
        start = offset - 1 if category in MARKS and offset else offset
        if parts and not _visible(text[parts[-1][1] : start]):
            start = parts.pop()[0]
        parts.append((start, offset + 1))
    return tuple(parts)


def _visible(text: str) -> bool:
    return any(unicodedata.category(sign) not in INVISIBLE for sign in text)
