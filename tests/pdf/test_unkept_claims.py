"""A build whose PDF would not be what it claims ends with an error, and writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from moip_press.pdf.verify import verify
from moip_press.press import journey
from moip_press.report.messages import Catalogue
from tests.keeping import KEPT

KIT = """\
title: Essai
publisher: {{name: Ville}}
period: {{start: 2026-11-01, end: 2026-11-30}}
language: fr
status: {status}
chapters: [cover, own.yaml]
"""
PART = "type: custom\ntitle: Chiffres\ntemplate: own.html\n"


def built(folder: Path, template: str, status: str = "final") -> journey.Build:
    (folder / "kit" / "templates").mkdir(parents=True)
    (folder / "kit" / "kit.yaml").write_text(KIT.format(status=status), encoding="utf-8")
    (folder / "kit" / "own.yaml").write_text(PART, encoding="utf-8")
    (folder / "kit" / "templates" / "own.html").write_text(f"<h1>Chiffres</h1>{template}", "utf-8")
    return journey.build(folder / "kit", folder / "out", cache=KEPT)


@pytest.mark.parametrize(
    ("template", "code", "words"),
    [
        ("<h3>Sauté</h3>", "I303", "Un titre de niveau 3 suit un titre de niveau 1. Page\xa02."),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            "I323",
            "Les lignes d’un tableau n’ont pas la même longueur. Page\xa02.",
        ),
        (
            '<p><span lang="f r">mot</span></p>',
            "I305",
            "«\xa0f r\xa0» n’est pas le code d’une langue. Page\xa02.",
        ),
        (
            '<p style="color: device-cmyk(0 0 0 1)">noir</p>',
            "I338",
            "Il a des couleurs en CMYK, et aucun profil ne dit lesquelles. Page\xa02.",
        ),
    ],
)
def test_the_error_names_the_cause(tmp_path: Path, template: str, code: str, words: str) -> None:
    build = built(tmp_path, template)
    assert build.dossier is None
    assert not (tmp_path / "out").exists()
    (found,) = build.report.diagnostics
    assert found.code == code
    assert found.span.file.endswith("own.yaml")
    assert Catalogue("fr").say(found.message) == (
        f"Le PDF ne serait pas le PDF/UA-1 et PDF/A-3a qu’il déclare être. {words}"
    )


def test_a_draft_with_a_picture_without_words_does_not_say_that_it_is_accessible(
    tmp_path: Path,
) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9"><path d="M0 0h9v9z"/></svg>'
    build = built(tmp_path, f"<p>{picture}</p>", status="draft")
    assert build.dossier is not None
    claims, report = verify(build.dossier.path)
    assert claims.standards == ("PDF/A-3a",)
    assert {found.code for found in report.diagnostics} == {"I301", "I307"}


def test_links_that_nobody_hears_are_left_out(tmp_path: Path) -> None:
    link = '<a href="https://example.org">lien</a>'
    rows = "<tr><td>a</td></tr>" * 90
    head = f"<table><thead><tr><th>{link}</th></tr></thead><tbody>{rows}</tbody></table>"
    build = built(tmp_path, f'<p aria-hidden="true">{link}</p>{head}')
    assert build.dossier is not None
    assert verify(build.dossier.path)[1].diagnostics == ()
