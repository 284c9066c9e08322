"""What jobs do in their own process: how they say how far they are, and what is wrong."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue

CLAUSE = re.compile(r".+?(?:\s*;\s|$)")
OF_FILES = re.compile(r"\w\.yaml|--\w|moip-press|[«“]\s?\w+:")


@dataclass(frozen=True)
class Fault:
    """Something that is wrong, in the user's language, and where: ``file`` is empty for none."""

    code: str
    severity: str
    message: str
    hint: str
    file: str = ""
    line: int = 0
    column: int = 1


@dataclass(frozen=True)
class Progress:
    """Writes down how far a job is, where the studio reads it."""

    path: Path

    def __call__(self, title: str, number: int, count: int) -> None:
        """Note that a step begins: its title, its number from 1, how many there are."""
        told = {"title": title, "number": number, "count": count}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(told), encoding="utf-8")
        beside.replace(self.path)


class Hand:
    """Does one job; made in the job's own process."""

    def work(self, function: Callable[..., object], told: Path, *given: object) -> object:
        """Return what a function returns, which is told where to write how far it is."""
        return function(Progress(told), *given)


def faults_of(report: Report, catalogue: Catalogue, folder: Path) -> tuple[Fault, ...]:
    """Return what a report says, its files as seen from a folder."""
    return tuple(
        Fault(
            found.code,
            found.severity.value,
            catalogue.say(found.message),
            in_a_window(catalogue.say(found.hint)) if found.hint else "",
            _seen(found.span.file, folder),
            found.span.start.line,
            found.span.start.column,
        )
        for found in report.diagnostics
    )


def _seen(name: str, folder: Path) -> str:
    """Return the name of a file; nothing for what was asked in a form."""
    if name.startswith("--"):
        return ""
    path = Path(name)
    return os.path.relpath(path, folder) if path.is_relative_to(folder) else path.name


def in_a_window(hint: str) -> str:
    """Return what a hint says that does not ask for a file to be edited: a form does that."""
    kept = "".join(each for each in CLAUSE.findall(hint) if not OF_FILES.search(each))
    return kept.rstrip("\u202f ;.") + "." if kept else ""
