"""A table on its pages: its numbers, its sums, its heads on each page, its rows from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moip_press import cli
from moip_press.kit.model.blocks import TableBlock
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.looks import Looks
from moip_press.kit.model.table_cells import Laid, amount, laid_out
from moip_press.press import journey
from tests.keeping import KEPT
from tests.reading import Pdf

KIT = """title: Essai
period: {start: 2026-11-01, end: 2026-11-30}
publisher: Association
chapters: [a.yaml]
"""
NARROW = "\u202f"


def laid(language: str = "fr", **fields: Any) -> Laid:
    """Return a table as it is printed."""
    return laid_out(TableBlock.model_validate({"type": "table", **fields}), language, "Total")


def cells(table: Laid) -> list[list[str]]:
    return [list(line.cells) for line in table.lines]


def kit(folder: Path, *body: dict[str, Any]) -> Path:
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    part = {"type": "article", "title": "Bilan", "body": body}
    (folder / "a.yaml").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("typed", "language", "value"),
    [
        ("1 234,5", "fr", "1234.5"),
        ("1234.5", "fr", "1234.5"),
        ("1.234", "fr", "1.234"),
        ("1.234.567", "fr", "1234567"),
        ("1.234,56 €", "fr", "1234.56"),
        ("-12 %", "fr", "-12"),
        ("−3", "fr", "-3"),
        ("1,234.5", "en", "1234.5"),
        ("£1,200", "en", "1200"),
        ("12,5", "en", None),
        ("01 99 00 12 34", "fr", None),
        ("35000 à 40000", "fr", None),
        ("01000", "fr", None),
        ("12/11", "fr", None),
        ("douze", "fr", None),
        ("9" * 5000, "fr", None),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(
    typed: str, language: str, value: str | None
) -> None:
    found = amount(typed, language)
    assert (str(found.value) if found else None) == value


def test_numbers_have_the_same_decimals_and_thousands_parted_as_the_language_has_it() -> None:
    rows = [["A", "12345.5", "2019"], ["B", "7", "2021"], ["C", "–", ""]]
    assert cells(laid(rows=rows)) == [
        ["A", f"12{NARROW}345,5", "2019"],
        ["B", "7,0", "2021"],
        ["C", "–", ""],
    ]
    assert cells(laid("en", rows=rows))[0] == ["A", "12,345.5", "2019"]
    assert cells(laid(columns=["", {"title": "€", "decimals": "0"}], rows=[["A", "2.5"]])) == [
        ["A", "3"]
    ]


def test_sums_add_up_numbers_and_neither_years_nor_shares_nor_words() -> None:
    rows = [["A", "0,1", "50 %", "2019", "oui"], ["B", "0,2", "50 %", "2020", "non"]]
    table = laid(rows=rows, sums="yes", sums_title="Ensemble")
    assert table.lines[-1].cells == ("Ensemble", "0,3", "", "", "")
    assert table.lines[-1].is_sum
    assert [each.is_number for each in table.headings] == [False, True, True, True, False]
    shares = laid(columns=["", "", {"title": "Part", "sum": "yes"}, "", ""], rows=rows)
    assert shares.lines[-1].cells == ("Total", "", "100\N{NO-BREAK SPACE}%", "", "")


def test_a_table_takes_the_room_that_its_words_need() -> None:
    assert laid(rows=[["A", "B"]]).width == ""
    wide = [["Département", *["Représentations"] * 5]]
    assert laid(rows=wide).width == "wide"
    assert laid(rows=[["Département", *["Représentations"] * 6]]).width == "small"
    assert laid(rows=[["Département", *["Représentations"] * 9]]).width == "broken"


def test_the_room_is_that_of_the_page_of_the_kit() -> None:
    table = {"type": "table", "rows": [["Département", *["Représentations"] * 5]]}
    block = TableBlock.model_validate(table)
    widths = [
        laid_out(block, "fr", "", Looks.model_validate(looks).room).width
        for looks in (
            {},
            {"page": "Letter"},
            {"page": "A5"},
            {"margins": {"left": "40", "right": "40"}},
            {"scale": "1.15"},
        )
    ]
    assert widths == ["wide", "wide", "broken", "broken", "small"]


def test_heads_stand_on_each_page_and_are_heard_once(tmp_path: Path) -> None:
    rows = [[f"Ligne {number}", number] for number in range(150)]
    block = {"type": "table", "columns": ["Poste", "Somme"], "rows": rows, "sums": "yes"}
    build = journey.build(kit(tmp_path, block), tmp_path / "out", cache=KEPT)
    assert build.report.diagnostics == ()
    assert build.dossier is not None
    pdf = Pdf(build.dossier.path)
    pages = [page for page in pdf.pages if "Ligne" in page]
    assert len(pages) > 2
    assert all("Poste" in page for page in pages)
    assert f"11{NARROW}175" in pages[-1]
    assert sum("Total" in page for page in pages) == 1


def test_a_table_that_fits_on_a_page_is_not_split(tmp_path: Path) -> None:
    text = {"type": "text", "text": "  \n".join(f"Un {number}" for number in range(35))}
    rows = [[f"Ligne {number}", number] for number in range(25)]
    block = {"type": "table", "title": "Comptes", "rows": rows, "source": "nous"}
    build = journey.build(kit(tmp_path, text, block), tmp_path / "out", cache=KEPT)
    assert build.dossier is not None
    pages = Pdf(build.dossier.path).pages
    assert len(pages) == 2
    assert all(word in pages[1] for word in ("Comptes", "Ligne 0", "Ligne 24", "nous"))


def test_rows_come_from_a_workbook_or_a_text_of_the_kit(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Budget")
    for row in (["Poste", "Note", 2025], ["Salles", "x", 0.1 + 0.2], ["Presse", None, 12]):
        sheet.append(row)
    book.save(tmp_path / "c.xlsx")
    (tmp_path / "c.csv").write_bytes("Région;Prêts\nÎle-de-France;1200\n".encode("cp1252"))
    columns = ["Poste", {"title": "Montant", "heading": "2025", "unit": "k€"}]
    chosen = {"type": "table", "from": "c.xlsx", "sheet": "budget", "columns": columns}
    read = read_kit(kit(tmp_path, chosen, {"type": "table", "from": "c.csv"}))
    assert read.report.diagnostics == ()
    assert read.kit is not None
    (part,) = [placed.part for placed in read.kit.parts()]
    workbook, text = part.body  # type: ignore[attr-defined]
    assert workbook.rows == (("Salles", "0,3"), ("Presse", "12"))
    assert [column.title for column in workbook.columns] == ["Poste", "Montant"]
    assert text.rows == (("Île-de-France", "1200"),)
    assert [column.title for column in text.columns] == ["Région", "Prêts"]


def test_a_page_is_made_anew_when_the_file_of_a_table_changes(tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("Poste;Montant\nSalles;120\n", encoding="utf-8")
    folder = kit(tmp_path, {"type": "table", "from": "c.csv"})
    for said in ("120", "345"):
        file.write_text(f"Poste;Montant\nSalles;{said}\n", encoding="utf-8")
        build = journey.build(folder, tmp_path / "out", cache=KEPT)
        assert build.dossier is not None
        assert said in Pdf(build.dossier.path).text
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
        assert "c.csv" in json.dumps(manifest)


def test_a_cell_that_has_changed_is_named_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, sum_ in (("old", 120), ("new", 130)):
        (tmp_path / name).mkdir()
        kit(tmp_path / name, {"type": "table", "rows": [["Salles", sum_], ["Presse", 30]]})
    assert cli.run(["compare", str(tmp_path / "old"), str(tmp_path / "new")]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Salles" in said
    assert "130" in said
    assert "Presse" not in said
