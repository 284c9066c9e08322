"""A chapter with its finished pages, and where in the kit’s files something on them comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Chapter, Kit, Placed, PlacedPart, walk
from moip_press.kit.source import Loc
from moip_press.pdf.sheets import Line, Sheet
from moip_press.report.diagnostics import Span
from moip_press.text.folding import fold_in_place


@dataclass(frozen=True)
class LaidChapter:
    """A chapter, the number of its first page, and what stands on its pages."""

    chapter: Chapter
    folio: int
    sheets: tuple[Sheet, ...]

    def numbered(self) -> Iterator[tuple[int, Sheet]]:
        """Yield each page with its number."""
        return enumerate(self.sheets, self.folio)

    @property
    def anchor(self) -> str:
        """The id, in the pages, of the chapter's first part."""
        return f"{self.chapter.id}--{self.chapter.parts[0].part.id}"


def said(text: str, most: int = 60) -> str:
    """Return a text as it is quoted in a sentence, cut where it is long."""
    shown = text.translate(UNSEEN)
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"


def has_words(line: Line) -> bool:
    """Return whether a line is more than a mark, such as a large quotation mark."""
    return any(sign.isalnum() for sign in line.text)


WORD = re.compile(r"[^\s«»“”]+")
MOST_WORDS = 12  # of a text that is sought
PIECE = 6  # letters of an address that are sought in the middle of it
ADDRESS = re.compile(r"(?:https?://|mailto:)")
UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
MARKS = ".,;:!?…()'\""


Record = tuple[str, Loc]
"""An event, a block or a field of a part, by its file and its place there."""


class Places:
    """The parts and records of a kit by their ids in the pages."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit

    @cached_property
    def _known(self) -> dict[str, tuple[PlacedPart, Loc]]:
        """Each id in the pages, with its part and the place of its record in it."""
        found: dict[str, tuple[PlacedPart, Loc]] = {}
        for chapter in self.kit.chapters:
            for placed in chapter.parts:
                for name, loc in placed.ids:
                    found.setdefault(f"{chapter.id}--{name}", (placed, loc[:-1]))
        return found

    def _record(self, anchor: str | None) -> tuple[PlacedPart, Loc] | None:
        """Return the record of an id, or of the one that it was made from by adding to it."""
        name = anchor or ""
        while name and name not in self._known:
            name = name.rpartition("--")[0]
        return self._known.get(name)

    def title(self, anchor: str | None) -> Span:
        """Return the place that names what has an id in the pages."""
        found = self._record(anchor)
        if found is None:
            return Span.of_file(self.kit.source.name)
        placed, loc = found
        if not placed.own_file:
            return placed.source.span(placed.loc)
        record: Any = placed.source.plain()
        for step in loc:
            record = record[step]
        field = next((name for name in ("title", "name", "id", "type") if name in record), None)
        return placed.source.span((*loc, field) if field else loc)

    def words(self, anchor: str | None, text: str, whole: str = "") -> tuple[Span, Record]:
        """Return the place of a text, or of as much of it as is found, and the record it is in.

        ``whole`` is a longer text in which it stands. Where no word of it is known, the place of
        the title.
        """
        values = [(value, fold_in_place(value.written)) for value in self._values(anchor)]
        sought = [(needle, False) for needle in _needles(whole or text)]
        for needle, cut in (*sought, *((needle, True) for needle, _ in sought[-1:])):
            for value, written in values:
                if place := _standing(needle, written, cut=cut):
                    inner = (_standing(each, written, place.start()) for each in _needles(text))
                    start, end = next(filter(None, inner), place).span()
                    return value.part_span(start, end), (value.source.name, value.loc[:2])
        return self.title(anchor), (anchor or "", ())

    def _values(self, anchor: str | None) -> Iterator[Placed]:
        """Yield texts, those of the record that has an id before those of its part and the kit."""
        found = self._record(anchor)
        if found and found[0].own_file:
            placed, loc = found
            texts = list(_texts(placed.values()))
            yield from (text for text in texts if text.loc[: len(loc)] == loc)
            yield from texts
        yield from _texts(walk(self.kit.edition, self.kit.source, ()))
        if found and not found[0].own_file:
            yield from _texts(self.kit.values())


def _needles(text: str) -> Iterator[str]:
    """Yield the words of a text as they may be typed: all, then fewer and fewer, then the longest.

    They are folded, see ``fold_in_place``.
    """
    words = WORD.findall(fold_in_place(text.translate(UNSEEN)))
    first = words[:MOST_WORDS]
    for count in range(len(first), 1, -1):
        for start in range(len(first) - count + 1):
            yield " ".join(first[start : start + count]).strip(MARKS)
    longest = max(words, key=len, default="")
    if longest:
        yield longest.strip(MARKS) or longest


def _standing(words: str, text: str, start: int = 0, *, cut: bool = False) -> re.Match[str] | None:
    """Return where words stand in a text, none of them a part of another one.

    ``cut`` is for the piece of a long address that a line of the page begins or ends with.
    """
    if cut:
        return re.compile(re.escape(words)).search(text, start) if len(words) >= PIECE else None
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(f"{before}{re.escape(words)}{after}").search(text, start)


def _texts(values: Iterable[Placed]) -> Iterator[Placed]:
    """Yield texts, and the addresses that pages print where nothing names what they lead to."""
    return (
        placed
        for placed in values
        if isinstance(placed.value, Text)
        or (isinstance(placed.value, str) and ADDRESS.match(placed.value))
    )
