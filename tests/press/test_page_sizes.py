"""Each kit of the repository at each size of page: no word is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from moip_press.kit.model.looks import SIZES
from moip_press.press import journey
from moip_press.press.outcome import Order, Request
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts

ROOT = Path(__file__).parents[2]
KITS = (
    "data/2021",
    "data/examples/festival",
    "data/examples/report",
    "data/examples/season",
    "tests/kits/heard",
)
POINT = 25.4 / 72


def sized(folder: Path, name: str, size: str) -> Path:
    kit = folder / "kit"
    shutil.copytree(ROOT / name, kit)
    theme = kit / "theme.yaml"
    before = theme.read_text(encoding="utf-8") if theme.exists() else ""
    theme.write_text(f"{before}page: {size}\n", encoding="utf-8")
    return kit


@pytest.mark.long
@pytest.mark.parametrize("size", sorted(SIZES.keys() - {"A4"}))
@pytest.mark.parametrize("name", KITS)
def test_no_word_is_lost_at_any_size_of_page(name: str, size: str, tmp_path: Path) -> None:
    order = Order(handouts=Request())
    made = journey.build(sized(tmp_path, name, size), tmp_path / "out", cache=KEPT, order=order)
    assert made.dossier is not None, made.report.diagnostics
    codes = {each.code for each in made.report.diagnostics}
    assert codes.isdisjoint({"P110", "P111", "P112"}), made.report.diagnostics
    assert made.handouts
    for file in (made.dossier.path, *(each.path for each in made.handouts)):
        boxes = [page.mediabox for page in PdfReader(file).pages]
        assert boxes
        for box in boxes:
            sides = (float(box.width) * POINT, float(box.height) * POINT)
            assert sides == pytest.approx(SIZES[size], abs=0.1)


@pytest.mark.long
@pytest.mark.parametrize("size", sorted(SIZES.keys() - {"A4"}))
def test_verapdf_accepts_the_kits_at_every_size(size: str, tmp_path: Path) -> None:
    made = []
    for name in KITS[:-1]:
        folder = tmp_path / name.replace("/", "-")
        build = journey.build(sized(folder, name, size), folder / "out", cache=KEPT)
        assert build.dossier is not None, build.report.diagnostics
        made.append(build.dossier.path)
    said = verdicts(made)
    assert {said[path, flavour].outcome for path in made for flavour in FLAVOURS} == {"pass"}, said


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_large_type_in_capitals_on_narrow_margins_loses_no_word(size: str, tmp_path: Path) -> None:
    kit = sized(tmp_path, "data/2021", size)
    with (kit / "theme.yaml").open("a", encoding="utf-8") as theme:
        theme.write("scale: 1.15\ntitles: capitals\nmargins: {left: 15, right: 15}\n")
    made = journey.build(kit, tmp_path / "out", cache=KEPT)
    assert made.dossier is not None, made.report.diagnostics
    assert {each.code for each in made.report.diagnostics}.isdisjoint({"P111", "P112"})
