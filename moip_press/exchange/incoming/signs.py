"""Signs that no page can hold: control characters, and pictures that the fonts do not have."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.system import fonts
from moip_press.system.cache import Cache

# line ends of all kinds; U+2029 ends a paragraph
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
PARAGRAPH_END = "\u2029"
# say how signs are joined or which way they run, and print nothing
SILENT = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# what may be a picture, and what follows one: skin, joiners, variants, keycaps, flags of regions
PICTURE = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|"
    "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    "(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)*"
    "|[\ufe0e\ufe0f\u20e3]+"
)
MARKS = frozenset({"Mn", "Me", "Cf"})
# hardly any text has a sign besides letters and marks, of which nothing above can be
UNUSUAL = re.compile(
    "[^\t\n\x20-\x7e\xa0-\xac\xae-\u1fff\u2010-\u2027\u202f-\u205f\u2070-\u20e2\u20e4-\u218f]"
)
ODD = re.compile(f"{SILENT.pattern}|{CONTROL.pattern}|{PICTURE.pattern}")


class Signs:
    """The signs that a kit can print, known once a text asks for them: fonts are slow to read."""

    def __init__(self, folder: Path, cache: Cache | None = None) -> None:
        self.folder = folder
        self.cache = cache or Cache()

    @cached_property
    def known(self) -> frozenset[str]:
        """The signs of the fonts of the kit's theme."""
        return fonts.signs(Theme(self.folder).fonts(), self.cache)

    def cleaned(self, text: str) -> tuple[str, tuple[str, ...]]:
        """Return a text with line ends of one kind, without what cannot be printed.

        With it come the signs that were taken out, each once; those that print nothing anyway are
        not told.
        """
        if UNUSUAL.search(text) is None:
            return text, ()
        text = LINE_ENDS.sub("\n", text).replace(PARAGRAPH_END, "\n\n")
        if ODD.search(text) is None:
            return text, ()
        lost: dict[str, None] = {}

        def replaced(found: re.Match[str]) -> str:
            signs = found[0]
            if SILENT.fullmatch(signs):
                return ""
            if CONTROL.fullmatch(signs):
                lost[f"U+{ord(signs):04X}"] = None
                return ""
            kept = "".join(sign for sign in signs if sign in self.known)
            if kept:
                return kept
            if any(unicodedata.category(sign) not in MARKS for sign in signs):
                lost[signs] = None
            return ""

        cleaned = ODD.sub(replaced, text)
        if lost:
            cleaned = _closed(cleaned)
        return cleaned, tuple(lost)


def _closed(text: str) -> str:
    """Return a text without the double spaces and spaces at line ends that signs left behind."""
    return re.sub(r"(?m)^[ \t]+(?=\S)|[ \t]+$", "", re.sub(r"(?<=\S) {2,}(?=\S)", " ", text))
