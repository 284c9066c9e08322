"""Spelling, and words that are spelt in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.proof import Proof
from moip_press.proofread.words.kit_words import text
from moip_press.proofread.words.misspellings import misspelt
from moip_press.proofread.words.variants import spelt_twice
from moip_press.report.diagnostics import Diagnostic


def spelling(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the words that are in no dictionary, and those that are spelt in two ways."""
    read = text(proof)
    yield from misspelt(proof, read)
    yield from spelt_twice(proof, read)
    read.verdicts.keep()


FINDERS: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (spelling,)
