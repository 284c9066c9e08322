"""What a word on the command line names: a kit, a PDF, a released version, a git revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from moip_press.editions import attached_data
from moip_press.editions.comparison.document import Document, NoData
from moip_press.kit import folders
from moip_press.kit.computed_figures import filled
from moip_press.kit.issue import version_mark
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.source import Source
from moip_press.proofread.check.references import known_contacts, known_references, unique_ids
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.report.messages import N_
from moip_press.system.files import RELEASES, is_file
from moip_press.system.limits import DATA
from moip_press.system.scratch import Scratch

RULES = (unique_ids, known_references, known_contacts)

NO_REPORT = Report()


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    ``document`` is ``None`` where its ``report`` holds errors, or where ``failure`` says why it
    cannot be had; then ``misused`` tells that nothing has this name.
    """

    name: str = ""
    language: str | None = None
    document: Document | None = None
    report: Report = NO_REPORT
    sources: Mapping[str, Source] = field(default_factory=dict)
    failure: Message | None = None
    misused: bool = False


def kit_of_version(named: str, here: Path) -> str:
    """Return the kit of which a word names a version, as of ``2021@v2``; empty for none."""
    if is_file(here / named) or _kit(named, here):
        return ""
    folder, _ = _versioned(named, here)
    return folder.as_posix() if folder else ""


def side(named: str, here: Path) -> Side:
    """Return the version that ``named`` names, seen from the folder ``here``.

    A path is taken for what it is; else what stands behind the last ``@`` is a released version
    or a git revision of the kit before it. Raises ``OSError``.
    """
    path = here / named if named else here
    if is_file(path) and path.name != folders.MANIFEST:
        return _file(path, named)
    folder = _kit(named, here)
    if folder is not None:
        return of_kit(folder, named or folder.as_posix())
    folder, after = _versioned(named, here)
    if folder is None:
        message = N_("There is no kit, no PDF and no version named “{name}”.")
        return Side(named, failure=Message.of(message, name=named), misused=True)
    release = folder / RELEASES / version_mark(after)
    if release.is_dir() and not release.is_symlink():
        return _release(release, named)
    return _revision(folder, after, named)


def _versioned(named: str, here: Path) -> tuple[Path | None, str]:
    """Return the kit before the last ``@``, None where there is none, and what stands behind it."""
    before, sign, after = named.rpartition("@")
    return (_kit(before, here) if sign and after else None), after


def _kit(named: str, here: Path) -> Path | None:
    """Return the folder of a kit: its path, its name below ``data/``, or the one that is here."""
    if not named:
        return folders.find_kit(None, here)
    asked = Path(named)
    places = [asked] if here == Path() else [here / asked]
    if len(asked.parts) == 1 and asked.name == named:
        places.append(here / "data" / asked)
    return next((found for place in places if (found := folders.find_kit(place, here))), None)


def of_kit(folder: Path, named: str, shown: Path | None = None) -> Side:
    """Return the kit in a folder, its files called as if they stood in ``shown``."""
    read = read_kit(folder)
    report = read.report
    if read.kit is not None and report.ok:
        report += Report.of(found for rule in RULES for found in rule(read.kit))
    sources = read.sources
    if shown is not None:
        report = Report.of(_moved(each, folder, shown) for each in report.diagnostics)
        sources = {_seen(name, folder, shown): text for name, text in sources.items()}
    if read.kit is None or not report.ok:
        return Side(named, read.language, report=report, sources=sources)
    printed = filled(read.kit.printed())
    described = attached_data.described(printed, [placed.part for placed in printed.parts()], {})
    return Side(named, read.language, Document.of(described, named), report, sources)


def _file(path: Path, named: str) -> Side:
    """Return what a PDF carries, or the data of one that were taken out of it."""
    from moip_press.pdf.verify import Unreadable, attachment  # noqa: PLC0415 -- kits need none

    with path.open("rb") as file:
        begins = file.read(1024)
    if begins.lstrip()[:1] == b"{":
        held = path.read_bytes() if path.stat().st_size <= DATA.bytes else None
    else:
        try:
            held = attachment(path, attached_data.NAME)
        except Unreadable as error:
            message = N_("“{name}” cannot be compared. {reason}")
            return Side(named, failure=Message.of(message, name=named, reason=error.reason))
    try:
        return Side(named, document=Document.from_json(held, named)) if held else _foreign(named)
    except NoData:
        return _foreign(named)


def _foreign(named: str) -> Side:
    message = N_("“{name}” carries no data of a press kit: it cannot be compared.")
    return Side(named, failure=Message.of(message, name=named))


def _release(folder: Path, named: str) -> Side:
    """Return a version that was released: its dossier's data, else its kit."""
    for path in sorted(folder.glob("*.pdf")):
        if not path.is_symlink():
            found = _file(path, named)
            if found.document and found.document.handout is None:
                return found
    kept = folder / "kit"
    if folders.find_kit(kept, folder) is None:
        message = N_("The version “{name}” holds neither a dossier with its data nor a kit.")
        return Side(named, failure=Message.of(message, name=named))
    return of_kit(kept, named)


def _revision(folder: Path, revision: str, named: str) -> Side:
    # dulwich, which kits and PDFs do not need
    from moip_press.editions.comparison.git_objects import NoRevision  # noqa: PLC0415
    from moip_press.editions.comparison.git_revisions import take_out  # noqa: PLC0415

    with Scratch() as target:
        try:
            take_out(folder, revision, target)
        except NoRevision as error:
            return Side(named, failure=error.message, misused=error.misused)
        if not is_file(target / folders.MANIFEST):
            message = N_("“{folder}” was not there yet at “{revision}”.")
            told = Message.of(message, folder=folder, revision=revision)
            return Side(named, failure=told, misused=True)
        return of_kit(target, named, Path(named))


def _moved(found: Diagnostic, folder: Path, shown: Path) -> Diagnostic:
    related = tuple(replace(each, span=_span(each.span, folder, shown)) for each in found.related)
    return replace(found, span=_span(found.span, folder, shown), related=related, fix=None)


def _span(span: Span, folder: Path, shown: Path) -> Span:
    return replace(span, file=_seen(span.file, folder, shown))


def _seen(name: str, folder: Path, shown: Path) -> str:
    path = Path(name)
    return (shown / path.relative_to(folder)).as_posix() if path.is_relative_to(folder) else name
