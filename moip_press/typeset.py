"""From HTML to laid-out pages, and from pages to PDF. The only user of WeasyPrint.

Everything a page may use comes from the kit and the theme, under the virtual address
``https://kit.invalid/``, so that no path of this machine enters a document and nothing is
fetched from elsewhere.
"""

from __future__ import annotations

import logging
import mimetypes
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press.kit import Theme, inside

BASE = "https://kit.invalid/"
MAIN_STYLE = "styles/dossier.css"
MILLIMETRE = 96 / 25.4
FOOT = 297 - 24 - 22  # where the closing lines of a section start at the latest, in millimetres
FIRST_FOLIO = (
    "@page {{ counter-reset: none !important; counter-set: none !important;"
    " counter-increment: page 1 !important }}"
    "@page:first {{ counter-set: page {folio} !important; counter-increment: none !important }}"
)


@dataclass(frozen=True)
class Spot:
    """Where an element came to stand.

    ``page`` counts from 0 in its chapter; ``top`` is in millimetres from the page's top.
    """

    page: int
    top: float


@dataclass(frozen=True)
class Pages:
    """The laid-out pages of one chapter, and where its anchors stand."""

    pages: tuple[weasyprint.document.Page, ...]
    anchors: Mapping[str, Spot]
    document: weasyprint.Document
    faults: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pages)

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
        self.missed: list[str] = []
        self.families: set[str] = set()

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the file at ``url``. Raises ``ValueError`` for anything but our own files."""
        path = self._path(url) if url.startswith(BASE) else None
        if path is None or not path.is_file():
            name = url.removeprefix(BASE)
            self.missed.append(name if len(name) < 80 else f"{name[:80]}…")
            raise ValueError(f"not a file of the kit: {name[:80]}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = path.read_bytes()
        if kind == "text/css":
            self.families |= _families(content.decode(errors="replace"))
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _path(self, url: str) -> Path | None:
        name = PurePosixPath(unquote(urlsplit(url).path.lstrip("/")))
        if name.parts[:1] == ("styles",):
            return self.theme.style(PurePosixPath(*name.parts[1:]))
        return inside(self.theme.kit, name)


def _families(css: str) -> set[str]:
    """Return the font families that a style sheet brings."""
    faces = re.findall(r"@font-face\s*\{([^}]*)\}", css)
    named = (re.search(r"font-family\s*:\s*[\"']?([^;\"']+)", face) for face in faces)
    return {match[1].strip() for match in named if match}


class _Faults(logging.Handler):
    """Gathers what WeasyPrint only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def _faults() -> Iterator[list[str]]:
    handler = _Faults()
    LOGGER.addHandler(handler)
    before = LOGGER.propagate
    LOGGER.propagate = False
    try:
        yield handler.found
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = before


class Typesetter:
    """Lays out the chapters of one kit: its fonts and styles are read once."""

    def __init__(self, theme: Theme) -> None:
        self.fetcher = Fetcher(theme)
        self.fonts = FontConfiguration()
        with _faults() as found:
            self.style = weasyprint.CSS(
                url=BASE + MAIN_STYLE, url_fetcher=self.fetcher, font_config=self.fonts
            )
        self.style_faults = tuple(found)

    def lay_out(self, html: str, folio: int) -> Pages:
        """Return the pages of a chapter whose first page bears the number ``folio``."""
        first = weasyprint.CSS(
            string=FIRST_FOLIO.format(folio=folio),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )
        with _faults() as found:
            document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=self.fetcher).render(
                font_config=self.fonts, stylesheets=[self.style, first]
            )
        anchors = {
            name: Spot(number, point[1] / MILLIMETRE)
            for number, page in reversed(list(enumerate(document.pages)))
            for name, point in page.anchors.items()
        }
        return Pages(tuple(document.pages), anchors, document, tuple(found))


@dataclass(frozen=True)
class Pdf:
    """A finished PDF, the font families in it, and what the typesetter said of it."""

    content: bytes
    families: frozenset[str]
    faults: tuple[str, ...]


def write_pdf(chapters: Sequence[Pages]) -> Pdf:
    """Return one tagged PDF of all pages; its metadata are those of the first chapter."""
    pages = [page for chapter in chapters for page in chapter.pages]
    with _faults() as found:
        document = chapters[0].document.copy(pages)
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    families = frozenset(font.family for font in document.fonts.values())
    return Pdf(content, families, tuple(found))
