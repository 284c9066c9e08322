"""Has anything changed? Digests of the kit, the program and its libraries tell.

More is taken in than a build will read, never less: at worst something is made anew for nothing.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from moip_press.kit.folders import PACKAGE, is_read, program_folder
from moip_press.report.messages import N_

# What sets lines and cuts fonts, as WeasyPrint looks for it: a name for each kind of system.
SYSTEM_LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "harfbuzz-vector": ("libharfbuzz-vector.so.0", "libharfbuzz-vector.0.dylib"),
}
LOADED = Path("/proc/self/maps")
# What they need, by the beginning of their files' names, where the system tells what is loaded.
BELOW = (*SYSTEM_LIBRARIES, "freetype", "fribidi", "glib-", "gobject-", "graphite2", "thai")
OF_PYTHON = ("/site-packages/", "/dist-packages/")
BLOCK = 1 << 17  # bytes
COMPILED = "__pycache__"
THEME = ("templates", "styles")
OURS = ("dossier.pdf", "manifest.json", "handouts/*.pdf", ".*.tmp", "handouts/.*.tmp")


class Unknown(Exception):
    """Nobody can tell all that a build would read."""


@dataclass(frozen=True)
class Aside:
    """What lies in a kit's folder and is none of it: files that were made.

    ``output`` is where builds of it go, and ``made`` the forms of what they make there; ``cache``
    is where results are kept. Files whose names have one of the ``passing`` forms are left out too.
    """

    output: Path
    cache: Path | None = None
    made: tuple[str, ...] = OURS
    passing: tuple[str, ...] = ()

    def resolved(self) -> Aside:
        """Return it with whole paths."""
        cache = self.cache and self.cache.resolve()
        return replace(self, output=self.output.resolve(), cache=cache)

    def holds(self, path: Path) -> bool:
        """Tell whether a file, or a folder with all that is in it, is none of the kit."""
        if path == self.cache or any(fnmatchcase(path.name, form) for form in self.passing):
            return True
        if not path.is_relative_to(self.output):
            return False
        name = path.relative_to(self.output).as_posix()
        return any(fnmatchcase(name, form) for form in self.made)


def of_kit(folder: Path, aside: Aside) -> str:
    """Return the digest of the files in ``folder``. Raises ``Unknown`` where one cannot be read."""
    root = folder.resolve()
    return digest(_files(root, root, aside.resolved()))


def of_program() -> str:
    """Return the digest of the program and of the libraries that it stands on.

    Raises ``Unknown``.
    """
    return digest(_program())


def of_theme() -> str:
    """Return the digest of our own templates and styles. Raises ``Unknown``."""
    return digest(part for name in THEME for part in _tree(program_folder(name)))


def stamp() -> dict[str, str]:
    """Return what PDFs are made with on this computer, by kind, wherever it lies.

    Two computers on which it is the same make the same bytes. Raises ``Unknown``.
    """
    fonts = program_folder("styles") / "fonts"
    theme = [part for name in THEME for part in _relative(program_folder(name), fonts)]
    return {
        N_("the program"): digest(_relative(PACKAGE)),
        N_("the theme"): digest(theme),
        N_("the fonts"): digest(_relative(fonts)),
        N_("the libraries"): digest(map(str.encode, _libraries())),
    }


def _relative(folder: Path, without: Path | None = None) -> Iterator[bytes]:
    """Yield the names of all files of a folder, as seen from there, and what is in them."""
    for place, folders, names in os.walk(folder):
        below = Path(place)
        # what begins so is compiled, or lies elsewhere in a clone
        folders[:] = sorted(n for n in folders if n[0] != "_" and below / n != without)
        for name in sorted(names):
            path = below / name
            yield os.fsencode(path.relative_to(folder))
            yield content(path)


def _libraries() -> Iterator[str]:
    """Yield the Python packages that we need with their versions, and the system's that are there.

    The versions of the latter do not count: pages are the same with all that we know.
    """
    try:
        needed = sorted(requires("moip-press") or ())
    except PackageNotFoundError:  # a clone that is not installed
        needed = []
    for each in needed:
        if "extra ==" not in each:
            name = re.split(r"[^\w.-]", each, maxsplit=1)[0]
            yield f"{name} {version(name)}"
    yield from (name for name, files in SYSTEM_LIBRARIES.items() if _library(*files))


def digest(parts: Iterable[bytes]) -> str:
    """Return the digest of parts, in their order. Raises ``Unknown`` where one cannot be read."""
    made = hashlib.sha256()
    try:
        for part in parts:
            made.update(len(part).to_bytes(8, "big") + part)
    except (OSError, RuntimeError, ValueError) as error:
        raise Unknown from error
    return made.hexdigest()


def _files(folder: Path, root: Path, aside: Aside) -> Iterator[bytes]:
    """Yield the names of all files below ``folder`` and what is in them."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    for entry in found:
        path = Path(entry.path)
        name = path.relative_to(root)
        if not is_read(name) or aside.holds(path):
            continue
        if entry.is_symlink():
            yield b"link " + os.fsencode(name)
            yield from _link(path, root)
        elif entry.is_dir():
            yield from _files(path, root, aside)
        else:
            yield b"file " + os.fsencode(name)
            yield content(path) if entry.is_file() else b""


def _link(path: Path, root: Path) -> Iterator[bytes]:
    """Yield where a link leads, and the file there. What lies outside the kit is never read."""
    target = path.resolve()
    yield os.fsencode(target)
    if not target.is_relative_to(root):
        return
    if target.is_dir() and not (target == root or is_read(target.relative_to(root))):
        raise Unknown
    if target.is_file():
        yield content(target)


def content(path: Path | str) -> bytes:
    """Return the digest of a file's content, of whatever size. Raises ``OSError``."""
    made = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 -- hundreds of files: half the time
        while block := file.read(BLOCK):
            made.update(block)
    return made.digest()


def _program() -> Iterator[bytes]:
    for folder in (PACKAGE, *map(program_folder, THEME)):
        yield from _tree(folder)
    yield sys.version.encode() + sys.platform.encode()
    yield from map(os.fsencode, _installed())
    yield from map(str.encode, _system_libraries())


def _tree(folder: Path) -> Iterator[bytes]:
    """Yield the names of all files of a folder of ours and what is in them."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != COMPILED)
        for name in sorted(names):
            path = os.path.join(place, name)  # noqa: PTH118 -- as in content
            yield os.fsencode(path)
            yield content(path)


def _installed() -> Iterator[str]:
    """Yield the Python packages with their versions, by the names of their folders."""
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        names = sorted(path.name for path in folder.iterdir())
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _system_libraries() -> Iterator[str]:
    """Yield the system's libraries with their versions, and those that they need.

    Raises ``Unknown`` where they are not where they are looked for.
    """
    libraries = {name: _library(*files) for name, files in SYSTEM_LIBRARIES.items()}
    pango, harfbuzz = libraries["pango"], libraries["harfbuzz"]
    fontconfig = libraries["fontconfig"]
    if not (pango and harfbuzz and fontconfig):
        raise Unknown
    harfbuzz.hb_version_string.restype = ctypes.c_char_p
    yield f"{pango.pango_version()} {harfbuzz.hb_version_string()!r} {fontconfig.FcGetVersion()}"
    yield " ".join(name for name, library in libraries.items() if library)
    yield from sorted(map(_stamp, _loaded()))


def _loaded() -> set[str]:
    """Return the files of the system's libraries, where the system tells."""
    if not LOADED.exists():
        return set()
    lines = LOADED.read_text(encoding="utf-8", errors="replace").split("\n")
    files = {line[line.index("/") :] for line in lines if "/lib" in line}
    begins = tuple(f"lib{name}" for name in BELOW)
    return {
        file
        for file in files
        if Path(file).name.startswith(begins) and not any(each in file for each in OF_PYTHON)
    }


def _stamp(file: str) -> str:
    found = Path(file).stat()
    return f"{file} {found.st_size} {found.st_mtime_ns}"


def _library(*files: str) -> ctypes.CDLL | None:
    for file in files:
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    return None
