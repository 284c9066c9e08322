"""`python -m tests.bench.seasons`: one season on one process, on two, and on a Dask cluster of two.

Prints the processor seconds of all processes that take part, the time by the clock, and the
largest memory of the caller; then what a handout costs where a kit has few or many.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from tests.bench.processes import ROOT

PROGRAM = [sys.executable, "-m", "moip_press"]
DASK = [sys.executable, "-m", "dask"]
START = 8.0  # seconds in which the workers have come


@dataclass(frozen=True)
class Cost:
    """What a run took: processor seconds, seconds by the clock, megabytes of the caller."""

    work: float
    clock: float
    memory: float

    def __str__(self) -> str:
        return f"{self.work:8.1f} s of work {self.clock:8.1f} s {self.memory:6.0f} MB"


def work_of(process: psutil.Process) -> float:
    """Return the processor seconds of a process and of all that it has started."""
    total = 0.0
    for each in [process, *process.children(recursive=True)]:
        spent = each.cpu_times()
        total += spent.user + spent.system + spent.children_user + spent.children_system
    return total


def cost(words: list[str], beside: list[psutil.Process]) -> Cost:
    """Return what a command took, with what ``beside`` did for it meanwhile."""
    before = sum(map(work_of, beside))
    began = time.monotonic()
    running = subprocess.Popen([*PROGRAM, *words], stdout=subprocess.DEVNULL)
    caller, memory, ended = psutil.Process(running.pid), 0, 0
    while not ended:
        with suppress(psutil.Error):
            memory = max(memory, caller.memory_info().rss)
        time.sleep(0.1)
        ended, status, used = os.wait4(running.pid, os.WNOHANG)
    if status:
        raise click.ClickException(" ".join(words))
    own = used.ru_utime + used.ru_stime
    took = own + sum(map(work_of, beside)) - before
    return Cost(took, time.monotonic() - began, memory / 1e6)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """Yield the address of a scheduler, and the processes of its cluster."""
    file = folder / "scheduler.json"
    with ExitStack() as stack:

        def started(*words: str) -> psutil.Process:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen([*DASK, *words], **quiet)  # type: ignore[call-overload]
            stack.callback(process.wait)
            stack.callback(process.kill)
            return psutil.Process(process.pid)

        host = ("--host", "tcp://127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        all_of_it = [started("scheduler", *host, "--scheduler-file", str(file))]
        time.sleep(START)
        address = json.loads(file.read_text("utf-8"))["address"]
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
        for number in range(workers):
            place = ("--local-directory", str(folder / f"worker-{number}"))
            all_of_it.append(started("worker", address, *options, *place))
        time.sleep(START)
        yield address, all_of_it


def many_kits(folder: Path, count: int) -> None:
    """Write copies of the kit of 2021 that differ in their titles."""
    for number in range(count):
        kit = folder / f"kit-{number:02}"
        shutil.copytree(ROOT / "data/2021", kit)
        text = (kit / "kit.yaml").read_text("utf-8")
        head, _, rest = text.partition("\ntitle: ")
        title, _, rest = rest.partition("\n")
        (kit / "kit.yaml").write_text(f"{head}\ntitle: {title} {number}\n{rest}", "utf-8")


def many_handouts(folder: Path, count: int) -> None:
    """Write a kit of so many sections, each of which becomes a handout."""
    folder.mkdir(parents=True)
    names = [f"section-{number:04}" for number in range(count)]
    (folder / "kit.yaml").write_text(
        "title: Un kit\nperiod: novembre 2026\npublisher: {name: Ville}\n"
        "contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]\n"
        f"chapters: [{', '.join(f'{name}.yaml' for name in names)}]\n",
        "utf-8",
    )
    for name in names:
        (folder / f"{name}.yaml").write_text(
            f"type: programme\ntitle: Le programme de {name}\nevents:\n"
            f"  - title: Atelier de {name}\n    organisers: [Ville]\n    when: 16 novembre\n"
            "    text: Venez à l'atelier.\n    link: https://www.example.org/\n",
            "utf-8",
        )


@click.command()
@click.option("--kits", default=26, show_default=True, help="How many kits of 24 pages.")
@click.option("--handouts", multiple=True, type=int, default=(100, 1000), show_default=True)
@click.option("--skip-kits", is_flag=True, help="Measure the handouts only.")
def main(kits: int, handouts: tuple[int, ...], skip_kits: bool) -> None:
    """Measure seasons, without a cache."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        many_kits(folder / "kits", kits)
        season = ["season", str(folder / "kits"), "-q", "--no-cache", "-o", str(folder / "out")]
        if not skip_kits:
            click.echo(f"1 process   {cost([*season, '--workers', '1'], [])}")
            pool = cost([*season, "--workers", "2"], [])
            click.echo(f"2 processes {pool}")
            with cluster(folder, 2) as (address, beside):
                there = cost([*season, "--cluster", address], beside)
            click.echo(f"cluster     {there}")
            click.echo(f"cluster / 2 processes: {there.work / pool.work:.2f} of work")
        for count in handouts:
            many_handouts(folder / f"kits-{count}/kit", count)
            words = ["season", str(folder / f"kits-{count}"), "-q", "--no-cache", "--all"]
            taken = cost([*words, "-o", str(folder / "out")], [])
            click.echo(f"{count} handouts {taken}, {1000 * taken.work / count:.0f} ms of work each")


if __name__ == "__main__":
    main()
