"""The blocks of an article: one model each, told apart by their literal ``type``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moip_press.kit.model.chart_rows import ChartRow
from moip_press.kit.model.fields import Id, Prose, Record, Text
from moip_press.kit.model.records import Card, DirectoryEntry, Image, KeyFigure, Lab, Mission


class Block(Record):
    """What the blocks of an article share."""

    id: Id | None = None
    """The name by which texts refer to this block, as in {page:figures}."""
    title: Text | None = None
    """The heading above the block."""
    page: Literal["new"] | None = None
    """Write new to begin the block on a new page."""


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


class BoxBlock(Block):
    """A tinted panel; a page of its own with ``page: new``."""

    type: Literal["box"]
    """Makes this block a tinted panel."""
    text: Prose
    """The text of the panel, in Markdown."""


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
    unit: Text | None = None
    """The unit of the numbers, such as % or millions d'euros."""
    order: Literal["value"] | None = None
    """Write value if the largest is to come first. Without it, as written or as counted."""
    caption: Prose | None = None
    """The line printed under the chart, in Markdown."""
    source: Text | None = None
    """Where the numbers come from."""
    width: Literal["column", "full"] = "column"
    """Write full if it is to be as wide as the page."""


class MapBlock(Block):
    """A map of France, coloured by numbers or dotted with events."""

    type: Literal["map"]
    """Makes this block a map of France."""
    kind: Literal["colour", "dots"] = "colour"
    """Whether the darker an area is, the larger its number, or each event is a dot."""
    by: Literal["region", "department"] = "region"
    """What is drawn and coloured: the regions, or the departments, which postcodes tell."""
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
    """Write full if it is to be as wide as the page, with a table of its numbers beside it."""


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
    | MissionsBlock,
    Field(discriminator="type"),
]
