"""Files of other programs imported into a kit: read, compared, and written as it is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from moip_press.exchange.changes import provenance, ticked_list
from moip_press.exchange.changes.apply_decisions import Written, apply_decisions
from moip_press.exchange.changes.field_values import valid
from moip_press.exchange.changes.proposal import Decision, Proposal
from moip_press.exchange.changes.provenance import OWN, TABLE, Provenance
from moip_press.exchange.changes.three_way_merge import propose
from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.source import Source
from moip_press.proofread import correction
from moip_press.report.diagnostics import Report
from moip_press.system.files import read_file
from moip_press.system.limits import DECISIONS


@dataclass(frozen=True)
class Intake:
    """What an import would do.

    ``kit`` is None where it cannot be read as a whole: then there is no proposal. A ``refused``
    file is not what it claims to be.
    """

    folder: Path
    language: str
    kit: Kit | None
    report: Report
    sources: Mapping[str, Source]
    proposal: Proposal = field(default_factory=lambda: Proposal(()))
    known: Provenance = field(default_factory=Provenance)
    refused: bool = False

    @property
    def readable(self) -> bool:
        """Whether anything may be written, even if rows that cannot be read are left out."""
        return self.kit is not None and not self.refused

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections of the programme."""
        return tuple(part.id for part in self.kit.sections()) if self.kit else ()


def compare_files(
    folder: Path, files: Sequence[Path], section: str | None, day: date | None = None
) -> Intake:
    """Return what the files would change in a kit.

    ``section`` is where new events go that name none, ``day`` that of rows that have hours only.
    Raises ``OSError``.
    """
    read = read_kit(folder)
    if read.kit is None or not read.kit.whole or not read.report.ok:
        return Intake(folder, read.language, None, read.report, read.sources)
    kit = read.kit
    try:
        known = provenance.read_provenance(folder)
    except provenance.Damaged as damage:
        return Intake(folder, read.language, None, Report((damage.diagnostic,)), read.sources)
    batches = [_known_by(read_batch(path, kit, day=day), path, kit) for path in files]
    proposal = valid(propose(kit, batches, known, section), kit)
    refused = any(batch.refused for batch in batches)
    return Intake(
        folder, read.language, kit, proposal.report, read.sources, proposal, known, refused
    )


def _known_by(batch: Batch, path: Path, kit: Kit) -> Batch:
    """Return a batch with the source by which it is known from now on.

    A table whose headings are ours, and none of whose keys is of this kit, is somebody else's.
    """
    keys = {record.uid for record in batch.records} - {None}
    if not batch.source.startswith(OWN) or not keys:
        return batch
    ours = any(row.uid in keys for row in rows_of(kit))
    return batch if ours else replace(batch, source=f"{TABLE}{path.stem}")


def new_files(intake: Intake, ticks: Path | None) -> tuple[Written, Report]:
    """Return the files to write, and what is wrong with the list of ticked changes.

    Without a list, what is done is what every change proposes. Raises ``OSError``.
    """
    assert intake.kit is not None  # noqa: S101 -- without a kit there is nothing to decide
    decisions: Mapping[str, Decision] = intake.proposal.usual()
    report = Report()
    if ticks is not None:
        found = ticked_list.read_ticks(read_file(ticks, DECISIONS.bytes + 1), ticks.as_posix())
        decisions, stale = ticked_list.decide(found, intake.proposal)
        report = found.report + Report(stale)
    return apply_decisions(intake.kit, intake.proposal, decisions, intake.known), report


def write_files(intake: Intake, made: Written) -> None:
    """Put all new files into the kit, or none.

    Raises ``atomic.CannotWrite``, ``correction.Changed``, ``OSError``.
    """
    texts = dict(made.texts)
    if made.imports is not None:  # the last: what is remembered must be in the kit already
        texts[(intake.folder / provenance.NAME).as_posix()] = made.imports

    def same(name: str) -> bool:
        if Path(name).name != provenance.NAME:
            return not Path(name).exists()
        try:
            return provenance.read_provenance(intake.folder) == intake.known
        except provenance.Damaged:
            return False

    if texts:
        correction.write(texts, intake.folder, intake.sources, same)
