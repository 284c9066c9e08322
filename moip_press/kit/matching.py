"""Whether two records are one: the same answer for imports, comparisons and the proofreader.

`Face` is what a record is recognised by, `likeness` and `surely` are the judgement, `match` pairs
two lists of records, `candidates` finds what of one list is worth comparing. Time grows with the
number of records, never with its square: each is compared with the few that share what is rare.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from typing import TypeVar
from zlib import crc32

from moip_press.kit.when import When
from moip_press.text.folding import fold_words

FRENCH = (
    "a au aux avec ce ces cette d dans de des du en est et l la le les leur leurs nos notre ou par"
    " pour qu que qui s sa se ses son sur un une vos votre vous"
)
ENGLISH = "an and are at by for from in is of on our that the this to with your"
SMALL = frozenset(f"{FRENCH} {ENGLISH}".split())

# How much each likeness, where it is whole, says by itself. A short title of an event is borne by
# others too; a long one seldom is, nor is the name of a person or a lab.
TITLE, NAME, WORDS, HOLDERS, DAY = 0.75, 0.85, 0.8, 0.3, 0.25
DISTINCT = 4  # words that a title has at least that two events do not bear by chance
SHORT = 12  # words: shorter texts say less, in proportion
# Likeness below these is what any two texts have.
TITLE_FLOOR, WORDS_FLOOR = 0.3, 0.35
TOLD_ANEW = 0.75  # of its words a text keeps when it is told in another way
# What is left where texts have next to nothing in common, or those who hold it are others.
OTHER_TEXT, OTHER_HOLDERS = 0.8, 0.85
# What is left of the likeness of titles that differ in a number: they are two of a series.
OTHER_NUMBER = 0.5
NEAR_DAY = 0.7  # the same day at another time, or the same beginning
LIKE = 0.65
SURE = 0.8
"""From ``LIKE`` on two records may be one; from ``SURE`` on they are, if their titles agree."""
NEARLY = 0.93  # the most that titles are alike whose words are not the same
SAME_TITLE, SHARED = 0.85, 0.5
"""Titles agree where their letters are that much alike, or the shorter shares half its words."""
MOST_WORDS = 300
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Face:
    """What a record is recognised by, each word folded.

    ``sort`` is what it must be to be compared at all. ``title`` has the words that tell it from
    others, ``holders`` the words of each of those who hold it.
    """

    sort: str
    title: tuple[str, ...] = ()
    holders: frozenset[tuple[str, ...]] = frozenset()
    when: When | None = None
    words: tuple[str, ...] = ()
    id: str = ""
    given: bool = False
    """Whether its id says more than its title."""

    @classmethod
    def of(
        cls,
        sort: str,
        title: str,
        *,
        holders: Iterable[str] = (),
        when: When | None = None,
        texts: Iterable[str] = (),
        id: str = "",  # noqa: A002 -- what it is called everywhere
        given: bool = False,
    ) -> Face:
        """Return the face of a record with such a title, holders and texts."""
        named = map(fold_words, holders)
        words = tuple(word for text in texts for word in fold_words(text))
        own = content(fold_words(title))
        dated = when if when and when.known else None
        return cls(sort, own, frozenset(filter(None, named)), dated, words, id, given)

    @property
    def numbers(self) -> list[str]:
        """The words of its title that hold a digit."""
        return [word for word in self.title if any(sign.isdigit() for sign in word)]

    def features(self) -> Iterator[Hashable]:
        """Yield what records that may be one are likely to share."""
        start = self.when and self.when.start
        yield from [(self.sort, "id", self.id)] if self.id else []
        if self.title:
            yield self.sort, "title", self.title
            yield self.sort, "dated", self.title, start
        yield from ((self.sort, "two", two) for two in pairwise(self.title))
        yield from ((self.sort, "word", word) for word in self.title)
        words = self.words[:MOST_WORDS]
        threes = map(" ".join, zip(words, words[1:], words[2:], strict=False))
        # the same few of two texts that share most of their words, wherever these stand
        for three in nsmallest(SAMPLES, threes, key=lambda three: crc32(three.encode())):
            yield self.sort, "text", three
        for holder in self.holders:
            yield self.sort, "holder", holder
            yield self.sort, "held", holder, start


def content(words: Sequence[str]) -> tuple[str, ...]:
    """Return words without those that every text has; all, where there are no others."""
    return tuple(word for word in words if word not in SMALL) or tuple(words)


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Return from 0 to 1 how many of the words of the shorter text the other has."""
    first, second = set(one), set(other)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0


def likeness(one: Face, other: Face) -> float:
    """Return from 0 to 1 how like two records are: independent signs add up, none alone is sure.

    A title or a text in common may be enough; those who hold it and the day only help.
    """
    if one.sort != other.sort:
        return 0.0
    short = one.sort == "event" and min(len(one.title), len(other.title)) < DISTINCT
    unlike, kept = 1 - (TITLE if short else NAME) * _titles_alike(one, other), 1.0
    if one.words and other.words:
        words = _texts_alike(one.words, other.words)
        length = min(len(one.words), len(other.words), SHORT)
        unlike *= 1 - WORDS * words * length / SHORT
        kept *= OTHER_TEXT if words < 0.1 else 1
    if one.holders and other.holders:
        share = _shared(one.holders, other.holders)
        unlike *= 1 - HOLDERS * share
        kept *= OTHER_HOLDERS if not share else 1
    if one.when and other.when:
        unlike *= 1 - DAY * _days_alike(one.when, other.when)
    return (1 - unlike) * kept


def surely(one: Face, other: Face) -> bool:
    """Tell whether two records are one beyond doubt.

    Their titles agree, no number in them differs, and all that is known of them is like enough.
    """
    if one.numbers != other.numbers or not _titles_agree(one.title, other.title):
        return False
    return likeness(one, other) >= SURE


def _titles_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    if one == other or overlap(one, other) >= SHARED:
        return True
    return bool(one and other) and _letters_alike(one, other) >= SAME_TITLE


def _titles_alike(one: Face, other: Face) -> float:
    """Return how like two titles are: 1 where they have the same words in any order."""
    if not one.title or not other.title:
        return 0.0
    same = sorted(one.title) == sorted(other.title)
    found = 1.0 if same else min(NEARLY, _letters_alike(one.title, other.title))
    alike = max(0.0, (found - TITLE_FLOOR) / (1 - TITLE_FLOOR))
    return alike if one.numbers == other.numbers else alike * OTHER_NUMBER


def _letters_alike(one: Sequence[str], other: Sequence[str]) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 -- slow to load, and most kits need none of it

    sorted_ = fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other)))
    return max(fuzz.ratio(" ".join(one), " ".join(other)), sorted_) / 100


def same_text(one: Sequence[str], other: Sequence[str]) -> float:
    """Return from 0 to 1 how much two texts say the same in the same order, beyond chance."""
    if one == other:
        return 1.0
    from rapidfuzz.distance import Indel  # noqa: PLC0415 -- as above

    found = Indel.normalized_similarity(one[:MOST_WORDS], other[:MOST_WORDS])
    return max(0.0, (found - WORDS_FLOOR) / (1 - WORDS_FLOOR))


def _texts_alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how much two texts say the same; one may be cut, or told in another order."""
    found = overlap(content(one[:MOST_WORDS]), content(other[:MOST_WORDS]))
    anew = min(1.0, (found - WORDS_FLOOR) / (TOLD_ANEW - WORDS_FLOOR))
    return max(same_text(one, other), anew)


def _shared(one: Iterable[tuple[str, ...]], other: Iterable[tuple[str, ...]]) -> float:
    """Return from 0 to 1 how many of the fewer holders are the same: LaBase is La Base."""
    first, second = (
        {"".join(name): set(content(name)) for name in names} for names in (one, other)
    )
    least = min(len(first), len(second))
    same = sum(
        key in second or any(words <= theirs or theirs <= words for theirs in second.values())
        for key, words in first.items()
    )
    return min(same / least, 1.0)


def _days_alike(one: When, other: When) -> float:
    if one == other:
        return 1.0
    shared = len(set(one.days) & set(other.days))
    most = 2 * shared > max(len(one.days), len(other.days))
    if shared > 1 and most and "range" not in (one.kind, other.kind):
        return 1.0  # sessions, of which some have moved
    return NEAR_DAY if one.days == other.days or one.start == other.start else 0.0


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
