"""A document is no chapter, and only hyphens make a list: what stands there is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press import cli
from moip_press.kit.model.kit_files import read_kit
from moip_press.report.messages import Catalogue

KIT = """\
title: Semaine
period: {{start: 2026-11-01, end: 2026-11-30}}
publisher: {{name: Ville}}
chapters: [cover, {chapter}]
"""
LISTED = """\
type: programme
title: Le programme
events:
  - title: Portes ouvertes
    when: 16 novembre
    organisers:
      – Ifremer
      – CNRS
    text: |
      – ceci reste
    notes: "– cela aussi"
"""


def write(folder: Path, chapter: str, text: str = "") -> Path:
    (folder / "kit.yaml").write_text(KIT.format(chapter=chapter), encoding="utf-8")
    (folder / chapter).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        ("edito.docx", "« edito.docx » est un document"),
        ("Edito.ODT", "« Edito.ODT » est un document"),
        ("programme.xlsx", "« programme.xlsx » est un tableau"),
    ],
)
def test_a_document_is_no_chapter(tmp_path: Path, chapter: str, said: str) -> None:
    (found,) = read_kit(write(tmp_path, chapter, "PK")).report.diagnostics
    assert found.code == "S130"
    assert Catalogue("fr").say(found.message).replace("\u00a0", " ").startswith(said)


def test_a_list_with_dashes_is_corrected(tmp_path: Path) -> None:
    kit = write(tmp_path, "programme.yaml", LISTED)
    (found,) = read_kit(kit).report.diagnostics
    assert (found.code, found.span.start.line, found.span.start.column) == ("S131", 7, 7)
    assert cli.run(["check", str(kit), "--fix", "-q"]) == 0
    text = (kit / "programme.yaml").read_text(encoding="utf-8")
    assert "      - Ifremer\n      - CNRS\n" in text
    assert "      – ceci reste\n" in text
    assert '"– cela aussi"' in text


def test_a_dash_that_keeps_a_file_from_being_read_is_told(tmp_path: Path) -> None:
    kit = write(tmp_path, "programme.yaml", LISTED.replace("  - title", "  • title"))
    (found,) = read_kit(kit).report.diagnostics
    assert (found.code, found.span.start.line) == ("S131", 4)
