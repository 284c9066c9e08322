"""Sections that go by date but for a few events (D208)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold_in_place

FEWEST, FEWEST_FOR_TWO = 5, 8
"""So many events in order but one, or but two, are in order on purpose; of many, four in five."""
FEWEST_DAYS = 4


def events_out_of_order(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each section that goes by date but for a few events.

    A section that says how it is ordered is left alone: it is sorted, or meant as it is.
    """
    listed: dict[int, list[PlacedEvent]] = {}
    for placed in proof.events:
        if "order" not in placed.section.model_fields_set and placed.event.moment.known:
            listed.setdefault(id(placed.section), []).append(placed)
    for events in listed.values():
        keys = [placed.event.moment.start for placed in events]
        kept = in_order(keys)
        out = [number for number in range(len(keys)) if number not in kept]
        if out and _is_by_date(events, keys, out):
            yield _finding([events[number] for number in out])


def in_order(keys: Sequence[date]) -> list[int]:
    """Return the places of a longest run of keys that never fall.

    Of several, the one whose events stand first: what is left is late rather than early.
    """
    rank = {key: number for number, key in enumerate(sorted(set(keys)))}
    ranks = [rank[key] for key in keys]
    before = _run_lengths(ranks)
    after = _run_lengths([-each for each in reversed(ranks)])[::-1]
    longest = max(before, default=0)
    kept: list[int] = []
    for number, each in enumerate(ranks):
        in_longest = before[number] + after[number] - 1 == longest
        is_next = before[number] == len(kept) + 1
        if in_longest and is_next and (not kept or each >= ranks[kept[-1]]):
            kept.append(number)
    return kept


def _run_lengths(ranks: Sequence[int]) -> list[int]:
    """Return for each rank how long a run that never falls can be that ends with it."""
    tails: list[int] = []
    found = []
    for rank in ranks:
        place = bisect_right(tails, rank)
        tails[place : place + 1] = [rank]
        found.append(place + 1)
    return found


def _is_by_date(events: Sequence[PlacedEvent], keys: Sequence[date], out: Sequence[int]) -> bool:
    """Return whether a section goes by date, but for a few events."""
    fewest = {1: FEWEST, 2: FEWEST_FOR_TWO}.get(len(out), len(out) * FEWEST)
    if len(events) < fewest or len(set(keys)) < FEWEST_DAYS:
        return False
    # an event that lasts may stand apart on purpose, before or after the others
    ends = (0, len(events) - 1)
    if any(events[n].event.when.kind in ("range", "open") and n in ends for n in out):
        return False
    titles = [each.event.title for each in events]
    organisers = [", ".join(each.event.organisers) for each in events]
    regions, themes = zip(*((each.event.region, each.event.theme) for each in events), strict=True)
    return not (
        _is_sorted(titles) or _is_sorted(organisers) or _is_grouped(regions) or _is_grouped(themes)
    )


def _is_sorted(names: Sequence[str]) -> bool:
    folded = [fold_in_place(name) for name in names]
    return folded == sorted(folded) and len(set(folded)) > len(folded) // 2


def _is_grouped(values: Sequence[str | None]) -> bool:
    """Return whether equal values stand together, more than one of each."""
    if None in values:
        return False
    changes = sum(a != b for a, b in pairwise(values))
    groups = len(set(values))
    return 1 < groups == changes + 1 and groups <= len(values) // 2


def _finding(out: Sequence[PlacedEvent]) -> Diagnostic:
    """Return what is said of a section, at the first event that is out of order."""
    return finding(
        "D208",
        out[0].span("when"),
        Message.counted(
            NP_(
                "The events of this section go by date, but “{title}” does not.",
                "The events of this section go by date, but {count} do not, as “{title}”.",
            ),
            len(out),
            title=out[0].event.title,
        ),
        N_("Write “order: date” in the section to sort it, or “order: kit” if this is meant."),
        related=[
            Related(
                placed.span("when"),
                Message.of(N_("“{title}” is out of order."), title=placed.event.title),
            )
            for placed in out[1:]
        ],
    )
