"""TIFF written anew around the same strips: its pages and what shows them, and notes of ours."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""The bytes of a value, by the number of its type."""
BYTE, UNDEFINED, LONG = 1, 7, 4
XMP, IPTC = 700, 33723
STRIPS, TILES = (273, 279), (324, 325)
"""Where the data of a page begins, and how many bytes it has."""
SUBFILE, PREVIEW, COMPRESSION, OLD_JPEG = 254, 1, 259, 6
OF_PICTURE = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 266, 274, 277, 278, 280, 281, 282, 283, 284}
    | {290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 332, 334, 336}
    | {338, 339, 340, 341, 342, 347, 529, 530, 531, 532, 34675}
)
"""The tags that say how to show a page; 34675 is the profile of its colours."""
MOST_PAGES, MOST_STRIPS = 1_000, 1_000_000


class _Unwritable(Exception):
    """A TIFF that cannot be written anew without losing something of its picture."""


@dataclass(frozen=True)
class _Field:
    kind: int
    count: int
    value: bytes


def rewritten(content: bytes, xmp: bytes, iptc: bytes) -> bytes | None:
    """Return a TIFF with the strips of its pages as they are, without previews or other notes.

    None where its data lies in a way that is not known here.
    """
    order = "<" if content.startswith(b"II") else ">"
    notes = {XMP: _Field(BYTE, len(xmp), xmp), IPTC: _Field(UNDEFINED, len(iptc), iptc)}
    try:
        pages = [
            (fields | (notes if number == 0 else {}), data)
            for number, (fields, data) in enumerate(_pages(content, order))
        ]
        return _written(content[:4], pages, order) if pages else None
    except (_Unwritable, struct.error):
        return None


def _pages(
    content: bytes, order: str
) -> Iterator[tuple[dict[int, _Field], tuple[tuple[int, int], list[bytes]]]]:
    """Yield the fields of each page, and its data: which tags say where it is, and its strips."""
    (place,) = struct.unpack_from(f"{order}I", content, 4)
    seen: set[int] = set()
    while place:
        if place in seen or len(seen) >= MOST_PAGES:
            raise _Unwritable
        seen.add(place)
        fields, place = _fields(content, order, place)
        if _number(fields, SUBFILE, order) & PREVIEW:
            continue
        yield (
            {tag: field for tag, field in fields.items() if tag in OF_PICTURE},
            _data(content, order, fields),
        )


def _fields(content: bytes, order: str, place: int) -> tuple[dict[int, _Field], int]:
    """Return the fields of the page at ``place``, and where the next one is: 0 for the last."""
    (count,) = struct.unpack_from(f"{order}H", content, place)
    found = {}
    for number in range(count):
        at = place + 2 + 12 * number
        tag, kind, values = struct.unpack_from(f"{order}HHI", content, at)
        size = SIZES.get(kind, 0) * values
        (start,) = struct.unpack_from(f"{order}I", content, at + 8)
        value = content[at + 8 : at + 8 + size] if size <= 4 else content[start : start + size]
        if len(value) == size > 0:
            found[tag] = _Field(kind, values, value)
    (following,) = struct.unpack_from(f"{order}I", content, place + 2 + 12 * count)
    return found, following


def _data(
    content: bytes, order: str, fields: Mapping[int, _Field]
) -> tuple[tuple[int, int], list[bytes]]:
    tags = TILES if TILES[0] in fields else STRIPS
    if _number(fields, COMPRESSION, order) == OLD_JPEG or not all(tag in fields for tag in tags):
        raise _Unwritable
    starts, sizes = (_numbers(fields[tag], order) for tag in tags)
    if len(starts) != len(sizes) or len(starts) > MOST_STRIPS:
        raise _Unwritable
    strips = [content[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    if [len(strip) for strip in strips] != list(sizes):
        raise _Unwritable
    return tags, strips


def _numbers(field: _Field, order: str) -> tuple[int, ...]:
    kinds = {1: "B", 3: "H", 4: "I"}
    if field.kind not in kinds:
        raise _Unwritable
    return struct.unpack(f"{order}{field.count}{kinds[field.kind]}", field.value)


def _number(fields: Mapping[int, _Field], tag: int, order: str) -> int:
    return _numbers(fields[tag], order)[0] if tag in fields else 0


def _written(
    head: bytes,
    pages: list[tuple[dict[int, _Field], tuple[tuple[int, int], list[bytes]]]],
    order: str,
) -> bytes:
    """Return a file of pages: the data of each, its values, then its fields."""
    made = bytearray(head + b"\0\0\0\0")
    link = 4  # where the place of the next page is to be written
    for fields, (tags, strips) in pages:
        starts = [_appended(made, strip) for strip in strips]
        sizes = [len(strip) for strip in strips]
        for tag, numbers in zip(tags, (starts, sizes), strict=True):
            value = struct.pack(f"{order}{len(numbers)}I", *numbers)
            fields[tag] = _Field(LONG, len(numbers), value)
        entries = []
        for tag, field in sorted(fields.items()):
            value = field.value.ljust(4, b"\0")
            if len(value) > 4:
                value = struct.pack(f"{order}I", _appended(made, field.value))
            entries.append(struct.pack(f"{order}HHI", tag, field.kind, field.count) + value)
        table = struct.pack(f"{order}H", len(entries)) + b"".join(entries) + b"\0\0\0\0"
        place = _appended(made, table)
        struct.pack_into(f"{order}I", made, link, place)
        link = place + len(table) - 4
    return bytes(made)


def _appended(made: bytearray, content: bytes) -> int:
    """Append bytes at an even place, and return it."""
    made += b"\0" * (len(made) % 2)
    place = len(made)
    made += content
    return place
