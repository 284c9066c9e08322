"""What the font files of a theme hold: characters, names.

With ``pdf.verification.font_programs`` the only user of fontTools.
"""

from __future__ import annotations

import hashlib
import io
import logging
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.files import read_file
from moip_press.system.limits import FONT

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
MARKS = ("Mn", "Me", "Mc")
OTHER_COLOURS = frozenset({"SVG ", "CBDT", "sbix"})
SET = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum"]
"""The features of a font that set text on a screen."""
OWN_NAMES = 256  # the first number of a name of its own kind: of a feature, of an axis
SURROGATES = range(0xD800, 0xE000)  # no text can hold them


def characters(fonts: Iterable[Path], cache: Cache) -> frozenset[str]:
    """Return the characters that at least one of the font files can draw.

    A file that is no font, or passes the limits, has none.
    """
    found: set[str] = set()
    for path in fonts:
        with suppress(OSError, Broken):
            content = _content(path)
            name = f"characters-{hashlib.sha256(content).hexdigest()}"
            own = _kept(cache.read(name))
            if own is None:
                own = _characters(content)
                cache.write(name, own.encode("utf-32-le"))
            found.update(own)
    return frozenset(found)


def _content(path: Path) -> bytes:
    """Return a font file. Raises ``OSError``, and ``Broken`` for one that is larger than any."""
    content = read_file(path, FONT.bytes + 1)
    if len(content) > FONT.bytes:
        raise Broken("fontTools", "memory")
    return content


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


@contextmanager
def _opened(font: bytes, number: int = 0) -> Iterator[TTFont]:
    # fontTools is slow to load, so only where it must
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    file = io.BytesIO(font)
    with foreign("fontTools"), TTFont(file, fontNumber=number, lazy=True) as opened:
        yield opened


def _mapped(font: bytes) -> str:
    with _opened(font) as opened:
        glyphs = opened.getBestCmap() or {}
        codes = [code for code in sorted(glyphs)[: FONT.items] if code not in SURROGATES]
        if "COLR" in opened and "glyf" in opened and OTHER_COLOURS.isdisjoint(opened.keys()):
            # HarfBuzz of today draws no layers: such a glyph is blank without an outline
            shapes = opened["glyf"]
            codes = [code for code in codes if shapes[glyphs[code]].numberOfContours]
    return "".join(chr(code) for code in codes if code <= sys.maxunicode)


@dataclass(frozen=True)
class Face:
    """What one font file is: its family, weight (100 to 900), slope, and whether it varies."""

    family: str
    weight: int
    italic: bool
    variable: bool


def face(path: Path) -> Face:
    """Return what a font file is. Raises ``OSError``, ``Broken`` and ``OverLimit``."""
    return held(FONT.held, _face, _content(path))


def _face(font: bytes) -> Face:
    with _opened(font) as opened:
        described = opened["OS/2"]
        weight = min(max(round(described.usWeightClass / 100) * 100, 100), 900)
        italic = bool(described.fsSelection & 1 or opened["head"].macStyle & 2)
        opened.getBestCmap()
        return Face(opened["name"].getBestFamilyName() or "", weight, italic, "fvar" in opened)


def family(path: Path) -> str:
    """Return the name of the font family that a file belongs to; the file's where it has none."""
    with suppress(OSError, Broken, OverLimit):
        if name := held(FONT.held, _named, _content(path)):
            return name
    return path.stem


def _named(font: bytes) -> str:
    with _opened(font) as opened:
        return opened["name"].getBestFamilyName() or ""


def of_glyphs(font: bytes, number: int = 0) -> dict[int, str]:
    """Return the characters that each glyph of a font stands for, in the order of Unicode.

    ``number`` is that of the font in a collection. Of a damaged font nothing is known.
    """
    found: dict[int, str] = {}
    with suppress(Broken), _opened(font, number) as opened:
        opened.setGlyphOrder(range(opened["maxp"].numGlyphs))  # numbers, not names
        for code, glyph in sorted((opened.getBestCmap() or {}).items())[: FONT.items]:
            found[glyph] = found.get(glyph, "") + chr(code)
    return found


def cut(path: Path, kept: frozenset[str], cache: Cache) -> bytes:
    """Return a font as WOFF2 with the characters ``kept``, and all that they need to be set.

    Raises ``OSError``, ``Broken`` and ``OverLimit``.
    """
    content = _content(path)
    text = "".join(sorted(kept))
    made_from = hashlib.sha256(content + text.encode("utf-32-le", "surrogatepass"))
    name = f"cut-{made_from.hexdigest()}.{version('fonttools')}.woff2"
    made = cache.read(name)
    if made is None:
        made = held(FONT.held, _cut, content, text)
        cache.write(name, made)
    return made


def _cut(font: bytes, text: str) -> bytes:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 -- as in _opened

    options = Options(flavor="woff2", notdef_outline=True, layout_features=SET, hinting=False)
    with _opened(font) as opened:
        named = opened.get("name")
        if named:
            del opened["name"]  # a third of the time goes into looking who else uses its names
        cutter = Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(opened)
        if named:
            if "fvar" not in opened:
                named.names = [each for each in named.names if each.nameID < OWN_NAMES]
            opened["name"] = named
        opened.flavor = "woff2"
        opened.recalcTimestamp = False
        file = io.BytesIO()
        opened.save(file)
        return file.getvalue()


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
