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
from moip_press.system.files import inside
from moip_press.system.limits import PICTURE
from moip_press.system.pictures import Refusal, refusal

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
    """Opens the files of one kit and its theme.

    It remembers what it gave and missed, and the font families that the styles bring. ``instead``
    is what some files are taken to hold.
    """

    def __init__(self, theme: Theme, instead: Mapping[Path, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self.theme = theme
        self._instead = instead or {}
        self.sheets_left = MOST_SHEETS
        self.missed: list[Missed] = []
        self.families: set[str] = set()
        self.sheets: list[str] = []
        self.given: list[Given] = []
        self._digests: dict[str, str] = {}

    def refresh(self) -> None:
        """Look at the files anew: somebody may have changed them since."""
        self._digests.clear()
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

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the file at ``url``, or the picture in it.

        Raises ``ValueError`` for anything but our own files and sound pictures.
        """
        if url.startswith("data:image/"):
            return URLFetcherResponse(url, self._sound(url[:40], _within(url)), headers)
        path = self.path(url) if url.startswith(BASE) else None
        name = unquote(url.removeprefix(BASE))
        if path is None or not path.is_file():
            self.given.append((url, OUTSIDE if path is None else MISSING))
            raise self._miss(name, outside=path is None)
        if path.stat().st_size > PICTURE.bytes:
            self.given.append((url, LARGE))
            raise self._miss(name, refused=Refusal("bytes"))
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = self._instead[path] if path in self._instead else path.read_bytes()
        self.given.append((url, hashlib.sha256(content).hexdigest()))
        content = self._sound(name, content)
        if kind == "text/css":
            self.sheets_left -= 1
            if self.sheets_left < 0:
                raise RecursionError  # sheets that import one another many times
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

    def path(self, url: str) -> Path | None:
        """Return the file at an address below ours; ``None`` where it leads out of the kit."""
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
