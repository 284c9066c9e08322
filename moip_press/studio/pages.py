"""The pages of a kit as the studio shows them, made in a process of its own (``helper.py``).

A page is known by its look: what looks the same is not drawn again. Its lines know which element
they stand in, so that a click finds the field that it shows, and a field its place.
"""

from __future__ import annotations

import datetime
import gc
import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from moip_press.kit.computed_figures import filled
from moip_press.kit.source import Loc
from moip_press.pdf import typeset
from moip_press.press.handouts import Assembler, Made
from moip_press.press.layout import Kept, Layout, title_of
from moip_press.proofread.review import review
from moip_press.proofread.waivers import left
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from moip_press.studio.findings import Teller, documents, relative
from moip_press.studio.places import Piece, Places
from moip_press.studio.records import found_again, id_of, record_of, value_at
from moip_press.studio.told import DOSSIER, Laid, Page, Spot, Target
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import inside, is_file
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import SVG, Refusal
from moip_press.system.pictures.photographs import WHOLE

PREVIEW = 640  # pixels of the longer side of a picture in a form
MOST_LINES = 30  # that a search finds
MOST_UNSWEPT = 6  # layouts after which memory is freed, be somebody waiting or not


class Room:
    """Lays out one kit again and again. The only user of layouts in the studio."""

    def __init__(self, folder: Path, cache: Path | None) -> None:
        self._folder = folder
        self._cache = Cache(cache)
        self._unswept = 0
        self._kept = Kept(self._cache)
        self._known: set[str] = set()
        self._layout: Layout | None = None
        self._handouts: dict[str, Made] = {}
        self._places: dict[str, Places] = {}

    def lay_out(self, today: datetime.date, language: str, wanted: tuple[str, ...] = ()) -> Laid:
        """Return the pages of the kit as it stands in its files, and of handouts that are wanted.

        What is wrong is said in a ``language``. Raises ``OSError``.
        """
        self._unswept += 1
        if self._unswept > MOST_UNSWEPT:
            self.sweep()
        read = review(self._folder, today, self._cache)
        teller = Teller(self._folder, Catalogue(language), read.sources)
        if read.kit is None or not read.faults.ok:
            return Laid({}, faults=teller.all_of(read.faults))
        layout = Layout(filled(read.kit.printed()), read.theme, _silent, kept=self._kept)
        faults = read.faults + left(layout.report, layout.kit, today)
        if not layout.report.ok:
            return Laid({}, faults=teller.all_of(faults))
        handouts = self._made(layout, wanted)
        faults += Report.of(
            each for made in handouts.values() if not made.pdf for each in made.report.diagnostics
        )
        laid = {DOSSIER: tuple(layout.laid)}
        laid |= {name: made.sheets for name, made in handouts.items() if made.pdf}
        every = [pages for own in laid.values() for pages in own]
        try:
            looks = layout.looks(every)
            places = {look: at for at, look in enumerate(looks) if look not in self._known}
            pdf = layout.excerpted(every, list(places.values())) if places else b""
        except (typeset.Unlaid, OverLimit) as error:
            found = layout.unlaid(error) if isinstance(error, typeset.Unlaid) else None
            return Laid({}, faults=teller.all_of(Report((found,) if found else ()) + faults))
        self._layout, self._handouts, self._known = layout, handouts, set(looks)
        self._places = {name: Places(layout.kit, own) for name, own in self._pieces().items()}
        self._cache.tidy()
        following = iter(looks)
        pages = {DOSSIER: tuple(self._pages(layout, teller, following))}
        for name, own in list(laid.items())[1:]:
            title = str(handouts[name].plan.sheet.title)
            pages[name] = tuple(
                Page(next(following), sheet.width, sheet.height, title, ())
                for each in own
                for sheet in each.sheets
            )
        return Laid(pages, tuple(places), pdf, teller.all_of(faults))

    def sweep(self) -> None:
        """Free what layouts have left behind: seconds in a large kit, so not while one waits.

        Until the first call, memory is freed as it is in any process.
        """
        gc.collect()
        gc.disable()
        self._unswept = 0

    def _made(self, layout: Layout, wanted: tuple[str, ...]) -> dict[str, Made]:
        planned = documents(layout.kit) if wanted else {}
        assembler = Assembler(layout)
        return {name: assembler.make(planned[name]) for name in wanted if name in planned}

    def _pieces(self) -> dict[str, list[Piece]]:
        """Return what stands on the pages last laid out, by their document."""
        if self._layout is None:
            return {}
        kit, chapters = self._layout.kit, self._layout.assembly.chapters
        files = [frozenset(each.source.name for each in own.parts) for own in kit.chapters]
        found = {
            DOSSIER: [
                Piece(own, at.folio, at.laid.sheets)
                for own, at in zip(files, chapters, strict=True)
            ]
        }
        for name, made in self._handouts.items():
            sheets = tuple(sheet for each in made.sheets for sheet in each.sheets)
            found[name] = [Piece(frozenset().union(*files), 1, sheets)]
        return found

    def sheets(self) -> bytes:
        """Return what stands on the pages last laid out, for a ``Reader``."""
        return pickle.dumps(self._pieces())

    def pdf(self, document: str) -> bytes | None:
        """Return the PDF of a document as it was last laid out; None where there is none."""
        if document == DOSSIER:
            pdf, _ = self._layout.draw() if self._layout else (None, None)
        else:
            pdf = self._handouts[document].pdf if document in self._handouts else None
        return pdf.content if pdf else None

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

    def target(self, document: str, page: int, left: float, top: float) -> Target | None:
        """Return the value that stands at a point of a page, or else the record around it."""
        places = self._places.get(document)
        found = places.target(page, left, top) if places else None
        if found is None:
            return None
        root = found.source.plain()
        at, field = record_of(root, found.loc)
        return Target(
            relative(self._folder, found.source.name),
            at,
            id_of(value_at(root, at)) if at else None,
            field,
        )

    def spots(
        self, document: str, file: str, at: Loc, known: str | None, field: Loc
    ) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
        """Return where a record stands on the pages last laid out, and where a field of it does.

        The record may have been elsewhere in its file then, or not have been there.
        """
        places, name = self._places.get(document), (self._folder / file).as_posix()
        source = places.source(name) if places else None
        there = found_again(source.plain(), at, known) if source else at
        if places is None or there is None:
            return (), ()
        of_field = tuple(places.spots(name, there, field)) if field else ()
        return tuple(places.spots(name, there)), of_field

    def lines_with(self, document: str, words: str) -> tuple[tuple[str, Spot], ...]:
        """Return the first lines of the pages last laid out that hold some words."""
        places = self._places.get(document)
        return tuple(islice(places.lines_with(words), MOST_LINES)) if places else ()

    def _pages(self, layout: Layout, teller: Teller, looks: Iterator[str]) -> Iterator[Page]:
        for chapter, at in zip(layout.kit.chapters, layout.assembly.chapters, strict=True):
            title = title_of(layout.kit, chapter)
            parts = tuple(
                teller.relative(each.source.name)
                if each.own_file
                else str(getattr(each.part, "type", ""))
                for each in chapter.parts
            )
            for sheet in at.laid.sheets:
                yield Page(next(looks), sheet.width, sheet.height, title, parts)


def _silent(_title: str, _number: int, _count: int) -> None:
    """Show no progress."""
