"""Pictures with notes of ours and nobody else's; their pixels stay as they are, to the byte.

Of a file only what its picture needs is kept, listed by name. So what a camera or program writes
that nobody here knows of is gone too: places, serial numbers, people's faces, a preview of what was
cut away.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from moip_press.media.notes import Note, iim, image_resources, xmp_packet
from moip_press.media.tiff import rewritten
from moip_press.system.pictures.camera import COLOURS, PROFILE, START, Camera, bare, exif_of

BEGINNINGS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)


def ending_of(content: bytes) -> str | None:
    """Return the ending of a picture of pixels that can hold notes; None for other kinds."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return ".webp"
    return next((ending for begins, ending in BEGINNINGS if content.startswith(begins)), None)


def noted(content: bytes, note: Note, camera: Camera) -> bytes | None:
    """Return a picture of pixels with a note in it and no other; None where it cannot hold one.

    ``camera`` is what is kept of the notes of a camera: how the picture is to be shown.
    """
    match ending_of(content):
        case ".jpg":
            return _jpeg(content, note, camera)
        case ".png":
            return _png(content, note, camera)
        case ".webp":
            return _webp(content, note, camera)
        case ".tif":
            return rewritten(content, xmp_packet(note), iim(note))
    return None


# --- JPEG: segments ----------------------------------------------------------------------------


def _jpeg(content: bytes, note: Note, camera: Camera) -> bytes | None:
    alone = bare(content, (*COLOURS, PROFILE))
    if alone is None:
        return None
    rest, exif = alone.content[len(START) :], exif_of(camera)
    begun = b""
    if rest.startswith(b"\xff\xe0"):  # JFIF wants to be the first
        end = 2 + int.from_bytes(rest[2:4], "big")
        begun, rest = rest[:end], rest[end:]
    return b"".join(
        (
            START,
            begun,
            _segment(0xE1, b"Exif\0\0" + exif) if exif else b"",
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_packet(note)),
            _segment(0xED, b"Photoshop 3.0\0" + image_resources(note)),
            rest,
        )
    )


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


# --- PNG: chunks -------------------------------------------------------------------------------

PNG_HEAD = 8
OF_PNG = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs "
    b"acTL fcTL fdAT".split()
)


def _png(content: bytes, note: Note, camera: Camera) -> bytes:
    notes = _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp_packet(note))
    if exif := exif_of(camera):
        notes = _chunk(b"eXIf", exif) + notes
    kept = []
    for kind, chunk in _chunks(content):
        kept += [chunk, notes] if kind == b"IHDR" else [chunk]
    return content[:PNG_HEAD] + b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks that a PNG needs, each with its kind, up to the last."""
    place, kind = PNG_HEAD, b""
    while kind != b"IEND" and place < len(content):
        kind = content[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        if kind in OF_PNG:
            yield kind, content[place:end]
        place = end


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


# --- WebP: chunks of RIFF ----------------------------------------------------------------------

OF_WEBP = (b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L")
HAS_ALPHA, HAS_EXIF, HAS_XMP = 0x10, 0x08, 0x04


def _webp(content: bytes, note: Note, camera: Camera) -> bytes:
    found = list(_riff(content))
    head = next((body for kind, body in found if kind == b"VP8X"), None)
    flags, size = (head[0], head[4:10]) if head else _simple_head(*found[0])
    exif = exif_of(camera)
    flags = flags & ~HAS_EXIF | HAS_XMP | (HAS_EXIF if exif else 0)
    chunks = [(b"VP8X", bytes((flags, 0, 0, 0)) + size)]
    chunks += [each for each in found if each[0] != b"VP8X"]
    chunks += [(b"EXIF", exif)] if exif else []
    chunks.append((b"XMP ", xmp_packet(note)))
    body = b"WEBP" + b"".join(
        kind + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
        for kind, data in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks that a WebP needs, as their kinds and what they hold."""
    place = 12
    while place + 8 <= len(content):
        kind = content[place : place + 4]
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        if kind in OF_WEBP:
            yield kind, content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _simple_head(kind: bytes, body: bytes) -> tuple[int, bytes]:
    """Return the flags and the size, as the head of a WebP has them, of one without a head."""
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        wide, high, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
        flags = HAS_ALPHA if alpha else 0
    else:  # the size stands behind the frame's tag and its start code
        wide = (int.from_bytes(body[6:8], "little") & 0x3FFF) - 1
        high = (int.from_bytes(body[8:10], "little") & 0x3FFF) - 1
        flags = 0
    return flags, wide.to_bytes(3, "little") + high.to_bytes(3, "little")
