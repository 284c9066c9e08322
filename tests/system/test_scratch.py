"""What is temporary goes with its owner, and what a killed one left goes with the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moip_press.system.scratch import PREFIX, Scratch

ROOT = Path(__file__).parents[2]
CHILD = """
    from moip_press.system.processes import Child
    from tests.system import busy
    child = Child()
    child.submit(busy.answer, b"").result()
"""
HELPER = """
    from moip_press.system.limits import Limits
    from moip_press.system.processes import Helper
    Helper("tests.system.busy", Limits(seconds=600, memory=0)).ask(b"")
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def waited(done: Callable[[], bool]) -> bool:
    """Whether something comes true before long."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.05)
    return False


def test_a_folder_goes_with_the_one_that_made_it(place: Path) -> None:
    with Scratch() as folder:
        (folder / "words.txt").write_text("embargo", encoding="utf-8")
        assert list(place.iterdir()) == [folder]
    assert list(place.iterdir()) == []


def test_only_what_nobody_locks_and_is_ours_is_removed(place: Path) -> None:
    with Scratch() as living:
        left = place / f"{PREFIX}killed__"
        others = (place / f"{PREFIX}of-somebody", place / "killed__", place / f"{PREFIX}a_file__")
        for folder in (left, *others[:2]):
            (folder / "inner").mkdir(parents=True)
        others[2].write_text("no folder", encoding="utf-8")
        (place / f"{PREFIX}to_link_").symlink_to(others[1])
        for path in (living, left, *others):
            os.utime(path, (0, 0))
        with Scratch():
            assert living.is_dir()
            assert not left.exists()
            assert all(path.exists() for path in others)
            assert (others[1] / "inner").is_dir()


def test_what_was_just_made_is_left_alone(place: Path) -> None:
    made = place / f"{PREFIX}new_____"  # before it is locked
    made.mkdir()
    with Scratch():
        assert made.is_dir()


@pytest.mark.parametrize("script", [CHILD, HELPER], ids=["child", "helper"])
def test_who_works_for_a_process_that_is_killed_ends_and_leaves_nothing(
    script: str, tmp_path: Path
) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert waited(lambda: any(tmp_path.glob("*/*/work")))
    worker = next(tmp_path.glob("*/*/work")).parent.parent
    owner.send_signal(signal.SIGKILL)
    owner.communicate()  # it comes back when no child holds its output
    assert waited(lambda: not worker.exists())
    assert list(tmp_path.iterdir()) == []
