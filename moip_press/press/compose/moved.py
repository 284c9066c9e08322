"""The events of a section as its pages list them: a day once, and what moved at both its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.when import When, in_words
from moip_press.press.compose.calendar import goes_on, is_by_date
from moip_press.report.messages import Catalogue


@dataclass(frozen=True)
class Line:
    """An event of a section, or one at the date that it ``left`` and the words for the new one."""

    event: Event
    same_day: bool = False
    left: When | None = None
    to: str = ""


def lines_of(section: Programme, catalogue: Catalogue) -> tuple[Line, ...]:
    """Return a section's events as its pages list them.

    Only where it goes by date do readers look for an old date among the others, and take an event
    without a date to be on the day of the one before.
    """
    lines = [(event.moment, Line(event)) for event in section.events]
    if section.order == "date":
        left = [
            (old, Line(event, left=old, to=moved_to(new, catalogue)))
            for event in section.events
            for old, new in event.moves()
        ]
        lines = sorted([*left, *lines], key=lambda line: line[0])
    placed = [line for _, line in lines]
    return tuple(_grouped(placed) if is_by_date(section) else placed)


def _grouped(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines that know whether they stand on the days of the one before."""
    before: Event | None = None
    for line in lines:
        yield line if line.left else replace(line, same_day=goes_on(before, line.event))
        before = None if line.left else line.event


def moved_to(new: When, catalogue: Catalogue) -> str:
    """Return where something was moved to: "reporté au 18 novembre"."""
    days = in_words(new, catalogue.language)
    if new.kind == "day":
        return catalogue.gettext("moved to {days}").format(days=days)
    return catalogue.gettext("new dates: {days}").format(days=days)
