"""`moip-press verify`: what a PDF claims, and what a quick look finds in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from moip_press import cli
from moip_press.press import journey

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
        f"{good}: 10 pages, “Semaine de la lecture – Dossier de presse”, claims PDF/UA-1 + "
        "PDF/A-3a, language fr, attached: data.json.\n"
    )


def test_a_file_that_lacks_something_is_1_and_told_what(run: Run, bare: str) -> None:
    code, said = run("--format", "concise", bare)
    assert code == 1
    assert [line.split("[")[1][:4] for line in said.splitlines()] == [
        "I301", "I301", "I302", "I303", "I304", "I305",
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
