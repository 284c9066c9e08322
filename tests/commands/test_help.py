"""Help is there at once: it waits for none of the libraries that make a dossier."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from moip_press.cli import VERBS

ROOT = Path(__file__).parents[2]
# Those that take time to load: libraries, our own stages, and heavy parts of Python's own.
HEAVY = {
    *("PIL", "babel", "cffi", "defusedxml", "email_validator", "fontTools", "holidays", "hunspell"),
    *("icalendar", "jinja2", "markdown_it", "markdownify", "markupsafe", "msgpack", "openpyxl"),
    *("phonenumbers", "platformdirs", "pikepdf", "pydantic", "pydyf", "rapidfuzz", "slugify"),
    *("watchfiles", "weasyprint", "yaml"),
    *("asyncio", "ctypes", "email", "http", "importlib.metadata", "sqlite3", "ssl"),
    *(f"moip_press.kit.{name}" for name in ("model", "source", "when")),
    *("moip_press.press.journey", "moip_press.proofread.check"),
}
PROGRAM = """\
import sys
bare = set(sys.modules)
from moip_press.cli import run
code = run(sys.argv[1:])
print("\\nloaded", *sorted(set(sys.modules) - bare))
sys.exit(code)
"""


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_loads_nothing_heavy(verb: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *verb.split(), "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said, _, loaded = done.stdout.rpartition("\nloaded ")
    assert "--help" in said
    assert "moip_press.cli" in loaded.split()
    assert HEAVY.isdisjoint(loaded.split())


def test_the_package_itself_loads_nothing() -> None:
    program = (
        "import sys; bare = set(sys.modules); import moip_press; print(*set(sys.modules) - bare)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert set(done.stdout.split()) <= {"moip_press", "__future__"}
