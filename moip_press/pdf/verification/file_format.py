"""The file itself, byte by byte (PDF/UA-1, 6.1; PDF/A-3, 6.1)."""

from __future__ import annotations

import re

from moip_press.pdf.verification.findings import (
    BOTH,
    KEEPING,
    READING,
    Examined,
    Findings,
    check,
    found,
)
from moip_press.pdf.verification.values import (
    Identity,
    Object,
    array,
    each_of,
    identity,
    is_stream,
    name,
    number,
)
from moip_press.report.diagnostics import Severity
from moip_press.report.messages import N_

VERSION = re.compile(rb"%PDF-1\.[0-7]\s*?[\r\n]")
HEADER = re.compile(rb"%PDF-1\.[0-7](?:\r\n|\r|\n)%[\x80-\xff]{4}")
END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
OBJECT = re.compile(rb"\d+ \d+ obj")
STREAM = re.compile(rb">>[\s\0]*stream(\r\n|\n|)")
ENDED = re.compile(rb"(?:\r\n|\r|\n)endstream")
IN_USE = 1  # what the table of objects says of one that stands in the file by itself
ELSEWHERE = frozenset(("/F", "/FFilter", "/FDecodeParms"))
REFUSED = frozenset(("LZWDecode", "LZW"))
FORMAT = N_("A program that keeps to the standard to the letter does not read it.")


@check(
    READING,
    "I346 version-of-pdf",
    N_("A PDF is of a version that PDF/UA-1 is not made for."),
    N_("PDF/UA-1 is made for PDF 1.7 and those before it."),
    "PDF/UA-1 (ISO 14289-1), 6.1",
)
def versioned(pdf: Examined) -> Findings:
    """The file is of a version up to PDF 1.7."""
    start = pdf.content.find(b"%PDF-")
    if not VERSION.match(pdf.content, max(start, 0)):
        yield found(N_("It is of another version than PDF 1.0 to 1.7."))


@check(
    KEEPING,
    "I347 format-of-pdf",
    N_("The file of a PDF is not written as archives need it."),
    FORMAT,
    "PDF/A-3 (ISO 19005-3), 6.1",
)
def written(pdf: Examined) -> Findings:
    """The file begins, ends and names itself as it should."""
    if not HEADER.match(pdf.content):
        yield found(N_("It does not begin as archives need it."))
    if not END.search(pdf.content, max(len(pdf.content) - 9, 0)):
        yield found(N_("Something stands behind its end."))
    if not any(map(str, array(pdf.file.trailer.get("/ID")))):
        yield found(N_("It has no mark that tells it from other files."))
    if any(not OBJECT.match(pdf.content, place) for place in _places(pdf).values()):
        yield found(N_("Its objects are not numbered as archives need it."))


def _places(pdf: Examined) -> dict[Identity, int]:
    """Return where the objects of a file begin, but for those that are packed."""
    entries = pdf.file.get_xref_table().items()
    return {own: entry.offset or 0 for own, entry in entries if entry.type == IN_USE}


@check(
    KEEPING,
    "I348 streams-of-pdf",
    N_("A PDF packs something in a way that archives do not accept."),
    FORMAT,
    "PDF/A-3 (ISO 19005-3), 6.1.7",
)
def packed(pdf: Examined) -> Findings:
    """What is packed is in the file, whole, and packed as everybody may."""
    places = _places(pdf)
    for value in pdf.file.objects:
        if not is_stream(value):
            continue
        if ELSEWHERE & set(value.keys()):
            yield found(N_("Some of its content stands in another file."))
        if REFUSED & {name(each) for each in each_of(value.get("/Filter"))}:
            yield found(N_("Something in it is packed by LZW."))
        if not _is_whole(pdf.content, places.get(identity(value)), value):
            yield found(N_("Something in it is longer or shorter than it says."))
    for used in pdf.contents.images.values():
        if REFUSED & {
            name(each) for each in each_of(used.values.get("/F", used.values.get("/Filter")))
        }:
            yield found(N_("Something in it is packed by LZW."))


def _is_whole(content: bytes, place: int | None, stream: Object) -> bool:
    """Return whether a stream ends where it says; what cannot be told does."""
    start = STREAM.search(content, place) if place is not None else None
    length = number(stream.get("/Length"))
    if start is None or length is None:
        return True
    return bool(start[1]) and bool(ENDED.match(content, start.end() + length))


@check(
    BOTH,
    "I351 damaged-pdf",
    N_("Parts of a PDF are damaged."),
    N_("Some programs repair it in silence, others show nothing."),
    "ISO 32000-1, 7.5",
    Severity.WARNING,
)
def intact(pdf: Examined) -> Findings:
    """Nothing in the file is damaged, as far as it was looked at."""
    if pdf.file.get_warnings():
        yield found(N_("Parts of it are damaged: programs may show it in different ways."))
