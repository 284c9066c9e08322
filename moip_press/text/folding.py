"""Whether two texts have the same letters, however they are typed.

Case, accents (composed or not), ligatures and raised or full-width forms never count: search,
selections, matching, headings of tables and the proofreader all compare texts by these functions.
Names of files and ids that we write are slugs (`model.fields.slug`) and depend on none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

WORD = re.compile(r"[^\W_]+")
JOINERS = re.compile("[-'\u2018\u2019\u02bc\u2010\u2011_/]")
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_STROKES = {"ø": "o", "ł": "l", "đ": "d"}
_UNSEEN = dict.fromkeys("\u00ad\u200b\u2060\ufeff")
_LETTERS = str.maketrans({**LIGATURES, **_STROKES, **_UNSEEN})
_SPACES = "\t\n\r\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
_DASHES, _APOSTROPHES = "\u2010\u2011\u2012\u2013\u2014\u2212\u2192", "\u2019\u2018\u02bc\u2032"


def letters(text: str) -> str:
    """Return a text in lower case, without accents and ligatures; other characters stay."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)


def fold_in_place(text: str) -> str:
    """Return a text in lower case without accents, of the same length: offsets stay the same.

    Whitespace, dashes and apostrophes of all kinds become the simple ones; a ligature stays.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(character.lower()[0] for character in text)
    return low.translate(_in_place())


@cache
def _in_place() -> Mapping[int, str]:
    """Return the simple character for each Latin letter, space, dash and apostrophe."""
    codes = (*range(0xAA, 0x300), *range(0x1D2C, 0x1D6B), *range(0x1E00, 0x1F00))
    folded = {each: letters(each) for each in map(chr, codes) if each.isalpha()}
    latin = {each: simple for each, simple in folded.items() if len(simple) == 1}
    spaces = dict.fromkeys((*_SPACES, *map(chr, range(0x2000, 0x200B))), " ")
    simple = spaces | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'")
    return str.maketrans(latin | simple)


def fold(text: str) -> str:
    """Return the letters of a text with simple spaces.

    Hyphens, apostrophes, underscores and slashes are spaces; other punctuation stays.
    """
    return " ".join(JOINERS.sub(" ", letters(text)).split())


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, each folded."""
    return tuple(WORD.findall(letters(text)))


def unaccented(text: str) -> str:
    """Return a text without its accents, in its own case."""
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
