"""France's regions and departments: their names, outlines, and which of them a place lies in.

Where the outlines come from, and under which licence, stands in `README.md` beside them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from moip_press.text.folding import fold

if TYPE_CHECKING:
    from moip_press.kit.model.sessions import Place

FILE = Path(__file__).parent / "france.json"
POSTCODE = re.compile(r"(?<![\d-])(?:F-)?(\d{2})\s?(\d{3})(?!\d)(?!\s*(?:€|euros))")
"""Five digits, as in "35000 Rennes"."""
Level = Literal["region", "department"]
CORSICA = "20"
ISLANDS = {"97133": "977", "97150": "978"}
"""Saint-Barthélemy and Saint-Martin, whose postcodes are those of Guadeloupe."""
OLD_NAMES = {
    "centre": "24",
    "ile de la reunion": "04",
    "reunion": "04",
    "paca": "93",
    "sud": "93",
    "collectivite de corse": "94",
    "guyane francaise": "03",
    "nouvelle caledonie kanaky": "988",
}
"""Names that regions go by, as ``fold`` gives them, and the codes that they mean."""


@dataclass(frozen=True)
class Area:
    """A region or department.

    ``path`` is its outline in units of the map, and ``at`` a point well within it; overseas it
    has neither.
    """

    code: str
    name: str
    region: str
    path: str = ""
    at: tuple[int, int] | None = None

    @property
    def box(self) -> tuple[int, int, int, int]:
        """What its outline covers, in units: left, top, right, bottom. It must have one."""
        points = list(_points(self.path))
        across, down = zip(*points, strict=True)
        return min(across), min(down), max(across), max(down)


def _points(path: str) -> Iterator[tuple[int, int]]:
    """Yield the corners of an outline: each piece begins at a point, and goes on from there."""
    for piece in path.split("M")[1:]:
        steps = list(map(int, re.findall(r"-?\d+", piece)))
        across = down = 0
        for step in zip(steps[::2], steps[1::2], strict=True):
            across, down = across + step[0], down + step[1]
            yield across, down


@dataclass(frozen=True)
class France:
    """All areas by their codes, and how wide and high the map of the mainland is, in units."""

    size: tuple[int, int]
    regions: Mapping[str, Area]
    departments: Mapping[str, Area]

    def areas(self, level: Level) -> Mapping[str, Area]:
        """Return the areas of one level by their codes."""
        return self.regions if level == "region" else self.departments


@cache
def france() -> France:
    """Return the areas of France, read once."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    across, down = found["size"]
    return France(
        (across, down),
        {code: _area(code, each) for code, each in found["regions"].items()},
        {code: _area(code, each) for code, each in found["departments"].items()},
    )


def _area(code: str, found: Mapping[str, str]) -> Area:
    at = found.get("at")
    place = (int(at[0]), int(at[1])) if at else None
    return Area(code, found["name"], found.get("region", code), found.get("path", ""), place)


@cache
def _names(level: Level) -> Mapping[str, str]:
    """Return the code of each name, as ``fold`` gives it."""
    names = {fold(area.name): code for code, area in france().areas(level).items()}
    return {**OLD_NAMES, **names} if level == "region" else names


def area_of(text: str, level: Level) -> Area | None:
    """Return the region or department that a text names or whose code it is, None for none."""
    said = text.strip()
    areas = france().areas(level)
    code = said.upper().zfill(2) if level == "department" else said
    known = code if code in areas and level == "department" else _names(level).get(fold(said))
    return areas[known] if known else None


def department_of(place: Place) -> str | None:
    """Return the name of the department of a place, told by its postcode; None without one."""
    for text in (place.town, place.address, place.venue):
        if text and (found := list(POSTCODE.finditer(text))):
            code = _department(*found[-1].groups())
            if code in france().departments:
                return france().departments[code].name
    return None


def _department(first: str, rest: str) -> str:
    """Return the code of the department of a postcode."""
    if first in ("97", "98"):
        return ISLANDS.get(first + rest, first + rest[0])
    if first == CORSICA:
        return "2A" if rest < "200" else "2B"
    return first
