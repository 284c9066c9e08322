"""The structure of a tagged PDF, written into the file (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pydyf

from moip_press.conformance import drawn
from moip_press.conformance.drawn import Area, Mark, Painted
from moip_press.conformance.tree import Element, Tree, links


class _Parents:
    """Which element each mark and each annotation belongs to, by the keys of the parent tree."""

    def __init__(self, pages: int) -> None:
        self.marks: dict[int, dict[int, bytes]] = defaultdict(dict)
        self.marks |= {page: {} for page in range(pages)}
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
    return pydyf.Array(marks[number] for number in sorted(marks))


class _Writer:
    """Writes the elements of one file, and keeps whom each mark belongs to."""

    def __init__(
        self,
        pdf: pydyf.PDF,
        pages: Sequence[pydyf.Dictionary],
        places: Mapping[Mark, tuple[pydyf.Stream, int]],
        numbers: Mapping[Mark, int],
    ) -> None:
        self.pdf = pdf
        self.pages = pages
        self.places = places
        self.numbers = numbers
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
        return bytes(written.reference)

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
        return self._mark(kid, element, reference)

    def _mark(self, mark: Mark, element: Element, reference: bytes) -> object:
        page = self.pages[mark.page]
        stream, _ = self.places[mark]
        key = mark.page
        if is_group := stream.reference != page["Contents"]:
            key = stream.extra.setdefault("StructParents", self.parents.next)
            self.parents.next = max(self.parents.next, key + 1)
        number = self.numbers[mark]
        self.parents.marks[key][number] = reference
        if not is_group and mark.page == element.page:
            return number
        group = {"Stm": stream.reference} if is_group else {}
        return pydyf.Dictionary({"Type": "/MCR", "Pg": page.reference, "MCID": number} | group)

    def _area(self, area: Area, reference: bytes) -> pydyf.Dictionary:
        key = self.parents.key()
        area.annotation["StructParent"] = key
        self.parents.single[key] = reference
        page = self.pages[area.page].reference
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": area.annotation.reference, "Pg": page})


def write(pdf: pydyf.PDF, painted: Sequence[Painted], tree: Tree, language: str) -> None:
    """Write the structure into a file whose pages are painted."""
    pages = [item for item in pdf.objects if _type(item) == "/Page"]
    for number, page in enumerate(pages):
        page["StructParents"] = number
        page["Tabs"] = "/S"
    places = drawn.places(pdf, painted)
    for mark in tree.silent:
        if mark in places:
            drawn.silence(*places.pop(mark))
    numbers = drawn.renumber(places)
    for area, words in links(tree.document.kids):
        area.annotation["Contents"] = pydyf.String(words)
    writer = _Writer(pdf, pages, places, numbers)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    root["K"] = pydyf.Array([writer.element(tree.document, root.reference)])
    parents = pydyf.Dictionary({"Nums": writer.parents.numbers()})
    pdf.add_object(parents)
    root["ParentTree"] = parents.reference
    root["ParentTreeNextKey"] = writer.parents.next
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["Lang"] = pydyf.String(language)


def _type(item: object) -> object:
    return item.get("Type") if isinstance(item, pydyf.Dictionary) else None
