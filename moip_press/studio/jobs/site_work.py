"""Making the site, in a process of its own; and whether the one that is there shows the kit."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moip_press.press import publish
from moip_press.press.build_inputs import differ
from moip_press.report.messages import Catalogue
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system.atomic import CannotWrite
from moip_press.system.cache import Cache
from moip_press.web.site.building import FOLDER, build, remarks
from moip_press.web.site.files import KIND, Wanted
from moip_press.web.site.plan import FRONT


@dataclass(frozen=True)
class Made:
    """How the site was made: what was found, why it was not, what a press officer has to know."""

    faults: tuple[Fault, ...] = ()
    failure: str = ""
    held_back: bool = False
    remarks: tuple[str, ...] = ()
    seconds: float = 0


@dataclass(frozen=True)
class Site:
    """The site that is there: how many pages it has, how large it is, what it lacks."""

    pages: int
    size: int
    outdated: bool
    with_pdf: bool


def make(
    _progress: Progress,
    kit: Path,
    output: Path,
    cache: Path | None,
    language: str,
    *,
    embargoed: bool,
) -> Made:
    """Write the site of a kit below the output folder. Raises ``OSError``."""
    started, now = time.monotonic(), datetime.datetime.now(datetime.UTC)
    made = build(kit, output, f"{FOLDER}/", Wanted(now, output, embargoed), Cache(cache))
    catalogue = Catalogue(language)
    held = made.held_back and not embargoed
    return Made(
        faults_of(made.report, catalogue, kit),
        catalogue.say(made.failure) if made.failure and not held else "",
        held,
        tuple(map(catalogue.say, remarks(made))) if made.pages else (),
        time.monotonic() - started,
    )


def standing(kit: Path, output: Path) -> Site | None:
    """Return the site that was made last; None where there is none."""
    try:
        entries = dict(_entries(output))
    except CannotWrite:
        return None
    front = entries.get(FRONT)
    if front is None:
        return None
    return Site(
        sum("page" in entry for entry in entries.values()),
        sum(int(entry.get("bytes", 0)) for entry in entries.values()),
        differ(kit, front.get("inputs", {})),
        any(name.endswith(".pdf") for name in entries),
    )


def _entries(output: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what the manifest says of each file of the site, with its path from the front page."""
    for name, entry in publish.entries_of(output).items():
        if name.startswith(f"{FOLDER}/") and entry.get("kind") == KIND:
            yield name.removeprefix(f"{FOLDER}/"), entry
