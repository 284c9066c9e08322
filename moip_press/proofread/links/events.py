"""Events whose readers are sent to the front page of a site."""

from __future__ import annotations

from collections.abc import Iterator

from moip_press.kit.model.records import Event
from moip_press.proofread.passages import PlacedEvent
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_, NP_
from moip_press.report.rule import WARNING, Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "L201",
        "event-without-link",
        WARNING,
        N_("Events have no link of their own."),
        N_(
            "Their “Find out more” leads to the website's front page, where nothing is said of "
            "them. Told once a section, where other events have links; once a kit, where none has."
        ),
        "website: https://www.modernisation.gouv.fr\n# …\n"
        "- title: Journée des labs\n  when: 4 novembre",
        "- title: Journée des labs\n  when: 4 novembre\n"
        "  link: https://www.modernisation.gouv.fr/journee-des-labs",
    ),
)


SHOWN = 5
USUAL = 3  # one event in so many has a link: then links are what the kit gives its events
MANY = 10  # events without any link in the whole kit


def events_have_their_links(proof: Proof) -> Iterator[Diagnostic]:
    """Events have links of their own, where the kit gives such to its events: once a section."""
    events = [placed for placed in proof.events if _expects_link(placed.event)]
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


def _expects_link(event: Event) -> bool:
    return event.status != "cancelled" and not event.pending


def _has_link(event: Event) -> bool:
    texts = (event.text or "", *event.notes)
    return bool(event.link or event.registration) or any("](http" in text for text in texts)


def _front_page(proof: Proof) -> bool:
    """Tell whether “Find out more” leads to a site's front page, which tells of no event."""
    website = proof.kit.edition.website or ""
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
        Message(N_("Add “link:” with the page that tells of the event.")),
        related=[
            Related(each.span("title"), Message(N_("This one neither.")))
            for each in missing[1 : SHOWN + 1]
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
        Message(N_("Add “link:” with the page that tells of the event.")),
        related=[
            Related(events[0].span("title"), Message.counted(own, len(events)))
            for events in sections[:SHOWN]
        ],
    )
