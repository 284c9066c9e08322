"""Where a text quotes: what stands between quotation marks."""

from __future__ import annotations

import re

MARKS = re.compile(r"[«»“”\"]")
CLOSING = {"«": "»", "“": "”"}
LONGEST = 600  # characters: a mark that is not closed within them is an accident


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the outermost pairs of quotation marks, each from its first mark to past its last.

    « », “ ” and straight quotes count; a mark without its fellow quotes nothing.
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    straight = False  # whether a straight mark is open
    for mark in MARKS.finditer(text):
        if mark[0] in CLOSING or (mark[0] == '"' and not straight):
            opened.append((mark[0], mark.start()))
            straight = straight or mark[0] == '"'
            continue
        while opened:
            sign, start = opened.pop()
            straight = straight and sign != '"'
            if CLOSING.get(sign, sign) == mark[0]:
                if mark.end() - start <= LONGEST:
                    while found and found[-1][0] > start:  # what lies within it
                        found.pop()
                    found.append((start, mark.end()))
                break
    return tuple(found)
