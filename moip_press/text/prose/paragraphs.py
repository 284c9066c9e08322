"""The words of a text as a reader meets them, each sign with its place in the Markdown.

What proofreads a text must see "voir le programme", not "voir **le [programme](https://…)**",
and still point at the very word in the file.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from moip_press.text import characters
from moip_press.text.prose.markdown import Place, blocks, line_starts, pieces
from moip_press.text.prose.typed_blocks import note_labels

if TYPE_CHECKING:
    from markdown_it.token import Token

    from moip_press.text.prose.marks import Mark

PAGE_NUMBER = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in the words for the number of a page that is not known yet."""

StretchKind = Literal["em", "strong", "struck", "link", "passage", "code", "page"]
BlockKind = Literal["paragraph", "item", "heading", "quotation", "cell", "note"]
EMPHASIS: dict[str, StretchKind] = {"em": "em", "strong": "strong", "s": "struck"}
BRACKETS = {"image": 2, "address": 0, "telephone": 0}
SPACES = re.compile(r"[ \t]*")
BLANKS = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a paragraph, from `start` to `end`, that is set in a way of its own.

    `url` is where a link leads, as typed; of a passage in another language, its code.
    """

    kind: StretchKind
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's words: one line of text, single spaces where lines end in the Markdown.

    The sign at `n` comes from `places[n]` up to `ends[n]` of the Markdown. `level` is that of a
    heading, from 1; `list` tells the items of one list from those of the next, and
    `begins_item` the first paragraph of an item from those below.
    """

    text: str
    kind: BlockKind
    places: Sequence[int]
    ends: Sequence[int]
    stretches: tuple[Stretch, ...] = ()
    level: int = 0
    list: int = 0
    begins_item: bool = False


def paragraphs(markdown: str) -> list[Paragraph]:
    """Return the paragraphs of a text in order; code blocks are not read."""
    tokens = blocks(markdown, inline=False)
    if tokens is None:
        return [plain_paragraph(markdown)]
    starts = line_starts(markdown)
    known = note_labels(tokens)
    found: list[Paragraph] = []
    context = _Context()
    for token in tokens:
        context.see(token)
        if token.type == "inline":
            reader = _Reader(token.content, Place(markdown, starts, token))
            reader.read(pieces(token.content, frozenset() if context.of_note else known))
            found.append(reader.paragraph(context))
            context.begins_item = False
    return [paragraph for paragraph in found if paragraph.text.strip()]


def plain_paragraph(text: str) -> Paragraph:
    """Return a text without markup as one paragraph: white space is one space, ends are cut."""
    places, ends = array("L"), array("L")
    words: list[str] = []
    for run in re.finditer(r"[ \t\r\n]+|[^ \t\r\n]", text):
        blank = run[0][0] in BLANKS
        if blank and (not words or run.end() == len(text)):
            continue
        words.append(" " if blank else run[0])
        places.append(run.start())
        ends.append(run.end())
    return _as_read(Paragraph("".join(words), "paragraph", places, ends))


def _as_read(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with the characters that a reader sees, each still with its place."""
    found = characters.read(paragraph.text)
    if found is None:
        return paragraph
    text, starts, ends = found
    return replace(
        paragraph,
        text=text,
        places=array("L", [paragraph.places[start] for start in starts]),
        ends=array("L", [paragraph.ends[end - 1] for end in ends]),
        stretches=tuple(
            replace(
                stretch,
                start=bisect_left(starts, stretch.start),
                end=bisect_left(starts, stretch.end),
            )
            for stretch in paragraph.stretches
        ),
    )


@dataclass(slots=True)
class _Context:
    """Which blocks are open round the next paragraph."""

    quotations: int = 0
    items: int = 0
    heading: int = 0
    cells: int = 0
    notes: int = 0
    begins_item: bool = False
    lists: list[int] = field(default_factory=list)
    count: int = 0

    def see(self, token: Token) -> None:
        name = token.type.removesuffix("_open").removesuffix("_close")
        match name:
            case "blockquote":
                self.quotations += token.nesting
            case "list_item":
                self.items += token.nesting
                self.begins_item = token.nesting > 0
            case "th" | "td":
                self.cells += token.nesting
            case "note":
                self.notes += token.nesting
            case "heading":
                self.heading = int(token.tag[1]) if token.nesting > 0 else 0
            case "bullet_list" | "ordered_list" if token.nesting > 0:
                self.count += 1
                self.lists.append(self.count)
            case "bullet_list" | "ordered_list":
                self.lists.pop()

    @property
    def of_note(self) -> bool:
        """Whether the next paragraph is a footnote."""
        return self.notes > 0

    @property
    def kind(self) -> BlockKind:
        if self.of_note:
            return "note"
        if self.cells:
            return "cell"
        if self.quotations:
            return "quotation"
        if self.items:
            return "item"
        return "heading" if self.heading else "paragraph"


class _Reader:
    """Walks a block's text beside its tokens, so that every sign keeps its place."""

    def __init__(self, content: str, place: Place) -> None:
        self.content = content
        self.place = place
        self.at = 0
        self.words: list[str] = []
        self.length = 0
        self.places, self.ends = array("L"), array("L")
        self.opened: list[tuple[StretchKind, int, str]] = []
        self.stretches: list[Stretch] = []
        self.links: list[Mark] = []

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            self._step(token)

    def _step(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special" if token.markup in ("", token.content):
                self._verbatim(token.content)
            case "text_special":
                self._piece(token.content, len(token.markup))
            case "softbreak" | "hardbreak":
                self._line_end()
            case "code_inline":
                self._code(token)
            case "page" | "note":
                self._placeholder(token)
            case "link_open" | "image_open" | "passage_open":
                self._open_link(token.meta["mark"])
            case "link_close" | "image_close" | "passage_close":
                self._close_link()
            case _ if token.type.endswith("_open"):
                self.at += len(token.markup)
                self.opened.append((EMPHASIS[token.type.removesuffix("_open")], self.length, ""))
            case _ if token.type.endswith("_close"):
                self.at += len(token.markup)
                self._close()

    def _open_link(self, mark: Mark) -> None:
        self.links.append(mark)
        kind: StretchKind = "passage" if mark.kind == "passage" else "link"
        self.opened.append((kind, self.length, mark.url))
        self.at = mark.start + BRACKETS.get(mark.kind, 1)

    def _close_link(self) -> None:
        mark = self.links.pop()
        self._close()
        if mark.kind == "telephone":
            self.stretches.pop()
        self.at = mark.end

    def _close(self) -> None:
        kind, start, url = self.opened.pop()
        self.stretches.append(Stretch(kind, start, self.length, url))

    def _verbatim(self, text: str) -> None:
        """Add the signs of one line as they are typed."""
        found = self.content.find(text, self.at)
        self.at = found if found >= 0 else self.at
        start = self.place(self.at)
        self.at += len(text)
        self.words.append(text)
        self.length += len(text)
        places = (
            [self.place(self.at - len(text) + n) for n in range(len(text))]
            if self.place.cell
            else range(start, start + len(text))
        )
        self.places.extend(places)
        self.ends.extend(place + 1 for place in places)

    def _piece(self, text: str, width: int) -> None:
        """Add a sign, or the few that `width` characters of the Markdown stand for."""
        start, end = self.place(self.at), self.place(self.at + width - 1) + 1
        self.at += width
        self.words.append(text)
        self.length += len(text)
        self.places.extend([start] * len(text))
        self.ends.extend([end] * len(text))

    def _line_end(self) -> None:
        end = self.content.find("\n", self.at)
        if end < 0:
            return
        following = SPACES.match(self.content, end + 1)
        self._piece(" ", (following.end() if following else end + 1) - self.at)

    def _code(self, token: Token) -> None:
        """Read a code span: line ends in it are spaces, one space at either end is dropped."""
        ticks = len(token.markup)
        opening = self.content.find(token.markup, self.at) + ticks
        run = re.compile(rf"(?<!`)`{{{ticks}}}(?!`)")
        closing = run.search(self.content, opening)
        inner = self.content[opening : closing.start() if closing else None]
        self.at = opening + (1 if len(inner) > len(token.content) else 0)
        start = self.length
        for sign in token.content:
            self._piece(sign, 1)
        self.stretches.append(Stretch("code", start, self.length))
        self.at = closing.end() if closing else self.at

    def _placeholder(self, token: Token) -> None:
        """Read what stands for a page's number; the sign of a footnote is no word."""
        mark: Mark = token.meta["mark"]
        if token.type == "note":
            self.at = mark.end
            return
        self.at = mark.start
        self._piece(PAGE_NUMBER, mark.end - mark.start)
        self.stretches.append(Stretch("page", self.length - 1, self.length))

    def paragraph(self, context: _Context) -> Paragraph:
        stretches = tuple(sorted(self.stretches, key=lambda stretch: stretch.start))
        return _as_read(
            Paragraph(
                "".join(self.words),
                context.kind,
                self.places,
                self.ends,
                stretches,
                context.heading,
                context.lists[-1] if context.lists else 0,
                context.begins_item,
            )
        )
