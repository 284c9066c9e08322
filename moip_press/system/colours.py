"""Colours: how well one stands out from another, and the nearest that does.

The only user of coloraide, which is loaded where a kit has colours of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coloraide import Color

SMALL = 4.5
"""The least contrast of text: WCAG 2.2, criterion 1.4.3."""
STEPS = 250  # of lightness, from black to white


@cache
def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours (``#rrggbb``), from 1 to 21, as WCAG 2.2 defines it."""
    return _color(one).contrast(other, method="wcag21")


def stands_out(colour: str, grounds: Sequence[str], least: float = SMALL) -> bool:
    """Return whether a colour has enough contrast with each of these."""
    return all(contrast(colour, ground) >= least for ground in grounds)


@cache
def nearest(colour: str, grounds: tuple[str, ...], least: float = SMALL) -> str | None:
    """Return the colour of the same hue that stands out from all grounds, as little changed as can.

    Itself where it does; ``None`` where no lightness of it does.
    """
    if stands_out(colour, grounds, least):
        return colour
    lightness = _color(colour).convert("oklch")["lightness"]
    for step in range(1, STEPS + 1):
        for other in (lightness - step / STEPS, lightness + step / STEPS):
            made = shade(colour, min(max(other, 0.0), 1.0))
            if stands_out(made, grounds, least):
                return made
    return None


def shade(colour: str, lightness: float, chroma: float | None = None) -> str:
    """Return a colour with another lightness (0 to 1), and no more chroma than is given."""
    made = _color(colour).convert("oklch")
    made["lightness"] = lightness
    if chroma is not None:
        made["chroma"] = min(made["chroma"], chroma)
    return made.convert("srgb").fit().to_string(hex=True)


def _color(colour: str) -> Color:
    from coloraide import Color  # noqa: PLC0415 -- few kits ask

    return Color(colour)
