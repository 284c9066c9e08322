"""Which pictures may be drawn, and how large they are. The only user of Pillow.

A kit may come from anybody: a picture must not run anything, fetch anything, or use up the
computer's time and memory. Refusals are reported before a page is laid out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import unquote
from xml.parsers import expat

from PIL import Image, ImageFile

from moip_press.system.enforcement import Broken, OverLimit, foreign, held
from moip_press.system.limits import DRAWING, PICTURE

Why = Literal["bytes", "pixels", "kind", "damaged", "costly", "script", "declares", "repeats"]
"""Why a picture is refused: too many bytes or pixels, another format, cut short, slow to draw, a
script, a document type, too many repeated elements. What it would fetch is refused when it is
fetched."""

SCAN = b"\xff\xda"  # begins a scan of a JPEG; these bytes never occur within its data
USUAL_SCANS = 20
MOST_SCANNED = 1_000_000_000  # pixels of all scans together: Pillow cannot be interrupted meanwhile
DRAFT = 8  # how many times smaller a JPEG is decoded to see whether it is complete
ORIENTATION = 0x0112  # the EXIF tag that says how a camera was held
TURNED = (5, 6, 7, 8)
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
SCRIPTS = ("script", "handler", "listener", "foreignobject", "iframe", "embed", "object")
LINKS = ("href", "src")
REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]*)", re.IGNORECASE)
WRITTEN = re.compile(r"^\s*#(\S+)")


@dataclass(frozen=True)
class Refusal:
    """Why a picture is refused, and in which line of it; 0 for the whole."""

    why: Why
    line: int = 0


def refusal(content: bytes) -> Refusal | None:
    """Return why ``content`` is refused as a picture.

    ``None`` where it may be drawn, and where it is none at all: then it cannot be.
    """
    svg = is_svg(content)
    bounds = DRAWING if svg else PICTURE
    if len(content) > bounds.bytes:
        return Refusal("bytes")
    try:
        return held(bounds.held, _svg if svg else _raster, content)
    except OverLimit:
        return Refusal("costly")
    except Broken as broken:
        return Refusal("costly" if broken.why == "memory" else "damaged")


def is_svg(content: bytes) -> bool:
    """Tell whether a file is to be read as SVG: it is a text that begins with a tag."""
    return content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n").startswith(b"<")


def _raster(content: bytes) -> Refusal | None:
    """Return why a picture is refused: it is opened, measured, and decoded once."""
    try:
        with warnings.catch_warnings(), foreign("Pillow"):
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content))
    except Broken as broken:
        bomb = isinstance(broken.__cause__, Image.DecompressionBombError)
        return Refusal("pixels") if bomb else None
    with image:
        width, height = image.size
        if image.format not in FORMATS:
            return Refusal("kind")
        if width * height > PICTURE.items:
            return Refusal("pixels")
        scans = content.count(SCAN) if image.format == "JPEG" else 0
        if scans > USUAL_SCANS and scans * width * height > MOST_SCANNED:
            return Refusal("costly")
        return None if _is_whole(image) else Refusal("damaged")


def _is_whole(image: Image.Image) -> bool:
    """Tell whether all of a picture can be decoded. A JPEG is decoded small, which is enough."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint has Pillow decode damaged files
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with warnings.catch_warnings(), foreign("Pillow"):
            warnings.simplefilter("ignore")
            image.draft(None, (image.width // DRAFT, image.height // DRAFT))
            image.load()
    except Broken as broken:
        if broken.why == "memory":
            raise
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True


def size_in_print(path: Path) -> tuple[int, int] | None:
    """Return the width and height in pixels as printed; None where the picture cannot be read."""
    try:
        with warnings.catch_warnings(), foreign("Pillow"), path.open("rb") as file:
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(file.read(PICTURE.bytes))) as picture:
                width, height = picture.size
                turned = picture.getexif().get(ORIENTATION) in TURNED
    except (OSError, Broken):
        return None
    return (height, width) if turned else (width, height)


@dataclass
class _Element:
    """An element of an SVG: what it holds, and which others it draws by their ids."""

    name: str
    line: int
    kids: list[_Element] = field(default_factory=list)
    draws: list[str] = field(default_factory=list)


class _Refused(Exception):
    def __init__(self, why: Why, line: int) -> None:
        super().__init__(why, line)
        self.refusal = Refusal(why, line)


class _Svg:
    """Reads an SVG, and stops at the first thing that it must not hold. Raises ``_Refused``."""

    def __init__(self, content: bytes) -> None:
        self.root = _Element("", 1)
        self.ids: dict[str, _Element] = {}
        self._open = [self.root]
        self._count = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._declared
        parser.EntityDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        with foreign("expat", ValueError, LookupError):
            parser.Parse(content, True)  # noqa: FBT003 -- expat's call

    def _refuse(self, why: Why) -> _Refused:
        return _Refused(why, self._parser.CurrentLineNumber)

    def _declared(self, *_: object) -> None:
        raise self._refuse("declares")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = _Element(name.rpartition(" ")[2].lower(), self._parser.CurrentLineNumber)
        self._count += 1
        if self._count > DRAWING.items or len(self._open) > DRAWING.depth:
            raise self._refuse("repeats")
        if element.name in SCRIPTS:
            raise self._refuse("script")
        for attribute, value in attributes.items():
            self._attribute(element, attribute.rpartition(" ")[2].lower(), value)
        self._open[-1].kids.append(element)
        self._open.append(element)

    def _attribute(self, element: _Element, name: str, value: str) -> None:
        plain = re.sub(r"[\x00-\x20]", "", unquote(value)).lower()
        if name.startswith("on") or plain.startswith(("javascript:", "vbscript:", "data:text")):
            raise self._refuse("script")
        if name == "id":
            self.ids.setdefault(value, element)
        elif name in LINKS and element.name != "a":
            element.draws += WRITTEN.findall(value)
        else:
            element.draws += REFERENCE.findall(value)

    def _end(self, _: str) -> None:
        self._open.pop()


def _svg(content: bytes) -> Refusal | None:
    try:
        svg = _Svg(content)
        _drawn(svg)
    except _Refused as refused:
        return refused.refusal
    except Broken:
        return None
    return None


def _drawn(svg: _Svg) -> None:
    """Count what is drawn, with all repetitions. Raises ``_Refused``."""
    sizes: dict[int, int] = {}
    begun: set[int] = set()
    waiting: list[tuple[_Element, bool]] = [(svg.root, False)]
    while waiting:
        element, counted = waiting.pop()
        others = list(_others(element, svg))
        if counted:
            size = 1 + sum(sizes.get(id(other), 0) for other in others)
            if size > DRAWING.items:
                raise _Refused("repeats", element.line)
            sizes[id(element)] = size
        elif id(element) not in sizes:
            if id(element) in begun:
                raise _Refused("repeats", element.line)  # it draws itself
            begun.add(id(element))
            waiting.append((element, True))
            waiting += [(other, False) for other in others if id(other) not in sizes]


def _others(element: _Element, svg: _Svg) -> Iterator[_Element]:
    yield from element.kids
    for name in element.draws:
        if name in svg.ids:
            yield svg.ids[name]
