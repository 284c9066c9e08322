"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

AROUND = 6  # words that are shown before and after one that differs
MOST_WORDS = 5000  # of a text that is compared word by word
_TOKEN = re.compile(r"\s+|[^\s]+")


class Side(StrEnum):
    """Where a piece of text stands: in both, in the old text, in the new one, or nowhere."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"
    CUT = "cut"
    """What both have and is not shown."""


@dataclass(frozen=True)
class Piece:
    """Some words and where they stand."""

    side: Side
    text: str


def difference(old: str, new: str, around: int | None = AROUND) -> list[Piece]:
    """Return two texts as one: what both have, what only one of them has.

    Far from a difference only ``around`` words are kept of what both have; None keeps all.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return [Piece(Side.OLD, old), Piece(Side.NEW, new)]
    pieces = list(_pieces(before, after))
    return pieces if around is None else [short for p in _placed(pieces, around) for short in p]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for op in Levenshtein.opcodes(before, after):
        old = "".join(before[op.src_start : op.src_end])
        new = "".join(after[op.dest_start : op.dest_end])
        if op.tag == "equal":
            yield Piece(Side.BOTH, old)
        else:
            yield from (Piece(s, t) for s, t in ((Side.OLD, old), (Side.NEW, new)) if t)


def _placed(pieces: list[Piece], around: int) -> Iterator[list[Piece]]:
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        if piece.side is not Side.BOTH:
            yield [piece]
            continue
        words = _TOKEN.findall(piece.text)
        head = 0 if number == 0 else 2 * around
        tail = 0 if number == last else 2 * around
        if len(words) <= head + tail + 2:
            yield [piece]
            continue
        start, end = "".join(words[:head]), "".join(words[len(words) - tail :] if tail else [])
        parts = (Piece(Side.BOTH, start), Piece(Side.CUT, "…"), Piece(Side.BOTH, end))
        yield [part for part in parts if part.text]
