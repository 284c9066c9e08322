"""Programmes as people write them, 20,000 words: how often is a right text suspected?

`programmes/` holds sections of made-up events with what real ones have: casts and credits,
quotations cut by “(…)”, regional languages, initials with dots, prices, lines of practical
information. What is found in them is a false alarm; so it is in `clean/`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from moip_press.proofread import Proof
from moip_press.proofread.review import review
from tests.keeping import KEPT

HERE = Path(__file__).parent
PROGRAMMES = sorted((HERE / "programmes").glob("*.yaml"))
CLEAN = sorted(path for path in (HERE / "clean").iterdir() if path.is_dir())
TODAY = datetime.date(2026, 10, 1)
MOST = 0.5 / 1000  # findings a word
BESIDE = {"L201"}  # that events have no links is no alarm about their words
KIT = """\
title: {title}
language: {language}
period: {{start: 2026-11-01, end: 2026-11-30}}
publisher: {{name: Ville de Saint-Exemple}}
contacts:
  - {{id: presse, name: Alix Martin, email: presse@example.org}}
chapters: [programme.yaml]
"""


def laid_out(programme: Path, folder: Path) -> Path:
    """Return the kit of a programme."""
    english = programme.stem.endswith(".en")
    title, language = ("The month", "en") if english else ("Le mois de la ville", "fr")
    folder.mkdir()
    (folder / "programme.yaml").write_bytes(programme.read_bytes())
    (folder / "kit.yaml").write_text(KIT.format(title=title, language=language), encoding="utf-8")
    return folder


@pytest.mark.long
def test_right_texts_are_hardly_ever_suspected(tmp_path: Path) -> None:
    kits = [*CLEAN, *(laid_out(each, tmp_path / each.stem) for each in PROGRAMMES)]
    words, found, shown = 0, Counter[str](), []
    for folder in kits:
        reviewed = review(folder, TODAY, KEPT)
        assert reviewed.kit is not None
        words += sum(len(p.text.split()) for p in Proof(reviewed.kit, TODAY).passages)
        for each in reviewed.report.diagnostics:
            if each.code not in BESIDE:
                found[each.code] += 1
                shown.append(f"{each.span.file}:{each.span.start.line} {each.code}")
    assert words > 20_000
    assert found.total() < MOST * words, shown
