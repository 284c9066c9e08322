"""`moip-press new 2022 --from data/2021`: the next edition of a kit, its blanks and proposals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from moip_press import cli
from moip_press.kit.model.kit import Kit, blanks
from moip_press.kit.model.kit_files import read_kit
from moip_press.kit.model.parts import Editorial, Interview
from tests.editions.versions import EXAMPLES, HARBOUR, HEARD, ROOT
from tests.reading import Pdf

MORE = """\
version: 3
embargo: 2 novembre 2021 à 6 h
date_of_issue: 2021-10-26
waivers: [{rule: D201, reason: La couverture le veut.}]
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "fr")
    shutil.copytree(ROOT / "data" / "2021", tmp_path / "data" / "2021")
    shutil.copytree(HARBOUR, tmp_path / "data" / "harbour-2022")
    return tmp_path


def kit_of(folder: Path) -> Kit:
    read = read_kit(folder)
    assert read.kit is not None, read.report
    assert read.report.ok, read.report
    return read.kit


def test_the_next_edition_builds_at_once_beside_the_last(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021"]) == 0
    said = capsys.readouterr().err
    assert "data/2022" in said
    assert "du 1er au 30 novembre 2022" in said
    assert cli.run(["build", "data/2022"]) == 0
    pdf = Pdf(here / "output" / "2022" / "dossier.pdf")
    assert "Du 1er au 30 novembre 2022" in pdf.page(1)
    assert "rendez-vous présentés" not in pdf.page(1)
    for words in ("Texte à venir", "Questions et réponses à venir", "Événements à venir"):
        assert pdf.pages_with(words), words
    assert "événements\n0" not in pdf.text


@pytest.mark.parametrize("old", [*EXAMPLES, HEARD, HARBOUR], ids=lambda kit: kit.name)
def test_every_example_kit_has_a_next_edition_without_errors(
    tmp_path: Path, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = str(tmp_path / "next")
    assert cli.run(["new", new, "--from", str(old), "-q"]) == 0
    code = cli.run(["check", new, "--format", "concise", "--language", "en"])
    said = capsys.readouterr().out
    assert code == 0, said
    assert ": error[" not in said


COMPUTED = """\
type: article
title: En bref
body:
  - type: key-figures
    items:
      - {count: events where theme=Visite, label: visites}
      - {sum: capacity, label: places}
      - {value: "12", label: agents}
  - {type: chart, title: Par thème, count: events by theme where region=Bretagne}
  - {type: map, title: Où aller, count: events}
"""


def test_what_is_computed_of_events_is_a_blank_until_there_are_some(
    here: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "few"
    files = {
        "kit.yaml": "title: T\nlanguage: fr\nperiod: novembre 2026\n"
        "publisher: {name: Ville de Brest}\n"
        "chapters: [chiffres.yaml, agenda.yaml, index.yaml, rdv.yaml]\n",
        "chiffres.yaml": COMPUTED,
        "agenda.yaml": "type: agenda\nby: place\nselect: {theme: Visite}\n",
        "index.yaml": "type: index\nby: [place, organiser]\n",
        "rdv.yaml": "type: programme\ntitle: Les rendez-vous\nevents:\n"
        "  - {title: A, when: 3 novembre, theme: Visite, region: Bretagne, capacity: 20,"
        " place: {venue: Phare, town: 29200 Brest}, organisers: [Ville]}\n",
    }
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert cli.run(["new", "data/fewer", "--from", "data/few", "-q"]) == 0
    assert cli.run(["build", "data/fewer", "-q"]) == 0
    text = Pdf(here / "output" / "fewer" / "dossier.pdf").text
    assert text.count("À venir\n") == 2
    assert text.count("Événements à venir") == 3
    assert "12\nagents" in text
    assert "Graphique à venir" in text
    assert "Carte à venir" in text


def test_structure_contacts_and_standing_texts_stay(here: Path) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    old, new = kit_of(here / "data" / "2021"), kit_of(here / "data" / "2022")
    assert [c.id for c in new.chapters] == [c.id for c in old.chapters]
    assert new.edition.contacts == old.edition.contacts
    assert new.edition.about == old.edition.about
    assert [s.introduction for s in new.sections()] == [s.introduction for s in old.sections()]
    for name in ("labs.yaml", "ditp.yaml", "synthese.yaml", "en-bref.yaml"):
        files = [here / "data" / year / name for year in ("2021", "2022")]
        assert files[0].read_bytes() == files[1].read_bytes(), name


def test_events_editorial_and_interview_become_blanks(here: Path) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    kit = kit_of(here / "data" / "2022")
    assert kit.events() == ()
    assert len(blanks(kit)) == 8
    parts = [placed.part for placed in kit.parts()]
    (editorial,) = [part for part in parts if isinstance(part, Editorial)]
    (interview,) = [part for part in parts if isinstance(part, Interview)]
    assert (editorial.body, editorial.pull_quote, editorial.pending) == (None, None, True)
    assert (interview.exchanges, interview.pending) == ((), True)
    assert editorial.author.name == "Amélie de Montchalin"


def test_check_lists_the_blanks_until_they_are_filled(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    assert cli.run(["check", "data/2022"]) == 0
    said = capsys.readouterr()
    assert "8\N{NO-BREAK SPACE}blancs" in said.err
    assert "data/2022/programme/labs.yaml:4" in said.err
    assert "D212" in said.out
    assert "C204" not in said.out
    file = here / "data" / "2022" / "edito.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("pending: yes", "body: Bienvenue."), encoding="utf-8")
    assert cli.run(["check", "data/2022"]) == 0
    assert "7\N{NO-BREAK SPACE}blancs" in capsys.readouterr().err


def test_what_was_said_of_one_edition_only_does_not_carry_over(here: Path) -> None:
    old = here / "data" / "2021"
    text = (old / "kit.yaml").read_text(encoding="utf-8")
    line = "  - id: contact-ditp\n    validated: {by: Alix Martin, on: 2021-10-01}\n"
    text = text.replace("language: fr\n", "language: fr\n" + MORE)
    (old / "kit.yaml").write_text(text.replace("  - id: contact-ditp\n", line), encoding="utf-8")
    for name in ("edito.yaml", "labs.yaml"):
        part = (old / name).read_text(encoding="utf-8")
        part = part.replace("\ntitle:", "\nvalidated: {by: Alix, on: 2021-10-01}\ntitle:", 1)
        (old / name).write_text(part, encoding="utf-8")
    (old / "imports.json").write_text("{}", encoding="utf-8")
    (old / "releases" / "v1").mkdir(parents=True)
    (old / "releases" / "v1" / "release.json").write_text("{}", encoding="utf-8")
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    new = here / "data" / "2022"
    written = "".join(path.read_text(encoding="utf-8") for path in new.rglob("*.yaml"))
    for word in ("validated", "version:", "embargo", "date_of_issue", "waivers"):
        assert word not in written, word
    assert not (new / "imports.json").exists()
    assert not (new / "releases").exists()
    kit = kit_of(new)
    assert kit.edition.status == "draft"
    assert kit.edition.edition == 9
    assert kit.edition.previous is not None
    assert kit.edition.previous.edition == 8


def test_comments_and_layout_of_the_files_stay(here: Path) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    old = (here / "data" / "2021" / "kit.yaml").read_text(encoding="utf-8").splitlines()
    new = (here / "data" / "2022" / "kit.yaml").read_text(encoding="utf-8").splitlines()
    changed = {"edition: 8", "period: {start: 2021-11-01, end: 2021-11-30}"}
    assert [line for line in old if line not in new] == sorted(changed)
    programme = (here / "data" / "2022" / "programme" / "etat.yaml").read_text(encoding="utf-8")
    assert programme.startswith("# yaml-language-server:")
    assert "\npending: yes\n" in programme


def test_years_and_numbers_in_texts_change_only_where_that_is_asked_for(here: Path) -> None:
    assert cli.run(["new", "2022", "--from", "data/2021", "-q"]) == 0
    file = here / "data" / "2022" / "en-bref.yaml"
    assert cli.run(["check", "data/2022", "--fix", "-q"]) == 0
    assert "sa 8e édition" in file.read_text(encoding="utf-8")
    words = ["check", "data/2022", "--fix", "--select-rules", "D212", "-q"]
    assert cli.run(words) == 0
    assert "sa 9e édition" in file.read_text(encoding="utf-8")
    labs = (here / "data" / "2022" / "labs.yaml").read_text(encoding="utf-8")
    assert "lancés fin 2022" in labs
    assert "décembre 2020" in labs


def test_an_english_kit_has_its_next_edition_too(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """References to events lead to their sections; pictures that are still in use come along."""
    assert cli.run(["new", "harbour-2023", "--from", "data/harbour-2022"]) == 0
    said = capsys.readouterr().err
    assert "tides.yaml:7" in said
    new = here / "data" / "harbour-2023"
    kit = kit_of(new)
    assert kit.edition.period.start.isoformat() == "2023-09-24"
    assert "page {page:afloat}" in (new / "tides.yaml").read_text(encoding="utf-8")
    assert cli.run(["build", "data/harbour-2023"]) == 0
    pdf = Pdf(here / "output" / "harbour-2023" / "dossier.pdf")
    assert pdf.pages_with("Events to come")
    assert pdf.pages_with("Questions and answers to come")
    assert {path.name for path in (new / "images").iterdir()} == {
        "anchor.png",
        "director.png",
        "quay.png",
    }
    assert (new / "templates" / "tides.html").is_file()
    assert (new / "styles" / "tokens.css").is_file()


def test_a_folder_is_taken_as_it_is_named_and_never_overwritten(here: Path) -> None:
    assert cli.run(["new", "elsewhere/2023", "--from", "data/2021", "-q"]) == 0
    assert kit_of(here / "elsewhere" / "2023").edition.period.start.year == 2023
    assert cli.run(["new", "2021", "--from", "data/2021", "-q"]) == 2
    assert cli.run(["new", "2024", "--from", "data/2020", "-q"]) == 2


def test_a_kit_with_faults_has_no_next_edition(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = here / "data" / "2021" / "kit.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2021-11-30", "2021-11-31"), encoding="utf-8")
    assert cli.run(["new", "2022", "--from", "data/2021"]) == 1
    assert "D101" in capsys.readouterr().err
    assert not (here / "data" / "2022").exists()
