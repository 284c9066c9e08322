"""Micro-typography: the spaces, quotes, apostrophes and raised letters of good printing.

Words are never changed; characters become those that print (`characters`). What is set once stays
as it is when set again. Links, e-mail addresses and `{page:…}` placeholders are left alone. French
follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale*; English follows
*New Hart's Rules* and the GOV.UK style guide.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from typing import Literal

from moip_press.text.characters import printed
from moip_press.text.typography.language_rules import ENGLISH, FRENCH
from moip_press.text.typography.runs import Line, set_quotes

__all__ = ["ordinals_to_html", "plain", "spans", "to_html", "typeset_runs", "typeset_text"]

RULES = {"fr": FRENCH, "en": ENGLISH}


def language_of(language: str) -> str:
    """Return `fr` or `en`: whose rules are used; English for any other language."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in RULES else "en"


def typeset_runs(runs: Sequence[str], language: str, *, opaque: Collection[int] = ()) -> list[str]:
    """Return the runs of one paragraph with their typography: as many, in order.

    Runs are what stands between two pieces of markup; a rule sees the whole paragraph, so
    that a quote may open in one run and close in another. The runs whose indexes are in
    `opaque` (code, page numbers) are returned as they are, and count as context only.
    """
    base = language_of(language)
    shown = [run if index in opaque else printed(run) for index, run in enumerate(runs)]
    line = Line(shown, opaque)
    set_quotes(line, base)
    signs = set(line.text)
    for rule in RULES[base]:
        if not signs.isdisjoint(rule.needs):
            line.replace(rule.pattern, rule.replacement)
    return line.runs()


def typeset_text(text: str, language: str) -> str:
    """Return plain text with its typography."""
    return typeset_runs([text], language)[0]


def spans(text: str, language: str) -> list[tuple[Kind, str]]:
    """Return plain text with its typography, cut where letters are raised.

    Pairs of "text" or "raised" and the characters: `1er` is `("text", "1"), ("raised", "er")`.
    """
    return pieces(typeset_text(text, language), language_of(language))


def ordinals_to_html(text: str, language: str) -> str:
    """Return text whose typography is set already as HTML: escaped, ordinals in `<sup>`."""
    return "".join(
        f"<sup>{html.escape(piece, quote=False)}</sup>"
        if kind == "raised"
        else html.escape(piece, quote=False)
        for kind, piece in pieces(text, language_of(language))
    )


def to_html(text: str, language: str) -> str:
    """Return plain text with its typography as HTML: escaped, ordinals in `<sup>`."""
    return ordinals_to_html(typeset_text(text, language), language)


def plain(text: str, language: str) -> str:
    """Return plain text with its typography and no markup: for links, attributes, outlines."""
    return typeset_text(text, language)


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
