"""An HTML document that we wrote ourselves, as a tree of elements and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("br", "img", "meta", "link", "hr"))
LENGTH = re.compile(r"([\w-]+):\s*(-?[\d.]+)mm")


@dataclass(eq=False)
class Element:
    """An element: its name, its attributes, and what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of the element."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def colour(self) -> int:
        """The number of the colour that the element brings, 0 where it brings none."""
        numbers = (name.removeprefix("colour-") for name in self.classes if "colour-" in name)
        return next((int(number) for number in numbers), 0)

    @property
    def lengths(self) -> dict[str, float]:
        """The lengths in its own style, in millimetres."""
        style = self.attributes.get("style", "")
        return {name: float(value) for name, value in LENGTH.findall(style)}

    @property
    def elements(self) -> list[Element]:
        """The elements that are its own."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def find(self, name: str) -> Iterator[Element]:
        """Yield the elements below with a tag or class of that name, in their order."""
        for kid in self.elements:
            if kid.tag == name or name in kid.classes:
                yield kid
            yield from kid.find(name)

    def first(self, name: str) -> Element | None:
        """Return the first element below with a tag or class of that name."""
        return next(self.find(name), None)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("#document")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].kids.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].kids.append(data)


def read(html: str) -> Element:
    """Return the tree of a document."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root
