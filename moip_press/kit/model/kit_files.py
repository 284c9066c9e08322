"""From files to a kit: every file of it read, every record typed, every fault kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from moip_press.kit import folders, source
from moip_press.kit.model import parts as part_models
from moip_press.kit.model.edition import Edition, Glossary
from moip_press.kit.model.kit import Chapter, Kit, PlacedPart
from moip_press.kit.model.model_errors import diagnose, suggest
from moip_press.kit.source import Loc
from moip_press.kit.when import Period, WhenError, parse_date
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Span
from moip_press.report.messages import N_
from moip_press.system.files import inside, is_file

PART = TypeAdapter[part_models.Part](part_models.AnyPart)
PART_MODELS = get_args(get_args(part_models.AnyPart)[0])
LANGUAGES = ("fr", "en")
EMPTY_FILE = "Y105"
NO_FIELDS: dict[str, Any] = {}
# Dates are read against it where the kit's own period cannot be: a leap year misses no day.
ANY_PERIOD = Period(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


@dataclass(frozen=True)
class Reading:
    """What reading a folder gave: the kit, as far as it could be read, and the report.

    ``kit`` is ``None`` where ``kit.yaml`` holds no fields at all. ``sources`` are the files by
    their name in diagnostics; ``language`` is the kit's, as far as it could be told.
    """

    kit: Kit | None
    report: Report
    sources: Mapping[str, source.Source]
    language: str


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
    if inside(folder, folders.MANIFEST) is None:
        span = Span.of_file((folder / folders.MANIFEST).as_posix())
        return Reading(None, Report((outside(span, folders.MANIFEST),)), {}, _language(None))
    main = source.read_yaml(folder / folders.MANIFEST, (folder / folders.MANIFEST).as_posix())
    plain = main.plain()
    if main.unreadable or not isinstance(plain, dict):
        found = tuple(map(_of_kit, main.diagnostics))
        found += () if main.unreadable else (_not_fields(main),)
        return Reading(None, Report(found), {main.name: main}, _language(plain))
    reader = _Reader(folder, main, plain)
    edition = reader.edition()
    glossary = reader.glossary()
    entries = list(_entries(plain.get("chapters")))
    placed = {entry: part for entry in entries if (part := reader.part(entry)) is not None}
    reader.account(entries, placed)
    report = Report.of(reader.faults)
    whole = edition is not None and report.ok
    chapters = _chapters(entries, placed)
    kit = Kit(
        folder,
        edition or Edition.model_construct(**NO_FIELDS),
        main,
        chapters,
        whole=whole,
        glossary=glossary or Glossary(),
        glossary_source=reader.sources.get(reader.glossary_name),
    )
    return Reading(kit, report, reader.sources, _language(plain))


def _of_kit(found: Diagnostic) -> Diagnostic:
    if found.code != EMPTY_FILE:
        return found
    hint = Message(N_("Write the fields of the kit here, or begin one with “moip-press new NAME”."))
    return replace(found, hint=hint)


def _language(plain: object) -> str:
    language = plain.get("language") if isinstance(plain, dict) else None
    return language if language in LANGUAGES else "fr"


def _period(plain: Mapping[str, Any]) -> Period:
    given = plain.get("period")
    if not isinstance(given, dict):
        return ANY_PERIOD
    try:
        start, end = (parse_date(str(given.get(key)), _language(plain)) for key in ("start", "end"))
        return Period(start, end)
    except (WhenError, ValueError):
        return ANY_PERIOD


def _entries(chapters: object) -> Iterator[_Entry]:
    """Yield the parts named in ``chapters``, whatever is wrong beside them."""
    number = 0
    for index, item in enumerate(chapters if isinstance(chapters, list) else ()):
        if isinstance(item, dict):
            inner = item.get("chapters")
            title = item.get("title")
            for below, sub in enumerate(inner if isinstance(inner, list) else ()):
                loc = ("chapters", index, "chapters", below)
                group = title if isinstance(title, str) else None
                yield from _names(sub, loc, number, group, opens=below == 0)
                number += 1
        else:
            yield from _names(item, ("chapters", index), number, None, opens=False)
            number += 1


def _names(
    item: object, loc: Loc, chapter: int, group: str | None, *, opens: bool
) -> Iterator[_Entry]:
    if isinstance(item, str) and item.strip():
        yield _Entry(item, loc, chapter, group, opens)
    elif isinstance(item, list):
        for number, name in enumerate(item):
            if isinstance(name, str) and name.strip():
                yield _Entry(name, (*loc, number), chapter, group, opens)


@dataclass
class _Reader:
    """Reads what ``kit.yaml`` names, and gathers the faults and the files on the way."""

    folder: Path
    main: source.Source
    plain: Mapping[str, Any]
    faults: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, source.Source] = field(default_factory=dict)
    named: dict[str, Loc] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sources[self.main.name] = self.main
        self.faults += self.main.diagnostics
        self.context = {"language": _language(self.plain), "period": _period(self.plain)}

    def edition(self) -> Edition | None:
        """Return the fields of ``kit.yaml``, or ``None`` after noting what is wrong."""
        try:
            return Edition.model_validate(self.plain, context=self.context)
        except ValidationError as errors:
            self.faults += diagnose(errors, self.main, [Edition])
            return None

    @property
    def glossary_name(self) -> str:
        """Return how the glossary is called in diagnostics."""
        return (self.folder / folders.GLOSSARY).as_posix()

    def glossary(self) -> Glossary | None:
        """Return the kit's glossary, or ``None`` where there is none or it has faults."""
        path = inside(self.folder, folders.GLOSSARY)
        if path is None:
            self.faults.append(outside(Span.of_file(self.main.name), folders.GLOSSARY))
            return None
        if not is_file(path):
            return None
        file = self.sources[self.glossary_name] = source.read_yaml(path, self.glossary_name)
        plain = file.plain()
        if [found.code for found in file.diagnostics] == [EMPTY_FILE]:
            return None
        if not self._holds_fields(file):
            return None
        try:
            return Glossary.model_validate(plain, context=self.context)
        except ValidationError as errors:
            self.faults += diagnose(errors, file, [Glossary])
            return None

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
        elif not is_file(path):
            self.faults.append(self._no_file(entry))
        else:
            self.named[name] = entry.loc
            self.sources[name] = source.read_yaml(path, name)
            return self._typed(self.sources[name])
        return None

    def account(self, entries: Iterable[_Entry], placed: Mapping[_Entry, PlacedPart]) -> None:
        """Note each part that is neither read nor known to be at fault: none may disappear."""
        if Report.of(self.faults).ok:
            lost = [entry for entry in entries if entry not in placed]
            self.faults += [not_printed(self.main.span(each.loc), each.name) for each in lost]

    def _holds_fields(self, file: source.Source) -> bool:
        """Return whether a file holds fields that can be read, after noting what is wrong."""
        self.faults += file.diagnostics
        fields = isinstance(file.plain(), dict)
        if not fields and not file.unreadable:
            self.faults.append(_not_fields(file))
        return fields and not file.unreadable

    def _typed(self, file: source.Source) -> PlacedPart | None:
        plain = file.plain()
        if not self._holds_fields(file):
            return None
        try:
            part = PART.validate_python(plain, context=self.context)
        except ValidationError as errors:
            self.faults += diagnose(errors, file, PART_MODELS)
            return None
        if isinstance(plain, dict) and isinstance(part, part_models.Programme):
            self.faults += [
                not_printed(file.span(("events", number)), file.name)
                for number in range(len(part.events), len(plain.get("events") or ()))
            ]
        return PlacedPart(part, file, (), own_file=True)

    def _itself(self, entry: _Entry) -> Diagnostic:
        return Diagnostic.error(
            "R106",
            self.main.span(entry.loc),
            Message.of(N_("“{name}” is the kit itself, not one of its chapters."), name=entry.name),
            Message(N_("Remove this line, or name another file.")),
        )

    def _twice(self, entry: _Entry, first: Loc) -> Diagnostic:
        return Diagnostic.error(
            "R105",
            self.main.span(entry.loc),
            Message.of(N_("“{name}” stands twice in the chapters."), name=entry.name),
            Message(N_("Remove one of the two lines.")),
            related=[Related(self.main.span(first), Message(N_("The first one is here.")))],
        )

    def _no_file(self, entry: _Entry) -> Diagnostic:
        found = folders.files(self.folder, "**/*.yaml")
        known = {path.relative_to(self.folder).as_posix() for path in found}
        own = {folders.MANIFEST, folders.GLOSSARY}
        names = [*part_models.BUILTIN, *sorted(known - own)]
        return Diagnostic.error(
            "S106",
            self.main.span(entry.loc),
            Message.of(N_("There is no file “{name}” in the kit."), name=entry.name),
            suggest(entry.name, names),
        )


def _chapters(entries: list[_Entry], placed: Mapping[_Entry, PlacedPart]) -> tuple[Chapter, ...]:
    chapters = []
    for number in dict.fromkeys(entry.chapter for entry in entries):
        mine = [entry for entry in entries if entry.chapter == number and entry in placed]
        if mine:
            parts = tuple(placed[entry] for entry in mine)
            chapters.append(Chapter(parts, mine[0].group, mine[0].opens_group))
    return tuple(chapters)


def _not_fields(file: source.Source) -> Diagnostic:
    return Diagnostic.error(
        "S103",
        file.span(("",)),
        Message(N_("This file holds no fields.")),
        Message(N_("Write it as lines of “name: value”, such as “title: …”.")),
    )


def not_printed(span: Span, name: str) -> Diagnostic:
    """Return the diagnostic for what a kit holds and no page would print, for a reason unknown."""
    return Diagnostic.error(
        "S119",
        span,
        Message.of(
            N_("“{name}” would be missing from the pages, so nothing is written."), name=name
        ),
        Message(N_("The program is at fault, not the kit: please report it with this file.")),
    )


def outside(span: Span, name: str) -> Diagnostic:
    """Return the diagnostic for a file's name that leads out of the kit, or seems to."""
    if "\\" in name and (path := name.replace("\\", "/")) and ":" not in path:
        return Diagnostic.error(
            "X101",
            span,
            Message.of(N_("“{name}” is written with “\\” between folders."), name=name),
            Message.of(N_("Did you mean “{suggestion}”?"), suggestion=path),
        )
    return Diagnostic.error(
        "X101",
        span,
        Message.of(N_("“{name}” lies outside the kit."), name=name),
        Message(N_("Copy the file into the kit's folder, and name it from there.")),
    )
