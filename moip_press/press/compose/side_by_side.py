"""What stands side by side: rows of cards, profiles and key figures, between which pages end.

The rows are made here, not by the style sheet: a row that is a block of its own moves to the next
page whole, together with the heading above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from moip_press.kit.model.looks import USUAL_PAGE

T = TypeVar("T")

GAP = 8.0  # millimetres between key figures
EM = 25.4 / 72  # millimetres, of type of one point
SIZES = (34, 22, 17)  # points: --type-7, --type-6 and --type-5 of styles/measures.css
MOST_COLUMNS, FEWEST_COLUMNS = 5, 3
LETTER, CAPITAL = 0.58, 0.68  # of the size, in the black weight
OTHERS = {
    **dict.fromkeys("\u202f\u2009", 0.12),
    **dict.fromkeys("\u00a0 '’", 0.2),
    **dict.fromkeys(".,;:!/|iIjl-", 0.34),
    **dict.fromkeys("0123456789€$£+×", 0.54),
    **dict.fromkeys("mwMW%—@", 0.87),
}


@dataclass(frozen=True)
class Columns:
    """In how many columns key figures stand, and the size of their values in points."""

    number: int
    size: int


def rows(
    items: Sequence[T], number: int, lengths: Sequence[int] = (), most: int = 0
) -> list[list[T]]:
    """Return items in rows of so many; one that is longer than ``most`` has a row of its own."""
    made: list[list[T]] = []
    filled = number
    for index, item in enumerate(items):
        alone = bool(lengths) and lengths[index] > most
        if alone or filled >= number:
            made.append([])
            filled = 0
        made[-1].append(item)
        filled = number if alone else filled + 1
    return made


def columns(values: Sequence[str], width: float = USUAL_PAGE.text_width) -> Columns:
    """Return how key figures are set: as large as leaves each value whole on its line.

    ``width`` is that of the text and of the column that its headings hang in, in millimetres.

    The rows are as even as can be; from three figures on, three stand in a row.
    """
    count = len(values)
    whole = max(map(_width, values), default=0.0)
    word = max((_width(word) for value in values for word in value.split(" ")), default=0.0)
    number = min(count, FEWEST_COLUMNS, max(_fitting(word * SIZES[-1], width, count), 1))
    fitting = ((_fitting(whole * size, width, count), size) for size in SIZES)
    most, size = next((pair for pair in fitting if pair[0] >= number), (number, SIZES[-1]))
    return Columns(_even(count, most), size)


def _width(value: str) -> float:
    return sum(OTHERS.get(sign, CAPITAL if sign.isupper() else LETTER) for sign in value)


def _fitting(points: float, width: float, most: int) -> int:
    """Return into how many columns a text of this width fits."""
    number = min(most, MOST_COLUMNS)
    while number and (width - (number - 1) * GAP) / number < points * EM:
        number -= 1
    return number


def _even(count: int, most: int) -> int:
    return -(-count // -(-count // most)) if count else 1
