"""Drawings as pixels, by resvg: all of SVG that WeasyPrint does not draw right. Its only user.

resvg reads files that a drawing names, wherever they lie: it is given none that names one. It
cannot be interrupted, so it works in a child process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from moip_press.system.enforcement import apart, foreign
from moip_press.system.fonts import family
from moip_press.system.limits import DRAWING
from moip_press.system.pictures.photographs import edged

FONTS = (".ttf", ".otf")
MOST_PIXELS = 25_000_000  # of one picture: an A4 sheet at 500 dots an inch
DOTS = 96.0  # an inch, of a drawing's own lengths


def readable(fonts: Iterable[Path]) -> tuple[Path, ...]:
    """Return the font files that texts in drawings can be set in."""
    return tuple(path for path in fonts if path.suffix.lower() in FONTS)


def drawn(content: bytes, size: tuple[float, float], fonts: Sequence[Path]) -> bytes:
    """Return a PNG, with alpha, of an SVG as large as fits into so many pixels.

    ``fonts`` are files, the first for texts that ask for none of them. Raises ``Broken`` and
    ``OverLimit``.
    """
    width, height = (max(1.0, side) for side in size)
    smaller = min(1.0, (MOST_PIXELS / (width * height)) ** 0.5)
    pixels = (max(1, round(width * smaller)), max(1, round(height * smaller)))
    last = family(fonts[0]) if fonts else None
    return apart(DRAWING.held, _drawn, content, pixels, tuple(map(str, fonts)), last)


def _drawn(content: bytes, size: tuple[int, int], fonts: Iterable[str], last: str | None) -> bytes:
    import resvg_py  # noqa: PLC0415 -- in the child process only

    with foreign("resvg", ValueError):
        png = resvg_py.svg_to_bytes(
            svg_string=content.decode(),
            skip_system_fonts=True,
            width=size[0],
            height=size[1],
            dpi=DOTS,
            font_files=list(fonts),
            font_family=last,
            serif_family=last,
            sans_serif_family=last,
            cursive_family=last,
            fantasy_family=last,
            monospace_family=last,
        )
    return edged(png)
