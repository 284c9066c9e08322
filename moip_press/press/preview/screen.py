"""The pages of a kit as pictures for a screen, those that changed. The only user of pypdfium2."""

from __future__ import annotations

import io
from dataclasses import dataclass

from moip_press.press.layout import Layout

SCALE = 96 / 72
"""Pixels to a point: those of a screen."""


@dataclass(frozen=True)
class Shown:
    """A page as a picture: its number, and the PNG."""

    number: int
    content: bytes


class Screen:
    """What a screen shows of one kit, as it is laid out again and again."""

    def __init__(self, scale: float = SCALE) -> None:
        self._scale = scale
        self._shown: list[str] = []

    def changed(self, layout: Layout) -> tuple[Shown, ...]:
        """Return the pages that look otherwise than they did the last time at their place.

        Raises ``typeset.Unlaid`` and ``limits.OverLimit``.
        """
        before, self._shown = self._shown, layout.looks()
        new = [
            place
            for place, look in enumerate(self._shown)
            if place >= len(before) or before[place] != look
        ]
        if not new:
            return ()
        pictures = _pictures(layout.excerpted(new), self._scale)
        return tuple(
            Shown(place + 1, content) for place, content in zip(new, pictures, strict=True)
        )


def _pictures(pdf: bytes, scale: float) -> list[bytes]:
    import pypdfium2  # noqa: PLC0415 -- slow, and only a screen needs it

    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            stream = io.BytesIO()
            page.render(scale=scale).to_pil().save(stream, "PNG", compress_level=1)
            found.append(stream.getvalue())
    return found
