"""The Markdown parser: CommonMark, less what is an accident in a press kit.

Off: HTML (shown as text), indented code (a paragraph typed with spaces before it), reference
definitions ("[Lieu]: Paris" would vanish). The only user of markdown-it-py, with `marks`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from moip_press.text.prose.marks import marks

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from moip_press.text.prose.marks import Mark

LONGEST = 100_000
"""Characters of a text that is read as Markdown; longer ones are shown as plain paragraphs."""

DEEPEST = 20
"""Levels of lists and quotations; deeper texts are shown as plain paragraphs."""

LONGEST_RUN = 12
"""Asterisks or underscores in a row that may be emphasis; more are a line drawn by hand."""


@cache
def _parser(*, inline: bool = True, joined: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 3 * DEEPEST})
    parser.disable(["code", "reference", "html_block", "link", "image", "autolink", "html_inline"])
    parser.inline.ruler.before("emphasis", "drawn_line", _drawn_line)
    parser.inline.ruler.push("mark", _mark)
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
    tokens = _parser(inline=inline).parse(markdown, {})
    return None if any(token.level > DEEPEST for token in tokens) else tokens


def line(markdown: str) -> list[Token] | None:
    """Return the inline tokens of a text of one paragraph; None where it is too long."""
    if len(markdown) > LONGEST:
        return None
    return _parser().parseInline(markdown.strip(), {})[0].children or []


def pieces(content: str) -> list[Token]:
    """Return the inline tokens of a block's text, each as long as what it was typed as.

    `text_special` are escapes and entities, which elsewhere are joined with the text.
    """
    return _parser(joined=False).parseInline(content, {})[0].children or []


def _marks(state: StateInline) -> dict[int, Mark]:
    known: MutableMapping[str, Any] = state.env
    if known.get("text") != state.src:
        known["text"], known["marks"] = state.src, marks(state.src)
    found: dict[int, Mark] = known["marks"]
    return found


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    mark = None if silent else _marks(state).get(state.pos)
    if mark is None or mark.kind == "html":
        return False
    if mark.kind == "page":
        token = state.push("page", "", 0)
        token.meta["mark"], token.content = mark, state.src[mark.start : mark.end]
    elif mark.kind == "autolink":
        state.push("link_open", "a", 1).meta["mark"] = mark
        state.push("text", "", 0).content = state.src[slice(*mark.target)]
        state.push("link_close", "a", -1)
    else:
        _labelled(state, mark)
    state.pos = mark.end
    return True


def _labelled(state: StateInline, mark: Mark) -> None:
    """Read the label of a link or a passage as Markdown; an image's stands for it, as text."""
    end = state.posMax
    state.pos = mark.start + (2 if mark.kind == "image" else 1)
    state.posMax = mark.label_end
    state.push(f"{mark.kind}_open", "a", 1).meta["mark"] = mark
    state.md.inline.tokenize(state)
    state.push(f"{mark.kind}_close", "a", -1)
    state.posMax = end


def _drawn_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- the parser's call
    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    end = state.pos
    while state.src.startswith(sign, end):
        end += 1
    if end - state.pos <= LONGEST_RUN:
        return False
    state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True
