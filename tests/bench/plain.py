"""The dossier as a user of plain WeasyPrint would have it: one HTML document and its styles.

The words, the marks and the style sheets are those of the dossier. What such a document does
for itself is written here: page numbers come from `target-counter`, and what rules the pages of
one chapter hangs on a `div` that stands for the chapter's `body`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Chapter, Kit, ids, pictures
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.press.compose import Composer, Excerpt, Fit
from moip_press.press.compose.contents import COLOURS
from moip_press.press.compose.gathering import HandoutComposer
from moip_press.press.layout import Layout
from moip_press.press.plans import Plan
from moip_press.system.files import inside

STYLE = "styles/plain.css"
MARK = re.compile("0([\ue000-\ue009]+)\ue00a")
ROOT = re.compile(r"<html\b([^>]*)>")
HEAD = re.compile(r"<head>(.*?)</head>", re.DOTALL)
BODY = re.compile(r"<body\b([^>]*)>(.*)</body>", re.DOTALL)
CLASSES = re.compile(r'\bclass="([^"]*)"')
SELECTOR = re.compile(r"(?<![\w.#-])body(?![\w-])(?=[^{}]*\{)")
SECTION_PAGE = re.compile(r"@page\s+programme(:first)?\s*\{")
COLOUR = re.compile(r"\.colour-(\d+)\s*\{([^}]*)\}")

ONE_DOCUMENT = """\
/* What lets all chapters stand in one document. */
@import "measures.css";
@import "dossier.css";
body { margin: 0; }
.chapter { break-before: page; }
.chapter:first-child { break-before: auto; }
[data-page]::after { content: target-counter(attr(data-page), page); }

/* The strip over the first page of a handout, and what stands at the foot of its last. */
.chapter > .band { position: absolute; top: -20mm; left: -18mm; z-index: 1; }
.chapter > .ending { margin-top: 9mm; break-inside: avoid; }
"""
STRIP_OVER = "<style>@page :first { @top-left { content: none; } }</style>\n"


class _Late(int):
    """A page number that is not known yet: it is printed as a mark."""

    def __str__(self) -> str:
        return "0" + "".join(chr(0xE000 + int(digit)) for digit in int.__repr__(self)) + "\ue00a"


class _LateNumbers(Mapping[str, int]):
    """The page of every anchor, none of them known."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        return _Late(self._places.setdefault(name, len(self._places)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def counted(self, html: str) -> str:
        """Return ``html`` with an element that finds its number in the place of each mark."""
        names = list(self._places)

        def element(mark: re.Match[str]) -> str:
            place = int("".join(str(ord(sign) - 0xE000) for sign in mark[1]))
            return f'<span data-page="#{names[place]}"></span>'

        return MARK.sub(element, html)


@dataclass(frozen=True)
class _Sheet:
    """The HTML of one document, taken apart: its language, its head, and its pages as a `div`."""

    language: str
    head: str
    div: str

    @classmethod
    def of(cls, html: str) -> _Sheet:
        root, head, body = ROOT.search(html), HEAD.search(html), BODY.search(html)
        if not (root and head and body):
            raise ValueError("not a whole document")
        whole, classes = CLASSES.search(root[1]), CLASSES.search(body[1])
        # the colour is the chapter's own; what the theme chooses holds for all
        chosen = whole[1].split() if whole else []
        theme = " ".join(name for name in chosen if not name.startswith("colour-"))
        colour = [name for name in chosen if name.startswith("colour-")]
        names = " ".join([*colour, *([classes[1]] if classes else [])])
        rest = CLASSES.sub("", body[1])
        div = f'<div class="chapter {names}"{rest}>{body[2]}</div>'
        return cls(f'{CLASSES.sub("", root[1])} class="{theme}"', head[1], div)

    def within(self, html: str) -> str:
        """Return the pages with ``html`` before what stands on them."""
        start = self.div.index(">") + 1
        return self.div[:start] + html + self.div[start:]


def dossier(composer: Composer, fits: Mapping[str, Fit]) -> str:
    """Return the whole dossier as one HTML document, with the openers and spacings of ours."""
    numbers = _LateNumbers()
    sheets = [
        _Sheet.of(composer.chapter(chapter, numbers, fits).html)
        for chapter in composer.kit.chapters
    ]
    return numbers.counted(_document(sheets[0], [sheet.div for sheet in sheets]))


def handout(layout: Layout, plan: Plan, pages: int) -> str:
    """Return one handout of chapters as an HTML document; ``pages`` are those that ours has.

    They tell whether the contacts stand at the foot of the last, or on a page of their own with
    the rest of the press kit.
    """
    numbers = _LateNumbers()
    composer = HandoutComposer(layout.composer, layout.assembly.numbers)
    parts = [placed.part for chapter in plan.chapters for placed in chapter.parts]
    about = not any(isinstance(part, AboutPart) for part in parts)
    ended = any(isinstance(part, Contacts) for part in parts)
    foot = pages == _count(layout, plan.chapters)
    sheets = [_Sheet.of(html) for html in _chapters(layout, plan, numbers)]
    divs = [sheets[0].within(_body(composer.band())), *(sheet.div for sheet in sheets[1:])]
    ending = "" if ended else composer.last(plan.sheet, foot=foot, about=about)
    if ending and foot:
        divs[-1] = divs[-1].removesuffix("</div>") + _body(ending) + "</div>"
    elif ending:
        divs.append(_Sheet.of(ending).div)
    return numbers.counted(_document(sheets[0], divs, STRIP_OVER))


def alone(html: str) -> str:
    """Return the document of gathered events as an HTML document with its styles."""
    sheet = _Sheet.of(html)
    return _document(sheet, [sheet.div])


def _chapters(layout: Layout, plan: Plan, numbers: Mapping[str, int]) -> Iterator[str]:
    anchors = layout.composer.anchors
    found = {
        anchors[name]
        for chapter in plan.chapters
        for placed in chapter.parts
        for name, _ in ids(placed.part)
    }
    excerpt = Excerpt(frozenset(found), layout.assembly.numbers)
    for chapter in plan.chapters:
        yield layout.composer.chapter(chapter, numbers, layout._fits, excerpt).html


def _count(layout: Layout, chapters: Sequence[Chapter]) -> int:
    """Return how many pages the chapters have in the dossier."""
    placed = zip(layout.kit.chapters, layout.assembly.chapters, strict=True)
    return sum(len(placement.laid) for chapter, placement in placed if chapter in chapters)


def _body(html: str) -> str:
    body = BODY.search(html)
    return body[2] if body else ""


def _document(first: _Sheet, divs: Sequence[str], styles: str = "") -> str:
    link = f'<link rel="stylesheet" href="{STYLE}">\n'
    return (
        f"<!DOCTYPE html>\n<html{first.language}>\n<head>{first.head}{link}{styles}</head>\n"
        f"<body>\n{''.join(divs)}\n</body>\n</html>\n"
    )


def lay_beside(kit: Kit, theme: Theme, folder: Path) -> None:
    """Put the styles, fonts and pictures of a kit into ``folder``, where its documents lie."""
    colours: dict[str, str] = {}
    for styles in reversed(theme.styles()):
        for path in sorted(styles.rglob("*")):
            if path.is_file() and theme.holds(path):
                content = path.read_bytes()
                if path.suffix == ".css":
                    css = content.decode()
                    colours |= dict(COLOUR.findall(css))
                    content = _of_one_document(css).encode()
                _put(folder / "styles" / path.relative_to(styles), content)
    pages = (f"@page programme-{n} {{ {values} }}\n" for n, values in sorted(colours.items()))
    named = (f".chapter-programme.colour-{n} {{ page: programme-{n}; }}\n" for n in sorted(colours))
    _put(folder / STYLE, "".join([ONE_DOCUMENT, *named, *pages]).encode())
    for placed in pictures(kit):
        picture = inside(kit.folder, str(placed.value.file)) if placed.value.file else None
        if picture and picture.is_file():
            _put(folder / str(placed.value.file), picture.read_bytes())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _of_one_document(css: str) -> str:
    """Return a style sheet of chapters as one for a document that holds them all.

    The pages of a section are named for its colour, since a folio cannot see in which chapter it
    stands; what is said of a chapter's first page is said of the first of these.
    """

    def pages(rule: re.Match[str]) -> str:
        names = [f"programme-{number}" for number in range(1, COLOURS + 1)]
        if rule[1]:
            names = [f"{name}:nth(1 of {name})" for name in names]
        return "@page " + ", ".join(names) + " {"

    return SECTION_PAGE.sub(pages, SELECTOR.sub(":where(.chapter)", css))
