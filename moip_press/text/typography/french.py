"""The rules of French: *Lexique des règles typographiques en usage à l'Imprimerie nationale*.

A narrow no-break space before ; ! ?, a no-break space before : and within « », 14 h 30,
12 000, 50 %, 1er novembre, n° 3, M. Dupont kept together.
"""

from __future__ import annotations

import re

from moip_press.text.typography.rules import (
    CAPITAL,
    DIGIT,
    DIGITS,
    KINDS_OF_SPACES,
    NB,
    NEW_SPACES,
    NNB,
    SIGNS,
    SP,
    SPACES,
    Rule,
    followed_by,
    rule,
    spaces_are,
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
    rule("%", "%‰€", f"(?<=[0-9]){SP}?(?=[%‰€])", NB),
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
