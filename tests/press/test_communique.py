"""A press release: on its pages all that it holds, and a file of its own with nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pypdf
import pytest

from moip_press.press import journey
from moip_press.press.outcome import Build, Order, Request
from tests.keeping import KEPT
from tests.oracle import FLAVOURS, verdicts
from tests.reading import Pdf, one_line

KIT = """\
title: Semaine de la lecture
language: fr
period: {start: 2023-03-06, end: 2023-03-12}
place_of_issue: Lyon
date_of_issue: 2023-02-01
embargo: 2 février 2023 à 6 h
publisher: {name: Ville de Saint-Exemple}
about: {title: La ville, text: Elle lit depuis mille ans.}
contacts:
  - {id: presse, name: Alix Martin, email: presse@example.org}
  - {id: salle, name: Yann Kerber, telephone: 01 02 03 04 05}
chapters: [cover, contents, [mot.yaml, communique-ouverture.yaml], programme.yaml]
"""
RELEASE = """\
type: communique
title: La ville lit à voix haute
id: communique-ouverture
place_of_issue: Villeurbanne
lead: Une semaine de lectures.
figures:
  - {value: 3 000, label: auditeurs}
  - {count: events where status=confirmed, label: rendez-vous}
body: Toutes les salles sont ouvertes.
quotes:
  - {text: "Lire, c'est donner sa voix.", person: {name: Camille Durand, role: maire}}
  - {text: « Venez ! », person: Victor Exemple}
practical: {text: Sur accréditation., events: [ouverture, bal], contacts: [salle]}
contacts: [presse]
"""
EVENTS = """\
type: programme
id: programme
title: Le programme
events:
  - title: Ouverture
    id: ouverture
    when: 6 mars, 18:00
    place: {venue: Grand théâtre}
    registration: https://www.example.org/i
  - {title: Bal, id: bal, when: 7 mars, status: cancelled}
"""


def written(folder: Path, release: str = RELEASE, kit: str = KIT) -> Path:
    folder.mkdir()
    (folder / "kit.yaml").write_text(kit, encoding="utf-8")
    (folder / "mot.yaml").write_text(
        "type: article\ntitle: Un mot\nintroduction: Avant tout.\n", encoding="utf-8"
    )
    (folder / "communique-ouverture.yaml").write_text(release, encoding="utf-8")
    (folder / "programme.yaml").write_text(EVENTS, encoding="utf-8")
    return folder


def built(folder: Path, *sections: str) -> Build:
    order = Order(handouts=Request(sections))
    return journey.build(folder, folder.parent / "output", cache=KEPT, order=order)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    found = built(written(tmp_path_factory.mktemp("release") / "kit"), "communique-ouverture")
    assert found.ok, found.report
    assert found.report.diagnostics == ()
    return found


@pytest.fixture(scope="module")
def alone(made: Build) -> Pdf:
    (file,) = made.handouts
    assert file.path.name == "communique-ouverture.pdf"
    return Pdf(file.path)


def test_it_is_a_document_of_its_own_without_cover_or_ending(alone: Pdf) -> None:
    assert len(alone) == 1
    text = one_line(alone.text)
    assert "Du dossier de presse" not in text
    assert "Avant tout" not in text
    said = pypdf.PdfReader(alone.path).metadata
    assert said is not None
    assert said.subject == "Communiqué de presse"


def test_it_says_all_that_it_holds_in_the_order_of_a_press_release(alone: Pdf) -> None:
    text = one_line(alone.text).replace("\N{NARROW NO-BREAK SPACE}", " ")
    found = [
        "Ville de Saint-Exemple",
        "COMMUNIQUÉ DE PRESSE",
        "Villeurbanne, le 1er février 2023",
        "Sous embargo jusqu’au 2 février 2023 à 6 h",
        "La ville lit à voix haute",
        "Une semaine de lectures.",
        "3 000",
        "1 rendez-vous",
        "Toutes les salles sont ouvertes.",
        "« Lire, c’est donner sa voix. »",
        "Camille Durand, maire",
        "« Venez ! »",
        "Informations pratiques",
        "6 mars, à 18 h",
        "Ouverture",
        "Grand théâtre",
        "ANNULÉ",
        "Yann Kerber",
        "La ville",
        "Elle lit depuis mille ans.",
        "Contact presse",
        "Alix Martin",
    ]
    place = 0
    for words in found:
        place = text.find(words, place)
        assert place >= 0, words
    assert "««" not in text.replace(" ", "")


def test_it_is_a_chapter_of_the_dossier_too(made: Build) -> None:
    assert made.dossier is not None
    text = one_line(Pdf(made.dossier.path).text)
    assert "COMMUNIQUÉ DE PRESSE" in text
    assert "La ville lit à voix haute 4" in text  # in the contents


def test_each_release_of_a_kit_becomes_a_file_unless_it_says_no(tmp_path: Path) -> None:
    found = built(written(tmp_path / "kit"))
    assert [each.path.name for each in found.handouts] == [
        "communique-ouverture.pdf",
        "programme.pdf",
    ]
    other = built(written(tmp_path / "other", f"{RELEASE}handout: no\n"))
    assert [each.path.name for each in other.handouts] == ["programme.pdf"]


def test_its_data_are_those_that_it_prints(made: Build) -> None:
    (file,) = made.handouts
    ((content,),) = pypdf.PdfReader(file.path).attachments.values()
    data = json.loads(content)
    (part,) = data["parts"]
    assert part["type"] == "communique"
    assert part["quotes"][0]["person"] == {"name": "Camille Durand", "role": "maire"}
    assert part["practical"]["events"] == ["ouverture", "bal"]
    assert data["kit"]["about"]["title"] == "La ville"
    assert [each["id"] for each in data["kit"]["contacts"]] == ["presse", "salle"]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("[ouverture, bal]", "[ouvertur]", "R102", "ouvertur"),
        ("contacts: [salle]", "contacts: [sale]", "R104", "sale"),
        ("contacts: [presse]", "contacts: [press]", "R104", "press"),
        ("lead: Une semaine de lectures.\n", "", None, ""),
        ("body: Toutes les salles sont ouvertes.\n", "", None, ""),
    ],
)
def test_what_it_names_is_there(
    tmp_path: Path, old: str, new: str, code: str | None, words: str
) -> None:
    assert old in RELEASE
    found = built(written(tmp_path / "kit", RELEASE.replace(old, new)), "communique-ouverture")
    assert [each.code for each in found.report.diagnostics] == ([code] if code else [])
    for each in found.report.diagnostics:
        assert words in each.message.values.values()
        assert each.span.file.endswith("communique-ouverture.yaml")


def test_without_any_text_it_is_refused_or_a_visible_blank(tmp_path: Path) -> None:
    bare = "type: communique\ntitle: À venir\n"
    found = built(written(tmp_path / "kit", bare))
    (fault,) = found.report.diagnostics
    assert fault.code == "S102"
    awaited = built(written(tmp_path / "other", f"{bare}pending: yes\n"))
    assert awaited.ok
    assert "Texte à venir" in one_line(Pdf(awaited.handouts[0].path).text)


def test_a_draft_event_is_not_announced(tmp_path: Path) -> None:
    folder = written(tmp_path / "kit")
    events = folder / "programme.yaml"
    events.write_text(EVENTS.replace("status: cancelled", "status: draft"), encoding="utf-8")
    found = built(folder)
    assert "R107" in [each.code for each in found.report.diagnostics]


@pytest.mark.long
def test_verapdf_accepts_it(made: Build) -> None:
    (file,) = made.handouts
    said = verdicts([file.path])
    assert len(said) == len(FLAVOURS)
    assert {each.outcome for each in said.values()} == {"pass"}, said


def test_its_own_embargo_stands_on_its_pages_and_its_file_in_place_of_the_kits(
    tmp_path: Path,
) -> None:
    found = built(written(tmp_path / "kit", f"{RELEASE}embargo: 5 février 2023 à 18 h\n"))
    assert found.report.diagnostics == ()
    assert found.dossier is not None
    own, kits = "jusqu’au 5 février 2023 à 18 h", "jusqu’au 2 février 2023 à 6 h"
    release, section = (Pdf(each.path) for each in found.handouts)
    for page in release.pages:
        assert own in one_line(page)
        assert kits not in one_line(page)
    assert kits in one_line(section.text)
    assert own not in one_line(section.text)
    dossier = [one_line(page) for page in Pdf(found.dossier.path).pages]
    assert [own in page for page in dossier].count(True) == 2  # its chapter: a word, the release
    assert all((own in page) is not (kits in page) for page in dossier)
    for file, until in ((release, own), (section, kits)):
        said = pypdf.PdfReader(file.path).metadata
        assert said is not None
        assert until in str(said.title).replace("\N{NO-BREAK SPACE}", " ")
    manifest = json.loads((found.dossier.path.parent / "manifest.json").read_text())
    ends = {each["path"]: each["issue"]["embargo"] for each in manifest["outputs"]}
    assert ends["handouts/communique-ouverture.pdf"] == "2023-02-05T18:00"
    assert ends["handouts/programme.pdf"] == ends["dossier.pdf"] == "2023-02-02T06:00"


def test_a_few_lines_take_no_page_of_their_own(tmp_path: Path) -> None:
    line = "La ville lit depuis mille ans et nous sommes heureux de vous le dire. "
    boiler = KIT.replace("Elle lit depuis mille ans.", line * 3)
    for lines in (14, 18):
        body = "body: |\n" + "  " + line * lines + "\n"
        release = RELEASE.replace("body: Toutes les salles sont ouvertes.\n", body)
        made = built(written(tmp_path / str(lines), release, boiler), "communique-ouverture")
        (file,) = made.handouts
        assert file.pages == (1 if lines == 14 else 2)
