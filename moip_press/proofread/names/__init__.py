"""One spelling for each name: labs, organisers, regions, institutions, people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.names import records
from moip_press.proofread.names.acronyms import acronyms
from moip_press.proofread.names.gaps import gaps
from moip_press.proofread.names.glossed import glossed
from moip_press.proofread.names.places import places
from moip_press.proofread.names.reading import readings
from moip_press.proofread.names.regions import region_fields
from moip_press.proofread.names.spellings import spellings
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic


def names(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the names that are not spelt as records, glossary and official lists have them."""
    read, known = readings(proof), records.known(proof)
    yield from spellings(proof, read, known)
    yield from glossed(proof, read)
    yield from places(proof, read)
    yield from gaps(proof, read, known)


RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (names, region_fields, acronyms)
