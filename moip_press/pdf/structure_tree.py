"""The structure of a tagged PDF, written into the file (ISO 32000-1, 14.7 and 14.8).

A file of many pages has tens of thousands of elements: they are written as bytes at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pydyf

from moip_press.pdf.structure import INLINE, Area, Element, Kid, Mark, in_paragraphs, mapped


@dataclass(frozen=True)
class Leaf:
    """A page in a file: its streams, its own first, and its links, None where they were dropped."""

    page: pydyf.Dictionary
    streams: Sequence[pydyf.Stream]
    links: Sequence[pydyf.Dictionary | None]


class RawObject:
    """An object of a file that is already written; it takes the place of one of pydyf's."""

    __slots__ = ("data", "number", "offset")
    generation = 0
    free = "n"
    compressible = True

    def __init__(self) -> None:
        self.number = 0
        self.offset = 0
        self.data = b""

    @property
    def reference(self) -> bytes:
        """How others name it."""
        return b"%d 0 R" % self.number


class _Parents:
    """The parent tree: which element each mark and each annotation belongs to, by keys."""

    def __init__(self, pages: int) -> None:
        self.marks: dict[int, dict[int, bytes]] = defaultdict(dict)
        self.marks |= {page: {} for page in range(pages)}
        self.single: dict[int, bytes] = {}
        self.next = pages

    def key(self) -> int:
        """Return a new key."""
        self.next += 1
        return self.next - 1

    def numbers(self) -> bytes:
        """Return the number tree as one array."""
        found = []
        for key in sorted({*self.marks, *self.single}):
            marks = self.marks.get(key)
            found.append(b"%d %b" % (key, self.single[key] if marks is None else _dense(marks)))
        return b"[" + b" ".join(found) + b"]"


def _dense(marks: Mapping[int, bytes]) -> bytes:
    count = max(marks, default=-1) + 1
    return b"[" + b" ".join(marks.get(number, b"null") for number in range(count)) + b"]"


class _Writer:
    """Writes the elements of one file, and notes which one each mark belongs to."""

    def __init__(self, pdf: pydyf.PDF, leaves: Sequence[Leaf]) -> None:
        self.pdf = pdf
        self.leaves = leaves
        self.references = [leaf.page.reference for leaf in leaves]
        self.parents = _Parents(len(leaves))
        self.notes: dict[str, bytes] = {}
        """The footnotes by their ids, as a reader finds them."""
        self.first = 0  # the page from which those of an element are counted

    def document(self, chapters: Iterable[tuple[int, Sequence[Kid]]], parent: bytes) -> bytes:
        """Add the structure of all chapters, each with its first page; return its reference."""
        document = Element("Document", 0)
        kids = _blocks((first, kid) for first, kids in chapters for kid in kids)
        written = self._begun()
        references = []
        for first, kid in kids:
            self.first = first
            references.append(self._kid(kid, document, written.reference))
        self.first = 0
        self._end(written, document, parent, references)
        return written.reference

    def _begun(self) -> RawObject:
        written = RawObject()
        self.pdf.add_object(written)
        return written

    def _end(
        self, written: RawObject, element: Element, parent: bytes, kids: Iterable[bytes]
    ) -> None:
        written.data = b"<</Type /StructElem/S /%b/P %b/Pg %b%b/K [%b]>>" % (
            element.role.encode(),
            parent,
            self.references[self.first + element.page],
            _described(element),
            b" ".join(kids),
        )

    def _kid(self, kid: Kid, element: Element, reference: bytes) -> bytes:
        if isinstance(kid, Element):
            written = self._begun()
            inner = [self._kid(each, kid, written.reference) for each in kid.kids]
            self._end(written, kid, reference, inner)
            if kid.role == "Note":
                self.notes[str(dict(kid.attributes)["ID"])] = written.reference
            return written.reference
        if isinstance(kid, Area):
            return self._area(kid, element, reference)
        return self._mark(kid, element, reference)

    def _mark(self, mark: Mark, element: Element, reference: bytes) -> bytes:
        key = number = self.first + mark.page
        stream = self.leaves[number].streams[mark.group]
        if mark.group:
            key = stream.extra.setdefault("StructParents", self.parents.next)
            self.parents.next = max(self.parents.next, key + 1)
        self.parents.marks[key][mark.number] = reference
        if not mark.group and mark.page == element.page:
            return b"%d" % mark.number
        group = b"/Stm " + stream.reference if mark.group else b""
        page = self.references[number]
        return b"<</Type /MCR/Pg %b/MCID %d%b>>" % (page, mark.number, group)

    def _area(self, area: Area, element: Element, reference: bytes) -> bytes:
        annotation = self.leaves[self.first + area.page].links[area.link]
        if annotation is None:
            raise LookupError(area)
        annotation["Contents"] = pydyf.String(dict(element.attributes).get("words", ""))
        key = self.parents.key()
        annotation["StructParent"] = key
        self.parents.single[key] = reference
        page = self.references[self.first + area.page]
        return b"<</Type /OBJR/Obj %b/Pg %b>>" % (annotation.reference, page)


def _blocks(kids: Iterable[tuple[int, Kid]]) -> Iterator[tuple[int, Kid]]:
    """Yield the elements of a document, each with the page from which its pages are counted.

    What stands between blocks becomes paragraphs, also across the ends of chapters.
    """
    run: list[Kid] = []
    for first, kid in kids:
        if isinstance(kid, Element) and kid.role not in INLINE:
            yield from ((0, paragraph) for paragraph in in_paragraphs(run))
            run = []
            yield first, kid
        else:
            run += mapped((kid,), lambda own, by=first: replace(own, page=own.page + by), first)  # type: ignore[misc]
    yield from ((0, paragraph) for paragraph in in_paragraphs(run))


def _without_silent_links(leaf: Leaf) -> None:
    """Leave out the links of a page that no listener learns of, as in a head that is repeated."""
    links = [link for link in leaf.links if link is not None]
    silent = {link.reference for link in links if "StructParent" not in link}
    if silent:
        kept = (each for each in leaf.page["Annots"] if each not in silent)
        leaf.page["Annots"] = pydyf.Array(kept)


def _names(found: Mapping[str, bytes]) -> pydyf.Dictionary:
    """Return a name tree: names in the order of their bytes (ISO 32000-1, 7.9.6)."""
    names = sorted((pydyf.String(name).data, reference) for name, reference in found.items())
    pairs = (part for name, reference in names for part in (name, reference))
    return pydyf.Dictionary({"Names": pydyf.Array(pairs)})


def _described(element: Element) -> bytes:
    found = b""
    if element.language:
        found += b"/Lang " + pydyf.String(element.language).data
    if element.alternative:
        found += b"/Alt " + pydyf.String(element.alternative).data
    if element.expansion:
        found += b"/E " + pydyf.String(element.expansion).data
    if element.spoken:
        found += b"/ActualText " + pydyf.String(element.spoken).data
    if element.box:
        box = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(element.box)})
        found += b"/A " + box.data
    elif element.role == "Note":
        found += b"/ID " + pydyf.String(dict(element.attributes)["ID"]).data
    elif element.role != "Link" and element.attributes:
        found += b"/A " + pydyf.Dictionary(dict(element.attributes)).data
    return found


def write(
    pdf: pydyf.PDF,
    leaves: Sequence[Leaf],
    chapters: Iterable[tuple[int, Sequence[Kid]]],
    language: str,
) -> None:
    """Write the structure of chapters into a file, each with its first page counted from 0."""
    for number, leaf in enumerate(leaves):
        leaf.page["StructParents"] = number
        leaf.page["Tabs"] = "/S"
    writer = _Writer(pdf, leaves)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([writer.document(chapters, root.reference)])
    parents = pydyf.Dictionary({"Nums": writer.parents.numbers()})
    pdf.add_object(parents)
    if writer.notes:
        root["IDTree"] = _names(writer.notes)
    root["ParentTree"] = parents.reference
    root["ParentTreeNextKey"] = writer.parents.next
    for leaf in leaves:
        _without_silent_links(leaf)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["Lang"] = pydyf.String(language)
