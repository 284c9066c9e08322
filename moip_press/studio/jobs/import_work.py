"""An import as the studio does it: what files would change, and the kit's files after that.

It runs in a job's own process; what foreign files hold is read in a child of that, with limits.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from moip_press.exchange import kit_import
from moip_press.exchange.changes import provenance
from moip_press.exchange.changes.apply_decisions import apply_decisions
from moip_press.exchange.changes.proposal import Decision
from moip_press.exchange.changes.tick_page import Told, tick_webpage
from moip_press.exchange.incoming.batch import LeftOut
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import printable
from moip_press.studio.told import NewText
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system.files import is_file


@dataclass(frozen=True)
class Asked:
    """The files to import, and what is said of rows that do not say it themselves."""

    files: tuple[Path, ...]
    section: str = ""
    day: datetime.date | None = None


@dataclass(frozen=True)
class Proposed:
    """What files would change, as HTML: the search and filter, and the changes with their boxes.

    ``sections`` are the ids and titles of the programme's sections. ``left`` are values that go
    nowhere: their names, and how many. Not ``readable`` is what cannot be imported at all.
    """

    readable: bool
    count: int = 0
    sifting: str = ""
    body: str = ""
    faults: tuple[Fault, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    sections: tuple[tuple[str, str], ...] = ()

    @property
    def bad(self) -> bool:
        """Whether some rows cannot be read."""
        return any(fault.severity == "error" for fault in self.faults)


@dataclass(frozen=True)
class Applied:
    """The kit's files after the changes that were decided: ``done`` are made, ``left`` wait.

    ``stale`` are decisions on changes that are no longer proposed: then nothing is to be written.
    """

    texts: tuple[NewText, ...]
    done: int
    left: int
    stale: int
    faults: tuple[Fault, ...]


def propose(_progress: Progress, kit: Path, asked: Asked, language: str) -> Proposed:
    """Return what files would change in a kit. Raises ``OSError``."""
    catalogue = Catalogue(language)
    found = kit_import.compare_files(kit, asked.files, asked.section or None, asked.day)
    faults = faults_of(found.report, catalogue, kit)
    if found.kit is None:
        return Proposed(readable=False, faults=faults)
    titles = {part.id: str(part.title) for part in found.kit.sections()}
    page = tick_webpage(found.proposal, Told("", "", "", kit, titles), catalogue)
    return Proposed(
        found.readable,
        len(found.proposal.changes),
        str(page.sifting(catalogue)),
        str(page.body),
        faults,
        tuple(map(_left, found.proposal.left)),
        tuple(titles.items()),
    )


def _left(left: LeftOut) -> tuple[str, int]:
    return printable(left.name), left.count


def apply(
    _progress: Progress,
    kit: Path,
    asked: Asked,
    ticked: Mapping[str, Sequence[str]],
    language: str,
    skip_bad: bool,  # noqa: FBT001 -- sent to another process
) -> Applied:
    """Return the kit's files with the changes ticked ``yes``; those ticked ``no`` never come again.

    Nothing is written here. Raises ``OSError``.
    """
    memory = kit / provenance.NAME
    known = memory.read_text(encoding="utf-8") if is_file(memory) else None
    found = kit_import.compare_files(kit, asked.files, asked.section or None, asked.day)
    catalogue = Catalogue(language)
    if found.kit is None or not found.readable or not (found.report.ok or skip_bad):
        return Applied((), 0, 0, 0, faults_of(found.report, catalogue, kit))
    decided = dict.fromkeys(ticked.get("no", ()), Decision.NO)
    decided |= dict.fromkeys(ticked.get("yes", ()), Decision.YES)
    proposed = found.proposal.changes
    stale = sum(key not in proposed for key in decided)
    decisions = {key: decided.get(key, Decision.LATER) for key in proposed}
    made = apply_decisions(found.kit, found.proposal, decisions, found.known)
    texts = [
        NewText(Path(name).relative_to(kit).as_posix(), found.sources[name].text, text)
        for name, text in made.texts.items()
    ]
    if made.imports is not None:  # the last: what is remembered must be in the kit already
        texts.append(NewText(provenance.NAME, known, made.imports))
    faults = faults_of(Report.of(made.faults), catalogue, kit)
    return Applied(tuple(texts), len(made.done), len(proposed) - len(made.done), stale, faults)
