"""The records that parts are made of: people, contacts, images, events, labs."""

from __future__ import annotations

from pydantic import Field

from moip_press.model.fields import (
    EventStatus,
    Id,
    Link,
    Prose,
    Record,
    Text,
    WhenText,
    YesNo,
    id_from,
)


class Image(Record):
    """A picture of the kit. ``pending: yes`` stands for one that is still to come."""

    file: Text | None = None
    alt: Text | None = None
    caption: Prose | None = None
    credit: Text | None = None
    decorative: YesNo = False
    pending: YesNo = False


class Logo(Record):
    """A logo: a picture, or words that are set as type."""

    file: Text | None = None
    alt: Text | None = None
    words: tuple[Text, ...] = ()
    pending: YesNo = False


class Person(Record):
    """Somebody who speaks in the kit."""

    name: Text
    role: Text | None = None
    portrait: Image | None = None


class Contact(Record):
    """Whom journalists write to or call."""

    id: Id
    name: Text | None = None
    organisation: Text | None = None
    role: Text | None = None
    email: Text | None = None
    telephone: Text | None = None
    availability: Text | None = None


class Publisher(Record):
    """The body that signs the kit; ``authority`` is the ministry line, a line of type each."""

    name: Text
    short_name: Text | None = None
    authority: tuple[Text, ...] = ()
    motto: tuple[Text, ...] = ()


class About(Record):
    """The boilerplate: who the publisher is, in the words that close every kit."""

    title: Text
    text: Prose | None = None
    website: Link | None = None
    website_label: Text | None = None


class Partner(Record):
    """A partner and its logo."""

    name: Text
    logo: Logo | None = None
    website: Link | None = None


class Place(Record):
    """Where an event is held."""

    venue: Text | None = None
    address: Text | None = None
    town: Text | None = None


class ClosingLink(Record):
    """A link after the events of a section; without ``url``, to the kit's website."""

    title: Text
    url: Link | None = None


class Event(Record):
    """One event of the programme."""

    title: Text
    id: Id = Field(default_factory=id_from("title"))
    organisers: tuple[Text, ...] = ()
    organisers_line: Text | None = None
    when: WhenText
    text: Prose | None = None
    notes: tuple[Prose, ...] = ()
    link: Link | None = None
    place: Place | None = None
    online: YesNo = False
    region: Text | None = None
    theme: Text | None = None
    registration: Link | None = None
    audience: Text | None = None
    status: EventStatus = "confirmed"
    postponed_to: WhenText | None = None
    pending: YesNo = False


class Lab(Record):
    """A laboratory, or any body that the kit profiles beside its peers."""

    name: Text
    id: Id = Field(default_factory=id_from("name"))
    region: Text | None = None
    tagline: Text | None = None
    logo: Logo | None = None
    profile: Prose | None = None
    link: Link | None = None
    pending: YesNo = False


class DirectoryEntry(Record):
    """A line of a directory: a name and its region."""

    name: Text
    region: Text | None = None
    link: Link | None = None


class Exchange(Record):
    """A question and its answer."""

    question: Text
    answer: Prose


class KeyFigure(Record):
    """A number worth a headline, with what it counts and where it comes from."""

    value: Text
    label: Text
    source: Text | None = None


class Card(Record):
    """One of several short texts of equal rank."""

    title: Text | None = None
    text: Prose


class Mission(Record):
    """A titled paragraph."""

    title: Text
    text: Prose
