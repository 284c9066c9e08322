"""What a picture says of itself to a newsroom's programs: IPTC fields, as XMP and as IIM.

The fields and their names are those of the IPTC Photo Metadata Standard 2024.1 and of PLUS; how
IIM stands in a file is IPTC's Information Interchange Model 4.2. XMP holds all; IIM, which older
programs read, what has room in it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

LONG, SHORT = 2_000, 500  # characters: in a JPEG all fields together have to fit into 65,000 bytes
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CREATIVE_COMMONS = re.compile(r"\bCC[ -](BY(?:-(?:NC|SA|ND)){0,2})[ -](\d\.\d)\b", re.IGNORECASE)
CC0 = re.compile(r"\bCC ?0\b", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s()<>\"]+")
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
{meta}
<?xpacket end="r"?>"""
META = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{namespaces}>
{fields}
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@dataclass(frozen=True)
class Note:
    """What is noted in a picture; empty is what nobody has said.

    ``title`` stands first wherever a program shows one line; ``terms`` say what others may do,
    ``instructions`` what they must know before. ``taken`` is when the picture was taken,
    ``released`` when the kit was issued.
    """

    title: str
    caption: str = ""
    alt: str = ""
    credit: str = ""
    copyright: str = ""
    terms: str = ""
    instructions: str = ""
    source: str = ""
    taken: datetime.datetime | None = None
    released: datetime.date | None = None
    contact: str = ""
    email: str = ""
    telephone: str = ""
    website: str = ""


def licence_of(terms: str) -> str:
    """Return the address of a licence that words name: of Creative Commons, or as it is written."""
    if found := ADDRESS.search(terms):
        return found[0].rstrip(".,;")
    if found := CREATIVE_COMMONS.search(terms):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return "https://creativecommons.org/publicdomain/zero/1.0/" if CC0.search(terms) else ""


# --- XMP --------------------------------------------------------------------------------------


def xmp_meta(note: Note) -> str:
    """Return a note as the element ``x:xmpmeta``, without the packet that files have around it."""
    namespaces = "".join(f" xmlns:{name}={quoteattr(at)}" for name, at in NAMESPACES.items())
    return META.format(namespaces=namespaces, fields="\n".join(_fields(note)))


def xmp_packet(note: Note) -> bytes:
    """Return a note as an XMP packet in UTF-8, as JPEG, PNG, WebP and TIFF hold it."""
    return PACKET.format(meta=xmp_meta(note)).encode()


def _fields(note: Note) -> Iterator[str]:
    for name, text, most in (
        ("dc:title", note.title, SHORT),
        ("dc:description", note.caption or note.alt, LONG),
        ("dc:rights", note.copyright, SHORT),
        ("xmpRights:UsageTerms", note.terms, SHORT),
        ("Iptc4xmpCore:AltTextAccessibility", note.alt, LONG),
    ):
        if text:
            words = f'<rdf:li xml:lang="x-default">{_said(text, most)}</rdf:li>'
            yield f"<{name}><rdf:Alt>{words}</rdf:Alt></{name}>"
    for name, text in (
        ("dc:creator", note.credit),
        ("dc:date", note.released.isoformat() if note.released else ""),
    ):
        if text:
            yield f"<{name}><rdf:Seq><rdf:li>{_said(text)}</rdf:li></rdf:Seq></{name}>"
    yield from _simple(
        {
            "photoshop:Headline": note.title,
            "photoshop:Credit": note.credit,
            "photoshop:Source": note.source,
            "photoshop:Instructions": note.instructions,
            "photoshop:DateCreated": note.taken.isoformat() if note.taken else "",
            "xmpRights:Marked": "True" if note.copyright or note.terms else "",
            "xmpRights:WebStatement": licence_of(note.terms),
        }
    )
    yield from _contact(note)


def _contact(note: Note) -> Iterator[str]:
    """Yield whom to ask: where programs look for the author's office, and where for a licence."""
    office = _simple(
        {
            "Iptc4xmpCore:CiEmailWork": note.email,
            "Iptc4xmpCore:CiTelWork": note.telephone,
            "Iptc4xmpCore:CiUrlWork": note.website,
        }
    )
    licensor = _simple(
        {
            "plus:LicensorName": note.contact,
            "plus:LicensorEmail": note.email,
            "plus:LicensorTelephone1": note.telephone,
            "plus:LicensorURL": note.website,
        }
    )
    as_record = 'rdf:parseType="Resource"'
    if found := "".join(office):
        name = "Iptc4xmpCore:CreatorContactInfo"
        yield f"<{name} {as_record}>{found}</{name}>"
    if found := "".join(licensor):
        record = f"<rdf:li {as_record}>{found}</rdf:li>"
        yield f"<plus:Licensor><rdf:Seq>{record}</rdf:Seq></plus:Licensor>"


def _simple(fields: Mapping[str, str]) -> Iterator[str]:
    return (f"<{name}>{_said(text)}</{name}>" for name, text in fields.items() if text)


def _said(text: str, most: int = SHORT) -> str:
    words = UNWRITABLE.sub("", text)
    return escape(words if len(words) <= most else f"{words[: most - 1]}…")


# --- IIM --------------------------------------------------------------------------------------

UTF_8 = b"\x1b%G"
ENVELOPE, APPLICATION = 1, 2


def iim(note: Note) -> bytes:
    """Return a note as IIM records in UTF-8, each text as long as its field may be."""
    fields = [(ENVELOPE, 90, UTF_8), (APPLICATION, 0, b"\0\x04")]
    for number, text, most in (
        (5, note.title, 64),
        (30, note.released.strftime("%Y%m%d") if note.released else "", 8),
        (40, note.instructions, 256),
        (55, note.taken.strftime("%Y%m%d") if note.taken else "", 8),
        (80, note.credit, 32),
        (105, note.title, 256),
        (110, note.credit, 32),
        (115, note.source, 32),
        (116, " – ".join(filter(None, (note.copyright, note.terms))), 128),
        (118, ", ".join(filter(None, (note.contact, note.email, note.telephone))), 128),
        (120, note.caption or note.alt, 2_000),
    ):
        if text:
            fields.append((APPLICATION, number, _cut(UNWRITABLE.sub("", text), most)))
    return b"".join(
        bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value
        for record, number, value in fields
    )


def _cut(text: str, most: int) -> bytes:
    """Return a text as UTF-8 in at most so many bytes, cut between characters."""
    return text.encode()[:most].decode(errors="ignore").encode()


def image_resources(note: Note) -> bytes:
    """Return IIM as Photoshop's image resource block, as a JPEG holds it."""
    content = iim(note)
    padding = b"\0" * (len(content) % 2)
    return b"8BIM\x04\x04\0\0" + len(content).to_bytes(4, "big") + content + padding
