"""What was measured, as one value that is written to `results.json` and read from it."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.processes import Run

FORMAT = "moip-press/benchmark"
VERSION = 1


@dataclass(frozen=True)
class Spread:
    """The middle of several values, the least and the most of them."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """Return the spread of values, of which there is one at least."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True)
class Results:
    """The runs of each case in their order, and what is to be known about them.

    ``pages`` tells how many pages a case makes; ``traits`` what a program's PDF holds;
    ``skipped`` why a case was not measured; ``same`` whether a case made the same bytes each
    time; ``stages`` the seconds of the processor that each stage of a build takes.
    """

    date: str
    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    kit: Mapping[str, Any]
    runs: Mapping[str, Sequence[Run]]
    pages: Mapping[str, int] = field(default_factory=dict)
    traits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, bool] = field(default_factory=dict)
    stages: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def seconds(self, case: str) -> Spread | None:
        """Return how long a case takes, ``None`` where it was not measured."""
        runs = self.runs.get(case)
        return Spread.of([run.seconds for run in runs]) if runs else None

    def cpu(self, case: str) -> Spread | None:
        """Return the seconds of the processor of a case, ``None`` where it was not measured."""
        spent = [run.cpu for run in self.runs.get(case, ()) if run.cpu is not None]
        return Spread.of(spent) if spent else None

    def peak(self, case: str) -> Spread | None:
        """Return the most memory of a case in bytes, ``None`` where it was not measured."""
        peaks = [run.peak for run in self.runs.get(case, ()) if run.peak is not None]
        return Spread.of(peaks) if peaks else None

    def write(self, path: Path) -> None:
        """Write the results to a file."""
        kept = {"format": FORMAT, "version": VERSION, **asdict(self)}
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        """Return the results in a file."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        del kept["format"], kept["version"]
        runs = {name: [Run(**run) for run in runs] for name, runs in kept.pop("runs").items()}
        return cls(runs=runs, **kept)
