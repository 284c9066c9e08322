"""The handouts that a kit names hold something that exists, under names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit import selection
from moip_press.kit.model.edition import Handout
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.model.parts import Programme
from moip_press.proofread.check.faults import error
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_
from moip_press.report.rule import ERROR, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "R128",
        "unknown-section",
        ERROR,
        N_("A handout is asked of a section or chapter that does not exist."),
        N_("Handouts are made of the pages of the dossier."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    sections: [programe]",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    sections: [le-programme]",
    ),
    Rule(
        "R129",
        "same-file-name",
        ERROR,
        N_("Two handouts would have the same file name."),
        N_("One would take the place of the other."),
        "# kit.yaml\nhandouts:\n  - {title: Extrait, select: {day: 3 novembre}}\n"
        "  - {title: Extrait, select: {day: 4 novembre}}",
        "# kit.yaml\nhandouts:\n  - {title: Extrait, select: {day: 3 novembre}}\n"
        "  - {title: Extrait, id: extrait-2, select: {day: 4 novembre}}",
    ),
    Rule(
        "R130",
        "handout-of-nothing",
        ERROR,
        N_("A handout does not say what it holds."),
        N_("It names sections, or chooses events."),
        "# kit.yaml\nhandouts:\n  - title: Extrait",
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    by: day",
    ),
)


def handouts_hold_something(kit: Kit) -> Iterator[Diagnostic]:
    """A handout says what it holds, in words that mean something in this kit."""
    contacts = [contact.id for contact in kit.edition.contacts]
    for number, handout in enumerate(kit.edition.handouts):
        loc = ("handouts", number)
        if not (handout.sections or handout.select or handout.by):
            yield error(
                "R130",
                kit.source.span((*loc, "title")),
                N_("This handout says nothing of what it holds."),
                Message(N_("Add “sections: […]” or “select: {{region: …}}” below its title.")),
            )
        known = _holdable(kit, handout)
        for index, name in enumerate(handout.sections):
            if name not in known:
                yield unknown_section(name, kit.source.span((*loc, "sections", index)), known)
        for index, name in enumerate(handout.contacts):
            if name not in contacts:
                yield error(
                    "R104",
                    kit.source.span((*loc, "contacts", index)),
                    N_("There is no contact “{name}” in kit.yaml."),
                    suggest(name, contacts) or Message(N_("Add it to the “contacts” of kit.yaml.")),
                    name=name,
                )
        if handout.select:
            yield from selection.faults(kit, selection.of_fields(kit.source, (*loc, "select")))


def _holdable(kit: Kit, handout: Handout) -> list[str]:
    """Return the ids that a handout may name: of sections only, where it gathers events."""
    if handout.select or handout.by:
        return [section.id for section in kit.sections()]
    return [placed.part.id for placed in kit.parts()]


def unknown_section(name: str, span: Span, known: list[str]) -> Diagnostic:
    """Return the diagnostic for a section that is to become a handout and is not there."""
    return error(
        "R128",
        span,
        N_("There is no section “{name}” to make a handout of."),
        suggest(name, known),
        name=name,
    )


def names_of_handouts(kit: Kit) -> Iterator[Diagnostic]:
    """No two handouts of a kit have the same file name."""
    seen: dict[str, Span] = {}
    own: dict[str, Span] = {}
    for placed in kit.parts():
        if placed.part.handout or (
            isinstance(placed.part, Programme) and placed.part.handout is not False
        ):
            own[placed.part.id] = placed.source.span((*placed.loc, "id") if placed.own_file else ())
    for number, handout in enumerate(kit.edition.handouts):
        name = handout.stands_for or handout.id
        given = "id" if "id" in handout.model_fields_set else "title"
        span = kit.source.span(("handouts", number, given))
        first = seen.get(name) or (None if handout.stands_for else own.get(name))
        if first:
            yield clash(name, span, first)
        seen.setdefault(name, span)


def clash(name: str, span: Span, first: Span) -> Diagnostic:
    """Return the diagnostic for two handouts of one file name."""
    return error(
        "R129",
        span,
        N_("Two handouts would have the file name “{name}.pdf”."),
        Message(N_("Add a line “id: …” with another name to one of them.")),
        (Related(first, Message(N_("The first one is here."))),),
        name=name,
    )
