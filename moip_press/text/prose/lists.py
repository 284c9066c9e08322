"""Lists: tight, and only where a list was meant."""

from __future__ import annotations

from markdown_it.token import Token

LIST_OPEN = ("bullet_list_open", "ordered_list_open")


def as_typed(tokens: list[Token]) -> list[Token]:
    """Return the tokens with lists of one item as the paragraphs they were meant to be.

    "2021. Une année" and "* sous réserve" are no lists. One line after a hyphen is.
    """
    dropped: set[int] = set()
    prefixes: dict[int, str] = {}
    for start, end in _pairs(tokens, LIST_OPEN):
        items = [
            number
            for number in range(start + 1, end)
            if tokens[number].type == "list_item_open"
            and tokens[number].level == tokens[start].level + 1
        ]
        prefix = tokens[items[0]].info + tokens[items[0]].markup
        if len(items) == 1 and prefix != "-" and tokens[items[0] + 2].type == "inline":
            dropped |= {start, items[0], end - 1, end}
            prefixes[items[0] + 2] = f"{prefix} "
    for number, prefix in prefixes.items():
        children = tokens[number].children or []
        tokens[number].children = [Token("text", "", 0, content=prefix), *children]
    return [token for number, token in enumerate(tokens) if number not in dropped]


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
