"""One PDF of the pages of many chapters."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any
from urllib.parse import unquote

from weasyprint import Document
from weasyprint.document import DocumentMetadata

from moip_press.pdf import drawing, engine, tagged_file
from moip_press.pdf.painted_fonts import Absent
from moip_press.pdf.painting import Unkept
from moip_press.pdf.tagged_file import Attached, Written
from moip_press.pdf.typeset.fetching import BASE
from moip_press.pdf.typeset.layout_faults import Fault, Unlaid, breaking, listening
from moip_press.pdf.typeset.pages import Pages, Painted
from moip_press.pdf.typeset.shelf import Shelf, painting_key
from moip_press.system.enforcement import OverLimit

HEAVY_PICTURE, HEAVY_FILE = 1_000_000, 10_000_000  # bytes
SHOWN = 3


@dataclass(frozen=True)
class Pdf:
    """A finished PDF, the font families in it, and what the typesetter said of it.

    ``weights`` are the bytes in it of the kit's pictures, by the names of their files;
    ``paintings`` are, page by page, the keys of what is painted on them, "" where it has none.
    """

    content: bytes
    families: frozenset[str]
    faults: tuple[Fault, ...]
    weights: Mapping[str, int] = field(default_factory=dict)
    paintings: tuple[str, ...] = ()

    @property
    def heavy(self) -> tuple[tuple[str, int], ...]:
        """The pictures that weigh most, with their bytes, where they or the whole is heavy."""
        weights = sorted(self.weights.items(), key=lambda each: (-each[1], each[0]))
        heavy = [(name, weight) for name, weight in weights if weight >= HEAVY_PICTURE]
        return tuple(heavy or (weights[:SHOWN] if len(self.content) >= HEAVY_FILE else ()))


@dataclass(frozen=True)
class Properties:
    """What a PDF says of itself where that is not what its first chapter says."""

    title: str
    subject: str


def write_pdf(
    chapters: Sequence[Pages],
    properties: Properties | None = None,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Pdf:
    """Return one tagged PDF of all pages; its metadata are those of the first chapter.

    ``attached`` travels in it; ``moment`` dates it where the chapter does not. Raises
    ``Unlaid``.
    """
    job = _Job(chapters, properties, attached, moment)
    with listening(job.shelf.fetcher) as found:
        try:
            written, paintings = job.assembled(), job.paintings()
        except Unkept:
            written = job.painted()
            paintings = ("",) * sum(map(len, chapters))
    wordless = (f'Image "{name}" has no required alt description' for name in written.wordless)
    faults = (*found, *job.said, *wordless)
    own = (url for url in written.weights if url.startswith(BASE))
    weights = {unquote(url.removeprefix(BASE)): written.weights[url] for url in own}
    return Pdf(written.content, written.families, faults, weights, paintings)


def looks(chapters: Sequence[Pages]) -> list[str]:
    """Return what each page looks like: equal pages, equal looks. Raises ``Unlaid``."""
    job = _Job(chapters, None, (), None)
    with listening(job.shelf.fetcher):
        try:
            painted = job.all_painted()
        except Unkept:
            return [f"{pages.key} {page}" for pages in chapters for page in range(len(pages))]
    return [look for each in painted for look in each.looks]


def excerpted(chapters: Sequence[Pages], places: Sequence[int]) -> bytes:
    """Return a PDF of some pages, counted from 0, to be looked at only: no links and no tags.

    Raises ``Unlaid``.
    """
    firsts = accumulate((len(pages) for pages in chapters), initial=0)
    wanted = [
        (pages, [place - first for place in places if first <= place < first + len(pages)])
        for first, pages in zip(firsts, chapters, strict=False)
    ]
    chosen = [(pages, own) for pages, own in wanted if own]
    job = _Job([pages for pages, _ in chosen], None, (), None)
    with listening(job.shelf.fetcher):
        try:
            return job.assembled([own for _, own in chosen]).content
        except Unkept:
            pages = [page for each, own in chosen for page in map(each.pages.__getitem__, own)]
            content: bytes = chosen[0][0].boxes.document.copy(pages).write_pdf()
            return content


@dataclass
class _Job:
    """What is to be written."""

    chapters: Sequence[Pages]
    properties: Properties | None
    attached: Sequence[Attached]
    moment: datetime.datetime | None
    said: tuple[Fault, ...] = ()

    @property
    def shelf(self) -> Shelf:
        """Where the pages are kept."""
        return self.chapters[0].shelf

    @cached_property
    def nowhere(self) -> frozenset[str]:
        """Where links lead to in vain."""
        return drawing.leading_nowhere(
            [paper for pages in self.chapters for paper in pages.facts.papers]
        )

    def all_painted(self) -> list[Painted]:
        """Return what is painted on each chapter. Raises ``Unkept``."""
        return [self._painted(number) for number in range(len(self.chapters))]

    def assembled(self, places: Sequence[Sequence[int]] | None = None) -> Written:
        """Return the PDF of chapters as they were painted before; see ``excerpted``.

        Raises ``Unkept``.
        """
        painted = self.all_painted()
        while True:
            pairs = zip(self.chapters, painted, strict=True)
            drawn = [(pages.facts.papers, each.drawn) for pages, each in pairs]
            if places is not None:
                chosen = zip(drawn, places, strict=True)
                drawn = [drawing.only(*chapter, own) for chapter, own in chosen]
            try:
                written = tagged_file.assembled(
                    self._document(), drawn, self.shelf, self.attached, self.moment
                )
            except Absent as missing:
                number = _using(painted, missing.key)
                painted[number] = self._painted(number, anew=True)
            else:
                self.said = tuple(fault for each in painted for fault in each.faults)
                return written

    def _painted(self, number: int, *, anew: bool = False) -> Painted:
        """Return what is painted on a chapter."""
        try:
            with breaking(number):
                return self.shelf.painted(*self._painting(self.chapters[number]), anew=anew)
        except OverLimit as error:
            error.chapter = number
            raise

    def _painting(self, pages: Pages) -> tuple[Pages, str, frozenset[str]]:
        """Return pages, the language of their file, and where their links lead to in vain."""
        own = {target for paper in pages.facts.papers for _, target, _ in paper.links}
        return pages, tagged_file.language_of(self._metadata()), self.nowhere & own

    def paintings(self) -> tuple[str, ...]:
        """Return the keys of what is painted, page by page."""
        keys = [painting_key(*self._painting(pages)) for pages in self.chapters]
        return tuple(
            k for k, pages in zip(keys, self.chapters, strict=True) for _ in range(len(pages))
        )

    def _metadata(self) -> DocumentMetadata:
        metadata = DocumentMetadata(**self.chapters[0].facts.metadata)
        if self.properties:
            metadata.title = self.properties.title
            metadata.description = self.properties.subject
        return metadata

    def _document(self) -> Document:
        """Return a document without pages."""
        shelf = self.shelf
        return Document([], self._metadata(), shelf.fetcher, shelf.fonts, {}, None)

    def painted(self) -> Written:
        """Return the PDF of chapters that WeasyPrint paints into it."""
        self.said = ()
        pages = [page for chapter in self.chapters for page in _pages(chapter)]
        engine.forget(pages)
        document = self.chapters[0].boxes.document.copy(pages)
        document.metadata = self._metadata()
        try:
            with breaking():
                return tagged_file.write(document, self.attached, self.moment)
        except OverLimit as error:
            error.chapter = self._unpainted(document)
            raise
        except Unlaid as error:
            error.chapter = self._broken()
            raise

    def _unpainted(self, document: Any) -> int:
        """Return the chapter of the first page that is not painted."""
        painted = sum(getattr(page, "is_painted", False) for page in document.pages)
        ends = accumulate(map(len, self.chapters))
        return next((number for number, end in enumerate(ends) if end > painted), 0)

    def _broken(self) -> int:
        """Return which chapter cannot be drawn by itself."""
        for number, chapter in enumerate(self.chapters):
            try:
                with breaking():
                    chapter.boxes.document.write_pdf()
            except Unlaid:
                return number
        return 0


def _pages(chapter: Pages) -> list[Any]:
    """Return the pages of a chapter as WeasyPrint laid them out, with the bookmarks it has now."""
    found = []
    for page, paper in zip(chapter.pages, chapter.facts.papers, strict=True):
        own = copy(page)
        own.bookmarks = list(paper.bookmarks)
        found.append(own)
    return found


def _using(painted: Sequence[Painted], key: int) -> int:
    """Return the first chapter that has signs of a font."""
    return next(
        number
        for number, each in enumerate(painted)
        if any(face.key == key and face.live is None for face in each.drawn.faces)
    )
