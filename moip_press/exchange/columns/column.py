"""A column of a table, and the table itself, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

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
    language, as ``heading_key`` gives them. ``default`` is what an empty cell means. What is
    ``protected`` is not for contributors to change. A column that is not ``written`` is only
    read: a part of a date that other programs keep apart.
    """

    path: str
    heading: str
    form: Form
    note: str = ""
    synonyms: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()
    default: Value | None = None
    protected: bool = False
    written: bool = True
    width: int = 24


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
