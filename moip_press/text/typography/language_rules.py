"""The rules of French and English, and those that both share.

French: *Lexique des règles typographiques en usage à l'Imprimerie nationale*. English: *New Hart's
Rules*, and the GOV.UK style guide for dates and times.

A language lists its rules in order: characters, then spaces that are put in, then kinds of spaces.
So a rule never undoes what an earlier one looked at, and setting a text twice changes nothing.

Every pattern matches as little as it changes, and starts from a character or a word, never from a
run of spaces: a paragraph of a million spaces is read in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.text.typography.runs import NUMBER_MASK

if TYPE_CHECKING:
    from moip_press.text.typography.runs import Replacement


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
