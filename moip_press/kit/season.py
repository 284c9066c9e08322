"""A season: several kits that are built together, and what they share.

It is read from ``season.yaml``, or made of the folders that a command names. Its kits have each a
path, which tells their outputs apart; equal ones are refused before any work begins.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from moip_press.kit.folders import MANIFEST, is_read
from moip_press.kit.model.fields import Record, Text, YesNo
from moip_press.kit.model.model_errors import diagnose, suggest_file
from moip_press.kit.model.plain_values import in_full
from moip_press.kit.model.records import Contact
from moip_press.kit.source import Loc, Source, read_yaml
from moip_press.kit.source.entries import fault
from moip_press.report.diagnostics import Diagnostic, Message, Related, Report, Span
from moip_press.report.messages import N_
from moip_press.system.files import composed, inside, is_file

SEASON = "season.yaml"
REPORT = ("season.json", "season.html")
"""What is written beside the folders of the kits: no kit may be called so."""
# a folder's name on every system: nothing that leads elsewhere, hides, or moves a cursor
NAME = re.compile(r"(?!\.)[^/\\:*?\"<>|\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
LONGEST_NAME = 120  # bytes
MOST_KITS = 1_000


class SeasonFile(Record):
    """The kits that are built together, and what they share."""

    name: Text | None = None
    """The name of the season, and of the folder of its PDFs. Without it, the folder's name."""
    kits: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The folders of the kits, such as regions/bretagne, as seen from this file."""
    handouts: YesNo = False
    """Yes to make the handouts of each kit too."""
    by: Text | None = None
    """A key, such as organiser or region: each of its values gets a handout in place of those."""
    theme: Text | None = None
    """A folder with a theme.yaml, styles or templates, for kits that have none of their own."""
    contacts: tuple[Contact, ...] = ()
    """The press contacts of kits that name none in their kit.yaml."""


@dataclass(frozen=True)
class Member:
    """A kit of a season: its folder, its path in the season, and the place that names it."""

    folder: Path
    path: PurePath
    span: Span


@dataclass(frozen=True)
class Shared:
    """What kits of a season use where they have none of their own.

    ``theme`` is a folder whose files lie under those of a kit; ``contacts`` are plain values, one
    a contact, and ``places`` where each is written.
    """

    theme: Path | None = None
    contacts: tuple[Any, ...] = ()
    places: tuple[Span, ...] = ()

    def files(self) -> dict[str, Path]:
        """Return the files of the theme, by the names that they have in a kit."""
        if self.theme is None:
            return {}
        found = {}
        for path in sorted(self.theme.rglob("*")):
            name = path.relative_to(self.theme)
            held = inside(self.theme, name.as_posix())
            if held and is_read(name) and is_file(held):
                found[name.as_posix()] = held
        return found

    def __bool__(self) -> bool:
        return bool(self.theme or self.contacts)


@dataclass(frozen=True)
class Season:
    """Kits that are built together. ``folder`` is the one that their paths begin in."""

    name: str
    folder: Path
    members: tuple[Member, ...]
    handouts: bool = False
    shared: Shared = Shared()
    by: str | None = None


@dataclass(frozen=True)
class SeasonReading:
    """What reading gave: the season, ``None`` where the report holds errors."""

    season: Season | None
    report: Report
    source: Source | None = None


def is_season(argument: Path) -> Path | None:
    """Return the ``season.yaml`` that an argument means, a file or its folder, or ``None``."""
    path = argument if argument.name == SEASON else argument / SEASON
    return path if is_file(path) else None


def read_season(path: Path, name: str | None = None) -> SeasonReading:
    """Return the season of a ``season.yaml``, called ``name`` where that is given.

    Raises ``OSError`` where the file cannot be opened.
    """
    source = read_yaml(path, path.as_posix())
    faults = list(source.diagnostics)
    if source.unreadable or not isinstance(source.plain(), dict):
        if not source.unreadable:
            faults.append(_no_fields(source))
        return SeasonReading(None, Report.of(faults), source)
    try:
        given = in_full(source.plain(), [SeasonFile])
        read = TypeAdapter(SeasonFile).validate_python(given, context={"language": "fr"})
    except ValidationError as errors:
        faults += diagnose(errors, source, [SeasonFile])
        return SeasonReading(None, Report.of(faults), source)
    folder = path.parent
    members = tuple(_members(read, folder, source, faults))
    called = name or read.name or folder.absolute().name
    if wrong := _name_fault(called, source.span(("name",)) if read.name else source.span()):
        faults.append(wrong)
    faults += _clashes(members)
    shared = _shared(read, folder, source, members, faults)
    report = Report.of(faults)
    season = Season(called, folder, members, read.handouts, shared, read.by)
    return SeasonReading(season if report.ok else None, report, source)


def season_of(folders: Sequence[Path], name: str | None = None) -> SeasonReading:
    """Return the season of the kits in some folders.

    A folder that is no kit stands for those directly in it. The season is called ``name``, or as
    the folder that holds all of them.
    """
    found = [kit for folder in folders for kit in _kits(folder)]
    whole = [Path(os.path.abspath(kit)) for kit in found]  # noqa: PTH100 -- ".." goes, links stay
    root = Path(os.path.commonpath([kit.parent for kit in whole]))
    members = tuple(
        Member(kit, full.relative_to(root), Span.of_file((kit / MANIFEST).as_posix()))
        for kit, full in zip(found, whole, strict=True)
    )
    called = name or root.name
    wrong = _name_fault(called, Span.of_file(root.as_posix()))
    report = Report.of([*_clashes(members), *([wrong] if wrong else [])])
    return SeasonReading(Season(called, root, members) if report.ok else None, report)


def kits_missing(folders: Iterable[Path]) -> list[Path]:
    """Return the folders that are no kit and hold none."""
    return [folder for folder in folders if not _kits(folder)]


def output_folder(season: Season, here: Path) -> Path:
    """Return where the PDFs of a season go: ``output/<season>`` beside ``data/``, else ``here``.

    Never within a kit: where ``here`` lies in one, they go beside it.
    """
    folder = season.folder.resolve()
    if folder.name == "data":
        base = folder.parent
    elif folder.parent.name == "data":
        base = folder.parent.parent
    elif (folder / "data").is_dir():
        base = folder
    else:
        within = (here.resolve().is_relative_to(each.folder.resolve()) for each in season.members)
        base = folder if any(within) else here
    return base / "output" / season.name


def _kits(folder: Path) -> list[Path]:
    """Return the folder itself where it is a kit, else the kits directly in it, by their names."""
    if folder.name == MANIFEST and is_file(folder):
        return [folder.parent]
    if is_file(folder / MANIFEST):
        return [folder]
    return sorted(
        path.parent for path in folder.glob(f"*/{MANIFEST}") if path.parent.name[0] != "."
    )


def _members(
    read: SeasonFile, folder: Path, source: Source, faults: list[Diagnostic]
) -> Iterator[Member]:
    """Yield the kits that are there; what is wrong with the others is added to ``faults``."""
    if len(read.kits) > MOST_KITS:
        message = N_("A season has {most} kits at most, and this one has {count}.")
        hint = N_("Make several seasons of it.")
        span = source.span(("kits",), key=True)
        faults.append(fault("S103", span, message, hint, most=MOST_KITS, count=len(read.kits)))
        return
    for number, name in enumerate(read.kits):
        loc: Loc = ("kits", number) if source.node(("kits", number)) else ("kits",)
        span, path = source.span(loc), inside(folder, str(name))
        if path is None:
            hint = N_("Put the kit into the folder of season.yaml, and name it from there.")
            message = N_("“{name}” lies outside the folder of the season.")
            faults.append(fault("X101", span, message, hint, name=name))
        elif not is_file(path / MANIFEST):
            below = [each for form in ("*", "*/*") for each in folder.glob(f"{form}/{MANIFEST}")]
            known = sorted(each.parent.relative_to(folder).as_posix() for each in below)
            meant = suggest_file(str(name), known)
            message = N_("“{name}” is not a kit: it has no kit.yaml.")
            faults.append(fault("S106", span, message, meant, name=name))
        else:
            yield Member(path, PurePath(*PurePath(name).parts), span)


def _shared(
    read: SeasonFile,
    folder: Path,
    source: Source,
    members: Sequence[Member],
    faults: list[Diagnostic],
) -> Shared:
    """Return what the kits share; what is wrong with it is added to ``faults``."""
    plain: Any = in_full(source.plain(), [SeasonFile])
    contacts = tuple(plain.get("contacts") or ()) if read.contacts else ()
    places = tuple(source.span(("contacts", number)) for number in range(len(contacts)))
    if read.theme is None:
        return Shared(None, contacts, places)
    span, path = source.span(("theme",)), inside(folder, str(read.theme))
    if path is None:
        message = N_("“{name}” lies outside the folder of the season.")
        hint = N_("Put the theme into the folder of season.yaml, and name it from there.")
        faults.append(fault("X101", span, message, hint, name=read.theme))
    elif not path.is_dir():
        message, hint = N_("There is no folder “{name}”."), N_("Name a folder with a theme.yaml.")
        faults.append(fault("S106", span, message, hint, name=read.theme))
    elif any(_overlap(path, member.folder) for member in members):
        message = N_("The theme “{name}” holds a kit, or lies in one.")
        hint = N_("Give the theme a folder of its own beside the kits.")
        faults.append(fault("S106", span, message, hint, name=read.theme))
    return Shared(path, contacts, places)


def _overlap(one: Path, other: Path) -> bool:
    """Return whether two folders are the same, or one lies in the other."""
    first, second = one.resolve(), other.resolve()
    return first.is_relative_to(second) or second.is_relative_to(first)


def _name_fault(name: str, span: Span) -> Diagnostic | None:
    """Return what is wrong with the name of a season; ``None`` for one that a folder may have."""
    fits = len(os.fsencode(name)) <= LONGEST_NAME and not name.endswith((".", " "))
    if NAME.fullmatch(name) and fits:
        return None
    message = N_("The season cannot be called “{name}”: a folder of PDFs gets this name.")
    hint = N_("Give it a short name without “/”, “:” or a dot at its beginning or end.")
    return fault("S104", span, message, hint, name=name)


def _clashes(members: Iterable[Member]) -> Iterator[Diagnostic]:
    """Yield a fault for each kit whose PDFs would lie in the folder of another one's."""
    known: dict[tuple[str, ...], Member] = {}
    folders: dict[Path, Member] = {}
    for member in members:
        key = tuple(composed(part).casefold() for part in member.path.parts)
        same = folders.get(member.folder.resolve())
        others = [known.get(key[:length]) for length in range(1, len(key) + 1)]
        others += [each for other, each in known.items() if other[: len(key)] == key]
        beside = next(filter(None, others), None)
        if same:
            message = N_("“{name}” stands twice among the kits.")
            hint = N_("Take one of the two away.")
            yield _clash(message, hint, member, same)
        elif beside:
            message = N_("The PDFs of “{name}” would lie in the folder of those of “{other}”.")
            hint = N_("Give one of the two kits another folder.")
            yield _clash(message, hint, member, beside)
        elif not key or key[0] in REPORT:
            message = N_("A kit cannot be called “{name}”: a report of the season is.")
            yield fault("R129", member.span, message, None, name=member.path)
        known.setdefault(key, member)
        folders.setdefault(member.folder.resolve(), member)


def _clash(message: str, hint: str, member: Member, other: Member) -> Diagnostic:
    beside = [Related(other.span, Message(N_("The other one is here.")))]
    return fault(
        "R129", member.span, message, hint, related=beside, name=member.path, other=other.path
    )


def _no_fields(source: Source) -> Diagnostic:
    message = N_("season.yaml holds no fields.")
    hint = N_("Write the kits here: “kits:”, and a line beginning with a hyphen for each.")
    return fault("S103", source.span(), message, hint)
