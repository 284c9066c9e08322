"""The tables that the documentation shows, made of nothing but results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.results import Results, Spread
from tests.bench.targets import TARGETS, Outcome, Target

BEGIN, END = "<!-- benchmark: written by `make bench` -->", "<!-- end of the benchmark -->"
SHOWN, CHART = Path("docs/benchmark.json"), Path("docs/benchmark.svg")
PAGE = Path("docs/en/benchmark.md")
STAGES_BEGIN, STAGES_END = "<!-- stages: written by `make bench` -->", "<!-- end of the stages -->"
STAGES_PAGE = Path("docs/en/where-the-time-goes.md")
NAMES = {
    "dossier": "moip-press",
    "plain": "WeasyPrint",
    "typst": "Typst",
    "chromium": "Chromium",
    "vivliostyle": "Vivliostyle",
}
CASES = {"dossier": "cold"}
"""The case that a program's dossier was made in, where it does not bear its name."""
STAGED = {
    "cold": "nothing kept",
    "changed": "new process, one event changed",
    "staying": "process that stays",
}
"""What the page on stages calls its cases."""
REST = "all else"
MEGABYTE, KILOBYTE = 1_000_000, 1_000


def publish(results: Results, root: Path) -> None:
    """Write the results beside the documentation, and their tables into its pages."""
    (root / SHOWN).parent.mkdir(exist_ok=True)
    results.write(root / SHOWN)
    for page, (place, written) in pages(results).items():
        text = place.sub(lambda _, said=written: said, (root / page).read_text(encoding="utf-8"))  # type: ignore[misc]
        (root / page).write_text(text, encoding="utf-8")


def pages(results: Results) -> dict[Path, tuple[re.Pattern[str], str]]:
    """Return where a page of the documentation shows results, and what it shows of them."""
    return {
        PAGE: _between(BEGIN, markdown(results), END),
        STAGES_PAGE: _between(STAGES_BEGIN, stages(results), STAGES_END),
    }


def _between(begin: str, content: str, end: str) -> tuple[re.Pattern[str], str]:
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    return place, f"{begin}\n{content}{end}"


def markdown(results: Results) -> str:
    """Return both tables, with what they were measured on."""
    lines = [*_targets(results), "", *_programs(results), "", _machine(results)]
    return "\n".join(lines) + "\n"


def stages(results: Results) -> str:
    """Return the table of what each stage of a build takes, and its part of the whole."""
    if not results.stages:
        return "Not measured yet.\n"
    cases = [case for case in STAGED if case in results.stages]
    wholes = {case: sum(results.stages[case].values()) for case in cases}
    names = dict.fromkeys(name for case in cases for name in results.stages[case])
    names = dict.fromkeys((*(n for n in names if n != REST), REST))
    lines = [*_head("seconds of the processor", *(STAGED[case] for case in cases))]
    for name in names:
        taken = {case: results.stages[case].get(name) for case in cases}
        lines.append(_row([name, *(_part(taken[case], wholes[case]) for case in cases)]))
    plain = results.cpu("plain")
    if plain:
        shown = (
            f"**{whole:.2f}** ({whole / plain.median:.2f} of plain)" for whole in wholes.values()
        )
        lines.append(_row(["**in all**", *shown]))
    return "\n".join(lines) + "\n"


def _part(seconds: float | None, whole: float) -> str:
    return "–" if seconds is None else f"{seconds:.3f} ({seconds / whole:.0%})"


def _targets(results: Results) -> Iterator[str]:
    yield from _head("", "moip-press", "plain WeasyPrint", "ratio", "at most", "")
    for target in TARGETS:
        yield _row([target.title, *_outcome(target, target.outcome(results))])


def _outcome(target: Target, outcome: Outcome | None) -> Iterator[str]:
    most = "–" if target.most is None else f"{target.most:.2f}"
    if outcome is None:
        yield from ("–", "–", "–", most, "not measured")
        return
    yield _amount(outcome.ours, outcome.unit)
    yield _amount(outcome.theirs, outcome.unit)
    yield f"**{ratio(outcome.ratio)}**"
    yield most
    yield ("" if target.most is None else "met") if target.met(outcome.ratio) else "**not met**"


def ratio(value: float) -> str:
    """Return a ratio with two figures that count."""
    return f"{value:.2f}" if value >= 0.095 else f"{value:.3f}"


def _programs(results: Results) -> Iterator[str]:
    yield from _head("the whole dossier", "time", "memory", "file", "what its PDF lacks")
    for name, title in NAMES.items():
        case = CASES.get(name, name)
        traits, seconds = results.traits.get(name), results.seconds(case)
        if traits is None or seconds is None:
            why = results.skipped.get(case, "left out")
            yield _row([title, "–", "–", "–", f"not measured: {why.splitlines()[-1]}"])
            continue
        peak = results.peak(case)
        memory = _amount(Spread(peak.median, peak.median, peak.median), "MB") if peak else "–"
        size = f"{traits['size'] / KILOBYTE:.0f} kB"
        lacks = "; ".join(_lacks(traits, same=results.same.get(case))) or "–"
        yield _row([title, _amount(seconds, "s"), memory, size, lacks])


def _lacks(traits: Mapping[str, Any], *, same: bool | None) -> Iterator[str]:
    """Yield what a PDF has not, as its traits tell."""
    numbers = traits["numbers"]
    if numbers is None:
        yield "page numbers in the contents"
    elif numbers < 1:
        yield f"{1 - numbers:.0%} of the right page numbers in the contents"
    if traits["words"] < 0.995:
        yield f"{1 - traits['words']:.0%} of the words"
    claimed = {claim.rpartition("-")[0] for claim in traits["claims"]}
    held = {
        "tags": traits["tagged"],
        "PDF/UA": "PDF/UA" in claimed,
        "PDF/A": "PDF/A" in claimed,
        "bookmarks": traits["outline"],
        "links between pages": traits["links"],
        "some of its fonts": traits["embedded"],
        "the same bytes each time": same is not False,
    }
    yield from (name for name, there in held.items() if not there)


def _machine(results: Results) -> str:
    machine, kit = results.machine, results.kit
    rounds = max((len(results.runs.get(case, ())) for case in ("cold", "plain")), default=0)
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    pages = ", ".join(f"{NAMES[name]} {traits['pages']}" for name, traits in results.traits.items())
    python = results.seconds("python")
    start = f" Python alone takes {_amount(python, 's')} to start." if python else ""
    return (
        f"Medians of {rounds} interleaved rounds, least and most in brackets; times are of whole "
        "processes, but for those that stay and for handouts; memory is that of the largest "
        f"process.{start} “{kit['title']}”, "
        f"{kit['events']} events, {kit['pages']} pages (of each program: {pages})."
        f"{_large(results)} "
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory'] / 2**30:.0f} GiB; "
        f"{machine['system']}, Python {machine['python']}; {versions}. {results.date}."
    )


def _large(results: Results) -> str:
    ours, theirs = (results.pages.get(case) for case in ("large", "plain-large"))
    if not (ours and theirs):
        return ""
    return f" With 50 times the events {ours} pages, and {theirs} of the plain build."


def _amount(spread: Spread, unit: str) -> str:
    if unit == "MB":
        return f"{spread.median / MEGABYTE:.0f} MB"
    scale, shown = (1000, "ms") if unit == "s" and spread.median < 1 else (1, unit)
    digits = 0 if shown == "ms" and spread.median * scale >= 10 else 2
    values = [f"{value * scale:.{digits}f}" for value in (spread.median, spread.least, spread.most)]
    narrow = values[1] == values[2]
    return f"{values[0]} {shown}" + ("" if narrow else f" ({values[1]}–{values[2]})")


def _head(*titles: str) -> Iterator[str]:
    yield _row(titles)
    yield _row(["---"] * len(titles))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
