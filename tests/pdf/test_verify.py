"""`moip-press verify`: what a PDF claims, and what a quick look finds in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest

from moip_press import cli
from moip_press.pdf.verify import RULES
from moip_press.press import journey
from tests.oracle.sheets import Sheet

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("LANGUAGE", "C")

    def call(*words: str) -> tuple[int, str]:
        code = cli.run(["verify", *words])
        said, error = capsys.readouterr()
        assert error == ""
        return code, said

    return call


@pytest.fixture(scope="module")
def good(build_heard: journey.Build) -> str:
    assert build_heard.dossier is not None
    return str(build_heard.dossier.path)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PDF that says nothing of itself."""
    path = tmp_path_factory.mktemp("bare") / "bare.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)
    return str(path)


def test_a_good_file_is_0_and_one_line(run: Run, good: str) -> None:
    code, said = run(good)
    assert code == 0
    assert said == (
        f"{good}: 15 pages, “Semaine de la lecture – Dossier de presse”, claims PDF/UA-1 + "
        "PDF/A-3a, language fr, attached: data.json.\n"
    )


def test_a_file_that_lacks_something_is_1_and_told_what(run: Run, bare: str) -> None:
    code, said = run("--format", "concise", bare)
    assert code == 1
    assert [line.split("[")[1][:4] for line in said.splitlines()] == [
        "I301", "I302", "I304", "I311",
    ]  # fmt: skip


def test_what_is_no_pdf_is_1_and_what_is_not_there_is_3(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "words.pdf"
    other.write_text("not a PDF")
    assert run(str(other))[0] == 1
    code, said = run(str(tmp_path / "nothing.pdf"), str(other))
    assert code == 3
    assert said.count("I300") == 2


def test_several_files_are_told_of_in_one_run(run: Run, good: str, bare: str) -> None:
    code, said = run("--format", "json", good, bare)
    assert code == 1
    found = json.loads(said)
    assert found["version"] == 1
    assert {each["file"] for each in found["diagnostics"]} == {bare}


def test_quiet_says_nothing_of_a_good_file(run: Run, good: str) -> None:
    assert run("-q", good) == (0, "")


@pytest.mark.parametrize("size", [0, 9, 200, 5000, 20_000])
def test_a_file_that_was_cut_short_is_told(run: Run, good: str, tmp_path: Path, size: int) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(Path(good).read_bytes()[:size])
    assert run(str(path))[0] == 1


def test_a_file_with_a_broken_inside_is_told_and_never_a_traceback(
    run: Run, good: str, tmp_path: Path
) -> None:
    content = Path(good).read_bytes()
    for start in range(200, len(content), len(content) // 40):
        path = tmp_path / "broken.pdf"
        path.write_bytes(content[:start] + b"\0" * 40 + content[start + 40 :])
        assert run(str(path))[0] in (0, 1)


# --- files of other programs, and of all kinds ------------------------------------------------

OTHERS = Path(__file__).parent / "others"
WRITER_TAGGED = """\
error[I301] It does not say that it is PDF/UA-1.
error[I303] A heading of level 2 follows one of level 0. Page 1.
error[I303] A heading of level 4 follows one of level 2. Page 1.
error[I304] It has no title.
error[I307] A picture has no text for those who cannot see it. Page 1.
warning[I311] It does not say that it is PDF/A.
error[I316] Types of its tags lead back to themselves: Document, Figure, H2, H4, L, LBody, LI, \
Link, …. Page 1.
error[I325] The Tab key does not follow the reading order. Page 1.
"""
WRITER_UA_A3 = """\
error[I303] A heading of level 2 follows one of level 0. Page 1.
error[I303] A heading of level 4 follows one of level 2. Page 1.
error[I307] A picture has no text for those who cannot see it. Page 1.
error[I325] The Tab key does not follow the reading order. Page 1.
error[I349] Its metadata say “part”, which they do not declare.
"""


@pytest.mark.parametrize(
    ("name", "expected"), [("writer-tagged", WRITER_TAGGED), ("writer-ua-a3", WRITER_UA_A3)]
)
def test_what_another_program_exports_is_told_in_few_lines(
    run: Run, name: str, expected: str
) -> None:
    path = OTHERS / f"{name}.pdf"
    code, said = run("--format", "concise", str(path))
    assert code == 1
    assert "".join(f"{line.partition(': ')[2]}\n" for line in said.splitlines()) == expected


def test_the_same_on_many_pages_is_one_line(run: Run, good: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(good) as pdf:
        for page in pdf.pages:
            del page.obj["/Tabs"]
        pdf.save(path)
    _, said = run("--format", "concise", str(path))
    assert re.fullmatch(r".*I325.* reading order\. Pages \d+(–\d+)?(, \d+(–\d+)?)+\.\n", said)


def test_a_file_of_few_pages_needs_no_headings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(Sheet(("P", "Words.")).file())
    assert run("-q", str(path)) == (0, "")


def test_a_warning_alone_is_0(run: Run, tmp_path: Path) -> None:
    made = Sheet(("H1", "Words."))
    was = made.pdf.Root.Metadata.read_bytes()
    made.describe(was.replace(b'pdfaid:part="3"\n pdfaid:conformance="A"', b""))
    path = tmp_path / "a.pdf"
    path.write_bytes(made.file())
    code, said = run("--format", "concise", str(path))
    assert (code, "warning[I311]" in said, "error" in said) == (0, True, False)


@pytest.mark.parametrize("revision", [3, 4, 6], ids=["RC4", "AES-128", "AES-256"])
def test_an_encrypted_file_is_read_where_no_password_is_needed(
    run: Run, good: str, tmp_path: Path, revision: int
) -> None:
    path = tmp_path / "a.pdf"
    modern = revision > 3
    lock = pikepdf.Encryption(owner="o", user="", R=revision, aes=modern, metadata=modern)  # type: ignore[arg-type]
    with pikepdf.open(good) as pdf:
        pdf.save(path, encryption=lock)
    code, said = run(str(path))
    assert code == 1
    assert "15 pages" in said
    assert "error[I350] It is encrypted: archives refuse it." in said
    assert said.count("[I") == 1


def test_an_encrypted_file_that_needs_a_password_is_a_sentence(
    run: Run, good: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(good) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="secret", R=6))
    code, said = run("--format", "concise", str(path))
    assert code == 1
    assert "[I300] It is encrypted: save it without protection" in said


def test_every_rule_has_its_code_and_clause_once() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes)) > 40
    assert all(rule.source for rule in RULES[1:])
