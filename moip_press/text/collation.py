"""The order of words in lists and indexes, by the Unicode Collation Algorithm.

French and English both sort by the algorithm's own table: the Unicode CLDR changes it for neither.
Accents, capitals and ligatures count only where all letters are the same.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyuca import Collator

Key = tuple[int, ...]
BEFORE_WORDS = re.compile(r"^[\W_]+")
"""Quotation marks and dashes before a title are no part of its alphabetic place."""

NUMBER = re.compile(r"\d+")
LONGEST_NUMBER = 9


def collation_key(text: str) -> Key:
    """Return what texts are sorted by, numbers in them by their value: room 2 before room 10."""
    words = BEFORE_WORDS.sub("", text) or text
    words = NUMBER.sub(lambda number: number[0].zfill(LONGEST_NUMBER), words)
    return tuple(_collator().sort_key(words))


@cache
def _collator() -> Collator:
    from pyuca import Collator  # noqa: PLC0415 -- its table takes a fifth of a second to read

    return Collator()
