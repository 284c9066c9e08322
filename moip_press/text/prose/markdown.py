"""The Markdown parser: CommonMark, less what is an accident in a press kit.

Off: HTML (shown as text), indented code (a paragraph typed with spaces before it), reference
definitions ("[Lieu]: Paris" would vanish). The only user of markdown-it-py, with `marks`.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from moip_press.report.diagnostics import LINE_BREAK
from moip_press.text.prose.marks import marks
from moip_press.text.prose.typed_blocks import (
    NOTE_SIGN,
    SECOND_NOTE,
    idle_notes,
    letters,
    note_definition,
    place_cells,
    usual,
)

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from moip_press.text.prose.marks import Mark


LONGEST = 100_000
"""Characters of a text that is read as Markdown; longer ones are shown as plain paragraphs."""

DEEPEST = 20
"""Levels of lists and quotations; deeper texts are shown as plain paragraphs."""

LONGEST_RUN = 12
"""Asterisks, underscores or tildes in a row that may be markup; more are a line drawn by hand."""

OPENS, CLOSES = frozenset("«“‘„([\"'"), frozenset("»”’)]\"'!?.…")
"""What may stand at the ends of emphasised words where a letter follows or comes before."""


@cache
def _parser(*, inline: bool = True, joined: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 3 * DEEPEST})
    parser.disable(["code", "reference", "html_block", "link", "image", "autolink", "html_inline"])
    parser.enable(["strikethrough", "table"])
    parser.block.ruler.before("table", "note", note_definition, {"alt": ["paragraph"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("strikethrough", "drawn_line", _drawn_line)
    parser.inline.ruler.push("mark", _mark)
    parser.inline.ruler.at("text", _text)
    if not inline:
        parser.disable(["inline", "text_join"])
    if not joined:
        parser.disable(["text_join"])
    return parser


def blocks(markdown: str, *, inline: bool = True) -> list[Token] | None:
    """Return the tokens of a text; None where it is too long or too deep to be Markdown.

    Without `inline`, the text within the blocks is not parsed.
    """
    if len(markdown) > LONGEST:
        return None
    text, changed = usual(markdown)
    tokens = _parsed(text, inline=inline)
    if changed and (others := changed - _begun(tokens)):  # lines within a paragraph or a code
        text = usual(markdown, others)[0]
        tokens = _parsed(text, inline=inline)
    if changed:
        _count_by_letters(tokens, markdown)
    if "|" in markdown:
        place_cells(tokens, markdown.split("\n"))
    return None if any(token.level > DEEPEST for token in tokens) else tokens


def _parsed(text: str, *, inline: bool) -> list[Token]:
    """Return the tokens of a text; what is written as a footnote that no sign refers to is none."""
    parser = _parser(inline=inline)
    tokens = parser.parse(text, {})
    if NOTE_SIGN in text and (left := idle_notes(tokens)):
        tokens = parser.parse(text, {"left": left})
    return tokens


def _begun(tokens: list[Token]) -> set[int]:
    """Return the lines on which an item or a heading begins."""
    begun = (token for token in tokens if token.type in ("list_item_open", "heading_open"))
    return {token.map[0] for token in begun if token.map}


def _count_by_letters(tokens: list[Token], markdown: str) -> None:
    """Tell the lists whose items are counted by letters, which Markdown counts by numbers."""
    lines = markdown.split("\n")
    for token in tokens:
        if token.type == "ordered_list_open" and token.map:
            kind = letters(lines[token.map[0]])
            token.attrs |= {"class": kind} if kind else {}


def line(markdown: str) -> list[Token] | None:
    """Return the inline tokens of a text of one paragraph; None where it is too long."""
    if len(markdown) > LONGEST:
        return None
    return _parser().parseInline(markdown.strip(), {})[0].children or []


def pieces(content: str, known: frozenset[str] = frozenset()) -> list[Token]:
    """Return the inline tokens of a block's text, each as long as what it was typed as.

    `known` are the footnotes of the whole text.

    `text_special` are escapes and entities, which elsewhere are joined with the text.
    """
    return _parser(joined=False).parseInline(content, {"notes": known})[0].children or []


def _marks(state: StateInline) -> tuple[dict[int, Mark], list[int]]:
    """Return the marks of a block's text by where they start, and where its addresses do."""
    known: MutableMapping[str, Any] = state.env
    if known.get("text") != state.src:
        found = marks(state.src)
        starts = [at for at, mark in found.items() if mark.kind in ("address", "telephone")]
        known["text"], known["marks"] = state.src, (found, sorted(starts))
    return cast("tuple[dict[int, Mark], list[int]]", known["marks"])


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    """Read on to what may be markup, or to an address, which begins like any word."""
    found = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    _, starts = _marks(state)
    index = bisect_left(starts, state.pos)
    if index < len(starts):
        end = min(end, starts[index])
    if end == state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    mark = None if silent else _marks(state)[0].get(state.pos)
    if mark is None or mark.kind == "html":
        return False
    known = () if state.env.get("linked") else state.env.get("notes", ())
    if mark.kind == "note" and (mark.url not in known or SECOND_NOTE.match(state.src, mark.start)):
        return False
    if mark.kind in ("page", "note"):
        token = state.push(mark.kind, "", 0)
        token.meta["mark"], token.content = mark, state.src[mark.start : mark.end]
    elif mark.kind in ("autolink", "address", "telephone"):
        state.push("link_open", "a", 1).meta["mark"] = mark
        if mark.kind == "autolink":
            state.push("text", "", 0).content = state.src[slice(*mark.target)]
        else:
            _address(state, state.src[mark.start : mark.end])
        state.push("link_close", "a", -1)
    else:
        _labelled(state, mark)
    state.pos = mark.end
    return True


def _address(state: StateInline, typed: str) -> None:
    """Read an address: there are escapes, entities and ends of lines in it, and nothing else."""
    for number, part in enumerate(typed.split("\n")):
        if number:
            state.push("softbreak", "br", 0)
        meant = unescapeAll(part)
        token = state.push("text" if meant == part else "text_special", "", 0)
        token.content, token.markup = meant, part


def _labelled(state: StateInline, mark: Mark) -> None:
    """Read the label of a link or a passage as Markdown; an image's stands for it, as text."""
    end = state.posMax
    state.pos = mark.start + (2 if mark.kind == "image" else 1)
    state.posMax = mark.label_end
    state.push(f"{mark.kind}_open", "a", 1).meta["mark"] = mark
    around = state.env.get("linked", False)
    state.env["linked"] = around or mark.kind != "passage"
    state.md.inline.tokenize(state)
    state.env["linked"] = around
    state.push(f"{mark.kind}_close", "a", -1)
    state.posMax = end


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    """Read asterisks and underscores as CommonMark has it, but for what the French type.

    Quotation marks and brackets may be emphasised where a letter touches them: "l**« été »**et".
    An asterisk in brackets or between figures is one: "(*)", "2*3".
    """
    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    length, can_open, can_close = _delimiters(state, sign)
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = sign
        state.delimiters.append(
            Delimiter(ord(sign), length, len(state.tokens) - 1, -1, can_open, can_close)
        )
    state.pos += length
    return True


def _delimiters(state: StateInline, sign: str) -> tuple[int, bool, bool]:
    """Return how many there are, and whether they may open and close emphasis."""
    found = state.scanDelims(state.pos, sign == "*")
    before = state.src[state.pos - 1 : state.pos]
    after = state.src[state.pos + found.length : state.pos + found.length + 1]
    if sign == "*" and (before + after == "()" or (before.isdigit() and after.isdigit())):
        return found.length, False, False
    opens = sign == "*" and after in OPENS and before.isalnum()
    closes = sign == "*" and before in CLOSES and after.isalnum()
    return found.length, found.can_open or opens, found.can_close or closes


def _drawn_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    sign = state.src[state.pos]
    if silent or sign not in "*_~":
        return False
    end = state.pos
    while state.src.startswith(sign, end):
        end += 1
    if end - state.pos <= LONGEST_RUN:
        return False
    state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]
LIST_OPEN = ("bullet_list_open", "ordered_list_open")


def as_typed(tokens: list[Token]) -> list[Token]:
    """Return the tokens with lists of one item as the paragraphs they were meant to be.

    "2021. Une année" and "* sous réserve" are no lists. One line after a hyphen is, and so is one
    that is indented below an item.
    """
    dropped: set[int] = set()
    prefixes: dict[int, str] = {}
    below = _below_items(tokens)
    for start, end in _pairs(tokens, LIST_OPEN):
        items = [
            number
            for number in range(start + 1, end)
            if tokens[number].type == "list_item_open"
            and tokens[number].level == tokens[start].level + 1
        ]
        prefix = tokens[items[0]].info + tokens[items[0]].markup
        listed = len(items) > 1 or prefix == "-" or (prefix in "*+" and start in below)
        if not listed and tokens[items[0] + 2].type == "inline":
            dropped |= {start, items[0], end - 1, end}
            prefixes[items[0] + 2] = f"{prefix} "
    for number, prefix in prefixes.items():
        children = tokens[number].children or []
        tokens[number].children = [Token("text", "", 0, content=prefix), *children]
    return [token for number, token in enumerate(tokens) if number not in dropped]


def is_one_paragraph(markdown: str) -> bool:
    """Return whether a text is a paragraph and nothing else."""
    tokens = blocks(markdown, inline=False)
    return tokens is None or [token.type for token in as_typed(tokens)] == PARAGRAPH


def _below_items(tokens: list[Token]) -> set[int]:
    """Return the indexes of the lists that begin on a line of their own within an item."""
    below: set[int] = set()
    lines: list[int] = []
    for number, token in enumerate(tokens):
        line = token.map[0] if token.map else 0
        if token.type == "list_item_open":
            lines.append(line)
        elif token.type == "list_item_close":
            lines.pop()
        elif token.type in LIST_OPEN and lines and line > lines[-1]:
            below.add(number)
    return below


def tight(tokens: list[Token]) -> set[int]:
    """Return the indexes of the paragraph tags that are not written: one alone in its item."""
    hidden: set[int] = set()
    for start, end in _pairs(tokens, ("list_item_open",)):
        level = tokens[start].level + 1
        paragraphs = [
            number
            for number in range(start + 1, end)
            if tokens[number].level == level
            and tokens[number].type in ("paragraph_open", "paragraph_close")
        ]
        if len(paragraphs) == 2:
            hidden |= set(paragraphs)
    return hidden


def _pairs(tokens: list[Token], kinds: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where each block of these kinds opens and closes."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    closes = tuple(kind.replace("open", "close") for kind in kinds)
    for number, token in enumerate(tokens):
        if token.type in kinds:
            opened.append(number)
        elif token.type in closes:
            pairs.append((opened.pop(), number))
    return pairs


def line_starts(markdown: str) -> list[int]:
    """Return the offset at which each line of a text starts, and its end, twice."""
    ends = [match.end() for match in LINE_BREAK.finditer(markdown)]
    return [0, *ends, len(markdown), len(markdown)]


class Place:
    """From a place in a block's text to the place in the Markdown.

    A line of a block is the end of a line of the Markdown, but for the marks of a heading.
    """

    def __init__(self, markdown: str, starts: list[int], token: Token) -> None:
        first, last = token.map or [0, 0]
        self.row = starts[first]
        content = token.content.split("\n")
        while (
            first < last and content[0].strip() not in markdown[starts[first] : starts[first + 1]]
        ):
            first += 1  # a line of no-break spaces, which the parser takes for none
        self.lines: list[tuple[int, int]] = []
        at = 0
        for number, line in zip(
            range(first, max(last, first + len(content))), content, strict=False
        ):
            source = markdown[starts[number] : starts[number + 1]]
            self.lines.append((at, starts[number] + _offset(source, line)))
            at += len(line) + 1
        self.starts = [start for start, _ in self.lines]
        self.cell: tuple[int, ...] = token.meta.get("offsets", ())

    def __call__(self, place: int) -> int:
        """Return the offset in the Markdown of the sign at `place` of the block."""
        if self.cell:
            return self.row + self.cell[min(place, len(self.cell) - 1)]
        index = max(bisect_left(self.starts, place + 1) - 1, 0)
        start, source = self.lines[index]
        return source + place - start


def _offset(source: str, line: str) -> int:
    """Return where a line of a block starts in its line of the Markdown (may be negative)."""
    text = line.strip()
    if not text:
        return max(source.find(line), 0)
    indent = len(line) - len(line.lstrip())
    ended = source.rstrip()
    if not ended.endswith(text):
        ended = ended.rstrip("#").rstrip()
    if not ended.endswith(text):
        return source.find(text) - indent
    return len(ended) - len(text) - indent
