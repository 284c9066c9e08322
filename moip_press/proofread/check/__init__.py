"""Faults between records: ids, references, files, and characters that no font contains.

A rule takes the kit, or the kit and its theme, and yields what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.proofread.check import (
    charts_and_tables,
    parts_and_handouts,
    picture_checks,
    raw_markup,
    references,
    taken_pictures,
    text_checks,
    theme_checks,
)
from moip_press.report.diagnostics import Diagnostic, Report
from moip_press.system.cache import Cache

OF_RECORDS = (
    references.unique_ids,
    references.listed_fields,
    text_checks.sound_prose,
    raw_markup.markup_is_set,
    text_checks.texts_are_there,
    charts_and_tables.tables_are_whole,
    picture_checks.pictures_there,
    picture_checks.pictures_have_words,
    picture_checks.alternatives_say_something,
    parts_and_handouts.new_dates_count,
    parts_and_handouts.drafts_left_out,
    charts_and_tables.charts_can_be_drawn,
)
OF_THE_WHOLE = (
    references.known_references,
    references.known_website,
    references.known_contacts,
    references.known_events,
    references.known_charges,
    parts_and_handouts.handouts_hold_something,
    parts_and_handouts.names_of_handouts,
    parts_and_handouts.parts_have_something,
    parts_and_handouts.codes_can_be_read,
    parts_and_handouts.listings_hold_something,
    parts_and_handouts.period_in_order,
    parts_and_handouts.periods_told_apart,
    charts_and_tables.questions_can_be_answered,
    charts_and_tables.computed_charts_can_be_drawn,
    charts_and_tables.maps_can_be_drawn,
)


def check(kit: Kit, theme: Theme, cache: Cache) -> Report:
    """Return what is wrong between the records of ``kit``.

    Of a kit that is not whole, only what can be told without the rest.
    """
    return Report.of(_found(kit, theme, cache))


def _found(kit: Kit, theme: Theme, cache: Cache) -> Iterator[Diagnostic]:
    for rule in (*OF_RECORDS, *(OF_THE_WHOLE if kit.whole else ())):
        yield from rule(kit)
    yield from references.theme_inside(theme)
    yield from references.known_templates(kit, theme)
    yield from taken_pictures.pictures_sound(kit, theme, cache)
    yield from text_checks.characters_in_fonts(kit, theme, cache)
    yield from text_checks.readable_theme(theme)
    yield from theme_checks.theme_is_sound(kit, cache)
