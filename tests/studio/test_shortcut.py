"""The launcher: it starts the studio from the desktop, whatever folders are called."""

from __future__ import annotations

import shlex
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from moip_press.studio.shortcut import Launcher, NoLauncher, launcher

AWKWARD = 'Dossiers "presse" $HOME `id` 100 %u \\ 2027'


def expected(*asked: str) -> list[str]:
    return [sys.executable, "-P", "-m", "moip_press", "studio", *asked]


def arguments(line: str) -> list[str]:
    """Return the arguments of an ``Exec`` line, as a desktop reads it."""
    found, text = [], line.replace("\\\\", "\\")
    for part in text.split('" "'):
        plain, marked = "", False
        for each in part.removeprefix('"').removesuffix('"'):
            marked = each == "\\" and not marked
            plain += "" if marked else each
        found.append(plain.replace("%%", "%"))
    return found


def test_a_linux_desktop_starts_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    made = launcher([f"/data/{AWKWARD}"], Path("/data"), tmp_path, {})
    made.write()
    made.write()  # again: it is ours
    read = ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(made.path)
    entry = read["Desktop Entry"]
    assert arguments(entry["Exec"]) == expected(f"/data/{AWKWARD}")
    assert Path(entry["Icon"]).is_file()
    assert made.path.stat().st_mode & 0o111


def test_a_mac_starts_what_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    here = tmp_path / AWKWARD
    here.mkdir()
    made = launcher([str(here)], here, tmp_path, {})
    shown = made.text.replace("exec ", 'printf "%s\\n" ')
    printed = subprocess.run(["sh", "-c", shown], capture_output=True, text=True, check=True)
    assert printed.stdout.splitlines() == expected(str(here))
    assert shlex.split(made.text.splitlines()[2])[1:] == expected(str(here))


def test_a_linux_below_windows_is_started_from_windows() -> None:
    made = launcher([], Path("/srv/alix/100 %"), Path("/x"), {"WSL_DISTRO_NAME": "Debian"})
    assert made.path == Path("/srv/alix/100 %/Moip-press.bat")
    assert '-d "Debian" --cd "/srv/alix/100 %%" --exec "' in made.text
    assert "chcp 65001" in made.text  # é in a path
    assert made.text.count("\r\n") == 3


@pytest.mark.parametrize("name", ["a\nExec=rm", "a\rb", "caf\udce9"])
def test_a_name_that_would_write_another_line_is_refused(name: str) -> None:
    with pytest.raises(NoLauncher):
        launcher([name], Path("/data"), Path("/x"), {})
    with pytest.raises(NoLauncher):
        launcher(['a" & calc'], Path("/data"), Path("/x"), {"WSL_DISTRO_NAME": "Debian"})


def test_another_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "moip-press.desktop"
    path.write_text("mine")
    with pytest.raises(NoLauncher):
        Launcher(path, "moip_press").write()
    assert path.read_text() == "mine"
