"""`python -m tests.bench.chart RESULTS FILE`: draw the chart that the documentation shows.

The only user of matplotlib, which only `make bench` installs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager, pyplot

from tests.bench.processes import ROOT
from tests.bench.results import Results
from tests.bench.table import CASES, NAMES, ratio
from tests.bench.targets import TARGETS

FONTS = ROOT / "styles" / "fonts"
FAMILY = "Source Sans 3"
INK, GREY, HAIR = "#1b1f2a", "#5c6373", "#c9cedb"
GROUND, BRIGHT, DARK, MISSED = "#0b1f4d", "#5b8def", "#153f9d", "#b0361c"
LOOKS: dict[str, Any] = {
    "font.family": FAMILY,
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": GREY,
    "ytick.color": INK,
    "axes.edgecolor": HAIR,
    # as outlines: the font need not be there, and two runs give the same file
    "svg.fonttype": "path",
    "svg.hashsalt": "moip-press",
}


def draw(results: Results, path: Path) -> None:
    """Write the chart of results: the ratios that were to be reached, and all programs."""
    for font in sorted(FONTS.glob("SourceSans3-*.ttf")):
        font_manager.fontManager.addfont(font)
    with mpl.rc_context(LOOKS):
        figure, (ratios, programs) = pyplot.subplots(
            2, 1, figsize=(9, 6.6), height_ratios=(2.1, 1), layout="constrained"
        )
        _ratios(ratios, results)
        _programs(programs, results)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)


def _ratios(axes: Any, results: Results) -> None:
    """Draw a bar a comparison, and a mark where its target is."""
    found = [
        (target, target.most, outcome)
        for target in reversed(TARGETS)
        if target.most is not None and (outcome := target.outcome(results))
    ]
    for place, (target, most, outcome) in enumerate(found):
        met = target.met(outcome.ratio)
        axes.barh(place, outcome.ratio, height=0.62, color=BRIGHT if met else MISSED)
        axes.plot([most] * 2, [place - 0.42, place + 0.42], color=GROUND, linewidth=2)
        said = ratio(outcome.ratio) + ("" if met else "  not met")
        right = max(outcome.ratio, most)
        axes.text(right + 0.015, place, said, va="center", weight=600)
    axes.axvline(1, color=GREY, linewidth=1, linestyle=(0, (3, 3)))
    axes.set_yticks(range(len(found)), [target.short for target, _, _ in found])
    axes.set_xlim(0, max(1.4, *(outcome.ratio * 1.25 for _, _, outcome in found)))
    _title(axes, "Beside plain WeasyPrint (1.0)", "a dark mark is what was to be reached at most")
    _bare(axes)


def _programs(axes: Any, results: Results) -> None:
    """Draw how long each program takes for the whole dossier."""
    times = [
        (title, spread, name == "dossier")
        for name, title in NAMES.items()
        if (spread := results.seconds(CASES.get(name, name)))
    ]
    times.reverse()
    widest = max((spread.most for _, spread, _ in times), default=1.0)
    for place, (_, spread, ours) in enumerate(times):
        axes.barh(place, spread.median, height=0.62, color=BRIGHT if ours else HAIR)
        axes.plot([spread.least, spread.most], [place] * 2, color=INK, linewidth=1.2)
        axes.text(
            spread.most + widest * 0.012, place, f"{spread.median:.2f} s", va="center", weight=600
        )
    axes.set_yticks(range(len(times)), [title for title, _, _ in times])
    axes.set_xlim(0, widest * 1.12)
    pages = results.kit["pages"]
    _title(axes, f"The whole dossier of {pages} pages, in seconds", "nothing kept, a new process")
    _bare(axes)


def _title(axes: Any, title: str, further: str) -> None:
    axes.set_title(title, loc="left", fontsize=14, weight=900, color=GROUND, pad=10)
    axes.set_title(further, loc="right", fontsize=10, color=GREY, pad=10)


def _bare(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


if __name__ == "__main__":
    draw(Results.read(Path(sys.argv[1])), Path(sys.argv[2]))
