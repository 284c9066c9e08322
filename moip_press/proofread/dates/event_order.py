"""Events that are out of order in a section that goes by date (D208)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import pairwise

from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_
from moip_press.text.folding import fold_in_place

FEWEST, FEWEST_FOR_TWO = 5, 8
"""So many events in order but one, or but two, are in order on purpose."""
FEWEST_DAYS = 4
MOST_FINDINGS = 5

Key = tuple[date, time]


def events_out_of_order(proof: Proof) -> Iterator[Diagnostic]:
    """Yield the events out of order, section by section."""
    listed: dict[int, list[PlacedEvent]] = {}
    for placed in proof.events:
        listed.setdefault(id(placed.section), []).append(placed)
    for events in listed.values():
        declared = events[0].section.order == "date"
        keys = _keys(events, hours=declared)
        kept = in_order(keys)
        out = [number for number in range(len(keys)) if number not in kept]
        if declared:
            yield from _declared(events, keys, kept, out)
        elif out and _is_by_date(events, keys, out):
            for number in out:
                yield _finding(events, keys, kept, number)


def in_order(keys: Sequence[Key]) -> list[int]:
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


def _keys(events: Sequence[PlacedEvent], *, hours: bool) -> list[Key]:
    """Return what the events are sorted by: an event without hours keeps its place."""
    keys: list[Key] = []
    for placed in events:
        when = placed.event.when
        if hours and when.slots:
            moment = when.slots[0].start
        else:
            moment = keys[-1][1] if keys and keys[-1][0] == when.start else time.min
        keys.append((when.start, moment))
    return keys


def _is_by_date(events: Sequence[PlacedEvent], keys: Sequence[Key], out: Sequence[int]) -> bool:
    """Return whether a section that does not say so goes by date, but for one or two events."""
    fewest = {1: FEWEST, 2: FEWEST_FOR_TWO}.get(len(out))
    if fewest is None or len(events) < fewest or len(set(keys)) < FEWEST_DAYS:
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


def _declared(
    events: Sequence[PlacedEvent], keys: Sequence[Key], kept: Sequence[int], out: Sequence[int]
) -> Iterator[Diagnostic]:
    """Yield what is out of order where the section says “order: date”; many are one finding."""
    if len(out) <= MOST_FINDINGS:
        for number in out:
            yield _finding(events, keys, kept, number)
        return
    yield finding(
        "D208",
        events[0].source.span(("order",)),
        N_("{count} events of this section are out of order."),
        N_("Put them in the order of their dates, or take “order: date” away."),
        count=len(out),
        related=[
            Related(
                events[number].span("when"),
                Message.of(N_("“{title}” is out of order."), title=events[number].event.title),
            )
            for number in out
        ],
    )


def _finding(
    events: Sequence[PlacedEvent], keys: Sequence[Key], kept: Sequence[int], number: int
) -> Diagnostic:
    placed = events[number]
    later = [n for n in kept if keys[n] > keys[number]]
    if later:
        other = events[later[0]]
        hint = N_("Put it before “{title}”, or correct the date.")
    else:
        other = events[kept[-1]]
        hint = N_("Put it after “{title}”, or correct the date.")
    return finding(
        "D208",
        placed.span("when"),
        N_("“{title}” stands out of order among the dates of its section."),
        Message.of(hint, title=other.event.title),
        title=placed.event.title,
        related=[Related(other.span("when"), Message(N_("It belongs beside this.")))],
    )
