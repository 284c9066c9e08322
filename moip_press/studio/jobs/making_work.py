"""Making PDFs as the studio does it: what would be made, and the making. In a job's own process."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from moip_press.kit import selection
from moip_press.kit.computed_figures import filled
from moip_press.kit.conditions import Selection
from moip_press.kit.model.edition import GROUPINGS
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.kit_files import read_kit
from moip_press.press.journey import Press
from moip_press.press.outcome import Build, Order, Request
from moip_press.press.plans import Plan, plans
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system.cache import Cache

OFFERED = ("section", "organiser", "region", "department", "town", "theme", "audience", "week")
"""The keys whose values are offered to be ticked."""
MOST_VALUES = 80  # of a key


@dataclass(frozen=True)
class Wanted:
    """What is to be made: the dossier, handouts, or both.

    ``by`` is what handouts are divided by, ``conditions`` are those of ``--select``. Without
    either, handouts are the kit's own.
    """

    dossier: bool = False
    handouts: bool = True
    by: str = ""
    conditions: tuple[str, ...] = ()

    @property
    def order(self) -> Order:
        """What a build is asked for."""
        chosen = Selection.parse(self.conditions) if self.conditions else None
        request = Request(by=self.by or None, select=chosen)
        return Order(dossier=self.dossier, handouts=request if self.handouts else None)


@dataclass(frozen=True)
class Choices:
    """What handouts may be chosen by: the values that events have for each key."""

    values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handout:
    """A handout that would be made: its title, and the titles of its events."""

    title: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """What would be made, what may be chosen, and what is wrong with the choice or the kit."""

    handouts: tuple[Handout, ...] = ()
    choices: Choices = Choices()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Document:
    """A PDF that was made: its file in the output folder, its title, its pages and events."""

    name: str
    title: str
    pages: int
    events: int = 0


@dataclass(frozen=True)
class Made:
    """What was made, and what was found; ``failure`` says why it could not be written."""

    documents: tuple[Document, ...] = ()
    faults: tuple[Fault, ...] = ()
    failure: str = ""


def plan(_progress: Progress, kit: Path, wanted: Wanted, language: str) -> Planned:
    """Return what would be made of a kit as it stands. Raises ``OSError``."""
    read, catalogue = read_kit(kit), Catalogue(language)
    if read.kit is None or not read.report.ok:
        return Planned(faults=faults_of(read.report, catalogue, kit))
    whole = filled(read.kit.printed())
    choices = _choices(whole)
    request = wanted.order.handouts
    if request is None:
        return Planned((), choices)
    found = plans(whole, request)
    wrong = Report((*found.faults, *found.empty.values()))
    made = () if found.misused else tuple(_handout(each) for each in found.plans)
    return Planned(made, choices, faults_of(wrong, catalogue, kit))


def _handout(each: Plan) -> Handout:
    events = [entry.event for entry in each.entries]
    events += [event for part in each.parts for event in getattr(part, "events", ())]
    return Handout(each.sheet.title, tuple(str(event.title) for event in events))


def _choices(kit: Kit) -> Choices:
    titles = {section.id: str(section.title or section.id) for section in kit.sections()}
    offered = []
    for key in OFFERED:
        values = selection.values_of(kit, key)[:MOST_VALUES]
        if len(values) > 1 or key == "section":
            offered.append((key, tuple((value, titles.get(value, value)) for value in values)))
    by = [key for key in GROUPINGS if key == "day" or selection.values_of(kit, key)]
    return Choices(tuple(offered), tuple(by))


def make(
    progress: Progress,
    kit: Path,
    output: Path,
    cache: Path | None,
    wanted: Wanted,
    today: datetime.date,
    language: str,
) -> Made:
    """Write PDFs below the output folder, and return them. Raises ``OSError``."""
    press = Press(Cache(cache))
    built = press.build(kit, output, progress, today=today, order=wanted.order)
    catalogue = Catalogue(language)
    failure = catalogue.say(built.failure) if built.failure else ""
    return Made(tuple(_documents(built)), faults_of(built.report, catalogue, kit), failure)


def _documents(built: Build) -> list[Document]:
    made = [Document(built.dossier.path.name, "", built.dossier.pages)] if built.dossier else []
    return made + [
        Document(f"{each.path.parent.name}/{each.path.name}", each.title, each.pages, each.events)
        for each in built.handouts
    ]
