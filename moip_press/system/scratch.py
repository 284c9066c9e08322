"""Folders for temporary files: each goes with its owner, and what a killed one left with the next.

A folder is locked as long as its owner lives, or a child that works in it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from weakref import finalize

PREFIX = "moip-press-tmp-"  # not that of earlier versions, which lock none of theirs
OURS = re.compile(rf"{PREFIX}[a-z0-9_]{{8}}")
YOUNG = 5.0  # seconds in which a folder may not be locked yet


class Scratch:
    """A new folder for temporary files, which ``close`` removes, or the end of the process.

    A process that was forked since removes nothing. Raises ``OSError``.
    """

    def __init__(self) -> None:
        remove_leftovers(tempfile.gettempdir())
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with suppress(OSError):  # a disk without locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.close = finalize(self, _remove, self.folder, handle, os.getpid())

    def __enter__(self) -> Path:
        return self.folder

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _remove(folder: Path, handle: int, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
    os.close(handle)


def remove_leftovers(place: str) -> None:
    """Remove the folders in ``place`` that killed owners of this user have left."""
    with suppress(OSError):
        for entry in os.scandir(place):
            with suppress(OSError):
                if OURS.fullmatch(entry.name) and _is_left(entry):
                    shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder is of this user, and nobody locks it. Raises ``OSError``."""
    found = entry.stat(follow_symlinks=False)
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not mine or abs(time.time() - found.st_mtime) < YOUNG:
        return False
    handle = os.open(entry.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # who locks it is alive
    finally:
        os.close(handle)
    return True
