"""Finding names in texts by what all their spellings share.

`fold_name("Ti-Lab")` is `fold_name("Tilab")`. A folded text keeps the place of every word, so that
what is found in it can be pointed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moip_press.text.folding import fold_in_place, letters

WORD = re.compile(r"[^\W_]+")
JOINERS = " \u00a0\u2007\u202f\t\n'’ʼ‘-\u2010\u2011\u00ad"
HYPHENS = "-\u2010\u2011"
BREAK = "\0"
PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "}
)
LEAST_PREFIX = 4
ARTICLES = frozenset(("d", "de", "des", "du", "l", "la", "le", "les", "of", "the"))
SMALL_WORDS = ARTICLES | {"a", "au", "aux", "en", "et", "pour", "sur", "and", "for", "in", "on"}
"""The small words that hold a name together."""


def plain(text: str) -> str:
    """Return a text with straight apostrophes, simple hyphens and simple spaces.

    Compose sets them right: a text is not spelt otherwise for them.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(PLAIN).split())


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. The word at `starts[n]` of `text` begins at `places[n]` of the original.

    `ends` has the end of a word in the original by its end in `text`.
    """

    text: str
    starts: list[int]
    places: list[int]
    ends: dict[int, int]


def folded(text: str, hidden: Iterable[tuple[int, int]] = ()) -> Folded:
    """Return a text folded; words that begin in a hidden stretch are left out."""
    covered = sorted(hidden)
    low = fold_in_place(text).replace("@", "a")
    pieces: list[str] = []
    result = Folded("", [], [], {})
    length, last, index = 0, 0, 0
    for word in WORD.finditer(low):
        start, end = word.span()
        while index < len(covered) and covered[index][1] <= start:
            index += 1
        if index < len(covered) and covered[index][0] <= start:
            pieces.append(BREAK)
            length, last = length + 1, end
            continue
        gap = "" if start - last == 1 and text[last] in JOINERS else _gap(text, last, start)
        form = word[0] if word[0].isascii() else letters(word[0])
        if gap and pieces:
            pieces.append(gap)
            length += len(gap)
        pieces.append(form)
        result.starts.append(length)
        result.places.append(start)
        length, last = length + len(form), end
        result.ends[length] = last
    return Folded("".join(pieces), result.starts, result.places, result.ends)


def fold_name(text: str) -> str:
    """Return what all spellings of a name share: the folded words of a text, joined."""
    return folded(text).text


def _gap(text: str, start: int, end: int) -> str:
    """Return what is left between two words: nothing where the characters only join them."""
    if end - start == 1 and text[start] == "." and _dotted(text, start):
        return ""
    kept = "".join(
        each for each in text[start:end] if each not in JOINERS and not unicodedata.combining(each)
    )
    # a hyphen between spaces is a dash
    return kept or ("–" if end - start > 2 else "")


def _dotted(text: str, stop: int) -> bool:
    """Return whether a full stop belongs to an abbreviation such as C.N.R.S."""
    return stop > 0 and text[stop - 1].isupper() and (stop < 2 or not text[stop - 2].isalpha())


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a folded text holds a key: [start, end) of the original."""

    key: str
    start: int
    end: int


class Lexicon:
    """Keys that are looked for in folded texts, the longest first, in linear time."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = {key for key in keys if key}
        self.prefixes = sorted({min(len(key), LEAST_PREFIX) for key in self.keys}, reverse=True)
        lengths: dict[str, set[int]] = {}
        for key in self.keys:
            lengths.setdefault(key[:LEAST_PREFIX], set()).add(len(key))
        self.lengths = {prefix: sorted(found, reverse=True) for prefix, found in lengths.items()}

    def hits(self, text: Folded) -> Iterator[Hit]:
        """Yield what is found, from left to right, without overlap."""
        done = 0
        for start, place in zip(text.starts, text.places, strict=True):
            end = self._longest(text, start) if start >= done else None
            if end is not None:
                yield Hit(text.text[start:end], place, text.ends[end])
                done = end

    def _longest(self, text: Folded, start: int) -> int | None:
        for prefix in self.prefixes:
            for length in self.lengths.get(text.text[start : start + prefix], ()):
                end = start + length
                if end in text.ends and text.text[start:end] in self.keys:
                    return end
        return None
