"""Which characters the fonts of a theme have. The only user of fontTools."""

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
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.files import read_file
from moip_press.system.limits import FONT

INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
MARKS = ("Mn", "Me", "Mc")
SURROGATES = range(0xD800, 0xE000)  # no text can hold them


def characters(fonts: Iterable[Path], cache: Cache) -> frozenset[str]:
    """Return the characters that at least one of the font files can draw.

    A file that is no font, or passes the limits, has none.
    """
    found: set[str] = set()
    for path in fonts:
        with suppress(OSError):
            content = read_file(path, FONT.bytes + 1)
            if len(content) > FONT.bytes:
                continue
            name = f"characters-{hashlib.sha256(content).hexdigest()}"
            own = _kept(cache.read(name))
            if own is None:
                own = _characters(content)
                cache.write(name, own.encode("utf-32-le"))
            found.update(own)
    return frozenset(found)


def _kept(content: bytes | None) -> str | None:
    """Return the characters from the cache; ``None`` where it has none."""
    try:
        return None if content is None else content.decode("utf-32-le")
    except UnicodeDecodeError:
        return None


def _characters(font: bytes) -> str:
    """Return the characters of one font."""
    try:
        return held(FONT.held, _mapped, font)
    except (Broken, OverLimit):
        return ""


def _mapped(font: bytes) -> str:
    # fontTools is slow to load, so only where it must
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    with foreign("fontTools"), TTFont(io.BytesIO(font), lazy=True) as opened:
        codes = sorted(opened.getBestCmap() or ())[: FONT.items]
    return "".join(chr(code) for code in codes if code <= sys.maxunicode and code not in SURROGATES)


def missing(text: str, known: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the parts of ``text`` that no font can draw, each from its start to its end.

    Neighbouring characters are one part; a combining mark includes the character before it.
    """
    parts: list[tuple[int, int]] = []
    for offset, character in enumerate(text):
        category = unicodedata.category(character)
        if character in known or category in INVISIBLE:
            continue
        start = offset - 1 if category in MARKS and offset else offset
        if parts and not _visible(text[parts[-1][1] : start]):
            start = parts.pop()[0]
        parts.append((start, offset + 1))
    return tuple(parts)


def _visible(text: str) -> bool:
    return any(unicodedata.category(each) not in INVISIBLE for each in text)
