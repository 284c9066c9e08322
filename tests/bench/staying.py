"""`python -m tests.bench.staying KIT OUTPUT CACHE`: a process that stays and builds when told to.

A line on standard input is answered by one on standard output, as JSON: `build` makes the
dossier, `images` the pictures of the pages that changed, `handouts` dossier and handouts,
`by-organiser` the dossier and a handout for each organiser. The seconds are what the work took.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.journey import Press
from moip_press.press.layout import Kept, Layout
from moip_press.press.outcome import Order, Request
from moip_press.press.preview import Screen, Shown
from moip_press.proofread import check
from moip_press.system.cache import Cache
from moip_press.system.limits import SWEPT
from moip_press.system.processes import cores


class Desk:
    """What stays between two builds."""

    def __init__(self, kit: Path, output: Path, cache: Cache) -> None:
        self.kit = kit
        self.output = output
        self.cache = cache
        self.press = Press(cache, cores())
        self.kept = Kept(cache)
        self.screen = Screen()

    def build(self) -> float:
        """Return the seconds that the finished dossier takes. Raises ``RuntimeError``."""
        start = time.perf_counter()
        made = self.press.build(self.kit, self.output)
        if not made.ok:
            raise RuntimeError("the dossier was not made")
        return time.perf_counter() - start

    def images(self) -> float:
        """Return the seconds until the changed pages can be shown. Raises ``RuntimeError``."""
        start = time.perf_counter()
        if not self._shown():
            raise RuntimeError("no page changed")
        return time.perf_counter() - start

    def _shown(self) -> tuple[Shown, ...]:
        """Return the pages that changed, none where the kit has faults."""
        read, theme = read_kit(self.kit), Theme(self.kit)
        if read.kit is None or not (read.report + check.check(read.kit, theme, self.cache)).ok:
            return ()
        return self.screen.changed(Layout(read.kit.printed(), theme, _silent, kept=self.kept))

    def handouts(self) -> float:
        """Return the seconds that the kit's handouts take once the dossier is made."""
        return self._after_the_dossier(Request())

    def by_organiser(self) -> float:
        """Return the seconds that a handout for each organiser takes once the dossier is made."""
        return self._after_the_dossier(Request(by="organiser"))

    def _after_the_dossier(self, request: Request) -> float:
        counts: list[int] = []
        first: list[float] = []

        def progress(_title: str, number: int, count: int) -> None:
            counts.append(count)
            if number > counts[0]:  # the chapters come before the handouts
                first.append(time.perf_counter())

        order = Order(handouts=request)
        made = self.press.build(self.kit, self.output, progress, order=order)
        if not made.ok or not first:
            raise RuntimeError("the handouts were not made")
        return time.perf_counter() - first[0]


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


def main(kit: Path, output: Path, cache: Path) -> None:
    """Answer until there is nothing more to read, as the command line works."""
    gc.set_threshold(*SWEPT)
    gc.freeze()
    desk = Desk(kit, output, Cache(cache))
    does = {"build": desk.build, "images": desk.images, "handouts": desk.handouts}
    does["by-organiser"] = desk.by_organiser
    for line in sys.stdin:
        seconds = does[line.strip()]()
        sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")
        sys.stdout.flush()
        gc.collect()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
