"""Released versions of a kit: what was published, and the kit as it was, below ``releases/``.

Nothing in that folder is read as a part of the kit. Each version has a folder of its own with
``release.json``, the PDFs, and ``kit/``, the files that they were made from.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moip_press.kit import folders, issue
from moip_press.system.files import RELEASES, inside, read_file
from moip_press.system.limits import MANIFEST

FOLDER = RELEASES
RECORD = "release.json"
KIT = "kit"
RECORD_VERSION = 1
HIDDEN = re.compile(r"[.~]|Thumbs\.db|desktop\.ini")
OUTPUT = "manifest.json"
THEME = frozenset({"templates", "styles"})


@dataclass(frozen=True)
class Release:
    """One version that was published.

    ``said`` is what it says of itself (version, date, status, embargo), ``files`` the SHA-256 of
    each file by its name in ``folder``.
    """

    folder: Path
    version: str
    released_on: datetime.date
    said: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def kit(self) -> Path:
        """The folder of the kit as it was."""
        return self.folder / KIT

    @property
    def kit_files(self) -> dict[str, str]:
        """The SHA-256 of each file of the kit, by its name in it."""
        start = f"{KIT}/"
        return {n.removeprefix(start): sha for n, sha in self.files.items() if n.startswith(start)}

    @property
    def dossier(self) -> Path | None:
        """The dossier as it was published: the one PDF beside ``release.json``."""
        found = (name for name in self.files if name.endswith(".pdf") and "/" not in name)
        return next((path for name in found if (path := inside(self.folder, name))), None)

    def document(self) -> bytes:
        """Return its ``release.json``."""
        plain = {
            "version": RECORD_VERSION,
            "release": {"version": self.version, **self.said},
            "released_on": self.released_on.isoformat(),
            "files": dict(sorted(self.files.items())),
        }
        text = json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
        return text.encode(errors="backslashreplace")


def releases(kit: Path) -> tuple[Release, ...]:
    """Return the released versions of the kit in a folder, the oldest first."""
    records = sorted((kit / FOLDER).glob(f"*/{RECORD}"))
    found = [release for path in records if (release := read_release(path.parent))]
    return tuple(sorted(found, key=_age))


def _age(release: Release) -> tuple[Any, ...]:
    digits = issue.number(release.version)
    numbers = (part.lstrip("0") for part in digits.split(".")) if digits else ()
    parts = tuple((len(part), part) for part in numbers)  # in order of size, of any length
    return release.released_on, parts, release.version


def read_release(folder: Path) -> Release | None:
    """Return the release in a folder, ``None`` where none can be read there."""
    try:
        plain: Any = json.loads(read_file(folder / RECORD).decode())
        said = {str(name): str(value) for name, value in plain["release"].items()}
        return Release(
            folder,
            said.pop("version"),
            datetime.date.fromisoformat(plain["released_on"]),
            said,
            {str(name): str(value) for name, value in plain["files"].items()},
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def of_version(kit: Path, version: str) -> Release | None:
    """Return the release of a version, as typed in the kit or as its folder is called."""
    mark = issue.version_mark(version)
    return read_release(kit / FOLDER / mark)


def find(name: str, here: Path) -> Release | None:
    """Return the release that ``2021@v2`` or ``data/2021@2`` names, ``None`` where there is none.

    The kit is a folder, seen from ``here``, or a kit below ``here/data``.
    """
    kit, at, version = name.rpartition("@")
    if not at or not version.strip():
        return None
    for folder in (here / kit, here / "data" / kit):
        found = folders.find_kit(folder, here)
        if found and (release := of_version(found, version)):
            return release
    return None


def kit_files(kit: Path) -> dict[str, Path]:
    """Return the files of a kit by their name in it.

    Without ``releases/``, hidden files, folders that hold what a build made, and links that lead
    out of the kit.
    """
    found = (path.relative_to(kit) for path in _walk(kit, kit))
    return {name.as_posix(): kit / name for name in sorted(found)}


def _walk(folder: Path, kit: Path, *, linked: bool = False) -> Iterator[Path]:
    """Yield the files below ``folder``, and those of folders in the kit that a link there names."""
    for path in sorted(folder.iterdir()):
        name = path.relative_to(kit).as_posix()
        if HIDDEN.match(path.name) or name == FOLDER or inside(kit, name) is None:
            continue
        if path.is_dir():
            link = path.is_symlink()
            loops = link and (linked or folder.resolve().is_relative_to(path.resolve()))
            if not loops and not _is_output(path, name):
                yield from _walk(path, kit, linked=linked or link)
        elif path.is_file():
            yield path


def _is_output(folder: Path, name: str) -> bool:
    """Return whether a folder of a kit holds what was built of it, not a part of the kit."""
    if name.partition("/")[0] in THEME:
        return False
    try:
        manifest = json.loads(read_file(folder / OUTPUT, MANIFEST.bytes))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and manifest.keys() >= {"version", "tools", "outputs"}


def sums(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of each file, by its name. Raises ``OSError``."""
    return {name: hashlib.sha256(read_file(path)).hexdigest() for name, path in files.items()}
