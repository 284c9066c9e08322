"""Fonts: held by the file, sound, and such that each character can be read (7.21; A, 6.2.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.pdf.verification.faces import CODECS, IDENTITY, NOT_DEFINED, PREDEFINED, Face
from moip_press.pdf.verification.findings import BOTH, KEEPING, Examined, Findings, check, found
from moip_press.pdf.verification.font_programs import NOBODY, Compact, Outlines, characters
from moip_press.pdf.verification.values import (
    Object,
    array,
    data,
    dictionary,
    is_stream,
    name,
    number,
    text,
)
from moip_press.report.messages import N_

NO_MEANING = ("\0", "\ufeff", "\ufffe")
CLOSE = 1.0  # thousandths by which two widths may differ (ISO 14289-1, 7.21.5)
SUBSET = re.compile(r"[A-Z]{6}\+")
USED_MAP = re.compile(rb"/([^\s/]+)\s+usecmap")
DIRECTION = re.compile(rb"/WMode\s+(\d)")
PROGRAMS = frozenset(("Type1C", "CIDFontType0C", "OpenType", "FontFile", "FontFile2", "FontFile3"))


@check(
    BOTH,
    "I306 font-outside-pdf",
    N_("A PDF does not hold one of its fonts."),
    N_("On another computer it would look otherwise, now or in ten years."),
    "PDF/UA-1 (ISO 14289-1), 7.21.4.1; PDF/A-3 (ISO 19005-3), 6.2.11.4",
)
def embedded(pdf: Examined) -> Findings:
    """The file holds the fonts that it draws with."""
    for face in pdf.faces:
        if face.is_shown and face.kind != "Type3" and not face.file[0]:
            yield found(N_("It does not hold the font “{name}”."), name=face.name)


@check(
    BOTH,
    "I327 unreadable-characters",
    N_("A PDF does not say which characters some of its glyphs are."),
    N_("They can be seen, but not read aloud, searched or copied."),
    "PDF/UA-1 (ISO 14289-1), 7.21.7; PDF/A-3 (ISO 19005-3), 6.2.11.7",
)
def readable(pdf: Examined) -> Findings:
    """Each glyph that is written stands for characters."""
    message = N_("Some glyphs of the font “{name}” stand for no characters.")
    for face in pdf.faces:
        meanings = [face.meaning(code) for code in face.used]
        if any(m is not None and (not m or any(c in m for c in NO_MEANING)) for m in meanings):
            yield found(message, (face.page,), name=face.name)


@check(
    BOTH,
    "I328 missing-glyphs",
    N_("A PDF shows characters that its fonts do not have."),
    N_("An empty box is printed in their place, or nothing."),
    "PDF/UA-1 (ISO 14289-1), 7.21.4.1, 7.21.8; PDF/A-3 (ISO 19005-3), 6.2.11.4.1, 6.2.11.8",
)
def drawable(pdf: Examined) -> Findings:
    """The fonts have the glyphs that are written in them."""
    for face in pdf.faces:
        if any(_is_missing(face, code) for code in face.used):
            message = N_("Some characters are not in their font “{name}”.")
            yield found(message, (face.page,), name=face.name)


def _is_missing(face: Face, code: int) -> bool:
    """Return whether a code has no glyph; nothing is drawn with a code that is not ``shown``."""
    if not face.is_composite and face.glyph_name(code) == NOT_DEFINED:
        return True
    return face.glyph(code) == NOBODY and (face.is_composite or code in face.shown)


@check(
    BOTH,
    "I329 widths-of-glyphs",
    N_("A PDF gives the glyphs of a font other widths than the font does."),
    N_("Readers that rely on these widths space or cut the words wrongly."),
    "PDF/UA-1 (ISO 14289-1), 7.21.5; PDF/A-3 (ISO 19005-3), 6.2.11.5",
)
def spaced(pdf: Examined) -> Findings:
    """Glyphs are as wide as their font says."""
    for face in pdf.faces:
        if any(_is_off(face, code) for code in face.shown):
            message = N_("The font “{name}” has other widths than the file says.")
            yield found(message, (face.page,), name=face.name)


def _is_off(face: Face, code: int) -> bool:
    glyph, said = face.glyph(code), face.width(code)
    if not glyph or face.program is None or said is None:
        return False
    width = face.program.width(glyph)
    return width is not None and abs(width - said) > CLOSE


@check(
    BOTH,
    "I330 unsound-fonts",
    N_("A font of a PDF is not described as readers need it."),
    N_("They may draw other characters, or none."),
    "PDF/UA-1 (ISO 14289-1), 7.21.3, 7.21.4.2, 7.21.6; PDF/A-3 (ISO 19005-3), 6.2.11",
)
def sound(pdf: Examined) -> Findings:
    """Fonts say how codes lead to glyphs."""
    for face in pdf.faces:
        for message in (*_of_composite(face), *_of_letters(face), *_of_subset(face)):
            yield found(message, (face.page,), name=face.name)


def _of_composite(face: Face) -> Iterator[str]:
    """Yield what is wrong with the maps of a composite font."""
    if not face.is_composite:
        return
    if name(face.below.get("/Subtype")) == "CIDFontType2" and face.file[0]:
        glyphs = face.below.get("/CIDToGIDMap")
        if not is_stream(glyphs) and not name(glyphs):
            yield N_("The font “{name}” does not say which glyphs its characters are.")
    encoding = face.values.get("/Encoding")
    own = name(encoding) or name(dictionary(encoding).get("/CMapName"))
    if not is_stream(encoding) and own not in PREDEFINED:
        yield N_("The font “{name}” has a map of characters that is not in the file.")
    if own not in IDENTITY and not _same_characters(face, encoding):
        yield N_("The font “{name}” and its map are for different characters.")
    if is_stream(encoding):
        yield from _of_map(encoding)


def _same_characters(face: Face, encoding: object) -> bool:
    """Return whether a composite font and its map belong to the same collection."""
    info = dictionary(face.below.get("/CIDSystemInfo"))
    if not is_stream(encoding):
        return PREDEFINED.get(name(encoding)) == text(info.get("/Ordering"))
    its = dictionary(dictionary(encoding).get("/CIDSystemInfo"))
    same = all(text(info.get(key)) == text(its.get(key)) for key in ("/Registry", "/Ordering"))
    return same and (number(info.get("/Supplement")) or 0) <= (number(its.get("/Supplement")) or 0)


def _of_map(encoding: Object) -> Iterator[str]:
    """Yield what is wrong with a map that the file holds."""
    content = data(encoding)
    direction = DIRECTION.search(content)
    if (number(encoding.get("/WMode")) or 0) != int(direction[1] if direction else 0):
        yield N_("The map of the font “{name}” says two directions of writing.")
    used = USED_MAP.search(content)
    other = encoding.get("/UseCMap")
    mentioned = name(other) or (used[1].decode("latin-1") if used and not is_stream(other) else "")
    if mentioned and mentioned not in PREDEFINED:
        yield N_("The font “{name}” has a map of characters that is not in the file.")


def _of_letters(face: Face) -> Iterator[str]:
    """Yield what is wrong with the encoding of a simple font in TrueType."""
    if face.kind != "TrueType" or not face.is_shown:
        return
    program = face.program if isinstance(face.program, Outlines) else None
    symbols = program is not None and (3, 0) in program.maps
    maps = len(program.maps) if program else 1
    if face.is_symbolic:
        if face.values.get("/Encoding") is not None:
            yield N_("The font “{name}” is of symbols, and has an encoding of letters.")
        if program and maps != 1 and not symbols:
            yield N_(
                "The font “{name}” is of symbols, and does not say which of its maps is theirs."
            )
        return
    usual = face.encoding in CODECS
    odd = [glyph for glyph in face.differences.values() if not characters(glyph)]
    unicode = program is None or (3, 1) in program.maps
    if not usual or odd or (face.differences and not unicode):
        yield N_("The font “{name}” has an encoding that readers do not know.")
    if program and not maps > symbols:
        yield N_("The font “{name}” has no map of its characters.")


def _of_subset(face: Face) -> Iterator[str]:
    """Yield what is wrong with the lists of what a part of a font holds."""
    program = face.program
    if program is None or not SUBSET.match(name(face.values.get("/BaseFont"))):
        return
    message = N_("The font “{name}” holds glyphs that its list leaves out.")
    listed = face.description.get("/CIDSet")
    if is_stream(listed) and name(face.below.get("/CIDToGIDMap")) in ("", "Identity"):
        bits = data(listed)
        numbers = program.numbers if isinstance(program, Compact) else range(1, program.count)
        if not all(n >> 3 < len(bits) and bits[n >> 3] & (0x80 >> (n & 7)) for n in numbers):
            yield message
    names = text(face.description.get("/CharSet"))
    own = program.names if isinstance(program, Compact) and not program.by_number else []
    if names and set(own) - set(names.split("/")) - {NOT_DEFINED}:
        yield message


@check(
    KEEPING,
    "I331 incomplete-fonts",
    N_("A font of a PDF lacks what archives ask of its description."),
    N_("An archive must draw it in ten years from what the file says alone."),
    "PDF/A-3 (ISO 19005-3), 6.2.11.2",
)
def complete(pdf: Examined) -> Findings:
    """Simple fonts say how wide their codes are; programs are of a known kind."""
    for face in pdf.faces:
        if not face.is_composite and face.file[0]:
            first, last = (number(face.values.get(key)) for key in ("/FirstChar", "/LastChar"))
            count = len(array(face.values.get("/Widths")))
            if first is None or last is None or count != last - first + 1:
                message = N_("The font “{name}” does not say how wide each of its codes is.")
                yield found(message, (face.page,), name=face.name)
        if face.file[0] and face.file[0] not in PROGRAMS:
            message = N_("The program of the font “{name}” is of a kind that nobody knows.")
            yield found(message, (face.page,), name=face.name)
