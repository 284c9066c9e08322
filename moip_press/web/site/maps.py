"""The map of a site: the regions of France, each a link to its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moip_press.kit.geography import area_of, france
from moip_press.kit.model.blocks import MapBlock
from moip_press.press.compose import maps
from moip_press.web.site.plan import Gathered, Plan

TONES = 5


@dataclass(frozen=True)
class Region:
    """A region on the map: an outline, or the box of one overseas.

    ``tone`` is from 1 to 5, 0 where it has no events; ``path`` is the address of its page. Its
    number stands at ``left`` and ``top``; of a box, that is the middle.
    """

    name: str
    outline: str
    tone: int
    path: str
    count: int
    left: float
    top: float
    box: tuple[float, float, float, float] | None


def by_code(gathered: Iterable[Gathered]) -> Mapping[str, Gathered]:
    """Return the events by the codes of the regions that they lie in."""
    found: dict[str, Gathered] = {}
    for each in gathered:
        if area := area_of(each.name, "region"):
            found.setdefault(area.code, each)
    return found


def drawn(regions: Mapping[str, Gathered], plan: Plan, language: str) -> dict[str, object]:
    """Return the map: its regions, and how wide and high it is, in units of the drawing."""
    rows = [{"label": france().regions[code].name, "value": r.count} for code, r in regions.items()]
    block = MapBlock.model_validate({"type": "map", "rows": rows})
    fields = {name: getattr(block, name) for name in type(block).model_fields}
    made = maps.drawn({**fields, "rows": [_Row(row) for row in rows]}, language)
    names = {france().regions[code].name: code for code in regions}
    shapes = []
    for shape in made.shapes:
        code = names.get(shape.name, "")
        own = regions.get(code)
        area = area_of(shape.name, "region")
        box = None if shape.path else (shape.left, shape.top, shape.width, shape.height)
        at = area.at if area and area.at else (0, 0)
        if box:
            at = round(shape.left + shape.width / 2), round(shape.top + shape.height / 2)
        shapes.append(
            Region(
                shape.name,
                shape.path,
                max(round(shape.tone * TONES), 1) if own else 0,
                plan.of("region", own.id) if own else "",
                own.count if own else 0,
                *at,
                box,
            )
        )
    # what is not linked lies below what is: a stroke of the neighbour would cover the focus
    shapes.sort(key=lambda region: region.count > 0)
    return {
        "shapes": [vars(region) for region in shapes],
        "width": made.width,
        "height": made.height,
        "credit": made.credit,
    }


@dataclass(frozen=True)
class _Row:
    """A row as the drawing reads it."""

    fields: Mapping[str, object]
