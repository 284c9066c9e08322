"""Files on the disk: read without waiting for pipes, found only inside their folder."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path, PurePosixPath

RELEASES = "releases"
"""The folder of released files in a kit, which is not read as a part of the kit."""
LOCK = ".moip-press.lock"
"""The file that a process locks while it writes in its folder."""

MARK = ".moip-"

TEMPORARY = re.compile(rf"\..*{re.escape(MARK)}\w{{8}}\.tmp", re.DOTALL)
"""Names of temporary files and folders."""


def inside(folder: Path, name: PurePosixPath | str) -> Path | None:
    """Return the path of ``name`` in ``folder``, or ``None`` where it would lead out of it.

    Absolute names, ``..`` and links that point outside are refused. A file whose name has the same
    letters is meant, whether their accents are composed or not: some programs write é as one
    character, others as two.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in str(name):
        return None
    try:
        path = _there(folder, relative.parts)
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _there(folder: Path, parts: tuple[str, ...]) -> Path:
    """Return the path of a file below ``folder``, as the disk spells it where it is there."""
    path = folder.joinpath(*parts)
    if path.as_posix().isascii() or os.path.lexists(path):
        return path
    path = folder
    for part in parts:
        if not os.path.lexists(path / part) and path.is_dir():
            names = (each.name for each in path.iterdir())
            part = next((name for name in names if composed(name) == composed(part)), part)  # noqa: PLW2901
        path /= part
    return path


def composed(name: str) -> str:
    """Return a file's name with its accents composed: equal names, equal texts."""
    return unicodedata.normalize("NFC", name)


def is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name that no disk can hold has none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


class NotAFile(OSError):
    """The path is a folder, a pipe, a device or a socket."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


def read_file(
    path: Path, most: int = -1, trusts: Callable[[os.stat_result], bool] | None = None
) -> bytes:
    """Return the bytes of a file, at most ``most`` of them.

    It never waits: a pipe or device raises ``NotAFile``, and so does what nobody ``trusts``. Raises
    ``OSError``.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise NotAFile(path) if error.errno == errno.ENXIO else error from None  # a socket
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or (trusts and not trusts(found)):
        os.close(handle)
        raise NotAFile(path)
    with os.fdopen(handle, "rb") as file:
        return file.read(most)
