"""A column of a table, and the headings under which other people write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from moip_press.report.messages import Catalogue, available_languages
from moip_press.text.folding import fold

if TYPE_CHECKING:
    from pydantic import BaseModel

Value: TypeAlias = "str | bool | tuple[str, ...]"


class Form(StrEnum):
    """How a value stands in its cell."""

    LINE = "line"
    """Plain text: runs of spaces and line breaks count as one space."""
    PROSE = "prose"
    """Markdown, its lines as they are."""
    LINES = "lines"
    """Several plain texts, a line each: a name may hold commas and semicolons."""
    PROSES = "proses"
    """Several pieces of Markdown, with a line of three hyphens between them."""
    YES_NO = "yes/no"
    """Yes or no."""
    CHOICE = "choice"
    """One of several words, said in the language of the kit."""


@dataclass(frozen=True)
class Choice:
    """One of the words that a cell may hold: ``value`` is what stands in YAML.

    ``label`` is the word that a user reads, a message; ``synonyms`` are what others write.
    """

    value: str
    label: str
    synonyms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Column:
    """A column: the path of its field in the record, such as ``place.town``.

    ``heading`` and ``note`` are messages; ``synonyms`` are headings of other tables, in any
    language, as ``heading_key`` gives them. Contributors do not change what is ``protected``. A
    column that is not ``written`` is only read: a part of a date that other programs keep apart.
    What is ``several`` may stand in more than one column of a table of others. ``width`` counts
    characters. ``default`` is what an empty cell means.
    """

    path: str
    heading: str
    note: str = ""
    synonyms: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()
    protected: bool = False
    written: bool = True
    several: bool = False
    width: int = 24
    form: Form = Form.LINE
    default: Value | None = None

    def below(self, path: str) -> Column:
        """Return the column of the same field in a record within the record."""
        return replace(self, path=f"{path}.{self.path}")


YES_NO = Column("", "", form=Form.YES_NO)
"""What reads a cell that says yes or no, in any column."""


@dataclass(frozen=True)
class Sheet:
    """A kind of row and its columns, in order.

    ``apart`` names the fields of the record that are in no column, each with the reason.
    """

    kind: str
    title: str
    """The name of the sheet, a message."""
    note: str
    """What stands in it, a message."""
    models: tuple[type[BaseModel], ...]
    """The records that are its rows."""
    columns: tuple[Column, ...]
    apart: Mapping[str, str]

    @cached_property
    def by_path(self) -> Mapping[str, Column]:
        """The columns by the path of their field."""
        return {column.path: column for column in self.columns}

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns that an export has."""
        return tuple(column for column in self.columns if column.written)


# --- headings -------------------------------------------------------------------------------

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


def named(headings: str) -> frozenset[str]:
    """Return headings as they are compared; semicolons stand between them."""
    return frozenset(map(heading_key, headings.split(";")))


def cell_words(words: str) -> frozenset[str]:
    """Return words of a cell as they are compared: singular and plural are not the same."""
    return frozenset(heading_key(word, singular=False) for word in words.split(";"))


@lru_cache(maxsize=256)
def said_as(message: str) -> frozenset[str]:
    """Return a message in every language, as headings are compared."""
    return frozenset(
        heading_key(Catalogue(language).gettext(message)) for language in available_languages()
    )
