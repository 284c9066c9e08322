"""Pictures that hold what must not leave the house: places, numbers, faces, previews."""

from __future__ import annotations

import datetime
import io
import zlib
from typing import Any

from PIL import Image

from moip_press.media.notes import Note
from moip_press.system.pictures.colour_profiles import PROFILES

NOTE = Note(
    title="Sous embargo – Le quai",
    caption="Le quai « Nord » & <sa> grue, l’été",
    alt="Un quai vide",
    credit="Hélène Œuvré / Ville",
    copyright="© Hélène Œuvré / Ville",
    terms="CC BY-SA 4.0",
    instructions="Sous embargo",
    source="Ville de Saint-Exemple",
    taken=datetime.datetime(2021, 11, 16, 10, 0),  # noqa: DTZ001 -- EXIF knows no zone
    released=datetime.date(2021, 10, 26),
    contact="Alix Martin",
    email="presse@example.org",
    telephone="01 02 03 04 05",
    website="https://www.example.org",
)
PRIVATE = b"Secret"
FACES = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax'
    b'-ns#"><rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/'
    b'regions/" mwg-rs:Name="SecretFace"/></rdf:RDF></x:xmpmeta>'
)
BY_LINE = b"\x1c\x02\x50\x00\x0cSecretByLine"


def square() -> Image.Image:
    """A picture that tells its corners apart."""
    image = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    image.paste((200, 30, 40), (0, 0, 30, 20))
    return image


def private() -> Image.Exif:
    """What a camera notes: who, where, with what; held upright on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "SecretMake", "SecretArtist"
    exif[0x011A], exif[0x011B], exif[0x0128] = 300.0, 300.0, 2
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 7.0)}
    exif[0x8769] = {
        36867: "2021:11:16 10:00:00",
        0xA431: "SecretSerial",
        0x927C: b"SecretMakerNote",
    }
    return exif


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """Return a file of a picture."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def jpeg(image: Image.Image | None = None, *, little: bool = False) -> bytes:
    """A JPEG with all that can stand in its segments, and a second picture behind its end."""
    content = saved(image or square(), "JPEG", exif=_exif(little=little), icc_profile=_profile())
    resources = b"8BIM\x04\x04\0\0" + len(BY_LINE).to_bytes(4, "big") + BY_LINE
    segments = (
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + FACES),
        (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + FACES),
        (0xED, b"Photoshop 3.0\0" + resources),
        (0xEB, b"JP\0\x01SecretClaim"),
        (0xFE, b"SecretComment"),
    )
    end = 2 + 2 + int.from_bytes(content[4:6], "big")  # behind JFIF
    inserted = b"".join(
        bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in segments
    )
    second = saved(square(), "JPEG", comment=b"SecretPreview")
    return content[:end] + inserted + content[end:] + second


def _exif(*, little: bool) -> bytes:
    exif = private()
    exif.endian = "<" if little else ">"
    return exif.tobytes()


def _profile() -> bytes:
    return (PROFILES / "adobe-rgb.icc").read_bytes()


def png() -> bytes:
    """A PNG with texts before and behind its picture."""
    content = saved(square(), "PNG", exif=_exif(little=False), icc_profile=_profile())
    texts = [
        _chunk(b"tEXt", b"Comment\0SecretText"),
        _chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(b"SecretZipped")),
        _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + FACES),
        _chunk(b"prVt", b"SecretVendor"),
    ]
    place = content.index(b"IDAT") - 4
    return content[:place] + b"".join(texts) + content[place:] + b"SecretTail"


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


def webp(*, lossless: bool) -> bytes:
    """A WebP with notes of a camera and XMP."""
    exif = _exif(little=False)
    return saved(square(), "WEBP", lossless=lossless, exif=exif, xmp=FACES)


def tiff(**options: Any) -> bytes:
    """A TIFF with notes, XMP, IPTC and a preview behind the picture."""
    notes = {700: FACES, 33723: BY_LINE, 270: "SecretDescription"}
    exif = _exif(little=True)
    return saved(square(), "TIFF", exif=exif, tiffinfo=notes, icc_profile=_profile(), **options)


SVG = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- SecretComment -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 60 40"
 inkscape:export-filename="/srv/Secret/logo.png">
<title>Le quai</title>
<metadata>SecretMetadata</metadata>
<inkscape:grid id="SecretGrid"/>
<image width="20" height="20" xlink:href="data:image/jpeg;base64,{photograph}"/>
<circle cx="22" cy="20" r="15" fill="#00aeef"/>
</svg>
"""
