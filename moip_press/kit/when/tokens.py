"""The words, numbers and signs of a date, with their places in the text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from moip_press.text.folding import letters

PATTERN = re.compile(
    r"(?P<number>[0-9]+)"
    r"|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)"
    r"|(?P<space>[\s\u200b\u2060\ufeff]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)

# Every dash and arrow means "to", every apostrophe is one.
SIGNS = dict.fromkeys("-‐‑‒–—−→", "-") | dict.fromkeys("'’‘ʼ′", "'")


class Token(NamedTuple):
    """A word (folded), a number or a sign at `text[start:end]`; `glued` to the one before."""

    kind: Literal["word", "number", "sign"]
    text: str
    start: int
    end: int
    glued: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text; spaces of any kind only separate them."""
    found: list[Token] = []
    for match in PATTERN.finditer(text):
        kind, word, (start, end) = match.lastgroup, match[0], match.span()
        glued = bool(found) and found[-1].end == start
        if kind == "number":
            found.append(Token("number", word, start, end, glued))
        elif kind == "word":
            found.append(Token("word", letters(word), start, end, glued))
        elif kind == "sign":
            found.append(Token("sign", SIGNS.get(word, word), start, end, glued))
    return tuple(found)


Phrase = tuple[str, ...]


def phrases(*written: str) -> tuple[Phrase, ...]:
    """Return phrases as sequences of token texts, the longest first."""
    found = {tuple(token.text for token in tokens(phrase)) for phrase in written}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
