"""Changes in sentences, as a press officer would write them: “Cancelled: …”, “Moved: …”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.comparison.changes import Change, Changes, Fact, Value
from moip_press.comparison.document import Document, moment, record
from moip_press.comparison.labels import ACTS, FIELDS, RECORDS
from moip_press.comparison.wording import Stretch, cut, difference, excerpt
from moip_press.diagnostics import Message
from moip_press.issue import moment_words, number
from moip_press.messages import N_
from moip_press.when import When, date_in_words, enumeration, in_words, times_in_words

LONG = 80
"""From so many letters on, a text is told word by word."""
# The facts that the sentence of a kind tells.
SAID = {
    "cancelled": ("status",),
    "postponed": ("status", "postponed_to"),
    "confirmed": ("status", "postponed_to"),
    "moved": ("when",),
    "retitled": ("title",),
    "organiser": ("organisers",),
    "section": ("section",),
}

STATES = {
    "confirmed": N_("confirmed"),
    "cancelled": N_("cancelled"),
    "postponed": N_("postponed"),
    "draft": N_("draft"),
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

    def told(self, changes: Sequence[Change]) -> Iterator[Told]:
        """Yield each change as it is told."""
        for change in changes:
            said = self._said_by(change)
            rest = (fact for fact in change.facts if fact not in said)
            yield Told(change, self.sentence(change), tuple(map(self.detail, rest)))

    def sentence(self, change: Change) -> Message:
        """Return the sentence that tells the change."""
        if change.kind == "kit":
            return Message.of(N_("The press kit “{title}”:"), title=change.title)
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
        if not holders:
            return Message.of(N_("“{title}”"), title=change.title)
        return Message.of(N_("“{title}” ({organisers})"), title=change.title, organisers=holders)

    def value(self, value: Value) -> str | Message:
        """Return a value in words; empty where there is none."""
        if isinstance(value, bool):
            return Message(N_("yes") if value else N_("no"))
        if isinstance(value, When):
            return self.when(value)
        if isinstance(value, tuple):
            return enumeration(value, self.language) if value else ""
        return value or ""

    def when(self, value: When, *, year: bool = True) -> str:
        """Return days and times in words."""
        times = times_in_words(value, self.language)
        days = in_words(value, self.language, year=year)
        return f"{days}, {times}" if times else days

    def turn(self, old: Value, new: Value) -> Message:
        """Return what a value is now, and what it was."""
        return _turn(self.value(_short(old)), self.value(_short(new)))

    def detail(self, fact: Fact) -> Detail:
        """Return a fact that the sentence does not tell."""
        label = Message(FIELDS.get(fact.field, FIELDS["text"]))
        words: tuple[Stretch, ...] = ()
        before, now = _joined(fact.old), _joined(fact.new)
        if max(len(before), len(now)) > LONG and before and now:
            words = excerpt(difference(before, now))
        old, new = self._worded(fact.field, fact.old), self._worded(fact.field, fact.new)
        return Detail(label, old, new, _turn(old, new), words)

    def _worded(self, field: str, value: Value) -> str | Message:
        if field == "status" and isinstance(value, str):
            return Message(STATES[value]) if value in STATES else value
        if field == "language" and isinstance(value, str):
            return Message(LANGUAGES.get(value, value))
        return self.value(_short(value))

    def _of_event(self, change: Change) -> Message:
        values = {"event": self.event(change), "when": self._days(change)}
        match change.kind:
            case "cancelled":
                return Message.of(N_("Cancelled: {event}, {when}"), **values)
            case "postponed":
                return self._postponed(change)
            case "confirmed":
                return Message.of(_confirmed(change), **values)
            case "moved":
                return self._moved(change)
            case "added":
                place = change.fact("place")
                if place:
                    sentence = N_("New: {event}, {when}, {place}")
                    return Message.of(sentence, **values, place=place.new)
                return Message.of(N_("New: {event}, {when}"), **values)
            case "removed":
                return Message.of(N_("Withdrawn: {event}, {when}"), **values)
            case _:
                return self._otherwise(change)

    def _days(self, change: Change) -> str | Message:
        return self.when(change.when) if change.when else Message(N_("no date"))

    def _postponed(self, change: Change) -> Message:
        fact = change.fact("postponed_to")
        moved = change.fact("when")
        old = moved.old if moved and isinstance(moved.old, When) else change.when
        event = self.event(change)
        if fact and isinstance(fact.new, When) and old:
            if fact.new.kind == old.kind == "day":
                sentence = N_("Postponed: {event}, from {old} to {new}")
                told = self._short_when(old, fact.new)
                return Message.of(sentence, event=event, old=told, new=self.when(fact.new))
            sentence = N_("Postponed: {event}, now {new} (before: {old})")
            return Message.of(sentence, event=event, old=self.when(old), new=self.when(fact.new))
        sentence = N_("Postponed: {event}, {when}; the new date is to come")
        return Message.of(sentence, event=event, when=self.when(old) if old else "")

    def _moved(self, change: Change) -> Message:
        fact = change.fact("when")
        old, new = (fact.old, fact.new) if fact else (None, None)
        values: dict[str, object] = {"event": self.event(change)}
        if not isinstance(old, When) or not isinstance(new, When):
            values |= {"turn": self.turn(old, new)}
            return Message.of(N_("Moved: {event}, {turn}"), **values)
        if old.kind == new.kind == "day" and old.days != new.days:
            same_times = old.slots == new.slots
            told = in_words(old, self.language, year=not _one_year(old, new))
            values["old"] = told if same_times else self._short_when(old, new)
            values["new"] = in_words(new, self.language, year=True) if same_times else self.when(new)
            return Message.of(N_("Moved: {event}, from {old} to {new}"), **values)
        if old.days == new.days and old.kind == new.kind and old.slots and new.slots:
            values["days"] = in_words(new, self.language, year=True)
            values["old"] = times_in_words(old, self.language)
            values["new"] = times_in_words(new, self.language)
            return Message.of(N_("Other hour: {event}, {days}, {new} (before: {old})"), **values)
        values |= {"old": self._short_when(old, new), "new": self.when(new)}
        return Message.of(N_("Moved: {event}, now {new} (before: {old})"), **values)

    def _short_when(self, old: When, new: When) -> str:
        return self.when(old, year=not _one_year(old, new))

    def _otherwise(self, change: Change) -> Message:
        fact = change.facts[0]
        values = {"event": self.event(change), "turn": self.turn(fact.old, fact.new)}
        match change.kind:
            case "retitled":
                sentence = N_("Retitled: {event} (before: “{old}”)")
                return Message.of(sentence, **values, old=self.value(fact.old))
            case "organiser":
                title = Message.of(N_("“{title}”"), title=change.title)
                return Message.of(N_("Organiser: {event}: {turn}"), **{**values, "event": title})
            case "section":
                sentence = N_("Other section: {event}, now in “{new}” (before: “{old}”)")
                old, new = self.value(fact.old), self.value(fact.new)
                return Message.of(sentence, **values, old=old, new=new)
            case "place":
                return Message.of(N_("Other particulars: {event}"), **values)
            case _:
                return Message.of(N_("Text changed: {event}"), **values)

    def _said_by(self, change: Change) -> tuple[Fact, ...]:
        if change.act in {"added", "removed"} and change.record == "event":
            return change.facts
        return tuple(fact for fact in change.facts if fact.field in SAID.get(change.kind, ()))


def _confirmed(change: Change) -> str:
    fact = change.fact("status")
    if fact and fact.new == "draft":
        return N_("No longer confirmed: {event}, {when}")
    if fact and fact.old == "draft":
        return N_("Confirmed: {event}, {when}")
    return N_("Confirmed again: {event}, {when}")


def _one_year(old: When, new: When) -> bool:
    return {day.year for day in old.days} == {day.year for day in new.days}


def _joined(value: Value) -> str:
    if isinstance(value, tuple):
        return "\n".join(value)
    return value if isinstance(value, str) else ""


def _short(value: Value) -> Value:
    return cut(value) if isinstance(value, str) else value


def _turn(old: str | Message, new: str | Message) -> Message:
    if not old:
        return Message.of(N_("{new}"), new=new)
    if not new:
        return Message.of(N_("taken out (before: {old})"), old=old)
    return Message.of(N_("{new} (before: {old})"), new=new, old=old)


def embargo(document: Document, language: str) -> Message | None:
    """Return the sentence of the embargo, where the version has one."""
    until = moment(record(document.kit, "embargo"))
    if until is None:
        return None
    return Message.of(N_("Embargoed until {moment}"), moment=moment_words(until, language))


def issue(document: Document, language: str) -> Message | None:
    """Return “version 2 (26 octobre 2021)”, as far as it is known."""
    digits = number(document.version)
    version: str | Message = document.version
    if digits:
        version = Message.of(N_("version {number}"), number=digits)
    date = date_in_words(document.date, language) if document.date else ""
    if version and date:
        return Message.of(N_("{version}, {date}"), version=version, date=date)
    return Message.of(N_("{new}"), new=version or date) if version or date else None


def since(document: Document, language: str) -> Message:
    """Return the title of the page of changes: “Ce qui a changé depuis la version 2”."""
    digits = number(document.version)
    if digits:
        return Message.of(N_("What has changed since version {number}"), number=digits)
    if document.version:
        return Message.of(N_("What has changed since “{version}”"), version=document.version)
    if document.date:
        date = date_in_words(document.date, language)
        return Message.of(N_("What has changed since {date}"), date=date)
    return Message(N_("What has changed since the last version"))


def heading(changes: Changes, language: str) -> Message:
    """Return what was compared: the kit, the old and the new version."""
    old, new = (
        issue(document, language) or document.name for document in (changes.old, changes.new)
    )
    if old == new:
        old, new = changes.old.name, changes.new.name
    return Message.of(
        N_("{title}: what has changed from {old} to {new}"),
        title=changes.new.title,
        old=old,
        new=new,
    )
