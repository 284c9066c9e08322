"""How like two records are: by what a reader knows them by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from zlib import crc32

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from moip_press.model.fields import slug
from moip_press.when import When

# How much each likeness, where it is whole, says by itself.
TITLE, WORDS, HOLDERS, DAY = 0.75, 0.75, 0.3, 0.25
# Likeness below these is what any two texts have.
TITLE_FLOOR, WORDS_FLOOR = 0.3, 0.35
# What is left where two records contradict each other.
CONTRADICTED = 0.8
# What is left where titles differ in a number: they are two of a series.
OTHER_NUMBER = 0.5
LIKE = 0.56
ALIKE = 0.8
"""From ``LIKE`` on two records may be one; from ``ALIKE`` on there is no doubt."""
MOST_WORDS = 300
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Traits:
    """What a record is known by.

    ``id`` is its id, ``named`` what it was made from if it was not given; ``sort`` what it must
    be to be compared at all. ``title`` and ``words`` are in lower case without accents.
    """

    sort: str
    id: str = ""
    named: str = ""
    title: str = ""
    holders: frozenset[str] = frozenset()
    when: When | None = None
    words: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether its id says more than its title."""
        return bool(self.id) and self.id != slug(self.named)

    def features(self) -> Iterator[str]:
        """Yield what records that may be one are likely to share, the most telling first."""
        yield f"i:{self.id}"
        yield f"t:{self.title}"
        names = self.title.split()
        for one, other in pairwise(names):
            yield f"b:{one} {other}"
        for name in names:
            yield f"w:{name}"
        words = self.words[:MOST_WORDS]
        threes = map(" ".join, zip(words, words[1:], words[2:], strict=False))
        # the same few of two texts that share most of their words, wherever these stand
        yield from nsmallest(SAMPLES, threes, key=lambda three: crc32(three.encode()))
        for holder in sorted(self.holders):
            yield f"h:{holder}"
            if self.when:
                yield f"d:{holder}:{self.when.start.toordinal()}"


def likeness(old: Traits, new: Traits) -> float:
    """Return how like two records are, from 0 to 1: independent signs add up, none alone is sure.

    A title or a text in common may be enough; those who hold it and the day only help.
    """
    if old.sort != new.sort:
        return 0.0
    unlike, kept = 1.0, 1.0
    title = titles_alike(old.title, new.title)
    unlike *= 1 - TITLE * title
    if old.words and new.words:
        words = _words_alike(old.words, new.words)
        unlike *= 1 - WORDS * words
        kept *= CONTRADICTED if words < 0.1 else 1
    if old.holders and new.holders:
        share = len(old.holders & new.holders) / min(len(old.holders), len(new.holders))
        unlike *= 1 - HOLDERS * share
        kept *= CONTRADICTED if not share else 1
    if old.when and new.when:
        unlike *= 1 - DAY * _days_alike(old.when, new.when)
    return (1 - unlike) * kept


def titles_alike(old: str, new: str) -> float:
    """Return how like two titles are: 1 where they have the same words in any order."""
    if not old or not new:
        return 0.0
    found = max(fuzz.ratio(old, new), fuzz.token_sort_ratio(old, new)) / 100
    alike = max(0.0, (found - TITLE_FLOOR) / (1 - TITLE_FLOOR))
    return alike if _numbers(old) == _numbers(new) else alike * OTHER_NUMBER


def _numbers(title: str) -> list[str]:
    return [word for word in title.split() if word.isdigit()]


def _words_alike(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    if old == new:
        return 1.0
    found = Indel.normalized_similarity(old[:MOST_WORDS], new[:MOST_WORDS])
    return max(0.0, (found - WORDS_FLOOR) / (1 - WORDS_FLOOR))


def _days_alike(old: When, new: When) -> float:
    if old == new:
        return 1.0
    return 0.7 if old.days == new.days or old.start == new.start else 0.0
