"""Where every rule is: its record lies beside the code that reports it.

The modules are imported when a rule of their family is asked for. They are named, not imported,
since some of them lie above the proofreader: what an import or the making of pages reports.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    "Y": Family(N_("YAML"), "..kit.source.yaml_rules"),
    "S": Family(
        N_("Fields and files"),
        "..kit.model.table_files ..kit.kit_rules ..kit.model.foreign_chapters"
        " ..press.building_rules .check.references .check.parts_and_handouts .check.raw_markup"
        " .check.text_checks .check.charts_and_tables .check.theme_checks .waivers",
    ),
    "X": Family(N_("Safety"), "..kit.kit_rules ..press.building_rules .check.taken_pictures"),
    "D": Family(
        N_("Dates"), "..kit.kit_rules .check.parts_and_handouts .dates .dates.contradictions"
    ),
    "R": Family(
        N_("References and repetitions"),
        "..kit.kit_rules .check.parts_and_handouts .check.references .check.charts_and_tables"
        " .twice",
    ),
    "C": Family(N_("Claims"), ".claims"),
    "N": Family(N_("Names"), ".names .names.near_names"),
    "L": Family(
        N_("Links and contacts"),
        "..kit.kit_rules .check.text_checks .links.link_addresses .links.missing_links"
        " .links.targets",
    ),
    "I": Family(
        N_("Images and access"),
        ".accessibility .rights .check.picture_checks .check.taken_pictures ..pdf.verify",
    ),
    "P": Family(
        N_("Pages"), "..press.building_rules ..press.lost_words .check.theme_checks .finished_pages"
    ),
    "W": Family(N_("Words"), ".words.misspellings .words.variants"),
    "T": Family(
        N_("Typography"),
        ".typography.accents .typography.apostrophes_and_hyphens .typography.capitals"
        " .typography.dashes_and_spaces .typography.endings"
        " .typography.hours_and_abbreviations .typography.punctuation"
        " .typography.quotation_marks_and_brackets .typography.sentence_case",
    ),
    "G": Family(N_("Grammar"), ".grammar"),
    "M": Family(N_("Import"), "..exchange.import_rules"),
}


def rules_of(letter: str) -> tuple[Rule, ...]:
    """Return the rules of a family by their codes; none where there is no such family."""
    return tuple(sorted(_rules_of(letter), key=lambda rule: rule.code))


def _rules_of(letter: str) -> Iterator[Rule]:
    """Yield the rules of a family; a module is imported once those before it are asked for."""
    for name in FAMILIES[letter].modules.split() if letter in FAMILIES else ():
        rules: tuple[Rule, ...] = import_module(name, __package__).RULES
        yield from (rule for rule in rules if rule.code[0] == letter)


def all_rules() -> tuple[Rule, ...]:
    """Return the rules of all families, the most serious family first."""
    return tuple(rule for letter in FAMILIES for rule in rules_of(letter))


def rule_of(code: str) -> Rule | None:
    """Return the rule of a code, None where there is none."""
    return next((rule for rule in _rules_of(code[:1]) if rule.code == code), None)


def gravity(code: str) -> tuple[int, str]:
    """Return what findings are sorted by, most serious family first."""
    families = list(FAMILIES)
    return families.index(code[0]) if code[0] in families else len(families), code
