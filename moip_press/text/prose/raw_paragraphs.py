"""Markup that prints as typed: the lines of a paragraph that run together, links that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal

from moip_press.text.prose.paragraphs import Paragraph
from moip_press.text.prose.typed_blocks import BULLETS

Kind = Literal[
    "table",
    "footnote",
    "emphasis",
    "link",
    "reference",
    "lines",
    "items",
    "highlight",
    "raised",
    "task",
    "definition",
    "attribute",
    "placeholder",
    "drawn",
    "title",
    "line-end",
    "html",
    "code",
    "asterisk",
    "heading",
]
HIDDEN = "\N{OBJECT REPLACEMENT CHARACTER}"
SIGNS = frozenset("\\*_~|^=[]{}`<>+#-:.()!•'")
"""What may be a mark, unless it was escaped or typed as an entity."""


@dataclass(frozen=True, slots=True)
class Change:
    """What mends it: `text` in the place of [start, end) of the Markdown; None: no such lines."""

    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True)
class RawMark:
    """Markup at [start, end) of a Markdown text that prints as it is typed.

    The `changes` are what was meant, where that is certain; `also` is where it stands besides.
    """

    kind: Kind
    start: int
    end: int
    changes: tuple[Change, ...] = ()
    also: tuple[tuple[int, int], ...] = ()


class Words:
    """The words of a paragraph without what is no markup: `all`, and `bare`, without links."""

    def __init__(self, markdown: str, paragraph: Paragraph) -> None:
        self.markdown, self.paragraph = markdown, paragraph
        shown = list(paragraph.text)
        for number, sign in enumerate(shown):
            if sign in SIGNS and paragraph.ends[number] - paragraph.places[number] > 1:
                shown[number] = HIDDEN
        self.all = self._without(shown, ("code", "page"))
        self.bare = self._without(shown, ("link",))

    def _without(self, shown: list[str], kinds: Iterable[str]) -> str:
        for stretch in self.paragraph.stretches:
            if stretch.kind in kinds:
                shown[stretch.start : stretch.end] = HIDDEN * (stretch.end - stretch.start)
        return "".join(shown)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Where each line of the paragraph begins and ends."""
        places, ends = self.paragraph.places, self.paragraph.ends
        breaks = [
            number
            for number, sign in enumerate(self.bare)
            if sign == " " and "\n" in self.markdown[places[number] : ends[number]]
        ]
        return list(
            zip([0, *(place + 1 for place in breaks)], [*breaks, len(self.bare)], strict=True)
        )

    def runs_on(self, start: int, end: int) -> bool:
        """Return whether a line runs into a line beside it: no hard line break parts them."""
        places, ends = self.paragraph.places, self.paragraph.ends
        breaks = (number for number in (start - 1, end) if 0 <= number < len(self.bare))
        typed = (self.markdown[places[number] : ends[number]] for number in breaks)
        return any(not each.partition("\n")[0].endswith(("\\", "  ")) for each in typed)

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words [start, end) stand in the Markdown."""
        return self.paragraph.places[start], self.paragraph.ends[end - 1]

    def change(self, start: int, end: int, text: str) -> Change | None:
        """Return the change of the words [start, end); None where markup stands between them."""
        first, last = self.typed(start, end)
        same = self.markdown[first:last] == self.paragraph.text[start:end]
        return Change(first, last, text) if same else None

    def mark(self, kind: Kind, start: int, end: int, *changes: Change | None) -> RawMark:
        """Return the mark at [start, end) of the words; it has changes if all can be made."""
        made = tuple(change for change in changes if change)
        return RawMark(kind, *self.typed(start, end), made if len(made) == len(changes) else ())


ADDRESS = r"(?:https?://|mailto:|tel:|www\.|#|\{website\})[^\s()<>\"]{0,2000}"
LABEL = r"[^\[\]]{1,300}"
SPACED = re.compile(rf"!?\[{LABEL}\](?P<space>\s+)\((?P<address>{ADDRESS})\)")
TURNED = re.compile(rf"\((?P<address>{ADDRESS})\)\[(?P<label>{LABEL})\]")
BROKEN = re.compile(rf"!?\[(?P<label>{LABEL})\]\((?P<address>[^()]{{0,300}})(?P<end>\)?)")
WITH_SPACES = re.compile(r"https?://[^\s\"]+(?: [^\s\"]+)+")
WIKI_PAGE = re.compile(rf"\[\[{LABEL}\]\]")
WIKI_LINK = re.compile(
    r"\[(?P<address>https?://[^\s\[\]|]{1,2000})(?:\s+|\|)(?P<label>[^\[\]|]{1,300})\]"
    r"|\[(?P<words>[^\[\]|]{1,300})\|(?P<target>https?://[^\s\[\]|]{1,2000})\]"
)
ANGLED = re.compile(r"<(?P<address>www\.[^\s<>]{1,300})>")
TARGET = re.compile(r"\]\(([^()\s]+)\)")
USE = re.compile(rf"!?\[(?P<words>{LABEL})\]\[(?P<label>[^\[\]]{{0,100}})\]")
SHORT_USE = re.compile(rf"(?<![\]!])\[(?P<words>{LABEL})\](?![\[(:])")
DEFINITION = re.compile(
    rf"\[(?P<label>[^\[\]^]{{1,100}})\]:\s*<?(?P<address>{ADDRESS})>?(?:\s+[\"'(].*)?\s*$"
)


def links(words: Words) -> Iterator[RawMark]:
    """Yield what is meant as a link, with its correction where that is certain."""
    text = words.all
    for found in SPACED.finditer(text):
        yield words.mark("link", *found.span(), *_joined(words, found))
    for found in TURNED.finditer(text):
        said = f"[{found['label']}]({_whole(found['address'])})"
        yield words.mark("link", *found.span(), words.change(*found.span(), said))
    for found in BROKEN.finditer(text):
        if found["end"] and WITH_SPACES.fullmatch(found["address"]):
            said = found["address"].replace(" ", "%20")
            yield words.mark("link", *found.span(), words.change(*found.span("address"), said))
        else:
            yield words.mark("link", *found.span())
    for found in WIKI_LINK.finditer(text):
        said = f"[{found['label'] or found['words']}]({found['address'] or found['target']})"
        yield words.mark("link", *found.span(), words.change(*found.span(), said))
    for found in WIKI_PAGE.finditer(text):
        yield words.mark("link", *found.span())
    for found in ANGLED.finditer(text):
        yield words.mark("link", *found.span(), words.change(*found.span(), found["address"]))


def _joined(words: Words, found: re.Match[str]) -> Iterator[Change | None]:
    """Yield the changes that close the gap of a link; there are none for one without a scheme."""
    if found["address"].startswith("www."):
        start, _ = found.span("address")
        yield words.change(found.start("space"), start + 1, f"(https://{found['address'][0]}")
    else:
        yield words.change(found.start("space"), found.end("space"), "")


def _whole(address: str) -> str:
    return f"https://{address}" if address.startswith("www.") else address


# --- by reference -----------------------------------------------------------------------------


def references(markdown: str, read: Sequence[Words]) -> Iterator[RawMark]:
    """Yield links whose address stands elsewhere, and where that is."""
    defined = {
        found["label"].lower(): (words, start, end, _whole(found["address"]))
        for words in read
        for start, end in words.lines
        if (found := DEFINITION.fullmatch(words.all, start, end))
    }
    for words in read:
        for pattern in (USE, SHORT_USE):
            for use in pattern.finditer(words.all):
                label = use.groupdict().get("label") or use["words"]
                if label.lower() in defined:
                    said = f"[{use['words']}]({defined[label.lower()][3]})"
                    yield words.mark("link", *use.span(), words.change(*use.span(), said))
                elif pattern is USE and not f"{use['words']}{label}".isdigit():
                    yield words.mark("link", *use.span())
    linked = frozenset(TARGET.findall(markdown)) if defined else frozenset()
    for words, start, end, address in defined.values():
        # the line is in the way once its links have its address
        gone = [Change(*words.typed(start, end), None)] if address in linked else []
        yield words.mark("reference", start, end, *gone)


RULER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:[|]\s*:?-{2,}:?\s*)*\|?|\+[-=+]{3,}\+")
CELL = re.compile(r"[|\t]")
COUNTER = re.compile(r"(\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})(?:[.)/°]|\s?[-–])\s")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SIGN = re.compile(rf"([^\w\s«“\"'’(\[{{<…¿¡*_~`\\.,;:!?%€$/@&#{HIDDEN}])\s*\S")
GLOSS = re.compile(r":\s{1,3}\S")
FIELD = re.compile(r"[^\W\d_][^:.!?;,]{0,30}:\s+\S")
ITEMS = re.compile(
    r":\s*(?P<bullet>[•●▪■◦‣])\s|:\s+(?P<dash>[-–])\s(?=\S[^:]{0,300}\s(?P=dash)\s\S)"
)


def tables(words: Words) -> Iterator[RawMark]:
    """Yield rows of cells: lines with as many bars or tabs, or with a ruler below them."""
    rows = [(words.bare[start:end].strip(), start, end) for start, end in words.lines]
    for is_row, run in groupby(rows, key=lambda row: _cells(row[0]) > 0):
        lines = list(run)
        alike = len(lines) > 1 and len({_cells(line) for line, _, _ in lines}) == 1
        ruled = any(RULER.fullmatch(line) for line, _, _ in lines)
        barred = len(lines) > 1 and all(line.startswith("|") for line, _, _ in lines)
        if is_row and (alike or ruled or barred):
            yield words.mark("table", lines[0][1], lines[-1][2])


def _cells(line: str) -> int:
    return len(CELL.findall(line)) or (RULER.fullmatch(line) is not None)


def lines_of_one(words: Words) -> Iterator[RawMark]:
    """Yield lines of a list, a glossary or a form that are printed as one paragraph."""
    lines = [
        (words.bare[start:end].lstrip(), start, end)
        for start, end in words.lines
        if words.runs_on(start, end)
    ]
    if len(lines) < 2:
        return
    counted = [
        (found[1], start, end) for line, start, end in lines if (found := COUNTER.match(line))
    ]
    for one, other in pairwise(counted):
        if _follows(one[0], other[0]):
            yield words.mark("lines", one[1], counted[-1][2])
            return
    for first, last in _same_signs(lines):
        yield words.mark("lines", first, last)
    for line, start, end in lines[1:]:
        if GLOSS.match(line):
            yield words.mark("definition", start, end)
    if all(FIELD.match(line) for line, _, _ in lines):
        yield words.mark("lines", lines[0][1], lines[-1][2])


def _follows(one: str, other: str) -> bool:
    """Return whether a number or letter comes next after another."""
    if one.isdigit() or other.isdigit():
        return one.isdigit() and other.isdigit() and int(other) == int(one) + 1
    low, next_low = one.lower(), other.lower()
    if low in ROMAN and next_low in ROMAN and ROMAN.index(next_low) == ROMAN.index(low) + 1:
        return True
    return len(one) == len(other) == 1 and ord(other) == ord(one) + 1


def _same_signs(lines: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    signs = [(found[1], start, end) for line, start, end in lines if (found := SIGN.match(line))]
    for _, run in groupby(signs, key=lambda sign: sign[0]):
        same = list(run)
        if len(same) > 1:
            yield same[0][1], same[-1][2]


def inline_items(words: Words) -> Iterator[RawMark]:
    """Yield items that stand in one line, which are no list."""
    text, paragraph = words.bare, words.paragraph
    if found := ITEMS.search(text):
        yield words.mark("items", found.start(), len(text))
    elif paragraph.begins_item:
        line = words.markdown.rfind("\n", 0, paragraph.places[0]) + 1
        bullet = words.markdown[line : paragraph.places[0]].strip()
        if bullet and bullet in BULLETS and f" {bullet} " in text:
            yield words.mark("items", text.index(f" {bullet} ") + 1, len(text))
