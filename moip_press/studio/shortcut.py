"""A launcher: a file that opens the studio from the desktop, without a terminal."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_
from moip_press.studio.files import HERE
from moip_press.system import atomic
from moip_press.system.files import read_file

NAME = "Moip-press"
ICON = HERE / "assets" / "icon.svg"
MARK = "moip_press"
"""What any launcher of ours holds."""
LONGEST = 100_000  # bytes of a launcher that are looked at
UNFIT = re.compile(r"[\x00-\x1f\ud800-\udfff]")
"""What no line of a launcher holds: control characters, and bytes of a name that are no UTF-8."""
UNSAID = N_("The name of a folder has characters that no launcher can hold: rename it.")
DESKTOP = """\
[Desktop Entry]
Type=Application
Version=1.0
Name={name}
Exec={command}
Path={folder}
Icon={icon}
Terminal=false
Categories=Office;Publishing;
"""
COMMAND = "#!/bin/sh\ncd {folder} || exit\nexec {command}\n"
BATCH = (
    "@echo off\r\n"
    "chcp 65001 >nul\r\n"  # UTF-8, as what follows is written
    'wsl.exe -d "{distribution}" --cd "{folder}" --exec {command}\r\n'  # which no shell reads
)


class NoLauncher(Exception):
    """A launcher cannot be written; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Launcher:
    """A launcher as its system has it: its file, and what stands in it."""

    path: Path
    text: str

    def write(self) -> None:
        """Write it. Raises ``NoLauncher`` where another file has its name, and ``CannotWrite``."""
        if self.path.exists() and MARK.encode() not in read_file(self.path, LONGEST):
            sentence = N_("“{path}” is there already, and is another file: rename it first.")
            raise NoLauncher(Message.of(sentence, path=self.path))
        atomic.write(self.path, self.text.encode())
        self.path.chmod(0o755)


def launcher(
    asked: Sequence[str], here: Path, desktop: Path, environment: Mapping[str, str]
) -> Launcher:
    """Return what opens the studio with some arguments, from the folder where it would start.

    ``desktop`` is where it lies; in a Linux below Windows that is not known, and it lies ``here``.
    Raises ``NoLauncher`` where a path has characters that no launcher can hold.
    """
    command = [sys.executable, "-P", "-m", MARK, "studio", *asked]
    if UNFIT.search("".join([*command, str(here)])):
        raise NoLauncher(Message(UNSAID))
    if distribution := environment.get("WSL_DISTRO_NAME"):
        return _batch(command, here, distribution)
    if sys.platform == "darwin":
        text = COMMAND.format(folder=shlex.quote(str(here)), command=shlex.join(command))
        return Launcher(desktop / f"{NAME}.command", text)
    text = DESKTOP.format(
        name=NAME,
        command=" ".join(map(_argument, command)),
        folder=_value(str(here)),
        icon=_value(str(ICON)),
    )
    return Launcher(desktop / f"{NAME.lower()}.desktop", text)


def _batch(command: Sequence[str], here: Path, distribution: str) -> Launcher:
    texts = [*command, str(here), distribution]
    if any('"' in each for each in texts):
        raise NoLauncher(Message(UNSAID))
    quoted = " ".join(f'"{each}"' for each in command)
    text = BATCH.format(distribution=distribution, folder=here, command=quoted).replace("%", "%%")
    return Launcher(here / f"{NAME}.bat", text)


def _value(text: str) -> str:
    """Return a text as the value of a key (Desktop Entry Specification, values of type string)."""
    return text.replace("\\", "\\\\")


def _argument(text: str) -> str:
    """Return an argument of ``Exec``, in quotes (same specification, “The Exec key”)."""
    escaped = "".join(f"\\{each}" if each in '"`$\\' else each for each in text)
    return _value('"' + escaped.replace("%", "%%") + '"')
