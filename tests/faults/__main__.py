"""`python -m tests.faults`: kill writing verbs, and print a table of how that went."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import SIGNALS, VERBS, Figures, attack


def main() -> int:
    """Run, print the table, and return 1 where something did not hold."""
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="moip-press-faults-") as folder:
        figures = attack(Path(folder), given.kills, given.seed)
    print(table(figures))  # noqa: T201
    print(f"seed {given.seed}, {time.monotonic() - began:.0f} s")  # noqa: T201
    return 1 if figures.broken else 0


def table(figures: Figures) -> str:
    """Return the figures as lines."""
    lines = ["verb      " + "".join(f"{each.name:>9}" for each in SIGNALS)]
    for verb in VERBS:
        counts = "".join(f"{figures.kills[verb, each.name]:9}" for each in SIGNALS)
        lines.append(f"{verb:10}{counts}")
    ended = ", ".join(f"{code}: {count}" for code, count in sorted(figures.codes.items()))
    lines.append(f"killed just after writing began: {figures.writing}")
    lines.append(f"left something to clear away: {figures.left}")
    lines.append(f"exit codes: {ended}")
    lines.append(f"broken invariants: {len(figures.broken)}")
    return "\n".join([*lines, *figures.broken])


if __name__ == "__main__":
    sys.exit(main())
