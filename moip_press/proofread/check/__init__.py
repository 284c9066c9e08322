"""Faults between records: ids, references, files, and signs that no font has.

A rule takes the kit, or the kit and its theme, and yields what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.proofread.check import (
    alternatives,
    handouts,
    pages,
    pictures,
    references,
    signs,
    statuses,
    texts,
)
from moip_press.report.diagnostics import Diagnostic, Report
from moip_press.system.cache import Cache

FINDERS: tuple[Callable[[Kit], Iterator[Diagnostic]], ...] = (
    references.unique_ids,
    texts.sound_prose,
    texts.texts_are_there,
    pictures.pictures_there,
    pictures.pictures_sound,
    pictures.pictures_have_words,
    alternatives.alternatives_say_something,
    statuses.new_dates_count,
    statuses.drafts_left_out,
)
WHOLE_KIT_FINDERS: tuple[Callable[[Kit], Iterator[Diagnostic]], ...] = (
    references.known_references,
    references.known_website,
    references.known_contacts,
    handouts.handouts_hold_something,
    handouts.names_of_handouts,
    pages.parts_have_something,
    pages.period_in_order,
)
THEME_FINDERS: tuple[Callable[[Kit, Theme], Iterator[Diagnostic]], ...] = (
    references.theme_inside,
    references.known_templates,
)


def check(kit: Kit, theme: Theme, cache: Cache) -> Report:
    """Return what is wrong between the records of ``kit``.

    Of a kit that is not whole, only what can be told without the rest.
    """
    return Report.of(_found(kit, theme, cache))


def _found(kit: Kit, theme: Theme, cache: Cache) -> Iterator[Diagnostic]:
    for rule in (*FINDERS, *(WHOLE_KIT_FINDERS if kit.whole else ())):
        yield from rule(kit)
    for theme_rule in THEME_FINDERS:
        yield from theme_rule(kit, theme)
    yield from signs.signs_in_fonts(kit, theme, cache)
    yield from texts.readable_theme(theme)
