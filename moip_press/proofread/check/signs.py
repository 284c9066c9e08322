"""Every sign of the kit is in a font of its theme."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.folders import Theme
from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Kit
from moip_press.kit.source import Loc
from moip_press.proofread.check.faults import error
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.system import fonts
from moip_press.system.cache import Cache

UNPRINTED = ("file", "alt", "template")


MOST_PLACES = 5


def signs_in_fonts(kit: Kit, theme: Theme, cache: Cache) -> Iterator[Diagnostic]:
    """Every sign of the kit's texts is in one of the theme's fonts."""
    known = fonts.characters(theme.fonts(), cache)
    places: dict[str, list[Span]] = {}
    for placed in kit.values():
        if isinstance(placed.value, Text) and _printed(placed.loc):
            text = placed.written
            for start, end in fonts.missing(text, known):
                places.setdefault(text[start:end], []).append(placed.part_span(start, end))
    for signs, (first, *others) in places.items():
        yield error(
            "P101",
            first,
            N_("No font of the theme can print “{signs}” ({numbers})."),
            Message(N_("Write it otherwise, or add a font that has it to styles/fonts/.")),
            tuple(
                Related(span, Message(N_("It stands here too."))) for span in others[:MOST_PLACES]
            ),
            signs=signs,
            numbers=" ".join(f"U+{ord(sign):04X}" for sign in signs),
        )


def _printed(loc: Loc) -> bool:
    return loc[-1] == "title" if loc[0] == "chapters" else loc[-1] not in UNPRINTED
