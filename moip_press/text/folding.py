"""Whether two texts have the same letters, however they are typed.

Case, accents (composed or not), ligatures and raised or full-width forms never count: search,
selections, matching, headings of tables and the proofreader all compare texts by these functions.
Names of files and ids that we write are slugs (`model.fields.slug`) and depend on none of them.
"""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
JOINERS = re.compile("[-'\u2018\u2019\u02bc\u2010\u2011_/]")
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_STROKES = {"ø": "o", "ł": "l", "đ": "d"}
_UNSEEN = dict.fromkeys("\u00ad\u200b\u2060\ufeff")
_LETTERS = str.maketrans({**LIGATURES, **_STROKES, **_UNSEEN})


def letters(text: str) -> str:
    """Return a text in lower case, without accents and ligatures; other characters stay."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)


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
