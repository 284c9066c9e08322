"""One file out of drawn chapters: tagged, described, with its data attached."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

import pydyf
import weasyprint

from moip_press.pdf.conformance import drawn, tags
from moip_press.pdf.conformance.chapter import Drawn, Paper
from moip_press.pdf.conformance.drawn import Mark
from moip_press.pdf.conformance.metadata import Claims
from moip_press.pdf.conformance.tree import Kid, mapped, tree
from moip_press.pdf.painted import canvas, faces
from moip_press.pdf.painted.pictures import Pictures

UNKNOWN_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# PDF/A-3a asks for tags, which are ours: WeasyPrint writes what the level below asks for.
OURS, THEIRS = "pdf/a-3u", "pdf/a-3a"


@dataclass(frozen=True)
class Attached:
    """A file that travels in the PDF: the data that the PDF was made from."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Written:
    """A file, the pictures in it that have no text, and the families of its fonts."""

    content: bytes
    wordless: tuple[str, ...]
    families: frozenset[str] = frozenset()


def write(
    document: Any,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Written:
    """Return the PDF of a document of WeasyPrint, which conforms to PDF/UA-1 and PDF/A-3a.

    ``moment`` dates a document that has no date of its own. The document is changed: hand over
    a copy.
    """
    options = _described(document, attached, moment)
    if not drawn.is_known():
        content: bytes = document.write_pdf(pdf_variant=THEIRS, **options)
        return Written(content, (), _families(document))
    document.pages = [drawn.Painted(page) for page in document.pages]
    finisher = _Live()
    content = document.write_pdf(pdf_variant=OURS, finisher=finisher, **options)
    return Written(content, tuple(finisher.wordless), _families(document))


def assembled(
    document: Any,
    chapters: Sequence[tuple[Sequence[Paper], Drawn]],
    keeper: Keeper,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Written:
    """Return one PDF of drawn chapters, to the byte what ``write`` makes of their pages.

    ``document`` has no pages; it says what the PDF is called. It is changed, as by ``write``.
    """
    options = _described(document, attached, moment)
    pictures = Pictures()
    for _, each in chapters:
        pictures.add(each.pictures)
    document.pages = [
        _Replayed(paper, painted, pictures)
        for papers, each in chapters
        for paper, painted in zip(papers, each.pages, strict=True)
    ]
    for _, each in chapters:
        faces.cut(document.fonts, each.faces, keeper)
    finisher = _Finisher([each for _, each in chapters], keeper)
    content: bytes = document.write_pdf(pdf_variant=OURS, finisher=finisher, **options)
    wordless = tuple(name for _, each in chapters for name in each.wordless)
    return Written(content, wordless, _families(document))


class Keeper(faces.Subsets, Protocol):
    """Keeps what need not be made again for each file."""

    def deflated(self, stream: pydyf.Stream) -> bytes:
        """Return a stream of a file as it is written there."""


def _described(
    document: Any, attached: Sequence[Attached], moment: datetime.datetime | None
) -> dict[str, Any]:
    """Let a document say what its file conforms to; return how it is to be written."""
    document.metadata = metadata = Claims.of(document.metadata)
    if moment and not metadata.created:
        metadata.created = f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    day = _day(metadata.created)
    document.color_profiles = drawn.colours() | document.color_profiles
    document.output_intent = "srgb"
    return {
        "attachments": [_attachment(file, day) for file in attached],
        "output_intent": "the document's own",
    }


def _families(document: Any) -> frozenset[str]:
    return frozenset(font.family for font in document.fonts.values())


class _Replayed:
    """A page of WeasyPrint that was painted before, and is put into a file as it was."""

    def __init__(self, paper: Paper, painted: canvas.Canvas, pictures: Pictures) -> None:
        self.width, self.height = paper.width, paper.height
        self.bleed = dict(zip(("top", "right", "bottom", "left"), paper.bleed, strict=True))
        self.bookmarks = list(paper.bookmarks)
        self.anchors = paper.anchors
        self.links = [(*link, _Link()) for link in paper.links]
        self.forms: dict[Any, Any] = {}
        self.streams: list[pydyf.Stream] = []
        self._painted = painted
        self._pictures = pictures

    def paint(self, stream: Any, _scale: float = 1) -> None:
        """Put the page into a file."""
        self.streams = [stream, *canvas.replay(self._painted, stream, self._pictures)]


class _Link:
    """Stands for the box of a link, on which WeasyPrint leaves what it wrote of it."""

    link_annotation: pydyf.Dictionary | None = None


def _links(page: Any) -> list[pydyf.Dictionary | None]:
    return [link[3].link_annotation for link in page.links]


def _finished(
    document: Any,
    pdf: pydyf.PDF,
    sheets: Sequence[Sequence[pydyf.Stream]],
    chapters: Sequence[tuple[int, Sequence[Kid]]],
    language: str,
) -> None:
    """Finish a file whose pages are drawn."""
    pages = [item for item in pdf.objects if _type(item) == "/Page"]
    leaves = [
        tags.Leaf(page, streams, _links(own))
        for page, streams, own in zip(pages, sheets, document.pages, strict=True)
    ]
    tags.write(pdf, leaves, chapters, language)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


class _Live:
    """Tags a file whose pages WeasyPrint painted into it."""

    def __init__(self) -> None:
        self.wordless: list[str] = []

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        """Finish a file whose pages are drawn."""
        language = language_of(document.metadata)
        pages = document.pages
        structure = tree(drawn.Drawing(pages, drawn.leading_nowhere(pages)), language)
        sheets = drawn.sheets(pdf, pages)
        now = drawn.numbered(sheets, structure.silent)
        kids = mapped(structure.kids, lambda own: now[own] if isinstance(own, Mark) else own)
        _finished(document, pdf, sheets, [(0, kids)], language)
        self.wordless = structure.wordless


class _Finisher:
    """Tags a file of drawn chapters."""

    def __init__(self, chapters: Sequence[Drawn], keeper: Keeper) -> None:
        self._chapters = chapters
        self._keeper = keeper

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        """Finish a file whose pages are drawn."""
        sheets = [page.streams for page in document.pages]
        firsts = accumulate((len(each.pages) for each in self._chapters), initial=0)
        kids = [(first, each.kids) for first, each in zip(firsts, self._chapters, strict=False)]
        _finished(document, pdf, sheets, kids, language_of(document.metadata))
        _written_once(pdf, self._keeper)


def language_of(metadata: Any) -> str:
    """Return the language that a document is written in, as its metadata say."""
    return metadata.lang or "und"


class _Whole:
    """A stream of a file as it is written there; it stands in for one of pydyf's."""

    __slots__ = ("data", "number", "offset")
    generation = 0
    free = "n"
    compressible = False

    def __init__(self, number: int, data: bytes) -> None:
        self.number = number
        self.offset = 0
        self.data = data

    @property
    def indirect(self) -> bytes:
        """The object in the file."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def _written_once(pdf: pydyf.PDF, keeper: Keeper) -> None:
    """Have each stream deflated once: pydyf does it as often as it looks at one."""
    for number, item in enumerate(pdf.objects):
        if isinstance(item, pydyf.Stream):
            pdf.objects[number] = _Whole(item.number, keeper.deflated(item))


def _type(item: object) -> object:
    return item.get("Type") if isinstance(item, pydyf.Dictionary) else None


def _day(created: str | None) -> datetime.datetime:
    """Return the moment of a document, which its attachments share."""
    try:
        moment = datetime.datetime.fromisoformat(created or "")
    except ValueError:  # none, or a year alone
        moment = UNKNOWN_DAY
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC)


def _attachment(file: Attached, day: datetime.datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content.decode(),
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship="Source",
    )
