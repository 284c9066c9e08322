"""Pictures: read, judged, and made into what a page needs.

Nothing else decodes a picture of a kit. `intake.py` is the way in; `photographs.py` makes those of
pixels, `drawings.py` those in SVG.
"""

from moip_press.system.pictures.drawings import asks_for_others
from moip_press.system.pictures.drawn_pixels import readable
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.outcome import JPEG, PNG, SVG, Lost, Made, Refusal, Why
from moip_press.system.pictures.photographs import WHOLE, Window, pixels_of, reduced

__all__ = [
    "JPEG",
    "PNG",
    "SVG",
    "WHOLE",
    "Intake",
    "Lost",
    "Made",
    "Refusal",
    "Why",
    "Window",
    "asks_for_others",
    "pixels_of",
    "readable",
    "reduced",
]
