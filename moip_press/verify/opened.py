"""A finished PDF that is open for reading. The only user of pypdf."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DEEPEST = 500
# what pypdf raises on a file that is no sound PDF, beside its own errors
BROKEN = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    ArithmeticError,
)


class Unreadable(Exception):
    """A file that is no PDF, or one that is damaged or locked."""


@dataclass(frozen=True)
class Claims:
    """What a PDF says of itself: its standards (such as "PDF/UA-1"), title, language, pages."""

    standards: tuple[str, ...]
    title: str
    language: str
    pages: int
    attached: tuple[str, ...]


@dataclass(frozen=True)
class Element:
    """An element of the structure: its type, its dictionary, the page it begins on (or 0)."""

    role: str
    values: Any
    page: int


class Opened:
    """A PDF, read as far as the checks need. Raises ``Unreadable``."""

    def __init__(self, path: Path) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            self.reader = pypdf.PdfReader(path)
            self.root: Any = self.reader.trailer["/Root"]
            self.pages = list(self.reader.pages)
            self.xmp = self._xmp()
        except BROKEN:
            raise Unreadable(path) from None
        self._numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.pages, 1)
            if page.indirect_reference
        }

    def _xmp(self) -> Xml.Element | None:
        stream = self.root.get("/Metadata")
        if stream is None:
            return None
        text = re.sub(rb"<!(DOCTYPE|ENTITY)", b"<", stream.get_object().get_data())
        try:
            return Xml.fromstring(text)  # noqa: S314 -- it declares nothing
        except Xml.ParseError:
            return None

    def _said(self, name: str) -> str:
        """Return a property of the metadata, written as an attribute or an element."""
        for element in self.xmp.iter() if self.xmp is not None else ():
            if name in element.attrib:
                return element.attrib[name]
            if element.tag == name:
                return (element.text or "").strip()
        return ""

    @property
    def claims(self) -> Claims:
        """What the file says of itself."""
        ua, part = self._said(f"{PDFUA}part"), self._said(f"{PDFA}part")
        level = self._said(f"{PDFA}conformance").lower()
        standards = (f"PDF/UA-{ua}" if ua else "", f"PDF/A-{part}{level}" if part else "")
        return Claims(
            tuple(filter(None, standards)),
            str(self.reader.metadata.title or "").strip() if self.reader.metadata else "",
            str(self.root.get("/Lang", "")).strip(),
            len(self.pages),
            tuple(name for name, _, _ in self.attached()),
        )

    @property
    def described_title(self) -> str:
        """The title that the metadata give."""
        for element in self.xmp.iter(TITLE) if self.xmp is not None else ():
            return "".join(element.itertext()).strip()
        return ""

    def elements(self) -> Iterator[Element]:
        """Yield the elements of the structure, in reading order."""
        root = self.root.get("/StructTreeRoot")
        if root is not None:
            yield from self._below(root.get_object().get("/K"), 0)

    def _below(self, kids: Any, depth: int) -> Iterator[Element]:
        found = kids.get_object() if isinstance(kids, IndirectObject) else kids
        for kid in found if isinstance(found, list) else [found]:
            values = kid.get_object() if isinstance(kid, IndirectObject) else kid
            if isinstance(values, DictionaryObject) and "/S" in values and depth < DEEPEST:
                page = values.get("/Pg") and values.raw_get("/Pg")
                yield Element(
                    str(values["/S"]).lstrip("/"),
                    values,
                    self._numbers.get(getattr(page, "idnum", 0), 0),
                )
                yield from self._below(values.get("/K"), depth + 1)

    def parents(self) -> dict[int, Any]:
        """Return the parent tree: whom the marks of a page, or an annotation, belong to."""
        root = self.root.get("/StructTreeRoot")
        found: dict[int, Any] = {}
        nodes = [] if root is None else [root.get_object().get("/ParentTree")]
        while nodes and len(found) < 1_000_000:
            node = nodes.pop()
            values = node.get_object() if node is not None else {}
            nodes += values.get("/Kids", [])
            numbers = values.get("/Nums", [])
            found |= {int(key): numbers[2 * n + 1] for n, key in enumerate(numbers[::2])}
        return found

    def links(self) -> Iterator[tuple[int, Any]]:
        """Yield each link with the number of its page."""
        for number, page in enumerate(self.pages, 1):
            for entry in page.get("/Annots", ()):
                values = entry.get_object()
                if values.get("/Subtype") == "/Link":
                    yield number, values

    def fonts(self) -> dict[str, bool]:
        """Return the fonts of all pages by name, and whether the file holds them."""
        found: dict[str, bool] = {}
        seen: set[int] = set()
        waiting = [page.get("/Resources") for page in self.pages]
        while waiting:
            resources = waiting.pop()
            resources = resources.get_object() if resources is not None else {}
            if id(resources) in seen:
                continue
            seen.add(id(resources))
            for reference in (resources.get("/Font") or {}).values():
                name, held = _font(reference.get_object())
                found[name] = found.get(name, True) and held
            drawn = (resources.get("/XObject") or {}).values()
            waiting += [reference.get_object().get("/Resources") for reference in drawn]
        return found

    def attached(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the files that travel in the PDF: name, relationship, content."""
        names = (self.root.get("/Names") or {}).get("/EmbeddedFiles") or {}
        for entry in list(names.get("/Names", ()))[1::2]:
            values = entry.get_object()
            content = values["/EF"]["/F"].get_object().get_data()
            name = str(values.get("/UF", values.get("/F", "")))
            yield name, str(values.get("/AFRelationship", "")).lstrip("/"), content

    def acts(self) -> bool:
        """Tell whether the file holds scripts, or does something when it is opened."""
        names = self.root.get("/Names") or {}
        return "/JavaScript" in names or "/OpenAction" in self.root or "/AA" in self.root


def _font(font: Any) -> tuple[str, bool]:
    below = font.get("/DescendantFonts")
    described = below[0].get_object() if below else font
    descriptor = described.get("/FontDescriptor") or {}
    name = str(font.get("/BaseFont", "")).lstrip("/").rpartition("+")[2]
    return name, any(file in descriptor for file in FONT_FILES)


def is_json(content: bytes) -> bool:
    """Tell whether a file is JSON."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
