"""Letters that are raised: French ordinals.

*Lexique des règles typographiques en usage à l'Imprimerie nationale*, "abréviations" and
"nombres": 1er, 1re, 1ers, 1res, 2d, 2de, 2e, XXIe. "1ère" and "2ème" are no abbreviations,
and stay as typed. *New Hart's Rules*: English ordinals stay on the line.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text", "raised"]

# Roman numerals stop at L: of "De", "Ce" and "Me", the first letter is one too.
FRENCH_ORDINAL = re.compile(
    r"""
    (?<![\w.,’'\ue000\ue001])
    (?: 1(?=(?:er|re)s?\b) | 2(?=n?de?s?\b) | [0-9]{1,4}(?=es?\b)
      | I(?=(?:er|re)s?\b) | II(?=de?s?\b)
      | (?:[VX]|(?=[IVXL]{2})L?X{0,4}(?:IX|IV|V?I{0,3}))(?=es?\b)
    )
    (er|re|n?de|n?d|e)(s?)\b
    """,
    re.VERBOSE,
)


def pieces(text: str, language: str) -> list[tuple[Kind, str]]:
    """Return the text cut into what stands on the line and what is raised."""
    if language != "fr":
        return [("text", text)] if text else []
    found: list[tuple[Kind, str]] = []
    done = 0
    for match in FRENCH_ORDINAL.finditer(text):
        found += [
            ("text", text[done : match.start(1)]),
            ("raised", text[match.start(1) : match.end()]),
        ]
        done = match.end()
    return [piece for piece in [*found, ("text", text[done:])] if piece[1]]
