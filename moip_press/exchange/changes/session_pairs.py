"""Which session of an import is which of the kit, within one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from moip_press.exchange.changes.field_values import FieldValues
from moip_press.exchange.incoming import Value
from moip_press.kit.when import When

Values = Mapping[str, Value]
Trait = Callable[[Values], Hashable | None]


@dataclass(frozen=True)
class Traits:
    """What a session is recognised by, the surest first."""

    values: FieldValues

    def exact(self, session: Values) -> Hashable | None:
        """Return its date and where it is held."""
        when = self._when(session)
        return when and (when, session.get("place.venue", ""), session.get("room", ""))

    def date(self, session: Values) -> Hashable | None:
        """Return its date."""
        return self._when(session)

    def start(self, session: Values) -> Hashable | None:
        """Return when it begins."""
        when = self._when(session)
        return when and (when.start, tuple(slot.start for slot in when.slots))

    def day(self, session: Values) -> Hashable | None:
        """Return its first day."""
        when = self._when(session)
        return when and when.start

    def hours(self, session: Values) -> Hashable | None:
        """Return its hours."""
        when = self._when(session)
        return when and (when.slots, session.get("room", ""))

    def _when(self, session: Values) -> When | None:
        found = self.values.meaning(session.get("when", ""))
        return found if isinstance(found, When) else None


def pair(
    ours: Sequence[Values], theirs: Sequence[Values], values: FieldValues, *, moved: bool
) -> dict[int, int]:
    """Return the place in ``ours`` of each of ``theirs`` that is there.

    Those of one date are one; where sessions may have ``moved``, also those of one day, then as
    many as are left on both sides, with the same hours first.
    """
    traits = Traits(values)
    found: dict[int, int] = {}
    surely: list[Trait] = [traits.exact, traits.date, traits.start]
    for trait in [*surely, traits.day] if moved else surely:
        _pair_by(trait, ours, theirs, found)
    if moved and len(ours) == len(theirs):
        _pair_by(traits.hours, ours, theirs, found)
        _pair_by(lambda _: True, ours, theirs, found)
    return found


def _pair_by(
    trait: Trait, ours: Sequence[Values], theirs: Sequence[Values], found: dict[int, int]
) -> None:
    """Pair what is alike in a trait, in order."""
    free: dict[Hashable, list[int]] = defaultdict(list)
    taken = set(found.values())
    for number, session in enumerate(ours):
        if number not in taken and (key := trait(session)) is not None:
            free[key].append(number)
    for waiting in free.values():
        waiting.reverse()
    for number, session in enumerate(theirs):
        if number not in found and free.get(key := trait(session)):
            found[number] = free[key].pop()
