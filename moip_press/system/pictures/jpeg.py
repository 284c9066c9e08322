"""The segments of a JPEG: its picture alone, without what cameras and programs note beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

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
