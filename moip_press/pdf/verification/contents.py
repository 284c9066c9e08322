"""What the pages of a PDF show, and with what: records that the readers of streams fill in.

Only what is used counts: a resource that no page draws with harms nobody.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from moip_press.pdf.verification.values import Object

Key = tuple[Any, ...]
Pages = dict[str, set[int]]


def _pages() -> Pages:
    return defaultdict(set)


@dataclass(eq=False)
class FontUse:
    """A font, the page that uses it first, and what is written in it, drawn or not."""

    values: Object
    page: int
    shown: list[list[bytes]] = field(default_factory=list)
    hidden: list[list[bytes]] = field(default_factory=list)


@dataclass(frozen=True)
class Used:
    """Something that a page draws with, the first page that does, and what its names mean."""

    values: Any
    page: int
    resources: Object


@dataclass
class Contents:
    """What was found in the contents of a file; pages are counted from 1."""

    fonts: dict[Key, FontUse] = field(default_factory=dict)
    images: dict[Key, Used] = field(default_factory=dict)
    forms: dict[Key, Used] = field(default_factory=dict)
    states: dict[Key, Used] = field(default_factory=dict)
    spaces: dict[Key, Used] = field(default_factory=dict)
    devices: Pages = field(default_factory=_pages)
    unknown: Pages = field(default_factory=_pages)
    intents: Pages = field(default_factory=_pages)
    languages: Pages = field(default_factory=_pages)
    deep: set[int] = field(default_factory=set)
    transparent: set[int] = field(default_factory=set)
    borrowed: set[int] = field(default_factory=set)
    """Pages on which something uses resources that are not its own."""
    repeated: set[int] = field(default_factory=set)
    """Pages that draw tagged content again."""
    untagged: set[int] = field(default_factory=set)
    tags_in_decoration: set[int] = field(default_factory=set)
    decoration_in_tags: set[int] = field(default_factory=set)
    speechless: set[int] = field(default_factory=set)
    """Pages with text whose language nobody says."""


@dataclass(frozen=True)
class Mark:
    """How content is marked: as tagged, as decoration, and whether its language is said."""

    tagged: bool
    silent: bool
    spoken: bool


@dataclass(frozen=True)
class Place:
    """Where a stream is drawn; ``parents`` are the elements that its own marks belong to.

    ``judged`` tells whether all that it draws must be marked, ``own`` whether the resources are
    the stream's own.
    """

    page: int
    resources: Object
    mark: Mark
    parents: list[Any]
    depth: int = 0
    judged: bool = True
    own: bool = True
