"""A release as the studio does it: what stands in its way, and the release itself.

In a job's own process.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from moip_press.kit.source import Loc
from moip_press.press import releasing, validation
from moip_press.proofread.review import gaps_of, review
from moip_press.report.diagnostics import Message, Span
from moip_press.report.messages import Catalogue
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system import locks
from moip_press.system.cache import Cache


@dataclass(frozen=True)
class Blank:
    """Something that is still to come, and where."""

    title: str
    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Item:
    """Something to be validated: its place, and who has agreed on which day."""

    title: str
    whole: bool
    file: str
    at: Loc
    by: str = ""
    on: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the kit, and what in it is to be validated."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Ready:
    """What a release would keep, and what stands in its way.

    ``version`` is the one that it would have, ``refusal`` why it cannot be kept under that.
    """

    version: str = ""
    following: str = ""
    refusal: str = ""
    draft: bool = False
    faults: tuple[Fault, ...] = ()
    blanks: tuple[Blank, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def left(self) -> int:
        """How many items nobody has validated."""
        return sum(not item.by for section in self.sections for item in section.items)

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(len(section.items) for section in self.sections)


@dataclass(frozen=True)
class Released:
    """How a release ended: its version, or why there is none."""

    version: str = ""
    failure: str = ""
    faults: tuple[Fault, ...] = ()


def look(
    _progress: Progress, kit: Path, cache: Path | None, today: datetime.date, language: str
) -> Ready:
    """Return what a release would keep. Raises ``OSError``."""
    catalogue = Catalogue(language)
    read = review(kit, today, Cache(cache))
    faults = faults_of(read.faults, catalogue, kit)
    if read.kit is None:
        return Ready(faults=faults)
    found = read.kit
    wanted = releasing.numbered(found, None)
    why = releasing.refusal(found, wanted) if wanted and wanted.version else None
    version = str(found.edition.version or "")
    return Ready(
        version,
        releasing.following(version) if version else "1",
        catalogue.say(why[0]) if why else "",
        found.edition.status == "draft",
        faults,
        tuple(_blank(each.title, each.span, kit) for each in gaps_of(found.printed())),
        tuple(_section(each, kit) for each in validation.sections(found)),
    )


def _blank(title: str | Message, span: Span, kit: Path) -> Blank:
    return Blank(str(title), _relative(span.file, kit), span.start.line, span.start.column)


def _section(section: validation.Section, kit: Path) -> Section:
    return Section(section.title, tuple(_item(each, section, kit) for each in section.items))


def _item(item: validation.Item, section: validation.Section, kit: Path) -> Item:
    file = _relative(item.placed.source.name, kit)
    whole = item.whole and not section.alone
    found = Item(item.title, whole, file, item.placed.loc)
    agreed = item.validated
    return replace(found, by=str(agreed.by), on=agreed.on.isoformat()) if agreed else found


def _relative(name: str, kit: Path) -> str:
    path = Path(name)
    return path.relative_to(kit).as_posix() if path.is_relative_to(kit) else path.name


def checklist(_progress: Progress, kit: Path, cache: Path | None, today: datetime.date) -> bytes:
    """Return the page to sign as a PDF; empty where the kit has faults."""
    read = review(kit, today, Cache(cache))
    if read.kit is None or not read.faults.ok:
        return b""
    try:
        return validation.page(read.kit)[0]
    except validation.Unmade:
        return b""


def release(
    progress: Progress,
    kit: Path,
    cache: Path | None,
    today: datetime.date,
    version: str,
    blanks: bool,  # noqa: FBT001
    language: str,
) -> Released:
    """Keep the kit and its PDFs as a version. Raises ``CannotWrite``, ``Changed``, ``OSError``."""
    catalogue = Catalogue(language)
    with locks.kit_lock(kit, "release", releasing.AT_ONCE):
        read = review(kit, today, Cache(cache))
        if read.kit is None or not read.faults.ok:
            faults = faults_of(read.faults, catalogue, kit)
            return Released("", catalogue.gettext(releasing.NOT_RELEASED), faults)
        made = releasing.release(
            *(read.kit, version, progress),
            with_blanks=blanks,
            today=today,
            cache=Cache(cache),
            moment=None,
        )
    why = catalogue.say(made.refused[0]) if made.refused else ""
    if made.release:
        return Released(made.release.version, why)
    return Released("", why, faults_of(made.build.report, catalogue, kit) if made.build else ())
