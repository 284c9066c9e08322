"""Pictures that go out: what we say of them is in them, what a camera said is not."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image

from moip_press.media.containers import noted
from moip_press.media.drawings import Linked, noted_drawing
from moip_press.media.notes import LONG, Note, iim, licence_of, xmp_packet
from moip_press.system.cache import Cache
from moip_press.system.pictures.camera import Camera, camera_of, exif_of
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Made
from tests.media.samples import NOTE, PRIVATE, SVG, jpeg, png, saved, square, tiff, webp

FILES: Mapping[str, Callable[[], bytes]] = {
    "jpeg": jpeg,
    "jpeg-little-endian": lambda: jpeg(little=True),
    "jpeg-cmyk": lambda: jpeg(square().convert("CMYK")),
    "jpeg-of-two": lambda: saved(square(), "MPO", save_all=True, append_images=[square()]),
    "jpeg-grey": lambda: saved(square().convert("L"), "JPEG"),
    "jpeg-progressive": lambda: saved(square(), "JPEG", progressive=True),
    "png": png,
    "png-palette": lambda: saved(square().quantize(16), "PNG", transparency=0),
    "webp": lambda: webp(lossless=False),
    "webp-lossless": lambda: webp(lossless=True),
    "webp-simple": lambda: saved(square(), "WEBP"),
    "webp-simple-lossless": lambda: saved(square().convert("RGBA"), "WEBP", lossless=True),
    "tiff": tiff,
    "tiff-pages": lambda: saved(
        square(), "TIFF", save_all=True, append_images=[square().rotate(90)]
    ),
    "tiff-packed": lambda: saved(square(), "TIFF", compression="tiff_lzw"),
    "tiff-16-bits": lambda: saved(
        square().convert("I").point(lambda value: value * 257 + 0).convert("I;16"), "TIFF"
    ),
}


def with_note(content: bytes, note: Note = NOTE) -> bytes:
    made = noted(content, note, camera_of(content))
    assert made is not None
    return made


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", FILES)
def test_pixels_profile_and_turn_stay_as_they_are(kind: str) -> None:
    content = FILES[kind]()
    made = with_note(content)
    before, after = opened(content), opened(made)
    assert after.tobytes() == before.tobytes()
    assert (after.mode, after.size, after.format) == (
        before.mode,
        before.size,
        "JPEG" if before.format == "MPO" else before.format,
    )
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert after.info.get("transparency") == before.info.get("transparency")
    assert after.getexif().get(0x0112, 1) == before.getexif().get(0x0112, 1)
    pages = getattr(before, "n_frames", 1) if before.format == "TIFF" else 1
    assert getattr(after, "n_frames", 1) == pages


@pytest.mark.parametrize("kind", FILES)
def test_nothing_that_was_noted_before_stays(kind: str) -> None:
    content = FILES[kind]()
    made = with_note(content)
    assert PRIVATE not in made
    assert 0x8825 not in opened(made).getexif()
    # and twice is as once
    assert with_note(made) == made


@pytest.mark.parametrize("kind", FILES)
def test_what_is_noted_can_be_read(kind: str) -> None:
    made = with_note(FILES[kind]())
    assert made.count(xmp_packet(NOTE)) == 1
    image = opened(made)
    if image.format in ("JPEG", "PNG", "WEBP"):
        assert "xmp" in image.info
    if image.format in ("JPEG", "TIFF"):
        assert made.count(iim(NOTE)) == 1


def test_the_compressed_data_of_a_picture_are_those_of_the_original() -> None:
    def scans(content: bytes) -> bytes:
        return content[content.index(b"\xff\xda") : content.index(b"\xff\xd9") + 2]

    def chunks(content: bytes) -> bytes:
        return content[content.index(b"IDAT") : content.rindex(b"IEND")]

    plain = saved(square(), "JPEG")
    assert scans(with_note(plain)) == scans(plain)
    assert chunks(with_note(png())) == chunks(png())
    lossy = saved(square(), "WEBP")
    assert lossy[12:] in with_note(lossy)


def test_the_camera_leaves_its_moment_its_turn_and_its_dots_and_no_more() -> None:
    camera = camera_of(jpeg())
    assert camera == Camera(6, is_adobe_rgb=False, dots=(300.0, 300.0, 2), taken=NOTE.taken)
    kept = Image.Exif()
    kept.load(b"Exif\0\0" + exif_of(replace(camera, is_adobe_rgb=True)))
    assert set(kept) == {0x0112, 0x011A, 0x011B, 0x0128, 0x8769}
    assert kept.get_ifd(0xA005) == {1: "R03"}
    assert exif_of(Camera()) == b""


def test_a_preview_within_jfif_goes_too() -> None:
    plain = saved(square(), "JPEG")
    preview = PRIVATE * 2
    head = plain[:4] + (16 + len(preview)).to_bytes(2, "big") + plain[6:18] + b"\x02\x02" + preview
    made = with_note(head + plain[20:])
    assert PRIVATE not in made
    assert opened(made).tobytes() == opened(plain).tobytes()


def test_a_tiff_whose_data_lie_in_an_unknown_way_is_left_to_be_made_anew() -> None:
    content = bytearray(saved(square(), "TIFF"))
    place = int.from_bytes(content[4:8], "little")
    count = int.from_bytes(content[place : place + 2], "little")
    end = place + 2 + 12 * count
    content[end : end + 4] = place.to_bytes(4, "little")  # the last page leads to the first
    assert noted(bytes(content), NOTE, Camera()) is None
    assert noted(b"II*\0", NOTE, Camera()) is None
    assert noted(saved(square(), "GIF"), NOTE, Camera()) is None
    assert noted(saved(square(), "TIFF", big_tiff=True), NOTE, Camera()) is None


# --- drawings --------------------------------------------------------------------------------


def drawing(text: str) -> bytes:
    made = Intake(Cache()).take(text.encode())
    assert isinstance(made, Made)
    return noted_drawing(made.content, NOTE)


def test_a_drawing_has_our_note_and_nothing_of_its_editor() -> None:
    photograph = base64.b64encode(jpeg()).decode()
    made = drawing(SVG.format(photograph=photograph))
    assert PRIVATE not in made
    root = Xml.fromstring(made)  # noqa: S314 -- ours
    inner = next(value for each in root.iter() for key, value in each.items() if "href" in key)
    held = base64.b64decode(inner.partition(",")[2])
    assert PRIVATE not in held
    assert opened(held).tobytes() == opened(jpeg()).tobytes()
    assert "Hélène Œuvré".encode() in made
    assert [each.tag.rpartition("}")[2] for each in root] == [
        "metadata",
        "title",
        "image",
        "circle",
    ]
    assert isinstance(Intake(Cache()).take(made), Made)


@pytest.mark.parametrize(
    "drawn",
    [
        '<image width="9" height="9" href="other.png"/>',
        '<image width="9" height="9" href="https://www.example.org/seen.png"/>',
        '<rect width="9" height="9" fill="url(https://www.example.org/seen.svg#a)"/>',
        '<rect width="9" height="9" style="fill: url( \'other.svg#a\')"/>',
        "<style>@import 'https://www.example.org/seen.css';</style>",
    ],
)
def test_a_drawing_that_asks_for_another_file_is_not_taken_alone(drawn: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawn}</svg>'
    with pytest.raises(Linked):
        noted_drawing(svg.encode(), NOTE)


def test_a_drawing_may_name_what_it_holds_itself() -> None:
    own = '<rect width="9" height="9" fill="url(#a)" style="mask: url(\'#b\')"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{own}</svg>'
    assert own[:-2] in drawing(svg).decode()


# --- words -----------------------------------------------------------------------------------


def test_long_texts_are_cut_so_that_a_jpeg_has_room_for_them() -> None:
    endless = "é&" * 50_000
    long = Note(*(endless for _ in range(8)))  # type: ignore[arg-type]
    made = with_note(jpeg(), long)
    assert opened(made).tobytes() == opened(jpeg()).tobytes()
    packet = xmp_packet(long).decode()
    assert "é&amp;" * (LONG // 2 - 1) in packet
    assert all(len(field) <= 3 + 2_000 for field in iim(long).split(b"\x1c\x02"))


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    odd = replace(NOTE, caption="a\x00b\x0bc\ud800d\ufffee")
    assert "abcde" in xmp_packet(odd).decode()
    assert b"abcde" in iim(odd)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("photo sous CC-BY-NC-ND 3.0.", "https://creativecommons.org/licenses/by-nc-nd/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("voir https://www.example.org/droits.", "https://www.example.org/droits"),
        ("libre de droits pour la presse", ""),
        ("CC BY", ""),
    ],
)
def test_a_licence_has_its_address(words: str, address: str) -> None:
    assert licence_of(words) == address
