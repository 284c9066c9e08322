"""What we export comes back as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.export.kit_export import Wanted, export_kit
from moip_press.exchange.incoming.file_kinds import read_batch
from tests.exchange.importing import FOLDERS, codes, kit


def exported(folder: Path, name: str, form: str) -> Path:
    """Return the file of an export."""
    made = export_kit(FOLDERS[name], Wanted(form))
    assert made.content is not None
    path = folder / f"programme.{form}"
    path.write_bytes(made.content)
    return path


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values without those that are empty, lines of Markdown joined."""
    kept = {path: value for path, value in values.items() if value not in ("", (), False, None)}
    return {path: _joined(value) for path, value in kept.items()}


def _joined(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_joined, value))
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("name", sorted(FOLDERS))
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_comes_back_as_it_was(tmp_path: Path, name: str, form: str) -> None:
    batch = read_batch(exported(tmp_path, name, form), kit(name))
    assert batch.source == f"kit:{FOLDERS[name].name}"
    assert not batch.complete
    assert batch.report.diagnostics == ()
    rows = {(row.kind, row.uid): row for row in rows_of(kit(name))}
    wanted = {key for key in rows if form == "xlsx" or key[0] == "event"}
    assert {(record.kind, record.uid) for record in batch.records} == wanted
    for record in batch.records:
        row = rows[record.kind, record.uid or ""]
        kind = KINDS[record.kind]
        usual = {c.path: c.default for c in kind.written if c.default is not None}
        wanted_values = {p: v for p, v in row.values.items() if p in kind.by_path and p != "id"}
        assert plain(record.values) == plain({**usual, **wanted_values})
        assert record.section == row.section


def test_what_a_contributor_changes_comes_back(tmp_path: Path) -> None:
    path = exported(tmp_path, "2021", "xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Événements"]
    heads = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    sheet.cell(2, heads["Date et heure"], dt.datetime.fromisoformat("2021-11-12 09:30"))
    sheet.cell(2, heads["Description"], "Un *autre* texte")
    sheet.cell(3, heads["Titre"]).value = None
    sheet.cell(4, heads["Section"], "divers")
    new = sheet.max_row + 1
    for head, value in (
        ("Titre", "Nouveau"),
        ("Date et heure", "le 5 novembre de 9h à 12h"),
        ("Section", "Labs"),
    ):
        sheet.cell(new, heads[head], value)
    book.save(path)
    batch = read_batch(path, kit(), name="p.xlsx")
    assert batch.source == "kit:2021"
    first, last = batch.records[0], [r for r in batch.records if r.kind == "event"][-1]
    assert first.values["when"] == "12 novembre, 9:30"
    assert first.values["text"] == "Un *autre* texte"
    assert (last.uid, last.section, last.values["when"]) == (
        None,
        "labs",
        "le 5 novembre de 9h à 12h",
    )
    assert codes(batch) == ["M201", "M203"]
