"""Straight double quotes that pair up within a paragraph, made typographic.

An opening one stands before a word and a closing one after it; what does not pair up stays as
typed. In French the outer pair is « », a pair within it “ ”; in English all are “ ”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moip_press.text.typography.line import Line

OPENERS = frozenset("([{«“‘’'–—-/ ")
CLOSERS = frozenset(")]}»”.,;:!?…’'–—-/")
OUTER = {"fr": ("«\u00a0", "\u00a0»"), "en": ("“", "”")}
INNER = ("“", "”")


@dataclass(frozen=True, slots=True)
class Pair:
    """The places of an opening and a closing quote."""

    start: int
    end: int


def set_quotes(line: Line, language: str) -> None:
    """Make the straight quotes of a line typographic where they pair up."""
    if '"' not in line.text:
        return
    pairs = straight_pairs(line.text)
    inside = _depths(pairs + _guillemets(line.text))
    edits: list[tuple[int, int, str]] = []
    for pair in pairs:
        marks = INNER if inside[pair.start] else OUTER[language]
        edits += [(pair.start, pair.start + 1, marks[0]), (pair.end, pair.end + 1, marks[1])]
    if edits:
        line.edit(sorted(edits))


def straight_pairs(text: str) -> list[Pair]:
    """Return the straight double quotes that pair up within a paragraph."""
    pairs: list[Pair] = []
    opened: list[int] = []
    place = text.find('"')
    while place >= 0:
        before = text[place - 1] if place else " "
        after = text[place + 1 : place + 2] or " "
        opens = _starts(before) and not (after.isspace() or after in CLOSERS)
        closes = not before.isspace() and _ends(after)
        if opened and closes and not opens:
            pairs.append(Pair(opened.pop(), place))
        elif opens:
            opened.append(place)
        place = text.find('"', place + 1)
    return pairs


def _starts(before: str) -> bool:
    return before.isspace() or before in OPENERS or before == '"'


def _ends(after: str) -> bool:
    return after.isspace() or after in CLOSERS or after == '"'


def _guillemets(text: str) -> list[Pair]:
    pairs: list[Pair] = []
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign == "«":
            opened.append(place)
        elif sign == "»" and opened:
            pairs.append(Pair(opened.pop(), place))
    return pairs


def _depths(pairs: list[Pair]) -> dict[int, int]:
    """Return how many pairs stand round each opening quote."""
    steps = sorted([(pair.start, 1) for pair in pairs] + [(pair.end, -1) for pair in pairs])
    depths: dict[int, int] = {}
    depth = 0
    for place, step in steps:
        if step > 0:
            depths[place] = depth
        depth += step
    return depths
