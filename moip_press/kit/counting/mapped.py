"""What lies where: the regions and departments of events, and the numbers of a map."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.counting.counted import asked, value_of
from moip_press.kit.counting.question import Question
from moip_press.kit.geography import area_of, department_of, france
from moip_press.kit.model.blocks import CountedMap, MapBlock
from moip_press.kit.model.chart_rows import ChartRow
from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.records import Event
from moip_press.kit.selection import Entry

ALL = "events"
Spot = tuple[str, str]
"""The codes of a department and a region, empty where one is not known."""


def question_of(block: MapBlock) -> Question:
    """Return what a map asks for."""
    return Question.parse(block.count or block.sum or ALL)


def mapped(kit: Kit, block: MapBlock) -> CountedMap:
    """Return a map with what the programme holds of each of its areas."""
    level, within = block.level, block.region and area_of(str(block.region), "region")
    found: dict[str, list[Entry]] = {}
    spots: list[Spot] = []
    unplaced = 0
    for entry in asked(kit, question_of(block).conditions):
        own = spots_of(entry.printed)
        if within and within.code not in {region for _, region in own}:
            continue
        codes = dict.fromkeys(spot[level == "region"] for spot in own)
        codes.pop("", None)
        for code in codes:
            found.setdefault(code, []).append(entry)
        spots += own if codes or block.kind == "dots" else ()
        placed = any(map(any, own)) if block.kind == "dots" else bool(codes)
        unplaced += not placed
    values = dict(block) | {"spots": tuple(spots), "unplaced": unplaced}
    if block.rows is None:
        values["rows"] = tuple(_rows(kit, block, found))
    return CountedMap.model_construct(_fields_set=set(block.model_fields_set), **values)


def _rows(kit: Kit, block: MapBlock, found: dict[str, list[Entry]]) -> Iterator[ChartRow]:
    areas = france().areas(block.level)
    for code, entries in found.items():
        value = value_of(kit, question_of(block), entries, summed=block.sum is not None)
        label = Text(areas[code].name)
        yield ChartRow.model_construct(
            _fields_set=set(), label=label, value=float(value), values=()
        )


def spots_of(event: Event) -> tuple[Spot, ...]:
    """Return where an event takes place, each place once; ("", "") where nothing tells."""
    departments = (department_of(place) for place in event.places())
    known = [area for name in departments if name and (area := area_of(name, "department"))]
    if known:
        return tuple(dict.fromkeys((area.code, area.region) for area in known))
    named = str(event.region or "")
    if region := area_of(named, "region"):
        return ((_only_department(region.code), region.code),)
    if department := area_of(named, "department"):
        return ((department.code, department.region),)
    return (("", ""),)


def _only_department(region: str) -> str:
    """Return the department of a region that has a single one, as those overseas have."""
    own = [code for code, area in france().departments.items() if area.region == region]
    return own[0] if len(own) == 1 else ""
