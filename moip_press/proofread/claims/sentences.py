"""Where sentences begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

LONGEST = 600  # signs before and behind a place: what is further off has nothing to do with it
END = re.compile(r"(?<!\b[A-ZÀ-Ýp])(?<!n°)[.!?…](?:\s?[»”]|\")?\s+(?=[A-ZÀ-Ý«“\"\d])")


def starts(text: str, quoted: Sequence[tuple[int, int]] = ()) -> list[int]:
    """Return where the sentences of a text start; those within quotations are not looked for."""
    found = [0]
    opened = [start for start, _ in quoted]
    for end in END.finditer(text):
        before = bisect_right(opened, end.start()) - 1
        if before < 0 or quoted[before][1] <= end.end():
            found.append(end.end())
    return found


def sentence(text: str, at: int, begins: Sequence[int]) -> tuple[int, int]:
    """Return the sentence of a text that holds the sign at `at`."""
    number = bisect_right(begins, at)
    end = begins[number] if number < len(begins) else len(text)
    return max(begins[number - 1], at - LONGEST), min(end, at + LONGEST)
