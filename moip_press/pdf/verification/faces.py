"""The fonts of a PDF: what their codes mean, which glyphs they draw, how wide these should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from moip_press.pdf.verification.content_streams import FontUse
from moip_press.pdf.verification.font_programs import (
    NOBODY,
    Compact,
    Outlines,
    Program,
    characters,
    glyph_names,
    program_of,
)
from moip_press.pdf.verification.operators import strings
from moip_press.pdf.verification.values import (
    array,
    data,
    dictionary,
    is_dictionary,
    is_stream,
    name,
    number,
    real,
    text,
)

_FAMILIES = {
    "GB1": "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16",
    "CNS1": "B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16",
    "Japan1": "83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2"
    " UniJIS-UCS2-HW UniJIS-UTF16",
    "Korea1": "KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16",
}
_ONLY_ACROSS = ("83pv-RKSJ", "90pv-RKSJ", "KSCpc-EUC")


def _named() -> Iterator[tuple[str, str]]:
    yield from (("Identity-H", ""), ("Identity-V", ""), ("H", "Japan1"), ("V", "Japan1"))
    for ordering, stems in _FAMILIES.items():
        for stem in stems.split():
            yield f"{stem}-H", ordering
            if stem not in _ONLY_ACROSS:
                yield f"{stem}-V", ordering


PREDEFINED: Mapping[str, str] = MappingProxyType(dict(_named()))
"""By name, the collection of characters that a map belongs to; "" for any."""


FILES = ("FontFile", "FontFile2", "FontFile3")
IDENTITY = ("Identity-H", "Identity-V")
SYMBOLIC, NOT_SYMBOLIC = 4, 32  # flags (ISO 32000-1, table 123)
NOT_DEFINED = ".notdef"
CODECS = MappingProxyType({"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac-roman"})
SECTION = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange)(.*?)end\1", re.DOTALL)
PART = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[([^\]]*)\]|(\d+)")
OWN_ORDERS = ("", "Identity")  # characters of no collection that readers know
MOST_CODES = 70_000  # that one map may have


class Face:
    """A font that is used in a PDF."""

    def __init__(self, use: FontUse) -> None:
        self.values = use.values
        self.page = use.page
        self.kind = name(self.values.get("/Subtype"))
        self.is_composite = self.kind == "Type0"
        below = array(self.values.get("/DescendantFonts"))
        self.below = dictionary(below[0]) if self.is_composite and below else self.values
        self.description = dictionary(self.below.get("/FontDescriptor"))
        self._use = use

    @cached_property
    def name(self) -> str:
        """Its name, without the mark of a part of it."""
        return name(self.values.get("/BaseFont")).rpartition("+")[2]

    @property
    def flags(self) -> int:
        """What its description says of its letters."""
        return number(self.description.get("/Flags")) or 0

    @property
    def is_symbolic(self) -> bool:
        """Whether it says that its characters are symbols."""
        return self.flags & (SYMBOLIC | NOT_SYMBOLIC) == SYMBOLIC

    @cached_property
    def file(self) -> tuple[str, Any]:
        """What holds its program, and of which kind it is; "" where the file has none."""
        for key in FILES:
            stream = self.description.get(f"/{key}")
            if is_stream(stream):
                return name(stream.get("/Subtype")) or key, stream
        return "", None

    @cached_property
    def program(self) -> Program | None:
        """Its program, as far as it can be read."""
        kind, stream = self.file
        return program_of(data(stream), kind) if stream is not None else None

    # --- what is written in it -----------------------------------------------------------------

    @cached_property
    def is_shown(self) -> bool:
        """Whether something is drawn in it."""
        return bool(self._use.shown)

    @cached_property
    def shown(self) -> frozenset[int]:
        """The codes that are drawn."""
        return self._codes(self._use.shown)

    @cached_property
    def used(self) -> frozenset[int]:
        """The codes that are written, drawn or not."""
        return self.shown | self._codes(self._use.hidden)

    def _codes(self, written: list[list[bytes]]) -> frozenset[int]:
        content = b"".join(map(strings, written))
        if not self.is_composite:
            return frozenset(content)
        if not self.is_read_by_twos:
            return frozenset()
        pairs = zip(content[::2], content[1::2], strict=False)
        return frozenset(first * 256 + second for first, second in set(pairs))

    @cached_property
    def is_read_by_twos(self) -> bool:
        """Whether each two bytes are a code: what is written otherwise is not looked at."""
        encoding = self.values.get("/Encoding")
        if not is_stream(encoding):
            return name(encoding) in IDENTITY
        ranges = re.findall(
            rb"begincodespacerange(.*?)endcodespacerange", data(encoding), re.DOTALL
        )
        starts = [start for own in ranges for start in re.findall(rb"<\s*([0-9A-Fa-f]+)\s*>", own)]
        return bool(starts) and all(len(start) == 4 for start in starts)

    # --- what codes mean -----------------------------------------------------------------------

    @cached_property
    def meanings(self) -> Mapping[int, str] | None:
        """The characters of each code, None where the font has no such map."""
        stream = self.values.get("/ToUnicode")
        if not is_stream(stream):
            return None
        return {code: text for code, text in _mapped(data(stream)) if isinstance(text, str)}

    def meaning(self, code: int) -> str | None:
        """Return the characters of a code, "" for none, None where nobody can tell."""
        if self.meanings is not None and code in self.meanings:
            return self.meanings[code]
        if self.is_composite:
            ordering = dictionary(self.below.get("/CIDSystemInfo")).get("/Ordering")
            return "" if self.is_read_by_twos and text(ordering) in OWN_ORDERS else None
        if self.kind == "TrueType" and (self.is_symbolic or not self.encoding):
            return None
        glyph = self.glyph_name(code)
        return None if glyph is None else characters(glyph)

    @cached_property
    def differences(self) -> Mapping[int, str]:
        """The names of glyphs that differ from the usual ones."""
        found: dict[int, str] = {}
        code = 0
        for each in array(dictionary(self.values.get("/Encoding")).get("/Differences")):
            start = number(each)
            if start is not None:
                code = start
            else:
                found[code] = name(each)
                code += 1
        return found

    @cached_property
    def encoding(self) -> str:
        """The name of its encoding, "" for none."""
        encoding = self.values.get("/Encoding")
        if is_dictionary(encoding):
            return name(encoding.get("/BaseEncoding"))
        return name(encoding)

    def glyph_name(self, code: int) -> str | None:
        """Return the name of the glyph of a code in a simple font, None where nobody can tell."""
        if code in self.differences:
            return self.differences[code]
        return self._usual_names.get(code)

    @cached_property
    def _usual_names(self) -> Mapping[int, str]:
        codec = CODECS.get(self.encoding)
        return glyph_names(codec) if codec else {}

    # --- glyphs --------------------------------------------------------------------------------

    @cached_property
    def _numbers(self) -> Mapping[int, int] | None:
        """From codes to numbers of glyphs, None where they are the same."""
        encoding = self.values.get("/Encoding")
        if not is_stream(encoding):
            return None
        return {code: cid for code, cid in _mapped(data(encoding)) if isinstance(cid, int)}

    def cid(self, code: int) -> int:
        """Return the number of a code's glyph in a composite font."""
        return code if self._numbers is None else self._numbers.get(code, NOBODY)

    @cached_property
    def _glyphs(self) -> bytes | None:
        stream = self.below.get("/CIDToGIDMap")
        return data(stream) if is_stream(stream) else None

    def glyph(self, code: int) -> int | None:
        """Return the glyph of a code, 0 for one that is not there, None where nobody can tell."""
        program = self.program
        if program is None:
            return None
        if self.is_composite:
            return self._composite_glyph(program, self.cid(code))
        if isinstance(program, Compact):
            named = self.glyph_name(code)
            return None if named is None else program.named(named)
        return self._simple_glyph(program, code)

    def _composite_glyph(self, program: Program, cid: int) -> int:
        if isinstance(program, Compact):
            return program.numbered(cid)
        glyph = cid
        if self._glyphs is not None:
            glyph = int.from_bytes(self._glyphs[2 * cid : 2 * cid + 2], "big")
        return glyph if glyph < program.count else NOBODY

    def _simple_glyph(self, program: Outlines, code: int) -> int | None:
        if self.is_symbolic or not self.values.get("/Encoding"):
            first = next(iter(program.maps.get((3, 0), {})), 0) & 0xFF00
            return program.mapped(3, 0, first + code) or program.mapped(1, 0, code)
        named = self.glyph_name(code)
        if named is None:
            return None
        meant = characters(named)
        glyph = program.mapped(3, 1, ord(meant)) if len(meant) == 1 else NOBODY
        roman = meant.encode("mac-roman", "ignore")
        if not glyph and len(roman) == 1:
            glyph = program.mapped(1, 0, roman[0])
        return glyph or program.named(named)

    # --- widths --------------------------------------------------------------------------------

    def width(self, code: int) -> float | None:
        """Return how wide a code's glyph should be, None where the font does not say."""
        if self.is_composite:
            return self._composite_widths.get(self.cid(code), self._usual_width)
        widths = array(self.values.get("/Widths"))
        first = number(self.values.get("/FirstChar"))
        if first is not None and 0 <= code - first < len(widths):
            return real(widths[code - first])
        missing = real(self.description.get("/MissingWidth"))
        return 0.0 if missing is None and self.kind == "TrueType" else missing

    @cached_property
    def _usual_width(self) -> float:
        given = real(self.below.get("/DW"))
        return 1000.0 if given is None else given

    @cached_property
    def _composite_widths(self) -> Mapping[int, float]:
        found: dict[int, float] = {}
        waiting = array(self.below.get("/W"))[::-1]
        while len(waiting) > 1 and len(found) < MOST_CODES:
            first, second = number(waiting.pop()), waiting.pop()
            if first is None:
                break
            if own := array(second):
                found.update({first + n: real(w) or 0.0 for n, w in enumerate(own[:MOST_CODES])})
            elif waiting and (last := number(second)) is not None:
                width = real(waiting.pop()) or 0.0
                found.update(dict.fromkeys(range(first, min(last, first + MOST_CODES) + 1), width))
        return found


# --- maps --------------------------------------------------------------------------------------


def _mapped(content: bytes) -> Iterator[tuple[int, str | int]]:
    """Yield what a map says of codes: characters as a text, or numbers of glyphs."""
    left = MOST_CODES
    for section in SECTION.finditer(content):
        parts = list(PART.finditer(section[2]))
        step = 3 if section[1].endswith(b"range") else 2
        for at in range(0, len(parts) - step + 1, step):
            first, last, target = parts[at], parts[at + step - 2], parts[at + step - 1]
            start, end = _number(first), _number(last)
            for code in range(start, min(end, start + left) + 1):
                left -= 1
                yield code, _target(target, code - start)
            if left < 0:
                return


def _number(part: re.Match[bytes]) -> int:
    digits = b"".join((part[1] or b"").split())
    return int(digits, 16) if digits else 0


def _target(part: re.Match[bytes], further: int) -> str | int:
    if part[3]:
        return int(part[3]) + further
    if part[2] is not None:
        each = PART.findall(part[2])
        digits = each[further][0] if further < len(each) else b""
        return _text(digits, 0)
    return _text(part[1] or b"", further)


def _text(digits: bytes, further: int) -> str:
    plain = b"".join(digits.split())
    content = bytes.fromhex((b"0" * (len(plain) % 2) + plain).decode())
    content = content.rjust(2, b"\0") if content else content
    last = (int.from_bytes(content[-2:], "big") + further) & 0xFFFF
    return (
        (content[:-2] + last.to_bytes(2, "big")).decode("utf-16-be", "replace") if content else ""
    )
