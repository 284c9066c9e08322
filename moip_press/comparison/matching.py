"""Which record of the new version is which one of the old: by id, then by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from moip_press.comparison.assignment import assign
from moip_press.comparison.document import Record
from moip_press.comparison.likeness import ALIKE, LIKE, Traits, likeness

COMMON = 30
"""A feature that more records share tells nothing: candidates stay few, whatever the number."""
MOST_CANDIDATES = 6


@dataclass(frozen=True)
class Matches:
    """Pairs of places in the old and the new list, and the places that have no partner."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]


def match(old: Sequence[Record], new: Sequence[Record], of: Callable[[Record], Traits]) -> Matches:
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
        self, old: Sequence[Record], new: Sequence[Record], of: Callable[[Record], Traits]
    ) -> None:
        self.old, self.new, self.of = old, new, of
        self.open_old = dict.fromkeys(range(len(old)))
        self.open_new = dict.fromkeys(range(len(new)))
        self.pairs: list[tuple[int, int]] = []
        self._traits: dict[tuple[bool, int], Traits] = {}

    def traits(self, place: int, *, new: bool) -> Traits:
        found = self._traits.get((new, place))
        if found is None:
            found = self.of((self.new if new else self.old)[place])
            self._traits[new, place] = found
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
        known = {self.traits(place, new=True).id: place for place in reversed(self.open_new)}
        for one in list(self.open_old):
            old = self.traits(one, new=False)
            other = known.get(old.id) if old.id else None
            if other is None or other not in self.open_new:
                continue
            new = self.traits(other, new=True)
            if old.sort == new.sort and (however or _surely(old, new)):
                self.take(one, other)

    def by_likeness(self) -> None:
        """Pair what is like enough, so that the sum of all likenesses is greatest."""
        scores = {
            (one, other): score
            for one, others in self._candidates().items()
            for other in others
            if (score := self._score(one, other)) >= LIKE
        }
        for one, other in assign(scores):
            self.take(one, other)

    def only_ones(self) -> None:
        """Pair what has no title to be known by, where each side has one of a sort left."""
        for sort, (olds, news) in self._untitled().items():
            if sort and len(olds) == len(news) == 1:
                self.take(olds[0], news[0])

    def _untitled(self) -> Mapping[str, tuple[list[int], list[int]]]:
        found: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, places in ((0, self.open_old), (1, self.open_new)):
            for place in places:
                traits = self.traits(place, new=bool(side))
                if not traits.title:
                    found[traits.sort][side].append(place)
        return found

    def _score(self, one: int, other: int) -> float:
        return likeness(self.traits(one, new=False), self.traits(other, new=True))

    def _candidates(self) -> Mapping[int, Iterable[int]]:
        """Return for each old record the few new ones that share most of what is rare."""
        places: dict[str, list[int]] = defaultdict(list)
        for place in self.open_new:
            for feature in set(self.traits(place, new=True).features()):
                places[feature].append(place)
        found = {}
        for place in self.open_old:
            votes: Counter[int] = Counter()
            for feature in set(self.traits(place, new=False).features()):
                sharing = places.get(feature, ())
                if len(sharing) <= COMMON:
                    for other in sharing:
                        votes[other] += 1 + COMMON // len(sharing)
            best = nsmallest(MOST_CANDIDATES, votes.items(), key=_fewest_last)
            found[place] = [other for other, _ in best]
        return found

    def matches(self) -> Matches:
        """Return the pairs in the order of the new list."""
        pairs = sorted(self.pairs, key=lambda pair: pair[1])
        return Matches(tuple(pairs), tuple(self.open_old), tuple(self.open_new))


def _surely(old: Traits, new: Traits) -> bool:
    """Tell whether two records of the same id are one: it was given to them, or they agree."""
    return old.title != new.title or likeness(old, new) >= ALIKE or old.given or new.given


def _fewest_last(vote: tuple[int, int]) -> tuple[int, int]:
    return -vote[1], vote[0]


def _first_word(record: Record) -> str:
    """Return something by which equal records find each other quickly."""
    return str(record.get("id") or record.get("title") or record.get("name") or record.get("text"))
