"""The mistakes of the kit of 2021, found: those that are really there, and no others.

`check_2021/` has a file a family. A line is a code, the file, and the words that the finding
points at, separated by ` | `; what is behind `#` says why it is a mistake.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from moip_press.proofread.review import Review, review
from tests.keeping import KEPT

ROOT = Path(__file__).parents[2]
KIT = ROOT / "data" / "2021"
EXPECTED = Path(__file__).parent / "check_2021"
FAMILIES = sorted(path.stem for path in EXPECTED.glob("*.txt"))


@pytest.fixture(scope="module")
def reviewed() -> Review:
    return review(KIT, datetime.date(2021, 10, 26), KEPT)


def found(reviewed: Review, family: str) -> list[str]:
    lines = []
    for each in reviewed.report.diagnostics:
        if each.code.startswith(family):
            text = reviewed.sources[each.span.file].source
            words = text.text[text.offset(each.span.start) : text.offset(each.span.end)]
            name = Path(each.span.file).relative_to(KIT).as_posix()
            lines.append(f"{each.code} | {name} | {' '.join(words.split())}")
    return sorted(lines)


def expected(family: str) -> list[str]:
    lines = (EXPECTED / f"{family}.txt").read_text(encoding="utf-8").splitlines()
    stated = (line.partition(" # ")[0].rstrip() for line in lines)
    return sorted(line for line in stated if line and not line.startswith("#"))


def test_there_are_families_to_check() -> None:
    assert FAMILIES


@pytest.mark.parametrize("family", FAMILIES)
def test_the_mistakes_of_2021_are_found_and_nothing_else(reviewed: Review, family: str) -> None:
    assert found(reviewed, family) == expected(family)


def test_no_finding_of_2021_is_an_error(reviewed: Review) -> None:
    assert reviewed.report.ok


def test_no_family_is_forgotten(reviewed: Review) -> None:
    assert {each.code[0] for each in reviewed.report.diagnostics} <= set(FAMILIES)
