"""Names in any bytes, and what reaches a terminal: nothing foreign steers it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from moip_press import cli
from moip_press.commands import terminal
from moip_press.kit.folders import PACKAGE
from moip_press.proofread.digest import digest
from moip_press.report.diagnostics import Diagnostic, Message, Report, Span
from moip_press.report.messages import Catalogue
from moip_press.report.rendering import render

KIT = Path(__file__).parents[1] / "proofread" / "clean" / "bibliotheque"
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c]")
EVIL = "x\x1b[31m\x1b]0;t\x07\x9b2J\x7f\r\n::error::y\u202e\u2066\u2028\u200f"
NAMES = (b"caf\xe9", b"a\n::error::b", b"a\x1b[2Jb", "a\u202eb\x9b".encode(), b"a b'\"&%,:;c")


Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capfdbinary: pytest.CaptureFixture[bytes]) -> Said:
    """Run a verb: its exit code and all that it prints, in bytes that no reader steers by."""

    def verb(*words: object) -> tuple[int, str]:
        code = cli.run([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return code, harmless(out + err)

    return verb


def harmless(printed: bytes) -> str:
    """Return what was printed, after a look for what could steer a terminal or a runner."""
    text = printed.decode("utf-8")  # a lone byte would be an error here
    assert not STEERING.search(text), repr(text)
    assert "Traceback" not in text
    assert not re.search("^::error::", text, re.MULTILINE)
    return text


def in_a_process(*words: object) -> tuple[int, str]:
    """Run a verb as a user does, whose words reach the program as bytes."""
    done = subprocess.run(
        [sys.executable, "-m", "moip_press", *map(str, words)],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, harmless(done.stdout + done.stderr)


@pytest.mark.parametrize(
    "name",
    [NAMES[1], *(pytest.param(name, marks=pytest.mark.long) for name in NAMES if name != NAMES[1])],
)
def test_a_folder_of_any_name_is_built_and_proofread(
    tmp_path: Path, said: Said, name: bytes
) -> None:
    kit = tmp_path / os.fsdecode(name)
    shutil.copytree(KIT, kit)
    (kit / "styles").mkdir()
    (kit / "styles" / os.fsdecode(b"autre\xe9\n\x1b.css")).write_text("/* */", "utf-8")
    out = tmp_path / os.fsdecode(b"out-" + name)
    assert said("build", kit, "-o", out)[0] == 0
    assert json.loads((out / "manifest.json").read_bytes())
    assert said("verify", out / "dossier.pdf")[0] == 0
    assert said("compare", kit, kit, "--format", "html", "-o", tmp_path / "x.html")[0] == 0
    assert said("export", "xlsx", kit, "-o", tmp_path / "x.xlsx")[0] == 0
    with (kit / "kit.yaml").open("a", encoding="utf-8") as file:
        file.write("titel: x\n")
    assert said("build", kit)[0] == 1
    for form in ("full", "concise", "github"):
        assert said("check", kit, "--format", form)[0] == 1
    code, text = said("check", kit, "--format", "json")
    assert code == 1
    assert os.fsencode(json.loads(text)["diagnostics"][0]["file"]).endswith(name + b"/kit.yaml")


def test_a_folder_whose_name_is_no_utf_8_is_read_by_a_process_too(tmp_path: Path) -> None:
    kit = tmp_path / os.fsdecode(NAMES[0])
    shutil.copytree(KIT, kit)
    assert in_a_process("check", kit, "--format", "github")[0] == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_kit_of_any_name_begins(tmp_path: Path, said: Said, name: bytes) -> None:
    assert said("new", tmp_path / os.fsdecode(name))[0] == 0


@pytest.mark.parametrize("words", [("build",), ("verify",), ("import",), ("compare",), ("check",)])
def test_what_is_not_there_is_named_without_steering(said: Said, words: tuple[str, ...]) -> None:
    assert said(*words, os.fsdecode(b"caf\xe9\x1b[2J\n::error::x\xc2\x9b"))[0] in {1, 2, 3}
    assert said(os.fsdecode(b"\x1b[2J\xe9"))[0] == 2
    assert said("build", os.fsdecode(b"--\x1b[2J\xe9"))[0] == 2


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("form", ["full", "concise", "github", "digest"])
def test_a_report_of_foreign_words_steers_nothing(form: str, color: bool) -> None:
    found = Diagnostic.error("S101", Span.of_file(EVIL), Message.of("{x}", x=EVIL), Message("y"))
    shown = Report.of([found]), Catalogue("en"), Path("/")
    text = (
        digest(*shown, color=color)
        if form == "digest"
        else render(shown[0], form, shown[1], lambda _: EVIL, shown[2], color=color)
    )
    text = re.sub(r"\x1b\[(?:0|1|34|1;3[136])m", "", text) if color else text
    assert not STEERING.search(text)
    assert "[31m" in text
    assert not re.search("^::error::", text, re.MULTILINE)


def test_what_is_printed_is_escaped_or_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show_data(json.dumps({"x": EVIL + "\udce9"}, ensure_ascii=False) + "\n")
    text = capsys.readouterr().out
    assert not STEERING.search(text)
    assert json.loads(text) == {"x": EVIL + "\udce9"}
    terminal.show("\x1b[1mours\x1b[0m\x1b[2J\x1b]0;t\x07\u202e\n", color=True)
    assert capsys.readouterr().out.replace("\x1b[1m", "").replace("\x1b[0m", "") == (
        "ours\ufffd[2J\ufffd]0;t\ufffd\ufffd\n"
    )
    terminal.say(EVIL)
    assert capsys.readouterr().err.count("\n") == 1


def test_a_stream_that_cannot_say_a_character_says_its_number(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "moip_press", "build", str(tmp_path / "été")],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict", "LANGUAGE": "fr"},
    )
    assert done.returncode == 2
    assert b"\\xe9t\\xe9" in done.stderr


def test_all_that_is_printed_passes_one_place() -> None:
    printing = re.compile(
        r"click\.(?:echo|secho|prompt|confirm)\(|(?<![\w.])print\(|std(?:out|err)\.write"
    )
    found = {
        f"{path.name}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text(encoding="utf-8").split("\n")
        if printing.search(line) and not line.lstrip().startswith("def ")
    }
    assert {each.partition(":")[0] for each in found} <= {"terminal.py", "export.py"}
    assert len(found) == 1, found


def test_a_pdf_that_writes_to_the_terminal_is_verified(tmp_path: Path, said: Said) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": EVIL, "/Subject": EVIL})
    writer.add_attachment("a\x1b[2J.json", b"{}")
    writer.write(tmp_path / "evil.pdf")
    for form in ("full", "json", "github"):
        assert said("verify", tmp_path / "evil.pdf", "--format", form)[0] == 1
