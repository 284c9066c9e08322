"""The days of the period as drawings: the month of the cover, the strip of a section.

Lengths are in millimetres, from the top left corner of the drawing.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.looks import USUAL_PAGE, PageFormat
from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.when import Period, When

HEIGHT = 100.0  # of the month on usual pages, with a usual legend
LEGEND = 28.0  # millimetres of a usual legend: with a lower one, the month is taller…
LOGO = 12.0  # millimetres that it is taller without a logo above it…
TALLER = 16.0  # …and by so much at most, where its weeks are few
FEW_WEEKS = 6
SMALL = 0.8  # of the height of the text on A4: that of A5 is less
LONG_TITLE = 44  # characters: a longer one is smaller (`templates/cover.html`)
SHRINKING = 2  # on lower pages it is less tall, since the words beside it need their room
# diameters of discs, the largest first
SIZES = (4.2, 3.8, 3.4, 3.0, 2.6, 2.2, 1.8, 1.4, 1.0, 0.7, 0.5)
PITCH = 1.14  # from disc to disc, in diameters
NUMERAL = 4.8  # the band at the top of a cell that holds the day's number…
NUMERAL_SHARE = 0.35  # …and what part of a low cell it takes at most
FOOT = 0.8  # what stays free at the bottom of a cell
INSET = 2.0  # from a cell's side to the end of a line that goes on in the next week
MOST_LANES = 3  # of ranges, in one cell; further ones are a disc on their first day
MOST_WEEKS = 14
FORWARD = 0.66  # of the steps from event to event, in a section that nearly goes by date
MOST_STRIP_DAYS, MOST_NAMED_DAYS = 31, 36  # those of a strip with a name stand closer
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Mark:
    """An event to draw: its section's numbers of colour and shape, the anchor that it links to."""

    event: Event
    colour: int
    anchor: str
    shape: int = 1

    @property
    def when(self) -> When:
        """When the event takes place at present."""
        return self.event.moment


@dataclass(frozen=True)
class Dot:
    """A disc, by its top left corner."""

    x: float
    y: float
    size: float
    mark: Mark


@dataclass(frozen=True)
class Line:
    """The part of a range of days that lies in one week."""

    x: float
    y: float
    width: float
    colour: int


@dataclass(frozen=True)
class Day:
    """One day of the period: its cell and its discs.

    Of several months, it is the first drawn of its one (``names_month``), or lies in the first
    seven days of the next (``in_new_month``).
    """

    date: datetime.date
    x: float
    y: float
    dots: tuple[Dot, ...]
    names_month: bool = False
    in_new_month: bool = False


@dataclass(frozen=True)
class Calendar:
    """The whole month: weekdays, days with their discs, and lines."""

    cell_width: float
    cell_height: float
    height: float
    weekdays: tuple[datetime.date, ...]
    days: tuple[Day, ...]
    lines: tuple[Line, ...]

    @property
    def dots(self) -> tuple[Dot, ...]:
        """All discs, by day."""
        return tuple(dot for day in self.days for dot in day.dots)


@dataclass(frozen=True)
class _Lane:
    """A range of days in its lane: 0 is the lowest one of a cell."""

    mark: Mark
    number: int
    first: datetime.date
    last: datetime.date

    def covers(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


def calendar(
    period: Period,
    marks: Sequence[Mark],
    days: Sequence[datetime.date] = (),
    page: PageFormat = USUAL_PAGE,
    legend: float = LEGEND,
    words: float = 0.0,
) -> Calendar | None:
    """Return the drawing of ``period``, Monday to Sunday, with a disc for each event.

    Events on several single days have a disc on each; ranges have one on their first day
    and a line to their last, what has no last day a disc on its first. ``None`` where the period
    is too long to be drawn on a page. What lies outside the period is not drawn; with ``days``,
    only these days of it are. Below it stands a ``legend`` of so many millimetres; the words above
    it take ``words`` more than usual, or less. Of several months, each is named on its first day.
    """
    first = period.start - ONE_DAY * period.start.weekday()
    weeks = (period.end - first).days // 7 + 1
    if weeks > MOST_WEEKS:
        return None
    lanes = _lanes(period, [mark for mark in marks if not _single(mark)])
    in_lanes = {lane.mark.anchor for lane in lanes}
    held = {
        day: tuple(m for m in marks if m.anchor not in in_lanes and day in _discs(m, period))
        for day in days or period.days
    }
    height = month_height(page, legend, words, weeks) / max(weeks, 4)
    grid = _Grid.fitting(first, page.text_width / 7, height, held, lanes)
    cells = _named([grid.day(day, on_day, lanes) for day, on_day in held.items()])
    return Calendar(
        round(grid.width, 3),
        round(grid.height, 3),
        round(grid.height * weeks, 3),
        tuple(first + ONE_DAY * number for number in range(7)),
        cells,
        tuple(line for lane in lanes for line in grid.lane_lines(lane)),
    )


def _named(days: Sequence[Day]) -> tuple[Day, ...]:
    """Return days with what tells their months apart, if they are of several."""
    firsts: dict[tuple[int, int], Day] = {}
    for day in days:
        firsts.setdefault((day.date.year, day.date.month), day)
    if len(firsts) < 2:
        return tuple(days)
    opening = next(iter(firsts))
    return tuple(
        replace(
            day,
            names_month=day in firsts.values(),
            in_new_month=day.date.day <= 7 and (day.date.year, day.date.month) != opening,
        )
        for day in days
    )


def month_height(
    page: PageFormat, legend: float = LEGEND, words: float = 0.0, weeks: int = 0
) -> float:
    """Return the most millimetres that the month may take on the cover, above its legend.

    What the words above it leave free is taken by many weeks only, since few have room, and not on
    small pages, where words take more lines.
    """
    share = page.text_height / USUAL_PAGE.text_height
    usual = HEIGHT * share**SHRINKING
    many = weeks > FEW_WEEKS and share > SMALL
    free = LEGEND - legend - (words if many else max(words, 0.0))
    return max(usual + (free if many else min(free, TALLER)), usual / 2)


def words_more(edition: Edition) -> float:
    """Return by how many millimetres the words above the month are taller than usual on A4.

    Negative where they are lower. Usual are a title of two lines, a tagline and a period of one
    line each.
    """
    title = str(edition.title)
    per_line, tall = (33, 12.7) if len(title) > LONG_TITLE else (22, 16.2)
    words = (
        (title, per_line, tall),
        (str(edition.subtitle or ""), 60, 6.9),
        (str(edition.tagline or ""), 46, 9.3),
    )
    lines = sum(-(-len(text) // most) * height for text, most, height in words)
    periods = max(len(edition.periods), 1) * 7.0
    return lines + periods - (2 * 16.2 + 9.3 + 7.0)


def dated(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that take place on a day that is known: not cancelled, not put off."""
    return tuple(
        event
        for event in standing(events)
        if event.moment.known and (event.status != "postponed" or event.postponed_to is not None)
    )


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that have not been cancelled."""
    return tuple(event for event in events if event.status != "cancelled")


def session_count(events: Iterable[Event]) -> int:
    """Return how many sessions events have, without those that are cancelled."""
    return sum(event.session_count for event in standing(events))


def _single(mark: Mark) -> bool:
    return mark.when.kind in ("day", "days", "open")


def _discs(mark: Mark, period: Period) -> tuple[datetime.date, ...]:
    """Return the days on which an event has a disc of its own."""
    if mark.when.kind in ("day", "days"):
        return mark.when.days
    return (max(mark.when.start, period.start),)


def _lanes(period: Period, marks: Iterable[Mark]) -> list[_Lane]:
    """Give each range the lowest lane that is free on all its days, while there are lanes."""
    placed: list[_Lane] = []
    for mark in sorted(marks, key=lambda mark: mark.when.start):
        first = max(mark.when.start, period.start)
        last = min(mark.when.days[-1], period.end)
        taken = {lane.number for lane in placed if lane.first <= last and first <= lane.last}
        free = [number for number in range(MOST_LANES) if number not in taken]
        if free and first <= last:
            placed.append(_Lane(mark, free[0], first, last))
    return placed


@dataclass(frozen=True)
class _Grid:
    """The cells of the weeks, the size of the discs, and how they stand on each day."""

    first: datetime.date
    width: float
    height: float
    size: float
    middles: Mapping[datetime.date, float]
    figures: Mapping[datetime.date, Places]

    @classmethod
    def fitting(
        cls,
        first: datetime.date,
        width: float,
        height: float,
        held: Mapping[datetime.date, Sequence[Mark]],
        lanes: Sequence[_Lane],
    ) -> _Grid:
        """Return the grid with the largest discs that fit into every cell."""
        deep = {
            day: max((lane.number + 1 for lane in lanes if lane.covers(day)), default=0)
            for day in held
        }
        band = min(NUMERAL, height * NUMERAL_SHARE)
        for size in SIZES:
            free = {day: height - band - FOOT - deep[day] * size * PITCH for day in held}
            found = {
                day: _packed(len(marks), size, width - 1, free[day]) for day, marks in held.items()
            }
            if None not in found.values():
                break
        figures = {
            day: next(arrangements(len(held[day])), ()) if places is None else places
            for day, places in found.items()
        }
        heights = {day: extent(places, PITCH)[1] * size for day, places in figures.items()}
        middles = {}
        for day, tall in heights.items():
            week = (day - first).days // 7
            days = [other for other in held if (other - first).days // 7 == week]
            tallest = max(heights[other] for other in days)
            spare = max(min(free[other] for other in days) - tallest, 0.0)
            lowest = max(free[day] - tall / 2, tall / 2)
            middles[day] = band + min((tallest + spare) / 2, lowest)
        return cls(first, width, height, size, middles, figures)

    def corner(self, day: datetime.date) -> tuple[float, float]:
        """Return the top left corner of a day's cell."""
        weeks, weekday = divmod((day - self.first).days, 7)
        return round(weekday * self.width, 3), round(weeks * self.height, 3)

    def centre(self, day: datetime.date) -> tuple[float, float]:
        """Return the middle of a day's discs."""
        x, y = self.corner(day)
        return round(x + self.width / 2, 3), round(y + self.middles[day], 3)

    def day(self, day: datetime.date, marks: Sequence[Mark], lanes: Sequence[_Lane]) -> Day:
        """Return a day with its discs: of its events, then of the ranges that begin on it."""
        begun = [self.lane_dot(lane) for lane in lanes if lane.first == day]
        return Day(day, *self.corner(day), (*self.cluster(day, marks), *begun))

    def cluster(self, day: datetime.date, marks: Sequence[Mark]) -> list[Dot]:
        """Return the discs of a day, packed round its middle."""
        x, y = self.centre(day)
        size, step = self.size, self.size * PITCH
        return [
            Dot(
                round(x + right * step - size / 2, 3),
                round(y + down * step - size / 2, 3),
                size,
                mark,
            )
            for mark, (right, down) in zip(marks, self.figures[day], strict=True)
        ]

    def _lane_middle(self, day: datetime.date, lane: _Lane) -> float:
        step = self.size * PITCH
        return self.corner(day)[1] + self.height - FOOT - step * lane.number - step / 2

    def lane_dot(self, lane: _Lane) -> Dot:
        """Return the disc at the beginning of a range."""
        x = self.corner(lane.first)[0] + (self.width - self.size) / 2
        y = self._lane_middle(lane.first, lane) - self.size / 2
        return Dot(round(x, 3), round(y, 3), self.size, lane.mark)

    def lane_lines(self, lane: _Lane) -> list[Line]:
        """Return the line of a range, one piece a week."""
        lines = []
        day = lane.first
        while day <= lane.last:
            last = min(day + ONE_DAY * (6 - day.weekday()), lane.last)
            ends = last == lane.last
            left = self.corner(day)[0] + (self.width / 2 if day == lane.first else 0.0)
            right = self.corner(last)[0] + (self.width / 2 if ends else self.width - INSET)
            y = self._lane_middle(day, lane)
            wide = round(right - left, 3)
            lines.append(Line(round(left, 3), round(y, 3), wide, lane.mark.colour))
            day = last + ONE_DAY
        return lines


def _packed(count: int, size: float, wide: float, tall: float) -> Places | None:
    """Return the roundest figure of ``count`` discs that fits, in diameters; else ``None``."""
    for places in arrangements(count):
        across, down = extent(places, PITCH)
        if across * size <= wide and down * size <= tall:
            return places
    return () if count == 0 and tall >= 0 else None


@dataclass(frozen=True)
class NamedStrip:
    """The days of one of several periods, with its name; one alone has none."""

    name: str
    days: tuple[StripDay, ...]


def strips(edition: Edition, events: Sequence[Event]) -> tuple[NamedStrip, ...]:
    """Return the strip of a section: one for each period in which it has events.

    Where all days of the periods fit on a line, or there is one period, it is one strip.
    """
    whole = strip(edition.period.value, events)
    if whole or not edition.periods:
        return (NamedStrip("", whole),) if whole else ()
    found = []
    for period in edition.periods:
        own = [event for event in events if edition.period_of(event.region) == period.value]
        days = strip(period.value, own, MOST_NAMED_DAYS) if own else ()
        if days:
            found.append(NamedStrip(str(period.name), days))
    return tuple(found)


@dataclass(frozen=True)
class StripDay:
    """One day of a strip: how many events of the section it has."""

    date: datetime.date
    count: int


def strip(
    period: Period, events: Sequence[Event], most: int = MOST_STRIP_DAYS
) -> tuple[StripDay, ...]:
    """Return the days of the period with the number of events on each.

    Open-ended events count on their first day. Empty where the period has more days than
    ``most``, which a line can show.
    """
    if len(period.days) > most:
        return ()
    counts = Counter(day for event in dated(events) for day in set(event.moment.days))
    return tuple(StripDay(day, counts[day]) for day in period.days)


def goes_on(before: Event | None, event: Event) -> bool:
    """Return whether an event stands on the days of the one ``before`` it: they are printed once.

    The date of an event that is cancelled or postponed is struck, and stands by itself.
    """
    if before is None or {before.status, event.status} & {"cancelled", "postponed"}:
        return False
    old, new = before.moment, event.moment
    return new.known and (old.kind, old.days) == (new.kind, new.days)


def is_by_date(section: Programme) -> bool:
    """Return whether readers may look for a date in a section: its events go by it, or nearly."""
    if section.order in ("date", "kit"):
        moments = [event.moment for event in section.events if event.moment.known]
        forward = sum(one <= other for one, other in pairwise(moments))
        return section.order == "date" or forward >= FORWARD * (len(moments) - 1)
    return False


Places = tuple[tuple[float, float], ...]

HEXAGONAL = math.sqrt(3) / 2  # from row to row, where a row lies in the gaps of the next
# How many discs stand in each row of the roundest figure.
FIGURES = {
    1: (1,),
    2: (2,),
    3: (1, 2),
    4: (1, 2, 1),
    5: (2, 3),
    6: (1, 2, 3),
    7: (2, 3, 2),
    8: (3, 2, 3),
    9: (2, 3, 4),
    10: (3, 4, 3),
}


def arrangements(count: int) -> Iterator[Places]:
    """Yield the centres of ``count`` discs in each way to pack them, the roundest way first.

    Later ways are flatter, down to a single row. No two discs overlap, and a figure stands
    round the origin.
    """
    if count in FIGURES:
        rows = FIGURES[count]
        yield _rows(rows, rows, HEXAGONAL)
    for columns in range(max(math.ceil(math.sqrt(count)), 1), count + 1):
        if count % columns == 0:
            lines = (columns,) * (count // columns)
            yield _rows(lines, lines, 1.0)
        else:
            yield _rows(*_alternating(count, columns), HEXAGONAL)


def extent(places: Places, pitch: float) -> tuple[float, float]:
    """Return the width and height of a figure whose centres are ``pitch`` diameters apart."""
    if not places:
        return 0.0, 0.0
    wide = max(abs(x) for x, _ in places) * 2 * pitch + 1
    tall = max(abs(y) for _, y in places) * 2 * pitch + 1
    return wide, tall


def _alternating(count: int, columns: int) -> tuple[list[int], list[int]]:
    """Return rows of ``columns`` places and one less in turn, and how many are taken in each."""
    lengths: list[int] = []
    taken: list[int] = []
    while count > 0:
        lengths.append(max(columns - len(lengths) % 2, 1))
        taken.append(min(lengths[-1], count))
        count -= taken[-1]
    return lengths, taken


def _rows(lengths: Sequence[int], taken: Sequence[int], step: float) -> Places:
    """Return the centres of the places that are taken, in the middle of each row."""
    top = -(len(lengths) - 1) / 2 * step
    return tuple(
        (column + (length - held) // 2 - (length - 1) / 2, round(top + number * step, 4))
        for number, (length, held) in enumerate(zip(lengths, taken, strict=True))
        for column in range(held)
    )
