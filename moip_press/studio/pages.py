"""The pages of a kit as the studio shows them, made in a process of its own (``helper.py``).

A page is known by its look: what looks the same is not drawn again. Its lines know which element
they stand in, so that a click finds the field that it shows, and a field its place.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from moip_press.kit.computed_figures import filled
from moip_press.kit.source import Loc, Source
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode
from moip_press.pdf import typeset
from moip_press.press.layout import Kept, Layout, title_of
from moip_press.proofread import fixing
from moip_press.proofread.review import Review, review
from moip_press.proofread.waivers import left
from moip_press.report.diagnostics import Diagnostic, Edit, Report, Span
from moip_press.report.messages import Catalogue
from moip_press.studio.places import Places, Spot, Words
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import inside, is_file
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import SVG, Refusal
from moip_press.system.pictures.photographs import WHOLE

AROUND = 80  # characters on each side of words, by which they are found on pages
PREVIEW = 640  # pixels of the longer side of a picture in a form
MOST_LINES = 30  # that a search finds
SHOWN = 30  # characters on each side of a fix
LEARNING = "--learn"
"""What the hint of a finding names where a glossary could learn the words that it is about."""
MOST_PIXELS = 5000  # of the longer side of a page


@dataclass(frozen=True)
class Page:
    """A page: its look, its size in millimetres, what its chapter is called, and what it prints.

    ``parts`` are the files of the chapter's parts, and the types of those without a file.
    """

    look: str
    width: float
    height: float
    chapter: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Words of a line that a fix changes, and what stands around them."""

    head: str
    before: str
    after: str
    tail: str


@dataclass(frozen=True)
class Finding:
    """Something that was found, said in the user's language, at a value of a file of the kit."""

    code: str
    severity: str
    message: str
    hint: str
    file: str
    at: Loc
    line: int
    column: int
    words: str
    """The words that it is about, where they stand on one line."""
    fix: tuple[Change, ...] = ()
    """What a fix would change."""
    word: str = ""
    """What a glossary could learn; empty where that is no remedy."""
    beside: tuple[tuple[str, str, Loc], ...] = ()
    """Other places that explain it: what is there, the file, the path in it."""


@dataclass(frozen=True)
class NewText:
    """A file of the kit as it would be: ``before`` is None where there is no such file yet."""

    file: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Laid:
    """What a layout gave.

    ``pages`` is None where the kit has faults: then those last shown stay. ``new`` are the looks
    of pages that were not known before, ``pdf`` holds these pages in this order.
    """

    pages: tuple[Page, ...] | None
    new: tuple[str, ...]
    pdf: bytes
    faults: tuple[Finding, ...]


@dataclass(frozen=True)
class Target:
    """A value of a file of the kit."""

    file: str
    at: Loc


class Room:
    """Lays out one kit again and again. The only user of layouts in the studio."""

    def __init__(self, folder: Path, cache: Path | None, language: str) -> None:
        self._folder, self._catalogue = folder, Catalogue(language)
        self._cache = Cache(cache)
        self._kept = Kept(self._cache)
        self._known: set[str] = set()
        self._layout: Layout | None = None
        self._places: Places | None = None
        self._on_pages = Report()
        self._review: Review | None = None

    def lay_out(self, today: datetime.date) -> Laid:
        """Return the pages of the kit as it stands in its files. Raises ``OSError``."""
        read = self._review = review(self._folder, today, self._cache)
        self._on_pages = Report()
        if read.kit is None or not read.faults.ok:
            return Laid(None, (), b"", self._said(read.faults))
        layout = Layout(filled(read.kit.printed()), read.theme, _silent, kept=self._kept)
        faults = read.faults + left(layout.report, layout.kit, today)
        if not layout.report.ok:
            return Laid(None, (), b"", self._said(faults))
        try:
            looks = layout.looks()
            places = {look: at for at, look in enumerate(looks) if look not in self._known}
            pdf = layout.excerpted(list(places.values())) if places else b""
        except (typeset.Unlaid, OverLimit) as error:
            found = layout.unlaid(error) if isinstance(error, typeset.Unlaid) else None
            return Laid(None, (), b"", self._said(Report((found,) if found else ()) + faults))
        self._layout, self._known, self._places = layout, set(looks), Places(layout)
        self._cache.tidy()
        return Laid(tuple(self._pages(layout, looks)), tuple(places), pdf, self._said(faults))

    def proofread(self, today: datetime.date) -> tuple[Finding, ...]:
        """Return what the proofreader says of the kit and its pages as they were last laid out."""
        if self._layout and self._review and self._review.faults.ok:
            self._on_pages = left(self._layout.findings(), self._layout.kit, today)
        return self._said(self._all())

    def _all(self) -> Report:
        """All findings of the kit as it was last read, and of its pages."""
        read = self._review
        return read.findings + self._on_pages if read else Report()

    def dossier(self) -> bytes | None:
        """Return the PDF of the pages last laid out; None where there is none."""
        pdf, _ = self._layout.draw() if self._layout else (None, None)
        return pdf.content if pdf else None

    def fixed(self, found: Finding) -> tuple[NewText, ...]:
        """Return the files with the fix of a finding made; none where it has gone meanwhile."""
        if self._review is None:
            return ()
        there = self._review.report.diagnostics
        wanted = [
            replace(each, safe=True)  # its author has seen it
            for each in there
            if each.fix and self._finding(each) == found
        ]
        made = fixing.fix(wanted[:1], self._review.sources).texts
        return tuple(self._new(name, text) for name, text in made.items())

    def learnt(self, word: str) -> NewText | None:
        """Return the kit's glossary with a word in it; None where the kit cannot be read."""
        if self._review is None or self._review.kit is None:
            return None
        edit = fixing.learn(self._review.kit, [word])
        glossary = self._review.sources.get(edit.span.file)
        return self._new(edit.span.file, fixing.apply([edit], glossary))

    def refuses(self, picture: bytes) -> bool:
        """Return whether pages could not show a picture."""
        return isinstance(Intake(self._cache).take(picture), Refusal)

    def preview(self, file: str) -> bytes | None:
        """Return a picture of the kit, small, as PNG or JPEG; None where none can be shown."""
        if inside(self._folder, file) is None or not is_file(self._folder / file):
            return None
        taken = Intake(self._cache)
        try:
            made = taken.take_file(self._folder / file)
            if isinstance(made, Refusal):
                return None
            if made.kind == SVG:
                return taken.pixels(made, (PREVIEW, PREVIEW), ())
            scale = min(1.0, PREVIEW / max(made.size))
            across, down = (max(1, round(side * scale)) for side in made.size)
            return taken.reduced(made.content, (across, down), WHOLE)
        except (OSError, OverLimit, Broken):
            return None

    def _new(self, name: str, text: str) -> NewText:
        known = self._review.sources.get(name) if self._review else None
        return NewText(self._relative(name), known.text if known else None, text)

    def target(self, page: int, left: float, top: float) -> Target | None:
        """Return the value that stands at a point of a page, or else the record around it."""
        found = self._places.target(page, left, top) if self._places else None
        return Target(self._relative(found.source.name), found.loc) if found else None

    def spots(self, file: str, at: Loc, field: Loc) -> tuple[Spot, ...]:
        """Return where a record, or a field of it, stands on the pages last laid out."""
        name = (self._folder / file).as_posix()
        return tuple(self._places.spots(name, at, field)) if self._places else ()

    def lines_with(self, words: str) -> tuple[tuple[str, Spot], ...]:
        """Return the first lines of the pages last laid out that hold some words."""
        return tuple(islice(self._places.lines_with(words), MOST_LINES)) if self._places else ()

    def marks(self) -> tuple[tuple[Finding, tuple[Spot, ...]], ...]:
        """Return the findings whose words the pages last laid out show, and where."""
        if self._places is None or self._review is None:
            return ()
        written = ((each, self._written(each.span)) for each in self._all().diagnostics)
        found = (
            (self._finding(each), self._places.of_words(words)) for each, words in written if words
        )
        return tuple((finding, spots) for finding, spots in found if spots)

    def _written(self, span: Span) -> Words | None:
        """Return the words that a finding is about, with the text around them."""
        source, at = self._source(span), self._loc(span)
        if source is None or not at:
            return None
        start, end = map(source.source.offset, (span.start, span.end))
        text = source.text
        around = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
        return Words(source.name, at, *around)

    def _pages(self, layout: Layout, looks: Iterable[str]) -> Iterator[Page]:
        placed = zip(layout.kit.chapters, layout.assembly.chapters, strict=True)
        sheets = ((own, sheet) for own, at in placed for sheet in at.laid.sheets)
        for look, (chapter, sheet) in zip(looks, sheets, strict=True):
            parts = (
                self._relative(each.source.name)
                if each.own_file
                else str(getattr(each.part, "type", ""))
                for each in chapter.parts
            )
            yield Page(look, sheet.width, sheet.height, title_of(layout.kit, chapter), tuple(parts))

    def _said(self, report: Report) -> tuple[Finding, ...]:
        return tuple(map(self._finding, report.diagnostics))

    def _finding(self, found: Diagnostic) -> Finding:
        say, span = self._catalogue.say, found.span
        advice = found.hint
        learnt = advice.values if advice and LEARNING in advice.id else {}
        word = str(learnt.get("word") or learnt.get("words") or "")
        edits = found.fix or ()
        own = edits if all(edit.span.file == span.file for edit in edits) else ()
        fix = tuple(self._change(edit) for edit in own)
        return Finding(
            code=found.code,
            severity=found.severity.value,
            message=say(found.message),
            hint=say(advice) if advice and not word else "",
            file=self._relative(span.file),
            at=self._loc(span),
            line=span.start.line,
            column=span.start.column,
            words=self._words(span),
            fix=fix,
            word=word,
            beside=tuple(
                (say(each.message), self._relative(each.span.file), self._loc(each.span))
                for each in found.related
            ),
        )

    def _source(self, span: Span) -> Source | None:
        return self._review.sources.get(span.file) if self._review else None

    def _loc(self, span: Span) -> Loc:
        source = self._source(span)
        return _loc(source, span.start.line, span.start.column) if source else ()

    def _change(self, edit: Edit) -> Change:
        source = self._source(edit.span)
        if source is None:
            return Change("", "", str(edit.text), "")
        start, end = map(source.source.offset, (edit.span.start, edit.span.end))
        head = source.text[max(0, start - SHOWN) : start].rpartition("\n")[2].lstrip()
        tail = source.text[end : end + SHOWN].partition("\n")[0]
        return Change(head, source.text[start:end], str(edit.text), tail)

    def _words(self, span: Span) -> str:
        source = self._source(span)
        if source is None or span.start.line != span.end.line:
            return ""
        lines = source.lines
        line = lines[span.start.line - 1] if span.start.line <= len(lines) else ""
        return line[span.start.column - 1 : span.end.column - 1]

    def _target(self, source: Source, loc: Loc) -> Target:
        return Target(self._relative(source.name), loc)

    def _relative(self, name: str) -> str:
        path = PurePosixPath(name)
        folder = self._folder.as_posix()
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""


def _loc(source: Source, line: int, column: int) -> Loc:
    """Return the path of the smallest value round a place of a file."""
    starts = source.source.line_starts
    if line > len(starts):
        return ()
    offset = starts[line - 1] + column - 1
    loc: Loc = ()
    node: Node | None = source.root
    while isinstance(node, MapNode | ListNode):
        steps = (
            [(key.value, value, key.start) for key, value in node.entries]
            if isinstance(node, MapNode)
            else [(number, item, item.start) for number, item in enumerate(node.items)]
        )
        inner = [each for each in steps if each[2] <= offset <= max(each[1].end, each[2])]
        if not inner:
            break
        loc, node = (*loc, inner[-1][0]), inner[-1][1]
    return loc if isinstance(node, ScalarNode) or loc else ()


# --- pictures -------------------------------------------------------------------------------


class Painter:
    """Draws pages as pictures. The only user of pypdfium2 in the studio."""

    def paint(self, pdf: bytes, number: int, width: int) -> bytes:
        """Return a page of a PDF, counted from 0, as a PNG of this many pixels across."""
        import pypdfium2  # noqa: PLC0415 -- only in its own process

        with pypdfium2.PdfDocument(pdf) as document:
            page = document[number]
            across, down = page.get_size()
            scale = min(width / across, MOST_PIXELS / max(across, down))
            made = io.BytesIO()
            page.render(scale=scale).to_pil().save(made, "PNG", compress_level=1)
        return made.getvalue()
