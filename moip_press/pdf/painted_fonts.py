"""The fonts that texts were painted in: which glyphs of each, as data, and back into a file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from moip_press.pdf import engine
from moip_press.pdf.engine import Font
from moip_press.pdf.glyph_texts import TextFont, Texts
from moip_press.pdf.painting import Plain, Unkept
from moip_press.system.serialization import unkept

LIVE = ("hb_font", "hb_face", "file_content", "widths", "to_unicode", "missing")


@dataclass(frozen=True)
class Face:
    """A font, and the glyphs that were painted in it.

    ``about`` are WeasyPrint's attributes of it, ``file`` is the SHA-256 of its file; ``widths`` and
    ``words`` (the text of a glyph) are by the glyph's code, which is its number in that file;
    ``glyphs`` has the numbers for further codes. ``live`` is the font itself, in the process that
    painted with it, and the owner of its file.
    """

    key: int
    about: Mapping[str, Plain]
    file: str
    widths: Mapping[int, int]
    words: Mapping[int, str]
    glyphs: Mapping[int, int]
    live: tuple[Font, FontConfiguration] | None = unkept()


class Subsets(Protocol):
    """Keeps subsets of fonts."""

    fonts: FontConfiguration

    def subset(self, name: str, make: Callable[[], Subset]) -> Subset:
        """Return the subset of that name; it is made where none is kept."""


Subset = tuple[bytes, tuple[str, ...]]
"""A subset of a font, and what WeasyPrint logged meanwhile."""


def recorded(fonts: Mapping[int, Font], owner: FontConfiguration) -> tuple[Face, ...]:
    """Return the fonts of a chapter in the order of their use. Raises ``Unkept``."""
    return tuple(_face(key, font, owner) for key, font in fonts.items())


def _face(key: int, font: Font, owner: FontConfiguration) -> Face:
    if font.missing or font.bitmap or font.used_in_forms:
        raise Unkept
    about = {name: value for name, value in vars(font).items() if name not in LIVE}
    file = hashlib.sha256(font.file_content).hexdigest()
    texts = font.to_unicode
    # each chapter brings the font anew, with its whole file: one of them is enough
    live = vars(owner).setdefault("_live", {}).setdefault((key, file), font)
    return Face(key, about, file, font.widths, dict(texts), texts.glyphs, (live, owner))


class Absent(Exception):
    """The font with this ``key`` is needed to make a subset, and not at hand."""

    def __init__(self, key: int) -> None:
        super().__init__(key)
        self.key = key


class SubsetFont(TextFont):
    """A font of a file, made from faces of several chapters: of equal glyphs, the first counts."""

    def __init__(self, face: Face, subsets: Subsets) -> None:
        for name, value in face.about.items():
            setattr(self, name, value)
        self.widths: dict[int, int] = {}
        self.to_unicode = Texts()
        self.missing: dict[int, int] = {}
        self.file_content = b""
        self._file = face.file
        self._key = face.key
        self._live: tuple[Font, FontConfiguration] | None = None
        self._subsets = subsets

    def add(self, face: Face) -> None:
        """Add the glyphs of a chapter."""
        for glyph, width in face.widths.items():
            self.widths.setdefault(glyph, width)
        for glyph, words in face.words.items():
            self.to_unicode.setdefault(glyph, words)
        self.to_unicode.glyphs |= face.glyphs
        self._live = self._live or face.live

    def subset(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001
        """Reduce the font's file to the glyphs that are used. Raises ``Absent``."""
        to_unicode = self.without_codes(to_unicode)
        told = (self._file, self.index, hinting, tuple(sorted(to_unicode)))
        name = hashlib.sha256(repr(told).encode()).hexdigest()
        made: list[Subset] = []

        def make() -> Subset:
            made.append(self._cut(to_unicode, hinting=hinting))
            return made[0]

        self.file_content, said = self._subsets.subset(name, make)
        for text in () if made else said:
            LOGGER.warning("%s", text)

    def _cut(self, to_unicode: Mapping[int, str], *, hinting: bool) -> Subset:
        font = self._live[0] if self._live else self._loaded()
        engine.declare_glyphs(len(to_unicode), max(to_unicode, default=0) + 1)
        self.file_content, self.hb_face = font.file_content, font.hb_face
        with engine.logged() as said:
            super().subset(to_unicode, hinting)
        return self.file_content, tuple(said)

    def _loaded(self) -> Font:
        """Return the font of a face that was painted in another process. Raises ``Absent``."""
        if self.variations or not engine.is_known():
            raise Absent(self._key)
        font = engine.loaded(
            self._subsets.fonts, self.family, self.style, self.weight, self.font_size or 1
        )
        if (hashlib.sha256(font.file_content).hexdigest(), font.index) != (self._file, self.index):
            raise Absent(self._key)
        self._live = font, self._subsets.fonts
        return font


def add_faces(fonts: dict[int, Any], faces: Iterable[Face], subsets: Subsets) -> None:
    """Add the faces of a chapter to the fonts of a file."""
    for face in faces:
        if face.key not in fonts:
            fonts[face.key] = SubsetFont(face, subsets)
        fonts[face.key].add(face)
