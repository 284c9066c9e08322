"""The libraries of the system that set the pages, and how they are installed where they lack."""

from __future__ import annotations

import shutil
from pathlib import Path

from moip_press.report.diagnostics import Message
from moip_press.report.messages import N_

INSTALL = {
    "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install pango harfbuzz",
    "zypper": "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
    "pacman": "sudo pacman -S pango harfbuzz",
    "apk": "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
    "brew": "brew install pango",
}
"""The command that installs Pango with all that it needs, by the program that it calls."""
HOMEBREW = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
PANGO = "libpango-1.0.dylib"


class MissingLibrary(Exception):
    """Pango or a library that it needs cannot be loaded. ``message`` says what to do."""

    @property
    def message(self) -> Message:
        """What is missing, and the command that brings it to this computer."""
        if place := next((each for each in HOMEBREW if (each / PANGO).exists()), None):
            sentence = N_("Python does not find Pango. Show it the way, then try again: {command}")
            way = f"export DYLD_FALLBACK_LIBRARY_PATH={place}:/usr/lib"
            return Message.of(sentence, command=way)
        for program, command in INSTALL.items():
            if shutil.which(program):
                sentence = N_("Pango is missing, which sets the pages. To install it: {command}")
                return Message.of(sentence, command=command)
        return Message(N_("Pango is missing, which sets the pages: install it on this computer."))
