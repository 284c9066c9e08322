"""Events that stand out of order in a section that goes by date."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import pairwise

from moip_press.proofread.dates.sentences import flat
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_

FEWEST, FEWEST_FOR_TWO = 5, 8
"""So many events in order but one, or but two, are in order on purpose."""
FEWEST_DAYS = 4
MOST_FINDINGS = 5

Key = tuple[date, time]


def sections(proof: Proof) -> Iterator[Diagnostic]:
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


def in_order(keys: Sequence[Key]) -> set[int]:
    """Return the places of a longest run of keys of which none is smaller than one before it.

    Of several, the one whose events stand first: what is left is late rather than early.
    """
    count = _lengths(keys)
    back = _lengths([_Reversed(key) for key in reversed(keys)])[::-1]
    longest = max(count, default=0)
    kept: set[int] = set()
    last, level = None, 1
    by_level: dict[int, list[int]] = {}
    for number, (before, after) in enumerate(zip(count, back, strict=True)):
        if before + after - 1 == longest:
            by_level.setdefault(before, []).append(number)
    while level <= longest:
        last = next(
            n for n in by_level[level] if last is None or (n > last and keys[n] >= keys[last])
        )
        kept.add(last)
        level += 1
    return kept


class _Reversed:
    """A key that sorts the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: Key) -> None:
        self.key = key

    def __lt__(self, other: _Reversed) -> bool:
        return other.key < self.key


def _lengths(keys: Sequence[Key] | Sequence[_Reversed]) -> list[int]:
    """Return for each key how long a run in order can be that ends with it."""
    tails: list[Key | _Reversed] = []
    found = []
    for key in keys:
        place = bisect_right(tails, key)
        tails[place : place + 1] = [key]
        found.append(place + 1)
    return found


def _keys(events: Sequence[PlacedEvent], *, hours: bool) -> list[Key]:
    """Return what the events are sorted by: an event without hours stands where it stands."""
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
    """Tell whether a section that does not say so goes by date, but for one or two events."""
    fewest = {1: FEWEST, 2: FEWEST_FOR_TWO}.get(len(out))
    if fewest is None or len(events) < fewest or len(set(keys)) < FEWEST_DAYS:
        return False
    if any(_is_aside(events[number], number, len(events)) for number in out):
        return False
    return not any(_is_sorted_by(events, of) for of in ("title", "organisers", "groups"))


def _is_aside(placed: PlacedEvent, number: int, count: int) -> bool:
    """Tell whether an event that lasts stands apart on purpose, before or after the others."""
    lasting = placed.event.when.kind in ("range", "open")
    return lasting and number in (0, count - 1)


def _is_sorted_by(events: Sequence[PlacedEvent], of: str) -> bool:
    """Tell whether a section has another order: by title, by organiser, or by group."""
    if of == "groups":
        return any(
            _is_grouped([getattr(e.event, field) for e in events]) for field in ("region", "theme")
        )
    texts = [
        flat(e.event.title if of == "title" else ", ".join(e.event.organisers)) for e in events
    ]
    return texts == sorted(texts) and len(set(texts)) > len(texts) // 2


def _is_grouped(values: Sequence[str | None]) -> bool:
    """Tell whether equal values stand together, more than one of each."""
    if None in values:
        return False
    changes = sum(a != b for a, b in pairwise(values))
    groups = len(set(values))
    return 1 < groups == changes + 1 and groups <= len(values) // 2


def _declared(
    events: Sequence[PlacedEvent], keys: Sequence[Key], kept: set[int], out: Sequence[int]
) -> Iterator[Diagnostic]:
    """Yield what is out of order where the section says “order: date”: few apart, many as one."""
    if len(out) <= MOST_FINDINGS:
        for number in out:
            yield _finding(events, keys, kept, number)
        return
    yield finding(
        "D208",
        events[0].source.span(("order",)),
        Message.of(
            N_("{count} events of this section are out of order."),
            count=len(out),
        ),
        Message(N_("Put them in the order of their dates, or take “order: date” away.")),
        related=[
            Related(
                events[number].span("when"),
                Message.of(N_("“{title}” is out of order."), title=events[number].event.title),
            )
            for number in out[:MOST_FINDINGS]
        ],
    )


def _finding(
    events: Sequence[PlacedEvent], keys: Sequence[Key], kept: set[int], number: int
) -> Diagnostic:
    placed = events[number]
    later = [n for n in sorted(kept) if keys[n] > keys[number]]
    if later:
        other = events[later[0]]
        hint = N_("Put it before “{title}”, or correct the date.")
    else:
        other = events[max(kept)]
        hint = N_("Put it after “{title}”, or correct the date.")
    return finding(
        "D208",
        placed.span("when"),
        Message.of(
            N_("“{title}” stands out of order among the dates of its section."),
            title=placed.event.title,
        ),
        Message.of(hint, title=other.event.title),
        related=[Related(other.span("when"), Message(N_("It belongs beside this.")))],
    )
