"""What the studio's processes say of a kit and its pages: records, not what makes them."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.kit.source import Loc

DOSSIER = ""
"""How the dossier is named among the documents of a kit."""


@dataclass(frozen=True)
class Change:
    """Words of a line that a fix changes, and what stands around them."""

    head: str
    before: str
    after: str
    tail: str


@dataclass(frozen=True)
class Finding:
    """Something that was found, said in the user's language, at a value of a file of the kit."""

    code: str
    severity: str
    message: str
    hint: str
    file: str
    at: Loc
    line: int
    column: int
    words: str
    """The words that it is about, where they stand on one line."""
    fix: tuple[Change, ...] = ()
    """What a fix would change."""
    word: str = ""
    """What a glossary could learn; empty where that is no remedy."""
    beside: tuple[tuple[str, str, Loc], ...] = ()
    """Other places that explain it: what is there, the file, the path in it."""


@dataclass(frozen=True)
class Blank:
    """A value that is still to come: its file, its place there, and what stands there now."""

    file: str
    at: Loc
    words: str


@dataclass(frozen=True)
class NewText:
    """A file of the kit as it would be: ``before`` is None where there is no such file yet."""

    file: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Reading:
    """What reading a kit gave: ``documents`` are the names and titles of its handouts."""

    findings: tuple[Finding, ...] = ()
    blanks: tuple[Blank, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Page:
    """A page: its look, its size in millimetres, what its chapter is called, and what it prints.

    ``parts`` are the files of the chapter's parts, and the types of those without a file.
    """

    look: str
    width: float
    height: float
    chapter: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Laid:
    """What a layout gave.

    ``pages`` are those of each document that could be made: of what is not there, those last
    shown stay. ``new`` are the looks of pages that were not known before, ``pdf`` holds these
    pages in this order.
    """

    pages: dict[str, tuple[Page, ...]]
    new: tuple[str, ...] = ()
    pdf: bytes = b""
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Target:
    """A value of a record: its file, the record, what tells that from others, the value's path."""

    file: str
    at: Loc
    known: str | None
    field: Loc


@dataclass(frozen=True)
class Spot:
    """A place on a page, counted from 0; in millimetres from its left and top edges."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
