"""What is published is PDF/UA-1 and PDF/A-3a at once: veraPDF says so, and rejects what is not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdf
import pytest
import weasyprint
from pypdf.generic import ArrayObject, NameObject
from weasyprint.pdf.metadata import DocumentMetadata

from moip_press.pdf import engine, tagged_file
from moip_press.pdf.verify import verify
from moip_press.press import journey
from moip_press.press.outcome import Request
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, Verdict, verdicts
from tests.pdf.listening import aloud, empty

KITS = Path(__file__).parents[1] / "kits"
# One file for each thing without which a standard is not met: in which flavour it must fail.
BAD = {
    "plain": FLAVOURS,
    "only-ua": ("3a",),
    "only-a": ("ua1",),
    "picture-without-words": ("ua1",),
    "no-language": ("ua1",),
    "no-parents": ("ua1",),
    "links-without-words": ("ua1",),
    "no-data-relationship": ("3a",),
    "no-output-intent": ("3a",),
}
PAGE = """<html lang="en"><title>Bad</title><body><h1>Bad</h1>
<p><a href="https://example.org">a link</a></p>"""
LINKED = """<html lang="en"><title>Linked</title><body><h1>Linked</h1>
<p>Here <a href="https://example.org/a"><img alt="A square" src="{}"></a>
<a href="https://example.org/a">beside</a>"""
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"


def path(build: journey.Build) -> Path:
    assert build.dossier is not None, build.report.diagnostics
    return build.dossier.path


@pytest.fixture(scope="session")
def good(
    build_2021: journey.Build,
    build_heard: journey.Build,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    order = journey.Order(handouts=Request())
    folder = tmp_path_factory.mktemp("harbour")
    harbour = journey.build(KITS / "harbour", folder, order=order, cache=KEPT)
    files = {"2021": path(build_2021), "heard": path(build_heard), "harbour": path(harbour)}
    return files | {f"handout {each.path.stem}": each.path for each in harbour.handouts}


@pytest.fixture(scope="session")
def bad(build_heard: journey.Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files that do not conform: made otherwise, or good ones that were broken."""
    folder = tmp_path_factory.mktemp("bad")
    files = {name: folder / f"{name}.pdf" for name in BAD}
    weasyprint.HTML(string=PAGE).write_pdf(files["plain"])
    weasyprint.HTML(string=PAGE).write_pdf(files["only-ua"], pdf_variant="pdf/ua-1")
    document = weasyprint.HTML(string=PAGE + PICTURE).render()
    files["picture-without-words"].write_bytes(tagged_file.write(document).content)
    for name, breaking in BREAKING.items():
        writer = pypdf.PdfWriter(clone_from=path(build_heard))
        breaking(writer.root_object)
        writer.write(files[name])
    return files


def without_claim(root: Any) -> None:
    stream = root["/Metadata"]
    stream.set_data(stream.get_data().replace(b'pdfuaid:part="1"', b""))


def without_language(root: Any) -> None:
    del root["/Lang"]


def without_parents(root: Any) -> None:
    root["/StructTreeRoot"]["/ParentTree"][NameObject("/Nums")] = ArrayObject()


def without_words(root: Any) -> None:
    for page in root["/Pages"]["/Kids"]:
        for entry in page.get_object().get("/Annots", ()):
            entry.get_object().pop("/Contents", None)


def without_relationship(root: Any) -> None:
    for entry in root["/Names"]["/EmbeddedFiles"]["/Names"][1::2]:
        del entry.get_object()["/AFRelationship"]


def without_intent(root: Any) -> None:
    del root["/OutputIntents"]


BREAKING = {
    "only-a": without_claim,
    "no-language": without_language,
    "no-parents": without_parents,
    "links-without-words": without_words,
    "no-data-relationship": without_relationship,
    "no-output-intent": without_intent,
}


@pytest.fixture(scope="session")
def said(
    build_heard: journey.Build, build_pictured: journey.Build, bad: dict[str, Path]
) -> Mapping[tuple[Path, str], Verdict]:
    """What veraPDF says of good files and of all bad ones, in one run."""
    return verdicts([path(build_heard), path(build_pictured), *bad.values()])


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_dossier_conforms(
    build_heard: journey.Build, said: Mapping[tuple[Path, str], Verdict], flavour: str
) -> None:
    assert said[path(build_heard), flavour] == Verdict("pass", ())


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_dossier_with_pictures_of_all_kinds_conforms(
    build_pictured: journey.Build, said: Mapping[tuple[Path, str], Verdict], flavour: str
) -> None:
    assert said[path(build_pictured), flavour] == Verdict("pass", ())


@pytest.mark.long
def test_every_dossier_and_handout_conforms(good: dict[str, Path]) -> None:
    assert len(good) > 8
    said = verdicts([*good.values()])
    found = {(name, kind): said[file, kind] for name, file in good.items() for kind in FLAVOURS}
    assert found == dict.fromkeys(found, Verdict("pass", ()))


@pytest.mark.parametrize(
    ("name", "flavour"), [(name, flavour) for name, flavours in BAD.items() for flavour in flavours]
)
def test_the_oracle_rejects_what_does_not_conform(
    bad: dict[str, Path], said: Mapping[tuple[Path, str], Verdict], name: str, flavour: str
) -> None:
    verdict = said[bad[name], flavour]
    assert verdict.outcome == "fail"
    assert verdict.rules


# --- the quick check, which needs no Java -------------------------------------------------


@pytest.mark.long
def test_every_dossier_and_handout_passes_the_quick_check(good: dict[str, Path]) -> None:
    for name, file in good.items():
        claims, report = verify(file)
        assert claims.standards == ("PDF/UA-1", "PDF/A-3a"), name
        assert claims.attached == ("data.json",), name
        assert report.diagnostics == (), name


def test_the_data_of_a_handout_are_its_own(good: dict[str, Path]) -> None:
    chosen = pypdf.PdfReader(good["handout afloat"])
    ((content,),) = chosen.attachments.values()
    found = json.loads(content)
    assert [part["id"] for part in found["parts"]] == ["afloat"]
    assert found["handout"]["title"]
    assert b"rope-walk" not in content


@pytest.mark.parametrize("name", sorted(BAD))
def test_the_quick_check_finds_what_is_missing(bad: dict[str, Path], name: str) -> None:
    _, report = verify(bad[name])
    # what is PDF/UA alone is accessible, and only archives miss something
    assert report.warnings if name == "only-ua" else report.errors


# --- what a listener hears ----------------------------------------------------------------


def test_a_kit_is_read_aloud_in_order(build_heard: journey.Build, rewrite_expected: bool) -> None:
    expected = KITS / "heard" / "expected.aloud.txt"
    found = "\n".join(aloud(path(build_heard))) + "\n"
    if rewrite_expected:
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_each_event_of_2021_is_a_section_that_begins_with_its_heading(
    build_2021: journey.Build,
) -> None:
    lines = [line.strip() for line in aloud(path(build_2021))]
    days = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|à partir du|les |du |\d)"
    starts = [number for number, line in enumerate(lines) if line == "section"]
    events = [number for number in starts if re.match(days, lines[number + 2])]
    assert len(events) > 50
    for start in events:
        assert lines[start + 1].startswith("heading 2: ")
        inside = lines[start + 1 : next((n for n in starts if n > start), len(lines))]
        assert sum(line.startswith("heading 2: ") for line in inside) == 1


def test_the_contents_of_2021_are_a_list_of_links(build_2021: journey.Build) -> None:
    lines = [line.strip() for line in aloud(path(build_2021))]
    start = lines.index("heading 1: Sommaire")
    assert lines[start + 1] == "contents of 4"
    entries = [line for line in lines[start : start + 13] if re.fullmatch(r"- \[.+\]\d+", line)]
    assert len(entries) == 9


def test_a_day_that_is_printed_once_is_heard_with_each_event(build_2021: journey.Build) -> None:
    lines = [line.strip() for line in aloud(path(build_2021))]
    second = lines.index(
        "heading 2: DES SERIOUS GAMES POUR LA RÉFLEXION, LA COOPÉRATION ET L’APPRENTISSAGE"
    )
    assert lines[second + 1] == "3 novembre, de 14 h à 18 h"


def test_a_section_is_announced_before_what_stands_above_its_title(
    build_2021: journey.Build,
) -> None:
    lines = [line.strip() for line in aloud(path(build_2021))]
    start = lines.index("Programmation du Mois de l’innovation publique")
    assert lines[start - 1].startswith("heading 1: Les événements du ministère")
    assert "heading 3: Innov’Mandie" in lines
    assert lines[lines.index("heading 3: Innov’Mandie") + 1] == "Normandie"


def test_a_quotation_from_the_text_is_heard_once(
    build_2021: journey.Build, build_heard: journey.Build
) -> None:
    repeated = "L’enjeu à présent est de permettre et d’accompagner"
    assert sum(repeated in line for line in aloud(path(build_2021))) == 1
    # one with words of its own is heard
    assert any("Lire, c’est entendre." in line for line in aloud(path(build_heard)))


def test_nothing_empty_is_announced(build_2021: journey.Build, build_heard: journey.Build) -> None:
    for build in (build_2021, build_heard):
        assert empty(path(build)) == []


def test_a_day_of_the_cover_is_heard_with_its_month(build_heard: journey.Build) -> None:
    assert any(line.strip() == "- 6 (6 mars 2023)" for line in aloud(path(build_heard)))


def test_what_stands_on_every_page_is_not_read(build_heard: journey.Build) -> None:
    found = "\n".join(aloud(path(build_heard)))
    assert "Contact presse :" not in found
    assert "décor" not in found
    assert found.count("Jour") == 1  # the head of the table, drawn again on each page


def test_links_are_told_by_their_words(build_heard: journey.Build) -> None:
    told = {
        str(entry.get_object()["/Contents"])
        for page in pypdf.PdfReader(path(build_heard)).pages
        for entry in page.get("/Annots", ())
    }
    told = {text.replace("\xa0", " ") for text in told}
    assert {"Ouverture", "le site", "Portrait", "Vers la suite", "gras et penché"} <= told
    assert "En savoir plus : Ouverture" in told
    assert not any("://" in text for text in told - {"https://www.example.org"})


def test_each_link_is_one_area_a_line(build_heard: journey.Build) -> None:
    page: Any = pypdf.PdfReader(path(build_heard)).pages[1]
    entries = [entry.get_object() for entry in page["/Annots"]]
    inside = [entry["/Dest"] for entry in entries if "/Dest" in entry]
    assert len(inside) == len(set(inside)) == 9


def test_a_picture_that_is_a_link_is_one_area_round_it(tmp_path: Path) -> None:
    file = tmp_path / "linked.pdf"
    picture = "data:image/svg+xml," + quote(PICTURE.replace("'9'", "'60'"))
    document = weasyprint.HTML(string=LINKED.format(picture)).render()
    file.write_bytes(tagged_file.write(document).content)
    page: Any = pypdf.PdfReader(file).pages[0]
    around, beside = (entry.get_object() for entry in page["/Annots"])
    assert around["/Contents"] == "A square"
    left, one, right, other = map(float, around["/Rect"])
    assert right - left == pytest.approx(45)  # 60 pixels
    assert abs(one - other) >= 44.9
    assert beside["/Contents"] == "beside"


def test_passages_keep_their_language(build_heard: journey.Build) -> None:
    found = "\n".join(aloud(path(build_heard)))
    assert "(en: Reading Week)" in found
    assert "(en: An Evening with Poets)" in found
    assert "DITP (Direction interministérielle)" in found


# --- our own tags beside WeasyPrint's -----------------------------------------------------


def test_another_weasyprint_tags_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = weasyprint.HTML(string=PAGE).render()
    ours = tagged_file.write(document.copy()).content
    monkeypatch.setattr(engine, "VERSION", "1.0")
    theirs = tagged_file.write(document.copy()).content
    spoken = []
    for content in (ours, theirs):
        file = tmp_path / "file.pdf"
        file.write_bytes(content)
        spoken.append([line.strip() for line in aloud(file)])
        assert verify(file)[0].standards == ("PDF/UA-1", "PDF/A-3a")
    assert spoken[0] == ["heading 1: Bad", "[a link]"]
    assert spoken[1] == spoken[0]


def test_pages_can_be_written_twice() -> None:
    document = weasyprint.HTML(string=PAGE).render()
    written = [tagged_file.write(document.copy()).content for _ in range(2)]
    assert written[0] == written[1]
    assert document.metadata.title == "Bad"
    assert type(document.metadata) is DocumentMetadata
