"""A site from the folder of a kit to its files: read, checked, composed, written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from moip_press import __version__
from moip_press.kit.computed_figures import filled
from moip_press.kit.model.kit import Kit
from moip_press.kit.source import Source
from moip_press.press import publish
from moip_press.press.build_inputs import inputs_of
from moip_press.press.compose.changes import without_changes
from moip_press.press.compose.templates import TemplateFault
from moip_press.press.embargo import withheld
from moip_press.press.template_faults import stopped
from moip_press.proofread.review import review
from moip_press.report.diagnostics import Message, Report
from moip_press.report.messages import N_
from moip_press.system import atomic
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.web.illustrations import said_left_out
from moip_press.web.site.files import KIND, File, Files, Wanted
from moip_press.web.site.kept_ids import missing
from moip_press.web.site.offers import outdated
from moip_press.web.site.plan import FRONT

FOLDER = "web"
REMOVED = frozenset(
    {".html", ".ics", ".csv", ".json", ".xml", ".jpg", ".png", ".svg", ".webp", ".woff2"}
    | {".pdf", ".zip"}
)
"""The endings of what is removed where it is no file of the site any more."""
LIBRARIES = ("jinja2", "markdown-it-py", "pydantic", "pillow", "fonttools")


@dataclass(frozen=True)
class Made:
    """How a site ended: what was found, how many pages there are, how large all files are.

    ``failure`` says why a kit without faults is no site; ``held_back``, that it is under embargo.
    ``moved`` are addresses that lead elsewhere since this time, each with the title of what it
    leads to; ``unfixed`` is how many would change with a title, of a kit that says where its site
    is published. ``without_dossier`` tells that no PDF of this version was there to be offered.
    Left out are drawings that are ``incomplete``, since they show other files, and pictures whose
    rights have ``ended``.
    """

    report: Report
    sources: Mapping[str, Source]
    language: str
    pages: int = 0
    events: int = 0
    size: int = 0
    failure: Message | None = None
    held_back: bool = False
    moved: tuple[tuple[str, str], ...] = ()
    without_dossier: bool = False
    unfixed: int = 0
    incomplete: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


def build(folder: Path, output: Path, prefix: str, wanted: Wanted, cache: Cache) -> Made:
    """Make the site of the kit in ``folder`` below ``output/prefix``, and its manifest.

    Raises ``OSError`` where the kit cannot be read.
    """
    today = wanted.now.date()
    read = review(folder, today, cache)
    begun = Made(read.faults, read.sources, read.language)
    if read.kit is None or not read.faults.ok:
        return begun
    kit = without_changes(filled(read.kit.printed()))
    held = withheld(kit, wanted.now)
    if held and not wanted.embargoed:
        return replace(begun, failure=held, held_back=True)
    begun = replace(begun, held_back=held is not None)
    inputs = inputs_of(kit, read.theme, read.sources)
    try:
        before = {
            name.removeprefix(prefix): entry
            for name, entry in publish.entries_of(output).items()
            if name.startswith(prefix) and entry.get("kind") == KIND
        }
        files = Files(kit, read.theme, wanted, inputs, before, cache)
        made = files.made()
    except atomic.CannotWrite as error:
        return replace(begun, failure=error.message)
    except (TemplateFault, OverLimit) as error:
        fault = stopped(error, kit, read.theme)
        return replace(begun, report=begun.report + Report.of([fault]))
    begun = replace(
        begun,
        moved=files.newly_moved,
        without_dossier=outdated(wanted.built, inputs),
        unfixed=len(missing(read.kit)) if _is_published(kit) else 0,
        incomplete=tuple(sorted(files.images.incomplete)),
        ended=tuple(sorted(files.images.left_out)),
    )
    return _published(begun, made, inputs, output, prefix)


def remarks(made: Made) -> Iterator[Message]:
    """Yield what is not on a site that was made, and which addresses lead elsewhere."""
    yield from said_left_out(made.incomplete, made.ended)
    for old, title in made.moved:
        sentence = N_(
            "“{old}” leads to “{title}” now. Write it under “web: {{moved: …}}” in kit.yaml, and "
            "it does so for good."
        )
        yield Message.of(sentence, old=old, title=title)


def _published(
    begun: Made, made: Sequence[File], inputs: Mapping[str, str], output: Path, prefix: str
) -> Made:
    outputs = tuple(
        publish.Output(
            f"{prefix}{each.path}", each.content, each.facts, None if each.path == FRONT else {}
        )
        for each in made
    )

    def ours(name: PurePosixPath) -> bool:
        """Whether a file may be removed: a page or a part of one, below the folder of the site."""
        inside = name.as_posix().removeprefix(prefix)
        return name.as_posix().startswith(prefix) and PurePosixPath(inside).suffix in REMOVED

    publication = publish.Publication(outputs, inputs, versions())
    try:
        unwritten = publish.publish(output, publication, stale=_is_ours, ours=ours, sparing=True)
    except atomic.CannotWrite as error:
        return replace(begun, failure=error.message)
    pages = [each for each in made if each.facts.get("page")]
    return replace(
        begun,
        failure=next(iter(unwritten.values()), None),
        pages=len(pages),
        events=sum(each.facts.get("record", [""])[0] == "event" for each in pages),
        size=sum(len(each.content) for each in made),
    )


def _is_published(kit: Kit) -> bool:
    edition = kit.edition
    return edition.status == "final" and edition.web is not None and bool(edition.web.address)


def _is_ours(facts: Mapping[str, Any]) -> bool:
    return facts.get("kind") == KIND


def versions() -> dict[str, str]:
    """Return the versions of this program and of what a site is made with, by name."""
    return {"moip-press": __version__} | {name: version(name) for name in LIBRARIES}
