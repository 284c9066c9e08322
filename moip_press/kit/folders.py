"""Folders: where a kit is, where its output goes, and which theme file counts.

A theme is two folders, ``templates/`` and ``styles/``. Ours come with the program; a
kit's own lie over them file by file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from moip_press.system.files import LOCK, RELEASES, TEMPORARY, inside, is_file

MANIFEST = "kit.yaml"
GLOSSARY = "glossary.yaml"
LOOKS = "theme.yaml"
PACKAGE = Path(__file__).resolve().parents[1]
FONTS = frozenset({".otf", ".ttf", ".woff", ".woff2"})
# In a kit's folder, but no part of the kit: what was released, and where imports came from.
BESIDE = frozenset({RELEASES, "imports.json"})
# What version control and file managers leave in any folder.
LEFT_BY_OTHERS = frozenset({".git", ".hg", ".svn", ".DS_Store", "Thumbs.db", "desktop.ini"})


def program_folder(name: str) -> Path:
    """Return our own ``templates`` or ``styles``: the clone's, else the one in the wheel."""
    clone = PACKAGE.parent / name
    return clone if (PACKAGE.parent / "pyproject.toml").is_file() else PACKAGE / "_theme" / name


@dataclass(frozen=True)
class Theme:
    """The files that rule the looks of one kit: where both have a file, the kit's own counts.

    ``sheet`` is the style sheet made of its ``theme.yaml``, which the others read, and ``named``
    are the font files that it names.
    """

    kit: Path
    sheet: str = ""
    named: tuple[str, ...] = ()

    def templates(self) -> tuple[Path, Path]:
        """Return the template folders, the kit's own first."""
        return self.kit / "templates", program_folder("templates")

    def styles(self) -> tuple[Path, Path]:
        """Return the style folders, the kit's own first."""
        return self.kit / "styles", program_folder("styles")

    def style(self, name: PurePosixPath) -> Path | None:
        """Return the file of ``styles/name`` that counts, or ``None``."""
        return self._first(self.styles(), name)

    def template(self, name: PurePosixPath) -> Path | None:
        """Return the file of ``templates/name`` that counts, or ``None``."""
        return self._first(self.templates(), name)

    def fonts(self) -> Mapping[str, Path]:
        """Return the font files of the theme, in a fixed order, by their names in ``styles/``."""
        found = {
            path.relative_to(folder).as_posix(): path
            for folder in reversed(self.styles())
            for path in folder.rglob("*.*")
            if path.suffix.lower() in FONTS and self.holds(path) and is_file(path)
        }
        for name in self.named:
            path = inside(self.kit, name)
            if path is not None and is_file(path) and path not in found.values():
                found[f"../{name}"] = path
        return dict(sorted(found.items()))

    def holds(self, path: Path) -> bool:
        """Return whether a file of the theme is where it seems: links may lead out of the kit."""
        if not path.is_relative_to(self.kit):
            return True  # ours
        return inside(self.kit, path.relative_to(self.kit).as_posix()) is not None

    def _first(self, folders: tuple[Path, ...], name: PurePosixPath) -> Path | None:
        for folder in folders:
            path = inside(folder, name)
            if path is not None and is_file(path) and self.holds(path):
                return path
        return None


def is_read(name: PurePath) -> bool:
    """Return whether ``name``, a path from the kit's folder, is read when the kit is built."""
    passing = (part == LOCK or TEMPORARY.fullmatch(part) for part in name.parts)
    return (
        name.parts[0] not in BESIDE and LEFT_BY_OTHERS.isdisjoint(name.parts) and not any(passing)
    )


def files(kit: Path, pattern: str) -> list[Path]:
    """Return the paths of a kit that match a pattern, in a fixed order, but for its releases."""
    return sorted(path for path in kit.glob(pattern) if path.relative_to(kit).parts[0] != RELEASES)


def find_kit(argument: Path | None, here: Path) -> Path | None:
    """Return the folder of the kit that is meant, or ``None``.

    The argument may be its ``kit.yaml`` too. Without one: ``here`` if it is a kit, else the
    kit below ``here/data`` whose period ends last.
    """
    if argument is not None:
        folder = argument.parent if argument.name == MANIFEST else argument
        return folder if is_file(folder / MANIFEST) else None
    if is_file(here / MANIFEST):
        return here
    found = sorted((here / "data").glob(f"*/{MANIFEST}"))
    kits = [path.parent for path in found if not TEMPORARY.fullmatch(path.parent.name)]
    return kits[0] if len(kits) == 1 else max(kits, key=_last_day, default=None)


def _last_day(kit: Path) -> datetime.date:
    """Return the last day of a kit's period; a kit that cannot tell comes before all others."""
    # where there is one kit, nobody has to read it for its period
    from moip_press.kit import source  # noqa: PLC0415
    from moip_press.kit.when import parse_date, parse_period  # noqa: PLC0415

    try:
        plain: Any = source.read_yaml(kit / MANIFEST, MANIFEST).plain()
        period, language = plain["period"], plain.get("language") or "fr"
        if isinstance(period, str):
            return parse_period(period, language).end
        return parse_date(period["end"], language)
    except (OSError, LookupError, TypeError, AttributeError, ValueError):
        return datetime.date.min


def output_folder(kit: Path, here: Path) -> Path:
    """Return where a kit's PDFs go: ``output/<kit>`` beside ``data/``, else in ``here``.

    Never within the kit: where ``here`` lies in it, they go beside it.
    """
    folder = kit.resolve()
    if folder.parent.name == "data":
        base = folder.parent.parent
    else:
        base = folder.parent if here.resolve().is_relative_to(folder) else here
    return base / "output" / folder.name


def is_source(path: Path) -> bool:
    """Return whether a file is written by hand as part of a kit: YAML, a template, a style."""
    path = path.absolute()
    for folder in path.parents:
        if is_file(folder / MANIFEST):
            theme = path.relative_to(folder).parts[0] in {"templates", "styles"}
            return is_file(path) and (theme or path.suffix in {".yaml", ".yml"})
    return False
