"""What was moved to another day: at its old date, a line that refers to the new one."""

from __future__ import annotations

from dataclasses import dataclass

from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.kit.when import When, in_words
from moip_press.press.compose.calendar import same_days
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

    Only where it goes by date do readers look for an old date among the others.
    """
    same = same_days(section.events)
    lines = [
        (event.moment, Line(event, again))
        for event, again in zip(section.events, same, strict=True)
    ]
    if section.order == "date":
        left = [
            (old, Line(event, left=old, to=moved_to(new, catalogue)))
            for event in section.events
            for old, new in event.moves()
        ]
        lines = sorted([*left, *lines], key=lambda line: line[0])
    return tuple(line for _, line in lines)


def moved_to(new: When, catalogue: Catalogue) -> str:
    """Return where something was moved to: "reporté au 18 novembre"."""
    days = in_words(new, catalogue.language)
    if new.kind == "day":
        return catalogue.gettext("moved to {days}").format(days=days)
    return catalogue.gettext("new dates: {days}").format(days=days)
