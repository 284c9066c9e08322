"""Releasing: the PDFs are made anew and kept with the kit that they were made from.

All of it is made in a folder of its own, from a copy of the kit there, and gets its name in one
step when it is whole. Only then is the version written into ``kit.yaml``: a release that is stopped
at any moment leaves the kit as it was, or a version that is whole and that a second call finds.
"""

from __future__ import annotations

import codecs
import datetime
import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from moip_press.editions import releases
from moip_press.editions.releases import FOLDER, KIT, RECORD, Release
from moip_press.kit import issue, source
from moip_press.kit.folders import MANIFEST
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.source import Source
from moip_press.press import journey
from moip_press.press.layout import Progress
from moip_press.press.outcome import Build, Order, Request
from moip_press.proofread import fixing
from moip_press.proofread.correction import Changed
from moip_press.proofread.review import gaps_of
from moip_press.report.diagnostics import Diagnostic, Edit, Gap, Message, Report, Span
from moip_press.report.messages import N_
from moip_press.system import atomic
from moip_press.system.cache import Cache
from moip_press.system.files import inside, read_file

MOST_TRIES = 5  # a version is written into kit.yaml as it is then, which may change each time


AT_ONCE = 0.5  # seconds: another release takes longer than anybody wants to wait
NOT_RELEASED = N_("Nothing was released: correct this first.")
BLANKS = N_("Nothing was released: a kit that is final has no blanks.")
UNNUMBERED = N_("kit.yaml could not be given this version: write it in.")


@dataclass(frozen=True)
class Released:
    """How a release ended: what is kept, and how its PDFs were built, unless it was there already.

    ``refused`` says why nothing is kept, or that ``kit.yaml`` does not say the version that is;
    ``blanks`` are what is missing in a kit that is final.
    """

    release: Release | None = None
    build: Build | None = None
    refused: tuple[Message, ...] = ()
    blanks: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Numbered:
    """The version that is to be released, and ``kit.yaml`` as it is then and was ``before``."""

    version: str | None
    manifest: bytes
    before: bytes


def numbered(kit: Kit, version: str | None) -> Numbered | None:
    """Return how ``kit.yaml`` is with a version, if one is given; ``None`` where it has no place.

    Nothing is written. Raises ``OSError``.
    """
    path = kit.folder / MANIFEST
    before = read_file(path)
    if version is None:
        return Numbered(kit.edition.version and str(kit.edition.version), before, before)
    if not path.resolve().is_relative_to(kit.folder.resolve()):
        return None
    manifest = _versioned(before, version)
    return None if manifest is None else Numbered(version, manifest, before)


def refusal(kit: Kit, wanted: Numbered) -> tuple[Message, Message] | None:
    """Return why the kit cannot be released under a version, and what to do; else ``None``.

    Raises ``OSError`` where its files cannot be read.
    """
    version = wanted.version
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
    if there is None or _same(kit.folder, there, wanted.manifest):
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


def _same(kit: Path, release: Release, manifest: bytes) -> bool:
    """Return whether a kit with this ``kit.yaml`` is what was released. Raises ``OSError``."""
    sums = releases.sums(releases.kit_files(kit))
    return sums | {MANIFEST: hashlib.sha256(manifest).hexdigest()} == release.kit_files


def following(version: str) -> str:
    """Return the version after one: its last number is one higher; words get “2”."""
    before, digits, after = re.fullmatch(r"(.*?)([0-9]*)(\D*)", version).groups()  # type: ignore[union-attr]
    return f"{before}{int(digits) + 1}{after}" if digits else f"{version} 2"


def _versioned(manifest: bytes, version: str) -> bytes | None:
    """Return ``kit.yaml`` with a version; ``None`` where it cannot be given one."""
    read = source.parse_yaml(manifest, MANIFEST)
    edit = _edit(read, version)
    if edit is None:
        return None
    mark = codecs.BOM_UTF8 if manifest.startswith(codecs.BOM_UTF8) else b""
    return mark + fixing.apply([edit], read).encode()


def number(kit: Kit, made: Numbered) -> bool:
    """Write a version that was released into ``kit.yaml`` as it is by now.

    Returns whether it could be: not where somebody has written another version meanwhile. Raises
    ``atomic.CannotWrite``, ``OSError``.
    """
    path = (kit.folder / MANIFEST).resolve()
    for _ in range(MOST_TRIES):
        now = read_file(path)
        if made.manifest == made.before or _version(now) == made.version:
            return True
        new = _versioned(now, made.version or "")
        if new is None or _version(now) != _version(made.before):
            return False

        def ready(now: bytes = now) -> None:
            if read_file(path) != now:
                raise Changed(MANIFEST)

        with suppress(Changed):
            atomic.write_together({path: new}, ready)
            return True
    return False


def _version(manifest: bytes) -> str | None:
    plain = source.parse_yaml(manifest, MANIFEST).plain()
    version = plain.get("version") if isinstance(plain, dict) else None
    return None if version is None else str(version)


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
    version: str | None,
    progress: Progress,
    *,
    with_blanks: bool,
    today: datetime.date,
    cache: Cache,
    moment: datetime.datetime | None,
) -> Released:
    """Make and keep a version of a kit without faults, unless it is kept already.

    Raises ``OSError`` where the kit cannot be read, ``atomic.CannotWrite``, ``Changed`` where
    ``kit.yaml`` says another version by now.
    """
    wanted = numbered(kit, version)
    if wanted is None:
        return Released(refused=(Message(UNNUMBERED),))
    if why := refusal(kit, wanted):
        return Released(refused=why)
    checked = kit.edition.status == "final" and not with_blanks
    if blanks := gaps_of(kit.printed()) if checked else ():
        return Released(refused=(Message(BLANKS),), blanks=blanks)
    if there := releases.of_version(kit.folder, str(wanted.version)):
        return Released(there, refused=_unsaid(number(kit, wanted)))
    return _made(kit, wanted, progress, today, cache, moment)


def _unsaid(numbered: bool) -> tuple[Message, ...]:  # noqa: FBT001
    return () if numbered else (Message(UNNUMBERED),)


def _made(
    kit: Kit,
    wanted: Numbered,
    progress: Progress,
    today: datetime.date,
    cache: Cache,
    moment: datetime.datetime | None,
) -> Released:
    home = kit.folder / FOLDER / issue.version_mark(str(wanted.version))
    try:
        with atomic.temporary_folder(home) as temporary:
            copy = temporary / "copy" / kit.folder.resolve().name
            _copy(kit.folder, copy, wanted.manifest)
            order = Order(handouts=Request(), moment=moment)
            built = journey.build(
                copy, temporary / "made", progress, today=today, cache=cache, order=order
            )
            told = _called(built, copy, kit.folder)
            if not (built.ok and built.dossier):
                return Released(None, told, (told.failure or Message(NOT_RELEASED),))
            made = _whole(built, copy, temporary / "whole", today, wanted)
            with atomic.unbroken():
                made.folder.rename(home)
                written = number(kit, wanted)
            return Released(replace(made, folder=home), told, _unsaid(written))
    except OSError as error:
        raise atomic.CannotWrite(home, error) from None
    finally:
        with suppress(OSError):
            home.parent.rmdir()  # only where nothing was ever released


def _copy(kit: Path, copy: Path, manifest: bytes) -> None:
    """Copy the files of a kit, with another ``kit.yaml``. Raises ``OSError``."""
    for own, path in releases.kit_files(kit).items():
        (copy / own).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy / own)
    (copy / MANIFEST).write_bytes(manifest)


def _whole(
    built: Build, copy: Path, whole: Path, today: datetime.date, wanted: Numbered
) -> Release:
    """Put PDFs, kit and record in their places in the folder ``whole``. Raises ``OSError``."""
    read = read_kit(copy)
    if read.kit is None or str(read.kit.edition.version) != wanted.version:
        raise Changed(MANIFEST)
    edition = read.kit.edition
    for made, target in _names(built, copy.name, issue.file_mark(edition)).items():
        (whole / target).parent.mkdir(parents=True, exist_ok=True)
        made.rename(whole / target)
    copy.rename(whole / KIT)
    said = {key: value for key, value in issue.facts(edition).items() if key != "version"}
    found = Release(whole, str(edition.version), today, said, releases.sums(_below(whole)))
    (whole / RECORD).write_bytes(found.document())
    for path in _below(whole).values():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    return found


def _called(built: Build, copy: Path, kit: Path) -> Build:
    """Return a build of a copy with the names that its files have in the kit."""

    def name(file: str) -> str:
        path = Path(file)
        return (kit / path.relative_to(copy)).as_posix() if path.is_relative_to(copy) else file

    def place(span: Span) -> Span:
        return replace(span, file=name(span.file))

    def found(each: Diagnostic) -> Diagnostic:
        related = tuple(replace(other, span=place(other.span)) for other in each.related)
        fix = each.fix and tuple(replace(edit, span=place(edit.span)) for edit in each.fix)
        return replace(each, span=place(each.span), related=related, fix=fix)

    report = Report.of(map(found, built.report.diagnostics))
    sources = {name(file): source for file, source in built.sources.items()}
    return replace(built, report=report, sources=sources)


def _below(folder: Path) -> dict[str, Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _names(built: Build, kit: str, mark: str) -> Mapping[Path, str]:
    """Return what each PDF that was made is to be called."""
    names = {each.path: f"handouts/{kit}-{each.path.stem}{mark}.pdf" for each in built.handouts}
    return names | ({built.dossier.path: f"{kit}{mark}.pdf"} if built.dossier else {})
