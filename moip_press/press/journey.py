"""The journey: review (source, model, check), compose, typeset, assemble, publish, in order."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moip_press import __version__
from moip_press.editions import attached_data
from moip_press.editions.comparison import Changes, Document, compare
from moip_press.kit import issue
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, pictures
from moip_press.kit.source import Source
from moip_press.pdf import conformance
from moip_press.pdf.typeset import Pdf
from moip_press.press import publish
from moip_press.press.compose.since import with_changes, without_changes
from moip_press.press.handouts.making import Made, facts_of, file_of, make
from moip_press.press.handouts.plan import Plans, plans, texts_of
from moip_press.press.handouts.request import Request
from moip_press.press.layout import Kept, Layout, Progress
from moip_press.press.outcome import Build, Dossier, HandoutFile, Order
from moip_press.proofread.review import PagesReview, gaps_of, review
from moip_press.proofread.waivers import left
from moip_press.report.diagnostics import Report
from moip_press.system import atomic
from moip_press.system.cache import Cache
from moip_press.system.files import inside

DOSSIER = "dossier.pdf"
LIBRARIES = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "pydantic")
NOTHING_KEPT = Cache()

__all__ = ["Build", "Dossier", "HandoutFile", "Order", "Press", "build", "on_pages"]


DOSSIER_ALONE = Order()


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


class Press:
    """Builds again and again: what did not change since the last time is not made anew.

    What it makes is to the byte what ``build`` makes.
    """

    def __init__(self, cache: Cache = NOTHING_KEPT) -> None:
        self._cache = cache
        self._kept = Kept(cache)

    def build(
        self,
        folder: Path,
        output: Path,
        progress: Progress = _silent,
        *,
        today: datetime.date = datetime.date.max,
        order: Order = DOSSIER_ALONE,
    ) -> Build:
        """Make what is ordered of the kit in ``folder``, and write it below ``output``.

        ``progress`` is told of each chapter before it is laid out, and of each handout; ``today``
        decides which waivers still hold. Nothing is written where the kit or the request has
        faults; a handout that cannot be made keeps none of the others back. Raises ``OSError``
        where the kit cannot be read.
        """
        made = _made(folder, output, progress, today, self._cache, self._kept, order)
        self._cache.tidy()
        return made


def build(
    folder: Path,
    output: Path,
    progress: Progress = _silent,
    *,
    today: datetime.date = datetime.date.max,
    cache: Cache = NOTHING_KEPT,
    order: Order = DOSSIER_ALONE,
) -> Build:
    """Make what is ordered of the kit in ``folder`` once; see ``Press.build``."""
    return Press(cache).build(folder, output, progress, today=today, order=order)


def _made(
    folder: Path,
    output: Path,
    progress: Progress,
    today: datetime.date,
    cache: Cache,
    kept: Kept,
    order: Order,
) -> Build:
    read = review(folder, today, cache)
    begun = Build(None, read.faults, read.sources, read.language, read.count, days=read.days)
    if read.kit is None:
        return begun
    kit, changes = changed(read.kit, order.since)
    planned = Plans()
    if order.handouts and begun.report.ok:
        planned = plans(kit, order.handouts)
        begun = begun.told(Report(planned.faults))
        begun = replace(begun, misused=planned.misused, words=texts_of(order.handouts))
    if not begun.report.ok:
        return begun
    layout = Layout(kit, read.theme, progress, order.moment, kept, changes)
    begun = begun.told(left(layout.report + layout.findings(), kit, today))
    return _drawn(begun, output, layout, order, planned) if begun.report.ok else begun


def changed(whole: Kit, since: Document | None) -> tuple[Kit, Changes | None]:
    """Return the kit as it is printed, and what has changed since a version, if one is given."""
    kit = whole.printed()
    if since is None:
        return without_changes(kit), None
    described = attached_data.described(kit, [placed.part for placed in kit.parts()], {})
    changes = compare(since, Document.own(described, kit.folder.name))
    return with_changes(kit, changes), changes


def _drawn(begun: Build, output: Path, layout: Layout, order: Order, planned: Plans) -> Build:
    """Draw what is ordered, and write it unless the dossier has faults."""
    pdf = None
    if order.dossier:
        pdf, report = layout.draw()
        begun = begun.told(report)
    if not begun.report.ok:
        return begun
    made = make(layout, planned, order.handouts) if order.handouts else ()
    begun = begun.told(Report.merge(each.report for each in made))
    begun = begun.told(Report(tuple(planned.empty.values())))
    return _written(begun, output, _Job(layout, pdf, order.handouts, planned, made))


@dataclass(frozen=True)
class _Job:
    """What is to be written."""

    layout: Layout
    pdf: Pdf | None
    request: Request | None
    planned: Plans
    made: tuple[Made, ...]

    def outputs(self) -> list[publish.Output]:
        """Return the files, the dossier first."""
        files = []
        if self.pdf:
            pages = self.layout.assembly.page_count
            facts = self._dated({"kind": "dossier", "pages": pages})
            files.append(publish.Output(DOSSIER, self.pdf.content, facts))
        for each in self.made:
            if each.pdf and self.request:
                name = file_of(each.plan.slug)
                facts = self._dated(facts_of(each, self.request))
                files.append(publish.Output(name, each.pdf.content, facts))
        return files

    def _dated(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the manifest says of a file: its issue, the moment and version asked for."""
        if said := issue.facts(self.layout.kit.edition):
            facts = {**facts, "issue": said}
        moment, since = self.layout.moment, self.layout.composer.since
        options = dict(facts.get("options", {}))
        if moment is not None:
            options["source_date"] = moment.isoformat()
        if since is not None:
            options["since"] = since.old.told
        return {**facts, "options": options} if options else facts

    @property
    def unmade(self) -> tuple[str, ...]:
        """The names of the handouts that are asked for and were not made."""
        return (*self.planned.empty, *(each.plan.slug for each in self.made if not each.pdf))

    def stale(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether a handout that the manifest names is no longer asked for."""
        return self.request is not None and self.request.replaces(facts)


def _written(begun: Build, output: Path, job: _Job) -> Build:
    """Write what was made, and return the build as it ended."""
    inputs = _inputs(job.layout.kit, job.layout.theme, begun.sources)
    kept = frozenset(file_of(name) for name in job.unmade)
    published = publish.Publication(tuple(job.outputs()), inputs, versions())
    try:
        unwritten = publish.publish(output, published, stale=job.stale, kept=kept)
    except atomic.CannotWrite as error:
        names = tuple(each.plan.slug for each in job.made)
        return replace(begun, failure=error.message, failed=names)
    handouts = tuple(
        HandoutFile(output / file_of(each.plan.slug), each.plan.sheet.title, each.pages, events)
        for each in job.made
        if each.pdf and file_of(each.plan.slug) not in unwritten
        for events in [each.plan.events]
    )
    dossier = None
    if job.pdf and DOSSIER not in unwritten:
        pages, size = job.layout.assembly.page_count, len(job.pdf.content)
        gaps = gaps_of(job.layout.kit)
        dossier = Dossier(output / DOSSIER, pages, size, gaps)
    lost = (each.plan.slug for each in job.made if file_of(each.plan.slug) in unwritten)
    failure = next(iter(unwritten.values()), None)
    return replace(
        begun,
        dossier=dossier,
        handouts=handouts,
        failed=(*job.unmade, *lost),
        failure=failure,
        published=published,
    )


def on_pages(kit: Kit, theme: Theme) -> PagesReview:
    """Return what is wrong with the pages of a kit: what ``build`` would say of them."""
    layout = Layout(without_changes(kit.printed()), theme, _silent)
    faults = layout.report
    if faults.ok:
        faults += layout.draw()[1]
    return PagesReview(faults, layout.findings())


def _inputs(kit: Kit, theme: Theme, sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the digests of the files that the dossier is made from, by their name in the kit.

    What a link leads to outside the kit is not read for the dossier, nor here.
    """
    names = [Path(name).relative_to(kit.folder) for name in sources]
    names += [Path(placed.value.file) for placed in pictures(kit) if placed.value.file]
    for folder in (theme.templates()[0], theme.styles()[0]):
        names += [path.relative_to(kit.folder) for path in sorted(folder.rglob("*"))]
    files = {_readable(name): inside(kit.folder, name.as_posix()) for name in names}
    found = {name: path for name, path in sorted(files.items()) if path and path.is_file()}
    return {name: publish.sha256(path.read_bytes()) for name, path in found.items()}


def _readable(name: Path) -> str:
    """Return a file's name as UTF-8, whatever the bytes that the disk holds."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def versions() -> dict[str, str]:
    """Return the versions of this program and of what its PDFs are made with, by name."""
    own = {"moip-press": __version__, "pango": conformance.pango()}
    return own | {name: version(name) for name in LIBRARIES}
