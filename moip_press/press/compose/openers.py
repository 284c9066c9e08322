"""How a section opens: the height of its opener, and the agenda that fills it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from moip_press.kit.model.looks import USUAL_PAGE, PageFormat
from moip_press.kit.model.records import Event
from moip_press.kit.when import When, in_words

LISTED = {"half": (1, 28), "page": (8, 60)}
"""The least and the most events that an opener lists on A4: fewer leave it empty."""
IN_A_COLUMN = {"half": 14, "page": 30}  # events; more stand in two columns
ROOM = {"half": 66.0, "page": 165.0}  # millimetres of an agenda, on A4
LINE = 4.95  # millimetres of a line of it
TWO_WIDE = 140.0  # millimetres of text from which on two columns of an agenda have room
LETTERS = {1: 78, 2: 38}  # in a line of A4, by columns; more take two lines
MOST_GAP = {"half": 1.6, "page": 3.5}  # millimetres above and below a line
LEAST_GAP = 0.5
LOWER = {"page": "half", "half": "band"}
LEAST_PICTURE = 64.0  # millimetres that the picture of a section is high on A4


@dataclass(frozen=True)
class Opener:
    """How a section opens.

    ``kind`` is its height: band, half, page. Its agenda has so many ``columns``, none where it
    lists no events, and a ``gap`` of so many millimetres above and below each line.
    """

    kind: str
    columns: int = 0
    gap: float = 0.0


@dataclass(frozen=True)
class OnDays:
    """A line of an agenda, and those below it: the ``events`` that begin and end on the same days.

    Their days are struck where they are ``off``: cancelled, or postponed to nobody knows when.
    """

    when: When
    off: bool
    events: tuple[Event, ...]


def by_days(
    events: Iterable[Event], language: str, columns: int = 1
) -> tuple[tuple[OnDays, ...], ...]:
    """Return events by date, each day once, whatever the order of their section, in columns."""

    def days(event: Event) -> tuple[str, bool]:
        off = event.status == "cancelled" or (
            event.status == "postponed" and not event.postponed_to
        )
        return in_words(_shown(event), language), off

    groups: dict[tuple[str, bool], list[Event]] = {}
    for event in sorted(events, key=lambda event: event.moment):
        groups.setdefault(days(event), []).append(event)
    made = [OnDays(_shown(g[0]), off, tuple(g)) for (_, off), g in groups.items()]
    if columns == 1:
        return (tuple(made),)
    half = sum(len(day.events) for day in made) / 2
    ends = accumulate(len(day.events) for day in made)
    left = sum(end - len(day.events) / 2 < half for day, end in zip(made, ends, strict=True))
    return tuple(made[:left]), tuple(made[left:])


def shows_hours(events: Sequence[Event]) -> bool:
    """Return whether most events have hours: few of them would leave their column empty."""
    return 2 * sum(bool(event.moment.slots) for event in events) > len(events)


def _shown(event: Event) -> When:
    return event.moment if event.moment is not event.when else event.span


def opener_for(events: Sequence[Event], wanted: str, page: PageFormat = USUAL_PAGE) -> Opener:
    """Return the opener of a section with these events: as ``wanted``, or lower."""
    width = page.text_width / USUAL_PAGE.text_width
    lines = {columns: agenda_length(events, columns, width) for columns in LETTERS}
    return opener_of(len(events), wanted, page, lines)


def opener_of(
    count: int,
    wanted: str,
    page: PageFormat = USUAL_PAGE,
    lines: Mapping[int, int] | None = None,
) -> Opener:
    """Return the opener of a section with ``count`` events: as ``wanted``, or lower.

    An opener is never taller than its title and its agenda can fill. The agenda has so many
    ``lines`` in one or two columns, if some events take more than one. No title is cut.
    """
    if wanted not in LISTED:
        return Opener(wanted)
    share = page.height / USUAL_PAGE.height
    least, most = LISTED[wanted]
    if count < least:
        return opener_of(count, LOWER[wanted], page, lines)
    if count > int(most * share):
        return Opener("band")
    taken, column = lines or {1: count, 2: count}, int(IN_A_COLUMN[wanted] * share)
    columns = 1 if (taken[1] if wanted == "page" else count) <= column else 2
    too_long = wanted == "page" and taken[2] > 2 * column
    if columns == 2 and (too_long or page.text_width < TWO_WIDE):
        return opener_of(count, LOWER[wanted], page, lines)
    used = (taken[1] if columns == 1 else count) * LINE
    gap = (ROOM[wanted] * share * columns - used) / count / 2
    return Opener(wanted, columns, round(min(max(gap, LEAST_GAP), MOST_GAP[wanted]), 2))


def agenda_length(events: Iterable[Event], columns: int = 1, width: float = 1.0) -> int:
    """Return how many lines events take in the agenda of an opener, so much as wide as on A4.

    Beside one another, columns have no room for organisers.
    """
    letters = max(int(LETTERS[columns] * width), 1)

    def told(event: Event) -> int:
        who = event.organisers_line or ", ".join(event.organisers)
        return len(event.title) + (len(who) if columns == 1 else 0)

    return sum(-(-told(event) // letters) for event in events)


def opener_heights(page: PageFormat) -> Mapping[str, float]:
    """Return how high each kind of opener is at most, in millimetres."""
    return {"band": 50.0, "half": page.height / 2 - 0.5, "page": page.top + page.text_height}
