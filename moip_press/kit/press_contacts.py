"""Which press contacts answer for a part of the kit: those tied to its regions or sections."""

from __future__ import annotations

from collections.abc import Iterable, Sized

from moip_press.kit.model.edition import Edition
from moip_press.kit.model.parts import Communique, Part, Programme
from moip_press.kit.model.records import Contact
from moip_press.report.messages import N_
from moip_press.text.folding import fold


def heading(contacts: Sized) -> str:
    """Return what stands above contacts, to be translated: one is no plural."""
    return N_("Press contact") if len(contacts) == 1 else N_("Press contacts")


def named(edition: Edition, ids: Iterable[str]) -> tuple[Contact, ...]:
    """Return the contacts of these ids, in the order of the kit."""
    wanted = frozenset(ids)
    return tuple(contact for contact in edition.contacts if contact.id in wanted)


def of_regions(edition: Edition, regions: Iterable[str]) -> tuple[Contact, ...]:
    """Return who answers for all of these regions together; nobody where one has no contact."""
    tied = [(contact, frozenset(map(fold, contact.regions))) for contact in edition.contacts]
    return _all_answered(tied, frozenset(map(fold, regions)))


def of_sections(edition: Edition, sections: Iterable[str]) -> tuple[Contact, ...]:
    """Return who answers for all of these sections together; nobody where one has no contact."""
    tied = [(contact, frozenset(contact.sections)) for contact in edition.contacts]
    return _all_answered(tied, frozenset(sections))


def of_part(edition: Edition, part: Part) -> tuple[Contact, ...]:
    """Return who answers for a part: those that it names or that are tied to it; or nobody."""
    if isinstance(part, Communique):
        return named(edition, part.contacts)
    return of_sections(edition, [part.id]) if isinstance(part, Programme) else ()


def _all_answered(
    tied: Iterable[tuple[Contact, frozenset[str]]], asked: frozenset[str]
) -> tuple[Contact, ...]:
    found = [(contact, names & asked) for contact, names in tied if names & asked]
    answered = frozenset[str]().union(*(names for _, names in found))
    return tuple(contact for contact, _ in found) if answered == asked else ()
