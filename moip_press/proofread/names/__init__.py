"""One spelling for each name: labs, organisers, regions, institutions, people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.names.found_names import folded_texts
from moip_press.proofread.names.long_names import acronyms, lost_words
from moip_press.proofread.names.name_records import known_names
from moip_press.proofread.names.near_names import (
    near_given_names,
    near_names,
    turned_initials,
)
from moip_press.proofread.names.place_names import places, region_fields
from moip_press.proofread.names.spellings import glossary_spellings, spellings
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_
from moip_press.report.rule import Rule

INSEE = N_("INSEE, Code officiel géographique")

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "N201 two-spellings",
        N_("A name is spelt in two ways."),
        N_(
            "Readers take two spellings for two bodies, and a search finds only one of them. The "
            "names of labs, organisers, partners, contacts, people and places are compared; "
            "quotations, logos, titles in italics and addresses are left alone."
        ),
        "organisers: [Tilab]\ntext: Le {~~Ti-Lab~>Tilab~~} ouvre ses portes.",
    ),
    Rule.warning(
        "N202 not-the-glossary-spelling",
        N_("A spelling is not the one of the kit's glossary."),
        N_(
            "glossary.yaml says how names and expressions are written in this kit: what it calls "
            "wrong is corrected, what only resembles the preferred form is reported."
        ),
        "terms:\n  - {preferred: Tilab, wrong: [Ti-Lab]}\n\n"
        "text: Le {~~Ti-Lab~>Tilab~~} ouvre ses portes.",
        fixable=True,
    ),
    Rule.warning(
        "N203 misspelt-region",
        N_("A region or department is not written by its official name."),
        N_(
            "Its hyphens, accents and capitals are a part of the name. Only kits in French are "
            "read for this."
        ),
        "region: {~~Ile de ~>Île-de-~~}France",
        INSEE,
        fixable=True,
    ),
    Rule.warning(
        "N204 unknown-region",
        N_("A region field does not hold the name of a region."),
        N_(
            "Events and labs are found by their region: an abbreviation beside the full name, a "
            "region of before 2016 or a slip makes two regions of one."
        ),
        "- {name: Lab Zéro, region: {~~PACA~>Provence-Alpes-Côte d'Azur~~}}\n"
        "- {name: Insolab, region: Provence-Alpes-Côte d'Azur}",
        INSEE,
        fixable=True,
    ),
    Rule.warning(
        "N205 initials-of-two-names",
        N_("Initials stand for two names."),
        N_("A body has one full name: a reader who meets two looks for two bodies."),
        "{--La Direction générale de la fonction publique (DGAFP) vous invite.\n"
        "--}La direction générale de l'administration et de la fonction publique"
        " (DGAFP) {~~organise…~>vous invite.~~}",
    ),
    Rule.warning(
        "N206 word-missing-in-a-name",
        N_("A name lacks one of its small words."),
        N_("A long name from which “et” or “de” has slipped is read as another name."),
        "le ministère de la Transformation {++et ++}de la Fonction publiques",
    ),
)


def names_in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the names that are not spelt as records, glossary and official lists have them."""
    texts, known = folded_texts(proof), known_names(proof)
    yield from spellings(proof, texts, known)
    yield from glossary_spellings(proof, texts)
    yield from places(proof, texts)
    yield from lost_words(proof, texts, known)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    names_in_texts,
    region_fields,
    acronyms,
    near_names,
    near_given_names,
    turned_initials,
)
