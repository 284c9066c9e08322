"""The days in the texts of a kit, each with what stands round it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from moip_press.kit.model.records import Event
from moip_press.kit.when import Period
from moip_press.proofread.dates.mentions import Mention, mentions
from moip_press.proofread.dates.sentences import Context, Sentence, flat
from moip_press.proofread.passages import Passage, Role
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Message, Related, Span
from moip_press.report.messages import N_

READ = (Role.TITLE, Role.LINE, Role.PROSE)
DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Dated:
    """Days that a text names."""

    passage: Passage
    context: Context
    mention: Mention

    @property
    def words(self) -> str:
        """The days as they are written."""
        return self.passage.text[self.mention.start : self.mention.end]

    @property
    def event(self) -> Event | None:
        """The event whose text it is, None elsewhere."""
        record = self.passage.record
        return record if isinstance(record, Event) else None

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence that it stands in, in flat letters."""
        return self.context.sentence(self.mention.start, self.mention.end)

    def span(self, start: int | None = None, end: int | None = None) -> Span:
        """Return the place of the days, or of some signs among them (offsets as written)."""
        base = self.mention.base
        first = self.mention.start if start is None else base + start
        last = self.mention.end if end is None else base + end
        return self.passage.span(first, last)


def dated(proof: Proof) -> tuple[Dated, ...]:
    """Return the days in the kit's own words, in order: what others say is left to them."""
    return tuple(_dated(proof))


def _dated(proof: Proof) -> Iterator[Dated]:
    period = period_of(proof)
    for passage in proof.read(*READ):
        if not DIGIT.search(passage.text):
            continue
        context = Context(passage.text)
        for mention in mentions(passage.text, context.flat, proof.language, period):
            if not passage.in_quotation(mention.start):
                yield Dated(passage, context, mention)


def period_of(proof: Proof) -> Period:
    """Return the kit's period, as one day where it ends before it begins: that is an error."""
    record = proof.kit.edition.period
    return Period(record.start, max(record.start, record.end))


def period_place(proof: Proof) -> Related:
    """Return where the kit says what its period is."""
    place = proof.kit.source.span(("period",))
    return Related(place, Message(N_("The kit’s period stands here.")))


def flat_title(proof: Proof) -> str:
    """Return the kit's title in flat letters."""
    return flat(proof.kit.edition.title)
