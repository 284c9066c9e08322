"""Laid-out pages that bear other numbers, or lie over one another, without a new layout.

WeasyPrint has no public way to either, so this module rides on its private names and on
nothing else: it works with one version, ``available`` says whether it is here, and its
callers lay out again where it is not. A test compares both ways, page by page.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import weasyprint
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.layout.page import make_margin_boxes

VERSION = "70.0"
MILLIMETRE = 96 / 25.4
# A page number anywhere but in a margin box, or pages that differ by side or by number.
MARGIN_RULE = re.compile(r"@(?:top|bottom|left|right)-[\w-]+\s*\{[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NUMBERED = re.compile(
    r"counters?\(\s*pages?\b|target-counter|counter-(?:reset|set|increment)\s*:[^;}]*\bpage\b"
)
SIDED = re.compile(
    r"@page[^{]*:(?:left|right|recto|verso|nth)|break-\w+\s*:\s*(?:left|right|recto|verso)"
)


class _Document(Document):  # type: ignore[misc]
    """A document that keeps what its margin boxes were laid out with."""

    @classmethod
    def _build_layout_context(cls, html: Any, *options: Any) -> Any:
        context = super()._build_layout_context(html, *options)
        html.layout_context = context
        return context


def available() -> bool:
    """Tell whether this is the version of WeasyPrint whose insides are known here."""
    return str(weasyprint.__version__) == VERSION


def render(html: Any, fonts: Any, styles: Sequence[Any]) -> Any:
    """Return the laid-out document, as ``HTML.render`` does, ready to be repaged."""
    if not available():
        return html.render(font_config=fonts, stylesheets=list(styles))
    options = {**weasyprint.DEFAULT_OPTIONS, "stylesheets": list(styles)}
    return _Document._render(html, fonts, None, None, options)


def may_move(css: Iterable[str], shift: int) -> bool:
    """Tell whether pages with these styles only change their folios when moved by ``shift``.

    They do not where a number of a page stands in its text, or its side rules its looks.
    """
    for sheet in css:
        bare = COMMENT.sub("", sheet)
        if NUMBERED.search(MARGIN_RULE.sub("", bare)) or (shift % 2 and SIDED.search(bare)):
            return False
    return available()


def renumbered(document: Any, pages: Sequence[Any], folio: int) -> tuple[Any, ...]:
    """Return the ``pages`` of a document with their margins as if the first bore ``folio``."""
    context = document._html.layout_context
    return tuple(
        _with_margins(context, page._page_box, number, folio + number)
        for number, page in enumerate(pages)
    )


def _with_margins(context: Any, page: Any, number: int, folio: int) -> Any:
    context.current_page = number + 1
    state = copy.deepcopy(context.page_maker[number + 1][3])
    state[1]["page"] = [folio]
    margins = tuple(make_margin_boxes(context, page, state))
    for box in margins:
        layout_box_backgrounds(page, box, context.get_image_from_uri)
    return Page(page.copy_with_children((*_body(page), *margins)))


def laid_over(page: Any, upper: Any, *, head: bool) -> Any:
    """Return ``page`` with what stands on the page ``upper`` drawn over it.

    At the ``head`` it is read first and stands for the upper margin boxes; otherwise it is
    read last. The margins of ``upper`` are left out.
    """
    below, margins = _body(page._page_box), _margins(page._page_box)
    above = _body(upper._page_box)
    if head:
        margins = tuple(box for box in margins if not box.at_keyword.startswith("@top"))
    children = (*above, *below, *margins) if head else (*below, *above, *margins)
    made = Page(page._page_box.copy_with_children(children))
    marks = (upper.bookmarks, page.bookmarks) if head else (page.bookmarks, upper.bookmarks)
    made.bookmarks = [mark for each in marks for mark in each]
    return made


def rows(pages: Iterable[Any], count: int) -> list[Any] | None:
    """Return the box of each of ``count`` events that stand on a sheet, by their number.

    ``None`` where one is missing, is divided between pages, or cannot be moved.
    """
    found: dict[int, Any] = {}
    for page in pages:
        for box in _tree(page._page_box):
            number = _attribute(box, "data-piece")
            for row in _tree(box) if number else ():
                if _attribute(row, "class") == "row":
                    if int(number or 0) in found or not _movable(row):
                        return None
                    found[int(number or 0)] = row
    return [found[number] for number in range(count)] if len(found) == count else None


def filled(document: Any, pages: Iterable[Any], boxes_: Sequence[Any]) -> tuple[Any, ...] | None:
    """Return pages with each box in the slot of its number; ``None`` where one has no slot."""
    images = document._html.layout_context.get_image_from_uri
    made, placed = [], 0
    for page in pages:
        for parent in _tree(page._page_box):
            slots = [_attribute(child, "data-slot") for child in getattr(parent, "children", ())]
            for index, number in enumerate(slots):
                if number is not None:
                    row = _put(boxes_[int(number)], parent.children[index])
                    layout_box_backgrounds(page._page_box, row, images)
                    parent.children = [*parent.children[:index], row, *parent.children[index + 1 :]]
                    placed += 1
        made.append(Page(page._page_box))
    return tuple(made) if placed == len(boxes_) else None


def _put(row: Any, slot: Any) -> Any:
    """Return a copy of a row in the place of a slot."""
    made = row.deepcopy()
    made.translate(slot.position_x - row.position_x, slot.position_y - row.position_y)
    return made


def _tree(box: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _tree(child)


def _movable(box: Any) -> bool:
    return not any(isinstance(inner, AbsolutePlaceholder) for inner in _below(box))


def _below(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield child
        yield from _below(child)


def _attribute(box: Any, name: str) -> str | None:
    """Return an attribute of a box's element; pseudo-elements and text have none."""
    if box.element is None or isinstance(box, boxes.TextBox | boxes.LineBox):
        return None
    if box.element_tag != box.element.tag:
        return None
    value: str | None = box.element.get(name)
    return value


def extent(page: Any, *, grounds: bool) -> tuple[float, float]:
    """Return the millimetres from a page's top to its first and to its last ink.

    Coloured grounds count where asked for, the margin boxes never. A page without ink, and
    any page of another version of WeasyPrint, is full.
    """
    spans = [span for box in _body(page._page_box) for span in _inked(box, grounds=grounds)]
    if not spans or not available():
        return 0.0, page.height / MILLIMETRE
    return min(top for top, _ in spans) / MILLIMETRE, max(end for _, end in spans) / MILLIMETRE


def _inked(box: Any, *, grounds: bool) -> Iterator[tuple[float, float]]:
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            yield box.position_y, box.position_y + box.height
        return
    ground = grounds and box.background and box.background.color.alpha
    if ground or isinstance(box, boxes.ReplacedBox):
        yield box.border_box_y(), box.border_box_y() + box.border_height()
    for child in getattr(box, "children", ()):
        yield from _inked(child, grounds=grounds)


def _body(page: Any) -> tuple[Any, ...]:
    return tuple(box for box in page.children if not isinstance(box, boxes.MarginBox))


def _margins(page: Any) -> tuple[Any, ...]:
    return tuple(box for box in page.children if isinstance(box, boxes.MarginBox))


def forget(pages: Iterable[Any]) -> None:
    """Let the links of pages forget the PDF that they were last drawn in."""
    for page in pages:
        for *_, box in page.links:
            box.link_annotation = None
