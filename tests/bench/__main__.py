"""`python -m tests.bench`: measure, and write the table and the chart."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import click

from tests.bench import machine, table
from tests.bench.folder import Folder
from tests.bench.measuring import Session
from tests.bench.processes import ROOT, answer
from tests.bench.results import Results

LARGER = ("--times", "5", "--times", "50")


@click.command()
@click.argument("kit", default=ROOT / "data" / "2021", type=click.Path(path_type=Path))
@click.option("-o", "--output", default=ROOT / "output" / "bench", type=click.Path(path_type=Path))
@click.option("--rounds", default=5, show_default=True, help="How often each case is measured.")
@click.option("--large-rounds", default=1, show_default=True, help="How often the largest kit is.")
@click.option("--skip-large", is_flag=True, help="Leave the largest kit out.")
@click.option(
    "--docs/--no-docs", default=True, help="Write the documentation's table and chart anew."
)
def main(
    kit: Path, output: Path, rounds: int, large_rounds: int, skip_large: bool, docs: bool
) -> None:
    """Measure builds of KIT beside plain builds and other programs."""
    folder = Folder(output.resolve())
    say(f"inputs → {output}")
    larger = () if skip_large else LARGER
    answer([sys.executable, "-m", "tests.bench.inputs", str(kit), str(folder.path), *larger])
    session = Session(folder, json.loads(folder.plan.read_text()), say)
    try:
        session.rounds(rounds)
        if not skip_large:
            session.large(large_rounds)
    finally:
        session.end()
    results = Results(
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        machine=machine.machine(),
        versions=machine.versions(),
        kit=session.kit,
        runs=dict(session.runs),
        pages=session.pages(),
        traits=session.traits(),
        skipped=session.skipped,
        same=session.same,
        stages=session.stages(),
    )
    results.write(folder.results)
    folder.table.write_text(table.markdown(results), encoding="utf-8")
    _draw(folder.results, folder.chart)
    if docs:
        table.publish(results, ROOT)
        _draw(folder.results, ROOT / table.CHART)
    click.echo(table.markdown(results))


def _draw(results: Path, chart: Path) -> None:
    answer([sys.executable, "-m", "tests.bench.chart", str(results), str(chart)])


def say(line: str) -> None:
    """Show how far the benchmark is."""
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
