"""The laid-out pages of a chapter: what is known of them, and their boxes while they last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import weasyprint

from moip_press.pdf import engine
from moip_press.pdf.drawing import Drawn, Paper, paper
from moip_press.pdf.sheets import Sheet
from moip_press.pdf.typeset.boxes import extent, sheets
from moip_press.pdf.typeset.fetching import Given
from moip_press.pdf.typeset.layout_faults import Fault

if TYPE_CHECKING:
    from moip_press.pdf.typeset.shelf import Shelf

MILLIMETRE = 96 / 25.4
FOOT = 22  # millimetres that the closing lines of a section take at the foot of a page
HEAD_GAP, FOOT_GAP = 1.0, 9.0  # millimetres between a page's words and what is laid over it


@dataclass(frozen=True)
class Spot:
    """Where an element came to stand.

    ``page`` counts from 0 in its chapter; ``top`` is in millimetres from the page's top.
    """

    page: int
    top: float


@dataclass(frozen=True)
class Ink:
    """The millimetres from a page's top to its first and last ink, and to its first words."""

    top: float
    end: float
    words: float


@dataclass(frozen=True)
class Facts:
    """What is known of the pages of a chapter without their boxes.

    ``anchors`` are where its elements stand, ``metadata`` what its document says of itself.
    ``files`` were used, ``families`` are of the fonts that they brought. The gaps of the last page
    were ``stretched`` by so many millimetres.
    """

    papers: tuple[Paper, ...]
    ink: tuple[Ink, ...]
    anchors: Mapping[str, Spot]
    sheets: tuple[Sheet, ...]
    metadata: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    files: tuple[Given, ...] = ()
    families: frozenset[str] = frozenset()
    stretched: float = 0.0


@dataclass(frozen=True)
class Boxes:
    """Pages as WeasyPrint laid them out, and their document."""

    document: weasyprint.Document
    pages: tuple[weasyprint.document.Page, ...]

    @property
    def paintable(self) -> bool:
        """Whether they can be painted apart from their document."""
        return engine.is_known() and not self.document.color_profiles


@dataclass(frozen=True)
class Painted:
    """What was painted on the pages of a chapter, what was said meanwhile, and files it took."""

    drawn: Drawn
    faults: tuple[Fault, ...]
    files: tuple[Given, ...]

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """What each page looks like: equal pages, equal looks."""
        pictures = {name: digest(picture) for name, picture in self.drawn.pictures.items()}
        faces = [face.file for face in self.drawn.faces]
        return tuple(digest(page, pictures, faces) for page in self.drawn.pages)


@dataclass(frozen=True, eq=False)
class Pages:
    """The laid-out pages of one chapter, and where its anchors stand.

    ``key`` names all that they are made from; ``make`` lays them out, or makes them of the boxes
    of others if they are derived.
    """

    key: str
    facts: Facts
    make: Callable[[], Boxes]
    shelf: Shelf = field(repr=False)
    is_derived: bool = False

    def __len__(self) -> int:
        return len(self.facts.papers)

    @property
    def anchors(self) -> Mapping[str, Spot]:
        """Where the elements of the chapter stand."""
        return self.facts.anchors

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was said while they were laid out."""
        return self.facts.faults

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """What stands where on them."""
        return self.facts.sheets

    @property
    def boxes(self) -> Boxes:
        """The boxes of the pages."""
        return self.shelf.boxes(self)

    @property
    def pages(self) -> tuple[weasyprint.document.Page, ...]:
        """The pages as WeasyPrint laid them out."""
        return self.boxes.pages

    @property
    def inked(self) -> float:
        """The millimetres from the top of the last page to its last ink."""
        return self.facts.ink[-1].end

    def takes_head(self, band: Pages) -> bool:
        """Tell whether what stands on ``band`` fits above the first words of these pages.

        It may lie over a picture that begins at the page's edge.
        """
        return len(band) == 1 and band.facts.ink[0].end + HEAD_GAP <= self.facts.ink[0].words

    def takes_foot(self, foot: Pages) -> bool:
        """Tell whether what stands on ``foot`` fits below the last words of these pages."""
        return len(foot) == 1 and foot.short(self) <= 0

    def short(self, above: Pages) -> float:
        """Return how many millimetres this foot lacks below the last words of ``above``."""
        return above.inked + FOOT_GAP - self.facts.ink[0].top

    def marked(self, number: int, marks: Pages) -> Pages:
        """Return these pages with ``marks`` over that of a number, from 0."""
        made = self.between(number, None, marks)
        return replace(made, facts=replace(made.facts, sheets=self.sheets))

    def between(self, number: int, head: Pages | None, foot: Pages | None) -> Pages:
        """Return these pages with ``head`` and ``foot`` laid over that of a number, from 0."""

        def make() -> Boxes:
            pages = list(self.boxes.pages)
            for upper in filter(None, (head, foot)):
                pages[number] = engine.laid_over(
                    pages[number], upper.boxes.pages[0], head=upper is head
                )
            return Boxes(self.boxes.document, tuple(pages))

        others = [upper for upper in (head, foot) if upper]
        how = f"over {number} {head and head.key} {foot and foot.key}"
        made = derived(self, how, make, *others)
        papers = [
            replace(paper, bookmarks=before.bookmarks)
            for paper, before in zip(made.facts.papers, self.facts.papers, strict=True)
        ]
        first, last = (upper.facts.papers[0].bookmarks if upper else () for upper in (head, foot))
        marks = (*first, *papers[number].bookmarks, *last)
        papers[number] = replace(papers[number], bookmarks=marks)
        return replace(made, facts=replace(made.facts, papers=tuple(papers)))

    def outlined(self, left_out: Container[str] = ()) -> Pages:
        """Return these pages with bookmarks that begin on the first level.

        Those called as one that is ``left_out`` are dropped.
        """
        papers = self.facts.papers
        marks = [mark for paper in papers for mark in paper.bookmarks if mark[1] not in left_out]
        rise = min((level for level, *_ in marks), default=1) - 1
        outlined = tuple(_outlined(paper, left_out, rise) for paper in papers)
        return replace(self, facts=replace(self.facts, papers=outlined))

    @property
    def free_at_the_end(self) -> float:
        """The millimetres below the last line or picture, with those that went into gaps above."""
        return max(self.free_on(-1) + self.facts.stretched, 0.0)

    def free_on(self, number: int) -> float:
        """Return the millimetres below the last line or picture of a page, counted from 0."""
        sheet = self.sheets[number]
        return sheet.area.bottom - sheet.area.top - sheet.filled

    def free_below(self, anchor: str) -> float:
        """Return the millimetres between the top of ``anchor`` and the foot of its page.

        Those that went into the gaps above it are counted.
        """
        spot = self.anchors.get(anchor)
        if spot is None or spot.page != len(self) - 1:
            return 0.0
        return max(self.sheets[spot.page].area.bottom - FOOT - spot.top + self.facts.stretched, 0.0)


def _outlined(paper: Paper, left_out: Container[str], rise: int) -> Paper:
    """Return a page whose bookmarks are ``rise`` levels higher."""
    marks = (
        (level - rise, label, point, state)
        for level, label, point, state in paper.bookmarks
        if label not in left_out
    )
    return replace(paper, bookmarks=tuple(marks))


def digest(*parts: object) -> str:
    """Return the key of what is made from all of these."""
    return hashlib.sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()


def facts(boxes: Boxes, like: Facts | None = None) -> Facts:
    """Return what there is to know of laid-out pages.

    ``like`` are the facts of the pages that they were made of: their words stand where they
    stood.
    """
    pages = boxes.pages
    papers = tuple(map(paper, pages))
    ink = tuple(map(_ink, pages))
    if like is not None:
        return replace(like, papers=papers, ink=ink, sheets=sheets(boxes.document, pages))
    anchors = {
        name: Spot(number, point[1] / MILLIMETRE)
        for number, page in reversed(list(enumerate(pages)))
        for name, point in page.anchors.items()
    }
    told = {name: value for name, value in vars(boxes.document.metadata).items() if value}
    told.pop("attachments", None)
    return Facts(papers, ink, anchors, sheets(boxes.document, pages), told)


def _ink(page: Any) -> Ink:
    top, end = extent(page, grounds=True)
    return Ink(top, end, extent(page, grounds=False)[0])


def derived(
    pages: Pages, how: str, make: Callable[[], Boxes], *others: Pages, key: str | None = None
) -> Pages:
    """Return pages that are made of the boxes of laid-out ones, and how; see ``Pages``."""
    own = key or digest(pages.key, how)
    known = pages.shelf.facts(own)
    if known is not None:
        return Pages(own, known, make, pages.shelf, is_derived=True)
    boxes = make()
    made = facts(boxes, pages.facts)
    files = dict.fromkeys(each for one in (pages, *others) for each in one.facts.files)
    complete = replace(made, files=tuple(files))
    result = Pages(own, complete, make, pages.shelf, is_derived=True)
    pages.shelf.laid(result, boxes, (pages, *others))
    return result
