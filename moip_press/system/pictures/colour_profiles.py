"""The colours of a picture, as sRGB: what the profile in it says of them, else what is usual.

littleCMS comes with Pillow. Where a picture in CMYK says nothing of its inks, those of offset print
on coated paper are taken; a camera that notes Adobe RGB by the name of its file rules (DCF) alone
is believed.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageCms

PROFILES = Path(__file__).with_name("profiles")
SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK", "LAB": "Lab"}
INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
BLACK = ImageCms.Flags.BLACKPOINTCOMPENSATION
UNSEEN = 3  # of 255: what a profile may change without being seen
STEPS = (0, 32, 64, 128, 192, 255)
INTEROPERABILITY, WHICH, ADOBE_RGB = 0xA005, 1, "R03"

Transform = ImageCms.ImageCmsTransform


def to_srgb(image: Image.Image, notes: Image.Exif) -> Transform | None:
    """Return what turns the colours of a picture into sRGB; None where they are, as far as seen.

    Of a picture with alpha, it turns the colours without it. ``notes`` are those of the camera.
    """
    mode = opaque(image.mode)
    profile = _own(image, mode) or _usual(mode, notes)
    if profile is None:
        return None
    try:
        transform = ImageCms.buildTransform(profile, _srgb(), mode, "RGB", INTENT, BLACK)
    except ImageCms.PyCMSError:
        return None
    return None if mode in ("L", "RGB") and _changes_nothing(transform, mode) else transform


def opaque(mode: str) -> str:
    """Return the mode of a picture's colours without its alpha."""
    return {"LA": "L", "La": "L", "RGBA": "RGB", "RGBa": "RGB", "RGBX": "RGB"}.get(mode, mode)


def _own(image: Image.Image, mode: str) -> ImageCms.ImageCmsProfile | None:
    """Return the profile in a picture, where it is sound and of this picture's colours."""
    content = image.info.get("icc_profile")
    if not content:
        return None
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(content))
    except OSError:
        return None
    return found if found.profile.xcolor_space.strip() == SPACES.get(mode) else None


def _usual(mode: str, notes: Image.Exif) -> ImageCms.ImageCmsProfile | None:
    if mode == "CMYK":
        return _bundled("cmyk.icc")
    if mode == "LAB":
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    is_adobe = mode == "RGB" and notes.get_ifd(INTEROPERABILITY).get(WHICH) == ADOBE_RGB
    return _bundled("adobe-rgb.icc") if is_adobe else None


@cache
def _bundled(name: str) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO((PROFILES / name).read_bytes()))


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _changes_nothing(transform: Transform, mode: str) -> bool:
    """Tell whether nobody would see what a transform does to colours."""
    colours = [(red, green, blue) for red in STEPS for green in STEPS for blue in STEPS]
    sample = Image.new("RGB", (len(colours), 1))
    sample.putdata(colours)
    given = sample.convert(mode)
    turned = transform.apply(given)
    difference = ImageChops.difference(turned, given.convert("RGB"))
    return not any(sum(channel.histogram()[UNSEEN + 1 :]) for channel in difference.split())
