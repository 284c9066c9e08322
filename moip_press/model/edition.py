"""``kit.yaml``: what one edition is called, who signs it, and the order of its chapters."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from moip_press.model.fields import (
    Date,
    KitStatus,
    Language,
    Link,
    Number,
    Prose,
    Record,
    Text,
)
from moip_press.model.records import About, Contact, Logo, Partner, Publisher
from moip_press.when import Period


class PeriodRecord(Record):
    """The first and the last day of the programme."""

    start: Date
    end: Date

    @property
    def value(self) -> Period:
        """The period as a value that dates are read against."""
        return Period(self.start, self.end)


class Theme(Record):
    """What a kit may choose of its looks without writing CSS."""

    calendar: Literal["dots", "none"] = "dots"


def _item_kind(value: Any) -> str | None:
    if isinstance(value, str):
        return "file"
    if isinstance(value, list | tuple):
        return "page"
    if isinstance(value, dict) and not value.keys() & Group.model_fields:
        return None
    return "group" if isinstance(value, dict | Group) else None


_File = Annotated[Text, Tag("file")]
_Page = Annotated[tuple[Text, ...], Tag("page"), Field(min_length=1)]


class Group(Record):
    """Chapters that the contents list under one heading."""

    title: Text
    chapters: Annotated[
        tuple[Annotated[_File | _Page, Discriminator(_item_kind)], ...], Field(min_length=1)
    ]


ChapterItem = Annotated[_File | _Page | Annotated[Group, Tag("group")], Discriminator(_item_kind)]


class Edition(Record):
    """The kit itself."""

    title: Text
    language: Language = "fr"
    kind: Text | None = None
    subtitle: Text | None = None
    tagline: Text | None = None
    claim: Text | None = None
    edition: Number | None = None
    period: PeriodRecord
    website: Link | None = None
    hashtag: Text | None = None
    publisher: Publisher
    logo: Logo | None = None
    subject: Text | None = None
    keywords: tuple[Text, ...] = ()
    closing: Prose | None = None
    contacts: tuple[Contact, ...] = ()
    about: About | None = None
    partners: tuple[Partner, ...] = ()
    credits: Prose | None = None
    place_of_issue: Text | None = None
    date_of_issue: Date | None = None
    version: Text | None = None
    status: KitStatus = "final"
    country: Text | None = None
    theme: Theme = Theme()
    chapters: Annotated[tuple[ChapterItem, ...], Field(min_length=1)]
