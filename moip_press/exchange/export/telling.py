"""An event in plain words, for those who read it outside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moip_press.exchange.export.occurrences import present
from moip_press.exchange.export.programme import Exported
from moip_press.kit.model.records import Event
from moip_press.kit.when import When, enumeration, in_words, times_in_words
from moip_press.report.messages import N_
from moip_press.text import prose

NO_PAGE = "…"
LINKED = re.compile(r"\]\(|<\w+:")


def organisers_of(exported: Exported, event: Event) -> str:
    """Return who holds an event, as the pages print it."""
    if event.organisers_line or not event.organisers:
        return str(event.organisers_line or "")
    return enumeration([str(name) for name in event.organisers], exported.kit.edition.language)


def when_of(when: When, language: str) -> str:
    """Return days and hours in words, with their year."""
    days = in_words(when, language, year=True)
    return ", ".join(filter(None, (days, times_in_words(when, language))))


def place_of(event: Event) -> str:
    """Return where an event is held, on one line."""
    place = event.place
    return ", ".join(filter(None, (place.venue, place.address, place.town))) if place else ""


def status_of(exported: Exported, event: Event) -> str:
    """Return what became of an event, as the pages say it; empty where all is as announced."""
    said = exported.catalogue.gettext
    if event.status == "cancelled":
        return said("CANCELLED")
    if event.status == "draft":
        return said(N_("To be confirmed"))
    return said("POSTPONED") if event.status == "postponed" else ""


def title_of(exported: Exported, event: Event) -> str:
    """Return an event's title, behind the word for what became of it."""
    status = status_of(exported, event)
    if not status or (event.status == "postponed" and event.postponed_to):
        return str(event.title)  # what is postponed stands at its new date
    return _said(exported, N_("{word}: {title}"), word=status, title=event.title)


def text_of(exported: Exported, event: Event) -> Iterator[str]:
    """Yield an event's text and notes, a paragraph each."""
    website = exported.kit.edition.website or ""

    def resolve(reference: prose.Reference) -> str:
        return website if reference.kind == "website" else NO_PAGE

    for text in (event.text, *event.notes):
        if text:
            yield from prose.plain_text(text, resolve=resolve).split("\n")


def description_of(exported: Exported, event: Event) -> str:
    """Return all that the pages say of an event: first what a reader has to know."""
    return "\n\n".join("\n".join(block) for block in _blocks(exported, event) if block)


def _blocks(exported: Exported, event: Event) -> Iterator[list[str]]:
    yield list(exported.reserves)
    yield list(_changes(exported, event))
    yield list(_facts(exported, event))
    for paragraph in text_of(exported, event):
        yield [paragraph]
    yield list(_links(exported, event))


def _changes(exported: Exported, event: Event) -> Iterator[str]:
    """Yield what became of the event, and from when on it takes place."""
    language = exported.kit.edition.language
    if event.status == "postponed":
        day = when_of(event.when, language)
        yield _said(exported, N_("Postponed; announced for: {when}"), when=day)
    elif status := status_of(exported, event):
        yield status
    if present(event).kind == "open":
        words = in_words(present(event), language, year=True)
        yield words[:1].upper() + words[1:]


def _facts(exported: Exported, event: Event) -> Iterator[str]:
    if organisers := organisers_of(exported, event):
        yield _said(exported, N_("Organised by: {names}"), names=organisers)
    if event.audience:
        yield _said(exported, N_("Audience: {words}"), words=event.audience)
    if event.online:
        yield exported.catalogue.gettext("Online")


def _links(exported: Exported, event: Event) -> Iterator[str]:
    if event.registration:
        yield _said(exported, N_("Registration: {url}"), url=event.registration)
    if link := event.link or exported.kit.edition.website:
        yield _said(exported, N_("Find out more: {url}"), url=link)
    seen = {event.registration, link, exported.kit.edition.website}
    for text in (event.text, *event.notes):
        for found in prose.links(text) if text and LINKED.search(text) else ():
            if found.url not in seen and not found.url.startswith(("#", "{")):
                seen.add(found.url)
                yield found.url


def _said(exported: Exported, sentence: str, **values: str) -> str:
    return exported.catalogue.gettext(sentence).format(**values)
