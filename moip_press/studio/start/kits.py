"""The kits that somebody may open from where the studio was started, and new ones among them.

A window names a kit by its key and a folder by its number, never by a path: kits are those found
below the folder where the studio was started and below the user's documents, and those that the
user has opened before. A new kit gets a folder right in one of these.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slugify import slugify

from moip_press.editions import next_edition
from moip_press.kit import folders, starter
from moip_press.kit.model.kit_files import ANY_PERIOD, read_kit, read_period
from moip_press.kit.when import period_in_words
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.studio.records import NoSuchFile, name_of, read_file_of
from moip_press.system import atomic
from moip_press.system.files import RELEASES, is_file

DEEPEST = 3  # folders between a place and a kit in it
MOST_FOLDERS = 4000  # that are looked into
MOST_KITS = 60
MOST_RECENT = 12
PASSED_OVER = frozenset({RELEASES, "output", "node_modules", "templates", "styles", "images"})
LONGEST_NAME = 60  # characters of a folder


class Unbegun(Exception):
    """A kit could not be begun; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Found:
    """A kit: the key that a window knows it by, what it is called, when it is, where it lies."""

    key: str
    title: str
    period: str
    folder: Path
    opened: str = ""
    """When it was opened last, in UTC; empty for those that are only there."""


@dataclass(frozen=True)
class Begun:
    """A new kit: its folder, and what is to be looked at in it."""

    folder: Path
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Kits:
    """The kits below some places, and those that were opened before."""

    places: tuple[Path, ...]
    state: Path

    def recent(self) -> list[Found]:
        """Return the kits that were opened before and are still there, the last one first."""
        opened = sorted(opened_before(self.state).items(), key=lambda each: each[1], reverse=True)
        return [
            _described(Path(path), moment)
            for path, moment in opened
            if is_file(Path(path) / folders.MANIFEST)
        ]

    def others(self) -> list[Found]:
        """Return the other kits below the places, by their folders."""
        known = {Path(path) for path in opened_before(self.state)}
        found = dict.fromkeys(kit for place in self.places for kit in _below(place))
        return [_described(kit) for kit in [*found][:MOST_KITS] if kit not in known]

    def folder(self, key: str) -> Path | None:
        """Return the folder of the kit with a key; None where there is none."""
        every = [*map(Path, opened_before(self.state))]
        every += [kit for place in self.places for kit in _below(place)]
        return next((kit for kit in every if key_of(kit) == key), None)

    def begin(
        self,
        place: int,
        like: str,
        title: str,
        language: str,
        first: datetime.date,
        last: datetime.date,
    ) -> Begun:
        """Make a new kit in a place. Raises ``Unbegun``, ``CannotWrite``."""
        if not title or not slugify(title):
            raise Unbegun(Message(N_("Give it a title.")))
        if last < first:
            raise Unbegun(Message(N_("The last day comes before the first.")))
        name = slugify(title)[:LONGEST_NAME].strip("-")
        year = str(first.year)
        target = self.places[place] / (name if year in name else f"{name}-{year}")
        _free(target)
        starter.begin(target, language, first.year, like, title=title, period=(first, last))
        return Begun(target)

    def follow(self, old: Path, year: int) -> Begun:
        """Make the edition of a year beside another. Raises ``Unbegun``, ``CannotWrite``."""
        before = next_edition.year_of(old.name)
        name = old.name.replace(str(before), str(year)) if before else f"{old.name}-{year}"
        target = old.parent / name
        _free(target)
        read = read_kit(old)
        if read.kit is None or not read.report.ok:
            sentence = N_("Nothing was begun: correct the faults of the last edition first.")
            raise Unbegun(Message(sentence))
        begun = next_edition.begin(read.kit, read.sources.values(), name)
        atomic.write_folder(target, begun.files)
        return Begun(target, begun.notes)


def _free(target: Path) -> None:
    """Refuse a folder that is taken. Raises ``Unbegun``."""
    if not atomic.is_free(target):
        sentence = N_("There is a folder “{folder}” already: choose another title or year.")
        raise Unbegun(Message.of(sentence, folder=target.name))


def key_of(kit: Path) -> str:
    """Return what a window knows a kit by."""
    return hashlib.sha256(os.fsencode(kit)).hexdigest()[:16]


def opened_before(state: Path) -> dict[str, str]:
    """Return the paths of kits that were opened, and when."""
    try:
        noted = json.loads(_recent_file(state).read_text(encoding="utf-8"))
        return {str(path): str(moment) for path, moment in noted.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def note_opened(state: Path, kit: Path, now: datetime.datetime) -> None:
    """Remember that a kit was opened; a disk that is full forgets it."""
    moment = now.isoformat(timespec="seconds")
    opened = {**opened_before(state), os.fspath(kit.resolve()): moment}
    newest = sorted(opened.items(), key=lambda each: each[1], reverse=True)[:MOST_RECENT]
    text = json.dumps(dict(newest), ensure_ascii=False, indent=1)
    try:
        _recent_file(state).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic.write(_recent_file(state), text.encode("utf-8", "surrogatepass"))
    except (OSError, atomic.CannotWrite):
        return


def _recent_file(state: Path) -> Path:
    return state / "studio" / "recent.json"


def _below(place: Path) -> Iterator[Path]:
    """Yield the kits in a folder and in those below it, without what links lead to."""
    for seen, (path, names, files) in enumerate(os.walk(place)):
        folder = Path(path)
        depth = len(folder.relative_to(place).parts)
        if folders.MANIFEST in files and is_file(folder / folders.MANIFEST):
            names.clear()
            yield folder
        wanted = [name for name in names if name[0] not in "._~" and name not in PASSED_OVER]
        names[:] = sorted(wanted) if depth < DEEPEST else []
        if seen > MOST_FOLDERS:
            return


def _described(kit: Path, opened: str = "") -> Found:
    title, period = "", ""
    try:
        title = name_of(read_file_of(kit, folders.MANIFEST).plain())
        language, days = read_period(kit)
        period = "" if days == ANY_PERIOD else period_in_words(days.start, days.end, language)
    except (OSError, NoSuchFile):
        pass  # it is shown by its folder
    return Found(key_of(kit), title or kit.name, period, kit, opened)
