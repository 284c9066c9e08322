"""What a rule is, and the rules that languages share.

A language lists its rules in order: signs, then spaces that are put in, then kinds of spaces.
So a rule never undoes what an earlier one looked at, and setting a text twice changes nothing.

Every pattern matches as little as it changes, and starts from a sign or a word, never from a
run of spaces: a paragraph of a million spaces is read in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moip_press.text.typography.line import NUMBER_MASK

if TYPE_CHECKING:
    from moip_press.text.typography.line import Replacement

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
)
