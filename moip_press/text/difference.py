"""What differs between two texts to a reader, word by word.

Two texts are the same where they read the same, whether typed with the right signs or not:
apostrophes, quotation marks, dashes and spaces are set by typography, whatever was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
        "\u2026": "...",
    }
)
GUILLEMETS = re.compile(r"\u00ab\s*|\s*\u00bb")
SPACES = re.compile(r"\s+")
GLUED = re.compile(r"(?<=«)\s|\s+[;:!?»%€]|(?<=\d)\s+h\b|(?<=\dh)\s+\d|(?<=\d\sh)\s+\d")
"""Spaces that typography puts in or takes away."""
BEFORE = re.compile(r" (?=[;:!?%\u20ac])")
HOURS = re.compile(r"(?<=\d) ?h\b ?")
PAGE = re.compile(r"\b(?:pp?\.|pages?) ?(?:\d+|\.\.\.)")
NUMBER = re.compile(r"\d+")
LOST = "..."
# Words that stand unchanged between two changes, and are too few to be worth showing so.
ISLAND = 2
MOST_WORDS = 20_000

Act = Literal["same", "gone", "new"]


def as_read(text: str) -> str:
    """Return a text as it reads on one line, whatever signs it was typed with."""
    if text.isascii() and "  " not in text:
        plain = text.strip()
    else:
        plain = unicodedata.normalize("NFC", GUILLEMETS.sub('"', text)).translate(SIGNS)
    return HOURS.sub("h", BEFORE.sub("", SPACES.sub(" ", plain).strip()))


def canonical(text: str) -> str:
    """Return a text as it reads, but for numbers of pages."""
    return PAGE.sub("p. #", as_read(text))


def same(old: str, new: str) -> bool:
    """Tell whether two texts read the same; numbers of pages do not count."""
    if old == new:
        return True
    before, after = canonical(old), canonical(new)
    return before == after or _same_but_pages(before, after)


def _same_but_pages(old: str, new: str) -> bool:
    """Tell whether texts differ in nothing but numbers that one of them could not know."""
    before, after = old.split(), new.split()
    return (
        (LOST in old or LOST in new)
        and len(before) == len(after)
        and all(
            one == other
            or ((LOST in one or LOST in other) and _numberless(one) == _numberless(other))
            for one, other in zip(before, after, strict=True)
        )
    )


def _numberless(text: str) -> str:
    return NUMBER.sub("#", text.replace(LOST, "#"))


def key(text: str) -> str:
    """Return what two settings of one text share: its letters and digits, but for page numbers."""
    return "".join(sign for sign in PAGE.sub("p", canonical(text)) if sign.isalnum())


@dataclass(frozen=True)
class Stretch:
    """Words in a row that stand in both texts, in the old one or in the new one.

    ``text`` is as it was typed, with the space behind it.
    """

    act: Act
    text: str

    @property
    def words(self) -> str:
        """The words on one line."""
        return " ".join(self.text.split())


def difference(old: str, new: str) -> tuple[Stretch, ...]:
    """Return two texts word by word: what stays, what is gone, what is new."""
    before, after = _words(old), _words(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return Stretch("gone", old), Stretch("new", new)
    found: list[Stretch] = []
    for tag, start, end, first, last in _steps(before, after):
        if tag == "equal":
            kept = "".join(after[first:last])
            if last == len(after) and end < len(before):  # only the old text goes on
                kept = f"{kept.rstrip()} "
            found.append(Stretch("same", kept))
            continue
        if start < end:
            found.append(Stretch("gone", "".join(before[start:end])))
        if first < last:
            found.append(Stretch("new", "".join(after[first:last])))
    return tuple(found)


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the space behind it and with what belongs to it."""
    words, start = [], 0
    for space in SPACES.finditer(text):
        if not GLUED.match(text, space.start()):
            words.append(text[start : space.end()])
            start = space.end()
    return [*words, text[start:]] if start < len(text) else words


def _steps(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from one list of words to the other, changes that nearly touch joined."""
    known = [[as_read(word) for word in words] for words in (before, after)]
    codes = list(Indel.opcodes(*known))
    steps: list[tuple[str, int, int, int, int]] = []
    for place, code in enumerate(codes):
        inner = 0 < place < len(codes) - 1
        length = code.src_end - code.src_start
        act = "equal" if code.tag == "equal" and not (inner and length <= ISLAND) else "change"
        start, first = code.src_start, code.dest_start
        if steps and act == steps[-1][0] == "change":
            _, start, _, first, _ = steps.pop()
        steps.append((act, start, code.src_end, first, code.dest_end))
    return steps


def excerpt(stretches: tuple[Stretch, ...], around: int = 6) -> tuple[Stretch, ...]:
    """Return a difference with few of the words that stay, "…" in the place of the others."""
    found = []
    for place, stretch in enumerate(stretches):
        words = stretch.words.split(" ")
        if stretch.act == "same":
            lead = words[:around] if place else []
            tail = words[-around:] if place < len(stretches) - 1 else []
            if len(lead) + len(tail) < len(words):
                words = [*lead, "…", *tail]
        found.append(Stretch(stretch.act, " ".join(words)))
    return tuple(found)


def cut(text: str, words: int = 40) -> str:
    """Return the first words of a text."""
    found = text.split()
    return " ".join(found[:words]) + (" …" if len(found) > words else "")
