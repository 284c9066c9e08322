"""Whatever a kit holds: its PDF is what it claims, as veraPDF says, or it is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from moip_press.press import journey
from moip_press.report.diagnostics import Severity
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf import random_kits

KITS = 60
BUILT = 40
# What a kit may bring that its PDF cannot be PDF/A with: colours of inks, smoothed images.
OF_PICTURES = {"I338", "I341"}


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, journey.Build]:
    folder = tmp_path_factory.mktemp("random")
    for number in range(KITS):
        random_kits.write(folder / str(number), number)
    return {
        number: journey.build(folder / str(number), folder / f"out-{number}", cache=KEPT)
        for number in range(KITS)
    }


def made(builds: Mapping[int, journey.Build]) -> dict[int, Path]:
    return {number: build.dossier.path for number, build in builds.items() if build.dossier}


@pytest.mark.long
def test_what_is_built_conforms(builds: Mapping[int, journey.Build]) -> None:
    paths = made(builds)
    assert len(paths) >= BUILT
    said = verdicts(paths.values())
    found = {(number, f): said[path, f] for number, path in paths.items() for f in FLAVOURS}
    assert found == dict.fromkeys(found, Verdict("pass", ()))


@pytest.mark.long
def test_what_is_not_built_is_refused_for_its_pictures(builds: Mapping[int, journey.Build]) -> None:
    refused = builds.keys() - made(builds).keys()
    for number in refused:
        found = builds[number].report.diagnostics
        codes = {each.code for each in found if each.severity is Severity.ERROR}
        assert codes, number
        assert codes <= OF_PICTURES, (number, codes)
