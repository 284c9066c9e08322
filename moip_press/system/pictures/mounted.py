"""A logo as PNG: alone, or with room around it on a ground, as others set it."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

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
