"""A kit with the numbers that it asks for: key figures, charts by regions, weeks or days, maps."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from moip_press.kit import when
from moip_press.kit.counting import Share, asked, count, grouped, value_of
from moip_press.kit.geography import area_of, department_of, france
from moip_press.kit.model.blocks import ChartBlock, ChartRow, CountedMap, KeyFiguresBlock, MapBlock
from moip_press.kit.model.fields import Text
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Article, Communique, Part
from moip_press.kit.model.records import CountedFigure, Event, KeyFigure
from moip_press.kit.questions import Question
from moip_press.kit.selection import Entry, week_of
from moip_press.report.messages import N_, Catalogue
from moip_press.text.numbers import number_in_words

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


TIMES = ("day", "week", "month")
WEEK_OF = N_("Week of {day}")
NOT_SAID = N_("Not said")


def group_name(kit: Kit, by: str, name: str | None) -> str:
    """Return the name of a part as it is printed: "Semaine du 5 octobre", "Bretagne"."""
    language = kit.edition.language
    catalogue = Catalogue(language)
    if name is None:
        return catalogue.gettext(NOT_SAID)
    if by not in TIMES:
        return name
    first = _first_day(by, name)
    month = when.month_in_words(first, language)
    if by == "month":
        years = kit.edition.period.start.year != kit.edition.period.end.year
        return f"{month} {first.year}" if years else month
    day = f"{when.day_in_words(first, language)} {month}"
    return catalogue.gettext(WEEK_OF).format(day=day) if by == "week" else day


def _first_day(by: str, name: str) -> datetime.date:
    if by == "week":
        year, _, week = name.partition("-W")
        return datetime.date.fromisocalendar(int(year), int(week), 1)
    return datetime.date.fromisoformat(name if by == "day" else f"{name}-01")


def without_gaps(by: str, shares: Sequence[Share]) -> tuple[Share, ...]:
    """Return the shares of days, weeks or months, with those between them that have none."""
    known = {each.name: each for each in shares if each.name is not None}
    if not known:
        return tuple(shares)
    names = sorted(known)
    between = _steps(by, _first_day(by, names[0]), _first_day(by, names[-1]))
    rest = (each for each in shares if each.name is None)
    return (*(known.get(name, Share(name, Decimal())) for name in between), *rest)


def _steps(by: str, first: datetime.date, last: datetime.date) -> Iterator[str]:
    day = first
    while day <= last:
        if by == "month":
            yield f"{day:%Y-%m}"
            day = (day + datetime.timedelta(days=32)).replace(day=1)
        else:
            yield day.isoformat() if by == "day" else week_of(day)
            day += datetime.timedelta(days=1 if by == "day" else 7)


def filled(kit: Kit) -> Kit:
    """Return a kit, as it is printed, with the value of each figure that it computes."""
    if not any(_asks(placed.part) for placed in kit.parts()):
        return kit
    chapters = tuple(
        replace(chapter, parts=tuple(_filled(kit, placed) for placed in chapter.parts))
        for chapter in kit.chapters
    )
    return replace(kit, chapters=chapters)


def _asks(part: Part) -> bool:
    if isinstance(part, Communique):
        return any(figure.value is None for figure in part.figures)
    return isinstance(part, Article) and any(map(_is_computed, part.body))


def _is_computed(block: Any) -> bool:
    if isinstance(block, ChartBlock):
        return bool(block.count or block.sum)
    if isinstance(block, MapBlock):
        return block.rows is None or block.kind == "dots"
    return isinstance(block, KeyFiguresBlock) and any(item.value is None for item in block.items)


def _filled(kit: Kit, placed: PlacedPart) -> PlacedPart:
    part = placed.part
    update: dict[str, object] = {}
    if isinstance(part, Communique):
        update["figures"] = tuple(figure(kit, item) for item in part.figures)
    elif isinstance(part, Article):
        blocks = (_block(kit, block) if _is_computed(block) else block for block in part.body)
        update["body"] = tuple(blocks)
    return replace(placed, part=part.model_copy(update=update)) if _asks(part) else placed


def _block(kit: Kit, block: Any) -> Any:
    if isinstance(block, ChartBlock):
        return block.model_copy(update={"rows": rows_of(kit, block)})
    if isinstance(block, MapBlock):
        return mapped(kit, block)
    return block.model_copy(update={"items": tuple(figure(kit, item) for item in block.items)})


def figure(kit: Kit, item: KeyFigure) -> KeyFigure:
    """Return a figure with its value; itself where that is written.

    It has none while what it counts is awaited.
    """
    if item.value is not None:
        return item
    found = count(kit, Question.parse(item.count or item.sum or ""), summed=item.sum is not None)
    awaited = kit.awaits_events and not found.value
    values = dict(item) | {
        "value": None if awaited else Text(number_in_words(found.value, kit.edition.language)),
        "known": found.known,
        "asked": found.asked,
    }
    # what is not written has no place in the file
    return CountedFigure.model_construct(_fields_set=set(item.model_fields_set), **values)


def rows_of(kit: Kit, block: ChartBlock) -> tuple[ChartRow, ...]:
    """Return the rows of a chart that is computed; none where its question has faults."""
    question = Question.parse(block.count or block.sum or "")
    by = question.group
    if by is None:
        return ()
    shares = grouped(kit, question, summed=block.sum is not None)
    return tuple(
        ChartRow.model_construct(
            _fields_set={"label", "value"},
            label=Text(group_name(kit, by, each.name)),
            value=float(each.value),
        )
        for each in (without_gaps(by, shares) if by in TIMES else shares)
    )
