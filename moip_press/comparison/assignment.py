"""One-to-one assignment: the pairs whose scores add up to the most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Pair = tuple[int, int]
LARGEST = 40
"""Groups of more records than this are paired greedily, the best score first."""


def assign(scores: Mapping[Pair, float]) -> tuple[Pair, ...]:
    """Return pairs of ``scores`` in which each left and each right number stands once at most."""
    found: list[Pair] = []
    for group in _groups(scores):
        lefts = sorted({left for left, _ in group})
        rights = sorted({right for _, right in group})
        if max(len(lefts), len(rights)) <= LARGEST:
            found += _best(lefts, rights, scores)
        else:
            found += _greedy(group, scores)
    return tuple(sorted(found))


def _groups(scores: Mapping[Pair, float]) -> Iterator[list[Pair]]:
    """Yield the pairs that share a record, directly or through others."""
    rights: dict[int, list[Pair]] = {}
    lefts: dict[int, list[Pair]] = {}
    for pair in scores:
        lefts.setdefault(pair[0], []).append(pair)
        rights.setdefault(pair[1], []).append(pair)
    seen: set[Pair] = set()
    for pair in scores:
        waiting, group = [pair], []
        while waiting:
            near = waiting.pop()
            if near not in seen:
                seen.add(near)
                group.append(near)
                waiting += lefts.pop(near[0], []) + rights.pop(near[1], [])
        if group:
            yield group


def _greedy(group: Sequence[Pair], scores: Mapping[Pair, float]) -> Iterator[Pair]:
    lefts: set[int] = set()
    rights: set[int] = set()
    for left, right in sorted(group, key=lambda pair: (-scores[pair], pair)):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            yield left, right


def _best(
    lefts: Sequence[int], rights: Sequence[int], scores: Mapping[Pair, float]
) -> Iterator[Pair]:
    """Yield the best pairs: the Hungarian method (Kuhn 1955), on costs, with potentials."""
    size = max(len(lefts), len(rights))
    costs = [
        [
            -scores.get((lefts[row], rights[column]), 0.0)
            if row < len(lefts) and column < len(rights)
            else 0.0
            for column in range(size)
        ]
        for row in range(size)
    ]
    for column, row in enumerate(_rows(costs)):
        if row < len(lefts) and column < len(rights):
            pair = lefts[row], rights[column]
            if pair in scores:
                yield pair


def _rows(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return for each column of a square of costs the row that it is given to."""
    size = len(costs)
    by_row, by_column = [0.0] * size, [0.0] * (size + 1)
    owner = [-1] * (size + 1)
    for row in range(size):
        owner[size] = row
        column, came = size, [size] * (size + 1)
        least, used = [float("inf")] * (size + 1), [False] * (size + 1)
        while owner[column] != -1:
            used[column] = True
            step, nearest = float("inf"), size
            for other in range(size):
                if used[other]:
                    continue
                cost = costs[owner[column]][other] - by_row[owner[column]] - by_column[other]
                if cost < least[other]:
                    least[other], came[other] = cost, column
                if least[other] < step:
                    step, nearest = least[other], other
            for other in range(size + 1):
                if used[other]:
                    by_row[owner[other]] += step
                    by_column[other] -= step
                else:
                    least[other] -= step
            column = nearest
        while column != size:
            owner[column], column = owner[came[column]], came[column]
    return owner[:size]
