"""The legend of the cover: its sections, by what is left of their titles without what all share."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType

from moip_press.kit.model.looks import PageFormat

LETTER, LINE, GAP = 1.62, 4.06, 1.5  # millimetres: a letter's width, a line, between two rows
NUMBER, BETWEEN = 8.0, 8.0  # millimetres before a title, and between two columns
MANY = 8  # sections; more stand in three columns where there is room
WIDE = 160.0  # millimetres that three columns need
MOST = 63.0 / 253  # of the height of the text; a legend that needs more is left to the contents
LINKS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "fr": re.compile(r"(?:(?:de l|d|à l)[’']|(des)|du|de la|aux?|en|pour|chez|par|de)\b ?"),
        "en": re.compile(r"(?:of|at|in|for|by|from|with) (?:the )?"),
    }
)
"""What joins a title to the words before it. French says it twice: “des A et des B”."""


@dataclass(frozen=True)
class Legend:
    """The titles of the sections in short, in so many columns, and how many millimetres it takes.

    It has no columns where it would take more than a cover can give.
    """

    titles: tuple[str, ...]
    columns: int
    height: float


def legend_of(titles: Sequence[str], language: str, page: PageFormat, scale: float) -> Legend:
    """Return the legend of a cover on such pages, whose type is larger by ``scale``."""
    short = short_titles(titles, language)
    columns = 3 if len(short) > MANY and page.text_width >= WIDE else 2
    room = (page.text_width - BETWEEN * (columns - 1)) / columns - NUMBER
    lines = [math.ceil(len(title) * LETTER * scale / room) for title in short]
    rows = [max(lines[at : at + columns]) for at in range(0, len(lines), columns)]
    height = sum(row * LINE * scale + GAP for row in rows)
    return Legend(short, columns if height <= MOST * page.text_height else 0, height)


def short_titles(titles: Sequence[str], language: str) -> tuple[str, ...]:
    """Return titles without the words that all begin with: “Laboratoires”, “Associations”.

    They stay whole where nothing would be left of one, or two would be the same.
    """
    words = [title.split() for title in titles]
    shared = [each[0] for each in takewhile(_is_one, zip(*words, strict=False))]
    if len(titles) < 2 or not any(len(word) > 3 for word in shared):
        return tuple(titles)
    link = LINKS[language.partition("-")[0]]
    if link.fullmatch(f"{shared[-1]} "):
        shared.pop()
    rest = [_alone(" ".join(each[len(shared) :]), link) for each in words]
    return tuple(rest) if all(rest) and len(set(rest)) == len(rest) else tuple(titles)


def _is_one(words: Iterable[str]) -> bool:
    return len(set(words)) == 1


def _alone(rest: str, link: re.Pattern[str]) -> str:
    """Return the end of a title as one of its own."""
    joined = link.match(rest)
    if joined:
        rest = rest[joined.end() :]
        if joined.lastindex:
            rest = re.sub(rf"\bet {joined[1]}\b", "et", rest)
    return rest[:1].upper() + rest[1:]
