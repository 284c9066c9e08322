"""The page that shows every part and every block: none is missing, and each has its picture."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from moip_press.kit.model.blocks import AnyBlock
from moip_press.kit.model.parts import AnyPart
from tests import studio_pictures
from tests.documented import DOCS
from tests.keeping import KEPT
from tests.pictures import BLOCK_WIDTH, MOST_BYTES, PART_WIDTH, built, drawn, shown

SHOWN = shown()
PARTS = {each.model_fields["type"].annotation for each in get_args(get_args(AnyPart)[0])}
BLOCKS = {each.model_fields["type"].annotation for each in get_args(get_args(AnyBlock)[0])}


def types(models: object) -> set[str]:
    """The words by which kits name the members of a union."""
    return {
        get_args(each.model_fields["type"].annotation)[0] for each in get_args(get_args(models)[0])
    }


@pytest.mark.parametrize(
    ("models", "is_block"), [(AnyPart, False), (AnyBlock, True)], ids=["part", "block"]
)
def test_each_type_has_its_picture(models: object, is_block: bool) -> None:
    said = {each for what in SHOWN if what.is_block is is_block for each in what.types}
    assert types(models) - said == set()
    named = {what.name for what in SHOWN if what.is_block is is_block}
    assert types(models) - named == set()


def test_each_picture_is_there_and_light_and_none_is_left_over() -> None:
    files = {path.relative_to(DOCS).as_posix() for path in (DOCS / "images").rglob("*.*")}
    windows = {f"images/studio/{name}.webp" for name in studio_pictures.SHOWN}
    page = (DOCS / "fr" / "verbes" / "studio.md").read_text(encoding="utf-8")
    assert all(f"](../../{window})" in page for window in windows)
    assert files == {what.file for what in SHOWN} | windows
    assert len(files) == len(SHOWN) + len(windows)
    for what in SHOWN:
        path = DOCS / what.file
        assert path.stat().st_size <= MOST_BYTES, what.file
        with Image.open(path) as picture:
            assert picture.width == (BLOCK_WIDTH if what.is_block else PART_WIDTH)


@pytest.mark.long
def test_a_picture_is_made_of_the_code_below_it(tmp_path: Path) -> None:
    what = next(each for each in SHOWN if each.name == "key-figures")
    pdf = built([what], tmp_path, KEPT)
    assert "96" in pdf.page(1)
    assert "déchets triés" in pdf.page(1)
    with Image.open(DOCS / what.file) as kept:
        assert abs(drawn(what, pdf).height - kept.height) < kept.height / 2
