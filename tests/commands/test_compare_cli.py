"""``moip-press compare``: what may be named, what is written, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zlib
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest

from moip_press.editions.attached_data import NAME
from moip_press.editions.comparison.change_table import table
from moip_press.editions.comparison.comparing import compare
from moip_press.editions.comparison.versions import side
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import columns
from tests.calling import Run, call
from tests.editions.versions import HARBOUR, KIT_2021, edited

CANCELLED = (
    "programme/operateurs.yaml",
    "    when: 16 novembre\n",
    "    when: 16 novembre\n    status: cancelled\n",
)
EMBARGO = ("kit.yaml", "edition: 8\n", "edition: 8\nversion: 3\nembargo: 2021-11-02 06:00\n")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return partial(call, capsys)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return edited(KIT_2021, tmp_path / "data" / "2021", [CANCELLED, EMBARGO])


def git(folder: Path, *words: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {
        f"GIT_{role}_{what}": "t@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    subprocess.run(
        ["git", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, **own, **who},
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data/2021 kept with git: as it was, then with an event cancelled."""
    shutil.copytree(KIT_2021, tmp_path / "data" / "2021")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    git(tmp_path, "tag", "sent")
    path = tmp_path / "data" / "2021" / CANCELLED[0]
    text = path.read_text("utf-8")
    path.write_text(text.replace(CANCELLED[1], CANCELLED[2], 1), "utf-8")
    git(tmp_path, "commit", "-qam", "second")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pdf(path: Path, content: bytes | None, name: str = NAME) -> Path:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    if content is not None:
        writer.add_attachment(name, content)
    writer.write(path)
    return path


def test_what_changed_is_a_table_in_the_language_of_the_new_kit(run: Run, new: Path) -> None:
    code, out, err = run("compare", KIT_2021, new)
    assert (code, err) == (0, "")
    assert "Annulés (1)" in out
    assert "Sous embargo jusqu’au 2 novembre 2021 à 6 h" in out.replace("\N{NO-BREAK SPACE}", " ")
    assert "\x1b" not in out


def test_nothing_changed_is_told(run: Run) -> None:
    code, out, _ = run("compare", HARBOUR, HARBOUR, "--exit-code")
    assert code == 0
    assert "Nothing that a reader sees has changed." in out


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--exit-code"], 1)])
def test_a_difference_ends_with_1_only_where_that_is_asked_for(
    run: Run, new: Path, words: list[str], code: int
) -> None:
    assert run("compare", KIT_2021, new, *words)[0] == code


def test_json_is_one_document(run: Run, new: Path) -> None:
    code, out, _ = run("compare", KIT_2021, new, "--format", "json", "--language", "en")
    document: dict[str, Any] = json.loads(out)
    assert code == 0
    assert document["version"] == 1
    assert document["embargo"].startswith("Embargoed until 6am on 2 November 2021")
    assert document["summary"] == {"cancelled": 1, "kit": 1}
    found = document["changes"][0]
    assert (found["kind"], found["id"]) == ("cancelled", "universite-innovation-paca")
    assert found["facts"] == [{"field": "status", "old": "confirmed", "new": "cancelled"}]


def test_an_e_mail_says_what_is_cancelled(run: Run, new: Path) -> None:
    _, out, _ = run("compare", KIT_2021, new, "--format", "markdown")
    plain = out.replace("\N{NO-BREAK SPACE}", " ")
    assert "- Annulé : « Université de l’innovation publique PACA 2021 » (CNFPT PACA)" in plain
    assert "**Sous embargo jusqu’au 2 novembre 2021 à 6 h**" in plain


def test_a_page_is_one_file_that_runs_nothing_of_a_kit(run: Run, tmp_path: Path) -> None:
    evil = ("edito.yaml", "title: Édito", "title: '<script>alert(1)</script> & \"co\"'")
    words = ("edito.yaml", "une multitude d'événements", "<b>beaucoup</b> d'événements")
    new = edited(KIT_2021, tmp_path / "kit", [evil, words, EMBARGO])
    target = tmp_path / "changes.html"
    code, out, _ = run("compare", KIT_2021, new, "-o", target)
    html = target.read_text("utf-8")
    assert (code, out) == (0, "")
    assert html.count("<script") == html.count("</script") == 1
    assert "<b>" not in html
    assert '<html lang="fr">' in html
    assert "<ins>" in html
    assert "<del>" in html
    assert "Sous embargo" in html
    assert "default-src 'none'" in html
    assert "http://" not in html.split("</style>")[0]


def test_a_page_sets_each_fact_and_its_section_before_the_reader(run: Run, tmp_path: Path) -> None:
    called = ("programme/operateurs.yaml", "organisers: [CNFPT PACA]", "organisers: [CNFPT, ANCT]")
    moved = ("programme/operateurs.yaml", "    when: 16 novembre\n", "    when: 17 novembre\n")
    target = tmp_path / "changes.html"
    new = edited(KIT_2021, tmp_path / "kit", [called, moved])
    assert run("compare", KIT_2021, new, "-o", target)[0] == 0
    html = target.read_text("utf-8").replace("\N{NO-BREAK SPACE}", " ")
    (entry,) = re.findall(r'<li class="entry".*?</li></ul></li>', html, re.DOTALL)
    assert 'data-kind="moved" data-section="Les événements des opérateurs' in entry
    assert '<p class="place">Les événements des opérateurs' in entry
    assert re.search(r"<del><span[^>]*>[^<]*</span>CNFPT PACA</del>", entry)
    assert re.search(r"<ins><span[^>]*>[^<]*</span>CNFPT et ANCT</ins>", entry)
    assert ".yaml" not in html.partition("<main>")[2]


def test_the_kit_that_is_here_is_the_new_one(run: Run, repository: Path) -> None:
    code, out, _ = run("compare", "2021@sent", "--format", "concise")
    assert code == 0
    assert out.startswith("cancelled: ")
    assert "Annulés (1)" in run("compare", "data/2021@HEAD~1")[1]
    assert run("compare", "2021@sent", "2021@HEAD", "--exit-code")[0] == 1
    assert run("compare", "@HEAD", "--exit-code")[0] == 0
    assert not subprocess.run(
        ["git", "status", "--porcelain"], cwd=repository, check=True, capture_output=True
    ).stdout


@pytest.mark.parametrize(
    "named",
    ["2021@nowhere", "2021@--output=x", "2021@-h", "2021@HEAD:kit.yaml", "2021@a..b", "2021@a b\n"],
)
def test_a_revision_that_git_does_not_know_is_a_sentence(
    run: Run, repository: Path, named: str
) -> None:
    before = sorted(repository.iterdir())
    code, out, err = run("compare", named)
    assert (code, out) == (2, "")
    assert "Git" in err
    assert len(err.splitlines()) <= 2
    assert sorted(repository.iterdir()) == before


def test_a_kit_that_was_not_there_yet_is_a_sentence(run: Run, repository: Path) -> None:
    shutil.copytree(HARBOUR, repository / "data" / "harbour")
    code, _, err = run("compare", "harbour@HEAD", "harbour", "--language", "en")
    assert code == 2
    assert "was not there yet" in err


def test_a_kit_that_git_does_not_keep_is_a_sentence(run: Run, new: Path) -> None:
    code, _, err = run("compare", f"{new}@HEAD", new, "--language", "en")
    assert (code, "is not kept with git" in err) == (2, True)


def test_a_kit_with_faults_is_said_to_have_them(run: Run, tmp_path: Path) -> None:
    broken = edited(KIT_2021, tmp_path / "kit", [("edito.yaml", "title: Édito", "titel: Édito")])
    code, out, err = run("compare", KIT_2021, broken, "--language", "en")
    assert (code, out) == (1, "")
    assert "edito.yaml" in err
    assert "has faults: it cannot be compared." in err
    code, out, _ = run("compare", broken, KIT_2021, "--format", "json")
    assert code == 1
    assert json.loads(out)["summary"]["errors"]


def test_an_old_kit_at_a_revision_is_named_as_it_was_asked_for(run: Run, repository: Path) -> None:
    path = repository / "data" / "2021" / "edito.yaml"
    good = path.read_text("utf-8")
    path.write_text(good.replace("title: Édito", "titel: Édito"), "utf-8")
    git(repository, "commit", "-qam", "broken")
    path.write_text(good, "utf-8")
    code, _, err = run("compare", "2021@HEAD", "--language", "en")
    assert code == 1
    assert "2021@HEAD/edito.yaml" in err


@pytest.mark.parametrize("named", ["nothing", "nothing.pdf", "2022@v2", "", "@"])
def test_what_nobody_has_is_a_sentence(
    run: Run, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("compare", named, KIT_2021)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def bomb() -> bytes:
    return zlib.compress(b" " * 200_000_000, 9)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 nothing more",
        b"not a pdf",
        b'{"format": "other"}',
        b'{"format": "moip-press/press-kit", "version": 99}',
        b"[" * 100_000,
        b"{" + b'"a":{' * 50_000,
    ],
)
def test_a_file_that_is_no_dossier_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    code, out, err = run("compare", path, KIT_2021)
    assert (code, out) == (3, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("content", [None, b"{}", b"\xff\xfe", b"[1, 2", b'{"format": 1}'])
def test_a_pdf_without_our_data_is_a_sentence(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    code, _, err = run("compare", pdf(tmp_path / "x.pdf", content), KIT_2021, "--language", "en")
    assert code == 3
    assert "carries no data of a press kit" in err


def test_data_of_odd_shapes_harms_nobody(run: Run, tmp_path: Path) -> None:
    strange: dict[str, Any] = {
        "format": "moip-press/press-kit",
        "version": 1,
        "kit": {"title": ["x"], "contacts": "nobody", "period": 7, "language": {"a": 1}},
        "parts": [
            None,
            3,
            {"type": "programme", "title": "\ud800", "events": "none"},
            {
                "type": "programme",
                "events": [
                    {
                        "title": "\x1b[31mred",
                        "when": {"kind": "range", "days": ["0001-01-01", "9999-12-31"]},
                    },
                    {"title": 5, "when": {"kind": "day", "days": ["2021-99-99"]}, "organisers": {}},
                    {
                        "title": "A",
                        "when": {"kind": "day", "days": ["2021-11-02"], "times": [{"start": "x"}]},
                    },
                ],
            },
        ],
    }
    path = pdf(tmp_path / "x.pdf", json.dumps(strange).encode())
    for form in ("full", "markdown", "json", "html", "concise"):
        code, out, err = run("compare", path, KIT_2021, "--format", form)
        assert (code, err) == (0, ""), form
        assert "\x1b" not in out
    code, out, _ = run("compare", KIT_2021, path)
    assert code == 0


def test_a_zip_bomb_in_a_pdf_is_refused(run: Run, tmp_path: Path) -> None:
    path = pdf(tmp_path / "x.pdf", b"BOMB")
    reader = pypdf.PdfReader(path)
    writer = pypdf.PdfWriter(clone_from=reader)
    names: Any = writer.root_object["/Names"]
    held = names["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    held._data = bomb()
    held[pypdf.generic.NameObject("/Filter")] = pypdf.generic.NameObject("/FlateDecode")
    writer.write(path)
    code, _, err = run("compare", path, KIT_2021)
    assert code == 3
    assert len(err.strip().splitlines()) == 1


def test_a_released_version_is_its_dossier_or_else_its_kit(run: Run, new: Path) -> None:
    kept = new / "releases" / "v2" / "kit"
    shutil.copytree(KIT_2021, kept)
    found = side(f"{new}@v2", Path())
    assert found.document is not None
    code, out, _ = run("compare", f"{new}@2", new, "--format", "concise")
    assert code == 0
    assert "\ncancelled: " in out
    described = run("compare", KIT_2021, new, "--format", "json")[1]
    assert described
    shutil.rmtree(kept)
    code, _, err = run("compare", f"{new}@v2", new)
    assert (code, len(err.strip().splitlines())) == (3, 1)


def test_a_version_alone_is_compared_with_its_own_kit(run: Run, new: Path) -> None:
    """Not with the kit that ends last, which is another one."""
    shutil.copytree(KIT_2021, new / "releases" / "v2" / "kit")
    later = shutil.copytree(KIT_2021, new.parent / "2030") / "kit.yaml"
    later.write_text(later.read_text("utf-8").replace("2021-11", "2030-11"), encoding="utf-8")
    _, out, _ = run("compare", f"{new}@v2", "--format", "concise")
    assert "\ncancelled: " in out
    assert "2030" not in out


@pytest.mark.parametrize("form", ["full", "concise", "markdown", "json", "html"])
def test_an_embargo_stands_in_every_form(run: Run, new: Path, form: str) -> None:
    out = run("compare", KIT_2021, new, "--format", form, "--language", "fr")[1]
    plain = out.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")
    assert "Sous embargo jusqu'au 2 novembre 2021 à 6 h" in plain


def test_a_table_is_as_wide_as_the_terminal_and_coloured(new: Path) -> None:
    sides = [side(str(kit), Path()).document for kit in (KIT_2021, new)]
    assert sides[0] is not None
    assert sides[1] is not None
    found = compare(sides[0], sides[1])
    for width in (50, 80, 120):
        lines = table(found, Catalogue("fr"), width, color=False).splitlines()
        assert len(lines) > 5
        assert max(map(columns, lines)) <= width
    assert "\x1b[1;31m" in table(found, Catalogue("fr"), 80, color=True)
