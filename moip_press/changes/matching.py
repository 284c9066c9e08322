"""Which record of the kit an incoming one is: by where it came from, by its id, by likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from moip_press.changes.fields import Fields
from moip_press.columns import Row
from moip_press.folding import fold_words
from moip_press.incoming import Incoming, Value
from moip_press.proofread.twice.likeness import content, likeness

NAMES = {
    "event": ("title",),
    "contact": ("name", "organisation"),
    "lab": ("name",),
    "directory": ("name",),
    "exchange": ("question",),
    "item": ("title", "label"),
}
"""The fields that name a record; of other kinds it is the title."""

TITLE, DATE, WHO = 0.6, 0.25, 0.15
"""How much of the likeness of two records each of them is."""

ALIKE = 0.745
"""From here on two records are one: the same title and organiser with another date, or the
same date and organiser with a title that mostly says the same."""

LEAST_TITLE = 0.6
CLEARLY = 0.05
"""By how much the best of several must be better than the next."""

UNKNOWN = 0.5  # of a date or organiser that one of the two does not have
SAME_LETTERS = 0.85
RAREST = 3
MOST_COMPARED = 40


@dataclass(frozen=True)
class Found:
    """What was found for one incoming record: one row, none, or several that it could be."""

    row: Row | None = None
    doubtful: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Face:
    """What a record is recognised by."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    date: object
    who: tuple[str, ...]


def face(kind: str, values: Mapping[str, Value], fields: Fields) -> Face:
    """Return what a record with such values is recognised by."""
    title = next(
        (str(values[name]) for name in NAMES.get(kind, ("title",)) if values.get(name)), ""
    )
    words = tuple(fold_words(title))
    when = values.get("when")
    names = values.get("organisers") or values.get("organisers_line") or values.get("email") or ()
    who = " ".join(map(str, names)) if isinstance(names, tuple) else str(names)
    return Face(
        content(words) or words,
        tuple(re.findall(r"[0-9]+", title)),
        fields.meaning(when) if when else None,
        tuple(fold_words(who)),
    )


def alike(one: Face, other: Face) -> float:
    """Return from 0 to 1 how likely two records are one."""
    if one.numbers != other.numbers:
        return 0.0  # "Atelier 1" is not "Atelier 2"
    title = likeness(one.words, other.words) if one.words and other.words else 0.0
    if title < 1:
        letters = likeness(" ".join(one.words), " ".join(other.words))
        title = max(title, letters)
    if title < LEAST_TITLE:
        return 0.0
    date = UNKNOWN if one.date is None or other.date is None else float(one.date == other.date)
    who = UNKNOWN if not one.who or not other.who else _shared(one.who, other.who)
    return TITLE * title + DATE * date + WHO * who


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return from 0 to 1 how far two organisers are the same: LaBase is La Base."""
    mine, theirs = set(content(one)), set(content(other))
    words = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    letters = likeness("".join(one), "".join(other))
    return max(words, letters if letters > SAME_LETTERS else 0.0)


@dataclass
class Index:
    """Records of the kit that an incoming one may be, found by the words that few of them have."""

    faces: Sequence[tuple[Row, Face]]
    keys: dict[Hashable, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, (_, seen) in enumerate(self.faces):
            for key in _keys(seen):
                self.keys[key].append(number)

    def candidates(self, wanted: Face) -> Iterator[int]:
        """Yield the numbers of the records worth comparing, each once."""
        lists = sorted((self.keys[key] for key in _keys(wanted) if key in self.keys), key=len)
        near = dict.fromkeys(number for some in lists[:RAREST] for number in some[:MOST_COMPARED])
        yield from near


def _keys(seen: Face) -> Iterable[Hashable]:
    yield "title", seen.words
    if seen.date is not None and seen.who:
        yield from (("day", seen.date, name) for name in sorted(content(seen.who))[:2])
    yield from (("word", word) for word in dict.fromkeys(seen.words))


def by_likeness(
    kind: str,
    wanted: Sequence[Incoming],
    rows: Sequence[tuple[Row, Mapping[str, Value]]],
    fields: Fields,
) -> list[Found]:
    """Return what is found for each of the incoming records among rows that are still free.

    A row may stand among ``rows`` several times: with its values now, and with those with which
    it came last. The best pairs go first, and none is taken twice.
    """
    index = Index([(row, face(kind, values, fields)) for row, values in rows])
    scores: list[tuple[float, int, str]] = []
    best: list[dict[str, float]] = []
    by_uid = {row.uid: row for row, _ in rows}
    for number, record in enumerate(wanted):
        mine = face(kind, record.values, fields)
        found: dict[str, float] = {}
        for candidate in index.candidates(mine):
            row, seen = index.faces[candidate]
            score = alike(mine, seen)
            if score >= ALIKE:
                found[row.uid] = max(score, found.get(row.uid, 0.0))
        best.append(found)
        scores += ((score, number, uid) for uid, score in found.items())
    return _paired(best, scores, by_uid)


def _paired(
    best: Sequence[Mapping[str, float]],
    scores: list[tuple[float, int, str]],
    by_uid: Mapping[str, Row],
) -> list[Found]:
    found = [Found() for _ in best]
    taken: set[str] = set()
    done: set[int] = set()
    rivals: dict[str, list[float]] = defaultdict(list)
    for score, _, uid in scores:
        rivals[uid].append(score)
    for score, number, uid in sorted(scores, key=lambda each: (-each[0], each[1], each[2])):
        if number in done:
            continue
        if uid in taken:
            if score > 1 - CLEARLY:  # the same record a second time
                found[number] = Found(None, (by_uid[uid],))
            continue
        free = [other for other in best[number] if other not in taken]
        near = [other for other in free if best[number][other] > score - CLEARLY]
        claims = sum(1 for rival in rivals[uid] if rival > score - CLEARLY)
        done.add(number)
        if len(near) > 1 or (claims > 1 and score < 1):
            found[number] = Found(None, tuple(by_uid[other] for other in near))
        else:
            taken.add(uid)
            found[number] = Found(by_uid[uid])
    return found
