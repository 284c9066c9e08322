"""The table of all rules."""

from __future__ import annotations

from typing import Any

from moip_press.proofread.rules import FAMILIES
from moip_press.proofread.rules.explanation import SEVERITIES, wrapped
from moip_press.report.messages import N_, Catalogue

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
    "M": N_("Import"),
}


MARK = N_("* “moip-press check --fix” corrects at least some of what this rule finds.")
MORE = N_("“moip-press check --explain CODE” says more of a rule.")


def table(catalogue: Catalogue, width: int = 0) -> str:
    """Return a line a rule, family by family: its code, how grave it is, what it finds.

    Lines are at most ``width`` characters long, and a summary goes on in its column; 0 for any.
    """
    words = {severity: catalogue.gettext(word) for severity, word in SEVERITIES.items()}
    room = max(map(len, words.values()))
    blocks = []
    for letter, family in FAMILIES.items():
        lines = [f"{letter}  {catalogue.gettext(TITLES[letter])}"] if family.RULES else []
        for rule in family.RULES:
            head = f"{rule.code}{'*' if rule.fixable else ' '} {words[rule.severity]:<{room}}  "
            summary = catalogue.gettext(rule.summary)
            lines += wrapped(summary, width, head, " " * len(head))
        blocks += ["\n".join(lines)] if lines else []
    closing = [*wrapped(catalogue.gettext(MARK), width, "", "  ")]
    closing += wrapped(catalogue.gettext(MORE), width, "", "  ")
    return "\n\n".join([*blocks, "\n".join(closing)]) + "\n"


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
