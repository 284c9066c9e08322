"""Parts have something to print, and the edition has its days."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import AboutPart, Contacts, Credits, Part, Partners
from moip_press.kit.model.records import Image
from moip_press.proofread.check.faults import error
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "D103",
        "reversed-period",
        ERROR,
        N_("The period ends before it begins."),
        N_("Dates without a year are read within the period, and the cover prints it."),
        "# kit.yaml\nperiod: {start: 2021-11-30, end: 2021-11-01}",
        "# kit.yaml\nperiod: {start: 2021-11-01, end: 2021-11-30}",
    ),
)


# What a part that is named by its type alone prints: the field of kit.yaml.
PRINTED: dict[type[Part], str] = {
    Contacts: "contacts",
    AboutPart: "about",
    Partners: "partners",
    Credits: "credits",
}


def parts_have_something(kit: Kit) -> Iterator[Diagnostic]:
    """A part that prints what ``kit.yaml`` says finds it there."""
    for placed in kit.parts():
        field = PRINTED.get(type(placed.part))
        if field and not getattr(kit.edition, field) and not _has_other(kit, placed.part):
            yield error(
                "S102",
                placed.source.span(placed.loc),
                N_("There is nothing to print here: kit.yaml has no field “{field}”."),
                Message(N_("Add “{field}” to kit.yaml, or take this part away."), {"field": field}),
                field=field,
            )


def _has_other(kit: Kit, part: Part) -> bool:
    """Tell whether a part prints something that other files say: who made their pictures."""
    return isinstance(part, Credits) and any(
        isinstance(placed.value, Image) and placed.value.credit for placed in kit.values()
    )


def period_in_order(kit: Kit) -> Iterator[Diagnostic]:
    """The period ends on or after the day it begins."""
    period = kit.edition.period
    if period.end < period.start:
        yield error(
            "D103",
            kit.source.span(("period", "end")),
            N_("The period ends before it begins."),
            Message(N_("Correct one of its two dates.")),
        )
