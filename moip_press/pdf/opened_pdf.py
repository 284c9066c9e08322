"""A finished PDF that is open for reading. The only user of pypdf.

Anybody may have made it: what leads back into itself is followed once, and a value of another kind
than it should be counts as none.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pypdf
from defusedxml import ElementTree as Defused
from defusedxml.common import DefusedXmlException
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    StreamObject,
)

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, reason
from moip_press.system.limits import MEGABYTE, PDF

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
LOCKS = (DependencyError, FileNotDecryptedError, WrongPasswordError)
DAMAGED = Message(N_("It is no PDF, or it is damaged."))
LOCKED = Message(N_("It is encrypted: save it without protection, and it can be read."))
NOTHING = DictionaryObject()


class Unreadable(Exception):
    """A file that is no PDF, is damaged or encrypted, or asks for too much: ``reason`` says."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason

    @classmethod
    def of(cls, error: OverLimit | Broken) -> Unreadable:
        """Return what is said where a library broke down, or a limit was reached."""
        if isinstance(error.__cause__, LOCKS):
            return cls(LOCKED)
        return cls(reason(error) or DAMAGED)


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
    values: DictionaryObject
    page: int


@dataclass(frozen=True)
class Attached:
    """A file that travels in a PDF: its name, why it does, and the stream that holds it."""

    name: str
    relationship: str
    stream: StreamObject | None

    @property
    def content(self) -> bytes:
        """What the file holds; nothing where it cannot be had."""
        return b"" if self.stream is None else bytes(self.stream.get_data())


class Opened:
    """A PDF, read as far as the checks need.

    Raises ``Unreadable``, and whatever pypdf raises on damaged files: open one within
    ``enforcement.foreign``.
    """

    def __init__(self, path: Path) -> None:
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        if path.stat().st_size > PDF.bytes:
            message = N_("It is larger than {limit} MB.")
            raise Unreadable(Message.of(message, limit=PDF.bytes // MEGABYTE))
        self.reader = pypdf.PdfReader(path)
        if self.reader.is_encrypted:
            raise Unreadable(LOCKED)
        self._left = PDF.items
        self.root = dictionary(self.reader.trailer.get("/Root"))
        leaves = list(self._leaves())
        if not leaves:
            raise Unreadable(DAMAGED)
        self.pages = [page for page, _, _ in leaves]
        self._resources = [resources for _, resources, _ in leaves]
        self._numbers = {name: number for number, (_, _, name) in enumerate(leaves, 1)}
        self.xmp = self._xmp()

    def _seen(self, reference: object, known: set[tuple[int, int]]) -> bool:
        """Tell whether an object was met before, and count it. Raises ``Unreadable``."""
        self._left -= 1
        if self._left < 0:
            message = N_("It is not read: it has more than {limit} objects to look at.")
            raise Unreadable(Message.of(message, limit=PDF.items))
        if not isinstance(reference, IndirectObject):
            return False
        name = (reference.idnum, reference.generation)
        before = name in known
        known.add(name)
        return before

    def _leaves(self) -> Iterator[tuple[DictionaryObject, object, tuple[int, int]]]:
        """Yield the pages in their order, each with its resources and the name of its object."""
        known: set[tuple[int, int]] = set()
        waiting: list[tuple[object, object]] = [(self.root.get("/Pages"), None)]
        while waiting:
            reference, above = waiting.pop()
            if self._seen(reference, known):
                continue
            node = dictionary(reference)
            resources = node.get("/Resources", above)
            if "/Kids" in node:
                kids = reversed(array(node.get("/Kids")))
                waiting += [(kid, resources) for kid in kids]
            elif node:
                yield node, resources, _name_of(reference)

    def _xmp(self) -> Xml.Element | None:
        stream = met(self.root.get("/Metadata"))
        if not isinstance(stream, StreamObject):
            return None
        try:
            found: Xml.Element = Defused.fromstring(stream.get_data(), forbid_dtd=True)
        except (Xml.ParseError, DefusedXmlException, ValueError, LookupError):
            return None
        return found

    def _said(self, name: str) -> str:
        """Return a property of the metadata, written as an attribute or an element."""
        for element in self.xmp.iter() if self.xmp is not None else ():
            if name in element.attrib:
                return element.attrib[name]
            if element.tag == name:
                return (element.text or "").strip()
        return ""

    @cached_property
    def claims(self) -> Claims:
        """What the file says of itself."""
        ua, part = self._said(f"{PDFUA}part"), self._said(f"{PDFA}part")
        level = self._said(f"{PDFA}conformance").lower()
        standards = (f"PDF/UA-{ua}" if ua else "", f"PDF/A-{part}{level}" if part else "")
        return Claims(
            tuple(filter(None, standards)),
            str(self.reader.metadata.title or "").strip() if self.reader.metadata else "",
            text(self.root.get("/Lang")),
            len(self.pages),
            tuple(each.name for each in self.attached),
        )

    @property
    def described_title(self) -> str:
        """The title that the metadata give."""
        for element in self.xmp.iter(TITLE) if self.xmp is not None else ():
            return "".join(element.itertext()).strip()
        return ""

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The elements of the structure, in reading order."""
        return tuple(self._elements())

    def _elements(self) -> Iterator[Element]:
        known: set[tuple[int, int]] = set()
        waiting = [(dictionary(self.root.get("/StructTreeRoot")).get("/K"), 0)]
        while waiting:
            reference, depth = waiting.pop()
            if depth > PDF.depth or self._seen(reference, known):
                continue
            found = met(reference)
            if isinstance(found, ArrayObject):
                waiting += [(kid, depth + 1) for kid in reversed(found)]
            elif isinstance(found, DictionaryObject) and "/S" in found:
                page = self._numbers.get(_name_of(found.get("/Pg")), 0)
                yield Element(text(found.get("/S")).lstrip("/"), found, page)
                waiting.append((found.get("/K"), depth + 1))

    @cached_property
    def parents(self) -> frozenset[int]:
        """The keys of the parent tree: of whose marks and annotations it is known where they go."""
        root = dictionary(self.root.get("/StructTreeRoot"))
        nodes = self._nodes(root.get("/ParentTree"))
        keys = (number(key) for node in nodes for key in array(node.get("/Nums"))[::2])
        return frozenset(key for key in keys if key is not None)

    def _nodes(self, root: object) -> Iterator[DictionaryObject]:
        """Yield the nodes of a tree of names or numbers, each once."""
        known: set[tuple[int, int]] = set()
        waiting = [root]
        while waiting:
            reference = waiting.pop()
            if not self._seen(reference, known):
                node = dictionary(reference)
                waiting += reversed(array(node.get("/Kids")))
                yield node

    def links(self) -> Iterator[tuple[int, DictionaryObject]]:
        """Yield each link with the number of its page."""
        for page_number, page in enumerate(self.pages, 1):
            for entry in array(page.get("/Annots")):
                values = dictionary(entry)
                if text(values.get("/Subtype")) == "/Link":
                    yield page_number, values

    def fonts(self) -> dict[str, bool]:
        """Return the fonts of all pages by name, and whether the file holds them."""
        found: dict[str, bool] = {}
        known: set[tuple[int, int]] = set()
        seen: set[int] = set()
        waiting = list(self._resources)
        while waiting:
            resources = dictionary(waiting.pop())
            if id(resources) in seen:
                continue
            seen.add(id(resources))
            for reference in _values(resources, "/Font"):
                if not self._seen(reference, known):
                    name, held = _font(dictionary(reference))
                    found[name] = found.get(name, True) and held
            waiting += [
                dictionary(reference).get("/Resources")
                for reference in _values(resources, "/XObject")
                if not self._seen(reference, known)
            ]
        return found

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """The files that travel in the PDF."""
        names = dictionary(self.root.get("/Names"))
        nodes = self._nodes(names.get("/EmbeddedFiles"))
        return tuple(
            _attached(dictionary(entry))
            for node in nodes
            for entry in array(node.get("/Names"))[1::2]
        )

    def acts(self) -> bool:
        """Tell whether the file holds scripts, or does something when it is opened."""
        names = dictionary(self.root.get("/Names"))
        return "/JavaScript" in names or "/OpenAction" in self.root or "/AA" in self.root


# --- values of the kind that they should be ------------------------------------------------


def met(value: object) -> Any:
    """Return a value, or what it refers to."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def dictionary(value: object) -> DictionaryObject:
    """Return a dictionary, an empty one where it is none."""
    found = met(value)
    return found if isinstance(found, DictionaryObject) else NOTHING


def array(value: object) -> list[Any]:
    """Return an array, an empty one where it is none."""
    found = met(value)
    return found if isinstance(found, ArrayObject) else []


def text(value: object) -> str:
    """Return a text or name without the spaces around it, empty where it is none."""
    found = met(value)
    return found.strip() if isinstance(found, str) else ""


def number(value: object) -> int | None:
    """Return a whole number, None where it is none."""
    found = met(value)
    return int(found) if isinstance(found, NumberObject) else None


def true(value: object) -> bool:
    """Return whether a value says yes."""
    found = met(value)
    return isinstance(found, BooleanObject) and bool(found.value)


def _name_of(reference: object) -> tuple[int, int]:
    found = reference if isinstance(reference, IndirectObject) else None
    return (found.idnum, found.generation) if found else (0, 0)


def _values(resources: DictionaryObject, name: str) -> list[object]:
    """Return the entries of a dictionary in a dictionary, as they are written."""
    below = dictionary(resources.get(name))
    return list(below.values())


def _font(font: DictionaryObject) -> tuple[str, bool]:
    below = array(font.get("/DescendantFonts"))
    descriptor = dictionary((dictionary(below[0]) if below else font).get("/FontDescriptor"))
    name = text(font.get("/BaseFont")).lstrip("/").rpartition("+")[2]
    return name, any(file in descriptor for file in FONT_FILES)


def _attached(values: DictionaryObject) -> Attached:
    stream = met(dictionary(values.get("/EF")).get("/F"))
    return Attached(
        text(values.get("/UF")) or text(values.get("/F")),
        text(values.get("/AFRelationship")).lstrip("/"),
        stream if isinstance(stream, StreamObject) else None,
    )


def is_json(content: bytes) -> bool:
    """Tell whether a file is JSON."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
