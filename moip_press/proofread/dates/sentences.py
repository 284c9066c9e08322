"""A text in small letters without accents, sign for sign, and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from moip_press.kit.when.tokens import SIGNS
from moip_press.text.folding import letters

SENTENCE_END = re.compile(r"(?<![ .]\w)[.!?…;]+[»”\")]?\s+(?=[\"«“(\d]|[^\W\d_a-z])")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LONGEST = 600  # characters on either side: what is further away says nothing of a date


class _Folded(dict[int, str]):
    """The folded sign for each sign; a sign that has no single one stays."""

    def __missing__(self, code: int) -> str:
        sign = SIGNS.get(chr(code), chr(code))
        folded = " " if sign.isspace() else (letters(sign)[:1] or sign)
        self[code] = folded
        return folded


@cache
def _folded() -> _Folded:
    return _Folded()


def flat(text: str) -> str:
    """Return the text in small letters without accents; the offsets stay the same."""
    return text.translate(_folded())


@dataclass(frozen=True)
class Sentence:
    """A sentence and the place of a date in it: `text[start:end]`, all in flat letters."""

    text: str
    start: int
    end: int

    @property
    def before(self) -> str:
        """What stands before the date."""
        return self.text[: self.start]

    @property
    def after(self) -> str:
        """What stands after the date."""
        return self.text[self.end :]


@dataclass(frozen=True)
class Context:
    """The text that dates stand in."""

    text: str

    @cached_property
    def flat(self) -> str:
        """The whole text in flat letters."""
        return flat(self.text)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text names."""
        return frozenset(int(year) for year in YEAR.findall(self.text))

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(match.end() for match in SENTENCE_END.finditer(self.text))

    def sentence(self, start: int, end: int) -> Sentence:
        """Return the sentence round the signs [start, end)."""
        below, above = bisect_right(self._ends, start), bisect_left(self._ends, end)
        first = self._ends[below - 1] if below else 0
        last = self._ends[above] if above < len(self._ends) else len(self.text)
        first, last = max(first, start - LONGEST), min(last, end + LONGEST)
        return Sentence(self.flat[first:last], start - first, end - first)


def alternatives(words: Mapping[str, str], language: str) -> re.Pattern[str]:
    """Return the pattern of a language's words, whole words only."""
    return re.compile(rf"(?<!\w)(?:{words[language]})(?!\w)")
