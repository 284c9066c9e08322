"""Drawings in SVG: judged before anything draws them, made simple, and drawn as pixels by resvg.

A kit may come from anybody: a drawing must not run anything, fetch anything, or use up the
computer's time and memory. Editors save more than a drawing: a document type, their own notes,
alternatives for other programs, style sheets. These are resolved here.

The only user of resvg, for all of SVG that WeasyPrint does not draw right. It reads files that a
drawing names, wherever they lie: it is given none that names one. It cannot be interrupted, so it
works in a child process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as Xml
from xml.parsers import expat

from moip_press.system.enforcement import Broken, apart, foreign, held
from moip_press.system.fonts import family
from moip_press.system.limits import DRAWING
from moip_press.system.pictures import drawing_styles
from moip_press.system.pictures.made_pictures import SVG, Lost, Made, Unfit, Why
from moip_press.system.pictures.photographs import edged
from moip_press.system.pictures.vector_drawings import is_plain, name_of, properties

SCRIPTS = ("script", "handler", "listener", "iframe", "embed", "object")
LINKS = ("href", "src")
REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]*)", re.IGNORECASE)
WRITTEN = re.compile(r"^\s*#(\S+)")
LONGEST_ENTITY, MOST_ENTITIES = 200, 50
MADE_UP = re.compile(r"[&%<]")
"""What an entity must not hold: another one, or an element."""
XLINK, XML = "{http://www.w3.org/1999/xlink", "{http://www.w3.org/XML/1998/namespace"
ASKED_IN_CSS = re.compile(
    r"\\|@import|(?:image|image-set|src)\(|url\(\s*['\"]?\s*(?![#'\"\s]|data:)", re.IGNORECASE
)
FOREIGN = "foreignObject"
DRAWING_FILES = ("image", "feImage", "use", "textPath", "tref")
TEXTS = ("text", "tspan", "textPath")
FONT = re.compile(r"[^\s,]*\d[^\s,]*\s+(?P<family>[^\d].*)$")
"""The end of the short form of a font: its size, and its families."""


def made(content: bytes) -> Made:
    """Return an SVG as a page takes it. Raises ``Unfit``, ``Broken`` and ``OverLimit``."""
    if len(content) > DRAWING.bytes:
        raise Unfit("bytes")
    return held(DRAWING.held, _made, content)


def _made(content: bytes) -> Made:
    _draws_ends(_Svg(content))
    try:
        root = Xml.fromstring(content)  # noqa: S314 -- what it declares has been looked at
    except Xml.ParseError as error:  # a name of a namespace that it cannot tell from a tag
        raise Unfit("unreadable") from error
    before = Xml.tostring(root)
    lost: list[tuple[Lost, str]] = [("text", FOREIGN)] if _without_foreign(root) else []
    lost += [("variable", name) for name in drawing_styles.write_into_elements(root)]
    text = Xml.tostring(root)
    kept = text == before and content.startswith(b"<") and _is_utf8(content)
    linked = next(_links_out(root), "")
    vectors = is_plain(root)
    if linked and not vectors:
        lost.append(("effects", linked))
    return Made(
        SVG,
        content if kept else text,
        lost=tuple(lost),
        vectors=vectors or bool(linked),
        fonts=tuple(dict.fromkeys(_fonts(root))),
    )


# --- judged ---------------------------------------------------------------------------------------


@dataclass
class _Element:
    """An element of an SVG: what it holds, and which others it draws by their ids."""

    name: str
    line: int
    kids: list[_Element] = field(default_factory=list)
    draws: list[str] = field(default_factory=list)


class _Svg:
    """Reads an SVG, and stops at the first thing that it must not hold. Raises ``Unfit``."""

    def __init__(self, content: bytes) -> None:
        self.root = _Element("", 1)
        self.ids: dict[str, _Element] = {}
        self._open = [self.root]
        self._count = 0
        self._entities = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.EntityDeclHandler = self._entity
        parser.AttlistDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            with foreign("expat", ValueError, LookupError):
                parser.Parse(content, True)  # noqa: FBT003 -- expat's call
        except Broken as broken:
            if broken.why != "damaged":
                raise
            cut = isinstance(broken.__cause__, expat.ExpatError) and self.ids_or_elements
            raise self._refuse("damaged" if cut else "unreadable") from broken

    @property
    def ids_or_elements(self) -> bool:
        """Whether an SVG had begun before it could not be read on."""
        return self._count > 0 and self.root.kids[0].name == "svg"

    def _refuse(self, why: Why) -> Unfit:
        return Unfit(why, self._parser.CurrentLineNumber)

    def _declared(self, *_: object) -> None:
        raise self._refuse("declares")

    def _entity(self, _name: str, is_parameter: bool, value: str | None, *_: Any) -> None:  # noqa: FBT001 -- expat's call
        """Accept short names for addresses, as editors declare them, and nothing more."""
        self._entities += 1
        plain = value is not None and len(value) <= LONGEST_ENTITY and not MADE_UP.search(value)
        if is_parameter or not plain or self._entities > MOST_ENTITIES:
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


def _draws_ends(svg: _Svg) -> None:
    """Count what is drawn, with all repetitions. Raises ``Unfit``."""
    sizes: dict[int, int] = {}
    begun: set[int] = set()
    waiting: list[tuple[_Element, bool]] = [(svg.root, False)]
    while waiting:
        element, counted = waiting.pop()
        others = list(_others(element, svg))
        if counted:
            size = 1 + sum(sizes.get(id(other), 0) for other in others)
            if size > DRAWING.items:
                raise Unfit("repeats", element.line)
            sizes[id(element)] = size
        elif id(element) not in sizes:
            if id(element) in begun:
                raise Unfit("repeats", element.line)  # it draws itself
            begun.add(id(element))
            waiting.append((element, True))
            waiting += [(other, False) for other in others if id(other) not in sizes]


def _others(element: _Element, svg: _Svg) -> Iterator[_Element]:
    yield from element.kids
    for name in element.draws:
        if name in svg.ids:
            yield svg.ids[name]


def _is_utf8(content: bytes) -> bool:
    """Tell whether resvg could read a text."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


# --- made simple ----------------------------------------------------------------------------------


def _without_foreign(root: Xml.Element) -> bool:
    """Take out what is no SVG, keep of alternatives the first that is; tell if text went with it.

    Illustrator puts its own data beside a drawing as the first of two alternatives; others set
    text in HTML, with SVG as the alternative.
    """
    went = False
    for above in list(root.iter()):
        for element in list(above):
            if name_of(element) == FOREIGN:
                above.remove(element)
                went = went or (name_of(above) != "switch" and any(element.itertext()))
        if name_of(above) == "switch":
            usable = [each for each in above if not each.get("requiredExtensions")]
            above[:] = usable[:1]
            above.tag = above.tag.replace("switch", "g")
    return went


def _links_out(root: Xml.Element) -> Iterator[str]:
    """Yield the names of the files that an SVG draws: only WeasyPrint may ask for them."""
    for element in root.iter():
        if name_of(element) in DRAWING_FILES:
            # whichever of two addresses a program takes
            named = [value for key, value in element.items() if key.rpartition("}")[2] == "href"]
            yield from (href for href in named if not href.startswith(("#", "data:")))


def asks_for_others(drawing: bytes) -> bool:
    """Return whether a browser that opens an SVG by itself would ask for anything outside it.

    What cannot be told for sure counts as asked for, such as escapes in CSS. A link asks for
    nothing until somebody follows it.
    """
    if b"<?xml-stylesheet" in drawing:
        return True
    root = Xml.fromstring(drawing)  # noqa: S314 -- the intake has looked at it
    return any(_asks(element) for element in root.iter())


def _asks(element: Xml.Element) -> bool:
    if name_of(element) == "style" and ASKED_IN_CSS.search("".join(element.itertext())):
        return True
    for key, value in element.items():
        space, _, name = key.rpartition("}")
        if space not in ("", XLINK, XML):
            continue  # what editors keep beside the drawing
        if name in (*LINKS, "base"):
            if name_of(element) != "a" and not value.strip().startswith(("#", "data:")):
                return True
        elif not name.startswith(("aria-", "data-")) and ASKED_IN_CSS.search(value):
            return True
    return False


def _fonts(root: Xml.Element) -> Iterator[tuple[str, ...]]:
    """Yield the families that each text asks for."""
    waiting: list[tuple[Xml.Element, str]] = [(root, "")]
    while waiting:
        element, family = waiting.pop()
        for name, value in properties(element):
            if name == "font-family":
                family = value
            elif name == "font" and (found := FONT.search(value)):
                family = found["family"]
        words = (element.text, *(kid.tail for kid in element))
        if name_of(element) in TEXTS and any(each and each.strip() for each in words):
            names = (name.strip().strip("'\"") for name in family.split(","))
            yield tuple(name for name in names if name)
        waiting += [(kid, family) for kid in reversed(element)]


# --- as pixels ------------------------------------------------------------------------------------

FONTS = (".ttf", ".otf")
MOST_PIXELS = 25_000_000  # of one picture: an A4 sheet at 500 dots an inch
DOTS = 96.0  # an inch, of a drawing's own lengths


def readable(fonts: Iterable[Path]) -> tuple[Path, ...]:
    """Return the font files that texts in drawings can be set in."""
    return tuple(path for path in fonts if path.suffix.lower() in FONTS)


def drawn(content: bytes, size: tuple[float, float], fonts: Sequence[Path]) -> bytes:
    """Return a PNG, with alpha, of an SVG as large as fits into so many pixels.

    ``fonts`` are files, the first for texts that ask for none of them. Raises ``Broken`` and
    ``OverLimit``.
    """
    width, height = (max(1.0, side) for side in size)
    smaller = min(1.0, (MOST_PIXELS / (width * height)) ** 0.5)
    pixels = (max(1, round(width * smaller)), max(1, round(height * smaller)))
    last = family(fonts[0]) if fonts else None
    return apart(DRAWING.held, _drawn, content, pixels, tuple(map(str, fonts)), last)


def _drawn(content: bytes, size: tuple[int, int], fonts: Iterable[str], last: str | None) -> bytes:
    import resvg_py  # noqa: PLC0415 -- in the child process only

    with foreign("resvg", ValueError):
        png = resvg_py.svg_to_bytes(
            svg_string=content.decode(),
            skip_system_fonts=True,
            width=size[0],
            height=size[1],
            dpi=DOTS,
            font_files=list(fonts),
            font_family=last,
            serif_family=last,
            sans_serif_family=last,
            cursive_family=last,
            fantasy_family=last,
            monospace_family=last,
        )
    return edged(png)
