"""What is kept of a camera's notes: how its picture is to be shown, and when it was taken."""

from __future__ import annotations

import datetime
import io
import warnings
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image
from PIL.ExifTags import IFD, Base

from moip_press.system.enforcement import Broken, foreign
from moip_press.system.pictures.colour_profiles import ADOBE_RGB, WHICH
from moip_press.system.pictures.photographs import BOXES, ORIENTATION

UPRIGHT, UNCALIBRATED, INCH = 1, 0xFFFF, 2
MOMENT = "%Y:%m:%d %H:%M:%S"


@dataclass(frozen=True)
class Camera:
    """How a camera was held, from 1 to 8; whether its colours are Adobe RGB; when it was used.

    ``dots`` are those across and down, and the number of their unit: so it is placed on pages.
    """

    orientation: int = UPRIGHT
    is_adobe_rgb: bool = False
    dots: tuple[float, float, int] | None = None
    taken: datetime.datetime | None = None


def camera_of(content: bytes) -> Camera:
    """Return what is kept of the notes in a picture that was taken in; as usual where none are."""
    if content[4:8] == BOXES:  # it is made anew, and its notes are read in a child process only
        return Camera()
    try:
        with warnings.catch_warnings(), foreign("Pillow"):
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as image:
                notes = image.getexif()
                own = notes.get_ifd(IFD.Exif)
                interoperability = notes.get_ifd(IFD.Interop)
                turn = notes.get(ORIENTATION)
    except Broken:
        return Camera()
    return Camera(
        turn if isinstance(turn, int) and 1 <= turn <= 8 else UPRIGHT,
        interoperability.get(WHICH) == ADOBE_RGB,
        _dots(notes),
        _moment(own.get(Base.DateTimeOriginal)),
    )


def _dots(notes: Image.Exif) -> tuple[float, float, int] | None:
    try:
        across, down = (float(notes[tag]) for tag in (Base.XResolution, Base.YResolution))
        unit = int(notes.get(Base.ResolutionUnit, INCH))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down, unit) if across > 0 < down else None


def _moment(words: object) -> datetime.datetime | None:
    with suppress(ValueError):
        return datetime.datetime.strptime(str(words).strip("\0 "), MOMENT)  # noqa: DTZ007 -- EXIF
    return None


def exif_of(camera: Camera) -> bytes:
    """Return EXIF with nothing but how a picture is to be shown; empty where that is as usual."""
    notes = Image.Exif()
    if camera.orientation != UPRIGHT:
        notes[ORIENTATION] = camera.orientation
    if camera.dots:
        notes[Base.XResolution], notes[Base.YResolution], notes[Base.ResolutionUnit] = camera.dots
    if camera.is_adobe_rgb:
        notes[IFD.Exif] = {
            Base.ColorSpace: UNCALIBRATED,
            IFD.Interop: {WHICH: ADOBE_RGB},
        }
    return notes.tobytes().removeprefix(b"Exif\0\0") if len(notes) else b""
