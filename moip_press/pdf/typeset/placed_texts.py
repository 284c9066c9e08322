"""The texts on laid-out pages: of which elements they are, and which of their words cannot be read.

A word must lie within its page and the boxes that cut it, and under no box that is painted later.
Only letters and digits count: marks, and what styles add, may lie where they like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from moip_press.pdf import engine
from moip_press.pdf.sheets import Area, How, Loss

MILLIMETRE = 96 / 25.4
ABOVE, BELOW = 0.7, 0.2  # what letters cover above and below the baseline, of the type's size
SLACK = 0.15  # of the type's size: what a letter may lose, and is read
OPAQUE, CLEAR = 0.8, 0.1  # above, what lies below is not read; below, the text is not
ASIDE, KEYHOLE = 1000, 1  # pixels
WORD = re.compile(r"[^\s\u00ad]*(?:[^\W_]|[€$£¥%‰])[^\s]*")


class Rectangle(NamedTuple):
    """A part of a page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Rectangle) -> Rectangle:
        """Return what both share; its sides are the wrong way round where that is nothing."""
        return Rectangle(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, other: Rectangle, slack: float) -> bool:
        """Tell whether another one lies in this one, but for ``slack`` on each side."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def covers(self, other: Rectangle, slack: float) -> bool:
        """Tell whether it takes away more than ``slack`` of another one."""
        left, top, right, bottom = self.shared(other)
        return right - left > slack and bottom - top > slack

    def seen(self, matrix: Any) -> Rectangle:
        """Return the rectangle round this one where it is transformed."""
        if matrix is None:
            return self
        corners = [
            matrix.transform_point(x, y)
            for x in (self.left, self.right)
            for y in (self.top, self.bottom)
        ]
        across, down = zip(*corners, strict=True)
        return Rectangle(min(across), min(down), max(across), max(down))

    @property
    def area(self) -> Area:
        """The same in millimetres."""
        return Area(*(side / MILLIMETRE for side in self))


NOWHERE = Rectangle(0, 0, 0, 0)


@dataclass(frozen=True)
class _Around:
    """What the boxes around a text have to do with it."""

    clip: Rectangle
    anchor: str | None = None
    matrix: Any = None
    opacity: float = 1
    silent: bool = False  # decoration, as its template says
    repeated: bool = False  # on each page that it reaches
    below: bool = False  # perhaps painted before the boxes that it stands in
    elided: bool = False  # an ellipsis stands for the end of its line


@dataclass(frozen=True)
class _Placed:
    """A text or an opaque box on a page: the number of its box, and the last one in it."""

    thing: Any
    place: Rectangle
    number: int
    last: int
    around: _Around


@dataclass
class Found:
    """The texts that were found of an element, and where the last of them stands."""

    texts: list[str] = field(default_factory=list)
    page: int = 0
    place: Rectangle = NOWHERE


class Reader:
    """Reads pages, one after the other."""

    def __init__(self) -> None:
        self.found: defaultdict[int, Found] = defaultdict(Found)
        self.shortened: set[int] = set()
        """The elements of which lines are left out for an ellipsis."""
        self._number = 0

    def page(self, page: Any, number: int) -> list[Loss]:
        """Return what a page loses of its texts, by their places."""
        self._page, self._texts, self._opaque = number, list[_Placed](), list[_Placed]()
        self._losses: dict[tuple[int, How], list[Loss]] = {}
        self._sheet = Rectangle(0, 0, page.margin_width(), page.margin_height())
        for child in page.children:
            margin = isinstance(child, engine.MarginBox)
            self._read(child, _Around(self._sheet, repeated=margin))
        self._cover(page)
        return [_together(losses) for losses in self._losses.values()]

    def _read(self, box: Any, around: _Around) -> None:
        box = engine.placed(box)
        self._number += 1
        if isinstance(box, engine.TextBox):
            self._text(box, around)
            return
        if getattr(box, "block_ellipsis", "none") != "none":
            self.shortened.add(id(box.element))
        number, inner = self._number, _within(box, around)
        for child in getattr(box, "children", ()):
            self._read(child, inner)
        for thing, area in _opaque(box, inner.opacity):
            place = area.seen(inner.matrix).shared(around.clip)
            self._opaque.append(_Placed(thing, place, number, self._number, inner))

    def _text(self, box: Any, around: _Around) -> None:
        size, baseline = box.style["font_size"], box.position_y + box.baseline
        left, right = box.position_x, box.position_x + box.width
        place = Rectangle(left, baseline - ABOVE * size, right, baseline + BELOW * size)
        seen, slack = place.seen(around.matrix), SLACK * size
        self._keep(box, around, seen)
        if around.silent or not WORD.search(box.text):
            return
        text = _Placed(box, place, self._number, self._number, around)
        if _is_hidden(box.style, around) or _is_aside(seen, around.clip):
            self._lose("hidden", text, lambda word: True)  # noqa: ARG005
        elif around.elided and right > (end := left + box.pango_layout.max_width) + 1:
            self._lose("elided", text, lambda word: word.right > end)
        elif around.clip.holds(seen, slack):
            self._texts.append(text)
        else:
            off = not self._sheet.holds(seen, slack)
            how: How = "elided" if around.elided else "off" if off else "cut"
            clip, matrix = around.clip, around.matrix
            self._lose(how, text, lambda word: not clip.holds(word.seen(matrix), slack))

    def _keep(self, box: Any, around: _Around, place: Rectangle) -> None:
        """Keep a text for its element."""
        tag = box.element_tag or "::"
        if "::" in tag and not tag.endswith("::first-letter"):
            return
        found = self.found[id(box.element)]
        if not (around.repeated and found.texts and found.page != self._page):
            found.texts.append(box.text)
            found.page, found.place = self._page, place

    def _lose(self, how: How, text: _Placed, is_lost: Callable[[Rectangle], bool]) -> None:
        """Note the words of a text that are lost."""
        box, place = text.thing, text.place
        if _is_added(box):
            return
        lost = [(word, where) for word, where in _words(box, place) if is_lost(where)]
        if lost:
            words = " ".join(word for word, _ in lost)
            left, right = min(at.left for _, at in lost), max(at.right for _, at in lost)
            area = place._replace(left=left, right=right).seen(text.around.matrix).area
            whole = box.text.strip() if box.element is None else own_text(box.element)
            key = id(box if box.element is None else box.element), how
            loss = Loss(how, words, whole, text.around.anchor, area)
            self._losses.setdefault(key, []).append(loss)

    def _cover(self, page: Any) -> None:
        """Note the words that are covered by what is painted later."""
        pairs = [
            (text, opaque)
            for opaque in self._opaque
            for text in self._texts
            if (text.around.below or not opaque.number < text.number <= opaque.last)
            and _covers(opaque, text, text.place)
        ]
        order = engine.painting_order(page) if pairs else {}
        for text, opaque in pairs:
            if order.get(id(opaque.thing), -1) > order.get(id(text.thing), -1):
                self._lose("covered", text, partial(_covers, opaque, text))


def _covers(opaque: _Placed, text: _Placed, part: Rectangle) -> bool:
    """Tell whether an opaque box lies where a part of a text does."""
    slack = SLACK * text.thing.style["font_size"]
    return opaque.place.covers(part.seen(text.around.matrix), slack)


def _together(losses: list[Loss]) -> Loss:
    """Return the losses of one element as one."""
    areas = [loss.area for loss in losses]
    area = Area(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )
    return replace(losses[0], words=" ".join(loss.words for loss in losses), area=area)


def own_text(element: Any) -> str:
    """Return the text of an element, without that of the elements in it."""
    texts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join("".join(texts).split())


def _within(box: Any, around: _Around) -> _Around:
    """Return the same for what stands in ``box``."""
    style, element = box.style, box.element
    changed: dict[str, Any] = {}
    if element is not None and box.element_tag == element.tag:
        if name := element.get("id"):
            changed["anchor"] = name
        if element.get("aria-hidden") == "true":
            changed["silent"] = True
    if box.transformation_matrix:
        own = box.transformation_matrix
        changed["matrix"] = own @ around.matrix if around.matrix else own
    if style["opacity"] < 1:
        changed["opacity"] = around.opacity * style["opacity"]
    if style["z_index"] != "auto" and style["z_index"] < 0:
        changed["below"] = True
    if style["position"] == "fixed" or _repeats(box):
        changed["repeated"] = True
    if getattr(box, "text_overflow", "clip") == "ellipsis":
        changed["elided"] = True
    matrix = changed.get("matrix", around.matrix)
    for cut in _cuts(box):
        changed["clip"] = changed.get("clip", around.clip).shared(cut.seen(matrix))
    return replace(around, **changed) if changed else around


def _cuts(box: Any) -> Iterator[Rectangle]:
    """Yield what cuts off whatever of a box lies outside."""
    style = box.style
    if style["overflow"] != "visible" and hasattr(box, "padding_box_x"):
        left, top = box.padding_box_x(), box.padding_box_y()
        yield Rectangle(left, top, left + box.padding_width(), top + box.padding_height())
    if style["clip"] and box.is_absolutely_positioned():
        sides = 0, box.border_width(), box.border_height(), 0
        given = zip(style["clip"], sides, strict=True)
        top, right, bottom, left = (side if at == "auto" else at for at, side in given)
        x, y = box.border_box_x(), box.border_box_y()
        yield Rectangle(x + left, y + top, x + right, y + bottom)


def _repeats(box: Any) -> bool:
    return bool(getattr(box, "is_header", False) or getattr(box, "is_footer", False))


def _opaque(box: Any, opacity: float) -> Iterator[tuple[Any, Rectangle]]:
    """Yield what of a box hides whatever lies below it, and where."""
    ground = box.background
    if ground and ground.layers and ground.color.alpha * opacity >= OPAQUE:
        left, top, width, height = ground.layers[-1].painting_area
        yield ground, Rectangle(left, top, left + width, top + height)
    if isinstance(box, engine.ReplacedBox) and opacity >= OPAQUE and _is_opaque(box.replacement):
        left, top = box.content_box_x(), box.content_box_y()
        yield box, Rectangle(left, top, left + box.width, top + box.height)


def _is_opaque(picture: Any) -> bool:
    return getattr(picture, "mode", "A") in ("L", "RGB", "CMYK")


def _is_hidden(style: Any, around: _Around) -> bool:
    clear = style["color"].alpha * around.opacity < CLEAR
    return bool(clear or style["visibility"] != "visible")


def _is_aside(place: Rectangle, clip: Rectangle) -> bool:
    """Tell whether a text is kept from the eye as on the web: far away, or through a keyhole."""
    left, top, right, bottom = clip
    far = place.right < -ASIDE or place.bottom < -ASIDE
    return far or min(right - left, bottom - top) <= KEYHOLE


def _is_added(box: Any) -> bool:
    """Tell whether a text comes from a style, and not from the document."""
    if not (box.element_tag or "").endswith(("::before", "::after")):
        return False
    return not any(box.text.strip() in value for value in box.element.attrib.values())


def _words(box: Any, place: Rectangle) -> Iterator[tuple[str, Rectangle]]:
    """Yield the words of a text, and where they stand."""
    reach = engine.reach(box)
    for word in WORD.finditer(box.text):
        glyphs = [(one, other) for at, one, other in reach if word.start() <= at < word.end()]
        if glyphs:
            left = place.left + min(one for one, _ in glyphs)
            right = place.left + max(other for _, other in glyphs)
            yield word[0], place._replace(left=left, right=right)
