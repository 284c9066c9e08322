"""The command line: how it ends, what it says where, and in which language."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from moip_press import __version__, cli
from moip_press.kit.folders import find_kit
from moip_press.pdf import loading
from moip_press.press import journey, numbering, unchanged

ROOT = Path(__file__).parents[2]
KIT = """\
title: Semaine du numérique
period: {{start: {year}-11-01, end: {year}-11-30}}
language: {language}
publisher: {{name: Ville de Saint-Exemple}}
contacts: [{{id: presse, name: Alix Martin, email: presse@example.org}}]
chapters: [edito.yaml]
"""
EDITORIAL = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue.
"""
LANGUAGES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

Run = Callable[..., tuple[int, str, str]]


def plain(text: str) -> str:
    """The text without the no-break spaces of French typography."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def write_kit(folder: Path, year: int = 2021, language: str = "fr") -> Path:
    folder.mkdir(parents=True)
    (folder / "kit.yaml").write_text(KIT.format(year=year, language=language), encoding="utf-8")
    (folder / "edito.yaml").write_text(EDITORIAL, encoding="utf-8")
    return folder


def spoil(kit: Path) -> None:
    """Leave a fault in the kit."""
    (kit / "edito.yaml").write_text(EDITORIAL + "signature: x\n", encoding="utf-8")


def leave_blank(kit: Path) -> None:
    """Leave a warning and a blank in the kit."""
    text = EDITORIAL.replace("Bienvenue.", "Bienvenue <b>ici</b>.") + "pending: yes\n"
    (kit / "edito.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, in an English locale."""
    monkeypatch.chdir(tmp_path)
    for name in LANGUAGES:
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANGUAGE", "C")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def kit(here: Path) -> Path:
    return write_kit(here / "kit")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line: its exit code, and what it said on both streams."""

    def command(*words: str) -> tuple[int, str, str]:
        code = cli.run(words)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, plain(out), plain(err)

    return command


# --- how it ends --------------------------------------------------------------------------


def test_done_is_0(kit: Path, run: Run) -> None:
    code, out, err = run("build", kit.name)
    assert code == 0
    assert out == ""
    assert re.fullmatch(r"output/kit/dossier\.pdf : 1 page, \d+ ko, \d+,\d s\n", err)
    assert (kit.parent / "output" / "kit" / "dossier.pdf").is_file()


def test_faults_are_1(kit: Path, run: Run) -> None:
    spoil(kit)
    code, out, err = run("build", kit.name)
    assert code == 1
    assert out == ""
    assert "kit/edito.yaml:5:1: erreur[S101]" in err
    assert not (kit.parent / "output").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bild"],
        ["--bild"],
        ["build", "nowhere"],
        ["build", "--format", "xml"],
        ["build", "one", "two"],
        ["build", "-o"],
        ["build", "-o", ""],
        ["build", "--quiet=yes"],
        ["build", "--language", "de"],
        ["schema", "kitt"],
        ["new"],
    ],
    ids=" ".join,
)
def test_what_was_not_understood_is_2(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert err.startswith(("Usage:", "Error:"))


def test_what_cannot_be_read_is_3(kit: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: object, folder: Path, *_: object, **__: object) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", str(folder / "edito.yaml"))

    monkeypatch.setattr(journey.Press, "build", refuse)
    code, out, err = run("build", kit.name)
    assert code == 3
    assert out == ""
    assert err == "“kit/edito.yaml” could not be read. The system says: permission denied.\n"


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("dnf", "sudo dnf install pango harfbuzz"),
        ("brew", "brew install pango"),
    ],
)
@pytest.mark.parametrize("words", [("build", "kit"), ("check", "kit", "--layout")], ids=" ".join)
def test_without_pango_the_command_that_installs_it_is_named(
    kit: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    program: str,
    command: str,
) -> None:
    def lack(name: str) -> Any:
        assert name == "weasyprint"
        sys.stdout.write("WeasyPrint could not import some external libraries.")
        raise OSError("cannot load library 'libpango-1.0-0'")

    def press() -> Any:
        monkeypatch.delitem(sys.modules, "weasyprint")
        loading.load()

    monkeypatch.setattr(loading, "import_module", lack)
    monkeypatch.setattr(unchanged, "_journey", press)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == program else None)
    assert find_kit(kit, Path()) == kit
    assert run(*words, "--language", "fr", "--no-cache") == (
        3,
        "",
        f"Il manque Pango, qui compose les pages. Pour l’installer : {command}\n",
    )


WRONG = (
    "",
    "nope",
    "build --foo",
    "build a b",
    "build -o",
    "build -o kit/edito.yaml --watch=3",
    "check --format x",
    "check --ignore-rules ZZZ",
    "compare",
    "compare kit kit -o .",
    "export",
    "export kit",
    "handouts --by x",
    "import",
    "import --kit",
    "import kit --report .",
    "new",
    "release --list=3",
    "rules x",
    "schema x",
    "verify",
)


def sentences_of_click() -> set[str]:
    """Words that click would say in English."""
    source = "".join(path.read_text() for path in Path(click.__file__).parent.glob("*.py"))
    found = re.findall(r'\b(?:_|ngettext)\(\s*"([^"]+)"', source)
    pieces = {piece.strip(" .:'") for text in found for piece in re.split(r"\{.*?\}|\\.", text)}
    return {piece for piece in pieces if " " in piece or piece in ("File", "Usage", "Error")}


@pytest.mark.usefixtures("kit")
@pytest.mark.parametrize("words", WRONG)
def test_click_speaks_french(run: Run, words: str) -> None:
    english = sentences_of_click()
    assert {"is not readable", "Choose from", "is a directory"} <= english
    code, out, err = run(*words.split(), "--language", "fr")
    assert code == 2
    assert [each for each in english if re.search(rf"\b{re.escape(each)}\b", out + err)] == []


def test_a_file_that_may_not_be_read(kit: Path, run: Run) -> None:
    (kit / "edito.yaml").chmod(0)
    if os.access(kit / "edito.yaml", os.R_OK):
        pytest.skip("this user may read anything")
    assert run("build", kit.name)[0] == 3


def test_an_interruption_is_130(kit: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(journey.Press, "build", interrupt)
    code, out, err = run("build", kit.name)
    assert (code, out) == (130, "")
    assert err.strip() == "Interrupted."


@pytest.mark.skipif(sys.platform == "win32", reason="pipes there break otherwise")
@pytest.mark.parametrize("change", [lambda _: None, spoil], ids=["ok", "faults"])
def test_a_reader_who_stops_reading_changes_nothing(
    kit: Path, change: Callable[[Path], None]
) -> None:
    change(kit)
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "moip_press", "build", str(kit), "--format", "json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    os.close(writing)
    assert ended.stderr == ""
    assert ended.returncode == (1 if change is spoil else 0)
    assert (kit.parent / "output").exists() is (change is not spoil)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes there break otherwise")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
def test_too_little_memory_is_3(kit: Path) -> None:
    least = 200_000_000
    ended = subprocess.run(
        [sys.executable, "-m", "moip_press", "build", str(kit), "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "C"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (least, least)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stderr == "This computer has not enough memory left for that.\n"


def test_a_schema_that_is_not_read_to_its_end_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "moip_press", "schema"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_page_numbers_that_do_not_settle_are_a_fault(
    kit: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (kit / "kit.yaml").read_text(encoding="utf-8")
    (kit / "kit.yaml").write_text(text.replace("[edito", "[contents, edito"), encoding="utf-8")
    monkeypatch.setattr(numbering, "MOST_ROUNDS", 1)
    code, _, err = run("build", kit.name, "--language", "en")
    assert code == 1
    assert "error[P104]" in err
    assert not (kit.parent / "output").exists()


# --- which kit, which output --------------------------------------------------------------


def test_in_the_folder_of_a_kit_it_is_that_kit(
    kit: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_kit(kit / "data" / "2030", 2030)
    monkeypatch.chdir(kit)
    assert run("build")[0] == 0
    assert (kit.parent / "output" / "kit" / "dossier.pdf").is_file()
    assert not (kit / "output").exists()


def test_elsewhere_it_is_the_latest_kit_below_data(here: Path, run: Run) -> None:
    write_kit(here / "data" / "b-older", 2021)
    write_kit(here / "data" / "a-newest", 2022)
    broken = write_kit(here / "data" / "c-broken", 2030)
    (broken / "kit.yaml").write_text("title: [\n", encoding="utf-8")
    assert run("build")[0] == 0
    assert (here / "output" / "a-newest" / "dossier.pdf").is_file()


def test_a_period_in_words_counts_as_well(here: Path) -> None:
    write_kit(here / "data" / "a", 2021)
    words = write_kit(here / "data" / "b", 2022)
    text = (words / "kit.yaml").read_text(encoding="utf-8")
    (words / "kit.yaml").write_text(text.replace("2022-11-30", "1er décembre 2022"), "utf-8")
    assert find_kit(None, here) == words


def test_without_any_kit_it_says_how_to_begin_one(run: Run) -> None:
    code, _, err = run("build")
    assert code == 2
    assert "moip-press new NAME" in err


def test_a_folder_without_kit_is_named(here: Path, run: Run) -> None:
    (here / "photos").mkdir()
    code, _, err = run("build", "photos")
    assert code == 2
    assert "“photos” is not a kit: it has no kit.yaml." in err


def test_output_goes_beside_data_from_wherever_it_is_called(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_kit(here / "press" / "data" / "2021")
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    assert run("build", "../press/data/2021")[0] == 0
    assert (here / "press" / "output" / "2021" / "dossier.pdf").is_file()
    assert list((here / "elsewhere").iterdir()) == []


def test_the_output_folder_can_be_named_exactly(kit: Path, here: Path, run: Run) -> None:
    assert run("build", kit.name, "-o", "for/partners")[0] == 0
    assert sorted(path.name for path in (here / "for" / "partners").iterdir()) == [
        "dossier.pdf",
        "manifest.json",
    ]


# --- what it says -------------------------------------------------------------------------


def test_quiet_says_nothing_of_a_success(kit: Path, run: Run) -> None:
    leave_blank(kit)
    assert run("build", kit.name, "-q") == (0, "", "")


def test_quiet_leaves_the_errors(kit: Path, run: Run) -> None:
    spoil(kit)
    code, _, err = run("build", kit.name, "-q", "--format", "concise")
    assert code == 1
    assert err == "kit/edito.yaml:5:1: erreur[S101] Il n’y a pas de champ « signature » ici.\n"


def test_warnings_and_blanks_are_told_and_do_no_harm(kit: Path, run: Run) -> None:
    leave_blank(kit)
    code, _, err = run("build", kit.name)
    assert code == 0
    assert "avertissement[S108]" in err
    assert err.endswith("Le mot de la maire (kit/edito.yaml:1)\n")


DIAGNOSTIC: dict[str, type | tuple[type, ...]] = {
    "code": str,
    "severity": str,
    "message": str,
    "hint": (str, type(None)),
    "file": str,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "related": list,
    "fix": (list, type(None)),
}


@pytest.mark.parametrize("change", [lambda _: None, spoil, leave_blank], ids=["ok", "1", "0"])
def test_json_is_one_document_and_nothing_else(
    kit: Path, run: Run, change: Callable[[Path], None]
) -> None:
    change(kit)
    code, out, err = run("build", kit.name, "--format", "json")
    document = json.loads(out)
    assert "{" not in err
    assert document.keys() == {"version", "summary", "diagnostics"}
    assert document["version"] == 1
    severities = [each["severity"] for each in document["diagnostics"]]
    assert document["summary"] == {
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
    }
    assert code == (1 if "error" in severities else 0)
    for each in document["diagnostics"]:
        assert each.keys() == DIAGNOSTIC.keys()
        assert all(isinstance(each[name], kind) for name, kind in DIAGNOSTIC.items())


def test_a_near_miss_brings_its_fix(kit: Path, run: Run) -> None:
    text = EDITORIAL.replace("body:", "boddy:")
    (kit / "edito.yaml").write_text(text, encoding="utf-8")
    (found,) = json.loads(run("build", kit.name, "--format", "json")[1])["diagnostics"]
    assert found["fix"] == [
        {
            "file": "kit/edito.yaml",
            "start": {"line": 4, "column": 1},
            "end": {"line": 4, "column": 6},
            "text": "body",
        }
    ]


def test_github_is_told_the_line(kit: Path, run: Run) -> None:
    spoil(kit)
    _, _, err = run("build", kit.name, "--format", "github")
    assert err.startswith(
        "::error file=kit/edito.yaml,line=5,col=1,endLine=5,endColumn=10,title=S101::"
    )


class Terminal(io.StringIO):
    """Where stderr would be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("colours", [True, False])
def test_colours_and_progress_are_for_terminals_unless_refused(
    kit: Path, monkeypatch: pytest.MonkeyPatch, colours: bool
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    spoil(kit)
    assert cli.run(["build", kit.name]) == 1
    faults = terminal.getvalue()
    (kit / "edito.yaml").write_text(EDITORIAL, encoding="utf-8")
    assert cli.run(["build", kit.name]) == 0
    progress = terminal.getvalue()[len(faults) :]
    assert ("\x1b[1;31m" in faults) is colours
    assert ("Le mot de la maire" in progress) is colours
    assert ("\x1b" in faults + progress) is colours


def test_elsewhere_there_are_neither(kit: Path, run: Run) -> None:
    spoil(kit)
    assert "\x1b" not in run("build", kit.name)[2]


# --- in which language --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "option", "word"),
    [
        ("fr", [], "erreur"),
        ("en", [], "error"),
        ("fr", ["--language", "en"], "error"),
        ("en", ["--language=fr"], "erreur"),
    ],
)
def test_faults_are_told_in_the_language_asked_for_else_the_kit_s(
    here: Path, run: Run, language: str, option: list[str], word: str
) -> None:
    kit = write_kit(here / "kit", language=language)
    spoil(kit)
    assert f" {word}[S101] " in run("build", kit.name, *option)[2]


VERBS_ON_A_KIT = [
    ["build", "kit"],
    ["handouts", "kit"],
    ["check", "kit", "--format", "full"],
    ["export", "csv", "kit"],
    ["import", "table.csv", "--kit", "kit"],
    ["compare", "kit", "kit"],
    ["release", "kit"],
    ["release", "kit", "--checklist"],
    ["new", "next", "--from", "kit"],
    ["build", "kit", "--since", "kit"],
]


@pytest.mark.parametrize("words", VERBS_ON_A_KIT, ids=" ".join)
@pytest.mark.parametrize(
    "told",
    [
        ("fr_FR.UTF-8", "en", [], "fr"),
        ("en_GB.UTF-8", "fr", [], "en"),
        ("fr_FR.UTF-8", "fr", ["--language", "en"], "en"),
        ("C.UTF-8", "fr", [], "fr"),
        ("POSIX", "en", [], "en"),
        ("de_DE.UTF-8", "fr", [], "fr"),
    ],
)
def test_faults_are_told_in_the_users_language_on_every_verb(
    here: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    told: tuple[str, str, list[str], str],
) -> None:
    locale, kit_language, option, spoken = told
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LANG", locale)
    spoil(write_kit(here / "kit", language=kit_language))
    (here / "table.csv").write_text("title,when\nA,1 November\n", encoding="utf-8")
    code, out, err = run(*words, *option)
    assert code == 1
    assert f" {'erreur' if spoken == 'fr' else 'error'}[S101] " in out + err
    assert ("Il n’y a pas de champ" in out + err) is (spoken == "fr")
    assert os.environ["LANGUAGE"] == ""


@pytest.mark.parametrize("locale", ["fr_FR", "en_GB", "C"])
def test_what_needs_no_kit_is_told_in_the_users_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", locale)
    french = locale == "fr_FR"
    assert ("Un champ n’existe pas" in run("rules")[1]) is french
    assert ("Un champ n’existe pas" in run("check", "--explain", "S101")[1]) is french
    assert ("Il n’y a pas de kit" in run("build")[2]) is french
    assert run("schema")[0] == 0


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "Utilisation"),
        ({"LC_ALL": "fr_CA"}, "Utilisation"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, "Usage"),
        ({"LANG": "de_DE.UTF-8"}, "Usage"),
        ({"LANGUAGE": "fr:en", "LANG": "de_DE"}, "Utilisation"),
        ({"LANG": "C"}, "Usage"),
    ],
    ids=str,
)
def test_help_is_in_the_language_of_the_locale(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], word: str
) -> None:
    for name in LANGUAGES:
        monkeypatch.setenv(name, variables.get(name, ""))
    assert run("--help")[1].startswith(word)


ENGLISH = re.compile(
    r"\b(Usage:|the|is|of|not|for|Try|Error|Show|No such|Missing|Invalid|Got|Did you mean|"
    r"requires|Print|Make|Begin|Commands|value|COMMAND|INTEGER)\b"
)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["build", "--help"],
        ["new", "--help"],
        ["schema", "--help"],
        ["studio", "--help"],
        ["season", "--help"],
        ["bild"],
        ["--hepl"],
        ["build", "--outpu", "x"],
        ["build", "--xyz"],
        ["build", "-o"],
        ["build", "-o", ""],
        ["build", "a", "b"],
        ["build", "a", "b", "c"],
        ["build", "--format", "xml"],
        ["build", "--quiet=1"],
        ["build", "nowhere"],
        ["build"],
        ["build", "--language", "de"],
        ["schema", "kitt"],
        ["new"],
    ],
    ids=" ".join,
)
def test_in_french_everything_is_french(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    _, out, err = run(*words)
    assert (out + err).startswith(("Utilisation : ", "Erreur : "))
    assert ENGLISH.findall(re.sub(r"'[^']*'|moip-press.*|\[.*?\]", "", out + err)) == []
    assert re.findall(r"\w:$", out + err, re.MULTILINE) == []  # no colon without its space


def test_a_verb_that_is_nearly_right_is_suggested(run: Run) -> None:
    assert "Did you mean 'build'?" in run("bild")[2]


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"moip-press, version {__version__}\n", "")


def test_help_lists_every_verb(run: Run) -> None:
    out = run("--help")[1]
    assert all(f"\n  {verb} " in out for verb in cli.VERBS)


DROPPED = """
import signal, time
from moip_press import cli

class Ended:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def run(words):
    Ended()
    time.sleep(60)
    return 0

cli.run = run
cli.main([])
"""


def test_ctrl_c_is_heard_even_where_python_drops_it() -> None:
    ended = subprocess.run([sys.executable, "-c", DROPPED], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")
