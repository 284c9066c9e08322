"""The journey: review (source, model, check), compose, typeset, assemble, publish, in order."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from moip_press import __version__, publish
from moip_press.cache import Cache
from moip_press.diagnostics import Message, Report
from moip_press.kit import Theme, inside
from moip_press.layout import Layout, Progress
from moip_press.model.kit import Blank, Kit, blanks, pictures
from moip_press.review import review
from moip_press.source import Source

DOSSIER = "dossier.pdf"
LIBRARIES = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "pydantic")
NOTHING_KEPT = Cache()


@dataclass(frozen=True)
class Dossier:
    """What a build made."""

    path: Path
    pages: int
    size: int
    blanks: tuple[Blank, ...]


@dataclass(frozen=True)
class Build:
    """How a build ended: the dossier, or ``None`` where the report holds errors.

    ``findings`` counts what the proofreader would say. ``failure`` says why a dossier without
    faults could not be written.
    """

    dossier: Dossier | None
    report: Report
    sources: Mapping[str, Source]
    language: str
    findings: int = 0
    failure: Message | None = None


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


def build(
    folder: Path,
    output: Path,
    progress: Progress = _silent,
    *,
    today: datetime.date = datetime.date.max,
    cache: Cache = NOTHING_KEPT,
) -> Build:
    """Make the dossier of the kit in ``folder`` and write it below ``output``.

    ``progress`` is told of each chapter before it is laid out, ``today`` decides which waivers
    still hold. Nothing is written where the kit has faults. Raises ``OSError`` where the kit
    cannot be read.
    """
    read = review(folder, today, cache)
    kit, theme, report = read.kit, read.theme, read.faults
    count = len(read.findings.diagnostics)
    if kit is None:
        return Build(None, report, read.sources, read.language)
    dossier = None
    if report.ok:
        layout = Layout(kit, theme, progress)
        report += layout.report
    if report.ok:
        pdf, found = layout.draw()
        report += found
    if report.ok and pdf:
        pages = layout.assembly.page_count
        made = publish.Output(DOSSIER, pdf.content, {"kind": "dossier", "pages": pages})
        inputs = _inputs(kit, theme, read.sources)
        try:
            publish.publish(output, [made], inputs, _versions())
        except publish.CannotWrite as error:
            return Build(None, report, read.sources, read.language, count, error.message)
        dossier = Dossier(output / DOSSIER, pages, len(pdf.content), blanks(kit))
    return Build(dossier, report, read.sources, read.language, count)


def _inputs(kit: Kit, theme: Theme, sources: Mapping[str, Source]) -> dict[str, bytes]:
    """Return the files of the kit that the dossier is made from, by their name in the kit.

    What a link leads to outside the kit is not read for the dossier, nor here.
    """
    names = [Path(name).relative_to(kit.folder) for name in sources]
    names += [Path(placed.value.file) for placed in pictures(kit) if placed.value.file]
    for folder in (theme.templates()[0], theme.styles()[0]):
        names += [path.relative_to(kit.folder) for path in sorted(folder.rglob("*"))]
    files = {_readable(name): inside(kit.folder, name.as_posix()) for name in names}
    return {name: path.read_bytes() for name, path in files.items() if path and path.is_file()}


def _readable(name: Path) -> str:
    """Return a file's name as UTF-8, whatever the bytes that the disk holds."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def _versions() -> dict[str, str]:
    return {"moip-press": __version__} | {name: version(name) for name in LIBRARIES}
