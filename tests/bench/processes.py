"""Whole processes: how long they take, and how much memory they need at most."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 1800.0
"""The seconds after which a process is given up."""
UNIT = 1 if sys.platform == "darwin" else 1024  # of the memory that the system tells


@dataclass(frozen=True)
class Run:
    """One measurement: seconds by the clock and of work, and the most memory in bytes.

    ``cpu`` and ``peak`` are ``None`` where only a part of a process was measured.
    """

    seconds: float
    cpu: float | None = None
    peak: int | None = None


class Failed(Exception):
    """A process that did not do what it was asked for; its last words are the message."""


def run(command: Sequence[str], cwd: Path = ROOT, more: Mapping[str, str] | None = None) -> Run:
    """Return how a process ran, from before it starts until it has ended.

    The memory is that of the process, or of the largest one that it waited for. Raises
    ``Failed``, and ``OSError`` where there is no such program.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(more or {})},
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
        )
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(said.read().decode(errors="replace").strip()[-400:] or str(command[0]))
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT)


def answer(command: Sequence[str], cwd: Path = ROOT) -> str:
    """Return what a process prints. Raises ``Failed``, ``OSError``."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(done.stderr.strip()[-400:] or str(command[0]))
    return done.stdout


class Conversation:
    """A process that stays, and answers a line with a line."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._said, self._heard = self._process.stdin, self._process.stdout

    def ask(self, line: str) -> str:
        """Return the answer to a line. Raises ``Failed`` where the process has ended."""
        self._said.write(f"{line}\n")
        self._said.flush()
        said = self._heard.readline()
        if not said:
            raise Failed(f"the process ended at “{line}”")
        return said

    def end(self) -> None:
        """Let the process end."""
        self._said.close()
        self._process.wait()
        self._heard.close()
