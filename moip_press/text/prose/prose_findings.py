"""What a text refers to and what it may not hold, with exact places in the Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from moip_press.text.addresses import addresses
from moip_press.text.prose.markdown import LONGEST, Place, blocks, line_starts
from moip_press.text.prose.marks import Link, Mark, Reference, fault_of, marks

FindingKind = Literal[
    "empty-target", "scheme", "relative", "empty-text", "image", "html", "too-long", "too-deep"
]

MOST_QUOTED = 1000
"""Characters of a finding's text: pictures stand within pictures, each as long as a text."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that prose cannot hold: `text` is what was typed there, cut if long.

    "empty-target" leads nowhere, "scheme" is neither http, https, mailto nor tel, "relative"
    has none, "empty-text" is a link without words; "image" and "html" are shown as text, and
    a text that is "too-long" or "too-deep" is shown without its Markdown.
    """

    kind: FindingKind
    text: str
    start: int
    end: int


def references(markdown: str) -> list[Reference]:
    """Return every `{page:id}` and every link to `#id`, in order, but those within code."""
    if not any(sign in markdown for sign in "{#&"):
        return []
    found: list[Reference] = []
    for mark, place in _located(markdown):
        start, end = place(mark.start), place(mark.end)
        if mark.kind == "page":
            found.append(Reference("page", mark.url, start, end))
        elif mark.kind == "link" and mark.url.startswith("#") and mark.url != "#":
            target = place(mark.target[0]), place(mark.target[1])
            found.append(Reference("link", mark.url[1:], *target))
    return sorted(found, key=lambda reference: reference.start)


def links(markdown: str) -> list[Link]:
    """Return every link with the place of its target, in order; internal ones too.

    Telephone numbers are links where they are printed; here they are words.
    """
    if "[" not in markdown and "<" not in markdown and not addresses(markdown):
        return []
    found = [
        Link(mark.url, place(mark.target[0]), place(mark.target[1]))
        for mark, place in _located(markdown)
        if mark.kind in ("link", "autolink", "address")
    ]
    return sorted(found, key=lambda link: link.start)


@lru_cache(maxsize=4096)  # while a kit is edited, most of its texts are checked again and again
def findings(markdown: str) -> tuple[Finding, ...]:
    """Return what the text may not hold, in order."""
    tokens = blocks(markdown, inline=False)
    if tokens is None:
        kind: FindingKind = "too-long" if len(markdown) > LONGEST else "too-deep"
        return (Finding(kind, "", 0, len(markdown)),)
    found: list[Finding] = []
    for mark, place in _located(markdown):
        kinds = _faults(mark)
        for kind, (first, last) in kinds:
            start, end = place(first), place(last)
            text = markdown[start : min(end, start + MOST_QUOTED)]
            found.append(Finding(kind, text, start, end))
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _faults(mark: Mark) -> Iterator[tuple[FindingKind, tuple[int, int]]]:
    whole = mark.start, mark.end
    if mark.kind in ("image", "html"):
        yield ("image" if mark.kind == "image" else "html"), whole
    if mark.kind in ("link", "autolink"):
        fault = fault_of(mark.url)
        if fault is not None:
            yield fault, (mark.target if mark.target[0] < mark.target[1] else whole)
        if mark.kind == "link" and mark.label_end <= mark.start + 1:
            yield "empty-text", whole


def _located(markdown: str) -> Iterator[tuple[Mark, Place]]:
    tokens = blocks(markdown, inline=False)
    if tokens is None:
        return
    starts = line_starts(markdown)
    for token in tokens:
        if token.type == "inline":
            place = Place(markdown, starts, token)
            for mark in marks(token.content).values():
                yield mark, place
