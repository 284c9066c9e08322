"""What files from outside may cost, in one table; `enforcement` stops what wants more.

`python -m moip_press.system.limits` writes the table into the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from moip_press.report.messages import N_

MEGABYTE = 1_000_000
SWEPT = 50_000, 20, 20
"""How seldom Python looks for what is no longer used, in programs that lay pages out.

Objects live as long as their pages: it costs a fifth of a build, and finds next to nothing.
"""
DOCUMENTATION = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True)
class Limits:
    """Seconds of processor time, and megabytes of memory beyond those in use at the start.

    A program that is started to do the work has no memory limit of ours: 0.
    """

    seconds: int
    memory: int


@dataclass(frozen=True)
class Bounds:
    """What a file of one kind may have.

    ``items`` counts what ``of`` names. 0: this kind has no such limit. Without ``work``, bytes
    and items alone bound the cost, and no timer is needed.
    """

    bytes: int
    depth: int = 0
    items: int = 0
    of: str = ""
    work: Limits | None = None

    @property
    def held(self) -> Limits:
        """The limits of time and memory of a kind that has them."""
        assert self.work is not None  # noqa: S101 -- a slip in the table
        return self.work


READING = Limits(seconds=60, memory=2_000)

YAML = Bounds(10_000_000, depth=50, items=200_000, of=N_("values"))
WORKBOOK = Bounds(50_000_000, items=50_000, of=N_("rows"), work=READING)
TABLE = Bounds(50_000_000, items=50_000, of=N_("rows"), work=READING)
JSON = Bounds(50_000_000, depth=200, items=50_000, of=N_("records"), work=READING)
CALENDAR = Bounds(50_000_000, depth=10, items=50_000, of=N_("entries"), work=READING)
DECISIONS = Bounds(50_000_000, items=100_000, of=N_("boxes to tick"), work=READING)
IMPORTS = Bounds(50_000_000, depth=12, items=500_000, of=N_("records"), work=READING)
PDF = Bounds(
    300_000_000,
    depth=500,
    items=500_000,
    of=N_("objects"),
    work=Limits(seconds=30, memory=400),
)
# what lies deeper is left out
DATA = Bounds(40_000_000, depth=12, items=2_000_000, of=N_("values"), work=READING)
PICTURE = Bounds(
    40_000_000,
    items=60_000_000,
    of=N_("pixels"),
    work=Limits(seconds=60, memory=1_500),
)
DRAWING = Bounds(
    40_000_000,
    depth=200,
    items=200_000,
    of=N_("elements"),
    work=Limits(seconds=60, memory=1_000),
)
FONT = Bounds(
    40_000_000,
    items=200_000,
    of=N_("characters"),
    work=Limits(seconds=30, memory=1_000),
)
COMMIT = Bounds(
    300_000_000, depth=40, items=100_000, of=N_("files"), work=Limits(seconds=60, memory=0)
)
GRAMMAR = Bounds(50_000_000, work=Limits(seconds=120, memory=0))
SEASON_KIT = Limits(seconds=3_600, memory=0)
"""A kit of a season, whatever limits its pages have: what cannot be interrupted is stopped then."""
MANIFEST = Bounds(20_000_000, depth=50)
KEPT = Bounds(125_000_000, depth=200)

KINDS: Mapping[str, Bounds] = MappingProxyType(
    {
        N_("YAML of a kit, glossary, theme"): YAML,
        N_("Workbook (XLSX, ODS)"): WORKBOOK,
        N_("Text table (CSV)"): TABLE,
        N_("OpenAgenda and other JSON"): JSON,
        N_("Calendar (ICS)"): CALENDAR,
        N_("List of changes to tick"): DECISIONS,
        N_("Memory of imports (imports.json)"): IMPORTS,
        N_("PDF"): PDF,
        N_("Data in a PDF (data.json)"): DATA,
        N_("Picture (JPEG, PNG, HEIC, TIFF …)"): PICTURE,
        N_("Drawing (SVG)"): DRAWING,
        N_("Font"): FONT,
        N_("Kit at a git revision"): COMMIT,
        N_("What Grammalecte writes"): GRAMMAR,
        N_("Manifest (manifest.json)"): MANIFEST,
        N_("Entry of the cache"): KEPT,
    }
)
"""Every kind of file from outside, as the documentation calls it."""


def fits(value: object, depth: int, items: int = 0) -> bool:
    """Tell whether plain data nest no deeper and hold no more values than this; 0: any number."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    left = items
    while waiting:
        found, level = waiting.pop()
        if isinstance(found, dict):
            below = list(found.values())
        elif isinstance(found, list):
            below = found
        else:
            continue
        left -= len(below)
        if level > depth or (items and left < 0):
            return False
        waiting += [(each, level + 1) for each in below]
    return True


# --- the table in the documentation --------------------------------------------------------

BEGIN, END = "<!-- limits -->", "<!-- /limits -->"
PAGES: Mapping[str, str] = MappingProxyType({"en": "en/limits.md", "fr": "fr/limites.md"})
HEADINGS = (
    N_("File"),
    N_("Size"),
    N_("Depth"),
    N_("Amount"),
    N_("Time"),
    N_("Memory"),
)


def documented(page: str, language: str) -> str:
    """Return a page of the documentation with the current table in it."""
    from moip_press.report.messages import Catalogue  # noqa: PLC0415 -- only for the documentation

    say = Catalogue(language).gettext
    lines = [f"| {' | '.join(map(say, HEADINGS))} |", "| --- " * len(HEADINGS) + "|"]
    for kind, bounds in KINDS.items():
        work = bounds.work or Limits(0, 0)
        cells = (
            say(kind),
            _amount(bounds.bytes // MEGABYTE, say(N_("MB"))),
            _amount(bounds.depth, ""),
            _amount(bounds.items, say(bounds.of) if bounds.of else ""),
            _amount(work.seconds, "s"),
            _amount(work.memory, say(N_("MB"))),
        )
        lines.append(f"| {' | '.join(cells)} |")
    head, _, rest = page.partition(BEGIN)
    table = "\n".join(lines)
    return f"{head}{BEGIN}\n\n{table}\n\n{END}{rest.partition(END)[2]}"


def _amount(number: int, of: str) -> str:
    grouped = f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{grouped}\N{NO-BREAK SPACE}{of}".strip() if number else "—"


def main() -> None:
    """Write the table into the pages of the documentation."""
    for language, name in PAGES.items():
        path = DOCUMENTATION / name
        path.write_text(documented(path.read_text("utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
