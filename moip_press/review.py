"""What is wrong with a kit before any page is made: source, model, check and proofreading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from moip_press import check
from moip_press.cache import Cache
from moip_press.diagnostics import Report
from moip_press.kit import Theme
from moip_press.model import reading
from moip_press.model.kit import Kit
from moip_press.proofread import Proof, proofread
from moip_press.proofread.waivers import waive
from moip_press.source import Source


@dataclass(frozen=True)
class Review:
    """A kit as it was read, and what was found.

    ``kit`` is ``None`` where ``kit.yaml`` holds no fields at all. ``faults`` is what building it
    would meet, ``findings`` what the proofreader says. ``waived`` counts those findings that
    the kit wants as they are, and that are left out.
    """

    kit: Kit | None
    theme: Theme
    faults: Report
    findings: Report
    waived: int
    sources: Mapping[str, Source]
    language: str

    @property
    def report(self) -> Report:
        """All that was found."""
        return self.faults + self.findings


def review(folder: Path, today: datetime.date, cache: Cache) -> Review:
    """Return the kit in ``folder`` and all that is wrong with its records and texts.

    ``today`` decides which waivers have run out. Raises ``OSError`` where the kit cannot be read.
    """
    read = reading.read(folder)
    theme = Theme(folder)
    if read.kit is None:
        return Review(None, theme, read.report, Report(), 0, read.sources, read.language)
    faults = read.report + check.check(read.kit, theme, cache)
    kept, waived = waive(proofread(Proof(read.kit, theme, today, cache)), read.kit, today)
    return Review(read.kit, theme, faults, kept, waived, read.sources, read.language)
