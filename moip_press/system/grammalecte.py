"""Grammalecte, a grammar checker of French: where it is, and what it says of texts.

It is a program of its own (GPL-3) and is run as one, never imported: a fixed list of arguments, no
shell, an environment of ours, an empty folder to work in, and limits of time and output.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from moip_press.system.limits import GRAMMAR
from moip_press.system.scratch import Scratch

NAMES = ("grammalecte-cli", "grammalecte-cli.py")
"""The program as Debian calls it, and as its authors and Python packages do."""
# Whatever the user's environment holds, the program sees this: where `env python3` is looked
# for, and that texts are UTF-8.
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
# Each paragraph is a line for the program; these end one for it, and are no letters.
LINE_ENDS = str.maketrans("\n\r", "  ")
PIECE = 1 << 16


class Trouble(StrEnum):
    """Why the program has not read the texts."""

    MISSING = "missing"
    SLOW = "slow"
    LARGE = "large"
    BROKEN = "broken"


class NotRead(Exception):
    """The program has not read the texts."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Remark:
    """What the program says of the characters [start, end) of a text.

    ``kind`` and ``rule`` are its names for what is wrong; ``says`` is its sentence, in French, and
    ``meant`` what it would write instead, the likeliest first.
    """

    start: int
    end: int
    kind: str
    rule: str
    says: str
    meant: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grammalecte:
    """The program, if it is installed, and whether it was ``asked`` for whatever the kit says."""

    program: Path | None = None
    asked: bool = False

    @property
    def stamp(self) -> str:
        """What changes when another version of the program is installed."""
        try:
            found = self.program.stat() if self.program else None
        except OSError:
            return ""
        return f"{self.program} {found.st_size} {found.st_mtime_ns}" if found else ""

    def read(self, texts: Sequence[str]) -> list[list[Remark]]:
        """Return the remarks on each text. Raises ``NotRead``."""
        if self.program is None:
            raise NotRead(Trouble.MISSING)
        found: list[list[Remark]] = [[] for _ in texts]
        try:
            said = json.loads(_answer(self.program, texts))
            for paragraph in said["data"]:
                number = paragraph["iParagraph"] - 1
                if 0 <= number < len(texts):
                    found[number] += _remarks(paragraph["lGrammarErrors"], len(texts[number]))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise NotRead(Trouble.BROKEN) from None
        return found


def find(path: str, kit: Path) -> Path | None:
    """Return the program as the folders of ``path`` have it, ``None`` where none has.

    What lies in the kit, or in a folder that depends on where one stands, is never taken.
    """
    beside = Path(sys.executable).parent  # where packages of the same environment put it
    for folder in (*map(Path, filter(None, path.split(os.pathsep))), beside):
        for name in NAMES if folder.is_absolute() else ():
            program = folder / name
            with suppress(OSError):
                real = program.resolve()
                ours = (place.is_relative_to(kit.resolve()) for place in (program, real))
                if real.is_file() and os.access(real, os.X_OK) and not any(ours):
                    return program
    return None


def _remarks(said: Iterable[Any], length: int) -> Iterator[Remark]:
    """Yield the remarks on a text, those that have a place in it."""
    for each in said:
        start, end = each["nStart"], each["nEnd"]
        kind, rule, says = each["sType"], each["sRuleId"], each["sMessage"]
        meant = tuple(each.get("aSuggestions") or ())
        if not all(isinstance(text, str) for text in (kind, rule, says, *meant)):
            raise TypeError
        if 0 <= start < end <= length:
            yield Remark(start, end, kind, rule, says, meant)


def _answer(program: Path, texts: Sequence[str]) -> bytes:
    """Return what the program writes of texts, a line each. Raises ``NotRead``."""
    with Scratch() as folder:
        file, empty = folder / "texts.txt", folder / "empty"
        empty.mkdir()
        lines = "".join(f"{text.translate(LINE_ENDS)}\n" for text in texts)
        file.write_bytes(lines.encode("utf-8", "replace"))
        try:
            # the program is what the user has installed, and no words of a kit are arguments
            process = subprocess.Popen(  # noqa: S603
                [str(program), "--file", str(file), "--json", "--only_when_errors"],
                cwd=empty,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            raise NotRead(Trouble.BROKEN) from None
        try:
            return _output(process)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    if process.returncode is None:  # until it is waited for, its id is nobody else's
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()
    process.wait()


def _output(process: subprocess.Popen[bytes]) -> bytes:
    """Return all that a process writes. Raises ``NotRead`` at a limit, or where it fails."""
    assert process.stdout is not None  # noqa: S101 -- a pipe, as asked
    last = time.monotonic() + GRAMMAR.held.seconds
    found = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not waiting.select(max(0, last - time.monotonic())):
                raise NotRead(Trouble.SLOW)
            piece = os.read(process.stdout.fileno(), PIECE)
            if not piece:
                break
            found += piece
            if len(found) > GRAMMAR.bytes:
                raise NotRead(Trouble.LARGE)
    try:
        ended = process.wait(max(0, last - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise NotRead(Trouble.SLOW) from None
    if ended != 0:
        raise NotRead(Trouble.BROKEN)
    return bytes(found)
