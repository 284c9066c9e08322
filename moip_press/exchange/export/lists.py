"""The words that a drop-down of the workbook offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from moip_press.exchange.columns import Column, Form, Sheet
from moip_press.exchange.columns.cell_text import NO, YES
from moip_press.exchange.export.programme import Exported
from moip_press.kit import selection
from moip_press.kit.model.edition import Edition
from moip_press.proofread.names.official import REGIONS
from moip_press.text.folding import fold

HOLDS = {
    "lab": ("labs",),
    "directory": ("directory",),
    "item": ("key-figures", "cards", "missions"),
}
CONTAINER = {"event": "section", "block": "article", "exchange": "interview"}


@dataclass(frozen=True)
class DropDown:
    """What a cell may hold: ``words``; others too where it is ``open``."""

    words: tuple[str, ...]
    open: bool = False


def drop_down(exported: Exported, sheet: Sheet, column: Column) -> DropDown | None:
    """Return the drop-down of a column; none where one writes what one likes."""
    if column.path == "section":
        return DropDown(tuple(_containers(exported, sheet.kind)))
    if column.form is Form.YES_NO:
        return DropDown(tuple(map(exported.catalogue.gettext, (YES, NO))))
    if column.choices:
        labels = (choice.label for choice in column.choices)
        return DropDown(tuple(map(exported.catalogue.gettext, labels)))
    if column.path in ("region", "theme"):
        return DropDown(tuple(_used(exported, column.path)), open=True)
    return None


def _containers(exported: Exported, kind: str) -> Iterator[str]:
    """Yield what a record of a kind may stand in."""
    if kind in HOLDS:
        for row in exported.rows["block"]:
            if row.record.type in HOLDS[kind]:
                yield row.uid
    else:
        yield from (row.uid for row in exported.rows[CONTAINER[kind]])


def _used(exported: Exported, key: str) -> Iterable[str]:
    """Return the official regions and those in use, or the themes in use, sorted."""
    known = set(selection.values_of(exported.kit, key))
    if key == "region":
        labs = (row.values.get("region") for row in exported.rows["lab"])
        known |= {str(name) for name in labs if name}
        known |= set(_official(exported.kit.edition))
    return sorted(known, key=fold)


def _official(edition: Edition) -> Iterable[str]:
    """Return the regions of the country, where we know them."""
    country = edition.country or {"fr": "FR"}.get(edition.language, "")
    return REGIONS.values() if country.upper() == "FR" else ()
