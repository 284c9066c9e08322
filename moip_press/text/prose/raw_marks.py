"""Markup that looks meant and prints as it is typed: what a reader would stumble over.

Whatever is left in the words of a paragraph once its Markdown is read, and is no more than a mark:
tables, footnotes, asterisks beside a space, links that are none, lists that run together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from moip_press.text.prose.markdown import as_typed, blocks
from moip_press.text.prose.marks import HTML
from moip_press.text.prose.paragraphs import paragraphs
from moip_press.text.prose.raw_paragraphs import (
    Kind,
    RawMark,
    Words,
    inline_items,
    lines_of_one,
    links,
    references,
    tables,
)

LIKELY = re.compile(
    r"[*_~|^=\[{`<+\t\\]|&lt;|'''|^(?:h[1-6]\.|[:!]{3})|:[a-z]\w+:|[^\n][•●▪■◦‣] |: *[–-] "
    r"|\n[ \t]*(?:-{2,}[ \t]*$|\w{1,5}[.)/°]|\d\d? ?[-–]|[^\w\s«“\"'…(-]|[^\W\d_][^:\n]{0,30}:)",
    re.MULTILINE,
)
"""What a text has that may hold any of it."""
LIKELY_BLOCKS = re.compile(r"^[ \t>]*(?:`{3}|~{3}|-+[ \t]*$|=+[ \t]*$|\*[ \t])", re.MULTILINE)


@lru_cache(maxsize=4096)  # while a kit is edited, most of its texts are checked again and again
def raw_marks(markdown: str) -> tuple[RawMark, ...]:
    """Return the markup of a text that prints as it is typed, in order; each place once."""
    if LIKELY.search(markdown) is None:
        return ()
    read = [Words(markdown, paragraph) for paragraph in paragraphs(markdown)]
    found = [*_blocks(markdown), *_footnotes(read), *references(markdown, read)]
    noted = FOOTNOTE_SIGN.search(markdown) is not None
    finders = FINDERS if noted else (*FINDERS, _opened)
    for words in read:
        for find in finders:
            found += find(words)
    return tuple(_apart(found))


def _apart(found: Iterable[RawMark]) -> list[RawMark]:
    """Return the marks in order; of those that overlap, the first one found."""
    kept: list[RawMark] = []
    for mark in found:
        place = bisect_left(kept, mark.start, key=lambda other: other.start)
        beside = kept[max(0, place - 1) : place + 1]
        if all(mark.end <= other.start or other.end <= mark.start for other in beside):
            kept.insert(place, mark)
    return kept


# --- blocks -----------------------------------------------------------------------------------

FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*$")
SENTENCE_END = re.compile(r"[.;:,…][*_»”)]*$")


def _blocks(markdown: str) -> Iterator[RawMark]:
    """Yield code that never ends, headings by accident, and an asterisk that makes no list."""
    if LIKELY_BLOCKS.search(markdown) is None:
        return
    lines = markdown.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    tokens = as_typed(blocks(markdown, inline=False) or [])
    for number, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        last = min(last, len(lines)) - 1
        kind: Kind | None = None
        if token.type == "fence" and (last == first or not FENCE_END.match(lines[last])):
            kind, last = "code", first
        elif token.type == "heading_open" and token.markup in ("-", "="):
            words = tokens[number + 1].content
            kind = "heading" if "\n" in words or SENTENCE_END.search(words) else None
        elif token.type == "inline" and token.children and token.children[0].content == "* ":
            kind, last = "asterisk", first
        if kind:
            line = lines[last]
            start = starts[last] + len(line) - len(line.lstrip(" \t>"))
            yield RawMark(
                kind, start, start + 1 if kind == "asterisk" else starts[last] + len(line)
            )


def _footnotes(read: Iterable[Words]) -> Iterator[RawMark]:
    """Yield each footnote once: where it is referred to first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for words in read:
        for note in FOOTNOTE.finditer(words.all):
            found.setdefault(note["label"] or note[0], []).append(words.typed(*note.span()))
    for (start, end), *others in found.values():
        yield RawMark("footnote", start, end, also=tuple(others))


# --- emphasis and other marks -----------------------------------------------------------------

PAIRS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(
        (
            meant,
            re.compile(
                rf"(?<!{sign}){sign}{{2}}(?!{sign})(?P<inner>[^{sign}]{{1,200}})"
                rf"(?<!{sign}){sign}{{2}}(?!{sign})"
            ),
        )
        for meant, sign in (("**", r"\*"), ("**", "_"), ("~~", "~"))
    ),
    ("**", re.compile(r"'''(?P<inner>[^']{1,200})'''")),
    ("*", re.compile(r"(?<![\w*])\*(?=[^\W\d_])(?P<inner>[^*]{1,80}\s)\*(?=[\s.,;:!?)]|$)")),
)
"""Marks of emphasis in pairs, and those of Markdown."""
DRAWN = re.compile(r"\s*([=_*~#+^-])(?:\s?\1){3,}\s*")
TITLE = re.compile(
    r"={2,6}\s*(?P<wiki>[^=\s][^=]{0,200}?)\s*(?:={2,6})?|h[1-6]\.\s+(?P<textile>\S.{0,200})"
)
OPENED = re.compile(r"(?<!\S)(?:\*\*|__|~~)(?=[^\W_]|[«“\"(])")
FOOTNOTE_SIGN = re.compile(r"[\w.)»]\*\*(?!\w)")
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]{1,40})\]|\^\[[^\[\]]{1,300}\]")
# the raised endings that French typography sets itself
ORDINAL = re.compile(r"(?<=[0-9IVXL])\^(\{)?(?:ers?|res?|n?des?|n?ds?|es?)\b(?(1)\})")
OTHER: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("placeholder", re.compile(r"\{(?:website|page|lang)\b[^{}]{0,80}\}")),
    ("attribute", re.compile(r"\{[.#:][A-Za-z][^{}]{0,80}\}")),
    (
        "highlight",
        re.compile(r"==(?=[^\s=])[^=]{1,200}(?<=\S)==|(?<!\w)\+\+(?=\w)[^+]{1,200}(?<=\S)\+\+"),
    ),
    ("raised", re.compile(r"\^[^\W_][^\s^]{0,20}\^|(?<=[\w)])\^\{?[-+]?\w{1,6}\}?")),
    ("raised", re.compile(r"(?<=[^\W_])~\w{1,6}~")),
    ("task", re.compile(r"^\[[ xX]?\](?=\s)")),
    ("attribute", re.compile(r"^(?:\[!\w{1,20}\]|!{3}\s|:{3,})")),
    ("attribute", re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{2,30}:(?!\w)")),
    ("line-end", re.compile(r"\\[nt](?![a-zà-ÿ])")),
    (
        "attribute",
        re.compile(
            r"\[(?P<code>[biusBIUS]|url|img|quote|color|size|center)(?:=[^\[\]]{0,80})?\](?=.{0,300}\[/(?P=code)\])"
        ),
    ),
)


def _emphasis(words: Words) -> Iterator[RawMark]:
    """Yield marks of emphasis in pairs that are not read, mostly for a space beside them."""
    text = words.bare
    for sign, pattern in PAIRS:
        for pair in pattern.finditer(text):
            (start, end), inner = pair.span(), pair["inner"]
            if re.search(r"\w", inner) is None:
                continue
            before = " " if inner[0].isspace() and text[start - 1 : start].strip() else ""
            after = " " if inner[-1].isspace() and text[end : end + 1].strip() else ""
            said = f"{before}{sign}{inner.strip()}{sign}{after}"
            changes = [words.change(start, end, said)] if said != pair[0] else []
            yield words.mark("emphasis", start, end, *changes)


def _before_emphasis(words: Words) -> Iterator[RawMark]:
    """Yield an asterisk too many before emphasised words: "**word*"."""
    for stretch in words.paragraph.stretches:
        start = stretch.start - 1
        if stretch.kind in ("em", "strong") and start >= 0 and words.bare[start] == "*":
            yield words.mark("emphasis", start, stretch.start)


def _opened(words: Words) -> Iterator[RawMark]:
    """Yield asterisks, underscores and tildes that begin what never ends."""
    for opened in OPENED.finditer(words.bare):
        yield words.mark("emphasis", *opened.span())


def _other(words: Words) -> Iterator[RawMark]:
    for kind, pattern in OTHER:
        for found in pattern.finditer(words.bare):
            if kind != "raised" or not ORDINAL.match(words.bare, found.start()):
                yield words.mark(kind, *found.span())


def _lines(words: Words) -> Iterator[RawMark]:
    """Yield lines drawn by hand, and headings as wikis have them, with what was meant."""
    for start, end in words.lines:
        title = TITLE.fullmatch(words.bare, start, end) if len(words.lines) == 1 else None
        if DRAWN.fullmatch(words.bare, start, end):
            yield words.mark("drawn", start, end)
        elif title:
            said = f"## {title['wiki'] or title['textile']}"
            yield words.mark("title", start, end, words.change(start, end, said))


def _html(words: Words) -> Iterator[RawMark]:
    """Yield HTML whose brackets were typed as entities; what was typed as HTML is found before."""
    for tag in HTML.finditer(words.paragraph.text) if "&" in words.markdown else ():
        first, _ = words.typed(tag.start(), tag.end())
        if words.markdown.startswith("&", first):
            yield words.mark("html", *tag.span())


FINDERS = (
    tables,
    links,
    _lines,
    _emphasis,
    _before_emphasis,
    _html,
    _other,
    lines_of_one,
    inline_items,
)
