"""Kits as they are exported, for the tests of what comes out and of what comes back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from moip_press.exchange.export.exported import Exported
from moip_press.exchange.export.kit_export import writer
from moip_press.kit import selection
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit

ROOT = Path(__file__).parents[2]
MARCH = ROOT / "tests" / "kits" / "exported"
KITS = (ROOT / "data" / "2021", ROOT / "tests" / "kits" / "harbour", MARCH)


def kit_of(folder: Path) -> Kit:
    """Return a kit without faults."""
    found = read_kit(folder)
    assert found.kit is not None
    assert found.report.ok, found.report
    return found.kit


def exported(kit: Kit) -> Exported:
    """Return all events of a kit, to be exported."""
    return Exported(kit, selection.entries(kit))


def written(kit: Kit, form: str) -> bytes:
    """Return an export of a whole kit."""
    return writer(form)(exported(kit))


@cache
def known_kit(folder: Path) -> Kit:
    """Return a kit of the repository, read once."""
    return kit_of(folder)


@cache
def known_export(folder: Path, form: str) -> bytes:
    """Return an export of a kit of the repository, made once."""
    return written(known_kit(folder), form)
