"""The example kits: nothing to correct in them, and pages that say all that they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from moip_press.kit.folders import find_kit
from moip_press.press import journey
from moip_press.proofread.review import review
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts
from tests.pdf.listening import aloud, empty
from tests.reading import Pdf

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "data" / "examples"
COUNTS = {"festival": (40, 47, 14), "report": (4, 4, 11), "season": (12, 60, 11)}
"""Of each kit its events, sessions and pages."""


@pytest.fixture(scope="module", params=sorted(COUNTS))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    target = tmp_path_factory.mktemp("examples") / request.param
    build = journey.build(EXAMPLES / request.param, target, cache=KEPT)
    assert build.report.diagnostics == ()
    assert build.dossier is not None
    return Pdf(build.dossier.path)


def test_the_examples_are_all_tried() -> None:
    assert {path.parent.name for path in EXAMPLES.glob("*/kit.yaml")} == set(COUNTS)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_proofreader_finds_nothing_and_counts_all(name: str) -> None:
    found = review(EXAMPLES / name, date(2026, 9, 1), KEPT)
    assert found.report.diagnostics == ()
    assert found.kit is not None
    events = found.kit.events()
    assert (len(events), sum(each.session_count for each in events)) == COUNTS[name][:2]


def test_the_pages_hold_every_title_and_every_picture(built: Pdf) -> None:
    words = {"season": "Harrow Lane", "report": "Rivages vivants", "festival": "Archipels"}
    name = next(name for name, each in words.items() if each in built.text)
    assert len(built) == COUNTS[name][2]
    text = " ".join(built.text.replace("\u202f", " ").replace("\u00a0", " ").split())
    found = review(EXAMPLES / name, date(2026, 9, 1), KEPT)
    assert found.kit is not None
    for event in found.kit.events():
        assert event.title.replace("'", "’").split(" ")[0] in text
        assert event.image is None or event.image.alt in built.pictures


def test_the_examples_are_read_aloud_in_order(built: Pdf, rewrite_expected: bool) -> None:
    expected = Path(__file__).parent / "read_aloud" / f"{built.path.parent.name}.txt"
    found = "\n".join(aloud(built.path)) + "\n"
    if rewrite_expected:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
    assert empty(built.path) == []


def test_no_verb_takes_an_example_for_the_latest_kit() -> None:
    assert find_kit(None, ROOT) == ROOT / "data" / "2021"


@pytest.mark.long
def test_the_examples_conform(tmp_path: Path) -> None:
    made = []
    for name in COUNTS:
        build = journey.build(EXAMPLES / name, tmp_path / name, cache=KEPT)
        assert build.dossier is not None
        made.append(build.dossier.path)
    said = verdicts(made)
    assert {said[path, flavour].outcome for path in made for flavour in FLAVOURS} == {"pass"}


def test_credits_begin_below_whoever_signs(built: Pdf) -> None:
    english = built.language == "en"
    heading = "Picture credits" if english else "Crédits photographiques"
    below = built.spot(2, heading)
    quoted = ("told a story", "sous un microscope", "la laisse pousser")
    said = next(built.spot(2, words) for words in quoted if words in built.page(2))
    assert below[3] + 15 < said[1]  # points, from the foot of the page
