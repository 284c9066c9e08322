"""From laid-out pages to what is drawn on them, as data: what is painted, and its structure.

WeasyPrint's own tags repeat an element on each page that it reaches, leave out the language of a
passage, and leave running titles unmarked. Here the marks are collected while a page is painted,
and gathered by the element of the document that they belong to.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pydyf

from moip_press.pdf import engine, painted_fonts, painting
from moip_press.pdf.engine import MarginBox, ReplacedBox, Stream, TextBox
from moip_press.pdf.glyph_texts import TextStream
from moip_press.pdf.painted_fonts import Face
from moip_press.pdf.painting import Canvas, Picture
from moip_press.pdf.structure import Area, Kid, Mark, Node, mapped, structure
from moip_press.text.addresses import unbroken

POINT = 0.75  # of a pixel
LINKS = ("internal", "external")
ROOTS = ("html", "body")
REPEATED = ("thead", "tfoot")


class Marked:
    """A page of WeasyPrint that keeps the marks set while it is painted."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.marks: dict[Any, dict[str, Any]] = {}
        self.is_painted = False
        for *_, box in page.links:
            # a page may be painted for several files: each starts without annotations
            box.link_annotation = None
        self.links = outermost(page)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, with each text and picture marked."""
        TextStream.of(stream, frozenset(engine.line_ends(engine.root(self._page))))
        engine.tag(stream, self.marks)
        self._page.paint(stream, scale)
        self.is_painted = True


def outermost(page: Any) -> list[Any]:
    """Return the links of a page, each with what is in it: a picture, words of another size.

    WeasyPrint makes one for each element within a link. A link over several lines stays one a
    line: viewers that know a single rectangle would cover the links beside it.
    """
    kept: list[Any] = []
    holders: dict[int, int] = {}
    for kind, target, area, box in page.links:
        place = holders.get(id(engine.placed(box)))
        if place is not None and kept[place][:2] == (kind, target):
            kept[place] = (kind, target, _around(kept[place][2], area), kept[place][3])
        elif kind in LINKS:
            holders |= dict.fromkeys(map(id, engine.tree(box)), len(kept))
            kept.append((kind, target, area, box))
    return kept


def _around(*areas: tuple[float, ...]) -> tuple[float, ...]:
    """Return the smallest rectangle that holds some others."""
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def leading_nowhere(pages: Iterable[Any]) -> frozenset[str]:
    """Return the targets of links that stand on none of the pages: those links are dropped."""
    held = {name for page in pages for name in page.anchors}
    led = {target for page in pages for kind, target, *_ in page.links if kind == LINKS[0]}
    return frozenset(led - held)


class MarkedTree:
    """What was drawn on some pages: a tree of elements, and the silent marks.

    ``nowhere`` are the targets of links that do not exist.
    """

    def __init__(self, pages: Sequence[Marked], nowhere: Container[str] = ()) -> None:
        self.root = Node("#document", {}, "", 0)
        self.silent: list[Mark] = []
        self._nodes: dict[tuple[int, str], Node] = {}
        self._signs: dict[str, tuple[Node, Node]] = {}  # of footnotes, each with its parent
        self._kept: list[Any] = []  # while an element is kept, no other has its id()
        self._left = [dict(page.marks) for page in pages]
        self._areas = {
            (number, id(engine.placed(link[3]))): Area(number, place)
            for number, page in enumerate(pages)
            for place, link in enumerate(page.links)
            if link[0] != LINKS[0] or link[1] not in nowhere
        }
        for number, page in enumerate(pages):
            for box in engine.root(page).children:
                if isinstance(box, MarginBox):
                    self._silence(box, number)
                else:
                    self._read(box, self.root, (number, page.height))
            self.silent += self._marks(number)

    def _marks(self, page: int) -> Iterator[Mark]:
        """Yield the marks of a page that belong to no element."""
        for kept in self._left[page].values():
            yield Mark(page, kept["mcid"])

    def _silence(self, box: Any, page: int) -> None:
        box = engine.placed(box)
        if (mark := self._mark(box, page)) is not None:
            self.silent.append(mark)
        for child in getattr(box, "children", ()):
            self._silence(child, page)

    def _mark(self, box: Any, page: int) -> Mark | None:
        kept = self._left[page].pop(box, None)
        blank = isinstance(box, TextBox) and not box.text.strip()
        return None if kept is None else Mark(page, kept["mcid"], blank)

    def _read(
        self, box: Any, parent: Node, sheet: tuple[int, float], link: Node | None = None
    ) -> None:
        """Gather a box and those in it; ``sheet`` is the page and its height."""
        box, page = engine.placed(box), sheet[0]
        if isinstance(box, TextBox):
            parent.kids += [mark] if (mark := self._mark(box, page)) else []
            return
        node = self._node(box, parent, page)
        if node is not None and node.tag == "a":
            link = node
        holder = link or node
        if holder is not None and (area := self._areas.get((page, id(box)))):
            holder.kids.append(area)
        if node is None or _is_decoration(box):
            self._silence(box, page)
            return
        if isinstance(box, ReplacedBox):
            node.kids += [mark] if (mark := self._mark(box, page)) else []
            node.box = node.box or _content_box(box, sheet[1])
        for child in getattr(box, "children", ()):
            self._read(child, node, sheet, link)

    def _node(self, box: Any, parent: Node, page: int) -> Node | None:
        """Return the node that a box belongs to; None for a table head that is repeated."""
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
            self._place(node, parent)
        elif tag in REPEATED and node.page != page:
            return None
        return node

    def _place(self, node: Node, parent: Node) -> None:
        """Put a node behind its elder siblings; a footnote follows its sign, wherever it stands."""
        role = node.attributes.get("role")
        if role == "doc-noteref":
            self._signs.setdefault(node.attributes.get("href", ""), (node, parent))
        if role == "doc-footnote" and (found := self._signs.get(f"#{node.attributes.get('id')}")):
            sign, around = found
            around.kids.insert(around.kids.index(sign) + 1, node)
        else:
            parent.kids.append(node)


def _is_decoration(box: Any) -> bool:
    """Tell whether a box holds generated text without a letter or a digit, and is no marker."""
    tag = box.element_tag or ""
    if "::" not in tag or tag.endswith("::marker"):
        return False
    texts = (part.text for part in box.descendants() if isinstance(part, TextBox))
    return not any(character.isalnum() for text in texts for character in text)


def _text(element: Any) -> str:
    if element.tag.endswith("}svg"):
        title = element.find("{http://www.w3.org/2000/svg}title")
        return "" if title is None else (title.text or "")
    return " ".join(unbroken("".join(element.itertext())).split(" "))


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
    """Number the marks of pages anew, without the silent ones; return old marks and new.

    ``sheets`` has the streams of each page, its own first. Marks in groups come last, so that
    readers which do not tell a group from its page find them too.
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
    """Return the place of each mark: which stream of the page, and where in it."""
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
    """Make the mark at ``place`` an artifact: drawn, but not read aloud."""
    stream.stream[place - 1] = "/Artifact"
    stream.stream[place] = pydyf.Dictionary({"Type": "/Layout"})


def renumbered(kids: Iterable[Kid], now: Mapping[Mark, Mark]) -> tuple[Kid, ...]:
    """Return the same structure with the marks that ``numbered`` returned."""
    return mapped(kids, lambda own: now[own] if isinstance(own, Mark) else own)


def streams_of(pdf: pydyf.PDF, pages: Sequence[Marked]) -> list[list[Stream]]:
    """Return the streams of each page that was painted in a file, its own first."""
    numbers = {id(page.marks): number for number, page in enumerate(pages)}
    found: list[list[Stream]] = [[] for _ in pages]
    for stream in pdf.objects:
        if isinstance(stream, Stream) and id(engine.marks_of(stream)) in numbers:
            found[numbers[id(engine.marks_of(stream))]].append(stream)
    return found


# --- a chapter --------------------------------------------------------------------------------

Link = tuple[str, str, tuple[float, float, float, float]]
Bookmark = tuple[int, str, tuple[float, float], str]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Paper:
    """A page without its paint: its size in pixels, its links, bookmarks and anchors."""

    width: float
    height: float
    bleed: Rectangle
    bookmarks: tuple[Bookmark, ...]
    links: tuple[Link, ...]
    anchors: dict[str, Rectangle]


@dataclass(frozen=True)
class Drawn:
    """The pages of a chapter as they were painted, and what a screen reader hears of them."""

    pages: tuple[Canvas, ...]
    faces: tuple[Face, ...]
    pictures: dict[str, Picture]
    kids: tuple[Kid, ...]
    wordless: tuple[str, ...]


def paper(page: Any) -> Paper:
    """Return a laid-out page without its paint."""
    links = tuple((kind, target, tuple(place)) for kind, target, place, _ in outermost(page))
    sides = page.bleed
    return Paper(
        page.width,
        page.height,
        (sides["top"], sides["right"], sides["bottom"], sides["left"]),
        tuple((level, label, tuple(point), state) for level, label, point, state in page.bookmarks),
        links,
        {name: tuple(place) for name, place in page.anchors.items()},
    )


def draw(
    pages: Sequence[Any], owner: Any, language: str, nowhere: frozenset[str] = frozenset()
) -> Drawn:
    """Return laid-out pages as they are painted in a document that is written in ``language``.

    ``owner`` keeps their fonts, ``nowhere`` are the targets of links that do not exist. Raises
    ``painting.Unkept`` where the pages hold what can only be painted into a file.
    """
    if any(any(page.forms.values()) for page in pages):
        raise painting.Unkept
    painted = [Marked(page) for page in pages]
    fonts: dict[int, Any] = {}
    images: dict[str, Any] = {}
    sheets = []
    for page in painted:
        stream = painting.blank(page, POINT, page.marks, images, fonts)
        page.paint(stream, POINT)
        sheets.append([stream, *painting.streams(stream)])
    drawing = MarkedTree(painted, nowhere)
    heard = structure(drawing.root, drawing.silent, language)
    now = numbered(sheets, heard.silent)

    return Drawn(
        tuple(painting.recorded(streams[0]) for streams in sheets),
        painted_fonts.recorded(fonts, owner),
        painting.recorded_pictures(images),
        renumbered(heard.kids, now),
        tuple(heard.wordless),
    )


def only(
    papers: Sequence[Paper], chapter: Drawn, pages: Sequence[int]
) -> tuple[tuple[Paper, ...], Drawn]:
    """Return some pages of a chapter, from 0, only to be looked at: without links and tags."""
    kept = tuple(replace(papers[page], links=(), bookmarks=(), anchors={}) for page in pages)
    painted = tuple(chapter.pages[page] for page in pages)
    return kept, replace(chapter, pages=painted, kids=(), wordless=())
