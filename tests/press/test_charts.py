"""Charts: where bars, lines and shares stand, what is printed of them and what a listener hears."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.press import journey
from moip_press.press.compose.charts import Drawn, drawn
from moip_press.press.compose.views import View
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf.listening import aloud
from tests.press.test_figures import built, with_figures
from tests.reading import Pdf

LONG = "Une série au nom très long"


def chart(kind: str, rows: dict[str, list[float | None]], **fields: Any) -> Drawn:
    made = [
        View({"label": label, "value": None if fields.get("series") else numbers[0],
              "values": tuple(numbers) if fields.get("series") else ()})
        for label, numbers in rows.items()
    ]  # fmt: skip
    given = {"kind": kind, "rows": made, "series": (), "unit": None, "order": None}
    return drawn({**given, "width": "column", **fields}, fields.pop("language", "fr"))


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [row.bars[0] for row in chart("bar", {"Un": [10], "Deux": [5], "Trois": [None]}).rows]
    assert bars[0].width == pytest.approx(2 * bars[1].width)
    assert [bar.words for bar in bars] == ["10", "5", "n. d."]
    assert bars[2].width == 0


def test_what_is_below_zero_stands_on_the_other_side() -> None:
    made = chart("bar", {"Plus": [8], "Moins": [-4]})
    plus, minus = (row.bars[0] for row in made.rows)
    assert plus.left == pytest.approx(minus.left + minus.width, abs=0.02) == made.base
    assert minus.below
    assert minus.words == "\u22124"


def test_the_largest_comes_first_where_that_is_asked() -> None:
    made = chart("bar", {"Un": [1], "Trois": [3], "Deux": [2]}, order="value")
    assert [row.label for row in made.rows] == ["Trois", "Deux", "Un"]


def test_shares_add_up_and_say_their_part() -> None:
    rows = chart("share", {"Un": [30], "Deux": [60], "Trois": [30]}).rows
    assert sum(row.width for row in rows) == pytest.approx(100)
    assert [row.share for row in rows] == ["25\u00a0%", "50\u00a0%", "25\u00a0%"]
    assert len({row.tone for row in rows}) == 3


def test_a_line_leaves_a_gap_where_a_number_is_unknown() -> None:
    made = chart("line", {"1": [4], "2": [5], "3": [None], "4": [2], "5": [9]})
    assert len(made.courses[0].pieces) == 2
    assert made.heard.count("n. d.") == 1


@pytest.mark.parametrize("numbers", [[0, 0], [5, 5], [-3, 9], [1e9, 1.01e9], [0.001, 0.002]])
def test_every_point_lies_within_the_plot(numbers: list[float]) -> None:
    made = chart("line", {str(place): [number] for place, number in enumerate(numbers)})
    assert all(made.left <= left <= made.right for left, _ in made.courses[0].dots)
    assert all(0 <= top <= made.height for _, top in made.courses[0].dots)
    assert 2 <= len(made.grid) <= 8
    assert made.base in made.grid


def test_names_of_lines_do_not_lie_over_each_other() -> None:
    rows: dict[str, list[float | None]] = {"1": [1, 1, 1, 1], "2": [10, 10, 9.9, 9.8]}
    ends = chart("line", rows, series=(LONG, "B", "C", "D")).ends
    tops = [end.top for end in ends]
    assert all(below - above > 5 for above, below in pairwise(tops))
    assert tops[-1] < 100
    dashes = {course.dashes for course in chart("line", rows, series=("A", "B", "C", "D")).courses}
    assert len(dashes) == 4


def test_labels_below_a_line_leave_each_other_room() -> None:
    steps = chart("line", {f"{n} septembre": [n] for n in range(1, 31)}).steps
    assert 3 <= len(steps) < 12


@pytest.mark.parametrize("name", ["chiffres.csv", "chiffres.xlsx"])
def test_a_chart_reads_its_numbers_from_a_file_of_the_kit(tmp_path: Path, name: str) -> None:
    table = [
        ["Poste", "2024", "2025", "Note"],
        ["Dons", "12,5", "1 340", "bien"],
        ["Ventes", "-", "7", ""],
    ]
    if name.endswith("csv"):
        (tmp_path / name).write_text("\n".join(map(";".join, table)), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in table:
            book.worksheets[0].append(row)
        book.save(tmp_path / name)
    body = [
        {"type": "chart", "from": name},
        {"type": "chart", "from": name, "columns": ["Poste", "2025"]},
    ]
    read = read_kit(with_figures(tmp_path, "Les comptes", body))
    assert read.report.ok, read.report
    assert read.kit is not None
    both, one = next(read.kit.parts()).part.body  # type: ignore[attr-defined]
    assert both.series == ("2024", "2025")
    assert [row.values for row in both.rows] == [(12.5, 1340), (None, 7)]
    assert [(row.label, row.value) for row in one.rows] == [("Dons", 1340), ("Ventes", 7)]


def blocks() -> list[dict[str, Any]]:
    years = [{"label": str(year), "values": [year - 2000.5, "-"]} for year in range(2018, 2024)]
    parts = [{"label": "Un", "value": "1 250"}, {"label": "Deux", "value": 750}]
    return [
        {"type": "chart", "title": "Par région", "count": "events by region", "source": "Relevé"},
        {"type": "chart", "title": "Par semaine", "kind": "line", "count": "events by week"},
        {"type": "chart", "title": "Visites", "kind": "line", "series": [LONG, "Ouest"],
         "unit": "milliers", "rows": years, "caption": "Une *légende*."},
        {"type": "chart", "title": "Parts", "kind": "share", "rows": parts, "width": "full"},
        {"type": "chart", "title": "Deux ans", "series": ["2020", "2021"], "unit": "€",
         "rows": [{"label": "Bretagne", "values": ["1 250 000", -4]}], "width": "full"},
    ]  # fmt: skip


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> journey.Build:
    return built(tmp_path_factory.mktemp("charts"), "En graphiques", blocks())


@pytest.fixture(scope="module")
def pdf(build: journey.Build) -> Pdf:
    assert build.dossier is not None, build.report.diagnostics
    return Pdf(build.dossier.path)


def test_a_computed_chart_prints_what_the_programme_holds(pdf: Pdf) -> None:
    text = pdf.page(1)
    assert "Bretagne 3 Normandie 2 La Réunion 1 Non précisé 2" in text
    assert "Source : Relevé" in text
    assert "Semaine du 28 septembre" in text


def test_numbers_are_text_in_the_fonts_of_the_kit(pdf: Pdf) -> None:
    assert "Bretagne 1\u202f250\u202f000 € \u22124 €" in " ".join(pdf.pages).replace("\u00a0", " ")
    assert pdf.fonts
    assert all(font.name.startswith("Source") and font.embedded for font in pdf.fonts)


def test_bars_and_shares_are_heard_as_tables_and_lines_with_all_their_numbers(pdf: Pdf) -> None:
    heard = "\n".join(aloud(pdf.path)).replace("\u00a0", " ").replace("\u202f", " ")
    assert heard.count("table") >= 3
    assert "Courbe : Semaine du 28 septembre : 2 ; Semaine du 5 octobre : 6" in heard
    assert f"2018 : {LONG} 17,5, Ouest n. d." in heard


@pytest.mark.long
def test_pages_with_charts_conform(pdf: Pdf) -> None:
    said = verdicts([pdf.path])
    assert said == {(pdf.path, flavour): Verdict("pass", ()) for flavour in FLAVOURS}
