"""Discs of diameter 1, packed round a point: the clusters of the cover's calendar."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Places = tuple[tuple[float, float], ...]

HEXAGONAL = math.sqrt(3) / 2  # from row to row, where a row lies in the gaps of the next
# How many discs stand in each row of the roundest figure.
FIGURES = {
    1: (1,),
    2: (2,),
    3: (1, 2),
    4: (1, 2, 1),
    5: (2, 3),
    6: (1, 2, 3),
    7: (2, 3, 2),
    8: (3, 2, 3),
    9: (2, 3, 4),
    10: (3, 4, 3),
}


def arrangements(count: int) -> Iterator[Places]:
    """Yield the centres of ``count`` discs in each way to pack them, the roundest way first.

    Later ways are flatter, down to a single row. No two discs overlap, and a figure stands
    round the origin.
    """
    if count in FIGURES:
        rows = FIGURES[count]
        yield _rows(rows, rows, HEXAGONAL)
    for columns in range(max(math.ceil(math.sqrt(count)), 1), count + 1):
        if count % columns == 0:
            lines = (columns,) * (count // columns)
            yield _rows(lines, lines, 1.0)
        else:
            yield _rows(*_alternating(count, columns), HEXAGONAL)


def extent(places: Places, pitch: float) -> tuple[float, float]:
    """Return the width and height of a figure whose centres are ``pitch`` diameters apart."""
    if not places:
        return 0.0, 0.0
    wide = max(abs(x) for x, _ in places) * 2 * pitch + 1
    tall = max(abs(y) for _, y in places) * 2 * pitch + 1
    return wide, tall


def _alternating(count: int, columns: int) -> tuple[list[int], list[int]]:
    """Return rows of ``columns`` places and one less in turn, and how many are taken in each."""
    lengths: list[int] = []
    taken: list[int] = []
    while count > 0:
        lengths.append(max(columns - len(lengths) % 2, 1))
        taken.append(min(lengths[-1], count))
        count -= taken[-1]
    return lengths, taken


def _rows(lengths: Sequence[int], taken: Sequence[int], step: float) -> Places:
    """Return the centres of the places that are taken, in the middle of each row."""
    top = -(len(lengths) - 1) / 2 * step
    return tuple(
        (column + (length - held) // 2 - (length - 1) / 2, round(top + number * step, 4))
        for number, (length, held) in enumerate(zip(lengths, taken, strict=True))
        for column in range(held)
    )
