"""Changes in sentences, as a press officer would write them: “Cancelled: …”, “Moved: …”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.editions.comparison.changes import Change, Changes, Fact, Sessions, Value
from moip_press.editions.comparison.document import Document, moment, record
from moip_press.kit.issue import moment_words, number
from moip_press.kit.when import When, date_in_words, enumeration, in_words, times_in_words
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_, NP_, inner
from moip_press.text.difference import Stretch, cut, difference, excerpt

GROUPS = {
    "cancelled": N_("Cancelled events"),
    "postponed": N_("Postponed events"),
    "confirmed": N_("Confirmed events"),
    "unconfirmed": N_("Events that are no longer confirmed"),
    "moved": N_("Another day or hour"),
    "added": N_("New events"),
    "removed": N_("Withdrawn events"),
    "place": N_("Place and registration"),
    "organiser": N_("Organisers"),
    "retitled": N_("Titles"),
    "section": N_("Another section"),
    "text": N_("Texts"),
    "contact": N_("Press contacts"),
    "editorial": N_("Pages and articles"),
    "kit": N_("The press kit itself"),
}
"""The heading over the changes of a kind."""
ACTS = {"added": N_("New"), "removed": N_("Taken out"), "changed": N_("Changed")}
RECORDS = {
    "section": N_("section"),
    "editorial": N_("editorial"),
    "interview": N_("interview"),
    "article": N_("article"),
    "communique": N_("press release"),
    "quote": N_("quotation"),
    "custom": N_("page"),
    "part": N_("page"),
    "block": N_("passage"),
    "item": N_("passage"),
    "card": N_("card"),
    "mission": N_("passage"),
    "figure": N_("key figure"),
    "exchange": N_("question"),
    "lab": N_("profile"),
    "entry": N_("line of the table"),
    "link": N_("link"),
    "partner": N_("partner"),
    "person": N_("person"),
    "picture": N_("picture"),
    "about": N_("about the publisher"),
    "contact": N_("press contact"),
    "contents": N_("contents"),
    "contacts": N_("press contacts"),
    "cover": N_("cover"),
    "back-cover": N_("back cover"),
    "partners": N_("partners"),
    "credits": N_("credits"),
    "changes": N_("page of changes"),
}
FIELDS = {
    "title": N_("Title"),
    "when": N_("Date"),
    "sessions": N_("Sessions"),
    "particulars": N_("Sessions"),
    "postponed_to": N_("New date"),
    "status": N_("Status"),
    "section": N_("Section"),
    "organisers": N_("Organiser"),
    "place": N_("Place"),
    "online": N_("Online"),
    "timezone": N_("Time zone"),
    "audience": N_("Audience"),
    "age": N_("Age"),
    "price": N_("Price"),
    "duration": N_("Duration"),
    "capacity": N_("Capacity"),
    "languages": N_("Languages"),
    "speakers": N_("Speakers"),
    "access": N_("Access"),
    "fields": N_("Other details"),
    "registration": N_("Registration"),
    "link": N_("Link"),
    "url": N_("Link"),
    "links": N_("Links in the text"),
    "website": N_("Website"),
    "website_label": N_("Website"),
    "text": N_("Text"),
    "body": N_("Text"),
    "profile": N_("Text"),
    "notes": N_("Notes"),
    "introduction": N_("Introduction"),
    "pull_quote": N_("Quotation"),
    "question": N_("Question"),
    "answer": N_("Answer"),
    "author": N_("Author"),
    "cells": N_("Cells"),
    "name": N_("Name"),
    "role": N_("Role"),
    "organisation": N_("Organisation"),
    "email": N_("E-mail"),
    "telephone": N_("Telephone"),
    "availability": N_("Availability"),
    "region": N_("Region"),
    "tagline": N_("Tagline"),
    "subtitle": N_("Subtitle"),
    "claim": N_("Claim"),
    "hashtag": N_("Hashtag"),
    "kicker": N_("Line above the title"),
    "value": N_("Number"),
    "label": N_("What is counted"),
    "source": N_("Source"),
    "alt": N_("Text for those who cannot see it"),
    "caption": N_("Caption"),
    "credit": N_("Credit"),
    "version": N_("Version"),
    "date_of_issue": N_("Date of issue"),
    "place_of_issue": N_("Place of issue"),
    "embargo": N_("Embargo"),
    "period": N_("Period"),
    "periods": N_("Periods"),
    "kind": N_("Document"),
    "language": N_("Language"),
    "publisher": N_("Publisher"),
    "closing": N_("Closing line"),
    "credits": N_("Credits"),
}


VERSION = re.compile(r"version\s+", re.IGNORECASE)
LONG = 80
"""Characters from which on any field is shown word by word."""
TEXTS = frozenset(
    {"text", "notes", "body", "profile", "introduction", "answer", "pull_quote", "caption"}
)
# The facts that the sentence of a kind contains.
SAID = {
    "cancelled": ("status",),
    "postponed": ("status", "postponed_to"),
    "confirmed": ("status", "postponed_to"),
    "unconfirmed": ("status", "postponed_to"),
    "moved": ("when", "sessions"),
    "retitled": ("title",),
    "organiser": ("organisers",),
    "section": ("section",),
}

EVENTS = {
    "cancelled": N_("Cancelled: {event}, {lead}"),
    "postponed": N_("Postponed: {event}, {lead}"),
    "unconfirmed": N_("No longer confirmed: {event}, {lead}"),
    "moved": N_("Moved: {event}, {lead}"),
    "added": N_("New: {event}, {lead}"),
    "removed": N_("Withdrawn: {event}, {lead}"),
    "place": N_("Other particulars: {event}"),
    "organiser": N_("Other organiser: {event}: {lead}"),
    "retitled": N_("Retitled: {event}, {lead}"),
    "section": N_("Other section: {event}, {lead}"),
    "text": N_("Text changed: {event}"),
}
STATES = {
    "confirmed": N_("confirmed"),
    "cancelled": N_("cancelled"),
    "postponed": N_("postponed"),
    "draft": N_("draft"),
    "full": N_("full"),
}
LANGUAGES = {"fr": N_("French"), "en": N_("English")}


@dataclass(frozen=True)
class Detail:
    """A fact beside the sentence: what it is about, what it was and is, or word by word."""

    label: Message
    old: str | Message
    new: str | Message
    turn: Message
    words: tuple[Stretch, ...] = ()


@dataclass(frozen=True)
class Told:
    """A change as a sentence, and what else differs."""

    change: Change
    sentence: Message
    details: tuple[Detail, ...] = ()


class Teller:
    """Tells changes in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def heading(self, changes: Changes) -> Message:
        """Return what was compared: the kit, the old and the new version."""
        old, new = (
            issue(document, self.language) or document.name
            for document in (changes.old, changes.new)
        )
        if old == new:
            old, new = changes.old.name, changes.new.name
        return Message.of(
            N_("{title}: what has changed from {old} to {new}"),
            title=changes.new.title,
            old=old,
            new=new,
        )

    def embargo(self, changes: Changes) -> Message | None:
        """Return the sentence of the embargo, where the new version has one."""
        until = moment(record(changes.new.kit, "embargo"))
        if until is None:
            return None
        return Message.of(N_("Embargoed until {moment}"), moment=moment_words(until, self.language))

    def told(self, changes: Sequence[Change]) -> Iterator[Told]:
        """Yield each change in words."""
        for change in changes:
            said = self._said_by(change)
            rest = (fact for fact in change.facts if fact not in said)
            yield Told(change, self.sentence(change), tuple(map(self.detail, rest)))

    def sentence(self, change: Change) -> Message:
        """Return the sentence for a change."""
        if change.kind == "kit":
            return Message.of(N_("The press kit “{title}”"), title=change.title)
        if change.record == "event":
            return self._of_event(change)
        return Message.of(
            N_("{act}: {record}"), act=Message(ACTS[change.act]), record=self.record(change)
        )

    def record(self, change: Change) -> Message:
        """Return a record that is no event by what it is, its name, and where it stands."""
        label = Message(RECORDS.get(change.record, RECORDS["part"]))
        values = {"record": label, "title": change.title, "section": change.section}
        if not change.title:
            return label
        if not change.section or change.section == change.title:
            return Message.of(N_("{record} “{title}”"), **values)
        return Message.of(N_("{record} “{title}”, in “{section}”"), **values)

    def event(self, change: Change) -> Message:
        """Return the title of an event, and who holds it."""
        holders = self.value(change.holders)
        if not holders or change.kind == "organiser":
            return Message.of(N_("“{title}”"), title=inner(change.title))
        title = inner(change.title)
        return Message.of(N_("“{title}” ({organisers})"), title=title, organisers=holders)

    def value(self, value: Value) -> str | Message:
        """Return a value in words; empty where there is none."""
        if isinstance(value, bool):
            return Message(N_("yes") if value else N_("no"))
        if isinstance(value, When):
            return self.when(value)
        if isinstance(value, Sessions):
            return self._sessions(value)
        if isinstance(value, tuple):
            return enumeration(value, self.language) if value else ""
        return value or ""

    def _sessions(self, sessions: Sessions) -> str | Message:
        """Return sessions in words, one after the other."""
        told: str | Message = ""
        for each in reversed(sessions.each):
            said = self._session(*each)
            told = Message.of(N_("{first}; {rest}"), first=said, rest=told) if told else said
        return told

    def _session(self, when: When, status: str, said: str) -> str | Message:
        days = self.when(when, year=False)
        state = Message(STATES[status]) if status in STATES and status != "confirmed" else ""
        if state and said:
            return Message.of(N_("{days} ({state}, {words})"), days=days, state=state, words=said)
        if state or said:
            return Message.of(N_("{days} ({words})"), days=days, words=state or said)
        return days

    def when(self, value: When, *, year: bool = True) -> str:
        """Return days and times in words."""
        times = times_in_words(value, self.language)
        days = in_words(value, self.language, year=year)
        return f"{days}, {times}" if times else days

    def detail(self, fact: Fact) -> Detail:
        """Return a fact that the sentence does not contain."""
        label = Message(FIELDS.get(fact.field, FIELDS["text"]))
        words: tuple[Stretch, ...] = ()
        before, now = _joined(fact.old), _joined(fact.new)
        told_by_word = fact.field in TEXTS or max(len(before), len(now)) > LONG
        if told_by_word and before and now:
            words = excerpt(difference(before, now))
        old, new = self._worded(fact.field, fact.old), self._worded(fact.field, fact.new)
        return Detail(label, old, new, _turn(old, new), words)

    def _worded(self, field: str, value: Value) -> str | Message:
        if field == "status" and isinstance(value, str):
            return Message(STATES[value]) if value in STATES else value
        if field == "language" and isinstance(value, str):
            return Message(LANGUAGES.get(value, value))
        return self.value(cut(value) if isinstance(value, str) else value)

    def brief(self, change: Change) -> tuple[str | Message, Message | None, tuple[Detail, ...]]:
        """Return what a change is about, its lead and its other facts, without its kind."""
        if change.record != "event":
            title: str | Message = "" if change.kind == "kit" else self.sentence(change)
            return title, None, tuple(map(self.detail, change.facts))
        rest = (fact for fact in change.facts if fact not in self._said_by(change))
        return change.title, self.lead(change), tuple(map(self.detail, rest))

    def lead(self, change: Change) -> Message | None:
        """Return what follows the name of the event: the dates, the title that was before."""
        fact = change.facts[0] if change.facts else Fact("", None, None)
        old, new = self.value(fact.old), self.value(fact.new)
        match change.kind:
            case "cancelled" | "confirmed" | "unconfirmed" | "removed":
                return self._days(change)
            case "added":
                place = change.fact("place")
                if place is None:
                    return self._days(change)
                values = {"when": self._days(change), "place": place.new}
                return Message.of(N_("{when}, {place}"), **values)
            case "postponed":
                return self._postponed(change)
            case "moved":
                return self._moved(fact.old, fact.new)
            case "retitled":
                return Message.of(N_("before: “{old}”"), old=old)
            case "section":
                return Message.of(N_("now in “{new}” (before: “{old}”)"), old=old, new=new)
            case "organiser":
                return _turn(old, new)
            case _:
                return None

    def _of_event(self, change: Change) -> Message:
        lead = self.lead(change)
        sentence = EVENTS[change.kind] if change.kind != "confirmed" else _confirmed(change)
        if change.kind == "moved" and not _other_day(change.facts[0]):
            sentence = N_("Other hour: {event}, {lead}")
        return Message.of(sentence, event=self.event(change), lead=lead or "")

    def _days(self, change: Change) -> Message:
        if change.when is None:
            return Message(N_("no date"))
        return Message.of(N_("{new}"), new=self.when(change.when))

    def _postponed(self, change: Change) -> Message:
        fact, moved = change.fact("postponed_to"), change.fact("when")
        old = moved.old if moved and isinstance(moved.old, When) else change.when
        if fact and isinstance(fact.new, When) and old:
            return self._moved(old, fact.new)
        when = self.when(old) if old else Message(N_("no date"))
        return Message.of(N_("{when}; the new date is to come"), when=when)

    def _moved(self, old: Value, new: Value) -> Message:
        """Return from when to when, as short as it is clear."""
        if not isinstance(old, When) or not isinstance(new, When):
            return _turn(self.value(old), self.value(new))
        year = _one_year(old, new)
        if old.days == new.days and old.kind == new.kind and old.slots and new.slots:
            return Message.of(
                N_("{days}, {new} (before: {old})"),
                days=in_words(new, self.language, year=True),
                old=times_in_words(old, self.language),
                new=times_in_words(new, self.language),
            )
        if old.kind == new.kind == "day" and old.days != new.days and old.slots == new.slots:
            before = in_words(old, self.language, year=not year)
            after = in_words(new, self.language, year=True)
            return Message.of(N_("{new} (before: {old})"), old=before, new=after)
        before = self.when(old, year=not year)
        return Message.of(N_("{new} (before: {old})"), old=before, new=self.when(new))

    def _said_by(self, change: Change) -> tuple[Fact, ...]:
        if change.act in {"added", "removed"} and change.record == "event":
            return change.facts
        return tuple(fact for fact in change.facts if fact.field in SAID.get(change.kind, ()))


def _confirmed(change: Change) -> str:
    fact = change.fact("status")
    if fact and fact.old == "draft":
        return N_("Confirmed: {event}, {lead}")
    return N_("Confirmed again: {event}, {lead}")


def _other_day(fact: Fact) -> bool:
    old, new = fact.old, fact.new
    return not (isinstance(old, When) and isinstance(new, When) and old.days == new.days)


def _one_year(old: When, new: When) -> bool:
    return {day.year for day in old.days} == {day.year for day in new.days}


def _joined(value: Value) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return value if isinstance(value, str) else ""


def _turn(old: str | Message, new: str | Message) -> Message:
    if not old:
        return Message.of(N_("{new}"), new=new)
    if not new:
        return Message.of(N_("taken out (before: {old})"), old=old)
    return Message.of(N_("{new} (before: {old})"), new=new, old=old)


def count(changes: Changes) -> Message:
    """Return how many changes there are."""
    if not changes:
        return Message(N_("Nothing that a reader sees has changed."))
    return Message.counted(NP_("{count} change.", "{count} changes."), len(changes.changes))


def partial(changes: Changes) -> tuple[Message, ...]:
    """Return the sentence of what was left out, where only a handout was compared."""
    return (Message(N_("Only what the handout holds was compared.")),) if changes.partial else ()


def issue(document: Document, language: str) -> Message | None:
    """Return “version 2 (26 octobre 2021)”, as far as it is known."""
    digits = number(VERSION.sub("", document.version))
    version: str | Message = document.version
    if digits:
        version = Message.of(N_("version {number}"), number=digits)
    date = date_in_words(document.date, language) if document.date else ""
    if version and date:
        return Message.of(N_("{version}, {date}"), version=version, date=date)
    return Message.of(N_("{new}"), new=version or date) if version or date else None


def since(document: Document, language: str) -> Message:
    """Return the title of the page of changes: “Ce qui a changé depuis la version 2”."""
    digits = number(VERSION.sub("", document.version))
    if digits:
        return Message.of(N_("What has changed since version {number}"), number=digits)
    if document.version:
        return Message.of(N_("What has changed since “{version}”"), version=document.version)
    if document.date:
        date = date_in_words(document.date, language)
        return Message.of(N_("What has changed since {date}"), date=date)
    return Message(N_("What has changed since the last version"))
