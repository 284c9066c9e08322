"""A file is found by its name, however its accents are written."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image

from moip_press.press import journey
from moip_press.system.files import inside
from tests.keeping import KEPT

NAME = "médiathèque/été.jpg"


Form = Literal["NFC", "NFD"]
FORMS: tuple[Form, ...] = ("NFC", "NFD")


@pytest.mark.parametrize("written", FORMS)
@pytest.mark.parametrize("named", FORMS)
def test_accents_may_be_composed_or_not(written: Form, named: Form, tmp_path: Path) -> None:
    file = tmp_path / unicodedata.normalize(written, NAME)
    file.parent.mkdir()
    file.touch()
    assert inside(tmp_path, unicodedata.normalize(named, NAME)) == file
    missing = inside(tmp_path, unicodedata.normalize(named, "médiathèque/à.jpg"))
    assert missing is not None
    assert not missing.exists()
    assert missing.parent == file.parent


def test_of_two_files_that_differ_in_that_the_one_that_is_named_is_meant(tmp_path: Path) -> None:
    for form in FORMS:
        (tmp_path / unicodedata.normalize(form, "été")).touch()
    for form in FORMS:
        name = unicodedata.normalize(form, "été")
        assert inside(tmp_path, name) == tmp_path / name


def test_a_link_out_of_the_kit_is_refused_under_each_name(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    (tmp_path / "kit" / unicodedata.normalize("NFD", "été")).symlink_to(tmp_path)
    assert inside(tmp_path / "kit", "été/a.jpg") is None


def test_pictures_and_chapters_are_found(tmp_path: Path) -> None:
    kit = tmp_path / "kit"
    kit.mkdir()
    (kit / "kit.yaml").write_text(
        "title: A\nperiod: {start: 2024-03-01, end: 2024-03-31}\npublisher: {name: B}\n"
        "contacts: [{id: p, name: C, email: c@example.org}]\nchapters: [édito.yaml]\n"
    )
    (kit / unicodedata.normalize("NFD", "édito.yaml")).write_text(
        "type: article\ntitle: A\nbody:\n"
        "  - {type: figure, image: {file: forêt.png, alt: Deux chênes, credit: C}}\n"
    )
    Image.new("L", (9, 9)).save(kit / unicodedata.normalize("NFD", "forêt.png"))
    made = journey.build(kit, tmp_path / "out", cache=KEPT)
    assert made.dossier is not None, made.report.diagnostics
    assert made.published is not None
    assert len(made.published.inputs) == 3
