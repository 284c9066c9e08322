"""`python -m tests.bench.paths CORES KIT OUTPUT CACHE`: the critical path of a build on more cores.

A machine need not have the cores: each process notes the seconds of the processor that its share
of the chapters takes. What the first process does alone, and the slowest share of each of the two
rounds, is what a machine with these cores waits for. It is printed as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from moip_press.press import unchanged
from moip_press.system.cache import Cache
from moip_press.system.limits import SWEPT

gc.set_threshold(*SWEPT)  # as the command line does, and as it loads all stages
journey = unchanged._journey()
# ruff: noqa: E402
from moip_press.press import ahead

ROUNDS = ("measure", "finish")


def noted(name: str, notes: Path) -> Callable[..., Any]:
    """Return a function of ``press/ahead.py`` that notes its seconds, and the process."""
    function: Callable[..., Any] = getattr(ahead, name)

    @wraps(function)
    def timed(*given: Any) -> Any:
        start = time.process_time()
        try:
            return function(*given)
        finally:
            line = f"{name} {os.getpid()} {time.process_time() - start}\n"
            with notes.open("a") as file:
                file.write(line)

    return timed


def main(cores: int, kit: Path, output: Path, cache: Path) -> None:
    """Build a kit on so many cores, and print the seconds of its critical path."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "notes")
        notes.touch()
        for name in ROUNDS:
            setattr(ahead, name, noted(name, notes))
        if not journey.build(kit, output, cache=Cache(cache), cores=cores).ok:
            raise RuntimeError("the dossier was not made")
        shares: dict[str, list[float]] = defaultdict(list)
        own = 0.0
        for line in notes.read_text().splitlines():
            name, process, seconds = line.split()
            shares[name].append(float(seconds))
            own += float(seconds) if int(process) == os.getpid() else 0.0
    alone = time.process_time() - own
    sys.stdout.write(json.dumps({"seconds": alone + sum(map(max, shares.values()))}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *map(Path, sys.argv[2:]))
