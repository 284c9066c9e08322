"""What stands where on the laid-out pages of a chapter: plain facts, in millimetres.

They are what the rules of family P are about; ``typeset.boxes`` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, from its left and top edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Area) -> tuple[float, float]:
        """Return how wide and how tall the part is that both share; negative where none is."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    ``ink`` is what its signs cover, without the space above and below. ``anchor`` is the id of
    the element that it stands in, ``title`` tells whether that is a heading, ``placed`` whether
    it was taken out of the text and put somewhere on the page. ``wide`` and ``tall`` say by how
    much it runs out of the area of the page, or of a box with edges that readers see: to the
    right, and at the foot.
    """

    text: str
    ink: Area
    anchor: str | None
    title: bool = False
    placed: bool = False
    margin: bool = False
    wide: float = 0.0
    tall: float = 0.0


How = Literal["off", "cut", "covered", "elided", "hidden", "missing", "twice"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Words that do not arrive on a page, though its document holds them.

    ``how``: they lie off the sheet, are cut by the edge of a box, covered by another box, replaced
    by an ellipsis, hidden by a style, missing from all pages, or printed twice. ``whole`` is the
    text that they belong to, ``area`` where they stand or should.
    """

    how: How
    words: str
    whole: str
    anchor: str | None
    area: Area


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size, the area for its content, its lines, its pictures, the words it loses."""

    width: float
    height: float
    area: Area
    lines: tuple[Line, ...]
    pictures: tuple[Area, ...]
    losses: tuple[Loss, ...] = ()

    @property
    def text(self) -> tuple[Line, ...]:
        """The lines of the content, without those of the page's margins."""
        return tuple(line for line in self.lines if not line.margin)

    @property
    def filled(self) -> float:
        """How far down the content goes, in millimetres below the top of its area."""
        bottoms = [line.ink.bottom for line in self.text]
        bottoms += [picture.bottom for picture in self.pictures]
        return max(bottoms, default=self.area.top) - self.area.top
