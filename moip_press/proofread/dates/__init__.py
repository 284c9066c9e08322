"""Days and hours that disagree with each other, with the calendar or with the kit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.proofread.dates import (
    clashes,
    clocks,
    days,
    free_days,
    last_edition,
    order,
    outside,
    period,
    slots,
    texts,
)
from moip_press.proofread.proof import Proof
from moip_press.report.diagnostics import Diagnostic


def in_texts(proof: Proof) -> Iterator[Diagnostic]:
    """Yield what is wrong with the days that texts name; each text is read once."""
    found = texts.dated(proof)
    yield from period.other_periods(proof, found)
    for each in found:
        yield from days.in_text(proof, each)
        yield from outside.in_text(proof, each)


RULES: tuple[Callable[[Proof], Iterator[Diagnostic]], ...] = (
    in_texts,
    period.other_months,
    outside.events,
    slots.wrong_weekdays,
    slots.backwards,
    clocks.in_texts,
    free_days.events,
    order.sections,
    clashes.same_place,
    clashes.same_person,
    clashes.same_link,
    last_edition.in_texts,
)
