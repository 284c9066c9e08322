"""A chapter as it lies before the proofreader, with the facts of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moip_press.kit.model.kit import Chapter
from moip_press.pdf.sheets import Line, Sheet


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
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def has_words(line: Line) -> bool:
    """Tell whether a line is more than a mark, such as a large quotation mark."""
    return any(sign.isalnum() for sign in line.text)
