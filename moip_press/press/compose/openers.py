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
LETTERS = 78  # in a line; more take two
MOST_GAP = {"half": 1.6, "page": 3.5}  # millimetres above and below a line
LEAST_GAP = 0.5
LOWER = {"page": "half", "half": "band"}


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


def opener_of(
    count: int, wanted: str, page: PageFormat = USUAL_PAGE, lines: int | None = None
) -> Opener:
    """Return the opener of a section with ``count`` events: as ``wanted``, or lower.

    An opener is never taller than its title and its agenda can fill. The agenda has so many
    ``lines``, if some events take more than one.
    """
    if wanted not in LISTED:
        return Opener(wanted)
    share = page.height / USUAL_PAGE.height
    least, most = LISTED[wanted]
    if count < least:
        return opener_of(count, LOWER[wanted], page, lines)
    if count > int(most * share):
        return Opener("band")
    columns = 1 if count <= int(IN_A_COLUMN[wanted] * share) else 2
    used = (lines if lines and wanted == "half" and columns == 1 else count) * LINE
    gap = (ROOM[wanted] * share * columns - used) / count / 2
    return Opener(wanted, columns, round(min(max(gap, LEAST_GAP), MOST_GAP[wanted]), 2))


def agenda_length(events: Iterable[Event]) -> int:
    """Return how many lines of an opener of half a page events take."""
    told = (len(e.title) + len(e.organisers_line or ", ".join(e.organisers)) for e in events)
    return sum(-(-length // LETTERS) for length in told)


def opener_heights(page: PageFormat) -> Mapping[str, float]:
    """Return how high each kind of opener is at most, in millimetres."""
    return {"band": 50.0, "half": page.height / 2 - 0.5, "page": page.top + page.text_height}
