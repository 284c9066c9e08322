"""Page numbers: chapters are laid out until the numbers that they print are true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

MOST_ROUNDS = 5


class Laid(Protocol):
    """The laid-out pages of a chapter, as far as numbering needs to know them."""

    def __len__(self) -> int:
        """Return how many pages there are."""

    @property
    def anchors(self) -> Mapping[str, Place]:
        """Where the anchors of the chapter stand."""


class Place(Protocol):
    """Where an anchor stands."""

    @property
    def page(self) -> int:
        """The page in the chapter, from 0."""


L = TypeVar("L", bound=Laid)


@dataclass(frozen=True)
class Placement(Generic[L]):
    """A chapter in its place: its first folio, its pages, and the numbers they print."""

    folio: int
    laid: L
    printed: Mapping[str, int | None]


@dataclass(frozen=True)
class Assembly(Generic[L]):
    """The dossier or a handout: every chapter in its place.

    ``numbers`` gives the page of every anchor. ``settled`` is false where two references
    chase each other and the numbers were still moving after the last round.
    """

    chapters: tuple[Placement[L], ...]
    numbers: Mapping[str, int]
    settled: bool

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return sum(len(chapter.laid) for chapter in self.chapters)


LayOut = Callable[[int, int, Mapping[str, int]], tuple[L, frozenset[str]]]


def settle(count: int, lay_out: LayOut[L]) -> Assembly[L]:
    """Return ``count`` chapters laid out so that every page number in them is true.

    ``lay_out(chapter, folio, numbers)`` returns the pages of a chapter that begins on page
    ``folio``, and the anchors whose numbers it prints. A chapter is laid out again only
    where its first folio or a number that it prints has changed; numbers that do not settle
    within a few rounds are given up, and the assembly says so.
    """
    placed: list[Placement[L] | None] = [None] * count
    numbers: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        folio = 1
        moved = False
        for index in range(count):
            old = placed[index]
            if old is None or old.folio != folio or not _true(old.printed, numbers):
                laid, asked = lay_out(index, folio, numbers)
                old = Placement(folio, laid, {name: numbers.get(name) for name in asked})
                placed[index] = old
                moved = True
            for name, spot in old.laid.anchors.items():
                numbers[name] = folio + spot.page
            folio += len(old.laid)
        if not moved:
            break
    done = tuple(chapter for chapter in placed if chapter is not None)
    return Assembly(done, numbers, all(_true(chapter.printed, numbers) for chapter in done))


def _true(printed: Mapping[str, int | None], numbers: Mapping[str, int]) -> bool:
    return all(numbers.get(name) == number for name, number in printed.items())
