"""`python -m tests.bench.staying KIT OUTPUT`: a process that stays and builds when told to.

A line on standard input is answered by one on standard output, as JSON: `build` makes the
dossier, `images` the pictures of the pages that changed, `handouts` dossier and handouts. The
seconds are what the work took.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from moip_press import press
from moip_press.handouts.plan import Request


class Desk:
    """What stays between two builds."""

    def __init__(self, kit: Path, output: Path) -> None:
        self.kit = kit
        self.output = output

    def build(self) -> float:
        """Return the seconds that the finished dossier takes. Raises ``RuntimeError``."""
        start = time.perf_counter()
        made = press.build(self.kit, self.output)
        if not made.ok:
            raise RuntimeError("the dossier was not made")
        return time.perf_counter() - start

    def handouts(self) -> float:
        """Return the seconds that all handouts take once the dossier is made."""
        counts: list[int] = []
        first: list[float] = []

        def progress(_title: str, number: int, count: int) -> None:
            counts.append(count)
            if number > counts[0]:  # the chapters come before the handouts
                first.append(time.perf_counter())

        made = press.build(self.kit, self.output, progress, order=press.Order(handouts=Request()))
        if not made.ok or not first:
            raise RuntimeError("the handouts were not made")
        return time.perf_counter() - first[0]


def main(kit: Path, output: Path) -> None:
    """Answer until there is nothing more to read."""
    desk = Desk(kit, output)
    does = {"build": desk.build, "handouts": desk.handouts}
    for line in sys.stdin:
        seconds = does[line.strip()]()
        sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
