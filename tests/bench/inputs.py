"""`python -m tests.bench.inputs KIT FOLDER`: write what the programs are given, for one kit.

It runs as a process of its own: what is measured is started by one that has stayed small, since
a process begins with the memory of the one that starts it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.parts import Contents
from moip_press.press import fit
from moip_press.press.compose import Composer, Excerpt, Fit
from moip_press.press.compose.contents import contents
from moip_press.press.compose.gathering import Gathering, HandoutComposer
from moip_press.press.handouts import make
from moip_press.press.layout import Layout
from moip_press.press.outcome import Request
from moip_press.press.plans import plans
from tests.bench import festival, kits, measures, plain, typst_source
from tests.bench.folder import Folder

SAMPLE = 3
"""The handouts by organiser that are built by plain WeasyPrint too."""


def write(kit_folder: Path, folder: Folder, times: tuple[int, ...]) -> None:
    """Write copies of a kit, larger ones, and the documents that other programs make PDFs of."""
    shutil.rmtree(folder.path, ignore_errors=True)
    shutil.copytree(kit_folder, folder.kit(1))
    kit = _read(folder.kit(1))
    theme = Theme(kit.folder)
    layout = Layout(kit, theme, _silent)
    plain.lay_beside(kit, theme, folder.path)
    html = plain.dossier(layout.composer, layout._fits)
    folder.plain(1).write_text(html)
    folder.typst.write_text(typst_source.typst(html))
    requested = plans(kit, Request())
    slugs = []
    for made in make(layout, requested, Request()):
        if made.plan.chapters and made.pdf:
            html = plain.handout(layout, made.plan, made.pages)
            folder.handout(made.plan.slug).write_text(html)
            slugs.append(made.plan.slug)
    kits.change(kit).write(folder.change)
    plan = {
        "title": str(kit.edition.title),
        "pages": layout.assembly.page_count,
        "events": len(kit.events()),
        "handouts": slugs,
        "contents": {"lines": [*contents_lines(kit)], "page": _contents_page(layout)},
    }
    folder.plan.write_text(json.dumps(plan, ensure_ascii=False))
    for number in times:
        _enlarge(kit, folder, number)
    if times:
        write_organisers(folder)


def write_organisers(folder: Folder) -> None:
    """Write a kit with an organiser an event, and some plain handouts of it."""
    festival.write(folder.organisers, measures.ORGANISERS, 0, measures.ORGANISERS)
    kit = _read(folder.organisers)
    theme = Theme(kit.folder)
    place = folder.organisers.parent
    plain.lay_beside(kit, theme, place)
    composer = HandoutComposer(Composer(kit, theme), {})
    planned = plans(kit, Request(by="organiser")).plans
    for number, plan in enumerate(planned[:: len(planned) // SAMPLE][:SAMPLE]):
        gathering = Gathering(plan.sheet.title, plan.entries, plan.by, "normal")
        html = composer.gathered(gathering, {}, Excerpt(frozenset(), {})).html
        (place / f"plain-organiser-{number}.html").write_text(plain.alone(html))


def _enlarge(kit: Kit, folder: Folder, times: int) -> None:
    kits.enlarged(kit, folder.kit(times), times)
    large = _read(folder.kit(times))
    composer = Composer(large, Theme(large.folder))
    folder.plain(times).write_text(plain.dossier(composer, _of_long_sections(large)))


def _of_long_sections(kit: Kit) -> dict[str, Fit]:
    """Return the openers and spacings of sections too long for any to be tried."""
    long = fit.Measure(fit.MOST_PAGES + 1, 0.0)
    return {section.id: fit.best(section, lambda _: long) for section in kit.sections()}


def contents_lines(kit: Kit) -> Iterator[tuple[str, str]]:
    """Yield what the lines of the table of contents say, each with the title that it leads to."""
    anchors = kit.anchors()
    titles = {anchors[placed.part.id]: placed.part.title for placed in kit.parts()}
    for entry in contents(kit, anchors):
        for line in entry.entries or (entry,):
            if line.anchor:
                yield line.title, str(titles.get(line.anchor) or line.title)


def _contents_page(layout: Layout) -> int:
    """Return the page that the table of contents is on, 0 where there is none."""
    numbers, anchors = layout.assembly.numbers, layout.composer.anchors
    parts = (placed.part for placed in layout.kit.parts())
    return next((numbers[anchors[part.id]] for part in parts if isinstance(part, Contents)), 0)


def _read(folder: Path) -> Kit:
    found = read_kit(folder)
    kit = found.kit
    if kit is None or not found.report.ok:
        raise click.ClickException(f"{folder} cannot be read: moip-press check says why")
    return kit


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


@click.command()
@click.argument("kit", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--times", type=int, multiple=True, help="A larger kit too, with so many times the events."
)
def main(kit: Path, folder: Path, times: tuple[int, ...]) -> None:
    """Write the inputs of a benchmark of KIT into FOLDER."""
    write(kit, Folder(folder), times)


if __name__ == "__main__":
    main()
