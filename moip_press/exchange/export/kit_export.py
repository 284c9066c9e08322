"""An export from the folder of a kit to a file: read, chosen, written."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moip_press import __version__
from moip_press.exchange.export.exported import CannotExport, Exported
from moip_press.kit import selection
from moip_press.kit.conditions import OPTION, Selection, slug_of
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.selection import Entry
from moip_press.kit.source import Source
from moip_press.press import publish
from moip_press.proofread.check.references import unique_ids
from moip_press.report.diagnostics import Message, Report
from moip_press.system import atomic

NAME = "programme"
WRITERS = {
    "xlsx": ("kit_workbook", "kit_workbook"),
    "csv": ("plain_data", "csv_table"),
    "json": ("plain_data", "json_programme"),
    "ics": ("ics_calendar", "ics_calendar"),
    "jsonld": ("schema_org", "schema_org"),
}
"""The formats, with the module and the function that write each."""
WORKING = ("xlsx", "csv")
"""The formats that go to contributors and come back: they hold drafts too."""
CALENDARS = ("ics", "jsonld")
"""The formats that have no room for an event whose date is to be confirmed."""
NOTHING = Selection()


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a format, and which events.

    ``moment`` stands for now, where one was given.
    """

    form: str
    select: Selection = NOTHING
    moment: datetime.datetime | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the command line, by the name that they have in diagnostics."""
        return {OPTION: self.select.text}


@dataclass(frozen=True)
class Made:
    """How an export ended: its content, none where there were faults.

    ``name`` is that of its file, ``events`` counts what it holds, ``drafts`` and ``undated`` what
    it leaves out.
    ``misused`` tells that the request is to blame, not the kit; ``failure`` says why a kit
    without faults is in no file. ``path`` is where it was written, if it was.
    """

    report: Report
    sources: Mapping[str, Source]
    language: str
    content: bytes | None = None
    name: str = ""
    events: int = 0
    drafts: int = 0
    undated: int = 0
    misused: bool = False
    failure: Message | None = None
    path: Path | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def export_kit(folder: Path, wanted: Wanted) -> Made:
    """Return an export of the kit in ``folder``. Raises ``OSError`` where it cannot be read."""
    read = read_kit(folder)
    report = read.report + Report.of(unique_ids(read.kit) if read.kit else ())
    begun = Made(report, read.sources, read.language)
    if read.kit is None or not report.ok:
        return begun
    kit = read.kit.arranged()
    conditions = selection.meant(kit, wanted.select.conditions)
    wanted = replace(wanted, select=replace(wanted.select, conditions=conditions))
    faults = (*wanted.select.faults, *selection.faults(kit, conditions))
    if faults:
        return replace(begun, report=report + Report.of(faults), misused=True)
    chosen = selection.choose(kit, conditions)
    if conditions and not chosen.entries:
        empty = selection.nothing_left(kit, chosen)
        return replace(begun, report=report + Report.of([empty]))
    idle = selection.without_events(kit, conditions)
    begun = replace(begun, report=report + Report.of(idle))
    exported = Exported(kit, chosen.entries, not conditions, wanted.moment)
    return _written(begun, exported, wanted)


def _written(begun: Made, exported: Exported, wanted: Wanted) -> Made:
    try:
        content = writer(wanted.form)(exported)
    except CannotExport as error:
        return replace(begun, failure=error.message)
    seen = exported.entries if wanted.form in WORKING else exported.public
    held = exported.dated if wanted.form in CALENDARS else seen
    conditions = wanted.select.conditions
    chosen = f"-{slug_of(conditions)}" if conditions else ""
    xlsxwriter = {"xlsxwriter": version("xlsxwriter")} if wanted.form == "xlsx" else {}
    facts: dict[str, Any] = {
        "kind": "export",
        "format": wanted.form,
        "events": len(held),
        "tools": {"moip-press": __version__} | xlsxwriter,
    }
    options: dict[str, Any] = {"select": list(wanted.select.written)} if wanted.select else {}
    if wanted.moment:
        options["source_date"] = wanted.moment.isoformat()
    return replace(
        begun,
        content=content,
        name=f"{NAME}{chosen}.{wanted.form}",
        events=len(held),
        drafts=len(exported.entries) - len(seen),
        undated=_undated(seen) if wanted.form in CALENDARS else 0,
        facts=facts | ({"options": options} if options else {}),
    )


def _undated(entries: Sequence[Entry]) -> int:
    """Return how many events and sessions have a date that is to be confirmed."""
    return sum(not each.when.known for entry in entries for each in entry.event.apart())


def writer(form: str) -> Callable[[Exported], bytes]:
    """Return what writes a format; its library is imported now."""
    module, function = WRITERS[form]
    found = import_module(f"moip_press.exchange.export.{module}")
    write: Callable[[Exported], bytes] = getattr(found, function)
    return write


def publish_in(folder: Path, made: Made, kit: Path) -> Made:
    """Write an export into the output folder, and its entry into the manifest.

    A file that somebody has changed since is not written over: it may hold what contributors
    filled in.
    """
    if made.content is None:
        return made
    path = folder / made.name
    try:
        output = publish.Output(made.name, made.content, made.facts)
        files = map(Path, made.sources)
        inputs = {
            path.relative_to(kit).as_posix(): publish.sha256(path.read_bytes()) for path in files
        }
        publish.publish(folder, publish.Publication((output,), inputs), precious=True)
    except atomic.CannotWrite as error:
        return replace(made, failure=error.message)
    return replace(made, path=path)


def write_to(path: Path, made: Made) -> Made:
    """Write an export to a file of any name."""
    if made.content is None:
        return made
    try:
        atomic.write(path, made.content)
    except atomic.CannotWrite as error:
        return replace(made, failure=error.message)
    return replace(made, path=path)
