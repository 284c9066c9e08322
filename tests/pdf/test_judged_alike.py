"""`verify` and veraPDF judge the same files: what veraPDF accepts passes, the rest is found.

Files made object by object, each broken in one place that a clause names, and a dossier of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from moip_press.pdf.verification.findings import KEEPING, READING
from moip_press.pdf.verify import CHECKS, Unreadable, verify
from moip_press.press import journey
from moip_press.report.diagnostics import Severity
from tests.oracle import FLAVOURS, Verdict, broken_dossier, broken_keeping, broken_reading, verdicts
from tests.oracle.broken_reading import Maker

ASKED = dict(zip(FLAVOURS, (READING, KEEPING), strict=True))
STANDARDS = {each.rule.code: each.standards for each in CHECKS}
LEAST = 0.95  # of what veraPDF rejects
EVERY = 12  # in the short suite, one of so many is looked at


@dataclass(frozen=True)
class Case:
    """A file, and in which flavour it is broken, if in any."""

    name: str
    make: Maker
    flavour: str | None


@pytest.fixture(scope="session")
def dossier(build_heard: journey.Build) -> Path:
    assert build_heard.dossier is not None
    return build_heard.dossier.path


def sheets() -> Iterator[Case]:
    tables = zip(FLAVOURS, (broken_reading, broken_keeping), strict=True)
    for flavour, table in tables:
        for name, make in table.BROKEN.items():
            yield Case(f"{flavour} {name}", make, flavour)
        for name, make in table.SOUND.items():
            yield Case(f"{flavour} sound {name}", make, None)


def dossiers(path: Path) -> Iterator[Case]:
    tables = (broken_dossier.READING, broken_dossier.KEEPING)
    for flavour, table in zip(FLAVOURS, tables, strict=True):
        for name, change in table.items():
            make = partial(broken_dossier.broken, path, change)
            yield Case(f"{flavour} dossier {name}", make, flavour)


def errors(path: Path) -> list[str]:
    """Return the codes of the errors in a file."""
    try:
        _, report = verify(path)
    except Unreadable:
        return ["I300"]
    return [each.code for each in report.diagnostics if each.severity is Severity.ERROR]


@pytest.mark.parametrize("case", list(sheets())[::EVERY], ids=lambda case: case.name)
def test_a_broken_file_is_found_and_a_sound_one_passes(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(case.make())
    assert bool(errors(path)) == bool(case.flavour)


@pytest.fixture(scope="session")
def judged(
    dossier: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[Case, tuple[Path, Mapping[str, Verdict]]]:
    """All files, each with what veraPDF says of it."""
    folder = tmp_path_factory.mktemp("judged")
    cases = [*sheets(), *dossiers(dossier)]
    paths = {case: folder / f"{number}.pdf" for number, case in enumerate(cases)}
    for case, path in paths.items():
        path.write_bytes(case.make())
    said = verdicts(paths.values())
    return {
        case: (path, {flavour: said[path, flavour] for flavour in FLAVOURS})
        for case, path in paths.items()
    }


Judged = Mapping[Case, tuple[Path, Mapping[str, Verdict]]]


@pytest.mark.long
def test_what_verapdf_says_is_what_the_tables_say(judged: Judged) -> None:
    assert len(judged) > 400
    for case, (_, said) in judged.items():
        if case.flavour is None:
            assert any(verdict.outcome == "pass" for verdict in said.values()), case.name
        else:
            assert said[case.flavour].outcome == "fail", case.name


@pytest.mark.long
@pytest.mark.parametrize("flavour", FLAVOURS)
def test_most_of_what_verapdf_rejects_is_found(judged: Judged, flavour: str) -> None:
    failing = {c.name: p for c, (p, said) in judged.items() if said[flavour].outcome == "fail"}
    missed = [name for name, path in failing.items() if not errors(path)]
    assert len(failing) > 150
    assert len(missed) < len(failing) * (1 - LEAST), missed


@pytest.mark.long
def test_what_verapdf_accepts_passes(judged: Judged) -> None:
    """An error is of a standard that veraPDF, too, says is not met."""
    passing = 0
    for case, (path, said) in judged.items():
        failed = {flavour for flavour, verdict in said.items() if verdict.outcome == "fail"}
        passing += len(FLAVOURS) - len(failed)
        allowed = frozenset(standard for flavour in failed for standard in ASKED[flavour])
        wrong = [code for code in errors(path) if not STANDARDS[code] & allowed]
        assert not wrong, (case.name, wrong)
    assert passing > 350
