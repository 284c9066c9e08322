"""Which files of a kit its dossier and its site are made from, and what is in them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit, pictures
from moip_press.kit.model.table_files import files_of
from moip_press.kit.source import Source
from moip_press.press import publish
from moip_press.system.files import inside


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


def _utf8(name: Path) -> str:
    """Return a file's name as UTF-8, whatever the bytes that the disk holds."""
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")
