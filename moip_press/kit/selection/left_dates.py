"""The dates that events or sessions were moved from: readers still look for them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from moip_press.kit.model.kit import Kit
from moip_press.kit.selection.choosing import DATED, Entry, choose, meets
from moip_press.kit.selection.grammar import Condition
from moip_press.kit.when import When


@dataclass(frozen=True)
class Left:
    """The date that an event, or a session of it, had before it was moved to a new one."""

    entry: Entry
    old: When
    new: When


def left_dates(
    kit: Kit, conditions: Iterable[Condition] = (), among: Iterable[Entry] | None = None
) -> tuple[Left, ...]:
    """Return the old dates that meet the conditions on days, of events that meet the others.

    ``among`` are the events, where they were chosen already.
    """
    asked = [condition for condition in conditions if condition.key in DATED]
    if among is None:
        others = [condition for condition in conditions if condition.key not in DATED]
        among = choose(kit, others).entries
    return tuple(left for entry in among for left in _of_event(kit, entry, asked))


def _of_event(kit: Kit, entry: Entry, conditions: Iterable[Condition]) -> Iterator[Left]:
    for old, new in entry.event.moves():
        announced = {"sessions": (), "when": old, "status": "confirmed", "postponed_to": None}
        before = replace(entry, event=entry.event.model_copy(update=announced))
        if all(meets(kit, before, condition) for condition in conditions):
            yield Left(entry, old, new)
