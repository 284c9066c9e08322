"""Which words of a document do not arrive on its pages: cut, covered, off the sheet, or nowhere.

The texts on the pages are compared with the HTML that they were made from, element by element.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from moip_press.pdf import engine
from moip_press.pdf.sheets import How, Loss
from moip_press.pdf.typeset.placed_texts import Found, Reader, own_text

# Elements of which the text is none of the page's, or not WeasyPrint's to lay out as such.
WORDLESS = {
    *("area", "base", "basefont", "datalist", "head", "link", "meta", "noembed", "noframes"),
    *("param", "rp", "script", "source", "style", "template", "title", "track"),
    *("img", "input", "textarea", "select", "object", "embed", "iframe", "video", "audio"),
}


def losses(document: Any, pages: Iterable[Any]) -> list[tuple[Loss, ...]]:
    """Return what each page loses of the words of its document."""
    reader = Reader()
    found = [reader.page(engine.root(page), number) for number, page in enumerate(pages)]
    for page, loss in _Comparison(document, reader).losses():
        found[page].append(loss)
    return [tuple(each) for each in found]


class _Comparison:
    """Compares a document with what was found of it on its pages."""

    def __init__(self, document: Any, reader: Reader) -> None:
        self._document = document
        self._found = reader.found
        self._shortened = reader.shortened
        self._last = Found()
        self._hidden: set[int] = set()

    def losses(self) -> Iterator[tuple[int, Loss]]:
        """Yield what is missing, hidden or printed twice, each with its page."""
        yield from self._read(engine.composed(self._document), (), None)

    def _read(
        self, element: Any, above: tuple[Any, ...], anchor: str | None
    ) -> Iterator[tuple[int, Loss]]:
        if not isinstance(element.tag, str) or element.tag in WORDLESS or "}" in element.tag:
            return
        if "hidden" in element.attrib or element.get("aria-hidden") == "true":
            return
        anchor, path = element.get("id") or anchor, (*above, element)
        found = self._found.get(id(element))
        held = found.texts if found else []
        self._last = found or self._last
        own = [element.text or "", *(child.tail or "" for child in element)]
        if any(own) and _flat(own) != _flat(held):
            for loss in self._losses(path, _letters(own), _letters(held), anchor):
                yield self._last.page, loss
        for child in element:
            yield from self._read(child, path, anchor)

    def _losses(
        self, path: tuple[Any, ...], there: str, here: str, anchor: str | None
    ) -> Iterator[Loss]:
        """Yield what is wrong where an element's letters are ``there``, and others ``here``."""
        whole, area = own_text(path[-1]), self._last.place.area
        if there and len(here) > len(there):
            if here == there * (len(here) // len(there)):
                yield Loss("twice", whole, whole, anchor, area)
        elif Counter(there) != Counter(here):
            hidden = [each for each in path if not engine.displays(self._document, each)]
            if not hidden:
                short = any(id(each) in self._shortened for each in path)
                how: How = "elided" if short else "missing"
                yield Loss(how, " ".join(_missing(whole, here)), whole, anchor, area)
            elif id(hidden[0]) not in self._hidden:
                self._hidden.add(id(hidden[0]))
                words = " ".join(" ".join(hidden[0].itertext()).split())
                yield Loss("hidden", words, words, anchor, area)


def _flat(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _letters(texts: Iterable[str]) -> str:
    """Return the letters and digits of texts, as they are the same in capitals or divided."""
    return "".join(filter(str.isalnum, "".join(texts))).casefold()


def _missing(whole: str, here: str) -> Iterator[str]:
    """Yield the words of a text that are not among letters, in their order."""
    place = 0
    for word in whole.split():
        letters = _letters((word,))
        start = here.find(letters, place)
        if start < 0:
            yield word
        else:
            place = start + len(letters)
