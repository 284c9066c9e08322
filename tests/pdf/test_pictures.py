"""Pictures on pages: as fine as their place needs, in colours of the screen, the same each time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from moip_press import cli
from moip_press.pdf import engine
from moip_press.press import journey
from moip_press.system.cache import Cache
from moip_press.system.pictures.photographs import WHOLE
from tests.bench.festival import photograph
from tests.keeping import KEPT
from tests.pictured import SVG, pictured, squares


def images(pdf: Path) -> Iterator[Any]:
    """The pictures of a PDF, each once, and their masks."""
    found: dict[int, Any] = {}
    for page in pypdf.PdfReader(pdf).pages:
        waiting: list[Any] = [page["/Resources"]]
        while waiting:
            for each in (waiting.pop().get("/XObject") or {}).values():
                thing = each.get_object()
                if thing["/Subtype"] == "/Image":
                    found[each.idnum] = thing
                    if "/SMask" in thing:
                        found[thing.raw_get("/SMask").idnum] = thing["/SMask"]
                else:
                    waiting.append(thing.get("/Resources", {}))
    return iter(found.values())


@pytest.fixture(scope="module")
def dossier(build_pictured: journey.Build) -> Path:
    assert build_pictured.dossier is not None, build_pictured.report.diagnostics
    assert build_pictured.report.diagnostics == ()
    return build_pictured.dossier.path


def test_every_picture_is_in_the_colours_of_a_screen(dossier: Path) -> None:
    found = list(images(dossier))
    assert len(found) > 14
    assert {each["/ColorSpace"] for each in found} == {"/DeviceRGB", "/DeviceGray"}
    assert {each["/Interpolate"].value for each in found} == {False}


def test_a_picture_is_as_fine_as_its_largest_place_needs(dossier: Path) -> None:
    widths = {(int(each["/Width"]), int(each["/Height"])) for each in images(dossier)}
    # 3000 × 1500 pixels on 118 mm, at 300 dots an inch; the partner's logo is smaller
    assert (1396, 698) in widths
    assert not any(width == 3000 for width, _ in widths)


def test_a_kit_may_ask_for_lighter_pictures(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    (kit / "images").mkdir(parents=True)
    squares((3000, 1500)).save(kit / "images" / "a.png")
    (kit / "kit.yaml").write_text(
        "title: A\nperiod: {start: 2024-03-01, end: 2024-03-31}\nlanguage: en\n"
        "publisher: {name: B}\nlimits: {dpi: 100}\nchapters: [a.yaml]\n"
    )
    (kit / "a.yaml").write_text(
        "type: article\ntitle: A\nbody:\n"
        "  - {type: figure, image: {file: images/a.png, alt: Two squares, credit: C}}\n"
    )
    cache = Cache(tmp_path / "kept")
    made = journey.build(kit, tmp_path / "out", cache=cache)
    assert made.dossier is not None
    assert [int(each["/Width"]) for each in images(made.dossier.path)] == [466]
    # what is kept of one fineness is not taken for another
    text = (kit / "kit.yaml").read_text()
    (kit / "kit.yaml").write_text(text.replace("dpi: 100", "dpi: 200"))
    made = journey.build(kit, tmp_path / "out", cache=cache)
    assert made.dossier is not None
    assert [int(each["/Width"]) for each in images(made.dossier.path)] == [931]


def test_pictures_are_the_same_each_time(dossier: Path, tmp_path: Path) -> None:
    anew = journey.build(pictured(tmp_path / "kit"), tmp_path / "anew")
    assert anew.dossier is not None
    assert anew.dossier.path.read_bytes() == dossier.read_bytes()


@pytest.mark.long
def test_pictures_that_weasyprint_paints_itself_are_the_same(
    dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = pictured(tmp_path / "kit")
    monkeypatch.setattr("moip_press.pdf.typeset.pages.Boxes.paintable", False)
    live = journey.build(kit, tmp_path / "live", cache=KEPT)
    assert live.dossier is not None
    assert live.dossier.path.read_bytes() == dossier.read_bytes()
    # another version of it asks for pictures in its own way
    monkeypatch.setattr(engine, "VERSION", "none")
    other = journey.build(kit, tmp_path / "other", cache=KEPT)
    assert other.dossier is not None, other.report.diagnostics
    assert len(list(images(other.dossier.path))) > 5


def drawn(pdf: Path, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        found: Image.Image = document[page].render(scale=1).to_pil().convert("RGB")
    return found


def test_a_logo_for_dark_grounds_is_seen(dossier: Path) -> None:
    cover = drawn(dossier, 0)
    colours = {colour: count for count, colour in cover.getcolors(1 << 24) or ()}
    assert colours[(255, 255, 255)] > 2_000


def test_heavy_pictures_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = pictured(tmp_path / "kit")
    monkeypatch.setattr("moip_press.pdf.typeset.pdf_files.HEAVY_PICTURE", 6_000)
    words = ["build", str(kit), "-o", str(tmp_path / "out"), "--language", "en"]
    for kept in range(2):
        assert cli.run([*words, "--cache-dir", str(KEPT.folder)]) == 0
        said = capsys.readouterr().err
        assert "Pictures that weigh most: images/" in said, kept
        assert " MB)" in said
    [entry] = json.loads((tmp_path / "out" / "manifest.json").read_text())["outputs"]
    assert entry["heavy"]
    assert all(each["bytes"] >= 6_000 for each in entry["heavy"])
    assert {each["file"] for each in entry["heavy"]} <= {
        f"images/{path.name}" for path in (kit / "images").iterdir()
    }


def test_a_drawing_reads_no_file_outside_its_kit(tmp_path: Path) -> None:
    kit = pictured(tmp_path / "kit")
    squares().save(tmp_path / "outside.png")
    link = f'<image width="60" height="40" href="{tmp_path}/outside.png"/>'
    blend = '<path style="mix-blend-mode:multiply" d="M0 0h9v9z"/>'
    (kit / "images" / "blend.svg").write_text(SVG.format(link + blend))
    made = journey.build(kit, tmp_path / "out", cache=KEPT)
    assert {each.code for each in made.report.diagnostics} == {"I208", "P107"}
    assert made.dossier is None


EVENT = """\
title: A
period: {start: 2024-03-01, end: 2024-03-31}
language: en
publisher: {name: B}
chapters: [a.yaml]
"""
CUT = """\
type: programme
title: A
events:
  - title: Regatta
    when: 4 March
    image: {file: images/a.jpg, alt: Many colours, credit: C}
  - title: Parade
    when: 5 March
    image: {file: images/high.jpg, alt: Many more colours, credit: C, focus: top}
"""


def test_what_is_cut_from_a_picture_is_not_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = tmp_path / "kit"
    (kit / "images").mkdir(parents=True)
    draw = random.Random(7)  # noqa: S311 -- the same pictures each time
    photograph(draw, (2400, 1600)).save(kit / "images" / "a.jpg", quality=92)
    photograph(draw, (1600, 2400)).save(kit / "images" / "high.jpg", quality=92)
    (kit / "kit.yaml").write_text(EVENT)
    (kit / "a.yaml").write_text(CUT)
    made = journey.build(kit, tmp_path / "out")
    assert made.dossier is not None, made.report.diagnostics
    sizes = [(int(each["/Width"]), int(each["/Height"])) for each in images(made.dossier.path)]
    # 118 mm wide, at 300 dots an inch
    assert len(sizes) == 2
    for width, height in sizes:
        assert width == 1396
        assert 697 <= height <= 699
    page = drawn(made.dossier.path, 0)
    monkeypatch.setattr(engine, "shown", lambda *_: WHOLE)
    whole = journey.build(kit, tmp_path / "whole")
    assert whole.dossier is not None
    assert whole.dossier.size > made.dossier.size * 1.4
    difference = ImageChops.difference(page, drawn(whole.dossier.path, 0)).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 1
