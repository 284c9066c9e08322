"""Numbers in texts against the figures that the kit computes (C206)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.kit.counting import count
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import KeyFigure
from moip_press.kit.questions import Question
from moip_press.proofread.claims.counts import Count, Precision, counts
from moip_press.proofread.claims.totals import (
    EVENTS,
    Campaign,
    Statement,
    contradict,
    is_total,
    statements,
)
from moip_press.proofread.passages import Role
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.text.folding import fold

NAMED = ("region", "theme", "organiser", "section", "day")
"""The keys of conditions whose values a text names: "12 événements en Bretagne"."""
IN = (
    r"(?:\w+ ){0,2}?(?:en|dans|a|au|aux|du|de|d|des|sur|par|in|at|of|on|by)"
    r"(?: (?:la|le|les|l|the))? "
)


@dataclass(frozen=True)
class Computed:
    """A figure that the kit computes, as a text could state it.

    ``rest`` is what its label says after the noun, ``named`` what texts may say in its place: the
    only value that it is chosen by. Without either, it is one of the whole kit.
    """

    count: Count
    rest: str
    named: str
    whole: bool
    span: Span
    words: str

    @classmethod
    def of(cls, kit: Kit, figure: KeyFigure, span: Span) -> Computed | None:
        """Return what a figure says, None where its label names nothing that texts count."""
        question = Question.parse(figure.count or figure.sum or "")
        found = count(kit, question, summed=figure.sum is not None)
        label = str(figure.label)
        named = next(counts(f"9 {label}"), None)
        if question.faults or named is None or named.start or found.value % 1:
            return None
        value = int(found.value)
        exact = Count(value, Precision.EXACT, named.noun, 0, 0, named.end)
        values = [value for c in question.conditions if not c.negated for value in c.values]
        alone = len(values) == len(question.conditions) == 1
        by_name = alone and question.conditions[0].key in NAMED
        rest = fold(f"9 {label}"[named.end :])
        name = fold(values[0].text) if by_name else ""
        words = f"{value} {label}"
        return cls(exact, rest, name, not question.conditions, span, words)

    def is_stated(self, stated: Statement, campaign: Campaign) -> bool:
        """Return whether a text states the same number."""
        nouns = {self.count.noun, stated.count.noun}
        if len(nouns) > 1 and not nouns <= EVENTS:
            return False
        after = fold(stated.sentence[stated.count.end :])
        if self.rest and re.match(rf"{re.escape(self.rest)}(?!\w)", after):
            return True
        if self.named and re.match(rf"{IN}{re.escape(self.named)}(?!\w)", after):
            return True
        return self.whole and is_total(stated, campaign)


def computed_figures_agree(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the numbers of texts that differ from what the kit computes."""
    kit = proof.kit.printed()
    known = [each for each in _computed(kit) if each] if proof.kit.whole else []
    if not known:
        return
    campaign = Campaign.of(proof)
    for passage in proof.read(Role.PROSE, Role.LINE):
        if isinstance(passage.record, KeyFigure):
            continue
        for stated in statements(passage, campaign):
            same = (each for each in known if each.is_stated(stated, campaign))
            figure = next(same, None)
            if figure and contradict(figure.count, stated.count):
                yield _told(figure, stated)


def _computed(kit: Kit) -> Iterator[Computed | None]:
    for placed in kit.values():
        figure = placed.value
        if isinstance(figure, KeyFigure) and figure.value is None:
            name = "sum" if figure.sum else "count"
            yield Computed.of(kit, figure, placed.source.span((*placed.loc, name)))


def _told(figure: Computed, stated: Statement) -> Diagnostic:
    here = Message.of(N_("Here it is “{words}”."), words=figure.words)
    return finding(
        "C206",
        stated.span,
        N_("“{words}” here, and the kit counts {count}."),
        N_("Correct the number, or what the figure counts."),
        words=stated.words,
        count=figure.count.value,
        related=[Related(figure.span, here)],
    )
