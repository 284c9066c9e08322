"""From files to a kit: every file of it read, every record typed, every fault kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from moip_press.kit import folders
from moip_press.kit.model import parts as part_models
from moip_press.kit.model.edition import Edition, Glossary
from moip_press.kit.model.fields import Record, slug
from moip_press.kit.model.foreign_chapters import document, other_marks
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.model_errors import Models, diagnose, readable_rest, suggest, suggest_file
from moip_press.kit.model.plain_values import in_full
from moip_press.kit.model.records import Event
from moip_press.kit.model.table_files import with_chart_rows, with_rows
from moip_press.kit.source import Loc, Source, read_yaml
from moip_press.kit.source.entries import fault
from moip_press.kit.when import Period, WhenError, parse_date, parse_period
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Span
from moip_press.report.messages import N_
from moip_press.system.files import inside, is_file

EDITION, GLOSSARY, LOOKS = TypeAdapter(Edition), TypeAdapter(Glossary), TypeAdapter(Looks)
PART = TypeAdapter[part_models.Part](part_models.AnyPart)
PART_MODELS = get_args(get_args(part_models.AnyPart)[0])
LANGUAGES = ("fr", "en")
EMPTY_FILE = "Y105"
NO_FIELDS: dict[str, Any] = {}
# Dates are read against it where the kit's own period cannot be: a leap year misses no day.
ANY_PERIOD = Period(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
_Model = TypeVar("_Model")


@dataclass(frozen=True)
class Reading:
    """What reading a folder gave: the kit, as far as it could be read, and the report.

    ``kit`` is ``None`` where ``kit.yaml`` holds no fields at all. ``sources`` are the files by
    their name in diagnostics; ``language`` is the kit's, as far as it is known.
    """

    kit: Kit | None
    report: Report
    sources: Mapping[str, Source]
    language: str
    rest: Kit | None = None
    """The kit with all that can be read beside what is wrong: to be proofread, not to be built."""


@dataclass(frozen=True)
class _Entry:
    """One part named in ``chapters``."""

    name: str
    loc: Loc
    chapter: int
    group: str | None
    opens_group: bool


def read_kit(folder: Path) -> Reading:
    """Return the kit in ``folder`` and all faults of its files.

    Raises ``OSError`` where a file is there but cannot be opened.
    """
    name = (folder / folders.MANIFEST).as_posix()
    if inside(folder, folders.MANIFEST) is None:
        found = outside(Span.of_file(name), folders.MANIFEST)
        return Reading(None, Report((found,)), {}, _language(None))
    main = _in_full(read_yaml(folder / folders.MANIFEST, name), [Edition])
    plain = main.plain()
    if main.unreadable or not isinstance(plain, dict):
        faults = list(map(_of_kit, main.diagnostics))
        faults += [] if main.unreadable else [_not_fields(main)]
        return Reading(None, Report.of(faults), {name: main}, _language(plain))
    reader = _Reader(folder, main, plain)
    edition = reader.typed(EDITION, main, [Edition])
    glossary = reader.beside(folders.GLOSSARY, GLOSSARY, Glossary)
    entries = list(_entries(plain.get("chapters")))
    looks = None
    if not any(entry.name == folders.LOOKS for entry in entries):  # a chapter may be called so
        looks = reader.beside(folders.LOOKS, LOOKS, Looks)
    placed = {entry: part for entry in entries if (part := reader.part(entry)) is not None}
    if Report.of(reader.faults).ok:
        lost = (entry for entry in entries if entry not in placed)
        reader.faults += [not_printed(main.span(entry.loc), entry.name) for entry in lost]
    report = Report.of(reader.faults)
    placed = dict(zip(placed, _told_apart(placed.values()), strict=True))
    kit = Kit(
        folder,
        edition or Edition.model_construct(**NO_FIELDS),
        main,
        _chapters(entries, placed),
        whole=edition is not None and report.ok,
        glossary=glossary or Glossary(),
        glossary_source=reader.sources.get(reader.name_of(folders.GLOSSARY)),
        looks=looks or Looks(),
        looks_source=reader.sources.get(reader.name_of(folders.LOOKS)) if looks else None,
    )
    rest = kit if report.ok else _rest(kit, reader, entries, placed)
    return Reading(kit, report, reader.sources, _language(plain), rest)


def _rest(
    kit: Kit, reader: _Reader, entries: Iterable[_Entry], placed: Mapping[_Entry, PlacedPart]
) -> Kit:
    """Return a kit with what can be read of the files that have faults."""
    parts = {
        entry: found
        for entry in entries
        if (found := placed.get(entry) or reader.rest_of(entry)) is not None
    }
    parts = dict(zip(parts, _told_apart(parts.values()), strict=True))
    edition, source = kit.edition, kit.source
    if not kit.named and (rest := reader.rest(EDITION, reader.main, [Edition])):
        edition, source = rest
    dated = reader.period_read
    return replace(
        kit, edition=edition, source=source, chapters=_chapters(entries, parts), dated=dated
    )


def read_period(folder: Path) -> tuple[str, Period]:
    """Return the language of a kit, and the period that its dates are read against.

    Raises ``OSError`` where it has no ``kit.yaml``.
    """
    plain = read_yaml(folder / folders.MANIFEST, folders.MANIFEST).plain()
    known = plain if isinstance(plain, dict) else {}
    return _language(plain), _period(known)


def _of_kit(found: Diagnostic) -> Diagnostic:
    """Return what is wrong with ``kit.yaml``: where it is empty, the hint is another."""
    if found.code != EMPTY_FILE:
        return found
    hint = Message(N_("Write the fields of the kit here, or begin one with “moip-press new NAME”."))
    return replace(found, hint=hint)


def _language(plain: object) -> str:
    language = plain.get("language") if isinstance(plain, dict) else None
    return language if language in LANGUAGES else "fr"


def _days(given: Any, language: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a period. Raises ``WhenError``."""
    if isinstance(given, str):
        period = parse_period(given, language)
        return period.start, period.end
    start, end = (parse_date(str(given.get(key)), language) for key in ("start", "end"))
    return start, end


def _period(plain: Mapping[str, Any]) -> Period:
    language = _language(plain)
    found = [plain.get("period"), *_list(plain.get("periods"))]
    try:
        given = [_days(each, language) for each in found if isinstance(each, dict | str)]
        return Period(min(first for first, _ in given), max(last for _, last in given))
    except (WhenError, ValueError):
        return ANY_PERIOD


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _entries(chapters: object) -> Iterator[_Entry]:
    """Yield the parts named in ``chapters``, whatever is wrong beside them."""
    number = 0
    for index, item in enumerate(chapters if isinstance(chapters, list) else ()):
        loc: Loc = ("chapters", index)
        if not isinstance(item, dict):
            yield from _names(item, loc, number, None, opens=False)
            number += 1
            continue
        inner, title = item.get("chapters"), item.get("title")
        group = title if isinstance(title, str) else None
        for below, sub in enumerate(inner if isinstance(inner, list) else ()):
            yield from _names(sub, (*loc, "chapters", below), number, group, opens=below == 0)
            number += 1


def _names(
    item: object, loc: Loc, chapter: int, group: str | None, *, opens: bool
) -> Iterator[_Entry]:
    """Yield the parts of one chapter: a name, or a list of names."""
    named = enumerate(item) if isinstance(item, list) else ((None, item),)
    for number, name in named:
        if isinstance(name, str) and name.strip():
            place = loc if number is None else (*loc, number)
            yield _Entry(name, place, chapter, group, opens)


def _chapters(
    entries: Iterable[_Entry], placed: Mapping[_Entry, PlacedPart]
) -> tuple[Chapter, ...]:
    found: dict[int, list[_Entry]] = {}
    for entry in entries:
        if entry in placed:
            found.setdefault(entry.chapter, []).append(entry)
    return tuple(
        Chapter(tuple(placed[entry] for entry in mine), mine[0].group, mine[0].opens_group)
        for mine in found.values()
    )


def _told_apart(found: Iterable[PlacedPart]) -> Iterator[PlacedPart]:
    """Yield parts whose events have each an id of its own, be their titles the same.

    The first event keeps the id that its title gives; a later one adds its day, then its town,
    then a number.
    """
    placed = list(found)
    taken = {name for each in placed for name, loc in each.ids if not _made(each.part, loc)}
    numbers: dict[str, Iterator[int]] = {}
    for each in placed:
        if not isinstance(each.part, part_models.Programme):
            yield each
            continue
        events: list[Event] = []
        for event in each.part.events:
            if "id" not in event.model_fields_set and event.id in taken:
                name = next(name for name in _other_ids(event, numbers) if name not in taken)
                events.append(event.model_copy(update={"id": name}))
                events[-1].model_fields_set.discard("id")
            else:
                events.append(event)
            taken.add(events[-1].id)
        yield replace(each, part=each.part.model_copy(update={"events": tuple(events)}))


def _made(part: part_models.Part, loc: Loc) -> bool:
    """Return whether the id at a place in a part is that of an event, made from its title."""
    if not isinstance(part, part_models.Programme) or loc[0] != "events":
        return False
    return "id" not in part.events[int(loc[1])].model_fields_set


def _other_ids(event: Event, numbers: dict[str, Iterator[int]]) -> Iterator[str]:
    """Yield further ids of an event; ``numbers`` are those not yet given behind each of them."""
    day = event.id
    if event.when.known:
        day = f"{day}-{event.when.start.isoformat()}"
        yield day
    place = event.place and (event.place.town or event.place.venue)
    if place:
        day = f"{day}-{slug(place)}"
        yield day
    yield from (f"{day}-{number}" for number in numbers.setdefault(day, count(2)))


@dataclass
class _Reader:
    """Reads what ``kit.yaml`` names, and gathers the faults and the files on the way."""

    folder: Path
    main: Source
    plain: Mapping[str, Any]
    faults: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    named: dict[str, Loc] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sources[self.main.name] = self.main
        self.faults += self.main.diagnostics
        self.context = {"language": _language(self.plain), "period": _period(self.plain)}

    @property
    def period_read(self) -> bool:
        """Whether the kit's own period could be read."""
        return self.context["period"] is not ANY_PERIOD

    def name_of(self, file: str) -> str:
        """Return the name of a file of the kit in diagnostics."""
        return (self.folder / file).as_posix()

    def typed(self, adapter: TypeAdapter[_Model], file: Source, models: Models) -> _Model | None:
        """Return what a file holds as a record, or ``None`` after noting what is wrong."""
        try:
            return adapter.validate_python(file.plain(), context=self.context)
        except ValidationError as errors:
            self.faults += diagnose(errors, file, models)
            return None

    def rest(
        self, adapter: TypeAdapter[_Model], file: Source, models: Models
    ) -> tuple[_Model, Source] | None:
        """Return what can be read of a file with faults, and the file without them."""
        return readable_rest(adapter, file, models, self.context)

    def rest_of(self, entry: _Entry) -> PlacedPart | None:
        """Return what can be read of a part with faults; None where its file has no fields."""
        path = inside(self.folder, entry.name)
        file = self.sources.get(path.as_posix()) if path else None
        if file is None or file.unreadable or not isinstance(file.plain(), dict):
            return None
        found = self.rest(PART, file, PART_MODELS)
        return PlacedPart(found[0], found[1], (), own_file=True) if found else None

    def beside(self, name: str, adapter: TypeAdapter[_Model], model: type[Record]) -> _Model | None:
        """Return what a file beside ``kit.yaml`` holds; ``None`` where there is none, or faulty."""
        path = inside(self.folder, name)
        if path is None:
            self.faults.append(outside(Span.of_file(self.main.name), name))
            return None
        if not is_file(path):
            return None
        name = self.name_of(name)
        file = self.sources[name] = _in_full(read_yaml(path, name), [model])
        empty = [found.code for found in file.diagnostics] == [EMPTY_FILE]
        if empty or not self._holds_fields(file):
            return None
        return self.typed(adapter, file, [model])

    def part(self, entry: _Entry) -> PlacedPart | None:
        """Return the part that ``entry`` names, or ``None`` after noting what is wrong."""
        builtin = part_models.BUILTIN.get(entry.name)
        path = self.folder if builtin else inside(self.folder, entry.name)
        name = entry.name if builtin or path is None else path.as_posix()
        if path is None:
            self.faults.append(outside(self.main.span(entry.loc), entry.name))
        elif name == self.main.name:
            self.faults.append(self._itself(entry))
        elif name in self.named:
            self.faults.append(self._twice(entry, self.named[name]))
        elif builtin:
            self.named[name] = entry.loc
            return PlacedPart(builtin(), self.main, entry.loc, own_file=False)
        elif found := document(self.main.span(entry.loc), entry.name):
            self.faults.append(found)
        elif not is_file(path):
            self.faults.append(self._no_file(entry))
        else:
            self.named[name] = entry.loc
            self.sources[name] = _in_full(read_yaml(path, name), PART_MODELS)
            return self._part_in(self.sources[name])
        return None

    def _part_in(self, file: Source) -> PlacedPart | None:
        if not self._holds_fields(file):
            return None
        part = self.typed(PART, file, PART_MODELS)
        if part is None:
            return None
        for read in (with_rows, with_chart_rows):
            part, faults = read(part, self.folder, file, _language(self.plain))
            self.faults += faults
        plain = file.plain()
        if isinstance(plain, dict) and isinstance(part, part_models.Programme):
            self.faults += [
                not_printed(file.span(("events", number)), file.name)
                for number in range(len(part.events), len(plain.get("events") or ()))
            ]
        return PlacedPart(part, file, (), own_file=True)

    def _holds_fields(self, file: Source) -> bool:
        """Return whether a file holds fields that can be read, after noting what is wrong."""
        marks = list(other_marks(file))
        self.faults += marks or file.diagnostics
        if marks:
            return False
        fields = isinstance(file.plain(), dict)
        if not fields and not file.unreadable:
            self.faults.append(_not_fields(file))
        return fields and not file.unreadable

    def _itself(self, entry: _Entry) -> Diagnostic:
        message = N_("“{name}” is the kit itself, not one of its chapters.")
        hint = N_("Remove this line, or name another file.")
        return fault("R106", self.main.span(entry.loc), message, hint, name=entry.name)

    def _twice(self, entry: _Entry, first: Loc) -> Diagnostic:
        return fault(
            "R105",
            self.main.span(entry.loc),
            N_("“{name}” stands twice in the chapters."),
            N_("Remove one of the two lines."),
            related=[Related(self.main.span(first), Message(N_("The first one is here.")))],
            name=entry.name,
        )

    def _no_file(self, entry: _Entry) -> Diagnostic:
        found = folders.files(self.folder, "**/*.yaml")
        known = {path.relative_to(self.folder).as_posix() for path in found}
        own = {folders.MANIFEST, folders.GLOSSARY, folders.LOOKS}
        named = suggest_file(entry.name, sorted(known - own))
        hint = named or suggest(entry.name, [*part_models.BUILTIN, *sorted(known - own)])
        message = N_("There is no file “{name}” in the kit.")
        return fault("S106", self.main.span(entry.loc), message, hint, name=entry.name)


def _in_full(file: Source, models: Iterable[type[Record]]) -> Source:
    """Return a file that is read as if all that it says were written in full."""
    written = file.plain()
    meant = in_full(written, models)
    return file if meant is written else replace(file, meant=meant)


def _not_fields(file: Source) -> Diagnostic:
    hint = N_("Write it as lines of “name: value”, such as “title: …”.")
    return fault("S103", file.span(("",)), N_("This file holds no fields."), hint)


def not_printed(span: Span, name: str) -> Diagnostic:
    """Return the diagnostic for what a kit holds and no page would print, for a reason unknown."""
    message = N_("“{name}” would be missing from the pages, so nothing is written.")
    hint = N_("The program is at fault, not the kit: please report it with this file.")
    return fault("S119", span, message, hint, name=name)


def outside(span: Span, name: str) -> Diagnostic:
    """Return the diagnostic for a file's name that leads out of the kit, or seems to."""
    message = N_("“{name}” lies outside the kit.")
    hint = N_("Copy the file into the kit's folder, and name it from there.")
    path = name.replace("\\", "/")
    if path != name and ":" not in path:
        message = N_("“{name}” is written with “\\” between folders.")
        hint = N_("Did you mean “{suggestion}”?")
    return fault("X101", span, message, hint, name=name, suggestion=path)
