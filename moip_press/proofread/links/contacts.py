"""Press contacts: that there are some, that they can be reached, and that they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.parts import Contacts, Custom
from moip_press.kit.model.records import Contact
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message
from moip_press.report.messages import N_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L206",
        "no-press-contact",
        WARNING,
        N_("Nobody can be asked: a press contact, or its address and number, is missing."),
        N_("A press kit is there to be asked about."),
        "contacts:\n  - {id: presse, name: Claire Bonnetier}",
        "contacts:\n  - {id: presse, name: Claire Bonnetier, telephone: 06 08 72 50 29}",
    ),
    Rule(
        "L207",
        "contact-on-no-page",
        WARNING,
        N_("A press contact stands on no page."),
        N_(
            "The first contact stands at the foot of every page; the others only in a part of "
            "type “contacts”."
        ),
        "contacts:\n  - {id: mairie, email: presse@example.org}\n"
        "  - {id: agence, email: agence@example.org}\nchapters: [cover, programme.yaml]",
        "contacts:\n  - {id: mairie, email: presse@example.org}\n"
        "  - {id: agence, email: agence@example.org}\nchapters: [cover, contacts, programme.yaml]",
    ),
)


def contacts_are_there(proof: Proof) -> Iterator[Diagnostic]:
    """Somebody can be asked: a press kit has a contact with an address or a number."""
    edition, source = proof.kit.edition, proof.kit.source
    if not edition.contacts and "contacts" not in proof.kit.edition.model_fields_set:
        yield finding(
            "L206",
            source.span(("title",), key=True),
            Message(N_("This kit names no press contact.")),
            Message(N_("Add “contacts:” to kit.yaml, with a name, an e-mail and a telephone.")),
        )
    elif not edition.contacts:
        yield finding(
            "L206",
            source.span(("contacts",), key=True),
            Message(N_("This kit names no press contact.")),
            Message(N_("Add “contacts:” to kit.yaml, with a name, an e-mail and a telephone.")),
        )
    for number, contact in enumerate(edition.contacts):
        if not (contact.email or contact.telephone):
            yield finding(
                "L206",
                source.span(("contacts", number)),
                Message.of(N_("Nobody can reach “{name}”."), name=_name(contact)),
                Message(N_("Add an “email:” or a “telephone:”.")),
            )


def contacts_are_printed(proof: Proof) -> Iterator[Diagnostic]:
    """Every contact stands on a page: the first at the foot of each, the others in a part."""
    parts = [placed.part for placed in proof.kit.parts()]
    own = any(isinstance(part, Custom) for part in parts)
    if not proof.kit.whole or own:
        return
    printed = [part.contacts for part in parts if isinstance(part, Contacts)]
    if any(not ids for ids in printed):
        return
    named = {name for ids in printed for name in ids}
    for number, contact in enumerate(proof.kit.edition.contacts):
        if number and contact.id not in named:
            yield finding(
                "L207",
                proof.kit.source.span(("contacts", number, "id")),
                Message.of(N_("“{name}” stands on no page."), name=_name(contact)),
                Message(N_("Name it in a part of type “contacts”, or take it away.")),
            )


def _name(contact: Contact) -> str:
    return contact.name or contact.organisation or contact.email or contact.id
