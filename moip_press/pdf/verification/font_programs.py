"""The programs of fonts, as far as checks ask: which glyphs they have, and how wide these are.

With ``system.fonts`` the only user of fontTools. A program that cannot be read tells nothing.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from moip_press.system.enforcement import Broken, foreign
from moip_press.system.limits import FONT

NOBODY = 0  # the glyph that stands for those that are not there


class Outlines:
    """A program with a table of glyphs: TrueType, or OpenType."""

    def __init__(self, content: bytes) -> None:
        from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow to load

        logging.getLogger("fontTools").setLevel(logging.CRITICAL)
        self._font = TTFont(io.BytesIO(content), lazy=True)
        self.count = self._number("maxp", 4)
        self._scale = 1000 / self._number("head", 18)

    def _number(self, table: str, place: int) -> int:
        return int.from_bytes(self._font.reader[table][place : place + 2], "big")

    @cached_property
    def _widths(self) -> list[int]:
        """The widths of all glyphs; the last one counts for those that follow."""
        content = self._font.reader["hmtx"]
        places = range(0, 4 * self._number("hhea", 34), 4)
        return [int.from_bytes(content[at : at + 2], "big") for at in places]

    def width(self, glyph: int) -> float | None:
        """Return the width of a glyph in thousandths of its size; None where it has none."""
        widths = self._widths
        if not widths or not 0 <= glyph < self.count:
            return None
        return widths[min(glyph, len(widths) - 1)] * self._scale

    @cached_property
    def maps(self) -> Mapping[tuple[int, int], Mapping[int, str]]:
        """The maps from characters to glyphs by platform and encoding."""
        if "cmap" not in self._font:
            return {}
        return {(t.platformID, t.platEncID): t.cmap for t in self._font["cmap"].tables}

    def mapped(self, platform: int, encoding: int, code: int) -> int:
        """Return the glyph of a character in one of the maps."""
        glyph = self.maps.get((platform, encoding), {}).get(code)
        return NOBODY if glyph is None else int(self._font.getGlyphID(glyph))

    def named(self, name: str) -> int:
        """Return the glyph of a name."""
        return int(self._font.getReverseGlyphMap().get(name, NOBODY))


class Compact:
    """A program in the compact format (CFF), with glyphs by name, or by number."""

    def __init__(self, content: bytes) -> None:
        from fontTools.cffLib import CFFFontSet  # noqa: PLC0415 -- slow to load

        fonts = CFFFontSet()
        fonts.decompile(io.BytesIO(content), None)
        self._top: Any = fonts[0]
        self._globals = fonts.GlobalSubrs
        self.count = len(self._top.charset)
        self.by_number = hasattr(self._top, "ROS")

    @property
    def names(self) -> list[str]:
        """The names of its glyphs."""
        return list(self._top.charset)

    @property
    def numbers(self) -> list[int]:
        """The numbers of its glyphs, but for the one that stands for none."""
        if not self.by_number:
            return list(range(1, self.count))
        return [int(name[3:]) for name in self._top.charset[1:]]

    @cached_property
    def _glyphs(self) -> Mapping[str, int]:
        return {name: glyph for glyph, name in enumerate(self._top.charset)}

    def numbered(self, number: int) -> int:
        """Return the glyph of a number."""
        if not self.by_number:
            return number if number < self.count else NOBODY
        return self._glyphs.get(f"cid{number:05d}", NOBODY)

    def named(self, name: str) -> int:
        """Return the glyph of a name."""
        return self._glyphs.get(name, NOBODY)

    def width(self, glyph: int) -> float | None:
        """Return the width of a glyph in thousandths of its size; None where it has none."""
        from fontTools.misc.psCharStrings import T2WidthExtractor  # noqa: PLC0415 -- as above

        if not 0 <= glyph < self.count:
            return None
        drawn = self._top.CharStrings[self._top.charset[glyph]]
        own = drawn.private
        subroutines = getattr(own, "Subrs", [])
        reader = T2WidthExtractor(
            subroutines, self._globals, own.nominalWidthX, own.defaultWidthX, own
        )
        reader.execute(drawn)
        return float(reader.width) * float(self._top.FontMatrix[0]) * 1000


Program = Outlines | Compact


def program_of(content: bytes, kind: str) -> Program | None:
    """Return the program of a font; ``kind`` is the key of its file, or what the file says.

    None for one that cannot be read, and for one of another kind.
    """
    if len(content) > FONT.bytes:
        return None
    try:
        with foreign("fontTools"):
            if kind in ("FontFile2", "OpenType"):
                return Outlines(content)
            if kind in ("Type1C", "CIDFontType0C"):
                return Compact(content)
    except Broken:
        pass
    return None


def characters(name: str) -> str:
    """Return the characters that the name of a glyph means, "" for none."""
    from fontTools import agl  # noqa: PLC0415 -- slow to load

    return str(agl.toUnicode(name) or agl.toUnicode(name, isZapfDingbats=True))


def glyph_names(codec: str) -> Mapping[int, str]:
    """Return the usual names of the glyphs of an encoding, by their codes."""
    from fontTools import agl  # noqa: PLC0415 -- as above

    texts = {code: bytes((code,)).decode(codec, "ignore") for code in range(32, 256)}
    return {
        code: agl.UV2AGL[ord(text)]
        for code, text in texts.items()
        if text and ord(text) in agl.UV2AGL
    }
