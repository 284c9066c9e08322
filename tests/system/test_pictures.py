"""Any picture that a press officer has comes out as a page takes it, or is refused."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms

from moip_press.system.cache import Cache
from moip_press.system.enforcement import Broken
from moip_press.system.pictures import photographs
from moip_press.system.pictures.camera import bare
from moip_press.system.pictures.colour_profiles import PROFILES
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import JPEG, PNG, Made, Refusal, Unfit
from moip_press.system.pictures.photographs import reduced
from tests.system.taking import refusal, taken

SAMPLES = Path(__file__).parent / "pictures"
RED, BLUE, GREY = (200, 30, 40), (20, 60, 200), (128, 128, 128)
Colour = tuple[int, ...]


def squares(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A red picture whose upper left quarter is blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def opened(made: Made) -> Image.Image:
    image = Image.open(io.BytesIO(made.content))
    image.load()
    return image


def corners(image: Image.Image) -> tuple[Any, Any]:
    """The colours near the upper left and the lower right corner."""
    return image.getpixel((4, 4)), image.getpixel((image.width - 5, image.height - 5))


def is_near(found: Any, wanted: Colour, within: int = 6) -> bool:
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


def fades(image: Image.Image) -> bool:
    """Tell whether a picture is clear above, and is not below."""
    first, last = corners(image.getchannel("A"))
    return bool(first < 40 and last > 200)


def noted() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    return exif


# --- kinds -----------------------------------------------------------------------------------

KINDS: Mapping[str, Callable[[], bytes]] = {
    "jpeg": lambda: saved(squares(), "JPEG", quality=95),
    "progressive": lambda: saved(squares(), "JPEG", quality=95, progressive=True),
    "png": lambda: saved(squares(), "PNG"),
    "palette": lambda: saved(squares().quantize(16), "PNG"),
    "gif": lambda: saved(squares(), "GIF"),
    "webp": lambda: saved(squares(), "WEBP", lossless=True),
    "lossy-webp": lambda: saved(squares(), "WEBP", quality=95),
    "bmp": lambda: saved(squares(), "BMP"),
    "tiff": lambda: saved(squares(), "TIFF"),
    "tiff-lzw": lambda: saved(squares(), "TIFF", compression="tiff_lzw"),
    "tiff-jpeg": lambda: saved(squares(), "TIFF", compression="jpeg", quality=95),
    "jpeg2000": lambda: saved(squares(), "JPEG2000"),
    "avif": lambda: saved(squares(), "AVIF", quality=95),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_each_kind_has_its_colours(kind: str) -> None:
    made = taken(KINDS[kind]())
    image = opened(made)
    assert made.kind == (JPEG if image.format == "JPEG" else PNG)
    assert made.size == image.size == (96, 64)
    assert made.lost == ()
    first, last = corners(image.convert("RGB"))
    assert is_near(first, BLUE)
    assert is_near(last, RED)


def test_a_picture_of_a_phone_is_upright_and_in_its_colours() -> None:
    turned = opened(taken((SAMPLES / "turned.heic").read_bytes()))
    assert turned.size == (48, 64)
    assert is_near(turned.getpixel((40, 8)), BLUE)
    assert is_near(turned.getpixel((8, 8)), RED)
    assert "exif" not in turned.info
    wide = opened(taken((SAMPLES / "p3.heic").read_bytes()))
    assert is_near(corners(wide)[1], (218, 0, 27))
    clear = opened(taken((SAMPLES / "alpha.heic").read_bytes()))
    assert clear.mode == "RGBA"
    assert fades(clear)


def test_a_picture_with_a_second_one_behind_it_is_the_first(tmp_path: Path) -> None:
    squares().save(tmp_path / "a.mpo", "MPO", save_all=True, append_images=[squares("L")])
    content = (tmp_path / "a.mpo").read_bytes()
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "MPO"
    made = taken(content)
    assert made.content.count(b"\xff\xd8\xff") == 1
    assert made.content.endswith(b"\xff\xd9")
    assert (opened(made).format, made.lost) == ("JPEG", ())


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_the_first_image_is_printed_and_that_is_said(form: str) -> None:
    frames = [squares("L").convert("RGB")]
    made = taken(saved(squares(), form, save_all=True, append_images=frames, duration=90))
    assert made.lost == (("frames", ""),)
    assert is_near(corners(opened(made).convert("RGB"))[0], BLUE, 20)


def test_of_a_scan_of_several_pages_the_first_is_printed_and_that_is_said() -> None:
    pages = {"save_all": True, "append_images": [squares("L").convert("RGB")]}
    assert taken(saved(squares(), "TIFF", **pages)).lost == (("pages", ""),)
    small = squares(size=(24, 16))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    pages["append_images"] = [small]
    assert taken(saved(squares(), "TIFF", **pages)).lost == ()


@pytest.mark.parametrize("form", ["PPM", "PCX", "ICO", "TGA"])
def test_a_picture_of_another_kind_is_refused(form: str) -> None:
    assert refusal(saved(squares(), form)) in (Refusal("kind"), Refusal("unreadable"))
    assert refusal(b"%PDF-1.7\n") == Refusal("unreadable")
    assert refusal(b"") == Refusal("unreadable")


# --- untouched -------------------------------------------------------------------------------


def test_what_pages_take_keeps_its_very_bytes() -> None:
    for content in (KINDS["jpeg"](), KINDS["progressive"](), KINDS["png"](), KINDS["palette"]()):
        assert taken(content).content == content


def test_notes_of_a_camera_do_not_travel() -> None:
    plain = saved(squares(), "JPEG", quality=90)
    extras = {"exif": noted().tobytes(), "comment": b"by Alix", "xmp": b"<x:xmpmeta/>"}
    content = saved(squares(), "JPEG", quality=90, **extras)
    film = b"\0\0\0\x18ftypmp42" + bytes(90)
    for each in (content, content + film):
        assert b"A camera" in each
        assert taken(each).content == plain
    for form in ("PNG", "WEBP", "TIFF"):
        made = taken(saved(squares(), form, exif=noted().tobytes()))
        assert form == "PNG" or b"A camera" not in made.content  # a page takes pixels of a PNG


def test_a_coding_that_readers_of_pdf_do_not_know_is_made_another() -> None:
    content = saved(squares("L"), "JPEG")
    place = content.index(b"\xff\xc0")
    arithmetic = content[:place] + b"\xff\xc9" + content[place + 2 :]
    found = bare(arithmetic)
    assert found is not None
    assert (bare(content), found.common) == ((content, True), False)


def test_a_drawing_whose_namespace_looks_like_a_tag_is_refused() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://x}y" viewBox="0 0 1 1"/>'
    assert Intake(Cache()).take(svg) == Refusal("unreadable")


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_camera_that_was_turned_gives_an_upright_picture(turn: int, form: str) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    held = squares().transpose(back[turn]) if turn in back else squares()
    exif = noted()
    exif[0x0112] = turn
    made = taken(saved(held, form, quality=95, exif=exif.tobytes()))
    first, last = corners(opened(made))
    assert made.size == (96, 64)
    assert is_near(first, BLUE)
    assert is_near(last, RED)
    assert "exif" not in opened(made).info


def test_notes_that_cannot_be_read_cost_no_picture() -> None:
    content = saved(squares(), "JPEG", quality=90, exif=b"Exif\0\0II*\0" + b"\xff" * 40)
    assert opened(taken(content)).size == (96, 64)


# --- colours ---------------------------------------------------------------------------------


ADOBE_RGB = (PROFILES / "adobe-rgb.icc").read_bytes()
INKS = (PROFILES / "cmyk.icc").read_bytes()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GREEN = (90, 200, 63)
IN_ADOBE_RGB = (133, 199, 76)  # the same green, in Adobe RGB


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_profile_rules_the_colours(form: str) -> None:
    options = {"quality": 98} if form in ("JPEG", "WEBP") else {}
    green = Image.new("RGB", (32, 32), IN_ADOBE_RGB)
    made = opened(taken(saved(green, form, icc_profile=ADOBE_RGB, **options)))
    assert is_near(corners(made.convert("RGB"))[0], GREEN, 8)
    assert "icc_profile" not in made.info
    plain = saved(green, form, **options)
    for profile in (SRGB, b"no profile", INKS):  # the usual one, a broken one, one of other colours
        found = opened(taken(saved(green, form, icc_profile=profile, **options)))
        assert is_near(corners(found.convert("RGB"))[0], IN_ADOBE_RGB, 3), profile[:9]
    assert form not in ("JPEG", "PNG") or taken(plain).content == plain


def test_a_profile_that_changes_nothing_leaves_a_jpeg_as_it_is() -> None:
    plain = saved(squares(), "JPEG", quality=90)
    assert taken(saved(squares(), "JPEG", quality=90, icc_profile=SRGB)).content == plain


def test_a_camera_that_notes_adobe_rgb_alone_is_believed() -> None:
    exif = noted()
    exif[0x8769] = {0xA005: {1: "R03"}}
    green = Image.new("RGB", (32, 32), IN_ADOBE_RGB)
    made = opened(taken(saved(green, "JPEG", quality=98, exif=exif.tobytes())))
    assert is_near(corners(made)[0], GREEN, 8)


def test_inks_print_on_a_screen_as_they_do_on_paper() -> None:
    inks = {(255, 0, 0, 0): (0, 153, 228), (0, 255, 255, 0): (231, 0, 17), (0, 0, 0, 0): (255,) * 3}
    for ink, colour in inks.items():
        sheet = Image.new("CMYK", (32, 32), ink)
        for content in (
            saved(sheet, "JPEG", quality=98),
            saved(sheet, "TIFF"),
            saved(sheet, "JPEG", quality=98, icc_profile=INKS),
        ):
            made = opened(taken(content))
            assert made.mode == "RGB"
            assert is_near(corners(made)[0], colour, 8), (ink, corners(made)[0])


def test_inks_that_no_program_of_adobe_has_turned_are_not_turned_back() -> None:
    sheet = Image.new("CMYK", (32, 32), (255, 0, 0, 0))
    content = saved(sheet, "JPEG", quality=98)
    start = content.index(b"\xff\xee")
    size = struct.unpack(">H", content[start + 2 : start + 4])[0]
    without = content[:start] + content[start + 2 + size :]
    turned = saved(ImageChops.invert(sheet), "JPEG", quality=98)
    assert is_near(corners(opened(taken(without)))[0], corners(opened(taken(turned)))[0], 3)


def test_grey_of_sixteen_bits_has_no_stripes() -> None:
    ramp = Image.linear_gradient("L").resize((256, 16))
    deep = ramp.convert("I").point(lambda value: value * 257 + 0)
    for form in ("PNG", "TIFF"):
        made = opened(taken(saved(deep.convert("I;16"), form)))
        assert made.mode == "L"
        assert ImageChops.difference(made, ramp).getextrema()[1] <= 1  # type: ignore[operator]
    share = ramp.convert("F").point(lambda value: value * (1 / 255) + 0)
    made = opened(taken(saved(share, "TIFF")))
    assert ImageChops.difference(made, ramp).getextrema()[1] <= 1  # type: ignore[operator]


def png_of_sixteen_bits(colour: int, *channels: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    row = b"\0" + struct.pack(f">{len(channels)}H", *channels) * 20
    head = struct.pack(">IIBBBBB", 20, 20, 16, colour, 0, 0, 0)
    rows = zlib.compress(row * 20)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_colours_of_sixteen_bits_are_kept() -> None:
    found = {
        (2, 51_400, 7_710, 10_280): (200, 30, 40, 255),
        (6, 51_400, 7_710, 10_280, 0x8080): (200, 30, 40, 128),
        (4, 51_400, 0x8080): (200, 200, 200, 128),
        (0, 51_400): (200, 200, 200, 255),
    }
    for given, colour in found.items():
        image = opened(taken(png_of_sixteen_bits(*given))).convert("RGBA")
        assert is_near(corners(image)[0], colour, 1), given


def test_what_is_clear_stays_clear() -> None:
    clear = squares("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    for form, options in (("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})):
        for mode in ("RGBA", "LA") if form != "WEBP" else ("RGBA",):
            image = opened(taken(saved(clear.convert(mode), form, **options))).convert("RGBA")
            assert fades(image)
    palette = squares().quantize(16)
    hole = palette.getpixel((4, 4))
    for form in ("PNG", "GIF"):
        image = opened(taken(saved(palette, form, transparency=hole))).convert("RGBA")
        first, last = corners(image)
        assert first[3] == 0
        assert is_near(last, (*RED, 255))
    profiled = opened(taken(saved(clear, "PNG", icc_profile=ADOBE_RGB)))
    assert profiled.mode == "RGBA"
    assert fades(profiled)


def test_a_bitonal_and_a_lab_picture_are_what_they_show() -> None:
    fax = squares("1")
    made = opened(taken(saved(fax, "TIFF", compression="group4")))
    assert ImageChops.difference(made.convert("L"), fax.convert("L")).getbbox() is None
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    lab = saved(to_lab.apply(squares()), "TIFF")
    assert is_near(corners(opened(taken(lab)))[1], RED, 8)


# --- broken off ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*KINDS, "heic"])
def test_a_picture_that_is_cut_anywhere_is_refused(kind: str) -> None:
    whole = (SAMPLES / "p3.heic").read_bytes() if kind == "heic" else KINDS[kind]()
    # what is lost of a GIF or BMP must hold some of its picture
    last = len(whole) - (1 if kind not in ("gif", "bmp") else 4)
    for cut in {last, *range(5, last, max(1, last // 25))}:
        with pytest.raises((Unfit, Broken)):
            photographs._made(whole[:cut])
    if kind in ("jpeg", "progressive"):
        half = whole[: len(whole) // 2]
        assert refusal(half + bytes(len(whole) // 2)) == Refusal("damaged")


def test_a_second_look_takes_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = Intake(Cache(tmp_path))
    contents = (KINDS["jpeg"](), KINDS["gif"](), KINDS["png"]()[:60], b"<svg/>")
    first = [intake.take(content) for content in contents]
    for module in ("photographs", "drawings"):
        monkeypatch.setattr(f"moip_press.system.pictures.{module}.made", None)
    assert [Intake(Cache(tmp_path)).take(content) for content in contents] == first


# --- fewer pixels ----------------------------------------------------------------------------


def test_a_picture_with_fewer_pixels_is_the_same_picture() -> None:
    for kind in ("jpeg", "png", "palette"):
        made = taken(KINDS[kind]())
        small = Image.open(io.BytesIO(reduced(made.content, 48, 32)))
        assert small.size == (48, 32)
        first, last = corners(small.convert("RGB"))
        assert is_near(first, BLUE)
        assert is_near(last, RED)
    light = saved(squares(), "JPEG", quality=5)
    assert reduced(light, 90, 60) == light


def test_a_part_of_a_picture_is_that_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = taken(saved(squares(), "JPEG", quality=95)).content
    intake = Intake(Cache(tmp_path))
    right = intake.reduced(content, (20, 20), (0.75, 0.25, 1.0, 0.75))
    small = Image.open(io.BytesIO(right))
    assert small.size == (20, 20)
    assert all(is_near(corner, RED) for corner in corners(small.convert("RGB")))
    monkeypatch.setattr(photographs, "reduced", None)  # what was made is kept
    assert Intake(Cache(tmp_path)).reduced(content, (20, 20), (0.75, 0.25, 1.0, 0.75)) == right


def test_no_dark_edge_surrounds_what_is_made_smaller() -> None:
    dot = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    dot.paste((255, 200, 0, 255), (16, 16, 48, 48))
    small = Image.open(io.BytesIO(reduced(saved(dot, "PNG"), 32, 32)))
    assert small.getpixel((6, 16))[3] == 0  # type: ignore[index]
    assert is_near(small.getpixel((6, 16)), (255, 200, 0, 0))
