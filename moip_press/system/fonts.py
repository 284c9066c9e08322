"""Which signs the fonts of a theme have. The only user of fontTools."""

from __future__ import annotations

import hashlib
import io
import logging
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from moip_press.system.cache import Cache
from moip_press.system.files import read_file
from moip_press.system.limits import FONT, Broken, OverLimit, foreign, held

INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
MARKS = ("Mn", "Me", "Mc")
HALVES = range(0xD800, 0xE000)  # of characters in UTF-16, which no text can hold


def signs(fonts: Iterable[Path], cache: Cache) -> frozenset[str]:
    """Return the characters that at least one of the font files can draw.

    A file that is no font, or one that asks for too much, has no signs.
    """
    found: set[str] = set()
    for path in fonts:
        with suppress(OSError):
            content = read_file(path, FONT.bytes + 1)
            if len(content) > FONT.bytes:
                continue
            name = f"signs-{hashlib.sha256(content).hexdigest()}"
            own = _kept(cache.read(name))
            if own is None:
                own = _signs(content)
                cache.write(name, own.encode("utf-32-le"))
            found.update(own)
    return frozenset(found)


def _kept(content: bytes | None) -> str | None:
    """Return the characters that were kept; ``None`` where these are none."""
    try:
        return None if content is None else content.decode("utf-32-le")
    except UnicodeDecodeError:
        return None


def _signs(font: bytes) -> str:
    """Return the characters of one font."""
    try:
        return held(FONT.held, _drawn, font)
    except (Broken, OverLimit):
        return ""


def _drawn(font: bytes) -> str:
    # fontTools is slow to load, so only where it must
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    with foreign("fontTools"), TTFont(io.BytesIO(font), lazy=True) as opened:
        codes = sorted(opened.getBestCmap() or ())[: FONT.items]
    return "".join(chr(code) for code in codes if code <= sys.maxunicode and code not in HALVES)


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
