"""What the statuses of events and of the kit say together."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.kit import Kit, Placed
from moip_press.kit.model.records import Event
from moip_press.report.diagnostics import Diagnostic, Message, Related, Severity
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "S111",
        "drafts-left-out",
        WARNING,
        N_("Events are still drafts, and the kit is none."),
        N_("Draft events are printed only in a draft of the kit: readers would not see them."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: draft",
        "- title: Portes ouvertes\n  when: 16 novembre\n  status: confirmed",
    ),
    Rule(
        "S112",
        "new-date-without-status",
        WARNING,
        N_("An event has a new date, but its status does not say that it is postponed."),
        N_("The pages print the new date of an event that is postponed, and of no other."),
        "- title: Portes ouvertes\n  when: 16 novembre\n  postponed_to: 23 novembre",
        (
            "- title: Portes ouvertes\n"
            "  when: 16 novembre\n"
            "  status: postponed\n"
            "  postponed_to: 23 novembre"
        ),
    ),
)


MOST_NAMED = 10


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
                for placed in others[:MOST_NAMED]
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
