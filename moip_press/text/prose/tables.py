"""Tables in Markdown: where their cells are typed, and how they are written as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

PARTS = ("table_open", "thead_open", "tbody_open", "tr_open", "th_open", "td_open")
ALIGNED = {"text-align:right": ' class="number"', "text-align:center": ' class="centred"'}


def place_cells(tokens: Sequence[Token], lines: Sequence[str]) -> None:
    """Note of each cell where its characters stand in the line of its row.

    A bar in a cell is typed with a backslash before it, which the parser takes away.
    """
    at = 0
    for number, token in enumerate(tokens):
        if token.type == "tr_open":
            at = 0
        elif token.type == "inline" and tokens[number - 1].type in ("th_open", "td_open"):
            line = lines[token.map[0]] if token.map else ""
            typed = token.content.replace("|", "\\|")
            start = max(line.find(typed, at), 0)
            token.meta["offsets"] = tuple(_offsets(token.content, start))
            at = start + len(typed)


def _offsets(content: str, start: int) -> Iterator[int]:
    """Yield where each character of a cell is typed, and where the last one ends."""
    for sign in content:
        start += sign == "|"
        yield start
        start += 1
    yield start


def written(tokens: Sequence[Token]) -> dict[int, str]:
    """Return the tags of the tables among tokens, by their numbers.

    A column without a heading names the rows. A table of which no column has a heading has no
    head; one that is nothing but a head is a row.
    """
    found: dict[int, str] = {}
    heads: list[bool] = []
    for number, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
            end = _end(tokens, number)
            inside = tokens[number:end]
            bare = all(not t.content for t in _cells(inside, "th_open"))
            alone = not any(t.type == "tbody_open" for t in inside)
        if token.type == "thead_open" and bare and not alone:
            for each in range(number, _end(tokens, number) + 1):
                found[each] = ""
            heads = [False]
        elif token.type in ("thead_open", "thead_close") and alone:
            found.setdefault(number, f"<{'/' * (token.nesting < 0)}tbody>\n")
        elif token.type in ("th_open", "td_open") and number not in found:
            words, align = bool(tokens[number + 1].content), _align(token)
            if token.type == "th_open":
                heads.append(words)
                found[number] = f'<th scope="col"{align}>' if words else "<td>"
                found[number + 2] = "</th>" if words else "</td>\n"
            elif tokens[number - 1].type == "tr_open" and heads and not heads[0] and words:
                found[number], found[number + 2] = '<th scope="row">', "</th>"
            else:
                found[number] = f"<td{align}>"
    return found


def _end(tokens: Sequence[Token], start: int) -> int:
    closing = tokens[start].type.replace("open", "close")
    return next(n for n in range(start, len(tokens)) if tokens[n].type == closing)


def _cells(tokens: Sequence[Token], kind: str) -> Iterator[Token]:
    return (tokens[n + 1] for n, token in enumerate(tokens) if token.type == kind)


def _align(token: Token) -> str:
    return ALIGNED.get(str(token.attrs.get("style")), "")
