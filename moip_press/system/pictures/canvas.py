"""Pictures that we make: a logo with room around it, the card that stands for a shared site."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from moip_press.system.enforcement import held
from moip_press.system.limits import PICTURE

MARGIN = 8  # of these make the longer side of the logo
PANEL = 2  # of these make the margin: so far a panel goes beyond the logo


def mounted_size(size: tuple[int, int]) -> tuple[int, int]:
    """Return the pixels of a logo of so many, with the room around it."""
    margin = max(size) // MARGIN
    return size[0] + 2 * margin, size[1] + 2 * margin


def mounted(content: bytes, ground: str | None = None, panel: str | None = None) -> bytes:
    """Return a picture that was made for pages as PNG.

    With a ground, it stands on that colour; with a panel, on a field of another one within it, as a
    logo that is made for other grounds. Raises ``Broken`` and ``OverLimit``.
    """
    return held(PICTURE.held, _mounted, content, ground, panel)


def _mounted(content: bytes, ground: str | None, panel: str | None) -> bytes:
    with Image.open(io.BytesIO(content)) as opened:
        logo = opened.convert("RGBA")
    if ground:
        canvas = Image.new("RGBA", mounted_size(logo.size), ground)
        margin = (canvas.width - logo.width) // 2
        if panel:
            edge = margin // PANEL
            corner = (canvas.width - edge - 1, canvas.height - edge - 1)
            ImageDraw.Draw(canvas).rectangle(((edge, edge), corner), fill=panel)
        canvas.alpha_composite(logo, (margin, margin))
        logo = canvas.convert("RGB")
    file = io.BytesIO()
    logo.save(file, "PNG", optimize=True)
    return file.getvalue()


SIZE = (1200, 630)  # pixels, as Open Graph asks
EDGE = 80
LEADING = 1.08
LARGEST, SMALLEST, STEP = 96, 44, 4  # pixels: sizes of the title
MOST_LINES = 4
DOT, GAP = 34, 14
BELOW = 120  # pixels at the foot, for the dots


@dataclass(frozen=True)
class Card:
    """The words of a card and its colours: ``dots`` are the colours of a row at its foot."""

    kicker: str
    title: str
    foot: str
    ground: str
    mark: str
    dots: Sequence[str]


def drawn_card(card: Card, black: Path, semibold: Path) -> bytes:
    """Return the card as PNG. Raises ``OSError`` where a font cannot be read."""
    image = Image.new("RGB", SIZE, card.ground)
    draw = ImageDraw.Draw(image)
    small = ImageFont.truetype(str(semibold), 34)
    size, lines = _fitting(draw, card.title, black)
    title = ImageFont.truetype(str(black), size)
    top = EDGE
    draw.text((EDGE, top), card.kicker, card.mark, small)
    top += 64
    for line in lines:
        draw.text((EDGE, top), line, "#ffffff", title)
        top += round(size * LEADING)
    draw.text((EDGE, top + 24), card.foot, "#ffffff", small)
    for number, colour in enumerate(card.dots):
        left = EDGE + number * (DOT + GAP)
        bottom = SIZE[1] - EDGE
        draw.ellipse((left, bottom - DOT, left + DOT, bottom), fill=colour)
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitting(draw: ImageDraw.ImageDraw, title: str, font: Path) -> tuple[int, list[str]]:
    """Return the largest size of a title at which it has room, and its lines."""
    lines: list[str] = []
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        lines = _lines(draw, title, ImageFont.truetype(str(font), size))
        high = len(lines) * size * LEADING
        if len(lines) <= MOST_LINES and high < SIZE[1] - 2 * EDGE - BELOW - 64:
            return size, lines
    return SMALLEST, lines[:MOST_LINES]


def _lines(draw: ImageDraw.ImageDraw, words: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Return a text in lines that have room on the card."""
    lines: list[str] = []
    for word in words.split(" "):
        tried = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(tried, font) <= SIZE[0] - 2 * EDGE:
            lines[-1] = tried
        else:
            lines.append(word)
    return lines
