"""Fills pages to their foot: what is free there goes into the gaps between what stands on them.

A style sheet says how much the gap above an element may grow: ``--stretch: 6mm``. Boxes are moved
down after they were laid out, so that no page breaks elsewhere and nothing is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from moip_press.pdf import engine
from moip_press.pdf.typeset.boxes import extent

STRETCH = "__stretch"  # WeasyPrint's name for ``--stretch``
MILLIMETRE = 96 / 25.4
UNITS = {"mm": MILLIMETRE, "cm": 10 * MILLIMETRE, "pt": 96 / 72, "px": 1.0}
LAST = 54.0  # millimetres free on a last page that are closed; in more, a handout has its contacts
FULL = 30.0  # millimetres that may stay free on a last page that is closed
LEAST = 0.5  # of all gaps together; less is not seen


def filled(document: Any, pages: Sequence[Any]) -> tuple[tuple[Any, ...], float]:
    """Return the pages of a document, filled, and the millimetres that the last one was stretched.

    A last page is filled only where it is nearly full. With an unknown version of WeasyPrint,
    pages stay as they are.
    """
    if not engine.is_known():
        return tuple(pages), 0.0
    made, grown = [], 0.0
    for number, page in enumerate(pages, 1):
        share, grown = _share(page, is_last=number == len(pages))
        for box in engine.body(page) if share else ():
            _grow(box, share, engine.root(page).content_box_y())
        made.append(engine.moved_within(document, page) if share else page)
    return tuple(made), grown


def _share(page: Any, *, is_last: bool) -> tuple[float, float]:
    """Return which share of what its gaps may grow a page needs, and how many millimetres."""
    root = engine.root(page)
    top, bottom = root.content_box_y(), root.content_box_y() + root.height
    most = sum(_gaps(engine.body(page), top)) / MILLIMETRE
    free = bottom / MILLIMETRE - extent(page, grounds=True)[1]
    if most <= 0 or free < LEAST or (is_last and free > max(most, min(LAST, most + FULL))):
        return 0.0, 0.0
    share = min(free / most, 1.0)
    return share, share * most


def _gaps(boxes: Sequence[Any], top: float) -> Iterator[float]:
    for box in boxes:
        yield _gap(box, top)
        if _stacks(box):
            yield from _gaps([child for child in box.children if _flows(child)], top)


def _gap(box: Any, top: float) -> float:
    """Return how much the gap above a box may grow, in pixels; none at the ``top`` of a page."""
    if STRETCH not in getattr(box.style, "cascaded", ()) or box.border_box_y() <= top + 1:
        return 0.0
    lengths = (token for token in box.style[STRETCH] or () if token.type == "dimension")
    return float(sum(token.value * UNITS.get(token.unit, 0.0) for token in lengths))


def _flows(box: Any) -> bool:
    return bool(box.is_in_normal_flow())


def _stacks(box: Any) -> bool:
    """Return whether the children of a box stand one below the other, from its top."""
    kind, children = type(box).__name__, getattr(box, "children", ())
    if kind == "FlexBox":
        return bool(box.style["flex_direction"] == "column")
    plain = kind == "BlockBox" and box.style["column_count"] == box.style["column_width"] == "auto"
    return plain and not any(type(child).__name__ == "LineBox" for child in children)


def _grow(box: Any, share: float, top: float) -> float:
    """Let the gaps in a box grow, move what stands below them, and return how much it grew."""
    if not _stacks(box):
        return 0.0
    grown = 0.0
    hung = []
    for child in box.children:
        if _flows(child):
            grown += share * _gap(child, top)
        elif not child.is_floated():
            if child.style["bottom"] != "auto":
                hung.append(child)
            continue
        child.translate(0, grown)
        if _flows(child):
            grown += _grow(child, share, top + grown)
    for child in hung:
        child.translate(0, grown)
    box.height += grown
    return grown
