"""`python -m tests.bench.stages CASE KIT OUTPUT CACHE`: where the seconds of a build go.

One build on one core, in this process, is told apart by what is done: the seconds of the processor
that are spent in a stage and in none within it. They are printed as JSON. `cold` builds with an
empty cache, `changed` what another process had built before the kit changed; `staying` answers each
line on standard input, and the last build counts.
"""

from __future__ import annotations

import datetime
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

from moip_press.press import unchanged
from moip_press.system.limits import SWEPT

gc.set_threshold(*SWEPT)  # as the command line does, and as it loads all stages
unchanged._journey()
# ruff: noqa: E402
from moip_press.kit import fingerprint
from moip_press.pdf import engine, quicker, tagged_file, verify
from moip_press.pdf.painted_fonts import SubsetFont
from moip_press.pdf.typeset import shelf, typesetter
from moip_press.press import publish
from moip_press.press.compose import Composer
from moip_press.press.outcome import Order
from moip_press.proofread import check, review
from moip_press.system.cache import Cache

LOADED = "start, and loading of modules"
REST = "all else"
STAGES: Mapping[str, tuple[tuple[Any, str], ...]] = {
    "what has changed: digests of kit, program and libraries": (
        (fingerprint, "of_kit"),
        (fingerprint, "of_program"),
    ),
    "reading the kit": ((review, "read_kit"),),
    "checking it": ((check, "check"),),
    "style sheets and fonts": ((typesetter.Typesetter, "__init__"),),
    "composing: HTML of the chapters": ((Composer, "chapter"),),
    "layout, but for lines": ((engine, "render"),),
    "layout: shaping and breaking lines (Pango)": ((quicker, "_split_first_line"),),
    "what stands where, and what is lost": ((typesetter, "facts"),),
    "painting": ((shelf, "draw"),),
    "cutting fonts": ((SubsetFont, "_cut"),),
    "tags, fonts and bytes of the PDF": ((tagged_file, "assembled"),),
    "verifying the PDF": ((verify, "lacking"),),
    "cache": ((Cache, "read"), (Cache, "write"), (Cache, "tidy")),
    "publishing": ((publish, "publish"),),
}
"""What a build does, in its order, and the functions that do it."""


class Clock:
    """Tells the seconds of the processor apart by stage; one may hold another."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open = [REST]
        self._last = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._last
        self._last = now

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count what a function takes to a stage."""
        function: Callable[..., Any] = getattr(owner, name)

        @wraps(function)
        def watched(*given: Any, **named: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                return function(*given, **named)
            finally:
                self._turn()
                self._open.pop()

        setattr(owner, name, watched)

    def begin(self) -> None:
        """Forget what was counted."""
        self._last = time.process_time()
        self.seconds.clear()

    def end(self) -> dict[str, float]:
        """Return the seconds of each stage."""
        self._turn()
        return dict(self.seconds)


class Desk:
    """A kit that is built on one core, once or again and again."""

    def __init__(self, kit: Path, output: Path, cache: Path) -> None:
        self._loaded = time.process_time()
        self._clock = Clock()
        for stage, places in STAGES.items():
            for owner, name in places:
                self._clock.watch(owner, name, stage)
        self._builder = unchanged.Builder(Cache(cache), counts=False)
        self._kit, self._output = kit, output

    def build(self) -> dict[str, float]:
        """Return the seconds of each stage of a build. Raises ``RuntimeError``."""
        today = datetime.datetime.now(datetime.UTC).date()
        self._clock.begin()
        made = self._builder.build(
            self._kit, self._output, lambda *_: None, today=today, order=Order()
        )
        if not made.ok:
            raise RuntimeError("the dossier was not made")
        return self._clock.end()

    @property
    def loaded(self) -> dict[str, float]:
        """The seconds before anything is built."""
        return {LOADED: self._loaded}


def main(case: str, kit: Path, output: Path, cache: Path) -> None:
    """Build once, or for each line that is read."""
    desk = Desk(kit, output, cache)
    if case != "staying":
        sys.stdout.write(json.dumps(desk.loaded | desk.build()) + "\n")
        return
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(desk.build()) + "\n")
        sys.stdout.flush()
        gc.collect()


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
