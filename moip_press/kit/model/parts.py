"""The parts of a dossier: one model each, told apart by their literal ``type``."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from moip_press.kit.model.blocks import AnyBlock
from moip_press.kit.model.edition import Select
from moip_press.kit.model.fields import (
    Date,
    Fields,
    Id,
    Link,
    MomentText,
    Opener,
    Prose,
    Record,
    Spacing,
    Text,
    YesNo,
    id_from,
)
from moip_press.kit.model.records import (
    ClosingLink,
    Event,
    Exchange,
    Image,
    KeyFigure,
    Person,
    Quotation,
    Validated,
)


class Part(Record):
    """What all parts share.

    ``listed`` says whether the contents page names it, ``handout`` whether it becomes one;
    ``own_handout`` whether parts of its kind do where nothing is said.
    """

    own_handout: ClassVar[bool] = False

    title: Text | None = None
    """The title of this part, as it is printed."""
    id: Id = Field(default_factory=id_from("title"))
    """The name by which texts refer to it. Without it, made from the title."""
    contents_title: Text | None = None
    """A shorter title for the contents page."""
    listed: YesNo | None = None
    """No to leave this part out of the contents page, or yes to name it there in any case."""
    handout: YesNo | None = None
    """Yes to make a handout of this part's chapter, or no to make none of its own."""
    validated: Validated | None = None
    """Who has read this part and agrees to it, and when. It is not printed."""

    @property
    def becomes_handout(self) -> bool:
        """Whether a handout is made of it."""
        return self.own_handout if self.handout is None else self.handout


class Cover(Part):
    """The first page."""

    type: Literal["cover"] = "cover"
    """Makes this part the cover."""
    id: Id = "cover"
    """The name by which texts refer to the cover."""


class Contents(Part):
    """The table of contents."""

    type: Literal["contents"] = "contents"
    """Makes this part the table of contents."""
    id: Id = "contents"
    """The name by which texts refer to the contents page."""


class Contacts(Part):
    """The press contacts: those named, or all of the kit."""

    type: Literal["contacts"] = "contacts"
    """Makes this part the press contacts."""
    id: Id = "contacts"
    """The name by which texts refer to the contacts."""
    contacts: tuple[Id, ...] = ()
    """The ids of the contacts to print. Without it, all of the kit."""


class AboutPart(Part):
    """The kit's boilerplate."""

    type: Literal["about"] = "about"
    """Makes this part the boilerplate of the kit."""
    id: Id = "about"
    """The name by which texts refer to the boilerplate."""


class Partners(Part):
    """The logos of the kit's partners."""

    type: Literal["partners"] = "partners"
    """Makes this part the partners of the kit."""
    id: Id = "partners"
    """The name by which texts refer to the partners."""


class Credits(Part):
    """Who took the photographs, gathered from the images of the kit."""

    type: Literal["credits"] = "credits"
    """Makes this part the credits."""
    id: Id = "credits"
    """The name by which texts refer to the credits."""


class BackCover(Part):
    """The last page: whom to ask, a code that leads to the website, who publishes this."""

    type: Literal["back-cover"] = "back-cover"
    """Makes this part the back cover."""
    id: Id = "back-cover"
    """The name by which texts refer to the back cover."""
    code: Link | None = None
    """Where its QR code leads. Without it, to the kit's own site, or to its website."""
    code_label: Text | None = None
    """The words below the QR code, above the address."""
    contacts: tuple[Id, ...] = ()
    """The ids of the contacts to print. Without it, all of the kit."""
    partners: YesNo = True
    """No to print it without the logos of the partners."""


class Changes(Part):
    """What has changed since the last version: a page only where one is named for the build."""

    type: Literal["changes"] = "changes"
    """Makes this part the page of changes, for “moip-press build --since OLD”."""
    id: Id = "changes"
    """The name by which texts refer to the page of changes."""


Grouping = Literal[
    "day",
    "week",
    "section",
    "region",
    "department",
    "theme",
    "place",
    "town",
    "audience",
    "organiser",
]
Indexed = Literal["person", "organiser", "place", "region", "theme", "title"]


class Agenda(Part):
    """All events by day, region or the like, a line each with its page."""

    type: Literal["agenda"] = "agenda"
    """Makes this part the agenda of the programme."""
    id: Id = "agenda"
    """The name by which texts refer to the agenda."""
    by: Grouping = "day"
    """What its headings name."""
    introduction: Prose | None = None
    """The text under the title, in Markdown."""
    select: Select | None = None
    """Which events it lists. Without it, all of the programme."""


class Index(Part):
    """Names in alphabetical order, each with the pages where its events stand."""

    type: Literal["index"] = "index"
    """Makes this part the index."""
    id: Id = "index"
    """The name by which texts refer to the index."""
    by: tuple[Indexed, ...] = Field(default=("title",), min_length=1)
    """What it lists, in one list each."""
    columns: int = Field(default=2, ge=1, le=4)
    """In how many columns."""
    introduction: Prose | None = None
    """The text under the title, in Markdown."""
    select: Select | None = None
    """Which events it names. Without it, all of the programme."""


class Editorial(Part):
    """An editorial, signed."""

    type: Literal["editorial"]
    """Makes this part an editorial."""
    title: Text
    """The title of the editorial, as it is printed."""
    author: Person
    """Who signs it."""
    body: Prose | None = None
    """The text of the editorial, in Markdown."""
    pull_quote: Prose | None = None
    """A sentence of it that is set apart in large type, in Markdown."""
    pending: YesNo = False
    """Yes while the text is awaited: a visible blank stands in its place."""


class Interview(Part):
    """Questions and answers."""

    type: Literal["interview"]
    """Makes this part an interview."""
    title: Text
    """The title of the interview, as it is printed."""
    person: Person
    """Who answers."""
    introduction: Prose | None = None
    """The text before the questions, in Markdown."""
    exchanges: tuple[Exchange, ...] = ()
    """The questions and their answers."""
    pending: YesNo = False
    """Yes while the answers are awaited: a visible blank says so."""


class Article(Part):
    """A text made of blocks."""

    type: Literal["article"]
    """Makes this part an article."""
    title: Text
    """The title of the article, as it is printed."""
    introduction: Prose | None = None
    """The text under the title, in Markdown."""
    body: tuple[AnyBlock, ...] = ()
    """The blocks of the article, in order."""
    pending: YesNo = False
    """Yes while the text is awaited: a visible blank stands in its place."""


class Programme(Part):
    """A section of the programme and its events."""

    own_handout = True

    type: Literal["programme"]
    """Makes this part a section of the programme."""
    title: Text
    """The title of the section, as it is printed."""
    kicker: Text | None = None
    """The line above the title. Without it, the title of the kit."""
    image: Image | None = None
    """A picture that opens the section, across the page."""
    introduction: Prose | None = None
    """The text before the events, in Markdown."""
    opener: Opener = "auto"
    """How high the coloured opening of the section is. Without it, the pages choose."""
    spacing: Spacing = "auto"
    """How much room stands between the events. Without it, the pages choose."""
    order: Literal["date", "title", "place", "kit"] = "kit"
    """How its events are sorted. Without it, as they are written."""
    events: tuple[Event, ...] = ()
    """The events of the section; the pages print them in the order that it chooses."""
    pending: YesNo = False
    """Yes while its events are awaited: a visible blank stands in their place."""
    complete: YesNo = False
    """Yes if no event is left out: then numbers of events in its texts are checked."""
    closing_links: tuple[ClosingLink, ...] = ()
    """The links after the events."""


class Practical(Record):
    """The box of a press release that says when, where and how to come."""

    plain_field = "text"

    title: Text | None = None
    """The heading of the box. Without it, Practical information."""
    text: Prose | None = None
    """What is to be known, in Markdown."""
    events: tuple[Id, ...] = ()
    """The ids of events of the kit: their dates, places and registration are printed."""
    contacts: tuple[Id, ...] = ()
    """The ids of contacts whom journalists ask for admission."""


class Communique(Part):
    """A press release: a part of the dossier, and a document of its own."""

    own_handout = True

    type: Literal["communique"]
    """Makes this part a press release."""
    title: Text
    """The title of the press release, as it is printed."""
    subtitle: Text | None = None
    """The line under the title."""
    place_of_issue: Text | None = None
    """Where it is issued, printed before the date. Without it, that of the kit."""
    date_of_issue: Date | None = None
    """The day on which it is issued. Without it, that of the kit."""
    embargo: MomentText | None = None
    """The day and hour before which it must not be published. Without it, that of the kit."""
    lead: Prose | None = None
    """The first paragraph, which says all in a few lines, in Markdown."""
    figures: tuple[KeyFigure, ...] = ()
    """The figures in short, each with what it counts."""
    body: Prose | None = None
    """The text of the press release, in Markdown."""
    quotes: tuple[Quotation, ...] = ()
    """What people say, one or two of them."""
    practical: Practical | None = None
    """When, where and how to come, in a box."""
    contacts: tuple[Id, ...] = ()
    """The ids of the press contacts at its end. Without it, all of the kit."""
    pending: YesNo = False
    """Yes while the text is awaited: a visible blank stands in its place."""


class Custom(Part):
    """A part of the kit's own: its template and whatever fields that template reads."""

    open_fields = True

    type: Literal["custom"]
    """Makes this part one of the kit's own, with its own template."""
    template: Text
    """The file of the template, as seen from the kit's folder templates/."""
    fields: Fields = Field(default_factory=dict)
    """What the template reads, under whatever names it uses."""


WithContacts = Contacts | BackCover | Communique
"""Parts that print the press contacts: those that they name, or all of the kit."""

AnyPart = Annotated[
    Cover
    | Contents
    | Contacts
    | AboutPart
    | Partners
    | Credits
    | BackCover
    | Changes
    | Agenda
    | Index
    | Editorial
    | Interview
    | Article
    | Programme
    | Communique
    | Custom,
    Field(discriminator="type"),
]

BUILTIN: dict[str, type[Part]] = {
    "cover": Cover,
    "contents": Contents,
    "contacts": Contacts,
    "about": AboutPart,
    "partners": Partners,
    "credits": Credits,
    "back-cover": BackCover,
    "changes": Changes,
    "agenda": Agenda,
    "index": Index,
}
