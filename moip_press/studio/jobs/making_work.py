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
from moip_press.kit.when import When, period_in_words
from moip_press.press.journey import Press
from moip_press.press.outcome import Build, Order, Request
from moip_press.press.plans import Plan, plans
from moip_press.report.diagnostics import Report
from moip_press.report.messages import Catalogue
from moip_press.studio.calendar import DAY, in_full
from moip_press.studio.work import Fault, Progress, faults_of
from moip_press.system.cache import Cache
from moip_press.text.folding import fold

OFFERED = (
    *("section", "organiser", "region", "department", "town", "place", "theme", "audience"),
    *("week", "day"),
)
"""The keys whose values are offered to be ticked."""
MOST_VALUES = 400  # of a key


@dataclass(frozen=True)
class Wanted:
    """What is to be made: the dossier, handouts, or both.

    ``by`` is what handouts are divided by, ``ticked`` are keys and values that events must have,
    and ``own`` is one more condition, as somebody typed it. Without any, handouts are those that
    the kit has.
    """

    dossier: bool = False
    handouts: bool = True
    by: str = ""
    ticked: tuple[tuple[str, str], ...] = ()
    own: str = ""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What is chosen, as ``--select`` has it."""
        by_key: dict[str, list[str]] = {}
        for key, value in self.ticked:
            by_key.setdefault(key, []).append(_quoted(value))
        found = [f"{key}={','.join(values)}" for key, values in by_key.items()]
        return (*found, *([self.own] if self.own else []))

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
    """The values of each key, with what they are called."""
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
    choices = _choices(whole, catalogue)
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


def _choices(kit: Kit, catalogue: Catalogue) -> Choices:
    offered = []
    for key in OFFERED:
        values = selection.values_of(kit, key)
        if key != "section":
            values = tuple(sorted(values, key=fold))
        if len(values) > 1 or key == "section":
            shown = ((value, _called(kit, key, value, catalogue)) for value in values[:MOST_VALUES])
            offered.append((key, tuple(shown)))
    by = [key for key in GROUPINGS if key == "day" or selection.values_of(kit, key)]
    return Choices(tuple(offered), tuple(by))


def _called(kit: Kit, key: str, value: str, catalogue: Catalogue) -> str:
    """Return what a value is called, in the user's language."""
    if key == "section":
        titles = {section.id: str(section.title or section.id) for section in kit.sections()}
        return titles.get(value, value)
    if key == "day":
        day = datetime.date.fromisoformat(value)
        return in_full(When("day", (day,)), catalogue.language)
    if key == "week":
        year, _, number = value.partition("-W")
        monday = datetime.date.fromisocalendar(int(year), int(number), 1)
        return period_in_words(monday, monday + 6 * DAY, catalogue.language)
    return value


def _quoted(value: str) -> str:
    """Return a value as the grammar of selections has it: with commas only between quotes."""
    return f'"{value}"' if "," in value and '"' not in value else value


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
