"""One benchmark: round after round, one run of each case after another."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.bench import measures
from tests.bench.folder import Folder
from tests.bench.kits import Change
from tests.bench.measures import Bench, Case
from tests.bench.processes import Failed, Run, answer
from tests.bench.programs import PEERS, Missing

IMPORTS = 3
"""How often in a round what takes less than a second is measured."""
DOSSIERS = {"dossier": "cold/dossier.pdf", "cold": "cold/dossier.pdf"}


PAGES = "import pypdfium2, sys; print(len(pypdfium2.PdfDocument(sys.argv[1])))"


class Session:
    """What was measured so far."""

    def __init__(self, folder: Folder, plan: Mapping[str, Any], say: Callable[[str], None]) -> None:
        self.folder = folder
        self.kit = {name: plan[name] for name in ("title", "events", "pages")}
        self.runs: dict[str, list[Run]] = defaultdict(list)
        self.skipped: dict[str, str] = {}
        self._say = say
        self._digests: dict[str, set[str]] = defaultdict(set)
        self._bench = Bench(folder, tuple(plan["handouts"]), Change.read(folder.change).make)

    def rounds(self, count: int) -> None:
        """Measure each case so often; a first round that warms the disk does not count."""
        cases = {**measures.CASES, **dict(measures.peers())}
        for number in range(count + 1):
            for name, case in cases.items():
                quick = name.startswith(("import-", "help-", "python"))
                for _ in range(IMPORTS if quick and number else 1):
                    self._measure(name, case, f"round {number}/{count}", kept=number > 0)
            if number == 0:
                self._bench.stages.clear()

    def large(self, count: int) -> None:
        """Measure the larger kits so often, and once the plain build of the largest.

        The smaller of them, which is quick, is measured before and after the largest.
        """
        for number in range(1, count + 1):
            for name in ("smaller", "large", "smaller"):
                self._measure(name, measures.LARGE_CASES[name], f"large {number}/{count}")
        for name, case in (*measures.MANY_EVENTS.items(), *measures.PLAIN_LARGE.items()):
            self._measure(name, case, "large, once")

    def _measure(self, name: str, case: Case, where: str, *, kept: bool = True) -> None:
        if name in self.skipped:
            return
        try:
            run = case(self._bench)
        except (Missing, Failed) as error:
            self.skipped[name] = str(error)
            self.runs.pop(name, None)
            self._say(f"{where}  {name}: left out ({error})")
            return
        self._say(f"{where}  {name}: {run.seconds:.2f} s{'' if kept else ' (not counted)'}")
        if kept:
            self.runs[name].append(run)
            if (pdf := self._pdf(name)).is_file():
                self._digests[name].add(hashlib.sha256(pdf.read_bytes()).hexdigest())

    def _pdf(self, name: str) -> Path:
        return self.folder.path / "pdf" / (DOSSIERS.get(name) or f"{name}.pdf")

    @property
    def same(self) -> dict[str, bool]:
        """Whether each program made the same bytes each time, where it ran more than once."""
        return {
            name: len(found) == 1
            for name, found in self._digests.items()
            if len(self.runs[name]) > 1
        }

    def pages(self) -> dict[str, int]:
        """Return how many pages the kits have."""
        found = {}
        for name in ("cold", *measures.LARGE_CASES):
            folder = measures.FOLDERS.get(name, name)
            manifest = self.folder.path / "pdf" / folder / "manifest.json"
            if manifest.exists():
                outputs = json.loads(manifest.read_text())["outputs"]
                found[name] = next(
                    each["pages"] for each in outputs if each["path"] == "dossier.pdf"
                )
        for name in measures.PLAIN_LARGE:
            if (pdf := self._pdf(name)).is_file():
                found[name] = int(answer([sys.executable, "-c", PAGES, str(pdf)]))
        return found

    def traits(self) -> dict[str, Any]:
        """Return what the dossier of each program holds."""
        names = ["dossier", "plain", *(name for name in PEERS if name in self.runs)]
        pdfs = [str(path) for path in map(self._pdf, names) if path.exists()]
        said = answer([sys.executable, "-m", "tests.bench.traits", str(self.folder.plan), *pdfs])
        found: dict[str, Any] = json.loads(said)
        return found

    def stages(self) -> dict[str, Mapping[str, float]]:
        """Return what each stage of a build takes: of those measured, the one in the middle."""
        return {
            case: sorted(builds, key=lambda took: sum(took.values()))[len(builds) // 2]
            for case, builds in self._bench.stages.items()
        }

    def end(self) -> None:
        """Let the processes that stay end."""
        self._bench.end()
