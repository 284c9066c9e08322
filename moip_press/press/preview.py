"""A build that stays: it waits for the kit to change, and shows the pages that did.

Whether something changed is decided by what the files hold: what an editor writes and takes back,
or saves with the same content, wakes nobody. The only user of watchfiles and pypdfium2.
"""

from __future__ import annotations

import io
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from moip_press.kit import fingerprint
from moip_press.kit.folders import MANIFEST, is_read, program_folder
from moip_press.system.files import is_file

if TYPE_CHECKING:  # to wait for a kit, no stage is loaded
    from moip_press.press.layout import Layout

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


def bursts_of_season(
    kits: Mapping[Path, Path], beside: Collection[Path], cache: Path | None
) -> Iterator[tuple[str, ...]]:
    """Yield the names of the files that changed, such as ``bretagne/kit.yaml``, each time.

    Once without names at the very beginning. ``kits`` are folders with those of their outputs, and
    ``beside`` the season.yaml and the shared theme. Ends where none of the kits is there any more.
    """
    asides = {}
    for kit, output in kits.items():
        made = fingerprint.OURS if output.resolve() == kit.resolve() else ("*",)
        asides[kit.resolve()] = fingerprint.Aside(output, cache, made, PASSING).resolved()
    lent = [path.resolve() for path in beside]
    # an editor puts a new file in the place of the old one: the folder is watched, not the file
    watched = {path.parent if is_file(path) else path for path in lent} | asides.keys()

    def wanted(_change: Change, name: str) -> bool:
        path = Path(name)
        own = (path.is_relative_to(kit) and counts(path, kit, asides[kit]) for kit in asides)
        named = any(fnmatchcase(path.name, form) for form in PASSING)
        return any(own) or (not named and any(path.is_relative_to(each) for each in lent))

    yield ()
    for changes in watch(
        *filter(Path.is_dir, watched),
        watch_filter=wanted,
        debounce=LONGEST,
        step=QUIET,
        rust_timeout=LOOK,
        yield_on_timeout=True,
    ):
        if not any(map(_is_there, asides)):
            return
        if changes:
            yield tuple(sorted({_told(Path(name), asides) for _, name in changes}))


def _told(path: Path, kits: Collection[Path]) -> str:
    """Return the name of a file with that of its kit, if it belongs to one."""
    home = next((kit.parent for kit in kits if path.is_relative_to(kit)), path.parent)
    return path.relative_to(home).as_posix()


def _woken(root: Path, aside: fingerprint.Aside) -> Iterator[tuple[str, ...]]:
    """Yield the names of the files that were written: at once none, then after each burst.

    Ends where the folder that was watched is no longer there, or is another one.
    """
    watched, seen = _identity(root), False
    theme = filter(Path.is_dir, map(program_folder, fingerprint.THEME))

    def wanted(_change: Change, path: str) -> bool:
        return counts(Path(path), root, aside)

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


def counts(path: Path, root: Path, aside: fingerprint.Aside) -> bool:
    """Return whether a change of this file is one of the kit or of the theme."""
    if not path.is_relative_to(root):  # templates are compiled by whoever needs them first
        return fingerprint.COMPILED not in path.parts and not aside.holds(path)
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
    """Return whether the folder is there, or is again after a while."""
    return _await(root / MANIFEST) or root.is_dir()


def _await(path: Path) -> bool:
    """Return whether a file is there; one that is being replaced is waited for."""
    end = time.monotonic() + PATIENCE
    while not is_file(path):
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True


SCALE = 96 / 72
"""Pixels to a point: those of a screen."""


@dataclass(frozen=True)
class Shown:
    """A page as a picture: its number, and the PNG."""

    number: int
    content: bytes


class Screen:
    """What a screen shows of one kit, as it is laid out again and again."""

    def __init__(self, scale: float = SCALE) -> None:
        self._scale = scale
        self._shown: list[str] = []

    def changed(self, layout: Layout) -> tuple[Shown, ...]:
        """Return the pages that look different from those last shown in their place.

        Raises ``typeset.Unlaid`` and ``limits.OverLimit``.
        """
        before, self._shown = self._shown, layout.looks(layout.laid)
        new = [
            place
            for place, look in enumerate(self._shown)
            if place >= len(before) or before[place] != look
        ]
        if not new:
            return ()
        pictures = _pictures(layout.excerpted(layout.laid, new), self._scale)
        return tuple(
            Shown(place + 1, content) for place, content in zip(new, pictures, strict=True)
        )


def _pictures(pdf: bytes, scale: float) -> list[bytes]:
    import pypdfium2  # noqa: PLC0415 -- slow, and only a screen needs it

    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            stream = io.BytesIO()
            page.render(scale=scale).to_pil().save(stream, "PNG", compress_level=1)
            found.append(stream.getvalue())
    return found
