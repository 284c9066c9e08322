"""A PDF as its reader meets it: text, places, links, bookmarks, headings, fonts, pictures.

Lengths are in points, from the lower left corner of the page; pages are counted from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from PIL import Image, ImageOps
from pypdf.generic import Destination, IndirectObject

MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
TOP, BOTTOM, SIDE = 20 * MILLIMETRE, 24 * MILLIMETRE, 18 * MILLIMETRE


@dataclass(frozen=True)
class Place:
    """Where an anchor stands: the page, and how high on it."""

    page: int
    top: float


@dataclass(frozen=True)
class Link:
    """A link: the page it is on, and either a web address or an anchor of the file."""

    page: int
    uri: str | None
    anchor: str | None
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline; the outermost level is 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True)
class Font:
    """A font of the file, its name without the prefix of a subset."""

    name: str
    embedded: bool


class Pdf:
    """A PDF that is open for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = pypdf.PdfReader(path)
        self._drawn = pypdfium2.PdfDocument(path)
        self.root: Any = self._reader.trailer["/Root"]

    def __len__(self) -> int:
        return len(self._reader.pages)

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of each page as it is copied, its lines ended by a line feed."""
        texts = (page.get_textpage().get_text_range() for page in self._drawn)
        return tuple(re.sub(" *\r\n", "\n", text).rstrip(" ") for text in texts)

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(self.pages)

    def page(self, number: int) -> str:
        """The text of one page as one line: where lines end does not matter to a phrase."""
        return one_line(self.pages[number - 1])

    def pages_with(self, phrase: str) -> list[int]:
        """The pages on which a phrase stands."""
        return [number for number in range(1, len(self) + 1) if phrase in self.page(number)]

    def within(
        self,
        page: int,
        *,
        left: float = 0,
        bottom: float = 0,
        right: float = A4[0],
        top: float = A4[1],
    ) -> str:
        """The text of a part of a page."""
        text = self._drawn[page - 1].get_textpage()
        found: str = text.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
        return re.sub(" *\r\n", "\n", found).rstrip(" ")

    def spot(self, page: int, phrase: str) -> tuple[float, float, float, float]:
        """Where a phrase of one line stands: left, bottom, right, top."""
        text = self._drawn[page - 1].get_textpage()
        found = text.search(phrase).get_next()
        assert found is not None, phrase
        boxes = [text.get_charbox(found[0] + number) for number in range(found[1])]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def drawn_pictures(self, page: int) -> list[tuple[float, float, float, float]]:
        """Where the pictures of a page stand: left, bottom, right, top."""
        return [each.get_bounds() for each in self._drawn[page - 1].get_objects() if each.type == 3]

    def head(self, page: int) -> str:
        """What stands in the upper margin."""
        return one_line(self.within(page, bottom=A4[1] - TOP))

    def foot(self, page: int) -> str:
        """What stands in the lower margin, but for the folio."""
        return one_line(self.within(page, top=BOTTOM, right=A4[0] - SIDE - BOTTOM))

    def folio(self, page: int) -> str:
        """The number printed on a page."""
        return one_line(self.within(page, top=BOTTOM, left=A4[0] - SIDE - BOTTOM))

    @cached_property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """The width and height of each page."""
        return tuple(page.get_size() for page in self._drawn)

    def image(self, page: int, scale: float = 0.5) -> Image.Image:
        """The page as a picture, ``scale`` pixels to a point."""
        picture = self._drawn[page - 1].render(scale=scale).to_pil()
        assert isinstance(picture, Image.Image)
        return picture.convert("RGB")

    def colour(self, page: int, x: float, y: float) -> str:
        """The colour of a page at a point that is given from its upper left corner."""
        pixel = self.image(page, 1).getpixel((round(x), round(y)))
        assert isinstance(pixel, tuple)
        return "#{:02x}{:02x}{:02x}".format(*pixel)

    def depth(self, page: int) -> float:
        """How far down the type area a page is printed on, from 0 to 1."""
        picture = ImageOps.invert(self.image(page).convert("L"))
        height = picture.height
        area = (0, round(TOP / 2), picture.width, height - round(BOTTOM / 2))
        box = picture.crop(area).point(lambda light: 255 if light > 12 else 0).getbbox()
        return box[3] / (area[3] - area[1]) if box else 0.0

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Where each named destination leads."""
        return {
            name: place
            for name, found in self._reader.named_destinations.items()
            if (place := self._place(found))
        }

    def _place(self, found: Destination) -> Place | None:
        number = self._reader.get_destination_page_number(found)
        if number is None or number < 0:
            return None
        return Place(number + 1, float(found.get("/Top", 0)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links, in the order of the file."""
        return tuple(
            link
            for number, page in enumerate(self._reader.pages, 1)
            for entry in page.get("/Annots", ())
            if (link := _link(number, entry.get_object()))
        )

    @cached_property
    def outline(self) -> tuple[Bookmark, ...]:
        """The bookmarks, in their order."""
        return tuple(self._bookmarks(self._reader.outline, 1))

    def _bookmarks(self, entries: Any, level: int) -> Iterator[Bookmark]:
        for entry in entries:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, level + 1)
            else:
                page = self._reader.get_destination_page_number(entry)
                yield Bookmark(str(entry.title), level, -1 if page is None else page + 1)

    @cached_property
    def metadata(self) -> Mapping[str, str]:
        """What the file says of itself: title, author, subject, keywords."""
        return {
            name.lstrip("/").lower(): str(value)
            for name, value in (self._reader.metadata or {}).items()
        }

    @property
    def language(self) -> str:
        """The language of the file."""
        return str(self.root.get("/Lang"))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The structure of the file: the type of each element, in reading order."""
        return tuple(_tags(self.root["/StructTreeRoot"]["/K"]))

    @property
    def headings(self) -> list[int]:
        """The levels of the headings, in reading order."""
        return [int(tag[1]) for tag in self.tags if re.fullmatch(r"H\d", tag)]

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The alternative texts of the figures, in reading order."""
        return tuple(_alternatives(self.root["/StructTreeRoot"]["/K"]))

    @cached_property
    def fonts(self) -> frozenset[Font]:
        """The fonts of all pages."""
        found: set[Font] = set()
        for page in self._reader.pages:
            found.update(_fonts(page["/Resources"].get_object()))
        return frozenset(found)


def one_line(text: str) -> str:
    """Return a text with its lines joined, words that were divided at their ends made whole."""
    return re.sub(r"\s*\r?\n\s*", " ", re.sub("\ufffe\\s*", "", text)).strip()


def _link(page: int, annotation: Any) -> Link | None:
    if annotation["/Subtype"] != "/Link":
        return None
    left, one, right, other = (float(side) for side in annotation["/Rect"])
    box = (left, min(one, other), right, max(one, other))
    action = annotation.get("/A")
    target = annotation.get("/Dest", action.get("/D") if action else None)
    uri = str(action["/URI"]) if action and "/URI" in action else None
    return Link(page, uri, None if target is None else str(target), box)


def _elements(kids: Any) -> Iterator[Any]:
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(element, dict):
            if "/S" in element:
                yield element
            if "/K" in element:
                yield from _elements(element["/K"])


def _tags(kids: Any) -> Iterator[str]:
    for element in _elements(kids):
        yield str(element["/S"]).lstrip("/")


def _alternatives(kids: Any) -> Iterator[str]:
    for element in _elements(kids):
        if element["/S"] == "/Figure":
            yield str(element.get("/Alt", ""))


def _fonts(resources: Any) -> Iterator[Font]:
    for reference in resources.get("/Font", {}).values():
        font = reference.get_object()
        below = font.get("/DescendantFonts")
        described = below[0].get_object() if below else font
        descriptor = described.get("/FontDescriptor", {})
        name = str(font["/BaseFont"]).lstrip("/").partition("+")
        files = ("/FontFile", "/FontFile2", "/FontFile3")
        yield Font(name[2] or name[0], any(file in descriptor for file in files))
    for reference in resources.get("/XObject", {}).values():
        form = reference.get_object()
        if "/Resources" in form:
            yield from _fonts(form["/Resources"].get_object())
