"""In which order a section prints its events."""

from __future__ import annotations

from typing import Any

from moip_press.kit.model.parts import Programme
from moip_press.kit.model.records import Event
from moip_press.text.collation import collation_key

LAST = ((1,),)
"""Behind every key of an event that has what the others are sorted by."""


def in_order(section: Programme) -> tuple[int, ...]:
    """Return the places of a section's events in the order of print.

    Events that are equal in what they are sorted by stay as they are written.
    """
    places = tuple(range(len(section.events)))
    if section.order == "kit":
        return places
    keys = [_key(section.order, event) for event in section.events]
    return tuple(sorted(places, key=keys.__getitem__))


def _key(order: str, event: Event) -> Any:
    match order:
        case "date":
            return event.moment  # what has no date sorts last
        case "title":
            return collation_key(event.title), event.moment
        case _:
            return _key_of_place(event)


def _key_of_place(event: Event) -> Any:
    """Return the town's place in the alphabet, the venue's in the town, then the date's."""
    first = (each.place for each in event.each_session() if each.place)
    place = event.place or next(first, None)
    names = [name for name in (place.town, place.venue) if name] if place else []
    if not names:
        return (*LAST, event.moment)
    return ((0,), tuple(map(collation_key, names)), event.moment)
