"""What becomes of a picture: what a page takes of it, or why it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "bytes", "pixels", "kind", "unreadable", "damaged", "costly", "script", "declares", "repeats"
]
"""Why a picture is refused: too many bytes or pixels, a format that is not printed, none at all,
cut short, slow to draw, a script, declarations in its document type, too many repeated elements.
What it would fetch is refused when it is fetched."""

Kind = Literal["image/jpeg", "image/png", "image/svg+xml"]
JPEG: Kind = "image/jpeg"
PNG: Kind = "image/png"
SVG: Kind = "image/svg+xml"

Lost = Literal["frames", "pages", "text", "variable", "effects"]
"""What of a picture is not printed: the frames of an animation but the first, the pages of a scan
but the first, text in HTML within an SVG, a variable of its styles that has no value, effects
around a file that it draws."""


@dataclass(frozen=True)
class Refusal:
    """Why a picture is refused, and in which line of it; 0 for the whole."""

    why: Why
    line: int = 0


@dataclass(frozen=True)
class Made:
    """A picture as a page takes it: a JPEG or PNG in sRGB without notes of the camera, or an SVG.

    ``size`` is its width and height in pixels, 0 for an SVG. ``vectors`` tells whether WeasyPrint
    draws an SVG right: else it is drawn as pixels. ``fonts`` are the families that its texts ask
    for, in the order of each text.
    """

    kind: Kind
    content: bytes
    size: tuple[int, int] = (0, 0)
    lost: tuple[tuple[Lost, str], ...] = ()
    vectors: bool = True
    fonts: tuple[tuple[str, ...], ...] = ()


class Unfit(Exception):
    """A picture is refused."""

    def __init__(self, why: Why, line: int = 0) -> None:
        super().__init__(why, line)
        self.refusal = Refusal(why, line)
