"""Kits and files for the tests of imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from moip_press.exchange.incoming.batch import Batch, Incoming
from moip_press.exchange.incoming.file_kinds import read_batch
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.report.messages import Catalogue

ROOT = Path(__file__).parent
FILES = ROOT / "incoming"
DATA = ROOT.parents[1] / "data"
FOLDERS = {
    "2021": DATA / "2021",
    "month": ROOT / "earlier" / "kit",
    **{
        folder.name: folder
        for folder in sorted((ROOT.parent / "kits").iterdir())
        if (folder / "kit.yaml").is_file()
    },
}
"""Kits by name: of November 2021, of November 2026, and those of the tests."""


@cache
def kit(name: str = "2021") -> Kit:
    """Return a kit by its name."""
    found = read_kit(FOLDERS[name]).kit
    assert found is not None
    return found


def imported(
    folder: Path,
    content: str | bytes | object,
    name: str = "file.csv",
    of: str = "2021",
    **more: Any,
) -> Batch:
    """Return what is read of a file of this content."""
    path = folder / name
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_batch(path, kit(of), name=name, **more)


def only(batch: Batch, *left: str) -> Incoming:
    """Return the one record of a file in which nothing is wrong, and only `left` is left out."""
    assert [each for each in said(batch) if " M409 " not in each] == []
    assert [each.name for each in batch.left if not each.told] == list(left), batch.left
    (record,) = batch.records
    return record


def values(batch: Batch) -> list[Mapping[str, Any]]:
    """Return the values of all records."""
    return [dict(record.values) for record in batch.records]


def codes(batch: Batch) -> list[str]:
    """Return the codes of what was found, in order."""
    return [found.code for found in batch.report.diagnostics]


def said(batch: Batch) -> list[str]:
    """Return what was found as an English reader sees it: place, code, sentence."""
    english = Catalogue("en")
    return [
        f"{at.line}:{at.column} {found.code} {english.say(found.message)}"
        for found in batch.report.diagnostics
        for at in [found.span.start]
    ]
