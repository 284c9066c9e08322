"""What a kit counts itself, as it stands on its pages and travels in its data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pypdf
import pytest

from moip_press.press import journey
from tests.keeping import KEPT
from tests.reading import A4, SIDE, Pdf

WORD = "Interministérialisation" * 8
KIT = """\
title: Archipels
period: {start: 2026-10-02, end: 2026-11-18}
publisher: Association
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [figures.yaml, programme.yaml]
"""
PROGRAMME = """\
type: programme
title: Le programme
events:
"""


def events() -> str:
    regions = ["Bretagne"] * 3 + ["Normandie"] * 2 + ["La Réunion"] + [""] * 2
    return PROGRAMME + "".join(
        f"  - title: Rendez-vous {number}\n    when: {number + 3} octobre\n"
        + (f"    region: {region}\n" if region else "")
        + (f"    capacity: {number * 1000}\n" if number in (1, 2) else "")
        for number, region in enumerate(regions)
    )


def with_figures(kit: Path, title: str, body: Sequence[object]) -> Path:
    """The folder of a kit that has the programme, and an article of these blocks before it."""
    part = {"type": "article", "title": title, "body": body}
    text = json.dumps(part, ensure_ascii=False)
    for name, content in (("kit", KIT), ("figures", text), ("programme", events())):
        (kit / f"{name}.yaml").write_text(content, encoding="utf-8")
    return kit


def built(kit: Path, title: str, body: Sequence[object]) -> journey.Build:
    """Such a kit, built."""
    return journey.build(with_figures(kit, title, body), kit / "output", cache=KEPT)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    items = [
        {"count": "events", "label": "rendez-vous en tout"},
        {"count": "events where region=Bretagne", "label": "en Bretagne"},
        {"sum": "capacity", "label": "places"},
        {"value": WORD, "label": WORD, "source": WORD},
    ]
    body = [{"type": "key-figures", "items": items}]
    build = built(tmp_path_factory.mktemp("figures"), "En chiffres", body)
    assert build.dossier is not None, build.report.diagnostics
    return Pdf(build.dossier.path)


def test_what_is_computed_is_printed_with_what_is_known_of_it(pdf: Pdf) -> None:
    text = pdf.page(1)
    assert "8 rendez-vous en tout" in text
    assert "3 en Bretagne Renseigné pour 6 sur 8 événements" in text
    assert "3\u202f000 places Renseigné pour 2 sur 8 événements" in text


def test_no_value_and_no_label_runs_over_its_column(pdf: Pdf) -> None:
    left, _, right, _ = pdf.spot(1, WORD[:20])
    assert left >= SIDE - 1
    assert right <= A4[0] - SIDE + 1
    assert pdf.page(1).replace(" ", "").count(WORD) == 3


def test_what_is_computed_travels_in_the_data_of_the_pdf(pdf: Pdf) -> None:
    ((_, (content,)),) = pypdf.PdfReader(Path(pdf.path)).attachments.items()
    items = json.loads(content)["parts"][0]["body"][0]["items"]
    assert [item["value"] for item in items[:3]] == ["8", "3", "3\u202f000"]
