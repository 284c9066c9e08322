"""Two versions of a kit for tests: copies with edits, and documents made of few words."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from moip_press.editions import attached_data
from moip_press.editions.comparison.changes import Change, Changes
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.document import Document
from moip_press.kit.computed_figures import filled
from moip_press.kit.model.fields import slug
from moip_press.kit.model.kit_files import read_kit

ROOT = Path(__file__).parents[2]
KIT_2021 = ROOT / "data" / "2021"
EXAMPLES = sorted((ROOT / "data" / "examples").iterdir())
HARBOUR, HEARD = (Path(__file__).parents[1] / "kits" / name for name in ("harbour", "heard"))
Edit = tuple[str, str, str]
"""A file of the kit, words in it, and the words that stand there instead."""


def edited(kit: Path, target: Path, edits: Sequence[Edit]) -> Path:
    """Return a copy of a kit with edits, each made in one place that must be there."""
    shutil.copytree(kit, target)
    for name, old, new in edits:
        path = target / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


def described(folder: Path) -> Document:
    """Return a kit as the data that its dossier would carry."""
    read = read_kit(folder)
    assert read.kit is not None
    assert read.report.ok, read.report
    kit = filled(read.kit.printed())
    parts = [placed.part for placed in kit.parts()]
    return Document.from_json(attached_data.data(kit, parts, {}), folder.name)


def on(day: int, *times: tuple[str, str]) -> dict[str, Any]:
    """Return a day of November 2021 as data writes it."""
    found: dict[str, Any] = {
        "kind": "day",
        "days": [datetime.date(2021, 11, day).isoformat()],
    }
    if times:
        found["times"] = [{"start": start, "end": end} for start, end in times]
    return found


def event(title: str, day: int = 16, holder: str = "DINUM", text: str = "", **more: Any) -> Any:
    """Return an event as data writes it; its id is made from its title unless one is given."""
    found = {
        "id": slug(title),
        "title": title,
        "organisers": [holder],
        "when": on(day),
        "status": "confirmed",
        "text": text,
    }
    return {name: value for name, value in (found | more).items() if value}


def section(title: str, *events: Any, **more: Any) -> Any:
    """Return a section of the programme."""
    found = {"type": "programme", "id": slug(title), "title": title, "events": list(events)}
    return found | more


def document(*parts: Any, **kit: Any) -> Document:
    """Return a version of a kit; events alone stand in one section."""
    if parts and all("type" not in part for part in parts):
        parts = (section("Programme", *parts),)
    facts = {"title": "Mois", "language": "fr", "publisher": {"name": "DITP"}} | kit
    found = {"format": attached_data.FORMAT, "version": 1, "kit": facts, "parts": list(parts)}
    return Document.of(found)


def changes(old: Document, new: Document) -> Changes:
    """Return the changes, after making sure that neither side changes against itself."""
    for each in (old, new):
        assert not compare(each, each).changes
    return compare(old, new)


def told(found: Changes) -> list[tuple[str, str]]:
    """Return the kind and the title of each change."""
    return [(change.kind, change.title) for change in found.changes]


def only(found: Changes) -> Change:
    """Return the one change that there is."""
    assert len(found.changes) == 1, told(found)
    return found.changes[0]
