"""All families of rules, asked of a kit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from moip_press.proofread import (
    access,
    claims,
    dates,
    links,
    names,
    twice,
    typography,
    words,
)
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic, Report, Span

# Which rules keep silent of what another one tells of: an accent is typography before spelling.
YIELDS = {"W201": ("T241", "T243")}

FAMILIES = (dates, twice, names, claims, links, typography, words, access)


def read(proof: Proof) -> Report:
    """Return what the rules say of a kit, each cause once."""
    return Report.of(_once(list(_found(proof))))


def _once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings; of two rules that tell of the same characters, one."""
    firsts = {code for codes in YIELDS.values() for code in codes}
    told = sorted({span for each in found if each.code in firsts for span in _places(each)})
    for each in found:
        if each.code not in YIELDS or not any(_is_told(span, told) for span in _places(each)):
            yield each


def _places(found: Diagnostic) -> tuple[Span, ...]:
    return found.span, *(related.span for related in found.related)


def _is_told(place: Span, told: Sequence[Span]) -> bool:
    """Return whether a place overlaps one of those told, which are words and sorted."""
    after = bisect_left(told, Span(place.file, place.end, place.end))
    return any(
        other.file == place.file and place.start < other.end
        for other in told[max(0, after - 1) : after]
    )


def _found(proof: Proof) -> Iterator[Diagnostic]:
    for family in FAMILIES:
        for rule in family.FINDERS:
            yield from rule(proof)
