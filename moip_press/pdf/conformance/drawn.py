"""What WeasyPrint drew: which text of which element stands where. Its private names live here.

WeasyPrint's own tags repeat an element on each page that it reaches, say nothing of the language
of a passage, and leave running titles without a mark. Here the marks are taken while a page is
painted, and gathered by the element of the document that they belong to.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pydyf
import weasyprint
from weasyprint.css import ColorProfile
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream
from weasyprint.text import ffi

MADE_FOR = "70.0"
POINT = 0.75  # of a pixel
PROFILE, CHANNELS = "sRGB2014.icc", (["r"], ["g"], ["b"])
LINKS = ("internal", "external")
ROOTS = ("html", "body")
REPEATED = ("thead", "tfoot")


def pango() -> str:
    """Return the version of Pango, which sets the lines."""
    number = ffi.pango.pango_version()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def harfbuzz() -> str:
    """Return the version of HarfBuzz, which shapes the words, and whether it cuts fonts."""
    known = [0, 0, 0]
    for place in range(3):
        while ffi.harfbuzz.hb_version_atleast(*known[:place], known[place] + 1, *[0] * (2 - place)):
            known[place] += 1
    return ".".join(map(str, known)) + (" subset" if ffi.harfbuzz_subset else "")


def colours() -> dict[str, ColorProfile]:
    """Return the colours of the file, sRGB; WeasyPrint's own way leaves a file open."""
    with (files(weasyprint.pdf) / PROFILE).open("rb") as file:
        return {"srgb": ColorProfile(file, PROFILE, "relative-colorimetric", CHANNELS)}


def is_known() -> bool:
    """Tell whether the private names are those that this module was written for."""
    return bool(weasyprint.__version__ == MADE_FOR)


@dataclass(frozen=True)
class Mark:
    """A run of marked content: the page, counted from 0, and its number there.

    ``blank`` tells that it holds spaces only. ``group`` counts the streams of the page: 0 is its
    own, then come the groups and patterns on it.
    """

    page: int
    number: int
    blank: bool = field(default=False, compare=False)
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Area:
    """A place on a page that can be clicked: which of the page's links."""

    page: int
    link: int


@dataclass(eq=False)
class Node:
    """An element of a document, with all that was drawn of it, in reading order.

    ``box`` is where a picture stands on its page, in points from the lower left corner.
    """

    tag: str
    attributes: Mapping[str, str]
    text: str
    page: int
    box: tuple[float, float, float, float] | None = None
    kids: list[Node | Mark | Area] = field(default_factory=list)


class Painted:
    """A page of WeasyPrint that keeps the marks which are set while it is painted."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.marks: dict[Any, dict[str, Any]] = {}
        self.is_painted = False
        for *_, box in page.links:
            # pages are painted for several files: what one left must not enter the next
            box.link_annotation = None
        self.links = outermost(page)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, each text and picture marked."""
        stream._tags = self.marks
        self._page.paint(stream, scale)
        self.is_painted = True

    @property
    def root(self) -> Any:
        """The box of the page."""
        return self._page._page_box


def outermost(page: Any) -> list[Any]:
    """Return the links of a page, without those that lie within another one to the same place.

    WeasyPrint makes one for each element within a link.
    """
    kept: list[Any] = []
    for link in page.links:
        if link[0] in LINKS and not any(
            link[:2] == other[:2] and _within(link[2], other[2]) for other in kept
        ):
            kept.append(link)
    return kept


def leading_nowhere(pages: Iterable[Any]) -> frozenset[str]:
    """Return where links of pages lead that none of them holds: they are no links."""
    held = {name for page in pages for name in page.anchors}
    led = {target for page in pages for kind, target, *_ in page.links if kind == LINKS[0]}
    return frozenset(led - held)


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (
        inner[0] >= outer[0]
        and inner[1] >= outer[1]
        and inner[2] <= outer[2]
        and inner[3] <= outer[3]
    )


class Drawing:
    """What was drawn on some pages: a tree of elements, and what is not read aloud.

    ``nowhere`` are the places that links lead to in vain.
    """

    def __init__(self, pages: Sequence[Painted], nowhere: Container[str] = ()) -> None:
        self.root = Node("#document", {}, "", 0)
        self.silent: list[Mark] = []
        self._nodes: dict[tuple[int, str], Node] = {}
        self._kept: list[Any] = []  # an element that is kept keeps its identity
        self._left = [dict(page.marks) for page in pages]
        self._areas = {
            (number, id(_placed(link[3]))): Area(number, place)
            for number, page in enumerate(pages)
            for place, link in enumerate(page.links)
            if link[0] != LINKS[0] or link[1] not in nowhere
        }
        for number, page in enumerate(pages):
            for box in page.root.children:
                if isinstance(box, boxes.MarginBox):
                    self._silence(box, number)
                else:
                    self._read(box, self.root, (number, page.height))
            self.silent += self._marks(number)

    def _marks(self, page: int) -> Iterator[Mark]:
        """Yield the marks of a page that no element has claimed."""
        for kept in self._left[page].values():
            yield Mark(page, kept["mcid"])

    def _silence(self, box: Any, page: int) -> None:
        box = _placed(box)
        if (mark := self._mark(box, page)) is not None:
            self.silent.append(mark)
        for child in getattr(box, "children", ()):
            self._silence(child, page)

    def _mark(self, box: Any, page: int) -> Mark | None:
        kept = self._left[page].pop(box, None)
        blank = isinstance(box, boxes.TextBox) and not box.text.strip()
        return None if kept is None else Mark(page, kept["mcid"], blank)

    def _read(
        self, box: Any, parent: Node, sheet: tuple[int, float], link: Node | None = None
    ) -> None:
        """Gather a box and those in it; ``sheet`` is the page and its height."""
        box, page = _placed(box), sheet[0]
        if isinstance(box, boxes.TextBox):
            parent.kids += [mark] if (mark := self._mark(box, page)) else []
            return
        node = self._node(box, parent, page)
        if node is None or _is_decoration(box):
            self._silence(box, page)
            return
        if node.tag == "a":
            link = node
        if area := self._areas.get((page, id(box))):
            (link or node).kids.append(area)
        if isinstance(box, boxes.ReplacedBox):
            node.kids += [mark] if (mark := self._mark(box, page)) else []
            node.box = node.box or _content_box(box, sheet[1])
        for child in getattr(box, "children", ()):
            self._read(child, node, sheet, link)

    def _node(self, box: Any, parent: Node, page: int) -> Node | None:
        """Return the node that a box belongs to; None for a head that is drawn once more."""
        element, tag = box.element, box.element_tag
        if element is None or tag in ROOTS:
            return parent
        key = (id(element), tag)
        node = self._nodes.get(key)
        if node is None:
            attributes = {} if "::" in tag else dict(element.attrib)
            node = Node(tag, attributes, _text(element), page)
            self._nodes[key] = node
            self._kept.append(element)
            parent.kids.append(node)
        elif tag in REPEATED and node.page != page:
            return None
        return node


def families(page: Any) -> set[tuple[str, ...]]:
    """Return the lists of font families that the texts of a page of WeasyPrint ask for."""
    found: set[tuple[str, ...]] = set()
    waiting = [page._page_box]
    while waiting:
        box = _placed(waiting.pop())
        if isinstance(box, boxes.TextBox):
            found.add(tuple(box.style["font_family"]))
        waiting += getattr(box, "children", ())
    return found


def _placed(box: Any) -> Any:
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def _is_decoration(box: Any) -> bool:
    """Tell whether a box holds generated signs without a letter or a figure, but no marker."""
    tag = box.element_tag or ""
    if "::" not in tag or tag.endswith("::marker"):
        return False
    texts = (part.text for part in box.descendants() if isinstance(part, boxes.TextBox))
    return not any(sign.isalnum() for text in texts for sign in text)


def _text(element: Any) -> str:
    if element.tag.endswith("}svg"):
        title = element.find("{http://www.w3.org/2000/svg}title")
        return "" if title is None else (title.text or "")
    return " ".join("".join(element.itertext()).split(" "))


def _content_box(box: Any, height: float) -> tuple[float, float, float, float]:
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return (
        left * POINT,
        (height - bottom) * POINT,
        right * POINT,
        (height - top) * POINT,
    )


def numbered(sheets: Sequence[Sequence[Stream]], silent: Iterable[Mark]) -> dict[Mark, Mark]:
    """Number the marks of pages anew, without those that fall silent; return each as it is now.

    ``sheets`` has the streams of each page, its own first. Marks in groups come last: readers
    that do not tell a group from its page find them too.
    """
    places = _places(sheets)
    for mark in silent:
        if mark in places:
            _silence(*places.pop(mark)[1:])
    found: dict[Mark, Mark] = {}
    next_of: dict[int, int] = {}
    for mark, (group, stream, place) in sorted(places.items(), key=_own_first):
        number = next_of.get(mark.page, 0)
        found[mark] = Mark(mark.page, number, mark.blank, group)
        next_of[mark.page] = number + 1
        stream.stream[place]["MCID"] = number
    return found


_Place = tuple[int, Stream, int]


def _places(sheets: Sequence[Sequence[Stream]]) -> dict[Mark, _Place]:
    """Return where each mark is set: which stream of the page, and where in it."""
    return {
        Mark(page, part["MCID"]): (group, stream, place)
        for page, streams in enumerate(sheets)
        for group, stream in enumerate(streams)
        for place, part in enumerate(stream.stream)
        if isinstance(part, pydyf.Dictionary) and "MCID" in part
    }


def _own_first(item: tuple[Mark, _Place]) -> tuple[bool, int]:
    _, stream, place = item[1]
    return stream.extra.get("Subtype") == "/Form", place


def _silence(stream: pydyf.Stream, place: int) -> None:
    """Make the mark at ``place`` an artifact: drawn, and not read aloud."""
    stream.stream[place - 1] = "/Artifact"
    stream.stream[place] = pydyf.Dictionary({"Type": "/Layout"})


def sheets(pdf: pydyf.PDF, pages: Sequence[Painted]) -> list[list[Stream]]:
    """Return the streams of each page that was painted in a file, its own first."""
    numbers = {id(page.marks): number for number, page in enumerate(pages)}
    found: list[list[Stream]] = [[] for _ in pages]
    for stream in pdf.objects:
        if isinstance(stream, Stream) and id(stream._tags) in numbers:
            found[numbers[id(stream._tags)]].append(stream)
    return found
