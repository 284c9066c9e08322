"""The date of an event itself: its weekday, and the hours that it ends at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from moip_press.kit.source import ScalarNode
from moip_press.kit.when import Slot
from moip_press.proofread.dates import days, nature
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_

NIGHT_BEGINS, NIGHT_ENDS = time(18), time(6)
DAY = 24 * 60  # minutes
ALL_NIGHT = re.compile(
    r"(?<!\w)(?:nuits?|nocturnes?|24 ?h|hackathons?|marathons?|nights?|overnight|24 hours?)(?!\w)"
)


def wrong_weekdays(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the weekdays written with an event's date that are not the date's."""
    for placed in proof.events:
        for field in ("when", "postponed_to"):
            when = getattr(placed.event, field)
            for written in when.wrong_weekdays if when else ():
                loc = (*placed.loc, field)
                place = placed.source.value_span(loc, written.start, written.end)
                yield days.wrong_weekday(proof, place, _written(placed, field), written)


def _written(placed: PlacedEvent, field: str) -> str:
    node = placed.source.node((*placed.loc, field))
    return " ".join(node.value.split()) if isinstance(node, ScalarNode) else ""


def backwards(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events that end, by their hours, before they start; nights are none of them."""
    for placed in proof.events:
        wrong = [slot for slot in placed.event.when.slots if _backwards(slot)]
        if wrong and not ALL_NIGHT.search(nature.words_of(placed.event)):
            yield finding(
                "D207",
                placed.span("when"),
                Message.of(N_("“{words}” ends before it starts."), words=_written(placed, "when")),
                Message(N_("Correct one of the two hours.")),
            )


def _backwards(slot: Slot) -> bool:
    """Tell whether a slot ends before it starts: nobody begins at noon and ends at ten."""
    start, end = slot.start, slot.end
    if end is None or end >= start or end <= NIGHT_ENDS:
        return False
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return start < NIGHT_BEGINS or minutes % DAY > DAY // 2
