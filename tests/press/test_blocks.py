"""Blocks of articles on their pages: people, pictures, moments, questions, sources, terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from moip_press.press import journey
from tests.keeping import KEPT
from tests.reading import Pdf

KIT = """title: Essai
period: {start: 2026-11-01, end: 2026-11-30}
publisher: Association
chapters: [a.yaml]
"""
TERMS = """terms:
  - {preferred: Zostère, explanation: "Une *herbe* marine."}
  - {preferred: Écume, explanation: De l'eau et de l'air.}
  - {preferred: Muet, wrong: [Muett]}
"""
PICTURE = {"file": "p.png", "alt": "Un visage", "caption": "Légende", "credit": "Alix Martin"}
LONG = "Une phrase de biographie qui se répète. " * 60
MEMBERS = [
    {"name": "Anne Un", "role": "Présidente", "portrait": PICTURE, "biography": "Une vie."},
    {"name": "Bob Deux", "email": "bob@example.org", "telephone": "01 99 00 12 34"},
    {"name": "Cléo Trois", "portrait": {"pending": "yes", "alt": "Cléo"}, "biography": LONG},
]
BODY: list[dict[str, Any]] = [
    {"type": "people", "title": "Bureau", "introduction": "Élus.", "people": MEMBERS},
    *({"type": "people", "columns": str(n), "people": MEMBERS[:2]} for n in (2, 3, 4)),
    {"type": "gallery", "title": "Vues", "images": [PICTURE, PICTURE, {"pending": "yes"}]},
    *({"type": "figure", "width": w, "image": PICTURE} for w in ("column", "full", "bleed")),
    {"type": "timeline", "items": [{"when": "1998", "title": "Début", "text": "- un\n- deux"}]},
    {"type": "faq", "title": "Questions", "items": [{"question": "Quand ?", "answer": "Bientôt."}]},
    {"type": "sources", "items": ["Un titre", {"title": "T", "link": "https://a.example/t"}]},
    {"type": "glossary", "title": "Mots"},
    {"type": "text", "columns": "2", "text": "GAUCHE " * 150 + "\n\n" + "DROITE " * 150},
    {"type": "box", "columns": "2", "text": "Encadré."},
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blocks")
    Image.new("RGB", (1800, 900), "#886644").save(folder / "p.png")
    part = {"type": "article", "title": "Bilan", "body": BODY}
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "glossary.yaml").write_text(TERMS, encoding="utf-8")
    (folder / "a.yaml").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    build = journey.build(folder, folder / "out", cache=KEPT)
    assert [each.code for each in build.report.diagnostics if each.code[0] != "P"] == []
    assert build.dossier is not None
    return build.dossier.path


def test_each_block_prints_all_its_words_and_pictures(path: Path) -> None:
    pdf = Pdf(path)
    text = " ".join(pdf.text.split())
    for word in ("Anne Un", "Présidente", "Une vie.", "bob@example.org", "1998", "Bientôt."):
        assert word in text
    # a page may end within a sentence
    assert [text.count(word) for word in ("phrase", "biographie", "répète")] == [60, 60, 60]
    assert text.count("Alix Martin") == 9
    assert pdf.pictures.count("Un visage") == 9


def test_terms_with_an_explanation_stand_in_the_order_of_the_alphabet(path: Path) -> None:
    text = Pdf(path).text
    assert text.index("Écume") < text.index("Zostère") < text.index("Une herbe marine")
    assert "Muet" not in text


def test_a_figure_is_as_wide_as_it_says(path: Path) -> None:
    widths = set()
    for page in pypdfium2.PdfDocument(path):
        for item in page.get_objects(filter=[3]):  # pictures
            left, _, right, _ = item.get_bounds()
            widths.add(round((right - left) * 25.4 / 72))
    assert {174, 210} <= widths


def test_a_text_stands_in_two_columns(path: Path) -> None:
    lines = [line for page in Pdf(path).pages for line in page.split("\n")]
    assert any("GAUCHE" in line for line in lines)
    pages = [page for page in Pdf(path).pages if "GAUCHE" in page]
    assert any("DROITE" in page for page in pages)
