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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from moip_press.text.characters import printed
from moip_press.text.typographic_runs import NUMBER_MASK, Line, set_quotes

if TYPE_CHECKING:
    from moip_press.text.typographic_runs import Replacement


NB = "\u00a0"
NNB = "\u202f"
SPACES = f" \t\u2009{NB}{NNB}"
SP = f"[{SPACES}]"
DIGITS = f"0123456789{NUMBER_MASK}"
DIGIT = f"[{DIGITS}]"
CAPITAL = "[A-ZÀ-ÖØ-Þ]"
LETTER = r"[^\W\d_]"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `pattern` matches, `replacement` is set.

    `name` says what the rule is for, `needs` one of which signs a text has where it matches.
    """

    name: str
    needs: str
    pattern: re.Pattern[str]
    replacement: Replacement


def rule(name: str, needs: str, pattern: str, replacement: Replacement) -> Rule:
    """Return a rule."""
    return Rule(name, needs, re.compile(pattern), replacement)


def spaces_are(space: str) -> Replacement:
    """Return the replacement that makes every space within a match this one."""
    spaces = re.compile(SP)
    return lambda match: spaces.sub(space, match[0])


def followed_by(space: str) -> Replacement:
    """Return the replacement that ends a match with this space, whether it had one or not."""
    return lambda match: match[0].rstrip(SPACES) + space


# What follows a number and is not what it counts: 4 et 5, 16 au 20, 3 of them.
NOT_COUNTED = (
    r"(?:et|ou|ni|au|aux|en|de|du|des|par|pour|dans|sur|sous|avec|que|qui|puis"
    r"|and|or|to|of|in|at|on|for|by|from|with|as|is|are|was|were)(?!\w)"
)

# A closing one follows within 200 signs; an apostrophe within a word is none.
SINGLE_QUOTE = (
    r"(?:(?<![^\n])|(?<=[\s(\[«“]))'(?=\w)"
    r"(?=(?:[^'‘’\n]|(?<=\w)['’](?=\w)){0,200}(?<=[^\s'‘’])['’](?!\w))"
)

SIGNS = (
    rule("ellipsis", ".", r"(?<!\.)\.{3}(?!\.)", "…"),
    rule("single quotes", "'", SINGLE_QUOTE, "‘"),
    rule("apostrophe", "'", f"(?<={LETTER})'", "’"),
    rule("closing single quote", "'", r"(?<=[^\s\d\"'‘’])'(?!\w)", "’"),
)

NEW_SPACES = (
    rule("p.", "p", f"\\bpp?\\.{SP}?(?={DIGIT})", followed_by(NB)),
    rule("§", "§", f"§{SP}?(?={DIGIT})", f"§{NB}"),
)

KINDS_OF_SPACES = (
    rule("arrow", "→", f"(?<=\\S){SP}(?=→)|(?<=→){SP}(?=\\S)", NB),
    rule("before a dash", "–—-", f"(?<=\\S){SP}(?=[–—-]{SP})", NB),
    rule("after a dash that opens", "–—", f"(?:(?<=^[–—])|(?<=\n[–—])){SP}(?=\\S)", NB),
    rule("plus", "+", f"(?<=\\w){SP}(?=\\+(?:{SP}|$|[»”.,;)]))", NB),
    rule("initials", ".", f"(?<![\\w.’'-]){CAPITAL}\\.{SP}(?={CAPITAL})", spaces_are(NB)),
    rule("joined initials", "-", f"(?<=\\b{CAPITAL}\\.-{CAPITAL}\\.){SP}(?={CAPITAL})", NB),
    rule("page", "p", f"\\bpages?{SP}(?={DIGIT})", spaces_are(NB)),
    rule("A · B", "·", f"{SP}·{SP}(?=\\S)", f" ·{NB}"),
    rule(
        "4 nouveaux",
        DIGITS,
        f"(?<![\\w.,:/’'-])[0-9]{{1,3}}{SP}(?=[a-zà-öø-ÿœ]{{2}})(?!{NOT_COUNTED})",
        spaces_are(NB),
    ),
    rule("(Grand Est)", "(", r"\([^\s()]{1,12} (?=\w[^\s()]{0,11}\))", followed_by(NB)),
)


UNIT = (
    r"°C|[kM]€|Md€|€|\$|£|[kcm]?m[²³]?|k?g|ha|[kMG]?Wh?|[kKMGT]o|min|s"
    r"|heures?|minutes?|millions?|milliards?|euros?"
)
FRENCH_MONTH = (
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|(?:janv|févr|avr|juill?|sept|oct|nov|déc)\."
)


def _hours(match: re.Match[str]) -> str:
    """Return 1h30 as 1 h 30."""
    hour, minute = (part.strip(SPACES) for part in match[0].split("h"))
    return f"{hour}{NB}h{NB}{minute}" if minute else f"{hour}{NB}h"


FRENCH: tuple[Rule, ...] = (
    *SIGNS,
    rule(
        "1^er", "^", r"(?<=[0-9IVXL])\^(\{)?(ers?|res?|n?des?|n?ds?|es?)\b(?(1)\})", lambda m: m[2]
    ),
    *NEW_SPACES,
    rule("«", "«", f"«{SP}*(?=[^\\s»])", f"«{NB}"),
    rule("»", "»", f"(?<=[^\\s«]){SP}*(?=»)", NB),
    rule("; ! ?", ";!?", f'(?<=[^\\s;!?(\\[{{«“‘"]){SP}*(?=[;!?](?!=))', NNB),
    rule(":", ":", f'(?<=[^\\s:;!?(\\[{{«“‘"])(?:{SP}*(?=:(?:\\s|$))|{SP}+(?=:))', NB),
    rule("14 h 30", "h", f"(?<![\\w.,:/])[0-9]{{1,2}}{SP}?h(?:{SP}?[0-5][0-9])?(?!\\w)", _hours),
    rule("%", "%‰€$£¥", f"(?<=[0-9]){SP}?(?=[%‰€$£¥])", NB),
    rule("n°", "°", f"\\b[nN]°{SP}?(?={DIGIT})", followed_by(NB)),
    *KINDS_OF_SPACES,
    rule("units", DIGITS, f"(?<=[0-9]){SP}(?=(?:{UNIT})(?![\\w’'-]))", NB),
    rule(
        "thousands",
        DIGITS,
        f"(?<![\\d.,])[1-9][0-9]{{0,2}}(?:{SP}[0-9]{{3}})+(?![0-9])",
        spaces_are(NNB),
    ),
    rule(
        "06 08 72 50 29",
        DIGITS,
        f"(?<![\\d+])(?:\\+33{SP}(?:\\(0\\){SP}?)?[1-9]|0[1-9])(?:{SP}[0-9]{{2}}){{4}}(?![0-9])",
        spaces_are(NB),
    ),
    rule(
        "0 800 123 456",
        DIGITS,
        f"(?<!\\d)0{SP}8[0-9]{{2}}{SP}[0-9]{{3}}{SP}[0-9]{{3}}(?![0-9])",
        spaces_are(NB),
    ),
    rule(
        "1er novembre",
        DIGITS,
        f"(?<!\\w)(?:[0-9]{{1,2}}|1er){SP}(?=(?:{FRENCH_MONTH})(?!\\w))",
        spaces_are(NB),
    ),
    rule("XXIe siècle", "è", f"(?<=[IVX]e){SP}(?=siècles?\\b)", NB),
    rule(
        "8e édition",
        DIGITS,
        f"(?<![\\w.,’'-])[0-9]{{1,3}}(?:er|re|n?de?|e)s?{SP}(?=[a-zà-öø-ÿœ]{{2}})",
        spaces_are(NB),
    ),
    rule("nos", "s", f"\\b[nN]os{SP}(?={DIGIT})", spaces_are(NB)),
    rule("art.", ".", f"\\b(?:art|chap|fig|vol|t|coll)\\.{SP}(?={DIGIT})", spaces_are(NB)),
    rule(
        "M.",
        "MDP",
        f"(?<![\\w.])(?:MM?\\.|M(?:me|lle)s?|Mgr|Me|Dr|Pr){SP}(?={CAPITAL})",
        spaces_are(NB),
    ),
    rule("etc.", "c", f"(?<=\\S){SP}(?=etc(?:\\.|…))", NB),
)


ENGLISH_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Oct|Nov|Dec"
)


# Numbers of as many digits, or two years: "555-1234" and "2021-11-18" are no ranges.
RANGE = (
    r"(?<![\w.,:/-])(?:[0-9]{1,2}-(?=[0-9]{1,2}(?![\w:/-]|\.[0-9]))"
    r"|[0-9]{3}-(?=[0-9]{3}(?![\w:/-]|\.[0-9]))"
    r"|[0-9]{4}-(?=(?:[0-9]{2}|[0-9]{4})(?![\w:/-]|\.[0-9])))"
)

ENGLISH: tuple[Rule, ...] = (
    rule("’90s", "'", r"(?<![^\s(\[“‘«])'(?=[0-9]0s\b)", "’"),
    *SIGNS,
    rule("2021’s", "'", r"(?<=[0-9])'(?=s\b)", "’"),
    *NEW_SPACES,
    # after the spaces: "p.2021-22" is a range once "p." stands apart
    rule("ranges", "-", RANGE, lambda match: f"{match[0][:-1]}–"),
    *KINDS_OF_SPACES,
    rule(
        "1 November", DIGITS, f"(?<!\\w)[0-9]{{1,2}}{SP}(?=(?:{ENGLISH_MONTH})\\b)", spaces_are(NB)
    ),
    rule(
        "November 1",
        DIGITS,
        f"\\b(?:{ENGLISH_MONTH}){SP}(?=[0-9]{{1,2}}(?![\\w:]))",
        spaces_are(NB),
    ),
    rule("9 am", DIGITS, f"(?<=[0-9]){SP}(?=[ap]\\.?m\\b)", NB),
    rule("Mr", "MDPS", f"(?<![\\w.])(?:Mr|Mrs|Ms|Dr|Prof|St)\\.?{SP}(?={CAPITAL})", spaces_are(NB)),
    rule("No.", "N", f"\\bNos?\\.?{SP}(?={DIGIT})", spaces_are(NB)),
    rule("units", DIGITS, f"(?<=[0-9]){SP}(?=(?:[mb]illion|[kcm]m|kg|ha|[GM]B|kWh|°C)\\b)", NB),
    rule(
        "020 7946 0018",
        DIGITS,
        f"(?<![\\d+])(?:\\+44{SP}[0-9]{{2,4}}|0[0-9]{{2,4}})(?:{SP}[0-9]{{3,4}}){{2}}(?![0-9])",
        spaces_are(NB),
    ),
)


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
