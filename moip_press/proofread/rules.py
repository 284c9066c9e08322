"""Where every rule is: its record lies beside the code that reports it.

The modules are imported when a rule of their family is asked for. They are named, not imported,
since some of them lie above the proofreader: what an import or the making of pages reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from moip_press.report.messages import N_
from moip_press.report.rule import Rule


@dataclass(frozen=True)
class Family:
    """The rules of one letter: what they are about (a msgid), and the modules that have them."""

    title: str
    modules: str


# Most serious first: what readers would be misled by comes before what they would wince at.
FAMILIES = {
    "Y": Family(N_("YAML"), "kit.source.yaml_rules"),
    "S": Family(
        N_("Fields and files"),
        "kit.kit_rules press.building_rules proofread.check.references proofread.check.statuses"
        " proofread.check.texts proofread.waivers",
    ),
    "X": Family(N_("Safety"), "kit.kit_rules press.building_rules proofread.check.pictures"),
    "D": Family(N_("Dates"), "kit.kit_rules proofread.check.pages proofread.dates"),
    "R": Family(
        N_("References and repetitions"),
        "kit.kit_rules proofread.check.handouts proofread.check.references proofread.twice",
    ),
    "C": Family(N_("Claims"), "proofread.claims"),
    "N": Family(N_("Names"), "proofread.names"),
    "L": Family(
        N_("Links and contacts"),
        "kit.kit_rules proofread.check.texts proofread.links.addresses proofread.links.contacts"
        " proofread.links.events proofread.links.words",
    ),
    "I": Family(
        N_("Images and access"),
        "pdf.verification_rules proofread.access.headings proofread.access.link_words"
        " proofread.access.pictures proofread.check.alternatives proofread.check.pictures",
    ),
    "P": Family(
        N_("Pages"),
        "press.building_rules proofread.pages.embargo proofread.pages.emptiness"
        " proofread.pages.overflow proofread.pages.splits proofread.pages.titles",
    ),
    "W": Family(N_("Words"), "proofread.words.unknown proofread.words.variants"),
    "T": Family(
        N_("Typography"),
        "proofread.typography.abbreviations proofread.typography.accents"
        " proofread.typography.capitals proofread.typography.dashes proofread.typography.endings"
        " proofread.typography.hours proofread.typography.marks proofread.typography.punctuation"
        " proofread.typography.repetitions proofread.typography.spaces",
    ),
    "M": Family(N_("Import"), "exchange.import_rules"),
}


def rules_of(letter: str) -> tuple[Rule, ...]:
    """Return the rules of a family by their codes; none where there is no such family."""
    if letter not in FAMILIES:
        return ()
    found: list[Rule] = []
    for name in FAMILIES[letter].modules.split():
        found += import_module(f"moip_press.{name}").RULES
    return tuple(sorted((rule for rule in found if rule.code[0] == letter), key=lambda r: r.code))


def all_rules() -> tuple[Rule, ...]:
    """Return the rules of all families, the most serious family first."""
    return tuple(rule for letter in FAMILIES for rule in rules_of(letter))


def rule_of(code: str) -> Rule | None:
    """Return the rule of a code, None where there is none."""
    return next((rule for rule in rules_of(code[:1]) if rule.code == code), None)


def gravity(code: str) -> tuple[int, str]:
    """Return what findings are sorted by, most serious family first."""
    families = list(FAMILIES)
    return families.index(code[0]) if code[0] in families else len(families), code
