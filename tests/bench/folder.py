"""Where everything lies in `output/bench/`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folder:
    """The folder of one benchmark: what the programs are given, and what they made."""

    path: Path

    def kit(self, times: int) -> Path:
        """Return the copy of the kit with so many times its events."""
        return self.path / "kits" / f"x{times}"

    def plain(self, times: int) -> Path:
        """Return the whole dossier as one HTML document."""
        return self.path / ("plain.html" if times == 1 else f"plain-x{times}.html")

    def handout(self, slug: str) -> Path:
        """Return a handout as one HTML document."""
        return self.path / f"plain-{slug}.html"

    @property
    def organisers(self) -> Path:
        """The kit in which each event has an organiser of its own."""
        return self.path / "organisers" / "kit"

    def made(self, name: str) -> Path:
        """Return a PDF that a program made."""
        return self.path / "pdf" / f"{name}.pdf"

    @property
    def typst(self) -> Path:
        """The dossier as Typst reads it."""
        return self.path / "dossier.typ"

    @property
    def change(self) -> Path:
        """How one event is changed."""
        return self.path / "change.json"

    @property
    def plan(self) -> Path:
        """What the dossier holds: its handouts and its pages."""
        return self.path / "plan.json"

    @property
    def results(self) -> Path:
        """All that was measured."""
        return self.path / "results.json"

    @property
    def table(self) -> Path:
        """The tables of the results."""
        return self.path / "table.md"

    @property
    def chart(self) -> Path:
        """The chart of the results."""
        return self.path / "chart.svg"
