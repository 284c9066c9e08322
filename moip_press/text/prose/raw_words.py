"""The words of a paragraph in which markup is looked for that prints as it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from moip_press.text.prose.paragraphs import Paragraph

Kind = Literal[
    "table",
    "footnote",
    "emphasis",
    "link",
    "reference",
    "lines",
    "items",
    "highlight",
    "raised",
    "task",
    "definition",
    "attribute",
    "placeholder",
    "drawn",
    "title",
    "line-end",
    "html",
    "code",
    "asterisk",
    "heading",
]
HIDDEN = "\N{OBJECT REPLACEMENT CHARACTER}"
SIGNS = frozenset("\\*_~|^=[]{}`<>+#-:.()!•'")
"""What may be a mark, unless it was escaped or typed as an entity."""


@dataclass(frozen=True, slots=True)
class Change:
    """What mends it: `text` in the place of [start, end) of the Markdown; None: no such lines."""

    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True)
class RawMark:
    """Markup at [start, end) of a Markdown text that prints as it is typed.

    The `changes` are what was meant, where that is certain; `also` is where it stands besides.
    """

    kind: Kind
    start: int
    end: int
    changes: tuple[Change, ...] = ()
    also: tuple[tuple[int, int], ...] = ()


class Words:
    """The words of a paragraph without what is no markup: `all`, and `bare`, without links."""

    def __init__(self, markdown: str, paragraph: Paragraph) -> None:
        self.markdown, self.paragraph = markdown, paragraph
        shown = list(paragraph.text)
        for number, sign in enumerate(shown):
            if sign in SIGNS and paragraph.ends[number] - paragraph.places[number] > 1:
                shown[number] = HIDDEN
        self.all = self._without(shown, ("code", "page"))
        self.bare = self._without(shown, ("link",))

    def _without(self, shown: list[str], kinds: Iterable[str]) -> str:
        for stretch in self.paragraph.stretches:
            if stretch.kind in kinds:
                shown[stretch.start : stretch.end] = HIDDEN * (stretch.end - stretch.start)
        return "".join(shown)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Where each line of the paragraph begins and ends."""
        places, ends = self.paragraph.places, self.paragraph.ends
        breaks = [
            number
            for number, sign in enumerate(self.bare)
            if sign == " " and "\n" in self.markdown[places[number] : ends[number]]
        ]
        return list(
            zip([0, *(place + 1 for place in breaks)], [*breaks, len(self.bare)], strict=True)
        )

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words [start, end) stand in the Markdown."""
        return self.paragraph.places[start], self.paragraph.ends[end - 1]

    def change(self, start: int, end: int, text: str) -> Change | None:
        """Return the change of the words [start, end); None where markup stands between them."""
        first, last = self.typed(start, end)
        same = self.markdown[first:last] == self.paragraph.text[start:end]
        return Change(first, last, text) if same else None

    def mark(self, kind: Kind, start: int, end: int, *changes: Change | None) -> RawMark:
        """Return the mark at [start, end) of the words; it has changes if all can be made."""
        made = tuple(change for change in changes if change)
        return RawMark(kind, *self.typed(start, end), made if len(made) == len(changes) else ())
