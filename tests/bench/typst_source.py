"""The dossier as Typst would be given it: the same words in the same order, looks alike."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.bench.marks import Element, read
from tests.bench.typst_looks import COLOURS, PREAMBLE

INLINE = frozenset(("a", "span", "em", "strong", "sup", "br", "abbr", "i", "b", "img"))
SPACES = re.compile(r"[ \t\n\r]+")


def typst(html: str) -> str:
    """Return the Typst document that says what the plain document says."""
    root = read(html)
    head = {tag: root.first(tag) for tag in ("html", "title")}
    named = {meta.attributes.get("name"): meta.attributes for meta in root.find("meta")}
    chapters = [*root.find("chapter")]
    preamble = PREAMBLE.format(
        title=string(head["title"].text if head["title"] else ""),
        author=string(named.get("author", {}).get("content", "")),
        language=string(head["html"].attributes.get("lang", "fr") if head["html"] else "fr"),
        foot=string(chapters[0].attributes.get("data-foot", "")),
    )
    return preamble + "\n".join(
        _chapter(chapter, number) for number, chapter in enumerate(chapters)
    )


def string(text: str) -> str:
    """Return a text as Typst writes strings."""
    escaped = json.dumps(text, ensure_ascii=False)
    return re.sub(r"\\u([0-9a-f]{4})", r"\\u{\1}", escaped)


def _chapter(chapter: Element, number: int) -> str:
    cover = "chapter-cover" in chapter.classes
    colour = chapter.colour or 1
    facts = (
        f"#metadata((running: {string(chapter.attributes.get('data-running', ''))}, "
        f"section: {'true' if 'chapter-programme' in chapter.classes else 'false'}, "
        f'dark: "{COLOURS[colour][1]}")) <chapter>\n'
    )
    inner = _blocks(chapter, _Look(*COLOURS[colour]))
    if cover:
        return (
            "#page(margin: (x: 18mm, y: 16mm), fill: ground, header: none, footer: none)[\n"
            "#set text(fill: white)\n#show heading: set text(size: 40pt, weight: 900)\n"
            f"{inner}\n]\n"
        )
    return ("#pagebreak(weak: true)\n" if number else "") + facts + inner


@dataclass(frozen=True)
class _Look:
    """The two colours of the section that an element stands in."""

    bright: str
    dark: str


def _blocks(element: Element, look: _Look) -> str:
    """Return what is in an element, blocks each on their own and runs of text as paragraphs."""
    made: list[str] = []
    run: list[Element | str] = []

    def close() -> None:
        text = _inline(run, look)
        if text.strip():
            made.append(text)
        run.clear()

    for kid in element.kids:
        if isinstance(kid, str) or kid.tag in INLINE:
            run.append(kid)
        else:
            close()
            made.append(_block(kid, look))
    close()
    return "\n\n".join(filter(None, made))


def _block(element: Element, look: _Look) -> str:
    if element.colour and "calendar" not in element.classes:
        look = _Look(*COLOURS[element.colour])
    made = next(
        (BY_CLASS[name] for name in BY_CLASS if name in element.classes), BY_TAG.get(element.tag)
    )
    text = made(element, look) if made else _blocks(element, look)
    if element.attributes.get("aria-hidden") == "true":
        text = f"#pdf.artifact[{text}]"
    if name := element.attributes.get("id"):
        return f"#metadata(none) <{name}>\n{text}"
    return text


def _inline(kids: list[Element | str], look: _Look) -> str:
    return "".join(_text(kid) if isinstance(kid, str) else _span(kid, look) for kid in kids)


def _text(text: str) -> str:
    """Return a text as a string that is set as it is, its spaces as HTML has them."""
    shown = SPACES.sub(" ", text)
    if not shown.strip(" "):
        return " " if shown else ""
    before, after = " " * shown.startswith(" "), " " * shown.endswith(" ")
    return f"{before}#{string(shown.strip(' '))};{after}"


def _span(element: Element, look: _Look) -> str:
    if element.tag == "br":
        return "#linebreak();"
    if target := element.attributes.get("data-page"):
        return f"#page-of(<{target[1:]}>);"
    inner = _inline(element.kids, look)
    match element.tag:
        case "a":
            return _link(element, inner)
        case "em" | "i":
            return f"#emph[{inner}];"
        case "strong" | "b":
            return f"#strong[{inner}];"
        case "sup":
            return f"#super[{inner}];"
        case "img":
            name, alt = element.attributes["src"], element.attributes.get("alt", "")
            return f"#image({string(name)}, alt: {string(alt)}, width: 40mm);"
        case _:
            looks = next((SPANS[name] for name in SPANS if name in element.classes), None)
            return f"#text({looks(look)})[{inner}];" if looks else inner


def _link(element: Element, inner: str) -> str:
    to = element.attributes.get("href", "")
    target = f"<{to[1:]}>" if to.startswith("#") else string(to)
    return f"#link({target})[{inner}];" if inner.strip() else ""


SPANS: Mapping[str, Callable[[_Look], str]] = {
    "numerals": lambda look: f'size: 22pt, weight: 900, fill: rgb("{look.dark}")',
    "month": lambda _: "size: 8.5pt, weight: 600",
    "number": lambda look: f'weight: 900, fill: rgb("{look.dark}")',
    "status": lambda _: 'weight: 900, fill: rgb("#b0361c")',
    "date": lambda _: "weight: 600",
}


def _heading(element: Element, look: _Look) -> str:
    return f"#heading(level: {element.tag[1]})[{_inline(element.kids, look)}]"


def _paragraph(element: Element, look: _Look) -> str:
    return _inline(element.kids, look) + "\n#parbreak()"


def _list(element: Element, look: _Look) -> str:
    items = ", ".join(f"[{_blocks(item, look)}]" for item in element.find("li"))
    return f"#list({items})"


def _bare_list(element: Element, look: _Look) -> str:
    return "\n".join(f"#block(spacing: 7pt)[{_block(item, look)}]" for item in element.elements)


def _calendar_month(element: Element, _look: _Look) -> str:
    """Return the month: each day where it stands, a disc an event that leads there."""
    height = element.lengths["height"]
    placed = [_day(day) for day in element.find("day")]
    placed += [_dot(dot) for dot in element.find("dot")]
    return f"#block(width: 100%, height: {height}mm)[{''.join(placed)}]"


def _day(day: Element) -> str:
    at = day.lengths
    return f"#place(dx: {at['left']}mm, dy: {at['top']}mm)[{_text(day.text)}]\n"


def _dot(dot: Element) -> str:
    at, colour = dot.lengths, COLOURS[dot.colour or 1][0]
    disc = f'circle(radius: {at["font-size"] / 2}mm, fill: rgb("{colour}"))'
    target = dot.attributes["href"][1:]
    return f"#place(dx: {at['left']}mm, dy: {at['top']}mm, link(<{target}>, {disc}))\n"


def _weekdays(element: Element, look: _Look) -> str:
    cells = ", ".join(f"[{_inline(cell.kids, look)}]" for cell in element.elements)
    return f"#grid(columns: (1fr,) * {len(element.elements)}, {cells})"


def _opener(element: Element, look: _Look) -> str:
    inner = _blocks(element, _Look(look.bright, look.bright))
    return (
        "#block(width: 100%, fill: ground, inset: 6mm, outset: (x: 12mm, top: 14mm), below: 6mm)["
        "#set text(fill: white)\n#show heading: set text(size: 20pt, weight: 900)\n"
        f"{inner}]"
    )


def _event(element: Element, look: _Look) -> str:
    face, said = element.first("face"), element.first("said")
    if face is None or said is None:
        return _blocks(element, look)
    return (
        "#block(breakable: false, above: 15pt)[#grid(columns: (28mm, 128mm), column-gutter: 6mm, "
        f"[{_blocks(face, look)}], [{_blocks(said, look)}])]"
    )


def _entry(element: Element, look: _Look) -> str:
    """Return a line of the contents: its title, and its number at the right."""
    link, number = element.first("a"), element.first("number")
    if "group" in element.classes or link is None or number is None:
        return _blocks(element, look)
    return (
        '#line(length: 100%, stroke: 0.5pt + rgb("#c9cedb"))\n'
        f"#grid(columns: (1fr, auto), text(size: 12pt)[{_span(link, look)}], "
        f'text(size: 17pt, weight: 900, fill: rgb("{look.dark}"))[{_inline(number.kids, look)}])'
    )


def _table(element: Element, look: _Look) -> str:
    rows = [*element.find("tr")]
    width = max(len(row.elements) for row in rows)
    cells = [f"[{_inline(cell.kids, look)}]" for row in rows for cell in row.elements]
    head = ", ".join(cells[:width])
    rest = ", ".join(cells[width:])
    return f"#table(columns: {width}, stroke: none, table.header({head}), {rest})"


def _columns(element: Element, look: _Look) -> str:
    cells = ", ".join(f"[{_block(kid, look)}]" for kid in element.elements)
    return f"#grid(columns: (1fr, 1fr), gutter: 8mm, {cells})"


def _panel(element: Element, look: _Look) -> str:
    return f"#block(width: 100%, fill: tint, inset: 6mm)[{_blocks(element, look)}]"


def _serif(element: Element, look: _Look) -> str:
    return f"#block(inset: (left: 34mm))[#serif[{_blocks(element, look)}]]"


def _on_new_page(element: Element, look: _Look) -> str:
    return f"#pagebreak(weak: true)\n{_blocks(element, look)}"


def _sized(size: str) -> Callable[[Element, _Look], str]:
    return lambda element, look: f"#text({size})[{_inline(element.kids, look)}]\n#parbreak()"


BY_CLASS: Mapping[str, Callable[[Element, _Look], str]] = {
    "weekdays": _weekdays,
    "month": _calendar_month,
    "opener": _opener,
    "event": _event,
    "people": _columns,
    "profiles": _columns,
    "grid": _columns,
    "contacts": _panel,
    "box": _panel,
    "new-page": _on_new_page,
    "body": _serif,
    "introduction": _serif,
    "tagline": _sized("size: 20pt"),
    "kicker": _sized("size: 10pt, weight: 600"),
    "organisers": _sized("size: 8.5pt, weight: 600"),
    "level-1": _entry,
    "level-2": _entry,
    "agenda": _bare_list,
    "legend": _bare_list,
}
BY_TAG: Mapping[str, Callable[[Element, _Look], str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "p": _paragraph,
    "ul": _list,
    "ol": _bare_list,
    "table": _table,
}
