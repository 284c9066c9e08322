"""What a screen reader hears: the elements of a document as the structure of a tagged PDF.

Elements that only group or style (``div``, ``span``) are left out; text between blocks becomes a
paragraph of its own; decoration becomes silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

SVG = "{http://www.w3.org/2000/svg}svg"

# The role of each element that has one: ISO 32000-1, 14.8.4.
ROLES = {
    "article": "Art",
    "section": "Sect",
    "aside": "Sect",
    "nav": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "address": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "LI",
    "dd": "LI",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    SVG: "Figure",
    "a": "Link",
    "q": "Quote",
    "code": "Code",
}
BLOCKS = ("div", "header", "footer", "main", "figure", "hr", "form", "fieldset")
GROUPS = ("Document", "Art", "Sect", "BlockQuote", "Div")
INLINE = ("Link", "Span", "Quote", "Code", "Figure", "Reference", "Note")
# The role of an element that says what it is there for: DPUB-ARIA 1.1.
NAMED_ROLES = {"doc-footnote": "Note"}
CONTENTS = "doc-toc"
LABEL = "aria-label"
"""What is heard in place of the words of an element: a date in full where it is printed short."""
CELLS = ("TH", "TD")
SECTIONS = ("Art", "Sect", "LI")
"""Where what a template marks so (``data-heard="first"``) is heard before the rest."""


@dataclass(frozen=True)
class Mark:
    """A run of marked content: its page, from 0, and its number there.

    ``blank``: it holds whitespace only. ``group`` counts the streams of the page: 0 is its own,
    then come the groups and patterns on it.
    """

    page: int
    number: int
    blank: bool = field(default=False, compare=False)
    group: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Area:
    """A place on a page that can be clicked: which of the page's links."""

    page: int
    link: int


@dataclass(eq=False)
class Node:
    """An element of a document, with all that was drawn of it, in reading order.

    ``box`` is the place of a picture on its page, in points from the lower left corner.
    """

    tag: str
    attributes: Mapping[str, str]
    text: str
    page: int
    box: tuple[float, float, float, float] | None = None
    kids: list[Node | Mark | Area] = field(default_factory=list)


@dataclass(frozen=True)
class Element:
    """An element of the structure, its kids in reading order."""

    role: str
    page: int
    kids: tuple[Element | Mark | Area, ...] = ()
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    spoken: str = ""
    attributes: tuple[tuple[str, str | int], ...] = ()
    box: tuple[float, float, float, float] | None = None


Kid = Element | Mark | Area


@dataclass
class Structure:
    """The structure of some pages, the silent marks, and the pictures without a text."""

    kids: tuple[Kid, ...]
    silent: list[Mark] = field(default_factory=list)
    wordless: list[str] = field(default_factory=list)


def structure(root: Node, silent: Iterable[Mark], language: str) -> Structure:
    """Return the structure of the pages that were drawn of a document in ``language``."""
    reader = _Reader(silent)
    kids = reader.kids(root.kids, language)
    return Structure(tuple(kids), reader.silent, reader.wordless)


def mapped(
    kids: Iterable[Kid], change: Callable[[Mark | Area], Mark | Area], pages: int = 0
) -> tuple[Kid, ...]:
    """Return the same structure with other marks and areas, ``pages`` pages later."""
    return tuple(
        replace(kid, page=kid.page + pages, kids=mapped(kid.kids, change, pages))
        if isinstance(kid, Element)
        else change(kid)
        for kid in kids
    )


class _Reader:
    """Turns nodes into elements, and collects the silent marks."""

    def __init__(self, silent: Iterable[Mark]) -> None:
        self.silent = list(silent)
        self.wordless: list[str] = []
        self._first: list[Element] = []

    def kids(self, nodes: Iterable[Node | Mark | Area], language: str) -> list[Kid]:
        """Return what is read of some nodes, in their order."""
        found: list[Kid] = []
        for node in nodes:
            if isinstance(node, Node):
                found += self._read(node, language)
            elif isinstance(node, Mark):
                found.append(node)
        return found

    def _read(self, node: Node, around: str) -> list[Kid]:
        """Return what is read of a node: nothing, itself, or its content."""
        if _is_silent(node):
            self._silence(node)
            return []
        language = node.attributes.get("lang", around)
        role = _role(node)
        kids = self._without_gaps(self.kids(node.kids, language))
        if role == "Figure":
            return self._figure(node, language if language != around else "")
        kids = _linked(node, role, kids)
        if all(isinstance(kid, Mark) and kid.blank for kid in kids) and role not in CELLS:
            if role or node.tag in BLOCKS:
                self.silent += [kid for kid in kids if isinstance(kid, Mark)]
                return []
            return kids
        if node.attributes.get("role") == CONTENTS:
            return [_contents(kid) for kid in in_paragraphs(kids)]
        if not role and language == around and not {"title", LABEL} & node.attributes.keys():
            return list(in_paragraphs(kids)) if node.tag in BLOCKS else kids
        led = self._led(kids) if role in SECTIONS else kids
        made = _element(node, role, led, language if language != around else "")
        if node.attributes.get("data-heard") == "first":
            self._first.append(made)
        return [made]

    def _without_gaps(self, kids: list[Kid]) -> list[Kid]:
        """Return what is left without the spaces between blocks, which would be paragraphs."""
        if not any(map(_is_block, kids)):
            return kids
        found: list[Kid] = []
        for is_block, together in groupby(kids, _is_block):
            run = list(together)
            blank = [kid for kid in run if isinstance(kid, Mark) and kid.blank]
            if not is_block and len(blank) == len(run):
                self.silent += blank
            else:
                found += run
        return found

    def _led(self, kids: list[Kid]) -> list[Kid]:
        """Return what is in a section, what is marked to be heard first before the rest."""
        first = {id(each) for each in self._first}
        led = sorted(kids, key=lambda kid: id(kid) not in first)
        here = {id(kid) for kid in kids}
        self._first = [each for each in self._first if id(each) not in here]
        return led

    def _figure(self, node: Node, language: str) -> list[Kid]:
        marks = [kid for kid in node.kids if isinstance(kid, Mark)]
        words = node.text if node.tag == SVG else node.attributes.get("alt", "")
        words = words or node.attributes.get(LABEL, "")
        if not words.strip():
            self.wordless.append(node.attributes.get("src", "unknown"))
        figure = Element("Figure", node.page, tuple(marks), language, words, box=node.box)
        return [figure] if marks else []

    def _silence(self, node: Node) -> None:
        for kid in node.kids:
            if isinstance(kid, Mark):
                self.silent.append(kid)
            elif isinstance(kid, Node):
                self._silence(kid)


def _linked(node: Node, role: str, kids: list[Kid]) -> list[Kid]:
    """Return the kids of a node with the areas on it that can be clicked."""
    areas = [kid for kid in node.kids if isinstance(kid, Area)]
    if role == "Link" or not areas:
        return [*kids, *areas]
    words = (("words", node.text.strip()),)
    return [Element("Link", node.page, (*kids, *areas), attributes=words)]


def _is_silent(node: Node) -> bool:
    """Tell whether an element is decoration: marked as such, or a picture with an empty text."""
    given = node.attributes
    if given.get("aria-hidden") == "true" or given.get("role") in ("presentation", "none"):
        return True
    return node.tag == "img" and given.get("alt") == ""


def _role(node: Node) -> str:
    if node.tag.endswith("::marker"):
        return "Lbl"
    if node.tag == "a" and "href" not in node.attributes:
        return ""
    if node.attributes.get("role") in NAMED_ROLES:
        return NAMED_ROLES[node.attributes["role"]]
    if node.tag == "img" and "alt" not in node.attributes and not node.kids:
        return ""
    return ROLES.get(node.tag, "")


def _element(node: Node, role: str, kids: list[Kid], language: str) -> Element:
    """Return the element of a node that has a role, a language or an expansion."""
    plain = Element(role or "Span", node.page, tuple(kids), language)
    if role in ("", "P"):
        return _plain(plain, node)
    if role in GROUPS:
        return replace(plain, kids=tuple(in_paragraphs(kids)))
    if role == "Link":
        link = _link(plain, node)
        sign = node.attributes.get("role") == "doc-noteref"
        return Element("Reference", node.page, (link,)) if sign else link
    if role == "L":
        return _list(plain, node)
    if role == "LI":
        return _item(plain)
    if role == "Note":
        return replace(plain, attributes=(("ID", node.attributes.get("id", "")),))
    if role == "TH":
        return replace(plain, attributes=(("O", "/Table"), ("Scope", _scope(node)), *_spans(node)))
    if role == "TD":
        spans = _spans(node)
        return replace(plain, attributes=(("O", "/Table"), *spans) if spans else ())
    return plain


def _plain(plain: Element, node: Node) -> Element:
    """Return a paragraph or passage, with the words that are heard in its place or beside it."""
    spoken, marks = node.attributes.get(LABEL, ""), tuple(_marks(plain.kids))
    is_block = node.tag in BLOCKS
    if spoken and None not in marks:
        role = "P" if is_block else plain.role
        return replace(plain, role=role, kids=tuple(filter(None, marks)), spoken=spoken)
    if is_block:
        return replace(plain, role="Div", kids=tuple(in_paragraphs(plain.kids)))
    if node.tag == "abbr":
        return replace(plain, expansion=node.attributes.get("title", ""))
    return plain


def _marks(kids: Iterable[Kid]) -> Iterator[Mark | None]:
    """Yield all that is drawn of some kids, and None for a link, which is no mark alone."""
    for kid in kids:
        if isinstance(kid, Element):
            yield from _marks(kid.kids)
        else:
            yield kid if isinstance(kid, Mark) else None


def _link(plain: Element, node: Node) -> Element:
    """Return a link; its title says where it leads, otherwise its text does."""
    given = node.attributes
    shown = " ".join(kid.alternative for kid in plain.kids if isinstance(kid, Element))
    named = given.get("title") or given.get(LABEL) or node.text.strip()
    words = named or shown.strip() or given["href"]
    drawn = any(not isinstance(kid, Area) for kid in plain.kids)
    return replace(plain, alternative="" if drawn else words, attributes=(("words", words),))


def _list(plain: Element, node: Node) -> Element:
    """Return a list: what is no item becomes one."""
    items = [
        kid
        if isinstance(kid, Element) and kid.role in ("LI", "L", "Caption")
        else Element("LI", plain.page, (Element("LBody", plain.page, (kid,)),))
        for kid in plain.kids
        if not isinstance(kid, Area)
    ]
    labelled = any(
        isinstance(kid, Element) and kid.role == "Lbl" for item in items for kid in item.kids
    )
    kind = ("/Decimal" if node.tag == "ol" else "/Disc") if labelled else "/None"
    return replace(plain, kids=tuple(items), attributes=(("O", "/List"), ("ListNumbering", kind)))


def _item(plain: Element) -> Element:
    """Return an item of a list: its label, then its body."""
    labels = [kid for kid in plain.kids if isinstance(kid, Element) and kid.role == "Lbl"]
    rest = tuple(kid for kid in plain.kids if kid not in labels)
    body = [Element("LBody", plain.page, rest)] if rest else []
    return replace(plain, kids=(*labels, *body))


def _contents(kid: Kid) -> Kid:
    """Return a list as a table of contents: each of its items is an entry, which refers."""
    match kid:
        case Element(role="L"):
            return replace(kid, role="TOC", kids=tuple(map(_contents, kid.kids)), attributes=())
        case Element(role="LI"):
            parts = (part for body in kid.kids if isinstance(body, Element) for part in body.kids)
            entry = tuple(map(_contents, in_paragraphs(parts, "Reference")))
            return replace(kid, role="TOCI", kids=entry)
    return kid


def _scope(node: Node) -> str:
    return "/Row" if node.attributes.get("scope") in ("row", "rowgroup") else "/Column"


def _spans(node: Node) -> list[tuple[str, str | int]]:
    """Return over how many columns and rows a cell reaches, where they are more than one."""
    names = {"colspan": "ColSpan", "rowspan": "RowSpan"}
    given = {name: node.attributes.get(name, "1").strip() for name in names}
    return [
        (names[name], int(value))
        for name, value in given.items()
        if value.isdecimal() and int(value) > 1
    ]


def in_paragraphs(kids: Iterable[Kid], role: str = "P") -> Iterator[Kid]:
    """Yield blocks unchanged, and what stands between them as paragraphs, or in another role."""
    for is_block, together in groupby(kids, _is_block):
        run = list(together)
        if is_block or all(isinstance(kid, Element) and kid.role == "Figure" for kid in run):
            yield from run
        else:
            yield Element(role, run[0].page, tuple(run))


def _is_block(kid: Kid) -> bool:
    return isinstance(kid, Element) and kid.role not in INLINE
