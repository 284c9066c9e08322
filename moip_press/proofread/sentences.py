"""Where the sentences of a passage begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from moip_press.proofread.passages import Passage

LONGEST = 600
"""Characters on either side of a place: what is further away says nothing about it."""
# After an initial, "p." or "14 h." a sentence goes on.
END = (
    r"(?<![ .]\w)(?<!\b[A-ZÀ-Ýp])(?<!n°)[.!?…{semicolon}](?:\s?[»”]|[\")])?"
    r"\s+(?=[A-ZÀ-Ý«“\"(\d])"
)
SENTENCE_END, CLAUSE_END = (re.compile(END.format(semicolon=sign)) for sign in ("", ";"))


@dataclass(frozen=True)
class Sentences:
    """The sentences of a passage, not those within its quotations.

    With `clauses`, a semicolon ends a sentence too.
    """

    passage: Passage
    clauses: bool = False

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offsets at which the sentences start; the first is 0."""
        quoted = self.passage.quoted
        opened = [start for start, _ in quoted]
        found = [0]
        for end in (CLAUSE_END if self.clauses else SENTENCE_END).finditer(self.passage.text):
            before = bisect_right(opened, end.start()) - 1
            if before < 0 or quoted[before][1] <= end.end():
                found.append(end.end())
        return tuple(found)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of each sentence."""
        return pairwise((*self.starts, len(self.passage.text)))

    def around(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Return the sentence that holds the characters [start, end), cut to what is near them."""
        last = start + 1 if end is None else end
        below, above = bisect_right(self.starts, start), bisect_left(self.starts, last)
        stop = self.starts[above] if above < len(self.starts) else len(self.passage.text)
        return max(self.starts[below - 1], start - LONGEST), min(stop, last + LONGEST)
