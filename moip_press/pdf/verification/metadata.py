"""What the metadata of a PDF say: an XMP packet (ISO 16684-1), read safely."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree as Xml

from defusedxml import ElementTree as Defused
from defusedxml.common import DefusedXmlException

from moip_press.pdf.verification.values import data, dictionary, is_stream, name

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
UA, A = "http://www.aiim.org/pdfua/ns/id/", "http://www.aiim.org/pdfa/ns/id/"
XML = "http://www.w3.org/XML/1998/namespace"
LANGUAGE = f"{{{XML}}}lang"


MOST = 5_000_000  # bytes, pictures of pages among them


@dataclass(frozen=True)
class Metadata:
    """The metadata of a file.

    ``there`` tells whether the file has any; ``root`` is None where they cannot be read.
    ``prefixes`` are pairs of a prefix and its namespace.
    """

    there: bool = False
    packet: bytes = b""
    root: Xml.Element | None = None
    prefixes: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, stream: Any) -> Metadata:
        """Return the metadata that a stream holds."""
        kind = dictionary(stream)
        if not is_stream(stream):
            return cls()
        there = (name(kind.get("/Type")), name(kind.get("/Subtype"))) == ("Metadata", "XML")
        packet = data(stream)
        if len(packet) > MOST:
            return cls(there)
        try:
            reading = Defused.iterparse(io.BytesIO(packet), ("start-ns",), forbid_dtd=True)
            prefixes = frozenset(pair for _, pair in reading)
        except (Xml.ParseError, DefusedXmlException, ValueError, LookupError):
            return cls(there, packet)
        return cls(there, packet, reading.root, prefixes)

    @cached_property
    def properties(self) -> tuple[tuple[str, Xml.Element | str], ...]:
        """The properties of the file by their names: a text, or the element that holds them."""
        return tuple(self._properties())

    def _properties(self) -> Iterator[tuple[str, Xml.Element | str]]:
        packets = self.root.iter(f"{RDF}RDF") if self.root is not None else ()
        for packet in packets:
            for description in packet.iterfind(f"{RDF}Description"):
                yield from description.attrib.items()
                for held in description:
                    yield str(held.tag), held

    def said(self, own: str) -> str | None:
        """Return a property as a text, None where the file does not say it."""
        for found, value in self.properties:
            if found == own:
                return value if isinstance(value, str) else "".join(value.itertext()).strip()
        return None

    @property
    def title(self) -> str:
        """The title of the file, in the first language that it is given in."""
        for found, value in self.properties:
            if found == f"{DC}title" and not isinstance(value, str):
                texts = ("".join(each.itertext()).strip() for each in value.iter(f"{RDF}li"))
                return next(filter(None, texts), "")
        return ""

    @property
    def ua_part(self) -> str:
        """The part of PDF/UA that the file says it conforms to, "" for none."""
        return self.said(f"{{{UA}}}part") or ""

    @property
    def a_part(self) -> str:
        """The part of PDF/A that the file says it conforms to, "" for none."""
        return self.said(f"{{{A}}}part") or ""

    @property
    def level(self) -> str:
        """The level of PDF/A that the file says it conforms to, "" for none."""
        return self.said(f"{{{A}}}conformance") or ""
