"""The style sheet made of ``theme.yaml``: custom properties that ``styles/tokens.css`` reads.

It comes before all others, and says only what the kit does: each token has its usual value beside
the name that it reads. So a kit's own ``styles/`` lie over it as they lie over ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from urllib.parse import quote

from moip_press.kit.folders import Theme, program_folder
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.looks import Colours, Looks, SectionColour
from moip_press.system import fonts
from moip_press.system.colours import nearest, shade
from moip_press.system.enforcement import Broken, OverLimit
from moip_press.system.files import inside

USUAL = re.compile(r"var\(--theme-([\w-]+), (#[0-9a-f]{6})\)")
WHITE = "#ffffff"
OURS = ("Source Sans 3", "Source Serif 4")
NOT_IN_NAMES = re.compile(r"[^\w .-]")
TINTED, COLOUR_OF_TINT = 0.96, 0.025  # lightness and chroma of what text stands on
BRIGHT = 0.74  # the lightness of what stands on the dark ground
SOFT, RING = (0.83, 0.05), (0.53, 0.09)  # lightness and chroma of what is less important on it


def theme_of(kit: Kit) -> Theme:
    """Return the files that rule the looks of a kit, and the style sheet of its ``theme.yaml``."""
    if kit.looks_source is None:
        return Theme(kit.folder)
    named = dict.fromkeys((*kit.looks.fonts.sans, *kit.looks.fonts.serif))
    return Theme(kit.folder, "\n".join(_rules(kit, kit.looks)), tuple(named))


@cache
def usual_colours() -> Mapping[str, str]:
    """Return the colours of the program by the names that a theme gives them."""
    css = (program_folder("styles") / "tokens.css").read_text(encoding="utf-8")
    return dict(USUAL.findall(css))


def shades(colour: SectionColour, ground: str) -> dict[str, str]:
    """Return the bright, dark and light shade of a section, those not given made from the others.

    What is made stands out as text must, as far as any shade of the colour does.
    """
    base = colour.base
    tint = colour.tint or shade(base, TINTED, COLOUR_OF_TINT)
    dark = colour.dark or nearest(base, (WHITE, tint)) or base
    bright = colour.bright or nearest(shade(base, BRIGHT), (ground,)) or base
    return {"bright": bright, "dark": dark, "tint": tint}


def _rules(kit: Kit, looks: Looks) -> Iterator[str]:
    tokens = dict([*_colours(looks.colours), *_sizes(looks)])
    for role in ("sans", "serif"):
        family, faces = _faces(kit, getattr(looks.fonts, role))
        yield from faces
        if faces:
            tokens[role] = f'"{family}"'
    yield ":root {"
    yield from (f"  --theme-{name}: {value};" for name, value in tokens.items())
    yield "}"
    for number in range(len(usual_sections()) + 1, len(looks.colours.sections) + 1):
        own = (f"--{name}: var(--theme-{name}-{number})" for name in ("bright", "dark", "tint"))
        yield f".colour-{number} {{ {'; '.join(own)} }}"


def usual_sections() -> list[dict[str, str]]:
    """Return the shades of the program's section colours, in turn."""
    usual = usual_colours()
    found: list[dict[str, str]] = []
    while f"dark-{len(found) + 1}" in usual:
        number = len(found) + 1
        found.append({name: usual[f"{name}-{number}"] for name in ("bright", "dark", "tint")})
    return found


def _colours(own: Colours) -> Iterator[tuple[str, str]]:
    usual = usual_colours()
    ground = own.ground or usual["ground"]
    for name in ("ground", "accent", "ink"):
        if given := getattr(own, name):
            yield name, given
    if own.ground:
        for name, (light, chroma) in {"soft": SOFT, "ring": RING}.items():
            made = shade(ground, light, chroma)
            yield name, (nearest(made, (ground,)) or WHITE) if name == "soft" else made
    given = [shades(colour, ground) for colour in own.sections]
    if not given and own.ground:
        given = [
            {**each, "bright": nearest(each["bright"], (ground,)) or each["bright"]}
            for each in usual_sections()
        ]
    for number, colours in enumerate(given, 1):
        yield from ((f"{name}-{number}", value) for name, value in colours.items())
    for name, value in (given or [{}])[0].items():
        yield name, value  # of what belongs to no section


def _sizes(looks: Looks) -> Iterator[tuple[str, str]]:
    if looks.model_fields_set & {"page", "margins"}:
        for name in ("width", "height", "top", "right", "bottom", "left"):
            yield f"page-{name}", f"{getattr(looks.format, name):g}mm"
    if looks.scale != 1:
        yield "size", f"{10 * looks.scale:g}pt"
    if looks.titles == "capitals":
        yield "title-case", "uppercase"


def _faces(kit: Kit, files: tuple[str, ...]) -> tuple[str, list[str]]:
    """Return the family of font files, and a rule for each of them that can be read."""
    faces: dict[str, fonts.Face] = {}
    for name in files:
        path = inside(kit.folder, name)
        with suppress(OSError, Broken, OverLimit):  # of these, a diagnostic tells
            if path is not None:
                faces[name] = fonts.face(path)
    own = next((face.family for face in faces.values()), "")
    family = NOT_IN_NAMES.sub(" ", own).strip() or "Theme"
    family += " of the kit" if family in OURS else ""
    return family, [
        f'@font-face {{ font-family: "{family}"; src: url("{quote(name)}");'
        + ("" if face.variable else f" font-weight: {face.weight};")
        + f" font-style: {'italic' if face.italic else 'normal'} }}"
        for name, face in faces.items()
    ]
