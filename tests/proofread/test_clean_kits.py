"""Well-set texts, thousands of words of them: a proofreader who cries wolf is not heard."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from moip_press.kit.model.kit_files import read_kit
from moip_press.proofread import Proof
from moip_press.proofread.review import review
from tests.keeping import KEPT

CLEAN = Path(__file__).parent / "clean"
KITS = sorted(path.name for path in CLEAN.iterdir() if path.is_dir())
MOST = 1 / 1000  # findings a word


def test_there_are_clean_kits() -> None:
    assert len(KITS) > 1


@pytest.mark.parametrize("name", KITS)
def test_a_clean_kit_is_hardly_ever_suspected(name: str) -> None:
    folder = CLEAN / name
    kit = read_kit(folder).kit
    assert kit is not None
    today = datetime.date(2026, 1, 1)
    words = sum(len(p.text.split()) for p in Proof(kit, today).passages)
    found = review(folder, today, KEPT).report.diagnostics
    assert words > 1500
    shown = [f"{each.span.file}:{each.span.start.line} {each.code}" for each in found]
    assert len(found) < words * MOST, shown
