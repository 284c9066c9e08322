"""Pictures that journalists may print: under which rights, and until when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from moip_press.kit.model.records import Image
from moip_press.kit.named_pictures import pictured
from moip_press.kit.when import date_in_words
from moip_press.proofread.accessibility import is_credited, together
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "I211 no-rights",
        N_("Nothing says what others may do with a photograph."),
        N_(
            "A newsroom that finds no word on the rights of a picture asks, or prints another one. "
            "The media kit writes these words into each file."
        ),
        "image:\n  file: images/atelier.jpg\n  alt: Un atelier\n  caption: L'atelier de Lille\n"
        "  credit: Alix Martin{++\n  rights: libre de droits pour la presse++}",
        N_("Code de la propriété intellectuelle, article L122-4"),
    ),
    Rule.warning(
        "I212 rights-have-ended",
        N_("The rights of a picture have ended."),
        N_("Whoever prints it now prints it without leave; the media kit leaves it out."),
        "image:\n  file: images/atelier.jpg\n  alt: Un atelier\n  caption: L'atelier de Lille\n"
        "  credit: Alix Martin\n  rights: presse\n  until: {~~2020~>2031~~}-12-31",
        N_("Code de la propriété intellectuelle, article L131-3"),
    ),
)
SAID = re.compile(
    r"\b(?:droits?|libres?|licences?|licenses?|rights?|cc[ -]|cc0|creative commons|permission"
    r"|autoris\w+|domaine public|public domain|free of charge|may be (?:printed|used))",
    re.IGNORECASE,
)
"""Words that say what others may do with a picture, wherever they stand."""


def photographs_say_their_rights(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for the photographs that have a credit and no word on their rights.

    One without a credit is reported for that. A kit whose credits speak of rights speaks for all.
    """
    if SAID.search(proof.kit.edition.credits or ""):
        return
    without = [
        each
        for each in pictured(proof.kit)
        if each.is_photograph and not each.is_decorative and isinstance(each.image, Image)
        if is_credited(proof.kit, each.image) and not each.image.rights
        if not SAID.search(f"{each.image.credit} {each.image.caption}")
    ]
    yield from together(
        "I211",
        without,
        NP_(
            "“{file}” does not say what others may do with it.",
            "“{file}”: {count} pictures do not say what others may do with them.",
        ),
        N_("Give the rights (rights): a licence, or words such as “for press use only”."),
        lacks="rights",
    )


def rights_have_not_ended(proof: Proof) -> Iterator[Diagnostic]:
    """Yield a finding for each picture whose last day is past."""
    for each in pictured(proof.kit):
        if each.image.until and each.image.until < proof.today:
            yield finding(
                "I212",
                each.placed.source.span((*each.placed.loc, "until")),
                N_("The rights of “{file}” ended on {day}."),
                N_("Have them renewed and correct the date, or take another picture."),
                file=each.file,
                day=date_in_words(each.image.until, proof.language),
            )


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    photographs_say_their_rights,
    rights_have_not_ended,
)
