"""Which records of two lists are one, each at most once, and which of them could be several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypeVar

from moip_press.kit.matching.likeness import LIKE, Face, likeness, surely

T = TypeVar("T")
COMMON = 30
"""A feature that more records share tells nothing: candidates stay few, whatever the number."""
MOST_CANDIDATES = 6
CLEARLY = 1.25
"""How many times less unlike the best of several must be than the next."""
MOST_COMPARED = 4  # records of a list that share a feature, before each other one

Faces = Sequence[Face]
"""What one record is recognised by: as it is, and as it was."""


@dataclass(frozen=True)
class Matches:
    """Pairs of places in the old and the new list, and the new ones that are in doubt.

    ``doubts`` has the old records that a new one could be, where that is not sure: these are
    paired with the likeliest, as long as it is no other's.
    """

    pairs: tuple[tuple[int, int], ...]
    doubts: Mapping[int, tuple[int, ...]]


def match(old: Sequence[Faces], new: Sequence[Face]) -> Matches:
    """Return which records are one: the likeliest pairs first."""
    scores = {
        (before, after): score
        for after, befores in enumerate(_few(old, new))
        for before in befores
        if (score := max(likeness(face, new[after]) for face in old[before])) >= LIKE
    }
    order = sorted(scores, key=lambda pair: (-scores[pair], pair[1], pair[0]))
    pairs: dict[int, int] = {}
    taken: dict[int, int] = {}
    for before, after in order:
        if before not in taken and after not in pairs:
            pairs[after], taken[before] = before, after

    def is_open(before: int, after: int) -> bool:
        """Tell whether neither of two went to another that it is clearly more like."""
        best = [(before, taken[before])] if before in taken else []
        best += [(pairs[after], after)] if after in pairs else []
        return all(1 - scores[before, after] < CLEARLY * (1 - scores[each]) for each in best)

    could: dict[int, list[int]] = defaultdict(list)
    claims: dict[int, list[int]] = defaultdict(list)
    for before, after in order:
        if pairs.get(after) == before or is_open(before, after):
            could[after].append(before)
            claims[before].append(after)
    sure = {
        after
        for after, before in pairs.items()
        if could[after] == [before]
        and all(new[other] == new[after] for other in claims[before])
        and any(surely(face, new[after]) for face in old[before])
    }
    unsure = {pairs[after] for after in pairs.keys() - sure}
    for before, after in order:
        if after not in pairs and before in unsure and before not in could[after]:
            could[after].append(before)
    doubts = {a: tuple(found) for a, found in sorted(could.items()) if found and a not in sure}
    return Matches(tuple((before, after) for after, before in sorted(pairs.items())), doubts)


def _few(old: Sequence[Faces], new: Sequence[Face]) -> Iterator[list[int]]:
    """Yield for each new record the few old ones that share most of what is rare."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for number, faces in enumerate(old):
        for feature in {each for face in faces for each in face.features()}:
            places[feature].append(number)
    for face in new:
        shared = [places[each] for each in set(face.features()) if each in places]
        votes: Counter[int] = Counter()
        for numbers in shared:
            for number in numbers if len(numbers) <= COMMON else ():
                votes[number] += 1 + COMMON // len(numbers)
        best = nsmallest(MOST_CANDIDATES, votes.items(), key=lambda vote: (-vote[1], vote[0]))
        yield [number for number, _ in best] or min(shared, key=len, default=[])[:MOST_CANDIDATES]


def candidates(
    items: Sequence[T], keys: Callable[[T], Iterable[Hashable]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of numbers of items that share a key, each pair once, the earlier first."""
    groups: dict[Hashable, list[int]] = {}
    for number, item in enumerate(items):
        earlier: set[int] = set()
        for key in set(keys(item)):
            group = groups.setdefault(key, [])
            earlier.update(group[:1], group[-MOST_COMPARED:])
            group.append(number)
        yield from ((before, number) for before in sorted(earlier))
