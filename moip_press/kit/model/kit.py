"""The kit in memory: the edition, its chapters and parts, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from moip_press.kit import samples
from moip_press.kit.model.edition import CoverPage, Edition, Glossary
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.parts import Article, Part, Programme
from moip_press.kit.model.records import Event, Image, Lab, Logo
from moip_press.kit.source import Loc, ScalarNode, Source
from moip_press.kit.when import When
from moip_press.report.diagnostics import Span
from moip_press.text.collation import collation_key

LAST = ((1,),)
"""Behind every key of an event that has what the others are sorted by."""


def in_order(section: Programme) -> tuple[int, ...]:
    """Return the places of a section's events in the order of print.

    Events that are equal in what they are sorted by stay as they are written.
    """
    places = tuple(range(len(section.events)))
    if section.order == "kit":
        return places
    keys = [_key(section.order, event) for event in section.events]
    return tuple(sorted(places, key=keys.__getitem__))


def _key(order: str, event: Event) -> Any:
    match order:
        case "date":
            return event.moment  # what has no date sorts last
        case "title":
            return collation_key(event.title), event.moment
        case _:
            return _key_of_place(event)


def _key_of_place(event: Event) -> Any:
    """Return the town's place in the alphabet, the venue's in the town, then the date's."""
    first = (each.place for each in event.each_session() if each.place)
    place = event.place or next(first, None)
    names = [name for name in (place.town, place.venue) if name] if place else []
    if not names:
        return (*LAST, event.moment)
    return ((0,), tuple(map(collation_key, names)), event.moment)


@dataclass(frozen=True)
class Placed:
    """A value of the kit and its place: the file and the path of keys that leads to it."""

    value: Any
    source: Source
    loc: Loc

    @property
    def span(self) -> Span:
        """The characters of the file that hold the value."""
        return self.source.span(self.loc)

    @property
    def written(self) -> str:
        """The text as it stands in the file, before the model tidied its spaces."""
        node = self.source.node(self.loc)
        return node.value if isinstance(node, ScalarNode) else str(self.value)

    def part_span(self, start: int, end: int) -> Span:
        """Return the span of the characters ``start`` to ``end`` of a text as written."""
        return self.source.value_span(self.loc, start, end)


@dataclass(frozen=True)
class PlacedPart:
    """A part and its place. The place of a part named by its type alone is in ``kit.yaml``.

    Of a section whose drafts were left out, or whose events were sorted, ``kept`` says which events
    of the file are there, in their order.
    """

    part: Part
    source: Source
    loc: Loc
    own_file: bool
    kept: tuple[int, ...] | None = None

    def values(self) -> Iterator[Placed]:
        """Yield every value of the part, records and fields, in the order of the file."""
        if self.own_file:
            for placed in walk(self.part, self.source, ()):
                yield replace(placed, loc=self.in_file(placed.loc)) if self.kept else placed

    def in_file(self, loc: Loc) -> Loc:
        """Return the place in the file of what is at ``loc`` in the part."""
        if self.kept is None or loc[:1] != ("events",) or len(loc) < 2:
            return loc
        return "events", self.kept[int(loc[1])], *loc[2:]

    @property
    def ids(self) -> Iterator[tuple[str, Loc]]:
        """The ids of the part and of what it holds, with their places in the file."""
        return ((name, self.in_file(loc)) for name, loc in ids(self.part))

    def printed(self, *, drafts: bool) -> PlacedPart:
        """Return the part with its events in the order of print, with or without ``drafts``.

        Itself where it is printed as it is written.
        """
        if not isinstance(self.part, Programme):
            return self
        events = self.part.events
        kept = tuple(n for n in in_order(self.part) if drafts or events[n].status != "draft")
        if kept == tuple(range(len(events))):
            return self
        shown = self.part.model_copy(update={"events": tuple(events[n] for n in kept)})
        in_file = self.kept or tuple(range(len(events)))
        return replace(self, part=shown, kept=tuple(in_file[n] for n in kept))


@dataclass(frozen=True)
class Chapter:
    """What starts on a new page and is typeset on its own."""

    parts: tuple[PlacedPart, ...]
    group: str | None = None
    opens_group: bool = False

    @property
    def id(self) -> str:
        """The id of its first part."""
        return self.parts[0].part.id


@dataclass(frozen=True)
class Kit:
    """One edition, read and typed.

    Where it is not ``whole``, what could not be read is left out, be it a part or the
    edition's own fields: then nobody knows what a reference refers to. It is ``dated`` where its
    period could be read. ``glossary_source`` and ``looks_source`` are ``None`` where the kit has no
    ``glossary.yaml`` or ``theme.yaml``.
    """

    folder: Path
    edition: Edition
    source: Source
    chapters: tuple[Chapter, ...]
    whole: bool = True
    dated: bool = True
    glossary: Glossary = field(default_factory=Glossary)
    glossary_source: Source | None = None
    looks: Looks = field(default_factory=Looks)
    looks_source: Source | None = None

    @property
    def named(self) -> bool:
        """Whether the edition's own fields could be read: without them it has no period."""
        return bool(self.edition.model_fields_set)

    def printed(self) -> Kit:
        """Return the kit as its pages show it: in order, drafts of events only in a draft."""
        return self.arranged(drafts=self.edition.status == "draft")

    def arranged(self, *, drafts: bool = True) -> Kit:
        """Return the kit with the events of each section in its order, without ``drafts`` or not.

        A section that was arranged before stays as it is.
        """
        chapters = tuple(
            replace(chapter, parts=tuple(placed.printed(drafts=drafts) for placed in chapter.parts))
            for chapter in self.chapters
        )
        return self if chapters == self.chapters else replace(self, chapters=chapters)

    @property
    def cover_shows(self) -> Literal["picture", "calendar", "plain"]:
        """What the cover shows, as ``theme.yaml`` says or, where that is silent, ``kit.yaml``."""
        if self.edition.cover:
            return "picture"
        if self.looks.cover in ("calendar", "plain"):
            return self.looks.cover
        return "plain" if self.edition.theme.calendar == "none" else "calendar"

    @property
    def cover(self) -> CoverPage | None:
        """The picture on the cover, as large as ``theme.yaml`` says, or else ``kit.yaml``."""
        sizes: dict[str | None, str] = {"picture-half": "half", "picture-full": "full"}
        given, size = self.edition.cover, sizes.get(self.looks.cover)
        return given.model_copy(update={"kind": size}) if given and size else given

    @property
    def logo(self) -> Logo | None:
        """The logo on the cover."""
        return self.edition.logo or self.looks.logo

    def parts(self) -> Iterator[PlacedPart]:
        """Yield the parts in the order of the dossier."""
        for chapter in self.chapters:
            yield from chapter.parts

    def values(self) -> Iterator[Placed]:
        """Yield every value of the kit with its place, and the terms that it explains."""
        return iter(self._values)

    @cached_property
    def _values(self) -> tuple[Placed, ...]:
        return tuple(self._walked())

    def _walked(self) -> Iterator[Placed]:
        yield from walk(self.edition, self.source, ())
        if self.looks_source:
            yield from walk(self.looks, self.looks_source, ())
        for placed in self.parts():
            yield from placed.values()
        for term in self.explained():
            yield from walk(term.value, term.source, term.loc)

    def explained(self) -> tuple[Placed, ...]:
        """Return the terms of the glossary that a block prints, in its order."""
        bodies = (placed.part.body for placed in self.parts() if isinstance(placed.part, Article))
        printed = any(block.type == "glossary" for body in bodies for block in body)
        if self.glossary_source is None or not printed:
            return ()
        terms = (
            Placed(term, self.glossary_source, ("terms", number))
            for number, term in enumerate(self.glossary.terms)
            if term.explanation
        )
        return tuple(sorted(terms, key=lambda placed: collation_key(placed.value.preferred)))

    def sections(self) -> tuple[Programme, ...]:
        """Return the programme sections."""
        return tuple(p.part for p in self.parts() if isinstance(p.part, Programme))

    @cached_property
    def section_places(self) -> Mapping[str, int]:
        """The place of each section among them, by its id: colours are asked for often."""
        places: dict[str, int] = {}
        for place, section in enumerate(self.sections()):
            places.setdefault(section.id, place)
        return places

    def events(self) -> tuple[Event, ...]:
        """Return the events of all sections."""
        return tuple(event for section in self.sections() for event in section.events)

    @property
    def awaits_events(self) -> bool:
        """Whether events are still to come: what is counted of them may be there later."""
        sections = self.sections()
        none = bool(sections) and not self.events()
        return none or any(section.pending for section in sections)

    def anchors(self) -> Mapping[str, str]:
        """Return, for each id that can be referred to, its id in the pages.

        It is prefixed with the chapter's id, since chapters share one PDF.
        """
        found: dict[str, str] = {}
        for chapter in self.chapters:
            for name in (name for placed in chapter.parts for name, _ in placed.ids):
                found.setdefault(name, f"{chapter.id}--{name}")
        return found


def ids(part: Part) -> Iterator[tuple[str, Loc]]:
    """Yield the ids of a part and of what it holds, with their places in it."""
    yield part.id, ("id",)
    if isinstance(part, Programme):
        for number, event in enumerate(part.events):
            yield event.id, ("events", number, "id")
    if isinstance(part, Article):
        for number, block in enumerate(part.body):
            if block.id:
                yield block.id, ("body", number, "id")
            for index, lab in enumerate(getattr(block, "labs", ())):
                if isinstance(lab, Lab):
                    yield lab.id, ("body", number, "labs", index, "id")


def walk(value: Any, source: Source, loc: Loc) -> Iterator[Placed]:
    """Yield ``value`` and all values below it, each with its place."""
    waiting = [(value, loc)]
    while waiting:
        value, loc = waiting.pop()
        yield Placed(value, source, loc)
        if value is not None and not isinstance(value, str):
            waiting += [(item, (*loc, step)) for step, item in _below(value)][::-1]


def _below(value: Any) -> Iterable[tuple[str | int, Any]]:
    """Return what a value holds, each by its name or number."""
    if isinstance(value, BaseModel):
        given = value.model_fields_set
        fields = type(value).model_fields.items()
        return [(f.alias or name, getattr(value, name)) for name, f in fields if name in given]
    if isinstance(value, tuple | list):
        return enumerate(value)
    return value.items() if isinstance(value, dict) else ()


def pictures(kit: Kit) -> Iterator[Placed]:
    """Yield the images and logos of the kit."""
    for placed in kit.values():
        if isinstance(placed.value, Image | Logo):
            yield placed


USUAL_DPI, LIGHT_DPI = 300, 180  # of pictures in a kit with few of them, and with many
MANY_PICTURES = 60


def dots(kit: Kit) -> int:
    """Return the most dots an inch that pictures have: fewer in a kit that has many of them."""
    many = sum(1 for _ in pictures(kit)) > MANY_PICTURES
    return kit.edition.limits.dpi or (LIGHT_DPI if many else USUAL_DPI)


@dataclass(frozen=True)
class Blank:
    """Something that is still to come.

    It is marked ``pending``, or words that a new kit or record begins with. A date that is to be
    confirmed is news like any other, but in a record that is a blank itself.
    """

    placed: Placed
    title: str = field(default="")


def blank_values(kit: Kit) -> Iterator[Placed]:
    """Yield each value that is still to come, in the order of the kit."""
    awaited = set[tuple[str, Loc]]()  # the records that are one
    for placed in kit.values():
        value, name, loc = placed.value, placed.source.name, placed.loc
        if isinstance(value, BaseModel) and getattr(value, "pending", False):
            awaited.add((name, loc))
            yield placed
        elif isinstance(value, str) and samples.is_sample(value):
            awaited.add((name, loc[:-1]))
            yield placed
        elif (
            isinstance(value, When)
            and not value.known
            and any((name, loc[:end]) in awaited for end in range(1, len(loc)))
        ):
            yield placed


def blanks(kit: Kit) -> tuple[Blank, ...]:
    """Return what is still to come, in the order of the kit: a record once."""
    found: dict[tuple[str, Loc], Blank] = {}
    for placed in blank_values(kit):
        name, value, loc = placed.source.name, placed.value, placed.loc
        if isinstance(value, BaseModel):
            found[name, loc] = Blank(placed, _label(placed))
        elif any((name, loc[:length]) in found for length in range(len(loc))):
            continue
        else:
            found[name, _record_of(loc)] = Blank(placed, str(value))
    return tuple(found.values())


def _record_of(loc: Loc) -> Loc:
    """Return the place of the record that a text is of; of a file's own text, the text's."""
    last = max((n for n, step in enumerate(loc) if isinstance(step, str)), default=0)
    return loc[:last] or loc


def _label(placed: Placed) -> str:
    """Return what a blank is called: its name, its record's, its field's, or else its file's."""
    record: Any = placed.source.plain()
    records = [record]
    for step in placed.loc:
        record = record[step]
        records.append(record)
    names = (
        record[name]
        for record in reversed(records[1:] or records)
        if isinstance(record, dict)
        for name in ("title", "name", "alt", "file")
        if record.get(name)
    )
    fields = (step for step in reversed(placed.loc) if isinstance(step, str))
    return next(map(str, names), next(fields, placed.source.name))
