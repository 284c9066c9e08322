"""Sections stay apart for readers who see few colours or none, and on a greyscale printer.

The filters of coloraide simulate them; ΔE2000 says how far apart two colours look: from about 10,
two dots side by side are told apart at a glance.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from coloraide import Color

from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.theme_sheet import usual_colours, usual_sections
from moip_press.press.compose.contents import section_colour, section_shape
from moip_press.system.colours import SMALL, contrast

APART = 10.0
"""The least ΔE2000 between two sections, as a colour-blind reader sees them."""
RARELY = 9.0
"""The same for tritanopia, which one reader in 10,000 has."""
STEP = 5.0
"""The least difference of lightness (L* of CIELAB, 0 to 100) in greyscale."""


def shades(name: str) -> list[Color]:
    return [Color(section[name]) for section in usual_sections()]


def lightness(colour: Color) -> float:
    return float(colour.convert("lab-d65")["lightness"])


@pytest.mark.parametrize("shade", ["bright", "dark"])
@pytest.mark.parametrize(
    ("sight", "least"), [("protan", APART), ("deutan", APART), ("tritan", RARELY)]
)
def test_colour_blind_readers_tell_the_sections_apart(shade: str, sight: str, least: float) -> None:
    seen = [colour.filter(sight) for colour in shades(shade)]
    close = {
        (one, other): round(seen[one].delta_e(seen[other], method="2000"), 1)
        for one, other in combinations(range(len(seen)), 2)
    }
    assert len(close) == 15
    assert {pair: apart for pair, apart in close.items() if apart < least} == {}


@pytest.mark.parametrize("shade", ["bright", "dark"])
def test_sections_are_apart_in_greyscale(shade: str) -> None:
    steps = sorted(map(lightness, shades(shade)))
    assert min(lighter - darker for darker, lighter in pairwise(steps)) >= STEP


def test_what_is_written_in_a_section_s_colours_can_be_read() -> None:
    ground = usual_colours()["ground"]
    for section in usual_sections():
        assert contrast(section["bright"], ground) >= SMALL
        assert contrast(section["dark"], "#ffffff") >= SMALL
        assert contrast(section["dark"], section["tint"]) >= SMALL


def marks(folder: Path, count: int, theme: str = "") -> Iterator[tuple[int, int]]:
    """Yield the colour and the shape of each section of a kit."""
    names = [f"part-{number}.yaml" for number in range(count)]
    for name in names:
        text = f"type: programme\ntitle: {name}\nevents: [{{title: {name}, when: 3 May}}]\n"
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "kit.yaml").write_text(
        "title: Many\nlanguage: en\nperiod: {start: 2026-05-01, end: 2026-05-31}\n"
        f"chapters: [cover, {', '.join(names)}]\n",
        encoding="utf-8",
    )
    if theme:
        (folder / "theme.yaml").write_text(theme, encoding="utf-8")
    kit = read_kit(folder).kit
    assert kit is not None
    for section in kit.sections():
        yield section_colour(kit, section), section_shape(kit, section)


@pytest.mark.parametrize("count", [6, 7, 18, 24])
def test_sections_of_one_colour_have_another_shape(tmp_path: Path, count: int) -> None:
    found = list(marks(tmp_path, count))
    assert len(set(found)) == count
    assert {shape for _, shape in found[:6]} == {1}


def test_a_theme_of_one_colour_tells_its_sections_apart_by_shape(tmp_path: Path) -> None:
    found = list(marks(tmp_path, 4, 'colours: {sections: ["#7a1f4b"]}\n'))
    assert found == [(1, 1), (1, 2), (1, 3), (1, 4)]
