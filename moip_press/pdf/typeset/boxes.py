"""Reads from WeasyPrint's boxes what stands where on a page: lines, pictures, ink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moip_press.pdf import engine
from moip_press.pdf.sheets import Area, Line, Loss, Sheet
from moip_press.pdf.typeset.losses import losses

MILLIMETRE = 96 / 25.4
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ABOVE, BELOW = 0.7, 0.2  # what letters cover above and below the baseline, of the type's size
NOWHERE = float("inf")


def sheets(document: Any, pages: Sequence[Any]) -> tuple[Sheet, ...]:
    """Return the facts of a document's pages as WeasyPrint laid them out."""
    lost = losses(document, pages)
    return tuple(_sheet(engine.root(page), own) for page, own in zip(pages, lost, strict=True))


@dataclass(frozen=True)
class _Around:
    """What the boxes around a line have to do with it, in pixels."""

    anchor: str | None = None
    title: bool = False
    placed: bool = False
    margin: bool = False
    right: float = NOWHERE  # where the page's area ends, or a box around it that shows
    bottom: float = NOWHERE  # where such a box ends whose height is fixed
    cut: float = NOWHERE  # where it is cut by an ellipsis, as the style wants it

    def within(self, box: Any) -> _Around:
        """Return the same for what stands in ``box``."""
        element: Any = getattr(box, "element", None)
        own = box.element_tag == getattr(element, "tag", "")
        name = element.get("id") if own else None
        placed = not box.is_in_normal_flow() and not box.is_floated()
        inner = replace(
            self,
            anchor=name or self.anchor,
            title=self.title or box.element_tag in HEADINGS,
            placed=self.placed or placed,
        )
        if not _is_block(box):
            return inner
        right, bottom = (NOWHERE, NOWHERE) if placed else (self.right, self.bottom)
        cut = self.cut
        if _has_edges(box):
            right = min(right, box.border_box_x() + box.border_width())
            if box.style["height"] != "auto":
                bottom = min(bottom, box.border_box_y() + box.border_height())
        if box.style["text_overflow"] == "ellipsis":
            cut = box.content_box_x() + box.width
        return replace(inner, right=right, bottom=bottom, cut=cut)


def _is_block(box: Any) -> bool:
    return hasattr(box, "children") and type(box).__name__.endswith(
        ("BlockBox", "FlexBox", "GridBox", "CellBox", "MarginBox")
    )


def _has_edges(box: Any) -> bool:
    """Tell whether readers see where a box ends."""
    style = box.style
    ground = getattr(style["background_color"], "alpha", 1) > 0
    sides = box.border_left_width + box.border_right_width > 0
    return bool(ground or sides or style["overflow"] != "visible")


def _sheet(page: Any, losses: tuple[Loss, ...]) -> Sheet:
    area = Area(
        *(
            side / MILLIMETRE
            for side in (
                page.content_box_x(),
                page.content_box_y(),
                page.content_box_x() + page.width,
                page.content_box_y() + page.height,
            )
        )
    )
    found: list[Line | Area] = []
    for child in page.children:
        margin = isinstance(child, engine.MarginBox)
        edge = NOWHERE if margin else page.content_box_x() + page.width
        found += _found(child, _Around(margin=margin, right=edge))
    return Sheet(
        page.margin_width() / MILLIMETRE,
        page.margin_height() / MILLIMETRE,
        area,
        tuple(each for each in found if isinstance(each, Line)),
        tuple(each for each in found if isinstance(each, Area)),
        losses,
    )


def _found(box: Any, around: _Around) -> Iterator[Line | Area]:
    """Yield the lines and pictures in a box, in the order of the document."""
    box = engine.placed(box)
    kind = type(box).__name__
    if kind == "LineBox":
        yield from _line(box, around)
    elif isinstance(box, engine.ReplacedBox):
        yield _area(box.content_box_x(), box.content_box_y(), box.width, box.height)
    else:
        inner = around.within(box)
        if any(form != "none" for form, _ in box.style["background_image"]):
            yield _area(
                box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
            )
        for child in getattr(box, "children", ()):
            yield from _found(child, inner)


def _line(line: Any, around: _Around) -> Iterator[Line | Area]:
    """Yield the text of a line, and what stands in it as a box of its own."""
    texts: list[Any] = []
    boxes: list[Any] = []
    _gather(line, texts, boxes)
    shown = [text for text in texts if text.text.strip() and _visible(text)]
    if shown:
        size = max(text.style["font_size"] for text in shown)
        baselines = [text.position_y + text.baseline for text in shown]
        left = min(text.position_x for text in shown)
        right = min(max(text.position_x + text.width for text in shown), around.cut)
        top, bottom = min(baselines) - ABOVE * size, max(baselines) + BELOW * size
        yield Line(
            "".join(text.text for text in texts).strip(),
            _area(left, top, right - left, bottom - top),
            around.anchor,
            title=around.title,
            placed=around.placed,
            margin=around.margin,
            wide=max(right - around.right, 0) / MILLIMETRE,
            tall=max(bottom - around.bottom, 0) / MILLIMETRE,
        )
    for box in boxes:
        yield from _found(box, around)


def _gather(line: Any, texts: list[Any], boxes: list[Any]) -> None:
    """Sort what stands in a line into its texts and the boxes among them."""
    for child in line.children:
        box = engine.placed(child)
        if isinstance(box, engine.TextBox):
            texts.append(box)
        elif type(box).__name__ in ("InlineBox", "LineBox"):
            _gather(box, texts, boxes)
        else:
            boxes.append(box)


def _visible(text: Any) -> bool:
    style = text.style
    return bool(style["font_size"] > 0 and style["visibility"] == "visible" and text.width > 0)


def _area(left: float, top: float, width: float, height: float) -> Area:
    sides = left, top, left + width, top + height
    return Area(*(side / MILLIMETRE for side in sides))


def extent(page: Any, *, grounds: bool) -> tuple[float, float]:
    """Return the millimetres from a page's top to its first and to its last ink.

    Coloured backgrounds, and pictures that begin at the page's edge, count with ``grounds``, the
    margin boxes never. A page without ink is full, and so is any page of an unknown version of
    WeasyPrint.
    """
    spans = [span for box in engine.body(page) for span in _inked(box, grounds=grounds)]
    if not spans or not engine.is_known():
        return 0.0, page.height / MILLIMETRE
    return min(top for top, _ in spans) / MILLIMETRE, max(end for _, end in spans) / MILLIMETRE


def _inked(box: Any, *, grounds: bool) -> Iterator[tuple[float, float]]:
    box = engine.placed(box)
    if isinstance(box, engine.TextBox):
        if box.text.strip():
            yield box.position_y, box.position_y + box.height
        return
    ground = grounds and box.background and box.background.color.alpha
    picture = isinstance(box, engine.ReplacedBox) and (grounds or box.border_box_y() > 0)
    if ground or picture:
        yield box.border_box_y(), box.border_box_y() + box.border_height()
    for child in getattr(box, "children", ()):
        yield from _inked(child, grounds=grounds)


def families(page: Any) -> set[tuple[str, ...]]:
    """Return the lists of font families that the texts of a page ask for."""
    texts = (box for box in engine.tree(engine.root(page)) if isinstance(box, engine.TextBox))
    return {tuple(text.style["font_family"]) for text in texts}
