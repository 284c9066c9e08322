"""How pictures come onto pages: with as many pixels as their largest place needs, and no more.

WeasyPrint asks for a picture at each layout; it gets one of these instead of its own. Like
`engine.py`, which alone uses this, it is written for one version of WeasyPrint.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from hashlib import md5
from math import ceil, hypot
from typing import Any, Protocol
from xml.etree import ElementTree as Xml

import tinycss2
from PIL import Image
from tinycss2.color4 import parse_color
from weasyprint.html import HTML_HANDLERS, handle_svg
from weasyprint.images import RasterImage, SVGImage

from moip_press.pdf.structure import SVG as SVG_ELEMENT
from moip_press.system.pictures.made_pictures import SVG, Made
from moip_press.system.pictures.photographs import WHOLE, Window, pixels_of, reduced

POINT = 72  # of these make an inch
DRAWN_DOTS = 600  # an inch, of a drawing that is printed as pixels: its edges stay sharp


class Source(Protocol):
    """Where pictures come from. ``dots`` are the most that they are printed with, an inch."""

    dots: int

    def pixels(self, drawing: Made, size: tuple[float, ...]) -> bytes | None:
        """Return a PNG of an SVG, of so many pixels; None where that is too much."""

    def reduced(self, content: bytes, size: tuple[int, int], window: Window) -> bytes:
        """Return a part of a picture with so many pixels."""


def _reduced(content: bytes, size: tuple[int, int], window: Window) -> bytes:
    return reduced(content, *size, window)


class Photograph(RasterImage):  # type: ignore[misc]
    """A picture of pixels, from an address.

    ``dots`` are the most that it is printed with, an inch; ``name`` tells it from others of the
    same address. ``window`` is the part of it that stands in a file.
    """

    def __init__(
        self,
        content: bytes,
        url: str,
        dots: int,
        name: str = "",
        reduce: Callable[[bytes, tuple[int, int], Window], bytes] = _reduced,
        window: Window = WHOLE,
    ) -> None:
        known = md5((url + name).encode(), usedforsecurity=False).hexdigest()
        super().__init__(Image.open(io.BytesIO(content)), known, content)
        self.url = url
        self._content = content
        self._dots = dots
        self._reduce = reduce
        self._window = window

    def draw(
        self, stream: Any, width: float, height: float, _style: Any, shown: Window = WHOLE
    ) -> None:
        """Draw it, and note which part of its pixels is needed for that.

        ``shown`` is the part that is seen: where there are more pixels than are needed, the rest
        stays out of the file. It is never to be interpolated by readers, as PDF/A asks.
        """
        if self.width <= 0 or self.height <= 0:
            return
        wide, high = printed(stream, width, height)
        needed = max(wide / self.width, high / self.height) * self._dots / POINT
        if needed < 1 and shown != WHOLE:
            self._draw_part(stream, width, height, shown)
            return
        name = stream.add_image(self, False, min(1.0, needed))  # noqa: FBT003 -- WeasyPrint's call
        stream.transform(width, 0, 0, -height, 0, height)
        stream.draw_x_object(name)

    def _draw_part(self, stream: Any, width: float, height: float, shown: Window) -> None:
        left, top, right, bottom = pixels_of(shown, (self.width, self.height))
        window = (left / self.width, top / self.height, right / self.width, bottom / self.height)
        name = f" {left} {top} {right} {bottom}"
        part = Photograph(self._content, self.url, self._dots, name, self._reduce, window)
        part.width, part.height = right - left, bottom - top
        stream.transform(e=window[0] * width, f=window[1] * height)
        part.draw(stream, (window[2] - window[0]) * width, (window[3] - window[1]) * height, None)

    def get_x_object(self, interpolate: bool, ratio: float) -> Any:  # noqa: FBT001 -- WeasyPrint's
        """Return the picture as it is written, with a part of its pixels."""
        if ratio >= 1 and self._window == WHOLE:
            return super().get_x_object(interpolate, 1)
        size = ceil(self.width * min(ratio, 1)), ceil(self.height * min(ratio, 1))
        content = self._reduce(self._content, size, self._window)
        small = RasterImage(Image.open(io.BytesIO(content)), self.id, content)
        return small.get_x_object(interpolate, 1)


class Drawing(SVGImage):  # type: ignore[misc]
    """A picture in SVG: by WeasyPrint where it draws it right, else as pixels."""

    def __init__(self, drawing: Made, url: str, source: Source, context: Any) -> None:
        super().__init__(Xml.fromstring(drawing.content), url, source, context)  # noqa: S314 -- judged
        self._drawing = drawing
        self._source = source

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Draw it; as pixels, as large as fits in the middle of its place."""
        scale = DRAWN_DOTS / POINT
        size = tuple(side * scale for side in printed(stream, width, height))
        content = None if self._drawing.vectors else self._source.pixels(self._drawing, size)
        if content is None:
            super().draw(stream, width, height, style)
            return
        picture = Photograph(content, self._base_url, DRAWN_DOTS, f" {size}")
        fit = min(width / picture.width, height / picture.height)
        inner, upper = picture.width * fit, picture.height * fit
        stream.transform(e=(width - inner) / 2, f=(height - upper) / 2)
        picture.draw(stream, inner, upper, style)


def image(picture: Made, url: str, source: Source, context: Any) -> Photograph | Drawing:
    """Return a picture for the pages that are laid out in a context of WeasyPrint."""
    if picture.kind == SVG:
        return Drawing(picture, url, source, context)
    return Photograph(picture.content, url, source.dots, reduce=source.reduced)


def shown(box: Any, width: float, height: float, left: float, top: float) -> Window:
    """Return which part of a picture is seen in its box, which cuts what is beyond its edges.

    The picture is so wide and high, and stands there on the page.
    """
    if box.style["overflow"] == "visible":
        return WHOLE
    x, y = box.padding_box_x() - left, box.padding_box_y() - top
    return (
        min(max(x / width, 0.0), 1.0),
        min(max(y / height, 0.0), 1.0),
        min(max((x + box.padding_width()) / width, 0.0), 1.0),
        min(max((y + box.padding_height()) / height, 0.0), 1.0),
    )


def printed(stream: Any, width: float, height: float) -> tuple[float, float]:
    """Return how wide and high something is on the sheet, in points, whichever way it is turned."""
    across, down, *_ = stream.ctm
    return width * hypot(*across[:2]), height * hypot(*down[:2])


# --- drawings within a page --------------------------------------------------------------------

# WeasyPrint gives an inline SVG nothing of the page's styles. What stands in its attributes as
# ``currentColor``, ``var(--dark)`` or ``mix(--tint, --dark, 40%)``, the colour that lies so far
# between the two, is what the style sheets say at its place: a theme's colours hold in charts.
COLOUR = re.compile(
    r"currentColor|var\(\s*(--[\w-]+)\s*\)"
    r"|mix\(\s*(--[\w-]+)\s*,\s*(--[\w-]+)\s*,\s*([\d.]+)%\s*\)"
)
Rgb = tuple[float, float, float]
BLACK: Rgb = (0.0, 0.0, 0.0)


def colour_drawings() -> None:
    """Have inline SVG drawn in the colours of its page."""
    HTML_HANDLERS[SVG_ELEMENT] = _coloured


def _coloured(element: Any, box: Any, get_image_from_uri: Any, base_url: Any) -> Any:
    drawing = copy.deepcopy(element)
    for each in drawing.iter():
        for name, value in each.attrib.items():
            if "(--" in value or value == "currentColor":
                each.attrib[name] = COLOUR.sub(lambda found: _hex(_meant(found, box.style)), value)
    return handle_svg(drawing, box, get_image_from_uri, base_url)


def _meant(found: re.Match[str], style: Any) -> Rgb:
    name, one, other, share = found.groups()
    if one:
        part = min(float(share), 100) / 100
        return _between(_variable(one, style), _variable(other, style), part)
    return _variable(name, style) if name else _rgb(style["color"])


def _between(one: Rgb, other: Rgb, part: float) -> Rgb:
    red, green, blue = (a + (b - a) * part for a, b in zip(one, other, strict=True))
    return red, green, blue


def _variable(name: str, style: Any) -> Rgb:
    """Return the colour that a custom property holds; black where it holds none."""
    tokens = style[name.replace("--", "__", 1)] or ()
    written = tinycss2.serialize([each for each in tokens if not isinstance(each, str)])
    return _rgb(parse_color(written.strip()))


def _rgb(colour: Any) -> Rgb:
    if colour is None or isinstance(colour, str):
        return BLACK
    red, green, blue, *_ = colour.to("srgb")
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(min(max(part, 0), 1) * 255):02x}" for part in colour)
