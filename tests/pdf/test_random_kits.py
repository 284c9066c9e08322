"""Whatever a kit holds, its PDF is what it claims: veraPDF judges kits that are made at random."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press.press import journey
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf import random_kits

KITS = 50


def built(folder: Path, number: int) -> Path:
    """Return the dossier of the kit of a number."""
    random_kits.write(folder / str(number), number)
    build = journey.build(folder / str(number), folder / f"out-{number}", cache=KEPT)
    assert build.dossier is not None, (number, build.report.diagnostics)
    return build.dossier.path


@pytest.mark.long
def test_kits_made_at_random_conform(tmp_path: Path) -> None:
    paths = {number: built(tmp_path, number) for number in range(KITS)}
    said = verdicts(paths.values())
    found = {(number, f): said[path, f] for number, path in paths.items() for f in FLAVOURS}
    assert found == dict.fromkeys(found, Verdict("pass", ()))
    assert len(found) == KITS * len(FLAVOURS)
