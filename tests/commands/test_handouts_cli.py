"""The verb “handouts” and “build --all”: what is written, kept, removed and said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from tests.calling import Run, call
from tests.reading import Pdf

KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-14}
website: https://exemple.fr
publisher: {name: Ville de Saint-Exemple}
contacts:
  - {id: presse, name: Alix Martin, email: presse@exemple.fr}
  - {id: lyon, name: Sacha Petit, email: lyon@exemple.fr}
chapters: [cover, contents, ville.yaml, ecoles.yaml, mot.yaml]
"""
HANDOUTS = """\
handouts:
  - title: Les rendez-vous de Lyon
    id: lyon-ville
    select: {region: Rhône}
    contacts: [lyon]
"""
SECTION = """\
type: programme
id: %s
title: %s
opener: band
spacing: normal
events:
"""
EVENT = """\
  - title: %s
    when: %s
    organisers: [%s]
    region: %s
    text: Une phrase, voir p. {page:%s}.
"""
WORD = """\
type: editorial
id: mot
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue.
handout: yes
"""


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "C")
    (folder / "kit.yaml").write_text(KIT + HANDOUTS, encoding="utf-8")
    write_section(folder, "ville", "Dans la ville", "Rhône", "mot")
    write_section(folder, "ecoles", "Dans les écoles", "Isère", "ville")
    (folder / "mot.yaml").write_text(WORD, encoding="utf-8")
    return folder


def write_section(folder: Path, name: str, title: str, region: str, target: str) -> None:
    events = "".join(
        EVENT % (f"{title}, jour {day}", f"{day} novembre", "Mairie", region, target)
        for day in (2, 9)
    )
    text = SECTION % (name, title) + events
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def run(kit: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def handouts(*options: str, verb: str = "handouts") -> tuple[int, str, str]:
        given = ("-o", "out", "--cache-dir", kept, "--language", "en", *options)
        return call(capsys, verb, kit.name, *given)

    return handouts


def written(folder: Path = Path("out/handouts")) -> list[str]:
    return sorted(path.stem for path in folder.iterdir()) if folder.is_dir() else []


def manifest() -> dict[str, dict[str, Any]]:
    told = json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))
    return {entry["path"]: entry for entry in told["outputs"]}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_handouts_are_written_and_named_in_the_manifest(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (0, "")
    assert written() == ["ecoles", "lyon-ville", "mot", "ville"]
    entries = manifest()
    assert set(entries) == {f"handouts/{name}.pdf" for name in written()}
    entry = entries["handouts/lyon-ville.pdf"]
    assert entry["kind"] == "handout"
    assert entry["selection"] == ["region=Rhône"]
    assert entry["request"] == {"of": "kit"}
    assert entry["options"] == {"folios": "own", "by": None}
    assert entry["events"] == 2
    assert entry["bytes"] == Path("out/handouts/lyon-ville.pdf").stat().st_size
    assert "kit.yaml" in entry["inputs"]
    assert not Path("out/dossier.pdf").exists()
    assert err


def test_a_table_says_file_pages_and_events(run: Run) -> None:
    _, _, err = run()
    lines = err.splitlines()
    assert lines[0].split() == ["File", "Pages", "Events"]
    assert [line.split()[0] for line in lines[1:5]] == [
        "ville.pdf",
        "ecoles.pdf",
        "mot.pdf",
        "lyon-ville.pdf",
    ]
    assert [line.split()[2] for line in lines[1:5]] == ["2", "2", "–", "2"]
    assert "4 handouts" in lines[5]
    assert run("-q") == (0, "", "")


def test_everything_is_made_in_one_go(run: Run) -> None:
    code, _, err = run("--all", verb="build")
    assert code == 0
    assert written() == ["ecoles", "lyon-ville", "mot", "ville"]
    assert len(manifest()) == 5
    assert "dossier.pdf" in err
    alone = Path("out/dossier.pdf").read_bytes()
    assert run(verb="build")[0] == 0
    assert Path("out/dossier.pdf").read_bytes() == alone
    assert len(manifest()) == 5


def test_some_sections_only(run: Run) -> None:
    assert run("--section", "ville", "--section", "mot")[0] == 0
    assert written() == ["mot", "ville"]


def test_a_handout_that_is_no_longer_asked_for_is_removed(run: Run, kit: Path) -> None:
    run()
    mine = Path("out/handouts/mine.pdf")
    mine.write_bytes(b"somebody's")
    change(kit / "mot.yaml", "handout: yes\n", "")
    change(kit / "kit.yaml", HANDOUTS, "")
    assert run()[0] == 0
    assert written() == ["ecoles", "mine", "ville"]
    assert set(manifest()) == {"handouts/ecoles.pdf", "handouts/ville.pdf"}


@pytest.mark.long
def test_what_another_request_made_stays(run: Run, kit: Path) -> None:
    run()
    run("--by", "region")
    run("--section", "ville")
    run(verb="build")
    names = ["ecoles", "lyon-ville", "mot", "region-isere", "region-rhone", "ville"]
    assert written() == names
    change(kit / "ecoles.yaml", "Isère", "Rhône")
    run("--by", "region")
    assert written() == [name for name in names if name != "region-isere"]


def test_a_file_that_somebody_changed_is_not_removed(run: Run, kit: Path) -> None:
    run()
    Path("out/handouts/mot.pdf").write_bytes(b"annotated by hand")
    change(kit / "mot.yaml", "handout: yes\n", "")
    assert run()[0] == 0
    assert Path("out/handouts/mot.pdf").read_bytes() == b"annotated by hand"


def test_a_handout_without_events_leaves_the_others_and_its_old_file(run: Run, kit: Path) -> None:
    run()
    old = Path("out/handouts/lyon-ville.pdf").read_bytes()
    change(kit / "kit.yaml", "region: Rhône", "region: Rhnôe")
    change(kit / "ville.yaml", "Une phrase", "Une autre phrase")
    before = Path("out/handouts/ville.pdf").read_bytes()
    code, _, err = run()
    assert code == 1
    assert "R126" in err
    assert "Did you mean “Rhône”?" in err
    assert "The handout “lyon-ville” was not made" in err
    assert Path("out/handouts/lyon-ville.pdf").read_bytes() == old
    assert Path("out/handouts/ville.pdf").read_bytes() != before
    assert "handouts/lyon-ville.pdf" in manifest()


def test_a_handout_that_cannot_be_written_leaves_the_others(run: Run) -> None:
    Path("out/handouts/ville.pdf").mkdir(parents=True)
    code, _, err = run()
    assert code == 3
    assert "ville.pdf” could not be written" in err
    assert "The handout “ville” was not made" in err
    assert written() == ["ecoles", "lyon-ville", "mot", "ville"]
    assert Path("out/handouts/ville.pdf").is_dir()
    assert "handouts/ville.pdf" not in manifest()
    assert not list(Path("out").rglob("*.tmp"))


def test_a_template_that_fails_one_handout_leaves_the_others(run: Run, kit: Path) -> None:
    run()
    old = {path: path.read_bytes() for path in Path("out/handouts").iterdir()}
    (kit / "templates" / "handout").mkdir(parents=True)
    (kit / "templates" / "handout" / "gathered.html").write_text("{{ nonsense }}", "utf-8")
    code, _, err = run()
    assert code == 1
    assert "gathered.html" in err
    assert "The handout “lyon-ville” was not made" in err
    assert "3 handouts" in err
    assert {path: path.read_bytes() for path in Path("out/handouts").iterdir()} == old


def test_a_kit_with_faults_leaves_everything_as_it_was(run: Run, kit: Path) -> None:
    run()
    old = {path: path.read_bytes() for path in Path("out/handouts").iterdir()}
    change(kit / "ville.yaml", "organisers", "organizers")
    code, _, err = run()
    assert code == 1
    assert "Nothing was written" in err
    assert {path: path.read_bytes() for path in Path("out/handouts").iterdir()} == old


@pytest.mark.parametrize(
    ("options", "place", "advice"),
    [
        (("--section", "vile"), "--section:1:1: error[R128]", "“ville”"),
        (("--select", "regoin=Rhône"), "--select:1:1: error[R122]", "“region”"),
        (("--select", "section=vile"), "--select:1:9: error[R125]", "“ville”"),
        (("--select", "text=x", "--select", "day=32 novembre"), "--select:2:5: error[R124]", "day"),
    ],
)
def test_a_slip_on_the_command_line_is_shown_and_nothing_is_written(
    run: Run, options: tuple[str, ...], place: str, advice: str
) -> None:
    code, _, err = run(*options)
    assert code == 2
    assert place in err
    assert "^" in err
    assert advice in err
    assert not Path("out").exists()


def test_an_empty_selection_is_no_empty_pdf(run: Run) -> None:
    code, out, err = run("--select", "region=Rhône", "--select", "day=3 novembre")
    assert (code, out) == (1, "")
    assert "--select:2:5: error[R126] No event meets “day=3 novembre”." in err
    assert not Path("out").exists()


def test_a_slip_is_told_to_programs(run: Run) -> None:
    code, out, _ = run("--select", "region=Rhone,Isere,Savoie", "--format", "json")
    (found,) = json.loads(out)["diagnostics"]
    assert code == 0
    assert (found["code"], found["severity"]) == ("R127", "warning")
    assert (found["file"], found["line"], found["column"]) == ("--select", 1, 20)


def test_a_file_name_that_the_kit_gives_another_handout_is_a_clash(run: Run, kit: Path) -> None:
    change(kit / "kit.yaml", "id: lyon-ville", "id: region-rhone")
    run()
    old = Path("out/handouts/region-rhone.pdf").read_bytes()
    code, _, err = run("--select", "region=Rhône")
    assert code == 1
    assert "R129" in err
    assert Path("out/handouts/region-rhone.pdf").read_bytes() == old


def test_references_count_in_the_handout(run: Run) -> None:
    run()
    assert "voir p. 3 du dossier de presse" in plain(Pdf(Path("out/handouts/ecoles.pdf")).page(1))
    assert "lyon@exemple.fr" in Pdf(Path("out/handouts/lyon-ville.pdf")).text


def plain(text: str) -> str:
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_a_theme_can_replace_events_and_the_pages_of_handouts(run: Run, kit: Path) -> None:
    templates = kit / "templates"
    (templates / "handout").mkdir(parents=True)
    event = '<section id="{{ anchor(event.id) }}"><h2>{{ event.title|text }}, ours</h2></section>'
    (templates / "event.html").write_text(event, "utf-8")
    last = "{% extends 'builtin/handout/last.html' %}{% block after %}<p>Merci !</p>{% endblock %}"
    (templates / "handout" / "last.html").write_text(last, "utf-8")
    band = "{% extends 'handout/document.html' %}{% block body %}<p>Notre bandeau</p>{% endblock %}"
    (templates / "handout" / "band.html").write_text(band, "utf-8")
    assert run("-q") == (0, "", "")
    for name in ("lyon-ville", "ville"):
        text = Pdf(Path(f"out/handouts/{name}.pdf")).text
        assert "Dans la ville, jour 2, ours" in plain(text)
        assert "Merci" in text
        assert "Notre bandeau" in text


def test_a_band_too_high_for_the_page_gives_the_handout_a_first_page(run: Run, kit: Path) -> None:
    (kit / "styles").mkdir()
    (kit / "styles" / "kit.css").write_text(".band { height: 60mm }", "utf-8")
    assert run("-q", "--section", "ville") == (0, "", "")
    pdf = Pdf(Path("out/handouts/ville.pdf"))
    assert "Extrait du dossier de presse" in pdf.page(1)
    assert "Dans la ville, jour 2" not in plain(pdf.page(1))
    assert "Dans la ville, jour 2" in plain(pdf.page(2))
    assert pdf.folio(2) == "2"


def test_an_event_longer_than_a_page_is_divided(run: Run, kit: Path) -> None:
    text = "text: |\n" + "      Une phrase de plus.\n\n" * 120
    change(kit / "ville.yaml", "text: Une phrase, voir p. {page:mot}.", text)
    assert run("-q", "--section", "ville", "--select", "region=Rhône") == (0, "", "")
    (name,) = written()
    assert len(Pdf(Path(f"out/handouts/{name}.pdf"))) > 4


def test_the_help_lists_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    assert "handouts" in capsys.readouterr().out
    assert cli.run(["handouts", "--help"]) == 0
    assert "--by KEY" in capsys.readouterr().out
