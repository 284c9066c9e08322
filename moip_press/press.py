"""The journey: source, model, check, compose, typeset, assemble, publish, in that order."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from moip_press import (
    __version__,
    assemble,
    check,
    conformance,
    enclosure,
    faults,
    fit,
    publish,
    typeset,
)
from moip_press.compose import Composer, Fit, TemplateFault
from moip_press.diagnostics import Diagnostic, Message, Report
from moip_press.kit import Theme, inside
from moip_press.limits import Limits, OverLimit, limited
from moip_press.model import reading
from moip_press.model.kit import Blank, Chapter, Kit, blanks, pictures
from moip_press.model.parts import Programme
from moip_press.source import Source

DOSSIER = "dossier.pdf"
LIBRARIES = ("weasyprint", "pydyf", "jinja2", "markdown-it-py", "pydantic")

Progress = Callable[[str, int, int], None]


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

    ``failure`` says why a dossier without faults could not be written.
    """

    dossier: Dossier | None
    report: Report
    sources: Mapping[str, Source]
    language: str
    failure: Message | None = None


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


def build(
    folder: Path,
    output: Path,
    progress: Progress = _silent,
    moment: datetime.datetime | None = None,
) -> Build:
    """Make the dossier of the kit in ``folder`` and write it below ``output``.

    ``progress`` is told of each chapter before it is laid out; ``moment`` dates a dossier
    whose kit has no date of issue. Nothing is written where the kit has faults. Raises
    ``OSError`` where the kit cannot be read.
    """
    read = reading.read(folder)
    theme = Theme(folder)
    if read.kit is None:
        return Build(None, read.report, read.sources, read.language)
    kit = read.kit
    report = read.report + check.check(kit, theme)
    dossier = None
    if report.ok:
        layout = _Layout(kit, theme, progress)
        report += layout.report
    if report.ok:
        pdf, found = layout.draw(moment)
        report += found
    if report.ok and pdf:
        pages = layout.assembly.page_count
        options = {"source_date": moment.isoformat()} if moment else {}
        facts = {"kind": "dossier", "pages": pages, "options": options}
        made = publish.Output(DOSSIER, pdf.content, facts)
        inputs = _inputs(kit, theme, read.sources)
        try:
            publish.publish(output, [made], inputs, _versions())
        except publish.CannotWrite as error:
            return Build(None, report, read.sources, read.language, error.message)
        dossier = Dossier(output / DOSSIER, pages, len(pdf.content), blanks(kit))
    return Build(dossier, report, read.sources, read.language)


class _Layout:
    """The chapters of one kit, laid out until their page numbers are true."""

    def __init__(self, kit: Kit, theme: Theme, progress: Progress) -> None:
        self._kit = kit
        self._progress = progress
        self._composer = Composer(kit, theme)
        limits = kit.edition.limits
        self._limits = Limits(limits.seconds, limits.memory)
        self._fits: dict[str, Fit] = {}
        self._laid: dict[tuple[str, int], typeset.Pages] = {}
        self.assembly: assemble.Assembly[typeset.Pages]
        try:
            with limited(self._limits):
                self._typesetter = typeset.Typesetter(theme)
            self.assembly = assemble.settle(len(kit.chapters), self._chapter)
        except TemplateFault as error:
            self.report = Report((faults.template(error, theme),))
        except typeset.TooDeep as error:
            self.report = Report((faults.too_deep(kit.chapters[error.chapter]),))
        except OverLimit as error:
            self.report = Report((faults.over_limit(kit.chapters[error.chapter], error),))
        else:
            self.report = Report.of(self._faults())

    def draw(self, moment: datetime.datetime | None) -> tuple[typeset.Pdf | None, Report]:
        """Return the PDF of all chapters, and what was found while it was drawn."""
        held = [placed.part for placed in self._kit.parts()]
        attached = enclosure.enclosed(self._kit, held, self.assembly.numbers)
        try:
            laid = [chapter.laid for chapter in self.assembly.chapters]
            with limited(self._limits):
                pdf = typeset.write_pdf(laid, attached, moment)
        except typeset.TooDeep as error:
            return None, Report((faults.too_deep(self._kit.chapters[error.chapter]),))
        except OverLimit as error:
            return None, Report((faults.over_limit(self._kit.chapters[error.chapter], error),))
        others = pdf.families - self._typesetter.fetcher.families
        return pdf, Report.of(faults.drawn(self._kit, pdf.faults, others))

    def _title(self, chapter: Chapter) -> str:
        titles = (placed.part.contents_title or placed.part.title for placed in chapter.parts)
        return next((str(title) for title in titles if title), str(self._kit.edition.title))

    def _chapter(
        self, index: int, folio: int, numbers: Mapping[str, int]
    ) -> tuple[typeset.Pages, frozenset[str]]:
        chapter = self._kit.chapters[index]
        self._progress(self._title(chapter), index + 1, len(self._kit.chapters))
        try:
            with limited(self._limits):
                return self._laid_out(chapter, folio, numbers)
        except typeset.TooDeep:
            raise typeset.TooDeep(index) from None
        except OverLimit as error:
            error.chapter = index
            raise

    def _laid_out(
        self, chapter: Chapter, folio: int, numbers: Mapping[str, int]
    ) -> tuple[typeset.Pages, frozenset[str]]:
        for section in _sections(chapter):
            if section.id not in self._fits:
                self._fits[section.id] = fit.best(
                    section, self._measure(chapter, section, folio, numbers)
                )
        composed = self._composer.chapter(chapter, numbers, self._fits)
        return self._pages(composed.html, folio), composed.numbers

    def _measure(
        self, chapter: Chapter, section: Programme, folio: int, numbers: Mapping[str, int]
    ) -> Callable[[Fit], fit.Measure]:
        def measure(candidate: Fit) -> fit.Measure:
            fits = {**self._fits, section.id: candidate}
            pages = self._pages(self._composer.chapter(chapter, numbers, fits).html, folio)
            return fit.Measure(len(pages), pages.free_below(self._composer.end_of(section)))

        return measure

    def _pages(self, html: str, folio: int) -> typeset.Pages:
        """Lay out what was not laid out before: a fit that was measured is kept."""
        if (html, folio) not in self._laid:
            self._laid[html, folio] = self._typesetter.lay_out(html, folio)
        return self._laid[html, folio]

    def _faults(self) -> Iterator[Diagnostic]:
        placed = self.assembly.chapters
        printed = {name for chapter in placed for name in chapter.printed}
        yield from faults.without_page(self._kit, printed - self.assembly.numbers.keys())
        if not self.assembly.settled:
            yield faults.unsettled(self._kit)
        yield from faults.empty_contents(self._kit)
        yield from faults.styles(self._typesetter.style_faults)
        said = [self._typesetter.faults, *(chapter.laid.faults for chapter in placed)]
        chapters = (self._kit.chapters[0], *self._kit.chapters)
        yield from faults.pages(self._kit, zip(chapters, said, strict=True))


def _sections(chapter: Chapter) -> list[Programme]:
    return [placed.part for placed in chapter.parts if isinstance(placed.part, Programme)]


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
    own = {"moip-press": __version__, "pango": conformance.pango()}
    return own | {name: version(name) for name in LIBRARIES}
