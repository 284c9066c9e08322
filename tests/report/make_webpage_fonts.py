"""Makes the fonts of the pages for a browser: `moip_press/report/webpage/sans-*.woff2`.

    python -m tests.report.make_webpage_fonts

They are Source Sans 3 of `styles/fonts/` with the letters of Latin scripts and the signs of
typography, under another name, as its licence asks of what is altered.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "moip_press" / "report" / "webpage"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
FAMILY = "Report Sans"
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+0192,U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
    "U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+2070-2089,U+20AC,U+2116,U+2122,U+2190-2193,"
    "U+2212,U+2260,U+2264,U+2265,U+2713"
)
FEATURES = ("ccmp", "kern", "locl", "mark", "mkmk", "tnum")
COPYRIGHT, FAMILY_NAME, STYLE, FULL_NAME, FILE_NAME, LICENCE, LICENCE_AT = 0, 1, 2, 4, 6, 13, 14


def made(name: str) -> TTFont:
    """Return the part of a font that pages need."""
    font = TTFont(ROOT / "styles" / "fonts" / f"SourceSans3-{name}.ttf", recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(FEATURES)
    options.name_IDs = [COPYRIGHT, LICENCE, LICENCE_AT]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(LETTERS))
    subsetter.subset(font)
    named = {FAMILY_NAME: FAMILY, STYLE: name, FULL_NAME: f"{FAMILY} {name}"}
    for number, words in {**named, FILE_NAME: f"ReportSans-{name}"}.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


if __name__ == "__main__":
    for weight, name in WEIGHTS.items():
        made(name).save(TARGET / f"sans-{weight}.woff2")
