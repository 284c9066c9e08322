"""The QR code of an address, as a drawing, and how the address is read beside it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import segno

QUIET = 4  # modules of white that a reader needs round the code (ISO/IEC 18004, 9.1)
ASCII = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True)
class Code:
    """An address: where it leads, how it is printed, its drawing as a ``data:`` address (SVG)."""

    address: str
    shown: str
    drawing: str


def code(address: str) -> Code:
    """Return the QR code of an address; a quarter of it may be dirty or torn.

    Raises ``ValueError`` where it is too long for any code.
    """
    written = segno.make(_ascii(address), error="q", boost_error=False, micro=False)
    shown = address.partition("://")[2] or address
    return Code(address, shown.rstrip("/"), written.svg_data_uri(border=QUIET))


def _ascii(address: str) -> str:
    """Return an address in the characters that every reader of codes understands."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host.isascii():
        parts = parts._replace(netloc=parts.netloc.replace(host, host.encode("idna").decode()))
    return quote(urlunsplit(parts), safe=ASCII)
