"""A PDF as it is read aloud: its structure, in order, a line for each thing that is announced."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf.generic import IndirectObject

SPOKEN = {"P": "", "Lbl": "", "LBody": "", "Span": "", "Quote": "", "Code": ""}
NAMES = {
    "Art": "article",
    "Sect": "section",
    "BlockQuote": "quotation",
    "Table": "table",
}


def aloud(path: Path) -> list[str]:
    """Return what a screen reader says of a PDF, indented by its depth."""
    return list(_Voice(path).lines())


def empty(path: Path) -> list[str]:
    """Return the elements of a PDF that hold neither a word nor a picture, but for cells."""
    voice = _Voice(path)
    return list(voice.empty(voice.document()))


class _Voice:
    def __init__(self, path: Path) -> None:
        self.reader = pypdf.PdfReader(path)
        self.pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.reader.pages)
            if page.indirect_reference
        }
        self.words = _words(path)

    def document(self) -> Any:
        root: Any = self.reader.trailer["/Root"]
        (document,) = root["/StructTreeRoot"]["/K"]
        return document.get_object()

    def lines(self) -> Iterator[str]:
        yield from self._within(self.document(), 0)

    def empty(self, element: Any) -> Iterator[str]:
        """Yield the roles of elements without content, in and below an element."""
        for kid in _kids(element):
            if isinstance(kid, dict) and "/S" in kid and kid["/S"] not in ("/TD", "/TH"):
                if not self._inline(kid, element).strip(" []"):
                    yield str(kid["/S"])
                yield from self.empty(kid)

    def _within(self, element: Any, depth: int) -> Iterator[str]:
        """Yield the lines of what stands in an element; words side by side are one line."""
        if "/ActualText" in element:
            yield from _line(str(element["/ActualText"]), depth)
            return
        words = ""
        for kid in _kids(element):
            role = str(kid.get("/S", ""))[1:] if isinstance(kid, dict) else ""
            if not role or role in ("Span", "Link", "Quote", "Code", "Reference", "Note"):
                words += self._inline(kid, element)
                continue
            yield from _line(words, depth)
            words = ""
            yield from self._block(role, kid, depth)
        yield from _line(words, depth)

    def _block(self, role: str, element: Any, depth: int) -> Iterator[str]:
        told = "".join(f" ({element[key]})" for key in ("/Lang",) if key in element)
        if role in SPOKEN:
            yield from self._within(element, depth)
        elif re.fullmatch(r"H\d", role):
            yield f"{'  ' * depth}heading {role[1]}{told}: {self._all(element)}"
        elif role == "Caption":
            yield f"{'  ' * depth}caption{told}: {self._all(element)}"
        elif role == "Figure":
            yield f"{'  ' * depth}picture: {element['/Alt']}"
        elif role == "TR":
            yield f"{'  ' * depth}row: {' | '.join(self._cell(cell) for cell in _kids(element))}"
        elif role == "L":
            count = sum(kid["/S"] == "/LI" for kid in _kids(element))
            yield f"{'  ' * depth}list of {count}"
            yield from self._within(element, depth + 1)
        elif role == "TOC":
            count = sum(kid["/S"] == "/TOCI" for kid in _kids(element))
            yield f"{'  ' * depth}contents of {count}"
            yield from self._within(element, depth + 1)
        elif role in ("LI", "TOCI"):
            first, *rest = list(self._within(element, 0)) or [""]
            yield f"{'  ' * depth}- {first}"
            yield from (f"{'  ' * (depth + 1)}{line}" for line in rest)
        elif role in NAMES:
            yield f"{'  ' * depth}{NAMES[role]}{told}"
            yield from self._within(element, depth + 1)
        else:
            yield from self._within(element, depth)

    def _cell(self, cell: Any) -> str:
        words = self._all(cell)
        return (
            f"{words} (of the {cell['/A']['/Scope'][1:].lower()})" if cell["/S"] == "/TH" else words
        )

    def _all(self, element: Any) -> str:
        return _one_line(self._inline(element, None))

    def _inline(self, kid: Any, parent: Any) -> str:
        """Return the words of a mark, or of an element within a line."""
        if isinstance(kid, int):
            return self.words.get((self._page(parent), kid), "")
        if "/MCID" in kid:
            return self.words.get((self._page(kid), kid["/MCID"]), "")
        if "/S" not in kid:
            return ""
        if kid["/S"] == "/Figure":
            return str(kid["/Alt"])
        words = "".join(self._inline(inner, kid) for inner in _kids(kid))
        words = str(kid.get("/ActualText", words))
        if kid["/S"] == "/Note":
            return f" (note: {_one_line(words)})"
        if kid["/S"] == "/Link":
            return f"[{_one_line(words) or kid.get('/Alt', '?')}]"
        if "/Lang" in kid:
            return f"({kid['/Lang']}: {_one_line(words)})"
        return f"{words} ({kid['/E']})" if "/E" in kid else words

    def _page(self, element: Any) -> int:
        return self.pages[element.raw_get("/Pg").idnum]


def _kids(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if isinstance(kid, IndirectObject) else kid
        yield int(found) if isinstance(found, int) else found


def _line(words: str, depth: int) -> Iterator[str]:
    if text := _one_line(words):
        yield "  " * depth + text


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\ufffe\x02\xad]\\s*", "", text)).strip()


def _words(path: Path) -> dict[tuple[int, int], str]:
    """Return the words of each mark, by page and number."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        text, below, right, last = page.get_textpage(), 0.0, 0.0, ""
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            if mark >= 0:
                left, bottom, end, top = item.get_bounds()
                goes_on = (top + bottom) / 2 < below and left < right
                # an address may break behind its slash, where no space is
                space = " " if goes_on and not re.search(r"\S/$", last) else ""
                key, last = (number, mark), _text_of(item.raw, text.raw)
                found[key] = found.get(key, "") + space + last
                below, right = bottom, end
    return found


def _text_of(item: Any, page: Any) -> str:
    length = pdfium.FPDFTextObj_GetText(item, page, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFTextObj_GetText(item, page, buffer, length)
    return bytes(buffer).decode("utf-16-le").split("\0")[0]
