"""A paragraph cut into runs, edited as one text; its straight double quotes made typographic."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

Replacement = str | Callable[[re.Match[str]], str]

# Private-use characters stand for what no rule may touch: a word, or something that reads
# as a number.
WORD_MASK = "\ue000"
NUMBER_MASK = "\ue001"
MASKS = WORD_MASK + NUMBER_MASK

# What is left alone. Each alternative starts with a character of its own or a word boundary, and
# no two adjacent parts of it match the same characters, so that the search stays linear.
KEPT = re.compile(
    r"""
      (?P<number>\{page:[ ]?[^\s{}]*[ ]?\})
    | (?P<word>
          (?<!\^)\{[A-Za-z_][\w.-]*\}                                      # {website}
        | \b(?:https?|ftp|mailto|tel):[^\s<>«»"“”]*[^\s<>«»"“”.,;:!?)\]’'…]
        | \bwww\.[^\s<>«»"“”]*[^\s<>«»"“”.,;:!?)\]’'…]
        | (?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+  # e-mail
        | (?<![\w:;])[:;]-[()DP](?!\w)                              # :-)
        | [\ue000\ue001]
      )
    """,
    re.VERBOSE,
)


class Line:
    """The text of a paragraph, with the places where its runs meet.

    Replacements see one text, masked where it must stay as typed; the places move along.
    """

    def __init__(self, runs: Sequence[str], opaque: Collection[int] = ()) -> None:
        self._kept: list[str] = []
        masked = [
            self._mask(run) if index in opaque else self._mask_parts(run)
            for index, run in enumerate(runs)
        ]
        self.text = "".join(masked)
        self.cuts: list[int] = []
        place = 0
        for run in masked:
            place += len(run)
            self.cuts.append(place)

    def _mask(self, kept: str, *, number: bool = False) -> str:
        if not kept or kept == "\n":
            return kept
        self._kept.append(kept)
        number = number or kept[0].isdigit() or kept.startswith("{page:")
        return NUMBER_MASK if number else WORD_MASK

    def _mask_parts(self, run: str) -> str:
        return KEPT.sub(lambda match: self._mask(match[0], number=bool(match["number"])), run)

    def replace(self, pattern: re.Pattern[str], replacement: Replacement) -> None:
        """Replace every match, as `re.sub` does."""
        if len(self.cuts) == 1:
            self.text = pattern.sub(replacement, self.text)
            self.cuts = [len(self.text)]
            return
        edits = [
            (match.start(), match.end(), _expanded(match, replacement))
            for match in pattern.finditer(self.text)
        ]
        if edits:
            self.edit(edits)

    def edit(self, edits: Sequence[tuple[int, int, str]]) -> None:
        """Put texts in the place of stretches, which are in order and do not overlap."""
        pieces: list[str] = []
        cuts: list[int] = []
        done = shift = at = 0
        for start, end, text in edits:
            # a space before "?" is no part of the link that ends there
            while at < len(self.cuts) - 1 and self.cuts[at] <= max(start, end - 1):
                inside = min(max(self.cuts[at] - start, 0), len(text))
                cuts.append(min(self.cuts[at], start) + shift + inside)
                at += 1
            pieces += (self.text[done:start], text)
            shift += len(text) - (end - start)
            done = end
        pieces.append(self.text[done:])
        cuts += [cut + shift for cut in self.cuts[at:]]
        self.text, self.cuts = "".join(pieces), cuts

    def runs(self) -> list[str]:
        """Return the runs, with what was masked in its place."""
        kept = iter(self._kept)
        masks = re.compile(f"[{MASKS}]")
        return [
            masks.sub(lambda _: next(kept), self.text[start:end])
            for start, end in pairwise([0, *self.cuts])
        ]


def _expanded(match: re.Match[str], replacement: Replacement) -> str:
    return replacement if isinstance(replacement, str) else replacement(match)


OPENERS = frozenset("([{«“‘’'–—-/ ")
CLOSERS = frozenset(")]}»”.,;:!?…’'–—-/")
BEFORE_QUOTATION = frozenset(" \t\n\u00a0\u202f([{«“'’")
MARKED = re.compile(r"(?:\.{1,3}|…|['’‘])\w")
"""What a quotation may begin with besides a word: ".docx", "…and so on", "'Yes', he said"."""
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
        elif opens or (before in BEFORE_QUOTATION and MARKED.match(text, place + 1)):
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
