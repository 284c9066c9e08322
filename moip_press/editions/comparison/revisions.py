"""A kit as it was at a git revision: taken out into a folder, the working tree untouched.

Nothing that a repository configures is obeyed: no filter, hook or other program runs.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from moip_press.editions.comparison.objects import NoRevision, Objects, damaged, too_large
from moip_press.editions.comparison.repository import find
from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.system.limits import COMMIT

KIND = 0o170000  # the bits of a mode that tell folders, files and links apart
SUFFIXES = frozenset({".yaml", ".yml"})


def take_out(folder: Path, revision: str, target: Path) -> None:
    """Write the YAML files of ``folder`` as they were at ``revision`` into ``target``.

    Raises ``NoRevision``.
    """
    try:
        repository = find(folder)
    except OSError:
        repository = None
    if repository is None:
        message = N_("“{folder}” is not kept with git: “{revision}” cannot be had.")
        raise NoRevision(Message.of(message, folder=folder, revision=revision))
    objects, tree = repository.objects, repository.tree(repository.commit(revision))
    for part in folder.resolve().relative_to(repository.folder).parts:
        below = {
            name: each for name, mode, each in objects.entries(tree) if mode & KIND == stat.S_IFDIR
        }
        if os.fsencode(part) not in below:
            message = N_("“{folder}” was not there yet at “{revision}”.")
            raise NoRevision(Message.of(message, folder=folder, revision=revision))
        tree = below[os.fsencode(part)]
    _write(objects, tree, target)


def _write(objects: Objects, tree: str, target: Path) -> None:
    """Write the YAML files below a tree: no links, nothing too large, nothing elsewhere."""
    written = 0
    for name, blob in _files(objects, tree):
        _, content = objects.read(blob, b"blob")
        written += len(content)
        if written > COMMIT.bytes:
            raise too_large()
        path = target.joinpath(*name.parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        except (FileExistsError, NotADirectoryError):  # a tree names each entry once
            raise damaged() from None


def _files(objects: Objects, tree: str) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield path and object of each YAML file below a tree. Raises ``NoRevision``."""
    waiting = [(PurePosixPath(), tree)]
    seen = 0
    while waiting:
        folder, tree = waiting.pop()
        for raw, mode, below in objects.entries(tree):
            seen += 1
            name = os.fsdecode(raw)
            if seen > COMMIT.items or len(folder.parts) >= COMMIT.depth:
                raise too_large()
            if name in {"", ".", ".."} or "/" in name or name.lower() == ".git" or len(raw) > 255:
                raise damaged()
            if mode & KIND == stat.S_IFDIR:
                waiting.append((folder / name, below))
            elif mode & KIND == stat.S_IFREG and PurePosixPath(name).suffix in SUFFIXES:
                yield folder / name, below
