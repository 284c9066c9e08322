"""The text of each glyph that is drawn: what is copied, searched and read aloud.

WeasyPrint keeps one text for a glyph, that of the first place where it is drawn. But a glyph can
stand for several: the hyphen of a word is also that of a line's end, a space may be one where no
line breaks, the last glyph of a shortened line stands for all that was cut, and a letter for none
where its accent is a glyph of its own. Here each pair of a glyph and a text has a code of its own
in the pages; the font leads from code to glyph (``CIDToGIDMap``) and from code to text
(``ToUnicode``). The code of a pair is the same in each chapter and each file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import category, is_normalized, normalize

import pydyf

from moip_press.pdf.engine import Font, Stream, ends_hyphenated, width
from moip_press.system.fonts import of_glyphs

MORE, MOST = 0x8000, 0xFFFE  # the codes of pairs, above the numbers of the font's glyphs
NOTHING = "\u2060"  # the text of a glyph that is only a part: word joiner
SPACE, SOFT_HYPHEN = " ", "\u00ad"
ELLIPSES = ("…", ".")
END = b"] TJ"  # of an operator that shows glyphs
BEGINNING = 1024  # bytes
LAST = "\u024f"  # letter of Latin Extended-B


class Texts(dict[int, str]):
    """The text of each code of a font, and which ``glyphs`` its further codes stand for."""

    def __init__(self) -> None:
        super().__init__()
        self.glyphs: dict[int, int] = {}


class DrawnTexts(Texts):
    """The texts of a font that is drawn with: WeasyPrint's ``Font.to_unicode``.

    It is asked for each glyph whether its text is known, and given the text where it is not.
    """

    def __init__(self, font: Font) -> None:
        super().__init__()
        self._font = font
        content = font.file_content
        self._shown = _shown(_File(content[:BEGINNING], len(content), font.index, content))
        self._plain = self._shown.plain
        self._known: dict[tuple[int, str], int] = {}
        self._drawn: list[tuple[int, str]] = []
        # the codes of a font with outlines of PostScript are its glyphs
        self._takes_more = font.type == "ttf" and font.glyph_count < MORE and not font.bitmap

    def __contains__(self, glyph: object) -> bool:
        own = self._plain.get(glyph)  # type: ignore[call-overload]
        if own is None:
            return False
        self._drawn.append((glyph, own))  # type: ignore[arg-type]
        return True

    def __setitem__(self, glyph: int, text: str) -> None:
        self._drawn.append((glyph, text))

    def taken(self) -> list[tuple[int, str]]:
        """Return the glyphs that were drawn since the last call, each with the text given for it.

        Of several glyphs for one cluster of characters, WeasyPrint gives the last its text.
        """
        drawn, self._drawn = self._drawn, []
        return drawn

    def codes(self, drawn: Sequence[tuple[int, str]]) -> list[int]:
        """Return the codes of glyphs, each given with a text."""
        try:
            return [self._known[pair] for pair in drawn]
        except KeyError:
            return list(self._codes(drawn))

    def _codes(self, drawn: Iterable[tuple[int, str]]) -> Iterator[int]:
        before = ""  # the text of the glyphs before, as far as they may belong to the same cluster
        for glyph, given in drawn:
            part = not given or not self._font.widths[glyph]
            code = None if part else self._known.get((glyph, given))
            if code is None:
                text = self._shown.text(glyph, _without(before, given) if part else given)
                code = self._code(glyph, text)
                if not part:
                    self._known[glyph, given] = code
            before = before + text if part else given
            yield code

    def space(self, pango_font: Any, size: float) -> int | None:
        """Return the glyph of the space, ``None`` where the font has none."""
        glyph = self._shown.space
        if (
            glyph is not None
            and super().setdefault(glyph, SPACE)
            and glyph not in self._font.widths
        ):
            self._font.widths[glyph] = width(pango_font, glyph, size)
        return glyph

    def _code(self, glyph: int, text: str) -> int:
        """Return the code of a glyph and a text."""
        usual = self._shown.own(glyph) or text.lower()
        self.setdefault(glyph, usual)
        if text == usual or not self._takes_more:
            return glyph
        code = MORE + zlib.crc32(f"{glyph} {text}".encode()) % (MOST - MORE)
        while self.setdefault(code, text) != text:
            code = MORE + (code + 1 - MORE) % (MOST - MORE)
        self.glyphs[code] = glyph
        self._font.widths[code] = self._font.widths[glyph]
        return code


class _Shown:
    """What the glyphs of a font show.

    ``plain`` are those of a single character of the Latin script: they show nothing else.
    """

    def __init__(self, characters: Mapping[int, str]) -> None:
        self._characters = characters
        self.plain = {
            glyph: own
            for glyph, own in characters.items()
            if len(own) == 1 and "!" <= own <= LAST and is_normalized("NFKC", own)
        }
        self.space = next((glyph for glyph, own in characters.items() if own[0] == SPACE), None)
        self._texts: dict[tuple[int, str], str] = {}

    def own(self, glyph: int) -> str:
        """Return the first character of a glyph, "" where it has none."""
        return self._characters.get(glyph, "")[:1]

    def text(self, glyph: int, given: str) -> str:
        """Return the text of a glyph that is given one: that, or what it shows by itself."""
        known = self._texts.get((glyph, given))
        if known is None:
            known = self._texts[glyph, given] = self._text(glyph, given)
        return known

    def _text(self, glyph: int, given: str) -> str:
        own = self.own(glyph)
        if not given or own == SPACE:  # whoever copies or searches a text wants plain spaces
            return own or NOTHING
        if not own or normalize("NFKC", own) == normalize("NFKC", given):
            return normalize("NFC", given)
        more = len(given) > 1 or own in ELLIPSES or category(own).startswith("M")
        return own if more and given not in self._characters[glyph] else given


@dataclass(frozen=True)
class _File:
    """A font's file, told from others by its beginning, which has the checksums of its tables."""

    beginning: bytes
    size: int
    number: int
    content: bytes = field(compare=False)


@lru_cache(maxsize=16)  # each chapter asks anew
def _shown(file: _File) -> _Shown:
    return _Shown(of_glyphs(file.content, file.number))


def _without(before: str, text: str) -> str:
    """Return what is left of the text of a cluster after that of its first glyphs."""
    for form in (text, normalize("NFD", text)) if before else ():
        if form.startswith(before) and form != before:
            return form[len(before) :]
    return text


class TextFont(Font):
    """A font whose glyphs may have several codes."""

    def subset(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001
        """Reduce the font's file to the glyphs that are used."""
        super().subset(self.without_codes(to_unicode), hinting)

    def without_codes(self, to_unicode: Mapping[int, str]) -> dict[int, str]:
        """Return the texts of a font's glyphs, without those of further codes."""
        more = self.glyph_count < MORE
        return {code: text for code, text in to_unicode.items() if code < MORE or not more}


class TextStream(Stream):  # type: ignore[misc]
    """A stream in which each glyph has the code of its text, and each line ends with a space.

    Without the space, what stands beside or below a word may be read as its end (ISO 32000-1,
    14.8.2.5).
    """

    ends: frozenset[int] = frozenset()
    _box: Any = None
    _found: tuple[Any, float]
    _next: DrawnTexts
    _texts: DrawnTexts
    _shown: tuple[tuple[int, DrawnTexts, list[tuple[int, str]]], ...] = ()

    @classmethod
    def of(cls, stream: Stream, ends: frozenset[int]) -> None:
        """Make a stream of WeasyPrint one; ``ends`` are the texts that end lines, by ``id()``."""
        stream.__class__ = cls
        stream.ends = ends

    def clone(self, **kwargs: Any) -> Stream:
        """Return a stream like this one."""
        made = super().clone(**kwargs)
        self.of(made, self.ends)
        return made

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn of a box."""
        self._box = box
        with super().marked(box, tag):
            yield
        self._box = None

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """Return the font of the file that text is drawn in next, and its size."""
        font, size = super().add_font(pango_font)
        if type(font) is Font:
            font.__class__ = TextFont
            font.to_unicode = DrawnTexts(font)
        self._next, self._found = font.to_unicode, (pango_font, size)
        return font, size

    def set_font_size(self, font: str, size: float) -> None:
        """Set the font of the text that follows."""
        self._texts = self._next
        super().set_font_size(font, size)

    def show_text(self, text: str) -> None:
        """Show glyphs."""
        self._shown += ((len(self.stream), self._texts, self._texts.taken()),)
        super().show_text(text)

    def end_text(self) -> None:
        """End a text: its glyphs are given their codes."""
        layout = getattr(self._box, "pango_layout", None)
        if self._shown and layout is not None and ends_hyphenated(layout):
            drawn = self._shown[-1][2]
            drawn[-1:] = [(glyph, SOFT_HYPHEN) for glyph, _ in drawn[-1:]]
        for place, texts, drawn in self._shown:
            codes = texts.codes(drawn)
            if codes != [glyph for glyph, _ in drawn]:
                self.stream[place] = _with(self.stream[place], codes)
        if self._shown and id(self._box) in self.ends:
            place, texts, _ = self._shown[-1]
            self.stream[place] = _with_space(self.stream[place], texts.space(*self._found))
        self._shown = ()
        super().end_text()


def _with(shown: bytes, codes: Sequence[int]) -> bytes:
    """Return the operator that shows glyphs with other codes for some of them."""
    first, *groups = shown.split(b"<")
    place, made = 0, [first]
    for group in groups:
        digits, _, rest = group.partition(b">")
        own = codes[place : place + len(digits) // 4]
        place += len(own)
        made.append(b"%04x" * len(own) % tuple(own) + b">" + rest)
    return b"<".join(made)


def _with_space(shown: bytes, glyph: int | None) -> bytes:
    """Return the operator that shows glyphs, and then a space."""
    return shown if glyph is None else shown.removesuffix(END) + b"<%04x>" % glyph + END


def write_maps(pdf: pydyf.PDF, fonts: Iterable[Font]) -> None:
    """Write into a file which glyphs the further codes of its fonts stand for."""
    below = (item for item in pdf.objects if isinstance(item, pydyf.Dictionary))
    written = [item for item in below if str(item.get("Subtype", "")).startswith("/CIDFontType")]
    drawn = [font for font in fonts if not font.bitmap]
    for font, item in zip(drawn, written, strict=True):
        if more := font.to_unicode.glyphs:
            glyphs = [0] * (max(more) + 1)
            for code in font.to_unicode:
                glyphs[code] = more.get(code, code)
            stream = pydyf.Stream([struct.pack(f">{len(glyphs)}H", *glyphs)], compress=True)
            pdf.add_object(stream)
            item["CIDToGIDMap"] = stream.reference
