"""Every text of our theme can be read by weak eyes: WCAG 2.1, AA, small and large.

The colours are those of the laid-out pages: of each text, and of the ground that it stands on.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from moip_press.kit.folders import program_folder
from moip_press.pdf import typeset
from moip_press.press import journey

ROOT = Path(__file__).parents[2]
KITS = ("data/2021", "tests/kits/heard", "tests/kits/harbour")
WHITE = (1.0, 1.0, 1.0)
POINT = 96 / 72
SMALL, LARGE, SHAPES = 4.5, 3.0, 3.0

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Pair:
    """A text's colour and its ground, and whether the text is large."""

    text: Colour
    ground: Colour
    is_large: bool


def luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: Any, ground: Colour) -> Colour:
    """A colour as it is seen on a ground: it may let it shine through."""
    alpha = colour.alpha
    red, green, blue = (
        part * alpha + below * (1 - alpha)
        for part, below in zip(colour.to("srgb").coordinates, ground, strict=True)
    )
    return red, green, blue


def pairs(box: Any, ground: Colour = WHITE) -> Iterator[Pair]:
    """Yield the pairs of a box and all within it."""
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    if (background := getattr(box, "background", None)) and background.color:
        ground = over(background.color, ground)
    if isinstance(box, boxes.TextBox):
        # signs that a style adds are decoration, which need not be read
        generated = "::" in (box.element_tag or "") and not any(map(str.isalnum, box.text))
        if box.text.strip() and not generated:
            points = box.style["font_size"] / POINT
            is_bold = box.style["font_weight"] >= 700
            is_large = points >= 18 or (is_bold and points >= 14)
            yield Pair(over(box.style["color"], ground), ground, is_large)
        return
    for child in getattr(box, "children", ()):
        yield from pairs(child, ground)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[Pair, str]:
    """The pairs of three kits, one of them as a draft, and where each was met first."""
    laid: list[tuple[str, typeset.Pages]] = []
    lay_out = typeset.Typesetter.lay_out

    def kept(typesetter: typeset.Typesetter, html: str, folio: int) -> typeset.Pages:
        pages = lay_out(typesetter, html, folio)
        laid.append((typesetter.fetcher.theme.kit.name, pages))
        return pages

    draft = tmp_path_factory.mktemp("draft") / "draft"
    shutil.copytree(ROOT / "tests" / "kits" / "heard", draft)
    path = draft / "kit.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("final", "draft"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typeset.Typesetter, "lay_out", kept)
        for kit in (*(ROOT / name for name in KITS), draft):
            made = journey.build(kit, tmp_path_factory.mktemp("built"))
            assert made.dossier is not None
    return {
        pair: f"{name}, page {number}"
        for name, pages in laid
        for number, page in enumerate(pages.pages, 1)
        for pair in pairs(page._page_box)
    }


@pytest.mark.long
def test_every_text_stands_out_from_its_ground(found: dict[Pair, str]) -> None:
    assert len(found) > 30
    weak = [
        (where, round(contrast(pair.text, pair.ground), 2), pair)
        for pair, where in found.items()
        if contrast(pair.text, pair.ground) < (LARGE if pair.is_large else SMALL)
    ]
    assert weak == []


@pytest.mark.long
def test_small_and_large_texts_were_met_on_dark_and_on_light(found: dict[Pair, str]) -> None:
    assert {pair.is_large for pair in found} == {True, False}
    assert any(luminance(pair.ground) < 0.05 for pair in found)
    assert any(luminance(pair.ground) > 0.8 for pair in found)


def tokens() -> dict[str, list[Colour]]:
    """The colours that the theme names, by their names."""
    css = (program_folder("styles") / "tokens.css").read_text(encoding="utf-8")
    values: dict[str, list[Colour]] = {}
    for name, value in re.findall(r"--([\w-]+):\s*(?:var\(--theme-[\w-]+, )?#([0-9a-f]{6})", css):
        red, green, blue = (int(value[n : n + 2], 16) / 255 for n in (0, 2, 4))
        values.setdefault(name, []).append((red, green, blue))
    return values


def test_each_section_has_its_three_shades() -> None:
    values = tokens()
    assert len(values["bright"]) == len(values["dark"]) == len(values["tint"]) == 7
    (ground,) = values["ground"]
    for bright, dark, tint in zip(values["bright"], values["dark"], values["tint"], strict=True):
        assert contrast(bright, ground) >= SHAPES
        assert contrast(dark, WHITE) >= SMALL
        assert contrast(dark, tint) >= SMALL


def test_the_words_of_the_theme_stand_out_on_all_its_light_grounds() -> None:
    values = tokens()
    for name in ("ink", "grey", "alert", "ground"):
        for light in (WHITE, *values["tint"]):
            assert contrast(values[name][0], light) >= SMALL, name


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast((0.4667, 0.4667, 0.4667), WHITE) == pytest.approx(4.48, abs=0.01)
