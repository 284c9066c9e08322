"""The chapters of one kit as laid-out pages: what dossier and handouts are assembled of.

What was laid out once is kept. Where it is asked for under other page numbers, only its
margins are laid out again, if that is all that would change.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial

from moip_press.editions import attached_data
from moip_press.editions.comparison.changes import Changes
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Chapter, Kit, dots
from moip_press.kit.model.parts import Article, Communique, Editorial, Programme
from moip_press.pdf import typeset
from moip_press.pdf.painting import Unkept
from moip_press.pdf.tagged_file import Attached
from moip_press.press import faults, fit, numbering, remarks, template_faults
from moip_press.press.ahead import lay_out_ahead
from moip_press.press.compose import Composed, Composer, Excerpt, Fit, Remembered, TemplateFault
from moip_press.press.compose.contents import usual_title
from moip_press.press.lost_words import LostWords, Run
from moip_press.proofread.finished_pages import proofread_pages
from moip_press.proofread.page_records import LaidChapter
from moip_press.report.diagnostics import Diagnostic, Report
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.system.limits import Limits

Progress = Callable[[str, int, int], None]
Laid = tuple[typeset.Pages, frozenset[str]]
Measuring = Callable[[Fit], fit.Measure]


class Kept:
    """What one layout leaves for the next ones: what did not change is not made again.

    ``cache`` is what lasts longer than this process; large kits are laid out on so many ``cores``.
    """

    def __init__(self, cache: Cache | None = None, cores: int = 1) -> None:
        self.cores = cores
        self.cache = cache or Cache()
        self.shelf = typeset.Shelf(cache)
        self.remembered = Remembered()

    def turn(self) -> None:
        """Begin a layout: what the last one did not need is let go."""
        self.shelf.turn()
        self.remembered.turn()


class Layout:
    """The chapters of a kit, laid out until their page numbers are true.

    ``report`` says what was found; without errors, ``assembly`` is the dossier.
    """

    assembly: numbering.Assembly[typeset.Pages]

    def __init__(
        self,
        kit: Kit,
        theme: Theme,
        progress: Progress,
        moment: datetime.datetime | None = None,
        kept: Kept | None = None,
        since: Changes | None = None,
        *,
        cores: int | None = None,
    ) -> None:
        kept = kept or Kept()
        kept.turn()
        self.kit = kit
        self.theme = theme
        self.composer = Composer(kit, theme, kept.remembered, since, kept.cache)
        self.progress = progress
        self.moment = moment
        self.limits = Limits(kit.edition.limits.seconds, kit.edition.limits.memory)
        self.shelf = kept.shelf
        self.died: frozenset[int] = frozenset()
        self._ahead: dict[int, list[str]] = {}
        self._fits: dict[str, Fit] = {}
        self._laid: dict[str, dict[int, typeset.Pages]] = {}
        try:
            with typeset.guarded(self.limits):
                self._typesetter = typeset.Typesetter.of(theme, kept.shelf, dots(kit))
            self.died = lay_out_ahead(self, kept.cores if cores is None else cores)
            self.assembly = numbering.settle(len(kit.chapters), self._chapter)
        except TemplateFault as error:
            self.report = Report((template_faults.template(error, theme),))
        except typeset.Unlaid as error:
            self.report = Report((self.unlaid(error),))
        except OverLimit as error:
            self.report = Report((faults.over_limit(kit.chapters[error.chapter], error),))
        else:
            self.report = Report.of((*faults.died(kit, self.died), *self._faults()))
            self._mark()

    def draw(self) -> tuple[typeset.Pdf | None, Report]:
        """Return the PDF of all chapters, and what was found while it was drawn."""
        held = [placed.part for placed in self.kit.parts()]
        attached = attached_data.enclosed(self.kit, held, self.assembly.numbers)
        try:
            pdf = self.written(self.laid, attached)
        except typeset.Unlaid as error:
            return None, Report((self.unlaid(error),))
        except OverLimit as error:
            return None, Report((faults.over_limit(self.kit.chapters[error.chapter], error),))
        placed = zip(self.kit.chapters, self.assembly.chapters, strict=True)
        return pdf, self.drawn(pdf, [own for own, at in placed for _ in range(len(at.laid))])

    def unlaid(self, error: typeset.Unlaid, chapter: Chapter | None = None) -> Diagnostic:
        """Return the diagnostic for pages that cannot be made, at the style that is to blame."""
        chapter = chapter or self.kit.chapters[error.chapter]
        if error.style is None:
            with suppress(TemplateFault):
                html = self.composer.chapter(chapter, {}, self._fits).html
                error.style = typeset.culprit(self.theme, html, self.limits)
        return faults.unlaid(self.theme, chapter, error)

    def written(
        self,
        laid: Sequence[typeset.Pages],
        attached: Sequence[Attached],
        properties: typeset.Properties | None = None,
    ) -> typeset.Pdf:
        """Return the PDF of laid-out pages. Raises ``typeset.Unlaid`` and ``OverLimit``."""
        with typeset.guarded(self.limits):
            return typeset.write_pdf(laid, properties, attached, self.moment)

    @property
    def laid(self) -> list[typeset.Pages]:
        """The pages of the dossier, chapter by chapter."""
        return [chapter.laid for chapter in self.assembly.chapters]

    def looks(self, laid: Sequence[typeset.Pages]) -> list[str]:
        """Return what each of some pages looks like: equal pages, equal looks.

        Raises ``typeset.Unlaid`` and ``OverLimit``.
        """
        with typeset.guarded(self.limits):
            return typeset.looks(laid)

    def excerpted(self, laid: Sequence[typeset.Pages], places: Sequence[int]) -> bytes:
        """Return a PDF of some of these pages, counted from 0, to be looked at only.

        Raises ``typeset.Unlaid`` and ``OverLimit``.
        """
        with typeset.guarded(self.limits):
            return typeset.excerpted(laid, places)

    def drawn(self, pdf: typeset.Pdf, chapters: Sequence[Chapter] = ()) -> Report:
        """Return what was found while a PDF was drawn, and in it.

        ``chapters`` are those that its pages belong to, page by page, where that is known.
        """
        others = pdf.families - self._typesetter.fetcher.families
        found = Report.of(remarks.drawn(self.kit, pdf.faults, others))
        if found.ok:
            new = self.shelf.unverified(pdf.paintings)
            found += Report.of(faults.unkept(self.kit, chapters, pdf.content, new))
        if found.ok:
            self.shelf.note_verified(pdf.paintings)
        return found

    def findings(self) -> Report:
        """Return what readers of the pages would stumble over, waived or not."""
        if not self.report.ok:
            return Report()
        placed = zip(self.kit.chapters, self.assembly.chapters, strict=True)
        return proofread_pages(
            self.kit,
            [LaidChapter(own, at.folio, at.laid.sheets) for own, at in placed],
        )

    def excerpt(
        self, chapter: Chapter, folio: int, numbers: Mapping[str, int], excerpt: Excerpt
    ) -> Laid:
        """Return a chapter as an excerpt shows it, and the anchors whose numbers it prints.

        Raises ``TemplateFault`` and ``typeset.Unlaid``.
        """
        # what follows a section there are contacts, which take the room of its panel
        fits = {name: replace(chosen, panel=False) for name, chosen in self._fits.items()}
        composed = self.composer.chapter(chapter, numbers, fits, excerpt)
        return self.pages(composed.html, folio), composed.numbers

    def pages(self, html: str, folio: int) -> typeset.Pages:
        """Return the pages of a document that begins on page ``folio``; see the module.

        Raises ``typeset.Unlaid``.
        """
        known = self._laid.setdefault(html, {})
        if known and folio not in known:
            near = min(known, key=lambda other: ((other - folio) % 2, other))
            moved = self._typesetter.moved(known[near], html, folio - near, folio)
            if moved is not None:
                known[folio] = moved
        if folio not in known:
            known[folio] = self._typesetter.lay_out(html, folio)
        return known[folio]

    def _chapter(self, index: int, folio: int, numbers: Mapping[str, int]) -> Laid:
        chapter = self.kit.chapters[index]
        self.progress(title_of(self.kit, chapter), index + 1, len(self.kit.chapters))
        try:
            with typeset.guarded(self.limits):
                composed = self._fitted(chapter, folio, numbers)
                return self.pages(composed.html, folio), composed.numbers
        except typeset.Unlaid as error:
            error.chapter = index
            raise
        except OverLimit as error:
            error.chapter = index
            raise

    # --- ahead of their numbers -------------------------------------------------------------

    def first_html(self, index: int) -> str:
        """Return the document of a chapter as it is laid out first. Raises ``TemplateFault``."""
        chapter = self.kit.chapters[index]
        first = {section.id: fit.first(section) for section in _sections(chapter)}
        return self.composer.chapter(chapter, {}, first).html

    def has_seen(self, html: str) -> bool:
        """Tell whether a document was laid out before."""
        return self.shelf.has_seen(html)

    def measured_ahead(self, index: int) -> int:
        """Return how many pages a chapter has where no number of others is known.

        Raises what ``_chapter`` raises.
        """
        known, self._fits = set(self._laid), {}
        try:
            laid, _ = self._chapter(index, 1, {})
        finally:
            self._fits = {}
        tried = [html for html in self._laid if html not in known]
        # what was chosen comes last
        self._ahead[index] = sorted(tried, key=lambda html: self._laid[html].get(1) is laid)
        return len(laid)

    def finish_ahead(self, index: int, folio: int) -> None:
        """Lay what was tried for a chapter out from page ``folio``, and paint what was chosen.

        Raises what ``pages`` raises, and ``OverLimit``.
        """
        with suppress(Unkept), typeset.guarded(self.limits):
            laid = [self.pages(html, folio) for html in self._ahead.get(index, ())]
            if laid:
                self.shelf.pass_over(laid, laid[-1])
                self.shelf.painted_first(laid[-1])

    # --- one after another ------------------------------------------------------------------

    def _fitted(self, chapter: Chapter, folio: int, numbers: Mapping[str, int]) -> Composed:
        tried: list[typeset.Pages] = []

        def measure_of(part: Programme | Communique | Article | Editorial) -> Measuring:
            return partial(self._measured, chapter, part, folio, numbers, tried)

        for section in _sections(chapter):
            if section.id not in self._fits:
                measure = measure_of(section)
                self._fits[section.id] = fit.best(section, measure, self.kit.looks.format)
        for placed in chapter.parts:
            if isinstance(placed.part, Communique) and placed.part.id not in self._fits:
                self._fits[placed.part.id] = fit.of_release(measure_of(placed.part))
        first = chapter.parts[0].part
        fills = isinstance(first, Editorial) or len(chapter.parts) == 1
        if isinstance(first, Article | Editorial) and fills and first.id not in self._fits:
            chosen = fit.of_article if isinstance(first, Article) else fit.of_editorial
            self._fits[first.id] = chosen(measure_of(first))
        composed = self.composer.chapter(chapter, numbers, self._fits)
        if tried:
            self.shelf.pass_over(tried, self.pages(composed.html, folio))
        return composed

    def _measured(
        self,
        chapter: Chapter,
        part: Programme | Communique | Article | Editorial,
        folio: int,
        numbers: Mapping[str, int],
        tried: list[typeset.Pages],
        candidate: Fit,
    ) -> fit.Measure:
        """Return how a fit for one of its parts fills a chapter; note the pages ``tried``."""
        fits = {**self._fits, part.id: candidate}
        pages = self.pages(self.composer.chapter(chapter, numbers, fits).html, folio)
        tried.append(pages)
        if isinstance(part, Article | Editorial):
            return fit.Measure(len(pages), pages.free_at_the_end)
        free = pages.free_below(self.composer.end_of(part))
        return fit.Measure(len(pages), free, pages.free_on(0))

    def _faults(self) -> Iterator[Diagnostic]:
        placed = self.assembly.chapters
        printed = {name for chapter in placed for name in chapter.printed}
        yield from faults.without_page(self.kit, printed - self.assembly.numbers.keys())
        if not self.theme.templates()[0].is_dir():  # a kit's own templates print what they like
            yield from faults.lost(self.kit, self.assembly.numbers.keys() | printed)
        if not self.assembly.settled:
            yield faults.unsettled(self.kit)
        yield from faults.empty_contents(self.kit)
        yield from faults.styles(self._typesetter.style_faults)
        said = [self._typesetter.faults, *(chapter.laid.faults for chapter in placed)]
        chapters = (self.kit.chapters[0], *self.kit.chapters)
        yield from remarks.pages(self.kit, zip(chapters, said, strict=True))
        yield from self._lost.faults()

    @cached_property
    def _lost(self) -> LostWords:
        """What the pages of the dossier lose of their words."""
        placed = zip(self.kit.chapters, self.assembly.chapters, strict=True)
        runs = (Run(at.folio, at.laid.sheets, self._first(own)) for own, at in placed)
        return LostWords(self.kit, runs)

    def _first(self, chapter: Chapter) -> str:
        """Return the anchor of a chapter's first part."""
        return self.composer.anchors[chapter.parts[0].part.id]

    def _mark(self) -> None:
        """Mark in a draft where its pages lose words."""
        chapters = tuple(
            replace(placed, laid=self.marked(placed.laid, self._lost))
            for placed in self.assembly.chapters
        )
        self.assembly = replace(self.assembly, chapters=chapters)

    def marked(self, laid: typeset.Pages, lost: LostWords) -> typeset.Pages:
        """Return pages of a draft with marks where they lose words; of a final kit, themselves."""
        if self.kit.edition.status != "draft":
            return laid
        for number, sheet in enumerate(laid.sheets):
            if losses := lost.on(sheet):
                marks = self.composer.lost_words(sheet, losses)
                laid = laid.marked(number, self._typesetter.lay_out(marks, 1))
        return laid

    def beside(self, lost: LostWords) -> Report:
        """Return what a handout loses, but for what the dossier does."""
        known = {(fault.code, fault.span) for fault in self.report.diagnostics}
        return Report.of(fault for fault in lost.faults() if (fault.code, fault.span) not in known)

    def said(self, laid: Iterable[typeset.Pages]) -> Report:
        """Return what the typesetter said of pages beside the dossier's."""
        first = self.kit.chapters[0]
        return Report.of(remarks.pages(self.kit, ((first, pages.faults) for pages in laid)))


def title_of(kit: Kit, chapter: Chapter) -> str:
    """Return the title of a chapter as the contents have it, else the kit's."""
    language = kit.edition.language
    parts = [placed.part for placed in chapter.parts]
    titles = (p.contents_title or p.title or usual_title(p, language) for p in parts)
    return next((str(title) for title in titles if title), str(kit.edition.title))


def _sections(chapter: Chapter) -> list[Programme]:
    return [placed.part for placed in chapter.parts if isinstance(placed.part, Programme)]
