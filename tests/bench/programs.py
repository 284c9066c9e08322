"""The programs that moip-press is measured beside: how each makes a PDF, as a whole process."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from tests.bench.processes import Failed, Run, answer, run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIANT = "pdf/a-3a"
"""What the `weasyprint` command can write that is nearest to a dossier: tagged, for archives."""


class Missing(Exception):
    """A program that is not installed; the message says what would bring it."""


Program = Callable[[Path, Path], Run]


def weasyprint(source: Path, pdf: Path) -> Run:
    """Return how the plain WeasyPrint command ran."""
    _room(pdf)
    command = str(Path(sys.executable).with_name("weasyprint"))
    return run([command, "--quiet", "--pdf-variant", VARIANT, str(source), str(pdf)])


def typst(source: Path, pdf: Path) -> Run:
    """Return how Typst ran, through its Python package. Raises ``Missing``."""
    if find_spec("typst") is None:
        raise Missing("pip install typst")
    _room(pdf)
    return run([sys.executable, "-m", "tests.bench.typst_run", str(source), str(pdf)])


def chromium(source: Path, pdf: Path) -> Run:
    """Return how Chromium printed, without a window. Raises ``Missing``."""
    _room(pdf)
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={pdf}",
        ]
        return run([browser(), *options, source.as_uri()])


def vivliostyle(source: Path, pdf: Path) -> Run:
    """Return how Vivliostyle ran, which prints with Chromium. Raises ``Missing``."""
    found = shutil.which("vivliostyle")
    if found is None:
        raise Missing("npm install --global @vivliostyle/cli")
    _room(pdf)
    options = ["--executable-browser", browser(), "--output", str(pdf)]
    return run([found, "build", str(source), *options], source.parent)


PEERS: Mapping[str, Program] = {
    "typst": typst,
    "chromium": chromium,
    "vivliostyle": vivliostyle,
}


def browser() -> str:
    """Return the path of Chromium. Raises ``Missing``."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise Missing("apt-get install chromium")
    return found


def versions() -> dict[str, str]:
    """Return the version of each program that is there."""
    found = {}
    for name in ("weasyprint", "pydyf", "typst"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    for name in ("chromium", "vivliostyle"):
        try:
            command = browser() if name == "chromium" else name
            found[name] = answer([command, "--version"]).split("\n")[0].split()[1]
        except (Missing, Failed, OSError, IndexError):
            continue
    return found


def _room(pdf: Path) -> None:
    """Make the folder of a PDF, and remove an older one: a program that fails leaves none."""
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.unlink(missing_ok=True)
