"""Footnotes and Markdown tables on pages: at the foot, counted by chapter, heard at their sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest

from moip_press.press import journey
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts
from tests.pdf.listening import aloud
from tests.reading import Pdf

KIT = """title: Essai
period: {start: 2026-11-01, end: 2026-11-30}
publisher: Association
contacts: [{id: p, name: Alix Martin, email: p@example.org}]
chapters: [a.yaml, b.yaml, c.yaml]
"""
ARTICLE = """type: article
title: Bilan
introduction: "Une ouverture[^i].\\n\\n[^i]: NOTE un."
body:
  - type: text
    text: |
      Un mot[^1] et un autre[^2], puis le premier[^1].

      | | Prix |
      | --- | --: |
      | Salle[^3] | 12 |

      - une liste[^4]

      [^1]: NOTE deux, voir [le site](https://www.example.org).
      [^2]: NOTE trois.
      [^3]: NOTE quatre.
      [^4]: NOTE cinq.
  - type: box
    text: "Encadré[^1].\\n\\n[^1]: NOTE six."
  - type: cards
    items:
      - "Carte[^1].\\n\\n[^1]: NOTE sept."
      - Autre carte
"""
PROGRAMME = """type: programme
title: Programme
events:
  - title: Visite
    when: 16 novembre
    text: "Entrée libre[^1].\\n\\n[^1]: NOTE d'un événement."
"""
EDITORIAL = """type: editorial
title: Edito
author: Camille Exemple
body: "Bienvenue[^1].\\n\\n[^1]: NOTE d'un édito."
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    files = {"kit": KIT, "a": ARTICLE, "b": PROGRAMME, "c": EDITORIAL}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    build = journey.build(folder, folder / "out", cache=KEPT)
    assert build.report.diagnostics == ()
    assert build.dossier is not None
    return build.dossier.path


def test_notes_stand_at_the_foot_and_are_counted_through_a_chapter(path: Path) -> None:
    pages = Pdf(path).pages
    assert len(pages) == 3
    words = ["un", "deux", "trois", "quatre", "cinq", "six", "sept"]
    foot = pages[0][pages[0].index("NOTE") - 2 :]
    for number, word in enumerate(words, 1):
        assert f"{number} NOTE {word}" in foot
    for page in pages[1:]:
        assert "1 NOTE d’un" in page
    assert "[^" not in "".join(pages)


def test_a_note_is_heard_where_it_is_referred_to(path: Path) -> None:
    heard = aloud(path)
    (line,) = [each for each in heard if "Un mot" in each]
    assert "Un mot[1] (note: 2 NOTE deux, voir [le site].) et" in line.replace("[2]", "[1]")
    assert sum("NOTE deux" in each for each in heard) == 1
    assert any("row: Salle" in each and "(of the row)" in each for each in heard)


def test_the_number_of_a_note_leads_to_it_and_says_so(path: Path) -> None:
    reader = pypdf.PdfReader(path)
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", ())]
    signs = [link for link in links if str(link.get("/Contents", "")).startswith("Note ")]
    assert len(signs) == 10
    ids = [name for name in reader.named_destinations if "--note-" in name]
    assert len(ids) == 9
    root: Any = reader.trailer["/Root"]
    assert len(root["/StructTreeRoot"]["/IDTree"]["/Names"]) == 18


@pytest.mark.long
def test_pages_with_notes_conform(path: Path) -> None:
    assert {verdicts([path])[path, flavour].outcome for flavour in FLAVOURS} == {"pass"}
