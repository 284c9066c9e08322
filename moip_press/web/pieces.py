"""Pieces as files, to be pasted or pulled into a site of others: from a kit's folder to these.

A file for each part, section and event, one with all of them, their pictures, and an index that
says what is in which. Or one page that holds everything and needs nothing beside it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from moip_press import __version__
from moip_press.kit import issue, selection
from moip_press.kit.computed_figures import filled
from moip_press.kit.conditions import OPTION, Selection
from moip_press.kit.folders import Theme
from moip_press.kit.model.kit import Kit
from moip_press.kit.model.parts import Communique, Custom, Programme
from moip_press.kit.source import Source
from moip_press.press import publish
from moip_press.press.build_inputs import inputs_of
from moip_press.press.compose import TemplateFault
from moip_press.press.compose.changes import without_changes
from moip_press.press.embargo import withheld
from moip_press.press.template_faults import stopped
from moip_press.proofread.review import review
from moip_press.report.diagnostics import Message, Report
from moip_press.system.cache import Cache
from moip_press.system.enforcement import OverLimit
from moip_press.web.addresses import Links, Target, within_page
from moip_press.web.fragments import Fragment, FragmentComposer
from moip_press.web.json_ld import Node, script
from moip_press.web.renditions import Renditions
from moip_press.web.site.plan import Plan
from moip_press.web.standalone import standalone

FOLDER = "html"
INDEX, ALL, PAGE = "index.json", "all.html", "dossier.html"
INDEX_VERSION = 1
KINDS = ("piece", "pieces")
"""What the manifest calls the files of pieces."""
REMOVED = (".html", ".jpg", ".png", ".svg")
"""The endings of files that are removed where the kit has no such piece any more."""
FOLDERS = {"part": "parts", "section": "sections", "event": "events"}
"""The kinds of records that have a file of their own, and its folder."""
EVERYTHING = Selection()


@dataclass(frozen=True)
class Wanted:
    """What is asked for: one page or pieces, whose headings begin at ``level``.

    ``now`` is a moment with its zone; ``embargoed``: although an embargo has not ended.
    """

    now: datetime.datetime
    level: int = 2
    select: Selection = EVERYTHING
    standalone: bool = False
    embargoed: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the command line, by the name that they have in diagnostics."""
        return {OPTION: self.select.text}

    @property
    def options(self) -> Mapping[str, Any]:
        """What the manifest says of how pieces were asked for."""
        select = {"select": list(self.select.written)} if self.select else {}
        return {**select, "level": self.level} if not self.standalone else select


@dataclass(frozen=True)
class Made:
    """How an export ended. ``name`` is its main file, ``pieces`` how many records it holds.

    ``written`` counts the files that were not up to date. Left out are the pictures whose rights
    have ``ended``, and drawings that are ``incomplete``, since they show other files; ``bare`` are
    the titles of parts of which pieces hold the fields alone. ``misused`` tells that the request is
    to blame, not the kit; ``failure`` says why nothing was written.
    """

    report: Report
    sources: Mapping[str, Source]
    language: str
    outputs: tuple[publish.Output, ...] = ()
    pieces: int = 0
    written: int = 0
    ended: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    misused: bool = False
    failure: Message | None = None
    folder: Path | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file to open first."""
        return self.outputs[0].name if self.outputs else ""


def make(folder: Path, wanted: Wanted, cache: Cache) -> Made:
    """Return the pieces of the kit in ``folder``. Raises ``OSError`` where it cannot be read."""
    read = review(folder, wanted.now.date(), cache)
    begun = Made(read.faults, read.sources, read.language)
    if read.kit is None or not read.faults.ok:
        return begun
    whole = read.kit.arranged()
    conditions = wanted.select.conditions
    if asked := (*wanted.select.faults, *selection.faults(whole, conditions)):
        return replace(begun, report=read.faults + Report.of(asked), misused=True)
    printed = without_changes(filled(read.kit.printed()))
    kit, empty = _chosen(printed, wanted.select)
    if kit is None:
        return replace(begun, report=read.faults + empty)
    if not wanted.embargoed and (held := withheld(kit, wanted.now)):
        return replace(begun, failure=held)
    pieces = Pieces(kit, read.theme, wanted, cache, _site(printed))
    try:
        outputs = tuple(pieces.page() if wanted.standalone else pieces.files())
    except (TemplateFault, OverLimit) as error:
        return replace(begun, report=Report((stopped(error, kit, read.theme),)))
    return replace(
        begun,
        outputs=outputs,
        pieces=len(pieces.shown),
        ended=pieces.renditions.ended,
        incomplete=pieces.renditions.incomplete,
        bare=pieces.bare,
        inputs=inputs_of(kit, read.theme, read.sources),
    )


def publish_in(folder: Path, made: Made) -> Made:
    """Write what was made into the output folder, and its entries into the manifest.

    What is up to date is not written again, and what an earlier export made of records that are
    gone is removed. Raises ``CannotWrite`` as ``publish`` does.
    """
    if not made.outputs:
        return made
    fresh = sum(not publish.is_there(folder, output) for output in made.outputs)
    pieces = made.name.startswith(FOLDER)
    unwritten = publish.publish(
        folder,
        publish.Publication(made.outputs, made.inputs),
        stale=lambda entry: pieces and entry.get("kind") in KINDS,
        ours=lambda name: name.parts[:1] == (FOLDER,) and name.suffix in REMOVED,
        sparing=True,
    )
    failure = next(iter(unwritten.values()), None)
    return replace(made, folder=folder, written=fresh - len(unwritten), failure=failure)


def _site(kit: Kit) -> Links:
    """Return where the links of a piece alone lead: to the site of the kit, or nowhere."""
    address = kit.edition.web.address if kit.edition.web else None
    return Plan(kit).links(f"{address.rstrip('/')}/") if address else lambda _: None


def _chosen(kit: Kit, select: Selection) -> tuple[Kit | None, Report]:
    """Return the kit with the events that are asked for, and the sections that hold them."""
    if not select:
        return kit, Report()
    chosen = selection.choose(kit, select.conditions)
    if not chosen.entries:
        return None, Report.of([selection.nothing_left(kit, chosen)])
    events: dict[str, list[Any]] = {}
    for entry in selection.narrowed(kit, chosen.entries, select.conditions):
        events.setdefault(entry.section.id, []).append(entry.printed)
    chapters = []
    for chapter in kit.chapters:
        parts = tuple(
            replace(placed, part=placed.part.model_copy(update={"events": tuple(held)}))
            for placed in chapter.parts
            if isinstance(placed.part, Programme) and (held := events.get(placed.part.id))
        )
        if parts:
            chapters.append(replace(chapter, parts=parts))
    return replace(kit, chapters=tuple(chapters)), Report()


class Pieces:
    """The files of one export."""

    def __init__(self, kit: Kit, theme: Theme, wanted: Wanted, cache: Cache, site: Links) -> None:
        self.kit = kit
        self.site = site
        self.wanted = wanted
        self.composer = FragmentComposer(kit, theme)
        self.renditions = Renditions(kit, cache, wanted.now.date())
        self.shown = tuple(t for t in self.composer.pieces if t.kind in FOLDERS)
        self.reserves = issue.reserves(kit.edition)

    @property
    def bare(self) -> tuple[str, ...]:
        """The titles of parts of the kit's own that have no template for the web."""
        return tuple(
            self.composer.title_of_part(part)
            for part in (placed.part for placed in self.kit.parts())
            if isinstance(part, Custom) and not self.composer.has_own_template(part)
        )

    def page(self) -> Iterator[publish.Output]:
        """Yield one page that holds everything."""
        html = standalone(self.composer, self.renditions, self.shown, self.reserves)
        yield self._output(PAGE, html, kind="page")

    def files(self) -> Iterator[publish.Output]:
        """Yield the index, the file with all pieces, that of each, and their pictures."""
        alone = [self._piece(target) for target in self.shown]
        whole = [self._nested(target) for target in self.shown]
        files = [(f"{FOLDERS[piece.kind]}/{piece.id}.html", piece) for piece in alone]
        texts = {ALL: self._written(whole, alone)}
        texts |= {file: self._written([piece], [piece]) for file, piece in files}
        yield self._output(f"{FOLDER}/{INDEX}", self._index(files, texts), kind="pieces")
        for file, text in texts.items():
            yield self._output(f"{FOLDER}/{file}", text, kind="piece")
        for name, content in self.renditions.files.items():
            yield publish.Output(f"{FOLDER}/{name}", content, {"kind": "piece"}, {})

    def _piece(self, target: Target) -> Fragment:
        """Return a piece that stands alone, in a folder below that of the pictures."""
        pictures = self.renditions.at("../")
        return self.composer.fragment(target, self.site, pictures, self.wanted.level)

    def _nested(self, target: Target) -> Fragment:
        level, pictures = self.wanted.level + (target.kind == "event"), self.renditions.at("")
        return self.composer.fragment(target, within_page, pictures, level, nested=True)

    def _written(self, pieces: Sequence[Fragment], described: Sequence[Fragment]) -> str:
        """Return pieces as a file: what a reader has to know first, they, and their data.

        These have the addresses that pieces have where they stand alone.
        """
        reserve = "".join(
            f'<p class="moip-reserve"><strong>{escape(words)}</strong></p>\n'
            for words in self.reserves
        )
        nodes: list[Node] = [piece.json_ld for piece in described if piece.json_ld]
        data = script(nodes[0] if len(nodes) == 1 else nodes)
        return "".join((reserve, *(piece.html for piece in pieces), data))

    def _index(self, files: Sequence[tuple[str, Fragment]], texts: Mapping[str, str]) -> str:
        edition = self.kit.edition
        held: dict[str, Any] = {
            "version": INDEX_VERSION,
            "kit": {
                "title": self.composer.plain(edition.title),
                "language": edition.language,
                "start": edition.period.start.isoformat(),
                "end": edition.period.end.isoformat(),
                **issue.facts(edition),
            },
            "level": self.wanted.level,
            "whole": {"file": ALL, "sha256": _digest(texts[ALL])},
            "pieces": [self._entry(file, piece, texts[file]) for file, piece in files],
            "pictures": list(self.renditions.entries()),
        }
        return json.dumps(held, ensure_ascii=False, indent=1) + "\n"

    def _entry(self, file: str, piece: Fragment, text: str) -> Mapping[str, Any]:
        """Return what the index says of a piece."""
        return {
            "id": piece.id,
            "kind": piece.kind,
            "title": piece.title,
            "file": file,
            "parents": list(piece.parents),
            **self._dates(piece),
            "sha256": _digest(text),
        }

    def _dates(self, piece: Fragment) -> Mapping[str, Any]:
        """Return when an event takes place, and whether; when a press release is issued."""
        record = self.composer.record(piece.target)
        if isinstance(record, Communique):
            issued = record.date_of_issue or self.kit.edition.date_of_issue
            return {"dates": {"start": issued.isoformat() if issued else None, "end": None}}
        if piece.kind != "event":
            return {}
        moment = record.moment
        start = moment.start.isoformat() if moment.known else None
        end = moment.end.isoformat() if moment.end else None
        return {"dates": {"start": start, "end": end}, "status": record.status}

    def _output(self, name: str, text: str, kind: str) -> publish.Output:
        tools = {"moip-press": __version__, "jinja2": version("jinja2")}
        options = {"options": dict(self.wanted.options)} if self.wanted.options else {}
        about = {"tools": tools, **options, **issue.facts(self.kit.edition)}
        if kind == "piece":  # what it was made from stands at the index
            return publish.Output(name, text.encode(), {"kind": kind}, {})
        return publish.Output(name, text.encode(), {"kind": kind, **about})


def _digest(text: str) -> str:
    return publish.sha256(text.encode())
