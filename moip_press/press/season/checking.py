"""Proofreads the kits of a season, each as it is built, and what only all of them tell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.season import Member, Season
from moip_press.press import unchanged
from moip_press.press.season.parcels import gathered
from moip_press.press.season.reports import said_once
from moip_press.press.season.worker import write_files
from moip_press.proofread.names.across_kits import names_of, spelt_otherwise
from moip_press.report.diagnostics import Checked, Report
from moip_press.system.cache import Cache
from moip_press.system.grammalecte import Grammalecte
from moip_press.system.scratch import Scratch


def check(
    season: Season,
    member: Member,
    output: Path,
    *,
    today: datetime.date,
    cache: Cache,
    layout: bool,
    grammar: Grammalecte,
) -> Checked:
    """Return what is wrong with a kit of a season, as it is with what the kits share.

    Raises ``OSError`` and ``parcels.Unshared``.
    """
    if not season.shared:
        return unchanged.check(
            member.folder, output, today=today, cache=cache, layout=layout, grammar=grammar
        )
    from moip_press.press import journey  # noqa: PLC0415 -- its libraries take long to load
    from moip_press.proofread.review import review  # noqa: PLC0415 -- as above

    files, places = gathered(member.folder, season.shared, output)
    with Scratch() as scratch:
        elsewhere = scratch / "kit"
        write_files(files, elsewhere)
        on_pages = journey.on_pages if layout else None
        found = review(elsewhere, today, cache, on_pages, grammar).checked
    blanks = tuple(
        replace(gap, span=places.span(gap.span, elsewhere.as_posix())) for gap in found.blanks
    )
    return replace(
        found, report=places.report(found.report, elsewhere.as_posix()), sources={}, blanks=blanks
    )


def together(season: Season, found: Iterable[Report]) -> Report:
    """Return what is wrong with all kits; what several have in common is said once.

    Raises ``OSError``.
    """
    names = []
    for member in season.members:
        kit = read_kit(member.folder).kit
        names.append(names_of(kit) if kit else ())
    return said_once(tuple(found)) + Report.of(spelt_otherwise(names))
