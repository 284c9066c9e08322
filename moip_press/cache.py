"""What is kept between two runs: small results, found again by what they were made from.

A cache can be missing, old, cut short or shared: a run without it is slower and never wrong.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moip_press import publish


@dataclass(frozen=True)
class Cache:
    """Results in a folder, each under a name. Without a folder nothing is kept."""

    folder: Path | None = None

    def read(self, name: str) -> bytes | None:
        """Return what was kept under ``name``, None where there is nothing or it is damaged."""
        if self.folder is None:
            return None
        try:
            kept = (self.folder / name).read_bytes()
        except OSError:
            return None
        digest, content = kept[:64], kept[65:]
        return content if digest == hashlib.sha256(content).hexdigest().encode() else None

    def write(self, name: str, content: bytes) -> None:
        """Keep ``content`` under ``name``; where that cannot be done, it is not kept."""
        if self.folder is None:
            return
        digest = hashlib.sha256(content).hexdigest().encode()
        with suppress(publish.CannotWrite):
            publish.write(self.folder / name, digest + b"\n" + content)
