"""Whatever a kit holds, its PDF is what it claims: veraPDF judges kits that are made at random."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from moip_press.press import journey
from moip_press.report.diagnostics import Severity
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf import random_kits

KITS = 50


def built(folder: Path, number: int) -> Path | None:
    """Return the dossier of the kit of a number; None where its words have no room on its pages."""
    random_kits.write(folder / str(number), number)
    build = journey.build(folder / str(number), folder / f"out-{number}", cache=KEPT)
    if build.dossier is None:
        assert {d.code for d in build.report.diagnostics if d.severity is Severity.ERROR} == {
            "P111"
        }, (number, build.report)
        return None
    return build.dossier.path


@pytest.mark.long
def test_kits_made_at_random_conform(tmp_path: Path) -> None:
    made = ((number, built(tmp_path, number)) for number in range(2 * KITS))
    paths = dict(islice(((number, path) for number, path in made if path), KITS))
    said = verdicts(paths.values())
    found = {(number, f): said[path, f] for number, path in paths.items() for f in FLAVOURS}
    assert found == dict.fromkeys(found, Verdict("pass", ()))
    assert len(found) == KITS * len(FLAVOURS)
