"""Which record of the new version is which one of the old: by id, then by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moip_press.editions.comparison.document import Record
from moip_press.kit import matching
from moip_press.kit.matching import SURE, Face, likeness

COMMON = 30
"""How many of the records that begin alike are looked through for an equal one."""


@dataclass(frozen=True)
class Matches:
    """Pairs of places in the old and the new list, and the places that have no partner."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]


def match(old: Sequence[Record], new: Sequence[Record], of: Callable[[Record], Face]) -> Matches:
    """Return which records are one, each at most once; ``of`` says what a record is known by."""
    matcher = _Matcher(old, new, of)
    matcher.equal()
    matcher.by_id()
    matcher.by_likeness()
    matcher.by_id(however=True)
    matcher.only_ones()
    return matcher.matches()


class _Matcher:
    """Takes pairs out of two lists, the surest first."""

    def __init__(
        self, old: Sequence[Record], new: Sequence[Record], of: Callable[[Record], Face]
    ) -> None:
        self.old, self.new, self.of = old, new, of
        self.open_old = dict.fromkeys(range(len(old)))
        self.open_new = dict.fromkeys(range(len(new)))
        self.pairs: list[tuple[int, int]] = []
        self._faces: dict[tuple[bool, int], Face] = {}

    def face(self, place: int, *, new: bool) -> Face:
        found = self._faces.get((new, place))
        if found is None:
            found = self.of((self.new if new else self.old)[place])
            self._faces[new, place] = found
        return found

    def take(self, one: int, other: int) -> None:
        self.pairs.append((one, other))
        del self.open_old[one], self.open_new[other]

    def equal(self) -> None:
        """Pair what has not changed at all."""
        known: dict[str, list[int]] = defaultdict(list)
        for place, record in enumerate(self.new):
            known[_first_word(record)].append(place)
        for one in list(self.open_old):
            record = self.old[one]
            for other in known.get(_first_word(record), ())[:COMMON]:
                if other in self.open_new and self.new[other] == record:
                    self.take(one, other)
                    break

    def by_id(self, *, however: bool = False) -> None:
        """Pair what bears the same id: one that was given, or one whose record agrees with it.

        What is left without a better partner is paired ``however`` it differs.
        """
        known = {self.face(place, new=True).id: place for place in reversed(self.open_new)}
        for one in list(self.open_old):
            old = self.face(one, new=False)
            other = known.get(old.id) if old.id else None
            if other is None or other not in self.open_new:
                continue
            new = self.face(other, new=True)
            if old.sort == new.sort and (however or _agree(old, new)):
                self.take(one, other)

    def by_likeness(self) -> None:
        """Pair what is like enough: readers see one change and judge it themselves."""
        olds, news = list(self.open_old), list(self.open_new)
        found = matching.match(
            [(self.face(place, new=False),) for place in olds],
            [self.face(place, new=True) for place in news],
        )
        for one, other in found.pairs:
            self.take(olds[one], news[other])

    def only_ones(self) -> None:
        """Pair what has no title to be known by, where each side has one of a sort left."""
        found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, places in ((0, self.open_old), (1, self.open_new)):
            for place in places:
                face = self.face(place, new=bool(side))
                if not face.title:
                    found[face.sort][side].append(place)
        for sort, (olds, news) in found.items():
            if sort and len(olds) == len(news) == 1:
                self.take(olds[0], news[0])

    def matches(self) -> Matches:
        """Return the pairs in the order of the new list."""
        pairs = sorted(self.pairs, key=lambda pair: pair[1])
        return Matches(tuple(pairs), tuple(self.open_old), tuple(self.open_new))


def _agree(old: Face, new: Face) -> bool:
    """Tell whether two records of the same id are one: it was given to them, or they agree."""
    return old.title != new.title or old.given or new.given or likeness(old, new) >= SURE


def _first_word(record: Record) -> str:
    """Return something by which equal records find each other quickly."""
    return str(record.get("id") or record.get("title") or record.get("name") or record.get("text"))
