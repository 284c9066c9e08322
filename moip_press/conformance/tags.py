"""The structure of a tagged PDF, written into the file (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pydyf

from moip_press.conformance import drawn
from moip_press.conformance.drawn import Area, Mark
from moip_press.conformance.tree import Element, Tree, links


class _Parents:
    """Which element each mark and each annotation belongs to, by the keys of the parent tree."""

    def __init__(self, pages: int) -> None:
        self.marks: dict[int, dict[int, bytes]] = defaultdict(dict)
        self.single: dict[int, bytes] = {}
        self.next = pages

    def key(self) -> int:
        """Return a key that is not in use."""
        self.next += 1
        return self.next - 1

    def numbers(self) -> pydyf.Array:
        """Return the number tree as one array."""
        found = pydyf.Array()
        for key in sorted({*self.marks, *self.single}):
            marks = self.marks.get(key)
            found += [key, self.single[key] if marks is None else _dense(marks)]
        return found


def _dense(marks: Mapping[int, bytes]) -> pydyf.Array:
    return pydyf.Array(marks.get(number, b"null") for number in range(max(marks) + 1))


class _Places:
    """In which stream each mark stands: the page's own, or a group that the page draws."""

    def __init__(self, pdf: pydyf.PDF, pages: list[pydyf.Dictionary]) -> None:
        self.pages = pages
        own = {page["Contents"]: number for number, page in enumerate(pages)}
        self.found: dict[tuple[int, int], tuple[pydyf.Stream, int]] = {}
        self.foreign: dict[int, pydyf.Stream] = {}
        for stream in drawn.streams(pdf):
            if stream.reference in own:
                for number, place in drawn.marked(stream):
                    self.found[own[stream.reference], number] = (stream, place)

    def silence(self, marks: Iterable[Mark]) -> None:
        """Make marks artifacts."""
        for mark in marks:
            if found := self.found.get((mark.page, mark.number)):
                drawn.silence(*found)


class _Writer:
    """Writes the elements of one file, and keeps whom each mark belongs to."""

    def __init__(self, pdf: pydyf.PDF, pages: list[pydyf.Dictionary], language: str) -> None:
        self.pdf = pdf
        self.pages = pages
        self.language = language
        self.parents = _Parents(len(pages))

    def element(self, element: Element, parent: bytes) -> bytes:
        """Add an element and all below it; return its reference."""
        written = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{element.role}", "P": parent})
        self.pdf.add_object(written)
        page = self.pages[element.page].reference
        written["Pg"] = page
        self._describe(written, element)
        written["K"] = pydyf.Array(
            self._kid(kid, element, written.reference) for kid in element.kids
        )
        return written.reference

    def _describe(self, written: pydyf.Dictionary, element: Element) -> None:
        if element.language:
            written["Lang"] = pydyf.String(element.language)
        if element.alternative:
            written["Alt"] = pydyf.String(element.alternative)
        if element.expansion:
            written["E"] = pydyf.String(element.expansion)
        if element.box:
            written["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(element.box)})
        elif element.role != "Link" and element.attributes:
            written["A"] = pydyf.Dictionary(dict(element.attributes))

    def _kid(self, kid: Element | Mark | Area, element: Element, reference: bytes) -> object:
        if isinstance(kid, Element):
            return self.element(kid, reference)
        if isinstance(kid, Area):
            return self._area(kid, reference)
        self.parents.marks[kid.page][kid.number] = reference
        if kid.page == element.page:
            return kid.number
        page = self.pages[kid.page].reference
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})

    def _area(self, area: Area, reference: bytes) -> pydyf.Dictionary:
        key = self.parents.key()
        area.annotation["StructParent"] = key
        self.parents.single[key] = reference
        page = self.pages[area.page].reference
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Obj": area.annotation.reference, "Pg": page}
        )


def write(pdf: pydyf.PDF, tree: Tree, silent: Iterable[Mark], language: str) -> None:
    """Write the structure into a file whose pages are drawn."""
    pages = [item for item in pdf.objects if _type(item) == "/Page"]
    for number, page in enumerate(pages):
        page["StructParents"] = number
        page["Tabs"] = "/S"
    _Places(pdf, pages).silence([*silent, *tree.silent])
    for area, words in links(tree.document.kids):
        area.annotation["Contents"] = pydyf.String(words)
    writer = _Writer(pdf, pages, language)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([writer.element(tree.document, root.reference)])
    numbers = pydyf.Dictionary({"Nums": writer.parents.numbers()})
    pdf.add_object(numbers)
    root["ParentTree"] = numbers.reference
    root["ParentTreeNextKey"] = writer.parents.next
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["Lang"] = pydyf.String(language)


def _type(item: object) -> object:
    return item.get("Type") if isinstance(item, pydyf.Dictionary) else None
