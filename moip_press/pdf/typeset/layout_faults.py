"""What goes wrong while WeasyPrint works: what it logs or raises, and which style is to blame.

Sizes that are zero or endless, or nesting without end, make WeasyPrint and its libraries raise
all kinds of errors. Here they become one, ``Unlaid``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from moip_press.kit.folders import FONTS, Theme
from moip_press.pdf import engine
from moip_press.pdf.typeset.fetching import BASE, REFUSED, Fetcher, Missed
from moip_press.system.atomic import NO_SPACE
from moip_press.system.enforcement import OverLimit, enough, is_ours, limited
from moip_press.system.limits import Limits

Cause = Literal["deep", "size", "other"]
LEAST_MEMORY = 100_000_000  # bytes that fonts, threads and one chapter take
SIZES = ("NaN", "infinity", "does not fit", "too large", "out of range")
"""What errors say about numbers that are none, or that no page can hold."""
QUOTED = re.compile(r"""(['"])(.+)\1""")
PLACE = re.compile(r" at (\d+):(\d+)")

Fault = str | Missed
"""What WeasyPrint logged, or a file that it could not have."""


# --- logged -----------------------------------------------------------------------------------


@contextmanager
def listening(fetcher: Fetcher | None = None) -> Iterator[list[Fault]]:
    """Yield a list that holds at the end what WeasyPrint logged and what the fetcher missed."""
    found: list[Fault] = []
    before = len(fetcher.missed) if fetcher else 0
    with engine.logged() as said:
        yield found
    missed = fetcher.missed[before:] if fetcher else []
    fonts = any(fault.name.lower().endswith((*FONTS, ")")) for fault in missed)
    # what the fetcher refused is reported as missed, and so is a font
    found += [
        text for text in said if not (REFUSED in text or (fonts and text.startswith("Font-face")))
    ]
    found += missed


# --- raised -----------------------------------------------------------------------------------


class Unlaid(Exception):
    """Pages that cannot be made, and why.

    ``chapter`` counts from 0; ``style`` is the style sheet of the kit and the line that is to
    blame, where known; ``said`` is what the library says.
    """

    def __init__(self, cause: Cause, said: str = "", chapter: int = 0) -> None:
        super().__init__(cause, said)
        self.cause: Cause = cause
        self.said = said
        self.chapter = chapter
        self.style: tuple[Path, int] | None = None


@contextmanager
def breaking(chapter: int = 0) -> Iterator[None]:
    """Raise ``Unlaid`` where a library fails meanwhile.

    Our own errors pass unchanged, as does an ``OSError`` of a disk that is full.
    """
    try:
        yield
    except (Unlaid, MemoryError):
        raise
    except RecursionError:
        raise Unlaid("deep", chapter=chapter) from None
    except Exception as error:
        full = isinstance(error, OSError) and error.errno in NO_SPACE  # fonts are copied to a disk
        if full or is_ours(error):
            raise
        said = f"{type(error).__name__}: {error}"
        deep = isinstance(error, SyntaxError)  # of selectors, which become Python
        size = isinstance(error, ArithmeticError) or any(word in said for word in SIZES)
        cause: Cause = "deep" if deep else "size" if size else "other"
        raise Unlaid(cause, said, chapter) from error


@contextmanager
def guarded(limits: Limits) -> Iterator[None]:
    """Keep the limits meanwhile, and raise ``Unlaid`` where a library fails."""
    enough(LEAST_MEMORY)
    with limited(limits), breaking():
        yield


def broken(lines: list[str], breaks: Callable[[str], bool]) -> int:
    """Return the number of the line, from 1, up to which a style sheet breaks."""
    sound, bad = 0, len(lines)
    while bad - sound > 1:
        middle = (sound + bad) // 2
        if breaks("\n".join(lines[:middle])):
            bad = middle
        else:
            sound = middle
    return bad


def fails(limits: Limits, work: Callable[[], object]) -> bool:
    """Tell whether some work cannot be done."""
    try:
        with guarded(limits):
            work()
    except (Unlaid, OverLimit):
        return True
    return False


# --- in the kit's own styles --------------------------------------------------------------------


@dataclass(frozen=True)
class StyleFault:
    """A statement in a style sheet of the kit that has no effect, and its place."""

    file: Path
    line: int
    column: int
    text: str


class _Alone(URLFetcher):  # type: ignore[misc]
    """Gives an empty style sheet for each import."""

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
    """Yield the faults in the kit's own style sheets, each with WeasyPrint's message.

    Each sheet is read alone, since the message does not name it. Raises ``Unlaid``.
    """
    for path in own_files(theme):
        css = path.read_text(encoding="utf-8-sig", errors="replace")
        with listening() as found:
            _read(path, css)
        for said in map(str, found):
            if place := _place(css, said):
                yield StyleFault(path, *place, _statement(css, *place)), said


def _read(path: Path, css: str) -> None:
    """Read a style sheet. Raises ``Unlaid`` with the line where it breaks."""

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
    """Return the line and column of a fault: those in the message, or of what it quotes."""
    if place := PLACE.search(said):
        return int(place[1]), int(place[2])
    quoted = QUOTED.search(said)
    start = css.find(quoted[2].strip()) if quoted else -1
    if start < 0:
        return None
    before = css[:start].split("\n")
    return len(before), len(before[-1]) + 1


def _statement(css: str, line: int, column: int) -> str:
    """Return the text from a place in a style sheet to the end of its statement or line."""
    rest = css.split("\n")[line - 1 : line] or [""]
    text = rest[0][column - 1 :]
    return (re.match(r"[^;{}]*", text) or [""])[0].strip() or text.strip()
