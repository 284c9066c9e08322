"""The files that pages may use: those of one kit and its theme, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press.kit.folders import Theme
from moip_press.pdf.placed_pictures import Drawing, Photograph, image
from moip_press.system.enforcement import Broken, OverLimit, foreign
from moip_press.system.files import inside
from moip_press.system.limits import PICTURE
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Made, Refusal
from moip_press.system.pictures.photographs import Window

BASE = "https://kit.invalid/"
REFUSED = "not a file of the kit"
OUTSIDE, MISSING, LARGE = "outside", "missing", "large"
MOST_SHEETS = 300  # that one document may name, one imported twice counting twice
LOCAL = re.compile(r"\bsrc\s*:[^;}]*?\b(local\([^)]*\))", re.IGNORECASE)


Given = tuple[str, str]
"""The address of a file and its SHA-256, or why it was not given."""


@dataclass(frozen=True)
class Missed:
    """A file that a page, a style or a picture names and does not get.

    It is ``outside`` the kit, or a picture that is ``refused``, or it is not there.
    """

    name: str
    outside: bool
    refused: Refusal | None = None


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Opens the files of one kit and its theme, and has pictures made for pages.

    It remembers what it gave and missed, and the font families that the styles bring. ``instead``
    is what some files are taken to hold; ``dots`` are the most an inch that pictures print with.
    """

    def __init__(
        self,
        theme: Theme,
        intake: Intake,
        dots: int,
        instead: Mapping[Path, bytes] | None = None,
    ) -> None:
        super().__init__(allowed_protocols=())
        self.theme = theme
        self.dots = dots
        self._intake = intake
        self._instead = instead or {}
        self.sheets_left = MOST_SHEETS
        self.missed: list[Missed] = []
        self.families: set[str] = set()
        self.sheets: list[str] = []
        self.given: list[Given] = []
        self._digests: dict[str, str] = {}
        self._made: dict[str, Made | Refusal] = {}
        self._reduced: dict[tuple[object, ...], bytes] = {}

    def serves(self, theme: Theme, dots: int) -> bool:
        """Tell whether it opens the files of a theme, for pictures as fine as that."""
        return self.theme == theme and self.dots == dots

    def refresh(self) -> None:
        """Look at the files anew: somebody may have changed them since."""
        self._digests.clear()
        self._made.clear()
        self._reduced.clear()
        self.given.clear()
        self.missed.clear()

    def digest(self, url: str) -> str:
        """Return the SHA-256 of the file at an address, or why there is none."""
        if url not in self._digests:
            path = self.path(url) if url.startswith(BASE) else None
            if path is None or not path.is_file():
                self._digests[url] = OUTSIDE if path is None else MISSING
            elif path.stat().st_size > PICTURE.bytes:
                self._digests[url] = LARGE
            else:
                self._digests[url] = hashlib.sha256(path.read_bytes()).hexdigest()
        return self._digests[url]

    def gives(self, files: Iterable[Given]) -> bool:
        """Tell whether it would give the same files as before."""
        return all(self.digest(url) == digest for url, digest in files)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the file at ``url``, or the picture in it.

        Raises ``ValueError`` for anything but our own files and sound pictures.
        """
        kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
        if kind.startswith("image/"):
            made = self._picture(url)
            return URLFetcherResponse(url, made.content, {"Content-Type": made.kind})
        content = self._content(url)
        if kind == "text/css":
            self.sheets_left -= 1
            if self.sheets_left < 0:
                raise RecursionError  # sheets that import one another many times
            css = content.decode(errors="replace")
            self.sheets.append(css)
            self.families |= families_of(css)
            self.no_local_fonts(css)
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def picture(self, url: str, context: object) -> Photograph | Drawing:
        """Return the picture at ``url`` for the pages that are laid out in a context.

        Raises ``ValueError`` as ``fetch`` does.
        """
        made = self._picture(url)
        try:
            with foreign("WeasyPrint"):
                return image(made, url, self, context)
        except Broken as broken:
            raise ValueError(broken.why) from broken

    def pixels(self, drawing: Made, size: tuple[float, float]) -> bytes | None:
        """Return a PNG of an SVG, of so many pixels; None where that is too much."""
        try:
            return self._intake.pixels(drawing, size, self.theme.fonts().values())
        except (Broken, OverLimit):
            return None

    def reduced(self, content: bytes, size: tuple[int, int], window: Window) -> bytes:
        """Return a part of a picture with so many pixels: the same one, each time it is asked for.

        A picture stands in the dossier and in handouts.
        """
        key = hashlib.sha256(content).hexdigest(), size, window
        if key not in self._reduced:
            self._reduced[key] = self._intake.reduced(content, size, window)
        return self._reduced[key]

    def _picture(self, url: str) -> Made:
        """Return the picture at ``url``. Raises ``ValueError``."""
        content = self._content(url)
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self._made:
            self._made[digest] = self._intake.take(content)
        made = self._made[digest]
        if isinstance(made, Refusal):
            raise self._miss(_shown(url), refused=made)
        return made

    def _content(self, url: str) -> bytes:
        """Return the content of the file at ``url``, noted as given. Raises ``ValueError``."""
        if url.startswith("data:image/"):
            return _within(url)
        path = self.path(url) if url.startswith(BASE) else None
        if path is None or not path.is_file():
            self.given.append((url, OUTSIDE if path is None else MISSING))
            raise self._miss(_shown(url), outside=path is None)
        if path.stat().st_size > PICTURE.bytes:
            self.given.append((url, LARGE))
            raise self._miss(_shown(url), refused=Refusal("bytes"))
        content = self._instead[path] if path in self._instead else path.read_bytes()
        self.given.append((url, hashlib.sha256(content).hexdigest()))
        return content

    def no_local_fonts(self, css: str) -> None:
        """Note the fonts of this computer that a style asks for by name."""
        self.missed += [Missed(font, outside=True) for font in LOCAL.findall(css)]

    def _miss(
        self, name: str, *, outside: bool = False, refused: Refusal | None = None
    ) -> ValueError:
        """Note that a file is not given, and return what to raise."""
        self.missed.append(Missed(name, outside, refused))
        return ValueError(REFUSED)

    def path(self, url: str) -> Path | None:
        """Return the file at an address below ours; ``None`` where it leads out of the kit."""
        name = PurePosixPath(unquote(urlsplit(url).path.lstrip("/")))
        if name.parts[:1] == ("styles",):
            found = self.theme.style(PurePosixPath(*name.parts[1:]))
            return found or inside(self.theme.kit, name)
        return inside(self.theme.kit, name)


def _shown(url: str) -> str:
    """Return the name of a file as diagnostics have it."""
    name = url[:40] if url.startswith("data:") else unquote(url.removeprefix(BASE))
    return name if len(name) < 80 else f"{name[:80]}…"


def _within(url: str) -> bytes:
    """Return the bytes that a ``data:`` address holds; none where it is not well formed."""
    head, _, text = url.partition(",")
    if not head.endswith(";base64"):
        return unquote_to_bytes(text)
    try:
        return base64.b64decode(unquote_to_bytes(text), validate=False)
    except ValueError:
        return b""


def families_of(css: str) -> set[str]:
    """Return the font families that a style sheet brings."""
    faces = re.findall(r"@font-face\s*\{([^}]*)\}", css)
    named = (re.search(r"font-family\s*:\s*[\"']?([^;\"']+)", face) for face in faces)
    return {match[1].strip() for match in named if match}
