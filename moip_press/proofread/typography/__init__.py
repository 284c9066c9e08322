"""What cannot be set right when pages are made, or would be printed as typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from moip_press.proofread.proof import Proof
from moip_press.proofread.typography.accents import accents, ligatures
from moip_press.proofread.typography.apostrophes_and_hyphens import (
    lost_apostrophes,
    missing_hyphens,
)
from moip_press.proofread.typography.capitals import mixed_case
from moip_press.proofread.typography.dashes_and_spaces import dashes, joined_words, spaces
from moip_press.proofread.typography.endings import lists, paragraphs, titles
from moip_press.proofread.typography.galley import Galley
from moip_press.proofread.typography.hours_and_abbreviations import (
    abbreviations,
    hours,
    joined_numbers,
    ordinals,
    units,
)
from moip_press.proofread.typography.punctuation import dots, doubled, repetitions
from moip_press.proofread.typography.quotation_marks_and_brackets import (
    brackets,
    kinds_of_marks,
    quotation_marks,
)
from moip_press.proofread.typography.sentence_case import titles_in_capitals
from moip_press.report.diagnostics import Diagnostic

READERS: tuple[Callable[[Galley], Iterator[Diagnostic]], ...] = (
    quotation_marks,
    brackets,
    kinds_of_marks,
    dots,
    doubled,
    spaces,
    dashes,
    lists,
    titles,
    paragraphs,
    hours,
    ordinals,
    abbreviations,
    accents,
    ligatures,
    mixed_case,
    titles_in_capitals,
    repetitions,
    joined_words,
    joined_numbers,
    lost_apostrophes,
    missing_hyphens,
    units,
)


MOST = 200  # findings of one kind: who has more will not read them one by one


def typography(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what is wrong with the characters of the kit; its words are laid out once for all."""
    galley = Galley(proof)
    for reader in READERS:
        yield from islice(reader(galley), MOST)


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (typography,)
