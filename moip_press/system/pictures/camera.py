"""What cameras note in a picture's file: what is kept of it, and a JPEG without the rest."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image
from PIL.ExifTags import IFD, Base

from moip_press.system.enforcement import Broken, foreign
from moip_press.system.pictures.colour_profiles import ADOBE_RGB, WHICH

ORIENTATION = 0x0112  # the EXIF tag that says how a camera was held
BOXES = b"ftyp"  # at the fifth byte: a file of boxes, as HEIC and AVIF are
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


START, SCAN, END = b"\xff\xd8", b"\xff\xda", b"\xff\xd9"
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""What follows the data of a scan: within them these bytes never occur."""
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
NOTES = frozenset({*range(0xE0, 0xF0), 0xFE})
COLOURS = (b"JFIF\0", b"Adobe")
"""The notes that tell how to read colours."""
PROFILE = b"ICC_PROFILE\0"
JFIF_HEAD = 14
"""Bytes of JFIF's note before the preview that it may hold: its name, version and dots an inch."""
CODINGS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
KNOWN = frozenset({0xC0, 0xC1, 0xC2})
"""The codings that each reader of PDF knows: baseline, extended, progressive."""


class Bare(NamedTuple):
    """A JPEG without notes, and whether each reader of PDF can decode it."""

    content: bytes
    common: bool


def bare(content: bytes, kept: tuple[bytes, ...] = COLOURS) -> Bare | None:
    """Return a JPEG without notes and without what follows its picture; None where it has no end.

    ``kept`` are the notes that stay, by how they begin.

    Cameras put previews, a second picture, or a film behind the first.
    """
    parts, place, common = [START], len(START), True
    while 0 <= place < len(content) - 1:
        marker, body = content[place + 1], place + 2
        if content[place] != 0xFF or marker == 0xFF:
            place += 1  # padding
            continue
        if marker == END[1]:
            return Bare(b"".join((*parts, END)), common)
        next_one = body
        if marker not in WITHOUT_LENGTH:
            next_one += int.from_bytes(content[body : body + 2], "big")
        if marker == SCAN[1]:
            found = AFTER_SCAN.search(content, next_one)
            next_one = found.start() if found else len(content)
        if marker not in NOTES:
            parts.append(content[place:next_one])
        elif content.startswith(kept, body + 2):
            parts.append(_without_preview(content[place:next_one]))
        common = common and (marker in KNOWN or marker not in CODINGS)
        place = next_one
    return None


def _without_preview(note: bytes) -> bytes:
    """Return a note without the preview that JFIF's may hold: it may show what was cut away."""
    if not note.startswith(b"JFIF\0", 4) or len(note) <= JFIF_HEAD + 4:
        return note
    return note[:2] + (JFIF_HEAD + 2).to_bytes(2, "big") + note[4 : JFIF_HEAD + 2] + b"\0\0"
