"""From HTML to laid-out pages, and from pages to PDF. The only user of WeasyPrint.

Everything a page may use comes from the kit and the theme, under the virtual address
``https://kit.invalid/``, so that no path of this machine enters a document and nothing is
fetched from elsewhere.
"""

from __future__ import annotations

import logging
import mimetypes
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press import repaging
from moip_press.kit import Theme, inside

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
REFUSED = "not a file of the kit"
FONTS = (".ttf", ".otf", ".woff", ".woff2")
QUOTED = re.compile(r"""(['"])(.+)\1""")
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
    """A file that a page, a style or a picture names and does not get."""

    name: str
    outside: bool


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

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the file at ``url``. Raises ``ValueError`` for anything but our own files."""
        path = self._path(url) if url.startswith(BASE) else None
        if path is None or not path.is_file():
            name = unquote(url.removeprefix(BASE))
            shown = name if len(name) < 80 else f"{name[:80]}…"
            self.missed.append(Missed(shown, outside=path is None))
            raise ValueError(REFUSED)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = path.read_bytes()
        if kind == "text/css":
            self.sheets.append(content.decode(errors="replace"))
            self.families |= _families(self.sheets[-1])
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _path(self, url: str) -> Path | None:
        name = PurePosixPath(unquote(urlsplit(url).path.lstrip("/")))
        if name.parts[:1] == ("styles",):
            found = self.theme.style(PurePosixPath(*name.parts[1:]))
            return found or inside(self.theme.styles()[0], PurePosixPath(*name.parts[1:]))
        return inside(self.theme.kit, name)


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
        fonts = any(Path(fault.name).suffix.lower() in FONTS for fault in missed)
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
        if inside(folder, path.relative_to(folder).as_posix()) is None or not path.is_file():
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


class Typesetter:
    """Lays out the chapters of one kit: its fonts and styles are read once."""

    def __init__(self, theme: Theme) -> None:
        self.fetcher = Fetcher(theme)
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
        return Pages(tuple(document.pages), anchors, document, tuple(found))

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


def write_pdf(chapters: Sequence[Pages], properties: Properties | None = None) -> Pdf:
    """Return one tagged PDF of all pages; its metadata are those of the first chapter.

    Raises ``TooDeep``.
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
            content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        except RecursionError:
            raise TooDeep(_too_deep(chapters)) from None
    families = frozenset(font.family for font in document.fonts.values())
    return Pdf(content, families, tuple(found))


def _too_deep(chapters: Sequence[Pages]) -> int:
    """Return which chapter cannot be drawn by itself."""
    for number, chapter in enumerate(chapters):
        try:
            chapter.document.write_pdf()
        except RecursionError:
            return number
    return 0
