"""What an agenda or an index lists is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.kit import selection
from moip_press.kit.conditions import read_conditions
from moip_press.kit.model.kit import Kit, PlacedPart
from moip_press.kit.model.parts import Agenda, Index
from moip_press.kit.model.records import Event, Person
from moip_press.report.diagnostics import Diagnostic
from moip_press.report.messages import N_


def listings_hold_something(kit: Kit) -> Iterator[Diagnostic]:
    """An agenda or an index chooses events that there are, and names what they say."""
    printed = kit.printed()
    for placed in printed.parts():
        part = placed.part
        if not isinstance(part, Agenda | Index):
            continue
        conditions = read_conditions(placed.source, ("select",)) if part.select else ()
        found = list(selection.faults(kit, conditions))
        yield from found or selection.without_events(printed, conditions)
        if kit.awaits_events:
            continue
        chosen = selection.choose(printed, conditions)
        if conditions and not found and not chosen.entries:
            yield selection.nothing_left(printed, chosen)
        elif isinstance(part, Index) and chosen.entries:
            people = any(isinstance(each.value, Person) for each in printed.values())
            known = ("person",) if people else ()
            yield from _unnamed(placed, part, [entry.event for entry in chosen.entries], known)


NAMED_BY = {"person": "speakers", "organiser": "organisers"}
"""The field of an event that an index lists, where it has another name."""


def _unnamed(
    placed: PlacedPart, part: Index, events: Sequence[Event], known: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield an error for each list of an index that would have no name in it, but the known."""
    for number, kind in enumerate(part.by):
        field = NAMED_BY.get(kind, kind)
        sessions = [session for event in events for session in event.sessions]
        named = any(getattr(event, field, None) for event in events)
        named = named or any(getattr(session, field, None) for session in sessions)
        if not named and kind not in known:
            yield Diagnostic.error(
                "S102",
                placed.source.span(("by", number) if placed.own_file else placed.loc),
                N_("There is nothing to print here: no event has a field “{field}”."),
                N_("Add “{field}” to the events, or take this list out of the index."),
                field=field,
            )
