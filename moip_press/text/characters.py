"""What a text prints, whatever characters it was typed with.

Accents typed apart from their letters, ligatures and styled letters as one character, entities of
HTML, bullets of Word, characters without width: each becomes the plain characters that a reader
sees, so that pages can be searched and copied. The data keeps what was typed. What says something
of its own stays: raised and lowered figures (m², CO₂, 1ᵉʳ), and what other scripts need.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import cache

MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
UNSEEN = "\u034f\u115f\u1160\u180e\u2061-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
BREAKS = "\x0b\x0c\x85\u2028\u2029"
SPACES = "\u1680\u2000-\u2006\u2008\u205f\u2800"
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
TAGS = "\U000e0000-\U000e007f"
# ligatures, numerals, units and letters of mathematics: Unicode says what each is short for
SHORT = (
    "\u203c\u2047-\u2049\u2103\u2109\u2160-\u217f\u3371-\u33df\ufb00-\ufb06\U0001d400-\U0001d7ff"
)
SCRIPT = (
    "\u2102\u210a-\u210d\u2110-\u2113\u2115\u2119-\u211d\u2124\u2128"
    "\u212c\u212d\u212f-\u2131\u2133\u2134"
)
"""Letters that are missing among those of mathematics, and stand elsewhere; alone they stay."""
WIDE = "\u3000\ufe50-\ufe6b\uff01-\uff5e\uffe0-\uffe6"
"""Full-width forms, which are right among the characters of East Asia."""
# canonical forms of one character: ohm, kelvin, ångström and their like
SINGLES = "\u0340\u0341\u0343\u0374\u037e\u0387\u1f71-\u1fff\u2126\u212a\u212b"
KNOWN = {
    "\u2010": "-",
    "\u2011": "-\u2060",  # a hyphen where no line ends
    "\u2027": "\u00b7",
    "\u2e31": "\u00b7",
    # Wingdings and Symbol, as Word leaves them behind
    "\uf020": " ",
    "\uf02d": "-",
    "\uf04a": "\u263a",
    "\uf06c": "\u25cf",
    "\uf06e": "\u25a0",
    "\uf06f": "\u25a1",
    "\uf0a7": "\u25aa",
    "\uf0a8": "\u25a1",
    "\uf0ae": "\u2192",
    "\uf0b0": "\u00b0",
    "\uf0b1": "\u00b1",
    "\uf0b4": "\u00d7",
    "\uf0b7": "\u2022",
    "\uf0d8": "\u25ba",
    "\uf0df": "\u2190",
    "\uf0e0": "\u2192",
    "\uf0e8": "\u2192",
    "\uf0fb": "\u2717",
    "\uf0fc": "\u2713",
    "\uf0fe": "\u2611",
}
ENTITY = (
    r"&(?:(?:amp|#0{0,4}38|#[xX]0{0,4}26);){0,8}"
    r"(?:(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|nbsp\b)"
)
"""An entity of HTML, or of its text, even one that was encoded twice."""
EAST_ASIAN = re.compile("[\u1100-\u11ff\u3005-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
EMOJI = "\u200d\u2190-\u2bff\U0001f000-\U0001faff"
JOINED = f"{EMOJI}\u0590-\u10ff\u1780-\u1cff\ua800-\uabff\ufe0f"
"""What a joiner says something after."""
SILENT = "\u00ad\u200b\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What prints nothing, and stays on the page for how lines end and glyphs are chosen there."""
GONE = re.compile(f"[{UNSEEN}{CONTROLS}{DIRECTIONS}{TAGS}\u200b-\u200d\ufe0e\ufe0f]")
SPACE = re.compile(f"[{BREAKS}{SPACES}]")
FORM = re.compile(f"[{SHORT}{SCRIPT}{WIDE}]")
ODD = re.compile(
    f"[&{MARKS}{UNSEEN}{CONTROLS}{BREAKS}{SPACES}{DIRECTIONS}{TAGS}{SHORT}{WIDE}{SINGLES}{SILENT}"
    f"{''.join(KNOWN)}\u1100-\u1112\u200c\u200d]"
)
"""What most texts have none of."""


def printed(text: str, *, code: bool = False) -> str:
    """Return the text with the characters that it prints; in code, entities are no characters."""
    if ODD.search(text) is None:
        return text
    return _pattern(*_scripts(text), entities=not code).sub(_one, text)


def read(text: str) -> tuple[str, array[int], array[int]] | None:
    """Return the text as a reader sees it, and where each of its characters was typed.

    The character at `n` was typed from the first number at `n` up to the second. None where the
    text is that already.
    """
    if ODD.search(text) is None:
        return None
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    for start, end, piece in _pieces(text):
        pieces.append(piece)
        if end - start == len(piece):
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    return "".join(pieces), starts, ends


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield a text in pieces: where each was typed, and what is read there."""
    done = 0
    for match in _pattern(*_scripts(text), entities=True, silent=True).finditer(text):
        yield done, match.start(), text[done : match.start()]
        yield match.start(), match.end(), re.sub(f"[{SILENT}]", "", _one(match))
        done = match.end()
    yield done, len(text), text[done:]


def _scripts(text: str) -> tuple[bool, bool]:
    return EAST_ASIAN.search(text) is not None, RIGHT_TO_LEFT.search(text) is not None


@cache
def _pattern(
    east_asian: bool,  # noqa: FBT001
    right_to_left: bool,  # noqa: FBT001
    *,
    entities: bool,
    silent: bool = False,
) -> re.Pattern[str]:
    """Return what changes in a text of these scripts, with entities and `silent` characters."""
    single = UNSEEN + CONTROLS + BREAKS + SPACES + SHORT + SINGLES + "".join(KNOWN)
    single += ("" if east_asian else WIDE) + ("" if right_to_left else DIRECTIONS)
    letter = "\U0001d400-\U0001d7ff"
    kinds = [
        f"(?s:.)[{MARKS}]+",
        "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?",
        f"[{single}]",
        f"(?<=[{letter}])[{SCRIPT}]|[{SCRIPT}](?=[{SCRIPT}]{{0,40}}[{letter}])",
        f"(?<![\U0001f3f4{TAGS}])[{TAGS}]",
        "(?<=\\w)\u200b+(?=\\w)",
        f"(?<![{JOINED}])[\u200c\u200d]",
        f"(?<![{EMOJI}])[\ufe0e\ufe0f]",
    ]
    kinds += [ENTITY] if entities else []
    kinds += [f"[{SILENT}]"] if silent else []
    return re.compile("|".join(kinds))


def _one(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == "&" and len(found) > 1:
        return _decoded(found)
    return unicodedata.normalize("NFC", "".join(map(_plain, found)))


def _decoded(entity: str) -> str:
    """Return what an entity stands for, even one that was encoded twice."""
    before = ""
    while before != entity:
        before, entity = entity, html.unescape(entity)
    return entity if "&" in entity else printed(entity)


def _plain(character: str) -> str:
    if character in KNOWN:
        return KNOWN[character]
    if GONE.match(character):
        return ""
    if SPACE.match(character):
        return " "
    if FORM.match(character):
        plain = unicodedata.normalize("NFKC", character)
        return re.sub("m[23]$", _raised, plain)
    return character


def _raised(unit: re.Match[str]) -> str:
    """Return square and cubic metres as they are written."""
    return unit[0].translate({ord("2"): "\u00b2", ord("3"): "\u00b3"})
