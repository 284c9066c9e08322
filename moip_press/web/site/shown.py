"""What the templates of a site see beside the records of a kit."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.press.compose.agenda import Row


@dataclass(frozen=True)
class Choice:
    """What can be chosen in a filter: a value, its words, and how many events have it."""

    value: str
    words: str
    count: int


@dataclass(frozen=True)
class Filter:
    """A filter of the programme."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Cell:
    """A day of a month: how many events it has, and the colours of those that are drawn.

    ``number`` is 0 beside the month; ``off`` is a day on which there is no programme.
    """

    number: int = 0
    date: str = ""
    words: str = ""
    count: int = 0
    colours: tuple[int, ...] = ()
    more: int = 0
    off: bool = False


@dataclass(frozen=True)
class MonthTable:
    """A month as a table: a row a week, from Monday."""

    title: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Offered:
    """A picture: its files on the site, the largest, and what must stand beside it in print.

    ``pixels`` is a drawing as PNG, of ``pixels_weight`` bytes; empty where there is none.
    ``parts`` and ``events`` are the ids of those that show it, ``where`` is what it belongs to.
    """

    file: str
    alt: str
    caption: str
    credit: str
    rights: str
    where: str
    parts: tuple[str, ...]
    events: tuple[str, ...]
    largest: str
    width: int
    height: int
    weight: int
    format: str
    drawn: bool
    on_dark: bool
    pixels: str
    pixels_weight: int


@dataclass(frozen=True)
class Download:
    """A file that is offered: its address from the front page, its words, kind and size."""

    path: str
    words: str
    kind: str
    size: int = 0
    pages: int = 0


@dataclass(frozen=True)
class DayList:
    """The events of a day: its date, empty for what is to be confirmed, and the day in words."""

    date: str
    words: str
    items: tuple[Row, ...]
