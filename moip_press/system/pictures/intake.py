"""The one way in for pictures: whatever uses one asks here, and gets what a page needs of it.

A picture is looked at once by its content: what is made of it, or why it is refused, is cached. The
file in the kit stays as it is, for print and for those who ask for it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import read_file
from moip_press.system.limits import DRAWING, PICTURE
from moip_press.system.pictures import drawings, photographs
from moip_press.system.pictures.camera import bare
from moip_press.system.pictures.made_pictures import JPEG, SVG, Made, Refusal, Unfit
from moip_press.system.serialization import Malformed, packed, unpacked

FOLDER = Path(__file__).parent
LIBRARIES = ("pillow", "pi-heif", "resvg-py", "tinycss2", "cssselect2")
Screens = tuple[tuple[bytes, bytes], ...]
ZIPPED = b"\x1f\x8b"
BLANK = b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n"


@dataclass(frozen=True)
class Intake:
    """Takes pictures in, and keeps what was made of them in a cache."""

    cache: Cache

    def take(self, content: bytes) -> Made | Refusal:
        """Return a picture as a page takes it, or why it is refused."""
        name = _name(content)
        if (kept := self.cache.read(name)) is not None:
            with suppress(Malformed):
                known: Made | Refusal = unpacked(Made | Refusal, kept)
                return _filled(known, content)
        try:
            made: Made | Refusal = _made(content)
        except Unfit as unfit:
            made = unfit.refusal
        except OverLimit:
            return Refusal("costly")
        except Broken as broken:
            return Refusal("costly" if broken.why == "memory" else "damaged")
        self.cache.write(name, packed(Made | Refusal, _emptied(made, content)))
        return made

    def take_file(self, path: Path) -> Made | Refusal:
        """Return the picture in a file as ``take`` does. Raises ``OSError``."""
        return self.take(read_file(path, max(PICTURE.bytes, DRAWING.bytes) + 1))

    def pixels(self, drawing: Made, size: tuple[float, float], fonts: Iterable[Path]) -> bytes:
        """Return a PNG of an SVG, as large as fits into so many pixels; see ``drawn``.

        Raises ``Broken`` and ``OverLimit``.
        """
        used = drawings.readable(fonts) if drawing.fonts else ()
        files = (path.read_bytes() for path in used)
        name = _name(drawing.content, repr(size).encode(), *files)
        kept = self.cache.read(name)
        if kept is None:
            kept = drawings.drawn(drawing.content, size, used)
            self.cache.write(name, kept)
        return kept

    def reduced(
        self,
        content: bytes,
        size: tuple[int, int],
        window: photographs.Window = photographs.WHOLE,
        quality: int = photographs.QUALITY,
    ) -> bytes:
        """Return a part of a picture that was made for pages, of so many pixels; see ``reduced``.

        What cannot be made smaller is returned as it is.
        """
        name = _name(content, repr((size, window, quality)).encode())
        kept = self.cache.read(name)
        if kept is None:
            kept = photographs.reduced(content, *size, window, quality)
            self.cache.write(name, kept)
        return kept

    def for_screens(
        self, content: bytes, sizes: Sequence[tuple[int, int]], forms: photographs.Forms = "both"
    ) -> tuple[tuple[bytes, bytes], ...]:
        """Return a picture that was made for pages in several sizes; see ``for_screens``."""
        name = _name(content, b"screens", repr((sizes, forms)).encode())
        if (kept := self.cache.read(name)) is not None:
            with suppress(Malformed):
                known: tuple[tuple[bytes, bytes], ...] = unpacked(Screens, kept)
                return known
        made = photographs.for_screens(content, sizes, forms)
        self.cache.write(name, packed(Screens, made))
        return made

    def shows(self, picture: Made, ground: str, fonts: Iterable[Path]) -> bool:
        """Tell whether more of a picture than traces can be seen on a ground of a colour."""
        content = self._looked_at(picture, fonts)
        return content is None or photographs.shows(content, ground)

    def ink(self, picture: Made, ground: str, fonts: Iterable[Path]) -> photographs.Ink | None:
        """Return what is seen of a picture on a ground of a colour, as far as it can be told."""
        content = self._looked_at(picture, fonts)
        return None if content is None else photographs.ink(content, ground)

    def _looked_at(self, picture: Made, fonts: Iterable[Path]) -> bytes | None:
        """Return a picture as pixels; None where it takes too much to draw them."""
        if picture.kind != SVG:
            return picture.content
        try:
            return self.pixels(picture, photographs.LOOKED_AT, fonts)
        except (Broken, OverLimit):
            return None


def is_drawing(content: bytes) -> bool:
    """Tell whether a file is to be read as SVG: it is a text that begins with a tag."""
    return content[:200].lstrip(BLANK).startswith(b"<")


def _made(content: bytes) -> Made:
    if content.startswith(ZIPPED):
        content = _unzipped(content)
    return drawings.made(content) if is_drawing(content) else photographs.made(content)


def _unzipped(content: bytes) -> bytes:
    """Return what a zipped SVG holds. Raises ``Unfit``."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, DRAWING.bytes + 1)
    except zlib.error as error:
        raise Unfit("unreadable") from error


def _emptied(made: Made | Refusal, content: bytes) -> Made | Refusal:
    """Return what was made without what its file holds anyhow, since that is not kept twice."""
    if isinstance(made, Made) and made.content == _untouched(made, content):
        return replace(made, content=b"")
    return made


def _filled(made: Made | Refusal, content: bytes) -> Made | Refusal:
    if isinstance(made, Made) and not made.content:
        return replace(made, content=_untouched(made, content))
    return made


def _untouched(made: Made, content: bytes) -> bytes:
    alone = bare(content) if made.kind == JPEG else None
    return content if alone is None else alone.content


def _name(*parts: bytes) -> str:
    digest = hashlib.sha256(_program())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return f"picture-{digest.hexdigest()}"


@cache
def _program() -> bytes:
    """Return the digest of what else pictures are made from than themselves."""
    own = [path.read_bytes() for path in sorted(FOLDER.rglob("*.*")) if path.is_file()]
    versions = [version(name).encode() for name in LIBRARIES]
    return hashlib.sha256(b"\0".join((*own, *versions))).digest()
