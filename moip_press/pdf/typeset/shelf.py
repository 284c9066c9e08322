"""What was laid out and painted, kept for whoever needs it next: here, and between two runs.

All of it is found again by what it was made from, and none of it is needed: without a shelf the
same pages are made again.
"""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import pydyf
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from moip_press import __version__
from moip_press.pdf import engine
from moip_press.pdf.drawing import draw
from moip_press.pdf.painted_fonts import Subset
from moip_press.pdf.painting import Unkept
from moip_press.pdf.tagged_file import language_of
from moip_press.pdf.typeset.fetching import Fetcher
from moip_press.pdf.typeset.layout_faults import Unlaid, breaking, listening
from moip_press.pdf.typeset.pages import Boxes, Facts, Pages, Painted, digest
from moip_press.system.cache import Cache
from moip_press.system.pictures.intake import Intake
from moip_press.system.serialization import Malformed, packed, unpacked

T = TypeVar("T")
FORM = 1  # of what is kept: another number where it changes
MOST_BOXED = 180  # pages whose boxes are held, those included that are being laid out
MOST_DERIVED = 60  # pages made of the boxes of others, with which they share nearly all
MOST_LITTER = 60  # pages let go before their memory is freed
USUAL = 10_000  # characters of HTML that fill a page, where nothing is known yet
LIBRARIES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools")
PACKAGE = Path(__file__).parents[2]
SOURCES = ("pdf/**/*.py", "system/pictures/**/*.*")
PICTURES = ("pillow", "pi-heif", "resvg-py")


class Shelf:
    """Keeps what was made, in memory and in a cache.

    What was not asked for between two calls of ``turn`` is let go.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self.typesetter: object = None
        self._cache = cache or Cache()
        self._facts: _Kept[Facts] = _Kept()
        self._painted: _Kept[Painted] = _Kept()
        self._subsets: _Kept[Subset] = _Kept()
        self._deflated: _Kept[bytes] = _Kept()
        self._boxes: OrderedDict[str, tuple[Pages, Boxes]] = OrderedDict()
        self._derived: OrderedDict[str, tuple[Pages, Boxes]] = OrderedDict()
        self._spent: set[str] = set()
        self._noted: set[str] = set()
        self._set = [0, 0]  # characters of HTML, and the pages that they filled
        self.fetcher: Fetcher
        self.fonts: FontConfiguration
        self._language = ""
        self._litter = 0

    @property
    def intake(self) -> Intake:
        """What makes pictures for pages."""
        return Intake(self._cache)

    @cached_property
    def versions(self) -> str:
        """What else pages are made from than the kit: the program and its libraries."""
        own = [path.read_bytes() for name in SOURCES for path in sorted(PACKAGE.glob(name))]
        programs = [
            __version__,
            engine.pango(),
            engine.harfbuzz(),
            *map(version, (*LIBRARIES, *PICTURES)),
        ]
        return digest(FORM, programs, hashlib.sha256(b"".join(own)).hexdigest())

    def serve(self, fetcher: Fetcher, fonts: FontConfiguration) -> None:
        """Keep what is made from these files and fonts."""
        self.fetcher, self.fonts = fetcher, fonts
        self.let_go()

    def turn(self) -> None:
        """Let go what was not asked for since the last time, and all boxes."""
        for kept in (self._facts, self._painted, self._subsets, self._deflated):
            kept.turn()
        self.let_go()
        if self.typesetter is not None:  # this process lays out again
            engine.keep_pages(self.fonts)

    def let_go(self) -> None:
        """Let all boxes go."""
        self._litter += sum(len(pages) for pages, _ in self._boxes.values())
        self._boxes.clear()
        self._derived.clear()
        self._spent.clear()

    def note(self, html: str) -> None:
        """Note that a document was laid out, whatever its first folio."""
        self._note(f"laid-{digest(self.versions, html)}")

    def has_seen(self, html: str) -> bool:
        """Tell whether a document was laid out before, here or in another process."""
        return self._is_noted(f"laid-{digest(self.versions, html)}")

    def note_verified(self, paintings: Iterable[str]) -> None:
        """Note that what is painted was verified in a file, by its keys."""
        for key in set(paintings) - {""}:
            self._note(f"verified-{key}")

    def unverified(self, paintings: Sequence[str]) -> frozenset[int]:
        """Return the pages, counted from 1, on which is painted what was not verified yet."""
        new = {key for key in set(paintings) if not (key and self._is_noted(f"verified-{key}"))}
        return frozenset(page for page, key in enumerate(paintings, 1) if key in new)

    def _note(self, name: str) -> None:
        if name not in self._noted:
            self._noted.add(name)
            self._cache.write(name, b"")

    def _is_noted(self, name: str) -> bool:
        return name in self._noted or self._cache.read(name) is not None

    def packed(self, but: Container[str] = ()) -> list[tuple[str, str, bytes]]:
        """Return what is known and painted of pages as bytes, ``but`` what has these keys."""
        kinds = (("laid", self._facts, Facts), ("painted", self._painted, Painted))
        return [
            (name, key, packed(kind, value))
            for name, kept, kind in kinds
            for key, value in kept.items()
            if key not in but
        ]

    def unpack(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Take in what another process knows and has painted. Raises ``Malformed``."""
        for name, key, content in rows:
            if name == "laid":
                self._facts[key] = unpacked(Facts, content)
            else:
                self._painted[key] = unpacked(Painted, content)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of what is known and painted."""
        return frozenset((*self._facts, *self._painted))

    def facts(self, key: str) -> Facts | None:
        """Return what is known of pages that were laid out before."""
        known = self._found(self._facts, key, Facts, "laid")
        return known if known and self.fetcher.gives(known.files) else None

    def laid(self, pages: Pages, boxes: Boxes, sources: Sequence[Pages] = ()) -> None:
        """Keep what is known of pages, and their boxes.

        ``sources`` are pages of whose boxes they are made: those are hardly painted themselves.
        """
        self._facts[pages.key] = pages.facts
        self._keep("laid", pages.key, Facts, pages.facts)
        self._spent.update(source.key for source in sources)
        self._hold(pages, boxes, self._derived if sources else self._boxes)

    def pass_over(self, tried: Iterable[Pages], chosen: Pages) -> None:
        """Note that of what was tried for a chapter only the chosen pages will be painted."""
        self._spent.update(each.key for each in tried if each.key != chosen.key)

    def boxes(self, pages: Pages) -> Boxes:
        """Return the boxes of pages, made again where they were let go."""
        for held in (self._boxes, self._derived):
            if pages.key in held:
                held.move_to_end(pages.key)
                return held[pages.key][1]
        boxes = pages.make()
        self._hold(pages, boxes, self._derived if pages.is_derived else self._boxes)
        return boxes

    def _hold(
        self, pages: Pages, boxes: Boxes, held: OrderedDict[str, tuple[Pages, Boxes]]
    ) -> None:
        """Hold boxes; let the oldest go where there are too many, never these."""
        self._language = self._language or language_of(boxes.document.metadata)
        held[pages.key] = pages, boxes
        most = MOST_BOXED if held is self._boxes else MOST_DERIVED
        self._shrink(held, max(most, len(pages)))

    def _shrink(self, held: OrderedDict[str, tuple[Pages, Boxes]], most: int) -> None:
        """Let the oldest boxes go, painted while they are there if they may still be asked for."""
        while held and sum(len(pages) for pages, _ in held.values()) > most:
            oldest, _ = next(iter(held.values()))
            if oldest.key not in self._spent:
                with suppress(Unkept, Unlaid), breaking():
                    self.painted(oldest, self._language)
            del held[oldest.key]
            self._litter += len(oldest)

    def make_room(self, html: str) -> None:
        """Let boxes go for those of a document that is about to be laid out.

        Their memory is freed where it is much: boxes know each other, and would stay.
        """
        characters, pages = self._set
        expected = len(html) * pages // characters if characters else len(html) // USUAL
        self._shrink(self._boxes, max(MOST_BOXED - expected, 0))
        if self._litter > MOST_LITTER:
            gc.collect()
            self._litter = 0

    def filled(self, html: str, pages: int) -> None:
        """Note how many pages a document has filled."""
        self._set[0] += len(html)
        self._set[1] += pages

    def painted(
        self,
        pages: Pages,
        language: str,
        nowhere: frozenset[str] = frozenset(),
        *,
        anew: bool = False,
    ) -> Painted:
        """Return what is painted on pages in a document that is written in ``language``.

        ``nowhere`` are the places that links lead to in vain. What is made ``anew`` has its fonts
        at hand. Raises ``Unkept`` where they can only be painted in their document.
        """
        key = painting_key(pages, language, nowhere)
        known = None if anew else self._found(self._painted, key, Painted, "painted")
        if known is None or not self.fetcher.gives(known.files):
            known = self._paint(pages, language, nowhere)
            self._painted[key] = known
            self._spent.add(pages.key)
            self._keep("painted", key, Painted, known)
        return known

    def painted_first(self, pages: Pages) -> Painted:
        """Return what is painted on pages whose links all lead somewhere, as in most documents.

        Raises ``Unkept``.
        """
        return self.painted(pages, language_of(DocumentMetadata(**pages.facts.metadata)))

    def _paint(self, pages: Pages, language: str, nowhere: frozenset[str]) -> Painted:
        boxes = pages.boxes
        if not boxes.paintable:
            raise Unkept
        given = len(self.fetcher.given)
        with listening(self.fetcher) as found:
            drawn = draw(boxes.pages, self.fonts, language, nowhere)
        files = (*pages.facts.files, *self.fetcher.given[given:])
        return Painted(drawn, tuple(found), tuple(dict.fromkeys(files)))

    def subset(self, name: str, make: Callable[[], Subset]) -> Subset:
        """Return what was cut out of a font before, else what is made."""
        key = digest(self.versions, name)
        known = self._found(self._subsets, key, Subset, "cut")
        if known is None:
            known = make()
            self._subsets[key] = known
            self._keep("cut", key, Subset, known)
        return known

    def deflated(self, stream: pydyf.Stream) -> bytes:
        """Return a stream of a file as it is written there."""
        if not stream.compress:
            return bytes(stream.data)
        parts = [item if isinstance(item, bytes) else _bytes(item) for item in stream.stream]
        content = b"\n".join(parts)
        extra = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode"})
        key = hashlib.sha256(content).hexdigest()
        known = self._deflated.get(key)
        if known is None:
            known = zlib.compress(content, 9)
            self._deflated[key] = known
        extra["Length"] = len(known)
        return b"\n".join((extra.data, b"stream", known, b"endstream"))

    def _found(self, kept: _Kept[T], key: str, kind: Any, name: str) -> T | None:
        """Return what is kept by a key, in memory or in the cache."""
        known = kept.get(key)
        if known is None and (content := self._cache.read(f"{name}-{key}")) is not None:
            with suppress(Malformed):
                known = unpacked(kind, content)
                kept[key] = known
        return known

    def _keep(self, name: str, key: str, kind: Any, value: T) -> None:
        if self._cache.folder is not None:
            self._cache.write(f"{name}-{key}", packed(kind, value))


class _Kept(dict[str, T]):
    """What is kept in memory, and what of it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: set[str] = set()

    def get(self, key: str, default: T | None = None) -> T | None:  # type: ignore[override]
        """Return what is kept by a key, and note that it was asked for."""
        self._asked.add(key)
        return super().get(key, default)

    def __setitem__(self, key: str, value: T) -> None:
        self._asked.add(key)
        super().__setitem__(key, value)

    def turn(self) -> None:
        """Let go what was not asked for since the last time."""
        for key in self.keys() - self._asked:
            del self[key]
        self._asked.clear()


def painting_key(pages: Pages, language: str, nowhere: frozenset[str]) -> str:
    """Return the key of what is painted on pages; see ``Shelf.painted``."""
    return digest(pages.key, language, tuple(sorted(nowhere)))


def _bytes(item: object) -> bytes:
    return bytes(pydyf.Array([item]).data[1:-1])
