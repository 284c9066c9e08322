"""The date of a record, written as the kit would write it."""

from __future__ import annotations

from collections.abc import Sequence

from moip_press.exchange.incoming.desk import Desk, Draft, quoted
from moip_press.exchange.incoming.records import Place
from moip_press.exchange.incoming.timetable import Occurrence, timetable
from moip_press.kit.when import When, write_when
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_


def put_timetable(
    draft: Draft, occurrences: Sequence[Occurrence], desk: Desk, place: Place
) -> bool:
    """Give a record the nearest true date for all that it occurs on; tell whether it has one."""
    found = timetable(occurrences, desk.language, desk.period)
    for doubt in found.doubts:
        desk.warn("M403", place, named(draft, doubt))
    if found.note:
        draft.add_note(found.note, place)
    return put_when(draft, found.when, desk, place)


def put_when(draft: Draft, when: When, desk: Desk, place: Place, path: str = "when") -> bool:
    """Give a record a date; tell whether there are words for it."""
    written = write_when(when, desk.language, desk.period)
    if written is None:
        desk.error(
            "M202",
            place,
            named(draft, Message(N_("Its days are too many for one date."))),
            Message(N_("Make several events of it, or leave days out.")),
        )
        return False
    draft.put(path, written, place)
    if path == "when" and desk.period is not None and not when.meets(desk.period):
        desk.warn(
            "M404",
            place,
            named(
                draft,
                Message.of(N_("“{when}” is not in the period of the kit."), when=written),
            ),
            Message(N_("Check the year; the event is imported with the date as it is.")),
        )
    return True


def named(draft: Draft, message: Message) -> Message:
    """Return a message that says which record it is about."""
    title = draft.text("title") or draft.text("name")
    if not title:
        return message
    return Message.of(N_("“{title}”: {fault}"), title=quoted(title), fault=message)
