"""Maps of France: the tone of each region or department, the dots of events, the legend.

Mainland France and Corsica are outlines; each overseas region is a box with its name, in rows
below. Places are percentages of the width and height of the map, or units of its drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from moip_press.kit.geography import Area, Level, area_of, france
from moip_press.text.numbers import heard_one_by_one, number_in_words, unit_apart

MOST_CLASSES = 5
DARK = 0.7  # from this tone on, what is written on an area is white
BOXES = 5  # overseas regions side by side
BOX_GAP, BOX_HIGH, NAME_HIGH = 130, 520, 260  # units
ROW_HIGH = BOX_HIGH + 650  # units from one row to the next: names stand at two heights
USUAL_OVERSEAS = ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte")
SMALL = ("75", "92", "93", "94")
"""Departments in which no number has room: they are drawn again, enlarged, in the north-west."""
SMALL_LEFT, SMALL_TOP = 3042, 1343  # units: where the four begin on the map
SMALL_WIDTH, SMALL_HEIGHT = 191, 201  # units: what they cover
ENLARGEMENT = 5  # times
SMALL_NAME = {"fr": ("Paris et", "petite couronne"), "en": ("Paris and its", "inner suburbs")}
"""What the four are called beside their drawing, line by line: the sea leaves room there."""
SMALL_NAME_WIDE = 1500  # units
DOT, DOT_STEP = 46, 108  # units: the radius of a dot, and how far it is from the next
GOLDEN = math.pi * (3 - math.sqrt(5))
CREDIT = "svg-maps (Victor Cazanave), CC BY 4.0"


@dataclass(frozen=True)
class Shape:
    """A region or department: its outline, or the box of one overseas, and its tone; 0 is none."""

    name: str
    tone: float
    path: str = ""
    left: float = 0.0
    top: float = 0.0
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class Label:
    """Words on the map, in the middle of their place."""

    words: str
    left: float
    top: float
    kind: str


@dataclass(frozen=True)
class Key:
    """A line of the legend: a tone, and the numbers that have it."""

    tone: float
    words: str


@dataclass(frozen=True)
class DrawnMap:
    """A map, ready to be set. ``rows`` are names and numbers, the largest first.

    ``empty`` is whether some areas have no number. It begins at ``left`` and ``top``; ``pen`` is
    how thick its lines are, beside those of a map of France.
    """

    width: int
    height: int
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    dots: tuple[tuple[float, float], ...]
    keys: tuple[Key, ...]
    rows: tuple[tuple[str, str], ...]
    heard: str
    unit: str
    box_width: float
    empty: bool
    enlarged: tuple[Shape, ...] = ()
    enlarging: str = ""
    left: int = 0
    top: int = 0
    pen: float = 1.0
    dot: float = DOT
    credit: str = CREDIT


@dataclass(frozen=True)
class Shown:
    """What a map shows: the number of each area by its code, and how numbers are written."""

    level: Level
    numbers: Mapping[str, float]
    unit: str
    language: str
    dotted: bool
    spots: tuple[tuple[str, str], ...]
    region: str = ""

    def words(self, value: float) -> str:
        """Return a number as it is printed."""
        return number_in_words(value, self.language, self.unit)


def drawn(block: Mapping[str, Any], language: str) -> DrawnMap:
    """Return a map, ready to be set, of the fields of its block."""
    region = area_of(str(block["region"]), "region") if block.get("region") else None
    level: Level = "department" if region else block["by"]
    numbers: dict[str, float] = {}
    for row in (row.fields for row in block["rows"] or ()):
        area = area_of(str(row["label"]), level)
        if area and row["value"] is not None:
            numbers[area.code] = numbers.get(area.code, 0) + row["value"]
    spots = tuple((str(spot[0]), str(spot[1])) for spot in block.get("spots", ()))
    shown = Shown(
        level,
        numbers,
        str(block["unit"] or ""),
        language,
        block["kind"] == "dots",
        spots,
        region.code if region else "",
    )
    return _Map(shown).made()


class _Map:
    """Where everything stands, in units of the drawing."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.width, self.mainland = france().size
        areas = france().areas(shown.level).values()
        self.outlined = [area for area in areas if area.path]
        overseas = [area for area in areas if not area.path]
        usual = [a for a in overseas if a.name in USUAL_OVERSEAS]
        held = {code for pair in shown.spots for code in pair} | set(shown.numbers)
        self.boxed = usual + [a for a in overseas if a not in usual and a.code in held]
        self.box_width = (self.width - (BOXES - 1) * BOX_GAP) / BOXES
        rows = math.ceil(len(self.boxed) / BOXES)
        below = (rows - 1) * ROW_HIGH + BOX_HIGH + NAME_HIGH if rows else 0
        self.height = self.mainland + BOX_GAP + below
        self.classes = classes(shown.numbers.values())
        by_department = shown.level == "department" and not shown.dotted
        self.enlarged = [a for a in self.outlined if by_department and a.code in SMALL]
        self.left = self.top = 0
        self.pen = 1.0
        if shown.region:
            self.narrow(shown.region)

    def narrow(self, region: str) -> None:
        """Keep one region, without what else stands beside it."""
        self.outlined = [area for area in self.outlined if area.region == region]
        self.boxed, self.enlarged = [], []
        lefts, tops, rights, bottoms = zip(*(area.box for area in self.outlined), strict=True)
        self.left, self.top = min(lefts), min(tops)
        self.pen = (max(rights) - self.left) / self.width
        self.width, self.height = max(rights) - self.left, max(bottoms) - self.top

    def made(self) -> DrawnMap:
        """Return the map."""
        shown = self.shown
        ordered = sorted(shown.numbers.items(), key=lambda item: (-item[1], item[0]))
        areas = france().areas(shown.level)
        rows = tuple((areas[code].name, shown.words(value)) for code, value in ordered)
        return DrawnMap(
            self.width,
            self.height,
            tuple(self.shapes()),
            tuple(self.labels()),
            tuple(self.dots()) if shown.dotted else (),
            () if shown.dotted else tuple(self.keys()),
            rows,
            heard_one_by_one(rows, shown.language),
            unit_apart(shown.unit),
            round(self.box_width / self.width * 100, 2),
            any(not self.tone(area.code) for area in (*self.outlined, *self.boxed)),
            tuple(Shape(area.name, self.tone(area.code), area.path) for area in self.enlarged),
            "translate({} {}) scale({})".format(*enlarged(0, 0), ENLARGEMENT),
            self.left,
            self.top,
            round(self.pen, 3),
            round(DOT * self.pen, 1),
        )

    def tone(self, code: str) -> float:
        """Return how dark an area is, from 0 to 1: 0 where nothing is there."""
        value = self.shown.numbers.get(code)
        if not value or self.shown.dotted:
            return 0.0
        found = next((n for n, (_, last) in enumerate(self.classes) if value <= last), 0)
        return round((found + 1) / len(self.classes), 3)

    def shapes(self) -> Iterator[Shape]:
        """Yield the outlines, then the boxes."""
        for area in self.outlined:
            yield Shape(area.name, self.tone(area.code), area.path)
        for number, area in enumerate(self.boxed):
            left, top = self.box(number)
            tone = self.tone(area.code)
            yield Shape(area.name, tone, "", left, top, round(self.box_width, 1), BOX_HIGH)

    def box(self, number: int) -> tuple[float, float]:
        """Return the corner of a box."""
        row, column = divmod(number, BOXES)
        left = column * (self.box_width + BOX_GAP)
        return round(left, 1), self.mainland + BOX_GAP + row * ROW_HIGH

    def labels(self) -> Iterator[Label]:
        """Yield the numbers of areas, and the names of boxes."""
        for area in self.outlined:
            if area.at and area not in self.enlarged:
                yield from self.number(area, *area.at)
        yield from self.enlarged_labels()
        for number, area in enumerate(self.boxed):
            left, top = self.box(number)
            middle = left + self.box_width / 2
            yield from self.number(area, middle, top + BOX_HIGH / 2)
            at = top + BOX_HIGH + NAME_HIGH * 0.4
            yield Label(area.name, self.over(middle), self.down(at), "name")

    def enlarged_labels(self) -> Iterator[Label]:
        """Yield the numbers of the small departments, and what they are called together."""
        for area in self.enlarged:
            if area.at:
                yield from self.number(area, *enlarged(*area.at), bare=True)
        middle = SMALL_WIDTH * ENLARGEMENT + SMALL_NAME_WIDE / 2
        for line, words in enumerate(SMALL_NAME[self.shown.language] if self.enlarged else (), 1):
            at = NAME_HIGH * line
            yield Label(words, self.over(middle), self.down(at), "name")

    def number(self, area: Area, left: float, top: float, *, bare: bool = False) -> Iterator[Label]:
        """Yield the number of an area, where it has one: ``bare`` of its unit for want of room."""
        value = self.shown.numbers.get(area.code)
        if value and not self.shown.dotted:
            kind = "on-dark" if self.tone(area.code) > DARK else "number"
            words = number_in_words(value, self.shown.language) if bare else self.shown.words(value)
            yield Label(words, self.over(left), self.down(top), kind)

    def dots(self) -> Iterator[tuple[float, float]]:
        """Yield the dots: those of an area in a spiral round its middle."""
        found: dict[tuple[str, str], int] = {}
        for spot in self.shown.spots:
            number = found[spot] = found.get(spot, -1) + 1
            if middle := self.middle(*spot):
                far = DOT_STEP * self.pen * math.sqrt(number)
                across, down = far * math.cos(number * GOLDEN), far * math.sin(number * GOLDEN)
                yield round(middle[0] + across, 1), round(middle[1] + down, 1)

    def middle(self, department: str, region: str) -> tuple[float, float] | None:
        """Return where the dots of a department stand, or of a region where that is not known."""
        known = france()
        for area in (known.departments.get(department), known.regions.get(region)):
            if area and area.at:
                return area.at
        codes = [area.code for area in self.boxed]
        own = department if self.shown.level == "department" else region
        if own not in codes:
            return None
        left, top = self.box(codes.index(own))
        return left + self.box_width / 2, top + BOX_HIGH / 2

    def keys(self) -> Iterator[Key]:
        """Yield the lines of the legend, from the lightest tone on."""
        for number, (first, last) in enumerate(self.classes):
            words = self.shown.words(first)
            if last != first:
                between = "to" if self.shown.language == "en" else "à"
                bare = number_in_words(first, self.shown.language)
                words = f"{bare} {between} {self.shown.words(last)}"
            yield Key(round((number + 1) / len(self.classes), 3), words)

    def over(self, units: float) -> float:
        """Return a place as a percentage of the width."""
        return round((units - self.left) / self.width * 100, 2)

    def down(self, units: float) -> float:
        """Return a place as a percentage of the height."""
        return round((units - self.top) / self.height * 100, 2)


def enlarged(left: float, top: float) -> tuple[float, float]:
    """Return where a place of the small departments is in their enlarged drawing."""
    return ENLARGEMENT * (left - SMALL_LEFT), ENLARGEMENT * (top - SMALL_TOP)


def classes(values: Iterable[float]) -> tuple[tuple[float, float], ...]:
    """Return the first and last number of each tone: one for each number, if these are few.

    Else each tone has as many areas as the next.
    """
    ordered = sorted(value for value in values if value)
    different = sorted(set(ordered))
    if len(different) <= MOST_CLASSES:
        return tuple((value, value) for value in different)
    return tuple(_quantiles(ordered))


def _quantiles(ordered: Sequence[float]) -> Iterator[tuple[float, float]]:
    first = 0
    for number in range(MOST_CLASSES):
        end = round(len(ordered) * (number + 1) / MOST_CLASSES)
        while end < len(ordered) and end and ordered[end] == ordered[end - 1]:
            end += 1  # equal numbers have one tone
        if end > first:
            yield ordered[first], ordered[end - 1]
            first = end
