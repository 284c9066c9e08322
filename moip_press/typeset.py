"""From HTML to laid-out pages, and from pages to PDF. The only user of WeasyPrint.

Everything a page may use comes from the kit and the theme, under the virtual address
``https://kit.invalid/``, so that no path of this machine enters a document and nothing is
fetched from elsewhere.
"""

from __future__ import annotations

import base64
import datetime
import logging
import mimetypes
import os
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press import conformance, repaging
from moip_press.conformance import Attached
from moip_press.kit import Theme, inside
from moip_press.limits import OverLimit
from moip_press.pictures import MOST_BYTES, Refusal, refusal

BASE = "https://kit.invalid/"
MAIN_STYLE = "styles/dossier.css"
MILLIMETRE = 96 / 25.4
FOOT = 297 - 24 - 22  # where the closing lines of a section start at the latest, in millimetres
HEAD_GAP, FOOT_GAP = 1.0, 9.0  # millimetres between a page's words and what is laid over it
FIRST_FOLIO = (
    "@page {{ counter-reset: none !important; counter-set: none !important;"
    " counter-increment: page 1 !important }}"
    "@page:first {{ counter-set: page {folio} !important; counter-increment: none !important }}"
    "html {{ break-before: {side} !important }}"
)
UNKNOWN_FONT = "There is no font "
ATTACHED = "A file is attached"
NO_FONTS = Path(__file__).with_name("fonts.conf")
FONTS_OF_COMPUTER = "FONTCONFIG_FILE"
REFUSED = "not a file of the kit"
FONTS = (".ttf", ".otf", ".woff", ".woff2")
QUOTED = re.compile(r"""(['"])(.+)\1""")
LOCAL = re.compile(r"\bsrc\s*:[^;}]*?\b(local\([^)]*\))", re.IGNORECASE)
STYLE = re.compile(r"<style\b.*?</style", re.IGNORECASE | re.DOTALL)
PLACE = re.compile(r" at (\d+):(\d+)")


@dataclass(frozen=True)
class Spot:
    """Where an element came to stand.

    ``page`` counts from 0 in its chapter; ``top`` is in millimetres from the page's top.
    """

    page: int
    top: float


@dataclass(frozen=True)
class Missed:
    """A file that a page, a style or a picture names and does not get.

    It is ``outside`` the kit, or a picture that is ``refused``, or it is not there.
    """

    name: str
    outside: bool
    refused: Refusal | None = None


Fault = str | Missed
"""What WeasyPrint logged, or a file that it asked for in vain."""


@dataclass(frozen=True)
class StyleFault:
    """A place in a style sheet of the kit that has no effect, and what stands there."""

    file: Path
    line: int
    column: int
    text: str


class TooDeep(Exception):
    """A page is nested deeper than it can be laid out. ``chapter`` counts from 0."""

    def __init__(self, chapter: int = 0) -> None:
        super().__init__(chapter)
        self.chapter = chapter


@dataclass(frozen=True)
class Pages:
    """The laid-out pages of one chapter, and where its anchors stand."""

    pages: tuple[weasyprint.document.Page, ...]
    anchors: Mapping[str, Spot]
    document: weasyprint.Document
    faults: tuple[Fault, ...]

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def inked(self) -> float:
        """The millimetres from the top of the last page to its last ink."""
        return repaging.extent(self.pages[-1], grounds=True)[1]

    def takes_head(self, band: Pages) -> bool:
        """Tell whether what stands on ``band`` fits above the first words of these pages."""
        _, end = repaging.extent(band.pages[0], grounds=True)
        start, _ = repaging.extent(self.pages[0], grounds=False)
        return len(band) == 1 and end + HEAD_GAP <= start

    def takes_foot(self, foot: Pages) -> bool:
        """Tell whether what stands on ``foot`` fits below the last words of these pages."""
        start, _ = repaging.extent(foot.pages[0], grounds=True)
        return len(foot) == 1 and self.inked + FOOT_GAP <= start

    def under_head(self, band: Pages) -> Pages:
        """Return these pages with ``band`` at the head of the first."""
        first = repaging.laid_over(self.pages[0], band.pages[0], head=True)
        return replace(self, pages=(first, *self.pages[1:]))

    def above_foot(self, foot: Pages) -> Pages:
        """Return these pages with ``foot`` at the foot of the last."""
        last = repaging.laid_over(self.pages[-1], foot.pages[0], head=False)
        return replace(self, pages=(*self.pages[:-1], last))

    def outlined(
        self, labels: Mapping[str, str] | None = None, left_out: Container[str] = ()
    ) -> Pages:
        """Return these pages with bookmarks that begin on the first level.

        ``labels`` are further ones below, by anchor.
        """
        marks = [mark for page in self.pages for mark in page.bookmarks if mark[1] not in left_out]
        rise = min((level for level, *_ in marks), default=1) - 1
        pages = (repaging.outlined(page, labels or {}, left_out, rise) for page in self.pages)
        return replace(self, pages=tuple(pages))

    def free_below(self, anchor: str) -> float:
        """Return the millimetres between the top of ``anchor`` and the foot of its page."""
        spot = self.anchors.get(anchor)
        if spot is None or spot.page != len(self.pages) - 1:
            return 0.0
        return max(FOOT - spot.top, 0.0)


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Opens the files of one kit and its theme.

    It remembers what it missed, and the font families that the styles bring.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(allowed_protocols=())
        self.theme = theme
        self.missed: list[Missed] = []
        self.families: set[str] = set()
        self.sheets: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file at ``url``, or the picture in it.

        Raises ``ValueError`` for anything but our own files and sound pictures.
        """
        if url.startswith("data:image/"):
            return URLFetcherResponse(url, self._sound(url[:40], _within(url)), headers)
        path = self._path(url) if url.startswith(BASE) else None
        name = unquote(url.removeprefix(BASE))
        if path is None or not path.is_file():
            raise self._miss(name, outside=path is None)
        if path.stat().st_size > MOST_BYTES:
            raise self._miss(name, refused=Refusal("bytes"))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = self._sound(name, path.read_bytes())
        if kind == "text/css":
            css = content.decode(errors="replace")
            self.sheets.append(css)
            self.families |= _families(css)
            self.no_local_fonts(css)
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def no_local_fonts(self, css: str) -> None:
        """Note the fonts of this computer that a style asks for by name."""
        self.missed += [Missed(font, outside=True) for font in LOCAL.findall(css)]

    def _sound(self, name: str, content: bytes) -> bytes:
        """Return the content of a file, unless it is a picture that must not be drawn."""
        if why := refusal(content):
            raise self._miss(name, refused=why)
        return content

    def _miss(
        self, name: str, *, outside: bool = False, refused: Refusal | None = None
    ) -> ValueError:
        """Note that a file is not given, and return what to raise."""
        shown = name if len(name) < 80 else f"{name[:80]}…"
        self.missed.append(Missed(shown, outside, refused))
        return ValueError(REFUSED)

    def _path(self, url: str) -> Path | None:
        name = PurePosixPath(unquote(urlsplit(url).path.lstrip("/")))
        if name.parts[:1] == ("styles",):
            found = self.theme.style(PurePosixPath(*name.parts[1:]))
            return found or inside(self.theme.kit, name)
        return inside(self.theme.kit, name)


def _within(url: str) -> bytes:
    """Return the bytes that a ``data:`` address holds; none where it is not well formed."""
    head, _, text = url.partition(",")
    if not head.endswith(";base64"):
        return unquote_to_bytes(text)
    try:
        return base64.b64decode(unquote_to_bytes(text), validate=False)
    except ValueError:
        return b""


def _families(css: str) -> set[str]:
    """Return the font families that a style sheet brings."""
    faces = re.findall(r"@font-face\s*\{([^}]*)\}", css)
    named = (re.search(r"font-family\s*:\s*[\"']?([^;\"']+)", face) for face in faces)
    return {match[1].strip() for match in named if match}


class _Faults(logging.Handler):
    """Gathers what WeasyPrint only logs, but for the files that the fetcher refused."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[Fault] = []

    def emit(self, record: logging.LogRecord) -> None:
        if REFUSED not in (text := record.getMessage()):
            self.found.append(text)


@contextmanager
def _faults(fetcher: Fetcher | None = None) -> Iterator[list[Fault]]:
    """Yield the list of what WeasyPrint says meanwhile, and then of what the fetcher missed."""
    handler = _Faults()
    before = LOGGER.propagate, len(fetcher.missed) if fetcher else 0
    LOGGER.addHandler(handler)
    LOGGER.propagate = False
    try:
        yield handler.found
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = before[0]
    if fetcher and (missed := fetcher.missed[before[1] :]):
        fonts = any(fault.name.lower().endswith((*FONTS, ")")) for fault in missed)
        kept = (
            fault for fault in handler.found if not (fonts and str(fault).startswith("Font-face"))
        )
        handler.found[:] = [*kept, *missed]


class _Alone(URLFetcher):  # type: ignore[misc]
    """Gives an empty style sheet for each that another one imports."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return an empty style sheet."""
        return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})


def _style_faults(theme: Theme) -> Iterator[tuple[StyleFault, str]]:
    """Yield the faults in the kit's own style sheets, each with what WeasyPrint logs of it.

    Each sheet is read alone, since the log does not name it.
    """
    folder = theme.styles()[0]
    for path in sorted(folder.rglob("*.css")):
        if not (theme.holds(path) and path.is_file()):
            continue
        css = path.read_text(encoding="utf-8-sig", errors="replace")
        with _faults() as found:
            weasyprint.CSS(string=css, base_url=BASE, url_fetcher=_Alone())
        for said in map(str, found):
            if place := _place(css, said):
                yield StyleFault(path, *place, _statement(css, *place)), said


def _place(css: str, said: str) -> tuple[int, int] | None:
    """Return the line and column of a fault: those that are told, else of what is quoted."""
    if place := PLACE.search(said):
        return int(place[1]), int(place[2])
    quoted = QUOTED.search(said)
    start = css.find(quoted[2].strip()) if quoted else -1
    if start < 0:
        return None
    before = css[:start].split("\n")
    return len(before), len(before[-1]) + 1


def _statement(css: str, line: int, column: int) -> str:
    """Return what stands in a line of a style sheet from a column to the statement's end."""
    rest = css.split("\n")[line - 1 : line] or [""]
    text = rest[0][column - 1 :]
    return (re.match(r"[^;{}]*", text) or [""])[0].strip() or text.strip()


@contextmanager
def _no_other_fonts() -> Iterator[None]:
    """Let Fontconfig know no fonts of this computer, nor its habits: they differ elsewhere."""
    before = os.environ.get(FONTS_OF_COMPUTER)
    os.environ[FONTS_OF_COMPUTER] = str(NO_FONTS)
    try:
        yield
    finally:
        os.environ.pop(FONTS_OF_COMPUTER)
        if before is not None:
            os.environ[FONTS_OF_COMPUTER] = before


class Typesetter:
    """Lays out the chapters of one kit: its fonts and styles are read once."""

    def __init__(self, theme: Theme) -> None:
        self.fetcher = Fetcher(theme)
        with _no_other_fonts():
            self.fonts = FontConfiguration()
        with _faults(self.fetcher) as found:
            self.style = weasyprint.CSS(
                url=BASE + MAIN_STYLE, url_fetcher=self.fetcher, font_config=self.fonts
            )
        own = list(_style_faults(theme))
        self.style_faults = tuple(fault for fault, _ in own)
        known = {said for _, said in own}
        self.faults = tuple(fault for fault in found if fault not in known)
        sheets = self.fetcher.sheets
        self._may_move = {shift: repaging.may_move(sheets, shift) for shift in (0, 1)}

    def lay_out(self, html: str, folio: int) -> Pages:
        """Return the pages of a chapter whose first page bears the number ``folio``.

        Raises ``TooDeep``.
        """
        first = weasyprint.CSS(
            string=FIRST_FOLIO.format(folio=folio, side="right" if folio % 2 else "left"),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )
        with _faults(self.fetcher) as found:
            self.fetcher.no_local_fonts("".join(STYLE.findall(html)))
            try:
                page = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=self.fetcher)
                document = repaging.render(page, self.fonts, [self.style, first])
            except RecursionError:
                raise TooDeep from None
        anchors = {
            name: Spot(number, point[1] / MILLIMETRE)
            for number, page in reversed(list(enumerate(document.pages)))
            for name, point in page.anchors.items()
        }
        faults = (*found, *_attachments(document), *self._unknown_families(document))
        return Pages(tuple(document.pages), anchors, document, faults)

    def _unknown_families(self, document: weasyprint.Document) -> Iterator[Fault]:
        """Yield the font families that a text asks for where the theme has none of them."""
        asked = {family for page in document.pages for family in conformance.families(page)}
        for names in sorted(asked):
            if self.fetcher.families.isdisjoint(names):
                yield UNKNOWN_FONT + names[0]

    def rows(self, sheet: str, count: int) -> tuple[Row, ...] | None:
        """Return the events of a sheet, laid out for use elsewhere.

        ``None`` where this cannot be done: then they are laid out where they stand. Raises
        ``TooDeep``.
        """
        if not (self._may_move[1] and repaging.may_move([sheet], 1)):
            return None
        laid = self.lay_out(sheet, 1)
        found = repaging.rows(laid.pages, count)
        if found is None or laid.faults:
            return None
        return tuple(Row(box, box.margin_height(), laid) for box in found)

    def filled(self, html: str, folio: int, rows: Sequence[Row]) -> Pages | None:
        """Return the pages of a document in whose slots the rows stand.

        ``None`` where it does not have a slot for each. Raises ``TooDeep``.
        """
        laid = self.lay_out(html, folio)
        pages = repaging.filled(laid.document, laid.pages, [row.box for row in rows])
        return replace(laid, pages=pages) if pages else None

    def moved(self, laid: Pages, html: str, shift: int, folio: int) -> Pages | None:
        """Return pages laid out from ``html`` with their folios moved by ``shift`` to ``folio``.

        ``None`` where they would differ in more than that: then they are to be laid out again.
        """
        if not (self._may_move[shift % 2] and repaging.may_move([html], shift)):
            return None
        return replace(laid, pages=repaging.renumbered(laid.document, laid.pages, folio))


def _attachments(document: weasyprint.Document) -> list[Fault]:
    """Return what is to be said where a template attaches files: they stay out."""
    links = (link for page in document.pages for link in page.links)
    attached = document.metadata.attachments or any(link[0] == "attachment" for link in links)
    return [ATTACHED] if attached else []


@dataclass(frozen=True)
class Row:
    """An event that was laid out on a sheet, for use in any document; its height in pixels."""

    box: Any
    height: float
    sheet: Pages


@dataclass(frozen=True)
class Pdf:
    """A finished PDF, the font families in it, and what the typesetter said of it."""

    content: bytes
    families: frozenset[str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Properties:
    """What a PDF says of itself where that is not what its first chapter says."""

    title: str
    subject: str


def write_pdf(
    chapters: Sequence[Pages],
    properties: Properties | None = None,
    attached: Sequence[Attached] = (),
    moment: datetime.datetime | None = None,
) -> Pdf:
    """Return one tagged PDF of all pages; its metadata are those of the first chapter.

    ``attached`` travels in it; ``moment`` dates it where the chapter does not. Raises
    ``TooDeep``.
    """
    pages = [page for chapter in chapters for page in chapter.pages]
    repaging.forget(pages)
    with _faults(chapters[0].document.url_fetcher) as found:
        document = chapters[0].document.copy(pages)
        if properties:
            document.metadata = copy(document.metadata)
            document.metadata.title = properties.title
            document.metadata.description = properties.subject
        try:
            written = conformance.write(document, attached, moment)
        except OverLimit as error:
            error.chapter = _unpainted(chapters, document)
            raise
        except RecursionError:
            raise TooDeep(_too_deep(chapters)) from None
    families = frozenset(font.family for font in document.fonts.values())
    wordless = (f'Image "{name}" has no required alt description' for name in written.wordless)
    return Pdf(written.content, families, (*found, *wordless))


def _unpainted(chapters: Sequence[Pages], document: weasyprint.Document) -> int:
    """Return the chapter of the first page that is not painted."""
    painted = sum(getattr(page, "is_painted", False) for page in document.pages)
    ends = accumulate(map(len, chapters))
    return next((number for number, end in enumerate(ends) if end > painted), 0)


def _too_deep(chapters: Sequence[Pages]) -> int:
    """Return which chapter cannot be drawn by itself."""
    for number, chapter in enumerate(chapters):
        try:
            chapter.document.write_pdf()
        except RecursionError:
            return number
    return 0
