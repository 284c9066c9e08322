"""An event outside the pages, for calendars and search engines: its times, and it in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from moip_press.exchange.export.exported import Exported
from moip_press.kit.model.fields import ACCESS
from moip_press.kit.model.records import Event
from moip_press.kit.when import Period, Slot, When, enumeration, in_words, times_in_words
from moip_press.report.messages import N_
from moip_press.text import prose

ONE_DAY = datetime.timedelta(days=1)
NO_PAGE = "…"
"""What stands for the number of a page outside the pages."""


@dataclass(frozen=True)
class DayRun:
    """Days in a row with the same hours on each; without hours, all day."""

    first: datetime.date
    days: int
    slot: Slot | None = None

    @property
    def last(self) -> datetime.date:
        """The last day."""
        return self.first + (self.days - 1) * ONE_DAY

    def begins(self, zone: datetime.tzinfo | None) -> datetime.datetime | datetime.date:
        """Return its beginning on the first day: a day where it has no hours."""
        if self.slot is None:
            return self.first
        return datetime.datetime.combine(self.first, self.slot.start, zone)

    def ends(self, zone: datetime.tzinfo | None) -> datetime.datetime | None:
        """Return its end on the first day; none where it is not known."""
        if self.slot is None or self.slot.end is None:
            return None
        night = ONE_DAY if self.slot.end <= self.slot.start else 0 * ONE_DAY
        return datetime.datetime.combine(self.first + night, self.slot.end, zone)


def takes_place(event: Event) -> bool:
    """Tell whether an event takes place at a time that is known."""
    undated = event.status == "postponed" and event.postponed_to is None
    return event.status != "cancelled" and not undated and event.moment.known


def day_runs(when: When, period: Period) -> tuple[DayRun, ...]:
    """Return the stretches of an event; one without an end lasts the period."""
    if when.several:
        apart = (each for one in when.several for each in day_runs(one, period))
        return tuple(sorted(apart, key=lambda each: (each.first, str(each.begins(None)))))
    days = when.days
    if when.kind == "open":
        count = max((period.end - when.start).days, 0) + 1
        days = tuple(when.start + n * ONE_DAY for n in range(count))
    slots = when.slots or (None,)
    return tuple(DayRun(first, n, slot) for first, n in _in_a_row(days) for slot in slots)


def _in_a_row(days: Iterable[datetime.date]) -> Iterator[tuple[datetime.date, int]]:
    """Yield the first day of each row of days, and how many days the row has."""
    for _, row in groupby(enumerate(days), key=lambda each: each[1].toordinal() - each[0]):
        numbered = list(row)
        yield numbered[0][1], len(numbered)


# --- in words ------------------------------------------------------------------------------


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
    return _say(exported, N_("{word}: {title}"), word=status, title=event.title)


def moved_to(exported: Exported, event: Event, to: str) -> str:
    """Return what stands at the date that an event was moved from."""
    return _say(exported, N_("POSTPONED ({to}): {title}"), to=to, title=event.title)


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
    blocks: list[list[str]] = [
        list(exported.reserves),
        list(_changes(exported, event)),
        list(_facts(exported, event)),
        *([paragraph] for paragraph in text_of(exported, event)),
        list(_links(exported, event)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _changes(exported: Exported, event: Event) -> Iterator[str]:
    """Yield what became of the event, and from when on it takes place."""
    language = exported.kit.edition.language
    if event.status == "postponed":
        day = when_of(event.when, language)
        yield _say(exported, N_("Postponed; announced for: {when}"), when=day)
    elif status := status_of(exported, event):
        yield status
    if event.moment.kind == "open":
        words = in_words(event.moment, language, year=True)
        yield words[:1].upper() + words[1:]


def _facts(exported: Exported, event: Event) -> Iterator[str]:
    names = str(event.organisers_line or "")
    if event.organisers and not names:
        names = enumeration(list(map(str, event.organisers)), exported.kit.edition.language)
    if names:
        yield _say(exported, N_("Organised by: {names}"), names=names)
    if event.audience:
        yield _say(exported, N_("Audience: {words}"), words=event.audience)
    access = ", ".join(exported.catalogue.gettext(ACCESS[name]) for name in event.access)
    for sentence, words in (
        (N_("Age: {words}"), event.age),
        (N_("With: {words}"), "; ".join(event.speakers)),
        (N_("Price: {words}"), event.price),
        (N_("Duration: {words}"), event.duration),
        (N_("Access: {words}"), access),
    ):
        if words:
            yield _say(exported, sentence, words=words)
    for name, label in exported.kit.edition.fields.items():
        if label and name in event.fields:
            yield _say(exported, N_("{label}: {words}"), label=label, words=event.fields[name])
    if event.online:
        yield exported.catalogue.gettext("Online")


def _links(exported: Exported, event: Event) -> Iterator[str]:
    if event.registration:
        yield _say(exported, N_("Registration: {url}"), url=event.registration)
    if link := event.link or exported.kit.edition.fallback_link:
        yield _say(exported, N_("Find out more: {url}"), url=link)
    seen = {event.registration, link, exported.kit.edition.website}
    for text in filter(None, (event.text, *event.notes)):
        for found in prose.links(text) if "](" in text else ():
            labelled = "(" in text[: found.start].rstrip(" <")[-1:]
            if labelled and found.url not in seen and not found.url.startswith(("#", "{")):
                seen.add(found.url)
                yield found.url


def _say(exported: Exported, sentence: str, **values: str) -> str:
    return exported.catalogue.gettext(sentence).format(**values)
