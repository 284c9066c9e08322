"""The parts of a dossier: one model each, told apart by their literal ``type``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from moip_press.model.fields import Id, Opener, Prose, Record, Spacing, Text, YesNo, id_from
from moip_press.model.records import (
    Card,
    ClosingLink,
    DirectoryEntry,
    Event,
    Exchange,
    Image,
    KeyFigure,
    Lab,
    Mission,
    Person,
)


class Block(Record):
    """What the blocks of an article share."""

    id: Id | None = None
    title: Text | None = None
    page: Literal["new"] | None = None


class TextBlock(Block):
    """Running text under an optional heading."""

    type: Literal["text"]
    text: Prose


class BoxBlock(Block):
    """A tinted panel; a page of its own with ``page: new``."""

    type: Literal["box"]
    text: Prose


class QuoteBlock(Block):
    """A quotation set apart."""

    type: Literal["quote"]
    text: Prose
    author: Text | None = None


class FigureBlock(Block):
    """A picture with its caption and credit."""

    type: Literal["figure"]
    image: Image


class KeyFiguresBlock(Block):
    """A row of large numbers."""

    type: Literal["key-figures"]
    items: Annotated[tuple[KeyFigure, ...], Field(min_length=1)]


class CardsBlock(Block):
    """Short texts of equal rank, side by side."""

    type: Literal["cards"]
    items: Annotated[tuple[Card, ...], Field(min_length=1)]


class DirectoryBlock(Block):
    """A table of names and regions."""

    type: Literal["directory"]
    introduction: Prose | None = None
    columns: tuple[Text, Text] | None = None
    labs: Annotated[tuple[DirectoryEntry, ...], Field(min_length=1)]


class LabsBlock(Block):
    """Profiles of equal rank."""

    type: Literal["labs"]
    introduction: Prose | None = None
    labs: Annotated[tuple[Lab, ...], Field(min_length=1)]


class MissionsBlock(Block):
    """Titled paragraphs, the titles hung in the left column."""

    type: Literal["missions"]
    introduction: Prose | None = None
    items: Annotated[tuple[Mission, ...], Field(min_length=1)]


AnyBlock = Annotated[
    TextBlock
    | BoxBlock
    | QuoteBlock
    | FigureBlock
    | KeyFiguresBlock
    | CardsBlock
    | DirectoryBlock
    | LabsBlock
    | MissionsBlock,
    Field(discriminator="type"),
]


class Part(Record):
    """What all parts share. ``listed`` says whether the contents page names it."""

    title: Text | None = None
    id: Id = Field(default_factory=id_from("title"))
    contents_title: Text | None = None
    listed: YesNo | None = None


class Cover(Part):
    """The first page."""

    type: Literal["cover"] = "cover"
    id: Id = "cover"


class Contents(Part):
    """The table of contents."""

    type: Literal["contents"] = "contents"
    id: Id = "contents"


class Contacts(Part):
    """The press contacts: those named, or all of the kit."""

    type: Literal["contacts"] = "contacts"
    id: Id = "contacts"
    contacts: tuple[Id, ...] = ()


class AboutPart(Part):
    """The kit's boilerplate."""

    type: Literal["about"] = "about"
    id: Id = "about"


class Partners(Part):
    """The logos of the kit's partners."""

    type: Literal["partners"] = "partners"
    id: Id = "partners"


class Credits(Part):
    """Who took the photographs, gathered from the images of the kit."""

    type: Literal["credits"] = "credits"
    id: Id = "credits"


class Editorial(Part):
    """An editorial, signed."""

    type: Literal["editorial"]
    title: Text
    author: Person
    body: Prose | None = None
    pull_quote: Prose | None = None
    pending: YesNo = False


class Interview(Part):
    """Questions and answers."""

    type: Literal["interview"]
    title: Text
    person: Person
    introduction: Prose | None = None
    exchanges: Annotated[tuple[Exchange, ...], Field(min_length=1)]
    pending: YesNo = False


class Article(Part):
    """A text made of blocks."""

    type: Literal["article"]
    title: Text
    introduction: Prose | None = None
    body: tuple[AnyBlock, ...] = ()
    pending: YesNo = False


class Programme(Part):
    """A section of the programme and its events."""

    type: Literal["programme"]
    title: Text
    kicker: Text | None = None
    introduction: Prose | None = None
    opener: Opener = "auto"
    spacing: Spacing = "auto"
    events: tuple[Event, ...] = ()
    closing_links: tuple[ClosingLink, ...] = ()


class Custom(Part):
    """A part of the kit's own: its template and whatever fields that template reads."""

    type: Literal["custom"]
    template: Text
    fields: dict[str, Any] = Field(default_factory=dict)


AnyPart = Annotated[
    Cover
    | Contents
    | Contacts
    | AboutPart
    | Partners
    | Credits
    | Editorial
    | Interview
    | Article
    | Programme
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
}
