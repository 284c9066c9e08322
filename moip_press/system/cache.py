"""What is kept between two runs: results, found again by what they were made from.

A cache can be missing, old, cut short or shared: a run without it is slower and never wrong.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moip_press.system import writing
from moip_press.system.files import read_file
from moip_press.system.limits import KEPT

MOST_BYTES = 500_000_000
OURS = re.compile(
    r"(?:cut|findings|holidays|laid|painted|signs|unchanged|words)-[\w.-]+|\.\w{8}\.tmp"
)
"""What the files are called that are kept: others in the folder are somebody's own."""

LESS = 0.8  # of these, what is left where they were exceeded
DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Cache:
    """Results in a folder, each under a name. Without a folder nothing is kept."""

    folder: Path | None = None
    most: int = MOST_BYTES

    def read(self, name: str) -> bytes | None:
        """Return what was kept under ``name``, None where there is nothing or it is damaged."""
        if self.folder is None:
            return None
        path = self.folder / name
        try:
            kept = read_file(path, DIGEST + KEPT.bytes)
        except OSError:
            return None
        content = kept[DIGEST:]
        if kept[:DIGEST] != _seal(name, content):
            return None
        with suppress(OSError):
            os.utime(path)  # the least recently used goes first
        return content

    def write(self, name: str, content: bytes) -> None:
        """Keep ``content`` under ``name``; where that cannot be done, it is not kept."""
        if self.folder is None or len(content) > min(self.most // 4, KEPT.bytes):
            return
        with suppress(OSError, writing.CannotWrite), writing.Staging(lasting=False) as staging:
            staging.add(self.folder / name, _seal(name, content) + content)
            staging.put()

    def tidy(self) -> None:
        """Remove what killed runs left, and what was not used for longest where it is too much."""
        if self.folder is not None:
            writing.clear(self.folder)
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
        """Yield when each file was last used, its size, and where it is."""
        with suppress(OSError):
            for entry in os.scandir(self.folder) if self.folder else ():
                with suppress(OSError):
                    if OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        told = entry.stat(follow_symlinks=False)
                        yield told.st_mtime_ns, told.st_size, Path(entry.path)


def _seal(name: str, content: bytes) -> bytes:
    """Return what tells that a result is whole, and the one of that name."""
    return hashlib.sha256(name.encode() + b"\n" + content).digest()
