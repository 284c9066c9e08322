"""`python -m tests.bench.ways [KIT]`: what each way of `pdf/quicker.py` saves of a layout.

In one process, a kit is laid out with all ways, and with all but one, in turn. Seconds are those of
the processor: other programs may run meanwhile.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import click

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.pdf import engine, quicker  # noqa: F401 -- the first loads WeasyPrint
from moip_press.press.layout import Layout
from tests.bench.processes import ROOT


def seconds(kit: Kit, names: set[str]) -> tuple[float, float]:
    """Return the seconds of laying out and of drawing a kit, by these ways."""
    with quicker.only(names):
        start = time.process_time()
        layout = Layout(kit, Theme(kit.folder), lambda *_: None)
        laid = time.process_time()
        layout.draw()
        return laid - start, time.process_time() - laid


@click.command()
@click.argument("folder", default=ROOT / "data" / "2021", type=click.Path(path_type=Path))
@click.option("--rounds", default=5, show_default=True)
def main(folder: Path, rounds: int) -> None:
    """Show what each way saves of laying out and drawing the kit in FOLDER."""
    kit = read_kit(folder).kit
    assert kit is not None
    kit = kit.printed()
    seconds(kit, set(quicker.WAYS))
    for name in (*quicker.WAYS, "all"):
        without = set() if name == "all" else {*quicker.WAYS} - {name}
        pairs = [(seconds(kit, set(quicker.WAYS)), seconds(kit, without)) for _ in range(rounds)]
        saved = [
            statistics.median(1 - ours[part] / theirs[part] for ours, theirs in pairs)
            for part in (0, 1)
        ]
        click.echo(f"{name}: layout {saved[0]:.1%}, drawing {saved[1]:.1%}")


if __name__ == "__main__":
    main()
