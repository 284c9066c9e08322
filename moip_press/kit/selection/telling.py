"""What is wrong with a selection, and which condition left nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from moip_press.kit.model.fields import MEANT, EventStatus
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import nearest, suggest
from moip_press.kit.selection.choosing import Chosen, entries, meets, values_of, wanted, week_of
from moip_press.kit.selection.grammar import Condition, Value
from moip_press.report.diagnostics import Diagnostic, Message, Span
from moip_press.report.messages import N_, NP_
from moip_press.text.folding import fold


def faults(kit: Kit, conditions: Iterable[Condition]) -> Iterator[Diagnostic]:
    """Yield what no kit could mean: days that do not exist, sections and statuses unknown."""
    for condition in conditions:
        for value in condition.values:
            if condition.key in ("day", "week") and not wanted(kit, condition.key, value.text):
                yield Diagnostic.error(
                    "R124",
                    value.span,
                    Message.of(N_("“{text}” is not a day or a week."), text=value.text),
                    Message.of(
                        N_("Write a day such as {day}, or a week such as {week}."),
                        day=kit.edition.period.start.isoformat(),
                        week=week_of(kit.edition.period.start),
                    ),
                )
            known = _fixed(kit, condition.key)
            if known and fold(value.text) not in {fold(name) for name in known}:
                yield _unknown(condition.key, value, known)


def _unknown(key: str, value: Value, known: Sequence[str]) -> Diagnostic:
    message = (
        N_("There is no section “{name}” in the programme.")
        if key == "section"
        else N_("There is no status “{name}”.")
    )
    ids = [name for name in known if name == fold(name).replace(" ", "-")]
    return Diagnostic.error(
        "R125", value.span, Message.of(message, name=value.text), suggest(value.text, ids or known)
    )


def _fixed(kit: Kit, key: str) -> tuple[str, ...]:
    """Return the values that a key may have at all; none where a kit can invent them."""
    if key == "status":
        return get_args(EventStatus)
    if key == "section":
        named = ((s.id, s.title, s.contents_title) for s in kit.sections())
        return tuple(str(name) for names in named for name in names if name)
    return ()


def nothing_left(kit: Kit, chosen: Chosen) -> Diagnostic:
    """Return the diagnostic for a selection without events: which condition left nothing."""
    condition = chosen.emptied
    if condition is None:
        return Diagnostic.error(
            "R126",
            Span.of_file(kit.source.name),
            Message(N_("This kit has no events to choose from.")),
            Message(N_("Write the events of the programme first.")),
        )
    span = condition.values[0].span
    if not any(meets(kit, entry, condition) for entry in entries(kit)):
        message = N_("No event meets “{condition}”.")
        return Diagnostic.error(
            "R126",
            span,
            Message.of(message, condition=condition.written),
            _alike(kit, condition.key, condition.values[0].text),
        )
    return Diagnostic.error(
        "R126",
        span,
        Message.counted(
            NP_(
                "“{condition}” leaves nothing of the {count} event chosen before it.",
                "“{condition}” leaves nothing of the {count} events chosen before it.",
            ),
            chosen.before,
            condition=condition.written,
        ),
        Message(N_("Take this condition away, or one of the others.")),
    )


def without_events(kit: Kit, conditions: Iterable[Condition]) -> Iterator[Diagnostic]:
    """Yield a warning for each value, beside others, that no event of the kit has."""
    for condition in conditions:
        for value in condition.values if len(condition.values) > 1 else ():
            alone = replace(condition, values=(value,), negated=False)
            if not any(meets(kit, entry, alone) for entry in entries(kit)):
                yield Diagnostic.warning(
                    "R127",
                    value.span,
                    Message.of(N_("No event meets “{condition}”."), condition=alone.written),
                    _alike(kit, condition.key, value.text),
                )


def _alike(kit: Kit, key: str, text: str) -> Message:
    """Return the hint for a value that no event has: the one that was meant, or all."""
    known = {fold(name): name for name in values_of(kit, key)}
    if close := nearest(fold(text), known):
        return Message.of(MEANT, suggestion=known[close])
    return suggest(text, known.values()) or Message.of(
        N_("No event of this kit has a field “{key}”: add it to the events."), key=key
    )
