"""Initials that are explained in two ways (N205): "Direction générale … (DGAFP)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.records import Publisher
from moip_press.proofread.names.answers import MOST_SHOWN
from moip_press.proofread.names.lexicon import fold_name
from moip_press.proofread.names.reading import SILENT
from moip_press.proofread.names.words import SMALL
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related
from moip_press.report.messages import N_

INITIALS = re.compile(r" \(([A-ZÀ-Þ]{3,9})\)")
WORDS = re.compile(r"[^\W\d_]+")
STOPS = re.compile(r"[.;:!?()«»“”\"]")
MOST_WORDS, MOST_SIGNS = 14, 300
LEAST_PARTIAL = 4


@dataclass(frozen=True, slots=True)
class Explained:
    """Where initials are explained: the place of the full name, and whether all of them fit."""

    passage: Passage
    start: int
    end: int
    fits: bool

    @property
    def words(self) -> str:
        """The full name as it is written."""
        return self.passage.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, ...]:
        """What two explanations are compared by: words that mean something, in the singular."""
        folded = (fold_name(word).rstrip("sx") for word in WORDS.findall(self.words))
        return tuple(word for word in folded if word not in SMALL)


def acronyms(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each full name of initials that is not the usual one."""
    names: dict[str, list[Explained]] = {}
    for passage in proof.passages:
        if passage.role not in SILENT and "(" in passage.text:
            for found in INITIALS.finditer(_unquoted(passage)):
                explained = _explained(passage, found.start(), found[1])
                if explained:
                    names.setdefault(found[1], []).append(explained)
    names = _with_publisher(proof, names)
    for initials, places in names.items():
        yield from _compared(initials, places)


def _unquoted(passage: Passage) -> str:
    """Return the text with its quotations blotted out, of the same length."""
    pieces: list[str] = []
    last = 0
    for start, end in passage.quoted:
        pieces += (passage.text[last:start], "\0" * (end - start))
        last = end
    return "".join(pieces) + passage.text[last:]


def _with_publisher(proof: Proof, names: dict[str, list[Explained]]) -> dict[str, list[Explained]]:
    """Return the explanations with the publisher's: its record has the name and the initials."""
    publisher = proof.kit.edition.publisher
    initials = publisher.short_name or ""
    for passage in proof.passages:
        if isinstance(passage.record, Publisher) and passage.field == "name" and initials in names:
            own = Explained(passage, 0, len(passage.text), fits=True)
            return {**names, initials: [own, *names[initials]]}
    return names


def _explained(passage: Passage, end: int, initials: str) -> Explained | None:
    """Return the words before initials that they stand for, the fewest that fit."""
    near = max(0, end - MOST_SIGNS)
    begin = max((stop.end() for stop in STOPS.finditer(passage.text, near, end)), default=near)
    words = list(WORDS.finditer(passage.text, begin, end))[-MOST_WORDS:]
    wanted = fold_name(initials)
    partial: Explained | None = None
    for first in range(len(words) - 1, -1, -1):
        if fold_name(words[first][0])[:1] != wanted[0] or len(words) - first < 2:
            continue
        fitting = _fitting([fold_name(word[0]) for word in words[first:]], wanted)
        if fitting == len(wanted):
            return Explained(passage, words[first].start(), end, fits=True)
        if fitting == len(wanted) - 1 and len(wanted) >= LEAST_PARTIAL:
            partial = Explained(passage, words[first].start(), end, fits=False)
    return partial


def _fitting(words: Sequence[str], initials: str) -> int:
    """Return how many of the initials words begin with, in their order; all words must count."""
    best = 0
    for skipped in range(-1, len(initials)):
        left = [letter for number, letter in enumerate(initials) if number != skipped]
        if _begins(words, left):
            best = max(best, len(left))
    return best


def _begins(words: Sequence[str], letters: list[str]) -> bool:
    """Tell whether each letter begins a word, in order, and no word of weight is left over."""
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
        elif word not in SMALL:
            return False
    return at == len(letters)


def _compared(initials: str, places: Sequence[Explained]) -> Iterator[Diagnostic]:
    groups: dict[tuple[str, ...], list[Explained]] = {}
    for each in places:
        groups.setdefault(each.key, []).append(each)
    if len(groups) < 2 or not any(each.fits for each in places):
        return
    usual = max(groups.values(), key=lambda group: (group[0].fits, len(group)))
    for group in groups.values():
        if group is not usual:
            yield _finding(initials, group, usual)


def _finding(initials: str, places: Sequence[Explained], usual: Sequence[Explained]) -> Diagnostic:
    shown = [usual[0], *places[1:MOST_SHOWN]]
    return finding(
        "N205",
        places[0].passage.span(places[0].start, places[0].end),
        Message.of(
            N_("{initials} stands for two names: “{one}” and “{other}”."),
            initials=initials,
            one=places[0].words,
            other=usual[0].words,
        ),
        Message(N_("Write the full name in one way.")),
        related=[
            Related(
                each.passage.span(each.start, each.end),
                Message.of(N_("Here it is “{words}”."), words=each.words),
            )
            for each in shown
        ],
    )
