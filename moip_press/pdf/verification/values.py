"""Values of a PDF as Python has them: what is of another kind than it should be counts as none.

With ``opened`` the only user of pikepdf. References are followed by pikepdf itself.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from typing import Any, TypeAlias

import pikepdf

# A dictionary or stream, whose entries are anything; pikepdf's own types do not say what.
Object: TypeAlias = Any
Identity: TypeAlias = tuple[int, int]
NOWHERE: Identity = (0, 0)
"""The identity of whatever is no object of its own."""
MOST_UNPACKED = 100_000_000  # bytes of a stream that are looked at


def dictionary(value: Any) -> Object:
    """Return a dictionary, also that of a stream; an empty one where it is none."""
    return value if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else pikepdf.Dictionary()


def is_dictionary(value: Any) -> bool:
    """Return whether a value is a dictionary or a stream."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream)


def optional(values: Object, key: str) -> Any:
    """Return an entry of a dictionary that few have, None where it has none.

    pikepdf's own ``get`` takes five times as long to find none.
    """
    return values.get(key) if key in values else None


def is_stream(value: Any) -> bool:
    """Return whether a value is a stream."""
    return isinstance(value, pikepdf.Stream)


def is_array(value: Any) -> bool:
    """Return whether a value is an array."""
    return isinstance(value, pikepdf.Array)


def array(value: Any) -> list[Any]:
    """Return an array, an empty one where it is none."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def each_of(value: Any) -> list[Any]:
    """Return the values of an array, or the one that stands in its place."""
    return array(value) if is_array(value) else [] if value is None else [value]


def data(value: Any) -> bytes:
    """Return what a stream holds; nothing where it is none, or nobody can unpack it."""
    if not isinstance(value, pikepdf.Stream):
        return b""
    try:
        if value.get("/Filter") == "/FlateDecode" and value.get("/DecodeParms") is None:
            return zlib.decompressobj().decompress(value.read_raw_bytes(), MOST_UNPACKED)
        return bytes(value.read_bytes(decode_level=pikepdf.StreamDecodeLevel.specialized))
    except (pikepdf.PikepdfError, zlib.error):
        return b""


def text(value: Any) -> str:
    """Return a text without the spaces around it, empty where it is none."""
    return str(value).strip() if isinstance(value, pikepdf.String) else ""


def name(value: Any) -> str:
    """Return a name without its slash, empty where it is none."""
    if not isinstance(value, pikepdf.Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeDecodeError:
        return value.unparse().decode("ascii", "replace")[1:]


def is_text(value: Any) -> bool:
    """Return whether a value is a text."""
    return isinstance(value, pikepdf.String)


def number(value: Any) -> int | None:
    """Return a whole number, None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def real(value: Any) -> float | None:
    """Return a number, None where it is none."""
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return float(value) if is_number else None


def corners(value: Any) -> tuple[float, float, float, float] | None:
    """Return the left, lower, right and upper side of a box, None where it is none."""
    found = [real(each) for each in array(value)]
    x1, y1, x2, y2 = found if len(found) == 4 else [None] * 4
    if x1 is None or y1 is None or x2 is None or y2 is None:
        return None
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def identity(value: Any) -> Identity:
    """Return the number and generation of an object, ``NOWHERE`` where it has none."""
    return value.objgen if isinstance(value, pikepdf.Object) else NOWHERE


def parsed(written: bytes) -> Any:
    """Return the value that is written in a content stream, None where it is none."""
    try:
        return pikepdf.Object.parse(written)
    except pikepdf.PikepdfError:
        return None


def words(text: str) -> frozenset[str]:
    """Return the words of a text, as a set to look them up in."""
    return frozenset(text.split())
