"""Which SVG is drawn as vectors: what WeasyPrint is known to draw right, and nothing else.

WeasyPrint draws a part of SVG, and the rest of it wrong or not at all, without a word. So this is a
list of what it may be given; whatever stands in no list is drawn by resvg, as pixels. Tests compare
both on drawings that hold all that is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
SILENT = frozenset({"title", "desc", "metadata", "style"})
FORMS = SHAPES | {"svg", "g", "defs", "use", "image", "clipPath"}
_SEEN = (
    "d points x y width height rx ry cx cy r x1 y1 x2 y2 transform fill stroke color opacity "
    "fill-opacity stroke-opacity stroke-width stroke-miterlimit stroke-linecap stroke-linejoin "
    "stroke-dasharray stroke-dashoffset fill-rule display visibility"
)
_UNSEEN = (
    "id class version baseProfile style viewBox preserveAspectRatio href role lang tabindex "
    "focusable type enable-background shape-rendering color-rendering image-rendering "
    "text-rendering color-interpolation-filters stop-color stop-opacity flood-color "
    "flood-opacity lighting-color solid-color solid-opacity"
)
SEEN, UNSEEN = frozenset(_SEEN.split()), frozenset(_UNSEEN.split())
"""What is looked at apart, or changes nothing in a drawing of these forms."""
OF_TEXT = re.compile(r"font|text-|line-height|letter-|word-|white-space|writing-mode|baseline|kern")
COMMON: Mapping[str, tuple[str, ...]] = {
    "clip-rule": ("nonzero",),
    "clipPathUnits": ("userSpaceOnUse",),
    "color-interpolation": ("sRGB", "auto"),
    "filter": ("none",),
    "isolation": ("auto",),
    "marker": ("none",),
    "marker-end": ("none",),
    "marker-mid": ("none",),
    "marker-start": ("none",),
    "mask": ("none",),
    "mix-blend-mode": ("normal",),
    "overflow": ("visible",),
    "paint-order": ("normal",),
    "vector-effect": ("none",),
}
"""What is harmless with these values."""
COLOUR = re.compile(r"(?:rgb|hsl)a?\([^()]*\)")
CLIP = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
XLINK = "{http://www.w3.org/1999/xlink}"
SVG = "{http://www.w3.org/2000/svg}"

Ids = Mapping[str | None, Element]


def is_plain(root: Element) -> bool:
    """Tell whether WeasyPrint draws an SVG as it is meant, with styles written into elements."""
    ids = {each.get("id"): each for each in root.iter()}
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if _is_svg(element) and name_of(element) not in SILENT:
            if not _is_plain(element, ids, is_root=element is root):
                return False
            waiting += element
    return True


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def href_of(element: Element) -> str:
    """Return what an element leads to, or draws; nothing where it names none."""
    return element.get("href", element.get(f"{XLINK}href", "")).strip()


def properties(element: Element) -> Iterator[tuple[str, str]]:
    """Yield what attributes and the ``style`` of an element say, by name."""
    for key, value in element.attrib.items():
        if not key.startswith("{"):
            yield key, value.strip()
    for declaration in element.get("style", "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            yield key.strip(), value.partition("!")[0].strip()


def _is_svg(element: Element) -> bool:
    """Tell whether an element is one of SVG: editors keep their own notes beside them."""
    tag = element.tag
    # that of a comment is no text
    return str(tag).startswith(SVG) or str(tag)[:1] not in "{<"


def _is_plain(element: Element, ids: Ids, *, is_root: bool) -> bool:
    name = name_of(element)
    if name not in FORMS or (name == "svg") != is_root:
        return False
    if name == "clipPath" and not _clips_plainly(element):
        return False
    if name == "use":
        used = ids.get(href_of(element).removeprefix("#"))
        if used is None or name_of(used) not in SHAPES | {"g"}:
            return False
    return all(_is_harmless(name, key, value, ids) for key, value in properties(element))


def _clips_plainly(element: Element) -> bool:
    """Tell whether something is clipped by a single shape that stands where it is drawn."""
    kids = [each for each in element if _is_svg(each)]
    moved = any(each.get("transform") for each in (element, *kids))
    return len(kids) == 1 and name_of(kids[0]) in SHAPES and not moved


def _is_harmless(name: str, key: str, value: str, ids: Ids) -> bool:
    if key in COMMON:
        return value in COMMON[key]
    if key == "clip-path":
        clip = CLIP.fullmatch(value)
        return value == "none" or bool(clip and clip[1] in ids)
    if key in ("rx", "ry") and name == "rect":  # its rounded corners are none
        return value in ("", "0")
    if key == "transform" or key in UNSEEN or OF_TEXT.match(key):
        return True
    if key.startswith(("-", "data-", "aria-")):
        return True
    return key in SEEN and ("(" not in value or bool(COLOUR.fullmatch(value)))
