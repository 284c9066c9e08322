"""The table of all rules."""

from __future__ import annotations

from typing import Any

from moip_press.messages import N_, Catalogue
from moip_press.rules import FAMILIES
from moip_press.rules.explanation import SEVERITIES
from moip_press.rules.rule import Rule

TITLES = {
    "Y": N_("YAML"),
    "S": N_("Fields and files"),
    "X": N_("Safety"),
    "D": N_("Dates"),
    "R": N_("References and repetitions"),
    "C": N_("Claims"),
    "N": N_("Names"),
    "L": N_("Links and contacts"),
    "I": N_("Images and access"),
    "P": N_("Pages"),
    "W": N_("Words"),
    "T": N_("Typography"),
}


def table(catalogue: Catalogue) -> str:
    """Return a line a rule, family by family: its code, how grave it is, what it finds."""
    blocks = []
    for letter, family in FAMILIES.items():
        lines = [f"{letter}  {catalogue.gettext(TITLES[letter])}"]
        lines += [_line(rule, catalogue) for rule in family.RULES]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _line(rule: Rule, catalogue: Catalogue) -> str:
    severity = catalogue.gettext(SEVERITIES[rule.severity])
    mark = "*" if rule.fixable else " "
    return f"{rule.code}{mark} {severity:<13} {catalogue.gettext(rule.summary)}"


def document(catalogue: Catalogue) -> dict[str, Any]:
    """Return the rules as JSON values."""
    say = catalogue.gettext
    return {
        "version": 1,
        "rules": [
            {
                "code": rule.code,
                "name": rule.name,
                "family": say(TITLES[letter]),
                "severity": rule.severity.value,
                "summary": say(rule.summary),
                "reason": say(rule.reason),
                "wrong": rule.wrong,
                "right": rule.right,
                "source": say(rule.source) if rule.source else None,
                "fixable": rule.fixable,
            }
            for letter, family in FAMILIES.items()
            for rule in family.RULES
        ],
    }
