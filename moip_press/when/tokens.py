"""The words, numbers and signs of a date, with their places in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from moip_press.when.names import fold

PATTERN = re.compile(
    r"(?P<number>[0-9]+)"
    r"|(?P<word>(?:[^\W\d_][\u0300-\u036f]*)+)"
    r"|(?P<space>[\s\u200b\u2060\ufeff]+)"
    r"|(?P<sign>.)",
    re.DOTALL,
)

# Every dash and arrow means "to", every apostrophe is one.
SIGNS = dict.fromkeys("-‐‑‒–—−→", "-") | dict.fromkeys("'’‘ʼ′", "'")


@dataclass(frozen=True, slots=True)
class Token:
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
        glued = bool(found) and found[-1].end == match.start()
        place = match.start(), match.end(), glued
        if match["number"]:
            found.append(Token("number", match["number"], *place))
        elif match["word"]:
            found.append(Token("word", fold(match["word"]), *place))
        elif match["sign"]:
            found.append(Token("sign", SIGNS.get(match["sign"], match["sign"]), *place))
    return tuple(found)


Phrase = tuple[str, ...]


def phrases(*written: str) -> tuple[Phrase, ...]:
    """Return phrases as sequences of token texts, the longest first."""
    found = {tuple(token.text for token in tokens(phrase)) for phrase in written}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
