"""A finished PDF that is open for reading: its pages, its structure, what it says of itself.

Anybody may have made it: what leads back into itself is followed once, and a value of another kind
than it should be counts as none.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

from moip_press.pdf.verification.metadata import Metadata
from moip_press.pdf.verification.values import (
    NOWHERE,
    Identity,
    Object,
    array,
    corners,
    data,
    dictionary,
    identity,
    is_array,
    is_dictionary,
    is_stream,
    name,
    number,
    text,
    words,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.enforcement import Broken, OverLimit, reason
from moip_press.system.files import read_file
from moip_press.system.limits import MEGABYTE, PDF

DAMAGED = Message(N_("It is not a PDF, or it is damaged."))
LOCKED = Message(N_("It is encrypted: save it without protection, and it can be read."))
INHERITED = ("/Resources", "/MediaBox", "/CropBox")
# The types of tags that readers know (ISO 32000-1, 14.8.4).
STANDARD_TYPES = words(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 "
    "H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note "
    "Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
)


class Unreadable(Exception):
    """A file that is no PDF, is damaged or encrypted, or asks for too much: ``reason`` says."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason

    @classmethod
    def of(cls, error: OverLimit | Broken) -> Unreadable:
        """Return what is said where a library broke down, or a limit was reached."""
        if isinstance(error.__cause__, pikepdf.PasswordError):
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


@dataclass(frozen=True, eq=False)
class Page:
    """A page: its number from 1, its dictionary, and what it has from the tree above it."""

    number: int
    values: Object
    inherited: Mapping[str, Any]

    @cached_property
    def shown(self) -> tuple[float, float, float, float] | None:
        """The sides of what is shown of it, None where it does not say."""
        return corners(self.inherited.get("/CropBox", self.inherited.get("/MediaBox")))

    @cached_property
    def annotations(self) -> list[Object]:
        """The annotations on the page."""
        return [each for each in array(self.values.get("/Annots")) if is_dictionary(each)]


@dataclass(eq=False)
class Element:
    """An element of the structure, the one that it stands in, and those that stand in it.

    ``role`` is its type, ``standard`` the standard one that this leads to, "" where it leads to
    none. ``page`` is where it begins, 0 where it does not say. ``holds`` tells whether something
    on a page belongs to it alone.
    """

    role: str
    standard: str
    values: Object
    page: int
    above: Element | None
    kids: list[Element] = field(default_factory=list)
    holds: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Attached:
    """A file that travels in a PDF: its name, why it does, and the dictionary that describes it."""

    name: str
    relationship: str
    values: Object

    @property
    def stream(self) -> Any:
        """What holds the file, None where nothing does."""
        found = dictionary(self.values.get("/EF")).get("/F")
        return found if is_stream(found) else None

    @property
    def content(self) -> bytes:
        """What the file holds; nothing where it cannot be had."""
        return data(self.stream)


class Opened:
    """A PDF, read as far as the checks need.

    Raises ``Unreadable``, and whatever pikepdf raises on damaged files: open one within
    ``enforcement.foreign``.
    """

    def __init__(self, source: Path | bytes) -> None:
        self.content = source if isinstance(source, bytes) else read_file(source, PDF.bytes + 1)
        if len(self.content) > PDF.bytes:
            message = N_("It is larger than {limit} MB.")
            raise Unreadable(Message.of(message, limit=PDF.bytes // MEGABYTE))
        self.file = pikepdf.open(io.BytesIO(self.content), inherit_page_attributes=False)
        self._left = PDF.items
        self.root = dictionary(self.file.trailer.get("/Root"))
        self.pages = tuple(self._pages())
        if not self.pages:
            raise Unreadable(DAMAGED)
        self._numbers = {identity(page.values): page.number for page in self.pages}
        self.metadata = Metadata.of(self.root.get("/Metadata"))

    def _count(self, more: int) -> None:
        if more > self._left:
            message = N_("It is not read: it has more than {limit} objects to look at.")
            raise Unreadable(Message.of(message, limit=PDF.items))

    def _many(self, value: Any) -> list[Any]:
        """Return an array that may be long. Raises ``Unreadable``."""
        self._count(len(value) if is_array(value) else 0)
        return array(value)

    def seen(self, value: object, known: set[Identity]) -> bool:
        """Tell whether an object was met before, and count it. Raises ``Unreadable``."""
        self._count(1)
        self._left -= 1
        own = identity(value)
        if own == NOWHERE:
            return False
        before = own in known
        known.add(own)
        return before

    def _pages(self) -> Iterator[Page]:
        known: set[Identity] = set()
        waiting: list[tuple[Any, Mapping[str, Any]]] = [(self.root.get("/Pages"), {})]
        count = 0
        while waiting:
            node, above = waiting.pop()
            if not is_dictionary(node) or self.seen(node, known):
                continue
            own = {key: node.get(key) for key in INHERITED}
            inherited = {**above, **{key: value for key, value in own.items() if value is not None}}
            kids = node.get("/Kids")
            if kids is not None:
                waiting += [(kid, inherited) for kid in reversed(self._many(kids))]
            elif node.keys():
                count += 1
                yield Page(count, node, inherited)

    def page_of(self, value: object) -> int:
        """Return the number of a page, 0 where it is none of this file."""
        return self._numbers.get(identity(value), 0)

    @cached_property
    def claims(self) -> Claims:
        """What the file says of itself."""
        meta = self.metadata
        level = meta.level.lower()
        standards = (
            f"PDF/UA-{meta.ua_part}" if meta.ua_part else "",
            f"PDF/A-{meta.a_part}{level}" if meta.a_part else "",
        )
        information = dictionary(self.file.trailer.get("/Info"))
        return Claims(
            tuple(filter(None, standards)),
            text(information.get("/Title")) or meta.title,
            text(self.root.get("/Lang")),
            len(self.pages),
            tuple(each.name for each in self.attached),
        )

    # --- the structure -------------------------------------------------------------------------

    @cached_property
    def structure(self) -> Object:
        """The root of the structure, empty where the file has none."""
        return dictionary(self.root.get("/StructTreeRoot"))

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """What the types of tags are mapped to."""
        mapped = dictionary(self.structure.get("/RoleMap"))
        return {key[1:]: name(mapped.get(key)) for key in mapped.keys()}  # noqa: SIM118 -- no mapping

    def standard(self, role: str) -> str:
        """Return the standard type that a type of tag leads to, "" where it leads to none."""
        known: set[str] = set()
        while role not in STANDARD_TYPES:
            if role in known or role not in self.roles:
                return ""
            known.add(role)
            role = self.roles[role]
        return role

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The elements of the structure, in reading order."""
        return tuple(self._elements())

    def _elements(self) -> Iterator[Element]:
        known: set[Identity] = set()
        standards: dict[str, str] = {}
        waiting: list[tuple[Any, int, Element | None]] = [(self.structure.get("/K"), 0, None)]
        while waiting:
            value, depth, above = waiting.pop()
            if value is None or depth > PDF.depth or self.seen(value, known):
                continue
            if is_array(value):
                waiting += [(kid, depth + 1, above) for kid in reversed(self._many(value))]
                continue
            role = name(value.get("/S")) if is_dictionary(value) else ""
            if not role:
                if above is not None:
                    above.holds.append(value)
                continue
            if role not in standards:
                standards[role] = self.standard(role)
            page = self.page_of(value.get("/Pg"))
            element = Element(role, standards[role], value, page, above)
            if above is not None:
                above.kids.append(element)
            yield element
            waiting.append((value.get("/K"), depth + 1, element))

    @cached_property
    def parents(self) -> Mapping[int, Any]:
        """The parent tree: to which elements the marks of a page, or an annotation, belong."""
        found: dict[int, Any] = {}
        for node in self._nodes(self.structure.get("/ParentTree")):
            entries = self._many(node.get("/Nums"))
            for key, value in zip(entries[::2], entries[1::2], strict=False):
                place = number(key)
                if place is not None:
                    found[place] = value
        return found

    def _nodes(self, root: object) -> Iterator[Object]:
        """Yield the nodes of a tree of names or numbers, each once."""
        known: set[Identity] = set()
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if is_dictionary(node) and not self.seen(node, known):
                found = dictionary(node)
                waiting += reversed(self._many(found.get("/Kids")))
                yield found

    def upwards(self, element: object) -> Iterator[Object]:
        """Yield an element, and the ones that it says it stands in."""
        known: set[Identity] = set()
        while is_dictionary(element) and not self.seen(element, known) and len(known) < PDF.depth:
            found = dictionary(element)
            yield found
            element = found.get("/P")

    # --- what else is in the file --------------------------------------------------------------

    @cached_property
    def attached(self) -> tuple[Attached, ...]:
        """The files that travel in the PDF."""
        names = dictionary(self.root.get("/Names"))
        nodes = self._nodes(names.get("/EmbeddedFiles"))
        entries = (entry for node in nodes for entry in self._many(node.get("/Names"))[1::2])
        return tuple(described_file(dictionary(entry)) for entry in entries)

    def outline(self) -> Iterator[Object]:
        """Yield the entries of the outline."""
        known: set[Identity] = set()
        waiting = [dictionary(self.root.get("/Outlines")).get("/First")]
        while waiting:
            entry = waiting.pop()
            if is_dictionary(entry) and not self.seen(entry, known):
                yield entry
                waiting += [entry.get("/Next"), entry.get("/First")]


def described_file(values: Object) -> Attached:
    """Return the file that a dictionary describes."""
    return Attached(
        text(values.get("/UF")) or text(values.get("/F")),
        name(values.get("/AFRelationship")),
        values,
    )


def is_json(content: bytes) -> bool:
    """Tell whether a file is JSON."""
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
