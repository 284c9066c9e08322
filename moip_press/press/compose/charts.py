"""Where the bars, lines and shares of a chart stand, and what a listener hears of them.

A chart of bars is a table whose cells hold bars, and the shares of a whole are a bar above their
table: both are read as tables. Of a line a listener hears all its numbers. Places are
percentages of the width and height of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from moip_press.kit.model.looks import USUAL_ROOM, Room
from moip_press.text.numbers import heard_one_by_one, number_in_words, unit_apart

LONGEST_BAR, SHORTEST_BAR = 80.0, 25.0  # per cent of its cell: the number stands behind it
CELLS = {"column": 0.57, "full": 0.6}  # of the room: a row beside its label
DIGIT = 2.0  # millimetres
WIDTH, HEIGHT = 1000, 430  # of the drawing of a line, in its own units
TOP, BOTTOM = 30, 390  # where its plot begins and ends
GAP = 24  # units between the numbers of its axis and the plot, and as much before them
RIGHT, NAMED_RIGHT = 960, 760  # where it ends, with the names of several lines behind it
LETTER = 14.5  # units that a letter of a label is wide
VALUE_WIDTH, EDGE = 160, 14  # units that the number of a point has, and stands beside its end
END_GAP, END_LETTERS, LOWEST = 6.2, 15, 94.0  # per cent of a line of a name, its letters, the last
MOST_POINTS, MOST_VALUES = 24, 9  # that are drawn as dots, that have their number beside them
DASHES = ("", "14 7", "3 6", "20 6 3 6", "8 3", "2 10")
TONES = ("--dark", "--bright", "--grey")
FEW = 4  # lines of an axis
DARK = 0.75  # from this tone on, what is written on a share is white
Point = tuple[float, float]
UNKNOWN = {"fr": "n. d.", "en": "n/a"}
HIGH = 0.6  # a line that never comes below this part of its height does not begin at zero


@dataclass(frozen=True)
class Bar:
    """A number and its bar: where that begins and how long it is; none without a number."""

    words: str
    left: float
    width: float
    below: bool = False


@dataclass(frozen=True)
class ChartLine:
    """A row of a chart: its label, its bars, and of a share its tone, from 0 to 1, and number."""

    label: str
    bars: tuple[Bar, ...]
    tone: float = 1.0
    share: str = ""
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Mark:
    """Words beside a line: where they stand, and on which side of that if not in the middle."""

    words: str
    left: float
    top: float
    width: float = 0.0
    align: str = ""


@dataclass(frozen=True)
class Course:
    """A line: its pieces, each a list of points, its dots, and how it is drawn."""

    name: str
    pieces: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    dashes: str
    tone: str


@dataclass(frozen=True)
class Drawn:
    """A chart, ready to be set. ``numbers`` are those of each label, in words."""

    kind: str
    heads: tuple[str, ...]
    rows: tuple[ChartLine, ...]
    unit: str = ""
    courses: tuple[Course, ...] = ()
    grid: tuple[float, ...] = ()
    base: float = 0.0
    ticks: tuple[Mark, ...] = ()
    steps: tuple[Mark, ...] = ()
    values: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()
    heard: str = ""
    left: float = 0.0
    right: float = 0.0
    width: int = WIDTH
    height: int = HEIGHT
    numbers: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Shown:
    """What a chart shows: labels, for each the numbers of all series, and their unit.

    ``cell`` is how long a row is beside its label, in millimetres.
    """

    kind: str
    labels: tuple[str, ...]
    numbers: tuple[tuple[float | None, ...], ...]
    series: tuple[str, ...]
    unit: str
    cell: float
    language: str

    def words(self, value: float | None) -> str:
        """Return a number as it is printed."""
        if value is None:
            return UNKNOWN[self.language]
        return number_in_words(value, self.language, self.unit)

    @property
    def known(self) -> list[float]:
        """All numbers."""
        return [value for row in self.numbers for value in row if value is not None]


def drawn(block: Mapping[str, Any], language: str, room: Room = USUAL_ROOM) -> Drawn:
    """Return a chart, ready to be set, of the fields of its block."""
    rows = [row.fields for row in block["rows"] or ()]
    numbers = [tuple(row["values"]) or (row["value"],) for row in rows]
    order = list(range(len(rows)))
    if block["order"] == "value":
        order.sort(key=lambda n: -(numbers[n][0] or 0))
    shown = Shown(
        block["kind"],
        tuple(str(rows[n]["label"]) for n in order),
        tuple(numbers[n] for n in order),
        tuple(map(str, block["series"])),
        str(block["unit"] or ""),
        CELLS[block["width"]] * (room.page if block["width"] == "full" else room.column),
        language,
    )
    made = {"bar": _bars, "line": _lines, "share": _shares}
    words = (tuple(map(shown.words, numbers)) for numbers in shown.numbers)
    return replace(made[shown.kind](shown), numbers=tuple(zip(shown.labels, words, strict=True)))


# --- bars -----------------------------------------------------------------------------------


def _bars(shown: Shown) -> Drawn:
    low, high = min([0, *shown.known]), max([0, *shown.known])
    cell = shown.cell / max(len(shown.series), 1)
    words = max((len(shown.words(value)) for value in shown.known), default=0) * DIGIT
    longest = min(LONGEST_BAR, max(SHORTEST_BAR, 100 - words / cell * 100))
    scale = longest / ((high - low) or 1)
    zero = -low * scale

    def bar(value: float | None) -> Bar:
        length = 0 if value is None else abs(value) * scale
        left = zero - length if (value or 0) < 0 else zero
        return Bar(shown.words(value), round(left, 2), round(length, 2), (value or 0) < 0)

    rows = (
        ChartLine(label, tuple(map(bar, numbers)))
        for label, numbers in zip(shown.labels, shown.numbers, strict=True)
    )
    return Drawn("bar", shown.series, tuple(rows), unit_apart(shown.unit), base=round(zero, 2))


# --- shares ---------------------------------------------------------------------------------


def _shares(shown: Shown) -> Drawn:
    values = [numbers[0] or 0 for numbers in shown.numbers]
    total = sum(values) or 1
    tones = [1 - place / max(len(values) - 1, 1) for place in range(len(values))]
    are_shares = shown.unit == "%" and round(total) == 100
    rows, left = [], 0.0
    for label, value, tone in zip(shown.labels, values, tones, strict=True):
        width = value / total * 100
        percent = number_in_words(round(width), shown.language, "%")
        words = () if are_shares else (Bar(shown.words(value), 0, 0),)
        said = shown.words(value) if are_shares else percent
        rows.append(ChartLine(label, words, round(tone, 3), said, round(left, 3), round(width, 3)))
        left += width
    return Drawn("share", shown.series, tuple(rows), unit_apart(shown.unit))


# --- lines ----------------------------------------------------------------------------------


class _Plot:
    """Where the points of lines stand, in units of the drawing."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.low, self.high, step = _axis(shown.known)
        count = round((self.high - self.low) / step) + 1
        self.levels = [self.low + step * number for number in range(count)]
        widest = max(len(shown.words(level)) for level in self.levels)
        self.left = GAP + widest * LETTER
        self.right = NAMED_RIGHT if len(shown.series) > 1 else RIGHT
        self.across = (self.right - self.left) / max(len(shown.labels) - 1, 1)
        self.lines = [
            [self.place(number, value) for number, value in enumerate(column)]
            for column in zip(*shown.numbers, strict=True)
        ]

    def place(self, number: int, value: float | None) -> Point | None:
        """Return where a point of a value stands, None where it is not known."""
        return None if value is None else (self.over(number), self.down(value))

    def over(self, number: int) -> float:
        """Return how far from the left a point stands."""
        return round(self.left + number * self.across, 1)

    def down(self, value: float) -> float:
        """Return how far from the top a value stands."""
        tall = (BOTTOM - TOP) / ((self.high - self.low) or 1)
        return round(BOTTOM - (value - self.low) * tall, 1)

    def beside(self, words: str, number: int, top: float, width: float) -> Mark:
        """Return the words of a point: in the middle over it, the first and last within."""
        at = self.over(number)
        last = len(self.shown.labels) - 1
        sides = {last: ("last", at + EDGE - width), 0: ("first", at - EDGE)}
        align, start = sides.get(number, ("", at - width / 2))
        return Mark(words, _over(start), _down(top), _over(width), align)

    def ticks(self) -> Iterable[Mark]:
        """Yield the numbers of the axis."""
        for level in self.levels:
            words = self.shown.words(level)
            yield Mark(words, 0, _down(self.down(level)), _over(self.left - GAP / 2))

    def steps(self) -> Iterable[Mark]:
        """Yield the labels below the axis: of so many that none touches the next."""
        labels = self.shown.labels
        widest = max(map(len, labels), default=1) * LETTER
        every = max(1, math.ceil(widest / (self.across or WIDTH)))
        for number in range(0, len(labels), every):
            yield self.beside(labels[number], number, BOTTOM, self.across * every)

    def values(self) -> Iterable[Mark]:
        """Yield the numbers beside a single line: of each point, or of the last alone."""
        line = self.lines[0] if len(self.lines) == 1 else []
        known = [(number, point) for number, point in enumerate(line) if point]
        for number, point in known if len(known) <= MOST_VALUES else known[-1:]:
            words = self.shown.words(self.shown.numbers[number][0])
            yield self.beside(words, number, point[1], VALUE_WIDTH)

    def ends(self) -> Iterable[Mark]:
        """Yield the names of several lines behind their ends, one below the other."""
        found = []
        for column, line in enumerate(self.lines if self.shown.series else ()):
            last = max((number for number, point in enumerate(line) if point), default=None)
            if last is not None:
                value = self.shown.words(self.shown.numbers[last][column])
                top = _down((line[last] or (0, 0))[1])
                found.append((top, f"{self.shown.series[column]} {value}"))
        found.sort()
        tops: list[float] = []
        lowest = 0.0
        for top, words in found:
            tops.append(max(top, lowest))
            lowest = tops[-1] + END_GAP * math.ceil(len(words) / END_LETTERS) + 1
        over = max(0.0, (tops[-1] if tops else 0) - LOWEST)
        for top, (_, words) in zip(tops, found, strict=True):
            yield Mark(words, _over(self.right + EDGE), round(top - over, 2))


def _lines(shown: Shown) -> Drawn:
    plot = _Plot(shown)
    names = shown.series or ("",)
    return Drawn(
        "line",
        shown.series,
        (),
        unit_apart(shown.unit),
        tuple(_course(n, names[n], line) for n, line in enumerate(plot.lines)),
        tuple(map(plot.down, plot.levels)),
        plot.down(max(plot.low, min(plot.high, 0))),
        tuple(plot.ticks()),
        tuple(plot.steps()),
        tuple(plot.values()),
        tuple(plot.ends()),
        heard(shown),
        round(plot.left, 1),
        plot.right,
    )


def _axis(values: Sequence[float]) -> tuple[float, float, float]:
    """Return where an axis begins and ends, and its step: 1, 2 or 5 times a power of ten."""
    low, high = min(values, default=0), max(values, default=1)
    if low < 0 or low < HIGH * high:
        low = min(low, 0)
    high = max(high, 0) if low < 0 else high
    span = (high - low) or abs(high) or 1
    power = 10.0 ** math.floor(math.log10(span / FEW))
    step = next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= FEW + 1)
    begin, end = math.floor(low / step) * step, math.ceil(high / step) * step
    return begin, end if end > begin else begin + step, step


def _course(number: int, name: str, line: Sequence[Point | None]) -> Course:
    pieces: list[list[str]] = [[]]
    for point in line:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{point[0]},{point[1]}")
    points = [point for point in line if point is not None]
    return Course(
        name,
        tuple(" ".join(piece) for piece in pieces if len(piece) > 1),
        tuple(points) if len(line) <= MOST_POINTS else tuple(points[-1:]),
        DASHES[number % len(DASHES)],
        TONES[number % len(TONES)],
    )


def heard(shown: Shown) -> str:
    """Return all numbers of a chart as a listener hears them."""
    rows = []
    for label, numbers in zip(shown.labels, shown.numbers, strict=True):
        if shown.series:
            pairs = zip(shown.series, numbers, strict=False)
            values = ", ".join(f"{name} {shown.words(value)}" for name, value in pairs)
        else:
            values = shown.words(numbers[0])
        rows.append((label, values))
    return heard_one_by_one(rows, shown.language)


def _over(units: float) -> float:
    return round(units / WIDTH * 100, 2)


def _down(units: float) -> float:
    return round(units / HEIGHT * 100, 2)
