"""Releasing: the PDFs are made anew and kept with the kit that they were made from.

All of it is made in a folder of its own, which gets its name in one step when it is whole.
"""

from __future__ import annotations

import codecs
import datetime
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from moip_press import issue, press, publish, releases, source
from moip_press.cache import Cache
from moip_press.diagnostics import Edit, Message, Span
from moip_press.handouts.request import Request
from moip_press.kit import MANIFEST, inside
from moip_press.layout import Progress
from moip_press.messages import N_
from moip_press.model.kit import Kit
from moip_press.outcome import Build, Order
from moip_press.proofread import fixing
from moip_press.releases import FOLDER, KIT, RECORD, Release
from moip_press.source import Source

STALE = 3600.0  # seconds: what a killed release left behind is older


@dataclass(frozen=True)
class Released:
    """How a release ended: what was kept, or ``None`` where the build has faults."""

    release: Release | None
    build: Build


def refusal(kit: Kit) -> tuple[Message, Message] | None:
    """Return why the kit cannot be released as it says it is, and what to do; else ``None``.

    Raises ``OSError`` where its files cannot be read.
    """
    version = kit.edition.version
    if version is None:
        return (
            Message(N_("The kit does not say which version it is.")),
            Message(
                N_("Write “version: 1” in kit.yaml, or call “moip-press release --version 1”.")
            ),
        )
    if inside(kit.folder, FOLDER) is None:
        return (
            Message.of(N_("“{folder}” leads out of the kit."), folder=FOLDER),
            Message(N_("Put a folder of the kit's own in its place.")),
        )
    there = releases.of_version(kit.folder, version)
    if there is None or same(kit.folder, there):
        return None
    return (
        Message.of(
            N_("Version {version} was released already, and the kit has changed since."),
            version=there.version,
        ),
        Message.of(
            N_(
                "Write “version: {next}” in kit.yaml, "
                "or call “moip-press release --version {next}”."
            ),
            next=following(version),
        ),
    )


def same(kit: Path, release: Release) -> bool:
    """Tell whether the files of a kit are those that were released. Raises ``OSError``."""
    return releases.sums(releases.kit_files(kit)) == release.kit_files


def following(version: str) -> str:
    """Return the version after one: its last number is one higher; words get “2”."""
    before, digits, after = re.fullmatch(r"(.*?)([0-9]*)(\D*)", version).groups()  # type: ignore[union-attr]
    return f"{before}{int(digits) + 1}{after}" if digits else f"{version} 2"


@dataclass
class Numbered:
    """A version that was written into ``kit.yaml``: taken out again unless it is to ``stay``."""

    written: bool
    stay: bool = False


@contextmanager
def numbered(folder: Path, version: str | None) -> Iterator[Numbered]:
    """Give ``kit.yaml`` a version, if one is given, while a release is made.

    Raises ``OSError`` and ``publish.CannotWrite``.
    """
    if version is None:
        yield Numbered(written=True)
        return
    path = (folder / MANIFEST).resolve()
    before = path.read_bytes()
    read = source.read(path, MANIFEST)
    edit = _edit(read, version) if path.is_relative_to(folder.resolve()) else None
    if edit is None:
        yield Numbered(written=False)
        return
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    publish.write(path, mark + fixing.apply([edit], read).encode())
    state = Numbered(written=True)
    try:
        yield state
    finally:
        if not state.stay:
            publish.write(path, before)


def _edit(kit: Source, version: str) -> Edit | None:
    """Return the edit that gives ``kit.yaml`` a version; ``None`` where it cannot be made."""
    plain = kit.plain()
    if not re.fullmatch(r"\w(?:[\w. -]*\w)?", version) or not isinstance(plain, dict):
        return None
    if "version" in plain:
        return Edit(kit.span(("version",)), version)
    if "period" not in plain or kit.span(("period",), key=True).start.column != 1:
        return None
    place = kit.span(("period",), key=True)
    return Edit(Span(place.file, place.start, place.start), f"version: {version}\n")


def release(
    kit: Kit,
    progress: Progress,
    *,
    today: datetime.date,
    cache: Cache,
    moment: datetime.datetime | None,
) -> Released:
    """Make and keep the version of a kit that has no ``refusal``.

    Raises ``OSError`` where the kit cannot be read, ``publish.CannotWrite``.
    """
    home = kit.folder / FOLDER
    temporary = _made(home)
    try:
        order = Order(handouts=Request(), moment=moment)
        built = press.build(
            kit.folder, temporary / "made", progress, today=today, cache=cache, order=order
        )
        kept = _kept(kit, built, temporary, today) if built.ok and built.dossier else None
        return Released(kept, built)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        with suppress(OSError):
            home.rmdir()  # only where nothing was ever released


def _made(home: Path) -> Path:
    """Return a new folder in ``home``; what killed releases left there is removed."""
    try:
        home.mkdir(exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".", suffix=".tmp", dir=home))
        for left in home.glob(".*.tmp"):
            if made.stat().st_mtime - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise publish.CannotWrite(home, error) from None
    return made


def _kept(kit: Kit, built: Build, temporary: Path, today: datetime.date) -> Release:
    """Put PDFs, kit and record in their places below ``temporary``, and that in its own.

    Raises ``publish.CannotWrite``.
    """
    edition = kit.edition
    whole = temporary / "whole"
    mark = issue.file_mark(edition)
    name = kit.folder.resolve().name
    home = kit.folder / FOLDER / issue.version_mark(str(edition.version))
    try:
        for made, target in _names(built, name, mark).items():
            (whole / target).parent.mkdir(parents=True, exist_ok=True)
            made.rename(whole / target)
        for own, path in releases.kit_files(kit.folder).items():
            (whole / KIT / own).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, whole / KIT / own)
        said = {key: value for key, value in issue.facts(edition).items() if key != "version"}
        found = Release(home, str(edition.version), today, said, releases.sums(_below(whole)))
        (whole / RECORD).write_bytes(found.document())
        whole.rename(home)
    except OSError as error:
        raise publish.CannotWrite(home, error) from None
    return found


def _below(folder: Path) -> dict[str, Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _names(built: Build, kit: str, mark: str) -> Mapping[Path, str]:
    """Return what each PDF that was made is to be called."""
    names = {each.path: f"handouts/{kit}-{each.path.stem}{mark}.pdf" for each in built.handouts}
    return names | ({built.dossier.path: f"{kit}{mark}.pdf"} if built.dossier else {})
