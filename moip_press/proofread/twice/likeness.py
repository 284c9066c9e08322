"""How alike two texts are, and which of many texts are worth comparing."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from moip_press.folding import fold_words

T = TypeVar("T")
FRENCH = (
    "a au aux avec ce ces cette d dans de des du en est et l la le les leur leurs nos notre ou par"
    " pour qu que qui s sa se ses son sur un une vos votre vous"
)
ENGLISH = "an and are at by for from in is of on our that the this to with your"
SMALL = frozenset(f"{FRENCH} {ENGLISH}".split())
SKETCH = 6  # runs of four words that stand for a text
MOST_COMPARED = 4  # texts of one group, so that time stays in line with the number of texts
MOST_WORDS = 1000  # of a text that is compared
SHORT_WORD, LONG_WORD = 5, 9  # letters: shorter words have no slip, longer ones two


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in order."""
    return tuple(fold_words(text))


def content(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without those that every text has."""
    return tuple(word for word in words if word not in SMALL)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return from 0 to 1 how much two texts begin with the same words in the same order."""
    # loaded where two texts are that much alike: most kits have none
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    return Indel.normalized_similarity(one[:MOST_WORDS], other[:MOST_WORDS])


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return from 0 to 1 how many of the words of the shorter text the other has."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0.0


def same_titles(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two titles (their content words) are the same but for slips."""
    if len(one) != len(other):
        return False
    if all(
        first == second or _slip(first, second) for first, second in zip(one, other, strict=True)
    ):
        return True
    return one[0] in other and sorted(one) == sorted(other)


def _slip(one: str, other: str) -> bool:
    """Tell whether two words are one, mistyped: never numbers, never short words."""
    if re.search(r"\d", one + other) or min(len(one), len(other)) < SHORT_WORD:
        return False
    if one[0] != other[0] or abs(len(one) - len(other)) > 2:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(one, other) <= (2 if len(one) >= LONG_WORD else 1)


def sketch(words: Sequence[str]) -> tuple[int, ...]:
    """Return a few numbers that texts with many equal passages share."""
    codes = [zlib.crc32(word.encode()) for word in words]
    shingles = {
        (a * 3 + b * 5 + c * 7 + d * 11) & 0xFFFFFFFF
        for a, b, c, d in zip(codes, codes[1:], codes[2:], codes[3:], strict=False)
    }
    return tuple(sorted(shingles)[:SKETCH])


def rarest(lists: Sequence[Sequence[str]], count: int) -> list[tuple[str, ...]]:
    """Return for each list of words its rarest ones, by which it is found again."""
    seen = Counter(word for words in lists for word in set(words))
    return [tuple(sorted(set(words), key=lambda w: (seen[w], w))[:count]) for words in lists]


def candidates(
    items: Sequence[T], keys: Callable[[int], Iterable[Hashable]]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of numbers of items that share a key, each pair once, the earlier first."""
    groups: dict[Hashable, list[int]] = {}
    for number in range(len(items)):
        earlier: set[int] = set()
        for key in set(keys(number)):
            group = groups.setdefault(key, [])
            earlier.update(group[:1], group[-MOST_COMPARED:])
            group.append(number)
        yield from ((before, number) for before in sorted(earlier))
