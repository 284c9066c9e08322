"""Lays out chapters: HTML to pages."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import weasyprint

from moip_press.kit.folders import Theme
from moip_press.pdf import engine
from moip_press.pdf.sheets import Sheet
from moip_press.pdf.typeset.boxes import families
from moip_press.pdf.typeset.fetching import BASE, MOST_SHEETS, Fetcher, families_of
from moip_press.pdf.typeset.full_pages import filled
from moip_press.pdf.typeset.layout_faults import (
    Fault,
    Unlaid,
    breaking,
    broken,
    fails,
    listening,
    own_files,
    own_sheets,
    style_faults,
)
from moip_press.pdf.typeset.pages import Boxes, Facts, Pages, derived, digest, facts
from moip_press.pdf.typeset.pdf_files import write_pdf
from moip_press.pdf.typeset.shelf import Shelf
from moip_press.pdf.typeset.theme_fonts import ThemeFonts
from moip_press.system.limits import Limits

MAIN_STYLE = "styles/dossier.css"
MEASURES = '@import "styles/measures.css";'
FIRST_FOLIO = (
    "@page {{ counter-reset: none !important; counter-set: none !important;"
    " counter-increment: page 1 !important }}"
    "@page:first {{ counter-set: page {folio} !important; counter-increment: none !important }}"
    "html {{ break-before: {side} !important }}"
)
UNKNOWN_FONT = "There is no font "
ATTACHED = "A file is attached"
DOTS = 300  # an inch: what print needs
LARGEST_PAGE = 5080  # millimetres: no PDF holds a larger one
FARTHEST = 250_000  # millimetres
SWEPT_AFTER = 50_000  # new objects
STYLE = re.compile(r"<style\b.*?</style", re.IGNORECASE | re.DOTALL)


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Let Python look less often for what is no longer used: a layout makes much, and keeps it."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], SWEPT_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Typesetter:
    """Lays out the chapters of one kit: its fonts and styles are read once.

    What a shelf keeps is not laid out again; without one, nothing is kept for others. ``instead``
    is what some style sheets are taken to hold; pictures print with at most so many ``dots`` an
    inch. Raises ``Unlaid``.
    """

    def __init__(
        self,
        theme: Theme,
        shelf: Shelf | None = None,
        instead: Mapping[Path, bytes] | None = None,
        dots: int = DOTS,
    ) -> None:
        self._shelf = shelf or Shelf()
        self.fetcher = Fetcher(theme, self._shelf.intake, dots, instead)
        own = [] if instead else list(style_faults(theme))
        self.fonts = ThemeFonts()
        with listening(self.fetcher) as found:
            self.sheet = self._own_sheet(theme.sheet)
            self.style = weasyprint.CSS(
                url=BASE + MAIN_STYLE, url_fetcher=self.fetcher, font_config=self.fonts
            )
            self.fonts.add_files(self.fetcher)
        self.style_faults = tuple(fault for fault, _ in own)
        known = {said for _, said in own}
        self.faults = tuple(fault for fault in found if fault not in known)
        sheets = self.fetcher.sheets
        self._may_move = {shift: engine.may_move(sheets, shift) for shift in (0, 1)}
        self._given = tuple(self.fetcher.given)
        self._styles = (*self._given, theme.sheet) if theme.sheet else self._given
        self._families = frozenset(self.fetcher.families)
        self._first: dict[int, weasyprint.CSS] = {}
        self._own = own_sheets(theme), theme.fonts()
        self._shelf.serve(self.fetcher, self.fonts)

    @classmethod
    def of(cls, theme: Theme, shelf: Shelf, dots: int) -> Typesetter:
        """Return the typesetter of a shelf, a new one where files of its theme changed."""
        found = shelf.typesetter
        mine = isinstance(found, cls) and found.fetcher.serves(theme, dots)
        if not (isinstance(found, cls) and mine and found.is_current()):
            shelf.typesetter = found = cls(theme, shelf, dots=dots)
        return found

    def _own_sheet(self, css: str) -> weasyprint.CSS:
        """Return what comes before all style sheets: that of the page, and of ``theme.yaml``.

        A kit may have a list of style sheets of its own, from before there were these two.
        """
        self.fetcher.families |= families_of(css)
        return weasyprint.CSS(
            string=f"{MEASURES}\n{css}",
            base_url=BASE,
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def _first_sheet(self, folio: int) -> weasyprint.CSS:
        """Return what gives the first page of a chapter its number and side."""
        return weasyprint.CSS(
            string=FIRST_FOLIO.format(folio=folio, side="right" if folio % 2 else "left"),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )

    def is_current(self) -> bool:
        """Tell whether the styles and fonts that it read are still the same."""
        self.fetcher.refresh()
        self.fetcher.families = set(self._families)
        theme = self.fetcher.theme
        return self.fetcher.gives(self._given) and (own_sheets(theme), theme.fonts()) == self._own

    def lay_out(self, html: str, folio: int) -> Pages:
        """Return the pages of a chapter whose first page bears the number ``folio``.

        Raises ``Unlaid``.
        """
        key = self._key(html, folio)
        known = self._known(key)
        if known is not None:
            return Pages(key, known, partial(self._boxes, html, folio), self._shelf)
        boxes, known = self._laid_out(html, folio)
        self._shelf.note(html)
        pages = Pages(key, known, partial(self._boxes, html, folio), self._shelf)
        self._shelf.laid(pages, boxes)
        return pages

    def _key(self, html: str, folio: int) -> str:
        """Return the key of a document: all that its pages are made from, but for pictures."""
        families = tuple(sorted(self.fetcher.families))
        return digest(self._shelf.versions, self._styles, families, self.fetcher.dots, html, folio)

    def _known(self, key: str) -> Facts | None:
        known = self._shelf.facts(key)
        if known is not None:
            self.fetcher.families |= known.families
        return known

    def _boxes(self, html: str, folio: int) -> Boxes:
        return self._laid_out(html, folio)[0]

    def _laid_out(self, html: str, folio: int) -> tuple[Boxes, Facts]:
        first = self._first.get(folio) or self._first.setdefault(folio, self._first_sheet(folio))
        given, families = len(self.fetcher.given), self.fetcher.families.copy()
        self._shelf.make_room(html)
        with listening(self.fetcher) as found, _seldom_swept(), breaking():
            self.fetcher.sheets_left = MOST_SHEETS
            self.fetcher.no_local_fonts("".join(STYLE.findall(html)))
            page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=self.fetcher)
            document = engine.render(page, self.fonts, [self.sheet, self.style, first])
            pages, stretched = filled(document, document.pages)
            boxes = Boxes(document, pages)
            self._shelf.filled(html, len(boxes.pages))
            told = replace(facts(boxes), stretched=stretched)
        if not all(_is_a_page(sheet) for sheet in told.sheets):
            raise Unlaid("size")
        return boxes, replace(
            told,
            faults=(*found, *_attachments(document), *self._unknown_families(document)),
            files=tuple(dict.fromkeys(self.fetcher.given[given:])),
            families=frozenset(self.fetcher.families - families),
        )

    def _unknown_families(self, document: weasyprint.Document) -> Iterator[Fault]:
        """Yield the font families that a text asks for where the theme has none of them."""
        asked = {family for page in document.pages for family in families(page)}
        for names in sorted(asked):
            if self.fetcher.families.isdisjoint(names):
                yield UNKNOWN_FONT + names[0]

    def moved(self, laid: Pages, html: str, shift: int, folio: int) -> Pages | None:
        """Return pages laid out from ``html`` with their folios moved by ``shift`` to ``folio``.

        ``None`` where they would differ in more than that: then they are to be laid out again.
        """
        if not (self._may_move[shift % 2] and engine.may_move([html], shift)):
            return None

        def make() -> Boxes:
            old = laid.boxes
            return Boxes(old.document, engine.renumbered(old.document, old.pages, folio))

        return derived(laid, "moved", make, key=self._key(html, folio))


def _is_a_page(sheet: Sheet) -> bool:
    """Tell whether the margins of a page leave room, and no word is beyond all measure."""
    sizes = sheet.area.right - sheet.area.left, sheet.area.bottom - sheet.area.top
    areas = (loss.area for loss in sheet.losses)
    places = (side for area in areas for side in (area.left, area.top, area.right, area.bottom))
    return all(0 < size < LARGEST_PAGE for size in sizes) and all(
        abs(place) < FARTHEST for place in places
    )


def culprit(theme: Theme, html: str, limits: Limits) -> tuple[Path, int] | None:
    """Return the style sheet of a kit, and its line, with which a document cannot be laid out.

    ``None`` where no single one is to blame: then it may be the template.
    """

    def breaks(path: Path, css: str) -> bool:
        def make() -> None:
            typesetter = Typesetter(theme, instead={path: css.encode()})
            write_pdf([typesetter.lay_out(html, 1)])

        return fails(limits, make)

    for path in own_files(theme):
        css = path.read_text(encoding="utf-8-sig", errors="replace")
        if breaks(path, css) and not breaks(path, ""):
            return path, broken(css.split("\n"), lambda text, path=path: breaks(path, text))  # type: ignore[misc]
    return None


def _attachments(document: weasyprint.Document) -> list[Fault]:
    """Return what is to be said where a template attaches files: they stay out."""
    links = (link for page in document.pages for link in page.links)
    attached = document.metadata.attachments or any(link[0] == "attachment" for link in links)
    return [ATTACHED] if attached else []
