"""`python -m tests.feet KIT…`: how many millimetres are empty at the foot of each page of kits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from moip_press.kit.computed_figures import filled
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.layout import Layout

STEPS = (5, 10, 20, 30, 45, 68)


def feet(kit: Kit) -> Iterator[tuple[str, bool, float]]:
    """Yield, for each page, its chapter, whether it is the last one of it, and its empty foot."""
    layout = Layout(filled(kit.printed()), Theme(kit.folder), lambda *_: None)
    for chapter, placed in zip(kit.chapters, layout.assembly.chapters, strict=True):
        facts = placed.laid.facts
        for number, (ink, sheet) in enumerate(zip(facts.ink, facts.sheets, strict=True), 1):
            yield chapter.id, number == len(facts.ink), sheet.area.bottom - ink.end


@click.command()
@click.argument("kits", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(kits: tuple[Path, ...]) -> None:
    """Print the empty feet of each kit, and how they are spread over all of them."""
    pages: list[tuple[bool, float]] = []
    for folder in kits:
        kit = read_kit(folder).kit
        if kit is None:
            raise click.ClickException(f"{folder} cannot be read")
        found = list(feet(kit))
        pages += [(last, foot) for _, last, foot in found]
        said = (f"{foot:.0f}{'.' if last else ''}" for _, last, foot in found)
        click.echo(" ".join((folder.name, *said)))
    for title, which in (("inner", False), ("last", True)):
        own = sorted(foot for last, foot in pages if last is which)
        counts = ", ".join(f"> {step}: {sum(foot > step for foot in own)}" for step in STEPS)
        click.echo(f"{title} pages: {len(own)}; median {own[len(own) // 2]:.0f} mm; {counts}")


if __name__ == "__main__":
    main()
