"""A check of a finished PDF: what it looks at, the rule that it is for, what it finds.

A rule is of those who read (PDF/UA-1, ISO 14289-1), of those who keep (PDF/A-3, ISO 19005-3), or
of both. What is found on many pages is one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from moip_press.pdf.verification.content_streams import Contents, contents
from moip_press.pdf.verification.faces import Face
from moip_press.pdf.verification.opened import Element, Opened, Page
from moip_press.pdf.verification.values import (
    Object,
    corners,
    dictionary,
    each_of,
    is_dictionary,
    name,
    number,
    optional,
)
from moip_press.report.diagnostics import Message, Severity
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule

HIDDEN = 2  # a flag of annotations (ISO 32000-1, table 165)


class Examined(Opened):
    """A PDF, and what its pages show; where ``only`` some are given, counted from 1, what those do.

    Raises what ``Opened`` raises.
    """

    def __init__(self, source: Path | bytes, only: Container[int] | None = None) -> None:
        super().__init__(source)
        self._only = only

    @cached_property
    def contents(self) -> Contents:
        """What the pages and their annotations show."""
        only = self._only
        return contents(self, (each for each in self.pages if only is None or each.number in only))

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The fonts in which something is written."""
        uses = self.contents.fonts.values()
        return tuple(Face(use) for use in uses if use.shown or use.hidden)

    @cached_property
    def heard(self) -> tuple[tuple[Page, Object, str], ...]:
        """The annotations that somebody can meet, each with its page and kind."""
        return tuple(
            (page, annotation, name(annotation.get("/Subtype")))
            for page in self.pages
            for annotation in page.annotations
            if not (number(annotation.get("/F")) or 0) & HIDDEN
            and not _is_outside(page, annotation)
        )

    def attribute(self, element: Element, owner: str, key: str) -> Any:
        """Return an attribute that an element has, or its classes have; None for none."""
        own = each_of(optional(element.values, "/A"))
        for named in each_of(optional(element.values, "/C")):
            classes = dictionary(self.structure.get("/ClassMap"))
            own += each_of(classes.get(f"/{name(named)}")) if name(named) else []
        values = (dictionary(each) for each in own)
        held = (each.get(key) for each in values if name(each.get("/O")) == owner)
        return next((value for value in held if value is not None), None)

    def parent_of(self, annotation: Object) -> Any:
        """Return the element that an annotation belongs to, None for none."""
        key = number(annotation.get("/StructParent"))
        found = None if key is None else self.parents.get(key)
        return found if is_dictionary(found) else None

    def role_of(self, annotation: Object) -> str:
        """Return the standard type of the element that an annotation belongs to, "" for none."""
        return self.standard(name(dictionary(self.parent_of(annotation)).get("/S")))


def _is_outside(page: Page, annotation: Object) -> bool:
    """Return whether an annotation lies outside of what a page shows."""
    shown, own = page.shown, corners(annotation.get("/Rect"))
    if shown is None or own is None:
        return False
    left, bottom, right, top = shown
    return bottom >= own[3] or left >= own[2] or top <= own[1] or right <= own[0]


AT_THE_SOURCE = N_("Correct it in the document that this PDF was made from, and export it again.")
EXAMPLE = "moip-press verify {~~imprime~>dossier~~}.pdf"
MOST_RANGES = 8  # of pages that one finding names
MOST_FINDINGS = 10  # of one rule: the others would say the same again


class Standard(Enum):
    """Who asks for something."""

    READING = "PDF/UA-1"
    KEEPING = "PDF/A-3"


BOTH = frozenset(Standard)
READING = frozenset((Standard.READING,))
KEEPING = frozenset((Standard.KEEPING,))


@dataclass(frozen=True)
class Finding:
    """What is wrong, in a sentence, on which pages (0: nobody knows), and what to do about it."""

    message: Message
    pages: frozenset[int] = frozenset()
    hint: str = AT_THE_SOURCE

    @property
    def sentence(self) -> Message:
        """The sentence, and the pages."""
        pages = sorted(self.pages - {0})
        if not pages:
            return self.message
        words = NP_("{finding} Page {pages}.", "{finding} Pages {pages}.")
        return Message.counted(words, len(pages), finding=self.message, pages=ranges(pages))


Findings = Iterator[Finding]


def found(
    msgid: str, pages: Iterable[int] = (), hint: str = AT_THE_SOURCE, **values: object
) -> Finding:
    """Return ``found(N_("It has no {thing}."), pages, thing=name)``."""
    return Finding(Message(msgid, values), frozenset(pages), hint)


@dataclass(frozen=True)
class Check:
    """A rule, who asks for it, and the function that looks for it in a PDF."""

    rule: Rule
    standards: frozenset[Standard]
    look: Callable[[Examined], Findings]

    def __call__(self, pdf: Examined) -> list[Finding]:
        """Return what is found, each thing once for all pages."""
        same: dict[tuple[str, ...], Finding] = {}
        for each in self.look(pdf):
            key = (each.message.id, *map(str, each.message.values.values()))
            known = same.get(key)
            pages = each.pages | known.pages if known else each.pages
            same[key] = Finding(each.message, pages, each.hint)
        return list(same.values())[:MOST_FINDINGS]


def check(
    standards: frozenset[Standard],
    title: str,
    summary: str,
    reason: str,
    source: str,
    severity: Severity = Severity.ERROR,
) -> Callable[[Callable[[Examined], Findings]], Check]:
    """Return what makes a check of a function: who asks for it, and the record of its rule."""
    return partial(Check, Rule(severity, title, summary, reason, EXAMPLE, source), standards)


def ranges(numbers: list[int]) -> str:
    """Return numbers in ascending order as a reader writes them: "1, 3–5"."""
    runs: list[list[int]] = []
    for each in numbers:
        if runs and each == runs[-1][1] + 1:
            runs[-1][1] = each
        else:
            runs.append([each, each])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return ", ".join(shown[:MOST_RANGES] + ["…"] * (len(runs) > MOST_RANGES))
