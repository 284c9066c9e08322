"""The output: whole or untouched, whatever happens while it is written."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from moip_press.press import publish
from moip_press.system import atomic

KIT = """\
title: Semaine du numérique
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
chapters: [edito.yaml]
"""
EDITORIAL = """\
type: editorial
title: Le mot de la maire
author: {name: Alix Martin}
body: Bienvenue.
"""
OLD = b"the last good PDF"

Build = Callable[..., tuple[int, str]]


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    (folder / "edito.yaml").write_text(EDITORIAL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "fr")
    return folder


@pytest.fixture
def build(kit: Path, capsys: pytest.CaptureFixture[str]) -> Build:
    """Build the kit; the exit code, and what was said."""

    def run(output: str = "out", *options: str) -> tuple[int, str]:
        code = cli.run(["build", kit.name, "-o", output, *options])
        said, err = capsys.readouterr()
        assert said == ""
        assert "Traceback" not in err
        return code, plain(err)

    return run


def plain(text: str) -> str:
    """The text without the no-break spaces of French typography."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def manifest(folder: Path) -> dict[str, Any]:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


# --- what is written ----------------------------------------------------------------------


def test_the_output_is_the_dossier_and_its_manifest(tmp_path: Path, build: Build) -> None:
    assert build()[0] == 0
    assert names(tmp_path / "out") == ["dossier.pdf", "manifest.json"]


def test_the_manifest_tells_what_the_dossier_is_and_what_it_was_made_from(
    tmp_path: Path, kit: Path, build: Build
) -> None:
    (kit / "templates").mkdir()
    (kit / "templates" / "unused.html").write_text("<p></p>\n", encoding="utf-8")
    build()
    content = (tmp_path / "out" / "dossier.pdf").read_bytes()
    found = manifest(tmp_path / "out")
    (entry,) = found["outputs"]
    assert found["version"] == publish.MANIFEST_VERSION
    assert {"moip-press", "weasyprint"} <= found["tools"].keys()
    assert entry["path"] == "dossier.pdf"
    assert entry["kind"] == "dossier"
    assert entry["pages"] == 1
    assert entry["bytes"] == len(content)
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert entry["inputs"] == {
        name: hashlib.sha256((kit / name).read_bytes()).hexdigest()
        for name in ("edito.yaml", "kit.yaml", "templates/unused.html")
    }
    assert str(tmp_path) not in json.dumps(found)


def test_the_manifest_keeps_what_it_says_of_other_files(tmp_path: Path, build: Build) -> None:
    handout = {"path": "handouts/labs.pdf", "pages": 3, "bytes": 5, "sha256": "0" * 64}
    outdated = {"path": "dossier.pdf", "pages": 99}
    written = {"version": 1, "tools": {}, "outputs": [handout, outdated]}
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(written), encoding="utf-8")
    assert build()[0] == 0
    dossier, other = manifest(tmp_path / "out")["outputs"]
    assert other == handout
    assert dossier["pages"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        '{"version": 1, "outputs": []}',
        '{"version": 1, "outputs": [1]}',
        '{"version": 1, "outputs": [{"path": 1}]}',
        '{"version": 1, "outputs": [{"path": "\\ud800"}]}',
        '{"version": 99, "outputs": [{"path": "other.pdf"}]}',
        "\ufeff{}",
    ],
    ids=range(9),
)
def test_a_manifest_that_cannot_be_read_is_written_anew(
    tmp_path: Path, build: Build, text: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(text, encoding="utf-8")
    assert build()[0] == 0
    assert "dossier.pdf" in [entry["path"] for entry in manifest(tmp_path / "out")["outputs"]]


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        "{}",
        '{"outputs": []}',
        '{"version": 1}',
        '{"version": "1", "outputs": []}',
        '{"version": 1, "outputs": 3}',
        '{"name": "My app", "start_url": "/"}',
    ],
)
def test_a_manifest_of_another_program_is_left_alone(
    tmp_path: Path, build: Build, text: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(text, encoding="utf-8")
    code, said = build()
    assert code == 3
    assert said == (
        "« out/manifest.json » n’est pas un manifeste de moip-press : "
        "choisissez un autre dossier avec --output.\n"
    )
    assert names(tmp_path / "out") == ["manifest.json"]
    assert (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8") == text


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="every name there is Unicode")
@pytest.mark.parametrize("folder", ["styles", "templates"])
def test_a_file_name_that_is_not_utf_8_is_told_in_the_manifest(
    tmp_path: Path, kit: Path, build: Build, folder: str
) -> None:
    (kit / folder).mkdir()
    Path(os.fsdecode(os.fsencode(kit / folder) + b"/caf\xe9.txt")).write_text("", encoding="utf-8")
    assert build()[0] == 0
    (entry,) = manifest(tmp_path / "out")["outputs"]
    assert f"{folder}/caf\\xe9.txt" in entry["inputs"]


def test_the_manifest_reads_nothing_that_a_link_leads_to_outside_the_kit(
    kit: Path, build: Build, tmp_path: Path
) -> None:
    (tmp_path / "secret.css").write_text("p { color: red }", encoding="utf-8")
    (kit / "styles").mkdir()
    (kit / "styles" / "inner.txt").write_text("ours", encoding="utf-8")
    (kit / "styles" / "outer.txt").symlink_to(tmp_path / "secret.css")
    assert build()[0] == 0
    (entry,) = manifest(tmp_path / "out")["outputs"]
    assert "styles/inner.txt" in entry["inputs"]
    assert "styles/outer.txt" not in entry["inputs"]


def test_the_same_kit_gives_the_same_bytes(tmp_path: Path, build: Build) -> None:
    build("one")
    build("two")
    for name in ("dossier.pdf", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_new_file_has_the_rights_that_files_usually_have(tmp_path: Path) -> None:
    atomic.write(tmp_path / "a.pdf", b"new")
    (tmp_path / "b.pdf").touch()
    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "b.pdf").stat().st_mode


# --- what cannot be written ---------------------------------------------------------------


def refuse(number: int) -> Callable[..., Any]:
    def function(*_arguments: object, **_named: object) -> Any:
        raise OSError(number, os.strerror(number))

    return function


# Where writing can fail, and what then is said in French.
REFUSALS = {
    "disk-full": ("os.fsync", errno.ENOSPC, "Le disque est plein"),
    "quota": ("os.fsync", errno.EDQUOT, "Votre quota de disque est épuisé"),
    "too-large": ("os.fsync", errno.EFBIG, "Le disque est plein"),
    "read-only-disk": ("tempfile.mkstemp", errno.EROFS, "--output"),
    "read-only-folder": ("tempfile.mkstemp", errno.EACCES, "Vous n’avez pas le droit d’écrire"),
    "no-rights": ("pathlib.Path.mkdir", errno.EPERM, "Vous n’avez pas le droit d’écrire"),
    "held-open": ("pathlib.Path.replace", errno.EACCES, "ouvert dans un autre programme"),
    "locked": ("pathlib.Path.replace", errno.EBUSY, "ouvert dans un autre programme"),
    "broken-disk": ("os.fsync", errno.EIO, "Le système"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_written_ends_with_3_and_leaves_all_as_it_was(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    target, number, words = REFUSALS[case]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "dossier.pdf").write_bytes(OLD)
    with monkeypatch.context() as context:
        context.setattr(target, refuse(number))
        code, said = build()
    assert code == 3
    assert said.startswith("« out/dossier.pdf » n’a pas pu être écrit.")
    assert words in said
    assert said.count("\n") == 1
    assert names(tmp_path / "out") == ["dossier.pdf"]
    assert (tmp_path / "out" / "dossier.pdf").read_bytes() == OLD


def test_a_full_disk_is_told_in_quiet_and_in_english_too(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", refuse(errno.ENOSPC))
    code, said = build("out", "-q", "--language", "en")
    assert code == 3
    assert said == (
        "“out/dossier.pdf” could not be written. "
        "The disk is full: free some space, then build again.\n"
    )


def test_a_disk_that_is_really_full(kit: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "dossier.pdf").write_bytes(OLD)
    ended = subprocess.run(
        command(kit, tmp_path / "out"),
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        preexec_fn=small_disk,
        check=False,
    )
    assert ended.returncode == 3
    assert "Le disque est plein" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert names(tmp_path / "out") == ["dossier.pdf"]
    assert (tmp_path / "out" / "dossier.pdf").read_bytes() == OLD


def test_a_folder_that_may_only_be_read(tmp_path: Path, build: Build) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    if os.access(tmp_path / "out", os.W_OK):
        pytest.skip("this user may write anywhere: see the case read-only-folder")
    code, said = build()
    assert code == 3
    assert "Vous n’avez pas le droit d’écrire" in said


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("file", "Un fichier occupe la place d’un dossier"),
        ("file/below", "Un fichier occupe la place d’un dossier"),
        ("taken", "Un dossier occupe la place du fichier"),
        ("x" * 300, "Le nom est trop long"),
    ],
)
def test_something_else_stands_in_the_way(
    tmp_path: Path, build: Build, output: str, words: str
) -> None:
    (tmp_path / "file").write_bytes(OLD)
    (tmp_path / "taken" / "dossier.pdf").mkdir(parents=True)
    code, said = build(output)
    assert code == 3
    assert words in said
    assert (tmp_path / "file").read_bytes() == OLD
    assert names(tmp_path / "taken") == ["dossier.pdf"]


def test_no_file_is_replaced_where_one_of_them_cannot_be(tmp_path: Path, build: Build) -> None:
    (tmp_path / "out" / "manifest.json").mkdir(parents=True)
    (tmp_path / "out" / "dossier.pdf").write_bytes(OLD)
    code, said = build()
    assert code == 3
    assert said.startswith("« out/manifest.json » n’a pas pu être écrit.")
    assert (tmp_path / "out" / "dossier.pdf").read_bytes() == OLD
    assert names(tmp_path / "out") == ["dossier.pdf", "manifest.json"]


def test_a_disk_without_rights_is_written_to(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.chmod", refuse(errno.EPERM))
    assert build()[0] == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_folder_that_cannot_be_made(build: Build) -> None:
    code, said = build("/proc/moip-press/out")
    assert code == 3
    assert "Ce dossier ne peut pas être créé" in said


# --- killed at any moment -----------------------------------------------------------------


def environment() -> Mapping[str, str]:
    return {**os.environ, "LANGUAGE": "fr", "PYTHONPATH": str(Path(__file__).parents[2])}


def command(kit: Path, output: Path) -> list[str]:
    return [sys.executable, "-m", "moip_press", "build", str(kit), "-o", str(output)]


WRITER = """
import sys
from pathlib import Path
from moip_press.system import atomic

target = Path(sys.argv[1])
print("writing", flush=True)
while True:
    for letter in b"ab":
        atomic.write(target, bytes([letter]) * 3_000_000)
"""


def test_a_program_that_is_killed_while_it_writes_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "out" / "dossier.pdf"
    atomic.write(target, b"a" * 3_000_000)
    chance = random.Random(2021)  # noqa: S311 -- moments, not secrets
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target)], env=environment(), stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.1))
            writer.kill()
        content = target.read_bytes()
        assert len(content) == 3_000_000
        assert len(set(content)) == 1
        left = set(names(target.parent)) - {"dossier.pdf"}
        assert all(name.startswith(".dossier.pdf.") and name.endswith(".tmp") for name in left)


def test_the_next_build_clears_away_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / "dossier.pdf"
    stale, young, other = (
        tmp_path / name
        for name in (".dossier.pdf.moip-x1x1x1x1.tmp", ".dossier.pdf.x2.tmp", ".budget.xlsx.x3.tmp")
    )
    for path in (stale, young, other):
        path.write_bytes(b"half")
    for path in (stale, other):
        hours_ago = time.time() - 2 * atomic.STALE
        os.utime(path, (hours_ago, hours_ago))
    atomic.write(target, b"new")
    assert names(tmp_path) == sorted([young.name, other.name, target.name])


def test_two_builds_at_the_same_time_end_well(tmp_path: Path) -> None:
    contents = [bytes([number]) * 200_000 for number in range(4)]
    failures: list[BaseException] = []

    def write(content: bytes) -> None:
        try:
            for _ in range(5):
                output = publish.Output("dossier.pdf", content, {"pages": 1})
                publish.publish(tmp_path, publish.Publication((output,), {}, {}))
        except BaseException as error:  # noqa: BLE001 -- shown by the test itself
            failures.append(error)

    writers = [threading.Thread(target=write, args=(content,)) for content in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert (tmp_path / "dossier.pdf").read_bytes() in contents
    assert names(tmp_path) == ["dossier.pdf", "manifest.json"]
    assert len(manifest(tmp_path)["outputs"]) == 1


@pytest.mark.long
def test_two_programs_may_build_the_same_kit_at_the_same_time(kit: Path, tmp_path: Path) -> None:
    builds = [
        subprocess.Popen(
            command(kit, tmp_path / "out"), env=environment(), stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    assert [build.wait(timeout=60) for build in builds] == [0, 0]
    content = (tmp_path / "out" / "dossier.pdf").read_bytes()
    assert names(tmp_path / "out") == ["dossier.pdf", "manifest.json"]
    (entry,) = manifest(tmp_path / "out")["outputs"]
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.long
def test_a_build_that_is_killed_at_any_moment_leaves_whole_files(tmp_path: Path, kit: Path) -> None:
    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "moip_press", "build", str(kit), "-o", "out", "--no-cache"]
        return subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL)

    began = time.monotonic()
    assert start().wait() == 0
    lasted = time.monotonic() - began
    good = (tmp_path / "out" / "dossier.pdf").read_bytes()
    chance = random.Random(5)  # noqa: S311 -- the same moments each time
    for _ in range(5):
        build = start()
        time.sleep(lasted * chance.uniform(0.2, 1.1))
        build.send_signal(signal.SIGKILL)
        build.wait()
        assert (tmp_path / "out" / "dossier.pdf").read_bytes() == good
        assert manifest(tmp_path / "out")["outputs"][0]["sha256"] == publish.sha256(good)
    assert start().wait() == 0
    assert (tmp_path / "out" / "dossier.pdf").read_bytes() == good
