"""What is measured: each case is a small function that returns how one run went."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from tests.bench import programs
from tests.bench.folder import Folder
from tests.bench.processes import Conversation, Run, answer, run

PYTHON = sys.executable
LARGE, SMALLER = 50, 5
ORGANISERS = 350
STAGED = ("cold", "changed", "staying")
"""The builds that are told apart by stages."""


@dataclass
class Bench:
    """The kits in one folder, and the processes that stay between two rounds."""

    folder: Folder
    handouts: tuple[str, ...]
    replace: Callable[[Path, int], None]
    """Change one event of the kit in a folder, differently for each number."""
    staying: dict[str, Conversation] = field(default_factory=dict)
    number: int = 0
    stages: dict[str, list[Mapping[str, float]]] = field(default_factory=dict)
    """What each stage of a build took, build by build."""

    def kit(self, name: str) -> Path:
        """Return a copy of the kit that only one case uses."""
        kit = self.folder.path / "kits" / name
        if not kit.exists():
            shutil.copytree(self.folder.kit(1), kit)
        return kit

    def changed(self, name: str) -> Path:
        """Return that copy with one event as it never was before."""
        self.number += 1
        kit = self.kit(name)
        self.replace(kit, self.number)
        return kit

    def made(self, name: str) -> Path:
        """Return the folder for what one case makes."""
        return self.folder.path / "pdf" / name

    @cached_property
    def caches(self) -> Path:
        """The folder of what is kept between processes, case by case."""
        return self.folder.path / "caches"

    def end(self) -> None:
        """Let the processes that stay end."""
        for conversation in self.staying.values():
            conversation.end()
        self.staying.clear()


Case = Callable[[Bench], Run]


def _build(bench: Bench, name: str, kit: Path) -> Run:
    """Return how `moip-press build` ran, with what it kept under ``name`` before."""
    cache = bench.caches / name
    options = ["--quiet", "--cache-dir", str(cache), "--output", str(bench.made(name))]
    return run([PYTHON, "-m", "moip_press", "build", str(kit), *options])


def cold(bench: Bench) -> Run:
    """Return how a build ran where nothing was kept."""
    shutil.rmtree(bench.caches / "cold", ignore_errors=True)
    return _build(bench, "cold", bench.kit("cold"))


def changed(bench: Bench) -> Run:
    """Return how a build ran in a new process after one event changed."""
    if not (bench.caches / "changed").exists():
        _build(bench, "changed", bench.changed("changed"))
    return _build(bench, "changed", bench.changed("changed"))


def unchanged(bench: Bench) -> Run:
    """Return how a build ran in a new process: every file is newer, and none is different."""
    kit = bench.kit("unchanged")
    if not (bench.caches / "unchanged").exists():
        _build(bench, "unchanged", kit)
    for path in kit.rglob("*"):
        os.utime(path)
    return _build(bench, "unchanged", kit)


def _stay(bench: Bench, name: str, line: str) -> Run:
    """Return how a process that stays did its work after one event changed."""
    kit = bench.changed(name)
    if name not in bench.staying:
        bench.staying[name] = _conversation(bench, name, kit)
        bench.staying[name].ask(line)
        bench.changed(name)
    return Run(**json.loads(bench.staying[name].ask(line)))


def _conversation(bench: Bench, name: str, kit: Path, program: str = "staying") -> Conversation:
    folders = [kit, bench.made(name), bench.caches / name]
    return Conversation([PYTHON, "-m", f"tests.bench.{program}", *map(str, folders)])


def _studio(line: str, events: str = "") -> Case:
    """Return what tells how long a window of the studio waits, once everything was kept before."""

    def case(bench: Bench) -> Run:
        name = f"studio-{line}{events}"
        if name not in bench.staying:
            if events and not (bench.folder.path / "kits" / name).exists():
                shutil.copytree(bench.folder.organisers, bench.folder.path / "kits" / name)
            bench.staying[name] = _conversation(bench, name, bench.kit(name), "studio")
            bench.staying[name].ask(line)
        return Run(**json.loads(bench.staying[name].ask(line)))

    return case


def staying(bench: Bench) -> Run:
    """Return how long the finished dossier takes in a process that stays."""
    return _stay(bench, "staying", "build")


def images(bench: Bench) -> Run:
    """Return how long the pictures of the changed pages take in a process that stays."""
    return _stay(bench, "images", "images")


def handouts(bench: Bench) -> Run:
    """Return how long the handouts take once the dossier is made, on all cores."""
    shutil.rmtree(bench.caches / "handouts", ignore_errors=True)
    process = _conversation(bench, "handouts", bench.kit("cold"))
    try:
        return Run(**json.loads(process.ask("handouts")))
    finally:
        process.end()


def by_organiser(bench: Bench) -> Run:
    """Return how long a handout for each organiser takes once the dossier is made."""
    kit = bench.folder.organisers
    shutil.rmtree(bench.caches / "by-organiser", ignore_errors=True)
    process = _conversation(bench, "by-organiser", kit)
    try:
        return Run(**json.loads(process.ask("by-organiser")))
    finally:
        process.end()


def plain_by_organiser(bench: Bench) -> Run:
    """Return how long the plain builds of these handouts take: as some of them, for all."""
    sample = sorted(bench.folder.organisers.parent.glob("plain-organiser-*.html"))
    made = bench.folder.made("plain-organiser")
    seconds = [programs.weasyprint(html, made).seconds for html in sample]
    return Run(sum(seconds) / len(seconds) * ORGANISERS)


def _critical_path(cores: int) -> Case:
    def case(bench: Bench) -> Run:
        name = f"cores-{cores}"
        shutil.rmtree(bench.caches / name, ignore_errors=True)
        given = [
            str(cores),
            str(bench.kit("cold")),
            str(bench.made(name)),
            str(bench.caches / name),
        ]
        said = json.loads(answer([PYTHON, "-m", "tests.bench.paths", *given]))
        return Run(said["seconds"], said["seconds"])

    return case


def _stages(case: str) -> Case:
    def run_in_stages(bench: Bench) -> Run:
        name = f"stages-{case}"
        if case == "cold":
            shutil.rmtree(bench.caches / name, ignore_errors=True)
        elif not (bench.caches / name).exists():
            _in_stages(bench, name, case)
        took = _in_stages(bench, name, case)
        bench.stages.setdefault(case, []).append(took)
        return Run(sum(took.values()), sum(took.values()))

    return run_in_stages


def _in_stages(bench: Bench, name: str, case: str) -> dict[str, float]:
    """Return what each stage of a build took after one event changed."""
    kit = bench.changed(name)
    given = [PYTHON, "-m", "tests.bench.stages", case]
    given += map(str, (kit, bench.made(name), bench.caches / name))
    if case != "staying":
        said: dict[str, float] = json.loads(answer(given))
        return said
    if name not in bench.staying:
        bench.staying[name] = Conversation(given)
    took: dict[str, float] = json.loads(bench.staying[name].ask("build"))
    return took


def plain(bench: Bench) -> Run:
    """Return how the plain build of the dossier ran."""
    return programs.weasyprint(bench.folder.plain(1), bench.folder.made("plain"))


def plain_handouts(bench: Bench) -> Run:
    """Return how the plain builds of all handouts ran, one after another."""
    runs = [
        programs.weasyprint(bench.folder.handout(slug), bench.folder.made(f"plain-{slug}"))
        for slug in bench.handouts
    ]
    return Run(
        sum(each.seconds for each in runs),
        sum(each.cpu or 0 for each in runs),
        max(each.peak or 0 for each in runs),
    )


def _python(*arguments: str) -> Case:
    return lambda _: run([PYTHON, *arguments])


def _large(times: int) -> Case:
    def case(bench: Bench) -> Run:
        name = f"x{times}"
        shutil.rmtree(bench.caches / name, ignore_errors=True)
        return _build(bench, name, bench.folder.kit(times))

    return case


def _plain_large(bench: Bench) -> Run:
    return programs.weasyprint(bench.folder.plain(LARGE), bench.folder.made("plain-large"))


CASES: Mapping[str, Case] = {
    "plain": plain,
    "cold": cold,
    "changed": changed,
    "unchanged": unchanged,
    "staying": staying,
    "images": images,
    "cores-4": _critical_path(4),
    "cores-8": _critical_path(8),
    **{f"stages-{case}": _stages(case) for case in STAGED},
    "studio-open": _studio("open"),
    "studio-type": _studio("type"),
    "plain-handouts": plain_handouts,
    "handouts": handouts,
    "import-weasyprint": _python("-c", "import weasyprint"),
    "import-moip-press": _python("-c", "import moip_press"),
    "help-weasyprint": _python("-m", "weasyprint", "--help"),
    "help-moip-press": _python("-m", "moip_press", "--help"),
    "python": _python("-c", "pass"),
}
"""One round of these is measured after another, in this order."""

FOLDERS = {"smaller": f"x{SMALLER}", "large": f"x{LARGE}"}
"""The folder of what a case makes, where it does not bear its name."""

LARGE_CASES: Mapping[str, Case] = {"smaller": _large(SMALLER), "large": _large(LARGE)}
MANY_EVENTS: Mapping[str, Case] = {
    "studio-type-350": _studio("type", f"-{ORGANISERS}"),
    "plain-by-organiser": plain_by_organiser,
    "by-organiser": by_organiser,
}
PLAIN_LARGE: Mapping[str, Case] = {"plain-large": _plain_large}


def peers() -> Iterator[tuple[str, Case]]:
    """Yield the other programs, each as a case; they may not be installed."""
    for name in programs.PEERS:
        yield name, partial(_peer, name=name)


def _peer(bench: Bench, name: str) -> Run:
    folder = bench.folder
    source = folder.typst if name == "typst" else folder.plain(1)
    return programs.PEERS[name](source, folder.made(name))
