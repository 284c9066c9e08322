"""How large the logos of partners stand beside each other: all as heavy to the eye."""

from __future__ import annotations

from functools import cached_property
from math import sqrt

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Logo
from moip_press.system.cache import Cache
from moip_press.system.files import inside, is_file
from moip_press.system.pictures.intake import Intake
from moip_press.system.pictures.made_pictures import Refusal

USUAL_INK = 0.3  # of the area of a logo: letters on white, mostly
USUAL_AREA = 0.55  # of the largest place, for a logo with as much ink
LEAST_INK, MOST_INK = 0.12, 0.8  # beyond these, size would no longer look right
GROUNDS = {None: "#ffffff", "dark": "#0b1f4d"}


class PartnerLogos:
    """The logos of the partners of a kit, measured when they are asked for."""

    def __init__(self, kit: Kit, theme: Theme, cache: Cache) -> None:
        self._kit = kit
        self._theme = theme
        self._intake = Intake(cache)
        self._widths: dict[tuple[str, float, float], float | None] = {}

    @cached_property
    def _logos(self) -> dict[str, Logo]:
        logos = (partner.logo for partner in self._kit.edition.partners)
        return {str(logo.file): logo for logo in logos if logo and logo.file and not logo.pending}

    def width(self, file: str, wide: float, high: float) -> float | None:
        """Return the width of a partner's logo in millimetres, in a place so wide and high.

        Logos get the same area, less where their ink is dense, whatever their shape and their
        margins. None where the logo cannot be measured.
        """
        key = (file, wide, high)
        if key not in self._widths:
            logo = self._logos.get(file)
            self._widths[key] = self._measured(logo, wide, high) if logo else None
        return self._widths[key]

    def _measured(self, logo: Logo, wide: float, high: float) -> float | None:
        path = inside(self._kit.folder, str(logo.file))
        if path is None or not is_file(path):
            return None
        taken = self._intake.take_file(path)
        if isinstance(taken, Refusal):
            return None
        ink = self._intake.ink(taken, GROUNDS[logo.on], self._theme.fonts().values())
        if ink is None:
            return None
        dense = min(max(ink.share, LEAST_INK), MOST_INK)
        area = wide * high * USUAL_AREA * sqrt(USUAL_INK / dense)
        width, height = sqrt(area * ink.aspect) / ink.wide, sqrt(area / ink.aspect) / ink.high
        return round(width * min(1.0, wide / width, high / height), 1)
