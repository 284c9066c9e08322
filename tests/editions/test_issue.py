"""Which issue of a kit one holds: its version, its date, a draft, an embargo on every page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdf
import pytest

from moip_press.kit import issue
from moip_press.kit.model.edition import Edition
from moip_press.press import journey
from moip_press.press.outcome import Build, Order, Request
from tests.keeping import KEPT
from tests.reading import BOTTOM, MILLIMETRE, Pdf

EMBARGO = {
    "fr": "Sous embargo jusqu’au 2 novembre 2021 à 6 h",
    "en": "Embargoed until 6am on 2 November 2021",
}
VERSION = {"fr": "Version 3, 26 octobre 2021", "en": "Version 3, 26 October 2021"}
DRAFT = {"fr": "Version de travail", "en": "Draft"}
ISSUE = "version: 3\ndate_of_issue: 2021-10-26\nstatus: draft\nembargo: 2021-11-02 06:00\n"
KIT = """\
title: {language}
language: {language}
period: {{start: 2021-11-01, end: 2021-11-30}}
publisher: {{name: Ville de Saint-Exemple}}
contacts:
  - id: press
    name: A very long name of a very long person
    organisation: The department of departments and of whatever departments need
    email: a-very-long-address-of-the-department@example.org
    telephone: "+33 1 02 03 04 05"
about: {{title: La ville}}
handouts:
  - {{title: Agenda, id: agenda, by: day}}
  - {{title: Choice, id: choice, select: {{text: one}}, foreword: Hello.}}
chapters: [cover, [contents, contacts], programme.yaml, about]
"""


def written(folder: Path, language: str, more: str = "") -> Path:
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT.format(language=language) + more, encoding="utf-8")
    event = "  - {{title: Event number one {n}, id: e{n}, when: 2021-11-{n:02}, text: one}}\n"
    events = "".join(event.format(n=n) for n in range(2, 25))
    (folder / "programme.yaml").write_text(
        f"type: programme\ntitle: Programme\nopener: page\nevents:\n{events}", encoding="utf-8"
    )
    return folder


def built(folder: Path, output: Path) -> Build:
    made = journey.build(folder, output, cache=KEPT, order=Order(handouts=Request()))
    assert made.ok, made.report
    return made


@pytest.fixture(scope="module", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(language: str, tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("issue")
    return built(written(folder / "kit", language, ISSUE), folder / "output")


def pdfs(made: Build) -> list[Path]:
    assert made.dossier is not None
    found = [made.dossier.path, *(each.path for each in made.handouts)]
    assert len(found) == 4
    return found


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_embargo_stands_on_every_page_of_every_pdf(made: Build, language: str) -> None:
    for path in pdfs(made):
        pdf = Pdf(path)
        assert len(pdf) >= 1
        for page in range(1, len(pdf) + 1):
            assert EMBARGO[language] in flat(pdf.page(page)), (path.name, page)


def test_the_embargo_stands_in_the_title_and_in_the_data(made: Build, language: str) -> None:
    for path in pdfs(made):
        reader = pypdf.PdfReader(path)
        assert reader.metadata is not None
        assert flat(str(reader.metadata.title)).startswith(f"{EMBARGO[language]} – ")
        told = json.loads(reader.attachments["data.json"][0])["kit"]
        assert told["embargo"]["days"] == ["2021-11-02"]
        assert told["embargo"]["times"] == [{"start": "06:00"}]
        assert (told["version"], told["date_of_issue"]) == ("3", "2021-10-26")
        assert told["status"] == "draft"


def test_the_manifest_says_which_issue_each_file_is_of(made: Build) -> None:
    assert made.dossier is not None
    manifest = json.loads((made.dossier.path.parent / "manifest.json").read_text("utf-8"))
    issues = [entry["issue"] for entry in manifest["outputs"]]
    assert len(issues) == 4
    for found in issues:
        assert found == {
            "version": "3",
            "date": "2021-10-26",
            "status": "draft",
            "embargo": "2021-11-02T06:00",
        }


def test_version_and_date_stand_on_the_cover_and_at_the_foot(made: Build, language: str) -> None:
    pdf = Pdf(pdfs(made)[0])
    for page in range(1, len(pdf) + 1):
        assert VERSION[language] in flat(pdf.page(page)), page
        assert DRAFT[language] in flat(pdf.page(page)), page


def test_no_line_at_the_foot_runs_into_another(made: Build, language: str) -> None:
    """Of a contact line that is too long whole facts are left out; the embargo stands below it."""
    pdf = Pdf(pdfs(made)[0])
    first = pdf.within(2, bottom=10.4 * MILLIMETRE, top=BOTTOM - 8 * MILLIMETRE)
    second = pdf.within(2, top=10.4 * MILLIMETRE)
    line = [EMBARGO[language], DRAFT[language], VERSION[language]]
    assert flat(second).strip() == " · ".join(line)
    assert "a-very-long-address-of-the-department@example.org · +33 1 02 03 04 05" in first
    assert "…" not in first
    assert len(first.strip().splitlines()) <= 2  # and the folio


@pytest.mark.long
def test_a_kit_that_lifts_its_embargo_says_nothing_of_it(tmp_path: Path) -> None:
    made = built(written(tmp_path / "kit", "fr"), tmp_path / "output")
    for path in pdfs(made):
        assert "embargo" not in Pdf(path).text.lower()
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text("utf-8"))
    assert not any("issue" in entry for entry in manifest["outputs"])


def edition(**fields: object) -> Edition:
    plain = {
        "title": "Semaine",
        "period": {"start": "2021-11-01", "end": "2021-11-30"},
        "publisher": {"name": "Ville"},
        "chapters": ["cover"],
        "date_of_issue": "2021-10-26",
        **fields,
    }
    language = fields.get("language", "fr")
    return Edition.model_validate(plain, context={"language": language})


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("3", "Version 3, 26 octobre 2021"),
        ("3.1", "Version 3.1, 26 octobre 2021"),
        ("v3", "Version 3, 26 octobre 2021"),
        ("Bon à tirer", "Bon à tirer, 26 octobre 2021"),
    ],
)
def test_a_number_is_called_a_version_and_words_stay_as_they_are(version: str, words: str) -> None:
    assert flat(issue.issue_words(edition(version=version))) == words


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({}, ""),
        ({"version": "3"}, "-v3"),
        ({"version": "v3.1", "status": "draft"}, "-v3.1-brouillon"),
        ({"version": "Bon à tirer"}, "-bon-a-tirer"),
        ({"version": "3", "embargo": "2021-11-02 06:00"}, "-v3-sous-embargo-2021-11-02-06h00"),
        ({"embargo": "2021-11-02", "language": "en"}, "-embargoed-2021-11-02"),
    ],
)
def test_names_of_files_bear_version_and_embargo(fields: dict[str, str], mark: str) -> None:
    assert issue.file_mark(edition(**fields)) == mark


def test_the_embargo_comes_first_whatever_the_version_says() -> None:
    line = issue.foot_line(edition(version="mot " * 100, embargo="2021-11-02 06:00"))
    assert flat(line).startswith("Sous embargo jusqu’au 2 novembre 2021 à 6 h · mot mot")
    assert len(line) < 130


def test_words_of_the_embargo_are_one_day_and_one_hour(tmp_path: Path) -> None:
    folder = written(tmp_path / "kit", "fr", "embargo: du 2 au 4 novembre 2021\n")
    made = journey.build(folder, tmp_path / "output", cache=KEPT)
    (found,) = made.report.diagnostics
    assert found.code == "D101"
    assert found.span.start.line == (folder / "kit.yaml").read_text("utf-8").count("\n")
