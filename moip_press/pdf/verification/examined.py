"""A PDF with all that checks look at: its structure, what its pages show, its fonts."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property
from pathlib import Path
from typing import Any

from moip_press.pdf.verification.content_streams import contents
from moip_press.pdf.verification.contents import Contents
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
)

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
        classes = dictionary(self.structure.get("/ClassMap"))
        own = each_of(element.values.get("/A"))
        for named in each_of(element.values.get("/C")):
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
