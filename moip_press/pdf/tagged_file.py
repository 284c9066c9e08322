"""One PDF file out of drawn chapters, PDF/UA-1 and PDF/A-3a at once, with its data attached."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, Protocol
from xml.etree import ElementTree as Xml

import pydyf
import weasyprint
from weasyprint.document import DocumentMetadata

from moip_press.pdf import engine, glyph_texts, painted_fonts, painting, structure_tree
from moip_press.pdf.drawing import (
    Drawn,
    Marked,
    MarkedTree,
    Paper,
    leading_nowhere,
    numbered,
    renumbered,
    streams_of,
)
from moip_press.pdf.painting import Pictures
from moip_press.pdf.structure import Kid, structure

UNKNOWN_DAY = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# PDF/A-3a requires tags, which are ours: WeasyPrint writes the level below.
OURS, THEIRS = "pdf/a-3u", "pdf/a-3a"
LEVEL = "A"
UA_PART = "1"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
UA = "http://www.aiim.org/pdfua/ns/id/"
# PDF/A allows no property that it does not know, unless the file declares its schema (ISO
# 19005-3, 6.6.2.3).
EXTENSION = f"""\
<rdf:RDF xmlns:rdf="{RDF}" xmlns:pdfuaid="{UA}"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <rdf:Description rdf:about="" pdfuaid:part="{UA_PART}"/>
  <rdf:Description rdf:about="">
    <pdfaExtension:schemas>
      <rdf:Bag>
        <rdf:li rdf:parseType="Resource">
          <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
          <pdfaSchema:namespaceURI>{UA}</pdfaSchema:namespaceURI>
          <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
          <pdfaSchema:property>
            <rdf:Seq>
              <rdf:li rdf:parseType="Resource">
                <pdfaProperty:name>part</pdfaProperty:name>
                <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                <pdfaProperty:category>internal</pdfaProperty:category>
                <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
              </rdf:li>
            </rdf:Seq>
          </pdfaSchema:property>
        </rdf:li>
      </rdf:Bag>
    </pdfaExtension:schemas>
  </rdf:Description>
</rdf:RDF>"""
CLAIM = f'<rdf:Description rdf:about="" pdfuaid:part="{UA_PART}" />'.encode()
PREFIXES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


@dataclass(frozen=True)
class Attached:
    """A file attached to the PDF: the data that the PDF was made from."""

    name: str
    content: bytes
    description: str


@dataclass(frozen=True)
class Written:
    """A file, its pictures that have no text, and the families of its fonts.

    ``weights`` are the bytes in it of pictures, by their addresses, where that is known.
    """

    content: bytes
    wordless: tuple[str, ...]
    families: frozenset[str] = frozenset()
    weights: Mapping[str, int] = field(default_factory=dict)


def write(
    document: Any,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Written:
    """Return the PDF of a document of WeasyPrint, which conforms to PDF/UA-1 and PDF/A-3a.

    ``moment`` dates a document that has no date of its own. The document is changed: pass a copy.
    """
    options = _described(document, attached, moment)
    if not engine.is_known():
        content: bytes = document.write_pdf(pdf_variant=THEIRS, **options)
        return Written(content, (), _families(document))
    document.pages = [Marked(page) for page in document.pages]
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

    ``document`` has no pages, but the metadata of the PDF. It is changed, as by ``write``.
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
        painted_fonts.add_faces(document.fonts, each.faces, keeper)
    finisher = _Finisher([each for _, each in chapters], keeper)
    content: bytes = document.write_pdf(pdf_variant=OURS, finisher=finisher, **options)
    wordless = tuple(name for _, each in chapters for name in each.wordless)
    return Written(content, wordless, _families(document), pictures.weights)


class Keeper(painted_fonts.Subsets, Protocol):
    """Keeps what is the same in many files."""

    def deflated(self, stream: pydyf.Stream) -> bytes:
        """Return a stream as it is written into a file."""


def _described(
    document: Any, attached: Sequence[Attached], moment: datetime.datetime | None
) -> dict[str, Any]:
    """Set the metadata of a document; return the options to write it with."""
    document.metadata = metadata = Metadata.of(document.metadata)
    if moment and not metadata.created:
        metadata.created = f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    day = _day(metadata.created)
    document.color_profiles = engine.srgb() | document.color_profiles
    document.output_intent = "srgb"
    return {
        "attachments": [_attachment(file, day) for file in attached],
        "output_intent": "the document's own",
    }


def _families(document: Any) -> frozenset[str]:
    return frozenset(font.family for font in document.fonts.values())


class Metadata(DocumentMetadata):  # type: ignore[misc]
    """The metadata of one file: those of its document, and the standards that it conforms to."""

    @classmethod
    def of(cls, metadata: DocumentMetadata) -> Metadata:
        """Return a copy, since documents share their metadata with their copies.

        What a template attaches is left out: only what the program attaches conforms.
        """
        claims = cls(**vars(metadata))
        claims.attachments = []
        return claims

    def generate_rdf_metadata(
        self,
        variant: str,
        version: int,
        conformance: str,  # noqa: ARG002 -- WeasyPrint's call
    ) -> bytes:
        """Return the description of the file, in RDF."""
        for prefix, address in PREFIXES.items():
            Xml.register_namespace(prefix, address)
        described = Xml.fromstring(super().generate_rdf_metadata(variant, version, LEVEL))  # noqa: S314
        described.extend(Xml.fromstring(EXTENSION))  # noqa: S314 -- both texts are ours
        if site := self.custom.get("dcterms.relation"):
            described.append(_related(site))
        text: bytes = Xml.tostring(described, encoding="utf-8")
        return text


def _related(address: str) -> Xml.Element:
    """Return what says that the file belongs to the site at an address, as Dublin Core does."""
    description = Xml.Element(f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})
    relation = Xml.SubElement(description, "{http://purl.org/dc/elements/1.1/}relation")
    bag = Xml.SubElement(relation, f"{{{RDF}}}Bag")
    Xml.SubElement(bag, f"{{{RDF}}}li").text = address
    return description


class _Replayed:
    """Stands for a page of WeasyPrint that was painted before."""

    def __init__(self, paper: Paper, painted: painting.Canvas, pictures: Pictures) -> None:
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
        self.streams = [stream, *painting.replay(self._painted, stream, self._pictures)]


class _Link:
    """Stands for the box of a link, on which WeasyPrint sets its annotation."""

    link_annotation: pydyf.Dictionary | None = None


def _finished(
    document: Any,
    pdf: pydyf.PDF,
    sheets: Sequence[Sequence[pydyf.Stream]],
    chapters: Sequence[tuple[int, Sequence[Kid]]],
    language: str,
) -> None:
    """Finish a file whose pages are drawn."""
    dictionaries = (item for item in pdf.objects if isinstance(item, pydyf.Dictionary))
    pages = [item for item in dictionaries if item.get("Type") == "/Page"]
    leaves = [
        structure_tree.Leaf(page, streams, [link[3].link_annotation for link in own.links])
        for page, streams, own in zip(pages, sheets, document.pages, strict=True)
    ]
    structure_tree.write(pdf, leaves, chapters, language)
    glyph_texts.write_maps(pdf, document.fonts.values())
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _unclaimed(pdf: pydyf.PDF) -> None:
    """Take back that a file is PDF/UA-1: one whose pictures have no words is not."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.stream = [part.replace(CLAIM, b"") for part in item.stream]


class _Live:
    """Tags a file whose pages WeasyPrint painted into it."""

    def __init__(self) -> None:
        self.wordless: list[str] = []

    def __call__(self, document: Any, pdf: pydyf.PDF) -> None:
        """Finish a file whose pages are drawn."""
        language = language_of(document.metadata)
        pages = document.pages
        drawing = MarkedTree(pages, leading_nowhere(pages))
        heard = structure(drawing.root, drawing.silent, language)
        sheets = streams_of(pdf, pages)
        kids = renumbered(heard.kids, numbered(sheets, heard.silent))
        _finished(document, pdf, sheets, [(0, kids)], language)
        self.wordless = heard.wordless
        if heard.wordless:
            _unclaimed(pdf)


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
        if any(each.wordless for each in self._chapters):
            _unclaimed(pdf)
        _written_once(pdf, self._keeper)


def language_of(metadata: Any) -> str:
    """Return the language of a document from its metadata."""
    return metadata.lang or "und"


class _Whole:
    """An object as it is written into a file; it takes the place of one of pydyf's."""

    __slots__ = ("compressible", "data", "number", "offset")
    generation = 0
    free = "n"

    def __init__(self, item: pydyf.Object, data: bytes) -> None:
        self.number = item.number
        self.offset = 0
        self.compressible = item.compressible
        self.data = data

    @property
    def indirect(self) -> bytes:
        """The object in the file."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


class _Added(pydyf.Stream):  # type: ignore[misc]
    """A stream that pydyf adds while it writes a file: the other objects, and where they are."""

    @cached_property
    def data(self) -> bytes:
        """The stream as it is written into the file."""
        made: bytes = super().data
        return made


def _written_once(pdf: pydyf.PDF, keeper: Keeper) -> None:
    """Put each object into words, and deflate each stream, once: pydyf does it at each access."""
    for number, item in enumerate(pdf.objects):
        if item.free != "f":
            whole = keeper.deflated(item) if isinstance(item, pydyf.Stream) else item.data
            pdf.objects[number] = _Whole(item, whole)

    def add(item: pydyf.Object) -> None:
        if isinstance(item, pydyf.Stream):
            item.__class__ = _Added
        pydyf.PDF.add_object(pdf, item)

    pdf.add_object = add


def _day(created: str | None) -> datetime.datetime:
    """Return the date of a document, which its attachments share."""
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
