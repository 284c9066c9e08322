"""What there is to proofread: the words of every text that the pages print, and where they stand.

A passage is one paragraph, or one field of a line. Rules look at its `text`, as a reader sees it,
and answer with `span` and `edit`, which are exact to the character in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from moip_press.kit.model.blocks import ChartBlock, Column, MapBlock, QuoteBlock, TableBlock
from moip_press.kit.model.edition import Edition, Group, Term, Waiver
from moip_press.kit.model.fields import Prose, Record, Text
from moip_press.kit.model.kit import Kit, Placed, walk
from moip_press.kit.model.parts import Communique, Custom, Editorial, Part, Programme
from moip_press.kit.model.records import (
    About,
    Contact,
    Event,
    Exchange,
    Image,
    KeyFigure,
    Logo,
    Member,
    Partner,
    Publisher,
    Quotation,
    WorkCited,
)
from moip_press.kit.model.sessions import Place
from moip_press.kit.source import ScalarNode, Source
from moip_press.report.diagnostics import Edit, Span
from moip_press.text.prose import Paragraph, Stretch, paragraphs, plain_paragraph

MARKS = re.compile(r"[«»“”\"]")
CLOSING = {"«": "»", "“": "”"}
LONGEST_QUOTATION = 600  # characters: a mark that is not closed within them is an accident


def quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the outermost pairs of quotation marks, each from its first mark to past its last.

    « », “ ” and straight quotes count; a mark without its fellow quotes nothing.
    """
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    straight = False  # whether a straight mark is open
    for mark in MARKS.finditer(text):
        if mark[0] in CLOSING or (mark[0] == '"' and not straight):
            opened.append((mark[0], mark.start()))
            straight = straight or mark[0] == '"'
            continue
        while opened:
            sign, start = opened.pop()
            straight = straight and sign != '"'
            if CLOSING.get(sign, sign) == mark[0]:
                if mark.end() - start <= LONGEST_QUOTATION:
                    while found and found[-1][0] > start:  # what lies within it
                        found.pop()
                    found.append((start, mark.end()))
                break
    return tuple(found)


Loc = tuple[str | int, ...]


class Role(StrEnum):
    """What kind of words a passage is."""

    TITLE = "title"
    """A heading, as it is printed."""
    NAME = "name"
    """The name of a person, a body, a place or a region."""
    LINE = "line"
    """Plain text on one line: a tagline, a question, a role, a credit."""
    PROSE = "prose"
    """A paragraph of running text."""
    QUOTATION = "quotation"
    """The words of somebody else."""
    ADDRESS = "address"
    """A postal, mail or web address, or a telephone number."""
    LOGO = "logo"
    """The words of a logo, set as type, spelt as their owner draws them."""


# The role of a text field by its record and name; by its name alone where all records agree.
# Prose that is not listed is PROSE, other text LINE. None: it is not printed.
ROLES: Mapping[tuple[type[Record] | None, str], Role | None] = {
    (None, "title"): Role.TITLE,
    (None, "contents_title"): Role.TITLE,
    (None, "name"): Role.NAME,
    (None, "region"): Role.NAME,
    (None, "template"): None,
    (Edition, "chapters"): None,
    (Edition, "keywords"): None,
    (Edition, "country"): None,
    (Edition, "hashtag"): Role.ADDRESS,
    (Edition, "place_of_issue"): Role.NAME,
    (Group, "chapters"): None,
    (About, "title"): Role.NAME,
    (About, "website_label"): Role.ADDRESS,
    (ChartBlock, "count"): None,
    (ChartBlock, "source"): Role.NAME,
    (ChartBlock, "sum"): None,
    (Communique, "place_of_issue"): Role.NAME,
    (Contact, "organisation"): Role.NAME,
    (Contact, "regions"): Role.NAME,
    (Contact, "sections"): None,
    (Contact, "email"): Role.ADDRESS,
    (Contact, "telephone"): Role.ADDRESS,
    (Term, "preferred"): Role.NAME,
    (Term, "accepted"): None,
    (Term, "wrong"): None,
    (Editorial, "pull_quote"): Role.QUOTATION,
    (Event, "organisers"): Role.NAME,
    (Event, "organisers_line"): Role.NAME,
    (Exchange, "question"): Role.LINE,
    (Image, "consent"): None,
    (Image, "file"): None,
    (Image, "rights"): None,
    (KeyFigure, "count"): None,
    (KeyFigure, "source"): Role.NAME,
    (KeyFigure, "sum"): None,
    (Member, "email"): Role.ADDRESS,
    (Member, "telephone"): Role.ADDRESS,
    (TableBlock, "from_"): None,
    (TableBlock, "sheet"): None,
    (Column, "heading"): None,
    (WorkCited, "title"): Role.QUOTATION,
    (WorkCited, "author"): Role.NAME,
    (WorkCited, "publisher"): Role.NAME,
    (Logo, "file"): None,
    (Logo, "rights"): None,
    (Logo, "alt"): Role.NAME,
    (Logo, "words"): Role.LOGO,
    (MapBlock, "count"): None,
    (MapBlock, "region"): Role.NAME,
    (MapBlock, "source"): Role.NAME,
    (MapBlock, "sum"): None,
    (Place, "venue"): Role.NAME,
    (Place, "address"): Role.ADDRESS,
    (Place, "town"): Role.NAME,
    (Partner, "group"): Role.TITLE,
    (Publisher, "authority"): Role.LOGO,
    (Publisher, "motto"): Role.LOGO,
    (Publisher, "short_name"): Role.NAME,
    (Quotation, "text"): Role.QUOTATION,
    (QuoteBlock, "author"): Role.NAME,
    (QuoteBlock, "text"): Role.QUOTATION,
}
UNPRINTED = (Waiver,)
LONGEST = 100_000  # characters: no text of a press kit is longer, and `check` says so


@dataclass(frozen=True, eq=False, repr=False)
class Passage:
    """One paragraph, or one field of a line.

    `record` is the record that it is a field of (the event, the block, the edition), `field` the
    field's name, `part` the part it stands in (None in `kit.yaml`). `number` counts the
    paragraphs of one field from 0.
    """

    paragraph: Paragraph
    role: Role
    record: Record
    field: str
    source: Source
    loc: Loc
    part: Part | None = None
    number: int = 0

    @property
    def text(self) -> str:
        """The words as a reader sees them, without markup, on one line."""
        return self.paragraph.text

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What is emphasised, a link, code or a page's number in the text."""
        return self.paragraph.stretches

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Where the text quotes: between quotation marks, from the first to past the last."""
        return quoted(self.text)

    def in_quotation(self, start: int) -> bool:
        """Return whether the character at `start` of the text is somebody else's word."""
        return self.role is Role.QUOTATION or self.quotation_at(start) is not None

    def quotation_at(self, start: int) -> tuple[int, int] | None:
        """Return the pair of quotation marks that the character at `start` stands in, if in any."""
        number = bisect_right(self.quoted, (start, len(self.text))) - 1
        return self.quoted[number] if number >= 0 and start < self.quoted[number][1] else None

    def stretch_at(self, start: int, kind: str) -> Stretch | None:
        """Return the stretch of that kind (em, strong, link, code, page) round a character."""
        found = self._outermost.get(kind, [])
        number = bisect_right(found, start, key=lambda stretch: stretch.start) - 1
        return found[number] if number >= 0 and start < found[number].end else None

    @cached_property
    def _outermost(self) -> Mapping[str, Sequence[Stretch]]:
        """The stretches of each kind in order, without those within another of their kind."""
        found: dict[str, list[Stretch]] = {}
        for stretch in self.stretches:
            others = found.setdefault(stretch.kind, [])
            if stretch.start < stretch.end and (not others or stretch.start >= others[-1].end):
                others.append(stretch)
        return found

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return the place in the file of the characters [start, end) of the text."""
        return self.source.value_span(self.loc, *self._offsets(start, end))

    def edit(self, start: int, end: int, text: str) -> Edit | None:
        """Return the edit that puts `text` in the place of the characters [start, end) of the text.

        None where markup or a line's end stands between them, or YAML would need other
        quotation marks for it: then it is the user's to correct.
        """
        first, last = self._offsets(start, end)
        node = self.source.node(self.loc)
        if not isinstance(node, ScalarNode) or node.value[first:last] != self.text[start:end]:
            return None
        return self.source.replace(self.loc, first, last, text)

    def _offsets(self, start: int, end: int | None) -> tuple[int, int]:
        places, ends = self.paragraph.places, self.paragraph.ends
        last = len(places) if end is None else end
        if start >= len(places):
            return ends[-1], ends[-1]
        return places[start], ends[last - 1] if last > start else places[start]


def passages(kit: Kit) -> tuple[Passage, ...]:
    """Return the passages of the kit, in the order of its files."""
    found = list(_records(walk(kit.edition, kit.source, ()), None))
    for placed in kit.parts():
        found += _records(placed.values(), placed.part)
    for term in kit.explained():
        found += _fields(term, None)
    return tuple(found)


def _records(values: Iterator[Placed], part: Part | None) -> Iterator[Passage]:
    for placed in values:
        if isinstance(placed.value, Record) and not isinstance(placed.value, UNPRINTED):
            yield from _fields(placed, part)


def _fields(placed: Placed, part: Part | None) -> Iterator[Passage]:
    """Yield the passages of a record's own fields, not those of the records in it."""
    record: Record = placed.value
    for name in type(record).model_fields:
        if name not in record.model_fields_set:
            continue
        for value, loc in _texts(getattr(record, name), (*placed.loc, name)):
            role = _role(record, name, value)
            if role is not None:
                yield from _read(value, role, record, name, placed.source, loc, part)


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Text, Loc]]:
    if isinstance(value, Text):
        yield value, loc
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from _texts(item, (*loc, number))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, (*loc, name))


def _role(record: Record, name: str, value: Text) -> Role | None:
    own = Role.PROSE if isinstance(value, Prose) else Role.LINE
    if isinstance(record, Custom) and name == "fields":
        return own
    for kind in type(record).__mro__:
        if (kind, name) in ROLES:
            return ROLES[kind, name]
    return ROLES.get((None, name), own)


def _read(
    value: Text,
    role: Role,
    record: Record,
    name: str,
    source: Source,
    loc: Loc,
    part: Part | None,
) -> Iterator[Passage]:
    node = source.node(loc)
    written = node.value if isinstance(node, ScalarNode) else str(value)
    if len(written) > LONGEST:
        return
    read: Sequence[Paragraph] = (
        paragraphs(written) if isinstance(value, Prose) else [plain_paragraph(written)]
    )
    for number, paragraph in enumerate(read):
        own = Role.QUOTATION if paragraph.kind == "quotation" else role
        own = Role.TITLE if paragraph.kind == "heading" else own
        yield Passage(paragraph, own, record, name, source, loc, part, number)


@dataclass(frozen=True, eq=False, repr=False)
class PlacedEvent:
    """An event with its section and its place in the file."""

    event: Event
    section: Programme
    source: Source
    loc: Loc

    def span(self, *fields: str | int) -> Span:
        """Return the place of a field of the event, such as `span("when")`."""
        return self.source.span((*self.loc, *fields))


def events(kit: Kit) -> tuple[PlacedEvent, ...]:
    """Return the events of all sections in the order of the kit."""
    return tuple(
        PlacedEvent(event, placed.part, placed.source, placed.in_file(("events", number)))
        for placed in kit.parts()
        if isinstance(placed.part, Programme)
        for number, event in enumerate(placed.part.events)
    )


NEAR = 600
"""Characters on either side of a place: what is further away says nothing about it."""
# After an initial, "p." or "14 h." a sentence goes on.
END = (
    r"(?<![ .]\w)(?<!\b[A-ZÀ-Ýp])(?<!n°)[.!?…{semicolon}](?:\s?[»”]|[\")])?"
    r"\s+(?=[A-ZÀ-Ý«“\"(\d])"
)
SENTENCE_END, CLAUSE_END = (re.compile(END.format(semicolon=sign)) for sign in ("", ";"))


@dataclass(frozen=True)
class Sentences:
    """The sentences of a passage, not those within its quotations.

    With `clauses`, a semicolon ends a sentence too.
    """

    passage: Passage
    clauses: bool = False

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offsets at which the sentences start; the first is 0."""
        quoted = self.passage.quoted
        opened = [start for start, _ in quoted]
        found = [0]
        for end in (CLAUSE_END if self.clauses else SENTENCE_END).finditer(self.passage.text):
            before = bisect_right(opened, end.start()) - 1
            if before < 0 or quoted[before][1] <= end.end():
                found.append(end.end())
        return tuple(found)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield the start and the end of each sentence."""
        return pairwise((*self.starts, len(self.passage.text)))

    def around(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Return the sentence that holds the characters [start, end), cut to what is near them."""
        last = start + 1 if end is None else end
        below, above = bisect_right(self.starts, start), bisect_left(self.starts, last)
        stop = self.starts[above] if above < len(self.starts) else len(self.passage.text)
        return max(self.starts[below - 1], start - NEAR), min(stop, last + NEAR)
