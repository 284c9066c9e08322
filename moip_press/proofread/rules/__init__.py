"""Every rule by its code: what it finds, why, and an example.

The functions that find stand elsewhere: ``source`` (Y), ``model`` (S), ``check`` and ``faults``
(what cannot be built), ``proofread`` (what a press officer would want to know), ``incoming`` (M).
"""

from __future__ import annotations

from moip_press.proofread.rules import (
    claims,
    dates,
    images,
    imports,
    links,
    names,
    pages,
    references,
    safety,
    structure,
    typography,
    words,
    yaml,
)
from moip_press.proofread.rules.rule import Rule

# Most serious first: what readers would be misled by comes before what they would wince at.
FAMILIES = {
    "Y": yaml,
    "S": structure,
    "X": safety,
    "D": dates,
    "R": references,
    "C": claims,
    "N": names,
    "L": links,
    "I": images,
    "P": pages,
    "W": words,
    "T": typography,
    "M": imports,
}
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in FAMILIES.values() for rule in family.RULES), key=lambda r: r.code)
)
BY_CODE = {rule.code: rule for rule in RULES}


def gravity(code: str) -> tuple[int, str]:
    """Return what findings are sorted by, most serious family first."""
    families = list(FAMILIES)
    return families.index(code[0]) if code[0] in families else len(families), code
