"""A chapter as it was drawn: what is painted on its pages, and the structure of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from moip_press.pdf.conformance import drawn
from moip_press.pdf.conformance.drawn import Area, Mark, Painted
from moip_press.pdf.conformance.tree import Kid, mapped, tree
from moip_press.pdf.painted import canvas, faces, pictures
from moip_press.pdf.painted.canvas import Canvas
from moip_press.pdf.painted.faces import Face
from moip_press.pdf.painted.pictures import Picture

Link = tuple[str, str, tuple[float, float, float, float]]
Bookmark = tuple[int, str, tuple[float, float], str]
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Paper:
    """A page without what is painted on it: its size in pixels, its links, marks and anchors."""

    width: float
    height: float
    bleed: Rectangle
    bookmarks: tuple[Bookmark, ...]
    links: tuple[Link, ...]
    anchors: dict[str, Rectangle]


@dataclass(frozen=True)
class Drawn:
    """The pages of a chapter as they were painted, and what a listener hears of them."""

    pages: tuple[Canvas, ...]
    faces: tuple[Face, ...]
    pictures: dict[str, Picture]
    kids: tuple[Kid, ...]
    wordless: tuple[str, ...]


def paper(page: Any) -> Paper:
    """Return a laid-out page without what will be painted on it."""
    links = tuple((kind, target, tuple(place)) for kind, target, place, _ in drawn.outermost(page))
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

    ``owner`` keeps their fonts, ``nowhere`` are the places that links lead to in vain. Raises
    ``canvas.Unkept`` where the pages hold what can only be painted into a file.
    """
    if any(any(page.forms.values()) for page in pages):
        raise canvas.Unkept
    painted = [Painted(page) for page in pages]
    fonts: dict[int, Any] = {}
    images: dict[str, Any] = {}
    sheets = []
    for page in painted:
        stream = canvas.blank(page, drawn.POINT, page.marks, images, fonts)
        page.paint(stream, drawn.POINT)
        sheets.append([stream, *canvas.streams(stream)])
    structure = tree(drawn.Drawing(painted, nowhere), language)
    now = drawn.numbered(sheets, structure.silent)

    def numbered(own: Mark | Area) -> Mark | Area:
        return now[own] if isinstance(own, Mark) else own

    return Drawn(
        tuple(canvas.recorded(streams[0]) for streams in sheets),
        faces.recorded(fonts, owner),
        pictures.recorded(images),
        mapped(structure.kids, numbered),
        tuple(structure.wordless),
    )


def only(
    papers: Sequence[Paper], chapter: Drawn, pages: Sequence[int]
) -> tuple[tuple[Paper, ...], Drawn]:
    """Return some pages of a chapter, counted from 0, to be looked at: no links and no tags."""
    kept = tuple(replace(papers[page], links=(), bookmarks=(), anchors={}) for page in pages)
    painted = tuple(chapter.pages[page] for page in pages)
    return kept, replace(chapter, pages=painted, kids=(), wordless=())
