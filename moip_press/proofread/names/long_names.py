"""Long names of bodies: initials that stand for two (N205), small words that are lost (N206)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moip_press.kit.model.records import Publisher
from moip_press.proofread.names.found_names import (
    SILENT,
    SMALL_WORDS,
    FoldedTexts,
    Found,
    find,
    fold_name,
    plain,
    records_with_texts,
)
from moip_press.proofread.names.name_records import Kind, Known
from moip_press.proofread.names.place_names import vouched
from moip_press.proofread.passages import Passage
from moip_press.proofread.proof import Proof, finding
from moip_press.report.diagnostics import Diagnostic, Message, Related, Span
from moip_press.report.messages import N_, NP_

INITIALS = re.compile(r" \(([A-ZÀ-Þ]{3,9})\)")
WORDS = re.compile(r"[^\W\d_]+")
STOPS = re.compile(r"[.;:!?()«»“”\"]")
MOST_WORDS, MOST_CHARACTERS = 14, 300
LEAST_PARTIAL = 4
LEAST_WORDS = 5
BEFORE_ARTICLE = frozenset({"la", "l'"})
BODIES = frozenset({Kind.OWNER, Kind.BODY, Kind.CAMPAIGN})


@dataclass(frozen=True, slots=True)
class Expansion:
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
    def span(self) -> Span:
        """The place of the full name."""
        return self.passage.span(self.start, self.end)

    @property
    def key(self) -> tuple[str, ...]:
        """What two explanations are compared by: words that mean something, in the singular."""
        folded = (fold_name(word).rstrip("sx") for word in WORDS.findall(self.words))
        return tuple(word for word in folded if word not in SMALL_WORDS)


def acronyms(proof: Proof) -> Iterator[Diagnostic]:
    """Yield one finding for each full name of initials that is not the usual one."""
    names: dict[str, list[Expansion]] = {}
    for passage in proof.passages:
        if passage.role not in SILENT and "(" in passage.text:
            for found in INITIALS.finditer(passage.text):
                expansion = _expansion(passage, found.start(), found[1])
                if expansion and not passage.quotation_at(found.start()):
                    names.setdefault(found[1], []).append(expansion)
    # the publisher's record has the name and the initials
    initials = proof.kit.edition.publisher.short_name or ""
    for passage in proof.passages if initials in names else ():
        if isinstance(passage.record, Publisher) and passage.field == "name":
            names[initials].insert(0, Expansion(passage, 0, len(passage.text), fits=True))
    for initials, places in names.items():
        yield from _compared(initials, places)


def _expansion(passage: Passage, end: int, initials: str) -> Expansion | None:
    """Return the words before initials that they stand for, the fewest that fit."""
    near = max(0, end - MOST_CHARACTERS)
    begin = max((stop.end() for stop in STOPS.finditer(passage.text, near, end)), default=near)
    words = list(WORDS.finditer(passage.text, begin, end))[-MOST_WORDS:]
    wanted = fold_name(initials)
    partial: Expansion | None = None
    for first in range(len(words) - 1, -1, -1):
        if fold_name(words[first][0])[:1] != wanted[0] or len(words) - first < 2:
            continue
        fitting = _fitting([fold_name(word[0]) for word in words[first:]], wanted)
        if fitting == len(wanted):
            return Expansion(passage, words[first].start(), end, fits=True)
        if fitting == len(wanted) - 1 and len(wanted) >= LEAST_PARTIAL:
            partial = Expansion(passage, words[first].start(), end, fits=False)
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
    """Return whether each letter begins a word, in order, and no word of weight is left over."""
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
        elif word not in SMALL_WORDS:
            return False
    return at == len(letters)


def _compared(initials: str, places: Sequence[Expansion]) -> Iterator[Diagnostic]:
    groups: dict[tuple[str, ...], list[Expansion]] = {}
    for each in places:
        groups.setdefault(each.key, []).append(each)
    if len(groups) < 2 or not any(each.fits for each in places):
        return
    usual = max(groups.values(), key=lambda group: (group[0].fits, len(group)))
    for group in groups.values():
        if group is usual:
            continue
        yield finding(
            "N205",
            group[0].span,
            N_("{initials} stands for two names: “{one}” and “{other}”."),
            N_("Write the full name in one way."),
            initials=initials,
            one=group[0].words,
            other=usual[0].words,
            related=[
                Related(each.span, Message.of(N_("Here it is “{words}”."), words=each.words))
                for each in (usual[0], *group[1:])
            ],
        )


def lost_words(proof: Proof, texts: FoldedTexts, known: Known) -> Iterator[Diagnostic]:
    """Yield one finding for each name that lacks "et", or "de" before an article."""
    names = {key: name.words for key, name in known.names.items() if name.kind in BODIES}
    for record in records_with_texts(proof):
        if isinstance(record, Publisher) and record.authority:  # it is set as lines of type
            words = plain(" ".join(record.authority))
            names.setdefault(fold_name(words), words)
    torn = {key: words for words in names.values() for key in _torn(words) if key not in names}
    if not torn:
        return
    right = vouched(proof)
    lacking: dict[str, list[Found]] = {}
    for found in find(texts, (*torn, *names)):
        if found.key in torn and found.words not in right:
            lacking.setdefault(found.key, []).append(found)
    message = NP_(
        "“{words}” lacks a word of “{right}”.",
        "“{words}” lacks a word of “{right}” ({count} places).",
    )
    for key, places in lacking.items():
        yield finding(
            "N206",
            [place.span for place in places],
            message,
            N_("Write the name in full."),
            words=places[0].words,
            right=torn[key],
        )


def _torn(words: str) -> Iterator[str]:
    """Yield the keys of a name without one of its small words."""
    parts = words.replace("l'", "l' ").split()
    if len(parts) < LEAST_WORDS:
        return
    for at in range(1, len(parts) - 1):
        if parts[at] == "et" or (parts[at] == "de" and parts[at + 1] in BEFORE_ARTICLE):
            yield fold_name(" ".join(parts[:at] + parts[at + 1 :]))
