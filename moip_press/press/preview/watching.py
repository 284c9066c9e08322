"""Waiting for a kit to change: one answer for each burst of saved files.

Whether something changed is told by what the files hold: what an editor writes and takes back, or
saves as it was, wakes nobody.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, watch

from moip_press.kit import fingerprint
from moip_press.kit.folders import MANIFEST, is_read, program_folder
from moip_press.system.files import is_file

QUIET = 200  # milliseconds without a change that end a burst
LONGEST = 10_000  # milliseconds after which even a burst that goes on is answered
LOOK = 1_000  # milliseconds between two looks at whether the kit is still there
PATIENCE = 2.0  # seconds that a file or folder may be away while it is replaced
STEP = 0.05  # seconds
# What editors and downloads put beside a file that they are writing.
PASSING = (
    *("*~", "~$*", "#*#", ".#*", ".*.sw?", "4913", "*.tmp", "*.part", "*.crdownload"),
    *(".~lock.*#", ".goutputstream-*", "___jb_*___"),
)


def bursts(folder: Path, output: Path, cache: Path | None) -> Iterator[tuple[str, ...]]:
    """Yield the names of the files that changed, each time that the kit or the theme did.

    Once without names at the very beginning. What is written to the folders ``output`` and
    ``cache`` is no change. Ends where the kit's folder is gone.
    """
    root = folder.resolve()
    made = fingerprint.OURS if output.resolve() == root else ("*",)
    aside = fingerprint.Aside(output, cache, made, PASSING).resolved()
    known = _state(root, aside)
    yield ()
    while _is_there(root):
        with suppress(FileNotFoundError):  # it went just now
            for names in _woken(root, aside):
                _await(root / MANIFEST)
                now = _state(root, aside)
                if now is None or now != known:
                    known = now
                    yield names


def _woken(root: Path, aside: fingerprint.Aside) -> Iterator[tuple[str, ...]]:
    """Yield the names of the files that were written: at once none, then after each burst.

    Ends where the folder that was watched is no longer there, or is another one.
    """
    watched, seen = _identity(root), False
    theme = filter(Path.is_dir, map(program_folder, fingerprint.THEME))

    def wanted(_change: Change, path: str) -> bool:
        return _counts(Path(path), root, aside)

    for changes in watch(
        root,
        *theme,
        watch_filter=wanted,
        debounce=LONGEST,
        step=QUIET,
        rust_timeout=LOOK,
        yield_on_timeout=True,
    ):
        if _identity(root) != watched:
            return
        if changes or not seen:  # what was saved before the watch began is seen at its first look
            seen = True
            yield tuple(sorted(_names((path for _, path in changes), root)))


def _counts(path: Path, root: Path, aside: fingerprint.Aside) -> bool:
    """Tell whether a change of this file is one of the kit or of the theme."""
    if not path.is_relative_to(root):
        return not aside.holds(path)
    name = path.relative_to(root)
    within = (root.joinpath(*name.parts[:depth]) for depth in range(1, len(name.parts) + 1))
    return path != root and is_read(name) and not any(map(aside.holds, within))


def _names(paths: Iterable[str], root: Path) -> set[str]:
    found = map(Path, paths)
    return {
        path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        for path in found
    }


def _state(root: Path, aside: fingerprint.Aside) -> str | None:
    """Return what tells the kit and the theme as they are from others, if that can be told."""
    try:
        return fingerprint.of_kit(root, aside) + fingerprint.of_theme()
    except fingerprint.Unknown:
        return None


def _identity(root: Path) -> tuple[int, int] | None:
    """Return what tells this folder from another one of its name; ``None`` where it is gone."""
    with suppress(OSError):
        found = root.stat()
        return found.st_dev, found.st_ino
    return None


def _is_there(root: Path) -> bool:
    """Tell whether the folder is there, or is again after a while."""
    return _await(root / MANIFEST) or root.is_dir()


def _await(path: Path) -> bool:
    """Tell whether a file is there; one that is being replaced is waited for."""
    end = time.monotonic() + PATIENCE
    while not is_file(path):
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True
