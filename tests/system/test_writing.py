"""Nobody's work is lost: locks, whole folders, what stands in a file's place, closed streams."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from moip_press import cli
from moip_press.editions import releases
from moip_press.exchange import kit_import
from moip_press.exchange.changes import provenance
from moip_press.kit import folders
from moip_press.press import journey, publish
from moip_press.proofread import correction
from moip_press.system import atomic, locks
from moip_press.system.cache import Cache
from moip_press.system.files import LOCK, MARK, NotAFile, read_file

ROOT = Path(__file__).parents[2]
KIT = """\
title: Semaine du numérique
language: fr
version: 1  # la première
period: {start: 2021-11-01, end: 2021-11-30}
publisher: {name: Ville de Saint-Exemple}
contacts: [{id: presse, name: Alix Martin, email: presse@example.org}]
chapters: [programme.yaml]
"""
PROGRAMME = """\
type: programme
id: programme
title: Programme
events:
  - {id: visite, title: Visite au coeur, when: 16 novembre}
"""
TABLES = [
    "N°;Titre;Quand;Structure;Rubrique;Présentation;Ville\n"
    f"{key};{title};17 novembre;CNFPT;programme;Un texte.;Lyon\n"
    for key, title in (("a1", "Atelier"), ("b1", "Balade"))
]
HOLDER = """
import sys, time
from pathlib import Path
from moip_press.system import locks

with locks.lock(Path(sys.argv[1]), "release"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small kit, in whose parent we are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "C")
    made = tmp_path / "kit"
    made.mkdir()
    (made / "kit.yaml").write_text(KIT, encoding="utf-8")
    (made / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    for name, table in zip("ab", TABLES, strict=True):
        (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
    return made


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def environment() -> dict[str, str]:
    return {**os.environ, "LANGUAGE": "C", "PYTHONPATH": str(ROOT)}


def start(*words: str, **more: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        **more,
    )


@pytest.fixture
def held(folder: Path) -> Any:
    """Another process that holds the kit."""
    with start("-c", HOLDER, str(folder)) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


# --- locks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["import", "a.csv", "--kit", "kit", "--apply"],
        ["check", "kit", "--fix"],
        ["check", "kit", "--learn", "Zorglub"],
        ["release", "kit", "--version", "2"],
    ],
    ids=" ".join,
)
def test_a_kit_that_somebody_else_writes_is_left_alone(
    folder: Path,
    held: subprocess.Popen[str],
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(locks, "WAIT", 0.1)
    monkeypatch.setattr(locks.kit_lock.__wrapped__, "__defaults__", (0.1,))  # type: ignore[attr-defined]
    assert cli.run(words) == 3
    said = capsys.readouterr().err
    assert "“moip-press release”" in said
    assert str(held.pid) in said
    assert (folder / "programme.yaml").read_text(encoding="utf-8") == PROGRAMME
    assert (folder / "kit.yaml").read_text(encoding="utf-8") == KIT


def test_who_only_reads_waits_for_nobody(held: subprocess.Popen[str]) -> None:
    assert held.poll() is None
    assert cli.run(["import", "a.csv", "--kit", "kit", "-q"]) == 0
    assert cli.run(["release", "kit", "--list"]) == 0
    assert cli.run(["new", "next", "--from", "kit", "-q"]) == 0


def test_a_lock_ends_with_its_process_and_leaves_no_file(
    folder: Path, held: subprocess.Popen[str]
) -> None:
    held.kill()
    held.wait()
    assert LOCK in names(folder)
    with locks.lock(folder, "check", 0):
        pass
    assert LOCK not in names(folder)


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    inside, most, end = [0], [0], time.monotonic() + 1.0

    def work() -> None:
        while time.monotonic() < end:
            with locks.lock(tmp_path, "check", 60):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                time.sleep(0.001)
                inside[0] -= 1

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert most == [1]


def test_two_imports_at_once_are_both_remembered(folder: Path) -> None:
    begun = [
        start("-m", "moip_press", "import", f"{name}.csv", "--kit", "kit", "--apply")
        for name in "ab"
    ]
    assert [(each.communicate(timeout=120)[1], each.returncode)[1] for each in begun] == [0, 0]
    text = (folder / "programme.yaml").read_text(encoding="utf-8")
    assert "Atelier" in text
    assert "Balade" in text
    known = provenance.read_provenance(folder).sources
    assert sorted(key for source in known.values() for key in source) == ["a1", "b1"]


def test_a_memory_of_imports_that_came_meanwhile_is_not_written_over(folder: Path) -> None:
    found = kit_import.compare_files(folder, [Path("a.csv")], None)
    made, _ = kit_import.new_files(found, None)
    (folder / "imports.json").write_text('{"version": 1, "sources": {"x": {}}}', encoding="utf-8")
    with pytest.raises(correction.Changed):
        kit_import.write_files(found, made)
    assert (folder / "programme.yaml").read_text(encoding="utf-8") == PROGRAMME


def test_a_glossary_that_came_meanwhile_is_not_written_over(folder: Path) -> None:
    (folder / "glossary.yaml").write_text("words: [Zorglub]\n", encoding="utf-8")
    with pytest.raises(correction.Changed):
        correction.write({(folder / "glossary.yaml").as_posix(): "words: [x]\n"}, folder, {})
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == "words: [Zorglub]\n"


def test_a_disk_without_locks_is_named_for_a_kit_and_no_matter_for_an_output(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    assert cli.run(["check", "kit", "--fix"]) == 3
    assert "cannot be locked" in capsys.readouterr().err
    output = publish.Output("dossier.pdf", b"new", {"pages": 1})
    publish.publish(tmp_path / "out", publish.Publication((output,), {}, {}))
    assert names(tmp_path / "out") == ["dossier.pdf", "manifest.json"]


# --- leftovers ----------------------------------------------------------------------------


def test_only_what_bears_our_names_and_has_no_living_writer_is_cleared(tmp_path: Path) -> None:
    place = tmp_path / "out"
    dead = place / f".dossier.pdf{MARK}abcd1234.tmp"
    gone = place / f".v2{MARK}abcd1234.tmp"
    others = [".dossier.pdf.abcd1234.tmp", ".budget.xlsx.x.tmp", "a.tmp", "moip-press.lock"]
    place.mkdir()
    gone.mkdir()
    (gone / "dossier.pdf").write_bytes(b"half")
    for path in (dead, *(place / name for name in others)):
        path.write_bytes(b"half")
    with atomic.Staging() as staging:
        staging.add(place / "other.pdf", b"being written")
        atomic.clear(place)
        assert len(names(place)) == len(others) + 1
        staging.put()
    assert names(place) == sorted([*others, "other.pdf"])


def test_the_next_verb_that_writes_clears_the_whole_kit(folder: Path) -> None:
    (folder / "releases").mkdir()
    for place in (folder, folder / "releases"):
        (place / f".x{MARK}abcd1234.tmp").mkdir()
    assert cli.run(["check", "kit", "--fix", "-q"]) == 0
    assert names(folder) == ["kit.yaml", "programme.yaml", "releases"]
    assert names(folder / "releases") == []


def test_a_folder_of_the_kit_that_is_built_into_is_not_cleared(folder: Path) -> None:
    output = folder / "output"
    output.mkdir()
    (output / f".dossier.pdf{MARK}abcd1234.tmp").write_bytes(b"half")
    with locks.lock(output, "build"), locks.kit_lock(folder, "check"):
        assert len(names(output)) == 2
    with locks.kit_lock(folder, "check"):
        assert names(output) == []


def test_a_folder_that_somebody_made_meanwhile_is_left_alone(tmp_path: Path) -> None:
    fsync = os.fsync

    def late(handle: int) -> None:
        (tmp_path / "made").mkdir(exist_ok=True)
        (tmp_path / "made" / "theirs.txt").write_text("theirs", encoding="utf-8")
        fsync(handle)

    with pytest.MonkeyPatch.context() as context:
        context.setattr("os.fsync", late)
        with pytest.raises(atomic.CannotWrite) as caught:
            atomic.write_folder(tmp_path / "made", {"kit.yaml": b"ours"})
    assert "meanwhile" in str(caught.value.message)
    assert names(tmp_path / "made") == ["theirs.txt"]


def test_a_file_that_is_replaced_keeps_its_rights(folder: Path) -> None:
    (folder / "kit.yaml").chmod(0o640)
    atomic.write(folder / "kit.yaml", b"new")
    assert (folder / "kit.yaml").stat().st_mode & 0o777 == 0o640


def test_an_export_whose_run_was_killed_before_its_manifest_is_still_ours(tmp_path: Path) -> None:
    def export(content: bytes) -> None:
        output = publish.Output("programme.xlsx", content, {})
        publish.publish(tmp_path, publish.Publication((output,), {}, {}), precious=True)

    export(b"one")
    old = (tmp_path / "manifest.json").read_bytes()
    export(b"two")
    (tmp_path / "manifest.json").rename(tmp_path / f".manifest.json{MARK}abcd1234.tmp")
    (tmp_path / "manifest.json").write_bytes(old)
    export(b"three")
    assert (tmp_path / "programme.xlsx").read_bytes() == b"three"
    assert names(tmp_path / "kit") == ["kit.yaml", "programme.yaml"]
    (tmp_path / "programme.xlsx").write_bytes(b"filled in")
    with pytest.raises(publish.Edited):
        export(b"four")
    assert (tmp_path / "programme.xlsx").read_bytes() == b"filled in"


# --- releases -----------------------------------------------------------------------------


def release(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Path], None]) -> int:
    """Release version 2 of the kit; something happens while its pages are made."""
    build = journey.build

    def slow(copy: Path, *arguments: Any, **named: Any) -> Any:
        meanwhile(Path("kit"))
        return build(copy, *arguments, **named)

    monkeypatch.setattr(journey, "build", slow)
    return cli.run(["release", "kit", "--version", "2", "--no-cache"])


def save(folder: Path) -> None:
    text = (folder / "kit.yaml").read_text(encoding="utf-8")
    (folder / "kit.yaml").write_text(text + "# enregistré\n", encoding="utf-8")
    (folder / "programme.yaml").write_text(PROGRAMME + "# aussi\n", encoding="utf-8")


def test_what_is_saved_while_a_release_is_made_stays_and_is_not_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert release(monkeypatch, save) == 0
    text = (folder / "kit.yaml").read_text(encoding="utf-8")
    assert text == KIT.replace("version: 1 ", "version: 2 ") + "# enregistré\n"
    assert "# aussi" in (folder / "programme.yaml").read_text(encoding="utf-8")
    (made,) = releases.releases(folder)
    assert (made.kit / "programme.yaml").read_text(encoding="utf-8") == PROGRAMME
    assert "# enregistré" not in (made.kit / "kit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_a_release_that_fails_writes_nothing_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(place: Path) -> None:
        assert (place / "kit.yaml").read_text(encoding="utf-8") == KIT
        save(place)
        raise error

    assert release(monkeypatch, fail) in {3, 130}
    assert (folder / "kit.yaml").read_text(encoding="utf-8") == KIT + "# enregistré\n"
    assert names(folder) == ["kit.yaml", "programme.yaml"]


def test_a_release_killed_before_it_wrote_the_version_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(monkeypatch, lambda _: None) == 0
    (folder / "kit.yaml").write_text(KIT, encoding="utf-8")
    words = ["release", "kit", "--version", "2", "--no-cache", "--language", "en"]
    assert cli.run(words) == 0
    assert "already" in capsys.readouterr().err
    text = (folder / "kit.yaml").read_text(encoding="utf-8")
    assert text == KIT.replace("version: 1 ", "version: 2 ")


def test_faults_of_the_pages_are_told_in_the_kit_and_not_in_its_copy(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "styles").mkdir()
    (folder / "styles" / "kit.css").write_text(".event { width: 9000mm }\n", encoding="utf-8")
    (folder / "templates").mkdir()
    (folder / "templates" / "programme.html").write_text("{{ nothing.at.all }}", encoding="utf-8")
    assert cli.run(["release", "kit", "--no-cache"]) == 1
    said = capsys.readouterr().err
    assert "kit/templates/programme.html" in said
    assert MARK not in said


def test_a_folder_that_a_link_in_the_kit_names_is_released_too(folder: Path) -> None:
    (folder / "photos").mkdir()
    (folder / "photos" / "a.txt").write_text("a", encoding="utf-8")
    (folder / "images").symlink_to("photos")
    (folder / "photos" / "loop").symlink_to("..")
    assert set(releases.kit_files(folder)) == {
        "images/a.txt",
        "kit.yaml",
        "photos/a.txt",
        "programme.yaml",
    }


# --- new kits -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["new", "made"], ["new", "made", "--from", "kit"]])
def test_a_kit_that_cannot_be_begun_is_not_there_and_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    count = [0]
    fsync = os.fsync

    def full(handle: int) -> None:
        count[0] += 1
        if count[0] == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    with monkeypatch.context() as context:
        context.setattr("os.fsync", full)
        assert cli.run([*words, "-q"]) == 3
    assert names(tmp_path) == ["a.csv", "b.csv", "kit"]
    assert cli.run([*words, "-q"]) == 0
    assert "kit.yaml" in names(tmp_path / "made")
    assert cli.run([*words, "-q"]) == 2


def test_a_new_kit_may_go_into_an_empty_folder_even_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2031").mkdir()
    monkeypatch.chdir(tmp_path / "2031")
    assert cli.run(["new", ".", "-q"]) == 0
    assert [name for name in names(Path()) if not name.endswith("s.yaml")] == [
        ".schemas",
        "editorial.yaml",
        "kit.yaml",
        "programme.yaml",
    ]
    assert "2031" in Path("kit.yaml").read_text(encoding="utf-8")
    (tmp_path / "2032").mkdir()
    assert cli.run(["new", str(tmp_path / "2032"), "-q"]) == 0


def test_a_kit_that_is_being_begun_is_no_kit_yet(tmp_path: Path) -> None:
    half = tmp_path / "data" / f".2031{MARK}abcd1234.tmp"
    half.mkdir(parents=True)
    (half / "kit.yaml").write_text(KIT, encoding="utf-8")
    assert folders.find_kit(None, tmp_path) is None


# --- what stands where a file should be ---------------------------------------------------


def pipe(path: Path) -> None:
    os.mkfifo(path)


@contextmanager
def stopped_after(seconds: int) -> Iterator[None]:
    """Raise ``TimeoutError`` where something is waited for."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


@pytest.mark.parametrize(
    "make", [pipe, bound, Path.mkdir, lambda path: path.symlink_to("/dev/zero")]
)
def test_nothing_but_files_is_read_or_written_over(
    tmp_path: Path, folder: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "thing"
    make(path)
    with pytest.raises(NotAFile):
        read_file(path)
    with pytest.raises(atomic.CannotWrite):
        atomic.write(path, b"new")
    assert not path.is_file()
    make(tmp_path / "entry")
    assert Cache(tmp_path).read("entry") is None
    make(folder / LOCK)
    with pytest.raises(atomic.CannotWrite), locks.lock(folder, "check", 0):
        pass


@pytest.mark.parametrize(
    "name", ["kit.yaml", "programme.yaml", "imports.json", "glossary.yaml", "styles/fonts/x.ttf"]
)
def test_a_pipe_in_a_kit_is_never_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / name)
    with stopped_after(60):
        for words in (["check", "kit", "-q"], ["import", "a.csv", "--kit", "kit", "-q"]):
            assert cli.run(words) in {0, 1, 2, 3}


def test_a_report_or_export_never_replaces_a_device(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "list.html")
    assert (
        cli.run(["import", "a.csv", "--kit", "kit", "--report", "list.html", "--language", "en"])
        == 3
    )
    assert "A pipe, a device" in capsys.readouterr().err
    (tmp_path / "null.csv").symlink_to(os.devnull)
    assert cli.run(["export", "csv", "kit", "-o", "null.csv"]) == 3
    assert (tmp_path / "null.csv").is_symlink()


def test_a_manifest_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    output = publish.Output("dossier.pdf", b"new", {"pages": 1})
    with pytest.raises(atomic.CannotWrite):
        publish.publish(tmp_path, publish.Publication((output,), {}, {}))
    assert "dossier.pdf" not in names(tmp_path)


# --- how it ends --------------------------------------------------------------------------

SLEEPER = """
import time
from moip_press import cli
from moip_press.system import atomic
from pathlib import Path

def sleep(_words):
    with atomic.Staging() as staging:
        staging.add(Path("out.pdf"), b"new")
        print("begun", flush=True)
        time.sleep(60)

def run(words):
    try:
        return sleep(words)
    except KeyboardInterrupt:
        return cli.INTERRUPTED

cli.run = run
cli.main(["x"])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_request_to_end_clears_away_and_ends_with_130(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "here").mkdir()
    with start("-c", SLEEPER, cwd=tmp_path / "here") as sleeper:
        assert sleeper.stdout
        assert sleeper.stdout.readline() == "begun\n"
        sleeper.send_signal(number)
        assert sleeper.wait(60) == 130
    assert names(tmp_path / "here") == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words",
    [
        "--help",
        "export csv kit -o -",
        *(
            pytest.param(words, marks=pytest.mark.long)
            for words in ("--version", "rules", "schema")
        ),
    ],
)
@pytest.mark.parametrize(
    ("streams", "codes"),
    [
        (">/dev/full", {3}),
        (">/dev/full 2>&1", {3}),
        (">&-", {0}),
        (">&- 2>&-", {0}),
        ("2>&-", {0}),
        ("| true", {0}),
    ],
)
def test_an_output_that_is_closed_or_full(words: str, streams: str, codes: set[int]) -> None:
    line = f"set -o pipefail; {sys.executable} -m moip_press {words} {streams}"
    ended = subprocess.run(
        ["bash", "-c", line], env=environment(), capture_output=True, text=True, check=False
    )
    assert ended.returncode in codes, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


def test_advice_names_an_option_only_where_the_verb_has_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: object, *_: object, **__: object) -> Any:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(locks, "_locked", refuse)
    for words in (
        ["check", "kit", "--fix"],
        ["import", "a.csv", "--kit", "kit", "--apply"],
        ["release", "kit"],
    ):
        assert cli.run(words) == 3
        said = capsys.readouterr().err
        assert "This disk can only be read" in said
        assert "--output" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("name", ["", "kit.yaml", "programme.yaml"])
def test_a_kit_that_may_not_be_read_is_3(
    folder: Path, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (*tmp_path.parents, tmp_path):
        if path.is_relative_to("/tmp/"):  # noqa: S108 -- where pytest keeps its folders
            path.chmod(0o755)
    words = ["check", "kit", "--no-cache"]
    assert cli.run(words) in {0, 1}  # what is imported late need not be readable for others
    (folder / name).chmod(0)
    os.seteuid(65534)
    try:
        ended = cli.run(words)
    finally:
        os.seteuid(0)
        (folder / name).chmod(0o755)
    assert ended == 3
    assert "permission denied" in capsys.readouterr().err


def test_what_killed_verbs_say_of_themselves_is_whole(folder: Path) -> None:
    with locks.lock(folder, "check", 0):
        told = json.loads((folder / LOCK).read_text(encoding="utf-8"))
    assert told["verb"] == "check"
    assert told["pid"] == os.getpid()
