"""Handouts: chapters of the dossier or gathered events, with their first and last page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from moip_press.editions import attached_data
from moip_press.editions.attached_data import Handed
from moip_press.kit import issue
from moip_press.kit.model.kit import Chapter
from moip_press.kit.model.parts import AboutPart, Contacts
from moip_press.pdf import typeset
from moip_press.pdf.tagged_file import Attached
from moip_press.press import faults, numbering, template_faults
from moip_press.press.compose import Excerpt, TemplateFault
from moip_press.press.compose.gathering import AGENDA, Gathering, HandoutComposer
from moip_press.press.layout import Laid, Layout
from moip_press.press.lost_words import LostWords, Run
from moip_press.press.outcome import Request, file_of
from moip_press.press.plans import Plan, Plans
from moip_press.report.diagnostics import Report
from moip_press.system.enforcement import OverLimit
from moip_press.system.processes import in_turn

OWN, DOSSIER = "own", "dossier"
MANY = 4  # handouts that are worth other processes
THIN = 110.0  # millimetres: a last page that ends above is drawn back, if it can be
NEARLY = 60.0  # millimetres that the contacts lack on a page that is worth drawing closer
NORMAL, TIGHT = "normal", "tight"

Piece = Callable[[int, Mapping[str, int]], Laid]
"""What is laid out on its own, given its first folio and the numbers of pages."""


@dataclass(frozen=True)
class Made:
    """A handout that was made: its PDF, or ``None`` where the report holds errors."""

    plan: Plan
    pdf: typeset.Pdf | None
    pages: int
    report: Report
    sheets: tuple[typeset.Pages, ...] = ()


class _Unsettled(Exception):
    """The page numbers of a handout do not come to rest."""


class Assembler:
    """Makes handouts out of one layout."""

    def __init__(self, layout: Layout, folios: str = OWN) -> None:
        self._layout = layout
        self._kit = layout.kit
        self._folios = folios
        self._numbers = layout.assembly.numbers
        self._composer = HandoutComposer(layout.composer, self._numbers)

    def make(self, plan: Plan) -> Made:
        """Return the handout of a plan. What is wrong with it is in its report."""
        try:
            with typeset.guarded(self._layout.limits):
                laid = self._sheets(plan)
                lost = LostWords(self._kit, _runs(laid), file_of(plan.slug))
                sheets = [self._layout.marked(each, lost) for each in laid]
            pdf = self._layout.written(sheets, self._enclosed(plan), self._properties(plan))
        except TemplateFault as error:
            report = Report((template_faults.template(error, self._layout.theme),))
            return Made(plan, None, 0, report)
        except typeset.Unlaid as error:
            chapter = (*plan.chapters, *self._kit.chapters)[0]
            return Made(plan, None, 0, Report((self._layout.unlaid(error, chapter),)))
        except OverLimit as error:
            chapter = (*plan.chapters, *self._kit.chapters)[0]
            return Made(plan, None, 0, Report((faults.over_limit(chapter, error),)))
        except _Unsettled:
            return Made(plan, None, 0, Report((faults.unsettled(self._kit),)))
        report = self._layout.said(sheets) + self._layout.drawn(pdf) + self._lost(plan, sheets)
        report += self._layout.beside(lost)
        made = pdf if report.ok else None
        return Made(plan, made, sum(map(len, sheets)), report, tuple(sheets))

    def _lost(self, plan: Plan, sheets: list[typeset.Pages]) -> Report:
        """Return what a handout should print and does not; see ``Layout``."""
        if plan.by == AGENDA or self._layout.theme.templates()[0].is_dir():
            return Report()
        names = {entry.event.id for entry in plan.entries}
        held = [placed.ids for chapter in plan.chapters for placed in chapter.parts]
        names.update(name for ids in held for name, _ in ids)
        there = {name for sheet in sheets for name in sheet.anchors}
        return Report.of(faults.lost(self._kit, there, names))

    def _sheets(self, plan: Plan) -> list[typeset.Pages]:
        """Return the pages of a handout in their order, each piece as it was laid out."""
        if plan.alone:
            return self._body(plan, opened=False)
        if plan.sheet.foreword is None and plan.sheet.logo is None:
            body = self._body(plan, opened=False)
            band = self._bands[bool(plan.chapters)]
            if body[0].takes_head(band):
                return self._ended(plan, body, band)
        return self._ended(plan, self._body(plan, opened=True))

    @cached_property
    def _bands(self) -> tuple[typeset.Pages, typeset.Pages]:
        """The head of gathered events, whose opener bears the logo, and of chapters."""
        plain = self._layout.pages(self._composer.band(logo=False), 1)
        if not self._kit.edition.logo:
            return plain, plain
        return plain, self._layout.pages(self._composer.band(logo=True), 1)

    def _ended(
        self, plan: Plan, body: list[typeset.Pages], head: typeset.Pages | None = None
    ) -> list[typeset.Pages]:
        """Return a body with what stands at its ``head``, and the contacts that end it."""
        foot, last = self._end(plan, body)
        if head and sum(map(len, body)) == 1:  # both on one page are laid over it at once
            return [body[0].between(0, head, foot), *last]
        if head:
            body = [body[0].between(0, head, None), *body[1:]]
        if foot:
            body = [*body[:-1], body[-1].between(len(body[-1]) - 1, None, foot)]
        return [*body, *last]

    def _end(
        self, plan: Plan, body: list[typeset.Pages]
    ) -> tuple[typeset.Pages | None, list[typeset.Pages]]:
        """Return the contacts of a handout: at the foot of its body, else on a page behind it."""
        if any(isinstance(part, Contacts) for part in plan.parts):
            return None, []
        foot = self._foot(plan)
        if foot is None:
            return None, []
        if body[-1].takes_foot(foot):
            return foot, []
        about = _says_who(plan)
        from_dossier = self._folios == DOSSIER and bool(plan.chapters)
        last = self._composer.last(plan.sheet, foot=False, about=about, unnumbered=from_dossier)
        folio = 1 if from_dossier else sum(map(len, body)) + 1
        return None, [self._layout.pages(last, folio).outlined()]

    def _foot(self, plan: Plan) -> typeset.Pages | None:
        """Return the contacts of a handout as they stand at the foot of a page, if it has any."""
        html = self._composer.last(plan.sheet, foot=True, about=_says_who(plan))
        return self._layout.pages(html, 1).outlined() if html else None

    def _body(self, plan: Plan, *, opened: bool) -> list[typeset.Pages]:
        """Return the chapters or the gathered events, ``opened`` by a page of their own."""
        pieces = [*self._opening(plan)] if opened else []
        if not plan.chapters:
            *first, normal = self._settled([*pieces, self._gathered(plan, NORMAL)])
            if plan.by != AGENDA:
                normal = self._drawn_in(plan, pieces, normal)
            return [*first, normal.outlined()]
        pieces += [self._chapter(chapter, plan) for chapter in plan.chapters]
        return self._named(plan, self._settled(pieces))

    def _drawn_in(self, plan: Plan, pieces: list[Piece], normal: typeset.Pages) -> typeset.Pages:
        """Return gathered events closer together where that saves a page, else as they are.

        Without the code of the site, too, where one event stands alone.
        """
        foot = self._foot(plan)
        short = foot.short(normal) if foot else 0.0
        thin = len(normal) > 1 and normal.inked < THIN
        if not thin and not 0 < short < NEARLY:
            return normal
        tight = self._settled([*pieces, self._gathered(plan, TIGHT)])[-1]
        ends = foot is not None and tight.takes_foot(foot)
        return tight if len(tight) < len(normal) or (short > 0 and ends) else normal

    def _named(self, plan: Plan, laid: list[typeset.Pages]) -> list[typeset.Pages]:
        """Return pages with the bookmarks of their chapters and events."""
        before = len(laid) - len(plan.chapters)
        chapters = zip(laid[before:], plan.chapters, strict=True)
        return [
            *laid[:before],
            *(pages.outlined(self._groups(c)) for pages, c in chapters),
        ]

    def _settled(self, pieces: list[Piece]) -> list[typeset.Pages]:
        """Return pieces laid out so that the page numbers in them are true."""

        def lay_out(index: int, folio: int, numbers: Mapping[str, int]) -> Laid:
            return pieces[index](folio, numbers)

        settled = numbering.settle(len(pieces), lay_out)
        if not settled.settled:
            raise _Unsettled
        return [placed.laid for placed in settled.chapters]

    def _opening(self, plan: Plan) -> Iterator[Piece]:
        excerpt = self._excerpt(plan)

        def lay_out(folio: int, numbers: Mapping[str, int]) -> Laid:
            composed = self._composer.first(plan.sheet, self._true(numbers), excerpt)
            return self._layout.pages(composed.html, folio), composed.numbers

        yield lay_out

    def _gathered(self, plan: Plan, spacing: str) -> Piece:
        excerpt = self._excerpt(plan)
        gathering = Gathering(
            plan.sheet.title, plan.entries, plan.by, spacing, plan.left, plan.sheet.contacts
        )

        def lay_out(folio: int, numbers: Mapping[str, int]) -> Laid:
            composed = self._composer.gathered(gathering, numbers, excerpt)
            return self._layout.pages(composed.html, folio), composed.numbers

        return lay_out

    def _chapter(self, chapter: Chapter, plan: Plan) -> Piece:
        excerpt = self._excerpt(plan)

        def lay_out(folio: int, numbers: Mapping[str, int]) -> Laid:
            if self._folios == DOSSIER:
                folio = self._numbers[self._layout.composer.anchors[chapter.id]]
            return self._layout.excerpt(chapter, folio, self._true(numbers), excerpt)

        return lay_out

    def _true(self, numbers: Mapping[str, int]) -> Mapping[str, int]:
        """Return the page numbers that are printed: the handout's own, or the dossier's."""
        return self._numbers if self._folios == DOSSIER else numbers

    def _excerpt(self, plan: Plan) -> Excerpt:
        return Excerpt(self._inside(plan), self._numbers)

    def _inside(self, plan: Plan) -> frozenset[str]:
        """Return the anchors of a handout, whatever the templates of its chapters add."""
        anchors = self._layout.composer.anchors
        if plan.by == AGENDA:
            return frozenset()
        found = {anchors[entry.event.id] for entry in plan.entries} | {
            anchors[name]
            for chapter in plan.chapters
            for placed in chapter.parts
            for name, _ in placed.ids
        }
        for chapter, placement in zip(
            self._kit.chapters, self._layout.assembly.chapters, strict=True
        ):
            if chapter in plan.chapters:
                found.update(placement.laid.anchors)
        return frozenset(found)

    def _groups(self, chapter: Chapter) -> tuple[str, ...]:
        """Return the bookmark of the group that a chapter opens in the dossier."""
        opened = chapter.group if chapter.opens_group else None
        return (self._layout.composer.plain(opened),) if opened else ()

    def _enclosed(self, plan: Plan) -> tuple[Attached, ...]:
        """Return the data of a handout: what it prints, and nothing of the rest of the kit."""
        sheet = Handed(
            str(plan.sheet.title),
            plan.sheet.foreword,
            plan.sheet.contacts or tuple(contact.id for contact in self._kit.edition.contacts),
            tuple(entry.event for entry in plan.entries) if not plan.chapters else (),
        )
        numbers = self._numbers if self._folios == DOSSIER else {}
        return attached_data.enclosed(self._kit, plan.parts, numbers, sheet)

    def _properties(self, plan: Plan) -> typeset.Properties:
        said = self._layout.composer
        title = f"{plan.sheet.title} – {self._kit.edition.title}"
        subject = "Press release" if plan.alone else "From the press kit"
        return typeset.Properties(
            issue.titled(said.plain(title), issue.of_parts(self._kit.edition, plan.parts)),
            said.plain(said.catalogue.gettext(subject)),
        )


def _says_who(plan: Plan) -> bool:
    """Return whether the end of a handout says who publishes it: no part of it does."""
    return not any(isinstance(part, AboutPart) for part in plan.parts)


def _runs(sheets: Iterable[typeset.Pages]) -> Iterator[Run]:
    """Yield the pages of a handout, counted from its first."""
    page = 1
    for laid in sheets:
        yield Run(page, laid.sheets)
        page += len(laid)


FOLDER = "handouts"

__all__ = ["Made", "facts_of", "make"]


def make(layout: Layout, planned: Plans, request: Request, cores: int = 1) -> tuple[Made, ...]:
    """Return the handouts that are planned, made or not; the layout's progress reports each.

    Where they are many, they are made beside one another, on so many ``cores``.
    """
    assembler = Assembler(layout, request.folios)
    before, count = len(layout.kit.chapters), len(planned.plans)

    def make_one(number: int) -> tuple[typeset.Pdf | None, int, Report]:
        made = assembler.make(planned.plans[number])
        return made.pdf, made.pages, made.report

    found = in_turn(make_one, count, cores if count >= MANY else 1)
    made = []
    for number, plan in enumerate(planned.plans, 1):
        layout.progress(plan.sheet.title, before + number, before + count)
        made.append(Made(plan, *next(found)))
    return tuple(made)


def facts_of(made: Made, request: Request) -> Mapping[str, Any]:
    """Return what the manifest says of a handout."""
    plan = made.plan
    facts: dict[str, Any] = {
        "kind": "handout",
        "title": plan.sheet.title,
        "pages": made.pages,
        "events": plan.events,
        "chapters": [chapter.id for chapter in plan.chapters],
        "selection": list(plan.selection),
        "request": dict(request.kind),
        "options": {"folios": request.folios, "by": plan.by},
    }
    return facts
