"""All families of rules, asked of a kit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from moip_press.proofread import (
    accessibility,
    claims,
    dates,
    grammar,
    links,
    names,
    rights,
    twice,
    typography,
    words,
)
from moip_press.proofread.grammar import GRAMMAR
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic, Report, Span

# Which rules keep silent of what others report: an accent is typography before spelling.
# Of grammar only what no rule of ours judges is reported.
YIELDS = {"W201": ("T241", "T243"), **dict.fromkeys(GRAMMAR, ("T", "W", "N"))}

ASKED = (dates, twice, names, claims, links, typography, words, accessibility, rights, grammar)


def read(proof: Proof) -> Report:
    """Return what the rules say of a kit, each cause once."""
    # without a period nobody knows of which year a text speaks
    asked = [family for family in ASKED if proof.kit.dated or family not in (dates, claims)]
    found = [each for family in asked for rule in family.FINDERS for each in rule(proof)]
    return Report.of(once(found))


def once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings; of two rules that report the same characters, one."""
    known = {
        code: sorted(
            {span for each in found if each.code.startswith(firsts) for span in each.places}
        )
        for code, firsts in YIELDS.items()
    }
    for each in found:
        if not any(_is_among(known.get(each.code, ()), span) for span in each.places):
            yield each


def _is_among(known: Sequence[Span], place: Span) -> bool:
    """Return whether a place overlaps one of those known, which are words and sorted."""
    before = bisect_left(known, Span(place.file, place.end, place.end)) - 1
    other = known[before] if before >= 0 else None
    return other is not None and other.file == place.file and place.start < other.end
