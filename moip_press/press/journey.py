"""The journey of a kit: read, check, compose, lay out, number, draw, publish.

``Press.build`` is all of it, in this order. Reading and checking are ``proofread.review``; a
``Layout`` composes chapters (``compose``), has them laid out (``pdf.typeset``) and numbers their
pages (``numbering``); ``handouts`` are put together of the same pages.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from moip_press import __version__
from moip_press.editions import attached_data
from moip_press.editions.comparison.changes import Changes
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document
from moip_press.kit import issue
from moip_press.kit.computed_figures import filled
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Part
from moip_press.pdf import engine
from moip_press.pdf.typeset import Pdf
from moip_press.press import publish
from moip_press.press.ahead import counted_beside
from moip_press.press.build_inputs import inputs_of
from moip_press.press.compose.changes import with_changes, without_changes
from moip_press.press.handouts import Made, facts_of, make
from moip_press.press.layout import Kept, Layout, Progress
from moip_press.press.outcome import DOSSIER, Build, Dossier, HandoutFile, Order, file_of
from moip_press.press.plans import Plans, plans, texts_of
from moip_press.proofread.review import PagesReview, Review, gaps_of, review
from moip_press.proofread.waivers import left
from moip_press.report.diagnostics import Report
from moip_press.system import atomic
from moip_press.system.cache import Cache

LIBRARIES = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "pydantic")
NO_CACHE = Cache()
DOSSIER_ALONE = Order()

__all__ = ["Build", "Dossier", "HandoutFile", "Order", "Press", "build", "on_pages"]


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


def build(
    folder: Path,
    output: Path,
    progress: Progress = _silent,
    *,
    today: datetime.date = datetime.date.max,
    cache: Cache = NO_CACHE,
    order: Order = DOSSIER_ALONE,
    cores: int = 1,
) -> Build:
    """Make what is ordered of the kit in ``folder`` once; see ``Press.build``."""
    return Press(cache, cores).build(folder, output, progress, today=today, order=order)


class Press:
    """Builds again and again: what did not change since the last time is not made anew.

    What it makes is to the byte what ``build`` makes, on however many ``cores``. Where it
    ``counts``, a kit of which all was made has been proofread too.
    """

    def __init__(self, cache: Cache = NO_CACHE, cores: int = 1, *, counts: bool = False) -> None:
        self._cache = cache
        self._counts = counts
        self._kept = Kept(cache, cores)

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

        ``progress`` is called before each chapter is laid out, and before each handout; ``today``
        decides which waivers still hold. Nothing is written where the kit or the request has
        faults; a handout that cannot be made keeps none of the others back. Raises ``OSError``
        where the kit cannot be read.
        """
        made = self._build(folder, output, progress, today, order)
        self._cache.tidy()
        return made

    def _build(
        self, folder: Path, output: Path, progress: Progress, today: datetime.date, order: Order
    ) -> Build:
        read = review(folder, today, self._cache)  # read, check
        with counted_beside(read, self._kept.cores if self._counts else 1) as count:
            made = self._made(read, output, progress, today, order)
            return replace(made, count=partial(int, count())) if self._counts and made.ok else made

    def _made(
        self, read: Review, output: Path, progress: Progress, today: datetime.date, order: Order
    ) -> Build:
        begun, kit, changes, planned = _asked(read, order)
        if kit is None or not begun.report.ok:
            return begun
        try:
            # compose, lay out, number
            # chapters of handouts are made of boxes, which other processes keep to themselves
            cores = 1 if any(plan.chapters for plan in planned.plans) else None
            layout = Layout(
                kit, read.theme, progress, order.moment, self._kept, changes, cores=cores
            )
            begun = begun.told(left(layout.report + layout.findings(), kit, today))
            drawn, report = (
                _draw(layout, order, planned, self._kept.cores)
                if begun.report.ok
                else (None, Report())
            )
        except OSError as error:
            if error.errno not in atomic.NO_SPACE:
                raise
            return replace(begun, failure=atomic.CannotWrite(Path(gettempdir()), error).message)
        begun = begun.told(report)
        return begun if drawn is None else _publish(begun, output, drawn)


def _asked(read: Review, order: Order) -> tuple[Build, Kit | None, Changes | None, Plans]:
    """Return the build as it begins, the kit as it is printed, and the handouts to make."""
    begun = Build(None, read.faults, read.sources, read.language, read.count, days=read.days)
    if read.kit is None:
        return begun, None, None, Plans()
    kit, changes = _printed(read.kit, order.since)
    planned = Plans()
    if order.handouts and begun.report.ok:
        planned = plans(kit, order.handouts)
        begun = replace(
            begun.told(Report(planned.faults)),
            misused=planned.misused,
            words=texts_of(order.handouts),
        )
        if order.share and (order.share[0] or planned.worth_sharing(kit)):
            left = len(planned.plans) - order.share[1]
            begun = replace(begun, left=max(0, left))
            planned = planned.share(*order.share)
    return begun, kit, changes, planned


def _printed(whole: Kit, since: Document | None) -> tuple[Kit, Changes | None]:
    """Return the kit as it is printed, and what has changed since a version, if one is given."""
    kit = filled(whole.printed())
    if since is None:
        return without_changes(kit), None
    described = attached_data.described(kit, [placed.part for placed in kit.parts()], {})
    changes = compare(since, Document.of(described, kit.folder.name))
    return with_changes(kit, changes), changes


@dataclass(frozen=True)
class _Drawn:
    """The dossier and the handouts that were made of a layout."""

    layout: Layout
    order: Order
    planned: Plans
    dossier: Pdf | None
    handouts: tuple[Made, ...]

    def outputs(self) -> list[publish.Output]:
        """Return the files, the dossier first."""
        files = []
        if self.dossier:
            facts = {"kind": "dossier", "pages": self.layout.assembly.page_count}
            files.append(_output(DOSSIER, self.dossier, self._dated(facts, ())))
        for made in self.handouts:
            if made.pdf and self.order.handouts:
                facts = self._dated(facts_of(made, self.order.handouts), made.plan.parts)
                files.append(_output(file_of(made.plan.slug), made.pdf, facts))
        return files

    def _dated(self, facts: Mapping[str, Any], parts: Sequence[Part]) -> dict[str, Any]:
        """Return what the manifest says of a file with these parts, or of the dossier.

        That is its issue, and the moment and version asked for.
        """
        said = dict(facts)
        if printed := issue.facts(issue.of_parts(self.layout.kit.edition, parts)):
            said["issue"] = printed
        options = dict(facts.get("options", {}))
        if self.order.moment is not None:
            options["source_date"] = self.order.moment.isoformat()
        if self.layout.composer.since is not None:
            options["since"] = self.layout.composer.since.old.told
        return {**said, "options": options} if options else said

    @property
    def unmade(self) -> tuple[str, ...]:
        """The names of the handouts that are asked for and were not made."""
        return (*self.planned.empty, *(each.plan.slug for each in self.handouts if not each.pdf))

    def stale(self, facts: Mapping[str, Any]) -> bool:
        """Return whether a handout that the manifest names is no longer asked for."""
        return self.order.handouts is not None and self.order.handouts.replaces(facts)


def _output(name: str, pdf: Pdf, facts: Mapping[str, Any]) -> publish.Output:
    """Return a PDF as it is written, with what the manifest says of it."""
    heavy = [{"file": file, "bytes": weight} for file, weight in pdf.heavy]
    return publish.Output(name, pdf.content, {**facts, "heavy": heavy} if heavy else facts)


def _draw(layout: Layout, order: Order, planned: Plans, cores: int) -> tuple[_Drawn | None, Report]:
    """Return what is ordered as PDFs, and what was found; ``None`` where the dossier has faults."""
    dossier, report = layout.draw() if order.dossier else (None, Report())
    if not report.ok:
        return None, report
    made = make(layout, planned, order.handouts, cores) if order.handouts else ()
    report += Report.merge(each.report for each in made) + Report(tuple(planned.empty.values()))
    return _Drawn(layout, order, planned, dossier, made), report


def _publish(begun: Build, output: Path, drawn: _Drawn) -> Build:
    """Write what was drawn, and return the build as it ended."""
    layout = drawn.layout
    inputs = inputs_of(layout.kit, layout.theme, begun.sources)
    kept = frozenset(map(file_of, drawn.unmade))
    published = publish.Publication(tuple(drawn.outputs()), inputs, versions())
    try:
        unwritten = publish.publish(output, published, stale=drawn.stale, kept=kept)
    except atomic.CannotWrite as error:
        names = tuple(each.plan.slug for each in drawn.handouts)
        return replace(begun, failure=error.message, failed=names)
    dossier, handouts, lost = None, [], []
    if drawn.dossier and DOSSIER not in unwritten:
        pages, size = layout.assembly.page_count, len(drawn.dossier.content)
        blanks, heavy = gaps_of(layout.kit), drawn.dossier.heavy
        dossier = Dossier(output / DOSSIER, pages, size, blanks, heavy)
    for made in drawn.handouts:
        plan, file = made.plan, file_of(made.plan.slug)
        if file in unwritten:
            lost.append(plan.slug)
        elif made.pdf:
            handouts.append(HandoutFile(output / file, plan.sheet.title, made.pages, plan.events))
    return replace(
        begun,
        dossier=dossier,
        handouts=tuple(handouts),
        failed=(*drawn.unmade, *lost),
        failure=next(iter(unwritten.values()), None),
        published=published,
    )


def on_pages(kit: Kit, theme: Theme) -> PagesReview:
    """Return what is wrong with the pages of a kit: what ``build`` would report."""
    layout = Layout(without_changes(filled(kit.printed())), theme, _silent)
    faults = layout.report
    if faults.ok:
        faults += layout.draw()[1]
    return PagesReview(faults, layout.findings())


def versions() -> dict[str, str]:
    """Return the versions of this program and of what its PDFs are made with, by name."""
    own = {"moip-press": __version__, "pango": engine.pango()}
    return own | {name: version(name) for name in LIBRARIES}
