"""What comes back of an export: nothing where nobody changed anything, and only what they did."""

from __future__ import annotations

import csv
import io
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from moip_press.exchange.changes.proposal import Nature, Proposal
from moip_press.exchange.changes.provenance import Provenance
from moip_press.exchange.changes.three_way_merge import propose
from moip_press.exchange.columns.kit_rows import rows_of
from moip_press.exchange.columns.record_sheets import KINDS
from moip_press.exchange.incoming.batch import Batch
from moip_press.exchange.incoming.file_kinds import read_batch as incoming
from moip_press.kit.model.kit import Kit
from tests.exchange.exporting import KITS, MARCH, kit_of, known_export, known_kit

TITLE, TEXT, ONLINE = "C", "G", "K"


@dataclass(frozen=True)
class Returned:
    """A file that came back, and what it would change."""

    batch: Batch
    proposal: Proposal


def returned(kit: Kit, path: Path) -> Returned:
    batch = incoming(path, kit)
    return Returned(batch, propose(kit, [batch], Provenance(), None))


def filled_in(folder: Path, content: bytes, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    """Return a workbook that somebody has filled in."""
    path = folder / "retour.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
    fill(book)
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":  # what openpyxl takes for a formula is text here
                    cell.data_type = "s"
    book.save(path)
    return path


def changes(proposal: Proposal) -> dict[tuple[str, str], tuple[Nature, object]]:
    return {
        (item.row.uid if item.row else "", change.path): (change.nature, change.theirs)
        for item in proposal.items
        for change in item.changes
    }


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("folder", KITS, ids=lambda folder: folder.name)
def test_an_export_that_nobody_touched_changes_nothing(
    folder: Path, form: str, tmp_path: Path
) -> None:
    kit = known_kit(folder)
    path = tmp_path / f"programme.{form}"
    path.write_bytes(known_export(folder, form))
    back = returned(kit, path)
    meant = {
        (row.kind, row.uid): row for row in rows_of(kit) if form == "xlsx" or row.kind == "event"
    }
    assert len(meant) > 8
    assert back.batch.report.diagnostics == ()
    assert {(record.kind, record.uid) for record in back.batch.records} == meant.keys()
    assert back.proposal.items == ()
    assert back.proposal.report.diagnostics == ()
    for record in back.batch.records if form == "xlsx" else ():
        assert record.base is not None
        known = meant[record.kind, record.uid or ""].values
        for column in KINDS[record.kind].written:
            if column.path not in ("id", "section"):
                assert record.base[column.path] == known.get(column.path, "")


def test_only_what_a_contributor_changed_is_proposed(tmp_path: Path) -> None:
    kit = known_kit(MARCH)

    def fill(book: openpyxl.Workbook) -> None:
        page = book["Événements"]
        page[f"{TITLE}4"] = "Trois jours, séparés"
        page[f"{ONLINE}4"] = None
        page[f"{TITLE}11"] = "Un de plus"
        page["B11"], page["D11"] = "ponts", "27 mars"
        book["Contacts presse"]["B2"] = "Anne Rivière"

    found = changes(returned(kit, filled_in(tmp_path, known_export(MARCH, "xlsx"), fill)).proposal)
    assert found.keys() == {
        ("separes", "title"),
        ("separes", "online"),
        ("", ""),
        ("presse", "name"),
    }
    assert found["separes", "title"] == (Nature.CHANGED, "Trois jours, séparés")
    assert found["presse", "name"] == (Nature.CHANGED, "Anne Rivière")
    assert found["", ""][0] is Nature.NEW


@pytest.mark.parametrize(
    ("cell", "words", "found"),
    [
        (TITLE, "Le bac, une dernière fois", {"title": Nature.CHANGED}),
        (TEXT, "Plus aucun bac.", {"text": Nature.CONFLICT}),
    ],
)
def test_what_the_team_wrote_since_is_kept_and_what_both_wrote_is_a_conflict(
    tmp_path: Path, cell: str, words: str, found: dict[str, Nature]
) -> None:
    """The workbook went out, then the team wrote another text."""

    def fill(book: openpyxl.Workbook) -> None:
        book["Événements"][f"{cell}7"] = words

    path = filled_in(tmp_path, known_export(MARCH, "xlsx"), fill)
    folder = tmp_path / "exported"
    shutil.copytree(MARCH, folder)
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(text.replace("Plus de bac.", "Le bac est vendu."), encoding="utf-8")
    proposal = returned(kit_of(folder), path).proposal
    assert changes(proposal) == {
        ("annule", name): (nature, words) for name, nature in found.items()
    }


def test_a_table_that_excel_saved_again_changes_nothing(tmp_path: Path) -> None:
    """Excel keeps neither the mark nor the quotation marks, and ends its lines in its own way."""
    text = known_export(MARCH, "csv").decode("utf-8-sig")
    read = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=";", lineterminator="\r\n").writerows(
        [cell.replace("\n", "\r\n") for cell in row] for row in read
    )
    path = tmp_path / "programme.csv"
    path.write_bytes(saved.getvalue().encode("cp1252", "replace"))
    assert returned(known_kit(MARCH), path).proposal.items == ()
