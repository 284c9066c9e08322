"""What readers would stumble over on the finished pages: family P, from 201 on.

These rules are asked once the pages are laid out: by ``build``, and by ``check --layout``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from moip_press.kit.model.kit import Kit
from moip_press.proofread.pages import embargo, emptiness, overflow, splits, titles
from moip_press.proofread.pages.laid import LaidChapter
from moip_press.proofread.pages.places import Places
from moip_press.report.diagnostics import Diagnostic, Report

__all__ = ["LaidChapter", "proofread_pages"]

FINDERS: tuple[Callable[[LaidChapter, Places], Iterator[Diagnostic]], ...] = (
    overflow.texts_in_their_place,
    splits.events_whole,
    emptiness.pages_filled,
    titles.titles_in_company,
    embargo.on_every_page,
)


def proofread_pages(kit: Kit, chapters: Iterable[LaidChapter]) -> Report:
    """Return what readers of the pages would stumble over."""
    places = Places(kit)
    return Report.of(
        found for chapter in chapters for rule in FINDERS for found in rule(chapter, places)
    )
