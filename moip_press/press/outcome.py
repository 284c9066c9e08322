"""What a build is to make, and how it ended: values that need none of its stages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moip_press.report.diagnostics import ALWAYS, Gap, Message, Report

if TYPE_CHECKING:  # a build in which nothing has changed loads no stage
    from moip_press.editions.comparison.document import Document
    from moip_press.kit.conditions import Selection
    from moip_press.kit.source import Source
    from moip_press.press.publish import Publication

SECTION = "--section"
BY = "--by"
DOSSIER = "dossier.pdf"
HANDOUTS = "handouts"


def file_of(slug: str) -> str:
    """Return the name of a handout's file in the output folder."""
    return f"{HANDOUTS}/{slug}.pdf"


@dataclass(frozen=True)
class Request:
    """What the command line asks for; nothing at all asks for the kit's own handouts.

    ``rest`` says whether what has no region or theme gets handouts too. ``folios`` are
    the handout's "own", or those of the "dossier".
    """

    sections: tuple[str, ...] = ()
    by: str | None = None
    select: Selection | None = None
    folios: str = "own"
    rest: bool = True

    @property
    def kind(self) -> Mapping[str, Any]:
        """What the manifest says of handouts that were made for such a request."""
        if not (self.by or self.select):
            return {"of": "kit"}
        written = list(self.select.written) if self.select else []
        said = {"by": self.by, "select": written, "sections": list(self.sections)}
        return {"of": "selection", **{name: value for name, value in said.items() if value}}

    def replaces(self, facts: Mapping[str, Any]) -> bool:
        """Return whether a handout that the manifest names is no longer asked for, if not made.

        That is known only of those that a request of the same kind made. One that names some of
        the kit's handouts says nothing of the others.
        """
        if self.sections and not (self.by or self.select):
            return False
        return facts.get("kind") == "handout" and facts.get("request") == self.kind


@dataclass(frozen=True)
class Order:
    """What a build is to make."""

    dossier: bool = True
    handouts: Request | None = None
    moment: datetime.datetime | None = None
    """What dates a kit that has no date of issue."""
    since: Document | None = None
    """The version since which changes are marked on the pages."""
    share: tuple[int, int] | None = None
    """Of the handouts, the first to make, and the one before which to end; all without it.

    Whoever is to begin makes all where it does not pay to share them.
    """


@dataclass(frozen=True)
class Dossier:
    """What a build made. ``heavy`` are the pictures that weigh most in it, with their bytes."""

    path: Path
    pages: int
    size: int
    blanks: tuple[Gap, ...]
    heavy: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class HandoutFile:
    """A handout that was written."""

    path: Path
    title: str
    pages: int
    events: int


@dataclass(frozen=True)
class Build:
    """How a build ended: what was made, and what was found.

    ``dossier`` is ``None`` where it was not asked for or the report holds errors. ``failed`` names
    the handouts that could not be made, and ``left`` is how many are left to others. ``count``
    tells how much the proofreader would say: the kit is proofread when that is asked, which is best
    done once all is written. ``failure`` says why something without faults could not be written.
    ``misused`` tells that a request names what the kit does not have; ``words`` are those of the
    request. ``days`` are the first and the last day on which the kit would be built like this, and
    ``published`` is what was written. ``unchanged`` tells that it had been made before.
    """

    dossier: Dossier | None
    report: Report
    sources: Mapping[str, Source]
    language: str
    count: Callable[[], int] = int
    failure: Message | None = None
    handouts: tuple[HandoutFile, ...] = ()
    failed: tuple[str, ...] = ()
    misused: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    days: tuple[datetime.date, datetime.date] = ALWAYS
    published: Publication | None = None
    unchanged: bool = False
    left: int = 0

    @property
    def findings(self) -> int:
        """How many warnings the proofreader has."""
        return self.count()

    @property
    def ok(self) -> bool:
        """Whether all that was asked for was made."""
        return self.report.ok and not self.failure and not self.failed

    def told(self, report: Report) -> Build:
        """Return the build with more in its report."""
        return replace(self, report=self.report + report)
