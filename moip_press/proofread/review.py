"""What is wrong with a kit before any page is made: source, model, check and proofreading."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, blanks
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.source import Source
from moip_press.kit.theme_sheet import theme_of
from moip_press.proofread import Proof, check, proofread
from moip_press.proofread.rules import rules_of
from moip_press.proofread.waivers import days_alike, left, waive
from moip_press.report.diagnostics import ALWAYS, Checked, Gap, Report, Severity
from moip_press.system.cache import Cache
from moip_press.system.grammalecte import Grammalecte

ON_PAGES = frozenset(rule.code for rule in rules_of("P") if rule.code.startswith("P2"))
"""The rules of which only pages can tell."""
UNSEEN = ON_PAGES | {"I104", "P103", "P112", "S110"}
"""The rules of which pages can tell more than a kit that is not laid out."""


@dataclass(frozen=True)
class PagesReview:
    """What was found while pages were made, and what the proofreader says of them."""

    faults: Report
    findings: Report


NOT_READ = "G100"
"""The rule of what another program was to read, and did not."""

LayOut = Callable[[Kit, Theme], PagesReview]


@dataclass(frozen=True)
class Review:
    """A kit as it was read, and what was found.

    ``kit`` is ``None`` where ``kit.yaml`` holds no fields at all. ``faults`` is what building it
    would meet. ``days`` are the first and the last day on which it would be found like this.
    ``proofreading`` returns what the proofreader says, and how many warnings the kit wants as
    they are: a kit is proofread only when that is asked for.
    """

    kit: Kit | None
    theme: Theme
    faults: Report
    sources: Mapping[str, Source]
    language: str
    days: tuple[datetime.date, datetime.date] = ALWAYS
    proofreading: Callable[[], tuple[Report, int]] = lambda: (Report(), 0)

    @cached_property
    def _proofread(self) -> tuple[Report, int]:
        return self.proofreading()

    @property
    def findings(self) -> Report:
        """What the proofreader says."""
        return self._proofread[0]

    @property
    def waived(self) -> int:
        """How many warnings the kit wants as they are: they are in no report."""
        return self._proofread[1]

    def count(self) -> int:
        """Return how many findings there are."""
        return len(self.findings.diagnostics)

    @property
    def checked(self) -> Checked:
        """What is said of it."""
        gaps = gaps_of(self.kit.printed()) if self.kit else ()
        return Checked(self.report, self.waived, self.sources, self.language, self.days, gaps)

    @property
    def report(self) -> Report:
        """All that was found."""
        return self.faults + self.findings


def review(
    folder: Path,
    today: datetime.date,
    cache: Cache,
    lay_out: LayOut | None = None,
    grammar: Grammalecte | None = None,
) -> Review:
    """Return the kit in ``folder`` and all that is wrong with its records and texts.

    ``today`` decides which waivers have run out. ``lay_out`` tells what is wrong with the pages
    of a kit without faults; without it, they are not looked at. ``grammar`` reads the grammar where
    the kit says so, or the user; without it, no other program is started. Raises ``OSError`` where
    the kit cannot be read.
    """
    read = read_kit(folder)
    if read.kit is None:
        return Review(None, Theme(folder), read.report, read.sources, read.language)
    kit, theme = read.kit, theme_of(read.kit)
    faults = read.report + check.check(kit, theme, cache)
    on_pages, unseen = PagesReview(Report(), Report()), UNSEEN
    if lay_out and faults.ok:
        on_pages, unseen = lay_out(kit, theme), frozenset()
        faults += on_pages.faults
    warnings = Report.of(each for each in faults.diagnostics if each.severity is Severity.WARNING)

    rest = read.rest or kit
    reader = grammar if grammar and (grammar.asked or kit.edition.grammar) else None

    def proofreading() -> tuple[Report, int]:
        found = proofread(Proof(rest, today, cache, reader)) + on_pages.findings
        unread = reader is None or any(each.code == NOT_READ for each in found.diagnostics)
        more = (rule.code for rule in rules_of("G")) if unread else ()
        told, waived = waive(found + warnings, rest, today, unseen.union(more))
        known = frozenset(warnings.diagnostics)
        return Report.of(each for each in told.diagnostics if each not in known), waived

    gone = set(warnings.diagnostics) - set(left(warnings, kit, today).diagnostics)
    kept = Report.of(each for each in faults.diagnostics if each not in gone)
    days = days_alike(kit, today)
    return Review(kit, theme, kept, read.sources, read.language, days, proofreading)


def gaps_of(kit: Kit) -> tuple[Gap, ...]:
    """Return what is still to come in a kit, in its order."""
    return tuple(Gap(blank.title, blank.placed.span) for blank in blanks(kit))
