"""The cache: results kept between two runs, found again by what they were made from.

A cache can be missing, old, truncated or shared: a run without it is slower, never wrong.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moip_press.system import atomic
from moip_press.system.files import read_file
from moip_press.system.limits import KEPT

MOST_BYTES = 500_000_000
OURS = re.compile(
    r"(?:characters|cut|findings|holidays|laid|painted|picture|shown|unchanged|verified|words)-[\w.-]+|\.\w{8}\.tmp"
)
"""Names of our files; others in the folder belong to somebody else."""

LESS = 0.8  # the part of the limit that is left after it was exceeded
DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Cache:
    """Results in a folder, by name. Without a folder nothing is kept.

    Results that are run are read only if nobody has written them who may not write ``like``.
    """

    folder: Path | None = None
    most: int = MOST_BYTES
    like: Path | None = None

    @classmethod
    def of_module(cls, file: str) -> Cache:
        """Return what keeps what is compiled for a module where Python keeps what it compiles."""
        path = Path(file)
        return cls(path.with_name("__pycache__"), like=path)

    def read(self, name: str) -> bytes | None:
        """Return the content kept under ``name``; None where there is none or it is damaged."""
        if self.folder is None:
            return None
        path = self.folder / name
        try:
            kept = read_file(path, DIGEST + KEPT.bytes, self._trusts)
        except OSError:
            return None
        content = kept[DIGEST:]
        if kept[:DIGEST] != _seal(name, content):
            return None
        with suppress(OSError):
            os.utime(path)  # the least recently used goes first
        return content

    def _trusts(self, found: os.stat_result) -> bool:
        """Tell whether a file may be read. Raises ``OSError``."""
        if self.like is None:
            return True
        like = self.like.stat()
        written = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        groups = not written & stat.S_IWGRP or found.st_gid == like.st_gid
        return (
            found.st_uid in {0, os.geteuid(), like.st_uid}
            and groups
            and not written & ~like.st_mode
        )

    def write(self, name: str, content: bytes) -> None:
        """Keep ``content`` under ``name``; an error of the disk is ignored."""
        if self.folder is None or len(content) > min(self.most // 4, KEPT.bytes):
            return
        with suppress(OSError, atomic.CannotWrite), atomic.Staging(lasting=False) as staging:
            staging.add(self.folder / name, _seal(name, content) + content)
            staging.put()

    def tidy(self) -> None:
        """Remove leftovers of killed runs, and the least recently used results over the limit."""
        if self.folder is not None:
            atomic.clear(self.folder)
        files = sorted(self._files(), key=lambda found: found[0])
        kept = sum(size for _, size, _ in files)
        if kept <= self.most:
            return
        for _, size, path in files:
            if kept <= self.most * LESS:
                return
            with suppress(OSError):
                path.unlink()
                kept -= size

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """Yield the time of last use, the size and the path of each of our files."""
        with suppress(OSError):
            for entry in os.scandir(self.folder) if self.folder else ():
                with suppress(OSError):
                    if OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        status = entry.stat(follow_symlinks=False)
                        yield status.st_mtime_ns, status.st_size, Path(entry.path)


def _seal(name: str, content: bytes) -> bytes:
    """Return the checksum of a result and its name."""
    return hashlib.sha256(name.encode() + b"\n" + content).digest()
