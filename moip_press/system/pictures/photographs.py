"""Pictures of pixels: opened, judged, and made into JPEG or PNG in sRGB, upright, without notes.

The only user of Pillow and pi-heif. What already is what a page takes keeps its very bytes. A
JPEG loses what is noted beside its picture: where it was taken, by whom, a preview.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor
from typing import Literal, cast

from PIL import Image, ImageChops, ImageFile

from moip_press.system.enforcement import Broken, apart, foreign, held
from moip_press.system.limits import PICTURE
from moip_press.system.pictures import colour_profiles
from moip_press.system.pictures.camera import BOXES, ORIENTATION, bare
from moip_press.system.pictures.made_pictures import JPEG, PNG, Kind, Lost, Made, Unfit

FORMATS = ("PNG", "JPEG", "MPO", "GIF", "WEBP", "TIFF", "BMP", "HEIF", "AVIF", "JPEG2000")
BY_CAMERAS = ("JPEG", "MPO", "HEIF", "AVIF")
BEGINNINGS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
END_OF_PNG = b"IEND\xaeB`\x82"
SCAN = b"\xff\xda"  # begins a scan of a JPEG; these bytes never occur within its data
USUAL_SCANS = 20
MOST_SCANNED = 1_000_000_000  # pixels of all scans together: Pillow cannot be interrupted meanwhile
DRAFT = 8  # how many times smaller a JPEG is decoded to see whether it is complete
SUBFILE, PREVIEW = 254, 1  # the tag of a TIFF that says what a further picture in it is
TURNS: Mapping[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
AS_THEY_ARE = ("1", "L", "LA", "P", "RGB", "RGBA")  # modes of a PNG that pages take
SIXTEEN_BITS = 257  # of these make one of eight
# of a JPEG for one place, and of one that may be reduced yet; at 300 dots an inch no eye tells the
# first from the original
QUALITY, FIRST_QUALITY = 80, 95
WEBP = 75  # of its quality: as near to the picture as a JPEG of 80, and smaller
Window = tuple[float, float, float, float]
WHOLE: Window = (0.0, 0.0, 1.0, 1.0)
EDGE = 4  # pixels that colours go on beyond their edge
DRAWN_COLOURS = 4096  # a photograph has more
LOOKED_AT = (96, 96)  # pixels: enough to see whether there is anything to be seen
SEEN = 40  # of 255: the difference of two colours that is seen at once
TRACES = 0.03  # of what is there


def made(content: bytes) -> Made:
    """Return a picture as a page takes it. Raises ``Unfit``, ``Broken`` and ``OverLimit``."""
    if len(content) > PICTURE.bytes:
        raise Unfit("bytes")
    # libheif and libavif cannot be interrupted
    work = apart if content[4:8] == BOXES else held
    return work(PICTURE.held, _made, content)


def _made(content: bytes) -> Made:
    with _opened(content) as image, foreign("Pillow"):
        _judge(image, content)
        notes = _notes(image)
        # Pillow turns a TIFF itself when it decodes it
        turn = None if image.format == "TIFF" else TURNS.get(notes.get(ORIENTATION))
        transform = colour_profiles.to_srgb(image, notes)
        lost = tuple(_lost(image))
        if turn is None and transform is None:
            if image.format == "PNG" and image.mode in AS_THEY_ARE:
                _load(image)
                return Made(PNG, content, image.size, lost)
            if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB"):
                alone = bare(content)
                if alone is not None and alone.common:
                    size = image.size
                    image.draft(None, (size[0] // DRAFT, size[1] // DRAFT))
                    _load(image)
                    return Made(JPEG, alone.content, size, lost)
        by_camera = image.format in BY_CAMERAS
        _load(image)
        plain = _in_srgb(image, transform)
        upright = plain if turn is None else plain.transpose(turn)
        return Made(*_encoded(upright, by_camera=by_camera), upright.size, lost)


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    if content[4:8] == BOXES:
        import pi_heif  # noqa: PLC0415 -- in a child process only, and seldom

        pi_heif.register_heif_opener()
    try:
        with warnings.catch_warnings(), foreign("Pillow"):
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content))
    except Broken as broken:
        bomb = isinstance(broken.__cause__, Image.DecompressionBombError)
        cut = content.startswith(BEGINNINGS) or content[4:8] == BOXES
        raise Unfit("pixels" if bomb else "damaged" if cut else "unreadable") from broken
    with image:
        yield image


def _judge(image: Image.Image, content: bytes) -> None:
    """Look at what can be told before a picture is decoded. Raises ``Unfit``."""
    width, height = image.size
    if image.format not in FORMATS:
        raise Unfit("kind")
    if width * height > PICTURE.items:
        raise Unfit("pixels")
    if image.format in ("JPEG", "MPO"):
        scans = content.count(SCAN)
        if scans > USUAL_SCANS and scans * width * height > MOST_SCANNED:
            raise Unfit("costly")
    if not _has_end(image.format, content):
        raise Unfit("damaged")


def _has_end(form: str | None, content: bytes) -> bool:
    """Tell whether a file is as long as it says; decoders are content with less."""
    if form in ("JPEG", "MPO"):
        return bare(content) is not None
    if form == "PNG":
        return END_OF_PNG in content
    if form == "WEBP":
        return len(content) >= int.from_bytes(content[4:8], "little") + 8
    if content[4:8] == BOXES:
        return _boxes_end(content)
    return True


def _boxes_end(content: bytes) -> bool:
    place = 0
    while place + 8 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        if size == 1:
            size = int.from_bytes(content[place + 8 : place + 16], "big")
        if size == 0:  # to the end of the file
            return True
        if size < 8:
            return False
        place += size
    return place == len(content)


def _notes(image: Image.Image) -> Image.Exif:
    """Return what a camera noted of a picture; nothing where that cannot be read."""
    try:
        with foreign("Pillow"):
            return image.getexif()
    except Broken:
        return Image.Exif()


def _load(image: Image.Image) -> None:
    """Decode a picture. Raises ``Unfit`` where a part of it is missing."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint has Pillow decode damaged files
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        with warnings.catch_warnings(), foreign("Pillow"):
            warnings.simplefilter("ignore")
            image.load()
    except Broken as broken:
        if broken.why == "memory":
            raise
        raise Unfit("damaged") from broken
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _lost(image: Image.Image) -> Iterator[tuple[Lost, str]]:
    """Yield what of a picture is not printed: all but the first of its frames or pages."""
    if image.format in ("MPO", "HEIF") or not getattr(image, "is_animated", False):
        return
    if image.format != "TIFF":
        yield "frames", ""
        return
    image.seek(1)
    is_preview = int(image.tag_v2.get(SUBFILE, 0)) & PREVIEW  # type: ignore[attr-defined]
    image.seek(0)
    if not is_preview:
        yield "pages", ""


def _in_srgb(image: Image.Image, transform: colour_profiles.Transform | None) -> Image.Image:
    """Return a decoded picture in sRGB, in mode L, LA, RGB or RGBA."""
    image = _of_eight_bits(image)
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    mode = colour_profiles.opaque(image.mode)
    bare_colours = image.convert(mode) if alpha is not None else image
    if mode == "CMYK" and image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        bare_colours = ImageChops.invert(bare_colours)  # Pillow takes all for Adobe's, inverted
    if transform is not None:
        bare_colours = transform.apply(bare_colours)
    bare_colours = bare_colours.convert("L" if mode == "L" else "RGB")
    if alpha is not None and alpha.getextrema() != (255, 255):
        bare_colours.putalpha(alpha)
    return bare_colours


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of any mode in one of eight bits a colour, with or without alpha."""
    clear = image.info.get("transparency")
    if image.mode.startswith("I") or image.mode == "F":
        image = _scaled(image)
        if isinstance(clear, int):
            grey = clear // SIXTEEN_BITS
            alpha = image.point([0 if value == grey else 255 for value in range(256)])
            image.putalpha(alpha)
        return image
    if image.mode in ("P", "PA") or clear is not None:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGB") if image.mode in ("YCbCr", "HSV", "RGBX") else image


def _scaled(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits or more in 8."""
    most = max(cast("tuple[float, float]", image.getextrema()))
    if image.mode == "F":
        scale = 255.0 if most <= 1 else 1.0 if most <= 255 else 1 / SIXTEEN_BITS
    else:
        scale = 1 / SIXTEEN_BITS if most <= 0xFFFF else 1 / (SIXTEEN_BITS << 16)
    whole = image if image.mode == "F" else image.convert("I")
    return whole.point(lambda value: value * scale + 0).convert("L")


def _encoded(
    image: Image.Image,
    *,
    by_camera: bool,
    quality: int = FIRST_QUALITY,
    progressive: bool = True,
) -> tuple[Kind, bytes]:
    """Return a picture as a file: as JPEG what is a photograph and has no alpha, else as PNG.

    A JPEG that is not ``progressive`` takes half the time, and is hardly larger.
    """
    image.info = {}  # notes, profiles: Pillow would write them
    file = io.BytesIO()
    if image.mode in ("LA", "RGBA") or not (by_camera or _is_photograph(image)):
        _with_edges(image).save(file, "PNG")
        return PNG, file.getvalue()
    # cameras halve the colours anyhow; those of a drawing would bleed
    subsampling = 2 if by_camera else 0
    image.save(
        file,
        "JPEG",
        quality=quality,
        subsampling=subsampling,
        progressive=progressive,
        optimize=not progressive,
    )
    return JPEG, file.getvalue()


def _with_edges(image: Image.Image) -> Image.Image:
    """Return a picture whose colours go on a little where nothing is seen of them.

    Readers of PDF make colours and alpha smaller apart: black beyond an edge would darken it.
    """
    if image.mode != "RGBA":
        return image
    alpha = image.getchannel("A")
    near = image.convert("RGBa").reduce(EDGE).resize(image.size, Image.Resampling.BILINEAR)
    beyond = near.convert("RGBA").convert("RGB")
    beyond.paste(image.convert("RGB"), mask=alpha.point([0, *[255] * 255]))
    beyond.putalpha(alpha)
    return beyond


def edged(content: bytes) -> bytes:
    """Return a PNG with alpha as pages take it; see ``_with_edges``."""
    with Image.open(io.BytesIO(content)) as image:
        return _encoded(image, by_camera=False)[1]


def _is_photograph(image: Image.Image) -> bool:
    return image.mode == "RGB" and image.getcolors(DRAWN_COLOURS) is None


def reduced(
    content: bytes, width: int, height: int, window: Window = WHOLE, quality: int = QUALITY
) -> bytes:
    """Return a picture made for pages with fewer pixels; itself where that saves nothing.

    ``window`` is the part of it that is kept: left, top, right and bottom edge, each as a part of
    the whole. ``width`` and ``height`` are those of this part, ``quality`` that of a JPEG.
    """
    with Image.open(io.BytesIO(content)) as image:
        form = image.format
        small = _of_eight_bits(image).resize(
            (width, height),
            Image.Resampling.LANCZOS,
            box=pixels_of(window, image.size),
            reducing_gap=3,
        )
        _, smaller = _encoded(small, by_camera=form == "JPEG", quality=quality)
    cut = window != WHOLE
    return smaller if cut or form != "JPEG" or len(smaller) < len(content) else content


Forms = Literal["plain", "webp", "both"]


def for_screens(
    content: bytes, sizes: Sequence[tuple[int, int]], forms: Forms = "both"
) -> tuple[tuple[bytes, bytes], ...]:
    """Return a picture made for pages in so many pixels, the largest first: in its format, as WebP.

    Each is made of the one before: the file is decoded once. Of ``both`` forms, the largest alone
    is in its own format too, for who takes it; what is not wanted is empty.
    """
    made = []
    with Image.open(io.BytesIO(content)) as image:
        photograph, whole = image.format == "JPEG", image.size
        if photograph:
            image.draft("RGB", sizes[0])
        small: Image.Image = _of_eight_bits(image)
        for size in sizes:
            if size != small.size:
                small = small.resize(size, Image.Resampling.HAMMING, reducing_gap=1.2)
            file, plain = io.BytesIO(), b""
            if forms != "plain":
                lossless = not photograph
                # more effort takes a quarter more time, and saves a thirtieth of the bytes
                small.save(file, "WEBP", quality=WEBP, lossless=lossless, method=int(lossless))
            if forms == "webp":
                pass
            elif size == whole:
                plain = content
            elif forms == "plain" or size == sizes[0]:
                _, plain = _encoded(small, by_camera=photograph, quality=QUALITY, progressive=False)
            made.append((plain, file.getvalue()))
    return tuple(made)


def pixels_of(window: Window, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the whole pixels of a picture that a part of it touches: their edges."""
    left, top, right, bottom = window
    wide, high = size
    return floor(left * wide), floor(top * high), ceil(right * wide), ceil(bottom * high)


@dataclass(frozen=True)
class Ink:
    """What is seen of a picture on a ground: how wide and high, as parts of it.

    ``aspect`` is the width of what is seen by its height, ``share`` the part of that with ink.
    """

    wide: float
    high: float
    aspect: float
    share: float


def ink(content: bytes, ground: str) -> Ink | None:
    """Return what is seen of a picture on a ground of a colour; None where nothing is."""
    seen = _difference(content, ground)[0].point(lambda value: 255 if value >= SEEN else 0)
    box = seen.getbbox()
    if box is None:
        return None
    wide, high = box[2] - box[0], box[3] - box[1]
    share = seen.histogram()[255] / (wide * high)
    return Ink(wide / seen.width, high / seen.height, wide / high, share)


def shows(content: bytes, ground: str) -> bool:
    """Tell whether a picture that was made for pages differs from a ground of a colour.

    A few pixels do not count: they are the edges of what is white on white.
    """
    difference, small = _difference(content, ground)
    seen = sum(difference.histogram()[SEEN:])
    there = sum(small.getchannel("A").histogram()[SEEN:])
    return seen > there * TRACES


def _difference(content: bytes, ground: str) -> tuple[Image.Image, Image.Image]:
    """Return how strongly each pixel of a small copy differs from the ground, and the copy."""
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail(LOOKED_AT)
        small = image.convert("RGBA")
    alone = Image.new("RGBA", small.size, ground)
    alone.alpha_composite(small)
    difference = ImageChops.difference(alone, Image.new("RGBA", small.size, ground)).convert("RGB")
    strongest = ImageChops.lighter(*(difference.split()[:2]))
    return ImageChops.lighter(strongest, difference.split()[2]), small
