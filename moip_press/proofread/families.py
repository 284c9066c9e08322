"""All families of rules, asked of a kit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.diagnostics import Diagnostic, Report, Span
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

# Which rules keep silent of what another one tells of: an accent is typography before spelling.
YIELDS = {"W201": ("T241", "T243")}

FAMILIES = (dates, twice, names, claims, links, typography, words, access)


def read(proof: Proof) -> Report:
    """Return what the rules say of a kit, each cause once."""
    return Report.of(_once(list(_found(proof))))


def _once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings; of two rules that tell of the same characters, one."""
    firsts = {code for codes in YIELDS.values() for code in codes}
    told = [span for each in found if each.code in firsts for span in _places(each)]
    starts = {(span.file, span.start.line) for span in told}
    for each in found:
        near = [span for span in _places(each) if (span.file, span.start.line) in starts]
        if each.code not in YIELDS or not any(_overlap(a, b) for a in near for b in told):
            yield each


def _places(found: Diagnostic) -> tuple[Span, ...]:
    return found.span, *(related.span for related in found.related)


def _overlap(one: Span, other: Span) -> bool:
    return one.file == other.file and one.start < other.end and other.start < one.end


def _found(proof: Proof) -> Iterator[Diagnostic]:
    for family in FAMILIES:
        for rule in family.RULES:
            yield from rule(proof)
