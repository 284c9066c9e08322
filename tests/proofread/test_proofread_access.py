"""Pictures, headings and links for those who cannot see the page, as the proofreader reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from moip_press.kit.model import blocks, edition, looks, parts, records
from moip_press.kit.model.blocks import FigureBlock
from moip_press.kit.model.fields import Record
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.records import Partner
from moip_press.proofread import accessibility
from moip_press.proofread.accessibility import PLACES, printed_width
from moip_press.proofread.check.picture_checks import alternatives_say_something
from moip_press.report.diagnostics import Severity
from tests.proofread import proofs
from tests.proofread.proofs import article, text

FULL = {"alt": "Un banc rouge", "caption": "Le banc du quai", "credit": "Alix Martin"}


def found(folder: Path, *parts: dict[str, Any], **edition: Any) -> list[tuple[str, str]]:
    return proofs.found(accessibility.FINDERS, folder, *parts, **edition)


def drawn(folder: Path, name: str, width: int, height: int, **options: Any) -> None:
    Image.new("RGB", (width, height), (31, 79, 168)).save(folder / name, **options)


def figure(file: str, **fields: str) -> dict[str, Any]:
    title = {"title": fields.pop("title")} if "title" in fields else {}
    return {"type": "figure", **title, "image": {"file": file, **fields}}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        (FULL, []),
        ({"alt": "Un banc", "caption": "Le banc du quai"}, ["I201"]),
        ({"alt": "Un banc", "caption": "Le banc du quai © Alix Martin"}, []),
        ({"alt": "Un banc", "credit": "Alix Martin"}, ["I206"]),
        ({"alt": "Un banc", "credit": "Alix Martin", "title": "Le quai"}, []),
        ({"alt": "Un banc"}, ["I201", "I206"]),
    ],
)
def test_a_photograph_has_a_credit_and_a_caption(
    tmp_path: Path, fields: dict[str, str], codes: list[str]
) -> None:
    drawn(tmp_path, "banc.jpg", 900, 600)
    kit = article(figure("banc.jpg", **fields))
    assert [code for code, _ in found(tmp_path, kit)] == codes


def test_a_drawing_or_a_credit_for_all_needs_no_credit(tmp_path: Path) -> None:
    (tmp_path / "plan.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    drawn(tmp_path, "banc.jpg", 900, 600)
    assert found(tmp_path, article(figure("plan.svg", alt="Le plan du quai"))) == []
    caption = {"alt": "Un banc", "caption": "Le banc du quai"}
    kit = article(figure("banc.jpg", **caption))
    assert found(tmp_path, kit, credits="Photographies : la ville.") == []


@pytest.mark.parametrize(
    ("size", "codes"),
    [
        ((827, 500), []),
        ((800, 500), ["I202"]),
        ((100, 100), ["I202"]),
        ((500, 2000), []),
    ],
)
def test_a_picture_has_the_pixels_that_its_size_in_print_needs(
    tmp_path: Path, size: tuple[int, int], codes: list[str]
) -> None:
    drawn(tmp_path, "banc.jpg", *size)
    kit = article(figure("banc.jpg", **FULL))
    assert [code for code, _ in found(tmp_path, kit)] == codes


def test_a_picture_taken_upright_is_measured_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn(tmp_path, "banc.jpg", 1200, 700, exif=exif)
    assert [code for code, _ in found(tmp_path, article(figure("banc.jpg", **FULL)))] == ["I202"]


def test_a_picture_that_cannot_be_read_or_is_awaited_is_not_measured(tmp_path: Path) -> None:
    (tmp_path / "banc.jpg").write_bytes(b"no picture")
    assert found(tmp_path, article(figure("banc.jpg", **FULL))) == []
    assert found(tmp_path, article(figure("quai.jpg", pending="yes"))) == []


def test_pictures_are_printed_as_the_theme_lets_them() -> None:
    assert round(printed_width((96, 96), PLACES[FigureBlock])) == 25
    assert printed_width((4000, 1000), PLACES[FigureBlock]) == 140
    assert printed_width((1000, 2000), PLACES[FigureBlock]) == 107.5
    assert printed_width((400, 400), PLACES[Partner]) == 22


def test_whatever_shows_a_picture_says_how_large(tmp_path: Path) -> None:
    shows = {
        model
        for module in (blocks, edition, looks, parts, records)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Record)
        for field in model.model_fields.values()
        if re.search(r"\.(Image|Logo)\b", str(field.annotation))
    }
    assert shows == PLACES.keys()
    drawn(tmp_path, "quai.png", 600, 400)
    section = {"type": "programme", "title": "Le quai", "image": {"file": "quai.png", **FULL}}
    assert [code for code, _ in found(tmp_path, {**section, "pending": "yes"})] == ["I202"]


def test_two_pictures_are_not_described_in_the_same_words(tmp_path: Path) -> None:
    drawn(tmp_path, "banc.jpg", 900, 600)
    drawn(tmp_path, "quai.jpg", 900, 600)
    same = article(figure("banc.jpg", **FULL), figure("quai.jpg", **FULL))
    assert found(tmp_path, same) == [("I205", "Un banc rouge")]
    assert found(tmp_path, article(figure("banc.jpg", **FULL), figure("banc.jpg", **FULL))) == []


@pytest.mark.parametrize(
    ("alt", "says_something"),
    [
        ("Un banc rouge sur un quai", True),
        ("Photo de groupe devant la mairie en 2021", True),
        ("Affiche 2021", True),
        ("La Joconde", True),
        ("IMG_1234.jpg", False),
        ("IMG_1234", False),
        ("DSC01234", False),
        ("banc-rouge.jpg", False),
        ("banc-1", False),
        ("image", False),
        ("Photo", False),
        ("Capture 2021-10-26", False),
    ],
)
def test_the_words_for_a_picture_are_no_file_name(
    tmp_path: Path, alt: str, *, says_something: bool
) -> None:
    drawn(tmp_path, "banc-1.jpg", 900, 600)
    for status, severity in (("draft", Severity.WARNING), ("final", Severity.ERROR)):
        part = article(figure("banc-1.jpg", **{**FULL, "alt": alt}))
        assert found(tmp_path, part, status=status) == []
        kit = read_kit(tmp_path).kit
        assert kit is not None
        told = [(each.code, each.severity) for each in alternatives_say_something(kit)]
        assert told == ([] if says_something else [("I104", severity)])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("## Le programme\n\n#### Les ateliers", ["Les ateliers"]),
        ("# A\n\n### B\n\n##### C", ["B", "C"]),
        ("#### Les ateliers\n\nTexte.", ["Les ateliers"]),
        ("## A\n\n### B\n\n## C\n\n### D", []),
        ("### A\n\nTexte.\n\n### B", []),
        ("# A\n\n## B\n\n### C\n\n# D", []),
        ("Texte.", []),
    ],
)
def test_headings_go_down_step_by_step(tmp_path: Path, written: str, words: list[str]) -> None:
    assert found(tmp_path, text(written)) == [("I203", each) for each in words]


@pytest.mark.parametrize(
    "words",
    ["ici", "Cliquez ici", "« ici »", "En savoir plus →", "lire la suite…", "here", "Read more",
     "Plus d’informations", "ce lien", "**ici**"],
)  # fmt: skip
def test_a_link_that_says_nothing_is_found(tmp_path: Path, words: str) -> None:
    written = f"Le programme est là : [{words}](https://www.example.org)."
    assert [code for code, _ in found(tmp_path, text(written))] == ["I204"]


@pytest.mark.parametrize(
    "words",
    ["le programme des labs", "en savoir plus sur les labs", "voir les évènements", "le site",
     "www.example.org", "Ici Paris", "read more about the labs", "Ici et là"],
)  # fmt: skip
def test_a_link_that_says_where_it_leads_is_left_alone(tmp_path: Path, words: str) -> None:
    assert found(tmp_path, text(f"Voici [{words}](https://www.example.org).")) == []
