"""The style sheet of a site, and its fonts: the theme of the printed pages, for screens.

One sheet holds all. Colours for dark screens are made of the theme's: each stands out from what it
lies on as text must. Fonts are cut to what European languages need and what the site says.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from moip_press.kit.folders import Theme
from moip_press.kit.theme_sheet import usual_colours
from moip_press.system import fonts
from moip_press.system.cache import Cache
from moip_press.system.colours import nearest, shade
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import inside

SHEET = "site.css"
OURS = ("fonts.css", "tokens.css", "site/site.css")
"""The style sheets that a site has of those in ``styles/``, in their order."""
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE = re.compile(r"src:\s*url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
OWN = re.compile(r"--theme-([\w-]+): (#[0-9a-f]{6})")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANKS = re.compile(r"\n\s*\n+")
NOT_USED = frozenset(
    {"SourceSans3-SemiBoldItalic", "SourceSerif4-SemiBold", "SourceSerif4-SemiBoldItalic"}
)
"""Our fonts in which nothing is set on a screen."""
USUAL_CHARACTERS = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x202F, 0x2030))
) | frozenset("‹›€™←↑→↓−≈≠≤≥№")
"""What fonts keep whatever the site says: a corrected word does not change the files."""
DEEP, RAISED, EDGE = (0.19, 0.035), (0.25, 0.045), (0.4, 0.035)
"""Lightness and chroma, on a dark screen, of the page, of what lies on it, and of lines."""
PALE, SOFT = (0.95, 0.01), (0.76, 0.02)  # of text, and of what is less important
Files = dict[str, bytes]


def style_sheet(theme: Theme, said: frozenset[str], cache: Cache) -> tuple[str, Files]:
    """Return the style sheet, and the font files that it names by their names beside it.

    ``said`` are the characters of the site.
    """
    files: Files = {}
    sheets = [theme.sheet, *(read(theme, name) for name in OURS)]
    sheets.insert(-1, dark_colours(theme))
    text = "\n".join(COMMENT.sub("", sheet) for sheet in sheets)
    text = FACE.sub(_face(theme, said, cache, files), text)
    return BLANKS.sub("\n", text).strip() + "\n", files


def read(theme: Theme, name: str) -> str:
    """Return a style sheet of the theme by its name in ``styles/``; empty where there is none."""
    path = theme.style(PurePosixPath(name))
    return path.read_text(encoding="utf-8") if path else ""


def _face(
    theme: Theme, said: frozenset[str], cache: Cache, files: Files
) -> Callable[[re.Match[str]], str]:
    """Return what makes the rule of a font name its cut file; a font that none can read is gone."""

    def cut(rule: re.Match[str]) -> str:
        source = SOURCE.search(rule[0])
        path = _font(theme, unquote(source[1])) if source else None
        if source is None or path is None or path.stem in NOT_USED:
            return ""
        try:
            content = fonts.cut(path, USUAL_CHARACTERS | said, cache)
        except (OSError, Broken, OverLimit):
            return ""
        name = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:8]}.woff2"
        files[f"fonts/{name}"] = content
        new = f'src: url("fonts/{name}") format("woff2"); font-display: swap'
        return rule[0].replace(source[0], new)

    return cut


def _font(theme: Theme, name: str) -> Path | None:
    """Return the file of a font: a name in the kit, as ``theme.yaml`` has it, or in ``styles/``."""
    if name in theme.named:
        return inside(theme.kit, name)
    return theme.style(PurePosixPath(name))


def dark_colours(theme: Theme) -> str:
    """Return the rules that give the tokens their colours on dark screens."""
    usual = usual_colours()
    colours = {**usual, **dict(OWN.findall(theme.sheet))}
    return (
        "@media screen and (prefers-color-scheme: dark) {\n"
        + "\n".join(_dark_rules(colours))
        + "\n}"
    )


def _dark_rules(colours: Mapping[str, str]) -> Iterator[str]:
    ground = colours["ground"]
    paper, raised = shade(ground, *DEEP), shade(ground, *RAISED)
    grounds = (paper, raised)
    tokens = {
        "paper": paper,
        "raised": raised,
        "ink": shade(ground, *PALE),
        "title": shade(ground, *PALE),
        "grey": nearest(shade(ground, *SOFT), grounds) or "#ffffff",
        "hair": shade(ground, *EDGE),
        "alert": nearest("#ff9a86", grounds) or "#ffffff",
    }
    yield f":root {{ {_declared(tokens)} {_declared(_shades(colours, '', paper))} }}"
    number = 1
    while f"bright-{number}" in colours:
        yield f".colour-{number} {{ {_declared(_shades(colours, f'-{number}', paper))} }}"
        number += 1


def _shades(colours: Mapping[str, str], suffix: str, paper: str) -> Mapping[str, str]:
    """Return the shades of a section on a dark screen: what is bright there stands for text."""
    bright = colours[f"bright{suffix}"]
    tint = shade(bright, *RAISED)
    return {"dark": nearest(bright, (paper, tint)) or "#ffffff", "tint": tint}


def _declared(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())
