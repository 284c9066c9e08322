"""What readers need and a kit lacks: press contacts on its pages, links of its events."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.parts import Communique, Custom, WithContacts
from moip_press.kit.model.records import Contact, Event
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import Rule
from moip_press.text import prose

RULES: tuple[Rule, ...] = (
    Rule.warning(
        "L206 no-press-contact",
        N_("Nobody can be asked: a press contact, or its address and number, is missing."),
        N_("A press kit is there to be asked about."),
        "contacts:\n  - {id: presse, name: Claire Bonnetier{++, telephone: 06 08 72 50 29++}}",
    ),
    Rule.warning(
        "L207 contact-on-no-page",
        N_("A press contact stands on no page."),
        N_(
            "The first contact stands at the foot of every page; the others only in a part of "
            "type “contacts”."
        ),
        "contacts:\n  - {id: mairie, email: presse@example.org}\n"
        "  - {id: agence, email: agence@example.org}\n"
        "chapters: [cover, {++contacts, ++}programme.yaml]",
    ),
    Rule.warning(
        "L201 event-without-link",
        N_("Events have no link of their own."),
        N_(
            "Nothing leads from them to more, or “Find out more” leads to the website's front "
            "page (link_fallback: website), where nothing is said of them. Reported once a "
            "section, where other events have links; once a kit, where none has."
        ),
        "{--website: https://www.modernisation.gouv.fr\nlink_fallback: website\n# …\n--}"
        "- title: Journée des labs\n"
        "  when: 4 novembre{++\n"
        "  link: https://www.modernisation.gouv.fr/journee-des-labs++}",
    ),
)


def contacts_are_there(proof: Proof) -> Iterator[Diagnostic]:
    """Somebody can be asked: a press kit has a contact with an address or a number."""
    edition, source = proof.kit.edition, proof.kit.source
    if not edition.contacts:
        field = "contacts" if "contacts" in edition.model_fields_set else "title"
        yield finding(
            "L206",
            source.span((field,), key=True),
            N_("This kit names no press contact."),
            N_("Add “contacts:” to kit.yaml, with a name, an e-mail and a telephone."),
            lacks=("contacts",),
        )
    for number, contact in enumerate(edition.contacts):
        if not (contact.email or contact.telephone):
            yield finding(
                "L206",
                source.span(("contacts", number)),
                N_("Nobody can reach “{name}”."),
                N_("Add an “email:” or a “telephone:”."),
                lacks=("contacts", number, "email"),
                name=_name(contact),
            )


def contacts_are_printed(proof: Proof) -> Iterator[Diagnostic]:
    """Every contact stands on a page: the first at the foot of each, the others in a part."""
    parts = [placed.part for placed in proof.kit.parts()]
    own = any(isinstance(part, Custom) for part in parts)
    if not proof.kit.whole or own:
        return
    printed = [part.contacts for part in parts if isinstance(part, WithContacts)]
    if any(not ids for ids in printed):
        return
    asked = (part.practical for part in parts if isinstance(part, Communique))
    printed += [box.contacts for box in asked if box]
    named = {name for ids in printed for name in ids}
    for number, contact in enumerate(proof.kit.edition.contacts):
        answers = contact.regions or contact.sections
        if number and not answers and contact.id not in named:
            yield finding(
                "L207",
                proof.kit.source.span(("contacts", number, "id")),
                N_("“{name}” stands on no page."),
                N_("Name it in a part of type “contacts”, or take it away."),
                name=_name(contact),
            )


def _name(contact: Contact) -> str:
    return contact.name or contact.organisation or contact.email or contact.id


USUAL = 3  # one event in so many has a link: then links are what the kit gives its events
MANY = 10  # events without any link in the whole kit


def events_have_their_links(proof: Proof) -> Iterator[Diagnostic]:
    """Events have links of their own, where the kit gives such to its events: once a section."""
    events = [
        placed
        for placed in proof.events
        if placed.event.status != "cancelled" and not placed.event.pending
    ]
    linked = sum(map(_has_link, (placed.event for placed in events)))
    missing: dict[int, list[PlacedEvent]] = {}
    for placed in events:
        if not _has_link(placed.event):
            missing.setdefault(id(placed.section), []).append(placed)
    sections = list(missing.values())
    if linked and linked * USUAL >= len(events):
        yield from map(_section, sections)
    elif not linked and len(events) >= MANY and _front_page(proof):
        yield _whole_kit(sections, len(events))


def _has_link(event: Event) -> bool:
    texts = (event.text or "", *event.notes)
    return bool(event.link or event.registration) or any(
        link.url.startswith("http") for text in filter(None, texts) for link in prose.links(text)
    )


def _front_page(proof: Proof) -> bool:
    """Return whether “Find out more” leads to a site's front page, which mentions no event."""
    website = proof.kit.edition.fallback_link or ""
    return bool(website) and website.partition("://")[2].strip("/").count("/") == 0


def _section(missing: list[PlacedEvent]) -> Diagnostic:
    message = NP_(
        "{count} event of this section has no link of its own.",
        "{count} events of this section have no link of their own.",
    )
    return finding(
        "L201",
        missing[0].span("title"),
        Message.counted(message, len(missing)),
        N_("Add “link:” with the page that tells of the event."),
        lacks=(*missing[0].loc, "link"),
        related=[
            Related(each.span("title"), Message(N_("This one neither."))) for each in missing[1:]
        ],
    )


def _whole_kit(sections: list[list[PlacedEvent]], count: int) -> Diagnostic:
    message = NP_(
        "“Find out more” leads to the front page of the website for {count} event.",
        "“Find out more” leads to the front page of the website for all {count} events.",
    )
    own = NP_("{count} event of this section.", "{count} events of this section.")
    return finding(
        "L201",
        sections[0][0].span("title"),
        Message.counted(message, count),
        N_("Add “link:” with the page that tells of the event."),
        lacks=(*sections[0][0].loc, "link"),
        related=[
            Related(events[0].span("title"), Message.counted(own, len(events)))
            for events in sections
        ],
    )
