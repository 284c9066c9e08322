"""What a kit prints is there: its parts, its events, its handouts, its listings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from moip_press.kit import selection
from moip_press.kit.conditions import read_conditions
from moip_press.kit.model.blocks import GlossaryBlock
from moip_press.kit.model.edition import GROUPINGS, Handout
from moip_press.kit.model.kit import Kit, Placed, PlacedPart
from moip_press.kit.model.model_errors import suggest
from moip_press.kit.model.parts import (
    AboutPart,
    Agenda,
    BackCover,
    Contacts,
    Credits,
    Index,
    Part,
    Partners,
)
from moip_press.kit.model.records import Event, Image, Person
from moip_press.kit.source import Loc
from moip_press.proofread.check.references import unknown_contact
from moip_press.report.diagnostics import Diagnostic, Message, Related, Severity, Span
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text.folding import fold

RULES: tuple[Rule, ...] = (
    Rule.error(
        "D103 reversed-period",
        N_("The period ends before it begins."),
        N_("Dates without a year are read within the period, and the cover prints it."),
        "# kit.yaml\nperiod: {start: 2021-11-{~~30~>01~~}, end: 2021-11-{~~01~>30~~}}",
    ),
    Rule.error(
        "S165 periods-that-clash",
        N_("It is said twice when the programme takes place."),
        N_("A date is read, and checked, against one period."),
        "# kit.yaml\n{--period: {start: 2021-11-01, end: 2021-11-30}\n--}periods:\n"
        "  - {name: métropole, start: 2021-11-01, end: 2021-11-30}\n"
        "  - {name: outre-mer, start: 2021-11-08, end: 2021-12-12, regions: [La Réunion]}",
    ),
    Rule.warning(
        "S111 drafts-left-out",
        N_("Events are still drafts, and the kit is none."),
        N_("Draft events are printed only in a draft of the kit: readers would not see them."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: {~~draft~>confirmed~~}",
    ),
    Rule.warning(
        "S112 new-date-without-status",
        N_("An event has a new date, but its status does not say that it is postponed."),
        N_("The pages print the new date of an event that is postponed, and of no other."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  {++status: postponed\n"
        "  ++}postponed_to: 23 novembre",
    ),
    Rule.error(
        "R128 unknown-section",
        N_("A handout is requested for a section or chapter that does not exist."),
        N_("Handouts are made of the pages of the dossier."),
        "# kit.yaml\nhandouts:\n  - title: Extrait\n    sections: [{~~programe~>le-programme~~}]",
    ),
    Rule.error(
        "R129 same-file-name",
        N_("Two handouts would have the same file name."),
        N_("One would take the place of the other."),
        "# kit.yaml\nhandouts:\n  - {title: Extrait, select: {day: 3 novembre}}\n"
        "  - {title: Extrait, {++id: extrait-2, ++}select: {day: 4 novembre}}",
    ),
    Rule.error(
        "R130 handout-of-nothing",
        N_("A handout does not say what it holds."),
        N_("It names sections, or chooses events."),
        "# kit.yaml\nhandouts:\n  - title: Extrait{++\n    by: day++}",
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
            yield Diagnostic.error(
                "S102",
                placed.source.span(placed.loc),
                N_("There is nothing to print here: kit.yaml has no field “{field}”."),
                N_("Add “{field}” to kit.yaml, or take this part away."),
                field=field,
            )
    explained = kit.explained()
    for block in kit.values():
        if isinstance(block.value, GlossaryBlock) and not explained:
            message = N_("There is nothing to print here: glossary.yaml explains no term.")
            hint = N_("Add “explanation: …” to its terms, or take this block away.")
            span = block.source.span((*block.loc, "type"))
            yield Diagnostic.error("S102", span, message, hint)


MOST_OF_CODE = 300
"""Characters: the code of a longer address has modules too small for a telephone held by hand."""


def codes_can_be_read(kit: Kit) -> Iterator[Diagnostic]:
    """The address in a QR code is short enough to be read from paper."""
    for placed in kit.parts():
        part, website = placed.part, kit.edition.website
        if not isinstance(part, BackCover) or len(part.code or website or "") <= MOST_OF_CODE:
            continue
        yield Diagnostic.error(
            "S104",
            placed.source.span((*placed.loc, "code"))
            if part.code
            else kit.source.span(("website",)),
            N_("This address is too long for a QR code: {most} characters are the most."),
            N_("Give the back cover a shorter one: “code: https://…”."),
            most=MOST_OF_CODE,
        )


def _has_other(kit: Kit, part: Part) -> bool:
    """Return whether a part prints something that other files say: who made their pictures."""
    return isinstance(part, Credits) and any(
        isinstance(placed.value, Image) and placed.value.credit for placed in kit.values()
    )


def period_in_order(kit: Kit) -> Iterator[Diagnostic]:
    """The period ends on or after the day it begins."""
    edition = kit.edition
    places: list[tuple[bool, Loc]] = [(edition.period.is_in_order, ("period",))]
    if edition.periods:
        places = [(each.is_in_order, ("periods", n)) for n, each in enumerate(edition.periods)]
    for in_order, loc in places:
        if not in_order:
            yield Diagnostic.error(
                "D103",
                kit.source.span((*loc, "end")),
                N_("The period ends before it begins."),
                N_("Correct one of its two dates."),
            )


def periods_told_apart(kit: Kit) -> Iterator[Diagnostic]:
    """A kit has one period or several with names, and a region is in one of them."""
    if "period" in kit.edition.model_fields_set and kit.edition.periods:
        yield Diagnostic.error(
            "S165",
            kit.source.span(("period",), key=True),
            N_("“{one}” and “{other}” both say when the programme takes place."),
            N_("Keep one of them."),
            one="period",
            other="periods",
        )
    seen: dict[str, Loc] = {}
    for number, period in enumerate(kit.edition.periods):
        for index, region in enumerate(period.regions):
            loc: Loc = ("periods", number, "regions", index)
            if first := seen.get(fold(region)):
                yield Diagnostic.error(
                    "S165",
                    kit.source.span(loc),
                    N_("“{region}” stands in two periods."),
                    N_("Keep it in one of them."),
                    region=region,
                    related=(
                        Related(kit.source.span(first), Message(N_("The first one is here."))),
                    ),
                )
            seen.setdefault(fold(region), loc)


def drafts_left_out(kit: Kit) -> Iterator[Diagnostic]:
    """A kit that is no draft has no draft events left in it: its pages leave them out."""
    drafts = [placed for placed in _events(kit) if placed.value.status == "draft"]
    if kit.edition.status != "draft" and drafts:
        first, *others = drafts
        yield Diagnostic(
            "S111",
            Severity.WARNING,
            Message.counted(
                NP_(
                    "{count} event is still a draft: the pages leave it out.",
                    "{count} events are still drafts: the pages leave them out.",
                ),
                len(drafts),
            ),
            Message(N_("Write “status: confirmed” where it is settled, or take the event away.")),
            first.source.span((*first.loc, "status")),
            tuple(
                Related(
                    placed.source.span((*placed.loc, "status")),
                    Message(N_("This one is a draft too.")),
                )
                for placed in others
            ),
        )


def new_dates_count(kit: Kit) -> Iterator[Diagnostic]:
    """A new date belongs to an event that is postponed."""
    for placed in _events(kit):
        if placed.value.postponed_to and placed.value.status != "postponed":
            yield Diagnostic(
                "S112",
                Severity.WARNING,
                Message(N_("This event has a new date, but its status is not “postponed”.")),
                Message(N_("Write “status: postponed”, or take “postponed_to” away.")),
                placed.source.span((*placed.loc, "postponed_to")),
            )


def _events(kit: Kit) -> Iterator[Placed]:
    return (placed for placed in kit.values() if isinstance(placed.value, Event))


def handouts_hold_something(kit: Kit) -> Iterator[Diagnostic]:
    """A handout says what it holds, in words that mean something in this kit."""
    contacts = [contact.id for contact in kit.edition.contacts]
    for number, handout in enumerate(kit.edition.handouts):
        loc = ("handouts", number)
        if not (handout.sections or handout.select or handout.by):
            yield Diagnostic.error(
                "R130",
                kit.source.span((*loc, "title")),
                N_("This handout says nothing of what it holds."),
                N_("Add “sections: […]” or “select: {{region: …}}” below its title."),
            )
        known = _holdable(kit, handout)
        for index, name in enumerate(handout.sections):
            if name not in known:
                yield unknown_section(name, kit.source.span((*loc, "sections", index)), known)
        for index, name in enumerate(handout.contacts):
            if name not in contacts:
                span = kit.source.span((*loc, "contacts", index))
                yield unknown_contact(name, span, contacts)
        if handout.by and not selection.is_key(kit, selection.key_in(kit, handout.by), GROUPINGS):
            span = kit.source.span((*loc, "by"))
            yield selection.unknown_key(kit, handout.by, span, GROUPINGS)
        if handout.select:
            yield from selection.faults(kit, read_conditions(kit.source, (*loc, "select")))


def _holdable(kit: Kit, handout: Handout) -> list[str]:
    """Return the ids that a handout may name: of sections only, where it gathers events."""
    if handout.select or handout.by:
        return [section.id for section in kit.sections()]
    return [placed.part.id for placed in kit.parts()]


def unknown_section(name: str, span: Span, known: list[str]) -> Diagnostic:
    """Return the diagnostic for a section that is to become a handout and is not there."""
    return Diagnostic.error(
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
        if placed.part.becomes_handout:
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
    return Diagnostic.error(
        "R129",
        span,
        N_("Two handouts would have the file name “{name}.pdf”."),
        N_("Add a line “id: …” with another name to one of them."),
        name=name,
        related=(Related(first, Message(N_("The first one is here."))),),
    )


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
