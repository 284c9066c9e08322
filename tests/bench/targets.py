"""What was to be reached: each a ratio to plain WeasyPrint, measured side by side in one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.results import Results, Spread

MOST_MEMORY = 500_000_000  # bytes, with 50 times the events


@dataclass(frozen=True)
class Outcome:
    """Both sides of a comparison, in one unit."""

    ours: Spread
    theirs: Spread
    unit: str

    @property
    def ratio(self) -> float:
        """Ours to theirs, of the medians."""
        return self.ours.median / self.theirs.median


@dataclass(frozen=True)
class Target:
    """A comparison, and the ratio that it may have at most, where one was to be reached."""

    title: str
    short: str
    most: float | None
    outcome: Callable[[Results], Outcome | None]

    def met(self, ratio: float) -> bool:
        """Tell whether a ratio is what was to be reached."""
        return self.most is None or ratio <= self.most


def _seconds(ours: str, theirs: str) -> Callable[[Results], Outcome | None]:
    def outcome(results: Results) -> Outcome | None:
        one, other = results.seconds(ours), results.seconds(theirs)
        return Outcome(one, other, "s") if one and other else None

    return outcome


def _work(ours: str, theirs: str) -> Callable[[Results], Outcome | None]:
    def outcome(results: Results) -> Outcome | None:
        one, other = results.cpu(ours), results.cpu(theirs)
        return Outcome(one, other, "s") if one and other else None

    return outcome


def _memory(case: str) -> Callable[[Results], Outcome | None]:
    def outcome(results: Results) -> Outcome | None:
        peak = results.peak(case)
        return Outcome(peak, Spread.of([MOST_MEMORY]), "MB") if peak else None

    return outcome


def _per_page(results: Results) -> Outcome | None:
    """Compare the large kit with the smaller one, both ours."""
    found = []
    for case in ("large", "smaller"):
        spread, pages = results.seconds(case), results.pages.get(case)
        if spread is None or not pages:
            return None
        values = (value / pages for value in (spread.median, spread.least, spread.most))
        found.append(Spread(*values))
    return Outcome(found[0], found[1], "s")


TARGETS = (
    Target("a new process, nothing kept", "nothing kept", 0.75, _seconds("cold", "plain")),
    Target(
        "the same on 4 cores: seconds of the processor on its critical path",
        "nothing kept, 4 cores",
        0.55,
        _work("cores-4", "plain"),
    ),
    Target("the same on 8 cores", "nothing kept, 8 cores", 0.45, _work("cores-8", "plain")),
    Target(
        "seconds of the processor in all on the cores of this machine (left), and on one (right)",
        "work on all cores, beside one",
        1.30,
        _work("cold", "stages-cold"),
    ),
    Target(
        "a new process, one event changed",
        "new process, one event changed",
        0.33,
        _seconds("changed", "plain"),
    ),
    Target(
        "a new process, nothing changed",
        "new process, nothing changed",
        0.08,
        _seconds("unchanged", "plain"),
    ),
    Target(
        "a process that stays, one event changed: the finished PDF",
        "process that stays: finished PDF",
        0.10,
        _seconds("staying", "plain"),
    ),
    Target(
        "the same: the changed pages as pictures",
        "process that stays: changed pages",
        0.08,
        _seconds("images", "plain"),
    ),
    Target(
        "the studio: a text of one event saved, until the page is there as a picture",
        "studio: text saved, new page",
        0.15,
        _seconds("studio-type", "plain"),
    ),
    Target(
        "the same with 350 events (left), and with those of this kit (right), both moip-press",
        "studio: the same, 350 events to this kit",
        1.50,
        _seconds("studio-type-350", "studio-type"),
    ),
    Target(
        "the studio opened on a kit that was opened before: its first page",
        "studio: opened, first page",
        0.30,
        _seconds("studio-open", "plain"),
    ),
    Target(
        "all handouts after the dossier, beside as many plain builds",
        "handouts after the dossier",
        0.10,
        _seconds("handouts", "plain-handouts"),
    ),
    Target(
        "350 handouts, one an organiser, after the dossier, beside as many plain builds",
        "350 handouts by organiser",
        0.05,
        _seconds("by-organiser", "plain-by-organiser"),
    ),
    Target(
        "time per page with 50 times the events (left), and with 5 times (right), both moip-press",
        "time per page, 50 to 5 times the events",
        1.10,
        _per_page,
    ),
    Target(
        "peak memory with 50 times the events, beside 500 MB",
        "memory, 50 times the events",
        1.0,
        _memory("large"),
    ),
    Target(
        "`import moip_press`, beside `import weasyprint`",
        "import moip_press",
        0.15,
        _seconds("import-moip-press", "import-weasyprint"),
    ),
    Target(
        "`moip-press --help`, beside `import weasyprint`",
        "moip-press --help",
        0.15,
        _seconds("help-moip-press", "import-weasyprint"),
    ),
    Target(
        "`moip-press --help`, beside `weasyprint --help`",
        "moip-press --help, weasyprint --help",
        None,
        _seconds("help-moip-press", "help-weasyprint"),
    ),
)
