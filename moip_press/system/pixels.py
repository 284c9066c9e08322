"""How many pixels a picture has, as it is printed. With ``pictures`` the only user of Pillow."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from moip_press.system.limits import PICTURE, Broken, foreign

ORIENTATION = 0x0112  # the EXIF tag that says how a camera was held
TURNED = (5, 6, 7, 8)


def size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of a picture as it is printed; None where it cannot be read."""
    from PIL import Image  # noqa: PLC0415 -- slow, and many kits have no picture

    try:
        with warnings.catch_warnings(), foreign("Pillow"), path.open("rb") as file:
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(file.read(PICTURE.bytes))) as picture:
                width, height = picture.size
                turned = picture.getexif().get(ORIENTATION) in TURNED
    except (OSError, Broken):
        return None
    return (height, width) if turned else (width, height)
