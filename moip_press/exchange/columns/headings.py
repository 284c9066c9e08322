"""Headings of tables, as other people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from moip_press.report.messages import Catalogue, available_languages
from moip_press.text.folding import fold

if TYPE_CHECKING:
    from moip_press.exchange.columns.column import Column, Sheet

FRENCH = ("de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "au", "aux", "et", "est")
SMALL = frozenset([*FRENCH, "qui", "a", "the", "of", "an", "for", "to", "and"])
WORD = re.compile(r"[^\W_]+|[✓✔☑]")
LONGEST = 200  # characters: what is longer is no heading
ENDING = re.compile(r"\((?:s|e|es|x|aux|ne|trice|trices|n)\)|[·.](?:s|e|es|x|rice)\b\.?s?")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@lru_cache(maxsize=4096)
def heading_key(text: str, *, singular: bool = True) -> str:
    """Return a heading as it is compared: ``"Nom de l'Évènement(s) *"`` → ``"nom evenement"``.

    Case, accents, small words, punctuation, asides in brackets and plurals do not count.
    """
    bare = ASIDE.sub(" ", ENDING.sub("", text[:LONGEST]))
    found = WORD.findall(fold(bare))
    kept = [word for word in found if word not in SMALL] or found
    return " ".join(map(_singular, kept) if singular else kept)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) else word


def named(*headings: str) -> frozenset[str]:
    """Return headings as they are compared."""
    return frozenset(map(heading_key, headings))


def words(*said: str) -> frozenset[str]:
    """Return words of a cell as they are compared: singular and plural are not the same."""
    return frozenset(heading_key(word, singular=False) for word in said)


@lru_cache(maxsize=256)
def said_as(message: str) -> frozenset[str]:
    """Return a message in every language, as headings are compared."""
    return frozenset(
        heading_key(Catalogue(language).gettext(message)) for language in available_languages()
    )


def recognise(sheet: Sheet, headings: Sequence[str]) -> dict[int, Column]:
    """Return the columns of a sheet that headings name, by their number in the row.

    The path of a field names its column, too. A column named twice is the first one.
    """
    found: dict[int, Column] = {}
    for number, heading in enumerate(headings):
        column = _named_by(sheet.columns, heading, taken=found.values())
        if column is not None:
            found[number] = column
    return found


def _named_by(columns: Iterable[Column], heading: str, taken: Iterable[Column]) -> Column | None:
    key, path = heading_key(heading), heading.strip().casefold()
    used = {column.path for column in taken}
    free = [column for column in columns if column.path not in used]
    for column in free:
        if path == column.path:
            return column
    for column in free:
        if key and key in said_as(column.heading):
            return column
    return next((column for column in free if key and key in column.synonyms), None)


def best_sheet(sheets: Iterable[Sheet], headings: Sequence[str], title: str = "") -> Sheet | None:
    """Return the kind of table that a row of headings is of; none where it is of no kind.

    A table named like one of ours is of its kind; else the kind that knows most headings is
    meant, events before all others.
    """
    known = [(len(recognise(sheet, headings)), sheet) for sheet in sheets]
    for count, sheet in known:
        if count and title and heading_key(title) in said_as(sheet.title):
            return sheet
    best = max(known, key=lambda each: each[0], default=(0, None))
    return best[1] if best[0] else None
