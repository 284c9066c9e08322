"""What can be done to a file: a value put in its place, a key taken out, an item added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from moip_press.kit.source import Loc


class Passage(str):
    """A text in Markdown: it may be broken into lines, and stands best below a ``|``."""

    __slots__ = ()


Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"


@dataclass(frozen=True)
class Put:
    """Let the value at a path be this one; keys that are missing on the way are added."""

    loc: Loc
    value: Value


@dataclass(frozen=True)
class Drop:
    """Take out the key at a path, with its value; its mapping too where nothing is left in it."""

    loc: Loc


@dataclass(frozen=True)
class Insert:
    """Add an item to the list at a path, before the item that has this index now."""

    loc: Loc
    index: int
    value: Value


Operation: TypeAlias = Put | Drop | Insert


@dataclass(frozen=True, order=True)
class Splice:
    """Characters of the file and what takes their place; ``rank`` orders those at one place."""

    start: int
    rank: int
    end: int = field(compare=False)
    text: str = field(compare=False)
