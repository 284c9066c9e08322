"""What has no effect in the style sheets of a kit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press.kit.folders import Theme
from moip_press.pdf.typeset.breaking import Unlaid, breaking, broken
from moip_press.pdf.typeset.fetching import BASE
from moip_press.pdf.typeset.listening import listening

QUOTED = re.compile(r"""(['"])(.+)\1""")
PLACE = re.compile(r" at (\d+):(\d+)")


@dataclass(frozen=True)
class StyleFault:
    """A place in a style sheet of the kit that has no effect, and what stands there."""

    file: Path
    line: int
    column: int
    text: str


class _Alone(URLFetcher):  # type: ignore[misc]
    """Gives an empty style sheet for each that another one imports."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return an empty style sheet."""
        return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})


def own_sheets(theme: Theme) -> tuple[tuple[Path, str], ...]:
    """Return the style sheets of a kit, used or not, each with its SHA-256."""
    return tuple((path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in own_files(theme))


def own_files(theme: Theme) -> Iterator[Path]:
    """Yield the style sheets of a kit, used or not."""
    for path in sorted(theme.styles()[0].rglob("*.css")):
        if theme.holds(path) and path.is_file():
            yield path


def style_faults(theme: Theme) -> Iterator[tuple[StyleFault, str]]:
    """Yield the faults in the kit's own style sheets, each with what WeasyPrint logs of it.

    Each sheet is read alone, since the log does not name it. Raises ``Unlaid``.
    """
    for path in own_files(theme):
        css = path.read_text(encoding="utf-8-sig", errors="replace")
        with listening() as found:
            _read(path, css)
        for said in map(str, found):
            if place := _place(css, said):
                yield StyleFault(path, *place, _statement(css, *place)), said


def _read(path: Path, css: str) -> None:
    """Read a style sheet. Raises ``Unlaid`` with its line where it cannot be read."""

    def read(text: str) -> None:
        with breaking():
            weasyprint.CSS(string=text, base_url=BASE, url_fetcher=_Alone())

    def breaks(text: str) -> bool:
        try:
            read(text)
        except Unlaid:
            return True
        return False

    try:
        read(css)
    except Unlaid as error:
        error.style = path, broken(css.split("\n"), breaks)
        raise


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
