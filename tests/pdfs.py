"""PDFs written by hand, object by object, so that they can say what no library would write."""

from __future__ import annotations

from collections.abc import Mapping


def pdf(
    objects: Mapping[int, str | bytes], trailer: str = "", startxref: int | None = None
) -> bytes:
    """Return a PDF of these objects by their numbers; object 1 is its root."""
    content = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(content)
        written = body.encode("latin-1") if isinstance(body, str) else body
        content += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    start = len(content)
    size = max(objects) + 1
    content += b"xref\n0 %d\n" % size
    for number in range(size):
        free = number not in places
        content += b"%010d %05d %s \n" % (places.get(number, 0), 65535 if free else 0,
                                          b"f" if free else b"n")  # fmt: skip
    content += f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n".encode()
    content += b"startxref\n%d\n%%%%EOF" % (start if startxref is None else startxref)
    return bytes(content)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream, as it stands in an object."""
    return f"<<{entries}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def one_page(catalogue: str = "", page: str = "", **_: str) -> dict[int, str | bytes]:
    """Return the objects of a PDF of one page; more may stand in its root and on its page."""
    return {
        1: f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]{page}>>",
    }


def pdf_of(structure: int) -> bytes:
    """Return a PDF whose structure has this many elements, one in the other."""
    objects = one_page("/StructTreeRoot 5 0 R/MarkInfo<</Marked true>>")
    objects[5] = "<</Type/StructTreeRoot/K 6 0 R>>"
    for number in range(6, 6 + structure):
        objects[number] = f"<</S/P/K {number + 1} 0 R>>"
    objects[6 + structure] = "<</S/P>>"
    return pdf(objects)
