"""The fonts of a theme, and no others: those that its styles name, and those that it holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from moip_press.pdf import engine
from moip_press.pdf.typeset.fetching import BASE, Fetcher
from moip_press.system import fonts
from moip_press.system.cache import Cache
from moip_press.system.scratch import Scratch

NO_FONTS = Path(__file__).with_name("fonts.conf")
FONTS_OF_COMPUTER = "FONTCONFIG_FILE"
FEATURE = re.compile(r"[A-Za-z0-9_]{4}")
NOT_IN_NAMES = re.compile(r"[^\w .-]")
DESCRIBED = ("font_family", "font_style", "font_weight", "font_stretch")


@contextmanager
def _no_other_fonts() -> Iterator[None]:
    """Let Fontconfig know no fonts of this computer, nor its habits: they differ elsewhere."""
    before = os.environ.get(FONTS_OF_COMPUTER)
    os.environ[FONTS_OF_COMPUTER] = str(NO_FONTS)
    try:
        yield
    finally:
        os.environ.pop(FONTS_OF_COMPUTER)
        if before is not None:
            os.environ[FONTS_OF_COMPUTER] = before


class ThemeFonts(FontConfiguration):  # type: ignore[misc]
    """The fonts of a theme, without what Pango and WeasyPrint would make a mess of.

    Pango would look for ever at a font with a feature that HarfBuzz does not understand. Of files
    whose fonts are called alike, WeasyPrint draws the first, whatever glyphs were meant. And it
    believes a ``unicode-range`` even where the file has no such characters.
    """

    def __init__(self) -> None:
        with _no_other_fonts():
            super().__init__()
        self._parts: dict[str, list[str]] = {}
        self._scratch = Scratch()
        self._folder = self._scratch.folder

    def __del__(self) -> None:
        """Leave the folder to its owner, which also removes it at the end of the process."""

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:
        """Add a font, unless the name of a feature is none."""
        features = rule_descriptors.get("font_feature_settings", "normal")
        if features != "normal" and not all(FEATURE.fullmatch(name) for name, _ in features):
            LOGGER.warning("Font-face %r cannot be loaded", rule_descriptors["font_family"])
            return
        if "unicode_range" in rule_descriptors:
            rule_descriptors = self._part(rule_descriptors, url_fetcher)
        super().add_font_face(rule_descriptors, url_fetcher)

    def _part(self, rule: Any, fetcher: Fetcher) -> Any:
        """Return the rule of one part of a font: the characters that are meant and there.

        All but the first get a name of their own before that of the family.
        """
        parts = self._parts.setdefault(str([rule.get(name) for name in DESCRIBED]), [])
        source = str(rule["src"])
        if source not in parts:
            parts.append(source)
        paths = [fetcher.path(url) for kind, url in rule["src"] if kind == "external" and url]
        drawn = fonts.characters((path for path in paths[:1] if path), Cache())
        held = _ranges(
            code
            for code in sorted(map(ord, drawn))
            if any(each.start <= code <= each.end for each in rule["unicode_range"])
        )
        rule = {**rule, "unicode_range": held or rule["unicode_range"]}
        if number := parts.index(source):
            family = rule["font_family"]
            rule["font_family"] = f"{family} {number + 1}"
            fetcher.families.add(rule["font_family"])
            engine.add_to_family(self, rule, family)
        return rule

    def add_files(self, fetcher: Fetcher) -> None:
        """Add the fonts of the theme that no style names: to lay the file there is enough.

        They are used by their family's name, and for characters that no other font has.
        """
        named = {fetcher.path(url) for url, _ in fetcher.given}
        for name, path in fetcher.theme.fonts().items():
            if path in named:
                continue
            family = NOT_IN_NAMES.sub(" ", fonts.family(path))
            own = next(each for each in _numbered(family) if each not in fetcher.families)
            fetcher.families |= {own, family}
            weasyprint.CSS(
                string=f'@font-face {{ font-family: "{own}"; src: url("{quote(name)}") }}',
                base_url=f"{BASE}styles/",
                url_fetcher=fetcher,
                font_config=self,
            )


def _numbered(family: str) -> Iterator[str]:
    yield family
    for number in count(2):
        yield f"{family} {number}"


def _ranges(codes: Iterator[int]) -> list[SimpleNamespace]:
    """Return codes in ascending order as ranges."""
    runs = groupby(enumerate(codes), key=lambda numbered: numbered[1] - numbered[0])
    found = [[code for _, code in run] for _, run in runs]
    return [SimpleNamespace(start=run[0], end=run[-1]) for run in found]
