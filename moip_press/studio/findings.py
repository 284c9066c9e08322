"""What is wrong with a kit, and what is still to come in it, as the studio says it.

A kit is read by a process of its own (``helper.py``): its pages never wait for that.
"""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path, PurePosixPath

from moip_press.kit.computed_figures import filled
from moip_press.kit.model.kit import Kit, Placed, blank_values
from moip_press.kit.source import Loc, Source
from moip_press.kit.when import When
from moip_press.press.outcome import Request
from moip_press.press.plans import Plan, plans
from moip_press.proofread import fixing
from moip_press.proofread.finished_pages import proofread_pages
from moip_press.proofread.page_records import LaidChapter
from moip_press.proofread.review import Review, review
from moip_press.proofread.waivers import left
from moip_press.report.diagnostics import Diagnostic, Edit, Report, Span
from moip_press.report.messages import Catalogue
from moip_press.studio.places import Piece, Places, Words
from moip_press.studio.records import loc_at, loc_of
from moip_press.studio.told import DOSSIER, Blank, Change, Finding, NewText, Reading, Spot
from moip_press.studio.work import in_a_window
from moip_press.system.cache import Cache
from moip_press.system.enforcement import Answer

AROUND = 80  # characters on each side of words, by which they are found on pages
SHOWN = 30  # characters on each side of a fix
LEARNING = "--learn"
"""What the hint of a finding names where a glossary could learn the words that it is about."""
PATIENT = 5  # how much less than others the process that reads asks for the processor


@dataclass(frozen=True)
class Teller:
    """Says what was found in files of a kit."""

    folder: Path
    catalogue: Catalogue
    sources: Mapping[str, Source]

    def all_of(self, report: Report) -> tuple[Finding, ...]:
        """Return what a report says."""
        return tuple(map(self.finding, report.diagnostics))

    def finding(self, found: Diagnostic) -> Finding:
        """Return what a diagnostic says."""
        say, span = self.catalogue.say, found.span
        advice = found.hint
        learnt = advice.values if advice and LEARNING in advice.id else {}
        word = str(learnt.get("word") or learnt.get("words") or "")
        edits = found.fix or ()
        own = edits if all(edit.span.file == span.file for edit in edits) else ()
        return Finding(
            code=found.code,
            severity=found.severity.value,
            message=say(found.message),
            hint=in_a_window(say(advice)) if advice and not word else "",
            file=self.relative(span.file),
            at=found.lacks or self._loc(span),
            line=span.start.line,
            column=span.start.column,
            words=self._words(span),
            fix=tuple(self._changes(own)),
            word=word,
            beside=tuple(
                (say(each.message), self.relative(each.span.file), self._loc(each.span))
                for each in found.related
            ),
        )

    def written(self, span: Span) -> Words | None:
        """Return the words that a finding is about, with the text around them."""
        source, at = self.sources.get(span.file), self._loc(span)
        if source is None or not at:
            return None
        start, end = map(source.source.offset, (span.start, span.end))
        text = source.text
        around = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
        return Words(source.name, at, *around)

    def relative(self, name: str) -> str:
        """Return the name of a file as the kit has it."""
        return relative(self.folder, name)

    def _loc(self, span: Span) -> Loc:
        source = self.sources.get(span.file)
        return loc_at(source, span.start.line, span.start.column) if source else ()

    def _changes(self, edits: Sequence[Edit]) -> Iterator[Change]:
        """Yield what edits of a file change; those near each other on a line are one change."""
        source = self.sources.get(edits[0].span.file) if edits else None
        if source is None:
            yield from (Change("", "", str(edit.text), "") for edit in edits)
            return
        near: list[tuple[int, int, str]] = []
        for edit in sorted(edits, key=lambda each: each.span):
            start, end = map(source.source.offset, (edit.span.start, edit.span.end))
            between = source.text[near[-1][1] : start] if near else "\n"
            if len(between) < SHOWN and "\n" not in between:
                first, _, text = near.pop()
                near.append((first, end, f"{text}{between}{edit.text}"))
            else:
                near.append((start, end, str(edit.text)))
        for start, end, text in near:
            same = _same(source.text[start:end], text)
            node = source.node(loc_of(source, start))
            begun = max(node.start if node else 0, start + same - SHOWN)
            head = source.text[begun : start + same].rpartition("\n")[2].lstrip("\"' ")
            tail = source.text[end : end + SHOWN].partition("\n")[0].rstrip("\"'")
            yield Change(head, source.text[start + same : end], text[same:], tail)

    def _words(self, span: Span) -> str:
        source = self.sources.get(span.file)
        if source is None or span.start.line != span.end.line:
            return ""
        lines = source.lines
        line = lines[span.start.line - 1] if span.start.line <= len(lines) else ""
        return line[span.start.column - 1 : span.end.column - 1]


class Reader:
    """Reads one kit again and again, and its pages as they were laid out last."""

    def __init__(self, folder: Path, cache: Path | None) -> None:
        os.nice(PATIENT)
        self._folder, self._catalogue = folder, Catalogue("en")
        self._cache = Cache(cache)
        self._review: Review | None = None
        self._on_pages = Report()
        self._places: dict[str, Places] = {}

    def read(self, today: datetime.date, language: str, laid: bytes) -> Reading:
        """Return what the kit says as it stands in its files, given its pages (``Room.sheets``).

        What is wrong is said in a ``language``. Raises ``OSError``.
        """
        self._catalogue = Catalogue(language)
        read = self._review = review(self._folder, today, self._cache)
        self._on_pages, self._places = Report(), {}
        if read.kit is None or not read.faults.ok:
            return Reading(self._teller.all_of(read.findings))
        kit = filled(read.kit.printed())
        pieces: dict[str, list[Piece]] = Answer(io.BytesIO(laid)).load()
        self._places = {name: Places(kit, each) for name, each in pieces.items()}
        placed = list(zip(kit.chapters, pieces.get(DOSSIER, ()), strict=False))
        if len(placed) == len(kit.chapters):  # else a part came or went meanwhile
            found = proofread_pages(
                kit, [LaidChapter(own, at.folio, at.sheets) for own, at in placed]
            )
            self._on_pages = left(found, kit, today)
        return Reading(
            self._teller.all_of(self._all()),
            tuple(
                Blank(self._teller.relative(each.source.name), each.loc, _shown(each))
                for each in blank_values(kit)
            ),
            tuple((name, str(plan.sheet.title)) for name, plan in documents(kit).items()),
        )

    @property
    def _teller(self) -> Teller:
        sources = self._review.sources if self._review else {}
        return Teller(self._folder, self._catalogue, sources)

    def _all(self) -> Report:
        """All findings of the kit as it was last read, and of its pages."""
        read = self._review
        return read.findings + self._on_pages if read else Report()

    def fixed(self, found: Finding) -> tuple[NewText, ...]:
        """Return the files with the fix of a finding made; none where it has gone meanwhile."""
        if self._review is None:
            return ()
        there = self._review.report.diagnostics
        wanted = [
            replace(each, safe=True)  # its author has seen it
            for each in there
            if each.fix and self._teller.finding(each) == found
        ]
        made = fixing.fix(wanted[:1], self._review.sources).texts
        return tuple(self._new(name, text) for name, text in made.items())

    def learnt(self, word: str) -> NewText | None:
        """Return the kit's glossary with a word in it; None where the kit cannot be read."""
        if self._review is None or self._review.kit is None:
            return None
        edit = fixing.learn(self._review.kit, [word])
        glossary = self._review.sources.get(edit.span.file)
        return self._new(edit.span.file, fixing.apply([edit], glossary))

    def _new(self, name: str, text: str) -> NewText:
        known = self._review.sources.get(name) if self._review else None
        return NewText(self._teller.relative(name), known.text if known else None, text)

    def marks(self, document: str) -> tuple[tuple[Finding, tuple[Spot, ...]], ...]:
        """Return the findings whose words the pages of a document show, and where."""
        places = self._places.get(document)
        if places is None:
            return ()
        teller = self._teller
        written = ((each, teller.written(each.span)) for each in self._all().diagnostics)
        found = ((teller.finding(each), places.of_words(words)) for each, words in written if words)
        return tuple((finding, spots) for finding, spots in found if spots)


def relative(folder: Path, name: str) -> str:
    """Return the name of a file as the kit in a folder has it."""
    path, own = PurePosixPath(name), folder.as_posix()
    return path.relative_to(own).as_posix() if path.is_relative_to(own) else path.name


def documents(kit: Kit) -> dict[str, Plan]:
    """Return the handouts that a kit is seen as: an agenda, and its own, by their names."""
    every: Sequence[Plan] = (*plans(kit, Request(by="day")).plans, *plans(kit, Request()).plans)
    return {plan.slug: plan for plan in every}


def _same(before: str, after: str) -> int:
    """Return how many characters two texts begin alike with, as whole words."""
    alike = len([*takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))])
    ends = (n for n in range(alike, 0, -1) if not (before[n : n + 1] + after[n : n + 1]).isalnum())
    return next(ends, 0)


def _shown(blank: Placed) -> str:
    """Return the words that stand where something is still to come; none for a whole record."""
    return blank.written if isinstance(blank.value, str | When) else ""
