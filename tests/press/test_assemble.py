"""Page numbers: every one that is printed is true, and chapters are laid out no oftener
than that needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from moip_press.press.numbering import MOST_ROUNDS, Assembly, settle

Numbers = Mapping[str, int]
Length = Callable[[Numbers], int]


@dataclass(frozen=True)
class Spot:
    """Where an anchor stands in its chapter."""

    page: int


@dataclass(frozen=True)
class Pages:
    """A chapter as if it were laid out."""

    pages: tuple[str, ...]
    anchors: Mapping[str, Spot]

    def __len__(self) -> int:
        return len(self.pages)


@dataclass
class Chapter:
    """What a chapter would become: its length, its anchors, and the numbers it prints."""

    length: int | Length = 1
    anchors: Mapping[str, int] = field(default_factory=dict)
    prints: Sequence[str] = ()


class Book:
    """Chapters that are laid out by counting; remembers each time one was."""

    def __init__(self, *chapters: Chapter) -> None:
        self.chapters = chapters
        self.calls: list[int] = []

    def lay_out(self, index: int, folio: int, numbers: Numbers) -> tuple[Pages, frozenset[str]]:
        self.calls.append(index)
        chapter = self.chapters[index]
        length = chapter.length if isinstance(chapter.length, int) else chapter.length(numbers)
        pages = tuple(f"{index}:{folio + number}" for number in range(length))
        anchors = {name: Spot(min(page, length - 1)) for name, page in chapter.anchors.items()}
        return Pages(pages, anchors), frozenset(chapter.prints)

    def settle(self) -> Assembly[Pages]:
        return settle(len(self.chapters), self.lay_out)


def printed(assembly: Assembly[Pages]) -> list[dict[str, int | None]]:
    return [dict(chapter.printed) for chapter in assembly.chapters]


def test_pages_are_counted_on_from_chapter_to_chapter() -> None:
    book = Book(Chapter(1), Chapter(3), Chapter(2))
    assembly = book.settle()
    assert [chapter.folio for chapter in assembly.chapters] == [1, 2, 5]
    assert [page for chapter in assembly.chapters for page in chapter.laid.pages] == [
        "0:1",
        "1:2",
        "1:3",
        "1:4",
        "2:5",
        "2:6",
    ]
    assert assembly.page_count == 6
    assert assembly.settled
    assert book.calls == [0, 1, 2]


def test_a_backward_reference_needs_no_second_layout() -> None:
    book = Book(Chapter(2, {"labs": 1}), Chapter(1, prints=["labs"]))
    assembly = book.settle()
    assert printed(assembly) == [{}, {"labs": 2}]
    assert assembly.settled
    assert book.calls == [0, 1]


def test_a_forward_reference_has_its_own_chapter_laid_out_again_and_no_other() -> None:
    book = Book(Chapter(1), Chapter(1, prints=["labs"]), Chapter(3), Chapter(2, {"labs": 1}))
    assembly = book.settle()
    assert assembly.numbers == {"labs": 7}
    assert printed(assembly) == [{}, {"labs": 7}, {}, {}]
    assert assembly.settled
    assert book.calls == [0, 1, 2, 3, 1]


def test_a_reference_within_its_own_chapter_is_true() -> None:
    book = Book(Chapter(2), Chapter(3, {"here": 2}, prints=["here"]))
    assembly = book.settle()
    assert printed(assembly)[1] == {"here": 5}
    assert book.calls == [0, 1, 1]


def test_the_contents_page_shows_where_each_chapter_begins() -> None:
    book = Book(
        Chapter(1),
        Chapter(1, prints=["a", "b", "c"]),
        Chapter(4, {"a": 0}),
        Chapter(1, {"b": 0}),
        Chapter(2, {"c": 0}),
    )
    assembly = book.settle()
    assert printed(assembly)[1] == {"a": 3, "b": 7, "c": 8}
    assert book.calls == [0, 1, 2, 3, 4, 1]


def test_a_longer_chapter_moves_all_later_numbers() -> None:
    def numbers(length: int) -> Numbers:
        return Book(Chapter(length), Chapter(1, {"a": 0}), Chapter(2, {"b": 1})).settle().numbers

    assert numbers(2) == {"a": 3, "b": 5}
    assert numbers(3) == {"a": 4, "b": 6}


def test_a_number_that_grows_from_9_to_10_can_push_what_follows() -> None:
    # with two digits the contents need another page, and everything after moves by one
    def contents(known: Numbers) -> int:
        return 2 if known.get("labs", 0) >= 10 else 1

    book = Book(Chapter(contents, prints=["labs"]), Chapter(8), Chapter(1, {"labs": 0}))
    assembly = book.settle()
    assert assembly.settled
    assert [chapter.folio for chapter in assembly.chapters] == [1, 3, 11]
    assert printed(assembly)[0] == {"labs": 11} == dict(assembly.numbers)
    assert assembly.page_count == 11


def test_two_references_that_chase_each_other_are_reported_and_given_up() -> None:
    # while "labs" is on an even page, the chapter before it is a page longer, which makes it odd
    def chasing(known: Numbers) -> int:
        return 1 if known.get("labs", 1) % 2 else 2

    book = Book(Chapter(chasing, prints=["labs"]), Chapter(1, {"labs": 0}))
    assembly = book.settle()
    assert not assembly.settled
    assert book.calls.count(0) == MOST_ROUNDS
    assert len(assembly.chapters) == 2


def test_an_anchor_that_no_chapter_has_is_left_for_the_report() -> None:
    assembly = Book(Chapter(1, prints=["nowhere"]), Chapter(1)).settle()
    assert printed(assembly)[0] == {"nowhere": None}
    assert assembly.numbers == {}
    assert assembly.settled


@pytest.mark.parametrize("count", [0, 1])
def test_small_dossiers_settle_too(count: int) -> None:
    assembly = Book(*[Chapter(1, {"a": 0}, prints=["a"])] * count).settle()
    assert assembly.settled
    assert assembly.page_count == count
