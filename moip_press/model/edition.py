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
    YesNo,
)
from moip_press.model.records import About, Contact, Logo, Partner, Publisher
from moip_press.when import Period


class PeriodRecord(Record):
    """The first and the last day of the programme."""

    start: Date
    """The first day, such as 2021-11-01."""
    end: Date
    """The last day, such as 2021-11-30."""

    @property
    def value(self) -> Period:
        """The period as a value that dates are read against."""
        return Period(self.start, self.end)


class Limits(Record):
    """How much the pages may ask of the computer, where they need more than others."""

    seconds: Annotated[Number, Field(ge=1, le=3600)] = 120
    """The seconds that a chapter may take to be laid out."""
    memory: Annotated[Number, Field(ge=100, le=64000)] = 2000
    """The megabytes of memory that the pages may take."""


class Theme(Record):
    """What a kit may choose of its looks without writing CSS."""

    calendar: Literal["dots", "none"] = "dots"
    """Whether the cover shows the calendar of the events as dots, or none."""


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
    """The heading in the contents."""
    chapters: Annotated[
        tuple[Annotated[_File | _Page, Discriminator(_item_kind)], ...], Field(min_length=1)
    ]
    """Its chapters: the name of a file each, or a list of files that share pages."""


ChapterItem = Annotated[_File | _Page | Annotated[Group, Tag("group")], Discriminator(_item_kind)]


class Edition(Record):
    """The kit itself."""

    title: Text
    """The name of the campaign or event, large on the cover."""
    language: Language = "fr"
    """The language of the kit: its typography, its dates and the words that the pages add."""
    kind: Text | None = None
    """What this document is, such as Press kit, printed above the title."""
    subtitle: Text | None = None
    """The line under the title on the cover."""
    tagline: Text | None = None
    """The slogan, under the title and subtitle on the cover."""
    claim: Text | None = None
    """What there is to expect, in one line on the cover, such as how many events."""
    edition: Number | None = None
    """Which edition this is, in digits. Printed only by templates of your own."""
    period: PeriodRecord
    """The first and the last day of the programme. Dates without a year are read within it."""
    website: Link | None = None
    """The kit's website, where {website} and links without an address lead."""
    hashtag: Text | None = None
    """The hashtag, printed on the cover; write it between quotation marks."""
    publisher: Publisher
    """The body that signs the kit."""
    logo: Logo | None = None
    """The logo of the campaign or event, on the cover."""
    subject: Text | None = None
    """What the PDF is about, for its properties. Without it, the claim or the tagline."""
    keywords: tuple[Text, ...] = ()
    """Words by which the PDF is found; they are not printed."""
    closing: Prose | None = None
    """The sentence that ends each section of the programme, in Markdown."""
    contacts: tuple[Contact, ...] = ()
    """Whom journalists write to or call."""
    about: About | None = None
    """The boilerplate: who the publisher is."""
    partners: tuple[Partner, ...] = ()
    """The partners of the campaign, and their logos."""
    credits: Prose | None = None
    """Who made the kit, in Markdown, above the credits of the pictures."""
    place_of_issue: Text | None = None
    """Where the kit is issued, printed on the cover before the date."""
    date_of_issue: Date | None = None
    """The day on which the kit is issued, printed on the cover."""
    version: Text | None = None
    """The version of the kit, in your own words, printed on the cover."""
    status: KitStatus = "final"
    """Write draft while it is not to be released: the pages say so."""
    country: Text | None = None
    """The country of telephone numbers without a prefix: two letters, such as FR or GB."""
    theme: Theme = Theme()
    """What a kit may choose of its looks."""
    attach_data: YesNo = True
    """Write no to leave out of the PDF the data that it prints, which others can reuse."""
    limits: Limits = Limits()
    """How long the pages may take, and how much memory, where they need more than others."""
    chapters: Annotated[tuple[ChapterItem, ...], Field(min_length=1)]
    """What starts on a new page: a file, a list of files in a row, or a group with a title."""
