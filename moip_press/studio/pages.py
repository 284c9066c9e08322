"""The pages of a kit as the studio shows them, made in a process of its own (``helper.py``).

A page is known by its look: what looks the same is not drawn again. Its lines know which element
they stand in, so that a click finds the field that it shows, and a field its place.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moip_press.kit.counting import filled
from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.source import Loc, Source
from moip_press.kit.source.nodes import ListNode, MapNode, Node, ScalarNode
from moip_press.pdf import typeset
from moip_press.pdf.sheets import Area, Line
from moip_press.press.journey import Press
from moip_press.press.layout import Kept, Layout, title_of
from moip_press.press.outcome import Order, Request
from moip_press.proofread import fixing
from moip_press.proofread.review import Review, review
from moip_press.report.diagnostics import Diagnostic, Report, Span
from moip_press.report.messages import Catalogue
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.system.pictures import Intake, Refusal
from moip_press.text.folding import letters

NEAR = 4.0  # millimetres between a click and the line that it means
MOST_PIXELS = 5000  # of the longer side of a page


@dataclass(frozen=True)
class Page:
    """A page: its look, its size in millimetres, and what its chapter is called."""

    look: str
    width: float
    height: float
    chapter: str


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
    fix: tuple[tuple[str, str], ...] = ()
    """The words that a fix would change, and what they would become."""
    word: str = ""
    """What a glossary could learn; empty where that is no remedy."""


@dataclass(frozen=True)
class NewText:
    """A file of the kit as it would be: ``before`` is None where there is no such file yet."""

    file: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Document:
    """A PDF that was made: the name of its file, its title, its pages."""

    name: str
    title: str
    pages: int


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


@dataclass(frozen=True)
class Spot:
    """A place on a page, counted from 0; in millimetres from its left and top edges."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Room:
    """Lays out one kit again and again. The only user of layouts in the studio."""

    def __init__(self, folder: Path, cache: Path | None, language: str) -> None:
        self._folder, self._catalogue = folder, Catalogue(language)
        self._cache = Cache(cache)
        self._kept = Kept(self._cache)
        self._known: set[str] = set()
        self._layout: Layout | None = None
        self._review: Review | None = None

    def lay_out(self, today: datetime.date) -> Laid:
        """Return the pages of the kit as it stands in its files. Raises ``OSError``."""
        read = self._review = review(self._folder, today, self._cache)
        if read.kit is None or not read.faults.ok:
            return Laid(None, (), b"", self._said(read.faults))
        layout = Layout(filled(read.kit.printed()), read.theme, _silent, kept=self._kept)
        faults = read.faults + layout.report
        if not layout.report.ok:
            return Laid(None, (), b"", self._said(faults))
        try:
            looks = layout.looks()
            places = {look: at for at, look in enumerate(looks) if look not in self._known}
            pdf = layout.excerpted(list(places.values())) if places else b""
        except (typeset.Unlaid, OverLimit) as error:
            found = layout.unlaid(error) if isinstance(error, typeset.Unlaid) else None
            return Laid(None, (), b"", self._said(Report((found,) if found else ()) + faults))
        self._layout, self._known = layout, set(looks)
        self._cache.tidy()
        return Laid(tuple(_pages(layout, looks)), tuple(places), pdf, self._said(faults))

    def proofread(self) -> tuple[Finding, ...]:
        """Return what the proofreader says of the kit as it was last laid out."""
        if self._review is None:
            return ()
        return self._said(self._review.findings)

    def dossier(self) -> bytes | None:
        """Return the PDF of the pages last laid out; None where there is none."""
        pdf, _ = self._layout.draw() if self._layout else (None, None)
        return pdf.content if pdf else None

    def fixed(self, found: Finding) -> tuple[NewText, ...]:
        """Return the files with the fix of a finding made; none where it has gone meanwhile."""
        if self._review is None:
            return ()
        there = self._review.report.diagnostics
        wanted = [each for each in there if each.fix and self._finding(each) == found]
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

    def make(self, output: Path, by: str, today: datetime.date) -> tuple[Document, ...] | None:
        """Write the dossier and handouts below ``output``, and return them; None for faults.

        ``by`` is what handouts are divided by; without it, they are the kit's own.
        """
        request = Request(by=by or None)
        order = Order(handouts=request)
        made = Press(self._cache).build(self._folder, output, today=today, order=order)
        if made.dossier is None:
            return None
        dossier = Document(made.dossier.path.name, "", made.dossier.pages)
        handouts = (
            Document(f"{each.path.parent.name}/{each.path.name}", each.title, each.pages)
            for each in made.handouts
        )
        return dossier, *handouts

    def _new(self, name: str, text: str) -> NewText:
        known = self._review.sources.get(name) if self._review else None
        return NewText(self._relative(name), known.text if known else None, text)

    def target(self, page: int, left: float, top: float) -> Target | None:
        """Return the value that stands at a point of a page, or else the record around it."""
        if self._layout is None:
            return None
        kit = self._layout.kit
        sheets = [sheet for at in self._layout.assembly.chapters for sheet in at.laid.sheets]
        if not 0 <= page < len(sheets):
            return None
        line = _nearest(sheets[page].text, left, top)
        if line is None:
            return None
        places = _places(kit)
        own = places.get(line.anchor or "")
        within = list(_within(kit, own)) if own else []
        found = _showing(line.text, within) or _showing(line.text, kit.values())
        chosen = found or (within[0] if within else None)
        return self._target(chosen.source, chosen.loc) if chosen else None

    def spots(self, file: str, at: Loc) -> tuple[Spot, ...]:
        """Return where the words of a record stand on the pages last laid out."""
        if self._layout is None:
            return ()
        kit = self._layout.kit
        anchors = {
            anchor
            for anchor, placed in _places(kit).items()
            if self._target(placed.source, placed.loc[:-1]) == Target(file, at)
        }
        sheets = (sheet for each in self._layout.assembly.chapters for sheet in each.laid.sheets)
        return tuple(
            Spot(number, *_round([line.ink for line in lines]))
            for number, sheet in enumerate(sheets)
            if (lines := [line for line in sheet.text if line.anchor in anchors])
        )

    def _said(self, report: Report) -> tuple[Finding, ...]:
        return tuple(map(self._finding, report.diagnostics))

    def _finding(self, found: Diagnostic) -> Finding:
        say, span = self._catalogue.say, found.span
        source = self._review.sources.get(span.file) if self._review else None
        at = _loc(source, span.start.line, span.start.column) if source else ()
        learnt = found.code.startswith("W") and found.message.values.get("word")
        edits = found.fix or ()
        own = edits if all(edit.span.file == span.file for edit in edits) else ()
        fix = tuple((self._words(edit.span), edit.text) for edit in own)
        return Finding(
            code=found.code,
            severity=found.severity.value,
            message=say(found.message),
            hint=say(found.hint) if found.hint else "",
            file=self._relative(span.file),
            at=at,
            line=span.start.line,
            column=span.start.column,
            words=self._words(span),
            fix=fix,
            word=str(learnt or ""),
        )

    def _words(self, span: Span) -> str:
        source = self._review.sources.get(span.file) if self._review else None
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


def _pages(layout: Layout, looks: Iterable[str]) -> Iterator[Page]:
    placed = zip(layout.kit.chapters, layout.assembly.chapters, strict=True)
    sheets = ((own, sheet) for own, at in placed for sheet in at.laid.sheets)
    for look, (chapter, sheet) in zip(looks, sheets, strict=True):
        yield Page(look, sheet.width, sheet.height, title_of(layout.kit, chapter))


# --- from a page to a field, and back -------------------------------------------------------


def _places(kit: Kit) -> dict[str, Placed]:
    """Return the id of each record that has one in the pages, and the place of that id."""
    ids = {
        name: Placed(name, placed.source, loc)
        for placed in kit.parts()
        for name, loc in reversed(list(placed.ids))
        if placed.own_file
    }
    return {anchor: ids[name] for name, anchor in kit.anchors().items() if name in ids}


def _within(kit: Kit, identified: Placed) -> Iterator[Placed]:
    """Yield the record that an id names, and all that it holds."""
    source, above = identified.source, identified.loc[:-1]
    for placed in kit.values():
        if placed.source is source and placed.loc[: len(above)] == above:
            yield placed


def _nearest(lines: Iterable[Line], left: float, top: float) -> Line | None:
    """Return the line at a point, or the nearest one."""

    def away(line: Line) -> float:
        ink = line.ink
        across = max(ink.left - left, left - ink.right, 0)
        return across + 2 * max(ink.top - top, top - ink.bottom, 0)

    found = min(lines, key=away, default=None)
    return found if found is not None and away(found) < NEAR else None


def _showing(words: str, values: Iterable[Placed]) -> Placed | None:
    """Return the shortest text that holds these words."""
    wanted = _bare(words)
    if not wanted:
        return None
    found = (
        each
        for each in values
        if isinstance(each.value, str) and each.loc and wanted in _bare(str(each.value))
    )
    return min(found, key=lambda placed: len(str(placed.value)), default=None)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, letters(text)))


def _round(areas: list[Area]) -> tuple[float, float, float, float]:
    return (
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )


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
