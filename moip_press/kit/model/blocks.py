"""The blocks of an article: one model each, told apart by their literal ``type``."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from moip_press.kit.geography import Level
from moip_press.kit.model.fields import (
    MEANT,
    Cell,
    Id,
    Number,
    Prose,
    Record,
    Text,
    YesNo,
    check_one_number,
    field_error,
)
from moip_press.kit.model.records import (
    Card,
    DirectoryEntry,
    Exchange,
    Image,
    KeyFigure,
    Lab,
    Member,
    Mission,
    Moment,
    WorkCited,
)
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

GROUP = "[ \u00a0\u202f\u2009'’]"
WRITTEN = re.compile(
    rf"(?P<sign>[-+\u2212\u2013]?)\s*(?P<whole>\d{{1,3}}(?:{GROUP}\d{{3}})+|\d{{1,12}})"
    r"(?:[.,](?P<part>\d{1,6}))?"
)
ENGLISH = re.compile(
    r"(?P<sign>[-+\u2212\u2013]?)\s*(?P<whole>\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,6}))?"
)
IN_TEXT = re.compile(r"[-\u2212]?\d[\d \u00a0\u202f.,]*\d|\d")
UNKNOWN = re.compile(r"(?:[-–—]|n\.?\s?d\.?|n\.?\s?a\.?|nc|n\.\s?c\.|\?)", re.IGNORECASE)


def amount_in(text: str, language: str) -> float | None:
    """Return the number that a text is, None where it is none.

    "1 240,5" is one in every language; a comma before three digits groups them in English alone.
    """
    written = text.strip()
    found = (ENGLISH.fullmatch(written) if language == "en" else None) or WRITTEN.fullmatch(written)
    if found is None:
        return None
    sign = "-" if found["sign"] in ("-", "\u2212", "\u2013") else ""
    whole = re.sub(r"\D", "", found["whole"])
    return float(f"{sign}{whole}.{found['part'] or 0}")


def _read(value: object, info: ValidationInfo) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if UNKNOWN.fullmatch(value.strip()):
        return None
    language = str((info.context or {}).get("language", "fr"))
    number = amount_in(value, language)
    if number is None:
        bare = next((each[0] for each in IN_TEXT.finditer(value)), "")
        hint = Message(N_("Write it in digits, such as 1240 or 12,5; its unit stands in “unit”."))
        if bare and amount_in(bare, language) is not None:
            hint = Message.of(MEANT, suggestion=bare)
        raise field_error("S104", N_("“{value}” is not a number."), hint, value=value)
    return number


_SCHEMA = {"type": ["number", "string"]}
Amount = Annotated[float | None, BeforeValidator(_read), WithJsonSchema(_SCHEMA)]
"""A number, written as one writes it; None where it is not known."""


class ChartRow(Record):
    """A bar, a point or a share of a chart."""

    label: Text
    """What it is: a year, a region, an answer."""
    value: Amount = None
    """Its number, such as 12 or 1 240,5; a dash where it is not known."""
    values: tuple[Amount, ...] = Field(default=(), max_length=6)
    """Its numbers, where the chart has several series."""

    @model_validator(mode="after")
    def _has_one_kind_of_value(self) -> Self:
        check_one_number([name for name in ("value", "values") if name in self.model_fields_set])
        return self

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """Its numbers, one for each series."""
        return self.values or (self.value,)


class Block(Record):
    """What the blocks of an article share."""

    id: Id | None = None
    """The name by which texts refer to this block."""
    title: Text | None = None
    """The heading above the block."""
    page: Literal["new"] | None = None
    """Whether the block begins on a new page (new)."""


class TextBlock(Block):
    """Running text under an optional heading."""

    @classmethod
    def of_text(cls, text: str) -> dict[str, str]:
        """Return the block that a plain text is."""
        return {"type": "text", "text": text}

    type: Literal["text"]
    """Makes this block running text."""
    text: Prose
    """The text, in Markdown."""
    columns: Literal["1", "2"] | None = None
    """In how many columns the text is set: 1 or 2."""


class BoxBlock(Block):
    """A tinted panel, on a page of its own where that is wanted."""

    type: Literal["box"]
    """Makes this block a tinted panel."""
    text: Prose
    """The text of the panel, in Markdown."""
    columns: Literal["1", "2"] | None = None
    """In how many columns the text is set: 1 or 2."""


class QuoteBlock(Block):
    """A quotation set apart."""

    type: Literal["quote"]
    """Makes this block a quotation."""
    text: Prose
    """The words quoted, in Markdown, without quotation marks."""
    author: Text | None = None
    """Who said it."""


class FigureBlock(Block):
    """A picture with its caption and credit."""

    type: Literal["figure"]
    """Makes this block a picture."""
    image: Image
    """The picture, its caption and its credit."""
    width: Literal["column", "full", "bleed"] | None = None
    """How wide it is: as the text, as the page within its margins, or from edge to edge."""


class KeyFiguresBlock(Block):
    """A row of large numbers."""

    type: Literal["key-figures"]
    """Makes this block a row of large numbers."""
    items: Annotated[tuple[KeyFigure, ...], Field(min_length=1)]
    """The numbers, each with what it counts."""


MOST_ROWS, MOST_SERIES = 60, 6  # of a chart that can still be read


class ChartBlock(Block):
    """A chart: bars, a line, or the shares of a whole."""

    type: Literal["chart"]
    """Makes this block a chart."""
    kind: Literal["bar", "line", "share"] = "bar"
    """Bars that are compared, a line that shows a course, or the shares of a whole."""
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=MOST_ROWS)] | None = None
    """The bars, points or shares, each with its label and value."""
    series: Annotated[tuple[Text, ...], Field(max_length=MOST_SERIES)] = ()
    """The names of several series, such as two years, in the order of the values."""
    count: Text | None = None
    """What is counted in place of rows, such as events by region."""
    sum: Text | None = None
    """The field that is added up in place of rows, such as capacity by week."""
    from_: Text | None = Field(None, alias="from")
    """The file of the kit that has the rows, such as figures.csv or figures.xlsx."""
    sheet: Text | None = None
    """Which sheet of the workbook. Without it, the first one."""
    columns: tuple[Text, ...] = ()
    """The columns of the file: that of the labels, then those of numbers. Without it, all."""
    unit: Text | None = None
    """The unit of the numbers, such as % or millions d'euros."""
    order: Literal["value"] | None = None
    """By value: the largest first. Without it, as written or as counted."""
    caption: Prose | None = None
    """The line printed under the chart, in Markdown."""
    source: Text | None = None
    """Where the numbers come from."""
    width: Literal["column", "full"] = "column"
    """Whether it is to be as wide as the page (full)."""


class MapBlock(Block):
    """A map of France, coloured by numbers or dotted with events."""

    type: Literal["map"]
    """Makes this block a map of France."""
    kind: Literal["colour", "dots"] = "colour"
    """Whether the darker an area is, the larger its number, or each event is a dot."""
    by: Literal["region", "department"] = "region"
    """What is drawn and coloured: the regions, or the departments, which postcodes tell."""
    region: Text | None = None
    """The one region to draw, by its departments, such as Bretagne. Without it, all of France."""
    count: Text | None = None
    """What is counted, such as events where theme=Numérique. Without it, all events."""
    sum: Text | None = None
    """The field that is added up in place of counting, such as capacity."""
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=150)] | None = None
    """Numbers of your own, each with the region or department as its label."""
    unit: Text | None = None
    """The unit of the numbers, such as % or habitants."""
    caption: Prose | None = None
    """The line printed under the map, in Markdown."""
    source: Text | None = None
    """Where the numbers come from."""
    width: Literal["column", "full"] = "column"
    """Whether it is to be as wide as the page (full), with a table of its numbers beside it."""

    @property
    def level(self) -> Level:
        """What it is divided into: one region, always into its departments."""
        return "department" if self.region else self.by


class CountedMap(MapBlock):
    """A map of what the programme holds.

    ``spots`` are the department and region of each event, their codes, empty where not known;
    ``unplaced`` counts those that lie nowhere on the map.
    """

    spots: tuple[tuple[str, str], ...] = ()
    unplaced: int = 0


class CardsBlock(Block):
    """Short texts of equal rank, side by side."""

    type: Literal["cards"]
    """Makes this block a row of cards."""
    items: Annotated[tuple[Card, ...], Field(min_length=1)]
    """The cards, each a short text."""


class DirectoryBlock(Block):
    """A table of names and regions."""

    type: Literal["directory"]
    """Makes this block a table of names and regions."""
    introduction: Prose | None = None
    """The text above the table, in Markdown."""
    columns: tuple[Text, Text] | None = None
    """The two headings of the table."""
    labs: Annotated[tuple[DirectoryEntry, ...], Field(min_length=1)]
    """The lines of the table."""


class LabsBlock(Block):
    """Profiles of equal rank."""

    type: Literal["labs"]
    """Makes this block a series of profiles."""
    introduction: Prose | None = None
    """The text above the profiles, in Markdown."""
    labs: Annotated[tuple[Lab, ...], Field(min_length=1)]
    """The laboratories or bodies, a profile each."""


class MissionsBlock(Block):
    """Titled paragraphs, the titles hung in the left column."""

    type: Literal["missions"]
    """Makes this block a series of titled paragraphs."""
    introduction: Prose | None = None
    """The text above the paragraphs, in Markdown."""
    items: Annotated[tuple[Mission, ...], Field(min_length=1)]
    """The paragraphs, each with its title."""


class Column(Record):
    """A column of a table."""

    plain_field = "title"

    title: Text | None = None
    """The heading of the column."""
    unit: Text | None = None
    """What its numbers are counted in, such as k€, printed in the heading."""
    decimals: Annotated[Number, Field(le=9)] | None = None
    """How many decimals its numbers have. Without it, as many as are typed."""
    sum: YesNo | None = None
    """Yes to add its numbers up, or no where the table adds up the others."""
    heading: Text | None = None
    """What the column is called in the file, where the page says it otherwise."""

    @model_validator(mode="before")
    @classmethod
    def _without_heading(cls, value: Any) -> Any:
        return {} if value in ("", None) else value


class TableBlock(Block):
    """A table, its rows typed here or read from a file of the kit."""

    type: Literal["table"]
    """Makes this block a table."""
    columns: tuple[Column, ...] = ()
    """The columns, a heading each. Of a file, those to print; without it, all that it has."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    """The rows, a list of cells each."""
    from_: Text | None = Field(None, alias="from")
    """The file of the kit that has the rows, such as figures.csv or figures.xlsx."""
    sheet: Text | None = None
    """Which sheet of the workbook. Without it, the first one."""
    sums: YesNo = False
    """Yes for a last row that adds up the columns of numbers."""
    sums_title: Text | None = None
    """What this row is called. Without it, Total."""
    row_heads: YesNo = True
    """No if the first column does not name its rows."""
    caption: Prose | None = None
    """What the table shows, in a line above it, in Markdown."""
    source: Text | None = None
    """Where its numbers come from."""


class PeopleBlock(Block):
    """People side by side, with their portraits."""

    type: Literal["people"]
    """Makes this block a row of people."""
    introduction: Prose | None = None
    """The text above them, in Markdown."""
    columns: Literal["2", "3", "4"] | None = None
    """How many stand in a row. Without it, two with biographies, three or four without."""
    people: Annotated[tuple[Member, ...], Field(min_length=1)]
    """The people, a name each."""


class GalleryBlock(Block):
    """Pictures in rows."""

    type: Literal["gallery"]
    """Makes this block rows of pictures."""
    columns: Literal["2", "3", "4"] | None = None
    """How many stand in a row. Without it, two or three."""
    images: Annotated[tuple[Image, ...], Field(min_length=1)]
    """The pictures, each with its caption and its credit."""


class TimelineBlock(Block):
    """What happened, moment after moment."""

    type: Literal["timeline"]
    """Makes this block a timeline."""
    items: Annotated[tuple[Moment, ...], Field(min_length=1)]
    """The moments, in the order of print."""


class FaqBlock(Block):
    """Questions that are often asked, and their answers."""

    type: Literal["faq"]
    """Makes this block questions and answers."""
    items: Annotated[tuple[Exchange, ...], Field(min_length=1)]
    """The questions, each with its answer."""


class SourcesBlock(Block):
    """The sources of an article."""

    type: Literal["sources"]
    """Makes this block a list of sources."""
    items: Annotated[tuple[WorkCited, ...], Field(min_length=1)]
    """The sources, in the order of print."""


class GlossaryBlock(Block):
    """The terms of the glossary that have an explanation, in the order of the alphabet."""

    type: Literal["glossary"]
    """Makes this block the glossary of the kit."""


AnyBlock = Annotated[
    TextBlock
    | BoxBlock
    | QuoteBlock
    | FigureBlock
    | KeyFiguresBlock
    | ChartBlock
    | MapBlock
    | CardsBlock
    | DirectoryBlock
    | LabsBlock
    | MissionsBlock
    | TableBlock
    | PeopleBlock
    | GalleryBlock
    | TimelineBlock
    | FaqBlock
    | SourcesBlock
    | GlossaryBlock,
    Field(discriminator="type"),
]
