"""The records that parts are made of: people, contacts, images, events, labs."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from moip_press.kit.model.fields import (
    Access,
    Date,
    Email,
    EventStatus,
    Focus,
    Id,
    LanguageTag,
    Link,
    NewDateText,
    Number,
    Prose,
    Record,
    Speaker,
    Telephone,
    Text,
    TimeZone,
    WhenText,
    YesNo,
    check_one_number,
    field_error,
    id_from,
)
from moip_press.kit.model.sessions import (
    Place,
    Session,
    all_days,
    by_heading,
    names,
    of_one_day,
)
from moip_press.kit.when import When
from moip_press.kit.when.moments import days_between
from moip_press.report.messages import N_


class Validated(Record):
    """That somebody has read this and agrees to its being printed."""

    by: Text
    """Who has read it and agrees."""
    on: Date
    """The day on which they agreed, such as 2021-10-26."""


class Image(Record):
    """A picture of the kit, or the place of one that is still to come."""

    plain_field = "file"

    file: Text | None = None
    """The picture's file in the kit's folder, such as images/town-hall.jpg."""
    alt: Text | None = None
    """What the picture shows, for those who cannot see it. It is not printed."""
    caption: Prose | None = None
    """The line printed under the picture, in Markdown."""
    credit: Text | None = None
    """Who took the picture, as it must be credited."""
    rights: Text | None = None
    """What others may do with it: a licence, or words such as for press use only."""
    until: Date | None = None
    """The last day on which it may be published, such as 2026-12-31. Without it, for good."""
    consent: Text | None = None
    """What the people seen in it have agreed to. It goes with the picture to journalists."""
    focus: Focus | None = None
    """What must stay in sight where the picture is cut: a side, or a place such as 30% 40%."""
    decorative: YesNo = False
    """Yes if the picture says nothing that the text does not say: it is not read aloud."""
    pending: YesNo = False
    """Yes while the picture is awaited: a visible blank stands in its place."""


PICTURE = re.compile(r"\.(?:png|jpe?g|svg|webp|gif|avif|heic|tiff?|bmp|pdf|eps|ai)$", re.IGNORECASE)


class Logo(Record):
    """A logo: a picture, or words that are set as type."""

    @classmethod
    def of_text(cls, text: str) -> dict[str, Any]:
        """Return the file that a text names, else the words that it is."""
        return {"file": text} if PICTURE.search(text) else {"words": [text]}

    file: Text | None = None
    """The logo's file in the kit's folder, such as images/logo.svg."""
    alt: Text | None = None
    """The name that the logo stands for, for those who cannot see it."""
    words: tuple[Text, ...] = ()
    """The words of a logo that has no file, a line of type each."""
    on: Literal["dark"] | None = None
    """Dark if the logo is made for dark grounds, such as white letters: it is given one."""
    rights: Text | None = None
    """What others may do with it: a licence, or words such as for press use only."""
    until: Date | None = None
    """The last day on which it may be published, such as 2026-12-31. Without it, for good."""
    pending: YesNo = False
    """Yes while the logo is awaited: a visible blank stands in its place."""


class Person(Record):
    """Somebody who speaks in the kit."""

    plain_field = "name"

    name: Text
    """First name and surname."""
    role: Text | None = None
    """Their function or title, printed under the name."""
    portrait: Image | None = None
    """A photograph of them."""


class Quotation(Record):
    """What somebody says."""

    text: Prose
    """The words quoted, in Markdown, without quotation marks."""
    person: Person
    """Who says them."""


REACHED_BY = ("name", "organisation", "email", "telephone")


class Contact(Record):
    """Whom journalists write to or call."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [field]} for field in REACHED_BY]}
    )

    name: Text | None = None
    """The person to ask for."""
    organisation: Text | None = None
    """The body or agency they answer for."""
    role: Text | None = None
    """What they are in charge of, such as press officer."""
    email: Email | None = None
    """The e-mail address that journalists write to."""
    telephone: Telephone | None = None
    """The telephone number that journalists call, written as is usual in the country."""
    id: Id = Field(default_factory=id_from(*REACHED_BY))
    """The name by which parts pick this contact. Without it, made from the name."""
    availability: Text | None = None
    """When they can be reached, in your own words."""
    regions: tuple[Text, ...] = ()
    """The regions that they answer for: handouts of these regions print them alone."""
    sections: tuple[Id, ...] = ()
    """The ids of the sections that they answer for: these print them, and their handouts."""
    validated: Validated | None = None
    """Who has read this and agrees to it, and when. It is not printed."""

    @model_validator(mode="after")
    def _has_something_to_print(self) -> Self:
        if not any(getattr(self, field) for field in REACHED_BY):
            message = N_("This contact has neither a name nor an address nor a number.")
            hint = N_("Add one of these to it, or take it away: {names}.")
            raise field_error("S102", message, hint, names=", ".join(REACHED_BY))
        return self


class Publisher(Record):
    """The body that signs the kit; ``authority`` is the ministry line, a line of type each."""

    plain_field = "name"

    name: Text
    """The full name of the body that signs the kit, as on the cover."""
    short_name: Text | None = None
    """Its short name or initials. Printed only by templates of your own."""
    authority: tuple[Text, ...] = ()
    """The name as a block of lines on the cover. Without it, the name stands there."""
    motto: tuple[Text, ...] = ()
    """The words under the authority, such as a national motto, a line of type each."""


class About(Record):
    """The boilerplate: who the publisher is, in the words that close every kit."""

    title: Text
    """The heading of the boilerplate, usually the publisher's name."""
    text: Prose | None = None
    """The boilerplate itself, in Markdown."""
    website: Link | None = None
    """Where to read more about the publisher."""
    website_label: Text | None = None
    """How the address is printed, where the address itself is too long."""


class Partner(Record):
    """A partner and its logo."""

    plain_field = "name"

    name: Text
    """The partner's name."""
    group: Text | None = None
    """The group it stands in, a title of your own, such as With the support of."""
    logo: Logo | None = None
    """Its logo. Without one, the name is printed."""
    website: Link | None = None
    """Its website."""


class ClosingLink(Record):
    """A link after the events of a section; without an address, to the kit's website."""

    plain_field = "title"

    title: Text
    """The words of the link."""
    url: Link | None = None
    """Where it leads. Without it, to the kit's website."""


class Event(Record):
    """One event of the programme."""

    open_fields = True
    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["when"]}, {"required": ["sessions"]}]}
    )

    title: Text
    """The event's title, as it is printed."""
    id: Id = Field(default_factory=id_from("title"))
    """The name by which texts refer to it. Without it, made from the title."""
    organisers: tuple[Text, ...] = ()
    """Who holds the event, a name each."""
    organisers_line: Text | None = None
    """Who holds the event, in your own words, printed in place of the names of organisers."""
    language: LanguageTag | None = None
    """The language of its title and texts where it is not the kit's: en, de, pt-BR."""
    sessions: tuple[Session, ...] = ()
    """Where it is held several times, a session each, in place of its date."""
    when: WhenText = Field(
        default_factory=lambda data: all_days(data.get("sessions", ())), validate_default=True
    )
    """When it takes place, as one writes it."""
    text: Prose | None = None
    """What happens there, in Markdown."""
    notes: tuple[Prose, ...] = ()
    """Smaller remarks below the text, in Markdown."""
    link: Link | None = None
    """The event's own page, where “Find out more” leads. Without it, there is none."""
    place: Place | None = None
    """Where it is held."""
    online: YesNo = False
    """Yes if it can be followed online; this is printed beside the place."""
    timezone: TimeZone | None = None
    """The time zone of its hours, such as Indian/Reunion. Without it, that of its region."""
    region: Text | None = None
    """The region it takes place in. Printed only by templates of your own."""
    theme: Text | None = None
    """The subject it belongs to. Printed only by templates of your own."""
    registration: Link | None = None
    """Where to register."""
    audience: Text | None = None
    """Whom it is for, such as families, printed beside the place."""
    age: Text | None = None
    """For which ages, such as from 8 years on, printed beside the audience."""
    price: Text | None = None
    """What it costs, in your own words: free, 8 to 25 €, 12 € (members: 8 €)."""
    duration: Text | None = None
    """How long it lasts, such as 1 h 30, printed beside the place."""
    capacity: Number | None = None
    """How many people can take part, in digits."""
    languages: tuple[LanguageTag, ...] = ()
    """The languages that are spoken there, a code each: fr, en, fsl (French Sign Language)."""
    speakers: tuple[Speaker, ...] = ()
    """Who speaks or performs: a name each, with its role after a comma."""
    access: tuple[Access, ...] = ()
    """What makes it accessible: wheelchair, hearing-loop, sign-language, audio-description."""
    image: Image | None = None
    """A picture of it."""
    fields: dict[str, Text] = Field(default_factory=dict)
    """What else your team needs, in fields of your own that the kit names."""
    page: Literal["new"] | None = None
    """Whether it must begin a new page (new)."""
    status: EventStatus = "confirmed"
    """Whether it takes place as announced. A draft event is printed only in a draft of the kit."""
    postponed_to: NewDateText = None
    """The new date of an event that is postponed. Without it, the pages say it is to come."""
    pending: YesNo = False
    """Yes while its text is awaited: a visible blank stands in its place."""
    validated: Validated | None = None
    """Who has read this and agrees to it, and when. It is not printed."""

    @model_validator(mode="after")
    def _has_one_kind_of_date(self) -> Self:
        if self.sessions and "when" in self.model_fields_set:
            message = N_("“when” and “sessions” both say when this event is held.")
            hint = N_("Keep “when” for a single session, or write them all below “sessions”.")
            raise field_error("S141", message, hint)
        return self

    @property
    def moment(self) -> When:
        """When it takes place as things stand: at the new date, where it is postponed to one."""
        moved = self.status == "postponed" and self.postponed_to
        return moved or self.when

    def moves(self) -> tuple[tuple[When, When], ...]:
        """Return the old and the new date of all that was moved to other days: it, or sessions."""
        moved = [self] if self.status == "postponed" else self.sessions
        dates = [(e.when, e.postponed_to) for e in moved if e.status == "postponed"]
        return tuple(
            (old, new)
            for old, new in dates
            if new and old.known and new.known and not set(old.days) <= set(new.days)
        )

    def own_sessions(self) -> tuple[Session, ...]:
        """Return its sessions, a day each, with what is written in them and nothing more."""
        if self.sessions:
            return tuple(chain.from_iterable(map(of_one_day, self.sessions)))
        return tuple(map(Session.at, self.when.each()))

    def each_session(self) -> tuple[Session, ...]:
        """Return its sessions, each with what the event says for all of them."""
        shared: dict[str, object] = {
            "place": self.place,
            "online": self.online,
            "price": self.price,
            "booking": self.registration,
            "timezone": self.timezone,
        }
        certain: dict[str, object] = {}
        if self.status in ("cancelled", "postponed"):
            certain = {"status": self.status, "postponed_to": self.postponed_to}
        return tuple(
            each.model_copy(
                update={name: getattr(each, name) or shared[name] for name in shared} | certain
            )
            for each in self.own_sessions()
        )

    def places(self) -> tuple[Place, ...]:
        """Return where it is held, each place once, session by session."""
        found = [each.place for each in self.each_session()]
        return tuple({id(place): place for place in found if place}.values())

    def apart(self) -> tuple[Event, ...]:
        """Return an event for each of its sessions; one without a list is itself.

        A session's id is its own, or made from its day and hour; the event's comes before it.
        """
        if not self.sessions:
            return (self,)
        sessions = self.each_session()
        named = zip(sessions, names(sessions), strict=True)
        return tuple(self._at(session, f"{self.id}.{name}") for session, name in named)

    def _at(self, session: Session, name: str) -> Event:
        open_for_all = session.status in ("confirmed", "draft")
        update: dict[str, object] = {
            "id": name,
            "sessions": (),
            "status": "confirmed" if session.status == "full" else session.status,
            "registration": session.booking if open_for_all else None,
            "notes": (*self.notes, Prose(session.note)) if session.note else self.notes,
        }
        same = ("when", "postponed_to", "place", "online", "price", "timezone")
        return self.model_copy(update={name: getattr(session, name) for name in same} | update)

    @property
    def session_count(self) -> int:
        """How many sessions it has, without those that are cancelled: see `When.starts`."""
        held = (each for each in self.each_session() if each.status != "cancelled")
        return sum((each.held or each.when).starts for each in held)

    @property
    def session_lines(self) -> tuple[Session, ...]:
        """Its sessions as they are printed: those that differ in their days alone as one."""
        return by_heading(self.sessions or tuple(map(Session.at, self.when.several)))

    @property
    def span(self) -> When:
        """Its days; of many sessions, the first and the last day and all between them."""
        when = self.when
        if not (self.sessions or when.several) or len(when.days) < 3:
            return when
        return When("range", days_between(when.days[0], when.days[-1]), when.slots)


class Lab(Record):
    """A laboratory, or any body that the kit profiles beside its peers."""

    plain_field = "name"

    name: Text
    """The name of the laboratory or body."""
    id: Id = Field(default_factory=id_from("name"))
    """The name by which texts refer to it. Without it, made from the name."""
    region: Text | None = None
    """Its region, printed beside the name."""
    tagline: Text | None = None
    """What it is, in one line."""
    logo: Logo | None = None
    """Its logo."""
    profile: Prose | None = None
    """Who they are and what they do, in Markdown."""
    link: Link | None = None
    """Its website."""
    pending: YesNo = False
    """Yes while its profile is awaited: a visible blank stands in its place."""
    validated: Validated | None = None
    """Who has read this and agrees to it, and when. It is not printed."""


class DirectoryEntry(Record):
    """A line of a directory: a name and its region."""

    plain_field = "name"

    name: Text
    """The name, in the first column."""
    region: Text | None = None
    """The region, in the second column."""
    link: Link | None = None
    """Where the name leads."""


class Exchange(Record):
    """A question and its answer."""

    question: Text
    """The question, without quotation marks."""
    answer: Prose
    """The answer, in Markdown."""


class KeyFigure(Record):
    """A number worth a headline, with what it counts and where it comes from."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [name]} for name in ("value", "count", "sum")]}
    )

    value: Text | None = None
    """The number, as it is printed large, such as 350 or 12 %."""
    count: Text | None = None
    """What is counted in place of a value, such as events where region=Bretagne."""
    sum: Text | None = None
    """The field of the events that is added up in place of a value, such as capacity."""
    label: Text
    """What it counts."""
    source: Text | None = None
    """Where the number comes from."""

    @model_validator(mode="after")
    def _has_one_number(self) -> Self:
        check_one_number([name for name in ("value", "count", "sum") if getattr(self, name)])
        return self


class CountedFigure(KeyFigure):
    """A number that was counted or added up: of ``asked`` events, ``known`` say what it needs."""

    known: int = 0
    asked: int = 0

    @property
    def partial(self) -> bool:
        """Whether some events do not say what the number needs."""
        return self.known < self.asked


class Card(Record):
    """One of several short texts of equal rank."""

    plain_field = "text"

    title: Text | None = None
    """The heading of the card."""
    text: Prose
    """A few lines, in Markdown."""


class Member(Person):
    """Somebody among others: of a board, a team, a jury."""

    biography: Prose | None = None
    """Who they are, in a few lines, in Markdown."""
    email: Email | None = None
    """Their e-mail address, where journalists may write to them."""
    telephone: Telephone | None = None
    """Their telephone number, where journalists may call them."""


class Moment(Record):
    """A moment of a timeline."""

    when: Text
    """The year, the month or the day, as it is printed."""
    title: Text
    """What happened, in a few words."""
    text: Prose | None = None
    """More of it, in Markdown."""


class WorkCited(Record):
    """A work among the sources of an article: a report, a book, a page."""

    plain_field = "title"

    title: Text
    """Its title."""
    author: Text | None = None
    """Who wrote it, a person or a body."""
    publisher: Text | None = None
    """Who published it."""
    date: Text | None = None
    """When, such as 2024 or mars 2024."""
    link: Link | None = None
    """Where it can be read."""


class Mission(Record):
    """A titled paragraph."""

    title: Text
    """The title, hung in the left column."""
    text: Prose
    """The paragraph, in Markdown."""
