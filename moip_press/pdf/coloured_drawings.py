"""Drawings within a page take the colours of its styles.

WeasyPrint gives an inline SVG nothing of the page's styles. What stands in its attributes as
``currentColor``, ``var(--dark)`` or ``mix(--tint, --dark, 40%)``, the colour that lies so far
between the two, is what the style sheets say at its place: a theme's colours hold in charts.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color
from weasyprint.html import HTML_HANDLERS, handle_svg

SVG = "{http://www.w3.org/2000/svg}svg"
COLOUR = re.compile(
    r"currentColor|var\(\s*(--[\w-]+)\s*\)"
    r"|mix\(\s*(--[\w-]+)\s*,\s*(--[\w-]+)\s*,\s*([\d.]+)%\s*\)"
)
Rgb = tuple[float, float, float]
BLACK: Rgb = (0.0, 0.0, 0.0)


def install() -> None:
    """Have inline SVG drawn in the colours of its page."""
    HTML_HANDLERS[SVG] = _coloured


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
