"""What a screen reader hears: the elements of a document as the structure of a tagged PDF.

Elements that only group or style (``div``, ``span``) are left out; text between blocks becomes a
paragraph of its own; decoration becomes silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

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
CELLS = ("TH", "TD")


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
        kids = self.kids(node.kids, language)
        if role == "Figure":
            return self._figure(node, language if language != around else "")
        areas = [kid for kid in node.kids if isinstance(kid, Area)]
        if role == "Link":
            kids += areas
        elif areas:
            words = (("words", node.text.strip()),)
            kids = [Element("Link", node.page, (*kids, *areas), attributes=words)]
        if all(isinstance(kid, Mark) and kid.blank for kid in kids) and role not in CELLS:
            if role or node.tag in BLOCKS:
                self.silent += [kid for kid in kids if isinstance(kid, Mark)]
                return []
            return kids
        if not role and language == around and "title" not in node.attributes:
            return list(in_paragraphs(kids)) if node.tag in BLOCKS else kids
        made = _element(node, role, kids, language if language != around else "")
        if node.attributes.get("role") == "doc-noteref":
            return [Element("Reference", node.page, (made,))]
        return [made]

    def _figure(self, node: Node, language: str) -> list[Kid]:
        marks = [kid for kid in node.kids if isinstance(kid, Mark)]
        words = node.text if node.tag == SVG else node.attributes.get("alt", "")
        words = words or node.attributes.get("aria-label", "")
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
    if not role and node.tag in BLOCKS:
        return replace(plain, role="Div", kids=tuple(in_paragraphs(kids)))
    if not role and node.tag == "abbr":
        return replace(plain, expansion=node.attributes.get("title", ""))
    if role in GROUPS:
        return replace(plain, kids=tuple(in_paragraphs(kids)))
    if role == "Link":
        return _link(plain, node)
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


def _link(plain: Element, node: Node) -> Element:
    """Return a link; its title says where it leads, otherwise its text does."""
    given = node.attributes
    shown = " ".join(kid.alternative for kid in plain.kids if isinstance(kid, Element))
    named = given.get("title") or given.get("aria-label") or node.text.strip()
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


def in_paragraphs(kids: Iterable[Kid]) -> Iterator[Kid]:
    """Yield blocks unchanged, and what stands between them as paragraphs."""
    run: list[Kid] = []
    for kid in kids:
        if not isinstance(kid, Element) or kid.role in INLINE:
            run.append(kid)
            continue
        yield from _paragraph(run)
        run = []
        yield kid
    yield from _paragraph(run)


def _paragraph(run: list[Kid]) -> Iterator[Kid]:
    if all(isinstance(kid, Element) and kid.role == "Figure" for kid in run):
        yield from run
    elif run:
        first = run[0]
        yield Element("P", first.page, tuple(run))
