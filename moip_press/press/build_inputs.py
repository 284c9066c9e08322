"""Which files of a kit its dossier and its site are made from, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from moip_press.kit.fingerprint import THEME
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, pictures
from moip_press.kit.model.table_files import files_of
from moip_press.kit.source import Source
from moip_press.press import publish
from moip_press.system.files import inside, read_file


def inputs_of(kit: Kit, theme: Theme, sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the digests of the files that a kit is built from, by their name in the kit.

    What a link leads to outside the kit is not read for the dossier, nor here.
    """
    names = [Path(name).relative_to(kit.folder) for name in sources]
    names += map(Path, files_of(placed.part for placed in kit.parts()))
    names += [Path(placed.value.file) for placed in pictures(kit) if placed.value.file]
    names += map(Path, theme.named)
    for folder in (theme.templates()[0], theme.styles()[0]):
        names += [path.relative_to(kit.folder) for path in sorted(folder.rglob("*"))]
    files = {_utf8(name): inside(kit.folder, name.as_posix()) for name in names}
    found = {name: path for name, path in sorted(files.items()) if path and path.is_file()}
    return {name: publish.sha256(path.read_bytes()) for name, path in found.items()}


def differ(folder: Path, inputs: Mapping[str, str]) -> bool:
    """Return whether the files of a kit are others than those that something was made from.

    Files of its theme count that were added since; others are named in those that are there.
    """
    theme = (path.relative_to(folder) for name in THEME for path in (folder / name).rglob("*"))
    added = (name for name in theme if _utf8(name) not in inputs)
    if any(path and path.is_file() for path in (inside(folder, n.as_posix()) for n in added)):
        return True
    return any(_digest(folder, name) != digest for name, digest in inputs.items())


def _digest(folder: Path, name: str) -> str:
    """Return the digest of a file of a kit; empty where there is none that can be read."""
    path = inside(folder, name)
    try:
        return publish.sha256(read_file(path)) if path else ""
    except OSError:
        return ""


def _utf8(name: Path) -> str:
    """Return a file's name as UTF-8, whatever the bytes that the disk holds."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
